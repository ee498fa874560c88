//! The text as the rules of time see it: runs of letters, runs of digits and single marks, in lower case.

use irenic_model::Span;

use crate::tokenise::{is_hidden, is_space};

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Letters,
    Digits,
    Mark,
}

/// One token and its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) span: Span,
    pub(super) kind: Kind,
    /// Whether nothing stands between the token before and this one.
    pub(super) glued: bool,
    /// Whether the first letter is a capital.
    pub(super) capital: bool,
    lower: (u32, u32),
}

/// The tokens of one segment. Dashes and apostrophes are made straight, characters that do not show are left out.
#[derive(Clone, Debug, Default)]
pub(super) struct Tokens {
    tokens: Vec<Token>,
    lower: String,
    /// Whether most words are in capitals, so that capitals tell nothing.
    pub(super) shouted: bool,
}

impl Tokens {
    /// Reads a segment in the place of what was held before.
    pub(super) fn read(&mut self, text: &str, segment: Span) {
        self.tokens.clear();
        self.lower.clear();
        let mut spaced = true;
        let (mut capitals, mut smalls) = (0_usize, 0_usize);
        for (at, c) in segment.of(text).char_indices() {
            if is_hidden(c) {
                continue;
            }
            if is_space(c) {
                spaced = true;
                continue;
            }
            let kind = kind_of(c);
            let start = segment.start + at;
            let end = start + c.len_utf8();
            match self.tokens.last_mut() {
                Some(last) if !spaced && kind != Kind::Mark && last.kind == kind => last.span.end = end,
                _ => {
                    let place = self.lower.len() as u32;
                    self.tokens.push(Token {
                        span: Span::new(start, end),
                        kind,
                        glued: !spaced,
                        capital: c.is_uppercase(),
                        lower: (place, place),
                    });
                }
            }
            capitals += usize::from(c.is_uppercase());
            smalls += usize::from(c.is_lowercase());
            push_lower(&mut self.lower, c);
            let place = self.lower.len() as u32;
            if let Some(last) = self.tokens.last_mut() {
                last.lower.1 = place;
            }
            spaced = false;
        }
        self.shouted = capitals > 2 * smalls;
    }

    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    pub(super) fn get(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at)
    }

    /// The token in lower case, or nothing past the end.
    pub(super) fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| &self.lower[token.lower.0 as usize..token.lower.1 as usize])
    }

    /// The token `back` places before `at`, or nothing before the start.
    pub(super) fn before(&self, at: usize, back: usize) -> &str {
        at.checked_sub(back).map_or("", |place| self.word(place))
    }

    /// The number that a run of at most nine digits writes.
    pub(super) fn digits(&self, at: usize) -> Option<u32> {
        let token = self.tokens.get(at).filter(|token| token.kind == Kind::Digits)?;
        self.word(at).parse().ok().filter(|_| token.span.len() <= 9)
    }

    /// Whether the token follows the one before without a space.
    pub(super) fn glued(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.glued)
    }

    pub(super) fn is(&self, at: usize, word: &str) -> bool {
        self.word(at) == word
    }

    /// Whether the token begins with a capital, or the text is all in capitals so that none tells.
    pub(super) fn is_name(&self, at: usize) -> bool {
        self.shouted || self.tokens.get(at).is_some_and(|token| token.capital)
    }

    /// From the start of the first token to the end of the last; `end` is exclusive and above `start`.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        self.tokens[start].span.cover(self.tokens[end - 1].span)
    }
}

fn kind_of(c: char) -> Kind {
    if c.is_ascii_digit() {
        Kind::Digits
    } else if c.is_alphanumeric() {
        Kind::Letters
    } else {
        Kind::Mark
    }
}

fn push_lower(lower: &mut String, c: char) {
    match c {
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => lower.push('-'),
        '’' | '‘' | '´' | 'ʼ' | '`' => lower.push('\''),
        '“' | '”' => lower.push('"'),
        _ if c.is_ascii() => lower.push(c.to_ascii_lowercase()),
        _ => lower.extend(c.to_lowercase()),
    }
}
