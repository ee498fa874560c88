//! Rows of tables and infoboxes: who says the numbers of a cell, and what they count where only a label tells.

use irenic_model::{Mention, MentionKind, Span, Stance};

use super::lexicon::Lexicon;
use crate::words::{Shape, Word};

/// What stands over the numbers of a cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Heading {
    /// What the numbers count.
    pub(super) counts: Option<String>,
    /// Who says so: the name, and where it stands.
    pub(super) holder: Option<(String, Span)>,
    pub(super) stance: Option<Stance>,
    /// Whose losses they are, in the words of the table.
    pub(super) side: Option<String>,
    /// Whether bare numbers are figures here.
    pub(super) counting: bool,
}

/// Reads the key of a row: "Casualties of the northern side, southern claim".
pub(super) fn key(text: &str, words: &[Word], mentions: &[Mention], lexicon: &Lexicon) -> Heading {
    let tables = &lexicon.tables;
    let counting = words.iter().any(|word| {
        let stem = word.lower.trim_end_matches(|c: char| c.is_ascii_digit());
        tables.keys.has(&word.lower) || tables.keys.has(stem)
    });
    let mut heading = Heading { counts: counted(words, lexicon), counting, ..Heading::default() };
    heading.side = side(text, words);
    for (at, word) in words.iter().enumerate() {
        let claims = tables.claims.has(&word.lower);
        if claims || tables.official.has(&word.lower) {
            let Some(name) = capitals_before(words, at) else { continue };
            heading.holder = Some(speaker(text, words, at, name, claims, mentions));
            heading.stance = claims.then_some(Stance::Alleged);
            if !claims && heading.side.is_none() {
                heading.side = Some(name.of(text).to_owned());
            }
        }
    }
    heading
}

/// Who is behind "official Northern figures", "Southern claim", "Western and Northern estimates": a people's name alone
/// names nobody, so figures keep their own words, and a claim is its side's.
fn speaker(
    text: &str,
    words: &[Word],
    says: usize,
    name: Span,
    claims: bool,
    mentions: &[Mention],
) -> (String, Span) {
    let is_people = |span: Span| {
        mentions.iter().any(|mention| mention.span == span && mention.kind == MentionKind::Nationality)
    };
    if !is_people(name) {
        return named(text, name, mentions);
    }
    if claims {
        return (format!("{} side", name.of(text)), name);
    }
    let own = words.iter().position(|word| word.span.start >= name.start).unwrap_or(says);
    let mut first = own;
    while first > 0
        && (words[first - 1].is("official") || words[first - 1].is("and") || words[first - 1].capital)
    {
        first -= 1;
    }
    let whole = words[first].span.cover(words[says].span);
    (whole.of(text).to_owned(), whole)
}

/// "of the northern side": whose losses a row tells.
fn side(text: &str, words: &[Word]) -> Option<String> {
    let at = words.iter().position(|word| word.is("side") || word.is("forces"))?;
    let name = capitals_before(words, at)?;
    Some(name.of(text).to_owned())
}

/// The run of capitalised words that ends just before `at`.
fn capitals_before(words: &[Word], at: usize) -> Option<Span> {
    let start = words[..at].iter().rposition(|word| !word.capital).map_or(0, |before| before + 1);
    (start < at).then(|| words[start].span.cover(words[at - 1].span))
}

/// The labels of a cell: each with the position after it. "Per the ministry:", "Dead:", "Civilians missing:".
pub(super) fn labels(
    text: &str,
    words: &[Word],
    mentions: &[Mention],
    lexicon: &Lexicon,
) -> Vec<(usize, Heading)> {
    let mut found = Vec::new();
    for (at, _) in words.iter().enumerate().filter(|(_, word)| word.is(":")) {
        let window = at.saturating_sub(8);
        let start = words[window..at]
            .iter()
            .rposition(|word| {
                word.shape == Shape::Number || matches!(word.lower.as_str(), "." | ")" | "*" | ";" | "]")
            })
            .map_or(window, |before| window + before + 1);
        let label = &words[start..at];
        if label.is_empty() {
            continue;
        }
        if let Some(length) = lexicon.tables.holders.at(label, 0)
            && length < label.len()
        {
            let name = label[length].span.cover(label[label.len() - 1].span);
            found.push((at + 1, Heading { holder: Some(named(text, name, mentions)), ..Heading::default() }));
        } else if let Some(counts) = counted(label, lexicon) {
            found.push((at + 1, Heading { counts: Some(counts), counting: true, ..Heading::default() }));
        }
    }
    found
}

/// A source named after a number: "400 according to the commission", "(Western estimates)".
pub(super) fn holder_after(
    text: &str,
    words: &[Word],
    from: usize,
    until: usize,
    mentions: &[Mention],
    lexicon: &Lexicon,
) -> Option<(String, Span)> {
    let tail = &words[from.min(until)..until];
    if let Some(at) =
        (0..tail.len()).find(|&at| tail[at].is("according") && tail.get(at + 1).is_some_and(|to| to.is("to")))
    {
        let name = &tail[at + 2..];
        let end = name
            .iter()
            .position(|word| matches!(word.lower.as_str(), "," | ")" | "." | ";" | "*"))
            .unwrap_or(name.len());
        let name = &name[..end.min(8)];
        return Some(named(text, name.first()?.span.cover(name.last()?.span), mentions));
    }
    let first = tail.first().filter(|open| open.is("("))?;
    let close = tail.iter().position(|word| word.is(")"))?;
    let inside = &tail[1..close];
    let last = inside.last()?;
    let says = lexicon.tables.claims.has(&last.lower) || lexicon.tables.official.has(&last.lower);
    let named_by_capital =
        inside.first().is_some_and(|word| word.capital && word.span.start >= first.span.end);
    (says && named_by_capital && inside.len() > 1).then(|| {
        let name = inside[0].span.cover(inside[inside.len() - 2].span);
        named(text, name, mentions)
    })
}

fn named(text: &str, span: Span, mentions: &[Mention]) -> (String, Span) {
    let name = mentions.iter().find(|mention| mention.span == span).map(|mention| mention.name.clone());
    (name.unwrap_or_else(|| span.of(text).to_owned()), span)
}

fn counted(words: &[Word], lexicon: &Lexicon) -> Option<String> {
    (0..words.len()).find_map(|at| {
        let found = lexicon.happenings.iter().filter_map(|happening| {
            let length = happening
                .toll
                .at(words, at)
                .max(happening.passive.at(words, at))
                .max(happening.noun.at(words, at))?;
            Some((happening.counts.clone(), length))
        });
        found
            .max_by_key(|(_, length)| *length)
            .map(|(counts, _)| counts)
            .filter(|counts| counts != "casualties")
    })
}
