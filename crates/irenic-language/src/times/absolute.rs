//! Dates that the text states by itself: days, months, years, their parts, seasons, decades, centuries.

use irenic_model::jiff::civil::Date;
use irenic_model::{Certainty, DateInterval, Grain, TimeModifier};

use super::words::Words;
use super::{Forms, date, part_of};

/// The words before a bare year that make it one.
const BEFORE_YEAR: &[&str] = &[
    "in",
    "since",
    "from",
    "to",
    "until",
    "till",
    "by",
    "before",
    "after",
    "between",
    "and",
    "during",
    "of",
    "through",
    "throughout",
    "year",
    "late",
    "early",
    "mid",
    "around",
    "about",
    "circa",
];

/// Words before "to" or "and" and a number that make it a count or a name, not a year.
const AFTER_COUNT: &[&str] = &[
    "people",
    "soldiers",
    "troops",
    "men",
    "women",
    "children",
    "civilians",
    "percent",
    "per",
    "km",
    "tons",
    "tonnes",
    "members",
    "fighters",
    "houses",
    "families",
    "miles",
    "dollars",
    "metres",
    "meters",
    "weapons",
    "refugees",
];

pub(super) fn read(words: &Words<'_>, at: usize) -> Option<Forms> {
    iso(words, at)
        .or_else(|| numeric(words, at))
        .or_else(|| month_first(words, at))
        .or_else(|| day_first(words, at))
        .or_else(|| part(words, at))
        .or_else(|| season(words, at))
        .or_else(|| decade_or_century(words, at))
        .or_else(|| years(words, at))
}

fn interval(from: Date, until: Date, grain: Grain) -> Option<DateInterval> {
    DateInterval::new(from, until, grain, Certainty::Stated)
}

fn iso(words: &Words<'_>, at: usize) -> Option<Forms> {
    let dashes = words.gap(at) == "-" && words.gap(at + 1) == "-";
    let (year, month, day) = (words.year(at)?, words.word(at + 1), words.word(at + 2));
    let fits = dashes && month.len() == 2 && day.len() == 2;
    let found = Date::new(year, month.parse().ok().filter(|_| fits)?, day.parse().ok()?).ok()?;
    Some(Forms::one(date(words.span(at, at + 2), found.to_string(), Some(DateInterval::day(found))), at + 3))
}

/// "22.09.2023", "22/09/2023": the day first, unless only the other order is a date.
fn numeric(words: &Words<'_>, at: usize) -> Option<Forms> {
    let gap = words.gap(at);
    let same = matches!(gap, "." | "/") && words.gap(at + 1) == gap;
    let year = words.year(at + 2).filter(|_| same)?;
    let (first, second): (i8, i8) = (words.word(at).parse().ok()?, words.word(at + 1).parse().ok()?);
    let found = Date::new(year, second, first).or_else(|_| Date::new(year, first, second)).ok()?;
    Some(Forms::one(date(words.span(at, at + 2), found.to_string(), Some(DateInterval::day(found))), at + 3))
}

/// "March 13, 2023", "March 13 and 27, 2023", "March 13-27, 2023", "March 2023".
fn month_first(words: &Words<'_>, at: usize) -> Option<Forms> {
    let month = words.month(at)?;
    if let (Some(year), true) = (words.year(at + 1), words.gap(at).len() <= 2) {
        let days = DateInterval::month(year, month)?;
        return Some(Forms::one(
            date(words.span(at, at + 1), format!("{year}-{month:02}"), Some(days)),
            at + 2,
        ));
    }
    let first = words.day(at + 1)?;
    if let Some(year) = words.year(at + 2).filter(|_| words.gap(at + 1).trim().len() <= 1) {
        return single(words, at, at + 2, year, month, first);
    }
    let second = |second_at: usize, year_at: usize| {
        let (second, year) = (words.day(second_at)?, words.year(year_at)?);
        Some((second, year))
    };
    if let Some((second, year)) = second(at + 2, at + 3) {
        return range(words, at, at + 3, year, month, (first, second));
    }
    let list = matches!(words.word(at + 2), "and" | "to" | "or");
    let (second, year) = second(at + 3, at + 4).filter(|_| list)?;
    let left = single(words, at, at + 1, year, month, first)?;
    let right = single(words, at + 3, at + 4, year, month, second)?;
    Some(Forms { found: left.found.into_iter().chain(right.found).collect(), next: at + 5 })
}

/// "13 March 2023", "13-27 March 2023", "13 and 27 March 2023", "30 DEC 89".
fn day_first(words: &Words<'_>, at: usize) -> Option<Forms> {
    let first = words.day(at)?;
    let of = usize::from(words.word(at + 1) == "of");
    if let Some(month) = words.month(at + 1 + of) {
        let year_at = at + 2 + of;
        let short = || words.word(year_at).parse::<i16>().ok().filter(|_| words.word(year_at).len() == 2);
        let shouted = words.surface(at + 1).chars().all(char::is_uppercase);
        let year = words.year(year_at).or_else(|| short().filter(|_| shouted).map(century_of))?;
        return single(words, at, year_at, year, month, first);
    }
    let joined = words.day(at + 1).is_some() && matches!(words.gap(at), "-" | "–" | "—" | " - " | " – ");
    if joined {
        let (month, year) = (words.month(at + 2)?, words.year(at + 3)?);
        return range(words, at, at + 3, year, month, (first, words.day(at + 1)?));
    }
    let list = matches!(words.word(at + 1), "and" | "to" | "or");
    let second = words.day(at + 2).filter(|_| list)?;
    let (month, year) = (words.month(at + 3)?, words.year(at + 4)?);
    let left = single(words, at, at, year, month, first)?;
    let right = single(words, at + 2, at + 4, year, month, second)?;
    Some(Forms { found: left.found.into_iter().chain(right.found).collect(), next: at + 5 })
}

/// Years of two digits in wire reports: 31 to 99 are of the last century.
const fn century_of(short: i16) -> i16 {
    if short > 30 { 1900 + short } else { 2000 + short }
}

fn single(words: &Words<'_>, from: usize, to: usize, year: i16, month: i8, day: i8) -> Option<Forms> {
    let found = Date::new(year, month, day).ok()?;
    Some(Forms::one(date(words.span(from, to), found.to_string(), Some(DateInterval::day(found))), to + 1))
}

fn range(words: &Words<'_>, from: usize, to: usize, year: i16, month: i8, days: (i8, i8)) -> Option<Forms> {
    let (first, last) = (Date::new(year, month, days.0).ok()?, Date::new(year, month, days.1).ok()?);
    let days = interval(first, last, Grain::Day)?;
    Some(Forms::one(date(words.span(from, to), first.to_string(), Some(days)), to + 1))
}

/// "early November 2022", "late 1990", "the early 1990s", "the end of 2023".
fn part(words: &Words<'_>, at: usize) -> Option<Forms> {
    let modifier = part_of(words.word(at))?;
    let mut inner = at + 1;
    while matches!(words.word(inner), "of" | "the") {
        inner += 1;
    }
    let third = match modifier {
        TimeModifier::Start => 0,
        TimeModifier::Mid => 1,
        _ => 2,
    };
    let (value, days, last) = if let (Some(month), Some(year)) = (words.month(inner), words.year(inner + 1)) {
        let whole = DateInterval::month(year, month)?;
        let (first, end) = [(1, 10), (11, 20), (21, whole.until().day())][third];
        let days = interval(
            Date::new(year, month, first).ok()?,
            Date::new(year, month, end).ok()?,
            Grain::PartOfMonth,
        )?;
        (format!("{year}-{month:02}"), days, inner + 1)
    } else if let Some(decade) = decade(words.word(inner)) {
        let (first, end) = [(0, 3), (4, 6), (7, 9)][third];
        let days = interval(
            Date::new(decade + first, 1, 1).ok()?,
            Date::new(decade + end, 12, 31).ok()?,
            Grain::PartOfDecade,
        )?;
        ((decade / 10).to_string(), days, inner)
    } else {
        let year = words.year(inner)?;
        let first = [1, 5, 9][third];
        let end = Date::new(year, first + 3, 1).ok()?.last_of_month();
        (year.to_string(), interval(Date::new(year, first, 1).ok()?, end, Grain::PartOfYear)?, inner)
    };
    let mut time = date(words.span(at, last), value, Some(days));
    time.modifier = Some(modifier);
    Some(Forms::one(time, last + 1))
}

fn season(words: &Words<'_>, at: usize) -> Option<Forms> {
    let (name, month) = match words.word(at) {
        "spring" => ("SP", 3),
        "summer" => ("SU", 6),
        "autumn" | "fall" => ("FA", 9),
        "winter" => ("WI", 12),
        _ => return None,
    };
    let of = usize::from(words.word(at + 1) == "of");
    let year = words.year(at + 1 + of)?;
    let from = Date::new(year, month, 1).ok()?;
    let end = if month == 12 { Date::new(year + 1, 2, 1) } else { Date::new(year, month + 2, 1) };
    let days = interval(from, end.ok()?.last_of_month(), Grain::Season)?;
    Some(Forms::one(date(words.span(at, at + 1 + of), format!("{year}-{name}"), Some(days)), at + 2 + of))
}

fn decade(word: &str) -> Option<i16> {
    let year: i16 = word.strip_suffix('s')?.parse().ok()?;
    (word.len() == 5 && year % 10 == 0 && (1500..2100).contains(&year)).then_some(year)
}

fn decade_or_century(words: &Words<'_>, at: usize) -> Option<Forms> {
    if let Some(first) = decade(words.word(at)) {
        let days = interval(Date::new(first, 1, 1).ok()?, Date::new(first + 9, 12, 31).ok()?, Grain::Decade)?;
        return Some(Forms::one(date(words.span(at, at), (first / 10).to_string(), Some(days)), at + 1));
    }
    let ordinal = words.word(at);
    let digits = ordinal.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let number: i16 = digits.parse().ok().filter(|n| digits.len() < ordinal.len() && (1..=21).contains(n))?;
    if words.word(at + 1) != "century" {
        return None;
    }
    let first = (number - 1) * 100;
    let days =
        interval(Date::new(first + 1, 1, 1).ok()?, Date::new(first + 100, 12, 31).ok()?, Grain::Century)?;
    Some(Forms::one(date(words.span(at, at + 1), (number - 1).to_string(), Some(days)), at + 2))
}

/// A bare year after a word that makes it one, and the year that a dash or "to" joins to it.
fn years(words: &Words<'_>, at: usize) -> Option<Forms> {
    let year = words.year(at)?;
    let counted = AFTER_COUNT.contains(&words.word(at + 1));
    let joined = |at: usize| matches!(words.gap(at), "-" | "–" | "—" | " – " | " - ");
    let next = words.year(at + 1).filter(|_| joined(at));
    let introduced = BEFORE_YEAR.contains(&words.before(at));
    let bracketed = words.gap(at).starts_with(')') || at == 0 && words.len() <= 3;
    if counted || !(introduced || bracketed || next.is_some()) {
        return None;
    }
    let one = |year: i16, at: usize| {
        Some(date(words.span(at, at), year.to_string(), Some(DateInterval::year(year)?)))
    };
    let mut found = vec![one(year, at)?];
    let mut end = at + 1;
    if let Some(second) = next {
        found.push(one(second, at + 1)?);
        end += 1;
    } else if let Some(short) =
        words.word(at + 1).parse::<i16>().ok().filter(|_| joined(at) && words.word(at + 1).len() == 2)
        && short > year % 100
    {
        found.push(one(year - year % 100 + short, at + 1)?);
        end += 1;
    }
    Some(Forms { found, next: end })
}
