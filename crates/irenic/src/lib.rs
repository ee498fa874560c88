//! The façade: a folder in, a reconstruction of the conflict's life cycle out.

mod config;
mod dossier;
mod engine;
mod parties;

pub use config::{CONFIG_FILE, ConfigError, ConflictConfig, PartyConfig, PlaceConfig, SourceConfig};

mod reconstruction;
mod times;
mod voices;

pub use dossier::{Dossier, Options, Progress, document_of_text};
pub use engine::{Engine, Knowledge};
pub use reconstruction::{ChronicleEntry, Failure, Reading, Reconstruction};
