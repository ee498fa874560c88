//! The lists: rows made by one function a command, printed in one place in four forms.

use std::collections::BTreeSet;
use std::io::Write as _;

use anyhow::Result;
use comfy_table::{ContentArrangement, Table, presets};
use irenic::Reconstruction;
use irenic_model::{Account, Content, DateInterval, Statement};
use irenic_report::wire_stages;
use serde_json::{Map, Value};

use crate::args::{Format, Listing};
use crate::{Outcome, outcome, reconstruct};

/// A list: its columns and rows.
pub(crate) struct Rows {
    pub(crate) columns: &'static [&'static str],
    pub(crate) rows: Vec<Vec<String>>,
}

pub(crate) fn print(listing: &Listing, rows: fn(&Reconstruction) -> Rows) -> Result<Outcome> {
    let found = reconstruct(&listing.question)?;
    write(&rows(&found), listing.format)?;
    Ok(outcome(&found))
}

/// `stages`: as JSON Lines exactly as the wire has it, else as a list.
pub(crate) fn stages(listing: &Listing) -> Result<Outcome> {
    let found = reconstruct(&listing.question)?;
    if listing.format == Format::Jsonl {
        let mut out = std::io::stdout().lock();
        for interval in &found.stages {
            serde_json::to_writer(&mut out, &wire_stages::stage(interval))?;
            out.write_all(b"\n")?;
        }
        return Ok(outcome(&found));
    }
    let rows = found.stages.iter().map(|interval| {
        let wired = wire_stages::stage(interval);
        let rules: Vec<_> = wired.reasons.iter().map(|reason| reason.rule.clone()).collect();
        vec![
            wired.model,
            wired.stage,
            wired.cycle.to_string(),
            wired.from.unwrap_or_default(),
            wired.until.unwrap_or_default(),
            if wired.contested { "contested".to_owned() } else { String::new() },
            rules.join("; "),
        ]
    });
    let columns = &["model", "stage", "cycle", "from", "until", "contested", "rules"];
    write(&Rows { columns, rows: rows.collect() }, listing.format)?;
    Ok(outcome(&found))
}

pub(crate) fn write(rows: &Rows, format: Format) -> Result<()> {
    let mut out = std::io::stdout().lock();
    let object = |row: &Vec<String>| -> Map<String, Value> {
        rows.columns
            .iter()
            .zip(row)
            .map(|(column, cell)| ((*column).to_owned(), Value::from(cell.clone())))
            .collect()
    };
    match format {
        Format::Table => {
            let mut table = Table::new();
            table.load_style(presets::ASCII_MARKDOWN).set_content_arrangement(ContentArrangement::Dynamic);
            table.set_header(rows.columns.iter());
            for row in &rows.rows {
                table.add_row(row.iter());
            }
            writeln!(out, "{table}")?;
        }
        Format::Json => {
            let all: Vec<_> = rows.rows.iter().map(object).collect();
            serde_json::to_writer_pretty(&mut out, &all)?;
            out.write_all(b"\n")?;
        }
        Format::Jsonl => {
            for row in &rows.rows {
                serde_json::to_writer(&mut out, &object(row))?;
                out.write_all(b"\n")?;
            }
        }
        Format::Csv => {
            writeln!(out, "{}", rows.columns.join(","))?;
            for row in &rows.rows {
                let cells: Vec<_> = row.iter().map(|value| cell(value, format)).collect();
                writeln!(out, "{}", cells.join(","))?;
            }
        }
    }
    Ok(())
}

/// A value as a cell: quoted where comma-separated values need it.
pub(crate) fn cell(value: &str, format: Format) -> String {
    if format == Format::Csv && value.contains([',', '"', '\n', '\r']) {
        return format!("\"{}\"", value.replace('"', "\"\""));
    }
    value.to_owned()
}

fn days(when: Option<&DateInterval>) -> [String; 2] {
    when.map_or_else(Default::default, |when| [when.from().to_string(), when.until().to_string()])
}

/// The statements of one kind, with the fields that every list of statements ends on.
fn statements(
    found: &Reconstruction,
    columns: &'static [&'static str],
    row: impl Fn(&Content) -> Option<Vec<String>>,
) -> Rows {
    let mut rows = Vec::new();
    for reading in &found.readings {
        for statement in &reading.extraction.statements {
            if let Some(mut cells) = row(&statement.content) {
                cells.extend(tail(statement, &reading.document));
                rows.push(cells);
            }
        }
    }
    Rows { columns, rows }
}

fn tail(statement: &Statement, document: &irenic_model::Document) -> [String; 4] {
    let holder = statement.holder.as_ref().map(|holder| holder.name().to_owned()).unwrap_or_default();
    let words = statement.span.of(&document.text).split_whitespace().collect::<Vec<_>>().join(" ");
    [holder, statement.stance.name().to_owned(), document.source.id.clone(), words]
}

pub(crate) fn figures(found: &Reconstruction) -> Rows {
    let columns = &[
        "value", "upper", "bound", "unit", "counts", "group", "from", "until", "holder", "stance", "source",
        "words",
    ];
    statements(found, columns, |content| {
        let Content::Figure(figure) = content else { return None };
        let [from, until] = days(figure.period.as_ref());
        Some(vec![
            figure.value.to_string(),
            figure.upper.map(|upper| upper.to_string()).unwrap_or_default(),
            figure.bound.name().to_owned(),
            figure.unit.clone(),
            figure.counts.clone().unwrap_or_default(),
            figure.group.clone().unwrap_or_default(),
            from,
            until,
        ])
    })
}

pub(crate) fn timeline(found: &Reconstruction) -> Rows {
    let columns = &[
        "from",
        "until",
        "event",
        "status",
        "sources",
        "roles",
        "instruments",
        "people",
        "property",
        "effects",
    ];
    let rows = found.chronicle().into_iter().map(|entry| {
        let [from, until] = days(Some(&entry.when));
        let sources: usize = entry.account.versions.iter().map(|version| version.sources).sum();
        vec![
            from,
            until,
            entry.account.heading.clone(),
            entry.account.status.name().to_owned(),
            sources.to_string(),
        ]
        .into_iter()
        .chain(told_of_harm(found, entry.account))
        .collect()
    });
    Rows { columns, rows: rows.collect() }
}

/// Who the actors are, what was done with what, to whom and to what, and with what effect: each as all statements of the
/// account have it, told once.
fn told_of_harm(found: &Reconstruction, account: &Account) -> [String; 5] {
    let mut told: [BTreeSet<String>; 5] = Default::default();
    for at in account.statements() {
        let statement = &found.readings[at.document].extraction.statements[at.statement];
        let Content::Event(event) = &statement.content else { continue };
        told[0].extend(event.actors.iter().filter_map(|who| who.role).map(|role| role.name().to_owned()));
        let harm = &event.harm;
        for (list, kind) in [(&harm.instruments, 1), (&harm.people, 2), (&harm.property, 3)] {
            told[kind].extend(list.iter().map(|one| one.text.clone()));
        }
        told[4].extend(harm.effects.iter().map(|effect| effect.name().to_owned()));
    }
    told.map(|words| words.into_iter().collect::<Vec<_>>().join("; "))
}

pub(crate) fn accounts(found: &Reconstruction) -> Rows {
    let columns = &["kind", "heading", "status", "version", "says", "backers", "dispute"];
    let mut rows = Vec::new();
    for account in &found.accounts {
        for (number, version) in account.versions.iter().enumerate() {
            let backers: Vec<_> = version.backers.iter().map(|backer| backer.name.clone()).collect();
            rows.push(vec![
                account.kind.name().to_owned(),
                account.heading.clone(),
                account.status.name().to_owned(),
                (number + 1).to_string(),
                version.summary.clone(),
                backers.join("; "),
                account.dispute.clone().unwrap_or_default(),
            ]);
        }
    }
    Rows { columns, rows }
}

pub(crate) fn framings(found: &Reconstruction) -> Rows {
    let columns = &["term", "of", "mark", "holder", "source"];
    let mut rows = Vec::new();
    for reading in &found.readings {
        for framing in &reading.extraction.framings {
            rows.push(vec![
                framing.term.clone(),
                framing.of.clone().unwrap_or_default(),
                framing.mark.name().to_owned(),
                framing.holder.as_ref().map(|holder| holder.name().to_owned()).unwrap_or_default(),
                reading.document.source.id.clone(),
            ]);
        }
    }
    Rows { columns, rows }
}
