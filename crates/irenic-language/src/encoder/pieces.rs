//! Words in pieces: the longest known beginning, then the longest known continuation, and so on.

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What marks a piece that continues a word.
const INSIDE: &str = "##";

/// Words of more bytes are unknown as a whole.
const WORD_BYTES_MAX: usize = 64;

/// A known piece, and where its word begins in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its number.
    pub id: u32,
    /// The first byte of its word.
    pub start: usize,
}

/// The known pieces of words, in lower case and without accents.
#[derive(Clone, Debug, Default)]
pub struct Pieces {
    numbers: FxHashMap<Box<str>, u32>,
    unknown: u32,
    first: u32,
    last: u32,
}

impl Pieces {
    /// The pieces in the order of their numbers. Those between brackets stand for what no word is: `[UNK]` for a word
    /// without pieces, `[CLS]` and `[SEP]` for the ends of a text.
    #[must_use]
    pub fn new<'w>(words: impl Iterator<Item = &'w str>) -> Option<Self> {
        let numbers: FxHashMap<Box<str>, u32> = words.zip(0..).map(|(word, at)| (word.into(), at)).collect();
        let of = |word: &str| numbers.get(word).copied();
        let (unknown, first, last) = (of("[UNK]")?, of("[CLS]")?, of("[SEP]")?);
        Some(Self { numbers, unknown, first, last })
    }

    /// What stands before a text.
    #[must_use]
    pub const fn first(&self) -> u32 {
        self.first
    }

    /// What stands behind it.
    #[must_use]
    pub const fn last(&self) -> u32 {
        self.last
    }

    /// The pieces of a text whose first byte is `offset`. Words are runs of letters and digits; everything else but
    /// space stands alone.
    #[must_use]
    pub fn of(&self, text: &str, offset: usize) -> Vec<Piece> {
        let mut found = Vec::new();
        let mut word = String::new();
        let mut start = 0;
        for (at, c) in text.char_indices() {
            if c.is_alphanumeric() {
                if word.is_empty() {
                    start = at;
                }
                word.extend(plain(c));
                continue;
            }
            if is_combining_mark(c) {
                continue;
            }
            self.add(&mut word, offset + start, &mut found);
            if !c.is_whitespace() && !c.is_control() {
                word.push(c);
                self.add(&mut word, offset + at, &mut found);
            }
        }
        self.add(&mut word, offset + start, &mut found);
        found
    }

    /// Adds the pieces of a word and empties it.
    fn add(&self, word: &mut String, start: usize, found: &mut Vec<Piece>) {
        if word.is_empty() {
            return;
        }
        let whole = found.len();
        let mut rest = word.as_str();
        let mut inside = String::new();
        while !rest.is_empty() {
            let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8()).rev();
            let mut known = ends.filter_map(|end| {
                if whole == found.len() {
                    return Some((end, *self.numbers.get(&rest[..end])?));
                }
                inside.clear();
                inside.extend([INSIDE, &rest[..end]]);
                Some((end, *self.numbers.get(inside.as_str())?))
            });
            let longest = if word.len() <= WORD_BYTES_MAX { known.next() } else { None };
            let Some((end, id)) = longest else {
                found.truncate(whole);
                found.push(Piece { id: self.unknown, start });
                break;
            };
            found.push(Piece { id, start });
            rest = &rest[end..];
        }
        word.clear();
    }
}

/// A letter in lower case and without its accent.
fn plain(c: char) -> impl Iterator<Item = char> {
    c.to_lowercase().nfd().filter(|&c| !is_combining_mark(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<(u32, usize)> {
        let words = ["[UNK]", "[CLS]", "[SEP]", "kidnap", "##ped", "the", "'", "s", "mayor", "jose", "4"];
        let pieces = Pieces::new(words.into_iter()).expect("the ends of a text are known");
        pieces.of(text, 100).into_iter().map(|piece| (piece.id, piece.start - 100)).collect()
    }

    #[test]
    fn words_come_apart_at_the_longest_known_pieces() {
        assert_eq!(pieces("Kidnapped the MAYOR's"), [(3, 0), (4, 0), (5, 10), (8, 14), (6, 19), (7, 20)]);
    }

    #[test]
    fn accents_and_case_do_not_count() {
        assert_eq!(pieces("José Jose\u{301}"), [(9, 0), (9, 6)]);
    }

    #[test]
    fn what_has_no_pieces_is_unknown_as_a_whole() {
        assert_eq!(pieces("kidnapper 44 \u{4e2d} "), [(0, 0), (0, 10), (0, 13)]);
        assert_eq!(pieces(&"kidnapped".repeat(9)), [(0, 0)]);
        assert!(pieces("").is_empty() && pieces(" \n\t").is_empty());
    }
}
