//! What the caller knows of names: given, or learnt from the other documents of a folder.

use irenic_model::{Mention, MentionKind};
use rustc_hash::{FxHashMap, FxHashSet};

use super::gazetteer::Gazetteer;
use super::gazetteer::fold::folded;
use super::labeller::Labelled;
use super::view::{Shape, TokenView, View};

/// What the caller knows of names: a dossier's parties, names learnt from its other documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MentionContext {
    /// Names to find and what they stand for.
    pub aliases: Vec<Alias>,
}

impl MentionContext {
    /// Learns from a document's mentions what its neighbours may take for granted: who a surname, an initial or an
    /// abbreviation stands for. A name that is already known, or is everyday, is left alone.
    ///
    /// Learn from the documents in a fixed order: of two persons with one surname the first stays.
    pub fn learn(&mut self, text: &str, mentions: &[Mention]) {
        let known: FxHashSet<String> = self.aliases.iter().map(|alias| folded(&alias.alias)).collect();
        let mut learnt = known;
        for mention in mentions.iter().filter(|mention| is_worth_learning(text, mention)) {
            if learnt.insert(folded(mention.span.of(text))) {
                self.aliases.push(Alias {
                    alias: mention.span.of(text).to_owned(),
                    name: mention.name.clone(),
                    kind: mention.kind,
                    country: mention.country.clone(),
                });
            }
        }
    }
}

/// Full names of persons, and one-word names that stand for longer ones.
fn is_worth_learning(text: &str, mention: &Mention) -> bool {
    let written = mention.span.of(text);
    let known = Gazetteer::embedded().find(written);
    let flags = known.map(|entry| entry.flags()).unwrap_or_default();
    // A country's name in a row of a table beside a person's is no surname.
    let is_place = known.and_then(|entry| entry.first()).is_some_and(|sense| sense.kind.is_place());
    let capital = written.starts_with(char::is_uppercase) && !flags.common_word();
    let one_word = !written.contains(char::is_whitespace);
    let longer = mention.name.contains(' ') && folded(&mention.name) != folded(written);
    match mention.kind {
        MentionKind::Person if is_place && one_word => false,
        MentionKind::Person => capital && mention.name.contains(' ') && (one_word || written == mention.name),
        MentionKind::Organisation | MentionKind::Location => {
            capital && one_word && longer && written.chars().filter(|c| c.is_uppercase()).count() > 1
        }
        _ => false,
    }
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

/// The alias that a span is, if the caller named it.
pub(super) fn alias_of<'a>(aliases: &[(usize, usize, &'a Alias)], span: Labelled) -> Option<&'a Alias> {
    let at = aliases.binary_search_by_key(&span.start, |(start, _, _)| *start).ok()?;
    let (_, end, alias) = aliases[at];
    (end == span.end).then_some(alias)
}

/// The caller's names in the text: the longest at each place.
pub(super) fn add_aliases<'a>(
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
