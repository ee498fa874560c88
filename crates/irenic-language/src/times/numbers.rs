//! Numbers in the text: counts, years, days of a month, ordinals, clock times.

use super::lexicon::{Lexicon, Value};
use super::tokens::{Kind, Tokens};

/// The kinds of number that patterns name beside the lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scanner {
    /// A count: "12", "1,000", "2.5", "2 1/2", "twenty-four", "a hundred".
    Number,
    /// A year of four digits, or in words: "nineteen ninety-six".
    Year,
    /// Two digits that end a year.
    ShortYear,
    /// A day of a month in digits, with or without its ending: "3", "3rd".
    Day,
    /// A month in one or two digits.
    Month,
    /// An ordinal: "3rd", "third", "twenty-first".
    Ordinal,
    /// An hour, 0 to 24, in one or two digits.
    Hour,
    /// Minutes or seconds in two digits.
    Minute,
    /// A day in eight digits.
    Stamp,
    /// Four digits of military time.
    Military,
    /// The first year of a decade with its "s".
    Decade,
    /// No number, but what is counted: a word in small letters that ends on "s".
    Plural,
}

/// The lists that numbers in words are read with.
#[derive(Clone, Copy, Debug)]
pub(super) struct NumberLists {
    pub(super) cardinal: u16,
    pub(super) scale: u16,
    pub(super) ordinal: u16,
}

/// The first and last year that a number of four digits may be.
const YEARS: std::ops::RangeInclusive<u32> = 1000..=2100;

impl Scanner {
    pub(super) fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "number" => Self::Number,
            "year" => Self::Year,
            "yy" => Self::ShortYear,
            "day" => Self::Day,
            "mm" => Self::Month,
            "nth" => Self::Ordinal,
            "hour" => Self::Hour,
            "minute" => Self::Minute,
            "stamp" => Self::Stamp,
            "military" => Self::Military,
            "decade" => Self::Decade,
            "plural" => Self::Plural,
            _ => return None,
        })
    }

    /// Whether words, not only digits, may be read.
    pub(super) const fn reads_words(self) -> bool {
        matches!(self, Self::Number | Self::Year | Self::Ordinal)
    }

    /// The position after the number at `at`, and its value.
    pub(super) fn scan(self, tokens: &Tokens, at: usize, words: &Words<'_>) -> Option<(usize, Value)> {
        let length = tokens.get(at)?.span.len();
        let digits = tokens.digits(at);
        match self {
            Self::Number => count(tokens, at, words).map(|found| with_half(tokens, found)),
            Self::Year => match digits {
                Some(year) => (length == 4 && YEARS.contains(&year)).then(|| one(at, year)),
                None => words.year(tokens, at),
            },
            Self::ShortYear => digits.filter(|_| length == 2).map(|year| one(at, year)),
            Self::Day => {
                let day = digits.filter(|day| length <= 2 && (1..=31).contains(day))?;
                let ended = ordinal_ending(tokens, at + 1, day);
                Some((at + 1 + usize::from(ended), Value::whole(day.into())))
            }
            Self::Month => {
                digits.filter(|month| length <= 2 && (1..=12).contains(month)).map(|it| one(at, it))
            }
            Self::Ordinal => match digits {
                Some(number) => {
                    ordinal_ending(tokens, at + 1, number).then(|| (at + 2, Value::whole(number.into())))
                }
                None => words.ordinal(tokens, at),
            },
            Self::Hour => digits.filter(|hour| length <= 2 && *hour <= 24).map(|hour| one(at, hour)),
            Self::Minute => digits.filter(|minute| length == 2 && *minute < 60).map(|it| one(at, it)),
            Self::Stamp => digits.filter(|_| length == 8).map(|day| one(at, day)),
            Self::Military => {
                digits.filter(|time| length == 4 && time / 100 <= 24 && time % 100 < 60).map(|it| one(at, it))
            }
            Self::Decade => decade(tokens, at),
            Self::Plural => {
                let word = tokens.word(at);
                let counted = word.len() >= 4 && word.ends_with('s') && !word.ends_with("ss");
                (counted && !tokens.is_name(at)).then_some((at + 1, Value::whole(0)))
            }
        }
    }
}

/// "two and a half".
fn with_half(tokens: &Tokens, (end, value): (usize, Value)) -> (usize, Value) {
    let half = ["and", "a", "half"].iter().enumerate().all(|(step, word)| tokens.is(end + step, word));
    match value {
        Value::Number(thousandths) if half => (end + 3, Value::Number(thousandths.saturating_add(500))),
        _ => (end, value),
    }
}

fn one(at: usize, number: u32) -> (usize, Value) {
    (at + 1, Value::whole(number.into()))
}

/// "th" and its like, glued to the number and right for it.
fn ordinal_ending(tokens: &Tokens, at: usize, number: u32) -> bool {
    let right = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    tokens.glued(at) && tokens.is(at, right)
}

/// "1990s", "1990's", "'90s".
fn decade(tokens: &Tokens, at: usize) -> Option<(usize, Value)> {
    let length = tokens.get(at)?.span.len();
    let number = tokens.digits(at).filter(|number| number % 10 == 0)?;
    let year = match length {
        4 if YEARS.contains(&number) => number,
        2 if at > 0 && tokens.before(at, 1) == "'" && tokens.glued(at) => 1900 + number,
        2 if number >= 20 => 1900 + number,
        _ => return None,
    };
    let marked = usize::from(tokens.is(at + 1, "'"));
    let ended = tokens.is(at + 1 + marked, "s") && tokens.glued(at + 1 + marked) && tokens.glued(at + 1);
    ended.then(|| (at + 2 + marked, Value::whole(year.into())))
}

/// A count in digits or words.
fn count(tokens: &Tokens, at: usize, words: &Words<'_>) -> Option<(usize, Value)> {
    if tokens.get(at)?.kind != Kind::Digits {
        return words.number(tokens, at);
    }
    let mut number = i64::from(tokens.digits(at)?);
    let mut end = at + 1;
    let part = |end: usize, mark: &str| {
        let glued = tokens.is(end, mark) && tokens.glued(end) && tokens.glued(end + 1);
        tokens.digits(end + 1).filter(|_| glued)
    };
    while let Some(group) =
        part(end, ",").filter(|_| tokens.get(end + 1).is_some_and(|it| it.span.len() == 3))
    {
        number = number.checked_mul(1000)?.checked_add(group.into())?;
        end += 2;
    }
    let mut thousandths = number.checked_mul(1000)?;
    if let Some(tenths) = part(end, ".") {
        let length = tokens.get(end + 1)?.span.len() as u32;
        if length <= 3 {
            thousandths += i64::from(tenths) * 10_i64.pow(3 - length);
            end += 2;
        }
    } else if let (Some(over), Some(under)) = (tokens.digits(end), part(end + 1, "/")) {
        // "2 1/2"
        if under > 0 && over < under && under <= 10 {
            thousandths += 1000 * i64::from(over) / i64::from(under);
            end += 3;
        }
    } else if tokens.is(end, "½") {
        thousandths += 500;
        end += 1;
    } else if let Some(under) = part(end, "/").filter(|under| i64::from(*under) > number && *under <= 10) {
        thousandths = 1000 * number / i64::from(under);
        end += 2;
    }
    while let Some((next, scale)) = words.one(tokens, end, words.lists.scale) {
        thousandths = thousandths.checked_mul(scale)?;
        end = next;
    }
    Some((end, Value::Number(thousandths)))
}

/// Reads numbers in words.
pub(super) struct Words<'a> {
    pub(super) lexicon: &'a Lexicon,
    pub(super) lists: NumberLists,
}

impl Words<'_> {
    fn one(&self, tokens: &Tokens, at: usize, list: u16) -> Option<(usize, i64)> {
        let (end, value) = self.lexicon.at(tokens, at, list).next()?;
        match value {
            Value::Number(thousandths) => Some((end, thousandths / 1000)),
            Value::Text(_) => None,
        }
    }

    /// Below a hundred: "seven", "twenty", "twenty-four", "twenty four".
    fn small(&self, tokens: &Tokens, at: usize) -> Option<(usize, i64)> {
        let (end, tens) = self.one(tokens, at, self.lists.cardinal)?;
        if tens < 20 {
            return Some((end, tens));
        }
        let hyphen = usize::from(tokens.is(end, "-"));
        match self.one(tokens, end + hyphen, self.lists.cardinal) {
            Some((next, units)) if (1..10).contains(&units) => Some((next, tens + units)),
            _ => Some((end, tens)),
        }
    }

    /// A count in words; "a" and "an" only before "hundred" and above.
    fn number(&self, tokens: &Tokens, at: usize) -> Option<(usize, Value)> {
        let article = matches!(tokens.word(at), "a" | "an");
        let mut end = at;
        let (mut total, mut group, mut any) = (0_i64, 0_i64, false);
        loop {
            let joined = usize::from(any && tokens.is(end, "and"));
            if let Some((next, number)) = self.small(tokens, end + joined).filter(|_| !article || any) {
                if any && group % 100 != 0 {
                    break;
                }
                group += number;
                (end, any) = (next, true);
                continue;
            }
            let from = if article && !any { end + 1 } else { end };
            let Some((next, scale)) = self.one(tokens, from, self.lists.scale) else { break };
            if scale >= 1000 {
                total = total.checked_add(group.max(1).checked_mul(scale)?)?;
                group = 0;
            } else {
                group = group.max(1).checked_mul(scale)?;
            }
            (end, any) = (next, true);
        }
        any.then(|| (end, Value::whole(total.saturating_add(group))))
    }

    /// "nineteen ninety-six", "nineteen hundred", "two thousand", "two thousand and five".
    fn year(&self, tokens: &Tokens, at: usize) -> Option<(usize, Value)> {
        let (end, century) = self.small(tokens, at)?;
        if century == 2 {
            let (end, Value::Number(thousandths)) = self.number(tokens, at)? else { return None };
            let year = thousandths / 1000;
            return (2000..=2099).contains(&year).then(|| (end, Value::whole(year)));
        }
        let hyphen = usize::from(tokens.is(end, "-"));
        let (end, rest) = self.small(tokens, end + hyphen)?;
        let fits = (15..=20).contains(&century) && (10..100).contains(&rest);
        fits.then(|| (end, Value::whole(100 * century + rest)))
    }

    /// "third", "twenty-first".
    fn ordinal(&self, tokens: &Tokens, at: usize) -> Option<(usize, Value)> {
        if let Some((end, number)) = self.one(tokens, at, self.lists.ordinal) {
            return Some((end, Value::whole(number)));
        }
        let (end, tens) = self.one(tokens, at, self.lists.cardinal).filter(|(_, tens)| *tens >= 20)?;
        let hyphen = usize::from(tokens.is(end, "-"));
        let (end, units) =
            self.one(tokens, end + hyphen, self.lists.ordinal).filter(|(_, units)| *units < 10)?;
        Some((end, Value::whole(tens + units)))
    }
}
