//! Files and folders: what lies there, in a fixed order, and what each thing is.

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use irenic_model::{Diagnostic, Document, Severity};

use crate::{ReadConfig, ReadError, format_of, read_cow};

/// The endings of tables, which are read as records.
const TABLES: &[&str] = &["csv", "tsv", "gz", "zip", "parquet", "xlsx"];

/// The name of a dossier's configuration.
const CONFIGURATION: &str = "conflict.toml";
const CONFIGURATION_BYTES_MAX: usize = 1 << 20;

/// What a file is, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FoundKind {
    /// A document that [`read_file`] reads.
    Document,
    /// JSON Lines, which [`read_corpus`](crate::read_corpus) reads.
    Corpus,
    /// A table, which other crates read as records.
    Table,
    /// The dossier's `conflict.toml`.
    Configuration,
}

/// A file that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its path relative to the folder that was given, with `/`; for a file that was given itself, as given.
    pub id: String,
    /// Where it lies.
    pub path: PathBuf,
    /// What it is.
    pub kind: FoundKind,
}

/// What lies in a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// What can be read, sorted by path.
    pub found: Vec<Found>,
    /// What was passed over and why, and folders that could not be opened.
    pub diagnostics: Vec<Diagnostic>,
}

/// The documents of a folder, and what else lies there.
#[derive(Debug, Default)]
pub struct Readings {
    /// Each document, or why it could not be read, sorted by path.
    pub documents: Vec<Result<Document, ReadError>>,
    /// Tables, corpora and the configuration: for others to read.
    pub others: Vec<Found>,
    /// What was passed over and why.
    pub diagnostics: Vec<Diagnostic>,
}

/// Lists the files at `path`, a file or a folder with all its folders, sorted by path.
///
/// Links to other places are not followed, hidden files and files named README are not sources, and unknown kinds
/// of files cannot be read: each is named in a note. A file that was given itself is listed whatever its name.
///
/// # Errors
///
/// If nothing lies at `path`, or it may not be opened.
pub fn find(path: &Path) -> Result<Findings, ReadError> {
    let id = slashed(path);
    let metadata = fs::metadata(path).map_err(|error| ReadError::io(&id, error))?;
    if !metadata.is_dir() {
        let kind = kind_of(&id).unwrap_or(FoundKind::Document);
        return Ok(Findings {
            found: vec![Found { id, path: path.to_owned(), kind }],
            diagnostics: Vec::new(),
        });
    }
    let root = fs::canonicalize(path).map_err(|error| ReadError::io(&id, error))?;
    let mut walk = Walk { root, findings: Findings::default() };
    let mut folders = vec![(path.to_owned(), String::new())];
    while let Some((folder, prefix)) = folders.pop() {
        walk.folder(&folder, &prefix, &mut folders);
    }
    walk.findings.found.sort_by(|a, b| a.id.split('/').cmp(b.id.split('/')));
    walk.findings.diagnostics.sort_by(|a, b| a.message.cmp(&b.message));
    Ok(walk.findings)
}

struct Walk {
    root: PathBuf,
    findings: Findings,
}

impl Walk {
    fn folder(&mut self, folder: &Path, prefix: &str, folders: &mut Vec<(PathBuf, String)>) {
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => return self.note(Severity::Error, prefix, &format!("cannot be opened: {error}")),
        };
        for entry in entries {
            match entry.and_then(|entry| Ok((entry.file_type()?, entry))) {
                Ok((kind, entry)) => self.entry(kind, &entry, prefix, folders),
                Err(error) => self.note(Severity::Error, prefix, &format!("cannot be listed whole: {error}")),
            }
        }
    }

    fn entry(
        &mut self,
        kind: fs::FileType,
        entry: &fs::DirEntry,
        prefix: &str,
        folders: &mut Vec<(PathBuf, String)>,
    ) {
        let name = entry.file_name().to_string_lossy().into_owned();
        let id = if prefix.is_empty() { name.clone() } else { format!("{prefix}/{name}") };
        let skip = |walk: &mut Self, why: &str| walk.note(Severity::Note, &id, why);
        if name.starts_with('.') || name.starts_with("~$") {
            return skip(self, "is a hidden file and was passed over");
        }
        if kind.is_symlink() {
            return skip(self, self.link_note(&entry.path()));
        }
        if kind.is_dir() {
            return folders.push((entry.path(), id));
        }
        if !kind.is_file() {
            return skip(self, "is not a regular file and was passed over");
        }
        if is_readme(&name) {
            return skip(
                self,
                "describes the folder and was not taken for a source; rename it to have it read",
            );
        }
        if is_own_report(&name, &entry.path()) {
            return skip(self, "is a report that this program wrote and was not taken for a source");
        }
        match kind_of(&name) {
            Some(kind) => self.findings.found.push(Found { id, path: entry.path(), kind }),
            None => skip(self, "is of a kind that is not read and was passed over"),
        }
    }

    fn link_note(&self, path: &Path) -> &'static str {
        match fs::canonicalize(path) {
            Ok(target) if target.starts_with(&self.root) => {
                "is a link to another place in the folder and was not followed"
            }
            Ok(_) => {
                "is a link that leads out of the folder and was not followed; copy the file into the folder"
            }
            Err(_) => "is a link that leads nowhere",
        }
    }

    fn note(&mut self, severity: Severity, id: &str, why: &str) {
        let id = if id.is_empty() { "the folder" } else { id };
        self.findings.diagnostics.push(Diagnostic::new("read.skipped", severity, format!("{id}: {why}")));
    }
}

/// Whether a page says in its head that it is a report of ours.
fn is_own_report(name: &str, path: &Path) -> bool {
    const MARK: &[u8] = br#"<meta name="generator" content="Irenic">"#;
    let page = name.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("html"));
    let mut head = Vec::with_capacity(HEAD_BYTES as usize);
    let read =
        |head: &mut Vec<u8>| fs::File::open(path).and_then(|file| file.take(HEAD_BYTES).read_to_end(head));
    page && read(&mut head).is_ok() && head.windows(MARK.len()).any(|window| window == MARK)
}

/// So much of a page is looked at for who wrote it.
const HEAD_BYTES: u64 = 512;

fn is_readme(name: &str) -> bool {
    name.split('.').next().is_some_and(|stem| stem.eq_ignore_ascii_case("readme"))
}

fn kind_of(name: &str) -> Option<FoundKind> {
    let base = name.rsplit('/').next().unwrap_or(name);
    if base.eq_ignore_ascii_case(CONFIGURATION) {
        return Some(FoundKind::Configuration);
    }
    if format_of(base).is_some() {
        return Some(FoundKind::Document);
    }
    let ending = base.rsplit_once('.')?.1.to_ascii_lowercase();
    match ending.as_str() {
        "jsonl" | "ndjson" => Some(FoundKind::Corpus),
        ending if TABLES.contains(&ending) => Some(FoundKind::Table),
        _ => None,
    }
}

/// Reads the file `relative` of the folder `root`; its identifier is `relative` with `/`.
///
/// # Errors
///
/// If it cannot be opened, leads out of the folder, is too large, or for the causes that
/// [`read_bytes`](crate::read_bytes) names.
pub fn read_file(root: &Path, relative: &Path, config: &ReadConfig) -> Result<Document, ReadError> {
    let id = slashed(relative);
    let path = root.join(relative);
    let real = fs::canonicalize(&path).map_err(|error| ReadError::io(&id, error))?;
    let folder = fs::canonicalize(root).map_err(|error| ReadError::io(&id, error))?;
    if !real.starts_with(&folder) {
        return Err(ReadError::outside(&id));
    }
    read_at(&id, &real, config)
}

/// Reads a file that [`find`] found.
///
/// # Errors
///
/// As [`read_file`].
pub fn read_found(found: &Found, config: &ReadConfig) -> Result<Document, ReadError> {
    read_at(&found.id, &found.path, config)
}

/// Reads the file at `path`; its identifier is `id`.
fn read_at(id: &str, path: &Path, config: &ReadConfig) -> Result<Document, ReadError> {
    let metadata = fs::metadata(path).map_err(|error| ReadError::io(id, error))?;
    if !metadata.is_file() {
        return Err(ReadError::unknown_format(id));
    }
    if metadata.len() > config.file_bytes_max {
        return Err(ReadError::too_large(id, config.file_bytes_max));
    }
    let file = File::open(path).map_err(|error| ReadError::io(id, error))?;
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
    // The file may grow while it is read: the limit holds all the same.
    file.take(config.file_bytes_max.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|error| ReadError::io(id, error))?;
    read_cow(id, Cow::Owned(bytes), config)
}

/// Reads a dossier's `conflict.toml`, or another file of settings, as text; `id` names it in the error.
///
/// A byte-order mark is dropped. Settings are small: the limit is a mebibyte.
///
/// # Errors
///
/// If the file cannot be opened, is larger than that, or is not UTF-8.
pub fn read_configuration(path: &Path, id: &str) -> Result<String, ReadError> {
    let bytes = std::fs::read(path).map_err(|error| ReadError::io(id, error))?;
    if bytes.len() > CONFIGURATION_BYTES_MAX {
        return Err(ReadError::too_large(id, CONFIGURATION_BYTES_MAX as u64));
    }
    let text = String::from_utf8(bytes).map_err(|_| ReadError::binary(id))?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// Reads every document at `path`, a file or a folder with all its folders, sorted by path.
///
/// One that cannot be read is an error in its place and stops no other.
///
/// # Errors
///
/// If nothing lies at `path`, or it may not be opened.
pub fn read_path(path: &Path, config: &ReadConfig) -> Result<Readings, ReadError> {
    let Findings { found, diagnostics } = find(path)?;
    let mut readings = Readings { diagnostics, ..Readings::default() };
    for one in found {
        if one.kind == FoundKind::Document {
            readings.documents.push(read_at(&one.id, &one.path, config));
        } else {
            readings.others.push(one);
        }
    }
    if readings.documents.is_empty() && readings.others.is_empty() {
        let message = format!("{}: there is nothing in the folder that can be read", slashed(path));
        let cure = "add txt, md, html, pdf or docx files, or tables";
        readings.diagnostics.push(Diagnostic::new("read.nothing", Severity::Warning, message).hint(cure));
    }
    Ok(readings)
}

fn slashed(path: &Path) -> String {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' {
        text.into_owned()
    } else {
        text.replace(std::path::MAIN_SEPARATOR, "/")
    }
}
