//! `fieldtest incidents`: what `score.py incidents` asks for.

use std::path::Path;

use anyhow::Result;
use fieldtest::reading::Reading;
use fieldtest::slots::slots;
use irenic_extract::incidents::{IncidentModel, Thresholds, incidents};
use serde_json::{Value, json};

use crate::lines;

pub(crate) fn run(input: &Path, output: &Path) -> Result<()> {
    let model = IncidentModel::embedded();
    lines::each(input, output, |line| {
        let reading = Reading::of(&line.text);
        let found: Vec<Value> =
            incidents(&reading.input(), model, &Thresholds::default()).iter().map(slots).collect();
        json!({"id": line.id, "incidents": found})
    })
}
