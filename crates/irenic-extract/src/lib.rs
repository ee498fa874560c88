//! Statements from documents: events, figures, attributions, commitments, control, negotiations,
//! framings and citations.

pub mod attribution;
pub mod citations;
pub mod commitments;
pub mod control;
pub mod events;
pub mod figures;
mod frames;
pub mod framings;
pub mod incidents;
mod input;
mod lexicon;
pub mod negotiations;
#[cfg(test)]
mod reading;
pub mod stagecues;
mod trees;
pub mod voice;
mod words;

pub use input::Input;
