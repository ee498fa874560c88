//! The command line of Irenic: thin, it parses, calls the façade and prints.
//!
//! Results go to standard output, all else to standard error. Exit status: 0 done, 1 failed, 2 wrong usage, 3 done,
//! but some sources could not be read.

mod args;
mod backtest;
mod episodes;
mod extract;
mod outlook;
mod output;
mod panels;
mod progress;
mod tables;

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use clap::Parser as _;
use irenic::{Dossier, Options, Reconstruction};

use crate::args::{Cli, Command, Question};

fn main() -> ExitCode {
    match run(&Cli::parse()) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::SomeUnread) => ExitCode::from(3),
        Err(error) if output::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output::say(&format!("irenic: {error:#}"));
            ExitCode::FAILURE
        }
    }
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
        Command::Report { question, output } => {
            let found = reconstruct(question)?;
            report(&found, output.as_deref())?;
            Ok(outcome(&found))
        }
        Command::Timeline(listing) => tables::print(listing, tables::timeline),
        Command::Accounts(listing) => tables::print(listing, tables::accounts),
        Command::Figures(listing) => tables::print(listing, tables::figures),
        Command::Commitments(listing) => tables::print(listing, tables::commitments),
        Command::Framings(listing) => tables::print(listing, tables::framings),
        Command::Stages(listing) => tables::stages(listing),
        Command::Episodes(question) => episodes::run(question),
        Command::Outlook(asked) => outlook::run(asked),
        Command::Backtest(asked) => backtest::run(asked),
    }
}

/// Writes the report as one page, or as a folder of pages where a folder is asked for.
fn report(found: &Reconstruction, output: Option<&Path>) -> Result<()> {
    let Some(path) = output else {
        std::io::stdout().lock().write_all(irenic_report::html::page(found).as_bytes())?;
        return Ok(());
    };
    let is_folder =
        path.is_dir() || path.as_os_str().to_string_lossy().ends_with(['/', std::path::MAIN_SEPARATOR]);
    if !is_folder {
        let bytes: usize = found.readings.iter().map(|reading| reading.document.text.len()).sum();
        if bytes > irenic_report::html::ONE_PAGE_BYTES_MAX {
            output::say(
                "note: the texts are large for one page; `-o FOLDER/` writes a page for each document",
            );
        }
        return write(path, &irenic_report::html::page(found));
    }
    std::fs::create_dir_all(path).with_context(|| format!("{}: cannot be made", path.display()))?;
    irenic_report::html::pages(found).iter().try_for_each(|(name, page)| write(&path.join(name), page))
}

fn write(path: &Path, page: &str) -> Result<()> {
    std::fs::write(path, page).with_context(|| format!("{}: cannot be written", path.display()))
}

/// Reads, reconstructs and names on standard error what could not be read.
pub(crate) fn reconstruct(question: &Question) -> Result<Reconstruction> {
    let bar = progress::Bar::new();
    let dossier = Dossier::open(&question.paths, &bar);
    for note in &dossier.notes {
        output::say(note);
    }
    for failure in &dossier.failures {
        output::say(&failure.message);
    }
    anyhow::ensure!(
        !dossier.is_empty(),
        "no document could be read; give a folder with txt, md, html, pdf or docx files"
    );
    let options = Options { as_of: question.as_of, known_by: question.known_by };
    let found = dossier.reconstruct(options, &bar);
    bar.finish();
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
        found.known_by.is_none() || !found.readings.is_empty() || found.withheld.is_empty(),
        "no source is known to have been published by then"
    );
    Ok(found)
}

pub(crate) fn outcome(found: &Reconstruction) -> Outcome {
    if found.failures.is_empty() { Outcome::Done } else { Outcome::SomeUnread }
}
