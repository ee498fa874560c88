//! What every extractor reads: a document with what language analysis made of it.

use irenic_language::Analysis;
use irenic_model::{Attribution, Document, Mention, TimeExpression};

/// A document, its analysis, and what was found in it before; borrowed for the time of one extraction.
///
/// All lists are in text order and all spans are of `document.text`.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The document.
    pub document: &'a Document,
    /// Its tokens, sentences and trees.
    pub analysis: &'a Analysis,
    /// Named things in it.
    pub mentions: &'a [Mention],
    /// Expressions of time in it.
    pub times: &'a [TimeExpression],
    /// Who passes on whose words in it.
    pub attributions: &'a [Attribution],
}
