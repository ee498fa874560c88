//! Times that need another time to be known: "yesterday", "last month", "three years later"; and durations.

use irenic_model::jiff::civil::{Date, Weekday};
use irenic_model::jiff::{Span as JiffSpan, ToSpan as _};
use irenic_model::{DateInterval, Span, TimeExpression, TimeType};

use super::words::Words;
use super::{Forms, date, derived};

pub(super) fn read(words: &Words<'_>, at: usize, reference: Option<Date>) -> Option<Forms> {
    named(words, at, reference)
        .or_else(|| weekday(words, at, reference))
        .or_else(|| shifted(words, at, reference))
        .or_else(|| counted(words, at, reference))
        .or_else(|| partial(words, at, reference))
}

fn day(words: &Words<'_>, first: usize, last: usize, found: Option<Date>) -> Forms {
    let value = found.map_or_else(|| "XXXX-XX-XX".to_owned(), |day| day.to_string());
    let interval = found.map(|day| derived(DateInterval::day(day)));
    Forms::one(date(words.span(first, last), value, interval), last + 1)
}

fn plus(reference: Option<Date>, span: JiffSpan) -> Option<Date> {
    reference.and_then(|day| day.checked_add(span).ok())
}

fn named(words: &Words<'_>, at: usize, reference: Option<Date>) -> Option<Forms> {
    let fixed = |value: &str| Some(Forms::one(date(words.span(at, at), value.to_owned(), None), at + 1));
    match words.word(at) {
        "today" | "tonight" => Some(day(words, at, at, reference)),
        "yesterday" => Some(day(words, at, at, plus(reference, -1.day()))),
        "tomorrow" => Some(day(words, at, at, plus(reference, 1.day()))),
        "now" | "currently" | "nowadays" => fixed("PRESENT_REF"),
        "recently" => fixed("PAST_REF"),
        _ => None,
    }
}

/// A weekday is the nearest past one, unless "next" stands before it.
fn weekday(words: &Words<'_>, at: usize, reference: Option<Date>) -> Option<Forms> {
    let weekday = match words.word(at) {
        "monday" => Weekday::Monday,
        "tuesday" => Weekday::Tuesday,
        "wednesday" => Weekday::Wednesday,
        "thursday" => Weekday::Thursday,
        "friday" => Weekday::Friday,
        "saturday" => Weekday::Saturday,
        "sunday" => Weekday::Sunday,
        _ => return None,
    };
    let steps = if words.before(at) == "next" { 1 } else { -1 };
    let found = reference.and_then(|today| {
        let same = today.weekday() == weekday && steps < 0;
        if same { Some(today) } else { today.nth_weekday(steps, weekday).ok() }
    });
    Some(day(words, at, at, found))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Day,
    Week,
    Month,
    Year,
    Decade,
}

fn unit(word: &str) -> Option<Unit> {
    match word.trim_end_matches('s') {
        "day" => Some(Unit::Day),
        "week" => Some(Unit::Week),
        "month" => Some(Unit::Month),
        "year" => Some(Unit::Year),
        "decade" => Some(Unit::Decade),
        _ => None,
    }
}

fn span_of(unit: Unit, count: i32) -> Option<JiffSpan> {
    let count = i64::from(count);
    let empty = JiffSpan::new();
    match unit {
        Unit::Day => empty.try_days(count),
        Unit::Week => empty.try_weeks(count),
        Unit::Month => empty.try_months(count),
        Unit::Year => empty.try_years(count),
        Unit::Decade => empty.try_years(count * 10),
    }
    .ok()
}

/// The calendar unit that holds the day, with its value.
fn holding(unit: Unit, day: Date) -> Option<(String, DateInterval)> {
    match unit {
        Unit::Day => Some((day.to_string(), DateInterval::day(day))),
        Unit::Week => {
            let monday = day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).ok()?;
            let week = day.iso_week_date();
            let days = DateInterval::new(
                monday,
                monday.checked_add(6.days()).ok()?,
                irenic_model::Grain::Week,
                irenic_model::Certainty::Derived,
            )?;
            Some((format!("{}-W{:02}", week.year(), week.week()), days))
        }
        Unit::Month => {
            let value = format!("{}-{:02}", day.year(), day.month());
            Some((value, DateInterval::month(day.year(), day.month())?))
        }
        Unit::Year | Unit::Decade => Some((day.year().to_string(), DateInterval::year(day.year())?)),
    }
}

fn placed(words: &Words<'_>, first: usize, last: usize, unit: Unit, day: Option<Date>) -> Option<Forms> {
    let span = words.span(first, last);
    let (value, interval) = match day.and_then(|day| holding(unit, day)) {
        Some((value, interval)) => (value, Some(derived(interval))),
        None => ("XXXX".to_owned(), None),
    };
    Some(Forms::one(date(span, value, interval), last + 1))
}

/// "last month", "next day", "this year", "the same day", "the following year".
fn shifted(words: &Words<'_>, at: usize, reference: Option<Date>) -> Option<Forms> {
    let steps = match words.word(at) {
        "last" | "previous" => -1,
        "this" | "that" | "same" => 0,
        "next" | "following" => 1,
        _ => return None,
    };
    let unit = unit(words.word(at + 1)).filter(|_| !words.word(at + 1).ends_with('s'))?;
    placed(words, at, at + 1, unit, plus(reference, span_of(unit, steps)?))
}

/// "three years later", "two weeks ago", and durations: "three decades", "30 years", "44 days".
fn counted(words: &Words<'_>, at: usize, reference: Option<Date>) -> Option<Forms> {
    let count = words.number(at)?;
    let unit = unit(words.word(at + 1))?;
    let steps = match words.word(at + 2) {
        "later" | "after" if words.word(at + 2) == "later" => count,
        "ago" | "earlier" => -count,
        _ => {
            return (words.word(at) != "a" || words.before(at) == "for")
                .then(|| duration(words, at, count, unit));
        }
    };
    placed(words, at, at + 2, unit, plus(reference, span_of(unit, steps)?))
}

fn duration(words: &Words<'_>, at: usize, count: i32, unit: Unit) -> Forms {
    let name = match unit {
        Unit::Day => "D",
        Unit::Week => "W",
        Unit::Month => "M",
        Unit::Year => "Y",
        Unit::Decade => "DE",
    };
    let span: Span = words.span(at, at + 1);
    let value = format!("P{count}{name}");
    let time = TimeExpression { span, kind: TimeType::Duration, value, modifier: None, interval: None };
    Forms::one(time, at + 2)
}

/// "5 April", "April 5", "in May": the year is the reference's, the last such day before it or in its year.
fn partial(words: &Words<'_>, at: usize, reference: Option<Date>) -> Option<Forms> {
    let reference = reference?;
    let (month, day_of, last) = if let Some(month) = words.month(at) {
        match words.day(at + 1).filter(|_| words.gap(at).trim().len() <= 1) {
            Some(day) => (month, Some(day), at + 1),
            None => (month, None, at),
        }
    } else {
        (words.month(at + 1)?, Some(words.day(at)?), at + 1)
    };
    let introduced =
        matches!(words.before(at), "in" | "since" | "by" | "until" | "from" | "during" | "of" | "and");
    match day_of {
        Some(number) => {
            let found = Date::new(reference.year(), month, number).ok()?;
            Some(day(words, at, last, Some(found)))
        }
        None if introduced => {
            let days = derived(DateInterval::month(reference.year(), month)?);
            let value = format!("{}-{month:02}", reference.year());
            Some(Forms::one(date(words.span(at, at), value, Some(days)), at + 1))
        }
        None => None,
    }
}
