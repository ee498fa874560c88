//! Each document's text with the extracted spans marked, reachable from every line of the report.

use std::collections::BTreeMap;

use irenic::{Reading, Reconstruction};
use irenic_model::{BlockKind, Span};
use maud::{Markup, html};

/// The anchor of the words at `offset` of a document.
pub(super) fn anchor(document: usize, offset: usize) -> String {
    format!("d{document}-{offset}")
}

pub(super) fn texts(found: &Reconstruction) -> Markup {
    html! {
        @for (number, reading) in found.readings.iter().enumerate() {
            details.text id={ "d" (number) } open {
                summary { (title(reading)) " " span.soft { (rate(reading)) } }
                (body(number, reading))
            }
        }
    }
}

fn title(reading: &Reading) -> &str {
    let source = &reading.document.source;
    source.title.as_deref().unwrap_or(&source.id)
}

fn rate(reading: &Reading) -> String {
    let words = Reconstruction::words_in(&reading.document).max(1);
    let statements = reading.extraction.statements.len();
    format!("{statements} statements, {:.0} per thousand words", statements as f64 * 1000.0 / words as f64)
}

fn body(number: usize, reading: &Reading) -> Markup {
    let text = &reading.document.text;
    let spans = marked(reading);
    html! {
        @for block in &reading.document.blocks {
            @let pieces = pieces(block.span, &spans);
            @let inner = html! {
                @for (span, is_marked) in pieces {
                    @if is_marked { mark id=(anchor(number, span.start)) { (span.of(text)) } } @else { (span.of(text)) }
                }
            };
            @match block.kind {
                BlockKind::Heading(_) => h3 { (inner) },
                BlockKind::Quotation => blockquote { (inner) },
                _ => p { (inner) },
            }
        }
    }
}

/// The statements' and cues' spans, overlapping ones joined, by their start.
fn marked(reading: &Reading) -> BTreeMap<usize, usize> {
    let statements = reading.extraction.statements.iter().map(|statement| statement.span);
    let cues = reading.extraction.stage_cues.iter().map(|cue| cue.span);
    let mut all: Vec<Span> = statements.chain(cues).filter(|span| !span.is_empty()).collect();
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
