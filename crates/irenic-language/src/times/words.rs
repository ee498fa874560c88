//! The words of a segment, lower-cased, with their places; numbers read.

use irenic_model::Span;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const NUMBERS: [&str; 13] = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
];

/// Runs of letters or digits in a segment.
pub(super) struct Words<'t> {
    text: &'t str,
    words: Vec<(Span, String)>,
}

impl<'t> Words<'t> {
    pub(super) fn of(text: &'t str, segment: Span) -> Self {
        let mut words = Vec::new();
        let mut start: Option<(usize, bool)> = None;
        let part = segment.of(text);
        for (at, c) in part.char_indices().chain([(part.len(), ' ')]) {
            let digit = c.is_ascii_digit();
            let open = start.filter(|_| c.is_alphanumeric());
            // "1990s" and "19th" stay one word; "UTC2023" does not matter.
            if let (Some((from, _)), None) = (start, open) {
                let span = Span::new(from, at).shifted(segment.start);
                words.push((span, span.of(text).to_lowercase()));
                start = None;
            }
            if start.is_none() && c.is_alphanumeric() {
                start = Some((at, digit));
            }
        }
        Self { text, words }
    }

    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// The lower-cased word, or nothing past the end.
    pub(super) fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |(_, word)| word)
    }

    /// The word before, or nothing at the start.
    pub(super) fn before(&self, at: usize) -> &str {
        at.checked_sub(1).map_or("", |before| self.word(before))
    }

    /// The word as it stands.
    pub(super) fn surface(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |(span, _)| span.of(self.text))
    }

    /// From the first word's start to the last word's end.
    pub(super) fn span(&self, first: usize, last: usize) -> Span {
        self.words[first].0.cover(self.words[last].0)
    }

    /// What stands between a word and the next.
    pub(super) fn gap(&self, at: usize) -> &str {
        match (self.words.get(at), self.words.get(at + 1)) {
            (Some((a, _)), Some((b, _))) => Span::new(a.end, b.start.max(a.end)).of(self.text),
            (Some((a, _)), None) => self.text[a.end..].get(..1).unwrap_or(""),
            _ => "",
        }
    }

    /// The month that a capitalised word names, whole or shortened.
    pub(super) fn month(&self, at: usize) -> Option<i8> {
        let word = self.word(at);
        let capital = self.surface(at).starts_with(char::is_uppercase);
        let whole = MONTHS.iter().position(|month| *month == word);
        let short = || {
            let cut = if word == "sept" { "sep" } else { word };
            MONTHS.iter().position(|month| cut.len() == 3 && month.starts_with(cut))
        };
        let at = whole.or_else(short).filter(|_| capital)?;
        i8::try_from(at + 1).ok()
    }

    /// A day of a month: 1 to 31, with or without its ordinal ending.
    pub(super) fn day(&self, at: usize) -> Option<i8> {
        let word = self.word(at);
        let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
        let ending = &word[digits.len()..];
        let fits = digits.len() <= 2 && matches!(ending, "" | "st" | "nd" | "rd" | "th");
        digits.parse().ok().filter(|day| fits && (1..=31).contains(day))
    }

    /// A year of four digits.
    pub(super) fn year(&self, at: usize) -> Option<i16> {
        let word = self.word(at);
        word.parse().ok().filter(|year| word.len() == 4 && (1500..=2100).contains(year))
    }

    /// A small whole number in digits or words.
    pub(super) fn number(&self, at: usize) -> Option<i32> {
        let word = self.word(at);
        if matches!(word, "a" | "an") {
            return Some(1);
        }
        let spelt = NUMBERS.iter().position(|number| *number == word).and_then(|at| i32::try_from(at).ok());
        spelt.or_else(|| word.parse().ok().filter(|number| (1..=999).contains(number)))
    }
}
