//! Reading documents and writing responses, one JSON object a line.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use irenic_model::jiff::civil::Date;
use serde_json::Value;

/// A document of a corpus, without its gold.
pub(crate) struct Document {
    /// Passed through; of any JSON type.
    pub(crate) id: Value,
    pub(crate) text: String,
    /// The day of publication, where the corpus gives one.
    pub(crate) date: Option<Date>,
}

/// Writes one response a document, in input order.
pub(crate) fn each(input: &Path, output: &Path, respond: impl Fn(&Document) -> Value) -> Result<()> {
    let lines = fs::read_to_string(input).with_context(|| format!("reading {}", input.display()))?;
    let mut responses = String::new();
    for line in lines.lines().filter(|line| !line.trim().is_empty()) {
        let mut value: Value = serde_json::from_str(line)?;
        let text = value["text"].as_str().context("a document has a text")?.to_owned();
        let date = value["date"].as_str().and_then(|date| date.parse().ok());
        let document = Document { id: value["id"].take(), text, date };
        responses.push_str(&respond(&document).to_string());
        responses.push('\n');
    }
    fs::write(output, responses).with_context(|| format!("writing {}", output.display()))
}
