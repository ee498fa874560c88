//! `fieldtest events`: what `score.py events` asks for, with triggers and modes for the reader: the events that a sentence
//! tells as its news, which are what coders of events count.

use std::path::Path;

use anyhow::Result;
use fieldtest::reading::Reading;
use irenic_extract::events::main_events;
use irenic_model::{Content, Event, Participant, Statement};
use serde_json::{Value, json};

use crate::lines;

pub(crate) fn run(input: &Path, output: &Path) -> Result<()> {
    lines::each(input, output, |line| {
        let reading = Reading::of(&line.text);
        let events: Vec<Value> =
            main_events(&reading.input()).iter().filter_map(|found| on_wire(&line.text, found)).collect();
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
