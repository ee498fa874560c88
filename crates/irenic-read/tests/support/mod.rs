//! What holds for every document, whatever it was read from.

use irenic_model::{Document, LinkTarget, Span};

/// Panics unless every span of the document is right: on character boundaries, blocks in text order without overlap,
/// cells in order inside their blocks, links in order, notes where blocks are.
pub(crate) fn check(document: &Document) {
    let text = &document.text;
    let whole = |span: Span| span.get(text).is_some();
    let mut end = 0;
    for block in &document.blocks {
        assert!(whole(block.span) && end <= block.span.start && !block.span.is_empty(), "block {block:?}");
        end = block.span.end;
        let mut cell_end = block.span.start;
        for cell in &block.cells {
            assert!(
                whole(*cell) && cell_end <= cell.start && cell.end <= block.span.end,
                "cell {cell:?} of {block:?}"
            );
            cell_end = cell.end;
        }
    }
    assert!(document.links.is_sorted_by_key(|link| link.span.start), "links in text order");
    for link in &document.links {
        assert!(whole(link.span) && !link.span.is_empty(), "link {link:?}");
        if let LinkTarget::Note(note) = &link.target {
            assert!(document.blocks.iter().any(|block| block.span == *note), "note of {link:?}");
        }
    }
    for span in document.diagnostics.iter().filter_map(|diagnostic| diagnostic.span) {
        assert!(whole(span), "diagnostic at {span:?}");
    }
}
