//! Negotiations: what a statement tells of them, and the tracks that statements make together.

use crate::{DateInterval, Participant, StatementRef};

/// What a statement tells of a negotiation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NegotiationStep {
    /// One stands between the parties, hosts them or chairs their talks.
    Mediated,
    /// Talks stopped without a result, or were put off.
    BrokenOff,
    /// Talks went on after a break.
    Resumed,
    /// One put a proposal forward.
    Proposed,
    /// One took a proposal up.
    Accepted,
    /// One turned a proposal down.
    Rejected,
    /// One asks for something as a condition of an agreement.
    Demanded,
    /// One will not have something.
    Refused,
    /// A holder names what keeps the parties from agreeing.
    Obstacle,
    /// A holder names what a settlement needs.
    Need,
    /// One is said to spoil talks, a process or an agreement.
    Spoiler,
    /// A third party's mandate or its term.
    Mandate,
    /// The sides met, or talks were held, on a day that the words give.
    Met,
    /// The sides signed or agreed something on a day that the words give.
    Signed,
}

impl NegotiationStep {
    /// Every step, in the order of this type.
    pub const ALL: [Self; 14] = [
        Self::Mediated,
        Self::BrokenOff,
        Self::Resumed,
        Self::Proposed,
        Self::Accepted,
        Self::Rejected,
        Self::Demanded,
        Self::Refused,
        Self::Obstacle,
        Self::Need,
        Self::Spoiler,
        Self::Mandate,
        Self::Met,
        Self::Signed,
    ];

    /// The name in rules and tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mediated => "mediated",
            Self::BrokenOff => "broken-off",
            Self::Resumed => "resumed",
            Self::Proposed => "proposed",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Demanded => "demanded",
            Self::Refused => "refused",
            Self::Obstacle => "obstacle",
            Self::Need => "need",
            Self::Spoiler => "spoiler",
            Self::Mandate => "mandate",
            Self::Met => "met",
            Self::Signed => "signed",
        }
    }

    /// The step of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.name() == name)
    }
}

/// What a statement tells of a negotiation beside the meetings and signings that events tell of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Negotiation {
    /// What it tells.
    pub step: NegotiationStep,
    /// Who mediates, proposes, accepts, demands, is said to spoil, or has the mandate.
    pub who: Vec<Participant>,
    /// Between whom, to whom.
    pub whom: Vec<Participant>,
    /// What is proposed, demanded, named as an obstacle or needed, in the words of the text.
    pub what: Option<String>,
    /// Of a meeting or a signing: where.
    pub places: Vec<Participant>,
    /// When.
    pub when: Option<DateInterval>,
    /// Of a mandate: the day it ends, where the text says or lets it be counted.
    pub until: Option<DateInterval>,
}

/// All that the statements of a dossier tell of its negotiations.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Negotiations {
    /// Who talks with whom, each track with its meetings in order of time; the longest track first.
    pub tracks: Vec<Track>,
    /// Proposals and what became of them, in order of time.
    pub proposals: Vec<Proposal>,
    /// What each party demands and refuses, by party.
    pub positions: Vec<Position>,
    /// What holders name as keeping the parties from agreeing, the one that most sources name first.
    pub obstacles: Vec<Topic>,
    /// What holders say a settlement needs.
    pub needs: Vec<Topic>,
    /// Who is said to spoil talks or agreements, and by whom.
    pub spoilers: Vec<Topic>,
    /// Third parties' mandates and terms, in order of time.
    pub mandates: Vec<Mandate>,
}

impl Negotiations {
    /// Whether the statements tell nothing of negotiations.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tracks.is_empty()
            && self.proposals.is_empty()
            && self.positions.is_empty()
            && self.obstacles.is_empty()
            && self.needs.is_empty()
            && self.spoilers.is_empty()
            && self.mandates.is_empty()
    }
}

/// The talks between the same parties.
#[derive(Clone, Debug, PartialEq)]
pub struct Track {
    /// Who talks with whom, in order of name; at least one.
    pub parties: Vec<String>,
    /// Who stands between them in any of the meetings, in order of name.
    pub mediators: Vec<String>,
    /// The meetings and turns in order of time; those without a date last.
    pub rounds: Vec<Round>,
}

/// What a round was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RoundKind {
    /// They met, spoke or corresponded.
    Talks,
    /// They signed or announced an agreement.
    Agreement,
    /// The talks broke off.
    BrokenOff,
    /// The talks were taken up again.
    Resumed,
    /// They are to meet.
    Planned,
}

impl RoundKind {
    /// The name in tables and reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Talks => "talks",
            Self::Agreement => "agreement",
            Self::BrokenOff => "broken off",
            Self::Resumed => "resumed",
            Self::Planned => "planned",
        }
    }
}

/// One meeting or turn of a track.
#[derive(Clone, Debug, PartialEq)]
pub struct Round {
    /// What it was.
    pub kind: RoundKind,
    /// When.
    pub when: Option<DateInterval>,
    /// Where.
    pub places: Vec<String>,
    /// Who stood between the parties.
    pub mediators: Vec<String>,
    /// Whether its words name the parties. Where they do not ("the two sides met"), the track is that of those who were told of
    /// around it, or who fight each other.
    pub named: bool,
    /// Who else is said to have been there.
    pub others: Vec<String>,
    /// Who says so: the speakers or publishers, in order of name, each once.
    pub holders: Vec<String>,
    /// The statements, in order of document and place.
    pub statements: Vec<StatementRef>,
}

/// A proposal and what became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// Who made it.
    pub by: Vec<String>,
    /// What, in the words of the text.
    pub what: String,
    /// When.
    pub when: Option<DateInterval>,
    /// Who took it up and who turned it down, in order of document and place.
    pub answers: Vec<Answer>,
    /// Who tells of the proposal.
    pub holders: Vec<String>,
    /// The statements that tell of it.
    pub statements: Vec<StatementRef>,
}

/// What one did with a proposal.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Who.
    pub by: String,
    /// Whether it was taken up.
    pub accepted: bool,
    /// Who says so.
    pub holder: String,
    /// The statement.
    pub statement: StatementRef,
}

/// What a party demands and refuses.
#[derive(Clone, Debug, PartialEq)]
pub struct Position {
    /// The party.
    pub party: String,
    /// What it asks for, in order of document and place.
    pub demands: Vec<Topic>,
    /// What it will not have.
    pub refusals: Vec<Topic>,
}

/// A matter in the words of the texts, with who says it.
#[derive(Clone, Debug, PartialEq)]
pub struct Topic {
    /// What it is: the words of the first statement.
    pub what: String,
    /// Who says so.
    pub holders: Vec<String>,
    /// The statements.
    pub statements: Vec<StatementRef>,
}

/// A third party's mandate, as one or more statements tell of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Mandate {
    /// Who has it.
    pub third_party: String,
    /// What it is to do, or what was decided on it, in the words of the text.
    pub what: String,
    /// From when.
    pub when: Option<DateInterval>,
    /// Its last day.
    pub until: Option<DateInterval>,
    /// Who says so.
    pub holders: Vec<String>,
    /// The statements.
    pub statements: Vec<StatementRef>,
}
