//! Why a table cannot be read at all; what is wrong with single rows is data, in [`crate::Problems`].

use crate::DataSet;

/// A table that cannot be read. The message names the file and the cure.
///
/// The cause is part of the message.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {kind}")]
pub struct RecordsError {
    file: String,
    kind: Kind,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Kind {
    #[error("cannot be read: {0}")]
    Unreadable(std::io::Error),
    #[error("is empty; a table has a header and rows")]
    Empty,
    #[error("is in UTF-16; save it as CSV in UTF-8")]
    Utf16,
    #[error("is a spreadsheet, not a table of text; save it as CSV in UTF-8")]
    Spreadsheet,
    #[error("holds {0} tables; unpack it and name one of them")]
    ManyTables(usize),
    #[error(
        "no data set that is known has this header (it begins {0}); a mapping can say what its columns mean"
    )]
    Unknown(String),
    #[error("is {found}, where {wanted} is needed")]
    OtherSet { found: &'static str, wanted: &'static str },
    #[error("{set} needs the column {column:?}, and the header has none of that name")]
    MissingColumn { set: &'static str, column: &'static str },
    #[error(
        "tells of conflicts and not of their dyads; give a dyad-level table, GED or ceasefires, or leave --level out"
    )]
    NoDyads,
    #[error(
        "{0} carries no UCDP number, so its rows are of no conflict by themselves; put it into a folder with a conflict.toml that \
         names the parties"
    )]
    NoNumbers(&'static str),
    #[error("the mapping {0:?} names no column with UCDP's numbers of {1}s, so its rows are of none")]
    UnmappedNumbers(String, &'static str),
    #[error("the mapping is wrong: {0}")]
    Mapping(String),
}

impl From<std::io::Error> for Kind {
    fn from(error: std::io::Error) -> Self {
        Self::Unreadable(error)
    }
}

impl RecordsError {
    pub(crate) fn new(file: &str, kind: impl Into<Kind>) -> Self {
        Self { file: file.to_owned(), kind: kind.into() }
    }

    pub(crate) fn other_set(file: &str, found: DataSet, wanted: DataSet) -> Self {
        Self::new(file, Kind::OtherSet { found: found.title(), wanted: wanted.title() })
    }

    /// The file, as it was given.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// Whether the file has no header of a data set that is known.
    #[must_use]
    pub const fn is_unknown_data_set(&self) -> bool {
        matches!(self.kind, Kind::Unknown(_))
    }

    /// Whether the file is there and can be opened, but is not a table.
    #[must_use]
    pub const fn is_no_table(&self) -> bool {
        matches!(self.kind, Kind::Empty | Kind::Utf16 | Kind::Spreadsheet | Kind::ManyTables(_))
    }
}
