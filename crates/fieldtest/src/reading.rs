//! Texts of a corpus as extractors ask for them: with tokens, trees and mentions, without times and voices.

use irenic_extract::Input;
use irenic_language::mentions::{MentionContext, MentionFinder};
use irenic_language::{Analysis, Pipeline, segments_of};
use irenic_model::{Document, Mention, Source};

/// A text and what was found in it.
pub struct Reading {
    /// The text, without blocks.
    pub document: Document,
    /// Its tokens, sentences and trees.
    pub analysis: Analysis,
    /// Named things in it.
    pub mentions: Vec<Mention>,
}

impl Reading {
    /// Reads a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let analysis = Pipeline::new().analyse(text, &segments_of(text));
        let mentions = MentionFinder::new().mentions(text, &analysis, &MentionContext::default());
        let source = Source::new("line", text.as_bytes());
        let document =
            Document { source, text: text.to_owned(), blocks: vec![], links: vec![], diagnostics: vec![] };
        Self { document, analysis, mentions }
    }

    /// What an extractor reads.
    #[must_use]
    pub fn input(&self) -> Input<'_> {
        Input {
            document: &self.document,
            analysis: &self.analysis,
            mentions: &self.mentions,
            times: &[],
            attributions: &[],
        }
    }
}
