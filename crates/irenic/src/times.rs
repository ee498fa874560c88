//! Expressions of time in a document, resolved against its date.

use irenic_language::Analysis;
use irenic_language::times::{TimeContext, times as expressions};
use irenic_model::{Document, Span, TimeExpression};

pub(crate) fn times(document: &Document, segments: &[Span], analysis: &Analysis) -> Vec<TimeExpression> {
    let context = TimeContext {
        document_date: document.source.published,
        analysis: Some(analysis),
        ..TimeContext::default()
    };
    expressions(&document.text, segments, &context)
}
