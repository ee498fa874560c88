//! Commitments: who owes what to whom by when, and what became of it.

use irenic_model::Statement;

use crate::Input;

/// The commitments of a document, in text order: each a statement whose content is a commitment.
#[must_use]
pub fn commitments(input: &Input<'_>) -> Vec<Statement> {
    let _ = input;
    Vec::new()
}
