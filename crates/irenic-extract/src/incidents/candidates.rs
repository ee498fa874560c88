//! Things that may fill a slot of an incident, and what tells whether they do.

use irenic_model::MentionKind;

use super::lexical;
use super::proposals::Proposal;
use super::stages::{Answers, Seen};
use super::training::Role;

/// Below this chance of a role a thing is no candidate.
const LEAST: f32 = 0.06;

/// A thing that may fill a slot of an incident.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) thing: usize,
    /// Of its phrases the one that most likely has the role, if possible in a sentence of the incident.
    pub(super) phrase: usize,
    /// The chance that it has the role, a half of it where the incident's sentences do not name it.
    pub(super) chance: f32,
    /// What tells whether it fills the slot.
    pub(super) measures: Vec<f32>,
    /// What is said around its mentions.
    pub(super) row: Vec<u32>,
}

/// The candidates of a role of an incident, the likeliest first; `all` are the incidents proposed of the report, `class`
/// is the role by its place in [`Role::ALL`].
pub(super) fn candidates(
    seen: &Seen,
    answers: &Answers,
    proposal: &Proposal,
    all: &[Proposal],
    class: usize,
) -> Vec<Candidate> {
    let outline = proposal.outline(all, answers);
    let mut found: Vec<Candidate> = Vec::new();
    for (thing, phrases) in seen.things.iter().enumerate() {
        let chance = |at: usize| answers.phrases[at][class];
        let surest = |&&a: &&usize, &&b: &&usize| chance(a).total_cmp(&chance(b)).then(b.cmp(&a));
        let Some(&everywhere) = phrases.iter().max_by(surest) else { continue };
        if chance(everywhere) < LEAST {
            continue;
        }
        let inside = phrases.iter().filter(|&&at| proposal.has(seen.phrases[at].sentence));
        let within = inside.clone().max_by(surest).copied();
        let phrase = within.unwrap_or(everywhere);
        let mut measures = of_thing(seen, answers, phrases, class);
        measures.extend([within.map_or(0.0, chance), inside.count() as f32]);
        measures.extend(of_phrase(seen, answers, proposal, phrase));
        measures.extend(of_rivals(seen, proposal, all, phrases, phrase));
        measures.extend(of_setting(seen, proposal, phrase));
        let share = if within.is_some() { 1.0 } else { 0.5 };
        let row = lexical::of_thing(seen, proposal, phrases, phrase);
        found.push(Candidate { thing, phrase, chance: share * chance(everywhere), measures, row });
    }
    found.sort_by(|a, b| b.chance.total_cmp(&a.chance).then(a.phrase.cmp(&b.phrase)));
    let (count, most) = (found.len() as f32, found.first().map_or(0.0, |one| one.chance));
    let likely = found.iter().filter(|one| one.chance >= 0.3).count() as f32;
    for rank in 0..found.len() {
        let (surer, rest) = found.split_at_mut(rank);
        let one = &mut rest[0];
        let words = |at: usize| &seen.phrases[at].words;
        let shared = |word: &String| word.len() > 3 && words(one.phrase).contains(word);
        let alike = surer.iter().filter(|other| words(other.phrase).iter().any(shared)).count() as f32;
        one.measures.extend([rank as f32, count, likely, one.chance - most, alike]);
        one.measures.extend_from_slice(&outline);
    }
    found
}

/// Measures of a thing over the whole report.
fn of_thing(seen: &Seen, answers: &Answers, phrases: &[usize], class: usize) -> Vec<f32> {
    let mut measures: Vec<f32> = (0..Role::ALL.len())
        .map(|role| phrases.iter().map(|&at| answers.phrases[at][role]).fold(0.0, f32::max))
        .collect();
    let mut chances: Vec<f32> = phrases.iter().map(|&at| answers.phrases[at][class]).collect();
    chances.sort_by(|a, b| b.total_cmp(a));
    let mean = chances.iter().sum::<f32>() / chances.len().max(1) as f32;
    measures.extend([chances.get(1).copied().unwrap_or(0.0), mean, phrases.len() as f32]);
    let named = phrases.iter().filter(|&&at| seen.phrases[at].kind.is_some()).count();
    measures.push(named as f32 / phrases.len().max(1) as f32);
    let first = phrases.iter().map(|&at| seen.phrases[at].sentence).min().unwrap_or(0);
    measures.push(first as f32);
    measures
}

/// Measures of the phrase that stands for a thing in an incident.
fn of_phrase(seen: &Seen, answers: &Answers, proposal: &Proposal, at: usize) -> Vec<f32> {
    let phrase = &seen.phrases[at];
    let shares = &answers.context.sentences[phrase.sentence];
    let own = shares[proposal.kind + 1];
    let rival = (1..shares.len())
        .filter(|&kind| kind != proposal.kind + 1)
        .map(|kind| shares[kind])
        .fold(0.0, f32::max);
    let away = |to: Option<usize>| to.map_or(30.0, |to| phrase.sentence as f32 - to as f32);
    let nearest = proposal.telling.iter().copied().min_by_key(|to| to.abs_diff(phrase.sentence));
    let kind = |kind: MentionKind| f32::from(u8::from(phrase.kind == Some(kind)));
    let mut measures = vec![
        own,
        1.0 - shares[0],
        rival,
        away(nearest).abs(),
        away(proposal.telling.first().copied()),
        phrase.sentence as f32,
        kind(MentionKind::Person),
        kind(MentionKind::Organisation),
        kind(MentionKind::Location),
        kind(MentionKind::Nationality),
        f32::from(u8::from(phrase.kind.is_none())),
        f32::from(u8::from(phrase.plural)),
        f32::from(u8::from(phrase.definite)),
        phrase.counted.map_or(-1.0, |number| number.min(1000) as f32),
        phrase.words.len() as f32,
    ];
    measures.extend_from_slice(&answers.effects[at]);
    measures.extend_from_slice(&answers.phrases[at]);
    measures
}

/// Whether another of the incidents has a better claim: by the sentences that name a thing.
fn of_rivals(seen: &Seen, proposal: &Proposal, all: &[Proposal], phrases: &[usize], best: usize) -> [f32; 4] {
    let rank = |of: &Proposal, at: usize| {
        let sentence = seen.phrases[at].sentence;
        of.telling.iter().position(|&own| own == sentence).unwrap_or(20) as f32
    };
    let others = || all.iter().filter(|other| !std::ptr::eq(*other, proposal));
    let inside = |at: &&usize| others().any(|other| other.has(seen.phrases[**at].sentence));
    let like = others().filter(|other| other.kind == proposal.kind);
    [
        rank(proposal, best),
        phrases.iter().filter(inside).count() as f32,
        others().map(|other| rank(other, best)).fold(20.0, f32::min),
        like.flat_map(|other| phrases.iter().map(|&at| rank(other, at))).fold(20.0, f32::min),
    ]
}

/// Whether the sentence of a phrase speaks of another day than the incident's, and how far away it lies from it.
fn of_setting(seen: &Seen, proposal: &Proposal, at: usize) -> [f32; 4] {
    let own = seen.phrases[at].sentence;
    let apart = |sentence: usize| match (proposal.date, seen.facts[sentence].dates.as_slice()) {
        (_, []) => 0.0,
        (Some(day), dates) if dates.iter().any(|one| one.1 == day) => 1.0,
        _ => 2.0,
    };
    let gap = proposal
        .date
        .zip(seen.facts[own].dates.first())
        .map_or(-1.0, |(day, one)| day.since(one.1).map_or(0, |span| span.get_days()).unsigned_abs() as f32);
    let before = (0..own).rev().map(apart).find(|&apart| apart > 0.0).unwrap_or(0.0);
    let past = proposal
        .date
        .zip(seen.dateline)
        .map_or(-1.0, |(day, line)| line.since(day).map_or(0, |span| span.get_days()) as f32);
    [apart(own), gap, before, past]
}
