//! Values from the text of a cell: numbers, days and codes. What cannot be trusted is told with its reason, never guessed:
//! numbers in scientific notation, dates that a spreadsheet has rewritten, numbers with a comma.

use irenic_model::jiff::civil::Date;
use irenic_model::{DateInterval, MONTHS};
use serde::Deserialize;

/// Years outside of this are no years of a data set on conflict.
pub(crate) const YEARS: std::ops::RangeInclusive<i16> = 1400..=2200;

/// What is wrong with a cell, in words.
pub(crate) struct Wrong {
    pub(crate) code: &'static str,
    pub(crate) why: &'static str,
    pub(crate) hint: Option<&'static str>,
}

/// The interval of a date in parts, where 0, negative parts and nothing mean that a part is not known.
///
/// A part that makes no day of the calendar is as good as unknown.
///
/// ```
/// use irenic_records::date_of_parts;
/// assert_eq!(date_of_parts(Some(1994), Some(5), Some(0)).unwrap().days(), 31);
/// assert_eq!(date_of_parts(Some(1994), Some(2), Some(30)).unwrap().days(), 28);
/// assert!(date_of_parts(Some(-1), Some(5), None).is_none());
/// ```
#[must_use]
pub fn date_of_parts(year: Option<i16>, month: Option<i16>, day: Option<i16>) -> Option<DateInterval> {
    let year = year.filter(|year| YEARS.contains(year))?;
    let part = |part: Option<i16>| part.filter(|&part| 0 < part).and_then(|part| i8::try_from(part).ok());
    let Some(whole_month) = part(month).and_then(|month| DateInterval::month(year, month)) else {
        return DateInterval::year(year);
    };
    let date = part(day).and_then(|day| Date::new(year, whole_month.from().month(), day).ok());
    Some(date.map_or(whole_month, DateInterval::day))
}

pub(crate) fn is_missing(text: &str) -> bool {
    matches!(text, "" | "." | "NA" | "N/A" | "NaN" | "nan" | "NULL" | "null" | "None")
}

/// A whole number in digits; "12.0" is one too, as some programs write identifiers.
pub(crate) fn whole(text: &str) -> Result<i64, Wrong> {
    let plain = match text.split_once('.') {
        Some((whole, zeros)) if !zeros.is_empty() && zeros.bytes().all(|byte| byte == b'0') => whole,
        _ => text,
    };
    let digits = plain.strip_prefix('-').unwrap_or(plain);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(not_a_number(text));
    }
    plain.parse().map_err(|_| Wrong { code: "records.range", why: "is out of range", hint: None })
}

/// Why a text is no number, as far as it can be told.
pub(crate) fn not_a_number(text: &str) -> Wrong {
    let has_digit = text.bytes().any(|byte| byte.is_ascii_digit());
    let numeric = |extra: &[u8]| {
        has_digit
            && text
                .bytes()
                .all(|byte| byte.is_ascii_digit() || b".,-+".contains(&byte) || extra.contains(&byte))
    };
    if text.starts_with('#') {
        return Wrong {
            code: "records.spreadsheet",
            why: "is a spreadsheet's error",
            hint: Some(FROM_PUBLISHER),
        };
    }
    if numeric(b"eE") && text.contains(['e', 'E']) {
        let why = "is in scientific notation, which has lost digits";
        return Wrong { code: "records.scientific", why, hint: Some(FROM_PUBLISHER) };
    }
    if has_digit
        && (text.contains('/') || text.bytes().filter(|byte| byte.is_ascii_alphabetic()).count() == 3)
    {
        let why = "is a date where a number is needed";
        return Wrong { code: "records.spreadsheet", why, hint: Some(FROM_PUBLISHER) };
    }
    if numeric(b"") && text.contains(',') {
        let why = "has a comma, of which it cannot be told whether it groups thousands or begins decimals";
        return Wrong {
            code: "records.comma",
            why,
            hint: Some("write numbers with a decimal point and ungrouped"),
        };
    }
    if numeric(b"") {
        return Wrong { code: "records.number", why: "is not a whole number", hint: None };
    }
    Wrong { code: "records.number", why: "is not a number", hint: None }
}

pub(crate) const FROM_PUBLISHER: &str = "a spreadsheet may have rewritten the file; take the publisher's own";

pub(crate) fn no_such_day() -> Wrong {
    Wrong { code: "records.date", why: "makes no day of the calendar", hint: None }
}

pub(crate) fn day(text: &str) -> Result<Date, Wrong> {
    if let Some(date) = iso_day(text).or_else(|| day_in_words(text)) {
        return if YEARS.contains(&date.year()) { Ok(date) } else { Err(no_such_day()) };
    }
    let rewritten = text.contains(['/', '.']) || 4 <= text.len() && text.len() < 10;
    if rewritten {
        let why =
            "is a date whose day and month cannot be told apart, or one that a spreadsheet has rewritten";
        return Err(Wrong { code: "records.date", why, hint: Some("write dates as YYYY-MM-DD") });
    }
    Err(Wrong { code: "records.date", why: "is no date", hint: Some("write dates as YYYY-MM-DD") })
}

/// What codes look like in a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CodeForm {
    /// Anything.
    #[default]
    Any,
    /// CAMEO: two digits of a root from 01 to 20, then at least one more; spreadsheets take the leading zero away.
    Cameo,
}

impl CodeForm {
    pub(crate) fn holds(self, text: &str) -> bool {
        let root = || text.get(..2).and_then(|root| root.parse::<u8>().ok());
        match self {
            Self::Any => true,
            Self::Cameo => {
                3 <= text.len()
                    && text.bytes().all(|byte| byte.is_ascii_digit())
                    && root().is_some_and(|root| (1..=20).contains(&root))
            }
        }
    }
}

/// How days are written in a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum DateForm {
    /// `2006-01-02`, also with a time, or `2 January 2006`.
    #[default]
    #[serde(rename = "yyyy-mm-dd")]
    Iso,
    /// `20060102`.
    #[serde(rename = "yyyymmdd")]
    Digits,
    /// `2/1/2006` for 2 January.
    #[serde(rename = "dd/mm/yyyy")]
    DayFirst,
    /// `1/2/2006` for 2 January.
    #[serde(rename = "mm/dd/yyyy")]
    MonthFirst,
    /// `2.1.2006` for 2 January.
    #[serde(rename = "dd.mm.yyyy")]
    Dotted,
}

impl DateForm {
    pub(crate) fn day(self, text: &str) -> Result<Date, Wrong> {
        let parts = |separator: char| -> Option<[i16; 3]> {
            let mut parts = text.split(separator).map(|part| part.parse::<i16>().ok());
            let all = [parts.next()??, parts.next()??, parts.next()??];
            (parts.next().is_none() && 1000 <= all[2]).then_some(all)
        };
        let [day, month, year] = match self {
            Self::Iso => return day(text),
            Self::Digits if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) => {
                [&text[6..], &text[4..6], &text[..4]].map(|part| part.parse().unwrap_or(0))
            }
            Self::Digits => return Err(not_in_form()),
            Self::DayFirst => parts('/').ok_or_else(not_in_form)?,
            Self::Dotted => parts('.').ok_or_else(not_in_form)?,
            Self::MonthFirst => {
                parts('/').map(|[month, day, year]| [day, month, year]).ok_or_else(not_in_form)?
            }
        };
        let small = |part: i16| i8::try_from(part).unwrap_or(0);
        let date = Date::new(year, small(month), small(day)).ok();
        date.filter(|date| YEARS.contains(&date.year())).ok_or_else(no_such_day)
    }
}

fn not_in_form() -> Wrong {
    Wrong {
        code: "records.date",
        why: "is not a date in the form that the table has",
        hint: Some(FROM_PUBLISHER),
    }
}

/// `2006-01-02`, also with a time after it.
fn iso_day(text: &str) -> Option<Date> {
    let (day, rest) = text.split_at_checked(10)?;
    let bytes = day.as_bytes();
    let shaped = bytes.iter().enumerate().all(|(at, byte)| match at {
        4 | 7 => *byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    if !shaped || !(rest.is_empty() || rest.starts_with([' ', 'T'])) {
        return None;
    }
    Date::new(day[..4].parse().ok()?, day[5..7].parse().ok()?, day[8..].parse().ok()?).ok()
}

/// `2 January 2006`, as ACLED exports it.
fn day_in_words(text: &str) -> Option<Date> {
    let mut words = text.split_whitespace();
    let day = words.next()?.parse().ok()?;
    let month = words.next()?;
    let month = (1i8..).zip(MONTHS).find(|(_, name)| name.eq_ignore_ascii_case(month))?.0;
    let year = words.next()?;
    let year = if year.len() == 4 { year.parse().ok()? } else { return None };
    words.next().is_none().then(|| Date::new(year, month, day).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_whole_or_not_at_all() {
        let cases = [
            ("12", Ok(12)),
            ("-1", Ok(-1)),
            ("344.0", Ok(344)),
            ("1.5e+06", Err("records.scientific")),
            ("1E+05", Err("records.scientific")),
            ("1,234", Err("records.comma")),
            ("3,5", Err("records.comma")),
            ("1.5", Err("records.number")),
            ("12-Mar", Err("records.spreadsheet")),
            ("3/12/2001", Err("records.spreadsheet")),
            ("#REF!", Err("records.spreadsheet")),
            ("########", Err("records.spreadsheet")),
            ("many", Err("records.number")),
            ("٣", Err("records.number")),
            ("99999999999999999999", Err("records.range")),
        ];
        for (text, expected) in cases {
            assert_eq!(whole(text).map_err(|wrong| wrong.code), expected, "{text}");
        }
    }

    #[test]
    fn a_day_is_read_or_not_guessed() {
        let good = ["1994-05-12", "1994-05-12 00:00:00.000", "1994-05-12T10:00:00", "12 May 1994"];
        for text in good {
            assert_eq!(day(text).ok(), Some(Date::constant(1994, 5, 12)), "{text}");
        }
        let bad = [
            "5/12/1994",
            "12.05.1994",
            "12-May-94",
            "May-94",
            "34466",
            "1994-13-01",
            "1994-02-30",
            "0094-01-01",
            "é",
        ];
        for text in bad {
            assert_eq!(day(text).err().map(|wrong| wrong.code), Some("records.date"), "{text}");
        }
    }
}
