//! DOCX: paragraphs, headings by their styles, lists, tables, notes and core properties.

mod package;
mod xml;

use std::collections::HashMap;

use irenic_model::{BlockKind, Diagnostic, Document, LinkTarget, Severity, Source};

use self::package::Package;
use self::xml::{Node, walk};
use crate::builder::Builder;
use crate::{ReadConfig, ReadError, dates};

/// The two kinds of notes: the part they are in, the element that holds one, and the element that marks it.
const NOTES: [(&str, &str); 2] = [("word/footnotes.xml", "footnote"), ("word/endnotes.xml", "endnote")];

pub(crate) fn read(source: Source, bytes: &[u8], config: &ReadConfig) -> Result<Document, ReadError> {
    let file = source.id.clone();
    let mut package = Package::open(&file, bytes, config)?;
    let mut builder = Builder::new(source);
    builder.diagnostics = package.suspects();
    let Some(body) = package.part("word/document.xml")? else {
        return Err(ReadError::damaged(&file, "DOCX", "it has no word/document.xml"));
    };
    let styles = package.part("word/styles.xml")?.map(|part| styles_of(&part)).unwrap_or_default();
    let links = package.part("word/_rels/document.xml.rels")?.map(|part| links_of(&part)).unwrap_or_default();
    if let Some(part) = package.part("docProps/core.xml")? {
        properties(&mut builder.source, &part);
    }
    let mut reader = Reader::new(builder, &styles, &links);
    reader.part(&body);
    if reader.builder.offset() == 0 && !reader.is_whole {
        return Err(ReadError::damaged(&file, "DOCX", "word/document.xml is not XML"));
    }
    for (part, _) in NOTES {
        if let Some(notes) = package.part(part)? {
            reader.part(&notes);
        }
    }
    Ok(reader.builder.finish())
}

/// The heading level that each style gives, by the style's identifier.
fn styles_of(part: &str) -> HashMap<String, u8> {
    let mut styles = HashMap::new();
    let mut id = String::new();
    let read = walk(part, |node| {
        let Node::Open(element) = node else { return };
        let value = element.attribute("val");
        match (element.name().as_str(), value) {
            ("style", _) => id = element.attribute("styleId").unwrap_or_default(),
            ("name", Some(name)) => drop(level_of(&name).map(|level| styles.insert(id.clone(), level))),
            ("outlineLvl", Some(level)) => {
                if let Some(level) = level.parse::<u8>().ok().filter(|level| *level < 9) {
                    styles.entry(id.clone()).or_insert(level + 1);
                }
            }
            _ => {}
        }
    });
    // Styles that cannot be read leave headings as paragraphs, and nothing else.
    read.map_or_else(|_| HashMap::new(), |()| styles)
}

fn level_of(name: &str) -> Option<u8> {
    let lower = name.to_lowercase();
    if lower == "title" {
        return Some(1);
    }
    lower.strip_prefix("heading")?.trim().parse().ok().filter(|level| (1..=9).contains(level))
}

/// Where each relationship leads, by its identifier.
fn links_of(part: &str) -> HashMap<String, String> {
    let mut links = HashMap::new();
    let read = walk(part, |node| {
        let Node::Open(element) = node else { return };
        if element.attribute("TargetMode").as_deref() == Some("External")
            && let (Some(id), Some(target)) = (element.attribute("Id"), element.attribute("Target"))
        {
            links.insert(id, target);
        }
    });
    read.map_or_else(|_| HashMap::new(), |()| links)
}

/// Title, author and date from the core properties. The date of creation is the writing's, the nearest there is to
/// publication.
fn properties(source: &mut Source, part: &str) {
    let mut name = String::new();
    let mut values: HashMap<String, String> = HashMap::new();
    let _ = walk(part, |node| match node {
        Node::Open(element) => name = element.name(),
        Node::Close(_) => name.clear(),
        Node::Text(text) => values.entry(name.clone()).or_default().push_str(&text),
    });
    let mut take = |name: &str| {
        values.remove(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
    };
    source.title = source.title.take().or_else(|| take("title"));
    source.author = source.author.take().or_else(|| take("creator"));
    source.published = source.published.or_else(|| dates::parse(&take("created")?));
}

struct Reader<'s> {
    builder: Builder,
    styles: &'s HashMap<String, u8>,
    addresses: &'s HashMap<String, String>,
    /// The kind that the open paragraph's properties gave it, until its first words.
    kind: BlockKind,
    begun: bool,
    in_text: bool,
    /// Depth inside something that is not read: deleted text, a fallback for older programs, a separator of notes.
    skipped: usize,
    tables: usize,
    /// The note that is open: its anchor, until its label is written.
    note: Option<Option<String>>,
    /// The numbers that notes were given where they were first marked.
    numbers: HashMap<String, usize>,
    links: Vec<(usize, Option<String>)>,
    is_whole: bool,
}

impl<'s> Reader<'s> {
    fn new(
        builder: Builder,
        styles: &'s HashMap<String, u8>,
        addresses: &'s HashMap<String, String>,
    ) -> Self {
        Self {
            builder,
            styles,
            addresses,
            kind: BlockKind::Paragraph,
            begun: false,
            in_text: false,
            skipped: 0,
            tables: 0,
            note: None,
            numbers: HashMap::new(),
            links: Vec::new(),
            is_whole: true,
        }
    }

    fn part(&mut self, part: &str) {
        let read = walk(part, |node| match node {
            Node::Open(element) => self.open(&element),
            Node::Close(name) => self.close(&name),
            Node::Text(text) if self.in_text && self.skipped == 0 => self.words(&text),
            Node::Text(_) => {}
        });
        self.builder.end();
        if let Err(error) = read {
            self.is_whole = false;
            let message = format!("a part of the file is damaged and was read up to the damage: {error}");
            self.builder.diagnostics.push(
                Diagnostic::new("read.damaged", Severity::Warning, message).hint("save the file again"),
            );
        }
    }

    fn open(&mut self, element: &xml::Element<'_>) {
        let name = element.name();
        if self.skipped > 0 || is_skipped(&name, element) {
            self.skipped += 1;
            return;
        }
        let value = || element.attribute("val").unwrap_or_default();
        match name.as_str() {
            "p" => self.open_paragraph(),
            "pStyle" => {
                if let Some(&level) = self.styles.get(&value()) {
                    self.kind = BlockKind::Heading(level);
                } else if value().to_lowercase().contains("quote") {
                    self.kind = BlockKind::Quotation;
                } else if value().eq_ignore_ascii_case("caption") {
                    self.kind = BlockKind::Caption;
                }
            }
            "numPr" if self.kind == BlockKind::Paragraph => self.kind = BlockKind::ListItem,
            "ilvl" => self.builder.depth = value().parse::<u16>().map_or(1, |level| level.saturating_add(1)),
            "t" => self.in_text = true,
            "tab" if self.begun => self.words(" "),
            "br" | "cr" => self.builder.line_break(),
            "noBreakHyphen" => self.words("\u{2011}"),
            "softHyphen" => self.words("\u{ad}"),
            "tbl" => {
                self.tables += 1;
                if self.tables == 1 {
                    self.builder.table();
                }
            }
            "tr" if self.tables == 1 => self.builder.begin(BlockKind::TableRow),
            "tc" if self.tables == 1 => self.builder.cell(),
            "hyperlink" => {
                let address = element.attribute("id").and_then(|id| self.addresses.get(&id).cloned());
                self.links.push((self.builder.offset(), address));
            }
            "footnoteReference" | "endnoteReference" => {
                self.reference(name.trim_end_matches("Reference"), element)
            }
            "footnote" | "endnote" => {
                let id = element.attribute("id").unwrap_or_default();
                self.note = Some(Some(format!("{name} {id}")));
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        match name {
            "t" => self.in_text = false,
            "p" if self.tables > 0 || self.note.is_some() => self.builder.line_break(),
            "p" => self.builder.end(),
            "tr" if self.tables == 1 => self.builder.end(),
            "tbl" => self.tables = self.tables.saturating_sub(1),
            "hyperlink" => {
                if let Some((start, Some(address))) = self.links.pop() {
                    self.builder.link(start, LinkTarget::Address(address));
                }
            }
            "footnote" | "endnote" => {
                self.builder.end();
                self.note = None;
            }
            _ => {}
        }
    }

    /// A note is one block, a cell holds its paragraphs as lines; elsewhere a paragraph is a block.
    fn open_paragraph(&mut self) {
        self.kind = BlockKind::Paragraph;
        self.builder.depth = 1;
        self.begun = false;
        let goes_on = self.tables > 0 || (self.note.is_some() && self.builder.is_open());
        if goes_on {
            self.builder.line_break();
        } else {
            self.builder.end();
        }
    }

    fn words(&mut self, words: &str) {
        if !self.builder.is_open() && self.tables == 0 {
            let kind = if self.note.is_some() { BlockKind::Footnote } else { self.kind };
            self.builder.begin(kind);
            if let Some(anchor) = self.note.as_mut().and_then(Option::take) {
                let label = self.number(&anchor);
                self.builder.anchor(&anchor);
                self.builder.words(&format!("[{label}] "));
            }
        }
        self.begun = true;
        self.builder.words(words);
    }

    fn reference(&mut self, kind: &str, element: &xml::Element<'_>) {
        let anchor = format!("{kind} {}", element.attribute("id").unwrap_or_default());
        let label = self.number(&anchor);
        if !self.builder.is_open() {
            self.words("");
        }
        let start = self.builder.offset();
        self.builder.words(&format!("[{label}]"));
        self.builder.mark(start, &anchor);
    }

    fn number(&mut self, anchor: &str) -> usize {
        let next = self.numbers.len() + 1;
        *self.numbers.entry(anchor.to_owned()).or_insert(next)
    }
}

/// What is no part of the text: words that a revision deleted, copies for older programs, rules above notes, and
/// fields' instructions.
fn is_skipped(name: &str, element: &xml::Element<'_>) -> bool {
    match name {
        "del" | "moveFrom" | "Fallback" | "instrText" | "delText" | "sectPr" => true,
        "footnote" | "endnote" => matches!(
            element.attribute("type").as_deref(),
            Some("separator" | "continuationSeparator" | "continuationNotice")
        ),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
