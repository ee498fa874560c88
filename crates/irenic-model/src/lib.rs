//! The words of the field as types, with their invariants in constructors.
//!
//! Everything else in Irenic is written in these words: a [`Source`] is read to a [`Document`]; from its text come
//! [`Statement`]s, each with a [`Span`], a [`Holder`] and a [`Stance`]; statements about one thing are joined to an
//! [`Account`]; dated [`Evidence`] gives [`StageInterval`]s. These types do not serialise: the wire has its own.

mod account;
mod diagnostic;
mod document;
mod event;
mod extraction;
mod holding;
mod identity;
mod issue;
mod ledger;
mod negotiation;
mod passage;
mod span;
mod stage;
mod statement;
mod time;

pub use jiff;

pub use account::{Account, AccountKind, AccountStatus, Backer, Quantity, StatementRef, Version};
pub use account::{ApartReason, FigureSeries, KeptApart};
pub use diagnostic::{Diagnostic, Severity};
pub use document::{Block, BlockKind, Document, Link, LinkTarget, Source};
pub use event::{ActorRole, DEALS, Effect, Event, EventClass, Harm, Participant};
pub use extraction::{Delegate, Extraction};
pub use holding::{Hold, PlaceHeld};
pub use identity::{SourceHash, StatementId};
pub use issue::{Claim, Incompatibility, Issue, Party, ThirdParty, ThirdPartyRole};
pub use ledger::{Agreement, FulfilmentReport, Implementation, Ledger, Undertaking};
pub use negotiation::{
    Answer, Mandate, Negotiation, NegotiationStep, Negotiations, Position, Proposal, Round, RoundKind, Topic,
    Track,
};
pub use passage::{Attribution, Citation, Framing, FramingMark, Mention, MentionKind};
pub use span::Span;
pub use stage::{ClashScale, Evidence, Observation, Provenance, Reason, Stage, StageCue, StageInterval};
pub use statement::{
    Bound, Characterisation, Commitment, CommitmentStatus, Content, Control, ControlChange, Figure, Holder,
    Stance, Statement, Voice,
};
pub use time::{
    Certainty, DateInterval, Grain, MONTHS, TimeExpression, TimeModifier, TimeType, date_of, day_number,
};
