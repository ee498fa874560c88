//! `fieldtest events`: what `score.py events` asks for, with triggers and modes for the reader: the events that a sentence
//! tells as its news, which are what coders of events count.

use std::path::Path;

use anyhow::Result;
use irenic_extract::{Input, events::main_events};
use irenic_language::mentions::{MentionContext, MentionFinder};
use irenic_language::{Pipeline, segments_of};
use irenic_model::{Content, Document, Event, Participant, Source, Statement};
use serde_json::{Value, json};

use crate::lines;

pub(crate) fn run(input: &Path, output: &Path) -> Result<()> {
    let (pipeline, finder, context) = (Pipeline::new(), MentionFinder::new(), MentionContext::default());
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
        let events: Vec<Value> =
            main_events(&input).iter().filter_map(|found| on_wire(&document.text, found)).collect();
        json!({"id": line.id, "events": events})
    })
}

fn on_wire(text: &str, statement: &Statement) -> Option<Value> {
    let Content::Event(event) = &statement.content else { return None };
    let Event { class, mode, trigger, negated, .. } = event;
    Some(json!({
        "type": class.name(), "mode": mode, "trigger": trigger.of(text), "negated": negated,
        "stance": statement.stance.name(),
        "actors": parties(&event.actors), "recipients": parties(&event.recipients), "places": parties(&event.places),
    }))
}

fn parties(list: &[Participant]) -> Vec<Value> {
    list.iter().map(|party| json!({"text": party.text, "country": party.country})).collect()
}
