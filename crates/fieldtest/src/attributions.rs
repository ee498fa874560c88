//! `fieldtest attributions`: what `score.py attributions` asks for, with holders and stances for the reader.

use std::path::Path;

use anyhow::Result;
use irenic_extract::attribution::attributions;
use irenic_language::mentions::{MentionContext, MentionFinder};
use irenic_language::{Pipeline, segments_of};
use irenic_model::{Attribution, Span};
use serde_json::{Value, json};

use crate::lines;

pub(crate) fn run(input: &Path, output: &Path) -> Result<()> {
    let (pipeline, finder, context) = (Pipeline::new(), MentionFinder::new(), MentionContext::default());
    lines::each(input, output, |line| {
        let analysis = pipeline.analyse(&line.text, &segments_of(&line.text));
        let mentions = finder.mentions(&line.text, &analysis, &context);
        let found = attributions(&line.text, &analysis, &mentions);
        let found: Vec<Value> = found.iter().map(on_wire).collect();
        json!({"id": line.id, "attributions": found})
    })
}

fn on_wire(said: &Attribution) -> Value {
    let ranges = |spans: &[Span]| spans.iter().map(|span| [span.start, span.end]).collect::<Vec<_>>();
    let chain: Option<Vec<&str>> =
        said.holder.as_ref().map(|holder| holder.chain().iter().map(|voice| voice.name.as_str()).collect());
    json!({
        "source": ranges(&said.source),
        "cue": ranges(&said.cue),
        "content": ranges(&said.content),
        "holder_chain": chain.unwrap_or_default(),
        "stance": said.stance.name(),
    })
}
