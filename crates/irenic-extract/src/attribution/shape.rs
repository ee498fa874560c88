//! How a candidate sits in its sentence: what its edges cut through, how its cue is put, what kind of speaker it has.
//!
//! Function words count by their groups; no word of a text is kept.

use irenic_language::{Relation, Upos};

use super::candidates::Candidate;
use super::source::Found;
use super::view::{Run, View};

/// Trees are climbed for so many steps from the edge of what is said to its cue.
const STEPS_MAX: usize = 40;

/// The part of the cue's clause that a token belongs to: its relation, and the group of the function word that opens it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) relation: u64,
    pub(super) opener: u64,
}

/// No part of the cue's clause.
const ELSEWHERE: Part = Part { relation: 99, opener: 0 };

/// The part right under the cue, or under its complement, that a token belongs to.
pub(super) fn part_of(view: &View<'_>, candidate: &Candidate, token: usize) -> Part {
    let mut at = token;
    for _ in 0..STEPS_MAX {
        if at == candidate.cue || Some(at) == candidate.complement {
            return Part { relation: 98, opener: 0 };
        }
        let Some(head) = view.tree.head(at) else { break };
        if head == candidate.cue || Some(head) == candidate.complement {
            let under_cue = u64::from(head == candidate.cue);
            let relation = 2 * view.relation(at).index() as u64 + under_cue;
            return Part { relation, opener: u64::from(view.opener(view.extent(at).start)) };
        }
        at = head;
    }
    ELSEWHERE
}

/// What the end of a candidate cuts through.
pub(super) struct Edges {
    /// The part that what is said ends in, and the one that goes on behind it in the same sentence.
    pub(super) end: Part,
    pub(super) next: Part,
    /// Whether a mark stands between.
    pub(super) parted: u64,
    /// The largest phrase that what is said ends with: its relation, its head's tag, and whether a mark stands before it.
    pub(super) tail: [u64; 3],
    /// The largest phrase that begins right behind it: its relation, its head's tag, and the group of its first word.
    pub(super) cut: [u64; 3],
}

pub(super) fn edges(view: &View<'_>, candidate: &Candidate) -> Edges {
    let run = &candidate.content[candidate.content.len() - 1];
    let last = run.end;
    let sentence = view.sentence(last - 1);
    let next = (last..sentence.end).find(|&at| !view.is_punctuation(at));
    let tail = climb(view, last - 1, |extent| extent.end == last && run.start < extent.start);
    let start = view.trimmed(view.extent(tail)).start;
    let marked = u64::from(start > run.start && view.is_punctuation(start - 1));
    let cut = next.map_or([99, 99, 0], |next| {
        let top = climb(view, next, |extent| extent.start == next);
        [view.relation(top).index() as u64, view.token(top).xpos.index() as u64, u64::from(view.opener(next))]
    });
    Edges {
        end: part_of(view, candidate, last - 1),
        next: next.map_or(ELSEWHERE, |next| part_of(view, candidate, next)),
        parted: u64::from(next.is_some_and(|next| next > last)),
        tail: [view.relation(tail).index() as u64, view.token(tail).xpos.index() as u64, marked],
        cut,
    }
}

/// The highest word above a token, or the token itself, whose phrase still fits.
fn climb(view: &View<'_>, token: usize, fits: impl Fn(Run) -> bool) -> usize {
    let mut at = token;
    for _ in 0..STEPS_MAX {
        let Some(head) = view.tree.head(at).filter(|&head| fits(view.trimmed(view.extent(head)))) else {
            break;
        };
        at = head;
    }
    at
}

/// How the cue is put: the groups of its auxiliaries, and what opens its clause.
pub(super) fn mood(view: &View<'_>, cue: usize) -> (u64, u64) {
    let (mut mood, mut opener) = (0u64, 0u64);
    for child in view.tree.children(cue) {
        match view.relation(child) {
            Relation::Aux | Relation::AuxPass | Relation::Cop => {
                mood |= match view.tree.lemma(child) {
                    "will" | "would" | "'ll" | "wo" => 1,
                    "can" | "could" | "ca" => 2,
                    "may" | "might" => 4,
                    "shall" | "should" | "must" | "ought" => 8,
                    "have" => 16,
                    "do" => 32,
                    _ => 64,
                };
            }
            Relation::Mark if child < cue => opener = 1 + u64::from(view.opener(child)),
            _ => {}
        }
    }
    (mood, opener)
}

/// What kind of speaker a source is: the person of a pronoun, else whether the noun is one for a person, and its number.
pub(super) fn speaker(view: &View<'_>, source: &Found) -> u64 {
    let Some(head) = source.head else { return 0 };
    if view.upos(head) == Upos::Pron {
        return match view.form(head).to_lowercase().as_str() {
            "i" | "we" | "me" | "us" | "my" | "our" => 1,
            "you" | "your" => 2,
            "he" | "she" | "his" | "her" | "him" => 3,
            "they" | "their" | "them" => 4,
            "it" | "its" | "this" | "that" | "these" | "those" => 5,
            "who" | "whom" | "whose" => 6,
            _ => 7,
        };
    }
    let person = u64::from(view.lexicon.is_person(view.tree.lemma(head)));
    let several = u64::from(view.token(head).xpos.is_plural());
    8 + 2 * person + several
}

/// How many commas stand inside, and whether a clause with a subject of its own begins after one.
pub(super) fn breaks(view: &View<'_>, candidate: &Candidate) -> (u64, u64) {
    let (mut commas, mut clauses) = (0u64, 0u64);
    for at in candidate.content.iter().flat_map(Clone::clone) {
        if view.form(at) == "," {
            commas += 1;
        }
        let begins = matches!(
            view.relation(at),
            Relation::Conj | Relation::Advcl | Relation::Parataxis | Relation::AclRelcl
        ) && view.upos(at).is_verbal();
        if begins && view.tree.children(at).any(|child| view.relation(child) == Relation::Nsubj) {
            clauses += 1;
        }
    }
    (commas.min(5), clauses.min(3))
}
