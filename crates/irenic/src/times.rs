//! Expressions of time in a document, resolved against its date.

use irenic_language::Analysis;
use irenic_language::times::{Derivation, NamedEvents, TimeContext, Topic, explain, times as expressions};
use irenic_model::{BlockKind, Document, Span, TimeExpression};

pub(crate) fn times(
    document: &Document,
    segments: &[Span],
    analysis: &Analysis,
    events: &NamedEvents,
) -> Vec<TimeExpression> {
    let sections = sections(document);
    expressions(&document.text, segments, &context(document, analysis, events, &sections))
}

/// Learns which events a document dates by name; gives its times as they are read where no event is known.
pub(crate) fn learn(
    document: &Document,
    segments: &[Span],
    analysis: &Analysis,
    events: &mut NamedEvents,
) -> Vec<TimeExpression> {
    let found = times(document, segments, analysis, &NamedEvents::default());
    events.learn(&document.text, segments, &found);
    found
}

/// The same, with how each value was derived.
pub(crate) fn explained(
    document: &Document,
    segments: &[Span],
    analysis: &Analysis,
    events: &NamedEvents,
) -> Vec<Derivation> {
    let sections = sections(document);
    explain(&document.text, segments, &context(document, analysis, events, &sections))
}

fn context<'a>(
    document: &Document,
    analysis: &'a Analysis,
    events: &'a NamedEvents,
    sections: &'a [usize],
) -> TimeContext<'a> {
    TimeContext {
        document_date: document.source.published,
        analysis: Some(analysis),
        events: Some(events).filter(|events| !events.is_empty()),
        topic: year_of_title(document).map(|year| Topic { year, sections }),
        ..TimeContext::default()
    }
}

/// Where a document's sections begin.
fn sections(document: &Document) -> Vec<usize> {
    let headings = document.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Heading(_)));
    headings.map(|heading| heading.span.start).collect()
}

/// The year that a document's title gives, if it gives one and no more: "The 2020 war", not "1988 to 1994".
fn year_of_title(document: &Document) -> Option<i16> {
    let heading = document.blocks.iter().find(|block| matches!(block.kind, BlockKind::Heading(_)));
    let headed = || heading.map(|heading| heading.span.of(&document.text));
    let title = document.source.title.as_deref().or_else(headed)?;
    let words = title.split(|it: char| !it.is_alphanumeric());
    let mut years = words.filter(|word| word.len() == 4).filter_map(|word| word.parse::<i16>().ok());
    let year = years.next().filter(|year| (1500..2100).contains(year))?;
    years.next().is_none().then_some(year)
}

#[cfg(test)]
mod tests {
    use irenic_model::{Block, Source};

    use super::*;

    #[test]
    fn a_title_gives_a_year_or_none() {
        let cases = [
            ("The 2020 war", Some(2020)),
            ("Norland, 1988 to 1994", None),
            ("Resolution 884", None),
            ("A history", None),
        ];
        for (title, year) in cases {
            let block = Block::new(BlockKind::Heading(1), Span::new(0, title.len()));
            let document = Document {
                source: Source::new("a.txt", title.as_bytes()),
                text: title.to_owned(),
                blocks: vec![block],
                links: vec![],
                diagnostics: vec![],
            };
            assert_eq!(year_of_title(&document), year, "{title}");
        }
    }
}
