//! Plain text: the text is the file's own, and blocks are found in it.

use std::borrow::Cow;

use irenic_model::{Block, BlockKind, Document, Source, Span};

use crate::{ReadError, encoding, notes};

/// The longest line that may be a heading, in characters.
const HEADING_CHARS_MAX: usize = 90;

/// The longest line that may name an author, in characters.
const AUTHOR_CHARS_MAX: usize = 60;

/// A line longer than this was not wrapped by hand, in bytes.
const WRAPPED_BYTES_MAX: usize = 200;

/// So many lines are looked at to tell whether they are wrapped.
const WRAPPED_LINES_SEEN: usize = 4000;

pub(crate) fn read(source: Source, bytes: Cow<'_, [u8]>) -> Result<Document, ReadError> {
    let (text, diagnostics) = encoding::decode(&source.id, bytes)?;
    let mut document = document_of(source, text);
    document.diagnostics = diagnostics;
    Ok(document)
}

/// A document whose text is `text`, untouched.
pub(crate) fn document_of(mut source: Source, text: String) -> Document {
    let blocks = blocks_of(&text);
    if let (None, Some(first)) = (&source.title, blocks.first())
        && matches!(first.kind, BlockKind::Heading(_))
    {
        source.title = Some(first.span.of(&text).to_owned());
    }
    let mut document = Document { source, text, blocks, links: Vec::new(), diagnostics: Vec::new() };
    notes::tie(&mut document);
    document.source.author = document.source.author.take().or_else(|| author(&document));
    document
}

/// Paragraphs by blank lines; in a text whose lines are paragraphs, by lines.
fn blocks_of(text: &str) -> Vec<Block> {
    let wrapped = is_wrapped(text);
    let mut blocks = Vec::new();
    let mut open: Option<Span> = None;
    for line in lines_of(text) {
        let words = trimmed(text, line);
        let apart = words.is_empty()
            || !wrapped
            || open.is_some_and(|block| starts_anew(block.of(text), words.of(text)));
        if let Some(block) = open.take_if(|_| apart) {
            blocks.push(block_of(text, block));
        }
        if !words.is_empty() {
            open = Some(open.map_or(words, |block| block.cover(words)));
        }
    }
    blocks.extend(open.map(|block| block_of(text, block)));
    mend_headings(text, &mut blocks);
    blocks
}

fn block_of(text: &str, span: Span) -> Block {
    let mut block = Block::new(kind_of(span.of(text)), span);
    if block.kind == BlockKind::ListItem {
        let line = text[..span.start].rfind(['\n', '\r']).map_or(0, |end| end + 1);
        block.depth = u16::try_from(span.start - line).map_or(u16::MAX, |spaces| spaces.saturating_add(1));
    }
    block
}

/// Whether a line that follows on the lines of `block` without a gap begins a block of its own: the next item of a
/// list, the next note, or the first item after a colon.
fn starts_anew(block: &str, line: &str) -> bool {
    if is_bullet(line) {
        return true;
    }
    let (Some(style), before) = (label_style(line), label_style(block)) else { return false };
    before == Some(style) || block.ends_with(':')
}

/// Whether a line begins with a label, and what encloses it: `[12]` has `]`, `12.` has `.`, `(a)` has `)`.
pub(crate) fn label_style(line: &str) -> Option<char> {
    let inner = line.strip_prefix(['[', '(']).unwrap_or(line);
    let label = inner.bytes().take(4).take_while(u8::is_ascii_alphanumeric).count();
    let is_label = label == 1 || label > 0 && inner.bytes().take(label).all(|byte| byte.is_ascii_digit());
    let close = inner[label..].chars().next().filter(|c| matches!(c, ']' | '.' | ')'))?;
    let opens = inner.len() < line.len();
    let fits = if opens { close != '.' } else { close != ']' && inner[label + 1..].starts_with(' ') };
    (is_label && fits).then_some(close)
}

/// Whether a line begins as a note does: with a number that is raised, in brackets, or stands before words.
pub(crate) fn has_note_label(line: &str) -> bool {
    notes::leading_label(line).is_some() || line.starts_with(['*', '†', '‡'])
}

/// What a block of text is, by its first words and its length alone.
pub(crate) fn kind_of(words: &str) -> BlockKind {
    if is_bullet(words) {
        return BlockKind::ListItem;
    }
    let short = words.chars().take(HEADING_CHARS_MAX + 1).count() <= HEADING_CHARS_MAX
        && !words.contains(['\n', '\r']);
    let ends_open = !words.ends_with(['.', '!', ',', ';', ':', '"', '”', ')', ']', '\'', '’', '…']);
    let starts_high = words.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric());
    if short && ends_open && starts_high && words.split_whitespace().count() > 1 && !words.contains("://") {
        return BlockKind::Heading(2);
    }
    BlockKind::Paragraph
}

pub(crate) fn is_bullet(words: &str) -> bool {
    let mut chars = words.chars();
    let mark = chars.next().is_some_and(|c| matches!(c, '-' | '*' | '•' | '–' | '·' | '‣' | '▪' | '●'));
    mark && chars.next().is_some_and(char::is_whitespace)
}

/// The first heading is the title. What closes the text is no heading, nor is a run of three or more short lines (a
/// poem, a list of names), nor a line that only tells the date.
fn mend_headings(text: &str, blocks: &mut [Block]) {
    let is_heading = |block: &Block| matches!(block.kind, BlockKind::Heading(_));
    let mut at = 0;
    while at < blocks.len() {
        let run = blocks[at..].iter().take_while(|block| is_heading(block)).count();
        let closes = at + run == blocks.len();
        for (number, block) in blocks[at..at + run].iter_mut().enumerate() {
            let title = at + number == 0 && !closes;
            let dated = crate::dates::parse(block.span.of(text)).is_some();
            block.kind = match () {
                () if title => BlockKind::Heading(1),
                () if closes || dated || run >= 3 && at > 0 => BlockKind::Paragraph,
                () => block.kind,
            };
        }
        at += run.max(1);
    }
}

/// Who wrote it: a line "By …" below the title, or the name that closes the text.
fn author(document: &Document) -> Option<String> {
    let text = &document.text;
    let words = |block: &Block| block.span.of(text).lines().next().unwrap_or_default().trim().to_owned();
    let byline = document.blocks.iter().take(4).map(words).find_map(|line| {
        let name = line.strip_prefix("By ").or_else(|| line.strip_prefix("by "))?;
        is_name(name).then(|| name.to_owned())
    });
    let after_notes =
        document.blocks.iter().rposition(|block| block.kind == BlockKind::Footnote).map(|last| last + 1);
    let signed = || document.blocks.get(after_notes?).map(words).filter(|line| is_name(line));
    byline.or_else(signed)
}

/// Whether a line can be a person's name: two to five words that begin with capitals, and nothing else.
fn is_name(line: &str) -> bool {
    let words = line.split_whitespace().count();
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    let letters = |c: char| c.is_alphabetic() || matches!(c, ' ' | '.' | '-' | '\'' | '’');
    (2..=5).contains(&words)
        && line.chars().count() <= AUTHOR_CHARS_MAX
        && line.chars().all(letters)
        && line.split_whitespace().all(capital)
}

/// Whether lines are wrapped: most lines that are followed by another are short and do not end a sentence.
fn is_wrapped(text: &str) -> bool {
    let mut inner = 0usize;
    let mut broken = 0usize;
    let mut lines = text.lines().take(WRAPPED_LINES_SEEN).peekable();
    while let Some(line) = lines.next() {
        let line = line.trim();
        let followed = lines.peek().is_some_and(|next| !next.trim().is_empty());
        if line.is_empty() || !followed {
            continue;
        }
        inner += 1;
        broken += usize::from(line.len() < WRAPPED_BYTES_MAX && !line.ends_with(['.', '!', '?', '"', '”']));
    }
    broken * 2 >= inner
}

/// The lines with their offsets, without their ends; `\r` alone ends a line too.
fn lines_of(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut start = 0;
    text.split(['\n', '\r']).map(move |line| {
        let span = Span::new(start, start + line.len());
        start = span.end + 1;
        span
    })
}

fn trimmed(text: &str, line: Span) -> Span {
    let words = line.of(text);
    let start = line.start + (words.len() - words.trim_start().len());
    Span::new(start, (line.start + words.trim_end().len()).max(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(BlockKind, &str)> {
        blocks_of(text).iter().map(|block| (block.kind, block.span.of(text))).collect()
    }

    #[test]
    fn blank_lines_and_wrapped_lines() {
        assert_eq!(
            kinds(
                "A Title Here\n\nOne line that is\nwrapped here.\r\n\r\n- an item\n- another\n\nThey ask for:\n1. peace\n2. bread\n"
            ),
            [
                (BlockKind::Heading(1), "A Title Here"),
                (BlockKind::Paragraph, "One line that is\nwrapped here."),
                (BlockKind::ListItem, "- an item"),
                (BlockKind::ListItem, "- another"),
                (BlockKind::Paragraph, "They ask for:"),
                (BlockKind::Paragraph, "1. peace"),
                (BlockKind::Paragraph, "2. bread"),
            ]
        );
    }

    #[test]
    fn deeper_items_stand_deeper() {
        let blocks = blocks_of("They ask for:\n- peace:\n  - soon\n- bread\n");
        assert_eq!(blocks.iter().map(|block| block.depth).collect::<Vec<_>>(), [0, 1, 3, 1]);
    }

    #[test]
    fn a_line_a_paragraph() {
        let text = "The first paragraph ends here.\nThe second one does too.\nAnd the third.\n";
        assert_eq!(kinds(text).len(), 3);
    }

    #[test]
    fn lines_that_are_no_headings() {
        let text = "The Title\n\n12 May 1994\n\nA paragraph.\n\nA Heading\n\nMore words, and\nsome more.\n\nJohn Doe\n";
        let got: Vec<_> = kinds(text).into_iter().filter(|(kind, _)| *kind != BlockKind::Paragraph).collect();
        assert_eq!(got, [(BlockKind::Heading(1), "The Title"), (BlockKind::Heading(2), "A Heading")]);
    }

    #[test]
    fn the_author_is_named_at_either_end() {
        let cases = [
            (
                "Title Of It\n\nBy Ann Example\n\nThe body stands here.[1]\n\n[1] A note.\n",
                Some("Ann Example"),
            ),
            (
                "The body stands here.[1]\n\n[1] A note.\n\nAnn Example\nAnn Example\nA fellow of the Institute\n",
                Some("Ann Example"),
            ),
            ("The body stands here.[1]\n\n[1] A note.\n\nIt has a closing paragraph.\n", None),
        ];
        for (text, expected) in cases {
            let document = document_of(Source::new("a.txt", b"-"), text.to_owned());
            assert_eq!(document.source.author.as_deref(), expected, "{text}");
        }
    }
}
