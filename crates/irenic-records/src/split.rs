//! Bytes to rows of fields: separator, quotes and line ends, in a buffer that grows to the longest row and no further.

use std::borrow::Cow;
use std::io::{self, Read};

use memchr::{memchr, memchr2};

/// A row longer than this has a quotation mark that never closes.
pub(crate) const ROW_BYTES_MAX: usize = 16 << 20;

/// After so many marks that never close, marks are taken for letters.
pub(crate) const UNCLOSED_MAX: u32 = 16;

const READ_BYTES: usize = 1 << 16;

/// A field: where it lies in its row, and whether it was quoted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    start: usize,
    end: usize,
    quoted: bool,
}

/// A row of raw fields.
#[derive(Clone, Copy)]
pub(crate) struct Row<'a> {
    bytes: &'a [u8],
    fields: &'a [Field],
    /// The line on which it begins, from 1.
    pub(crate) line: u64,
}

impl<'a> Row<'a> {
    pub(crate) const fn new(bytes: &'a [u8], fields: &'a [Field], line: u64) -> Self {
        Self { bytes, fields, line }
    }

    /// The field's bytes where no quotation mark stands in them; else `None`.
    pub(crate) fn plain(&self, index: usize) -> Option<&'a [u8]> {
        let field = self.fields.get(index)?;
        let raw = &self.bytes[field.start..field.end];
        (!field.quoted || memchr(b'"', raw).is_none()).then_some(raw)
    }

    pub(crate) fn len(&self) -> usize {
        self.fields.len()
    }

    /// The field's bytes without its quotes; doubled quotes become one.
    pub(crate) fn field(&self, index: usize) -> Option<Cow<'a, [u8]>> {
        let field = self.fields.get(index)?;
        let raw = &self.bytes[field.start..field.end];
        if !field.quoted || memchr(b'"', raw).is_none() {
            return Some(Cow::Borrowed(raw));
        }
        let mut plain = Vec::with_capacity(raw.len());
        let mut after_quote = false;
        for &byte in raw {
            if byte == b'"' && after_quote {
                after_quote = false;
                continue;
            }
            after_quote = byte == b'"';
            plain.push(byte);
        }
        Some(Cow::Owned(plain))
    }
}

/// What was read.
pub(crate) enum Next<'a> {
    Row(Row<'a>),
    /// A quotation mark that never closes; the row on this line is passed over.
    Unclosed(u64),
    End,
}

pub(crate) struct Rows<R> {
    reader: R,
    buffer: Vec<u8>,
    /// What of the buffer has been handed out.
    start: usize,
    ended: bool,
    failed: Option<io::Error>,
    /// The line at `start`, from 1.
    line: u64,
    separator: u8,
    quotes: bool,
    unclosed: u32,
    ends_with_break: bool,
    fields: Vec<Field>,
}

impl<R: Read> Rows<R> {
    pub(crate) fn new(reader: R) -> Self {
        Self {
            reader,
            buffer: Vec::new(),
            start: 0,
            ended: false,
            failed: None,
            line: 1,
            separator: b',',
            quotes: true,
            unclosed: 0,
            ends_with_break: true,
            fields: Vec::new(),
        }
    }

    /// The first bytes, up to `bytes_max`, without taking them.
    pub(crate) fn peek(&mut self, bytes_max: usize) -> &[u8] {
        while self.buffer.len() - self.start < bytes_max && self.fill() {}
        &self.buffer[self.start..]
    }

    pub(crate) fn skip(&mut self, bytes: usize) {
        self.start += bytes;
    }

    /// What is left to read: bytes that were read and not used, the reader, and the line at which they begin.
    pub(crate) fn into_rest(mut self) -> Rest<R> {
        self.buffer.drain(..self.start);
        Rest {
            read: self.buffer,
            reader: self.reader,
            line: self.line,
            separator: self.separator,
            quotes: self.quotes,
            failed: self.failed,
            ended: self.ended,
        }
    }

    /// Where in the buffer the next row begins.
    pub(crate) fn at(&self) -> usize {
        self.start
    }

    /// Gives back the first row, of so many bytes, where nothing has been read since.
    pub(crate) fn unread(&mut self, bytes: usize) {
        self.start = self.start.saturating_sub(bytes);
        self.line = 1;
    }

    /// How fields are told apart; quotes are letters where `quotes` is false.
    pub(crate) fn dialect(&mut self, separator: u8, quotes: bool) {
        self.separator = separator;
        self.quotes = quotes;
    }

    /// Whether the last byte that was read is a line break.
    pub(crate) fn ends_with_break(&self) -> bool {
        self.ends_with_break
    }

    /// The line at which the next row begins.
    pub(crate) fn line(&self) -> u64 {
        self.line
    }

    /// The next row that is not blank.
    pub(crate) fn next(&mut self) -> io::Result<Next<'_>> {
        loop {
            let whole = self.ended && self.failed.is_none();
            let rest = &self.buffer[self.start..];
            if whole && rest.is_empty() {
                return Ok(Next::End);
            }
            self.fields.clear();
            match split(rest, self.separator, self.quotes, whole, &mut self.fields) {
                Some(consumed) => {
                    let (from, line) = (self.start, self.line);
                    self.start += consumed;
                    self.line += breaks(&self.buffer[from..self.start]);
                    if self.fields.len() == 1 && self.fields[0].end == self.fields[0].start {
                        continue;
                    }
                    let bytes = &self.buffer[from..self.start];
                    return Ok(Next::Row(Row { bytes, fields: &self.fields, line }));
                }
                None if whole || ROW_BYTES_MAX < rest.len() => {
                    let line = self.line;
                    self.pass_line();
                    return Ok(Next::Unclosed(line));
                }
                None => {
                    if let Some(error) = self.failed.take().filter(|_| self.ended) {
                        self.start = self.buffer.len();
                        return Err(error);
                    }
                    self.fill();
                }
            }
        }
    }

    /// Goes on after the next line break.
    fn pass_line(&mut self) {
        self.unclosed += 1;
        self.quotes &= self.unclosed < UNCLOSED_MAX;
        let rest = &self.buffer[self.start..];
        self.start += memchr(b'\n', rest).map_or(rest.len(), |at| at + 1);
        self.line += 1;
    }

    /// Reads more; false at the end. A failure is told once all whole rows before it have been handed out.
    fn fill(&mut self) -> bool {
        if self.ended {
            return false;
        }
        if 0 < self.start {
            self.buffer.drain(..self.start);
            self.start = 0;
        }
        let old = self.buffer.len();
        // A row that needs more is read in steps that double, so that it is not split anew too often.
        let step = READ_BYTES.max(old);
        let read = (&mut self.reader).take(step as u64).read_to_end(&mut self.buffer);
        self.ended = read.as_ref().is_ok_and(|&read| read < step) || read.is_err();
        self.failed = read.err();
        if let Some(&last) = self.buffer.last() {
            self.ends_with_break = last == b'\n';
        }
        old < self.buffer.len()
    }
}

/// What is left of a table after its header.
pub(crate) struct Rest<R> {
    pub(crate) read: Vec<u8>,
    pub(crate) reader: R,
    pub(crate) line: u64,
    pub(crate) separator: u8,
    pub(crate) quotes: bool,
    pub(crate) failed: Option<io::Error>,
    pub(crate) ended: bool,
}

/// The end of the last whole row in `bytes`, which begin with a row.
pub(crate) fn last_row_end(bytes: &[u8], separator: u8, quotes: bool) -> Option<usize> {
    if !quotes || memchr(b'"', bytes).is_none() {
        return memchr::memrchr(b'\n', bytes).map(|at| at + 1);
    }
    let mut end = None;
    let mut at = 0;
    while let Some(found) = memchr2(b'"', b'\n', &bytes[at..]).map(|found| at + found) {
        let begins_field = found == 0 || bytes[found - 1] == separator || bytes[found - 1] == b'\n';
        at = if bytes[found] == b'\n' {
            end = Some(found + 1);
            found + 1
        } else if begins_field {
            match closing(bytes, found + 1) {
                Some(close) => close + 1,
                None => break,
            }
        } else {
            found + 1
        };
    }
    end
}

pub(crate) fn breaks(bytes: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', bytes).count() as u64
}

/// Splits the first row of `bytes` into `fields`: the number of bytes it takes, or `None` where it does not end.
pub(crate) fn split(
    bytes: &[u8],
    separator: u8,
    quotes: bool,
    whole: bool,
    fields: &mut Vec<Field>,
) -> Option<usize> {
    let mut at = 0;
    loop {
        let quoted = quotes && bytes.get(at) == Some(&b'"');
        let close = if quoted { Some(closing(bytes, at + 1)?) } else { None };
        let from = close.map_or(at, |close| close + 1);
        let stop = memchr2(separator, b'\n', &bytes[from..]).map(|stop| from + stop);
        if stop.is_none() && !whole {
            return None;
        }
        let last = stop.is_none_or(|stop| bytes[stop] == b'\n');
        let stop = stop.unwrap_or(bytes.len());
        let end = if last { trimmed(bytes, from, stop) } else { stop };
        fields.push(match close {
            // Words after the closing mark belong to the field, and then the marks are letters.
            Some(close) if end == from => Field { start: at + 1, end: close, quoted },
            _ => Field { start: at, end, quoted: false },
        });
        at = (stop + 1).min(bytes.len());
        if last {
            return Some(at);
        }
    }
}

/// The quotation mark that closes the field that begins at `from`.
fn closing(bytes: &[u8], mut from: usize) -> Option<usize> {
    loop {
        let close = from + memchr(b'"', bytes.get(from..)?)?;
        if bytes.get(close + 1) != Some(&b'"') {
            return Some(close);
        }
        from = close + 2;
    }
}

/// The end of a row's last field without the carriage return of a Windows line.
fn trimmed(bytes: &[u8], start: usize, end: usize) -> usize {
    if start < end && bytes[end - 1] == b'\r' { end - 1 } else { end }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A reader that hands out one byte at a time.
    struct Drip(Vec<u8>, usize);

    impl Read for Drip {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let Some(&byte) = self.0.get(self.1) else { return Ok(0) };
            buffer[0] = byte;
            self.1 += 1;
            Ok(1)
        }
    }

    fn rows(text: &str) -> Vec<(u64, Vec<String>)> {
        let mut rows = Rows::new(Drip(text.as_bytes().to_vec(), 0));
        let mut all = Vec::new();
        loop {
            match rows.next().unwrap() {
                Next::Row(row) => {
                    let fields = (0..row.len()).filter_map(|index| row.field(index));
                    let fields = fields.map(|field| String::from_utf8_lossy(&field).into_owned());
                    all.push((row.line, fields.collect()));
                }
                Next::Unclosed(line) => all.push((line, vec!["UNCLOSED".to_owned()])),
                Next::End => return all,
            }
        }
    }

    #[test]
    fn rows_are_split_as_rfc_4180_has_it() {
        type Split = [(u64, &'static [&'static str])];
        let cases: &[(&str, &Split)] = &[
            ("a,b\n1,2\n", &[(1, &["a", "b"]), (2, &["1", "2"])]),
            ("a,b\r\n1,\r\n", &[(1, &["a", "b"]), (2, &["1", ""])]),
            ("\"a,b\",c", &[(1, &["a,b", "c"])]),
            ("\"a \"\"b\"\"\",\"two\nlines\"\nx,y", &[(1, &["a \"b\"", "two\nlines"]), (3, &["x", "y"])]),
            ("5\" gun,b\n", &[(1, &["5\" gun", "b"])]),
            ("\n\na\n", &[(3, &["a"])]),
            ("a,\"open\nb,c\n", &[(1, &["UNCLOSED"]), (2, &["b", "c"])]),
            ("a,\"\"\n", &[(1, &["a", ""])]),
        ];
        for (text, expected) in cases {
            let expected: Vec<(u64, Vec<String>)> = expected
                .iter()
                .map(|(line, fields)| (*line, fields.iter().map(|it| (*it).to_owned()).collect()))
                .collect();
            assert_eq!(rows(text), expected, "{text:?}");
        }
    }

    #[test]
    fn many_marks_that_never_close_take_linear_time() {
        let text = "\"\n".repeat(100_001);
        assert!(!rows(&text).is_empty());
    }
}
