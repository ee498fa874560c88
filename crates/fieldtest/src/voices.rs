//! `fieldtest voices`: whose words stand where, on passages in our own words.
//!
//! `gold/voices.toml` holds the passages with what a reader found in them, before the program had read them. What is
//! scored is neutrality: that no fact of the author's becomes a party's claim, and no claim the author's.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use irenic::{Engine, Knowledge, document_of_text};
use irenic_extract::voice::innermost;
use irenic_model::{Attribution, Span, Stance};
use serde::Deserialize;

use crate::files::read_toml;
use crate::sentences::{Figures, Tally};

/// The file of passages.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gold {
    /// Recall reached, in percent, by the name of the figure; a test fails when one falls by more than half a point.
    #[serde(default)]
    pub floors: BTreeMap<String, f64>,
    /// In the order of writing.
    pub passage: Vec<Passage>,
}

/// A passage, and whose words stand where.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Passage {
    /// What it is about.
    pub name: String,
    /// Its words, our own.
    text: String,
    /// Words of it, the innermost speaker ("-" for nobody), and how it is put forward.
    says: Vec<(String, String, Manner)>,
}

/// How something is put forward.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Manner {
    /// By the author.
    Fact,
    /// As being so.
    Said,
    /// As being so, and the words raise doubt.
    Claimed,
    /// As not being so.
    Denied,
    /// As something demanded, promised, planned, feared, hoped or believed.
    Wanted,
}

impl Manner {
    fn fits(self, stance: Stance) -> bool {
        match self {
            Self::Fact => false,
            Self::Said => stance == Stance::Reported,
            Self::Claimed => matches!(stance, Stance::Alleged | Stance::Reported),
            Self::Denied => matches!(stance, Stance::Denied | Stance::Alleged),
            Self::Wanted => !matches!(stance, Stance::Asserted | Stance::Reported | Stance::Alleged),
        }
    }
}

impl Gold {
    /// Reads the passages.
    ///
    /// # Errors
    ///
    /// If the file cannot be read or is none of annotated passages.
    pub fn read() -> Result<Self> {
        read_toml(&path())
    }
}

/// Where the passages lie.
#[must_use]
pub fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("gold").join("voices.toml")
}

/// Scores the program on the passages, each read as a document of its own; `told` gets the errors of each.
///
/// # Errors
///
/// If the annotation cannot be read, or does not fit its passages.
pub fn measure(told: &mut dyn FnMut(&Passage, &[String])) -> Result<Figures> {
    let engine = Engine::new();
    let mut figures = Figures::new();
    for passage in &Gold::read()?.passage {
        let text = flat(&passage.text);
        let found = engine.extract(&document_of_text("passage", None, &text), &Knowledge::default());
        let mut errors = Vec::new();
        for (words, speaker, manner) in &passage.says {
            let words = flat(words);
            let start =
                text.find(&words).with_context(|| format!("{words:?} stands not in {}", passage.name))?;
            let said = innermost(&found.attributions, Span::new(start, start + words.len()));
            for (name, right) in judge(said, &flat(speaker), *manner) {
                let tally = Tally { right: usize::from(right), gold: 1, found: 1 };
                figures.entry(name).or_default().add(tally);
                if !right {
                    let got = said.map_or_else(|| "the author".to_owned(), described);
                    errors.push(format!("{name}: {words:?} of {speaker}, {manner:?}, is given to {got}"));
                }
            }
        }
        told(passage, &errors);
    }
    Ok(figures)
}

/// Each figure that a place counts for, and whether it is right.
fn judge(said: Option<&Attribution>, speaker: &str, manner: Manner) -> Vec<(&'static str, bool)> {
    if manner == Manner::Fact {
        return vec![("facts", said.is_none())];
    }
    let own =
        said.and_then(|said| said.holder.as_ref()).map_or("-", |holder| holder.speaker()).to_lowercase();
    let gold = speaker.to_lowercase();
    let named = said.is_some() && (own.contains(&gold) || gold.contains(&own));
    vec![
        ("claims", said.is_some()),
        ("claims_speaker", named),
        ("claims_manner", said.is_some_and(|said| manner.fits(said.stance))),
    ]
}

fn described(said: &Attribution) -> String {
    let speaker = said.holder.as_ref().map_or("-", |holder| holder.speaker());
    format!("{speaker}, {}", said.stance.name())
}

/// The words with single spaces.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
