//! The annotation: sentences by their document's hash and byte offsets, so that no source's words are kept.

use std::path::{Path, PathBuf};

use anyhow::Result;
use irenic_model::jiff::civil::Date;
use irenic_model::{SourceHash, Span};
use serde::{Deserialize, Deserializer};

use crate::files::read_toml;

/// The file of annotated sentences.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gold {
    /// In the order of the draws.
    pub sentence: Vec<Sentence>,
}

/// A sentence and what a reader found in it. Offsets are bytes of the document's text.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sentence {
    /// SHA-256 of the document's file, in hexadecimal.
    pub document: String,
    /// Where the sentence stands.
    pub span: [usize; 2],
    /// The first sixteen hexadecimal digits of the SHA-256 of the sentence's words, by which it is found again when
    /// reading makes another text of the file.
    pub words: String,
    /// The draw it belongs to.
    pub draw: String,
    /// What is said to happen.
    #[serde(default)]
    pub events: Vec<Event>,
    /// What is counted.
    #[serde(default)]
    pub figures: Vec<Figure>,
    /// What is owed.
    #[serde(default)]
    pub commitments: Vec<Commitment>,
}

/// An event as the reader has it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// The words that name it; several where they name one happening.
    pub triggers: Vec<[usize; 2]>,
    /// The classes that fit, the likeliest first.
    #[serde(default)]
    pub classes: Vec<String>,
    /// The stance's name on the wire; none where it is said to have happened.
    #[serde(default)]
    pub stance: Option<String>,
    /// Whether it is said not to have happened.
    #[serde(default)]
    pub negated: bool,
    /// The heads of those who do it.
    #[serde(default)]
    pub actors: Vec<[usize; 2]>,
    /// The heads of those it is done to.
    #[serde(default)]
    pub recipients: Vec<[usize; 2]>,
    /// Where.
    #[serde(default)]
    pub places: Vec<[usize; 2]>,
    /// The first day it may have happened on.
    #[serde(default, deserialize_with = "day")]
    pub from: Option<Date>,
    /// The last.
    #[serde(default, deserialize_with = "day")]
    pub until: Option<Date>,
    /// Two readers may differ on whether it is one.
    #[serde(default)]
    pub optional: bool,
}

/// A figure as the reader has it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// The number's words.
    pub span: [usize; 2],
    /// In base units.
    #[serde(default)]
    pub value: f64,
    /// The upper end of a range.
    #[serde(default)]
    pub upper: Option<f64>,
    /// What is counted, in any of these words; empty for none of them. Without it, anything agrees.
    #[serde(default)]
    pub counts: Option<Vec<String>>,
    /// The bound's name on the wire, where the sentence leaves no doubt.
    #[serde(default)]
    pub bound: Option<String>,
    /// Two readers may differ on whether it is one.
    #[serde(default)]
    pub optional: bool,
}

/// A commitment as the reader has it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Commitment {
    /// The words that say what is owed.
    pub span: [usize; 2],
    /// The heads of those who owe it.
    #[serde(default)]
    pub debtors: Vec<[usize; 2]>,
    /// The day by which it is due.
    #[serde(default, deserialize_with = "day")]
    pub due: Option<Date>,
    /// What became of it; none where it is undertaken.
    #[serde(default)]
    pub status: Option<String>,
    /// Two readers may differ on whether it is one.
    #[serde(default)]
    pub optional: bool,
}

impl Gold {
    /// Where the annotation lies.
    #[must_use]
    pub fn path() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("gold").join("sentences.toml")
    }

    /// Reads the annotation.
    ///
    /// # Errors
    ///
    /// If the file cannot be read or is none of annotated sentences.
    pub fn read() -> Result<Self> {
        read_toml(&Self::path())
    }
}

impl Sentence {
    /// The sentence with its offsets in `text`, moved where reading has moved it; `None` where its words are gone.
    #[must_use]
    pub fn placed(&self, text: &str) -> Option<Self> {
        let [start, end] = self.span;
        let length = end.checked_sub(start)?;
        let same = |at: usize| {
            let words = text.get(at..at + length);
            words.is_some_and(|words| SourceHash::of(words.as_bytes()).to_string().starts_with(&self.words))
        };
        if same(start) {
            return Some(self.clone());
        }
        let found = (0..=text.len().checked_sub(length)?).find(|&at| same(at))?;
        Some(self.moved(start, found))
    }

    fn moved(&self, from: usize, to: usize) -> Self {
        let mut sentence = self.clone();
        let shift = |span: &mut [usize; 2]| span.iter_mut().for_each(|at| *at = *at - from + to);
        shift(&mut sentence.span);
        for event in &mut sentence.events {
            let parts = event.triggers.iter_mut().chain(&mut event.actors);
            parts.chain(&mut event.recipients).chain(&mut event.places).for_each(shift);
        }
        sentence.figures.iter_mut().for_each(|figure| shift(&mut figure.span));
        for commitment in &mut sentence.commitments {
            shift(&mut commitment.span);
            commitment.debtors.iter_mut().for_each(shift);
        }
        sentence
    }
}

fn day<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Date>, D::Error> {
    String::deserialize(input)?.parse().map(Some).map_err(serde::de::Error::custom)
}

/// A pair of offsets as a span.
pub(super) fn span([start, end]: [usize; 2]) -> Span {
    Span::new(start, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_found_again_by_its_words() {
        let words = "They left.";
        let sentence = Sentence {
            document: String::new(),
            span: [0, words.len()],
            words: SourceHash::of(words.as_bytes()).to_string()[..16].to_owned(),
            draw: "first".to_owned(),
            events: vec![Event { triggers: vec![[5, 9]], ..Event::default() }],
            figures: vec![],
            commitments: vec![],
        };
        let placed = sentence.placed("É. They left. Others came.").expect("the words stand there");
        assert_eq!(span(placed.events[0].triggers[0]).of("É. They left."), "left");
        assert!(sentence.placed("They stayed on.").is_none());
        assert!(sentence.placed("").is_none());
    }

    #[test]
    fn the_annotation_is_sound() {
        let gold = Gold::read().expect("the annotation is read");
        for sentence in &gold.sentence {
            let whole = span(sentence.span);
            let events = sentence.events.iter().flat_map(|event| event.triggers.iter().chain(&event.actors));
            let owed = sentence.commitments.iter().flat_map(|owed| owed.debtors.iter().chain([&owed.span]));
            let figures = sentence.figures.iter().map(|figure| &figure.span);
            for part in events.chain(owed).chain(figures) {
                assert!(whole.contains(span(*part)), "{part:?} lies outside {whole:?}");
            }
            for event in &sentence.events {
                assert!(event.optional || !event.classes.is_empty(), "an event without class in {whole:?}");
                for class in &event.classes {
                    assert!(irenic_model::EventClass::from_name(class).is_some(), "{class} is no class");
                }
            }
        }
    }
}
