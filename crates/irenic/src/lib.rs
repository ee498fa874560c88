//! The façade: a folder in, a reconstruction of the conflict's life cycle out.

mod config;

pub use config::{CONFIG_FILE, ConfigError, ConflictConfig, PartyConfig, PlaceConfig, SourceConfig};

mod reconstruction;

pub use reconstruction::{ChronicleEntry, Failure, Reading, Reconstruction};
