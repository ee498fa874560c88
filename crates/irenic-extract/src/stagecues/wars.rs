//! Wars by name: "the Second Examplian War (2004-2006)".

use irenic_language::{Analysis, Upos};
use irenic_model::{BlockKind, Document, Span};

use super::lexicon::Lexicon;

/// A war that a text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) span: Span,
    /// Its name without ordinal and "war".
    pub(super) name: String,
    pub(super) ordinal: Option<u8>,
    /// The token of "war".
    pub(super) head: usize,
}

/// The wars that a document names, without those of the background and those named seldom.
///
/// A text is about one conflict: the name that it uses most is its own, and others count only if used half as often.
pub(super) fn named_wars(lexicon: &Lexicon, document: &Document, analysis: &Analysis) -> Vec<Named> {
    let mut found: Vec<Named> =
        (0..analysis.tokens.len()).filter_map(|at| named(lexicon, document, analysis, at)).collect();
    let count = |name: &str| found.iter().filter(|war| war.name == name).count();
    let most = found.iter().map(|war| count(&war.name)).max().unwrap_or(0);
    let kept: Vec<bool> = found.iter().map(|war| most <= 2 * count(&war.name)).collect();
    let mut kept = kept.into_iter();
    found.retain(|_| kept.next().unwrap_or(false));
    found
}

fn named(lexicon: &Lexicon, document: &Document, analysis: &Analysis, at: usize) -> Option<Named> {
    let text = &document.text;
    let word = |at: usize| analysis.tokens[at].span.of(text);
    if !lexicon.heads.iter().any(|head| head == word(at)) {
        return None;
    }
    let block = document.block_at(analysis.tokens[at].span.start);
    if block.is_some_and(|block| matches!(block.kind, BlockKind::Footnote | BlockKind::Literal)) {
        return None;
    }
    let sentence = &analysis.sentences[analysis.sentence_of(at)];
    let mut start = at;
    while sentence.tokens.start < start && is_part_of_name(analysis, text, lexicon, start - 1) {
        start -= 1;
    }
    let ordinal = |at: usize| {
        let lower = word(at).to_lowercase();
        lexicon.ordinals.iter().position(|it| *it == lower).and_then(|place| u8::try_from(place + 1).ok())
    };
    let numbered = (start < at).then(|| ordinal(start)).flatten();
    let name_start = if numbered.is_some() { start + 1 } else { start };
    let name: Vec<&str> = (name_start..at).map(word).collect();
    let is_background = name.iter().any(|part| lexicon.background.iter().any(|it| it == part));
    let has_name = name.iter().any(|part| part.chars().next().is_some_and(char::is_uppercase));
    let is_dated = analysis.tokens[start].span.start > 0 && is_of_a_year(text, analysis, start, at);
    ((has_name || is_dated) && !is_background).then(|| Named {
        span: analysis.tokens[start].span.cover(analysis.tokens[at].span),
        name: name.join(" "),
        ordinal: numbered,
        head: at,
    })
}

/// "the war of 2020", "the 2020 war": a war that its year names.
fn is_of_a_year(text: &str, analysis: &Analysis, start: usize, head: usize) -> bool {
    let is_year = |word: &str| {
        word.len() == 4 && word.starts_with(['1', '2']) && word.bytes().all(|b| b.is_ascii_digit())
    };
    let word = |at: usize| analysis.tokens.get(at).map_or("", |token| token.span.of(text));
    start == head
        && (word(head + 1) == "of" && is_year(word(head + 2)) || head > 0 && is_year(word(head - 1)))
}

fn is_part_of_name(analysis: &Analysis, text: &str, lexicon: &Lexicon, at: usize) -> bool {
    let token = &analysis.tokens[at];
    let word = token.span.of(text);
    let is_ordinal = lexicon.ordinals.iter().any(|it| *it == word.to_lowercase());
    let is_name =
        matches!(token.upos, Upos::Propn | Upos::Adj) && word.chars().next().is_some_and(char::is_uppercase);
    is_name || is_ordinal || matches!(word, "-" | "–")
}
