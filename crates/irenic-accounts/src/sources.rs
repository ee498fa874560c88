//! Which documents count as one source.

use std::collections::BTreeMap;

use irenic_model::{Holder, Source, Span, Statement};

use crate::SourceView;
use crate::names::speaker_key;

/// For each document, the number of the independent source it belongs to.
pub(crate) struct Sources {
    groups: Vec<usize>,
}

impl Sources {
    /// Documents of one publisher (or, without one, of one author) are one source; so are copies of one text, told by
    /// the hash of the file or by the pattern of their sentences.
    pub(crate) fn new(views: &[SourceView<'_>]) -> Self {
        let mut groups: Vec<usize> = (0..views.len()).collect();
        let mut first: BTreeMap<String, usize> = BTreeMap::new();
        for (document, view) in views.iter().enumerate() {
            for key in keys(view) {
                let other = *first.entry(key).or_insert(document);
                join(&mut groups, document, other);
            }
        }
        let groups = (0..views.len()).map(|document| root(&groups, document)).collect();
        Self { groups }
    }

    /// The number of the source of a document.
    pub(crate) fn group(&self, document: usize) -> usize {
        self.groups[document]
    }
}

fn keys(view: &SourceView<'_>) -> Vec<String> {
    let mut keys = vec![format!("hash {}", view.source.sha256)];
    if let Some(name) = view.source.publisher.as_ref().or(view.source.author.as_ref()) {
        keys.push(format!("name {}", name.trim().to_lowercase()));
    }
    keys.extend(pattern(&view.extraction.sentences));
    keys
}

/// The lengths of a text's sentences, which a copy shares and other texts do not; `None` for a text too short to tell.
fn pattern(sentences: &[Span]) -> Option<String> {
    let lengths: Vec<String> = sentences.iter().map(|sentence| sentence.len().to_string()).collect();
    (lengths.len() >= 4).then(|| format!("text {}", lengths.join(" ")))
}

fn root(groups: &[usize], mut at: usize) -> usize {
    while groups[at] != at {
        at = groups[at];
    }
    at
}

fn join(groups: &mut [usize], a: usize, b: usize) {
    let (a, b) = (root(groups, a), root(groups, b));
    groups[a.max(b)] = a.min(b);
}

/// Who is behind a statement: the speaker it reports, or else its document's source.
pub(crate) fn speaker(statement: &Statement, source: &Source, group: usize) -> String {
    match &statement.holder {
        Some(holder) if !is_own_voice(holder, source) => speaker_key(holder.speaker()),
        _ => format!("#{group}"),
    }
}

/// Whether the text names its own author or publisher as the speaker.
pub(crate) fn is_own_voice(holder: &Holder, source: &Source) -> bool {
    [&source.author, &source.publisher].into_iter().flatten().any(|own| own == holder.speaker())
}
