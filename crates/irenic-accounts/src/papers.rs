//! Papers for the tests of this crate: documents of a publisher with statements that a test gives.

use irenic_model::{Content, Extraction, Holder, Source, Span, Stance, Statement, StatementId, Voice};

use crate::SourceView;

/// Who says it, how, and what.
pub(crate) type Said<'a> = (Option<&'a str>, Stance, Content);

/// A document of one publisher with some statements, each five bytes long, ten bytes apart.
pub(crate) struct Paper {
    pub(crate) source: Source,
    pub(crate) extraction: Extraction,
}

impl Paper {
    pub(crate) fn new<'a>(publisher: &str, said: impl IntoIterator<Item = Said<'a>>) -> Self {
        let mut source = Source::new(format!("{publisher}.txt"), publisher.as_bytes());
        source.publisher = Some(publisher.to_owned());
        let mut extraction = Extraction::default();
        for (number, (holder, stance, content)) in said.into_iter().enumerate() {
            let span = Span::new(number * 10, number * 10 + 5);
            let voice = |name: &str| Voice { name: name.to_owned(), span: None };
            let holder = holder.and_then(|name| Holder::new(vec![voice(name)]));
            let id = StatementId::new(source.sha256, span, content.kind());
            extraction.statements.push(Statement { id, span, holder, stance, content });
        }
        Self { source, extraction }
    }

    /// With everything in the author's own voice.
    pub(crate) fn of_author(publisher: &str, contents: impl IntoIterator<Item = Content>) -> Self {
        Self::new(publisher, contents.into_iter().map(|content| (None, Stance::Asserted, content)))
    }
}

pub(crate) fn views(papers: &[Paper]) -> Vec<SourceView<'_>> {
    papers.iter().map(|Paper { source, extraction }| SourceView { source, extraction }).collect()
}
