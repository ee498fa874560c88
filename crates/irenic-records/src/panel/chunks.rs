//! A table in pieces of whole rows, handed out in order to whoever asks next.

use std::io::{self, Read};

use crate::Problems;
use crate::open::Bytes;
use crate::split::{ROW_BYTES_MAX, Rest, breaks, last_row_end};
use crate::table::broken;

/// Pieces are about so long: long enough that asking for them costs nothing, short enough for the cache.
const CHUNK_BYTES: usize = 1 << 20;

pub(super) struct Chunks {
    reader: Bytes,
    /// What was read and belongs to the next piece.
    carry: Vec<u8>,
    line: u64,
    separator: u8,
    quotes: bool,
    ended: bool,
    failed: Option<io::Error>,
    ends_with_break: bool,
}

impl Chunks {
    pub(super) fn new(rest: Rest<Bytes>) -> Self {
        Self {
            ends_with_break: rest.read.last().is_none_or(|&last| last == b'\n'),
            reader: rest.reader,
            carry: rest.read,
            line: rest.line,
            separator: rest.separator,
            quotes: rest.quotes,
            ended: rest.ended,
            failed: rest.failed,
        }
    }

    /// Puts the next whole rows into `bytes`: the line at which they begin, or `None` at the end.
    pub(super) fn next(&mut self, bytes: &mut Vec<u8>) -> Option<u64> {
        bytes.clear();
        bytes.append(&mut self.carry);
        loop {
            self.fill(bytes);
            if bytes.is_empty() {
                return None;
            }
            let end = match last_row_end(bytes, self.separator, self.quotes) {
                _ if self.ended && self.failed.is_none() => bytes.len(),
                Some(end) => end,
                // What cannot be read to its end is not counted.
                None if self.ended => 0,
                None if ROW_BYTES_MAX < bytes.len() => bytes.len(),
                None => continue,
            };
            self.carry.extend_from_slice(&bytes[end..]);
            bytes.truncate(end);
            if self.ended {
                self.carry.clear();
            }
            let line = self.line;
            self.line += breaks(bytes);
            return (!bytes.is_empty()).then_some(line);
        }
    }

    fn fill(&mut self, bytes: &mut Vec<u8>) {
        if self.ended {
            return;
        }
        let wanted = CHUNK_BYTES.max(bytes.len());
        bytes.reserve(wanted);
        let read = (&mut self.reader).take(wanted as u64).read_to_end(bytes);
        self.ended = read.as_ref().is_ok_and(|&read| read < wanted) || read.is_err();
        self.failed = self.failed.take().or(read.err());
        if let Some(&last) = bytes.last() {
            self.ends_with_break = last == b'\n';
        }
    }

    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// Whether the last byte is a line break; one that could not be read is told otherwise.
    pub(super) fn ends_with_break(&self) -> bool {
        self.ends_with_break || self.failed.is_some()
    }

    /// What hindered the reading.
    pub(super) fn problems(&self, file: &str) -> Problems {
        let mut problems = Problems::default();
        if let Some(error) = &self.failed {
            problems.add(broken(file, self.line, error));
        }
        problems
    }
}
