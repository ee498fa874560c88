//! `fieldtest times`: what `score.py times` asks for, with the trees that tell tense.

use std::path::Path;

use anyhow::Result;
use irenic_language::times::{TimeContext, times};
use irenic_language::{Pipeline, segments_of};
use irenic_model::TimeExpression;
use serde_json::{Value, json};

use crate::lines;

pub(crate) fn run(input: &Path, output: &Path) -> Result<()> {
    let pipeline = Pipeline::new();
    lines::each(input, output, |document| {
        let segments = segments_of(&document.text);
        let analysis = pipeline.analyse(&document.text, &segments);
        let context =
            TimeContext { document_date: document.date, analysis: Some(&analysis), ..TimeContext::default() };
        let found: Vec<Value> = times(&document.text, &segments, &context).iter().map(on_wire).collect();
        json!({"id": document.id, "times": found})
    })
}

fn on_wire(time: &TimeExpression) -> Value {
    json!({
        "start": time.span.start,
        "end": time.span.end,
        "type": time.kind.name(),
        "value": time.value,
        "mod": time.modifier.map(irenic_model::TimeModifier::name),
    })
}
