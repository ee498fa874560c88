//! Development tasks: training, code generation, architecture checks.

#![allow(clippy::print_stderr, reason = "a development tool says how it goes on")]

mod attribution;
mod floors;
mod gazetteer;
mod incidents;
mod map;
mod mentions;
mod outlook;
mod parser;
mod schema;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(about = "Development tasks")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Builds models/gazetteer/gazetteer.bin from unpacked packages; its README names them.
    Gazetteer {
        /// The folder with the packages, each unpacked into a folder of its own.
        packages: PathBuf,
    },
    /// Writes models/map/countries.json from unpacked packages; its README names them.
    Map {
        /// The folder with the packages, each unpacked into a folder of its own.
        packages: PathBuf,
    },
    /// Measures the checks in crates/fieldtest/floors.toml and writes the figures there.
    Floors {
        /// Names of checks; all if none is given.
        names: Vec<String>,
        /// Write figures that fell too.
        #[arg(long)]
        lower: bool,
    },
    /// Writes the records of the outlook to `models/outlook/`.
    Outlook {
        /// The folder with UCDP's termination files of both levels.
        data: PathBuf,
    },
    /// Writes the JSON Schemas of the wire to `schema/`.
    Schema,
    /// Trains a model and writes it to `models/`.
    #[command(subcommand)]
    Train(Train),
}

#[derive(Subcommand)]
enum Train {
    /// The model of attributions.
    Attribution(attribution::Args),
    /// The labeller of mentions.
    Mentions {
        /// Annotated documents, one JSON object a line.
        gold: PathBuf,
    },
    /// The model of incidents.
    Incidents(incidents::Args),
    /// The second reader of incidents, from weights that PyTorch has trained.
    Reader(incidents::ReaderArgs),
    Parser(parser::Args),
}

fn main() -> anyhow::Result<()> {
    match Cli::parse().task {
        Task::Gazetteer { packages } => gazetteer::build(&packages),
        Task::Map { packages } => map::build(&packages),
        Task::Outlook { data } => outlook::write(&data),
        Task::Schema => schema::write(),
        Task::Floors { names, lower } => floors::write(&names, lower),
        Task::Train(Train::Attribution(args)) => attribution::run(&args),
        Task::Train(Train::Incidents(args)) => incidents::train(&args),
        Task::Train(Train::Reader(args)) => incidents::reader(&args),
        Task::Train(Train::Parser(args)) => parser::run(&args),
        Task::Train(Train::Mentions { gold }) => mentions::train(&gold),
    }
}

/// The repository's root.
fn root() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}
