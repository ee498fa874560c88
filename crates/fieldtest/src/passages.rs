//! `fieldtest passages`: who holds which place when, who talks with whom, and what parties demand and refuse, on passages
//! annotated by hand.
//!
//! Each passage is read as a folder of its own. `docs/annotation.md` says how they are annotated and scored.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use irenic::{Dossier, Options, Reconstruction, document_of_text};
use irenic_model::DateInterval;
use irenic_model::jiff::civil::Date;
use serde::Deserialize;

use crate::files::read_toml;
use crate::sentences::{Figures, Tally};

/// A file of passages.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gold {
    /// F1 reached, in percent, by the set and the name of the figure; a test fails when one falls by more than half a point.
    #[serde(default)]
    pub floors: BTreeMap<String, BTreeMap<String, f64>>,
    /// In the order of writing.
    pub passage: Vec<Passage>,
}

impl Gold {
    /// Reads the annotation of both files.
    ///
    /// # Errors
    ///
    /// If a file cannot be read or is none of annotated passages.
    pub fn read() -> Result<Self> {
        let mut whole = Self { floors: BTreeMap::new(), passage: Vec::new() };
        for name in FILES {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("gold").join(name);
            let file: Self = read_toml(&path)?;
            whole.floors.extend(file.floors);
            whole.passage.extend(file.passage);
        }
        Ok(whole)
    }
}

/// A passage and what a reader found in it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Passage {
    /// What it is about.
    pub name: String,
    /// Which set it was written with.
    #[serde(default = "first")]
    pub set: String,
    /// Its words, our own.
    pub text: String,
    /// Who held which place.
    pub held: Vec<Held>,
    /// Who talked with whom, or signed.
    pub rounds: Vec<Round>,
    /// What was demanded and refused.
    pub positions: Vec<Position>,
}

fn first() -> String {
    "first".to_owned()
}

/// A place held. Where a party has several names, any of those parted by a bar will do.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Held {
    /// The place.
    pub place: String,
    /// Who held it.
    pub by: String,
    /// The first day on which it may have been taken.
    pub from: Option<String>,
    /// The first day on which it may have been lost.
    pub until: Option<String>,
}

/// A meeting or a signing.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Round {
    /// Who sat at the table.
    pub parties: Vec<String>,
    /// The first day on which it may have been.
    pub from: String,
    /// Where.
    pub place: Option<String>,
    /// Under whose mediation.
    pub mediator: Option<String>,
}

/// A demand or a refusal.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Position {
    /// Whose.
    pub party: String,
    /// demand or refusal.
    pub kind: String,
    /// Words of the matter.
    pub what: String,
}

/// The files of passages, in the folder `gold` of the crate.
const FILES: [&str; 3] = ["passages.toml", "processes.toml", "control.toml"];

/// Scores the program on the passages; `told` gets each passage and its errors.
///
/// The figures are by the passages' sets.
///
/// # Errors
///
/// If the annotation cannot be read.
pub fn measure(told: &mut dyn FnMut(&Passage, &[String])) -> Result<BTreeMap<String, Figures>> {
    let gold = Gold::read()?;
    let mut sets: BTreeMap<String, Figures> = BTreeMap::new();
    for passage in &gold.passage {
        let document = document_of_text("passage", None, passage.text.trim());
        let found = Dossier::of_documents("passage", vec![document]).reconstruct(Options::default(), &());
        let mut errors = Vec::new();
        for (name, tally) in score(passage, &found, &mut errors) {
            sets.entry(passage.set.clone()).or_default().entry(name).or_default().add(tally);
        }
        told(passage, &errors);
    }
    Ok(sets)
}

/// One name holds the other, whatever the case; of several names in the annotation any.
fn alike(found: &str, gold: &str) -> bool {
    let (found, gold) = (found.to_lowercase(), gold.to_lowercase());
    gold.split('|').any(|name| found.contains(name) || name.contains(&found))
}

fn begins(when: Option<DateInterval>, day: Option<&String>) -> bool {
    when.map(|when| when.from()) == day.and_then(|day| day.parse::<Date>().ok())
}

fn score(passage: &Passage, found: &Reconstruction, errors: &mut Vec<String>) -> Vec<(&'static str, Tally)> {
    let mut figures = Vec::new();
    let holds: Vec<_> =
        found.places.iter().flat_map(|place| place.holds.iter().map(move |hold| (place, hold))).collect();
    let same = |gold: &Held, at: usize| {
        let (place, hold) = holds[at];
        let named =
            alike(&place.place, &gold.place) || place.other_names.iter().any(|name| alike(name, &gold.place));
        named && alike(&hold.by, &gold.by)
    };
    let from = |gold: &Held, at: usize| begins(holds[at].1.from, gold.from.as_ref());
    let until = |gold: &Held, at: usize| begins(holds[at].1.until, gold.until.as_ref());
    let name_hold = |at: usize| {
        let (place, hold) = holds[at];
        format!("{} by {} from {:?} until {:?}", place.place, hold.by, hold.from, hold.until)
    };
    pair("control", &passage.held, holds.len(), &same, &name_hold, errors, &mut figures);
    let dated = |gold: &Held, at: usize| same(gold, at) && from(gold, at) && until(gold, at);
    pair("control_dates", &passage.held, holds.len(), &dated, &name_hold, &mut Vec::new(), &mut figures);

    let rounds: Vec<_> = found
        .negotiations
        .tracks
        .iter()
        .flat_map(|track| track.rounds.iter().map(move |one| (track, one)))
        .collect();
    let same = |gold: &Round, at: usize| {
        let (track, round) = rounds[at];
        let sits = |party: &String| track.parties.iter().any(|name| alike(name, party));
        gold.parties.iter().all(sits) && begins(round.when, Some(&gold.from))
    };
    let told = |gold: &Round, at: usize| {
        let (_, round) = rounds[at];
        let place =
            gold.place.as_ref().is_none_or(|place| round.places.iter().any(|name| alike(name, place)));
        let led =
            gold.mediator.as_ref().is_none_or(|who| round.mediators.iter().any(|name| alike(name, who)));
        same(gold, at) && place && led
    };
    let name_round = |at: usize| {
        let (track, round) = rounds[at];
        format!("{:?} {:?} at {:?} under {:?}", track.parties, round.when, round.places, round.mediators)
    };
    pair("rounds", &passage.rounds, rounds.len(), &same, &name_round, errors, &mut figures);
    pair(
        "rounds_place_mediator",
        &passage.rounds,
        rounds.len(),
        &told,
        &name_round,
        &mut Vec::new(),
        &mut figures,
    );

    let mut positions = Vec::new();
    for position in &found.negotiations.positions {
        positions.extend(position.demands.iter().map(|topic| (&position.party, "demand", &topic.what)));
        positions.extend(position.refusals.iter().map(|topic| (&position.party, "refusal", &topic.what)));
    }
    let same = |gold: &Position, at: usize| {
        let (party, kind, what) = positions[at];
        kind == gold.kind && alike(party, &gold.party) && alike(what, &gold.what)
    };
    let name_position = |at: usize| format!("{:?}", positions[at]);
    pair("positions", &passage.positions, positions.len(), &same, &name_position, errors, &mut figures);
    figures
}

/// One to one, in the order of the annotation.
fn pair<G: std::fmt::Debug>(
    name: &'static str,
    gold: &[G],
    found: usize,
    same: &dyn Fn(&G, usize) -> bool,
    describe: &dyn Fn(usize) -> String,
    errors: &mut Vec<String>,
    figures: &mut Vec<(&'static str, Tally)>,
) {
    let mut taken = vec![false; found];
    let mut right = 0;
    for one in gold {
        match (0..found).find(|&at| !taken[at] && same(one, at)) {
            Some(at) => {
                taken[at] = true;
                right += 1;
            }
            None => errors.push(format!("{name} missed: {one:?}")),
        }
    }
    errors.extend((0..found).filter(|&at| !taken[at]).map(|at| format!("{name} spurious: {}", describe(at))));
    figures.push((name, Tally { right, gold: gold.len(), found }));
}
