//! Agreements and undertakings as a ledger, with what became of each.

use crate::{CommitmentStatus, DateInterval, Stance, StatementRef};

/// How far an undertaking has been carried out, on the scale of the Peace Accords Matrix (Joshi, Quinn and Regan 2015,
/// Journal of Peace Research 52: 551-562).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Implementation {
    /// 0: nothing has been begun.
    NotInitiated,
    /// 1: begun.
    Minimum,
    /// 2: well under way, or carried out in part.
    Intermediate,
    /// 3: carried out.
    Full,
}

impl Implementation {
    /// The number on the scale, 0 to 3.
    #[must_use]
    pub const fn score(self) -> u8 {
        self as u8
    }

    /// The name in tables and reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotInitiated => "not initiated",
            Self::Minimum => "minimum",
            Self::Intermediate => "intermediate",
            Self::Full => "full",
        }
    }
}

/// An agreement that the documents tell of, or are.
#[derive(Clone, Debug, PartialEq)]
pub struct Agreement {
    /// What kind it is, as events have it: `ceasefire`, `peace-agreement`, `agreement`.
    pub kind: String,
    /// Who made it, in order of name.
    pub parties: Vec<String>,
    /// When.
    pub when: Option<DateInterval>,
    /// Where.
    pub places: Vec<String>,
    /// Who says so.
    pub holders: Vec<String>,
    /// The statements.
    pub statements: Vec<StatementRef>,
}

/// One thing that is undertaken, demanded or ordered, with all that is said of its fulfilment.
#[derive(Clone, Debug, PartialEq)]
pub struct Undertaking {
    /// Who owes it.
    pub debtor: Option<String>,
    /// To whom.
    pub creditor: Option<String>,
    /// What, in the words of the text.
    pub action: String,
    /// On what condition, in the words of the text.
    pub condition: Option<String>,
    /// By when: the interval's last day is the deadline.
    pub due: Option<DateInterval>,
    /// Whether it is promised, planned, demanded or refused.
    pub stance: Stance,
    /// The number of the agreement it is part of, in [`Ledger::agreements`], where the dates tell.
    pub agreement: Option<usize>,
    /// What is said of its fulfilment, in order of time.
    pub reports: Vec<FulfilmentReport>,
    /// The score, where all holders agree on it; of one holder the last word counts.
    pub score: Option<Implementation>,
    /// Whether holders differ on it.
    pub contested: bool,
    /// Who tells of the undertaking.
    pub holders: Vec<String>,
    /// The statements that tell of it.
    pub statements: Vec<StatementRef>,
}

/// What one holder says of an undertaking's fulfilment.
#[derive(Clone, Debug, PartialEq)]
pub struct FulfilmentReport {
    /// Who says so.
    pub holder: String,
    /// What became of it.
    pub status: CommitmentStatus,
    /// On the scale; `None` where it is said to be broken, which the scale has no step for.
    pub score: Option<Implementation>,
    /// When.
    pub when: Option<DateInterval>,
    /// In the words of the text.
    pub words: String,
    /// The statement.
    pub statement: StatementRef,
}

/// The agreements and undertakings of a dossier.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ledger {
    /// Agreements in order of time.
    pub agreements: Vec<Agreement>,
    /// Undertakings in order of due date; those without one last.
    pub undertakings: Vec<Undertaking>,
}
