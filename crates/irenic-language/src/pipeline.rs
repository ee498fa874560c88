//! The pipeline: segments of a text to tokens, sentences and trees.

use std::cell::Cell;

use irenic_model::Span;

use crate::analysis::{Analysis, Sentence, Token};
use crate::labels::{Penn, Relation, Upos};
use crate::sentences::{case_of, sentences};
use crate::syntax::features::Case;
use crate::syntax::{Model, Reading, Scratch};
use crate::tokenise::tokenise;

thread_local! {
    /// Working memory between texts. What it keeps of words is the same for every text, so it changes no result.
    static SCRATCH: Cell<Option<Box<Scratch>>> = const { Cell::new(None) };
}

/// Reads English: tokens, sentences, tags, lemmas and dependency trees.
///
/// It holds no state of its own; making one is free.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pipeline {}

impl Pipeline {
    /// The pipeline with the models that are built in.
    #[must_use]
    pub const fn new() -> Self {
        Self {}
    }

    /// Analyses the segments of a text: paragraphs, headings, table cells. No sentence crosses from one to the next.
    ///
    /// The time is linear in the length of the segments. Segments are taken in the order given, which should be
    /// that of the text.
    ///
    /// # Panics
    ///
    /// If a segment is not a range of `text` on character boundaries.
    #[must_use]
    pub fn analyse(&self, text: &str, segments: &[Span]) -> Analysis {
        let mut analysis = Analysis::default();
        let mut scratch = SCRATCH.take().unwrap_or_default();
        for &segment in segments {
            let spans = tokenise(text, segment);
            let case = case_of(text, &spans);
            for range in sentences(text, &spans) {
                add_sentence(&mut analysis, text, &spans[range], case, &mut scratch);
            }
        }
        SCRATCH.set(Some(scratch));
        analysis
    }
}

fn add_sentence(analysis: &mut Analysis, text: &str, spans: &[Span], case: Case, scratch: &mut Scratch) {
    let model = Model::english();
    let forms: Vec<&str> = spans.iter().map(|span| span.of(text)).collect();
    let first = analysis.tokens.len();
    let readings = if forms.iter().any(|form| form.contains(char::is_alphanumeric)) {
        match dateline(&forms).filter(|_| case == Case::Mixed) {
            Some(length) => read_apart(model, &forms, length, case, scratch),
            None => model.read(&forms, case, scratch),
        }
    } else {
        rule(forms.len())
    };
    for ((reading, form), &span) in readings.into_iter().zip(forms).zip(spans) {
        let Reading { upos, xpos, head, relation } = reading;
        let lemma = model.lemmas.lemma(form, upos, xpos, case == Case::None);
        let head = head.map(|head| (first + head) as u32);
        analysis.tokens.push(Token { span, upos, xpos, lemma, head, relation });
    }
    let span = spans[0].cover(spans[spans.len() - 1]);
    analysis.sentences.push(Sentence { span, tokens: first..analysis.tokens.len() });
}

/// Most tokens of a dateline.
const DATELINE_MAX: usize = 16;

/// The tokens of the place and day before a dispatch's first sentence, the dash included: "NORTHTON, 21 May 2023 -".
///
/// Treebanks have none, and the parser takes the place for the sentence's root.
fn dateline(forms: &[&str]) -> Option<usize> {
    let capitals = |form: &str| {
        form.chars().filter(|it| it.is_alphabetic()).count() > 2 && !form.chars().any(char::is_lowercase)
    };
    if !forms.first().is_some_and(|first| capitals(first)) {
        return None;
    }
    let dash =
        forms.iter().take(DATELINE_MAX).position(|form| matches!(*form, "-" | "--" | "–" | "—" | "_"))?;
    let of_place = |form: &&str| {
        form.starts_with(|it: char| it.is_uppercase() || it.is_ascii_digit() || !it.is_alphanumeric())
    };
    let told = forms.get(dash + 1)?.starts_with(|it: char| it.is_uppercase() || it.is_ascii_digit());
    let rest = &forms[dash + 1..];
    let sentence = rest.len() > 3 && rest.iter().any(|form| form.chars().all(char::is_lowercase));
    (dash > 0 && told && sentence && forms[..dash].iter().all(of_place)).then_some(dash + 1)
}

/// The sentence behind a dateline as if it stood alone; the dateline hangs from its root.
fn read_apart(
    model: &Model,
    forms: &[&str],
    length: usize,
    case: Case,
    scratch: &mut Scratch,
) -> Vec<Reading> {
    let mut readings = model.read(&forms[..length], case, scratch);
    let told = model.read(&forms[length..], case, scratch);
    let root = told.iter().position(|reading| reading.head.is_none()).map(|root| root + length);
    for reading in &mut readings {
        if reading.head.is_none() {
            (reading.head, reading.relation) = (root, Relation::Parataxis);
        }
    }
    let moved = |reading: Reading| Reading { head: reading.head.map(|head| head + length), ..reading };
    readings.extend(told.into_iter().map(moved));
    readings
}

/// Readings of a line of marks without a word, as rules and separators are: there is nothing to parse.
fn rule(tokens: usize) -> Vec<Reading> {
    let mark = Reading { upos: Upos::Punct, xpos: Penn::Nfp, head: Some(0), relation: Relation::Punct };
    let mut readings = vec![mark; tokens];
    readings[0] = Reading { head: None, relation: Relation::Root, ..mark };
    readings
}
