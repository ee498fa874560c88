//! `fieldtest incidents`: what `score.py incidents` asks for.

use std::path::Path;

use anyhow::Result;
use fieldtest::reading::Reading;
use fieldtest::slots::slots;
use irenic_extract::incidents::{IncidentModel, Reader, Second, Thresholds, incidents, opinion};
use serde_json::{Value, json};

use crate::lines;

pub(crate) fn run(input: &Path, output: &Path) -> Result<()> {
    let model = IncidentModel::embedded();
    let reader = Second::Reader(Reader::embedded());
    lines::each(input, output, |line| {
        let reading = Reading::of(&line.text);
        let found = incidents(&reading.input(), model, reader, &Thresholds::default());
        let found: Vec<Value> = found.iter().map(slots).collect();
        json!({"id": line.id, "incidents": found})
    })
}

/// `fieldtest opinions`: what the second reader says of each report, as its training writes it.
pub(crate) fn opinions(input: &Path, output: &Path) -> Result<()> {
    let (model, reader) = (IncidentModel::embedded(), Reader::embedded());
    lines::each(input, output, |line| {
        let said = opinion(&Reading::of(&line.text).input(), model, reader);
        let mut said = said.map_or(json!({}), |said| json!(said));
        said["id"] = json!(line.id);
        said
    })
}
