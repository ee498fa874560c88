//! Markdown: markup is taken out, and what it says of the text is kept as blocks, links and notes.

use std::borrow::Cow;

use irenic_model::{BlockKind, Document, LinkTarget, Source};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::builder::Builder;
use crate::{ReadConfig, ReadError, encoding, front_matter, html};

pub(crate) fn read(source: Source, bytes: Cow<'_, [u8]>, config: &ReadConfig) -> Result<Document, ReadError> {
    let (text, diagnostics) = encoding::decode(&source.id, bytes)?;
    let mut builder = Builder::new(source);
    builder.diagnostics = diagnostics;
    let mut body = text.as_str();
    if let Some((fence, matter, rest)) = front_matter::split(&text) {
        front_matter::read(&mut builder, fence, matter);
        body = rest;
    }
    let mut reader = Reader {
        builder,
        config,
        lists: 0,
        quotes: 0,
        note: None,
        links: Vec::new(),
        image: None,
        html: None,
    };
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    Parser::new_ext(body, options).for_each(|event| reader.event(event));
    Ok(reader.builder.finish())
}

struct Reader<'c> {
    builder: Builder,
    config: &'c ReadConfig,
    lists: usize,
    quotes: usize,
    /// The label of the open note, until its mark is written.
    note: Option<Option<String>>,
    /// Where the open links start and lead.
    links: Vec<(usize, String)>,
    /// The words of an open image: its caption.
    image: Option<String>,
    /// The open block of HTML.
    html: Option<String>,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text),
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => self.words(&text),
            Event::Html(raw) => match &mut self.html {
                Some(html) => html.push_str(&raw),
                None => html::append(&mut self.builder, &raw, self.config),
            },
            Event::InlineHtml(tag) => self.inline_html(&tag),
            Event::FootnoteReference(label) => self.reference(&label),
            Event::SoftBreak => self.words(" "),
            Event::HardBreak => self.builder.line_break(),
            Event::Rule => self.builder.end(),
            Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph if self.lists > 0 && self.builder.is_open() => {}
            Tag::Paragraph => self.begin(BlockKind::Paragraph),
            Tag::Heading { level, .. } => self.builder.begin(BlockKind::Heading(level_of(level))),
            Tag::BlockQuote(_) => {
                self.builder.end();
                self.quotes += 1;
            }
            Tag::CodeBlock(_) => self.builder.begin(BlockKind::Literal),
            Tag::HtmlBlock => self.html = Some(String::new()),
            Tag::List(_) => {
                self.builder.end();
                self.lists += 1;
            }
            Tag::Item => self.begin(BlockKind::ListItem),
            Tag::FootnoteDefinition(label) => {
                self.builder.end();
                self.note = Some(Some(label.to_string()));
            }
            Tag::Table(_) => self.builder.table(),
            Tag::TableHead | Tag::TableRow => self.builder.begin(BlockKind::TableRow),
            Tag::TableCell => self.builder.cell(),
            Tag::Link { dest_url, .. } => self.links.push((self.builder.offset(), dest_url.to_string())),
            Tag::Image { .. } => self.image = Some(String::new()),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::BlockQuote(_) => {
                self.builder.end();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::List(_) => {
                self.builder.end();
                self.lists = self.lists.saturating_sub(1);
            }
            TagEnd::HtmlBlock => {
                let html = self.html.take().unwrap_or_default();
                html::append(&mut self.builder, &html, self.config);
            }
            TagEnd::FootnoteDefinition => {
                self.builder.end();
                self.note = None;
            }
            TagEnd::Paragraph | TagEnd::Item | TagEnd::Heading(_) | TagEnd::CodeBlock => self.builder.end(),
            TagEnd::Table | TagEnd::TableHead | TagEnd::TableRow => self.builder.end(),
            TagEnd::Link => self.end_link(),
            TagEnd::Image => self.end_image(),
            _ => {}
        }
    }

    /// Opens a block of the kind that the lists, quotations and notes around it make of it.
    fn begin(&mut self, kind: BlockKind) {
        let kind = match () {
            () if self.note.is_some() => BlockKind::Footnote,
            () if self.lists > 0 => BlockKind::ListItem,
            () if self.quotes > 0 => BlockKind::Quotation,
            () => kind,
        };
        self.builder.depth = u16::try_from(self.lists).unwrap_or(u16::MAX);
        self.builder.begin(kind);
        if let Some(label) = self.note.as_mut().and_then(Option::take) {
            self.builder.anchor(&anchor_of(&label));
            self.builder.words(&format!("[{label}] "));
        }
    }

    fn text(&mut self, text: &str) {
        match &mut self.html {
            Some(html) => html.push_str(text),
            None => self.words(text),
        }
    }

    fn words(&mut self, words: &str) {
        match &mut self.image {
            Some(caption) => caption.push_str(words),
            None => self.builder.words(words),
        }
    }

    fn reference(&mut self, label: &str) {
        let start = self.builder.offset();
        self.words(&format!("[{label}]"));
        self.builder.mark(start, &anchor_of(label));
    }

    fn inline_html(&mut self, tag: &str) {
        let name = tag
            .trim_start_matches(['<', '/'])
            .split(|c: char| !c.is_alphanumeric())
            .next()
            .unwrap_or_default();
        if name.eq_ignore_ascii_case("br") {
            self.builder.line_break();
        }
    }

    fn end_link(&mut self) {
        if let Some((start, address)) = self.links.pop().filter(|(_, address)| !address.starts_with('#')) {
            self.builder.link(start, LinkTarget::Address(address));
        }
    }

    /// An image leaves its caption, unless that is only a file's name.
    fn end_image(&mut self) {
        let caption = self.image.take().unwrap_or_default();
        let is_name = caption.rsplit_once('.').is_some_and(|(_, ending)| (3..=4).contains(&ending.len()));
        if caption.trim().is_empty() || is_name {
            return;
        }
        if self.links.is_empty() && self.lists == 0 {
            self.builder.begin(BlockKind::Caption);
            self.builder.words(&caption);
            self.builder.end();
        } else {
            self.builder.words(&caption);
        }
    }
}

fn anchor_of(label: &str) -> String {
    format!("note {label}")
}

const fn level_of(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> Document {
        crate::read_bytes("a.md", text.as_bytes(), &ReadConfig::default()).unwrap()
    }

    fn blocks(document: &Document) -> Vec<(BlockKind, &str)> {
        document.blocks.iter().map(|block| (block.kind, block.span.of(&document.text))).collect()
    }

    #[test]
    fn markup_becomes_blocks() {
        let document = read_text(
            "---\npublisher: The Gazette\n---\n# Talks in *Northton*\n\nThe **two sides** met\nat [the bridge](https://example.org/b).\n\n\
             - one\n- two\n  1. deep\n\n> Said he.\n\n| Side | Killed |\n|---|---|\n| North | 12 |\n| South | |\n\n```\ncode  here\n```\n",
        );
        assert_eq!(
            blocks(&document),
            [
                (BlockKind::Heading(1), "Talks in Northton"),
                (BlockKind::Paragraph, "The two sides met at the bridge."),
                (BlockKind::ListItem, "one"),
                (BlockKind::ListItem, "two"),
                (BlockKind::ListItem, "deep"),
                (BlockKind::Quotation, "Said he."),
                (BlockKind::TableRow, "Side | Killed"),
                (BlockKind::TableRow, "North | 12"),
                (BlockKind::TableRow, "South | "),
                (BlockKind::Literal, "code here"),
            ]
        );
        let depths: Vec<_> = document.blocks.iter().map(|block| block.depth).collect();
        assert_eq!(depths, [0, 0, 1, 1, 2, 0, 0, 0, 0, 0]);
        assert_eq!(document.links.len(), 1);
        assert_eq!(document.links[0].span.of(&document.text), "the bridge");
        assert_eq!(document.source.publisher.as_deref(), Some("The Gazette"));
        assert_eq!(document.source.title.as_deref(), Some("Talks in Northton"));
    }

    #[test]
    fn footnotes_are_tied() {
        let document = read_text(
            "Forty people fled.[^a] More came.[^2]\n\n[^a]: A report.\n\n[^2]: Another\n    one.\n",
        );
        let links: Vec<_> =
            document.links.iter().map(|link| (link.span.of(&document.text), &link.target)).collect();
        let note = |at: usize| LinkTarget::Note(document.blocks[at].span);
        assert_eq!(links, [("[a]", &note(1)), ("[2]", &note(2))]);
        assert_eq!(blocks(&document)[1], (BlockKind::Footnote, "[a] A report."));
    }

    #[test]
    fn images_leave_their_captions() {
        let document = read_text("![A bridge](b.jpg)\n\n![b.jpg](b.jpg)\n\nWords.\n");
        assert_eq!(blocks(&document), [(BlockKind::Caption, "A bridge"), (BlockKind::Paragraph, "Words.")]);
    }
}
