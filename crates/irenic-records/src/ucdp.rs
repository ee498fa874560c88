//! The Uppsala Conflict Data Program's tables.

mod conflict_years;
mod termination;
mod vocabulary;

pub use conflict_years::ConflictYear;
pub use termination::TerminationYear;
pub use vocabulary::{ConflictType, Incompatibility, Intensity, Outcome};
