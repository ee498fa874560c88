//! Whose words stand where.

use irenic_extract::Input;
use irenic_language::Analysis;
use irenic_model::{Attribution, Citation, Document, Framing, Mention, Statement, TimeExpression};

pub(crate) fn attributions(
    document: &Document,
    analysis: &Analysis,
    mentions: &[Mention],
) -> Vec<Attribution> {
    irenic_extract::attribution::attributions(&document.text, analysis, mentions)
}

pub(crate) fn characterisations(input: &Input<'_>) -> Vec<Statement> {
    irenic_extract::framings::characterisations(input)
}

pub(crate) fn framings(input: &Input<'_>) -> Vec<Framing> {
    irenic_extract::framings::framings(input)
}

pub(crate) fn citations(document: &Document, times: &[TimeExpression]) -> Vec<Citation> {
    irenic_extract::citations::citations(document, times)
}
