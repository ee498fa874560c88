//! The command line of Irenic: thin, it parses, calls the façade and prints.
//!
//! Results go to standard output, all else to standard error. Exit status: 0 done, 1 failed, 2 wrong usage, 3 done,
//! but some sources could not be read.

mod active;
mod args;
mod backtest;
mod data;
mod episodes;
mod explain;
mod extract;
mod help;
mod negotiations;
mod outlook;
mod output;
mod panels;
mod progress;
mod report;
mod tables;

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use clap::Parser as _;
use clap::error::ErrorKind;
use irenic::{Dossier, Options, Reconstruction};

use crate::args::{Cli, Command, ExportFormat, Question};

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return usage(&error),
    };
    match run(&cli) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::SomeUnread) => ExitCode::from(3),
        Err(error) if output::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output::say(&format!("irenic: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

/// Tells what was wrong with the command line, and what was likely meant where a folder stands in a command's place.
fn usage(error: &clap::Error) -> ExitCode {
    let _ = error.print();
    let first = std::env::args().nth(1).unwrap_or_default();
    if error.kind() == ErrorKind::InvalidSubcommand && Path::new(&first).exists() {
        output::say(&format!("\nTo write a report on it: irenic report {first} -o report.html"));
    }
    u8::try_from(error.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from)
}

/// How a command ended.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Done,
    SomeUnread,
}

fn run(cli: &Cli) -> Result<Outcome> {
    match &cli.command {
        Command::Extract { paths, format, with_text } => extract::run(paths, *format, *with_text),
        Command::Explain(explained) => explain::run(explained),
        Command::Report { question, output } => report::run(question, output.as_deref()),
        Command::Timeline(listing) => tables::print(listing, tables::timeline),
        Command::Accounts(listing) => tables::print(listing, tables::accounts),
        Command::Figures(listing) => tables::print(listing, tables::figures),
        Command::Commitments(listing) => negotiations::commitments(listing),
        Command::Framings(listing) => tables::print(listing, tables::framings),
        Command::Control(listing) => negotiations::control(listing),
        Command::Tracks(listing) => negotiations::tracks(listing),
        Command::Stages(listing) => tables::stages(listing),
        Command::Export { question, format } => {
            let found = reconstruct(question)?;
            let ExportFormat::Hxl = format;
            std::io::stdout().lock().write_all(irenic_report::hxl::table(&found).as_bytes())?;
            Ok(outcome(&found))
        }
        Command::Episodes(question) => episodes::run(question),
        Command::Outlook(asked) => outlook::run(asked),
        Command::Backtest(asked) => backtest::run(asked),
        Command::Data { command } => data::run(command),
    }
}

/// What is said where there is nothing to work on.
pub(crate) const NOTHING_READ: &str =
    "no document could be read; give a folder with txt, md, html, pdf or docx files that hold text";

/// Reads, reconstructs and names on standard error what could not be read.
pub(crate) fn reconstruct(question: &Question) -> Result<Reconstruction> {
    let bar = progress::Bar::new();
    let dossier = Dossier::open(&question.paths, &bar);
    bar.aside(|| {
        dossier.notes.iter().for_each(|note| output::say(note));
        dossier.failures.iter().for_each(|failure| output::say(&failure.message));
    });
    anyhow::ensure!(!dossier.is_empty(), "{NOTHING_READ}");
    let options = Options { as_of: question.as_of, known_by: question.known_by };
    let found = dossier.reconstruct(options, &bar);
    bar.finish();
    found.notes.iter().for_each(|note| output::say(note));
    for withheld in &found.withheld {
        output::say(&match withheld.published {
            Some(day) => format!("note: {}: was published on {day} and is left out", withheld.file),
            None => format!(
                "note: {}: has no date of publication and is left out; give it one in conflict.toml",
                withheld.file
            ),
        });
    }
    anyhow::ensure!(
        found.known_by.is_none() || has_sources(&found) || found.withheld.is_empty(),
        "no source is known to have been published by then"
    );
    Ok(found)
}

/// Whether anything was left to reconstruct from.
fn has_sources(found: &Reconstruction) -> bool {
    !found.readings.is_empty() || !found.tables.is_empty() || !found.table_figures.is_empty()
}

pub(crate) fn outcome(found: &Reconstruction) -> Outcome {
    if found.failures.is_empty() { Outcome::Done } else { Outcome::SomeUnread }
}
