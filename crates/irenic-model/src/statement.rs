//! Statements: one assertion in a source, who holds it, and how.

use crate::{DateInterval, Negotiation, Span, StatementId};

/// How a holder puts a thing forward.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stance {
    /// Said in the holder's own voice.
    Asserted,
    /// Passed on from another.
    Reported,
    /// Put forward as a claim against another, or with the reporter's doubt.
    Alleged,
    /// Said not to be so.
    Denied,
    /// Asked or insisted that it be done.
    Demanded,
    /// Undertaken.
    Promised,
    /// Foreseen or scheduled.
    Planned,
    /// Under a condition, a possibility, a question.
    Hypothetical,
}

impl Stance {
    /// Every stance, in the order of this type.
    pub const ALL: [Self; 8] = [
        Self::Asserted,
        Self::Reported,
        Self::Alleged,
        Self::Denied,
        Self::Demanded,
        Self::Promised,
        Self::Planned,
        Self::Hypothetical,
    ];

    /// The name on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Asserted => "asserted",
            Self::Reported => "reported",
            Self::Alleged => "alleged",
            Self::Denied => "denied",
            Self::Demanded => "demanded",
            Self::Promised => "promised",
            Self::Planned => "planned",
            Self::Hypothetical => "hypothetical",
        }
    }

    /// The stance of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stance| stance.name() == name)
    }

    /// Whether the holder says that the thing has happened or is so (alone, through another, or as a claim).
    #[must_use]
    pub const fn is_factual(self) -> bool {
        matches!(self, Self::Asserted | Self::Reported | Self::Alleged)
    }
}

/// One voice in the chain from the author to the speaker.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Voice {
    /// The name in its canonical form, or the words of the text where there is no name ("witnesses").
    pub name: String,
    /// Where the voice stands in the text.
    pub span: Option<Span>,
}

/// Who says a thing, other than the author: the voices nested as deep as the text nests, outermost first.
///
/// "The ministry said that villagers had told it ..." has the chain ministry, villagers.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Holder {
    chain: Vec<Voice>,
}

impl Holder {
    /// A holder from its voices, outermost first; `None` where there is no voice (the author speaks).
    #[must_use]
    pub fn new(chain: Vec<Voice>) -> Option<Self> {
        (!chain.is_empty()).then_some(Self { chain })
    }

    /// The voices, outermost first; never empty.
    #[must_use]
    pub fn chain(&self) -> &[Voice] {
        &self.chain
    }

    /// The outermost voice's name: who answers for the statement in this text.
    #[must_use]
    pub fn name(&self) -> &str {
        self.chain.first().map_or("", |voice| &voice.name)
    }

    /// The innermost voice's name: who is said to have said it first.
    #[must_use]
    pub fn speaker(&self) -> &str {
        self.chain.last().map_or("", |voice| &voice.name)
    }
}

/// What kind of thing a mention names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MentionKind {
    /// A person.
    Person,
    /// An organisation, a government, an armed group.
    Organisation,
    /// A place.
    Location,
    /// A people or a country's adjective.
    Nationality,
    /// A weapon.
    Weapon,
    /// Any other named thing: an agreement, a war, a resolution.
    Other,
}

impl MentionKind {
    /// The name on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
            Self::Location => "location",
            Self::Nationality => "nationality",
            Self::Weapon => "weapon",
            Self::Other => "other",
        }
    }
}

/// A named thing where it stands in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: MentionKind,
    /// Its canonical form: the same for every mention of one thing in a document.
    pub name: String,
    /// ISO 3166 alpha-3 code of the country it belongs to, where one is known.
    pub country: Option<String>,
    /// The other name of a place that has two, or a title that the text gives a person.
    pub note: Option<String>,
}

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

/// How a stated number bounds the true one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bound {
    /// "23".
    Exact,
    /// "around 23".
    About,
    /// "more than 23", "at least 23".
    AtLeast,
    /// "up to 23", "fewer than 23".
    AtMost,
}

impl Bound {
    /// The name on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::About => "about",
            Self::AtLeast => "at_least",
            Self::AtMost => "at_most",
        }
    }
}

/// A quantity that a source states.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The value, or the lower end of a range, in base units (a fifth is 0.2, "1.5 million" is 1500000).
    pub value: f64,
    /// The upper end of a range.
    pub upper: Option<f64>,
    /// How the value bounds the truth.
    pub bound: Bound,
    /// The unit: `person`, `tonne`, `share`, `USD`, `km2`, `hectare`, `household`, ...
    pub unit: String,
    /// What is counted: `killed`, `injured`, `missing`, `displaced`, `detained`, `returned`, `remaining`, `affected`,
    /// `troops`, or the goods' name.
    pub counts: Option<String>,
    /// Of whom or of what, in the words of the text: "Karabakh Armenians", "children".
    pub group: Option<String>,
    /// The period that the figure covers.
    pub period: Option<DateInterval>,
    /// The figure that this one breaks down.
    pub part_of: Option<StatementId>,
}

/// What someone owes to someone by a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commitment {
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
    /// When it was undertaken.
    pub made: Option<DateInterval>,
    /// What became of it, where this statement is about its fulfilment.
    pub status: CommitmentStatus,
}

/// What a statement says of a commitment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CommitmentStatus {
    /// It is undertaken, ordered or demanded.
    Undertaken,
    /// It is carried out, wholly.
    Fulfilled,
    /// It is carried out in part, or being carried out.
    Partial,
    /// It is not carried out, or broken.
    Breached,
}

impl CommitmentStatus {
    /// The name in tables and reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Undertaken => "undertaken",
            Self::Fulfilled => "fulfilled",
            Self::Partial => "partial",
            Self::Breached => "breached",
        }
    }
}

/// What a holder calls or accuses another of being.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Characterisation {
    /// Of whom or of what.
    pub subject: String,
    /// The holder's words for it.
    pub term: String,
}

/// What a statement says.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// An event.
    Event(Event),
    /// A figure.
    Figure(Figure),
    /// A commitment, or what became of one.
    Commitment(Commitment),
    /// A characterisation.
    Characterisation(Characterisation),
    /// Who holds a place.
    Control(Control),
    /// What is told of a negotiation.
    Negotiation(Negotiation),
}

impl Content {
    /// The kind of content, which is part of a statement's identity.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Event(_) => "event",
            Self::Figure(_) => "figure",
            Self::Commitment(_) => "commitment",
            Self::Characterisation(_) => "characterisation",
            Self::Control(_) => "control",
            Self::Negotiation(_) => "negotiation",
        }
    }
}

/// Who holds a place, from when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Control {
    /// The place.
    pub place: Participant,
    /// Who holds it.
    pub by: Participant,
    /// How it came to be so.
    pub change: ControlChange,
    /// When.
    pub when: Option<DateInterval>,
}

/// How control of a place changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ControlChange {
    /// The party took it.
    Gained,
    /// The party left or lost it.
    Lost,
    /// The party is said to hold it.
    Held,
}

impl ControlChange {
    /// The name in tables and reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Gained => "gained",
            Self::Lost => "lost",
            Self::Held => "held",
        }
    }
}

/// One assertion in a source.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// The hash of source, span and kind of content.
    pub id: StatementId,
    /// The words it rests on.
    pub span: Span,
    /// Who says it; `None` where the author does.
    pub holder: Option<Holder>,
    /// How it is put forward.
    pub stance: Stance,
    /// What it says.
    pub content: Content,
}

/// A passage in which the author passes on what another says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribution {
    /// Who says it, in the text; empty where the source is left out.
    pub source: Vec<Span>,
    /// The words that mark the saying; may be empty.
    pub cue: Vec<Span>,
    /// What is said.
    pub content: Vec<Span>,
    /// Who says it, as names.
    pub holder: Option<Holder>,
    /// How.
    pub stance: Stance,
}

impl Attribution {
    /// Whether the byte range lies in what is said.
    #[must_use]
    pub fn covers(&self, span: Span) -> bool {
        self.content.iter().any(|content| content.contains(span))
    }
}

/// How a holder's own term shows itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FramingMark {
    /// "so-called".
    SoCalled,
    /// Quotation marks that keep a term at arm's length.
    ScareQuotes,
    /// "alleged", "purported".
    Alleged,
    /// A term that itself takes a side: "occupation", "liberation", "terrorists".
    Loaded,
}

impl FramingMark {
    /// The name on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SoCalled => "so-called",
            Self::ScareQuotes => "scare-quotes",
            Self::Alleged => "alleged",
            Self::Loaded => "loaded",
        }
    }
}

/// A holder's own term for a thing that others call otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Framing {
    /// Where it stands.
    pub span: Span,
    /// The term.
    pub term: String,
    /// What it is used of, where the text tells.
    pub of: Option<String>,
    /// Who uses it; `None` where the author does.
    pub holder: Option<Holder>,
    /// How it shows itself.
    pub mark: FramingMark,
}

/// A citation: a mark in the body, and the note it leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// Where the mark stands in the body.
    pub span: Span,
    /// The mark as printed.
    pub marker: String,
    /// The note.
    pub note: Option<Span>,
    /// The cited work's title.
    pub title: Option<String>,
    /// Its publisher.
    pub publisher: Option<String>,
    /// Its date.
    pub date: Option<DateInterval>,
    /// Its address.
    pub url: Option<String>,
}
