//! Accounts: statements about the same thing, agreed, single-source or contested.

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

/// One version of an account: the statements that agree with each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// What this version says, in neutral words made of its parts: "killed: 30 (at least)".
    pub summary: String,
    /// The statements, in order of document and place.
    pub statements: Vec<StatementRef>,
}

/// Statements about the same event, figure, commitment or place, from one document or many.
///
/// Rival versions stay side by side; none is dropped and none is averaged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// What it is about.
    pub kind: AccountKind,
    /// A neutral heading.
    pub heading: String,
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
