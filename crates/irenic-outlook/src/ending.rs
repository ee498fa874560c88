//! How fighting ended: the classes of the outlook.

use irenic_records::Outcome;
use serde::{Deserialize, Serialize};

use crate::Spell;

/// How an episode of fighting ended, as UCDP's outcomes have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    /// A peace agreement.
    Agreement,
    /// A ceasefire.
    Ceasefire,
    /// Victory of side A; within states, of the government.
    VictoryA,
    /// Victory of side B; within states, of the rebels.
    VictoryB,
    /// Fighting fell below the threshold, without any of the others.
    LowActivity,
    /// A party ceased to exist.
    ActorGone,
}

/// A reference class: how fighting ended and, of agreements, whether they were carried on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Class {
    /// How fighting ended; any way without one.
    pub ending: Option<Ending>,
    /// Of agreements that PA-X covers, only those that were carried on in the first quiet year, or were not.
    pub carried_on: Option<bool>,
}

impl From<Option<Ending>> for Class {
    fn from(ending: Option<Ending>) -> Self {
        Self { ending, carried_on: None }
    }
}

impl Class {
    /// Agreements that were carried on, or were not.
    #[must_use]
    pub const fn agreement(carried_on: bool) -> Self {
        Self { ending: Some(Ending::Agreement), carried_on: Some(carried_on) }
    }

    /// Whether a spell is of the class.
    #[must_use]
    pub fn holds(self, spell: &Spell) -> bool {
        (self.ending.is_none() || self.ending == spell.ending)
            && (self.carried_on.is_none() || self.carried_on == spell.carried_on)
    }

    /// How fighting ended, in words that follow "whose fighting ended".
    #[must_use]
    pub fn in_words(self) -> String {
        let ended = self.ending.map_or("in any way", Ending::in_words);
        match self.carried_on {
            None => ended.to_owned(),
            Some(true) => format!("{ended} since 1990 that was carried on in the first quiet year"),
            Some(false) => format!("{ended} since 1990 that was not carried on in the first quiet year"),
        }
    }
}

impl Ending {
    /// Every ending, in the order of UCDP's codes.
    pub const ALL: [Self; 6] = [
        Self::Agreement,
        Self::Ceasefire,
        Self::VictoryA,
        Self::VictoryB,
        Self::LowActivity,
        Self::ActorGone,
    ];

    /// The ending of UCDP's outcome.
    #[must_use]
    pub const fn of(outcome: Outcome) -> Self {
        match outcome {
            Outcome::PeaceAgreement => Self::Agreement,
            Outcome::Ceasefire => Self::Ceasefire,
            Outcome::VictoryA => Self::VictoryA,
            Outcome::VictoryB => Self::VictoryB,
            Outcome::LowActivity => Self::LowActivity,
            Outcome::ActorGone => Self::ActorGone,
        }
    }

    /// Its place in [`Ending::ALL`].
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The name in a word or two, as in UCDP's tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Agreement => "agreement",
            Self::Ceasefire => "ceasefire",
            Self::VictoryA => "victory A",
            Self::VictoryB => "victory B",
            Self::LowActivity => "low activity",
            Self::ActorGone => "actor gone",
        }
    }

    /// The name as models and the command line write it.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Agreement => "agreement",
            Self::Ceasefire => "ceasefire",
            Self::VictoryA => "victory-a",
            Self::VictoryB => "victory-b",
            Self::LowActivity => "low-activity",
            Self::ActorGone => "actor-gone",
        }
    }

    /// The ending of that key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ending| ending.key() == key)
    }

    /// The ending in words that complete "whose fighting ended …".
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Agreement => "with a peace agreement",
            Self::Ceasefire => "with a ceasefire and no peace agreement",
            Self::VictoryA => "with the victory of the government side",
            Self::VictoryB => "with the victory of the side against the government",
            Self::LowActivity => "without agreement or victory, by falling below 25 deaths a year",
            Self::ActorGone => "because a party ceased to exist",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_places_lead_back() {
        for (place, ending) in Ending::ALL.into_iter().enumerate() {
            assert_eq!(Ending::from_key(ending.key()), Some(ending));
            assert_eq!(ending.index(), place);
        }
        assert_eq!(Ending::from_key("victory"), None);
    }
}
