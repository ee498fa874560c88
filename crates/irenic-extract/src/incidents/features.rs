//! What the classifiers see of a report, a sentence and a noun phrase, as hashed features.

use irenic_language::{Penn, Relation, Upos};
use irenic_model::MentionKind;

use super::candidates::{Candidate, Report};
use crate::events::Tree;

/// The words of a text in upper case, without punctuation.
pub(super) fn words_of(text: &str) -> Vec<String> {
    let split = text.split(|c: char| !c.is_alphanumeric());
    split.filter(|word| !word.is_empty()).map(str::to_uppercase).collect()
}

/// Fowler, Noll and Vo's hash, folded: small, and the same on every machine.
fn hash(parts: &[&str]) -> u32 {
    let mut state: u64 = 0xcbf2_9ce4_8422_2325;
    for part in parts {
        for byte in part.bytes().chain([0x1f]) {
            state = (state ^ u64::from(byte.to_ascii_uppercase())).wrapping_mul(0x0100_0000_01b3);
        }
    }
    (state ^ (state >> 32)) as u32
}

struct Row(Vec<u32>);

impl Row {
    fn new() -> Self {
        Self(vec![hash(&["bias"])])
    }

    fn add(&mut self, parts: &[&str]) {
        self.0.push(hash(parts));
    }

    fn finish(mut self) -> Vec<u32> {
        self.0.sort_unstable();
        self.0.dedup();
        self.0
    }
}

fn bucket(number: usize) -> &'static str {
    match number {
        0 => "0",
        1 => "1",
        2 => "2",
        3..=5 => "3",
        6..=10 => "6",
        _ => "11",
    }
}

/// Features of a whole report: its words and pairs of words.
pub(super) fn of_report(report: &Report<'_>) -> Vec<u32> {
    let mut row = Row::new();
    for sentence in 0..report.sentences() {
        let lemmas = report.content_lemmas(sentence);
        let early = sentence < 3;
        for (at, lemma) in lemmas.iter().enumerate() {
            row.add(&["d", lemma]);
            if early {
                row.add(&["d0", lemma]);
            }
            if let Some(next) = lemmas.get(at + 1) {
                row.add(&["dd", lemma, next]);
            }
        }
    }
    row.finish()
}

/// Features of a sentence.
pub(super) fn of_sentence(report: &Report<'_>, sentence: usize) -> Vec<u32> {
    let mut row = Row::new();
    let lemmas = report.content_lemmas(sentence);
    for (at, lemma) in lemmas.iter().enumerate() {
        row.add(&["s", lemma]);
        if let Some(next) = lemmas.get(at + 1) {
            row.add(&["ss", lemma, next]);
        }
    }
    row.add(&["at", bucket(sentence)]);
    for (name, near) in [("before", sentence.checked_sub(1)), ("after", Some(sentence + 1))] {
        let Some(near) = near.filter(|&near| near < report.sentences()) else { continue };
        for lemma in report.content_lemmas(near) {
            row.add(&[name, lemma]);
        }
    }
    row.finish()
}

/// Features of a noun phrase.
pub(super) fn of_candidate(report: &Report<'_>, candidate: &Candidate) -> Vec<u32> {
    let tree = &report.tree;
    let mut row = Row::new();
    let head = tree.lemma(candidate.head);
    row.add(&["head", head]);
    for word in &candidate.words {
        row.add(&["in", word]);
    }
    let kind = report.kind_at(tree.token(candidate.head).span).map_or("none", MentionKind::name);
    row.add(&["kind", kind]);
    let plural = if tree.token(candidate.head).xpos.is_plural() { "plural" } else { "one" };
    row.add(&["number", plural, kind]);
    add_governors(&mut row, tree, candidate.head, head, kind);
    add_neighbours(&mut row, report, candidate, head, kind);
    for lemma in report.content_lemmas(candidate.sentence) {
        row.add(&["with", lemma]);
        row.add(&["with+", lemma, head]);
    }
    row.add(&["at", bucket(candidate.sentence)]);
    row.finish()
}

fn add_governors(row: &mut Row, tree: &Tree<'_>, start: usize, head: &str, kind: &str) {
    let mut node = start;
    let mut path = String::new();
    for depth in 0..3 {
        let Some(above) = tree.head(node) else { return };
        let mut relation = tree.relation(node).as_str().to_owned();
        if let Some(case) = tree.case(node) {
            relation.push('_');
            relation.push_str(case);
        }
        if relation == "conj" {
            relation.clear();
        }
        path.push_str(&relation);
        path.push('>');
        let lemma = tree.lemma(above);
        let level = bucket(depth);
        let form = tree.token(above).xpos.as_str();
        row.add(&["gov", level, &path, lemma]);
        row.add(&["gov-kind", &path, lemma, kind]);
        row.add(&["path", &path, form, kind]);
        row.add(&["gov-any", lemma]);
        if depth == 0 {
            row.add(&["gov-head", lemma, head]);
            for child in tree.children(above).filter(|&child| child != node) {
                let relation = tree.relation(child);
                if matches!(relation, Relation::Nsubj | Relation::NsubjPass | Relation::Obj | Relation::Obl) {
                    row.add(&["fellow", &path, lemma, relation.as_str(), tree.lemma(child)]);
                }
            }
        }
        node = above;
    }
}

fn add_neighbours(row: &mut Row, report: &Report<'_>, candidate: &Candidate, head: &str, kind: &str) {
    let tree = &report.tree;
    let tokens = tree.analysis.tokens_in(candidate.span);
    let sentence = &tree.analysis.sentences[candidate.sentence].tokens;
    for distance in 1..=3usize {
        let left = tokens.start.checked_sub(distance).filter(|at| sentence.contains(at));
        let right = Some(tokens.end + distance - 1).filter(|at| sentence.contains(at));
        let level = bucket(distance - 1);
        row.add(&["left", level, left.map_or("^", |at| tree.lemma(at))]);
        row.add(&["right", level, right.map_or("$", |at| tree.lemma(at))]);
        if distance == 1 {
            row.add(&["left-kind", left.map_or("^", |at| tree.lemma(at)), kind]);
            row.add(&["left-head", left.map_or("^", |at| tree.lemma(at)), head]);
        }
    }
    let verb_before = (sentence.start..tokens.start).rev().find(|&at| tree.token(at).upos == Upos::Verb);
    let verb_after = (tokens.end..sentence.end).find(|&at| tree.token(at).upos == Upos::Verb);
    for (name, verb) in [("verb-before", verb_before), ("verb-after", verb_after)] {
        let Some(verb) = verb else { continue };
        let form = if tree.token(verb).xpos == Penn::Vbn { "participle" } else { "finite" };
        row.add(&[name, tree.lemma(verb), form]);
        row.add(&[name, tree.lemma(verb), kind]);
    }
}
