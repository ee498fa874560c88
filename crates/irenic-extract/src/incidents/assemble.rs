//! From the classifiers' answers to incidents: which are told, which sentences tell them, what fills their slots.

use super::candidates::{Candidate, candidates};
use super::model::IncidentModel;
use super::phrases::{Phrase, Report};
use super::proposals::{Proposal, proposals};
use super::stages::{Answers, Seen};
use super::training::Role;
use super::victims::victims;
use super::{Effect, Filler, Incident, IncidentKind};
use crate::Input;

/// From which chances on an answer counts; the defaults were chosen on MUC-4's development reports by cross-validation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thresholds {
    /// A report tells a kind of incident, so that it is proposed.
    pub report: f32,
    /// A sentence tells a kind of incident.
    pub sentence: f32,
    /// Two sentences tell the same incident.
    pub same: f32,
    /// A proposed incident is one.
    pub incident: f32,
    /// A thing fills a slot of an incident. Where a half of the answers are right, one more raises F1 if it is right
    /// with a chance of a quarter.
    pub fill: f32,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { report: 0.15, sentence: 0.2, same: 0.8, incident: 0.35, fill: 0.27 }
    }
}

/// A thing that fills a slot, by the noun phrase that names it best.
pub(super) struct Filled {
    pub(super) phrase: usize,
    /// All that name it, that one first.
    pub(super) phrases: Vec<usize>,
    /// The number that any of its phrases counts.
    pub(super) counted: Option<u32>,
    chance: f32,
    pub(super) effect: Effect,
}

pub(super) fn incidents(input: &Input<'_>, model: &IncidentModel, thresholds: &Thresholds) -> Vec<Incident> {
    let report = Report::new(input);
    let seen = Seen::new(&report);
    let answers = Answers::new(&seen, &model.linear);
    let proposals = proposals(&seen, &answers, &model.linear, thresholds);
    let mut found = Vec::new();
    for proposal in &proposals {
        let measures = proposal.measures(&proposals, &seen, &answers, &model.linear);
        let chance = model.proposal.chance(&measures);
        if chance < thresholds.incident {
            continue;
        }
        let of_role = |role: Role| {
            let class = role as usize;
            let mut filled = Vec::new();
            for one in candidates(&seen, &answers, proposal, &proposal.outline(&proposals, &answers), class) {
                let fills = chance * model.fills[class].chance(&one.measures);
                if fills >= thresholds.fill {
                    filled.push(filled_by(&seen, &answers, &one, fills));
                }
            }
            merged(&report, filled)
        };
        found.push(incident(&report, proposal, of_role));
    }
    found
}

fn filled_by(seen: &Seen, answers: &Answers, one: &Candidate, chance: f32) -> Filled {
    let mut phrases = vec![one.phrase];
    phrases.extend(seen.things[one.thing].iter().filter(|&&at| at != one.phrase));
    // What became of a victim may stand with any mention; those that are likelier to be the victim weigh more.
    let mut effects = [0.0; Effect::ALL.len()];
    for &at in &phrases {
        let weight = answers.phrases[at][Role::Victim as usize];
        effects.iter_mut().zip(&answers.effects[at]).for_each(|(sum, share)| *sum += weight * share);
    }
    let sum: f32 = effects.iter().sum();
    let known = (1..effects.len()).max_by(|&a, &b| effects[a].total_cmp(&effects[b]));
    let effect = known.filter(|_| effects[0] < 0.6 * sum).unwrap_or(0);
    let counted = phrases.iter().find_map(|&at| seen.phrases[at].counted);
    Filled { phrase: one.phrase, phrases, counted, chance, effect: Effect::ALL[effect] }
}

fn incident(report: &Report<'_>, proposal: &Proposal, of_role: impl Fn(Role) -> Vec<Filled>) -> Incident {
    let fillers = |role: Role| -> Vec<Filler> {
        of_role(role).into_iter().map(|one| filler(report, &report.phrases[one.phrase])).collect()
    };
    Incident {
        kind: IncidentKind::ALL[proposal.kind],
        date: proposal.date,
        place: proposal.place.clone(),
        instruments: fillers(Role::Instrument),
        perpetrators: fillers(Role::Perpetrator),
        organisations: fillers(Role::Organisation),
        targets: fillers(Role::Target),
        victims: victims(report, &of_role(Role::Victim)),
    }
}

/// One of several things that share their words: the surest.
fn merged(report: &Report<'_>, mut filled: Vec<Filled>) -> Vec<Filled> {
    let phrase = |one: &Filled| &report.phrases[one.phrase];
    filled.sort_by(|a, b| b.chance.total_cmp(&a.chance));
    let mut kept: Vec<Filled> = Vec::new();
    for one in filled {
        let inside = |other: &Filled| {
            phrase(other).words.iter().all(|word| phrase(&one).words.contains(word))
                || phrase(&one).words.iter().all(|word| phrase(other).words.contains(word))
                || phrase(&one).words.last() == phrase(other).words.last()
        };
        if !kept.iter().any(inside) {
            kept.push(one);
        }
    }
    kept.sort_by_key(|one| phrase(one).span);
    kept
}

fn filler(report: &Report<'_>, phrase: &Phrase) -> Filler {
    Filler { text: report.plain_words(phrase), span: phrase.span }
}
