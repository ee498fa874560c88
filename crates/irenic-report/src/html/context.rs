//! What every section needs to know: the reconstruction, where links lead, and which words have been led to.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Deref;

use irenic::Reconstruction;
use irenic_model::{Document, Span, StatementRef};
use maud::{Markup, html};

/// The longest quotation, in bytes; the rest is in the text it links to.
const QUOTE_BYTES_MAX: usize = 420;
/// The largest share of a quotation that is set off from the rest.
const SET_OFF_SHARE_MAX: f64 = 0.6;
/// Where a quotation is cut, so many bytes are kept before the words it is for.
const KEPT_BEFORE: usize = 140;

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
    /// What each document is called where it is cited.
    labels: Vec<String>,
    /// The words that a line above has linked to (document and first byte), with the place of the first such line.
    linked: RefCell<BTreeMap<(usize, usize), String>>,
}

impl Deref for Context<'_> {
    type Target = Reconstruction;

    fn deref(&self) -> &Reconstruction {
        self.found
    }
}

impl<'a> Context<'a> {
    pub(super) fn new(found: &'a Reconstruction, layout: Layout) -> Self {
        let documents = || found.readings.iter().map(|reading| &reading.document);
        let mut uses: BTreeMap<String, usize> = BTreeMap::new();
        documents().for_each(|document| *uses.entry(name(document)).or_default() += 1);
        let labels = documents()
            .map(|document| {
                let name = name(document);
                match &document.source.title {
                    // Six articles of one publisher and day are told apart by their titles.
                    Some(title) if uses[&name] > 1 => format!("{title}, {name}"),
                    _ => name,
                }
            })
            .collect();
        Self { found, layout, labels, linked: RefCell::new(BTreeMap::new()) }
    }

    pub(super) const fn layout(&self) -> Layout {
        self.layout
    }

    /// What a document is called where it is cited.
    pub(super) fn label(&self, document: usize) -> &str {
        self.labels.get(document).map_or("", String::as_str)
    }

    /// The place of the first line that links to these words, so that they can link back.
    pub(super) fn linked_from(&self, document: usize, offset: usize) -> Option<String> {
        self.linked.borrow().get(&(document, offset)).cloned()
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
        let id = self.place(document, &[offset]);
        html! { a id=[id] href=(self.address(document, offset)) { (label) } }
    }

    /// The place for a line that leads to these words, where it is the first to lead to the first of them.
    fn place(&self, document: usize, offsets: &[usize]) -> Option<String> {
        let mut linked = self.linked.borrow_mut();
        let first = *offsets.first()?;
        let place = back_anchor(document, first);
        let is_new = !linked.contains_key(&(document, first));
        for offset in offsets {
            linked.entry((document, *offset)).or_insert_with(|| place.clone());
        }
        is_new.then_some(place)
    }

    /// The sentence around some words, with the words set off, and a link to where they stand.
    pub(super) fn quote(&self, document: usize, span: Span) -> Markup {
        self.quote_all(document, &[span])
    }

    /// The sentence around the first of some words, with all of them set off.
    pub(super) fn quote_all(&self, document: usize, spans: &[Span]) -> Markup {
        let (Some(reading), Some(first)) = (self.readings.get(document), spans.first()) else {
            return html! {};
        };
        let text = &reading.document.text;
        let around = self.sentence(document, *first);
        let shown = window(text, around, *first);
        let offsets: Vec<usize> = spans.iter().map(|span| span.start).collect();
        let id = self.place(document, &offsets);
        let cut = pieces(shown, spans);
        // Words that are most of a quotation are not set off from anything.
        let set_off: usize =
            cut.iter().filter(|(_, is_set_off)| *is_set_off).map(|(piece, _)| piece.len()).sum();
        let sets_off = set_off as f64 <= SET_OFF_SHARE_MAX * shown.len() as f64;
        html! {
            blockquote {
                "“" @if around.start < shown.start { "… " }
                @for (piece, is_set_off) in cut {
                    @if is_set_off && sets_off { b { (flat(piece.of(text))) } } @else { (flat(piece.of(text))) }
                }
                @if shown.end < around.end { " …" } "” "
                span.source { a id=[id] href=(self.address(document, first.start)) { (self.label(document)) } }
            }
        }
    }

    /// The sentence that holds some words; the block they stand in where no sentence does.
    pub(super) fn sentence(&self, document: usize, span: Span) -> Span {
        let Some(reading) = self.readings.get(document) else { return span };
        let sentences = &reading.extraction.sentences;
        let at = sentences.partition_point(|sentence| sentence.end <= span.start);
        let sentence = sentences.get(at).filter(|sentence| sentence.contains(span)).copied();
        let block =
            || reading.document.blocks.iter().map(|block| block.span).find(|block| block.contains(span));
        sentence.or_else(block).unwrap_or(span)
    }

    /// The words of a statement.
    pub(super) fn statement_quote(&self, at: StatementRef) -> Markup {
        match self.statement(at) {
            Some((_, statement)) => self.quote(at.document, statement.span),
            None => html! {},
        }
    }
}

/// The part of a long passage that is shown for some words in it, cut between words.
fn window(text: &str, around: Span, words: Span) -> Span {
    if around.len() <= QUOTE_BYTES_MAX {
        return around;
    }
    let start = around.start.max(words.start.saturating_sub(KEPT_BEFORE));
    let end = around.end.min((start + QUOTE_BYTES_MAX).max(words.end.min(words.start + QUOTE_BYTES_MAX)));
    let is_cut = |at: usize| text.is_char_boundary(at) && text[at..].starts_with(char::is_whitespace);
    let start = if start == around.start {
        start
    } else {
        (start..words.start).find(|at| is_cut(*at)).unwrap_or(words.start)
    };
    let end = if end == around.end {
        end
    } else {
        (words.start + 1..=end).rev().find(|at| is_cut(*at)).unwrap_or(around.end)
    };
    Span::new(start, end)
}

/// A passage cut into what lies in one of some spans and what does not.
fn pieces(shown: Span, spans: &[Span]) -> Vec<(Span, bool)> {
    let mut spans = spans.to_vec();
    spans.sort();
    let mut pieces = Vec::new();
    let mut at = shown.start;
    for span in spans {
        let (start, end) = (span.start.max(at), span.end.min(shown.end));
        if start >= end {
            continue;
        }
        if at < start {
            pieces.push((Span::new(at, start), false));
        }
        pieces.push((Span::new(start, end), true));
        at = end;
    }
    if at < shown.end {
        pieces.push((Span::new(at, shown.end), false));
    }
    pieces
}

/// The place of a document's words on its page.
pub(super) fn anchor(document: usize, offset: usize) -> String {
    format!("d{document}-{offset}")
}

/// The place of the first line that links to those words.
fn back_anchor(document: usize, offset: usize) -> String {
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

/// Words on one line, cut between words where they are more than so many characters.
pub(super) fn shortened(words: &str, chars_max: usize) -> String {
    let flat = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((cut, _)) = flat.char_indices().nth(chars_max) else { return flat };
    let end = flat[..cut].rfind(' ').unwrap_or(cut);
    format!("{} …", flat[..end].trim_end_matches([',', ';', ':']))
}

/// A document by its publisher or author and its date.
pub(super) fn name(document: &Document) -> String {
    let source = &document.source;
    let who = source.publisher.as_deref().or(source.author.as_deref());
    let who = who.or(source.title.as_deref()).unwrap_or(&source.id);
    match source.published {
        Some(day) => format!("{who}, {}", super::wording::day(day)),
        None => who.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_passage_is_cut_between_words_around_what_it_is_for() {
        let text = "word ".repeat(300);
        let words = Span::new(700, 704);
        let shown = window(&text, Span::new(0, 1499), words);
        assert!(shown.contains(words) && shown.len() <= QUOTE_BYTES_MAX, "{shown:?}");
        assert!(text[shown.start..].starts_with(' ') && text[..shown.end].ends_with("word"));
        let short = Span::new(0, 100);
        assert_eq!(window(&text, short, Span::new(5, 9)), short);
    }

    #[test]
    fn words_in_each_other_are_set_off_once() {
        let spans = [Span::new(4, 8), Span::new(2, 6), Span::new(20, 30)];
        let cut: Vec<_> = pieces(Span::new(0, 25), &spans)
            .into_iter()
            .map(|(span, set)| (span.start, span.end, set))
            .collect();
        assert_eq!(cut, [(0, 2, false), (2, 6, true), (6, 8, true), (8, 20, false), (20, 25, true)]);
    }

    #[test]
    fn shortened_words_end_at_a_word() {
        assert_eq!(shortened("hand over  the town, and leave", 20), "hand over the town …");
        assert_eq!(shortened("short", 20), "short");
    }
}
