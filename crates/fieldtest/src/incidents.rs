//! `fieldtest incidents`: what `score.py incidents` asks for.

use std::path::Path;

use anyhow::Result;
use fieldtest::slots::slots;
use irenic_extract::Input;
use irenic_extract::incidents::{IncidentModel, Thresholds, incidents};
use irenic_language::mentions::{MentionContext, MentionFinder};
use irenic_language::{Pipeline, segments_of};
use irenic_model::{Document, Source};
use serde_json::{Value, json};

use crate::lines;

pub(crate) fn run(input: &Path, output: &Path) -> Result<()> {
    let (pipeline, finder, context) = (Pipeline::new(), MentionFinder::new(), MentionContext::default());
    let model = IncidentModel::embedded();
    lines::each(input, output, |line| {
        let text = line.text.clone();
        let analysis = pipeline.analyse(&text, &segments_of(&text));
        let mentions = finder.mentions(&text, &analysis, &context);
        let source = Source::new("line", text.as_bytes());
        let document = Document { source, text, blocks: vec![], links: vec![], diagnostics: vec![] };
        let input = Input {
            document: &document,
            analysis: &analysis,
            mentions: &mentions,
            times: &[],
            attributions: &[],
        };
        let found: Vec<Value> = incidents(&input, model, &Thresholds::default()).iter().map(slots).collect();
        json!({"id": line.id, "incidents": found})
    })
}
