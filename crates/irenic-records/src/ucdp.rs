//! The Uppsala Conflict Data Program's tables.

mod agreements;
mod battle_deaths;
mod conflict_years;
mod ged;
mod termination;
mod vocabulary;

pub use agreements::PeaceAgreement;
pub use battle_deaths::BattleDeaths;
pub use conflict_years::ConflictYear;
pub use ged::GedEvent;
pub use termination::TerminationYear;
pub use vocabulary::{AgreementKind, ConflictType, Intensity, Outcome, ViolenceType};
