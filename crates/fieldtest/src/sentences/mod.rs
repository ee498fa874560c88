//! `fieldtest sentences`: precision and recall of events, figures and commitments on sentences annotated by hand.
//!
//! `docs/annotation.md` says how they are annotated and scored.

mod gold;
mod score;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use irenic::{Engine, Knowledge};
use irenic_model::Document;
use irenic_read::{FoundKind, ReadConfig};
use serde_json::{Map, Value, json};

pub use gold::{Commitment, Event, Figure, Gold, Sentence};
pub use score::{Scores, Tally, score};

/// Figures of one draw, by name, in order of the alphabet.
pub type Figures = BTreeMap<&'static str, Tally>;

/// Scores the program on the annotated sentences of the documents in `folder` and of the examples.
///
/// Documents are read each by itself, as `irenic extract` reads them. `told` gets the errors of each sentence, with its words.
///
/// # Errors
///
/// If the annotation, a document of it, or a sentence's words are missing: offsets would no longer mean what they say.
pub fn measure(
    folder: &Path,
    told: &mut dyn FnMut(&Sentence, &str, &[String]),
) -> Result<BTreeMap<String, Figures>> {
    let gold = Gold::read()?;
    let documents = documents(&[folder.to_owned(), examples()])?;
    let engine = Engine::new();
    let mut draws: BTreeMap<String, Figures> = BTreeMap::new();
    let mut hashes: Vec<&str> = gold.sentence.iter().map(|sentence| sentence.document.as_str()).collect();
    hashes.sort_unstable();
    hashes.dedup();
    for hash in hashes {
        let document = documents.get(hash).with_context(|| format!("no document has the hash {hash}"))?;
        let found = engine.extract(document, &Knowledge::default());
        for sentence in gold.sentence.iter().filter(|sentence| sentence.document == hash) {
            let Some(placed) = sentence.placed(&document.text) else {
                bail!("{}: the words of a sentence at {:?} are gone", document.source.id, sentence.span);
            };
            let scores = score(&placed, &document.text, &found);
            told(sentence, gold::span(placed.span).of(&document.text), &scores.errors);
            let figures = draws.entry(sentence.draw.clone()).or_default();
            for (name, tally) in scores.tallies {
                figures.entry(name).or_default().add(tally);
            }
        }
    }
    Ok(draws)
}

/// The figures as JSON: `{draw: {name: {precision, recall, f1, right, gold, found}}}`, in percent with one decimal.
#[must_use]
pub fn on_wire(draws: &BTreeMap<String, Figures>) -> Value {
    draws.iter().map(|(draw, counted)| (draw.clone(), tallies(counted))).collect::<Map<_, _>>().into()
}

/// The figures of one draw as JSON: `{name: {precision, recall, f1, right, gold, found}}`, in percent with one decimal.
#[must_use]
fn tallies(figures: &Figures) -> Value {
    let round = |percent: f64| (percent * 10.0).round() / 10.0;
    let tally = |tally: &Tally| {
        json!({
            "precision": round(tally.precision()), "recall": round(tally.recall()), "f1": round(tally.f1()),
            "right": tally.right, "gold": tally.gold, "found": tally.found,
        })
    };
    let named = figures.iter().map(|(name, counted)| ((*name).to_owned(), tally(counted)));
    named.collect::<Map<_, _>>().into()
}

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples")
}

/// The documents in the folders, by the hash of their files.
fn documents(folders: &[PathBuf]) -> Result<BTreeMap<String, Document>> {
    let mut documents = BTreeMap::new();
    for folder in folders {
        let findings = irenic_read::find(folder)?;
        for file in findings.found.iter().filter(|file| file.kind == FoundKind::Document) {
            let document = irenic_read::read_found(file, &ReadConfig::default())?;
            documents.insert(document.source.sha256.to_string(), document);
        }
    }
    Ok(documents)
}
