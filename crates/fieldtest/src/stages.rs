//! `fieldtest stages`: each document read as a folder of its own, and the intervals of every stage model.

use std::path::Path;

use anyhow::Result;
use irenic_cycle::{StageModel, evidence_of, stages};
use irenic_extract::Input;
use irenic_extract::stagecues::stage_cues;
use irenic_language::mentions::{MentionContext, MentionFinder};
use irenic_language::{Pipeline, segments_of};
use irenic_model::{Block, BlockKind, Document, Extraction, Source, StageInterval};
use serde_json::{Value, json};

use crate::{dates::dates, lines};

pub(crate) fn run(input: &Path, output: &Path) -> Result<()> {
    let (pipeline, finder, models) = (Pipeline::new(), MentionFinder::new(), StageModel::all());
    lines::each(input, output, |line| {
        let text = line.text.clone();
        let segments = segments_of(&text);
        let analysis = pipeline.analyse(&text, &segments);
        let mentions = finder.mentions(&text, &analysis, &MentionContext::default());
        let times = dates(&text);
        let source = Source::new("line", text.as_bytes());
        let blocks = segments.iter().map(|&span| Block::new(BlockKind::Paragraph, span)).collect();
        let document = Document { source, text, blocks, links: vec![], diagnostics: vec![] };
        let input = Input {
            document: &document,
            analysis: &analysis,
            mentions: &mentions,
            times: &times,
            attributions: &[],
        };
        let extraction = Extraction { stage_cues: stage_cues(&input), ..Extraction::default() };
        let evidence = evidence_of(&extraction, &document.source, 0);
        if std::env::var_os("IRENIC_SHOW_EVIDENCE").is_some() {
            show(&line.id, &document.text, &extraction);
        }
        // A narrative without a date is told from its last date on.
        let last = times.iter().filter_map(|time| time.interval).map(|interval| interval.until()).max();
        let found: Vec<Value> = last.map_or_else(Vec::new, |as_of| {
            models
                .iter()
                .flat_map(|model| stages(model, &evidence, as_of, None))
                .map(|it| on_wire(&it))
                .collect()
        });
        json!({"id": line.id, "stages": found})
    })
}

#[allow(clippy::print_stderr, reason = "asked for by name")]
fn show(id: &Value, text: &str, extraction: &Extraction) {
    eprintln!("== {id}");
    for cue in &extraction.stage_cues {
        eprintln!("  {:?} {} {:?} {:?}", cue.when, cue.rule, cue.observation, cue.span.of(text));
    }
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
