//! What is said around all mentions of a thing, and in the sentences that tell an incident, as hashed features.
//!
//! The first classifiers see one noun phrase or one sentence. These rows gather what they see over a whole incident, so
//! that what one mention leaves open another may decide.

use super::proposals::Proposal;
use super::stages::{Answers, Seen};
use super::training::Role;

/// So many mentions of a thing are looked at, those in the incident's sentences first.
const MENTIONS: usize = 5;
/// So many sentences of an incident are looked at, the surest first.
const SENTENCES: usize = 4;
/// From which chance on a noun phrase counts as a filler.
const LIKELY: f32 = 0.3;

/// A feature as it counts under some condition.
fn under(feature: u32, condition: u32) -> u32 {
    (feature ^ condition.wrapping_add(1).wrapping_mul(0x9e37_79b9)).rotate_left(13).wrapping_mul(0x85eb_ca6b)
}

/// Features of a thing, by its phrases, as a filler of a slot of an incident; `best` is the phrase that stands for it.
pub(super) fn of_thing(seen: &Seen, proposal: &Proposal, phrases: &[usize], best: usize) -> Vec<u32> {
    let kind = proposal.kind as u32;
    let distance = |at: usize| {
        let sentence = seen.phrases[at].sentence;
        match (proposal.telling.contains(&sentence), proposal.has(sentence)) {
            (true, _) => 0u32,
            (false, true) => 1,
            (false, false) => 2,
        }
    };
    let mut order: Vec<(u32, usize)> = phrases.iter().map(|&at| (distance(at), at)).collect();
    order.sort_unstable();
    order.truncate(MENTIONS);
    let mut row = Vec::new();
    for (distance, at) in order {
        for &feature in &seen.phrases[at].features {
            row.extend([feature, under(feature, distance)]);
        }
    }
    row.extend(seen.phrases[best].features.iter().map(|&feature| under(feature, 10 + kind)));
    finish(row)
}

/// Features of a proposed incident: of the sentences that tell it, for themselves and by its kind.
/// What likely fills its slots counts by the word for it: a report of killed soldiers is another than one of killed
/// peasants.
pub(super) fn of_proposal(seen: &Seen, answers: &Answers, proposal: &Proposal) -> Vec<u32> {
    let kind = proposal.kind as u32;
    let mut row = vec![under(0, kind)];
    for &at in proposal.telling.iter().take(SENTENCES) {
        for &feature in &seen.sentences[at] {
            row.extend([feature, under(feature, kind)]);
        }
    }
    for (at, phrase) in seen.phrases.iter().enumerate().filter(|(_, phrase)| proposal.has(phrase.sentence)) {
        for class in 0..Role::ALL.len() {
            if answers.phrases[at][class] >= LIKELY {
                let head = phrase.head_feature();
                row.extend([under(head, 20 + class as u32), under(under(head, 20 + class as u32), kind)]);
            }
        }
    }
    finish(row)
}

fn finish(mut row: Vec<u32>) -> Vec<u32> {
    row.sort_unstable();
    row.dedup();
    row
}
