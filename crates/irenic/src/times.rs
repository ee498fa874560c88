//! Expressions of time in a document, resolved against its date.

use irenic_language::Analysis;
use irenic_language::times::{Derivation, NamedEvents, TimeContext, explain, times as expressions};
use irenic_model::{Document, Span, TimeExpression};

pub(crate) fn times(
    document: &Document,
    segments: &[Span],
    analysis: &Analysis,
    events: &NamedEvents,
) -> Vec<TimeExpression> {
    expressions(&document.text, segments, &context(document, analysis, events))
}

/// Learns which events a document dates by name; gives its times as they are read where no event is known.
pub(crate) fn learn(
    document: &Document,
    segments: &[Span],
    analysis: &Analysis,
    events: &mut NamedEvents,
) -> Vec<TimeExpression> {
    let found = times(document, segments, analysis, &NamedEvents::default());
    events.learn(&document.text, segments, &found);
    found
}

/// The same, with how each value was derived.
pub(crate) fn explained(
    document: &Document,
    segments: &[Span],
    analysis: &Analysis,
    events: &NamedEvents,
) -> Vec<Derivation> {
    explain(&document.text, segments, &context(document, analysis, events))
}

fn context<'a>(document: &Document, analysis: &'a Analysis, events: &'a NamedEvents) -> TimeContext<'a> {
    TimeContext {
        document_date: document.source.published,
        analysis: Some(analysis),
        events: Some(events).filter(|events| !events.is_empty()),
        ..TimeContext::default()
    }
}
