//! The command line of Irenic: thin, it parses, calls the façade and prints.
//!
//! Results go to standard output, all else to standard error. Exit status: 0 done, 1 failed, 2 wrong usage, 3 done,
//! but some sources could not be read.

mod args;
mod episodes;
mod extract;
mod output;
mod panels;
mod progress;
mod tables;

use std::io::Write as _;
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
            let page = irenic_report::html::page(&found);
            match output {
                Some(path) => std::fs::write(path, page)
                    .with_context(|| format!("{}: cannot be written", path.display()))?,
                None => std::io::stdout().lock().write_all(page.as_bytes())?,
            }
            Ok(outcome(&found))
        }
        Command::Timeline(listing) => tables::print(listing, tables::timeline),
        Command::Accounts(listing) => tables::print(listing, tables::accounts),
        Command::Figures(listing) => tables::print(listing, tables::figures),
        Command::Commitments(listing) => tables::print(listing, tables::commitments),
        Command::Framings(listing) => tables::print(listing, tables::framings),
        Command::Stages(listing) => tables::stages(listing),
        Command::Episodes(question) => episodes::run(question),
    }
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
    Ok(found)
}

pub(crate) fn outcome(found: &Reconstruction) -> Outcome {
    if found.failures.is_empty() { Outcome::Done } else { Outcome::SomeUnread }
}
