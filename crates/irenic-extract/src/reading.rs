//! Texts read for the tests of the extractors: a document with what they ask for, of which an [`Input`] is made.

use irenic_language::mentions::{MentionContext, MentionFinder};
use irenic_language::times::{TimeContext, times};
use irenic_language::{Analysis, Pipeline, segments_of};
use irenic_model::{Block, BlockKind, Document, Mention, Source, Span, TimeExpression};

use crate::Input;

/// A document and what was found in it; nothing is looked for that a test does not ask for.
pub(crate) struct Reading {
    pub(crate) document: Document,
    pub(crate) analysis: Analysis,
    pub(crate) mentions: Vec<Mention>,
    pub(crate) times: Vec<TimeExpression>,
}

impl Reading {
    /// A text's paragraphs.
    pub(crate) fn of(text: &str) -> Self {
        let paragraph = |span| Block::new(BlockKind::Paragraph, span);
        Self::of_blocks(text, segments_of(text).into_iter().map(paragraph).collect())
    }

    /// A text whose blocks a test gives.
    pub(crate) fn of_blocks(text: &str, blocks: Vec<Block>) -> Self {
        let cells = |block: &Block| {
            if block.cells.is_empty() { vec![block.span] } else { block.cells.clone() }
        };
        let segments: Vec<Span> = blocks.iter().flat_map(cells).collect();
        let analysis = Pipeline::new().analyse(text, &segments);
        let source = Source::new("a.txt", text.as_bytes());
        let document = Document { source, text: text.to_owned(), blocks, links: vec![], diagnostics: vec![] };
        Self { document, analysis, mentions: vec![], times: vec![] }
    }

    /// With the mentions that are found in it.
    pub(crate) fn with_mentions(self) -> Self {
        let text = &self.document.text;
        let mentions = MentionFinder::new().mentions(text, &self.analysis, &MentionContext::default());
        Self { mentions, ..self }
    }

    /// With the times that are found in it.
    pub(crate) fn with_times(self) -> Self {
        let text = &self.document.text;
        let context = TimeContext { analysis: Some(&self.analysis), ..TimeContext::default() };
        let times = times(text, &segments_of(text), &context);
        Self { times, ..self }
    }

    pub(crate) fn input(&self) -> Input<'_> {
        Input {
            document: &self.document,
            analysis: &self.analysis,
            mentions: &self.mentions,
            times: &self.times,
            attributions: &[],
        }
    }
}
