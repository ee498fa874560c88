//! The finder: from a text and its analysis to its mentions.

use irenic_model::{Mention, MentionKind};
use rustc_hash::FxHashMap;

use super::abbreviations::Abbreviations;
use super::consistency::{with_known_names, with_one_kind_a_name, with_right_kinds};
use super::gazetteer::fold::folded;
use super::labeller::{Labelled, Labeller};
use super::naming::{Draft, named};
use super::repair::{repaired, sort};
use super::view::{Shape, TokenView, View};
use crate::analysis::Analysis;

/// What the caller knows of names: a dossier's parties, names learnt from its other documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MentionContext {
    /// Names to find and what they stand for.
    pub aliases: Vec<Alias>,
}

/// A name for a thing that the caller knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alias {
    /// The name as texts have it; case, accents and hyphens do not matter.
    pub alias: String,
    /// The canonical name.
    pub name: String,
    /// What it is.
    pub kind: MentionKind,
    /// ISO 3166 alpha-3 code of its country.
    pub country: Option<String>,
}

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

fn alias_of<'a>(aliases: &[(usize, usize, &'a Alias)], span: Labelled) -> Option<&'a Alias> {
    let at = aliases.binary_search_by_key(&span.start, |(start, _, _)| *start).ok()?;
    let (_, end, alias) = aliases[at];
    (end == span.end).then_some(alias)
}

/// The caller's names in the text: the longest at each place.
fn add_aliases<'a>(
    text: &str,
    view: &View<'_>,
    aliases: &'a [Alias],
    spans: &mut Vec<Labelled>,
) -> Vec<(usize, usize, &'a Alias)> {
    let mut by_first: FxHashMap<String, Vec<(String, &Alias)>> = FxHashMap::default();
    for alias in aliases {
        let key = folded(&alias.alias);
        if let Some(first) = key.split(' ').next().filter(|first| !first.is_empty()) {
            by_first.entry(first.to_owned()).or_default().push((key.clone(), alias));
        }
    }
    let mut found: Vec<(usize, usize, &Alias)> = Vec::new();
    if by_first.is_empty() {
        return found;
    }
    for (sentence, capitals) in &view.sentences {
        for at in sentence.clone().filter(|&at| view.tokens[at].shape < Shape::Number) {
            let word = folded(view.tokens[at].text);
            let Some(candidates) = word.split(' ').next().and_then(|first| by_first.get(first)) else {
                continue;
            };
            let longest = candidates
                .iter()
                .filter(|(_, alias)| is_written_alike(&view.tokens[at], alias, *capitals))
                .filter_map(|(key, alias)| {
                    alias_end(text, view, sentence.end, at, key).map(|end| (end, *alias))
                })
                .max_by_key(|(end, _)| *end);
            if let Some((end, alias)) = longest {
                found.push((at, end, alias));
            }
        }
    }
    for &(start, end, alias) in &found {
        spans.retain(|span| span.end <= start || end <= span.start || span.start <= start && end <= span.end);
        spans.retain(|span| (span.start, span.end) != (start, end));
        spans.push(Labelled { start, end, kind: alias.kind });
    }
    found
}

/// A name that begins with a capital is not found in a word that does not.
fn is_written_alike(token: &TokenView<'_>, alias: &Alias, capitals: bool) -> bool {
    capitals || !alias.alias.starts_with(char::is_uppercase) || token.shape != Shape::Lower
}

/// The token after the alias that begins at `at`, if it stands there.
fn alias_end(text: &str, view: &View<'_>, end: usize, at: usize, key: &str) -> Option<usize> {
    let start = view.tokens[at].span.start;
    let words = key.split(' ').count();
    (at + 1..=end.min(at + 2 * words + 2))
        .find(|&end| folded(&text[start..view.tokens[end - 1].span.end]) == key)
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
    fn any_text_is_survived() {
        for text in ["", " ", "\"", "(((", "é", "\u{301}\u{301}", "U.S.", "a\u{0}b", "’s", "—"] {
            assert!(mentions(text).iter().all(|m| text.get(m.span.start..m.span.end).is_some()));
        }
    }
}
