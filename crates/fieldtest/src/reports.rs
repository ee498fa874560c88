//! `fieldtest reports`: precision and recall of events, figures and commitments on sentences in our own words.
//!
//! `gold/reports.toml`, `gold/recall.toml` and `gold/agency.toml` hold the sentences with what a reader found in them, before the program had
//! read them; of the last two files the events alone are annotated.
//! `docs/annotation.md` says how they are annotated and scored.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, bail};
use irenic::{Engine, Knowledge, document_of_text};
use irenic_model::SourceHash;
use irenic_model::jiff::civil::Date;
use serde::Deserialize;

use crate::files::read_toml;
use crate::sentences::{Commitment, Event, Figure, Figures, Sentence, score};

/// A file of sentences.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gold {
    /// Precision and recall reached, in percent, by the set and the name of the figure, as in `events.recall`; a test
    /// fails when one falls by more than half a point.
    #[serde(default)]
    pub floors: BTreeMap<String, BTreeMap<String, f64>>,
    /// Whether neither figures nor commitments are annotated.
    #[serde(default)]
    events_only: bool,
    /// In the order of writing.
    pub sentence: Vec<Written>,
}

/// A sentence and what a reader found in it, by words; `word#2` is a word's second place.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    /// Which set it belongs to.
    pub set: String,
    /// Its words, our own.
    pub text: String,
    /// The day on which it might have been published.
    date: Option<String>,
    #[serde(default)]
    events: Vec<Happening>,
    #[serde(default)]
    figures: Vec<Count>,
    #[serde(default)]
    commitments: Vec<Duty>,
    /// As its file says.
    #[serde(skip)]
    events_only: bool,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Happening {
    triggers: Vec<String>,
    #[serde(default)]
    classes: Vec<String>,
    stance: Option<String>,
    #[serde(default)]
    negated: bool,
    #[serde(default)]
    actors: Vec<String>,
    #[serde(default)]
    recipients: Vec<String>,
    #[serde(default)]
    places: Vec<String>,
    from: Option<String>,
    until: Option<String>,
    #[serde(default)]
    optional: bool,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Count {
    words: String,
    #[serde(default)]
    value: f64,
    upper: Option<f64>,
    counts: Option<Vec<String>>,
    bound: Option<String>,
    #[serde(default)]
    optional: bool,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Duty {
    words: String,
    #[serde(default)]
    debtors: Vec<String>,
    due: Option<String>,
    status: Option<String>,
    #[serde(default)]
    optional: bool,
}

impl Gold {
    /// Reads the sentences of the files.
    ///
    /// # Errors
    ///
    /// If a file cannot be read or is none of annotated sentences.
    pub fn read() -> Result<Self> {
        let mut whole = Self { floors: BTreeMap::new(), events_only: false, sentence: Vec::new() };
        for name in FILES {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("gold").join(name);
            let file: Self = read_toml(&path)?;
            whole.floors.extend(file.floors);
            let sentences = file.sentence.into_iter();
            whole.sentence.extend(sentences.map(|one| Written { events_only: file.events_only, ..one }));
        }
        Ok(whole)
    }
}

/// The files of sentences, in the folder `gold` of the crate.
const FILES: [&str; 3] = ["reports.toml", "recall.toml", "agency.toml"];

impl Written {
    /// The sentence with byte offsets in its own text.
    ///
    /// # Errors
    ///
    /// If a word of the annotation does not stand in the sentence, or a day is none.
    pub fn placed(&self) -> Result<Sentence> {
        Ok(Sentence {
            document: String::new(),
            span: [0, self.text.len()],
            words: SourceHash::of(self.text.as_bytes()).to_string()[..16].to_owned(),
            draw: self.set.clone(),
            events: self.events.iter().map(|event| self.event(event)).collect::<Result<_>>()?,
            figures: self.figures.iter().map(|figure| self.figure(figure)).collect::<Result<_>>()?,
            commitments: self.commitments.iter().map(|owed| self.commitment(owed)).collect::<Result<_>>()?,
        })
    }

    fn event(&self, event: &Happening) -> Result<Event> {
        Ok(Event {
            triggers: self.spans(&event.triggers)?,
            classes: event.classes.clone(),
            stance: event.stance.clone(),
            negated: event.negated,
            actors: self.spans(&event.actors)?,
            recipients: self.spans(&event.recipients)?,
            places: self.spans(&event.places)?,
            from: day(event.from.as_ref())?,
            until: day(event.until.as_ref())?,
            optional: event.optional,
        })
    }

    fn figure(&self, figure: &Count) -> Result<Figure> {
        Ok(Figure {
            span: self.span(&figure.words)?,
            value: figure.value,
            upper: figure.upper,
            counts: figure.counts.clone(),
            bound: figure.bound.clone(),
            optional: figure.optional,
        })
    }

    fn commitment(&self, owed: &Duty) -> Result<Commitment> {
        Ok(Commitment {
            span: self.span(&owed.words)?,
            debtors: self.spans(&owed.debtors)?,
            due: day(owed.due.as_ref())?,
            status: owed.status.clone(),
            optional: owed.optional,
        })
    }

    fn spans(&self, words: &[String]) -> Result<Vec<[usize; 2]>> {
        words.iter().map(|word| self.span(word)).collect()
    }

    /// Where whole words stand.
    fn span(&self, words: &str) -> Result<[usize; 2]> {
        let (words, nth) = words
            .split_once('#')
            .map_or(Ok((words, 1)), |(words, nth)| nth.parse::<usize>().map(|nth| (words, nth)))?;
        let letter = |found: Option<char>| found.is_some_and(char::is_alphanumeric);
        let whole = |at: &usize| {
            !letter(self.text[..*at].chars().next_back())
                && !letter(self.text[at + words.len()..].chars().next())
        };
        let mut places = self.text.match_indices(words).map(|(at, _)| at).filter(whole);
        match places.nth(nth.saturating_sub(1)) {
            Some(at) => Ok([at, at + words.len()]),
            None => bail!("{words:?} does not stand in {:?}", self.text),
        }
    }
}

fn day(text: Option<&String>) -> Result<Option<Date>> {
    text.map(|text| text.parse().with_context(|| format!("{text} is no day"))).transpose()
}

/// Scores the program on the sentences, each read as a document of its own; `told` gets the errors of each.
///
/// # Errors
///
/// If the annotation cannot be read, or does not fit its sentences.
pub fn measure(told: &mut dyn FnMut(&Written, &[String])) -> Result<BTreeMap<String, Figures>> {
    let engine = Engine::new();
    let mut sets: BTreeMap<String, Figures> = BTreeMap::new();
    for written in &Gold::read()?.sentence {
        let sentence = written.placed()?;
        let document = document_of_text("sentence", day(written.date.as_ref())?, &written.text);
        let mut scores = score(&sentence, &written.text, &engine.extract(&document, &Knowledge::default()));
        if written.events_only {
            scores.tallies.retain(|(name, _)| name.starts_with("events"));
            scores.errors.retain(|error| error.starts_with("event"));
        }
        told(written, &scores.errors);
        let figures = sets.entry(written.set.clone()).or_default();
        for (name, tally) in scores.tallies {
            figures.entry(name).or_default().add(tally);
        }
    }
    Ok(sets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whole_and_by_number() {
        let written: Written = toml::from_str(
            "set = \"x\"\ntext = \"Its men said it was late, and it was.\"\nevents = [{ triggers = [\"it#2\"], optional = true }]",
        )
        .expect("a sentence");
        let sentence = written.placed().expect("the word stands there");
        assert_eq!(sentence.events[0].triggers, [[30, 32]]);
        assert!(written.span("ate").is_err());
    }

    #[test]
    fn the_annotation_fits_its_sentences() {
        for written in Gold::read().expect("the annotation is read").sentence {
            let sentence = written.placed().expect("the annotation fits");
            for class in sentence.events.iter().flat_map(|event| &event.classes) {
                assert!(irenic_model::EventClass::from_name(class).is_some(), "{class} is no class");
            }
            assert!(sentence.events.iter().all(|event| event.optional || !event.classes.is_empty()));
        }
    }
}
