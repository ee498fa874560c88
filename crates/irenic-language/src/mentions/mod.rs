//! Mentions: who and what a text names, where, and which mentions are of one thing.
//!
//! [`MentionFinder`] marks persons, organisations, locations, nationalities and weapons with a trained labeller over
//! the [`Gazetteer`], the lexicon and the words around, and then gives each mention its name: the document's own
//! abbreviations, surnames after full names, the caller's aliases.

mod abbreviations;
mod aliases;
mod bodies;
mod consistency;
mod finder;
mod gazetteer;
mod heads;
mod labeller;
mod lexicon;
mod naming;
mod people;
mod reference;
mod repair;
mod view;

pub use aliases::{Alias, MentionContext};
pub use finder::MentionFinder;
pub use gazetteer::Entry as GazetteerEntry;
pub use gazetteer::{
    Coordinates, EntryKind, FormatError, Gazetteer, Match, Sense, WordFlags, encode as encode_gazetteer,
    encode_coordinates, fold,
};
pub use heads::name_heads;
pub use labeller::{Example, Labeller, Trainer};
