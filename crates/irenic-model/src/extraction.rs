//! What extraction makes of one document.

use crate::{
    Attribution, Citation, Diagnostic, Event, Figure, Framing, Mention, Negotiation, Participant, Span,
    StageCue, Statement, TimeExpression,
    statement::{Characterisation, Commitment, Content, Control},
};

/// Everything that was found in one document; each list in text order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extraction {
    /// The document's language, as an ISO 639-1 code.
    pub language: String,
    /// Expressions of time.
    pub times: Vec<TimeExpression>,
    /// Named things.
    pub mentions: Vec<Mention>,
    /// Who sits at a table for whom.
    pub delegates: Vec<Delegate>,
    /// Who stand side by side or against each other: "the war between Norland and the Hill Army".
    pub sides: Vec<[Participant; 2]>,
    /// Who passes on whose words.
    pub attributions: Vec<Attribution>,
    /// Statements of every kind.
    pub statements: Vec<Statement>,
    /// Holders' own terms.
    pub framings: Vec<Framing>,
    /// Citations.
    pub citations: Vec<Citation>,
    /// Words from which a stage can be told.
    pub stage_cues: Vec<StageCue>,
    /// The sentences' spans: for passages from which nothing was taken, and for counts of words.
    pub sentences: Vec<Span>,
    /// What extraction had to say.
    pub diagnostics: Vec<Diagnostic>,
}

macro_rules! of_kind {
    ($(#[$doc:meta])* $name:ident, $variant:ident, $content:ty) => {
        $(#[$doc])*
        pub fn $name(&self) -> impl Iterator<Item = (&Statement, &$content)> {
            self.statements.iter().filter_map(|statement| match &statement.content {
                Content::$variant(content) => Some((statement, content)),
                _ => None,
            })
        }
    };
}

/// A person whom the document tells to lead or to speak for a body: "the front's chairman, Otto Brandt".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delegate {
    /// The person's name as its mention has it.
    pub person: String,
    /// The body, or the government.
    pub body: Participant,
}

impl Extraction {
    of_kind!(
        /// The statements about events, in text order.
        events, Event, Event
    );
    of_kind!(
        /// The statements with figures, in text order.
        figures, Figure, Figure
    );
    of_kind!(
        /// The statements about commitments, in text order.
        commitments, Commitment, Commitment
    );
    of_kind!(
        /// The statements that characterise someone or something, in text order.
        characterisations, Characterisation, Characterisation
    );
    of_kind!(
        /// The statements on who holds a place, in text order.
        controls, Control, Control
    );
    of_kind!(
        /// The statements on negotiations, in text order.
        negotiations, Negotiation, Negotiation
    );
}
