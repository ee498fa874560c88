//! Tokens of one segment to sentences.

use std::ops::Range;

use irenic_model::Span;

use crate::syntax::features::Case;
use crate::tokenise::rules::{Abbreviation, Rules};
use crate::tokenise::{is_closer, is_opener};

/// Longest sentence, in tokens. Longer ones are cut, so that the time for a sentence stays bounded; the longest in
/// the English treebanks have about 200.
const TOKENS_MAX: usize = 256;

/// How far ahead a closing bracket is looked for, in tokens.
const BRACKET_MAX: usize = 40;

/// The sentences of a segment as ranges of its tokens: they cover all of them, in order.
pub(crate) fn sentences(text: &str, tokens: &[Span]) -> Vec<Range<usize>> {
    let splitter =
        Splitter { text, tokens, rules: Rules::english(), upper: case_of(text, tokens) == Case::None };
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut closed_until = 0;
    let mut at = 0;
    while at < tokens.len() {
        if matches!(splitter.word(at), "(" | "[") {
            closed_until = closed_until.max(splitter.closing_bracket(at).unwrap_or(0));
        }
        let end = splitter.end_after(start, at).filter(|_| at >= closed_until);
        if let Some(end) = end {
            sentences.push(start..end);
            start = end;
            at = end;
            continue;
        }
        at += 1;
        if at - start >= TOKENS_MAX {
            sentences.push(start..at);
            start = at;
        }
    }
    if start < tokens.len() {
        sentences.push(start..tokens.len());
    }
    sentences
}

/// Whether case tells anything in a segment: not in text all in capitals, nor in long text without any.
pub(crate) fn case_of(text: &str, tokens: &[Span]) -> Case {
    const LOWER_MIN: usize = 60;
    let mut upper = 0;
    let mut lower = 0;
    for c in tokens.iter().take(200).flat_map(|span| span.of(text).chars().take(20)) {
        upper += usize::from(c.is_uppercase());
        lower += usize::from(c.is_lowercase());
    }
    let capitals = upper > 4 && upper > 6 * lower;
    if capitals || (upper == 0 && lower > LOWER_MIN) { Case::None } else { Case::Mixed }
}

struct Splitter<'a> {
    text: &'a str,
    tokens: &'a [Span],
    rules: &'a Rules,
    upper: bool,
}

impl<'a> Splitter<'a> {
    fn word(&self, at: usize) -> &'a str {
        self.tokens[at].of(self.text)
    }

    fn is_glued(&self, at: usize) -> bool {
        at > 0 && self.tokens[at - 1].end == self.tokens[at].start
    }

    fn closing_bracket(&self, open: usize) -> Option<usize> {
        let close = if self.word(open) == "(" { ")" } else { "]" };
        (open..self.tokens.len().min(open + BRACKET_MAX)).find(|&at| self.word(at) == close)
    }

    /// If the sentence from `start` ends at token `at`: the index after it, with what closes it.
    fn end_after(&self, start: usize, at: usize) -> Option<usize> {
        let stop = self.stop(at)?;
        if at == start + 1 && self.is_enumerator(start) {
            return None;
        }
        let end = self.after_closers(at + 1);
        if end >= self.tokens.len() || self.begins_here(stop, end) { Some(end) } else { None }
    }

    fn stop(&self, at: usize) -> Option<Stop> {
        let word = self.word(at);
        if matches!(word, "." | "。" | "।" | "؟" | "۔") {
            return Some(Stop::Full);
        }
        if word.starts_with(['!', '?']) {
            return Some(Stop::Full);
        }
        if word == "…" || (word.starts_with("..") && word.bytes().all(|byte| byte == b'.')) {
            return Some(Stop::Ellipsis);
        }
        let stem = word.strip_suffix('.').filter(|stem| !stem.is_empty())?;
        match self.rules.abbreviation(stem) {
            Some(Abbreviation::BeforeName | Abbreviation::Inside | Abbreviation::BeforeNumber) => None,
            Some(Abbreviation::Either) | None => Some(Stop::Abbreviation),
        }
    }

    /// "1." or "a." at the start: a list's number, not a sentence.
    fn is_enumerator(&self, at: usize) -> bool {
        let word = self.word(at);
        word.len() <= 3 && (word.bytes().all(|byte| byte.is_ascii_digit()) || word.chars().count() == 1)
    }

    /// Index after the quotation marks, brackets and note marks that belong to the sentence that just ended.
    fn after_closers(&self, mut at: usize) -> usize {
        while at < self.tokens.len() {
            let word = self.word(at);
            let glued = self.is_glued(at);
            let two_faced = matches!(word, "\"" | "'");
            if is_closer(word) && (glued || !two_faced) {
                at += 1;
            } else if glued && (word == "[" || word.starts_with(crate::tokenise::is_superscript)) {
                at = self.after_note(at);
            } else {
                break;
            }
        }
        at
    }

    fn after_note(&self, at: usize) -> usize {
        if self.word(at) != "[" {
            return at + 1;
        }
        let close = (at..self.tokens.len().min(at + 6)).find(|&close| self.word(close) == "]");
        close.map_or(at + 1, |close| close + 1)
    }

    fn begins_here(&self, stop: Stop, at: usize) -> bool {
        let mut next = at;
        while next + 1 < self.tokens.len() && is_opener(self.word(next)) && next < at + 3 {
            next += 1;
        }
        let word = self.word(next);
        let first = word.chars().next().unwrap_or(' ');
        if matches!(first, ',' | ';' | ':') || (next == at && is_closer(word) && self.is_glued(at)) {
            return false;
        }
        match stop {
            Stop::Full if self.is_glued(at) => first.is_uppercase() || next > at,
            Stop::Full => !first.is_lowercase() && !matches!(first, '-' | '–' | '—'),
            Stop::Ellipsis => first.is_uppercase() && !self.upper,
            Stop::Abbreviation if self.upper => self.rules.is_strong_opener(word),
            Stop::Abbreviation => {
                (first.is_uppercase() && self.rules.is_opener(word)) || next > at && first.is_uppercase()
            }
        }
    }
}

#[derive(Clone, Copy)]
enum Stop {
    Full,
    Ellipsis,
    Abbreviation,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokenise::tokenise;

    fn split(text: &str) -> Vec<&str> {
        let tokens = tokenise(text, Span::new(0, text.len()));
        let ranges = sentences(text, &tokens);
        ranges.into_iter().map(|range| tokens[range.start].cover(tokens[range.end - 1]).of(text)).collect()
    }

    /// Text with `|` where a sentence ends; a space follows it unless the text has `||`.
    const CASES: &[&str] = &[
        "Gen. Smith left.| He was tired.",
        "He met U.S. officials in St. Petersburg.| They talked.",
        "He moved to the U.S.| The war went on.",
        "It fell at 5 p.m.| The next day it rose.",
        "See No. 5 and Art. 12.| Nothing changed.",
        "N. Smith and J.F. Kennedy spoke.| R.Jones did not.",
        "NAIROBI, Kenya (AP) _ Police said two men died.| Nobody was held.",
        "Twelve were killed.[3]| Others fled.[4][5]| Nobody stayed.",
        "Twelve were killed.¹²| Others fled.",
        "\"We won.\"| \"You did not.\"",
        "“It is over,” he said.| “We go home.”| They did.",
        "``It is over.''| They went.",
        "\"What?\" he asked.| Nobody knew.",
        "It cost 3.5 million on 22.09.2023.| More followed.",
        "1. The parties agree.| They sign.",
        "Wait ... what is it?| No idea!| None.",
        "The army (he said. It was late.) left.| Good.",
        "It ended.||Then it began.",
        "THE TALKS FAILED.| THE ARMY LEFT AT 5 P.M. FROM SAN JUAN.| IT RETURNED.",
        "Acme Inc. and Beta Corp. of Delaware merged.| Others did not.",
    ];

    #[test]
    fn ends() {
        for case in CASES {
            let text = case.replace('|', "");
            let expected: Vec<&str> =
                case.split('|').map(str::trim).filter(|part| !part.is_empty()).collect();
            assert_eq!(split(&text), expected);
        }
    }

    #[test]
    fn long_sentences_are_cut() {
        let text = "word ".repeat(3 * TOKENS_MAX);
        assert_eq!(split(&text).len(), 3);
    }
}
