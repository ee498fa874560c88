//! Units of time, their TIMEX3 values, and the days they denote.

use irenic_model::jiff::civil::Date;
use irenic_model::jiff::{Span as Length, ToSpan as _};
use irenic_model::{Certainty, DateInterval, Grain, TimeModifier};

/// A unit that the calendar or the clock has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Weekend,
    Month,
    Quarter,
    Half,
    Season,
    Year,
    Decade,
    Century,
    Millennium,
}

impl Unit {
    pub(super) fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "second" => Self::Second,
            "minute" => Self::Minute,
            "hour" => Self::Hour,
            "day" => Self::Day,
            "week" => Self::Week,
            "weekend" => Self::Weekend,
            "month" => Self::Month,
            "quarter" => Self::Quarter,
            "half" => Self::Half,
            "season" => Self::Season,
            "year" => Self::Year,
            "decade" => Self::Decade,
            "century" => Self::Century,
            "millennium" => Self::Millennium,
            _ => return None,
        })
    }

    /// The length of `count` units, or `None` where the calendar has no such length.
    pub(super) fn length(self, count: i64) -> Option<Length> {
        let empty = Length::new();
        match self {
            Self::Second | Self::Minute | Self::Hour | Self::Day => empty.try_days(match self {
                Self::Day => count,
                Self::Hour => count.div_euclid(24),
                _ => 0,
            }),
            Self::Week | Self::Weekend => empty.try_weeks(count),
            Self::Month => empty.try_months(count),
            Self::Quarter | Self::Season => empty.try_months(count.checked_mul(3)?),
            Self::Half => empty.try_months(count.checked_mul(6)?),
            Self::Year => empty.try_years(count),
            Self::Decade => empty.try_years(count.checked_mul(10)?),
            Self::Century => empty.try_years(count.checked_mul(100)?),
            Self::Millennium => empty.try_years(count.checked_mul(1000)?),
        }
        .ok()
    }

    /// The day that lies `count` units after `day`.
    pub(super) fn shift(self, day: Date, count: i64) -> Option<Date> {
        day.checked_add(self.length(count)?).ok()
    }

    /// The unit that holds the day: its value and its days.
    pub(super) fn around(self, day: Date) -> Option<(String, DateInterval)> {
        match self {
            Self::Second | Self::Minute | Self::Hour | Self::Day => {
                Some((day.to_string(), DateInterval::day(day)))
            }
            Self::Week => week(day),
            Self::Weekend => weekend(day),
            Self::Month => month(day.year(), day.month()),
            Self::Quarter => quarter(day.year(), (day.month() + 2) / 3),
            Self::Half => half(day.year(), if day.month() <= 6 { 1 } else { 2 }),
            Self::Season => season(day.year(), SEASONS[usize::from(day.month().unsigned_abs()) % 12 / 3]),
            Self::Year => year(day.year()),
            Self::Decade => decade(day.year() - day.year().rem_euclid(10)),
            Self::Century => century((day.year() - 1).div_euclid(100) + 1),
            Self::Millennium => None,
        }
    }
}

/// Seasons by the third of the year that begins in December.
const SEASONS: [&str; 4] = ["WI", "SP", "SU", "FA"];

fn days(from: Date, until: Date, grain: Grain) -> Option<DateInterval> {
    DateInterval::new(from, until, grain, Certainty::Stated)
}

pub(super) fn day(year: i16, month: i8, day: i8) -> Option<(String, DateInterval)> {
    let found = Date::new(year, month, day).ok()?;
    Some((found.to_string(), DateInterval::day(found)))
}

pub(super) fn month(year: i16, month: i8) -> Option<(String, DateInterval)> {
    Some((format!("{year:04}-{month:02}"), DateInterval::month(year, month)?))
}

pub(super) fn year(year: i16) -> Option<(String, DateInterval)> {
    Some((format!("{year:04}"), DateInterval::year(year)?))
}

fn week(day: Date) -> Option<(String, DateInterval)> {
    let monday = day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).ok()?;
    let week = day.iso_week_date();
    let days = days(monday, monday.checked_add(6.days()).ok()?, Grain::Week)?;
    Some((format!("{}-W{:02}", week.year(), week.week()), days))
}

/// Saturday and Sunday of the week that holds the day.
fn weekend(day: Date) -> Option<(String, DateInterval)> {
    let (value, whole) = week(day)?;
    let saturday = whole.from().checked_add(5.days()).ok()?;
    Some((format!("{value}-WE"), days(saturday, whole.until(), Grain::Week)?))
}

fn months(year: i16, first: i8, count: i64, grain: Grain) -> Option<DateInterval> {
    let from = Date::new(year, first, 1).ok()?;
    let until = from.checked_add((count - 1).months()).ok()?.last_of_month();
    days(from, until, grain)
}

/// A quarter of the calendar year, 1 to 4.
pub(super) fn quarter(year: i16, number: i8) -> Option<(String, DateInterval)> {
    let whole = (1..=4).contains(&number).then(|| months(year, 3 * number - 2, 3, Grain::Season))??;
    Some((format!("{year}-Q{number}"), whole))
}

/// A half of the year, 1 or 2.
pub(super) fn half(year: i16, number: i8) -> Option<(String, DateInterval)> {
    let whole = (1..=2).contains(&number).then(|| months(year, 6 * number - 5, 6, Grain::PartOfYear))??;
    Some((format!("{year}-H{number}"), whole))
}

/// A season of the northern half of the world; winter begins in December of its year.
pub(super) fn season(year: i16, name: &str) -> Option<(String, DateInterval)> {
    let first = match name {
        "SP" => 3,
        "SU" => 6,
        "FA" => 9,
        "WI" => 12,
        _ => return None,
    };
    Some((format!("{year}-{name}"), months(year, first, 3, Grain::Season)?))
}

/// Ten years from a year that ends in nought; the value is the year without its last digit.
pub(super) fn decade(first: i16) -> Option<(String, DateInterval)> {
    let whole = days(Date::new(first, 1, 1).ok()?, Date::new(first + 9, 12, 31).ok()?, Grain::Decade)?;
    Some(((first / 10).to_string(), whole))
}

/// The year that lies decades or centuries off: its value, and the years around it that it may as well be.
pub(super) fn about_year(year: i16, unit: Unit) -> Option<(String, DateInterval)> {
    let (margin, grain) = match unit {
        Unit::Decade => (2, Grain::PartOfDecade),
        _ => (20, Grain::Century),
    };
    let from = Date::new(year.checked_sub(margin)?, 1, 1).ok()?;
    let until = Date::new(year.checked_add(margin)?, 12, 31).ok()?;
    Some((format!("{year:04}"), days(from, until, grain)?))
}

/// The century with this number, counted from one: the 20th is 1901 to 2000, with the value `19`.
pub(super) fn century(number: i16) -> Option<(String, DateInterval)> {
    let first = (1..=90).contains(&number).then(|| (number - 1) * 100)?;
    let (from, until) = (Date::new(first + 1, 1, 1).ok()?, Date::new(first + 100, 12, 31).ok()?);
    Some((format!("{:02}", number - 1), days(from, until, Grain::Century)?))
}

/// The third of an interval that "early", "mid" or "late" leaves of it, by its grain.
///
/// A day has no thirds. Those of a month are 1 to 10, 11 to 20 and the rest; of a decade the years 0 to 3, 4 to 6 and
/// 7 to 9; of a century 33, 33 and 34 years.
pub(super) fn third(whole: DateInterval, modifier: TimeModifier) -> Option<DateInterval> {
    let part = match modifier {
        TimeModifier::Start => 0,
        TimeModifier::Mid => 1,
        TimeModifier::End => 2,
        _ => return None,
    };
    let from = whole.from();
    let certain = |found: DateInterval| found.with_certainty(whole.certainty());
    let found = match whole.grain() {
        Grain::Week if whole.days() == 7 => {
            let (first, last) = [(0, 1), (2, 3), (4, 6)][part];
            days(from.checked_add(first.days()).ok()?, from.checked_add(last.days()).ok()?, Grain::Week)
        }
        Grain::Month => {
            let (first, last) = [(1, 10), (11, 20), (21, whole.until().day())][part];
            let of = |day| Date::new(from.year(), from.month(), day).ok();
            days(of(first)?, of(last)?, Grain::PartOfMonth)
        }
        Grain::Season => {
            let first = from.checked_add((part as i64).months()).ok()?;
            days(first, first.last_of_month(), Grain::Season)
        }
        Grain::Year => months(from.year(), [1, 5, 9][part], 4, Grain::PartOfYear),
        Grain::Decade => {
            let (first, last) = [(0, 3), (4, 6), (7, 9)][part];
            let until = Date::new(from.year() + last, 12, 31).ok()?;
            days(Date::new(from.year() + first, 1, 1).ok()?, until, Grain::PartOfDecade)
        }
        Grain::Century => {
            let (first, last) = [(0, 32), (33, 65), (66, 99)][part];
            let until = Date::new(from.year() + last, 12, 31).ok()?;
            days(Date::new(from.year() + first, 1, 1).ok()?, until, Grain::Century)
        }
        _ => None,
    };
    found.map(certain)
}

/// The TIMEX3 value of a duration: `count` in thousandths of the unit, `None` where the text does not say how many.
pub(super) fn duration(count: Option<i64>, unit: Unit) -> Option<String> {
    let Some(thousandths) = count else {
        return Some(match unit {
            Unit::Decade => "PXDE".to_owned(),
            Unit::Century => "PXCE".to_owned(),
            _ => format!("P{}X{}", clock_mark(unit), letter(unit)),
        });
    };
    let (thousandths, unit) = match unit {
        Unit::Decade => (thousandths.checked_mul(10)?, Unit::Year),
        Unit::Century => (thousandths.checked_mul(100)?, Unit::Year),
        Unit::Millennium => (thousandths.checked_mul(1000)?, Unit::Year),
        Unit::Half => (thousandths.checked_mul(6)?, Unit::Month),
        _ => (thousandths, unit),
    };
    let whole = thousandths / 1000;
    let mark = clock_mark(unit);
    if thousandths % 1000 == 0 {
        return Some(format!("P{mark}{whole}{}", letter(unit)));
    }
    let half = match unit {
        _ if thousandths % 1000 != 500 => None,
        Unit::Year => Some("6M"),
        Unit::Hour => Some("30M"),
        Unit::Minute => Some("30S"),
        _ => None,
    };
    Some(match half {
        Some(half) if whole == 0 => format!("P{mark}{half}"),
        Some(half) => format!("P{mark}{whole}{}{half}", letter(unit)),
        None => {
            let decimals = format!("{:03}", thousandths % 1000);
            format!("P{mark}{whole}.{}{}", decimals.trim_end_matches('0'), letter(unit))
        }
    })
}

/// One end of the days of an event, as fine as they are told: a day, or the whole month or year that holds it.
pub(super) fn edge(days: DateInterval, end: Date) -> Option<DateInterval> {
    let found = match days.grain() {
        Grain::Day => DateInterval::day(end),
        Grain::Month => DateInterval::month(end.year(), end.month())?,
        Grain::Year => DateInterval::year(end.year())?,
        _ => days,
    };
    Some(found.with_certainty(Certainty::Derived))
}

/// The TIMEX3 value of days: a day, a month, a year, or a range of them.
pub(super) fn value(days: DateInterval) -> String {
    let written = |day: Date| match days.grain() {
        Grain::Month => format!("{:04}-{:02}", day.year(), day.month()),
        Grain::Year => format!("{:04}", day.year()),
        _ => day.to_string(),
    };
    let (from, until) = (written(days.from()), written(days.until()));
    if from == until { from } else { format!("{from}/{until}") }
}

fn clock_mark(unit: Unit) -> &'static str {
    if unit < Unit::Day { "T" } else { "" }
}

const fn letter(unit: Unit) -> &'static str {
    match unit {
        Unit::Second => "S",
        Unit::Minute | Unit::Month | Unit::Half => "M",
        Unit::Hour => "H",
        Unit::Day => "D",
        Unit::Week => "W",
        Unit::Weekend => "WE",
        Unit::Quarter => "Q",
        Unit::Season => "SX",
        Unit::Year => "Y",
        Unit::Decade => "DE",
        Unit::Century => "CE",
        Unit::Millennium => "L",
    }
}

/// Years of two digits: 31 to 99 are of the last century.
pub(super) const fn full_year(short: i16) -> i16 {
    match short {
        0..=30 => 2000 + short,
        31..=99 => 1900 + short,
        _ => short,
    }
}
