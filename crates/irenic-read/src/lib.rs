//! Files to documents: plain text, Markdown, HTML, PDF, DOCX and JSON Lines.
//!
//! Reading never guesses in silence and never stops at a bad file: each file gives a [`Document`] with its
//! diagnostics, or a [`ReadError`] that names the file and the cure. One module a format; [`read_bytes`] picks it by
//! the name's ending and looks at the bytes where the ending does not tell.

mod builder;
mod corpus;
mod dates;
mod docx;
mod encoding;
mod error;
mod front_matter;
mod head;
mod html;
mod limits;
mod markdown;
mod notes;
mod pdf;
mod plain;
mod walk;

pub use corpus::{Corpus, read_corpus};
pub use error::ReadError;
pub use limits::ReadConfig;
pub use walk::{
    Findings, Found, FoundKind, Readings, find, read_configuration, read_file, read_found, read_path,
};

use std::borrow::Cow;

use irenic_model::{BlockKind, Document, Source};

/// The formats that are read, by the endings of file names.
const FORMATS: &[(&str, Format)] = &[
    ("txt", Format::Plain),
    ("text", Format::Plain),
    ("md", Format::Markdown),
    ("markdown", Format::Markdown),
    ("html", Format::Html),
    ("htm", Format::Html),
    ("xhtml", Format::Html),
    ("docx", Format::Docx),
    ("pdf", Format::Pdf),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Plain,
    Markdown,
    Html,
    Docx,
    Pdf,
}

fn format_of(name: &str) -> Option<Format> {
    let ending = name.rsplit_once('.')?.1.to_ascii_lowercase();
    FORMATS.iter().find(|(known, _)| *known == ending).map(|(_, format)| *format)
}

/// Reads the bytes of one source; `id` is its path relative to the folder, with `/`, and its ending tells the format.
///
/// # Errors
///
/// If the bytes are empty, are not of the format that the name says, are encrypted, damaged, or larger than the
/// configuration allows.
///
/// ```
/// use irenic_read::{ReadConfig, read_bytes};
/// let config = ReadConfig::default();
/// let document = read_bytes("note.txt", b"First paragraph.\n\nSecond.\n", &config).unwrap();
/// assert_eq!(document.blocks.len(), 2);
/// assert!(read_bytes("note.txt", b"", &config).unwrap_err().is_empty());
/// ```
pub fn read_bytes(id: &str, bytes: &[u8], config: &ReadConfig) -> Result<Document, ReadError> {
    read_cow(id, Cow::Borrowed(bytes), config)
}

fn read_cow(id: &str, bytes: Cow<'_, [u8]>, config: &ReadConfig) -> Result<Document, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::empty(id));
    }
    if bytes.len() as u64 > config.file_bytes_max {
        return Err(ReadError::too_large(id, config.file_bytes_max));
    }
    let format = format_in(&bytes).or_else(|| format_of(id)).ok_or_else(|| ReadError::unknown_format(id))?;
    // Plain text is as long as its file, or half as long where it was encoded in two bytes a letter.
    if format == Format::Plain && bytes.len() as u64 / 2 > config.text_bytes_max {
        return Err(ReadError::too_large(id, config.text_bytes_max));
    }
    let source = Source::new(id, &bytes);
    let mut document = match format {
        Format::Plain => plain::read(source, bytes)?,
        Format::Markdown => markdown::read(source, bytes, config)?,
        Format::Html => html::read(source, bytes, config)?,
        Format::Docx => docx::read(source, &bytes, config)?,
        Format::Pdf => pdf::read(source, &bytes, config)?,
    };
    if document.text.trim().is_empty() {
        return Err(ReadError::empty(id));
    }
    if document.text.len() as u64 > config.text_bytes_max {
        return Err(ReadError::too_large(id, config.text_bytes_max));
    }
    title(&mut document);
    head::complete(&mut document);
    dates::complete(&mut document);
    Ok(document)
}

/// A source without a title takes its first heading of the first level, in a paged document that of the first page.
fn title(document: &mut Document) {
    if document.source.title.is_none() {
        let first = document
            .blocks
            .iter()
            .find(|block| block.kind == BlockKind::Heading(1) && block.page.is_none_or(|page| page == 1));
        document.source.title = first.map(|block| block.span.of(&document.text).replace('\n', " "));
    }
}

/// The format that the first bytes give away, whatever the file's name says.
fn format_in(bytes: &[u8]) -> Option<Format> {
    match bytes {
        _ if bytes.starts_with(b"%PDF-") => Some(Format::Pdf),
        _ if bytes.starts_with(b"PK\x03\x04") => Some(Format::Docx),
        _ => None,
    }
}
