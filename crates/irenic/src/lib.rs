//! The façade: a folder in, a reconstruction of the conflict's life cycle out.

mod config;
mod dossier;
mod engine;
mod foreign;
mod issue;
mod outside_deals;
mod parties;
mod party_names;

pub use config::{CONFIG_FILE, ConfigError, ConflictConfig, PartyConfig, PlaceConfig, SourceConfig};

mod outlook;
mod places;
mod reconstruction;
mod record;
mod sides;
mod times;
mod voices;

pub use dossier::{Dossier, Options, Progress, document_of_text};
pub use engine::{Engine, Knowledge};
pub use irenic_cycle::{ModelName, StageModel};
pub use irenic_language::mentions::Coordinates;
pub use irenic_language::times::{
    Derivation as TimeDerivation, Reference as TimeReference, Tense as TimeTense,
};
pub use irenic_outlook as world_record;
pub use irenic_outlook::Record as OutlookRecord;
pub use irenic_records::{
    Level, Mapping, Panel, PanelConfig, PanelRow, PanelUnit, Period, Problems, RecordsError, Table,
    TerminationYear, panel, read,
};
pub use outlook::{active_question_of_record, question_of_record};
pub use reconstruction::{ChronicleEntry, Failure, Reading, Reconstruction, Withheld};
pub use record::{
    ActiveYear, Activity, Check, Difference, DifferenceKind, EpisodeConfig, EpisodeError, RecordEpisode,
    RecordEpisodes, RecordStage, RecordStages, TableFigure, TableUse,
};
