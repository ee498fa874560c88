//! Training: which noun phrases the templates name, as the only supervision there is.

use super::candidates::{Candidate, Report};
use super::features::{of_candidate, of_report, of_sentence, words_of};
use super::model::{IncidentModel, Table};
use super::places::{Gazette, Place};
use super::{Effect, IncidentKind};
use crate::Input;

/// The slots that noun phrases fill, in the order of the classifier's classes after "none".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Somebody who suffered.
    Victim,
    /// A thing that was hit.
    Target,
    /// A weapon.
    Instrument,
    /// Somebody who did it.
    Perpetrator,
    /// For which organisation.
    Organisation,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 5] =
        [Self::Victim, Self::Target, Self::Instrument, Self::Perpetrator, Self::Organisation];
}

/// An incident as annotated.
#[derive(Clone, Debug, Default)]
pub struct GoldIncident {
    /// Its kind, `None` for one that is not told apart.
    pub kind: Option<IncidentKind>,
    /// What fills the slots: role and words.
    pub fillers: Vec<(Role, String)>,
    /// What became of which victim.
    pub effects: Vec<(Effect, String)>,
    /// Where.
    pub places: Vec<Place>,
}

/// An annotated report: what the classifiers see of it, and the right answers.
#[derive(Debug)]
pub struct Example {
    report: (Vec<u32>, Vec<bool>),
    sentences: Vec<(Vec<u32>, usize)>,
    roles: Vec<(Vec<u32>, usize)>,
    effects: Vec<(Vec<u32>, usize)>,
    places: Vec<Place>,
}

impl Example {
    /// What is to be learnt from a report.
    #[must_use]
    pub fn new(input: &Input<'_>, gold: &[GoldIncident]) -> Self {
        let report = Report::new(input);
        let has = |kind: &IncidentKind| gold.iter().any(|incident| incident.kind == Some(*kind));
        let mut example = Self {
            report: (of_report(&report), IncidentKind::ALL.iter().map(has).collect()),
            sentences: Vec::new(),
            roles: Vec::new(),
            effects: Vec::new(),
            places: gold.iter().flat_map(|incident| incident.places.clone()).collect(),
        };
        let mut told = vec![0; report.sentences()];
        for candidate in report.candidates() {
            let features = of_candidate(&report, &candidate);
            let answer = role_of(&candidate, gold);
            if let Some((role, kind)) = answer {
                if !matches!(role, Role::Organisation | Role::Perpetrator) && told[candidate.sentence] == 0 {
                    told[candidate.sentence] =
                        IncidentKind::ALL.iter().position(|one| Some(*one) == kind).map_or(0, |at| at + 1);
                }
                if role == Role::Victim {
                    example.effects.push((features.clone(), effect_of(&candidate, gold) as usize));
                }
            }
            let class = answer.and_then(|(role, _)| Role::ALL.iter().position(|one| *one == role));
            example.roles.push((features, class.map_or(0, |at| at + 1)));
        }
        example.sentences =
            told.into_iter().enumerate().map(|(at, class)| (of_sentence(&report, at), class)).collect();
        example
    }
}

/// Whether a noun phrase and a filler are the same words, or one is the other without some of its words.
fn same_words(candidate: &Candidate, filler: &str) -> bool {
    const SMALL: [&str; 6] = ["THE", "A", "AN", "OF", "AND", "IN"];
    let filler = words_of(filler);
    let one: Vec<&String> = candidate.words.iter().filter(|word| !SMALL.contains(&word.as_str())).collect();
    let other: Vec<&String> = filler.iter().filter(|word| !SMALL.contains(&word.as_str())).collect();
    if one.is_empty() || other.is_empty() {
        return false;
    }
    let inside = |a: &[&String], b: &[&String]| a.iter().all(|word| b.contains(word));
    let shares_end = one.last() == other.last();
    inside(&other, &one) || shares_end && inside(&one, &other)
}

fn role_of(candidate: &Candidate, gold: &[GoldIncident]) -> Option<(Role, Option<IncidentKind>)> {
    let hits = gold.iter().flat_map(|incident| {
        let same = incident.fillers.iter().filter(|(_, words)| same_words(candidate, words));
        same.map(|(role, _)| (*role, incident.kind))
    });
    hits.min_by_key(|(role, _)| *role)
}

fn effect_of(candidate: &Candidate, gold: &[GoldIncident]) -> Effect {
    let effects = gold.iter().flat_map(|incident| &incident.effects);
    effects
        .filter(|(_, words)| same_words(candidate, words))
        .map(|(effect, _)| *effect)
        .next()
        .unwrap_or(Effect::Unknown)
}

/// How the classifiers are trained: stochastic gradient descent with AdaGrad's step widths (Duchi, Hazan and Singer
/// 2011, "Adaptive Subgradient Methods").
#[derive(Clone, Copy, Debug)]
pub struct Trainer {
    /// How often all examples are gone through.
    pub rounds: usize,
    /// The width of the first step.
    pub rate: f32,
}

impl Default for Trainer {
    fn default() -> Self {
        Self { rounds: 8, rate: 0.15 }
    }
}

impl Trainer {
    /// A model from annotated reports; the same one every time.
    #[must_use]
    pub fn train(&self, examples: &[&Example]) -> IncidentModel {
        let single = |rows: Vec<(&[u32], usize)>, classes: usize, bits: u32| {
            let rows: Vec<Row<'_>> = rows
                .into_iter()
                .map(|(features, class)| Row {
                    features,
                    right: (0..classes).map(|at| at == class).collect(),
                })
                .collect();
            self.fit(&rows, classes, bits, true)
        };
        let report: Vec<Row<'_>> = examples
            .iter()
            .map(|example| Row { features: &example.report.0, right: example.report.1.clone() })
            .collect();
        type Labelled = Vec<(Vec<u32>, usize)>;
        let all = |pick: fn(&Example) -> &Labelled| {
            examples
                .iter()
                .flat_map(|&e| pick(e))
                .map(|(f, class)| (f.as_slice(), *class))
                .collect::<Vec<_>>()
        };
        IncidentModel {
            report: self.fit(&report, IncidentKind::ALL.len(), 17, false),
            sentence: single(all(|e| &e.sentences), IncidentKind::ALL.len() + 1, 17),
            role: single(all(|e| &e.roles), Role::ALL.len() + 1, 18),
            effect: single(all(|e| &e.effects), Effect::ALL.len(), 15),
            places: Gazette::learn(examples.iter().flat_map(|example| &example.places)),
        }
    }

    fn fit(&self, rows: &[Row<'_>], classes: usize, bits: u32, exclusive: bool) -> Table {
        let mut table = Table::new(classes, bits);
        let mut sums = vec![0.0f32; table.weights.len()];
        let mut squares = vec![1e-3f32; table.weights.len()];
        let mut order: Vec<usize> = (0..rows.len()).collect();
        let mut random = 0x2545_f491_4f6c_dd1d_u64;
        for round in 0..self.rounds {
            shuffle(&mut order, &mut random);
            for &at in &order {
                let row = &rows[at];
                let guess = if exclusive { table.shares(row.features) } else { table.chances(row.features) };
                self.step(&mut table, &mut squares, row, &guess);
            }
            // The mean over the rounds varies less than where the last one ended.
            if round > 0 {
                sums.iter_mut().zip(&table.weights).for_each(|(sum, weight)| *sum += weight);
            }
        }
        let count = self.rounds.saturating_sub(1).max(1) as f32;
        table.weights = sums.into_iter().map(|sum| sum / count).collect();
        table
    }

    fn step(&self, table: &mut Table, squares: &mut [f32], row: &Row<'_>, guess: &[f32]) {
        let count = table.weights.len() / table.classes;
        for &feature in row.features {
            let start = (feature as usize % count) * table.classes;
            for (class, (&right, &share)) in row.right.iter().zip(guess).enumerate() {
                let slope = share - if right { 1.0 } else { 0.0 };
                if slope.abs() < 1e-3 {
                    continue;
                }
                let square = &mut squares[start + class];
                *square += slope * slope;
                table.weights[start + class] -= self.rate * slope / square.sqrt();
            }
        }
    }
}

struct Row<'e> {
    features: &'e [u32],
    right: Vec<bool>,
}

/// Fisher and Yates's shuffle with Marsaglia's xorshift: the same order every time.
fn shuffle(order: &mut [usize], random: &mut u64) {
    for at in (1..order.len()).rev() {
        *random ^= *random << 13;
        *random ^= *random >> 7;
        *random ^= *random << 17;
        order.swap(at, (*random % (at as u64 + 1)) as usize);
    }
}
