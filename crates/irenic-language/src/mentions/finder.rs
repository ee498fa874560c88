//! The finder: from a text and its analysis to its mentions.

use irenic_model::Mention;

use super::abbreviations::Abbreviations;
use super::aliases::{MentionContext, add_aliases, alias_of};
use super::consistency::{with_known_names, with_one_kind_a_name, with_right_kinds};
use super::labeller::Labeller;
use super::naming::{Draft, named};
use super::repair::{repaired, sort};
use super::view::View;
use crate::analysis::Analysis;

/// Finds mentions.
///
/// ```
/// use irenic_language::mentions::{MentionContext, MentionFinder};
/// use irenic_language::{Pipeline, segments_of};
/// let text = "Talks were held in Bogota.";
/// let analysis = Pipeline::new().analyse(text, &segments_of(text));
/// let mentions = MentionFinder::new().mentions(text, &analysis, &MentionContext::default());
/// let bogota = mentions.iter().find(|mention| mention.span.of(text) == "Bogota").expect("a capital");
/// assert_eq!(bogota.country.as_deref(), Some("COL"));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct MentionFinder<'m> {
    labeller: &'m Labeller,
}

impl Default for MentionFinder<'static> {
    fn default() -> Self {
        Self::new()
    }
}

impl MentionFinder<'static> {
    /// A finder with the labeller that is built in.
    #[must_use]
    pub fn new() -> Self {
        Self { labeller: Labeller::embedded() }
    }
}

impl<'m> MentionFinder<'m> {
    /// A finder with a labeller of one's own.
    #[must_use]
    pub const fn with_labeller(labeller: &'m Labeller) -> Self {
        Self { labeller }
    }

    /// The mentions of a text, in text order, the longer before the shorter inside it.
    ///
    /// `analysis` must be of this text. The time is linear in the text's length.
    #[must_use]
    pub fn mentions(&self, text: &str, analysis: &Analysis, context: &MentionContext) -> Vec<Mention> {
        let view = View::new(text, analysis);
        let spans = repaired(&view, self.labeller.label(&view));
        let spans = with_one_kind_a_name(&view, with_right_kinds(&view, spans));
        let abbreviations = Abbreviations::of(&view, &spans);
        let mut spans = with_known_names(&view, spans, &abbreviations);
        let aliases = add_aliases(text, &view, &context.aliases, &mut spans);
        sort(&mut spans);
        let drafts: Vec<Draft<'_>> =
            spans.iter().map(|&span| Draft { span, alias: alias_of(&aliases, span) }).collect();
        named(text, &view, &drafts, &abbreviations)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mentions::lexicon;
    use crate::{Pipeline, segments_of};

    fn mentions(text: &str) -> Vec<Mention> {
        let analysis = Pipeline::new().analyse(text, &segments_of(text));
        MentionFinder::new().mentions(text, &analysis, &MentionContext::default())
    }

    /// "A [word|kind] more" to the text without marks and the marked words with their kinds.
    fn unmarked(example: &str) -> (String, Vec<(String, String)>) {
        let (mut text, mut marked) = (String::new(), Vec::new());
        let mut rest = example;
        while let Some((before, (words, kind, after))) = next_mark(rest) {
            text.push_str(before);
            text.push_str(words);
            marked.push((words.to_owned(), kind.to_owned()));
            rest = after;
        }
        text.push_str(rest);
        (text, marked)
    }

    fn next_mark(text: &str) -> Option<(&str, (&str, &str, &str))> {
        let (before, rest) = text.split_once('[')?;
        let (words, rest) = rest.split_once('|')?;
        let (kind, after) = rest.split_once(']')?;
        Some((before, (words, kind, after)))
    }

    #[test]
    fn the_examples_of_the_rules() {
        let (examples, counter_examples) = lexicon::examples();
        for example in examples {
            let (text, marked) = unmarked(&example);
            let found: Vec<_> = mentions(&text)
                .iter()
                .map(|m| (m.span.of(&text).to_owned(), m.kind.name().to_owned()))
                .collect();
            for mark in marked {
                assert!(found.contains(&mark), "{mark:?} in {text:?}: {found:?}");
            }
        }
        for counter in counter_examples {
            let found = mentions(&counter.text);
            assert!(found.iter().all(|m| m.kind.name() != counter.kind), "{:?}: {found:?}", counter.text);
        }
    }

    #[test]
    fn a_first_name_that_is_a_town_s_too() {
        let text = "Talks were held under Nelson Obradek. The so-called transitional council left.";
        let found = mentions(text);
        let kind = |words: &str| found.iter().find(|m| m.span.of(text) == words).map(|m| m.kind);
        assert_eq!(kind("Nelson Obradek"), Some(irenic_model::MentionKind::Person), "{found:?}");
        assert_eq!(kind("The"), None);
    }

    #[test]
    fn the_army_is_not_the_band_it_fights() {
        let text = "The Hill Militia burned two villages. The fighters fled. The army lost nine men.";
        let name_of = |words: &str| {
            let found = mentions(text);
            let own = found.iter().find(|m| m.span.of(text).ends_with(words)).map(|m| m.name.clone());
            own.unwrap_or_else(|| panic!("{words} is a mention: {found:?}"))
        };
        assert_eq!(name_of("fighters"), "Hill Militia");
        assert_eq!(name_of("army"), "army");
    }

    #[test]
    fn any_text_is_survived() {
        for text in ["", " ", "\"", "(((", "é", "\u{301}\u{301}", "U.S.", "a\u{0}b", "’s", "—"] {
            assert!(mentions(text).iter().all(|m| text.get(m.span.start..m.span.end).is_some()));
        }
    }
}
