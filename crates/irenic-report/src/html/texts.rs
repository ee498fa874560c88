//! Each document's text with the extracted spans marked, reachable from every line of the report.

use std::collections::BTreeMap;

use irenic::{Reading, Reconstruction};
use irenic_model::{BlockKind, Span};
use maud::{Markup, html};

use super::context::{Context, Layout, anchor, back_anchor};

/// Every document's text, to be shown below the sections.
pub(super) fn texts(found: &Context<'_>) -> Markup {
    html! {
        p.soft { "What something was taken from is marked; a mark leads back to the first line that rests on it. A bar at the side "
            "shows a passage from which nothing was taken." }
        @for number in 0..found.readings.len() {
            details.text id={ "d" (number) } open {
                summary { (title(&found.readings[number])) " " span.soft { (rate(&found.readings[number])) } }
                (body(found, number))
            }
        }
    }
}

/// One document's text as a page of its own.
pub(super) fn page_of(found: &Context<'_>, number: usize) -> Markup {
    let reading = &found.readings[number];
    html! {
        p { a href="index.html" { "Back to the report" } }
        h1 { (title(reading)) }
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

fn rate(reading: &Reading) -> String {
    let words = Reconstruction::words_in(&reading.document).max(1);
    let statements = reading.extraction.statements.len();
    let marks = marked(reading);
    let passages: Vec<Span> = reading
        .document
        .blocks
        .iter()
        .filter(|block| is_passage(block.kind))
        .map(|block| block.span)
        .collect();
    let silent = passages.iter().filter(|span| is_silent(**span, &marks)).count();
    let rate = statements as f64 * 1000.0 / words as f64;
    format!(
        "{statements} statements, {rate:.0} per thousand words; {silent} of {} passages silent",
        passages.len()
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
    let marks = marked(reading);
    html! {
        @for block in &reading.document.blocks {
            @let inner = html! { @for (span, is_marked) in pieces(block.span, &marks) {
                @if is_marked { (mark(found, number, span, text)) } @else { (span.of(text)) }
            } };
            @let silent = is_passage(block.kind) && is_silent(block.span, &marks);
            @match block.kind {
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
    let back = found.is_linked(number, span.start);
    html! {
        mark id=(anchor(number, span.start)) {
            @if back { a.back href={ (index) "#" (back_anchor(number, span.start)) } title="Back to the line that rests on this" { (span.of(text)) } }
            @else { (span.of(text)) }
        }
    }
}

/// The statements' and cues' spans, overlapping ones joined, by their start.
fn marked(reading: &Reading) -> BTreeMap<usize, usize> {
    let statements = reading.extraction.statements.iter().map(|statement| statement.span);
    let cues = reading.extraction.stage_cues.iter().map(|cue| cue.span);
    let terms = reading.extraction.framings.iter().map(|framing| framing.span);
    let mut all: Vec<Span> = statements.chain(cues).chain(terms).filter(|span| !span.is_empty()).collect();
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
