//! Abbreviations that a text introduces: "National Council of Farmers (NCF)", "NCF (National Council of Farmers)".
//!
//! Letters are matched backwards through the words, as in Schwartz and Hearst 2003, "A simple algorithm for identifying
//! abbreviation definitions in biomedical text". Where they do not match, as with abbreviations of a name in another
//! language, a name that ends at the bracket is the long form all the same.

use std::ops::Range;

use irenic_model::MentionKind;
use rustc_hash::FxHashMap;

use super::labeller::Labelled;
use super::lexicon::WordClass;
use super::view::{Shape, View};

/// Longest abbreviation, in bytes.
const LENGTH_MAX: usize = 12;
/// Longest abbreviation, in tokens: "SPQR/X" is three.
const TOKENS_MAX: usize = 5;

/// An abbreviation and what it is short for.
#[derive(Clone, Debug)]
pub(super) struct Abbreviation {
    /// Tokens of the long form where it is introduced.
    pub(super) long: Range<usize>,
    pub(super) kind: MentionKind,
    /// The short form's tokens, in lower case.
    words: Vec<String>,
}

/// The abbreviations of a document, by their first word.
#[derive(Clone, Debug, Default)]
pub(super) struct Abbreviations {
    by_first: FxHashMap<String, Vec<Abbreviation>>,
}

impl Abbreviations {
    /// Finds where the document introduces abbreviations; `spans` are its mentions, sorted.
    pub(super) fn of(view: &View<'_>, spans: &[Labelled]) -> Self {
        let mut found = Self::default();
        for (sentence, capitals) in &view.sentences {
            for open in sentence.clone().filter(|&at| matches!(view.tokens[at].text, "(" | "[")) {
                let close = (open + 1..sentence.end.min(open + 16))
                    .find(|&at| matches!(view.tokens[at].text, ")" | "]"));
                let Some(close) = close.filter(|&close| close > open + 1) else { continue };
                let inside = open + 1..close;
                let introduced = short_in_brackets(view, sentence, *capitals, inside.clone(), spans)
                    .or_else(|| long_in_brackets(view, sentence, inside));
                if let Some((short, long)) = introduced {
                    found.add(view, short, without_marker(view, long), spans);
                }
            }
        }
        found
    }

    fn add(&mut self, view: &View<'_>, short: Range<usize>, long: Range<usize>, spans: &[Labelled]) {
        let kind = spans.iter().find(|span| span.end == long.end && span.kind != MentionKind::Nationality);
        let kind = kind.map_or(MentionKind::Organisation, |span| span.kind);
        let words: Vec<String> = view.tokens[short].iter().map(|token| token.lower.to_string()).collect();
        let known = self.by_first.entry(words[0].clone()).or_default();
        if known.iter().all(|abbreviation| abbreviation.words != words) {
            known.push(Abbreviation { long, kind, words });
        }
    }

    /// The abbreviation that stands at a token, and the number of its tokens.
    pub(super) fn at(&self, view: &View<'_>, token: usize) -> Option<(&Abbreviation, usize)> {
        let candidates = self.by_first.get(view.tokens[token].lower.as_ref())?;
        let stands = |abbreviation: &&Abbreviation| {
            let words = &abbreviation.words;
            let here = view.tokens.get(token..token + words.len());
            here.is_some_and(|here| {
                here.iter()
                    .zip(words)
                    .all(|(token, word)| token.lower == *word && token.shape != Shape::Lower)
            })
        };
        let longest = candidates.iter().filter(stands).max_by_key(|abbreviation| abbreviation.words.len())?;
        Some((longest, longest.words.len()))
    }
}

fn short_in_brackets(
    view: &View<'_>,
    sentence: &Range<usize>,
    capitals: bool,
    inside: Range<usize>,
    spans: &[Labelled],
) -> Option<(Range<usize>, Range<usize>)> {
    let letters = letters_of_short(view, inside.clone())?;
    let open = inside.start - 1;
    let window = open.saturating_sub(letters.len() * 2 + 4).max(sentence.start);
    if let Some(start) = matched_start(view, window..open, &letters) {
        return Some((inside, start..open));
    }
    let at = spans.partition_point(|span| span.start < window);
    let named = spans[at..].iter().take_while(|span| span.start < open).find(|span| {
        span.end == open
            && matches!(span.kind, MentionKind::Organisation | MentionKind::Location)
            && span.end - span.start > 1
    })?;
    let shouted =
        capitals || view.tokens[inside.clone()].iter().any(|token| token.shape == Shape::AllCapitals);
    let capitalised =
        view.tokens[named.start..named.end].iter().filter(|token| token.shape != Shape::Lower).count();
    (shouted && capitalised > 1).then_some((inside, named.start..named.end))
}

fn long_in_brackets(
    view: &View<'_>,
    sentence: &Range<usize>,
    inside: Range<usize>,
) -> Option<(Range<usize>, Range<usize>)> {
    let short_end = inside.start - 1;
    let short = short_end.checked_sub(1).filter(|at| sentence.contains(at))?..short_end;
    if inside.len() < 2 {
        return None;
    }
    let letters = letters_of_short(view, short.clone())?;
    let start = matched_start(view, inside.clone(), &letters)?;
    (start <= inside.start + 1).then_some((short, start..inside.end))
}

/// A long form without the footnote marker behind it.
fn without_marker(view: &View<'_>, long: Range<usize>) -> Range<usize> {
    let opens = long.clone().find(|&at| view.tokens[at].text.starts_with('['));
    long.start..opens.filter(|&at| at > long.start).unwrap_or(long.end)
}

/// The letters of a short form, or `None` if the tokens are none: two capitals at least, no space, short.
fn letters_of_short(view: &View<'_>, tokens: Range<usize>) -> Option<Vec<char>> {
    if tokens.len() > TOKENS_MAX {
        return None;
    }
    let tokens = &view.tokens[tokens];
    let whole = tokens.windows(2).all(|pair| pair[0].span.end == pair[1].span.start);
    let length: usize = tokens.iter().map(|token| token.text.len()).sum();
    let capitals = tokens.iter().flat_map(|token| token.text.chars()).filter(|c| c.is_uppercase()).count();
    if !whole || length > LENGTH_MAX || capitals < 2 || capitals * 2 < length {
        return None;
    }
    let letters = tokens.iter().flat_map(|token| token.lower.chars()).filter(|c| c.is_alphanumeric());
    Some(letters.collect())
}

/// The first token of the long form within `window` whose letters give the short form, read backwards.
fn matched_start(view: &View<'_>, window: Range<usize>, letters: &[char]) -> Option<usize> {
    let mut left = letters.len();
    for at in window.rev() {
        let token = &view.tokens[at];
        let mut chars = token.lower.chars();
        let Some(first) = chars.next() else { continue };
        // Letters inside a word count while they follow each other; a word's first letter always may.
        let inner =
            letters[..left].iter().rev().zip(token.lower.chars().rev()).take_while(|(a, b)| *a == b).count();
        if inner > 1 && inner == token.lower.chars().count() {
            left -= inner;
        } else if letters[left - 1] == first {
            left -= 1;
        } else if token.shape != Shape::Lower
            && token.shape < Shape::Number
            && !token.classes.has(WordClass::Particle)
        {
            return None;
        }
        if left == 0 {
            return (token.shape != Shape::Lower).then_some(at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Pipeline, segments_of};

    fn long_form(text: &str, short: &str) -> Option<String> {
        let analysis = Pipeline::new().analyse(text, &segments_of(text));
        let view = View::new(text, &analysis);
        let abbreviations = Abbreviations::of(&view, &[]);
        let at = view.tokens.iter().position(|token| token.text == short)?;
        let (found, _) = abbreviations.at(&view, at)?;
        let words: Vec<&str> = view.tokens[found.long.clone()].iter().map(|token| token.text).collect();
        Some(words.join(" "))
    }

    #[test]
    fn introduced_either_way() {
        for (text, short, long) in [
            ("The National Council of Farmers (NCF) met.", "NCF", Some("National Council of Farmers")),
            ("The NCF (National Council of Farmers) met.", "NCF", Some("National Council of Farmers")),
            ("THE NATIONAL COUNCIL OF FARMERS (NCF) MET.", "NCF", Some("NATIONAL COUNCIL OF FARMERS")),
            ("The price rose (see NCF) again.", "NCF", None),
            ("He came late (on Monday).", "Monday", None),
        ] {
            assert_eq!(long_form(text, short).as_deref(), long, "{text}");
        }
    }
}
