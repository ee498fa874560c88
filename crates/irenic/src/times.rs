//! Expressions of time in a document, resolved against its date.

use irenic_language::times::{TimeContext, times as expressions};
use irenic_model::{Document, Span, TimeExpression};

pub(crate) fn times(document: &Document, segments: &[Span]) -> Vec<TimeExpression> {
    expressions(&document.text, segments, &TimeContext { document_date: document.source.published })
}
