//! Statements with what their comparison needs, in an order that does not depend on that of the documents.

use irenic_model::{
    Account, AccountKind, AccountStatus, Backer, Content, DateInterval, Framing, Quantity, Span, Statement,
    StatementRef, Version,
};

use crate::SourceView;
use crate::sources::{Sources, is_own_voice, speaker};

/// A statement with its place and its speaker.
pub(crate) struct Item<'a> {
    pub(crate) at: StatementRef,
    pub(crate) statement: &'a Statement,
    /// The number of the independent source.
    pub(crate) group: usize,
    /// Who is behind it.
    pub(crate) speaker: String,
    /// The number of the sentence it stands in, or of the next one.
    pub(crate) sentence: usize,
    view: SourceView<'a>,
}

/// All statements, by source and place.
pub(crate) struct Items<'a> {
    pub(crate) all: Vec<Item<'a>>,
}

impl<'a> Items<'a> {
    pub(crate) fn new(views: &[SourceView<'a>], sources: &Sources) -> Self {
        let mut documents: Vec<usize> = (0..views.len()).collect();
        documents
            .sort_by_key(|&document| (&views[document].source.id, views[document].source.sha256, document));
        let mut all = Vec::new();
        for document in documents {
            let view = views[document];
            let group = sources.group(document);
            for (number, statement) in view.extraction.statements.iter().enumerate() {
                let sentences = &view.extraction.sentences;
                all.push(Item {
                    at: StatementRef { document, statement: number },
                    statement,
                    group,
                    speaker: speaker(statement, view.source, group),
                    sentence: sentences.partition_point(|sentence| sentence.end <= statement.span.start),
                    view,
                });
            }
        }
        Self { all }
    }

    /// The statements of one kind of content.
    pub(crate) fn of<'s, T: 'a>(
        &'s self,
        pick: impl Fn(&'a Content) -> Option<&'a T>,
    ) -> Vec<(&'s Item<'a>, &'a T)> {
        self.all.iter().filter_map(|item| Some((item, pick(&item.statement.content)?))).collect()
    }
}

impl Item<'_> {
    /// Whether both are said by the same speaker.
    pub(crate) fn same_speaker(&self, other: &Self) -> bool {
        self.speaker == other.speaker
    }

    /// Whether both stand in one document.
    pub(crate) fn same_document(&self, other: &Self) -> bool {
        self.at.document == other.at.document
    }

    /// Where a sentence of its document stands, by number.
    pub(crate) fn sentence_span(&self, number: usize) -> Option<Span> {
        self.view.extraction.sentences.get(number).copied()
    }

    /// The terms of its document's holders.
    pub(crate) fn framings(&self) -> &[Framing] {
        &self.view.extraction.framings
    }

    /// Who holds it: the speaker that is reported, or the source that speaks.
    pub(crate) fn backer(&self) -> Backer {
        let source = self.view.source;
        match &self.statement.holder {
            Some(holder) if !is_own_voice(holder, source) => {
                Backer { side: None, name: holder.speaker().to_owned(), reported: true }
            }
            _ => {
                let name = source.author.as_ref().or(source.publisher.as_ref()).or(source.title.as_ref());
                Backer {
                    side: source.side.clone(),
                    name: name.unwrap_or(&source.id).clone(),
                    reported: false,
                }
            }
        }
    }
}

/// A version of the statements that agree.
pub(crate) fn version(members: &[&Item<'_>], summary: String, quantity: Option<Quantity>) -> Version {
    let mut statements: Vec<StatementRef> = members.iter().map(|item| item.at).collect();
    statements.sort_unstable();
    let mut backers: Vec<Backer> = members.iter().map(|item| item.backer()).collect();
    backers.sort();
    backers.dedup();
    Version { summary, quantity, backers, sources: independent(members), statements }
}

/// The number of independent sources: neither one publisher nor one speaker counts twice.
fn independent(members: &[&Item<'_>]) -> usize {
    let mut groups: Vec<usize> = members.iter().map(|item| item.group).collect();
    groups.sort_unstable();
    groups.dedup();
    let mut speakers: Vec<&str> = members.iter().map(|item| item.speaker.as_str()).collect();
    speakers.sort_unstable();
    speakers.dedup();
    groups.len().min(speakers.len()).max(1)
}

/// An account of its versions, the one with most statements first.
pub(crate) fn account(
    kind: AccountKind,
    heading: String,
    when: Option<DateInterval>,
    mut versions: Vec<Version>,
    dispute: Option<String>,
) -> Account {
    versions
        .sort_by(|a, b| b.statements.len().cmp(&a.statements.len()).then_with(|| a.summary.cmp(&b.summary)));
    let status = if dispute.is_some() && versions.len() > 1 {
        AccountStatus::Contested
    } else if versions.iter().any(|version| version.sources > 1) {
        AccountStatus::Agreed
    } else {
        AccountStatus::SingleSource
    };
    let dispute = dispute.filter(|_| status == AccountStatus::Contested);
    Account { kind, heading, when, status, versions, dispute }
}
