//! Incidents: the attacks, bombings, kidnappings, arsons and robberies that a news report tells, one record each.
//!
//! Where events are read word by word, an incident is a report's whole account of one happening: what, when, where, by
//! whom, with what, against what and whom, to what effect. The slots are those of the MUC-4 evaluation of 1992.
//! Linear classifiers over words, syntax and events say which kinds of incident a report tells, which sentences tell
//! them, and which noun phrase has which role. What they find worth it a network reads too, and both answers become
//! one. Sentences that tell the same incident are joined; so incidents are proposed, with candidates for each slot and
//! for place and day, and boosted trees say which of them hold. Proposals of one day and place that share a filler are one
//! incident. `models/incidents/README.md` says what they were trained on. Names and places that they learnt stay in the
//! model: no rule of the program knows them.

mod alignment;
mod assemble;
mod candidates;
mod dates;
mod features;
mod lexical;
mod linear;
mod model;
mod pairs;
mod phrases;
mod places;
mod proposals;
mod reader;
mod sameness;
mod stages;
mod titles;
pub mod training;
mod victims;
mod whereabouts;

use irenic_model::Span;
use irenic_model::jiff::civil::Date;

pub use assemble::Thresholds;
pub use model::{FormatError, IncidentModel};
pub use places::Place;
pub use reader::{Opinion, Reader};

use crate::Input;

/// What kind of incident it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IncidentKind {
    /// Violence against people or things that is none of the others.
    Attack,
    /// An explosive device that goes off or is found.
    Bombing,
    /// People taken away or held.
    Kidnapping,
    /// Things set on fire.
    Arson,
    /// Things taken by force.
    Robbery,
}

impl IncidentKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Attack, Self::Bombing, Self::Kidnapping, Self::Arson, Self::Robbery];

    /// The name in MUC-4's templates.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Attack => "ATTACK",
            Self::Bombing => "BOMBING",
            Self::Kidnapping => "KIDNAPPING",
            Self::Arson => "ARSON",
            Self::Robbery => "ROBBERY",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// What became of a victim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// The text does not say.
    Unknown,
    /// Killed.
    Death,
    /// Wounded.
    Injury,
    /// Neither.
    Unhurt,
    /// Released or escaped.
    Freed,
}

impl Effect {
    /// Every effect.
    pub const ALL: [Self; 5] = [Self::Unknown, Self::Death, Self::Injury, Self::Unhurt, Self::Freed];

    /// The name in MUC-4's templates; none for an unknown effect.
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        match self {
            Self::Unknown => None,
            Self::Death => Some("DEATH"),
            Self::Injury => Some("INJURY"),
            Self::Unhurt => Some("NO INJURY OR DEATH"),
            Self::Freed => Some("REGAINED FREEDOM"),
        }
    }
}

/// Words of the text that fill a slot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filler {
    /// The words, on one line.
    pub text: String,
    /// Where they stand.
    pub span: Span,
}

/// Somebody who suffered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Victim {
    /// The name, where the text gives one.
    pub name: Option<String>,
    /// The words that describe the victim: a title, an occupation.
    pub description: Option<String>,
    /// How many, where the text counts; `None` for an uncounted plural.
    pub number: Option<u32>,
    /// What became of them.
    pub effect: Effect,
    /// Where they stand in the text.
    pub span: Span,
}

/// One happening as one report tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incident {
    /// What.
    pub kind: IncidentKind,
    /// When.
    pub date: Option<Date>,
    /// Where.
    pub place: Option<Place>,
    /// With what.
    pub instruments: Vec<Filler>,
    /// Who did it.
    pub perpetrators: Vec<Filler>,
    /// For which organisation.
    pub organisations: Vec<Filler>,
    /// What was hit.
    pub targets: Vec<Filler>,
    /// Who was hit.
    pub victims: Vec<Victim>,
}

/// Who reads the likely sentences of a report beside the classifiers.
#[derive(Clone, Copy, Debug)]
pub enum Second<'r> {
    /// Nobody.
    Nobody,
    /// A network.
    Reader(&'r Reader),
    /// One that has read the report before, and said this.
    Opinion(&'r Opinion),
}

/// The incidents that a report tells.
///
/// The time is linear in the length of the text, but for comparing the sentences that tell a kind of incident with each
/// other.
#[must_use]
pub fn incidents(
    input: &Input<'_>,
    model: &IncidentModel,
    second: Second<'_>,
    thresholds: &Thresholds,
) -> Vec<Incident> {
    assemble::incidents(input, model, second, thresholds)
}

/// What a network says of a report, where the classifiers find it worth reading.
#[must_use]
pub fn opinion(input: &Input<'_>, model: &IncidentModel, reader: &Reader) -> Option<Opinion> {
    let report = phrases::Report::new(input);
    let answers = stages::Answers::new(&stages::Seen::new(&report), &model.linear);
    reader.opinion(&report, &reader::worth_reading(&answers))
}
