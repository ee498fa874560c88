//! UCDP's codes, as its codebooks have them.

use irenic_model::Incompatibility;

/// What the code of an incompatibility stands for.
pub(crate) const fn incompatibility(code: i64) -> Option<Incompatibility> {
    match code {
        1 => Some(Incompatibility::Territory),
        2 => Some(Incompatibility::Government),
        3 => Some(Incompatibility::Both),
        _ => None,
    }
}

/// How many died in fighting in the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Intensity {
    /// 25 to 999 battle-related deaths (code 1).
    Minor,
    /// 1,000 or more (code 2).
    War,
}

impl Intensity {
    pub(crate) const fn of(code: i64) -> Option<Self> {
        match code {
            1 => Some(Self::Minor),
            2 => Some(Self::War),
            _ => None,
        }
    }

    /// The least and the most deaths of the year, in battle.
    #[must_use]
    pub const fn deaths(self) -> (u64, Option<u64>) {
        match self {
            Self::Minor => (25, Some(999)),
            Self::War => (1000, None),
        }
    }

    /// The name in a word.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Minor => "minor",
            Self::War => "war",
        }
    }
}

/// Who fights.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConflictType {
    /// A state against a non-state group outside its own territory (code 1).
    Extrasystemic,
    /// Two or more states (code 2).
    Interstate,
    /// A government against groups in its country (code 3).
    Intrastate,
    /// The same with troops of other states (code 4).
    Internationalised,
}

impl ConflictType {
    pub(crate) const fn of(code: i64) -> Option<Self> {
        match code {
            1 => Some(Self::Extrasystemic),
            2 => Some(Self::Interstate),
            3 => Some(Self::Intrastate),
            4 => Some(Self::Internationalised),
            _ => None,
        }
    }

    /// Whether the conflict is fought within a state, with or without others' troops.
    #[must_use]
    pub const fn is_internal(self) -> bool {
        matches!(self, Self::Intrastate | Self::Internationalised)
    }

    /// The name in a word.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Extrasystemic => "extrasystemic",
            Self::Interstate => "interstate",
            Self::Intrastate => "intrastate",
            Self::Internationalised => "internationalised",
        }
    }
}

/// How an episode ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// A peace agreement (code 1).
    PeaceAgreement,
    /// A ceasefire (code 2).
    Ceasefire,
    /// Victory of side A, within states the government (code 3).
    VictoryA,
    /// Victory of side B, within states the rebels (code 4).
    VictoryB,
    /// Fighting below the threshold, without any of the others (code 5).
    LowActivity,
    /// A party ceased to exist (code 6).
    ActorGone,
}

impl Outcome {
    /// Every outcome, in the order of the codes.
    pub const ALL: [Self; 6] = [
        Self::PeaceAgreement,
        Self::Ceasefire,
        Self::VictoryA,
        Self::VictoryB,
        Self::LowActivity,
        Self::ActorGone,
    ];

    pub(crate) const fn of(code: i64) -> Option<Self> {
        match code {
            1 => Some(Self::PeaceAgreement),
            2 => Some(Self::Ceasefire),
            3 => Some(Self::VictoryA),
            4 => Some(Self::VictoryB),
            5 => Some(Self::LowActivity),
            6 => Some(Self::ActorGone),
            _ => None,
        }
    }

    /// The name in a word or two.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::PeaceAgreement => "agreement",
            Self::Ceasefire => "ceasefire",
            Self::VictoryA => "victory A",
            Self::VictoryB => "victory B",
            Self::LowActivity => "low activity",
            Self::ActorGone => "actor gone",
        }
    }
}

/// Who acts against whom in an event of organised violence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ViolenceType {
    /// At least one side is a government (code 1).
    StateBased,
    /// Armed groups against each other (code 2).
    NonState,
    /// A government or armed group against civilians (code 3).
    OneSided,
}

impl ViolenceType {
    pub(crate) const fn of(code: i64) -> Option<Self> {
        match code {
            1 => Some(Self::StateBased),
            2 => Some(Self::NonState),
            3 => Some(Self::OneSided),
            _ => None,
        }
    }
}

/// How much of the issue a peace agreement settles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AgreementKind {
    /// The whole (code 1).
    Full,
    /// A part (code 2).
    Partial,
    /// A process by which it shall be settled (code 3).
    Process,
}

impl AgreementKind {
    pub(crate) const fn of(code: i64) -> Option<Self> {
        match code {
            1 => Some(Self::Full),
            2 => Some(Self::Partial),
            3 => Some(Self::Process),
            _ => None,
        }
    }
}
