//! Statements to accounts: the same thing joined, rival versions told apart.

use irenic_model::{Account, Extraction, Source};

/// One document's source and what was extracted from it.
///
/// A document's number in an account ([`StatementRef::document`](irenic_model::StatementRef)) is its place in the
/// slice given to [`reconcile`].
#[derive(Clone, Copy, Debug)]
pub struct SourceView<'a> {
    /// Where it comes from: publisher, author and side decide what counts as independent.
    pub source: &'a Source,
    /// What it says.
    pub extraction: &'a Extraction,
}

/// Joins the statements of all sources to accounts, in order of time and place.
#[must_use]
pub fn reconcile(sources: &[SourceView<'_>]) -> Vec<Account> {
    let _ = sources;
    Vec::new()
}
