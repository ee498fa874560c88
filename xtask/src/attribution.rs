//! Training of the models of attributions from annotated texts.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args as ClapArgs;
use irenic_extract::attribution::training::{Example, Gold, Trainer};
use irenic_extract::attribution::{Model, attributions_by};
use irenic_language::mentions::{MentionContext, MentionFinder};
use irenic_language::{Analysis, Pipeline, segments_of};
use irenic_model::{Attribution, Mention, Span};
use serde_json::{Value, json};

/// What to train on, and how to measure it.
#[derive(ClapArgs)]
pub(crate) struct Args {
    /// Annotated texts, one JSON object a line.
    #[arg(long)]
    corpus: PathBuf,
    /// Write the attributions of each text, found by a model trained on the others, here; write no model.
    #[arg(long)]
    cross_validate: Option<PathBuf>,
    /// How many parts the texts are split into.
    #[arg(long, default_value_t = 4)]
    folds: usize,
}

struct Text {
    id: Value,
    text: String,
    analysis: Analysis,
    mentions: Vec<Mention>,
    gold: Vec<Gold>,
}

pub(crate) fn run(args: &Args) -> Result<()> {
    let texts = read(&args.corpus)?;
    let examples: Vec<Example> = texts
        .iter()
        .map(|text| Example::new(&text.text, &text.analysis, &text.mentions, &text.gold))
        .collect();
    let (marked, told) =
        examples.iter().map(Example::reach).fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    eprintln!("{told} of {marked} attributions are among the candidates");
    if let Some(out) = &args.cross_validate {
        return cross_validate(&texts, &examples, args.folds, out);
    }
    let model = Trainer::default().train(&examples.iter().collect::<Vec<_>>());
    let files = [
        ("attribution.bin", model.candidates.to_bytes()),
        ("cues.bin", model.cues.to_bytes()),
        ("extents.bin", model.extents.to_bytes()),
        ("sources.bin", model.sources.to_bytes()),
        ("company.bin", model.company.to_bytes()),
    ];
    for (name, bytes) in files {
        let path = crate::root().join("models/attribution").join(name);
        fs::write(&path, bytes).with_context(|| format!("writing {}", path.display()))?;
    }
    Ok(())
}

/// The smallest chances that cross-validation tries.
const CHANCES: [f32; 6] = [0.25, 0.3, 0.35, 0.4, 0.45, 0.5];

/// Writes one file a smallest chance, `OUT.0.3` and so on.
fn cross_validate(texts: &[Text], examples: &[Example], folds: usize, out: &Path) -> Result<()> {
    let mut lines = vec![vec![String::new(); texts.len()]; CHANCES.len()];
    for fold in 0..folds {
        let rest: Vec<&Example> =
            (0..examples.len()).filter(|at| at % folds != fold).map(|at| &examples[at]).collect();
        let model = Trainer::default().train(&rest);
        for at in (fold..texts.len()).step_by(folds) {
            for (chance, lines) in CHANCES.iter().zip(&mut lines) {
                lines[at] = response(&texts[at], &model, *chance).to_string();
            }
        }
    }
    for (chance, lines) in CHANCES.iter().zip(&lines) {
        let path = format!("{}.{chance}", out.display());
        fs::write(&path, lines.join("\n") + "\n").with_context(|| format!("writing {path}"))?;
    }
    Ok(())
}

fn response(text: &Text, model: &Model, chance: f32) -> Value {
    let found = attributions_by(model, chance, &text.text, &text.analysis, &text.mentions);
    let ranges = |spans: &[Span]| spans.iter().map(|span| [span.start, span.end]).collect::<Vec<_>>();
    let on_wire = |said: &Attribution| json!({"source": ranges(&said.source), "cue": ranges(&said.cue), "content": ranges(&said.content)});
    json!({"id": text.id, "attributions": found.iter().map(on_wire).collect::<Vec<_>>()})
}

fn read(path: &Path) -> Result<Vec<Text>> {
    let (pipeline, finder, context) = (Pipeline::new(), MentionFinder::new(), MentionContext::default());
    let lines = fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let read = |line: &str| -> Result<Text> {
        let mut value: Value = serde_json::from_str(line)?;
        let text = value["text"].as_str().context("a text has words")?.to_owned();
        let analysis = pipeline.analyse(&text, &segments_of(&text));
        let mentions = finder.mentions(&text, &analysis, &context);
        let gold = value["gold"]["attributions"].as_array().map(|list| list.iter().map(gold).collect());
        Ok(Text { id: value["id"].take(), text, analysis, mentions, gold: gold.unwrap_or_default() })
    };
    lines.lines().filter(|line| !line.trim().is_empty()).map(read).collect()
}

fn gold(said: &Value) -> Gold {
    Gold { cue: ranges(&said["cue"]), content: ranges(&said["content"]), source: ranges(&said["source"]) }
}

fn ranges(value: &Value) -> Vec<Span> {
    let bounds = |pair: &Value| Some(Span::new(pair[0].as_u64()? as usize, pair[1].as_u64()? as usize));
    value.as_array().into_iter().flatten().filter_map(bounds).collect()
}
