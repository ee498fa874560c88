//! Quotations: stretches between quotation marks, across paragraphs and with marks left open.

use irenic_model::Span;

/// A stretch between quotation marks, the marks included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Quote {
    /// From the opening mark to the end of the closing one.
    pub(crate) span: Span,
    /// Whether it has a closing mark of its own; a quotation that the next paragraph takes up again has none.
    pub(crate) closed: bool,
    /// Whether single marks set it off.
    pub(crate) single: bool,
}

/// How a quotation was opened.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// “ ”
    Curly,
    /// « » and „ “
    Guillemet,
    /// The same mark on both sides: " or two apostrophes.
    Straight,
    /// `` ''
    Backticks,
    /// ‘ ’ or ' '
    Single,
}

/// The quotations of a text in text order; those inside double marks that are set off by single ones are left out.
///
/// A quotation never runs over the end of its line; where a line ends inside one, the quotation ends with the line.
/// One pass over the text.
pub(crate) fn quotes(text: &str) -> Vec<Quote> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.trim_end().len();
        in_line(text, Span::new(start, end.max(start)), &mut found);
        start += line.len();
    }
    found
}

fn in_line(text: &str, line: Span, found: &mut Vec<Quote>) {
    let mut open: Option<(usize, Mark)> = None;
    let mut at = line.start;
    while at < line.end {
        let Some(first) = text[at..].chars().next() else { break };
        let (length, next) = step(text, at, first, line, open.map(|(_, mark)| mark));
        match (next, open) {
            (Some(Step::Open(mark)), None) => open = Some((at, mark)),
            (Some(Step::Open(mark)), Some((_, Mark::Single))) if mark != Mark::Single => {
                open = Some((at, mark))
            }
            (Some(Step::Close), Some((from, mark))) => {
                let span = Span::new(from, at + length);
                found.push(Quote { span, closed: true, single: mark == Mark::Single });
                open = None;
            }
            _ => {}
        }
        at += length;
    }
    if let Some((from, mark)) = open
        && mark != Mark::Single
        && text[from..line.end].contains(char::is_alphanumeric)
    {
        found.push(Quote { span: Span::new(from, line.end), closed: false, single: false });
    }
}

enum Step {
    Open(Mark),
    Close,
}

/// What the character at `at` does, and how many bytes it takes.
fn step(text: &str, at: usize, first: char, line: Span, open: Option<Mark>) -> (usize, Option<Step>) {
    let rest = &text[at..line.end];
    let close_if = |mark: Mark| (open == Some(mark)).then_some(Step::Close);
    match first {
        '“' if open == Some(Mark::Guillemet) => (first.len_utf8(), Some(Step::Close)),
        '“' => (first.len_utf8(), Some(Step::Open(Mark::Curly))),
        '”' => {
            (first.len_utf8(), matches!(open, Some(Mark::Curly | Mark::Straight)).then_some(Step::Close))
        }
        '«' | '„' => (first.len_utf8(), Some(Step::Open(Mark::Guillemet))),
        '»' => (first.len_utf8(), close_if(Mark::Guillemet)),
        '`' if rest.starts_with("``") => (2, Some(Step::Open(Mark::Backticks))),
        '\'' if rest.starts_with("''") => (2, Some(toggled(open))),
        '"' => (1, Some(toggled(open))),
        '‘' => (first.len_utf8(), Some(Step::Open(Mark::Single))),
        '’' | '\'' => (first.len_utf8(), single(text, at, first, line, open)),
        _ => (first.len_utf8(), None),
    }
}

fn toggled(open: Option<Mark>) -> Step {
    match open {
        None | Some(Mark::Single) => Step::Open(Mark::Straight),
        Some(_) => Step::Close,
    }
}

/// A single mark opens after a space and before a letter, and closes after a letter or a stop and before no letter; in a
/// word it is an apostrophe.
fn single(text: &str, at: usize, mark: char, line: Span, open: Option<Mark>) -> Option<Step> {
    let before = text[line.start..at].chars().next_back();
    let after = text[at + mark.len_utf8()..line.end].chars().next();
    let opens = before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '—' | '–'))
        && after.is_some_and(char::is_alphanumeric);
    let closes = before.is_some_and(|c| !c.is_whitespace()) && after.is_none_or(|c| !c.is_alphanumeric());
    match open {
        None if opens && mark == '\'' && has_partner(text, at, line) => Some(Step::Open(Mark::Single)),
        Some(Mark::Single) if closes => Some(Step::Close),
        _ => None,
    }
}

/// How far, in bytes, a straight single mark looks for the one that closes it.
const PARTNER_BYTES_MAX: usize = 400;

fn has_partner(text: &str, at: usize, line: Span) -> bool {
    let mut end = line.end.min(at + PARTNER_BYTES_MAX);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let rest = &text.as_bytes()[at + 1..end];
    rest.iter().enumerate().any(|(offset, &byte)| {
        let next = rest.get(offset + 1).copied().unwrap_or(b' ');
        byte == b'\''
            && offset > 0
            && !rest[offset - 1].is_ascii_whitespace()
            && !next.is_ascii_alphanumeric()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_are_found_whole() {
        let cases: [(&str, &[&str]); 12] = [
            ("He said \"no\" and \"yes\".", &["\"no\"", "\"yes\""]),
            ("“We left,” she said. “Then it rained.”", &["“We left,”", "“Then it rained.”"]),
            ("''Nobody came,'' he said.", &["''Nobody came,''"]),
            ("``Nobody came,'' he said.", &["``Nobody came,''"]),
            ("“He told me ‘go home’ twice.”", &["“He told me ‘go home’ twice.”"]),
            ("the army’s ‘parliament’ met", &["‘parliament’"]),
            ("the army's 'parliament' met", &["'parliament'"]),
            ("the soldiers' pay, the ministers' cars", &[]),
            ("“One paragraph.\n“And the next.”", &["“One paragraph.", "“And the next.”"]),
            ("»no«", &[]),
            ("«no»", &["«no»"]),
            ("rock 'n' roll", &["'n'"]),
        ];
        for (text, expected) in cases {
            let found: Vec<&str> = quotes(text).iter().map(|quote| quote.span.of(text)).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn a_million_marks_take_a_moment() {
        for mark in ["\"", "'", "“", " 'a", "''", "‘"] {
            let text = mark.repeat(300_000);
            assert!(quotes(&text).len() <= text.len());
        }
    }
}
