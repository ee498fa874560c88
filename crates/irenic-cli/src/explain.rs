//! `irenic explain`: which rule found a thing, and how its value was derived.

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, Subcommand};
use irenic::{Dossier, Engine, TimeDerivation, TimeReference};
use irenic_model::{Document, TimeModifier};

use crate::args::Format;
use crate::tables::{Rows, write};
use crate::{Outcome, output, progress};

/// What is to be explained.
#[derive(Subcommand)]
pub(crate) enum Explained {
    /// Expressions of time: the rule that matched, how it computes the value, its words, and what it was resolved
    /// against.
    #[command(after_help = crate::help::EXPLAIN_TIMES)]
    Times(Asked),
}

#[derive(Args)]
pub(crate) struct Asked {
    /// Files and folders.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// The form of the list.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

const COLUMNS: &[&str] = &[
    "source", "start", "end", "words", "type", "value", "modifier", "from", "until", "rule", "formula",
    "parts", "anchor", "tense",
];

pub(crate) fn run(explained: &Explained) -> Result<Outcome> {
    let Explained::Times(asked) = explained;
    let bar = progress::Bar::new();
    let dossier = Dossier::open(&asked.paths, &bar);
    bar.finish();
    for line in dossier.notes.iter().chain(dossier.failures.iter().map(|failure| &failure.message)) {
        output::say(line);
    }
    anyhow::ensure!(!dossier.documents.is_empty(), "{}", crate::NOTHING_READ);
    let explained = Engine::new().explain_times(&dossier.documents);
    let documents = dossier.documents.iter().zip(&explained);
    let rows = documents.flat_map(|(document, all)| all.iter().map(|found| row(document, found))).collect();
    write(&Rows { columns: COLUMNS, rows }, asked.format)?;
    Ok(if dossier.failures.is_empty() { Outcome::Done } else { Outcome::SomeUnread })
}

fn row(document: &Document, found: &TimeDerivation) -> Vec<String> {
    let words =
        |span: irenic_model::Span| span.of(&document.text).split_whitespace().collect::<Vec<_>>().join(" ");
    let time = &found.time;
    let day = |of: fn(&irenic_model::DateInterval) -> irenic_model::jiff::civil::Date| {
        time.interval.as_ref().map(|days| of(days).to_string()).unwrap_or_default()
    };
    let rules = [Some(format!("{}/{}", found.layer, found.rule)), joined(found), modified(found)];
    let parts: Vec<_> =
        found.captures.iter().map(|(name, span)| format!("{name}={}", words(*span))).collect();
    vec![
        document.source.id.clone(),
        time.span.start.to_string(),
        time.span.end.to_string(),
        words(time.span),
        time.kind.name().to_owned(),
        time.value.clone(),
        time.modifier.map_or("", TimeModifier::name).to_owned(),
        day(irenic_model::DateInterval::from),
        day(irenic_model::DateInterval::until),
        rules.into_iter().flatten().collect::<Vec<_>>().join(" + "),
        found.formula.to_owned(),
        parts.join("; "),
        anchor(found.reference),
        found.tense.map_or("", irenic::TimeTense::name).to_owned(),
    ]
}

fn joined(found: &TimeDerivation) -> Option<String> {
    found.joined_rule.map(str::to_owned)
}

fn modified(found: &TimeDerivation) -> Option<String> {
    found.modifier_rule.map(|rule| format!("modifiers/{rule}"))
}

/// What a value was resolved against, in words.
fn anchor(reference: Option<TimeReference>) -> String {
    match reference {
        None => String::new(),
        Some(TimeReference::Document(day)) => format!("published {day}"),
        Some(TimeReference::Running(days)) if days.days() == 1 => format!("told before: {}", days.from()),
        Some(TimeReference::Running(days)) => {
            format!("told before: {} to {}", days.from(), days.until())
        }
        Some(TimeReference::Event(days)) => format!("event: {} to {}", days.from(), days.until()),
    }
}
