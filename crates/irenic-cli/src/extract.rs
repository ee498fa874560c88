//! `irenic extract`: what was found in each document, in input order and in bounded memory.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use irenic::{Engine, Knowledge, Progress as _};
use irenic_model::{Document, Extraction, Severity};
use irenic_read::{FoundKind, ReadConfig, ReadError};
use irenic_report::wire;
use rayon::prelude::*;

use crate::args::Format;
use crate::progress::Bar;
use crate::tables::Rows;
use crate::{Outcome, output};

/// So many documents are worked on at a time.
const BATCH: usize = 64;

pub(crate) fn run(paths: &[PathBuf], format: Format, with_text: bool) -> Result<Outcome> {
    let mut writer = Writer {
        engine: Engine::new(),
        bar: Bar::beside_results(),
        format,
        with_text,
        unread: 0,
        lines: 0,
        values: Vec::new(),
        rows: Vec::new(),
    };
    for path in paths {
        if path.as_os_str() == "-" {
            writer.corpus(std::io::stdin().lock(), "standard input")?;
        } else {
            writer.path(path)?;
        }
    }
    writer.end()?;
    // An empty corpus on standard input is no failure; a folder without a document is.
    let has_files = paths.iter().any(|path| path.as_os_str() != "-");
    anyhow::ensure!(writer.lines > 0 || (writer.unread == 0 && !has_files), "{}", crate::NOTHING_READ);
    Ok(if writer.unread == 0 { Outcome::Done } else { Outcome::SomeUnread })
}

struct Writer {
    engine: Engine,
    bar: Bar,
    format: Format,
    with_text: bool,
    unread: usize,
    lines: usize,
    /// What is written at the end: whole documents, or their counts.
    values: Vec<serde_json::Value>,
    rows: Vec<Vec<String>>,
}

/// The columns of the forms that count.
const COLUMNS: &[&str] =
    &["id", "times", "mentions", "attributions", "events", "figures", "commitments", "framings", "citations"];

fn counts(found: &wire::WireDocument) -> Vec<String> {
    let counts = [
        found.times.len(),
        found.mentions.len(),
        found.attributions.len(),
        found.events.len(),
        found.figures.len(),
        found.commitments.len(),
        found.framings.len(),
        found.citations.len(),
    ];
    std::iter::once(found.id.clone()).chain(counts.iter().map(ToString::to_string)).collect()
}

impl Writer {
    fn path(&mut self, path: &Path) -> Result<()> {
        let findings = match irenic_read::find(path) {
            Ok(findings) => findings,
            Err(error) => return self.unread(&error),
        };
        self.bar.aside(|| findings.diagnostics.iter().for_each(|note| output::say(&note.to_string())));
        self.bar.begin("extracting", findings.found.len());
        let mut documents = Vec::new();
        for file in findings.found {
            match file.kind {
                FoundKind::Corpus => {
                    self.batches(documents.drain(..))?;
                    let opened = std::fs::File::open(&file.path)
                        .with_context(|| format!("{}: cannot be opened", file.id))?;
                    self.corpus(BufReader::new(opened), &file.id)?;
                }
                FoundKind::Document => documents.push(irenic_read::read_found(&file, &ReadConfig::default())),
                FoundKind::Table | FoundKind::Configuration => {}
            }
        }
        self.batches(documents.drain(..))
    }

    fn corpus(&mut self, reader: impl BufRead, name: &str) -> Result<()> {
        self.batches(irenic_read::read_corpus(reader, name, &ReadConfig::default()))
    }

    fn batches(&mut self, documents: impl Iterator<Item = Result<Document, ReadError>>) -> Result<()> {
        let mut documents = documents.peekable();
        while documents.peek().is_some() {
            let mut batch = Vec::with_capacity(BATCH);
            for document in documents.by_ref().take(BATCH) {
                match document {
                    Ok(document) => batch.push(document),
                    Err(error) => self.unread(&error)?,
                }
            }
            let engine = &self.engine;
            let found: Vec<Extraction> =
                batch.par_iter().map(|document| engine.extract(document, &Knowledge::default())).collect();
            batch.iter().for_each(|_| self.bar.advance());
            for document in &batch {
                let warned = document.diagnostics.iter().filter(|found| found.severity >= Severity::Warning);
                self.bar.aside(|| {
                    warned.for_each(|found| output::say(&format!("{}: {found}", document.source.id)))
                });
            }
            for (document, extraction) in batch.iter().zip(&found) {
                self.write(document, extraction)?;
            }
        }
        Ok(())
    }

    fn unread(&mut self, error: &ReadError) -> Result<()> {
        self.unread += 1;
        self.bar.aside(|| output::say(&error.to_string()));
        Ok(())
    }

    fn write(&mut self, document: &Document, extraction: &Extraction) -> Result<()> {
        let found = wire::document(document, extraction, self.with_text);
        let mut out = std::io::stdout().lock();
        match self.format {
            Format::Jsonl => {
                serde_json::to_writer(&mut out, &found)?;
                out.write_all(b"\n")?;
            }
            Format::Json => self.values.push(serde_json::to_value(&found)?),
            Format::Table | Format::Csv => self.rows.push(counts(&found)),
        }
        self.lines += 1;
        Ok(())
    }

    fn end(&mut self) -> Result<()> {
        self.bar.finish();
        if matches!(self.format, Format::Table | Format::Csv) {
            let rows = std::mem::take(&mut self.rows);
            return crate::tables::write(&Rows { columns: COLUMNS, rows }, self.format);
        }
        if self.format == Format::Json {
            let mut out = std::io::stdout().lock();
            serde_json::to_writer_pretty(&mut out, &self.values)?;
            out.write_all(b"\n")?;
        }
        Ok(())
    }
}
