//! The world's record beside the documents: episodes of armed conflict from tables, held against UCDP's own.

mod activity;
mod check;
mod episodes;
mod humanitarian;
mod stages;
mod tables;

pub use activity::{ActiveYear, Activity, EpisodeError};
pub use check::{Check, Difference, DifferenceKind};
pub use episodes::{EpisodeConfig, RecordEpisode, RecordEpisodes};
pub use humanitarian::TableFigure;
pub(crate) use humanitarian::{read_figures, told_twice};
pub use stages::{RecordStage, RecordStages};
pub use tables::TableUse;
pub(crate) use tables::{TablesRead, read as read_tables};
