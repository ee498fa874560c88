//! Statements from documents: events, figures, attributions, commitments, framings and citations.

pub mod attribution;
pub mod citations;
pub mod commitments;
pub mod events;
pub mod figures;
pub mod framings;
pub mod incidents;
mod input;
pub mod stagecues;
pub mod voice;
mod words;

pub use input::Input;
