//! What the classifiers see of a report, a sentence and a noun phrase, as hashed features.

use irenic_language::{Penn, Relation, Upos};
use irenic_model::{MentionKind, Participant};

use super::phrases::{Phrase, Report};
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

/// The feature of a word.
pub(super) fn of_word(word: &str) -> u32 {
    hash(&["word", word])
}

/// The features of one thing as they are gathered.
pub(super) struct Features(Vec<u32>);

const LEVELS: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

impl Features {
    pub(super) fn new() -> Self {
        Self(vec![hash(&["bias"])])
    }

    pub(super) fn add(&mut self, parts: &[&str]) {
        self.0.push(hash(parts));
    }

    /// How high a probability is, as the steps it reaches.
    pub(super) fn add_level(&mut self, name: &[&str], value: f32) {
        const STEPS: [f32; 10] = [0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.65, 0.8, 0.92];
        for at in (0..STEPS.len()).filter(|&at| value >= STEPS[at]) {
            self.add(&[name, &[LEVELS[at]]].concat());
        }
    }

    pub(super) fn finish(mut self) -> Vec<u32> {
        self.0.sort_unstable();
        self.0.dedup();
        self.0
    }
}

pub(super) fn bucket(number: usize) -> &'static str {
    match number {
        0 => "0",
        1 => "1",
        2 => "2",
        3..=5 => "3",
        6..=10 => "6",
        _ => "11",
    }
}

/// Features of a whole report: its words, with figures alike, and pairs of words of content.
pub(super) fn of_report(report: &Report<'_>) -> Vec<u32> {
    let mut row = Features::new();
    let masked = |word: &str| word.replace(|c: char| c.is_ascii_digit(), "0");
    for sentence in 0..report.sentences() {
        for word in report.sentence_words(sentence) {
            row.add(&["w", &masked(&word)]);
        }
        let lemmas = report.content_lemmas(sentence);
        for (at, lemma) in lemmas.iter().enumerate() {
            if sentence < 3 {
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
    let mut row = Features::new();
    let lemmas = report.content_lemmas(sentence);
    for (at, lemma) in lemmas.iter().enumerate() {
        row.add(&["s", lemma]);
        if let Some(next) = lemmas.get(at + 1) {
            row.add(&["ss", lemma, next]);
        }
    }
    for event in report.events_in(sentence) {
        let mode = event.mode.as_deref().unwrap_or("");
        row.add(&["event", event.class.name()]);
        row.add(&["event", event.class.name(), mode]);
        for recipient in &event.recipients {
            row.add(&["event-to", event.class.name(), last_word(&recipient.text)]);
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
pub(super) fn of_phrase(report: &Report<'_>, phrase: &Phrase) -> Vec<u32> {
    let tree = &report.tree;
    let mut row = Features::new();
    let head = tree.lemma(phrase.head);
    row.add(&["head", head]);
    for word in &phrase.words {
        row.add(&["in", word]);
    }
    let kind = report.kind_at(tree.token(phrase.head).span).map_or("none", MentionKind::name);
    row.add(&["kind", kind]);
    let plural = if tree.token(phrase.head).xpos.is_plural() { "plural" } else { "one" };
    row.add(&["number", plural, kind]);
    add_governors(&mut row, tree, phrase.head, head, kind);
    add_neighbours(&mut row, report, phrase, head, kind);
    for lemma in report.content_lemmas(phrase.sentence) {
        row.add(&["with", lemma]);
    }
    add_events(&mut row, report, phrase, head, kind);
    row.add(&["at", bucket(phrase.sentence)]);
    row.finish()
}

/// Which part the phrase has in the events that its sentence tells.
fn add_events(row: &mut Features, report: &Report<'_>, phrase: &Phrase, head: &str, kind: &str) {
    let own = report.tree.token(phrase.head).span;
    for event in report.events_in(phrase.sentence) {
        let within = |list: &[Participant]| list.iter().any(|one| one.span.contains(own));
        let part = match (within(&event.actors), within(&event.recipients), within(&event.places)) {
            (true, _, _) => "actor",
            (_, true, _) => "recipient",
            (_, _, true) => "place",
            _ => "none",
        };
        let class = event.class.name();
        row.add(&["event", part, class]);
        row.add(&["event", part, class, kind]);
        row.add(&["event", part, class, event.mode.as_deref().unwrap_or("")]);
        if part != "none" {
            row.add(&["event-head", part, class, head]);
        }
    }
}

fn last_word(text: &str) -> &str {
    text.rsplit(' ').next().unwrap_or("")
}

fn add_governors(row: &mut Features, tree: &Tree<'_>, start: usize, head: &str, kind: &str) {
    let mut node = start;
    let mut path = String::new();
    for depth in 0..3 {
        let Some(above) = tree.head(node) else { return };
        let mut relation = tree.relation(node).as_str().to_owned();
        if let Some(case) = tree.case(node) {
            relation.push('_');
            relation.push_str(case);
        }
        // What is said of one name or fellow in a list is said of the other.
        if matches!(tree.relation(node), Relation::Conj | Relation::Appos | Relation::Flat) {
            relation.clear();
        } else {
            path.push_str(&relation);
            path.push('>');
        }
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

fn add_neighbours(row: &mut Features, report: &Report<'_>, phrase: &Phrase, head: &str, kind: &str) {
    let tree = &report.tree;
    let tokens = tree.analysis.tokens_in(phrase.span);
    let sentence = &tree.analysis.sentences[phrase.sentence].tokens;
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
