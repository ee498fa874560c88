//! `fieldtest stages`: each document read as a folder of its own, and the intervals of every stage model.

use std::path::Path;

use anyhow::Result;
use irenic::{Dossier, Options, document_of_text};
use irenic_model::StageInterval;
use serde_json::{Value, json};

use crate::lines;

pub(crate) fn run(input: &Path, output: &Path) -> Result<()> {
    lines::each(input, output, |line| {
        let document = document_of_text("line", line.date, &line.text);
        let found = Dossier::of_documents("line", vec![document]).reconstruct(Options::default(), &());
        let stages: Vec<Value> = found.stages.iter().map(on_wire).collect();
        json!({"id": line.id, "stages": stages})
    })
}

fn on_wire(interval: &StageInterval) -> Value {
    json!({
        "model": interval.model,
        "stage": interval.stage,
        "cycle": interval.cycle,
        "from": interval.from.map(|date| date.to_string()),
        "until": interval.until.map(|date| date.to_string()),
    })
}
