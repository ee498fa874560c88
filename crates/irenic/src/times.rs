//! Expressions of time in a document, resolved against its date.

use irenic_language::Analysis;
use irenic_language::times::{Derivation, TimeContext, explain, times as expressions};
use irenic_model::{Document, Span, TimeExpression};

pub(crate) fn times(document: &Document, segments: &[Span], analysis: &Analysis) -> Vec<TimeExpression> {
    expressions(&document.text, segments, &context(document, analysis))
}

/// The same, with how each value was derived.
pub(crate) fn explained(document: &Document, segments: &[Span], analysis: &Analysis) -> Vec<Derivation> {
    explain(&document.text, segments, &context(document, analysis))
}

fn context<'a>(document: &Document, analysis: &'a Analysis) -> TimeContext<'a> {
    TimeContext {
        document_date: document.source.published,
        analysis: Some(analysis),
        ..TimeContext::default()
    }
}
