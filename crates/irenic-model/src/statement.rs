//! Statements: one assertion in a source, who holds it, and how.

use crate::{DateInterval, Event, Negotiation, NegotiationStep, Participant, Span, StatementId};

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

    /// The words before a number in prose, the space behind them included; none where it is exact.
    #[must_use]
    pub const fn before_number(self) -> &'static str {
        match self {
            Self::Exact => "",
            Self::About => "about ",
            Self::AtLeast => "at least ",
            Self::AtMost => "at most ",
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

    /// Who is told to stand between the sides of talks; nobody where it tells of something else.
    #[must_use]
    pub fn mediators(&self) -> &[Participant] {
        match self {
            Self::Event(event) if event.is_mediation() && !event.negated => &event.actors,
            Self::Negotiation(told) if told.step == NegotiationStep::Mediated => &told.who,
            _ => &[],
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
