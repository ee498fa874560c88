//! Paragraphs of raw text: the segments that no sentence crosses.

use irenic_model::Span;

/// The paragraphs of raw text: runs of lines between blank lines, trimmed of white space.
///
/// Single line breaks are taken for line wraps, as wire services send them, except before a list item ("- ", "* ",
/// "• "), which starts a segment of its own.
///
/// ```
/// use irenic_language::segments_of;
/// let text = "  Talks went\non.\n\nThey failed.\n";
/// let parts: Vec<_> = segments_of(text).iter().map(|span| span.of(text)).collect();
/// assert_eq!(parts, ["Talks went\non.", "They failed."]);
/// ```
#[must_use]
pub fn segments_of(text: &str) -> Vec<Span> {
    let mut segments = Vec::new();
    let mut open: Option<Span> = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        let from = start + (line.len() - line.trim_start().len());
        start += line.len();
        if trimmed.is_empty() || starts_item(trimmed) {
            segments.extend(open.take());
        }
        if trimmed.is_empty() {
            continue;
        }
        let extent = Span::new(from, from + trimmed.len());
        open = Some(open.map_or(extent, |segment| segment.cover(extent)));
    }
    segments.extend(open);
    segments
}

fn starts_item(line: &str) -> bool {
    ["- ", "* ", "• ", "‣ ", "◦ ", "▪ ", "■ ", "● "].iter().any(|bullet| line.starts_with(bullet))
}
