//! What the finder sees of each token: the word, its looks, what gazetteer and lexicon know, what the document shows.
//!
//! Everything that the labeller's features and the rules ask about a token is worked out here, once.

use std::borrow::Cow;

use irenic_model::Span;
use rustc_hash::FxHashMap;

use super::gazetteer::{EntryKind, Gazetteer, Sense, WordFlags};
use super::lexicon::{Lexicon, WordClass, WordClasses};
use crate::analysis::Analysis;
use crate::labels::{Penn, Relation, Upos};

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(super) enum Shape {
    Lower,
    Capitalised,
    /// One capital, or a capital and a full stop: an initial.
    Initial,
    AllCapitals,
    /// Capitals inside: "McGurk", "eBay", "al-Ja'afari" in one token.
    Mixed,
    Number,
    /// Letters and digits: "M23".
    Code,
    Punctuation,
}

/// A name of the gazetteer, in tokens.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) sense: Sense,
    /// It may as well be an everyday word or a person's name.
    pub(super) ambiguous: bool,
}

/// What is known of one token.
#[derive(Clone, Debug)]
pub(super) struct TokenView<'t> {
    pub(super) text: &'t str,
    pub(super) lower: Cow<'t, str>,
    pub(super) span: Span,
    pub(super) shape: Shape,
    pub(super) flags: WordFlags,
    pub(super) classes: WordClasses,
    pub(super) upos: Upos,
    pub(super) xpos: Penn,
    pub(super) relation: Relation,
    /// The head, by index.
    pub(super) head: Option<usize>,
    /// First word of its sentence, quotation marks and the like left out.
    pub(super) initial: bool,
    /// Index into [`View::hits`] of the longest name that covers the token.
    pub(super) hit: Option<usize>,
    /// The first sense of the token alone.
    pub(super) own: Option<Sense>,
    /// What the document shows of the word.
    pub(super) habits: Habits,
}

/// How a word is used across a document.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Habits {
    pub(super) count: u32,
    pub(super) lower: u32,
    /// Capitalised where no sentence begins.
    pub(super) capitalised: u32,
    /// After a title or a role.
    pub(super) titled: u32,
    /// Before a verb of saying.
    pub(super) speaking: u32,
    /// After a preposition of place.
    pub(super) placed: u32,
    /// After "the".
    pub(super) definite: u32,
}

/// A document as the finder sees it.
pub(super) struct View<'t> {
    pub(super) tokens: Vec<TokenView<'t>>,
    pub(super) hits: Vec<Hit>,
    /// By sentence: its tokens, and whether it is written in capitals.
    pub(super) sentences: Vec<(std::ops::Range<usize>, bool)>,
}

impl<'t> View<'t> {
    pub(super) fn new(text: &'t str, analysis: &Analysis) -> Self {
        let gazetteer = Gazetteer::embedded();
        let mut view = Self {
            tokens: token_views(text, analysis, gazetteer),
            hits: Vec::new(),
            sentences: Vec::with_capacity(analysis.sentences.len()),
        };
        for sentence in &analysis.sentences {
            let capitals = is_written_in_capitals(&view.tokens[sentence.tokens.clone()]);
            mark_initial(&mut view.tokens[sentence.tokens.clone()]);
            view.sentences.push((sentence.tokens.clone(), capitals));
        }
        view.count_habits();
        for at in 0..view.sentences.len() {
            view.find_hits(text, at, gazetteer);
        }
        view
    }

    fn count_habits(&mut self) {
        let mut words: FxHashMap<Cow<'t, str>, Habits> = FxHashMap::default();
        for (range, capitals) in &self.sentences {
            for at in range.clone().filter(|&at| self.tokens[at].shape < Shape::Number) {
                let token = &self.tokens[at];
                let habits = words.entry(token.lower.clone()).or_default();
                habits.count += 1;
                let before =
                    at.checked_sub(1).filter(|before| range.contains(before)).map(|b| &self.tokens[b]);
                let after = self.tokens.get(at + 1).filter(|_| range.contains(&(at + 1)));
                if !capitals {
                    habits.lower += u32::from(token.shape == Shape::Lower);
                    habits.capitalised += u32::from(token.shape != Shape::Lower && !token.initial);
                }
                let after_class = |class| before.is_some_and(|before| before.classes.has(class));
                habits.titled += u32::from(after_class(WordClass::Title) || after_class(WordClass::Role));
                habits.placed += u32::from(after_class(WordClass::Movement));
                habits.definite += u32::from(before.is_some_and(|before| before.lower == "the"));
                habits.speaking += u32::from(after.is_some_and(|after| after.classes.has(WordClass::Saying)));
            }
        }
        for token in &mut self.tokens {
            token.habits = words.get(&token.lower).copied().unwrap_or_default();
        }
    }

    fn find_hits(&mut self, text: &str, sentence: usize, gazetteer: Gazetteer) {
        let (range, capitals) = self.sentences[sentence].clone();
        let mut at = range.start;
        while at < range.end {
            let token = &self.tokens[at];
            if token.shape >= Shape::Number {
                at += 1;
                continue;
            }
            let matches = gazetteer.matches_at(text, token.span.start);
            let mut best = None;
            for found in &matches {
                let Some(sense) = found.entry.first() else { continue };
                let last =
                    self.tokens[at..range.end].partition_point(|token| token.span.end < found.end) + at;
                if self.tokens.get(last).is_none_or(|token| token.span.end != found.end) || last >= range.end
                {
                    continue;
                }
                let words = &self.tokens[at..=last];
                if words.len() == 1 {
                    self.tokens[at].own = accepted(words, sense, capitals).map(|_| sense);
                }
                let words = &self.tokens[at..=last];
                if let Some(ambiguous) = accepted(words, sense, capitals) {
                    best = Some(Hit { start: at, end: last + 1, sense, ambiguous });
                }
            }
            let Some(hit) = best else {
                at += 1;
                continue;
            };
            for inner in hit.start + 1..hit.end {
                self.set_own(text, inner, capitals, gazetteer);
            }
            let number = self.hits.len();
            self.tokens[hit.start..hit.end].iter_mut().for_each(|token| token.hit = Some(number));
            self.hits.push(hit);
            at = hit.end;
        }
    }

    fn set_own(&mut self, text: &str, at: usize, capitals: bool, gazetteer: Gazetteer) {
        let token = &self.tokens[at];
        let sense = gazetteer.find(token.span.of(text)).and_then(|entry| entry.first());
        self.tokens[at].own =
            sense.filter(|&sense| accepted(&self.tokens[at..=at], sense, capitals).is_some());
    }

    /// The hit that covers a token.
    pub(super) fn hit_of(&self, token: usize) -> Option<&Hit> {
        self.tokens[token].hit.map(|number| &self.hits[number])
    }
}

/// Whether these words may carry that sense, and if so whether they may also be something else.
fn accepted(words: &[TokenView<'_>], sense: Sense, capitals: bool) -> Option<bool> {
    let first = &words[0];
    let single = words.len() == 1;
    let common = words.iter().all(|word| word.flags.common_word() || word.shape >= Shape::Number);
    let named = single && (first.flags.given_name() || first.flags.surname());
    let small =
        matches!(sense.kind, EntryKind::City | EntryKind::Division | EntryKind::Region | EntryKind::Capital);
    if single && first.text.len() < 2 {
        return None;
    }
    if capitals {
        let everyday = common && (small || first.upos != Upos::Propn);
        return (!everyday).then_some(named || common);
    }
    let lower = words.iter().all(|word| word.shape == Shape::Lower);
    if lower {
        // Only names that texts also write small: "the taliban".
        let group = matches!(sense.kind, EntryKind::Armed) && !common;
        return group.then_some(true);
    }
    if first.shape == Shape::Lower && first.lower != "the" && !first.classes.has(WordClass::Particle) {
        return None;
    }
    if single && first.text.len() <= 4 && sense.name.chars().all(char::is_lowercase) {
        return None;
    }
    // "US" must not be found in "Us": an abbreviation is written as one.
    if single
        && common
        && sense.kind.is_organisation() | (sense.kind == EntryKind::Country)
        && first.shape != Shape::AllCapitals
    {
        let known_small = first.habits.lower > 0;
        return (!known_small && !first.initial).then_some(true);
    }
    if single && common && (first.initial || first.habits.lower > first.habits.capitalised) {
        return None;
    }
    Some(named || (single && common) || (small && sense.weight < 15))
}

fn token_views<'t>(text: &'t str, analysis: &Analysis, gazetteer: Gazetteer) -> Vec<TokenView<'t>> {
    let lexicon = Lexicon::embedded();
    // Half of a text's words stand in it before: the gazetteer is asked for each once.
    let mut flags: FxHashMap<&str, WordFlags> = FxHashMap::default();
    let view = |token: &crate::analysis::Token| {
        let word = token.span.of(text);
        let lower = lower_case(word);
        let shape = shape_of(word);
        let known = || gazetteer.find(word).map(|entry| entry.flags()).unwrap_or_default();
        let flags = if shape < Shape::Number {
            *flags.entry(word).or_insert_with(known)
        } else {
            WordFlags::default()
        };
        TokenView {
            text: word,
            classes: lexicon.classes(&lower),
            flags,
            lower,
            span: token.span,
            shape,
            upos: token.upos,
            xpos: token.xpos,
            relation: token.relation,
            head: token.head.map(|head| head as usize),
            initial: false,
            hit: None,
            own: None,
            habits: Habits::default(),
        }
    };
    analysis.tokens.iter().map(view).collect()
}

fn lower_case(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
        Cow::Borrowed(word)
    } else {
        Cow::Owned(word.to_lowercase())
    }
}

pub(super) fn shape_of(word: &str) -> Shape {
    let (mut upper, mut lower, mut digits, mut inner) = (0, 0, 0, false);
    for (at, c) in word.chars().enumerate() {
        if c.is_uppercase() {
            upper += 1;
            inner |= at > 0;
        } else if c.is_alphabetic() {
            lower += 1;
        } else if c.is_numeric() {
            digits += 1;
        }
    }
    match (upper, lower, digits) {
        (0, 0, 0) => Shape::Punctuation,
        (0, 0, _) => Shape::Number,
        (_, _, 1..) => Shape::Code,
        (0, _, _) => Shape::Lower,
        (1, 0, _) => Shape::Initial,
        (_, 0, _) => Shape::AllCapitals,
        _ if inner => Shape::Mixed,
        _ => Shape::Capitalised,
    }
}

/// Whether a sentence is written in capitals, as the wire services and headlines do.
fn is_written_in_capitals(tokens: &[TokenView<'_>]) -> bool {
    let long = tokens.iter().filter(|token| token.shape < Shape::Number && token.text.len() > 3);
    let (mut capitals, mut small) = (0, 0);
    for token in long {
        if token.shape == Shape::AllCapitals { capitals += 1 } else { small += 1 }
    }
    capitals >= 2 && small * 4 < capitals
}

fn mark_initial(tokens: &mut [TokenView<'_>]) {
    if let Some(first) = tokens.iter_mut().find(|token| token.shape < Shape::Number) {
        first.initial = true;
    }
}
