//! Dates as closed intervals with a grain and a certainty, and the time expressions that text has.

use std::fmt;

use jiff::civil::Date;

use crate::Span;

/// The English names of the months, January first.
pub const MONTHS: [&str; 12] = [
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

/// How fine a date is, from the finest to the coarsest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grain {
    /// One day.
    Day,
    /// A week, Monday to Sunday, or a weekend.
    Week,
    /// A third of a month: early (1 to 10), mid (11 to 20), late (21 to the end).
    PartOfMonth,
    /// A calendar month.
    Month,
    /// A season or a quarter.
    Season,
    /// A third or a half of a year.
    PartOfYear,
    /// A calendar year.
    Year,
    /// A third of a decade: "the early 1990s" is 1990 to 1993.
    PartOfDecade,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
}

impl Grain {
    /// The name on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::PartOfMonth => "part-of-month",
            Self::Month => "month",
            Self::Season => "season",
            Self::PartOfYear => "part-of-year",
            Self::Year => "year",
            Self::PartOfDecade => "part-of-decade",
            Self::Decade => "decade",
            Self::Century => "century",
        }
    }
}

/// How sure a date is, from the surest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// The text states the date itself, whole: "12 May 1994".
    Stated,
    /// Worked out from the text and a reference time: "three years later", "on Tuesday", "in May".
    Derived,
    /// Taken from the neighbourhood: the paragraph's running date, or the neighbours in the order.
    Inferred,
}

/// A closed interval of days: `from <= until`, both included, with its grain and certainty.
///
/// ```
/// use irenic_model::{Certainty, DateInterval, Grain, jiff::civil::date};
/// let early = DateInterval::new(date(2022, 11, 1), date(2022, 11, 10), Grain::PartOfMonth, Certainty::Stated).unwrap();
/// assert_eq!(early.days(), 10);
/// assert!(DateInterval::new(date(2022, 2, 1), date(2022, 1, 1), Grain::Day, Certainty::Stated).is_none());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct DateInterval {
    from: Date,
    until: Date,
    grain: Grain,
    certainty: Certainty,
}

impl DateInterval {
    /// The days `from..=until`, or `None` where `until` lies before `from`.
    #[must_use]
    pub fn new(from: Date, until: Date, grain: Grain, certainty: Certainty) -> Option<Self> {
        (from <= until).then_some(Self { from, until, grain, certainty })
    }

    /// One day that the text states.
    #[must_use]
    pub const fn day(date: Date) -> Self {
        Self { from: date, until: date, grain: Grain::Day, certainty: Certainty::Stated }
    }

    /// A whole calendar year.
    ///
    /// Returns `None` outside the years -9999 to 9999.
    #[must_use]
    pub fn year(year: i16) -> Option<Self> {
        let from = Date::new(year, 1, 1).ok()?;
        let until = Date::new(year, 12, 31).ok()?;
        Some(Self { from, until, grain: Grain::Year, certainty: Certainty::Stated })
    }

    /// A whole calendar month.
    ///
    /// Returns `None` where there is no such month.
    #[must_use]
    pub fn month(year: i16, month: i8) -> Option<Self> {
        let from = Date::new(year, month, 1).ok()?;
        Some(Self { from, until: from.last_of_month(), grain: Grain::Month, certainty: Certainty::Stated })
    }

    /// The first day.
    #[must_use]
    pub const fn from(&self) -> Date {
        self.from
    }

    /// The last day, included.
    #[must_use]
    pub const fn until(&self) -> Date {
        self.until
    }

    /// How fine the date is.
    #[must_use]
    pub const fn grain(&self) -> Grain {
        self.grain
    }

    /// How sure the date is.
    #[must_use]
    pub const fn certainty(&self) -> Certainty {
        self.certainty
    }

    /// The same days with another certainty.
    #[must_use]
    pub const fn with_certainty(mut self, certainty: Certainty) -> Self {
        self.certainty = certainty;
        self
    }

    /// The number of days, at least one.
    #[must_use]
    pub fn days(&self) -> i32 {
        day_number(self.until) - day_number(self.from) + 1
    }

    /// Whether both intervals share a day.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.from <= other.until && other.from <= self.until
    }

    /// Whether `other` lies wholly inside.
    #[must_use]
    pub fn contains(&self, other: &Self) -> bool {
        self.from <= other.from && other.until <= self.until
    }

    /// The smallest interval that holds both, with the coarser grain and the lesser certainty.
    #[must_use]
    pub fn cover(&self, other: &Self) -> Self {
        Self {
            from: self.from.min(other.from),
            until: self.until.max(other.until),
            grain: self.grain.max(other.grain),
            certainty: self.certainty.max(other.certainty),
        }
    }
}

impl fmt::Debug for DateInterval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..={} ({}, {:?})", self.from, self.until, self.grain.name(), self.certainty)
    }
}

/// Days since 1 January 1970, negative before: for arithmetic on days.
#[must_use]
pub fn day_number(date: Date) -> i32 {
    let epoch = Date::constant(1970, 1, 1);
    // A span of days between two civil dates always fits: the whole range is 7.3 million days.
    epoch.until(date).map_or(0, |span| span.get_days())
}

/// The day with the given number, or `None` outside the years -9999 to 9999.
#[must_use]
pub fn date_of(day_number: i32) -> Option<Date> {
    let days = jiff::Span::new().try_days(day_number).ok()?;
    Date::constant(1970, 1, 1).checked_add(days).ok()
}

/// The TIMEX3 class of a time expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimeType {
    /// A calendar date of any grain.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// A recurring time.
    Set,
}

impl TimeType {
    /// The name on the wire, as TIMEX3 writes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Date => "DATE",
            Self::Time => "TIME",
            Self::Duration => "DURATION",
            Self::Set => "SET",
        }
    }
}

/// The TIMEX3 modifier of a time expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimeModifier {
    /// "early".
    Start,
    /// "mid".
    Mid,
    /// "late".
    End,
    /// "before".
    Before,
    /// "after".
    After,
    /// "about".
    Approx,
    /// "less than".
    LessThan,
    /// "more than".
    MoreThan,
    /// "no more than".
    EqualOrLess,
    /// "at least".
    EqualOrMore,
}

impl TimeModifier {
    /// The name on the wire, as TIMEX3 writes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Start => "START",
            Self::Mid => "MID",
            Self::End => "END",
            Self::Before => "BEFORE",
            Self::After => "AFTER",
            Self::Approx => "APPROX",
            Self::LessThan => "LESS_THAN",
            Self::MoreThan => "MORE_THAN",
            Self::EqualOrLess => "EQUAL_OR_LESS",
            Self::EqualOrMore => "EQUAL_OR_MORE",
        }
    }
}

/// An expression of time in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeExpression {
    /// Where it stands.
    pub span: Span,
    /// Its TIMEX3 class.
    pub kind: TimeType,
    /// Its TIMEX3 value: `2023-09-19`, `2023-09`, `199`, `P3D`, `PRESENT_REF`.
    pub value: String,
    /// Its TIMEX3 modifier.
    pub modifier: Option<TimeModifier>,
    /// The days it denotes, for a date or a time that has them.
    pub interval: Option<DateInterval>,
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn day_numbers_go_there_and_back() {
        for (day, number) in [(date(1970, 1, 1), 0), (date(1988, 2, 20), 6624), (date(1918, 5, 28), -18846)] {
            assert_eq!(day_number(day), number, "{day}");
            assert_eq!(date_of(number), Some(day));
        }
        assert_eq!(date_of(i32::MAX), None);
    }

    #[test]
    fn cover_keeps_the_coarser_grain_and_the_lesser_certainty() {
        let year = DateInterval::year(1994).unwrap();
        let day = DateInterval::day(date(1995, 1, 2)).with_certainty(Certainty::Inferred);
        let both = year.cover(&day);
        assert_eq!((both.from(), both.until()), (date(1994, 1, 1), date(1995, 1, 2)));
        assert_eq!((both.grain(), both.certainty()), (Grain::Year, Certainty::Inferred));
    }
}
