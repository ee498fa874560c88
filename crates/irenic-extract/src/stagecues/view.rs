//! A sentence as a line of base forms, for patterns, with the way back to its tokens.

use std::ops::Range;

use irenic_language::{Analysis, Upos};

/// The base forms of a sentence's tokens, one space apart: "^" before a proper noun, "#" for a number.
pub(super) struct View {
    pub(super) line: String,
    starts: Vec<usize>,
    first: usize,
}

impl View {
    pub(super) fn new(text: &str, analysis: &Analysis, tokens: Range<usize>) -> Self {
        let mut view = Self { line: String::new(), starts: Vec::new(), first: tokens.start };
        let sentence = tokens.start;
        for at in tokens {
            let token = &analysis.tokens[at];
            let word = token.span.of(text);
            // A hyphen inside a word joins: "full-scale" is one word to a pattern.
            let joins = |left: usize, right: usize| {
                (analysis.tokens[left].span.end == analysis.tokens[right].span.start)
                    && (analysis.tokens[left].span.of(text) == "-"
                        || analysis.tokens[right].span.of(text) == "-")
            };
            if sentence < at && joins(at - 1, at) {
                view.line.pop();
                view.starts.push(view.line.len());
                view.line.push_str(&if word == "-" { word.to_owned() } else { token.lemma.to_lowercase() });
                view.line.push(' ');
                continue;
            }
            view.starts.push(view.line.len());
            match token.upos {
                Upos::Num => view.line.push('#'),
                // A number in words at the head of a sentence may pass for a name.
                Upos::Propn if token.relation == irenic_language::Relation::Nummod => view.line.push('#'),
                Upos::Propn => {
                    view.line.push('^');
                    view.line.push_str(&word.to_lowercase());
                }
                _ if word.bytes().all(|byte| byte.is_ascii_digit() || byte == b',') => {
                    view.line.push('#');
                }
                // Part of a name, though a common word: "the Revitalised Agreement".
                Upos::Noun | Upos::Adj
                    if sentence < at && word.starts_with(|first: char| first.is_ascii_uppercase()) =>
                {
                    view.line.push('^');
                    view.line.push_str(&token.lemma.to_lowercase());
                }
                _ => view.line.push_str(&token.lemma.to_lowercase()),
            }
            view.line.push(' ');
        }
        view
    }

    /// The tokens that a stretch of the line touches.
    pub(super) fn tokens(&self, stretch: Range<usize>) -> Range<usize> {
        let start = self.starts.partition_point(|&start| start <= stretch.start).saturating_sub(1);
        let end = self.starts.partition_point(|&start| start < stretch.end);
        self.first + start..self.first + end.max(start + 1)
    }

    /// The words of a stretch, the one before it, and the next few behind it as far as a comma or a number, which look alike.
    pub(super) fn near(&self, stretch: Range<usize>) -> &str {
        const WORDS: usize = 6;
        let behind = &self.line[stretch.end..];
        let words = behind.match_indices(' ').nth(WORDS).map_or(behind.len(), |(at, _)| at);
        let end = behind.find(" # ").map_or(words, |comma| comma.min(words));
        let before = self.line[..stretch.start].trim_end().rfind(' ').map_or(0, |at| at + 1);
        &self.line[before..stretch.end + end]
    }

    /// The stretch of the line around a place: from the semicolon or the ", but" before it to the next semicolon.
    pub(super) fn clause(&self, stretch: Range<usize>) -> &str {
        let before = &self.line[..stretch.start];
        let start = [" ; ", " # but "].iter().filter_map(|mark| Some(before.rfind(mark)? + mark.len())).max();
        let start = start.unwrap_or(0);
        let end = self.line[stretch.end..].find(" ; ").map_or(self.line.len(), |at| stretch.end + at);
        &self.line[start..end]
    }
}
