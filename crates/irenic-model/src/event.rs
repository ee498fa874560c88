//! Events: what happened, of which class, who did it to whom, where, when and with what harm.

use crate::{DateInterval, Span};

/// An actor, a recipient or a place as an event has it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Participant {
    /// The words of the text, with the abbreviations and aliases of the document resolved.
    pub text: String,
    /// Where they stand.
    pub span: Span,
    /// ISO 3166 alpha-3 code of its country, where one is known.
    pub country: Option<String>,
    /// Who it is, where its words tell; known of the actors and recipients of events.
    pub role: Option<ActorRole>,
}

/// Who a participant is, by the words that name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ActorRole {
    /// A body of several states, its mission, or an organisation that works in many.
    International,
    /// An armed group that is not a state's.
    Rebel,
    /// Police and gendarmes.
    Police,
    /// A state's armed forces.
    Military,
    /// A political party, the opposition, those who protest.
    Party,
    /// A state, its government, parliament, courts and envoys.
    Government,
    /// Those who bear no arms and hold no office.
    Civilian,
}

impl ActorRole {
    /// Every role, in the order in which words are tried.
    pub const ALL: [Self; 7] = [
        Self::International,
        Self::Rebel,
        Self::Police,
        Self::Military,
        Self::Party,
        Self::Government,
        Self::Civilian,
    ];

    /// The name in rules, tables and reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::International => "international",
            Self::Rebel => "rebel",
            Self::Police => "police",
            Self::Military => "military",
            Self::Party => "party",
            Self::Government => "government",
            Self::Civilian => "civilian",
        }
    }
}

/// What a violent event did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// Somebody was killed.
    Killed,
    /// Somebody was wounded.
    Wounded,
    /// Something was damaged or destroyed.
    Damaged,
    /// The text says that nobody and nothing was harmed.
    Unharmed,
}

impl Effect {
    /// The name in rules, tables and reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Killed => "killed",
            Self::Wounded => "wounded",
            Self::Damaged => "damaged",
            Self::Unharmed => "none",
        }
    }
}

/// What a violent event was done with, to whom and to what, and with what effect; all empty for events of other kinds and
/// where the text does not say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Harm {
    /// What it was done with.
    pub instruments: Vec<Participant>,
    /// Whom it was done to.
    pub people: Vec<Participant>,
    /// What it was done to: buildings, vehicles, places.
    pub property: Vec<Participant>,
    /// What it did.
    pub effects: Vec<Effect>,
}

/// The sixteen classes of PLOVER 2021, and one more for what a chronicle needs beside them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names are PLOVER's own, defined in its manual")]
pub enum EventClass {
    Agree,
    Consult,
    Support,
    Cooperate,
    Aid,
    Concede,
    Retreat,
    Request,
    Accuse,
    Reject,
    Threaten,
    Protest,
    Sanction,
    Mobilize,
    Coerce,
    Assault,
    /// A dated happening outside PLOVER: a decree, an appointment, independence, an election, a foundation.
    Other,
}

impl EventClass {
    /// Every class, from the most cooperative to the most conflictual, [`EventClass::Other`] last.
    pub const ALL: [Self; 17] = [
        Self::Agree,
        Self::Consult,
        Self::Support,
        Self::Cooperate,
        Self::Aid,
        Self::Concede,
        Self::Retreat,
        Self::Request,
        Self::Accuse,
        Self::Reject,
        Self::Threaten,
        Self::Protest,
        Self::Sanction,
        Self::Mobilize,
        Self::Coerce,
        Self::Assault,
        Self::Other,
    ];

    /// The name on the wire, PLOVER's own.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Agree => "AGREE",
            Self::Consult => "CONSULT",
            Self::Support => "SUPPORT",
            Self::Cooperate => "COOPERATE",
            Self::Aid => "AID",
            Self::Concede => "CONCEDE",
            Self::Retreat => "RETREAT",
            Self::Request => "REQUEST",
            Self::Accuse => "ACCUSE",
            Self::Reject => "REJECT",
            Self::Threaten => "THREATEN",
            Self::Protest => "PROTEST",
            Self::Sanction => "SANCTION",
            Self::Mobilize => "MOBILIZE",
            Self::Coerce => "COERCE",
            Self::Assault => "ASSAULT",
            Self::Other => "OTHER",
        }
    }

    /// The class of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.name() == name)
    }
}

/// Something that happened, or is said to have happened, or to be about to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The word or words that name it.
    pub trigger: Span,
    /// Its class.
    pub class: EventClass,
    /// Its mode within the class, in PLOVER's words where it has one ("heavy-weapons", "arrest"), in ours for what the
    /// stage models need ("ceasefire", "peace-agreement", "independence", "election"): lower case, hyphenated.
    pub mode: Option<String>,
    /// Who does it.
    pub actors: Vec<Participant>,
    /// To whom, or with whom.
    pub recipients: Vec<Participant>,
    /// Where.
    pub places: Vec<Participant>,
    /// When.
    pub when: Option<DateInterval>,
    /// Whether the text says that it did not happen.
    pub negated: bool,
    /// What it was done with, to whom, and with what effect, where it is violent.
    pub harm: Harm,
}

/// The modes of events by which parties make a deal, the one that says most first.
pub const DEALS: [&str; 3] = ["peace-agreement", "ceasefire", "agreement"];

impl Event {
    /// Which of the [`DEALS`] it is, if it is one.
    ///
    /// It may be denied, or planned; see [`Event::negated`] and the statement's stance.
    #[must_use]
    pub fn deal(&self) -> Option<&'static str> {
        let mode = self.mode.as_deref()?;
        DEALS.into_iter().find(|deal| *deal == mode)
    }

    /// Whether its actors stand between the recipients, who talk: whatever class it has.
    #[must_use]
    pub fn is_mediation(&self) -> bool {
        self.mode.as_deref() == Some("mediation")
    }
}
