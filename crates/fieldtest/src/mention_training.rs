//! Training of the labeller of mentions, and its measure by cross-validation over documents: no document is labelled
//! by weights that were learnt from it.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use irenic_language::mentions::{Example, Labeller, MentionContext, MentionFinder, Trainer};
use irenic_language::{Pipeline, segments_of};
use irenic_model::{MentionKind, Span};
use serde_json::{Value, json};

/// An annotated document with its identifier.
struct Document {
    id: String,
    example: Example,
}

/// Trains on all documents of `gold`; returns their number too.
///
/// # Errors
///
/// If the file cannot be read or is not one annotated document a line.
pub fn train(gold: &Path) -> Result<(usize, Labeller)> {
    let documents = documents(gold)?;
    Ok((documents.len(), train_on(documents.iter())))
}

/// Writes the mentions of each document of `gold` as found by a labeller that was trained on the other folds.
///
/// # Errors
///
/// If `gold` cannot be read or `out` written.
pub fn cross_validate(gold: &Path, folds: usize, out: &Path) -> Result<()> {
    let documents = documents(gold)?;
    let mut lines = vec![String::new(); documents.len()];
    for fold in 0..folds {
        let held_out = |at: usize| at % folds == fold;
        let rest =
            documents.iter().enumerate().filter(|(at, _)| !held_out(*at)).map(|(_, document)| document);
        let labeller = train_on(rest);
        let finder = MentionFinder::with_labeller(&labeller);
        for (at, document) in documents.iter().enumerate().filter(|(at, _)| held_out(*at)) {
            lines[at] = response(&finder, document).to_string();
        }
    }
    fs::write(out, lines.join("\n") + "\n").with_context(|| format!("writing {}", out.display()))
}

fn response(finder: &MentionFinder<'_>, document: &Document) -> Value {
    let Example { text, analysis, .. } = &document.example;
    let mentions = finder.mentions(text, analysis, &MentionContext::default());
    let mentions: Vec<Value> = mentions
        .iter()
        .map(|m| json!({"start": m.span.start, "end": m.span.end, "kind": m.kind.name(), "name": m.name, "country": m.country}))
        .collect();
    json!({"id": document.id, "mentions": mentions})
}

/// Trains on documents, each also as the wire services would write it.
fn train_on<'a>(documents: impl Iterator<Item = &'a Document>) -> Labeller {
    let mut examples = Vec::new();
    for document in documents {
        examples.push(document.example.clone());
        examples.push(example(document.example.text.to_ascii_uppercase(), document.example.gold.clone()));
    }
    Trainer::default().train(&examples)
}

fn example(text: String, gold: Vec<(Span, MentionKind)>) -> Example {
    let analysis = Pipeline::new().analyse(&text, &segments_of(&text));
    Example { text, analysis, gold }
}

fn documents(path: &Path) -> Result<Vec<Document>> {
    let lines = fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    lines.lines().filter(|line| !line.trim().is_empty()).map(document).collect()
}

fn document(line: &str) -> Result<Document> {
    let value: Value = serde_json::from_str(line)?;
    let text = value["text"].as_str().context("a document has a text")?.to_owned();
    let id = value["id"].as_str().unwrap_or_default().to_owned();
    let mut gold = Vec::new();
    for entity in value["gold"]["entities"].as_array().into_iter().flatten() {
        let offset = |name: &str| entity[name].as_u64().map(|n| n as usize);
        let (Some(start), Some(end)) = (offset("start"), offset("end")) else { continue };
        let kind = entity["type"].as_str().and_then(kind);
        if let Some(kind) = kind.filter(|_| start < end && text.get(start..end).is_some()) {
            gold.push((Span::new(start, end), kind));
        }
    }
    Ok(Document { id, example: example(text, gold) })
}

fn kind(name: &str) -> Option<MentionKind> {
    Some(match name {
        "Person" => MentionKind::Person,
        "Organisation" => MentionKind::Organisation,
        "Location" => MentionKind::Location,
        "Nationality" => MentionKind::Nationality,
        "Weapon" | "MilitaryPlatform" | "Vehicle" => MentionKind::Weapon,
        _ => return None,
    })
}
