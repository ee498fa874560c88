//! JSON Lines: a document a line, its text untouched.

use std::io::{BufRead, Read as _};

use irenic_model::{Diagnostic, Document, Severity, Source};
use serde::Deserialize;

use crate::{ReadConfig, ReadError, dates, plain};

/// What a line holds; other fields are ignored.
#[derive(Deserialize)]
struct Line {
    #[serde(default)]
    id: Option<Id>,
    #[serde(default)]
    date: Option<String>,
    text: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Id {
    Text(String),
    Number(serde_json::Number),
}

/// The documents of a corpus, line by line; made by [`read_corpus`].
#[derive(Debug)]
pub struct Corpus<R> {
    reader: R,
    name: String,
    line: usize,
    bytes_max: u64,
    done: bool,
}

/// Reads JSON Lines with `{"id", "date", "text"}` a line, a document a line in input order.
///
/// `name` stands in error messages, and before the line's number in the identifier of a line that has none. The text
/// is the string itself. Identifiers may repeat and are passed through; blank lines are passed over. An empty text
/// is a document without blocks. A date that is not one is a warning.
///
/// # Errors
///
/// A line that is not UTF-8, not a JSON object or has no text is an error with its number, and the next line is
/// read; a line longer than [`ReadConfig::file_bytes_max`] or a failure of the reader ends the corpus.
///
/// ```
/// use irenic_read::{ReadConfig, read_corpus};
/// let lines = "{\"id\":\"a\",\"text\":\"Talks began.\"}\nnot json\n";
/// let mut corpus = read_corpus(lines.as_bytes(), "corpus.jsonl", &ReadConfig::default());
/// assert_eq!(corpus.next().unwrap().unwrap().text, "Talks began.");
/// assert_eq!(corpus.next().unwrap().unwrap_err().line(), Some(2));
/// assert!(corpus.next().is_none());
/// ```
pub fn read_corpus<R: BufRead>(reader: R, name: &str, config: &ReadConfig) -> Corpus<R> {
    Corpus { reader, name: name.to_owned(), line: 0, bytes_max: config.file_bytes_max, done: false }
}

impl<R: BufRead> Iterator for Corpus<R> {
    type Item = Result<Document, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let bytes = match self.next_line()? {
                Ok(bytes) => bytes,
                Err(error) => {
                    self.done = true;
                    return Some(Err(error));
                }
            };
            let bytes =
                bytes.strip_prefix(b"\xef\xbb\xbf").filter(|_| self.line == 1).unwrap_or(&bytes).trim_ascii();
            if !bytes.is_empty() {
                return Some(self.document(bytes));
            }
        }
    }
}

impl<R: BufRead> Corpus<R> {
    fn next_line(&mut self) -> Option<Result<Vec<u8>, ReadError>> {
        if self.done {
            return None;
        }
        self.line += 1;
        let mut bytes = Vec::new();
        let limit = self.bytes_max.saturating_add(1);
        match self.reader.by_ref().take(limit).read_until(b'\n', &mut bytes) {
            Ok(0) => None,
            Ok(read) if read as u64 > self.bytes_max => {
                Some(Err(ReadError::too_large(&self.name, self.bytes_max)))
            }
            Ok(_) => Some(Ok(bytes)),
            Err(error) => Some(Err(ReadError::io(&self.name, error))),
        }
    }

    fn document(&self, bytes: &[u8]) -> Result<Document, ReadError> {
        let line: Line = serde_json::from_slice(bytes)
            .map_err(|error| ReadError::bad_line(&self.name, self.line, error))?;
        let id = match line.id {
            Some(Id::Text(id)) => id,
            Some(Id::Number(id)) => id.to_string(),
            None => format!("{}:{}", self.name, self.line),
        };
        let mut source = Source::new(id, bytes);
        let mut diagnostics = Vec::new();
        if let Some(date) = line.date.as_deref().filter(|date| !date.is_empty()) {
            source.published = dates::parse(date);
            if source.published.is_none() {
                diagnostics.push(
                    Diagnostic::new(
                        "read.date",
                        Severity::Warning,
                        format!("\u{201c}{date}\u{201d} is not a date"),
                    )
                    .hint("write it as YYYY-MM-DD"),
                );
            }
        }
        let mut document = plain::document_of(source, line.text);
        document.diagnostics.extend(diagnostics);
        Ok(document)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &str) -> Vec<Result<Document, ReadError>> {
        read_corpus(lines.as_bytes(), "c.jsonl", &ReadConfig::default()).collect()
    }

    #[test]
    fn the_text_is_the_string_itself() {
        let text = "\u{feff}  A line\r\n with\tspaces \u{ad}\u{a0} ";
        let line =
            serde_json::json!({ "id": 7, "date": "2024-02-01", "text": text, "more": [1] }).to_string();
        let document = read(&line).remove(0).unwrap();
        assert_eq!(document.text, text);
        assert_eq!((document.source.id.as_str(), document.source.published.is_some()), ("7", true));
    }

    #[test]
    fn bad_lines_do_not_stop_the_others() {
        let lines = "{\"text\":\"\"}\n\n[1]\n{\"id\":\"x\"}\n{\"id\":\"x\",\"date\":\"soon\",\"text\":\"T\"}";
        let got = read(lines);
        let summary: Vec<_> = got
            .iter()
            .map(|one| one.as_ref().map_err(ReadError::line))
            .map(|one| one.map(|d| d.source.id.clone()))
            .collect();
        assert_eq!(summary, [Ok("c.jsonl:1".to_owned()), Err(Some(3)), Err(Some(4)), Ok("x".to_owned())]);
        assert_eq!(got[3].as_ref().unwrap().diagnostics.len(), 1);
    }

    #[test]
    fn a_line_beyond_the_limit_ends_the_corpus() {
        let config = ReadConfig { file_bytes_max: 20, ..ReadConfig::default() };
        let lines = format!("{{\"text\":\"{}\"}}\n", "x".repeat(40));
        let got: Vec<_> = read_corpus(lines.as_bytes(), "c", &config).collect();
        assert!(got.len() == 1 && got[0].as_ref().unwrap_err().is_too_large());
    }
}
