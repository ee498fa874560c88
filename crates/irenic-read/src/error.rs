//! Why a source could not be read: in the user's words, with the file and the cure.

use std::io;

#[derive(Debug, thiserror::Error)]
enum Kind {
    #[error("{file}: cannot be opened: {error}; check that it exists and that you may read it")]
    Io { file: String, error: io::Error },
    #[error(
        "{file}: there is no text in it; if it is a scan, make its text readable first (OCR) and add it again"
    )]
    Empty { file: String },
    #[error("{file}: its bytes are not text; if it is a document, give it the ending of its format")]
    Binary { file: String },
    #[error("{file}: is not a format that is read; save it as txt, md, html, pdf or docx")]
    UnknownFormat { file: String },
    #[error("{file}: cannot be read as {format}: {message}; fetch or save the file again")]
    Damaged { file: String, format: &'static str, message: String },
    #[error("{file}: is protected by a password; save it without one and add it again")]
    Encrypted { file: String },
    #[error("{file}: holds more than the {} that are read at most; split it", size(*.bytes_max))]
    TooLarge { file: String, bytes_max: u64 },
    #[error(
        "{file}: unpacks to more than the {} that are read at most, as a zip bomb does; if you trust it, save it again or split it",
        size(*.bytes_max)
    )]
    Bomb { file: String, bytes_max: u64 },
    #[error("{file}: leads out of the folder; copy the file into the folder to have it read")]
    Outside { file: String },
    #[error("{file}:{line}: is not a JSON object with a text: {message}; mend the line")]
    BadLine { file: String, line: usize, message: String },
}

/// A size in words: "256 MB".
fn size(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} bytes"),
        1024..1_048_576 => format!("{} kB", bytes >> 10),
        _ => format!("{} MB", bytes >> 20),
    }
}

/// Why a source could not be read.
///
/// The message names the file, what is wrong with it and what to do about it. The predicates tell the causes apart.
///
/// ```
/// use irenic_read::{ReadConfig, read_bytes};
/// let error = read_bytes("notes/empty.txt", b"", &ReadConfig::default()).unwrap_err();
/// assert!(error.is_empty() && !error.is_encrypted());
/// assert!(error.to_string().starts_with("notes/empty.txt: there is no text in it"));
/// ```
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct ReadError(Box<Kind>);

impl ReadError {
    fn new(kind: Kind) -> Self {
        Self(Box::new(kind))
    }

    pub(crate) fn io(file: &str, error: io::Error) -> Self {
        Self::new(Kind::Io { file: file.to_owned(), error })
    }

    pub(crate) fn empty(file: &str) -> Self {
        Self::new(Kind::Empty { file: file.to_owned() })
    }

    pub(crate) fn binary(file: &str) -> Self {
        Self::new(Kind::Binary { file: file.to_owned() })
    }

    pub(crate) fn unknown_format(file: &str) -> Self {
        Self::new(Kind::UnknownFormat { file: file.to_owned() })
    }

    pub(crate) fn damaged(file: &str, format: &'static str, message: impl ToString) -> Self {
        Self::new(Kind::Damaged { file: file.to_owned(), format, message: message.to_string() })
    }

    pub(crate) fn encrypted(file: &str) -> Self {
        Self::new(Kind::Encrypted { file: file.to_owned() })
    }

    pub(crate) fn too_large(file: &str, bytes_max: u64) -> Self {
        Self::new(Kind::TooLarge { file: file.to_owned(), bytes_max })
    }

    pub(crate) fn bomb(file: &str, bytes_max: u64) -> Self {
        Self::new(Kind::Bomb { file: file.to_owned(), bytes_max })
    }

    pub(crate) fn outside(file: &str) -> Self {
        Self::new(Kind::Outside { file: file.to_owned() })
    }

    pub(crate) fn bad_line(file: &str, line: usize, message: impl ToString) -> Self {
        Self::new(Kind::BadLine { file: file.to_owned(), line, message: message.to_string() })
    }

    /// The file, relative to the folder that was given.
    #[must_use]
    pub fn file(&self) -> &str {
        match &*self.0 {
            Kind::Io { file, .. }
            | Kind::Empty { file }
            | Kind::Binary { file }
            | Kind::UnknownFormat { file }
            | Kind::Damaged { file, .. }
            | Kind::Encrypted { file }
            | Kind::TooLarge { file, .. }
            | Kind::Bomb { file, .. }
            | Kind::Outside { file }
            | Kind::BadLine { file, .. } => file,
        }
    }

    /// The line of a corpus, from 1, where the error is about one.
    #[must_use]
    pub fn line(&self) -> Option<usize> {
        match &*self.0 {
            Kind::BadLine { line, .. } => Some(*line),
            _ => None,
        }
    }

    /// Whether it could not be opened: it does not exist, or may not be read.
    #[must_use]
    pub fn is_unreachable(&self) -> bool {
        matches!(&*self.0, Kind::Io { .. })
    }

    /// Whether there is no text in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        matches!(&*self.0, Kind::Empty { .. })
    }

    /// Whether its bytes are not text.
    #[must_use]
    pub fn is_binary(&self) -> bool {
        matches!(&*self.0, Kind::Binary { .. })
    }

    /// Whether its name tells no format that is read.
    #[must_use]
    pub fn is_unknown_format(&self) -> bool {
        matches!(&*self.0, Kind::UnknownFormat { .. })
    }

    /// Whether it needs a password.
    #[must_use]
    pub fn is_encrypted(&self) -> bool {
        matches!(&*self.0, Kind::Encrypted { .. })
    }

    /// Whether it is damaged or not of the format that its name says.
    #[must_use]
    pub fn is_damaged(&self) -> bool {
        matches!(&*self.0, Kind::Damaged { .. })
    }

    /// Whether it, or what it unpacks to, is larger than allowed.
    #[must_use]
    pub fn is_too_large(&self) -> bool {
        matches!(&*self.0, Kind::TooLarge { .. } | Kind::Bomb { .. })
    }

    /// Whether it leads out of the folder that was given.
    #[must_use]
    pub fn is_outside(&self) -> bool {
        matches!(&*self.0, Kind::Outside { .. })
    }

    /// Whether it is a line of a corpus that is not a JSON object with a text.
    #[must_use]
    pub fn is_bad_line(&self) -> bool {
        matches!(&*self.0, Kind::BadLine { .. })
    }
}
