//! Sources and the documents read from them.

use jiff::civil::Date;

use crate::{Diagnostic, SourceHash, Span};

/// A file or a line of a corpus, and what is known of who published it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The path relative to the folder that was given, with `/`; or the identifier a corpus gives.
    pub id: String,
    /// The hash of its bytes.
    pub sha256: SourceHash,
    /// Its title.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// When it was published.
    pub published: Option<Date>,
    /// Its address on the web, as the source or the configuration gives it; never opened.
    pub address: Option<String>,
    /// The side that speaks through it, as the configuration says.
    pub side: Option<String>,
}

impl Source {
    /// A source of which only its identifier and bytes are known.
    #[must_use]
    pub fn new(id: impl Into<String>, bytes: &[u8]) -> Self {
        Self {
            id: id.into(),
            sha256: SourceHash::of(bytes),
            title: None,
            publisher: None,
            author: None,
            published: None,
            address: None,
            side: None,
        }
    }
}

/// What a block of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// A heading, with its level from 1.
    Heading(u8),
    /// A paragraph of running text.
    Paragraph,
    /// An item of a list.
    ListItem,
    /// A quotation set off from the text.
    Quotation,
    /// The text of a footnote or endnote.
    Footnote,
    /// One row of a table, an infobox or front matter: its cells are in [`Block::cells`].
    TableRow,
    /// The caption of a figure or table.
    Caption,
    /// Code or another literal text: kept, not read for statements.
    Literal,
}

/// A block of a document: the unit that no sentence crosses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands in the document's text.
    pub span: Span,
    /// The page of a paged document, from 1.
    pub page: Option<u32>,
    /// The cells of a table row, left to right; empty for every other kind. In an infobox or front matter
    /// the first cell is the key.
    pub cells: Vec<Span>,
    /// The number of the table that a row belongs to, from 0 in a document.
    pub table: Option<u32>,
    /// How deep an item of a list stands; the items of a list within a list stand deeper than the item that they belong to.
    /// In plain text it grows with the spaces before the item. 0 where it is not known, and for every other kind.
    pub depth: u16,
}

impl Block {
    /// A block without page, cells, table or depth.
    #[must_use]
    pub const fn new(kind: BlockKind, span: Span) -> Self {
        Self { kind, span, page: None, cells: Vec::new(), table: None, depth: 0 }
    }
}

/// A link that stands in the text, or a footnote mark and the note it leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where it stands in the text: the linked words, or the mark.
    pub span: Span,
    /// Where it leads.
    pub target: LinkTarget,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    /// An address on the web, as written.
    Address(String),
    /// A note of the same document: the span of its block.
    Note(Span),
}

/// A source's text with its blocks.
///
/// Offsets of every span in the program are byte offsets into [`Document::text`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Where it comes from.
    pub source: Source,
    /// The text: for plain text and corpora exactly what was given, for other formats what reading made of it.
    pub text: String,
    /// The blocks in text order, without overlap.
    pub blocks: Vec<Block>,
    /// Links and footnote marks, in text order.
    pub links: Vec<Link>,
    /// What reading had to say.
    pub diagnostics: Vec<Diagnostic>,
}

impl Document {
    /// The page on which the byte at `offset` lies, in a paged document.
    #[must_use]
    pub fn page_at(&self, offset: usize) -> Option<u32> {
        let after = self.blocks.partition_point(|block| block.span.start <= offset);
        self.blocks[..after].last().and_then(|block| block.page)
    }

    /// The block in which the byte at `offset` lies.
    #[must_use]
    pub fn block_at(&self, offset: usize) -> Option<&Block> {
        let after = self.blocks.partition_point(|block| block.span.start <= offset);
        self.blocks[..after].last().filter(|block| block.span.holds(offset))
    }
}
