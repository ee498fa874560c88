//! The times that an expression may lean on: the document's date, and where the narrative has got to.

use irenic_model::DateInterval;
use irenic_model::jiff::civil::Date;

use super::calendar::Unit;
use super::tense::Tense;

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
}

/// The references as they stand at one place of the text.
#[derive(Clone, Debug)]
pub(super) struct Clock {
    pub(super) document: Option<Date>,
    pub(super) kind: DocumentKind,
    pub(super) running: Option<DateInterval>,
    /// The quarter that the text spoke of last, as year and number.
    pub(super) quarter: Option<(i16, i8)>,
}

impl Clock {
    pub(super) fn running_reference(&self) -> Option<Reference> {
        self.running.map(Reference::Running)
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

    /// What a month or a day without its year leans on.
    pub(super) fn incomplete(&self) -> Option<Reference> {
        if self.kind == DocumentKind::News { self.deictic() } else { self.anaphoric() }
    }
}

impl Reference {
    /// The day to count from.
    pub(super) fn day(self) -> Date {
        match self {
            Self::Document(day) => day,
            Self::Running(days) => days.until(),
        }
    }

    /// The year in which an incomplete date falls, whose first day in a year `first` gives.
    ///
    /// In a narrative it follows what was told last, unless that lies only a little after it. Elsewhere tense decides;
    /// without tense the nearest one is taken.
    pub(super) fn year_of(self, tense: Tense, first: impl Fn(i16) -> Option<Date>) -> i16 {
        let day = self.day();
        let year = day.year();
        let distance = |year: i16| {
            let there = first(year)?;
            Some(irenic_model::day_number(there) - irenic_model::day_number(day))
        };
        let Some(here) = distance(year) else { return year };
        let narrative = matches!(self, Self::Running(_));
        match tense {
            _ if narrative => year + i16::from(here < -245) - i16::from(here > 300),
            Tense::Future => year + i16::from(here < -31),
            Tense::Past => year - i16::from(here > 0),
            Tense::Unknown if here > 183 => year - 1,
            Tense::Unknown if here < -183 => year + 1,
            Tense::Unknown => year,
        }
    }
}

/// The last whole quarter before a day.
pub(super) fn completed_quarter(day: Date) -> Option<(i16, i8)> {
    let before = Unit::Quarter.shift(day, -1)?;
    Some((before.year(), (before.month() + 2) / 3))
}
