//! What every section needs to know: the reconstruction, where links lead, and which words have been led to.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Deref;

use irenic::Reconstruction;
use irenic_model::{Document, Span, StatementRef};
use maud::{Markup, html};

/// The longest quotation, in characters; the rest is in the text it links to.
const QUOTE_CHARS_MAX: usize = 420;

/// Where each document's text is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// Below the sections, on the one page.
    OnePage,
    /// On a page of its own beside the index.
    PageEach,
}

/// A reconstruction as it is being shown.
pub(super) struct Context<'a> {
    found: &'a Reconstruction,
    layout: Layout,
    /// The words that a line above has linked to: document and first byte.
    linked: RefCell<BTreeSet<(usize, usize)>>,
}

impl Deref for Context<'_> {
    type Target = Reconstruction;

    fn deref(&self) -> &Reconstruction {
        self.found
    }
}

impl<'a> Context<'a> {
    pub(super) const fn new(found: &'a Reconstruction, layout: Layout) -> Self {
        Self { found, layout, linked: RefCell::new(BTreeSet::new()) }
    }

    pub(super) const fn layout(&self) -> Layout {
        self.layout
    }

    /// Whether a line of the sections links to these words, so that they can link back.
    pub(super) fn is_linked(&self, document: usize, offset: usize) -> bool {
        self.linked.borrow().contains(&(document, offset))
    }

    /// The page and place of a document's words.
    pub(super) fn address(&self, document: usize, offset: usize) -> String {
        match self.layout {
            Layout::OnePage => format!("#{}", anchor(document, offset)),
            Layout::PageEach => format!("{}#{}", file(document), anchor(document, offset)),
        }
    }

    /// The page and place of a document.
    pub(super) fn address_of_document(&self, document: usize) -> String {
        match self.layout {
            Layout::OnePage => format!("#d{document}"),
            Layout::PageEach => file(document),
        }
    }

    /// A link to words; the first one to each place can be linked back to.
    pub(super) fn link(&self, document: usize, offset: usize, label: &str) -> Markup {
        let first = self.linked.borrow_mut().insert((document, offset));
        let id = first.then(|| back_anchor(document, offset));
        html! { a id=[id] href=(self.address(document, offset)) { (label) } }
    }

    /// The sentence around some words, with the words set off, and a link to where they stand.
    pub(super) fn quote(&self, document: usize, span: Span) -> Markup {
        let Some(reading) = self.readings.get(document) else { return html! {} };
        let text = &reading.document.text;
        let sentences = &reading.extraction.sentences;
        let at = sentences.partition_point(|sentence| sentence.end <= span.start);
        let around = sentences.get(at).filter(|sentence| sentence.contains(span)).copied().unwrap_or(span);
        let (before, after) = (Span::new(around.start, span.start), Span::new(span.end, around.end));
        html! {
            blockquote {
                "“"
                @if around.len() > QUOTE_CHARS_MAX || around == span {
                    (shortened(span.of(text)))
                } @else {
                    (flat(before.of(text))) b { (flat(span.of(text))) } (flat(after.of(text)))
                }
                "” "
                span.source { (self.link(document, span.start, &name(&reading.document))) }
            }
        }
    }

    /// The words of a statement.
    pub(super) fn statement_quote(&self, at: StatementRef) -> Markup {
        match self.statement(at) {
            Some((_, statement)) => self.quote(at.document, statement.span),
            None => html! {},
        }
    }
}

/// The place of a document's words on its page.
pub(super) fn anchor(document: usize, offset: usize) -> String {
    format!("d{document}-{offset}")
}

/// The place of the first line that links to those words.
pub(super) fn back_anchor(document: usize, offset: usize) -> String {
    format!("r{document}-{offset}")
}

/// The file of a document's page beside the index.
pub(super) fn file(document: usize) -> String {
    format!("text-{:04}.html", document + 1)
}

/// Runs of white space as one space, kept at the ends.
fn flat(words: &str) -> String {
    let joined = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let space = |edge: Option<char>| if edge.is_some_and(char::is_whitespace) { " " } else { "" };
    if joined.is_empty() {
        return space(words.chars().next()).to_owned();
    }
    format!("{}{joined}{}", space(words.chars().next()), space(words.chars().next_back()))
}

/// Words on one line, cut where they are too many.
pub(super) fn shortened(words: &str) -> String {
    let flat = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match flat.char_indices().nth(QUOTE_CHARS_MAX) {
        Some((cut, _)) => format!("{} …", &flat[..cut]),
        None => flat,
    }
}

/// A document by its publisher or author and its date.
pub(super) fn name(document: &Document) -> String {
    let source = &document.source;
    let who = source.publisher.as_deref().or(source.author.as_deref()).unwrap_or(&source.id);
    match source.published {
        Some(day) => format!("{who}, {}", super::wording::day(day)),
        None => who.to_owned(),
    }
}
