//! `fieldtest mentions`: what `score.py mentions` asks for, with names and countries for the reader.

use std::path::Path;

use anyhow::Result;
use irenic_language::mentions::{MentionContext, MentionFinder};
use irenic_language::{Pipeline, segments_of};
use irenic_model::Mention;
use serde_json::{Value, json};

use crate::lines;

pub(crate) fn run(input: &Path, output: &Path) -> Result<()> {
    let (pipeline, finder, context) = (Pipeline::new(), MentionFinder::new(), MentionContext::default());
    lines::each(input, output, |document| {
        let analysis = pipeline.analyse(&document.text, &segments_of(&document.text));
        let mentions = finder.mentions(&document.text, &analysis, &context);
        let mentions: Vec<Value> = mentions.iter().map(on_wire).collect();
        json!({"id": document.id, "mentions": mentions})
    })
}

fn on_wire(mention: &Mention) -> Value {
    json!({
        "start": mention.span.start,
        "end": mention.span.end,
        "kind": mention.kind.name(),
        "name": mention.name,
        "country": mention.country,
        "note": mention.note,
    })
}
