//! Footnotes and endnotes: the blocks that are notes, and the marks in the body that lead to them.

use std::collections::HashMap;

use irenic_model::{Block, BlockKind, Document, Link, LinkTarget, Span};

/// The longest label of a note, in digits.
const LABEL_DIGITS_MAX: usize = 4;

/// Unlabelled blocks that may stand between two notes and carry on the first.
const CARRIED_BLOCKS_MAX: usize = 3;

/// How a note begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// `[12] Title`
    Bracket,
    /// `¹² Title`
    Superscript,
    /// `12. Title`, `12) Title`, or `12 Title`
    Number,
}

/// Finds the notes at the end of the text and ties each mark in the body to the note of its number.
///
/// Notes are the closing run of blocks whose labels count up from 1, if the body before them has marks for at least
/// half of the labels; an unmarked block between two of them carries on the note before it. A list that nothing
/// refers to stays a list. Marks are `[12]`, superscripts, and digits glued behind a word or its stop.
pub(crate) fn tie(document: &mut Document) {
    if !document.blocks.iter().any(|block| block.kind == BlockKind::Footnote) {
        find_notes(document);
    }
    let notes = numbered_notes(document);
    if notes.is_empty() {
        return;
    }
    let mut links = Vec::new();
    let mut known = document.links.iter().map(|link| link.span).peekable();
    for block in document.blocks.iter().filter(|block| block.kind != BlockKind::Footnote) {
        for mark in marks(&document.text, block.span) {
            while known.next_if(|span| span.end <= mark.span.start).is_some() {}
            let is_known = known.peek().is_some_and(|span| span.overlaps(mark.span));
            let note = notes.get(&mark.label).and_then(|notes| note_after(notes, mark.span));
            if let Some(note) = note.filter(|_| !is_known) {
                links.push(Link { span: mark.span, target: LinkTarget::Note(note) });
            }
        }
    }
    document.links.extend(links);
    document.links.sort_by_key(|link| (link.span.start, link.span.end));
}

/// Turns the closing run of labelled blocks into footnotes.
fn find_notes(document: &mut Document) {
    let text = &document.text;
    let labels: Vec<_> = document.blocks.iter().map(|block| leading_label(block.span.of(text))).collect();
    let run = [Style::Bracket, Style::Superscript, Style::Number]
        .into_iter()
        .find_map(|style| closing_run(&labels, style).filter(|run| is_referred_to(document, run, style)));
    let Some(run) = run else { return };
    let mut kept: Vec<Block> = Vec::with_capacity(document.blocks.len());
    for (at, block) in document.blocks.drain(..).enumerate() {
        let inside = run.first <= at && at <= run.last;
        if inside && !run.starts.contains(&at) {
            if let Some(note) = kept.last_mut() {
                note.span = note.span.cover(block.span);
            }
            continue;
        }
        let kind = if inside { BlockKind::Footnote } else { block.kind };
        kept.push(Block { kind, ..block });
    }
    document.blocks = kept;
}

/// The blocks `first..=last`, of which those in `starts` begin a note.
struct Run {
    first: usize,
    last: usize,
    starts: Vec<usize>,
}

/// The last run of blocks whose labels in `style` count up from 1.
fn closing_run(labels: &[Option<(Style, u32)>], style: Style) -> Option<Run> {
    let first = labels.iter().rposition(|label| *label == Some((style, 1)))?;
    let mut run = Run { first, last: first, starts: vec![first] };
    let mut next = 2;
    for (at, label) in labels.iter().enumerate().skip(first + 1) {
        if *label == Some((style, next)) {
            run.last = at;
            run.starts.push(at);
            next += 1;
        } else if at - run.last > CARRIED_BLOCKS_MAX {
            break;
        }
    }
    Some(run)
}

/// Whether the body before the run has marks for at least half of its labels, in the marks that go with the style.
fn is_referred_to(document: &Document, run: &Run, style: Style) -> bool {
    let count = run.starts.len();
    let mut seen = vec![false; count];
    for block in &document.blocks[..run.first] {
        for mark in marks(&document.text, block.span) {
            let fits = style != Style::Bracket || mark.style == Style::Bracket;
            let slot = (mark.label as usize).checked_sub(1).and_then(|at| seen.get_mut(at));
            if let Some(slot) = slot.filter(|_| fits) {
                *slot = true;
            }
        }
    }
    seen.iter().filter(|&&found| found).count() * 2 >= count
}

/// The notes by their number. Where each page or chapter counts anew, a number has several.
fn numbered_notes(document: &Document) -> HashMap<u32, Vec<Span>> {
    let mut notes: HashMap<u32, Vec<Span>> = HashMap::new();
    for block in document.blocks.iter().filter(|block| block.kind == BlockKind::Footnote) {
        if let Some((_, label)) = leading_label(block.span.of(&document.text)) {
            notes.entry(label).or_default().push(block.span);
        }
    }
    notes
}

/// The first of `notes` that stands after the mark.
fn note_after(notes: &[Span], mark: Span) -> Option<Span> {
    notes.get(notes.partition_point(|note| note.start < mark.end)).copied()
}

/// The label with which a block begins, and how it is written.
pub(crate) fn leading_label(text: &str) -> Option<(Style, u32)> {
    if let Some((label, _)) = bracketed(text) {
        return Some((Style::Bracket, label));
    }
    if let Some((label, _)) = superscript(text) {
        return Some((Style::Superscript, label));
    }
    let (label, digits) = number(text)?;
    let after = &text[digits..];
    let rest = after.strip_prefix(['.', ')']).unwrap_or(after);
    let starts_words =
        rest.trim_start().starts_with(|c: char| c.is_alphabetic() || matches!(c, '“' | '"' | '‘'));
    let spaced = rest.starts_with(char::is_whitespace) || rest.len() < after.len();
    (starts_words && spaced).then_some((Style::Number, label))
}

/// `[12]` at the start of `text`: its number and length in bytes.
fn bracketed(text: &str) -> Option<(u32, usize)> {
    let inner = text.strip_prefix('[')?;
    let (label, digits) = number(inner)?;
    inner[digits..].starts_with(']').then_some((label, digits + 2))
}

/// Digits at the start of `text`: their number and length in bytes.
fn number(text: &str) -> Option<(u32, usize)> {
    let digits = text.bytes().take(LABEL_DIGITS_MAX + 1).take_while(u8::is_ascii_digit).count();
    let label = text[..digits].parse().ok().filter(|_| digits <= LABEL_DIGITS_MAX)?;
    Some((label, digits))
}

/// Superscript digits at the start of `text`: their number and length in bytes.
fn superscript(text: &str) -> Option<(u32, usize)> {
    let mut label = 0;
    let mut length = 0;
    for c in text.chars().take(LABEL_DIGITS_MAX) {
        let Some(digit) = "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|known| known == c) else { break };
        label = label * 10 + u32::try_from(digit).unwrap_or(0);
        length += c.len_utf8();
    }
    (length > 0).then_some((label, length))
}

struct Mark {
    span: Span,
    label: u32,
    style: Style,
}

/// What may be a mark of a note inside `span`, in text order.
fn marks(text: &str, span: Span) -> Vec<Mark> {
    let body = span.of(text);
    let mut found = Vec::new();
    let mut push = |at: usize, (label, length): (u32, usize), style| {
        let start = span.start + at;
        found.push(Mark { span: Span::new(start, start + length), label, style });
    };
    let mut previous = [' '; 5];
    for (at, c) in body.char_indices() {
        let rest = &body[at..];
        let is_unit = matches!(previous, [.., ' ' | '\u{a0}' | '0'..='9', 'm'] | [.., 'k' | 'c' | 'm', 'm']);
        if c == '[' && at > 0 {
            bracketed(rest).into_iter().for_each(|mark| push(at, mark, Style::Bracket));
        } else if is_superscript(c) && !is_superscript(previous[4]) && !is_unit {
            superscript(rest).into_iter().for_each(|mark| push(at, mark, Style::Superscript));
        } else if c.is_ascii_digit() && is_glued(previous) {
            let after = |digits: usize| {
                rest[digits..].chars().next().is_none_or(|c| !c.is_alphanumeric() && c != '-')
            };
            number(rest)
                .filter(|&(_, digits)| after(digits))
                .into_iter()
                .for_each(|mark| push(at, mark, Style::Number));
        }
        previous.rotate_left(1);
        previous[4] = c;
    }
    found
}

fn is_superscript(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
}

/// Whether the characters before digits end a word in small letters, its stop or a year's: "talks12", "talks.12",
/// "talks.”12", "1994.12".
fn is_glued(before: [char; 5]) -> bool {
    let closes = |c: char| matches!(c, '.' | ',' | ';' | ':' | '”' | '"' | '’' | ')' | '?' | '!');
    let [year @ .., last] = before;
    let [.., third, second, first] = before;
    match () {
        () if !closes(first) => second.is_lowercase() && first.is_lowercase(),
        () if closes(second) => third.is_lowercase(),
        () if second.is_ascii_digit() => {
            matches!(year[0], '1' | '2') && last != ',' && year.iter().all(char::is_ascii_digit)
        }
        () => third.is_lowercase() && second.is_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use irenic_model::Source;

    use super::*;

    /// The marks that were tied and the notes they lead to.
    fn tied(text: &str) -> Vec<(String, String)> {
        let document = crate::plain::document_of(Source::new("a.txt", text.as_bytes()), text.to_owned());
        let words = |span: Span| span.of(text).to_owned();
        let target = |link: &Link| match link.target {
            LinkTarget::Note(note) => words(note),
            LinkTarget::Address(_) => String::new(),
        };
        document.links.iter().map(|link| (words(link.span), target(link))).collect()
    }

    #[test]
    fn marks_lead_to_notes() {
        let cases: [(&str, &[(&str, &str)]); 6] = [
            (
                "It began.[1] It ended [2].\n\n[1] A note, wrapped\n\nover a gap.\n\n[2]Second note.\n\nThe Author\n",
                &[("[1]", "[1] A note, wrapped\n\nover a gap."), ("[2]", "[2]Second note.")],
            ),
            (
                "It began.¹ It ended on 5 km² of land.²\n\n¹ One.\n\n² Two.\n",
                &[("¹", "¹ One."), ("²", "² Two.")],
            ),
            (
                "The talks1 began on 2 May 1994.2 Then 1.2 million fled.\n\n1. First source.\n2. Second source.\n",
                &[("1", "1. First source."), ("2", "2. Second source.")],
            ),
            ("What is asked for:\n\n1. A ceasefire.\n\n2. A mission of 12 people.\n", &[]),
            ("[1] A paragraph with a number.\n\n[2] Another one.\n", &[]),
            ("A list [sic] of [2020] words.\n\n[1] Once.\n", &[]),
        ];
        for (text, expected) in cases {
            let got = tied(text);
            let got: Vec<_> = got.iter().map(|(mark, note)| (mark.as_str(), note.as_str())).collect();
            assert_eq!(got, expected, "{text}");
        }
    }
}
