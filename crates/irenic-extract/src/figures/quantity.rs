//! Quantities: numbers with the words that bound them, ranges, and what is a number but no quantity.

use std::ops::Range;

use irenic_model::{Bound, MONTHS, Span, TimeExpression};

use super::lexicon::Lexicon;
use super::numerals::{Numeral, numeral};
use crate::words::{Shape, Word};

/// A number with its bounds, or a range.
#[derive(Clone, Debug)]
pub(super) struct Quantity {
    /// From the first bounding word to the last.
    pub(super) words: Range<usize>,
    pub(super) value: f64,
    pub(super) upper: Option<f64>,
    pub(super) bound: Bound,
    pub(super) share: bool,
    /// The currency, where a sign or word of one stands by the number.
    pub(super) currency: Option<String>,
    /// Whether the number is the word or the digit one, which is often no count.
    pub(super) single: bool,
    /// Whether it is a plural that says no more than "many": "thousands".
    pub(super) vague: bool,
    /// Whether it may be a year, unless a counted noun follows.
    pub(super) year_like: bool,
    /// Whether the word before it names a thing that has a number: "article 5".
    pub(super) numbered: bool,
}

/// The quantities of a run of words, left to right, without overlap.
pub(super) fn quantities(words: &[Word], times: &[TimeExpression], lexicon: &Lexicon) -> Vec<Quantity> {
    let mut found: Vec<Quantity> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let Some(first) = numeral(words, at, lexicon) else {
            at += 1;
            continue;
        };
        let left_free = found.last().map_or(0, |before| before.words.end);
        let reading = read(words, at, first, left_free, lexicon);
        at = reading.words.end.max(at + 1);
        if !is_time(words, &reading, times) && !is_other(words, &reading, lexicon) {
            found.push(reading);
        }
    }
    found
}

fn read(words: &[Word], at: usize, first: Numeral, left_free: usize, lexicon: &Lexicon) -> Quantity {
    let between = at > left_free && words[at - 1].is("between");
    let second = second_of_range(words, at, &first, between, lexicon);
    let (mut value, mut upper, mut end) = (first.value, None, first.end);
    if let Some(second) = &second {
        value = first.under_scale_of(second).filter(|scaled| *scaled < second.value).unwrap_or(first.value);
        // "15 to 20 per cent": the first takes the unit of the second.
        if second.share && !first.share {
            value /= 100.0;
        }
        upper = Some(second.value);
        end = second.end;
    }
    let plural_bound = if first.plural { Bound::AtLeast } else { Bound::Exact };
    let mut start = if between && second.is_some() { at - 1 } else { at };
    let mut currency = None;
    if let Some((code, length)) = currency_before(words, start, left_free, lexicon) {
        currency = Some(code);
        start -= length;
    }
    let (start, before) = bounds_before(words, start, left_free, lexicon);
    let (mut end, after) = bounds_after(words, end, lexicon);
    if currency.is_none()
        && let Some((code, length)) = currency_after(words, end, lexicon)
    {
        currency = Some(code);
        end += length;
    }
    Quantity {
        words: start..end,
        value,
        upper,
        bound: before.or(after).unwrap_or(plural_bound),
        share: first.share || second.as_ref().is_some_and(|second| second.share),
        currency,
        single: upper.is_none() && value == 1.0 && words[at].shape == Shape::Letters,
        vague: first.plural,
        year_like: first.is_year_like() && second.as_ref().is_none_or(Numeral::is_year_like),
        numbered: start > left_free && follows_numbered(words, start, lexicon),
    }
}

/// The upper end of a range that begins with `first`.
fn second_of_range(
    words: &[Word],
    at: usize,
    first: &Numeral,
    between: bool,
    lexicon: &Lexicon,
) -> Option<Numeral> {
    let joint = words.get(first.end)?;
    // "fell from 20 to 5" is no range, "range from 5 to 20" is one.
    const RANGES: [&str; 6] = ["range", "ranges", "ranged", "ranging", "vary", "varies"];
    let ranges = at > 1 && RANGES.iter().any(|word| words[at - 2].is(word));
    let from = at > 0 && words[at - 1].is("from") && !ranges;
    let length = match joint.lower.as_str() {
        "and" if between => 1,
        "to" if !from => 1,
        "up" if words.get(first.end + 1).is_some_and(|to| to.is("to")) => 2,
        "or" => 1,
        _ if joint.is_dash() => 1,
        _ => return None,
    };
    let second = numeral(words, first.end + length, lexicon)?;
    let lower = first.under_scale_of(&second).unwrap_or(first.value);
    // "two or three", but not "20,000 or 50,000", which are rival numbers.
    let neighbours = !joint.is("or") || second.value - lower <= 1.0;
    (second.value > lower && neighbours && !second.plural).then_some(second)
}

fn bounds_before(
    words: &[Word],
    mut start: usize,
    left_free: usize,
    lexicon: &Lexicon,
) -> (usize, Option<Bound>) {
    let mut bound = None;
    while let Some((next, length)) = lexicon
        .bounds
        .iter()
        .filter_map(|set| set.before.before(words, start).map(|length| (set.bound, length)))
        .max_by_key(|(_, length)| *length)
        && start - length >= left_free
    {
        start -= length;
        // "at least some 40": the word that bounds, not the one that rounds.
        if bound.is_none_or(|known| known == Bound::About) {
            bound = Some(next);
        }
    }
    (start, bound)
}

fn bounds_after(words: &[Word], end: usize, lexicon: &Lexicon) -> (usize, Option<Bound>) {
    let found = lexicon
        .bounds
        .iter()
        .filter_map(|set| set.after.at(words, end).map(|length| (set.bound, length)))
        .max_by_key(|(_, length)| *length);
    found.map_or((end, None), |(bound, length)| (end + length, Some(bound)))
}

fn currency_before(
    words: &[Word],
    start: usize,
    left_free: usize,
    lexicon: &Lexicon,
) -> Option<(String, usize)> {
    let found = lexicon.currencies.iter().filter_map(|currency| {
        let length = currency.before.before(words, start)?;
        (start - length >= left_free).then(|| (currency.code.clone(), length))
    });
    found.max_by_key(|(_, length)| *length)
}

fn currency_after(words: &[Word], end: usize, lexicon: &Lexicon) -> Option<(String, usize)> {
    let found = lexicon
        .currencies
        .iter()
        .filter_map(|currency| Some((currency.code.clone(), currency.after.at(words, end)?)));
    found.max_by_key(|(_, length)| *length)
}

/// Whether the number lies in an expression of time.
fn is_time(words: &[Word], quantity: &Quantity, times: &[TimeExpression]) -> bool {
    let span = span_of(words, &quantity.words);
    let after = times.partition_point(|time| time.span.end <= span.start);
    times[after..].iter().take_while(|time| time.span.start < span.end).any(|time| time.span.overlaps(span))
}

/// Whether the number counts nothing of ours: a number of something, a duration, a rate, a mark of a note.
fn is_other(words: &[Word], quantity: &Quantity, lexicon: &Lexicon) -> bool {
    let Range { start, end } = quantity.words;
    let bracketed =
        start > 0 && words[start - 1].is("[") && words.get(end).is_some_and(|after| after.is("]"));
    let next = words.get(end).map_or(end, |after| if after.is_dash() && after.glued { end + 1 } else { end });
    let unit_of_no_count = lexicon.not_after.at(words, next).is_some_and(|_| {
        // "may" and "march" are months only with a capital.
        !matches!(words[next].lower.as_str(), "may" | "march") || words[next].capital
    });
    let hyphenated = next > end
        && words
            .get(next)
            .is_some_and(|word| word.glued && !is_unit(words, next, lexicon) && !word.is("strong"));
    let per = start > 0 && words[start - 1].is("per");
    bracketed
        || hyphenated
        || per
        || (quantity.currency.is_none() && unit_of_no_count)
        || after_month(words, start)
}

fn is_unit(words: &[Word], at: usize, lexicon: &Lexicon) -> bool {
    lexicon.units.iter().any(|(_, set)| set.at(words, at).is_some())
}

/// Whether a month stands just before the number: "May 12".
fn after_month(words: &[Word], start: usize) -> bool {
    start > 0
        && words[start - 1].capital
        && MONTHS.iter().any(|month| words[start - 1].lower.eq_ignore_ascii_case(month))
}

/// Whether the number names a thing: "Resolution 822", "No. 3".
fn follows_numbered(words: &[Word], start: usize, lexicon: &Lexicon) -> bool {
    let before = if words[start - 1].is(".") && words[start - 1].glued { start - 1 } else { start };
    lexicon.not_before.before(words, before).is_some()
}

/// The bytes from the first to the last word of a run.
pub(super) fn span_of(words: &[Word], run: &Range<usize>) -> Span {
    let run = run.start..run.end.max(run.start + 1).min(words.len());
    words[run.start].span.cover(words[run.end - 1].span)
}
