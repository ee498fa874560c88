//! The issue and its parties: what is contested, who claims it, and who stands between or behind them.

use crate::{DateInterval, StatementRef};

/// What a conflict is over, in UCDP's terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Incompatibility {
    /// The status or possession of a territory.
    Territory,
    /// The political system, or who governs.
    Government,
    /// Both.
    Both,
}

impl Incompatibility {
    /// The name in tables and reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Territory => "territory",
            Self::Government => "government",
            Self::Both => "territory and government",
        }
    }

    /// What a name in a file of rules stands for; `None` for any other name.
    ///
    /// ```
    /// use irenic_model::Incompatibility;
    /// assert_eq!(Incompatibility::named("territory"), Some(Incompatibility::Territory));
    /// assert_eq!(Incompatibility::named("honour"), None);
    /// ```
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [Self::Territory, Self::Government, Self::Both].into_iter().find(|it| it.name() == name)
    }
}

/// What is contested, and how the claims on it changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Issue {
    /// What kind of thing is contested, where the sources tell.
    pub incompatibility: Option<Incompatibility>,
    /// The contested territory or office, in the words used most, with other names for it.
    pub objects: Vec<String>,
    /// Who claims what since when, in order of time; a change of claim is a further entry.
    pub claims: Vec<Claim>,
    /// The statements that say what the conflict is over.
    pub evidence: Vec<StatementRef>,
}

/// A party's claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Who claims, where the text names somebody.
    pub claimant: Option<String>,
    /// What kind of claim: `transfer`, `self-determination`, `independence`, `autonomy`, `territorial-integrity`,
    /// `power`, ...
    pub kind: String,
    /// What is claimed, in the words of the text.
    pub what: String,
    /// Since when.
    pub since: Option<DateInterval>,
    /// The statements that say so.
    pub evidence: Vec<StatementRef>,
}

/// One who contests the issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// The name used most, or the one that the configuration gives.
    pub name: String,
    /// Other names of the same party.
    pub aliases: Vec<String>,
    /// The side it belongs to; a side is named by its first party.
    pub side: String,
    /// ISO 3166 alpha-3 code of its country, where one is known.
    pub country: Option<String>,
    /// In how many events it acts or is acted upon.
    pub events: usize,
    /// Whether the configuration names it (and it was not worked out from the text).
    pub configured: bool,
}

/// What a third party does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ThirdPartyRole {
    /// Mediates, facilitates or hosts talks.
    Mediator,
    /// Keeps or monitors the peace.
    Peacekeeper,
    /// Supplies arms, money or troops to a party.
    Supplier,
    /// Gives relief, visits, registers.
    Humanitarian,
}

impl ThirdPartyRole {
    /// The name in tables and reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mediator => "mediator",
            Self::Peacekeeper => "peacekeeper",
            Self::Supplier => "supplier",
            Self::Humanitarian => "humanitarian",
        }
    }
}

/// One who does not contest the issue and yet has a part in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThirdParty {
    /// Its name.
    pub name: String,
    /// What it does.
    pub role: ThirdPartyRole,
    /// Its mandate and term, in the words of the text, where it says.
    pub mandate: Option<String>,
    /// From when to when, as far as the sources date it.
    pub active: Option<DateInterval>,
    /// The statements that say so.
    pub evidence: Vec<StatementRef>,
}
