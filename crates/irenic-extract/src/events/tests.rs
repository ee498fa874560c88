//! The examples of the rule files, and what frames alone do not show.

use irenic_language::mentions::{MentionContext, MentionFinder};
use irenic_language::{Pipeline, segments_of};
use irenic_model::{Content, Document, Event, Source, Stance, Statement};

use serde::Deserialize;

use super::events;
use super::lexicon::frame_files;
use crate::Input;

fn statements(text: &str) -> Vec<Statement> {
    let analysis = Pipeline::new().analyse(text, &segments_of(text));
    let mentions = MentionFinder::new().mentions(text, &analysis, &MentionContext::default());
    let source = Source::new("test", text.as_bytes());
    let document =
        Document { source, text: text.to_owned(), blocks: vec![], links: vec![], diagnostics: vec![] };
    events(&Input {
        document: &document,
        analysis: &analysis,
        mentions: &mentions,
        times: &[],
        attributions: &[],
    })
}

fn found(text: &str) -> Vec<(Event, Stance)> {
    let event = |statement: Statement| match statement.content {
        Content::Event(event) => Some((event, statement.stance)),
        _ => None,
    };
    statements(text).into_iter().filter_map(event).collect()
}

#[derive(Deserialize)]
struct FrameFile {
    frame: Vec<Frame>,
}

#[derive(Deserialize)]
struct Frame {
    class: String,
    mode: Option<String>,
    #[serde(default)]
    examples: Vec<String>,
    #[serde(default)]
    counter_examples: Vec<String>,
}

fn raw_frames() -> Vec<(&'static str, Frame)> {
    let read = |(name, file)| {
        let file: FrameFile = toml::from_str(file).expect("a file of frames");
        file.frame.into_iter().map(move |frame| (name, frame))
    };
    frame_files().into_iter().flat_map(read).collect()
}

#[test]
fn the_examples_of_the_rules() {
    let mut wrong = Vec::new();
    for (file, frame) in raw_frames() {
        for example in &frame.examples {
            let trigger = example.find('[').expect("an example marks its trigger");
            let text = example.replace(['[', ']'], "");
            let events = found(&text);
            let hit = events.iter().any(|(event, _)| {
                event.class.name() == frame.class && event.mode == frame.mode && event.trigger.holds(trigger)
            });
            if !hit {
                let got: Vec<_> =
                    events.iter().map(|(e, _)| (e.class, e.mode.clone(), e.trigger.of(&text))).collect();
                wrong
                    .push(format!("{file}: {example}: want {} {:?}, found {got:?}", frame.class, frame.mode));
            }
        }
        for counter in &frame.counter_examples {
            let events = found(counter);
            if events.iter().any(|(event, _)| event.class.name() == frame.class && event.mode == frame.mode) {
                wrong.push(format!(
                    "{file}: counter-example: {counter}: found {} {:?}",
                    frame.class, frame.mode
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}\n{} wrong", wrong.join("\n"), wrong.len());
}
