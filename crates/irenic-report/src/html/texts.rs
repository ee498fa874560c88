//! Each document's text with the extracted spans marked, reachable from every line of the report.

use std::collections::BTreeMap;

use irenic::{Reading, Reconstruction};
use irenic_model::{BlockKind, Span};
use maud::{Markup, html};

use super::context::{Context, Layout, anchor};
use super::wording::counted;

/// With more text than this, in bytes, each document is folded away until it is asked for or led to.
const OPEN_BYTES_MAX: usize = 40_000;

/// Every document's text, to be shown below the sections.
pub(super) fn texts(found: &Context<'_>) -> Markup {
    let bytes: usize = found.readings.iter().map(|reading| reading.document.text.len()).sum();
    html! {
        p.soft { "What something was taken from is marked. A mark that is a link leads back to the first line that rests on it. A bar at the side "
            "shows a passage from which nothing was taken." }
        @for number in 0..found.readings.len() {
            details.text id={ "d" (number) } open[bytes <= OPEN_BYTES_MAX] {
                summary { (title(&found.readings[number])) " " span.soft { (rate(&found.readings[number])) } }
                div.body { (body(found, number)) }
            }
        }
    }
}

/// One document's text as a page of its own.
pub(super) fn page_of(found: &Context<'_>, number: usize) -> Markup {
    let reading = &found.readings[number];
    html! {
        p.back { a href="index.html" { "Back to the report" } }
        h1 { (title(reading)) }
        p.soft { (found.label(number)) }
        p.soft { (rate(reading)) }
        div.text id={ "d" (number) } { (body(found, number)) }
    }
}

/// The titles of the documents, with links to their pages.
pub(super) fn list(found: &Context<'_>) -> Markup {
    html! { ol { @for (number, reading) in found.readings.iter().enumerate() {
        li { a href=(found.address_of_document(number)) { (title(reading)) } " " span.soft { (rate(reading)) } }
    } } }
}

fn title(reading: &Reading) -> &str {
    let source = &reading.document.source;
    source.title.as_deref().unwrap_or(&source.id)
}

/// How much was taken from a document, and from how many passages nothing was.
pub(super) struct Yield {
    pub(super) statements: usize,
    words: usize,
    passages: usize,
    silent: usize,
}

impl Yield {
    pub(super) fn of(reading: &Reading) -> Self {
        let marks = joined(taken(reading));
        let blocks = &reading.document.blocks;
        let passages = || blocks.iter().filter(|block| is_passage(block.kind)).map(|block| block.span);
        Self {
            statements: reading.extraction.statements.len(),
            words: Reconstruction::words_in(&reading.document).max(1),
            passages: passages().count(),
            silent: passages().filter(|span| is_silent(*span, &marks)).count(),
        }
    }

    pub(super) fn per_thousand_words(&self) -> f64 {
        self.statements as f64 * 1000.0 / self.words as f64
    }
}

fn rate(reading: &Reading) -> String {
    let taken = Yield::of(reading);
    format!(
        "{}, {:.0} per thousand words; nothing from {} of {}",
        counted(taken.statements, "statement", "statements"),
        taken.per_thousand_words(),
        taken.silent,
        counted(taken.passages, "passage", "passages")
    )
}

const fn is_passage(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Quotation)
}

fn is_silent(span: Span, marks: &BTreeMap<usize, usize>) -> bool {
    marks.range(span.start..span.end).next().is_none()
}

fn body(found: &Context<'_>, number: usize) -> Markup {
    let reading = &found.readings[number];
    let text = &reading.document.text;
    let citations = reading.extraction.citations.iter().map(|citation| citation.span);
    let marks = joined(taken(reading).chain(citations));
    let taken = joined(taken(reading));
    html! {
        @for block in &reading.document.blocks {
            @let inner = html! { @for (span, is_marked) in pieces(block.span, &marks) {
                @if is_marked { (mark(found, number, span, text)) } @else { (span.of(text)) }
            } };
            @let silent = is_passage(block.kind) && is_silent(block.span, &taken);
            @match block.kind {
                BlockKind::Heading(_) if found.layout() == Layout::PageEach => h2 { (inner) },
                BlockKind::Heading(_) => h3 { (inner) },
                BlockKind::Quotation => blockquote.silent[silent] { (inner) },
                _ => p.silent[silent] { (inner) },
            }
        }
    }
}

/// Marked words: where they can be linked to, and, where a line above links to them, a way back to it.
fn mark(found: &Context<'_>, number: usize, span: Span, text: &str) -> Markup {
    let index = if found.layout() == Layout::PageEach { "index.html" } else { "" };
    html! {
        mark id=(anchor(number, span.start)) {
            @match found.linked_from(number, span.start) {
                Some(place) => a.back href={ (index) "#" (place) } title="Back to the line that rests on this" { (span.of(text)) },
                None => (span.of(text)),
            }
        }
    }
}

/// Where something was taken from: statements, cues of stages and terms.
fn taken(reading: &Reading) -> impl Iterator<Item = Span> {
    let statements = reading.extraction.statements.iter().map(|statement| statement.span);
    let cues = reading.extraction.stage_cues.iter().map(|cue| cue.span);
    let terms = reading.extraction.framings.iter().map(|framing| framing.span);
    statements.chain(cues).chain(terms)
}

/// Spans by their start, each up to where the next begins, so that each can be led to.
fn joined(spans: impl Iterator<Item = Span>) -> BTreeMap<usize, usize> {
    let mut all: Vec<Span> = spans.filter(|span| !span.is_empty()).collect();
    all.sort();
    let mut cuts: Vec<usize> = all.iter().map(|span| span.start).collect();
    cuts.dedup();
    let mut marked = BTreeMap::new();
    let mut end_so_far = 0;
    for (at, &start) in cuts.iter().enumerate() {
        for span in all.iter().filter(|span| span.start == start) {
            end_so_far = end_so_far.max(span.end);
        }
        // Each start keeps an anchor of its own: a mark ends where the next begins.
        let next = cuts.get(at + 1).copied().unwrap_or(usize::MAX);
        marked.insert(start, end_so_far.min(next));
    }
    marked
}

fn pieces(block: Span, marked: &BTreeMap<usize, usize>) -> Vec<(Span, bool)> {
    let mut pieces = Vec::new();
    let mut at = block.start;
    for (&start, &end) in marked.range(block.start..block.end) {
        let end = end.min(block.end);
        if at < start {
            pieces.push((Span::new(at, start), false));
        }
        if at.max(start) < end {
            pieces.push((Span::new(at.max(start), end), true));
            at = end;
        }
    }
    if at < block.end {
        pieces.push((Span::new(at, block.end), false));
    }
    pieces
}
