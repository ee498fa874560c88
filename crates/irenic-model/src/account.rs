//! Accounts: statements about the same thing, agreed, single-source or contested.

use crate::{Bound, DateInterval};

/// A statement's place: which document, and which of its statements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatementRef {
    /// The document's number in the dossier, from 0.
    pub document: usize,
    /// The statement's number in [`Extraction::statements`](crate::Extraction::statements), from 0.
    pub statement: usize,
}

/// What an account is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AccountKind {
    /// One happening.
    Event,
    /// One quantity.
    Figure,
    /// One commitment, and what became of it.
    Commitment,
    /// Who held one place.
    Control,
}

impl AccountKind {
    /// The name in tables and reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Event => "event",
            Self::Figure => "figure",
            Self::Commitment => "commitment",
            Self::Control => "control",
        }
    }
}

/// How an account stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AccountStatus {
    /// Holders of more than one source say it, and none says otherwise.
    Agreed,
    /// One source alone says it.
    SingleSource,
    /// Holders say different things that cannot all be so.
    Contested,
}

impl AccountStatus {
    /// The name in tables and reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Agreed => "agreed",
            Self::SingleSource => "single-source",
            Self::Contested => "contested",
        }
    }
}

/// A value or a range as one version has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// The value, or the lower end of a range, in base units.
    pub value: f64,
    /// The upper end of a range.
    pub upper: Option<f64>,
    /// How the value bounds the truth.
    pub bound: Bound,
    /// The unit, as in [`Figure::unit`](crate::Figure::unit).
    pub unit: String,
}

/// One who holds a version: the author of a document, or a speaker whom it reports.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Backer {
    /// The side: that of the source where the author speaks, as the configuration says; `None` where none is known.
    pub side: Option<String>,
    /// The speaker's name, or the author's or publisher's where the author speaks.
    pub name: String,
    /// Whether a document passes on what this one says, rather than saying it in its own voice.
    pub reported: bool,
}

/// One version of an account: the statements that agree with each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// What this version says, in neutral words made of its parts: "killed: 30 (at least)".
    pub summary: String,
    /// The value or range that its statements share, of an account of a figure: the most precise one stated.
    pub quantity: Option<Quantity>,
    /// Who holds it, in order of side and name, each once.
    pub backers: Vec<Backer>,
    /// The number of independent sources that hold it, at least 1: documents of one publisher, and copies of one
    /// text, count once.
    pub sources: usize,
    /// The statements, in order of document and place. Each has the span to quote.
    pub statements: Vec<StatementRef>,
}

/// Statements about the same event, figure, commitment or place, from one document or many.
///
/// Rival versions stay side by side; none is dropped and none is averaged.
#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    /// What it is about.
    pub kind: AccountKind,
    /// A neutral heading.
    pub heading: String,
    /// When: the finest date that its statements share; of a figure, its period.
    pub when: Option<DateInterval>,
    /// How it stands.
    pub status: AccountStatus,
    /// Its versions, the one with most statements first; at least one.
    pub versions: Vec<Version>,
    /// Why the versions cannot all be so, where they cannot.
    pub dispute: Option<String>,
}

impl Account {
    /// Every statement of every version.
    pub fn statements(&self) -> impl Iterator<Item = StatementRef> {
        self.versions.iter().flat_map(|version| version.statements.iter().copied())
    }
}

/// Why two figures of one kind are not held against each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ApartReason {
    /// One breaks down a total.
    PartAndTotal,
    /// One is of an incident, the other of a longer time.
    IncidentAndTotal,
    /// They are of different times.
    OtherTime,
    /// One of them has no time.
    NotDated,
}

impl ApartReason {
    /// The reason in words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::PartAndTotal => "one is part of a total",
            Self::IncidentAndTotal => "one is of an incident, the other of a longer time",
            Self::OtherTime => "they are of different times",
            Self::NotDated => "one of them is not dated",
        }
    }
}

/// Two figures that count the same of the same people and are not held against each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeptApart {
    /// The largest of its kind.
    pub larger: StatementRef,
    /// The other.
    pub other: StatementRef,
    /// Why.
    pub reason: ApartReason,
}

/// A figure that one speaker gives again with another number, in order of publication.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureSeries {
    /// Who says so.
    pub holder: String,
    /// The statements, at least two.
    pub statements: Vec<StatementRef>,
}
