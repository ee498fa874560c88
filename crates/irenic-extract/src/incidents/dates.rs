//! When: dates as wire reports write them, reckoned from the dateline ("BOGOTA, 7 JUL 89 --").

use irenic_model::jiff::civil::{Date, Weekday};
use irenic_model::jiff::{Span, ToSpan};

const MONTHS: [&str; 12] =
    ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const DAYS: [(&str, Weekday); 7] = [
    ("MONDAY", Weekday::Monday),
    ("TUESDAY", Weekday::Tuesday),
    ("WEDNESDAY", Weekday::Wednesday),
    ("THURSDAY", Weekday::Thursday),
    ("FRIDAY", Weekday::Friday),
    ("SATURDAY", Weekday::Saturday),
    ("SUNDAY", Weekday::Sunday),
];

/// The date of a dateline: the first day, month and year of the words.
pub(super) fn dateline(words: &[String]) -> Option<Date> {
    words.windows(3).find_map(|three| {
        let (day, month) = (three[0].parse().ok()?, month_of(&three[1])?);
        Date::new(year_of(&three[2])?, month, day).ok()
    })
}

/// How a text gives a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    /// "today", "this morning".
    Today,
    /// "yesterday", "last night".
    Yesterday,
    /// The day of the week.
    Weekday,
    /// Day and month.
    Day,
    /// Day, month and year.
    Full,
}

/// The dates that a sentence gives: where, which, and how.
pub(super) fn dates_in(words: &[String], dateline: Date) -> Vec<(usize, Date, Manner)> {
    let date = |at: usize| date_at(words, at, dateline).map(|(date, manner)| (at, date, manner));
    (0..words.len()).filter_map(date).collect()
}

fn date_at(words: &[String], at: usize, dateline: Date) -> Option<(Date, Manner)> {
    let word = words[at].as_str();
    let before = at.checked_sub(1).map_or("", |before| words[before].as_str());
    let after = words.get(at + 1).map_or("", String::as_str);
    let back = |span: Span| Some((dateline.checked_sub(span).ok()?, Manner::Yesterday));
    match word {
        "TODAY" | "TONIGHT" => return Some((dateline, Manner::Today)),
        "MORNING" | "AFTERNOON" | "EVENING" if before == "THIS" => return Some((dateline, Manner::Today)),
        "NIGHT" if before == "LAST" => return back(1.days()),
        "YESTERDAY" => return back(1.days()),
        _ => {}
    }
    if let Some((_, weekday)) = DAYS.iter().find(|(name, _)| *name == word) {
        let last = dateline.nth_weekday(-1, *weekday).ok()?;
        return Some((if dateline.weekday() == *weekday { dateline } else { last }, Manner::Weekday));
    }
    let day = month_of(after).and_then(|month| Some((word.parse::<i8>().ok()?, month)));
    let (day, month) = day.or_else(|| Some((after.parse::<i8>().ok()?, month_of(word)?)))?;
    let stated = words.get(at + 2).and_then(|year| year_of(year));
    let year = stated.unwrap_or_else(|| dateline.year());
    let date = Date::new(year, month, day).ok()?;
    match stated {
        Some(_) => Some((date, Manner::Full)),
        // A day without a year lies in the past.
        None if date > dateline => Some((date.checked_sub(1.year()).ok()?, Manner::Day)),
        None => Some((date, Manner::Day)),
    }
}

fn month_of(word: &str) -> Option<i8> {
    let short = word.get(..3)?;
    let month = MONTHS.iter().position(|month| *month == short)?;
    let known = word.len() == 3
        || [
            "JANUARY",
            "FEBRUARY",
            "MARCH",
            "APRIL",
            "JUNE",
            "JULY",
            "AUGUST",
            "SEPTEMBER",
            "SEPT",
            "OCTOBER",
            "NOVEMBER",
            "DECEMBER",
        ]
        .contains(&word);
    known.then_some(month as i8 + 1)
}

fn year_of(word: &str) -> Option<i16> {
    let number: i16 = word.parse().ok()?;
    match (word.len(), number) {
        (2, 40..) => Some(1900 + number),
        (2, _) => Some(2000 + number),
        (4, 1900..2100) => Some(number),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use irenic_model::jiff::civil::date;

    use super::*;
    use crate::incidents::features::words_of;

    #[test]
    fn dates_of_wire_reports() {
        let line = dateline(&words_of("PORT ADAMS, 4 JAN 90 (RADIO)")).expect("a dateline");
        assert_eq!(line, date(1990, 1, 4));
        for (text, day) in [
            ("THE RAID OF 30 DECEMBER", date(1989, 12, 30)),
            ("IT BURNED LAST NIGHT", date(1990, 1, 3)),
            ("ON TUESDAY", date(1990, 1, 2)),
            ("ON 3 MARCH 1987", date(1987, 3, 3)),
        ] {
            let found = dates_in(&words_of(text), line);
            assert_eq!(found.first().map(|one| one.1), Some(day), "{text}");
        }
        assert_eq!(dates_in(&words_of("THEY MAY LEAVE"), line), []);
    }
}
