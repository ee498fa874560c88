//! The pipeline: segments of a text to tokens, sentences and trees.

use std::cell::Cell;

use irenic_model::Span;

use crate::analysis::{Analysis, Sentence, Token};
use crate::dateline::split_dateline;
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
        match dateline(text, spans).filter(|_| case == Case::Mixed) {
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

/// The tokens of a dateline before a sentence, the dash included, where a sentence follows it.
///
/// Treebanks have none, and the parser takes the place for the sentence's root.
fn dateline(text: &str, spans: &[Span]) -> Option<usize> {
    let sentence = spans[0].cover(spans[spans.len() - 1]);
    let (_, told) = split_dateline(sentence.of(text))?;
    let length = spans.partition_point(|span| span.start < sentence.end - told.len());
    let rest = &spans[length..];
    let is_sentence = rest.len() > 3 && rest.iter().any(|span| span.of(text).chars().all(char::is_lowercase));
    is_sentence.then_some(length)
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
