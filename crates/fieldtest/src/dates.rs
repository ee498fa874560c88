//! Plain dates in narratives ("May 3, 1992", "May 3-5, 1992", "May 1992", "in 1992") as times.

use irenic_model::jiff::civil::Date;
use irenic_model::{Certainty, DateInterval, Grain, Span, TimeExpression, TimeType};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The dates of a text, in order.
pub(crate) fn dates(text: &str) -> Vec<TimeExpression> {
    let words = words(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match date_at(text, &words, at) {
            Some((time, next)) => {
                found.push(time);
                at = next;
            }
            None => at += 1,
        }
    }
    found
}

/// Runs of letters or digits.
fn words(text: &str) -> Vec<Span> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push(Span::new(from, at));
                start = None;
            }
            _ => {}
        }
    }
    words.extend(start.map(|from| Span::new(from, text.len())));
    words
}

fn date_at(text: &str, words: &[Span], at: usize) -> Option<(TimeExpression, usize)> {
    let word = |at: usize| words.get(at).map_or("", |span| span.of(text));
    let number = |at: usize| word(at).parse::<i16>().ok();
    let month_of =
        |at: usize| MONTHS.iter().position(|month| *month == word(at)).map(|month| month as i8 + 1);
    let year = |at: usize| number(at).filter(|year| word(at).len() == 4 && (1700..2100).contains(year));
    let day = |at: usize| number(at).filter(|day| (1..=31).contains(day)).map(|day| day as i8);
    let make = |from: Date, until: Date, grain: Grain, last: usize| {
        let interval = DateInterval::new(from, until, grain, Certainty::Stated)?;
        let span = words[at].cover(words[last]);
        let value = from.to_string();
        Some((
            TimeExpression { span, kind: TimeType::Date, value, modifier: None, interval: Some(interval) },
            last + 1,
        ))
    };
    if let Some(month) = month_of(at) {
        if let (Some(year), None) = (year(at + 1), day(at + 1)) {
            let from = Date::new(year, month, 1).ok()?;
            return make(from, from.last_of_month(), Grain::Month, at + 1);
        }
        let first = day(at + 1)?;
        let (second, year_at) = match day(at + 2).filter(|_| year(at + 2).is_none()) {
            Some(second) => (second, at + 3),
            None => (first, at + 2),
        };
        if let Some(year) = year(year_at) {
            return make(
                Date::new(year, month, first).ok()?,
                Date::new(year, month, second).ok()?,
                Grain::Day,
                year_at,
            );
        }
        return from_next_year(text, words, at, month, first).and_then(|year| {
            make(Date::new(year, month, first).ok()?, Date::new(year, month, first).ok()?, Grain::Day, at + 1)
        });
    }
    let year = year(at)?;
    let before = at.checked_sub(1).map_or("", word);
    if !matches!(
        before,
        "in" | "In" | "since" | "Since" | "from" | "From" | "to" | "of" | "during" | "until" | "A" | "the"
    ) {
        return None;
    }
    make(Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?, Grain::Year, at)
}

/// "from June 10 to August 30, 1976": the year stands at the other end.
fn from_next_year(text: &str, words: &[Span], at: usize, month: i8, day: i8) -> Option<i16> {
    let ahead = words.get(at + 2..at + 6)?;
    let joined = matches!(ahead.first()?.of(text), "to" | "and" | "until");
    let year = ahead.iter().filter_map(|span| span.of(text).parse::<i16>().ok()).find(|year| 1700 < *year)?;
    (joined && Date::new(year, month, day).is_ok()).then_some(year)
}
