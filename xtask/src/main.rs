//! Development tasks: training, code generation, architecture checks.

mod gazetteer;

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
}

fn main() -> anyhow::Result<()> {
    match Cli::parse().task {
        Task::Gazetteer { packages } => gazetteer::build(&packages),
    }
}

/// The repository's root.
fn root() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}
