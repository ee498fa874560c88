//! Statements on talks to negotiation tracks, proposals, positions, obstacles, needs, spoilers and mandates.
//!
//! Everything keeps its holders: nothing here is the program's own view of who is to blame for what.

mod proposals;
mod topics;
mod tracks;

use irenic_model::{Negotiations, Party};

use crate::SourceView;
use crate::items::{Item, Items};
use crate::sources::Sources;
use crate::who::Names;

/// What the statements of all sources tell of negotiations, with the parties under the names given.
///
/// Without parties every participant counts as one. The order of the documents changes nothing but the numbers by which
/// statements are named.
#[must_use]
pub fn negotiations(sources: &[SourceView<'_>], parties: &[Party]) -> Negotiations {
    let known = Sources::new(sources);
    let items = Items::new(sources, &known);
    let names = Names::of(parties, sources);
    Negotiations {
        tracks: tracks::tracks(&items, &names),
        proposals: proposals::proposals(&items, &names),
        positions: topics::positions(&items, &names),
        obstacles: topics::obstacles(&items),
        needs: topics::needs(&items),
        spoilers: topics::spoilers(&items, &names),
        mandates: topics::mandates(&items),
    }
}

/// The names in order, each once.
pub(crate) fn sorted(mut names: Vec<String>) -> Vec<String> {
    names.sort();
    names.dedup();
    names
}

/// Who says what the statements say, in order of name.
pub(crate) fn holders(items: &[&Item<'_>]) -> Vec<String> {
    sorted(items.iter().map(|item| item.backer().name).collect())
}

#[cfg(test)]
mod tests;
