//! HTML: the page's content without its furniture, as blocks, rows, links and notes.

mod content;
mod depth;
mod meta;

use std::borrow::Cow;

use ego_tree::NodeRef;
use ego_tree::iter::Edge;
use irenic_model::{BlockKind, Diagnostic, Document, LinkTarget, Severity, Source};
use scraper::node::Element;
use scraper::{Html, Node};

use crate::builder::Builder;
use crate::{ReadConfig, ReadError, encoding};

/// A table with a cell of more characters than this arranges a page and is not read as rows.
const CELL_CHARS_MAX: usize = 1500;

/// The charset that the first bytes of a page may declare is looked for here.
const CHARSET_BYTES: usize = 2048;

pub(crate) fn read(source: Source, bytes: Cow<'_, [u8]>, config: &ReadConfig) -> Result<Document, ReadError> {
    let (text, diagnostics) = decode(&source.id, bytes)?;
    let mut builder = Builder::new(source);
    builder.diagnostics = diagnostics;
    let page = Html::parse_document(&depth::flatten(&text, config.html_depth_max));
    meta::describe(&mut builder.source, &page);
    let root = page.tree.root();
    let weights = content::Weights::of(root);
    let main = content::find(root, &weights);
    heading_above(&mut builder, root, main, &weights);
    Writer::new(&mut builder, Some(&weights)).write(main);
    if builder.offset() == 0 {
        let message = "the page's content could not be told from what stands around it; all of it was read";
        builder.diagnostics.push(Diagnostic::new("read.content", Severity::Warning, message));
        Writer::new(&mut builder, None).write(root);
    }
    Ok(builder.finish())
}

/// Reads a piece of HTML that stands in another format.
pub(crate) fn append(builder: &mut Builder, html: &str, config: &ReadConfig) {
    let piece = Html::parse_fragment(&depth::flatten(html, config.html_depth_max));
    Writer::new(builder, None).write(piece.tree.root());
}

/// The charset that the page declares decides where the bytes are not UTF-8.
fn decode(file: &str, bytes: Cow<'_, [u8]>) -> Result<(String, Vec<Diagnostic>), ReadError> {
    if std::str::from_utf8(&bytes).is_err()
        && encoding_rs::Encoding::for_bom(&bytes).is_none()
        && let Some(declared) = declared_charset(&bytes)
    {
        let (text, _, bad) = declared.decode(&bytes);
        if !bad {
            return Ok((text.into_owned(), Vec::new()));
        }
    }
    encoding::decode(file, bytes)
}

fn declared_charset(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(CHARSET_BYTES)]).to_ascii_lowercase();
    let value = head.split_once("charset=")?.1.trim_start_matches(['"', '\'', ' ']);
    let label = value.split(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | ':')).next()?;
    encoding_rs::Encoding::for_label(label.as_bytes())
}

/// The page's heading, where it stands outside of the content.
fn heading_above(
    builder: &mut Builder,
    root: NodeRef<'_, Node>,
    main: NodeRef<'_, Node>,
    weights: &content::Weights,
) {
    let is_h1 =
        |node: &NodeRef<'_, Node>| node.value().as_element().is_some_and(|element| element.name() == "h1");
    if main.descendants().any(|node| is_h1(&node)) {
        return;
    }
    if let Some(heading) = root.descendants().find(is_h1) {
        Writer::new(builder, Some(weights)).write(heading);
    }
}

/// Writes a tree to a builder, node by node and without recursion.
struct Writer<'b, 'w> {
    builder: &'b mut Builder,
    weights: Option<&'w content::Weights>,
    /// Open elements that give their text a kind, innermost last.
    kinds: Vec<BlockKind>,
    /// Where the open links start, and where they lead.
    links: Vec<(usize, Option<String>)>,
    /// Whether each open table is read as rows.
    tables: Vec<bool>,
    in_row: bool,
    superscripts: usize,
    literals: usize,
    /// Line breaks in a row: two of them end a paragraph.
    breaks: usize,
}

impl<'b, 'w> Writer<'b, 'w> {
    fn new(builder: &'b mut Builder, weights: Option<&'w content::Weights>) -> Self {
        Self {
            builder,
            weights,
            kinds: Vec::new(),
            links: Vec::new(),
            tables: Vec::new(),
            in_row: false,
            superscripts: 0,
            literals: 0,
            breaks: 0,
        }
    }

    fn write(&mut self, root: NodeRef<'_, Node>) {
        let mut dropped = 0usize;
        for edge in root.traverse() {
            match edge {
                Edge::Open(node) => match node.value() {
                    Node::Element(element) if dropped > 0 || self.is_dropped(node, element) => dropped += 1,
                    Node::Element(element) => self.open(node, element),
                    Node::Text(text) if dropped == 0 => self.text(text),
                    _ => {}
                },
                Edge::Close(node) => match node.value() {
                    Node::Element(_) if dropped > 0 => dropped -= 1,
                    Node::Element(element) => self.close(element),
                    _ => {}
                },
            }
        }
        self.builder.end();
    }

    fn is_dropped(&self, node: NodeRef<'_, Node>, element: &Element) -> bool {
        match self.weights {
            Some(weights) => weights.is_dropped(node, element),
            None => matches!(element.name(), "script" | "style" | "template" | "head"),
        }
    }

    fn open(&mut self, node: NodeRef<'_, Node>, element: &Element) {
        if let Some(kind) = kind_of(element) {
            self.block_edge();
            self.kinds.push(kind);
            self.builder.depth = self.builder.depth.saturating_add(depth_of(element));
        } else if is_block(element.name()) {
            self.block_edge();
        }
        match element.name() {
            "br" => self.line_break(),
            "a" => self.links.push((self.builder.offset(), element.attr("href").map(str::to_owned))),
            "sup" => self.superscripts += 1,
            "pre" => self.literals += 1,
            "table" => self.open_table(node, element),
            "tr" if self.reads_rows() => {
                self.builder.begin(BlockKind::TableRow);
                self.in_row = true;
            }
            "td" | "th" if self.reads_rows() => {
                if !self.in_row {
                    self.builder.begin(BlockKind::TableRow);
                    self.in_row = true;
                }
                self.builder.cell();
            }
            "img" if self.kinds.is_empty() => {}
            _ => {}
        }
        if let Some(id) =
            element.attr("id").or_else(|| element.attr("name").filter(|_| element.name() == "a"))
        {
            self.builder.anchor(id);
        }
    }

    fn close(&mut self, element: &Element) {
        match element.name() {
            "a" => self.close_link(),
            "sup" => self.superscripts = self.superscripts.saturating_sub(1),
            "pre" => self.literals = self.literals.saturating_sub(1),
            "tr" if self.reads_rows() => {
                self.builder.end();
                self.in_row = false;
            }
            "table" => {
                self.builder.end();
                self.tables.pop();
                self.in_row = false;
            }
            _ => {}
        }
        if kind_of(element).is_some() {
            self.block_edge();
            self.kinds.pop();
            self.builder.depth = self.builder.depth.saturating_sub(depth_of(element));
        } else if is_block(element.name()) {
            self.block_edge();
        }
    }

    /// A block-level element begins or ends here: a new block, or inside a row a new line of the cell.
    fn block_edge(&mut self) {
        self.breaks = 0;
        if self.in_row {
            self.builder.line_break();
        } else {
            self.builder.end();
        }
    }

    fn line_break(&mut self) {
        self.breaks += 1;
        if self.breaks >= 2 && !self.in_row {
            self.builder.end();
        } else {
            self.builder.line_break();
        }
    }

    fn text(&mut self, text: &str) {
        if text.trim().is_empty() && !self.builder.is_open() {
            return;
        }
        if !text.trim().is_empty() {
            self.breaks = 0;
        }
        if !self.builder.is_open() {
            self.builder.begin(self.kinds.last().copied().unwrap_or(BlockKind::Paragraph));
        }
        match () {
            () if self.literals > 0 => self.builder.literal(text),
            () if self.superscripts > 0 => self.builder.words(&raised(text)),
            () => self.builder.words(text),
        }
    }

    fn open_table(&mut self, node: NodeRef<'_, Node>, element: &Element) {
        let nested = self.in_row;
        self.tables.push(!nested && element.attr("role") != Some("presentation") && holds_data(node));
        if !nested {
            self.builder.table();
        }
    }

    fn reads_rows(&self) -> bool {
        self.tables.last().copied().unwrap_or(false)
    }

    fn close_link(&mut self) {
        let Some((start, Some(address))) = self.links.pop() else { return };
        if let Some(anchor) = address.strip_prefix('#') {
            self.builder.mark(start, anchor);
        } else if !address.starts_with("javascript:") {
            self.builder.link(start, LinkTarget::Address(address));
        }
    }
}

/// The kind of block that an element makes of its text.
fn kind_of(element: &Element) -> Option<BlockKind> {
    Some(match element.name() {
        "h1" => BlockKind::Heading(1),
        "h2" => BlockKind::Heading(2),
        "h3" => BlockKind::Heading(3),
        "h4" => BlockKind::Heading(4),
        "h5" => BlockKind::Heading(5),
        "h6" => BlockKind::Heading(6),
        "li" | "dt" | "dd" => BlockKind::ListItem,
        "blockquote" => BlockKind::Quotation,
        "caption" | "figcaption" => BlockKind::Caption,
        "pre" => BlockKind::Literal,
        _ => return None,
    })
}

/// How much deeper an element's text stands than what is around it; what is told of a term belongs to the term.
fn depth_of(element: &Element) -> u16 {
    match element.name() {
        "li" | "dt" => 1,
        "dd" => 2,
        _ => 0,
    }
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "section"
            | "article"
            | "main"
            | "header"
            | "aside"
            | "ul"
            | "ol"
            | "dl"
            | "figure"
            | "hr"
            | "table"
            | "address"
            | "center"
            | "details"
            | "summary"
            | "fieldset"
            | "body"
            | "html"
            | "td"
            | "th"
            | "tr"
    )
}

/// Whether a table holds data in rows rather than arranging a page: no table inside it, more than one cell in some
/// row, and no cell with the length of an article.
fn holds_data(table: NodeRef<'_, Node>) -> bool {
    let mut cells_max = 0;
    let mut cells = 0;
    let mut chars = 0;
    for node in table.descendants().skip(1) {
        match node.value() {
            Node::Element(element) => match element.name() {
                "table" => return false,
                "tr" => cells = 0,
                "td" | "th" => {
                    cells += 1;
                    chars = 0;
                    cells_max = cells_max.max(cells);
                }
                _ => {}
            },
            Node::Text(text) => {
                chars += text.trim().len();
                if chars > CELL_CHARS_MAX {
                    return false;
                }
            }
            _ => {}
        }
    }
    cells_max > 1
}

/// Digits raised in the page are raised in the text, so that "km2" and the mark of a note do not look like numbers.
fn raised(text: &str) -> Cow<'_, str> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Cow::Borrowed(text);
    }
    let digits = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    Cow::Owned(text.bytes().map(|byte| digits[usize::from(byte - b'0')]).collect())
}

#[cfg(test)]
mod tests;
