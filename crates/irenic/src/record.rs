//! The world's record beside the documents: episodes of armed conflict from tables, held against UCDP's own.

mod activity;
mod check;
mod episodes;

pub use activity::{ActiveYear, Activity, EpisodeError};
pub use check::{Check, Difference, DifferenceKind};
pub use episodes::{EpisodeConfig, RecordEpisode, RecordEpisodes};
