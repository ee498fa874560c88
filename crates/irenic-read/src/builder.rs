//! Builds a document's text and blocks side by side, so that spans cannot go astray.

use std::collections::HashMap;

use irenic_model::{Block, BlockKind, Diagnostic, Document, Link, LinkTarget, Source, Span};

/// The longest words that a mark of a note has: "[12]", "*", "note 3".
const MARK_CHARS_MAX: usize = 8;

/// A block that words go to.
struct Open {
    kind: BlockKind,
    start: usize,
    depth: u16,
    /// The cells that are closed, where the block is a table's row.
    cells: Vec<Span>,
    /// Where the open cell starts, or the block where it has no cells.
    piece: usize,
    in_cell: bool,
}

/// A document under construction: blocks are opened and closed, words and links go to the open one.
///
/// White space inside words is folded to one space; blocks stand apart by an empty line, rows of one table by a line
/// end, cells by a bar. Every span that is handed out stays right: text is only ever taken back from the open block.
pub(crate) struct Builder {
    pub(crate) source: Source,
    pub(crate) diagnostics: Vec<Diagnostic>,
    text: String,
    blocks: Vec<Block>,
    links: Vec<Link>,
    open: Option<Open>,
    page: Option<u32>,
    /// How deep the items of lists stand that begin from here on.
    pub(crate) depth: u16,
    tables: u32,
    /// Whether the last block is a row of the current table.
    in_table: bool,
    /// Where named places stand.
    anchors: HashMap<String, usize>,
    /// Words that lead to a named place, and the name.
    marks: Vec<(Span, String)>,
}

impl Builder {
    pub(crate) fn new(source: Source) -> Self {
        Self {
            source,
            diagnostics: Vec::new(),
            text: String::new(),
            blocks: Vec::new(),
            links: Vec::new(),
            open: None,
            page: None,
            depth: 0,
            tables: 0,
            in_table: false,
            anchors: HashMap::new(),
            marks: Vec::new(),
        }
    }

    /// Blocks that begin from here on lie on this page.
    pub(crate) fn page(&mut self, page: u32) {
        self.page = Some(page);
    }

    /// The offset at which the next words will stand.
    pub(crate) fn offset(&self) -> usize {
        self.text.len()
    }

    pub(crate) const fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Closes the open block, if any, and opens one of `kind`.
    pub(crate) fn begin(&mut self, kind: BlockKind) {
        self.end();
        if !self.text.is_empty() {
            let row_after_row = kind == BlockKind::TableRow && self.in_table;
            self.text.push_str(if row_after_row { "\n" } else { "\n\n" });
        }
        if kind != BlockKind::TableRow {
            self.in_table = false;
        }
        let start = self.text.len();
        let depth = if kind == BlockKind::ListItem { self.depth } else { 0 };
        self.open = Some(Open { kind, start, depth, cells: Vec::new(), piece: start, in_cell: false });
    }

    /// Adds words to the open block; opens a paragraph where none is open.
    pub(crate) fn words(&mut self, words: &str) {
        if self.open.is_none() {
            if words.trim().is_empty() {
                return;
            }
            self.begin(BlockKind::Paragraph);
        }
        let piece = self.open.as_ref().map_or(0, |open| open.piece);
        for c in words.chars() {
            if !c.is_whitespace() || matches!(c, '\u{a0}' | '\u{202f}') {
                self.text.push(c);
            } else if self.text.len() > piece && !self.text.ends_with([' ', '\n']) {
                self.text.push(' ');
            }
        }
    }

    /// Adds text to the open block as it stands, line ends and spaces too.
    pub(crate) fn literal(&mut self, text: &str) {
        if self.open.is_none() {
            self.begin(BlockKind::Literal);
        }
        self.text.push_str(text);
    }

    /// Starts a new line inside the open block or cell.
    pub(crate) fn line_break(&mut self) {
        let Some(piece) = self.open.as_ref().map(|open| open.piece) else { return };
        self.trim_to(piece);
        if self.text.len() > piece {
            self.text.push('\n');
        }
    }

    /// Closes the open block; an empty one leaves no trace.
    pub(crate) fn end(&mut self) {
        let Some(open) = self.open.take() else { return };
        let last_cell = self.closed_cell(&open);
        let full = if open.kind == BlockKind::TableRow {
            open.cells.iter().chain(&last_cell).any(|cell| !cell.is_empty())
        } else {
            self.trim_to(open.start);
            self.text.len() > open.start
        };
        if !full {
            return self.take_back(open.start);
        }
        let mut block = Block::new(open.kind, Span::new(open.start, self.text.len()));
        block.page = self.page;
        block.depth = open.depth;
        if open.kind == BlockKind::TableRow {
            block.cells = open.cells;
            block.cells.extend(last_cell);
            block.table = Some(self.tables.saturating_sub(1));
            self.in_table = true;
        }
        self.blocks.push(block);
    }

    /// Forgets the empty block at `start` with the separator before it.
    fn take_back(&mut self, start: usize) {
        debug_assert!(start <= self.text.len(), "an empty block holds no words");
        let kept = self.blocks.last().map_or(0, |block| block.span.end);
        self.text.truncate(kept);
        self.drop_marks_after(kept);
    }

    fn trim_to(&mut self, start: usize) {
        let kept = start + self.text[start..].trim_end().len();
        self.text.truncate(kept);
        self.drop_marks_after(kept);
    }

    fn drop_marks_after(&mut self, kept: usize) {
        while self.links.last().is_some_and(|link| link.span.end > kept) {
            self.links.pop();
        }
        while self.marks.last().is_some_and(|(span, _)| span.end > kept) {
            self.marks.pop();
        }
    }

    /// Marks the words since `start` as a link.
    pub(crate) fn link(&mut self, start: usize, target: LinkTarget) {
        if let Some(span) = self.since(start) {
            self.links.push(Link { span, target });
        }
    }

    /// Marks the words since `start` as leading to the place named `anchor`: a note, if they look like its mark.
    pub(crate) fn mark(&mut self, start: usize, anchor: &str) {
        if let Some(span) = self.since(start) {
            self.marks.push((span, anchor.to_owned()));
        }
    }

    fn since(&self, start: usize) -> Option<Span> {
        let words = self.text.get(start..)?;
        let start = start + (words.len() - words.trim_start().len());
        let end = self.text.trim_end().len();
        (start < end).then(|| Span::new(start, end))
    }

    /// Names the place where the next words will stand.
    pub(crate) fn anchor(&mut self, name: &str) {
        let at = self.text.len();
        self.anchors.entry(name.to_owned()).or_insert(at);
    }

    /// Begins a table: rows that follow belong together.
    pub(crate) fn table(&mut self) {
        self.end();
        self.tables += 1;
        self.in_table = false;
    }

    /// Opens a cell of the open row, closing the one before it.
    pub(crate) fn cell(&mut self) {
        let Some(mut open) = self.open.take() else { return };
        if let Some(cell) = self.closed_cell(&open) {
            open.cells.push(cell);
            self.text.push_str(" | ");
        }
        open.piece = self.text.len();
        open.in_cell = true;
        self.open = Some(open);
    }

    /// The open cell's span after its words were trimmed, if a cell is open.
    fn closed_cell(&mut self, open: &Open) -> Option<Span> {
        if !open.in_cell {
            return None;
        }
        self.trim_to(open.piece);
        Some(Span::new(open.piece, self.text.len()))
    }

    /// Adds a whole row.
    pub(crate) fn row<'c>(&mut self, cells: impl IntoIterator<Item = &'c str>) {
        self.begin(BlockKind::TableRow);
        for cell in cells {
            self.cell();
            self.words(cell);
        }
        self.end();
    }

    /// The finished document: marks are tied to their notes.
    pub(crate) fn finish(mut self) -> Document {
        self.end();
        self.tie_marks();
        self.links.sort_by_key(|link| (link.span.start, link.span.end));
        let mut document = Document {
            source: self.source,
            text: self.text,
            blocks: self.blocks,
            links: self.links,
            diagnostics: self.diagnostics,
        };
        crate::notes::tie(&mut document);
        document
    }

    /// A mark that leads to a place further down makes that block a note; one that leads back or to a heading, or
    /// has the length of a phrase, is an ordinary link inside the document and not kept.
    fn tie_marks(&mut self) {
        for (span, anchor) in std::mem::take(&mut self.marks) {
            let Some(&at) = self.anchors.get(&anchor) else { continue };
            let number = self.blocks.partition_point(|block| block.span.end <= at);
            let Some(block) = self.blocks.get_mut(number) else { continue };
            let is_mark = span.of(&self.text).chars().count() <= MARK_CHARS_MAX;
            let is_note = !matches!(block.kind, BlockKind::Heading(_) | BlockKind::TableRow);
            if is_mark && is_note && span.end <= block.span.start {
                block.kind = BlockKind::Footnote;
                self.links.push(Link { span, target: LinkTarget::Note(block.span) });
            }
        }
    }
}
