//! `irenic data`: the catalogue of data sets, downloads on request, and whether what was downloaded is whole.

use std::env;
use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};
use clap::{Args, Subcommand};
use irenic_catalogue::{Catalogue, Entry, FetchConfig, Standing, Step, check, fetch};
use serde_json::{Value, json};

use crate::Outcome;
use crate::args::Format;
use crate::episodes::write;
use crate::output::say;
use crate::progress::Bar;

/// What `irenic data` is asked.
#[derive(Subcommand)]
pub(crate) enum Asked {
    /// List the data sets: publisher, licence, version, address, and whether each is in the data folder.
    List(Where),
    /// Download data sets into the data folder. A broken download goes on where it broke.
    Fetch {
        /// The data sets, by their keys in `irenic data list`.
        #[arg(required = true, value_name = "KEY")]
        keys: Vec<String>,
        #[command(flatten)]
        place: Where,
    },
    /// Hold the data folder's files against their checksums, and say what Irenic reads each as.
    Check(Where),
}

/// Where, and in which form.
#[derive(Args)]
pub(crate) struct Where {
    /// The data folder [default: irenic/data in $XDG_DATA_HOME or ~/.local/share].
    #[arg(long, value_name = "DIR")]
    to: Option<PathBuf>,
    /// The form of the list.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

/// The columns of `list`; the whole of what is known comes with json, jsonl and csv.
const LIST_COLUMNS: &[&str] = &[
    "key",
    "title",
    "version",
    "publisher",
    "licence",
    "format",
    "file",
    "here",
    "address",
    "page",
    "citation",
    "how",
];

/// The columns of `list` on a terminal.
const SHORT_COLUMNS: &[&str] = &["key", "title", "version", "licence", "fetch", "here"];

const CHECK_COLUMNS: &[&str] =
    &["key", "file", "standing", "bytes", "sha256", "read_as", "read_version", "trouble"];

const FETCH_COLUMNS: &[&str] = &["key", "version", "file", "bytes", "sha256", "address", "was_there"];

pub(crate) fn run(asked: &Asked) -> Result<Outcome> {
    let catalogue = Catalogue::built_in();
    match asked {
        Asked::List(place) => list(&catalogue, place),
        Asked::Fetch { keys, place } => fetch_all(&catalogue, keys, place),
        Asked::Check(place) => check_all(&catalogue, place),
    }
}

impl Where {
    /// The folder that is meant.
    fn folder(&self) -> Result<PathBuf> {
        let from = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let home = || {
            let base = from("XDG_DATA_HOME").or_else(|| from("APPDATA"));
            let base = base.or_else(|| Some(from("HOME")?.join(".local/share")))?;
            Some(base.join("irenic").join("data"))
        };
        self.to.clone().or_else(home).context("there is no home folder; name a data folder with --to DIR")
    }
}

fn list(catalogue: &Catalogue, place: &Where) -> Result<Outcome> {
    let folder = place.folder()?;
    let here = |entry: &Entry| folder.join(&entry.file).is_file();
    if place.format == Format::Table {
        let rows = catalogue.entries().iter().map(|entry| {
            let fetched = if entry.address.is_some() { "yes" } else { "by hand" };
            let here = if here(entry) { "yes" } else { "" };
            [&entry.key, &entry.title, &entry.version, &entry.licence, fetched, here]
                .map(Value::from)
                .to_vec()
        });
        write(SHORT_COLUMNS, rows.collect(), place.format)?;
        say(&format!("data folder: {}", folder.display()));
        return Ok(Outcome::Done);
    }
    let rows = catalogue.entries().iter().map(|entry| {
        vec![
            json!(entry.key),
            json!(entry.title),
            json!(entry.version),
            json!(entry.publisher),
            json!(entry.licence),
            json!(entry.format.name()),
            json!(entry.file),
            json!(here(entry)),
            json!(entry.address),
            json!(entry.page),
            json!(entry.citation),
            json!(entry.how),
        ]
    });
    write(LIST_COLUMNS, rows.collect(), place.format)?;
    Ok(Outcome::Done)
}

fn fetch_all(catalogue: &Catalogue, keys: &[String], place: &Where) -> Result<Outcome> {
    let folder = place.folder()?;
    let mut entries = Vec::new();
    for key in keys {
        let Some(entry) = catalogue.get(key) else {
            bail!("{key}: no data set has this key; `irenic data list` lists them");
        };
        entries.push(entry);
    }
    let (mut rows, mut failed) = (Vec::new(), 0);
    for entry in entries {
        let bar = Bar::of_bytes();
        let got = fetch(entry, &folder, &FetchConfig::default(), &mut |step| match step {
            Step::Begun { already, total } => bar.bytes(already, total),
            Step::Received(bytes) => bar.received(bytes),
        });
        bar.finish();
        match got {
            Ok(got) => {
                let receipt = got.receipt;
                rows.push(vec![
                    json!(receipt.key),
                    json!(receipt.version),
                    json!(got.file.display().to_string()),
                    json!(receipt.bytes),
                    json!(receipt.sha256),
                    json!(receipt.address),
                    json!(got.was_there),
                ]);
                say(&format!("{}: {}. Cite: {}", entry.key, entry.licence, entry.citation));
            }
            Err(error) => {
                failed += 1;
                say(&error.to_string());
            }
        }
    }
    let all_failed = rows.is_empty();
    write(FETCH_COLUMNS, rows, place.format)?;
    if all_failed {
        bail!("nothing was fetched");
    }
    Ok(if failed > 0 { Outcome::SomeUnread } else { Outcome::Done })
}

fn check_all(catalogue: &Catalogue, place: &Where) -> Result<Outcome> {
    let folder = place.folder()?;
    let mut rows = Vec::new();
    let mut all_well = true;
    for entry in catalogue.entries() {
        let found = check(entry, &folder);
        all_well &= !matches!(found.standing, Standing::Changed | Standing::Unreadable);
        if found.standing == Standing::Missing {
            continue;
        }
        let (title, version) = found.read_as.unzip();
        let (bytes, sha256) = found.sum.unzip();
        rows.push(vec![
            json!(entry.key),
            json!(found.file.display().to_string()),
            json!(found.standing.name()),
            json!(bytes),
            json!(sha256),
            json!(title),
            json!(version.flatten()),
            json!(found.trouble),
        ]);
    }
    if rows.is_empty() {
        say(&format!("{}: none of the catalogue's data sets is here", folder.display()));
    }
    write(CHECK_COLUMNS, rows, place.format)?;
    Ok(if all_well { Outcome::Done } else { Outcome::SomeUnread })
}
