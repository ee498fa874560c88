//! Stages of the life cycle, and the dated evidence they rest on.

use std::fmt;

use jiff::civil::Date;

use crate::{DateInterval, Span, StatementId};

/// A stage of the Irenic model, early to late.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// A disagreement that the parties fail to resolve.
    Dispute,
    /// Threats, mobilisation, coercion, without sustained violence.
    Tension,
    /// Armed clashes below the threshold of war.
    Confrontation,
    /// War.
    War,
    /// Violence stopped by a deal that leaves the issue open.
    Ceasefire,
    /// Violence that stops without a deal.
    Abatement,
    /// A peace agreement is signed.
    Agreement,
    /// It is being carried out.
    Implementation,
    /// The issue is settled.
    Settled,
}

impl Stage {
    /// Every stage, early to late.
    pub const ALL: [Self; 9] = [
        Self::Dispute,
        Self::Tension,
        Self::Confrontation,
        Self::War,
        Self::Ceasefire,
        Self::Abatement,
        Self::Agreement,
        Self::Implementation,
        Self::Settled,
    ];

    /// The name on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Dispute => "dispute",
            Self::Tension => "tension",
            Self::Confrontation => "confrontation",
            Self::War => "war",
            Self::Ceasefire => "ceasefire",
            Self::Abatement => "abatement",
            Self::Agreement => "agreement",
            Self::Implementation => "implementation",
            Self::Settled => "settled",
        }
    }

    /// The stage of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.name() == name)
    }
}

/// Where evidence comes from: a statement in a document, or a row of a table.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Provenance {
    /// A statement.
    Statement(StatementId),
    /// A row of a data set: the file, and its line from 1.
    Row {
        /// The file, relative to the folder.
        file: String,
        /// The line, from 1.
        line: u64,
    },
}

impl fmt::Display for Provenance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Statement(id) => write!(f, "{id}"),
            Self::Row { file, line } => write!(f, "{file}:{line}"),
        }
    }
}

/// How much organised force a clash shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClashScale {
    /// A riot, a killing, a mutiny, a shooting: violence that may stay alone.
    Sporadic,
    /// An attack or a raid by an organised armed side.
    Organised,
    /// An offensive, a battle, fighting that is said to go on.
    Sustained,
}

/// What a piece of evidence shows about the conflict.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Observation {
    /// Incompatible claims are raised or rejected: a demand, a claim to territory or power, a new state's independence.
    Claim,
    /// Politics of the place without a quarrel of its own: who takes office, an election, a law, a treaty. What a record tells of
    /// before a quarrel comes to pressure is how it came about.
    Politics,
    /// Threat, ultimatum, mobilisation, blockade, emergency rule, coup, secession: coercion without sustained violence.
    Coercion,
    /// Armed violence; how organised it is said to be.
    Clash {
        /// How organised.
        scale: ClashScale,
    },
    /// Deaths from the conflict over the interval: least and most.
    Deaths {
        /// At least so many.
        low: u64,
        /// At most so many, where bounded.
        high: Option<u64>,
        /// Whether they died in fighting; not in a massacre, a riot, an execution.
        battle: bool,
    },
    /// A war is said to have been fought.
    War {
        /// Its name without its ordinal, where it has one.
        name: Option<String>,
        /// Its place among the wars of that name: 2 for "the Second Examplian War".
        ordinal: Option<u8>,
        /// Whether the date is the whole extent of the war ("the war of 1988 to 1994"), not a time within it.
        extent: bool,
    },
    /// A war is said to have begun then.
    WarBegins,
    /// Fighting is said to have ended then, by any means (victory, truce, exhaustion).
    FightingEnds,
    /// A ceasefire is agreed or takes effect.
    Ceasefire,
    /// A ceasefire is broken, collapses or is denounced.
    CeasefireEnds,
    /// An isolated breach of a ceasefire.
    Violation,
    /// A peace agreement is signed.
    Agreement,
    /// An undertaking of an agreement is carried out.
    Implementation,
    /// The issue is settled: recognition, final status, dissolution of a party's claim, integration.
    Settlement,
    /// Calm is stated: no violence, a frozen front.
    Calm,
    /// Talks, mediation, a summit.
    Talks,
    /// People displaced over the interval: at least so many.
    Displaced {
        /// At least so many.
        low: u64,
    },
    /// So many wars are said to have been fought in all by the time of telling.
    WarsInAll(u8),
    /// So many ceasefires are said to have been agreed in all by the time of telling.
    CeasefiresInAll(u8),
}

impl Observation {
    /// The observation that a name in a file of rules stands for; `None` for any other name, and for what takes more than
    /// a name, as deaths take their number.
    ///
    /// ```
    /// use irenic_model::{ClashScale, Observation};
    /// let organised = Observation::Clash { scale: ClashScale::Organised };
    /// assert_eq!(Observation::named("clash-organised"), Some(organised));
    /// assert_eq!(Observation::named("deaths"), None);
    /// ```
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "claim" => Self::Claim,
            "politics" => Self::Politics,
            "coercion" => Self::Coercion,
            "clash-sporadic" => Self::Clash { scale: ClashScale::Sporadic },
            "clash-organised" => Self::Clash { scale: ClashScale::Organised },
            "clash-sustained" => Self::Clash { scale: ClashScale::Sustained },
            "war-begins" => Self::WarBegins,
            "fighting-ends" => Self::FightingEnds,
            "ceasefire" => Self::Ceasefire,
            "ceasefire-ends" => Self::CeasefireEnds,
            "violation" => Self::Violation,
            "agreement" => Self::Agreement,
            "implementation" => Self::Implementation,
            "settlement" => Self::Settlement,
            "talks" => Self::Talks,
            "calm" => Self::Calm,
            _ => return None,
        })
    }

    /// Whether it shows armed violence.
    #[must_use]
    pub const fn is_violent(&self) -> bool {
        matches!(
            self,
            Self::Clash { .. } | Self::Deaths { .. } | Self::War { .. } | Self::WarBegins | Self::Violation
        )
    }
}

/// Words from which a stage can be told, found apart from PLOVER events: "at war from March", "the truce broke down".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageCue {
    /// The hash of source, span and "stage-cue".
    pub id: StatementId,
    /// The words.
    pub span: Span,
    /// The rule that found it.
    pub rule: String,
    /// What it shows.
    pub observation: Observation,
    /// When; `None` where the text never says.
    pub when: Option<DateInterval>,
    /// Who says so; `None` for the author.
    pub holder: Option<String>,
    /// Whether it is only alleged.
    pub disputed: bool,
}

/// A dated observation with its provenance: what the stage models read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// Where it comes from.
    pub provenance: Provenance,
    /// When; `None` where the source never says. An undated observation keeps its place in `order`.
    pub when: Option<DateInterval>,
    /// Its place in the order of telling, across the dossier; rows of tables come after statements.
    pub order: u32,
    /// What it shows.
    pub observation: Observation,
    /// The rule that derived it, as the table of evidence names it.
    pub rule: String,
    /// Who says so; `None` for a document's author or a data set.
    pub holder: Option<String>,
    /// The side that speaks, where one is known.
    pub side: Option<String>,
    /// Whether it is only alleged, or another holder denies it.
    pub disputed: bool,
    /// When its source was published, for what was known by a date.
    pub published: Option<Date>,
}

/// An interval of a stage with the bounds of its ends and its reasons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageInterval {
    /// The model that named it: `irenic`, `ucdp`, `cascon`, `cews`, `hiik`.
    pub model: String,
    /// The stage, in the model's own words; the Irenic model's are those of [`Stage`].
    pub stage: String,
    /// The pass through the cycle, from 1.
    pub cycle: u32,
    /// The first day, best placed; `None` where nothing bounds it.
    pub from: Option<Date>,
    /// The last day, best placed; `None` while it lasts, or where nothing bounds it.
    pub until: Option<Date>,
    /// The earliest and the latest that it may have begun.
    pub from_bounds: (Option<Date>, Option<Date>),
    /// The earliest and the latest that it may have ended.
    pub until_bounds: (Option<Date>, Option<Date>),
    /// Whether it lasts at the as-of date (an `until` of `None` alone does not tell).
    pub ongoing: bool,
    /// The rival stage where evidence conflicts.
    pub rival: Option<String>,
    /// Breaches of a ceasefire inside the interval, each below the threshold of a relapse.
    pub violations: u32,
    /// The version of the model's scale, as its configuration has it.
    pub version: String,
    /// Why: each rule that applied, with its evidence.
    pub reasons: Vec<Reason>,
}

impl StageInterval {
    /// Whether rival evidence gives a rival stage.
    #[must_use]
    pub const fn contested(&self) -> bool {
        self.rival.is_some()
    }
}

/// A rule that applied, and the evidence it applied to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The rule's name, as the stage model's configuration has it.
    pub rule: String,
    /// The evidence.
    pub evidence: Vec<Provenance>,
}
