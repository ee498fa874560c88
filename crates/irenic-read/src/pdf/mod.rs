//! PDF: pages to paragraphs, in a thread of its own with a large stack, because the reader of the format recurses
//! and panics on files that are not what they say.

mod guard;
mod layout;
mod lines;

use std::panic;
use std::sync::Once;
use std::thread;

use irenic_model::{Diagnostic, Document, Severity, Source};
use pdf_extract::{Object, output_doc_page};

use self::layout::PageLines;
use self::lines::Page;
use crate::builder::Builder;
use crate::{ReadConfig, ReadError, dates};

/// The name of the thread that reads, by which its panics are told from others.
const THREAD: &str = "irenic-pdf";

/// The stack of the thread that reads, in bytes. Only what is used is taken from memory.
const STACK_BYTES: usize = 64 << 20;

/// What the thread hands back.
#[derive(Default)]
struct Reading {
    pages: Vec<PageLines>,
    title: Option<String>,
    author: Option<String>,
    created: Option<String>,
    /// Pages that could not be read, from 1.
    failed: Vec<u32>,
    left_out: usize,
}

/// Why the thread could not read.
enum Failure {
    Encrypted,
    Damaged(String),
}

pub(crate) fn read(source: Source, bytes: &[u8], config: &ReadConfig) -> Result<Document, ReadError> {
    let file = source.id.clone();
    if guard::is_bomb(bytes, config.unpacked_bytes_max) {
        return Err(ReadError::too_large(&file, config.unpacked_bytes_max));
    }
    let reading = match in_thread(|| load(bytes, config)) {
        Some(Ok(reading)) => reading,
        Some(Err(Failure::Encrypted)) => return Err(ReadError::encrypted(&file)),
        Some(Err(Failure::Damaged(message))) => return Err(ReadError::damaged(&file, "PDF", message)),
        None => return Err(ReadError::damaged(&file, "PDF", "its structure cannot be followed")),
    };
    if !reading.failed.is_empty() && reading.pages.iter().all(|page| page.lines.is_empty()) {
        return Err(ReadError::damaged(&file, "PDF", "none of its pages can be read"));
    }
    Ok(document(source, reading))
}

/// Runs `work` in a thread with a large stack; `None` if it panicked.
///
/// The reader of the format panics on some files. A thread's end by panic is a value to whoever joins it, and no
/// state is shared with it that a panic could leave half changed.
fn in_thread<T: Send>(work: impl FnOnce() -> T + Send) -> Option<T> {
    hush();
    thread::scope(|scope| {
        let thread = thread::Builder::new().name(THREAD.to_owned()).stack_size(STACK_BYTES);
        thread.spawn_scoped(scope, work).ok()?.join().ok()
    })
}

/// Keeps panics in the reading thread from being printed; all others go to the hook that was there.
fn hush() {
    static HUSHED: Once = Once::new();
    HUSHED.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if thread::current().name() != Some(THREAD) {
                before(info);
            }
        }));
    });
}

fn load(bytes: &[u8], config: &ReadConfig) -> Result<Reading, Failure> {
    let damaged = |error: &dyn std::fmt::Display| Failure::Damaged(error.to_string());
    let mut pdf = pdf_extract::Document::load_mem(bytes).map_err(|error| match error {
        pdf_extract::Error::Decryption(_) | pdf_extract::Error::InvalidPassword => Failure::Encrypted,
        error => damaged(&error),
    })?;
    if pdf.is_encrypted() && pdf.decrypt("").is_err() {
        return Err(Failure::Encrypted);
    }
    guard::tame(&mut pdf);
    let mut reading = Reading {
        title: info(&pdf, b"Title"),
        author: info(&pdf, b"Author"),
        created: info(&pdf, b"CreationDate"),
        ..Reading::default()
    };
    let numbers: Vec<u32> = pdf.get_pages().into_keys().collect();
    if numbers.is_empty() && pdf.trailer.has(b"Encrypt") {
        return Err(Failure::Encrypted);
    }
    if numbers.is_empty() {
        return Err(Failure::Damaged("it has no pages".to_owned()));
    }
    reading.left_out = numbers.len().saturating_sub(config.pdf_pages_max);
    for number in numbers.into_iter().take(config.pdf_pages_max) {
        let mut page = Page::default();
        // One bad page must not cost the others. `page` is handed out whole lines at a time, so that what was read
        // before a panic is sound, and `pdf` is only read.
        let read = panic::catch_unwind(panic::AssertUnwindSafe(|| output_doc_page(&pdf, &mut page, number)));
        if !matches!(read, Ok(Ok(()))) {
            reading.failed.push(number);
        }
        reading.pages.push(PageLines { height: page.height, lines: page.finish() });
    }
    Ok(reading)
}

/// What the file's information says under a key.
fn info(pdf: &pdf_extract::Document, key: &[u8]) -> Option<String> {
    let (_, info) = pdf.dereference(pdf.trailer.get(b"Info").ok()?).ok()?;
    let (_, value) = pdf.dereference(info.as_dict().ok()?.get(key).ok()?).ok()?;
    let Object::String(bytes, _) = value else { return None };
    let text = match bytes.strip_prefix(b"\xfe\xff") {
        Some(wide) => encoding_rs::UTF_16BE.decode_without_bom_handling(wide).0.into_owned(),
        None => encoding_rs::WINDOWS_1252
            .decode_without_bom_handling(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes))
            .0
            .into_owned(),
    };
    let text = text.trim().to_owned();
    let says_nothing = matches!(
        text.to_lowercase().as_str(),
        "" | "untitled" | "anonymous" | "unknown" | "(anonymous)" | "unspecified"
    );
    (!says_nothing).then_some(text)
}

fn document(source: Source, reading: Reading) -> Document {
    let mut builder = Builder::new(source);
    if !reading.failed.is_empty() {
        let pages: Vec<String> = reading.failed.iter().map(u32::to_string).collect();
        let message = format!("pages {} could not be read whole", pages.join(", "));
        builder
            .diagnostics
            .push(Diagnostic::new("read.pages", Severity::Warning, message).hint("save the file again"));
    }
    if reading.left_out > 0 {
        let message = format!("the last {} pages are beyond the limit and were not read", reading.left_out);
        builder
            .diagnostics
            .push(Diagnostic::new("read.pages", Severity::Warning, message).hint("split the file"));
    }
    layout::write(&mut builder, reading.pages);
    builder.source.title = reading.title.filter(|title| is_title(title));
    builder.source.author = reading.author;
    let mut document = builder.finish();
    dates::complete(&mut document);
    if document.source.published.is_none() {
        document.source.published = reading.created.as_deref().and_then(created);
        if document.source.published.is_some() {
            let message = "the publication date was taken from the day on which the PDF was made";
            document.diagnostics.push(Diagnostic::new("read.date", Severity::Note, message));
        }
    }
    document
}

/// Programs write the file's name where a title should stand.
fn is_title(title: &str) -> bool {
    let lower = title.to_lowercase();
    !lower.starts_with("microsoft word")
        && ![".doc", ".docx", ".pdf", ".indd", ".qxd"].iter().any(|ending| lower.ends_with(ending))
}

/// The day of a PDF's date: "D:20231003120000Z".
fn created(text: &str) -> Option<irenic_model::jiff::civil::Date> {
    let digits = text
        .strip_prefix("D:")
        .unwrap_or(text)
        .get(..8)
        .filter(|day| day.bytes().all(|byte| byte.is_ascii_digit()))?;
    dates::parse(&format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..]))
}

/// A digit raised, so that the mark of a note does not look like a number; other characters stay.
fn raise(c: char) -> char {
    let raised = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    c.to_digit(10).map_or(c, |digit| raised[digit as usize])
}

#[cfg(test)]
mod tests;
