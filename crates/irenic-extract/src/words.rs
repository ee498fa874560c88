//! A stretch of text as words, numbers and marks, and sets of phrases to match against them.
//!
//! Tokens of the analysis cut numbers and hyphens as a treebank wants them; rules on quantities want them whole. Each
//! word knows its token where there is one.

use irenic_language::{Analysis, Penn, Upos};
use irenic_model::Span;
use rustc_hash::FxHashMap;

/// The lines of a stretch of text, each without the spaces that end it.
pub(crate) fn lines(text: &str, span: Span) -> impl Iterator<Item = Span> + '_ {
    let mut start = span.start;
    span.of(text).split_inclusive('\n').map(move |line| {
        let from = start;
        start += line.len();
        Span::new(from, from + line.trim_end().len())
    })
}

/// What a word is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Digits, with separators of thousands and a decimal point: "3,890", "1.5".
    Number,
    /// Letters, with apostrophes inside.
    Letters,
    /// Any other character by itself.
    Mark,
}

/// A word of a stretch of text.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    pub(crate) span: Span,
    pub(crate) lower: String,
    pub(crate) shape: Shape,
    /// Whether it follows the word before without a space.
    pub(crate) glued: bool,
    /// Whether it begins with a capital.
    pub(crate) capital: bool,
    /// Its token in the analysis: the first that shares a byte with it.
    pub(crate) token: Option<usize>,
    pub(crate) upos: Option<Upos>,
    pub(crate) xpos: Option<Penn>,
}

impl Word {
    /// Whether it is this word.
    pub(crate) fn is(&self, text: &str) -> bool {
        self.lower == text
    }

    /// Whether it is a dash of any length.
    pub(crate) fn is_dash(&self) -> bool {
        matches!(self.lower.as_str(), "-" | "–" | "—" | "‑" | "−")
    }
}

/// The words of `region`, with their tokens.
pub(crate) fn words(text: &str, region: Span, analysis: &Analysis) -> Vec<Word> {
    let mut found = plain_words(text, region);
    let tokens = analysis.tokens_in(region);
    let mut at = tokens.start;
    for word in &mut found {
        while at < tokens.end && analysis.tokens[at].span.end <= word.span.start {
            at += 1;
        }
        if at < tokens.end && analysis.tokens[at].span.overlaps(word.span) {
            word.token = Some(at);
            word.upos = Some(analysis.tokens[at].upos);
            word.xpos = Some(analysis.tokens[at].xpos);
        }
    }
    found
}

fn plain_words(text: &str, region: Span) -> Vec<Word> {
    let mut found = Vec::new();
    let part = region.of(text);
    let mut at = 0;
    let mut last_end = usize::MAX;
    while let Some(first) = part[at..].chars().next() {
        if first.is_whitespace() || first == '\u{ad}' || first == '\u{feff}' {
            at += first.len_utf8();
            continue;
        }
        let (length, shape) = if first.is_ascii_digit() {
            (number_length(&part[at..]), Shape::Number)
        } else if first.is_alphabetic() {
            (letters_length(&part[at..]), Shape::Letters)
        } else {
            (first.len_utf8(), Shape::Mark)
        };
        let span = Span::new(at, at + length).shifted(region.start);
        let lower = span.of(text).to_lowercase().replace(['\u{2019}', '\u{ad}'], "'");
        found.push(Word {
            span,
            lower,
            shape,
            glued: last_end == at,
            capital: first.is_uppercase(),
            token: None,
            upos: None,
            xpos: None,
        });
        at += length;
        last_end = at;
    }
    found
}

/// The bytes of the number at the start of `text`: digits, groups of three after a separator, a decimal part.
fn number_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut end = digits(0);
    if end <= 3 {
        while let Some(separator) = separator_length(&text[end..])
            && digits(end + separator) == 3
        {
            end += separator + 3;
        }
    }
    if bytes.get(end) == Some(&b'.') && digits(end + 1) > 0 {
        end += 1 + digits(end + 1);
    }
    end
}

fn separator_length(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    let separates =
        matches!(first, ',' | '\u{a0}' | '\u{202f}' | '\u{2009}') && !text[first.len_utf8()..].is_empty();
    (separates && text[first.len_utf8()..].starts_with(|next: char| next.is_ascii_digit()))
        .then(|| first.len_utf8())
}

fn letters_length(text: &str) -> usize {
    let mut end = 0;
    let mut rest = text.chars().peekable();
    while let Some(next) = rest.next() {
        let inside = next.is_alphabetic()
            || next == '\u{ad}'
            || unicode_mark(next)
            || (matches!(next, '\'' | '\u{2019}') && rest.peek().is_some_and(|after| after.is_alphabetic()));
        if !inside {
            break;
        }
        end += next.len_utf8();
    }
    end
}

/// Combining marks, which `char::is_alphabetic` leaves out.
const fn unicode_mark(c: char) -> bool {
    matches!(c as u32, 0x300..=0x36f)
}

/// A set of phrases, found at the start or at the end of a run of words.
#[derive(Debug, Default)]
pub(crate) struct Phrases {
    by_first: FxHashMap<String, Vec<Vec<String>>>,
    by_last: FxHashMap<String, Vec<Vec<String>>>,
}

impl Phrases {
    /// The set of these phrases.
    pub(crate) fn new<S: AsRef<str>>(phrases: impl IntoIterator<Item = S>) -> Self {
        let mut set = Self::default();
        for phrase in phrases {
            let phrase = phrase.as_ref();
            let parts: Vec<String> =
                plain_words(phrase, Span::new(0, phrase.len())).into_iter().map(|word| word.lower).collect();
            if let (Some(first), Some(last)) = (parts.first().cloned(), parts.last().cloned()) {
                set.by_first.entry(first).or_default().push(parts.clone());
                set.by_last.entry(last).or_default().push(parts);
            }
        }
        set
    }

    /// The number of words of the longest phrase that begins at `at`.
    pub(crate) fn at(&self, words: &[Word], at: usize) -> Option<usize> {
        let candidates = self.by_first.get(&words.get(at)?.lower)?;
        let fits = |phrase: &&Vec<String>| {
            words
                .get(at..at + phrase.len())
                .is_some_and(|run| run.iter().zip(phrase.iter()).all(|(a, b)| a.lower == *b))
        };
        candidates.iter().filter(fits).map(Vec::len).max()
    }

    /// The number of words of the longest phrase that ends just before `end`.
    pub(crate) fn before(&self, words: &[Word], end: usize) -> Option<usize> {
        let candidates = self.by_last.get(&words.get(end.checked_sub(1)?)?.lower)?;
        let fits = |phrase: &&Vec<String>| {
            end.checked_sub(phrase.len())
                .is_some_and(|start| words[start..end].iter().zip(phrase.iter()).all(|(a, b)| a.lower == *b))
        };
        candidates.iter().filter(fits).map(Vec::len).max()
    }

    /// Whether the single word is in the set.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.by_first.get(word).is_some_and(|phrases| phrases.iter().any(|phrase| phrase.len() == 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_whole_and_words_are_letters() {
        let cases = [
            ("3,890 citizens", vec!["3,890", "citizens"]),
            ("27, 28", vec!["27", ",", "28"]),
            ("1.5 million.", vec!["1.5", "million", "."]),
            ("541–547+", vec!["541", "–", "547", "+"]),
            ("S-300", vec!["s", "-", "300"]),
            ("the army\u{2019}s 20\u{a0}000", vec!["the", "army's", "20\u{a0}000"]),
            ("1,2345", vec!["1", ",", "2345"]),
        ];
        for (text, expected) in cases {
            let found: Vec<String> =
                plain_words(text, Span::new(0, text.len())).into_iter().map(|word| word.lower).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn the_longest_phrase_wins() {
        let set = Phrases::new(["more than", "more", "no more than"]);
        let text = "no more than";
        let run = plain_words(text, Span::new(0, text.len()));
        assert_eq!(set.at(&run, 0), Some(3));
        assert_eq!(set.at(&run, 1), Some(2));
        assert_eq!(set.before(&run, 3), Some(3));
        assert!(set.has("more") && !set.has("no"));
    }
}
