//! Text to tokens: chunks between white space, with characters that do not show left out.
//!
//! Boundaries follow UD English EWT: clitics and hyphens stand alone, abbreviations keep their full stop.

mod characters;
mod chunk;
pub(crate) mod rules;

use irenic_model::Span;

pub(crate) use characters::{is_closer, is_hidden, is_opener, is_space, is_superscript};
use chunk::Chunk;
use rules::Rules;

/// The spans of the tokens of one segment, in text order. White space and invisible characters belong to none.
///
/// ```
/// use irenic_language::tokenise;
/// use irenic_model::Span;
/// let text = "Gen. Smith didn't say 1,000.";
/// let words: Vec<_> = tokenise(text, Span::new(0, text.len())).iter().map(|span| span.of(text)).collect();
/// assert_eq!(words, ["Gen.", "Smith", "did", "n't", "say", "1,000", "."]);
/// ```
///
/// # Panics
///
/// If `segment` is not a range of `text` on character boundaries.
#[must_use]
pub fn tokenise(text: &str, segment: Span) -> Vec<Span> {
    let rules = Rules::english();
    let part = segment.of(text);
    let mut spans = Vec::with_capacity(part.len() / 5 + 1);
    let mut view = View::default();
    let mut chunks = chunks(part).peekable();
    while let Some((start, chunk)) = chunks.next() {
        let next = chunks.peek().map_or("", |(_, next)| *next);
        let shift = segment.start + start;
        if is_plain(chunk) && rules.split(chunk).is_none() {
            spans.push(Span::new(shift, shift + chunk.len()));
            continue;
        }
        if !chunk.contains(is_hidden) {
            Chunk::new(chunk, next, rules).split(|token| spans.push(Span::from(token).shifted(shift)));
            continue;
        }
        view.read(chunk);
        Chunk::new(&view.text, next, rules).split(|token| spans.push(view.back(token).shifted(shift)));
    }
    spans
}

/// Words of plain letters are one token unless a list says otherwise.
fn is_plain(chunk: &str) -> bool {
    chunk.bytes().all(|byte| byte.is_ascii_alphabetic())
}

fn chunks(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let start = rest + text[rest..].find(|c| !is_space(c))?;
        let end = text[start..].find(is_space).map_or(text.len(), |at| start + at);
        rest = end;
        Some((start, &text[start..end]))
    })
}

/// A chunk without its hidden characters, with the way back.
#[derive(Default)]
struct View {
    text: String,
    /// For each byte of `text`, where its character begins and ends in the chunk.
    origin: Vec<(usize, usize)>,
}

impl View {
    fn read(&mut self, chunk: &str) {
        self.text.clear();
        self.origin.clear();
        for (at, c) in chunk.char_indices().filter(|(_, c)| !is_hidden(*c)) {
            self.text.push(c);
            self.origin.extend(std::iter::repeat_n((at, at + c.len_utf8()), c.len_utf8()));
        }
    }

    fn back(&self, token: std::ops::Range<usize>) -> Span {
        Span::new(self.origin[token.start].0, self.origin[token.end - 1].1)
    }
}

#[cfg(test)]
mod tests;
