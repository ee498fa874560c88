//! The times that an expression may lean on: the document's date, and where the narrative has got to.

use std::ops::Range;

use irenic_model::DateInterval;
use irenic_model::jiff::civil::Date;

use super::Topic;
use super::calendar::Unit;
use super::tense::{Clause, Tense};
use super::value::Meaning;

/// What kind of text it is, which says what bare months and weekdays lean on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DocumentKind {
    /// News: everything leans on the day of publication.
    News,
    /// An account of the past: everything leans on the date that the text gave last.
    Narrative,
    /// A dated text about the past: "today" leans on its date, bare months and days on the date that the text gave
    /// last.
    Report,
    /// To be judged by the text: without a date a narrative; with one a report, if years that it names outnumber its
    /// weekdays and words like "yesterday" far; else news.
    #[default]
    Judged,
}

/// The time that an expression was resolved against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reference {
    /// The day of publication.
    Document(Date),
    /// The date that the text gave last.
    Running(DateInterval),
    /// An event that the folder dates by name.
    Event(DateInterval),
}

/// The references as they stand at one place of the text.
#[derive(Clone, Debug)]
pub(super) struct Clock {
    pub(super) document: Option<Date>,
    pub(super) kind: DocumentKind,
    pub(super) running: Option<DateInterval>,
    /// The latest quarter that is over of those that the text spoke of, as year and number.
    pub(super) quarter: Option<(i16, i8)>,
    /// Whether the text has since spoken of a longer period of account: "the nine months".
    pub(super) longer: bool,
}

impl Clock {
    pub(super) fn running_reference(&self) -> Option<Reference> {
        self.running.map(Reference::Running)
    }

    /// The narrative comes back to the year that it is about, if it has left it: to the middle, from which each month of
    /// that year is nearer than any of another.
    pub(super) fn come_back_to(&mut self, year: i16) {
        let there = |days: DateInterval| days.from().year() <= year && year <= days.until().year();
        if !self.running.is_some_and(there)
            && let Ok(middle) = Date::new(year, 7, 1)
        {
            self.running = Some(DateInterval::day(middle));
        }
    }

    /// Follows the periods of account that the text speaks of.
    pub(super) fn account(&mut self, meaning: &Meaning) {
        self.quarter = meaning.quarter.max(self.quarter);
        match meaning.value.as_str() {
            "P6M" | "P9M" => self.longer = true,
            _ => self.longer &= meaning.quarter.is_none(),
        }
    }

    /// What "today", "last month" and "two years ago" lean on.
    pub(super) fn deictic(&self) -> Option<Reference> {
        match (self.document, self.kind) {
            (Some(day), DocumentKind::News | DocumentKind::Report | DocumentKind::Judged) => {
                Some(Reference::Document(day))
            }
            (day, _) => self.running_reference().or(day.map(Reference::Document)),
        }
    }

    /// What "the following day" and "three years later" lean on.
    pub(super) fn anaphoric(&self) -> Option<Reference> {
        self.running_reference().or(self.document.map(Reference::Document))
    }

    /// What a month or a day without its year leans on: in a report what is still to come leans on its date.
    pub(super) fn incomplete(&self, tense: impl Fn() -> Tense) -> Option<Reference> {
        let deictic = match self.kind {
            DocumentKind::News => true,
            DocumentKind::Report => tense() == Tense::Future,
            _ => false,
        };
        if deictic { self.deictic() } else { self.anaphoric() }
    }
}

impl Topic<'_> {
    /// Whether a section begins in a stretch of the text.
    pub(super) fn begins_in(&self, stretch: Range<usize>) -> bool {
        let next = self.sections.partition_point(|&start| start < stretch.start);
        self.sections.get(next).is_some_and(|&start| start < stretch.end)
    }
}

impl Reference {
    /// The day to count from.
    pub(super) fn day(self) -> Date {
        match self {
            Self::Document(day) => day,
            Self::Running(days) | Self::Event(days) => days.until(),
        }
    }

    /// The year in which an incomplete date falls, whose first day in a year `first` gives.
    ///
    /// In a narrative it follows what was told last, unless that lies only a little after it. Elsewhere the nearest
    /// one is taken, where one that tense speaks against counts as farther.
    pub(super) fn year_of(self, clause: Clause, first: impl Fn(i16) -> Option<Date>) -> i16 {
        let day = self.day();
        let year = day.year();
        let distance = |year: i16| {
            let there = first(year)?;
            Some(irenic_model::day_number(there) - irenic_model::day_number(day))
        };
        if let Self::Running(days) = self {
            // "In 2002 … on 2 April": a year that was told holds its days.
            if first(year).is_some_and(|there| days.from() <= there && there <= days.until()) {
                return year;
            }
            let here = distance(year).unwrap_or(0);
            return year + i16::from(here < -245) - i16::from(here > 300);
        }
        let cost = |year: &i16| {
            let days = distance(*year)?;
            let against = match clause.tense {
                Tense::Future => days < 0,
                Tense::Past | Tense::Unknown => days > 0,
                Tense::Either => false,
            };
            let weight = match (against, clause.direct) {
                (false, _) => 2,
                (true, true) => 20,
                (true, false) if clause.tense == Tense::Unknown => 4,
                (true, false) => 6,
            };
            Some(days.abs() * weight)
        };
        let near = [year, year.saturating_sub(1), year.saturating_add(1)];
        near.into_iter().min_by_key(|near| cost(near).unwrap_or(i32::MAX)).unwrap_or(year)
    }
}

/// The last whole quarter before a day.
pub(super) fn completed_quarter(day: Date) -> Option<(i16, i8)> {
    let before = Unit::Quarter.shift(day, -1)?;
    Some((before.year(), (before.month() + 2) / 3))
}
