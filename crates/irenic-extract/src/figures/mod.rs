//! Figures: the quantities that a text states, as typed values with bounds, groups and periods.

use irenic_model::Statement;

use crate::Input;

/// The figures of a document, in text order: each a statement whose content is a figure.
#[must_use]
pub fn figures(input: &Input<'_>) -> Vec<Statement> {
    let _ = input;
    Vec::new()
}
