//! Statements to accounts: the same thing joined, rival versions told apart.
//!
//! [`reconcile`] puts the statements of all documents into clusters, each about one event, figure, commitment or place
//! held, and parts each cluster into versions that agree with themselves. Rival versions stay side by side; none is
//! dropped and none is averaged. Statements meet only inside small buckets (what is counted, class, month), so the work
//! grows with the number of statements, not with its square.

mod bodies;
mod cluster;
mod commitments;
mod compared;
mod control;
mod events;
mod figures;
mod holdings;
mod items;
mod ledger;
mod names;
mod negotiations;
#[cfg(test)]
mod papers;
mod rules;
mod sources;
#[cfg(test)]
mod tests;
mod versions;
mod who;
mod wording;

pub use compared::{kept_apart, revisions};
pub use holdings::holdings;
pub use ledger::ledger;
pub use names::speaker_key;
pub use negotiations::negotiations;

use irenic_model::{Account, Extraction, Source};

use crate::items::Items;
use crate::sources::Sources;

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

/// Joins the statements of all sources to accounts, in order of kind, time and heading.
///
/// An account is agreed where statements of more than one independent source support it and none contradicts it, and
/// contested where different speakers say what cannot all be so. Documents of one publisher count as one source, as
/// do copies of one text and reports of one speaker's words. The order of the documents changes nothing but the
/// numbers by which statements are named.
#[must_use]
pub fn reconcile(sources: &[SourceView<'_>]) -> Vec<Account> {
    let known = Sources::new(sources);
    let items = Items::new(sources, &known);
    let mut accounts = figures::accounts(&items);
    accounts.extend(events::accounts(&items));
    accounts.extend(commitments::accounts(&items));
    accounts.extend(control::accounts(&items));
    // The sort is stable, and each list comes in an order that does not depend on the order of the documents.
    accounts.sort_by(|a, b| {
        let key = |account: &Account| (account.kind, account.when.map(|when| (when.from(), when.until())));
        key(a).cmp(&key(b)).then_with(|| a.heading.cmp(&b.heading))
    });
    accounts
}
