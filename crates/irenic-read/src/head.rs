//! What the head of a text says of itself: by whom it was issued, and when.
//!
//! Statements, briefings and reports seldom come with metadata. Their first lines tell: "Statement of the Supreme Council,
//! Northton, 2 October 2022", "Northton, 3 October 2022", "NORTHTON, 3 October 2022 (Agency) - ...".

use irenic_model::{BlockKind, Document};
use jiff::civil::Date;

use crate::dates::parse;

/// So many lines belong to the head of a text.
const LINES: usize = 6;
/// A longer line is a sentence of the text, in bytes.
const LINE_MAX: usize = 160;
/// What is left of a line beside its date is no longer, in bytes.
const REST_MAX: usize = 120;

/// Words by which a text calls itself in its title. A title without one may give the date of what the text is about.
const KINDS: [&str; 26] = [
    "statement",
    "communique",
    "communiqué",
    "declaration",
    "release",
    "briefing",
    "report",
    "letter",
    "remarks",
    "speech",
    "address",
    "bulletin",
    "update",
    "note",
    "memo",
    "memorandum",
    "comment",
    "commentary",
    "op-ed",
    "opinion",
    "editorial",
    "interview",
    "resolution",
    "sitrep",
    "newsletter",
    "factsheet",
];

/// Completes a source with the date and the issuer that the head of its text gives, where it has none.
pub(crate) fn complete(document: &mut Document) {
    let text = &document.text;
    let told = document.blocks.iter().filter(|block| block.kind != BlockKind::TableRow).take(4);
    let lines: Vec<(usize, &str)> = told
        .flat_map(|block| block.span.of(text).lines())
        .map(|line| line.trim().trim_matches(['*', '_', '#']).trim())
        .filter(|line| !line.is_empty())
        .take(LINES)
        .enumerate()
        .collect();
    let published = lines.iter().find_map(|&(at, line)| dateline(line, at == 0));
    let publisher = lines.iter().take(2).find_map(|(_, line)| issuer(line)).map(str::to_owned);
    let source = &mut document.source;
    source.published = source.published.or(published);
    source.publisher = source.publisher.take().or(publisher);
}

/// The date that a line of the head gives for the text itself.
fn dateline(line: &str, is_title: bool) -> Option<Date> {
    parse(line).or_else(|| at_the_end(line, is_title)).or_else(|| of_a_dispatch(line))
}

/// "Northton, 3 October 2022": a short line that ends with the one date it has, set off by a mark.
fn at_the_end(line: &str, is_title: bool) -> Option<Date> {
    if LINE_MAX < line.len() || line.ends_with('.') {
        return None;
    }
    let line = line.trim_end_matches(')');
    let dated = |at: usize| Some((parse(line[at..].trim_start_matches('('))?, at));
    let (date, start) = word_starts(line).rev().take(4).filter_map(dated).last()?;
    let opened = line[start..].starts_with('(');
    let rest = line[..start].trim_end();
    let set_off = opened || rest.ends_with([',', '-', '–', '—', '|', ':', '(', '·']);
    let alone = !rest.split(|it: char| !it.is_ascii_digit()).any(|digits| digits.len() == 4);
    let of_itself =
        !is_title || rest.to_lowercase().split(|it: char| !it.is_alphanumeric() && it != '-').any(is_kind);
    (set_off && alone && of_itself && rest.len() <= REST_MAX).then_some(date)
}

/// "NORTHTON, 3 October 2022 (Agency) - The army said ...": a place in capitals before the date, a dash behind it.
fn of_a_dispatch(line: &str) -> Option<Date> {
    let (place, rest) = line.split_once(',')?;
    let capitals =
        place.len() < 40 && place.chars().any(char::is_uppercase) && !place.chars().any(char::is_lowercase);
    let end =
        [" - ", " – ", " — ", " -- "].iter().filter_map(|dash| rest.find(dash)).min().filter(|_| capitals)?;
    let before = rest[..end].split('(').next().unwrap_or_default();
    // A country or a region may stand between: "NORTHTON, Norland, 3 October 2022 - ...".
    let behind = before.match_indices(',').map(|(at, _)| &before[at + 1..]);
    std::iter::once(before).chain(behind).find_map(parse)
}

fn is_kind(word: &str) -> bool {
    KINDS.contains(&word)
}

fn word_starts(line: &str) -> impl DoubleEndedIterator<Item = usize> {
    let starts: Vec<usize> = line
        .char_indices()
        .filter(|&(at, it)| {
            !it.is_whitespace() && line[..at].chars().next_back().is_none_or(char::is_whitespace)
        })
        .map(|(at, _)| at)
        .collect();
    starts.into_iter()
}

/// Who issued a text by its title: "Statement of the Supreme Council, Northton", "Press release by the Foreign Ministry on
/// the talks".
fn issuer(title: &str) -> Option<&str> {
    if LINE_MAX < title.len() {
        return None;
    }
    let (kind, rest) = [" of the ", " by the ", " from the ", " of ", " by ", " from "]
        .iter()
        .filter_map(|link| title.split_once(link))
        .min_by_key(|(kind, _)| kind.len())?;
    let last = kind.rsplit(' ').next()?.to_lowercase();
    // "Note of protest" and "letter of 3 May" are of nobody.
    let named = rest.starts_with(char::is_uppercase);
    let end = [
        ",",
        " on ",
        " to ",
        " at ",
        " concerning ",
        " regarding ",
        " about ",
        " - ",
        " – ",
        " — ",
        ":",
        "(",
    ]
    .iter()
    .filter_map(|mark| rest.find(mark))
    .min()
    .unwrap_or(rest.len());
    let name = rest[..end].trim();
    (is_kind(&last) && named && 2 < name.len() && kind.split(' ').count() <= 4).then_some(name)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_head_dates_the_text() {
        let cases = [
            ("Statement of the Supreme Council, Northton, 2 October 2022", true, Some(date(2022, 10, 2))),
            ("Northton, 3 October 2022", false, Some(date(2022, 10, 3))),
            ("A comment in a Northton newspaper, 12 January 2023", false, Some(date(2023, 1, 12))),
            ("Compiled by a research desk (3 May 2024)", false, Some(date(2024, 5, 3))),
            (
                "NORTHTON, Oct. 3, 2022 (Agency) - The army said that it had left.",
                false,
                Some(date(2022, 10, 3)),
            ),
            ("NORTHTON, Norland, 3 October 2022 - The army left.", false, Some(date(2022, 10, 3))),
            // What the text is about, not when it was written.
            ("The fall of Northton, 12 May 1992", true, None),
            ("The war went on from 1990 to Northton, 3 May 1992", false, None),
            ("The treaty was signed in Northton on 3 May 1992", false, None),
            ("The treaty was signed in Northton, 3 May 1992.", false, None),
        ];
        for (line, is_title, expected) in cases {
            assert_eq!(dateline(line, is_title), expected, "{line}");
        }
    }

    #[test]
    fn the_title_names_the_issuer() {
        let cases = [
            ("Statement of the Supreme Council, Northton, 2 October 2022", Some("Supreme Council")),
            ("Press release by the Foreign Ministry on the talks", Some("Foreign Ministry")),
            ("Report of the Secretary-General to the Council", Some("Secretary-General")),
            ("Report to the Council on the situation", None),
            ("A note of protest", None),
            ("The fall of the Northton Bridge", None),
        ];
        for (title, expected) in cases {
            assert_eq!(issuer(title), expected, "{title}");
        }
    }
}
