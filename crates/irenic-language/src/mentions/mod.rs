//! Mentions: who and what a text names.

mod gazetteer;

pub use gazetteer::Entry as GazetteerEntry;
pub use gazetteer::{
    EntryKind, FormatError, Gazetteer, Match, Sense, WordFlags, encode as encode_gazetteer, fold,
};
