//! The publication date: from what a format states, a dateline, or the file's name.

use irenic_model::{Diagnostic, Document, MONTHS, Severity};
use jiff::civil::Date;

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Words that may stand before the date in a dateline.
const PREFIXES: [&str; 6] =
    ["published on", "published", "posted on", "date", "issued on", "publication date"];

/// The date that a metadata field or a dateline states: `2023-10-12`, `2023-10-12T09:00:00Z`, `12 October 2023`,
/// `Thursday, October 12, 2023`, `Published: 12 Oct. 2023`. Anything more around it, and it is not one.
pub(crate) fn parse(text: &str) -> Option<Date> {
    let text = text.trim();
    if let Some(iso) = iso(text) {
        return Some(iso);
    }
    if text.len() > 60 {
        return None;
    }
    let lower = text.to_lowercase();
    let bare = PREFIXES
        .iter()
        .find_map(|prefix| lower.strip_prefix(prefix))
        .unwrap_or(&lower)
        .trim_start_matches(':');
    let mut words: Vec<&str> =
        bare.split([' ', ',', '.', '\u{a0}']).filter(|word| !word.is_empty()).collect();
    if words.first().is_some_and(|word| word.len() >= 3 && WEEKDAYS.iter().any(|day| day.starts_with(word))) {
        words.remove(0);
    }
    let [first, second, third] = words[..] else { return None };
    let (day, month, year) = match (month(first), month(second)) {
        (Some(month), _) => (second, month, third),
        (_, Some(month)) => (first, month, third),
        _ => return iso(bare.trim()),
    };
    let day = ["st", "nd", "rd", "th"].iter().find_map(|ending| day.strip_suffix(ending)).unwrap_or(day);
    let year: i16 = year.parse().ok().filter(|year| (1900..=2200).contains(year))?;
    Date::new(year, month, day.parse().ok()?).ok()
}

fn iso(text: &str) -> Option<Date> {
    let ends = text.get(10..).is_some_and(|rest| rest.is_empty() || rest.starts_with(['T', 't', ' ']));
    text.get(..10).filter(|_| ends).and_then(|date| date.parse().ok())
}

fn month(word: &str) -> Option<i8> {
    let begins = |name: &str| name.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    let is_short = |name: &str| word.len() >= 3 && begins(name) || word == "sept" && name == "September";
    let at = MONTHS.iter().position(|name| is_short(name))?;
    i8::try_from(at + 1).ok()
}

/// Sets the date of a source that has none from the file's name.
pub(crate) fn complete(document: &mut Document) {
    if document.source.published.is_some() {
        return;
    }
    let name = document.source.id.rsplit('/').next().unwrap_or_default();
    let named =
        name.get(..10).filter(|start| start.as_bytes()[4] == b'-').and_then(|start| start.parse().ok());
    if named.is_some() {
        document.source.published = named;
        document.diagnostics.push(Diagnostic::new(
            "read.date",
            Severity::Note,
            "the publication date was taken from the file's name",
        ));
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn stated_dates() {
        let expected = Some(date(2023, 10, 12));
        for text in [
            "2023-10-12",
            "2023-10-12T09:00:00+04:00",
            "12 October 2023",
            "October 12, 2023",
            "12 Oct. 2023",
            "Thursday, 12th October 2023",
            "Published: 12 October 2023",
        ] {
            assert_eq!(parse(text), expected, "{text}");
        }
        for text in [
            "",
            "2023",
            "may be later",
            "31 February 2023",
            "12 October in 2023",
            "Mayor 12 2023",
            "2023-10-12x",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
