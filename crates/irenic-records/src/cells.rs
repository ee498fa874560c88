//! The cells of a row by column: a value that cannot be trusted is told with its line and left out, or the row is refused.

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;
use irenic_model::jiff::civil::Date;
use irenic_model::{DateInterval, Grain, Severity};

use crate::Header;
use crate::problems::{Problem, Problems};
use crate::split::Row;
use crate::values::{
    CodeForm, DateForm, FROM_PUBLISHER, Wrong, YEARS, date_of_parts, day, is_missing, no_such_day,
    not_a_number, whole,
};

/// Where a column is; nowhere, where the table has none of its names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Column(Option<usize>);

impl Column {
    /// Whether the table has the column.
    #[must_use]
    pub const fn exists(self) -> bool {
        self.0.is_some()
    }

    pub(crate) const fn at(index: usize) -> Self {
        Self(Some(index))
    }

    pub(crate) const fn index(self) -> Option<usize> {
        self.0
    }
}

impl Header {
    /// The column of one of these names.
    #[must_use]
    pub fn column(&self, names: &[&str]) -> Column {
        Column(self.find(names))
    }

    /// The column of one of these names, without which nothing can be read.
    ///
    /// # Errors
    ///
    /// The first name, where there is none of them.
    pub fn required(&self, names: &[&'static str]) -> Result<Column, &'static str> {
        let first = names.first().copied().unwrap_or_default();
        self.find(names).map(Column::at).ok_or(first)
    }
}

/// The row cannot be trusted; the problem has been noted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused;

/// The cells of one row.
pub struct Cells<'a> {
    file: &'a str,
    header: &'a Header,
    row: Row<'a>,
    separator: u8,
    problems: &'a mut Problems,
}

impl<'a> Cells<'a> {
    pub(crate) fn new(
        file: &'a str,
        header: &'a Header,
        row: Row<'a>,
        separator: u8,
        problems: &'a mut Problems,
    ) -> Self {
        Self { file, header, row, separator, problems }
    }

    /// The line on which the row begins, from 1.
    #[must_use]
    pub const fn line(&self) -> u64 {
        self.row.line
    }

    /// The cell's text, trimmed; `None` where it is empty or says that nothing is known (`.`, `NA`, `NULL`).
    pub fn text(&mut self, column: Column) -> Option<Cow<'a, str>> {
        let raw = self.row.field(column.0?)?;
        let text = match raw {
            Cow::Borrowed(bytes) => match std::str::from_utf8(bytes) {
                Ok(text) => Cow::Borrowed(text.trim()),
                Err(_) => self.decode(bytes, column),
            },
            Cow::Owned(bytes) => match String::from_utf8(bytes) {
                Ok(text) => Cow::Owned(text.trim().to_owned()),
                Err(error) => self.decode(error.as_bytes(), column),
            },
        };
        (!is_missing(&text)).then_some(text)
    }

    /// Bytes that are not UTF-8 are read as Western European, which is told once.
    fn decode(&mut self, bytes: &[u8], column: Column) -> Cow<'a, str> {
        let problem = self.problem(
            column,
            Severity::Warning,
            "the text is not UTF-8 and was read as Windows-1252; letters may be wrong".to_owned(),
            &Wrong { code: "records.encoding", why: "", hint: Some("save the file in UTF-8") },
        );
        self.problems.add_once(problem);
        let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
        Cow::Owned(text.trim().to_owned())
    }

    /// The cell's text as a string of its own, empty where nothing is known.
    pub fn string(&mut self, column: Column) -> String {
        self.text(column).map(Cow::into_owned).unwrap_or_default()
    }

    /// The cell's text, if there is any.
    pub fn optional_string(&mut self, column: Column) -> Option<String> {
        self.text(column).map(Cow::into_owned)
    }

    /// A whole number, such as an identifier or a count.
    ///
    /// # Errors
    ///
    /// If the cell is empty, or is not a whole number that fits.
    pub fn number<N: TryFrom<i64>>(&mut self, column: Column) -> Result<N, Refused> {
        let text = self.needed(column)?;
        match whole(&text) {
            Ok(value) => self.fitting(column, &text, value),
            Err(wrong) => Err(self.refuse(column, &text, &wrong)),
        }
    }

    fn fitting<N: TryFrom<i64>>(&mut self, column: Column, text: &str, value: i64) -> Result<N, Refused> {
        let range = Wrong { code: "records.range", why: "is out of range", hint: None };
        N::try_from(value).map_err(|_| self.refuse(column, text, &range))
    }

    /// A whole number that may be missing: a damaged one is told and left out.
    pub fn optional_number<N: TryFrom<i64>>(&mut self, column: Column) -> Option<N> {
        let text = self.text(column)?;
        let range = Wrong { code: "records.range", why: "is out of range", hint: None };
        let value = whole(&text).and_then(|value| N::try_from(value).map_err(|_| range));
        value.map_err(|wrong| self.leave_out(column, &text, &wrong)).ok()
    }

    /// An identifier in any letters: one that a spreadsheet has rewritten as a number is told and left out.
    pub fn optional_name(&mut self, column: Column) -> Option<String> {
        let text = self.text(column)?;
        let numeric = text.starts_with(|first: char| first.is_ascii_digit())
            && text.bytes().all(|byte| byte.is_ascii_digit() || b"eE.,+".contains(&byte));
        if numeric && whole(&text).is_err() {
            self.leave_out(column, &text, &not_a_number(&text));
            return None;
        }
        Some(text.into_owned())
    }

    /// An event's code in a form: one that is not of the form is told and left out.
    pub(crate) fn optional_code_in(&mut self, column: Column, form: CodeForm) -> Option<String> {
        let text = self.text(column)?;
        if form.holds(&text) {
            return Some(text.into_owned());
        }
        let why = "is no CAMEO code, or has lost its leading zero";
        self.leave_out(column, &text, &Wrong { code: "records.code", why, hint: Some(FROM_PUBLISHER) });
        None
    }

    /// Identifiers in one cell, separated by commas (or semicolons).
    pub fn numbers<N: TryFrom<i64>>(&mut self, column: Column) -> Vec<N> {
        let Some(text) = self.text(column) else { return Vec::new() };
        let mut values = Vec::new();
        for part in text.split([',', ';']).map(str::trim).filter(|part| !part.is_empty()) {
            let range = Wrong { code: "records.range", why: "is out of range", hint: None };
            match whole(part).and_then(|value| N::try_from(value).map_err(|_| range)) {
                Ok(value) => values.push(value),
                Err(wrong) => {
                    self.leave_out(column, &text, &wrong);
                    return Vec::new();
                }
            }
        }
        values
    }

    /// A calendar year.
    ///
    /// # Errors
    ///
    /// If the cell is not a year between 1400 and 2200.
    pub fn year(&mut self, column: Column) -> Result<i16, Refused> {
        let year: i16 = self.number(column)?;
        if YEARS.contains(&year) {
            return Ok(year);
        }
        let wrong = Wrong { code: "records.range", why: "is no year of a conflict", hint: None };
        Err(self.refuse(column, &year.to_string(), &wrong))
    }

    /// A code of a list: `of` knows its meaning.
    ///
    /// # Errors
    ///
    /// If the cell is not a code of the list.
    pub fn code<T>(&mut self, column: Column, of: impl Fn(i64) -> Option<T>) -> Result<T, Refused> {
        let code: i64 = self.number(column)?;
        let wrong = Wrong { code: "records.code", why: "is no code of this column", hint: None };
        of(code).ok_or_else(|| self.refuse(column, &code.to_string(), &wrong))
    }

    /// A code that may be missing: an unknown one is told and left out.
    pub fn optional_code<T>(&mut self, column: Column, of: impl Fn(i64) -> Option<T>) -> Option<T> {
        let code: i64 = self.optional_number(column)?;
        let wrong = Wrong { code: "records.code", why: "is no code of this column", hint: None };
        of(code).or_else(|| {
            self.leave_out(column, &code.to_string(), &wrong);
            None
        })
    }

    /// Yes or no, as 1 and 0 or True and False; -1 and -99 mean that it is not known.
    pub fn optional_flag(&mut self, column: Column) -> Option<bool> {
        let text = self.text(column)?;
        match text.to_ascii_lowercase().as_str() {
            "1" | "true" | "1.0" => Some(true),
            "0" | "false" | "0.0" => Some(false),
            "-1" | "-99" => None,
            _ => {
                let wrong = Wrong { code: "records.code", why: "is neither yes nor no (1 or 0)", hint: None };
                self.leave_out(column, &text, &wrong);
                None
            }
        }
    }

    /// A day, `YYYY-MM-DD` (also with a time, which is dropped, or as `2 January 2006`).
    ///
    /// # Errors
    ///
    /// If the cell is empty or no such day.
    pub fn date(&mut self, column: Column) -> Result<Date, Refused> {
        let text = self.needed(column)?;
        day(&text).map_err(|wrong| self.refuse(column, &text, &wrong))
    }

    /// A day in a form that a mapping says.
    ///
    /// # Errors
    ///
    /// If the cell is empty or no such day.
    pub fn date_in(&mut self, column: Column, form: DateForm) -> Result<Date, Refused> {
        let text = self.needed(column)?;
        form.day(&text).map_err(|wrong| self.refuse(column, &text, &wrong))
    }

    /// A number of deaths: nothing where the cell is empty.
    ///
    /// # Errors
    ///
    /// If the cell is not a whole number, or negative: a toll must not be misread, and the row is refused.
    pub fn deaths(&mut self, column: Column) -> Result<Option<u64>, Refused> {
        if self.text(column).is_none() {
            return Ok(None);
        }
        self.number(column).map(Some)
    }

    /// A day that may be missing: a damaged one is told and left out.
    pub fn optional_date(&mut self, column: Column) -> Option<Date> {
        let text = self.text(column)?;
        day(&text).map_err(|wrong| self.leave_out(column, &text, &wrong)).ok()
    }

    /// An identifier that may be missing; 0 and -1 mean that there is none.
    pub fn optional_id(&mut self, column: Column) -> Option<u32> {
        let number: i64 = self.optional_number(column)?;
        if number <= 0 {
            return None;
        }
        self.optional_number(column)
    }

    /// A date in three cells, where 0, -1 and nothing mean that the part is not known: a day, a month or a year.
    pub fn date_of_parts(&mut self, year: Column, month: Column, day: Column) -> Option<DateInterval> {
        let parts = [year, month, day].map(|column| self.optional_number::<i16>(column));
        let known = |part: Option<i16>| part.filter(|&part| 0 < part);
        let date = date_of_parts(parts[0], parts[1], parts[2]);
        let grain = match (known(parts[1]), known(parts[2])) {
            (None, _) => Grain::Year,
            (_, None) => Grain::Month,
            _ => Grain::Day,
        };
        if known(parts[0]).is_some() && date.map(|date| date.grain()) != Some(grain) {
            let wrong = no_such_day();
            self.leave_out(if grain == Grain::Day { day } else { month }, "", &wrong);
        }
        date
    }

    /// A number with a decimal point between `low` and `high`; in a table separated by semicolons, a comma is the point.
    pub fn optional_decimal(&mut self, column: Column, low: f64, high: f64) -> Option<f64> {
        let text = self.text(column)?;
        let comma = self.separator == b';' && text.matches(',').count() == 1 && !text.contains('.');
        let plain = if comma { Cow::Owned(text.replace(',', ".")) } else { Cow::Borrowed(&*text) };
        let digits = plain.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'-' | b'+' | b'e' | b'E'));
        // Programs write very small numbers with an exponent; one of a large number is a spreadsheet's, and has lost digits.
        let shortened = plain.split_once(['e', 'E']).is_some_and(|(_, exponent)| !exponent.starts_with('-'));
        let digits = digits && !shortened;
        let value = plain.parse::<f64>().ok().filter(|value| digits && value.is_finite());
        let wrong = match value {
            Some(value) if low <= value && value <= high => {
                if comma {
                    self.note_comma(column);
                }
                return Some(value);
            }
            Some(_) => Wrong { code: "records.range", why: "is out of range", hint: None },
            None => not_a_number(&text),
        };
        self.leave_out(column, &text, &wrong);
        None
    }

    fn note_comma(&mut self, column: Column) {
        let wrong = Wrong { code: "records.decimal-comma", why: "", hint: None };
        let message = "decimal commas were read as points".to_owned();
        let problem = self.problem(column, Severity::Note, message, &wrong);
        self.problems.add_once(problem);
    }

    fn needed(&mut self, column: Column) -> Result<Cow<'a, str>, Refused> {
        match self.text(column) {
            Some(text) => Ok(text),
            None => {
                let wrong =
                    Wrong { code: "records.missing", why: "is empty, and the row rests on it", hint: None };
                Err(self.refuse(column, "", &wrong))
            }
        }
    }

    /// Refuses the row for a reason of the data set's own.
    pub(crate) fn refuse_for(&mut self, column: Column, code: &'static str, why: &'static str) -> Refused {
        self.refuse(column, "", &Wrong { code, why, hint: None })
    }

    /// Warns of a cell for a reason of the data set's own; the value stays as it is.
    pub(crate) fn warn_of(&mut self, column: Column, code: &'static str, why: &'static str) {
        let wrong = Wrong { code, why, hint: None };
        let problem = self.problem(column, Severity::Warning, why.to_owned(), &wrong);
        self.problems.add(problem);
    }

    /// The number of cells in the row.
    #[must_use]
    pub(crate) fn len(&self) -> usize {
        self.row.len()
    }

    fn refuse(&mut self, column: Column, text: &str, wrong: &Wrong) -> Refused {
        let problem = self.problem(column, Severity::Error, said(text, wrong), wrong);
        self.problems.add(problem);
        Refused
    }

    fn leave_out(&mut self, column: Column, text: &str, wrong: &Wrong) {
        let message = format!("{}; it is left out", said(text, wrong));
        let problem = self.problem(column, Severity::Warning, message, wrong);
        self.problems.add(problem);
    }

    fn problem(&self, column: Column, severity: Severity, message: String, wrong: &Wrong) -> Problem {
        let name = column.0.and_then(|index| self.header.names().get(index)).cloned();
        Problem {
            code: wrong.code,
            severity,
            file: self.file.to_owned(),
            line: self.row.line,
            column: name,
            message,
            hint: wrong.hint,
        }
    }
}

fn said(text: &str, wrong: &Wrong) -> String {
    if text.is_empty() {
        return wrong.why.to_owned();
    }
    let short: String = text.chars().take(40).collect();
    format!("{short:?} {}", wrong.why)
}
