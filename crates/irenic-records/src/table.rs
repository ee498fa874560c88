//! An opened table: its dialect, header, data set and version, and its rows one at a time.

use std::io::Cursor;
use std::path::Path;

use irenic_model::Severity;

use crate::data_set::{version_of_cell, version_of_name};
use crate::error::Kind;
use crate::humanitarian::is_tag_row;
use crate::open::{self, Bytes};
use crate::problems::{Problem, Problems};
use crate::split::{Next, Rest, Row, Rows};
use crate::{Cells, DataSet, RecordsError};

/// The beginning of a file that tells what it is.
const PEEK_BYTES: usize = 1 << 16;

/// Under so many rows at most a row of HXL hashtags is looked for.
const HXL_HEADERS_MAX: usize = 25;

/// GDELT 2.0 has 61 columns, GDELT 1.0 58 (57 without addresses); neither has a header, and files mix them.
pub(crate) const GDELT_COLUMNS: [usize; 3] = [61, 58, 57];

/// The names of a table's columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    names: Vec<String>,
    normal: Vec<String>,
}

impl Header {
    pub(crate) fn new(names: Vec<String>) -> Self {
        let normal = names.iter().map(|name| normal(name)).collect();
        Self { names, normal }
    }

    /// The place of the first column that has one of these names; case, spaces, `_` and `-` do not matter.
    #[must_use]
    pub fn find(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| {
            let wanted = normal(name);
            self.normal.iter().position(|normal| *normal == wanted)
        })
    }

    /// The columns' names as the file has them.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }
}

/// A header for a table that has none.
fn numbered(columns: usize) -> Header {
    Header::new((1..=columns).map(|column| column.to_string()).collect())
}

fn normal(name: &str) -> String {
    name.chars().filter(|letter| !matches!(letter, ' ' | '_' | '-')).flat_map(char::to_lowercase).collect()
}

/// An opened table.
pub struct Table {
    file: String,
    rows: Rows<Bytes>,
    header: Header,
    separator: u8,
    data_set: Option<DataSet>,
    version: Option<String>,
    problems: Problems,
    ended: bool,
    headless: bool,
    header_bytes: usize,
}

impl Table {
    /// Opens a file: plain, gzip, or a zip archive with one table.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, is empty, is in UTF-16, or is a spreadsheet.
    pub fn open(path: &Path) -> Result<Self, RecordsError> {
        let file = path.display().to_string();
        Self::open_as(path, &file)
    }

    /// The same, naming the file otherwise in problems and provenance.
    ///
    /// # Errors
    ///
    /// As [`Table::open`].
    pub fn open_as(path: &Path, file: &str) -> Result<Self, RecordsError> {
        open::open(path)
            .and_then(|bytes| Self::begin(bytes, file))
            .map_err(|kind| RecordsError::new(file, kind))
    }

    /// A table that is at hand as text, not packed.
    ///
    /// # Errors
    ///
    /// As [`Table::open`].
    pub fn of_bytes(file: &str, bytes: Vec<u8>) -> Result<Self, RecordsError> {
        Self::begin(Box::new(Cursor::new(bytes)), file).map_err(|kind| RecordsError::new(file, kind))
    }

    fn begin(bytes: Bytes, file: &str) -> Result<Self, Kind> {
        let mut rows = Rows::new(bytes);
        let mark = match rows.peek(PEEK_BYTES) {
            [0xef, 0xbb, 0xbf, ..] => 3,
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => return Err(Kind::Utf16),
            _ => 0,
        };
        rows.skip(mark);
        let peeked = rows.peek(PEEK_BYTES);
        if peeked.contains(&0) {
            return Err(Kind::Utf16);
        }
        let sniffed = Sniffed::of(peeked);
        rows.dialect(sniffed.separator, sniffed.quotes);
        let mut table = Self {
            file: file.to_owned(),
            rows,
            header: Header::default(),
            separator: sniffed.separator,
            data_set: None,
            version: None,
            problems: Problems::default(),
            ended: false,
            headless: sniffed.gdelt_columns.is_some(),
            header_bytes: 0,
        };
        if let Some(columns) = sniffed.gdelt_columns {
            table.header = numbered(GDELT_COLUMNS[0]);
            table.data_set = Some(DataSet::Gdelt);
            table.version = Some(if columns == GDELT_COLUMNS[0] { "2.0" } else { "1.0" }.to_owned());
            return Ok(table);
        }
        table.read_header()?;
        table.data_set = DataSet::of(&table.header);
        if table.data_set.is_none() {
            table.find_tags()?;
        }
        table.version = table.stated_version().or_else(|| version_of_name(file));
        Ok(table)
    }

    fn read_header(&mut self) -> Result<(), Kind> {
        let before = self.rows.at();
        let names = match self.rows.next()? {
            Next::Row(row) => (0..row.len())
                .filter_map(|index| row.field(index))
                .map(|name| String::from_utf8_lossy(&name).trim().to_owned())
                .collect(),
            Next::Unclosed(_) => {
                return Err(Kind::Unknown("with a quotation mark that never closes".to_owned()));
            }
            Next::End => return Err(Kind::Empty),
        };
        self.header = Header::new(names);
        self.header_bytes = self.rows.at().saturating_sub(before);
        Ok(())
    }

    /// Looks for a row of HXL hashtags, which may be the header itself or stand under it; it becomes the header.
    fn find_tags(&mut self) -> Result<(), Kind> {
        let names = |row: &Row<'_>| -> Vec<String> {
            let cells = (0..row.len()).filter_map(|at| row.field(at));
            cells.map(|cell| String::from_utf8_lossy(&cell).trim().to_owned()).collect()
        };
        if is_tag_row(self.header.names.iter().map(String::as_str)) {
            self.data_set = Some(DataSet::Hxl);
            return Ok(());
        }
        let mut ahead = Rows::new(Cursor::new(self.rows.peek(PEEK_BYTES).to_vec()));
        ahead.dialect(self.separator, true);
        let mut found = None;
        for number in 1..HXL_HEADERS_MAX {
            let Ok(Next::Row(row)) = ahead.next() else { break };
            let cells = names(&row);
            if is_tag_row(cells.iter().map(String::as_str)) {
                found = Some(number);
                break;
            }
        }
        for _ in 0..found.unwrap_or(0) {
            if let Next::Row(row) = self.rows.next()? {
                self.header = Header::new(names(&row));
            }
        }
        if found.is_some() {
            self.data_set = Some(DataSet::Hxl);
        }
        Ok(())
    }

    /// What the first row's cell says under "version".
    fn stated_version(&mut self) -> Option<String> {
        let column = self.header.find(&["version"])?;
        let mut first = Rows::new(Cursor::new(self.rows.peek(PEEK_BYTES).to_vec()));
        first.dialect(self.separator, true);
        match first.next().ok()? {
            Next::Row(row) => version_of_cell(&String::from_utf8_lossy(&row.field(column)?)),
            _ => None,
        }
    }

    /// The file, as it was given.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The columns.
    #[must_use]
    pub const fn header(&self) -> &Header {
        &self.header
    }

    /// The data set, where the header is one that is known.
    #[must_use]
    pub const fn data_set(&self) -> Option<DataSet> {
        self.data_set
    }

    /// The data set's version: what the rows say, or else the file's name.
    #[must_use]
    pub fn version(&self) -> Option<&str> {
        self.version.as_deref()
    }

    /// Takes what was read as the header for the first row.
    pub(crate) fn without_header(&mut self) {
        if self.headless {
            return;
        }
        self.headless = true;
        self.rows.unread(self.header_bytes);
        self.header = numbered(self.header.names.len());
        self.data_set = None;
    }

    /// What was wrong so far.
    #[must_use]
    pub const fn problems(&self) -> &Problems {
        &self.problems
    }

    /// Takes the table apart, to read its rows otherwise than one at a time.
    pub(crate) fn into_parts(self) -> (String, Header, Rest<Bytes>, Option<DataSet>, Problems) {
        (self.file, self.header, self.rows.into_rest(), self.data_set, self.problems)
    }

    pub(crate) fn into_problems(self) -> Problems {
        self.problems
    }

    /// The error that says that no data set is known by this header.
    #[must_use]
    pub fn not_known(&self) -> RecordsError {
        self.unknown()
    }

    pub(crate) fn unknown(&self) -> RecordsError {
        let begins: Vec<String> = self.header.names.iter().take(4).map(|name| format!("{name:?}")).collect();
        RecordsError::new(&self.file, Kind::Unknown(begins.join(", ")))
    }

    /// The next row, read by `read`: `None` at the end. Rows that `read` refuses are passed over.
    pub(crate) fn next_as<T>(&mut self, mut read: impl FnMut(&mut Cells<'_>) -> Option<T>) -> Option<T> {
        while !self.ended {
            let row = match self.rows.next() {
                Ok(Next::Row(row)) => row,
                Ok(Next::Unclosed(line)) => {
                    self.problems.count_row(true);
                    self.problems.add(unclosed(&self.file, line));
                    continue;
                }
                Ok(Next::End) => {
                    self.end();
                    break;
                }
                Err(error) => {
                    self.ended = true;
                    self.problems.add(broken(&self.file, self.rows.line(), &error));
                    break;
                }
            };
            let gdelt = self.headless && self.data_set == Some(DataSet::Gdelt);
            if !(row.len() == self.header.names.len() || gdelt && GDELT_COLUMNS.contains(&row.len())) {
                self.problems.count_row(true);
                let problem = ragged(&self.file, &row, self.header.names.len());
                self.problems.add(problem);
                continue;
            }
            let mut cells = Cells::new(&self.file, &self.header, row, self.separator, &mut self.problems);
            let record = read(&mut cells);
            self.problems.count_row(record.is_none());
            if record.is_some() {
                return record;
            }
        }
        None
    }

    /// What the end of a file tells: no rows at all, or a last row that may be cut off.
    fn end(&mut self) {
        self.ended = true;
        let empty = self.problems.rows_read() == 0;
        if !empty && self.rows.ends_with_break() {
            return;
        }
        self.problems.add(at_end(&self.file, self.rows.line(), empty));
    }
}

/// What the end of a table tells: that it has no rows, or that its last row may be cut off.
pub(crate) fn at_end(file: &str, line: u64, empty: bool) -> Problem {
    let (code, severity, message, hint) = if empty {
        ("records.no-rows", Severity::Warning, "the table has a header and no rows", None)
    } else {
        let hint = "look at the last row, and fetch the file anew if it is";
        (
            "records.no-last-break",
            Severity::Note,
            "no line break ends the file: it may be cut off",
            Some(hint),
        )
    };
    Problem { code, severity, file: file.to_owned(), line, column: None, message: message.to_owned(), hint }
}

pub(crate) fn unclosed(file: &str, line: u64) -> Problem {
    Problem {
        code: "records.unclosed-quote",
        severity: Severity::Error,
        file: file.to_owned(),
        line,
        column: None,
        message: "a quotation mark opens a cell and never closes it; the line is passed over".to_owned(),
        hint: Some("the file may be cut off, or the mark is not doubled"),
    }
}

pub(crate) fn broken(file: &str, line: u64, error: &std::io::Error) -> Problem {
    Problem {
        code: "records.broken",
        severity: Severity::Error,
        file: file.to_owned(),
        line,
        column: None,
        message: format!("the file cannot be read further: {error}"),
        hint: Some("what came before is used; fetch the file anew"),
    }
}

pub(crate) fn ragged(file: &str, row: &Row<'_>, columns: usize) -> Problem {
    Problem {
        code: "records.ragged",
        severity: Severity::Error,
        file: file.to_owned(),
        line: row.line,
        column: None,
        message: format!("the row has {} cells, the header {columns}", row.len()),
        hint: Some("a row cut off, a line break in a cell without quotation marks, or numbers with a comma"),
    }
}

/// What the first line tells of the dialect.
struct Sniffed {
    separator: u8,
    quotes: bool,
    /// The number of columns of a first row that is GDELT's.
    gdelt_columns: Option<usize>,
}

impl Sniffed {
    fn of(peeked: &[u8]) -> Self {
        let line = peeked.split(|&byte| byte == b'\n').next().unwrap_or_default();
        let count = |separator: u8| line.iter().filter(|&&byte| byte == separator).count();
        let tabs = count(b'\t') + 1;
        let starts_with_id = line
            .split(|&byte| byte == b'\t')
            .take(2)
            .all(|cell| !cell.is_empty() && cell.iter().all(u8::is_ascii_digit));
        if GDELT_COLUMNS.contains(&tabs) && starts_with_id {
            return Self { separator: b'\t', quotes: false, gdelt_columns: Some(tabs) };
        }
        // The comma is first, so that a tie is a comma.
        let separator =
            [b',', b';', b'\t', b'|'].into_iter().rev().max_by_key(|&it| count(it)).unwrap_or(b',');
        Self { separator, quotes: true, gdelt_columns: None }
    }
}
