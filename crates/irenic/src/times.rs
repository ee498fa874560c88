//! Expressions of time in a document, resolved against its date.

use irenic_model::{Document, Span, TimeExpression};

use crate::Knowledge;

pub(crate) fn times(document: &Document, segments: &[Span], knowledge: &Knowledge) -> Vec<TimeExpression> {
    let _ = (document, segments, knowledge);
    Vec::new()
}
