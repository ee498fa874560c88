//! Numbers in digits and words, read exactly.
//!
//! Decimals are put together as text and parsed once, so that "22.5 million" is 22500000 and "15 per cent" is the
//! double nearest to 0.15, without the noise of a product.

use super::lexicon::{Lexicon, Numbers};
use crate::words::{Shape, Word};

/// A number as it stands in the text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Numeral {
    /// The position after its last word.
    pub(super) end: usize,
    pub(super) value: f64,
    /// Whether it is a fraction or a percentage.
    pub(super) share: bool,
    /// Whether it is a plural such as "dozens", which means at least two of them.
    pub(super) plural: bool,
    /// The power of ten of its scale word, where it has one.
    scale: Option<i32>,
    /// The digits before the scale, where it is in digits.
    digits: Option<String>,
}

impl Numeral {
    fn plain(end: usize, value: f64) -> Self {
        Self { end, value, share: false, plural: false, scale: None, digits: None }
    }

    /// The same number under the scale of `other`: the "2" of "2 to 3 million". `None` where it has its own, or is
    /// no smaller than the other's digits would allow.
    pub(super) fn under_scale_of(&self, other: &Self) -> Option<f64> {
        let power = other.scale.filter(|_| self.scale.is_none() && self.value < 1000.0)?;
        match &self.digits {
            Some(digits) => exact(digits, power),
            None => exact(&format!("{}", self.value), power),
        }
    }

    /// Whether it looks like a year: four plain digits from 1500 to 2100.
    pub(super) fn is_year_like(&self) -> bool {
        let four = self.digits.as_ref().is_some_and(|digits| digits.len() == 4 && self.scale.is_none());
        four && !self.share && (1500.0..=2100.0).contains(&self.value)
    }
}

/// The value of `digits` times ten to the `power`, rounded once.
fn exact(digits: &str, power: i32) -> Option<f64> {
    format!("{digits}e{power}").parse::<f64>().ok().filter(|value| value.is_finite())
}

/// The number that begins at `at`, if one does.
pub(super) fn numeral(words: &[Word], at: usize, lexicon: &Lexicon) -> Option<Numeral> {
    let word = words.get(at)?;
    match word.shape {
        Shape::Number => in_digits(words, at, lexicon),
        Shape::Letters => in_words(words, at, lexicon),
        Shape::Mark => None,
    }
}

fn in_digits(words: &[Word], at: usize, lexicon: &Lexicon) -> Option<Numeral> {
    if belongs_to_a_name(words, at) {
        return None;
    }
    let digits: String = words[at].lower.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    // Longer runs are codes, not counts.
    if digits.len() > 15 {
        return None;
    }
    let mut end = at + 1;
    let mut scale = None;
    if let Some(next) = words.get(end) {
        if let Some(&power) = lexicon.numbers.scales.get(&next.lower) {
            scale = Some(power);
            end += 1;
        } else if next.glued
            && next.shape == Shape::Letters
            && !lexicon.units.iter().any(|(_, set)| set.has(&next.lower))
        {
            return None;
        }
    }
    if let Some(length) = lexicon.percent.at(words, end) {
        let value = exact(&digits, -2)?;
        return Some(Numeral {
            end: end + length,
            value,
            share: true,
            plural: false,
            scale: None,
            digits: None,
        });
    }
    let value = exact(&digits, scale.unwrap_or(0))?;
    Some(Numeral { end, value, share: false, plural: false, scale, digits: Some(digits) })
}

/// Whether the digits are part of a name, a time, a fraction or a code: "S-300", "10:30", "7/8", "9K33", "#12".
fn belongs_to_a_name(words: &[Word], at: usize) -> bool {
    let glued_mark = |mark: &Word| {
        matches!(mark.lower.as_str(), ":" | "/" | "." | "#" | "№" | "_" | "=" | "&" | "@" | "\\")
    };
    if words[at].glued && at > 0 {
        let before = &words[at - 1];
        let after_letters =
            before.is_dash() && before.glued && at > 1 && words[at - 2].shape == Shape::Letters;
        if before.shape == Shape::Letters && before.lower != "us"
            || after_letters
            || glued_mark(before) && before.glued
        {
            return true;
        }
    }
    words.get(at + 1).is_some_and(|next| {
        let then_number = words.get(at + 2).is_some_and(|after| after.glued && after.shape == Shape::Number);
        next.glued && glued_mark(next) && then_number
    })
}

fn in_words(words: &[Word], at: usize, lexicon: &Lexicon) -> Option<Numeral> {
    let numbers = &lexicon.numbers;
    half_a_scale(words, at, numbers)
        .or_else(|| plural(words, at, numbers))
        .or_else(|| a_scale(words, at, numbers))
        .or_else(|| fraction(words, at, numbers))
        .or_else(|| spelt(words, at, numbers))
        .map(|found| as_share(words, found, lexicon))
}

/// "fifteen per cent".
fn as_share(words: &[Word], found: Numeral, lexicon: &Lexicon) -> Numeral {
    match lexicon.percent.at(words, found.end) {
        Some(length) if !found.share => Numeral {
            end: found.end + length,
            value: exact(&format!("{}", found.value), -2).unwrap_or(found.value / 100.0),
            share: true,
            ..found
        },
        _ => found,
    }
}

/// "half a million", "half a dozen".
fn half_a_scale(words: &[Word], at: usize, numbers: &Numbers) -> Option<Numeral> {
    if !words[at].is("half") || !words.get(at + 1)?.is("a") {
        return None;
    }
    let whole = singular_scale(&words.get(at + 2)?.lower, numbers)?;
    Some(Numeral::plain(at + 3, whole / 2.0))
}

/// "dozens", "tens of thousands", "several hundred".
fn plural(words: &[Word], at: usize, numbers: &Numbers) -> Option<Numeral> {
    let word = &words[at].lower;
    let (mut value, mut end) = if let Some(&unit) = numbers.plurals.get(word) {
        (2.0 * unit as f64, at + 1)
    } else {
        let several = if word == "several" {
            1
        } else if word == "a" && words.get(at + 1)?.is("few") {
            2
        } else {
            return None;
        };
        let scale = singular_scale(&words.get(at + several)?.lower, numbers)?;
        (2.0 * scale, at + several + 1)
    };
    while words.get(end).is_some_and(|of| of.is("of"))
        && let Some(&unit) = words.get(end + 1).and_then(|next| numbers.plurals.get(&next.lower))
    {
        value *= unit as f64;
        end += 2;
    }
    Some(Numeral { plural: true, ..Numeral::plain(end, value) })
}

fn singular_scale(word: &str, numbers: &Numbers) -> Option<f64> {
    match word {
        "dozen" => Some(12.0),
        "score" => Some(20.0),
        _ => numbers.scales.get(word).and_then(|&power| exact("1", power)),
    }
}

/// "a hundred", "a dozen", "a million".
fn a_scale(words: &[Word], at: usize, numbers: &Numbers) -> Option<Numeral> {
    if !matches!(words[at].lower.as_str(), "a" | "an") {
        return None;
    }
    let scale = singular_scale(&words.get(at + 1)?.lower, numbers)?;
    let mut found = Numeral::plain(at + 2, scale);
    // "a hundred and fifty", "a hundred thousand"
    if let Some(&power) = words.get(at + 2).and_then(|next| numbers.scales.get(&next.lower)) {
        found.value *= exact("1", power)?;
        found.end += 1;
    } else if words.get(at + 2).is_some_and(|and| and.is("and"))
        && let Some(rest) = spelt(words, at + 3, numbers)
        && rest.value < scale
        && scale <= 1000.0
    {
        found.value += rest.value;
        found.end = rest.end;
    }
    Some(found)
}

/// "a third of", "one-fifth of", "three quarters of", "half the": only before "of" or an article, where nothing else
/// is meant by it.
fn fraction(words: &[Word], at: usize, numbers: &Numbers) -> Option<Numeral> {
    let first = &words[at];
    let (top, mut next) = if first.is("half") {
        return half(words, at);
    } else if first.is("a") || first.is("an") {
        (1, at + 1)
    } else {
        (*numbers.small.get(&first.lower)?, at + 1)
    };
    if words.get(next).is_some_and(|dash| dash.is_dash() && dash.glued) {
        next += 1;
    }
    let &bottom = words.get(next).and_then(|word| numbers.fractions.get(&word.lower))?;
    let end = next + 1;
    let of = words.get(end).is_some_and(|word| word.is("of"));
    (of && top > 0 && top < bottom)
        .then(|| Numeral { share: true, ..Numeral::plain(end, f64::from(top) / f64::from(bottom)) })
}

fn half(words: &[Word], at: usize) -> Option<Numeral> {
    let follows = words.get(at + 1)?;
    let fits = ["of", "the", "its", "their"].iter().any(|word| follows.is(word));
    fits.then(|| Numeral { share: true, ..Numeral::plain(at + 1, 0.5) })
}

/// "twenty-five", "two hundred and fifty", "three million".
fn spelt(words: &[Word], at: usize, numbers: &Numbers) -> Option<Numeral> {
    let mut total = 0.0;
    let mut group = 0.0;
    let mut end = at;
    let mut scale = None;
    while let Some(word) = words.get(end) {
        if let Some(&small) = numbers.small.get(&word.lower) {
            let small = f64::from(small);
            let fits = group % 100.0 == 0.0
                || (group % 10.0 == 0.0 && group % 100.0 >= 20.0 && small < 10.0 && small > 0.0);
            if end > at && (!fits || group == 0.0 && total == 0.0) {
                break;
            }
            group += small;
            scale = None;
            end += 1;
        } else if end > at
            && let Some(&power) = numbers.scales.get(&word.lower)
        {
            let factor = exact("1", power)?;
            if power == 2 {
                group *= factor;
            } else {
                total += group * factor;
                group = 0.0;
            }
            scale = Some(power);
            end += 1;
        } else if end > at && word.is("dozen") {
            group *= 12.0;
            end += 1;
            break;
        } else if end > at && joins(words, end, numbers, group) {
            end += 1;
        } else {
            break;
        }
    }
    (end > at).then(|| Numeral { scale, ..Numeral::plain(end, total + group) })
}

/// Whether the word between two parts of a spelt number joins them: the hyphen of "twenty-five", the "and" of "two
/// hundred and fifty".
fn joins(words: &[Word], at: usize, numbers: &Numbers, group: f64) -> bool {
    let Some(small) = words.get(at + 1).and_then(|next| numbers.small.get(&next.lower)) else { return false };
    if words[at].is_dash() {
        return words[at].glued && group % 10.0 == 0.0 && group % 100.0 >= 20.0 && (1..10).contains(small);
    }
    let after_hundred = at > 0 && numbers.scales.get(&words[at - 1].lower) == Some(&2);
    words[at].is("and") && after_hundred
}

#[cfg(test)]
mod tests {
    use irenic_language::Analysis;
    use irenic_model::Span;

    use super::*;
    use crate::words::words;

    #[test]
    fn numbers_are_read_exactly() {
        let cases = [
            ("three", Some(3.0)),
            ("a dozen", Some(12.0)),
            ("two dozen", Some(24.0)),
            ("dozens of people", Some(24.0)),
            ("tens of thousands", Some(20000.0)),
            ("hundreds of thousands", Some(200_000.0)),
            ("several hundred", Some(200.0)),
            ("1.5 million", Some(1_500_000.0)),
            ("22.5 million", Some(22_500_000.0)),
            ("2,500", Some(2500.0)),
            ("one fifth of", Some(0.2)),
            ("two-thirds of", Some(2.0 / 3.0)),
            ("15 per cent", Some(0.15)),
            ("29 %", Some(0.29)),
            ("half of", Some(0.5)),
            ("half a million", Some(500_000.0)),
            ("twenty-five", Some(25.0)),
            ("two hundred and fifty", Some(250.0)),
            ("one million", Some(1_000_000.0)),
            ("a hundred thousand", Some(100_000.0)),
            ("three thousand two hundred", Some(3200.0)),
            ("third", None),
            ("10:30", None),
            ("9K33", None),
            ("hundred", None),
            ("12345678901234567890", None),
        ];
        for (text, expected) in cases {
            let run = words(text, Span::new(0, text.len()), &Analysis::default());
            assert_eq!(numeral(&run, 0, Lexicon::english()).map(|found| found.value), expected, "{text}");
        }
    }
}
