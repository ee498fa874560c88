//! The archive that a DOCX is: its parts by name, unpacked within bounds.

use std::io::{Cursor, Read as _};

use irenic_model::{Diagnostic, Severity};
use zip::ZipArchive;
use zip::result::ZipError;

use crate::{ReadConfig, ReadError};

/// The first bytes of an OLE container: what an encrypted DOCX and an old DOC are.
const OLE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// The name, in UTF-16, of the stream that holds an encrypted DOCX.
const ENCRYPTED: &str = "EncryptedPackage";

/// Archives smaller than this when unpacked are no bombs, whatever their ratio.
const SMALL_BYTES: u64 = 1 << 20;

/// The parts of one DOCX.
pub(super) struct Package<'b> {
    file: String,
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// How many bytes may still be unpacked.
    left: u64,
    bytes_max: u64,
}

impl<'b> Package<'b> {
    pub(super) fn open(file: &str, bytes: &'b [u8], config: &ReadConfig) -> Result<Self, ReadError> {
        if bytes.starts_with(OLE) {
            return Err(ole_error(file, bytes));
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(file, error))?;
        let by_ratio = (bytes.len() as u64).saturating_mul(config.unpack_ratio_max).max(SMALL_BYTES);
        let bytes_max = config.unpacked_bytes_max.min(by_ratio);
        Ok(Self { file: file.to_owned(), archive, left: bytes_max, bytes_max })
    }

    /// Entries whose paths lead out of the archive: they are never read, and their presence is worth a warning.
    pub(super) fn suspects(&mut self) -> Vec<Diagnostic> {
        let names: Vec<String> = self
            .archive
            .file_names()
            .map(|name| name.map(|name| name.to_string()).unwrap_or_default())
            .collect();
        let leads_out = |name: &&String| {
            name.starts_with(['/', '\\']) || name.split(['/', '\\']).any(|part| part == "..")
        };
        let mut suspects: Vec<_> = names.iter().filter(leads_out).collect();
        suspects.sort();
        let warning = |name: &String| {
            let message = format!(
                "the archive holds \u{201c}{name}\u{201d}, whose path leads out of it; it was ignored"
            );
            Diagnostic::new("read.archive-path", Severity::Warning, message)
                .hint("do not unpack this file by hand")
        };
        suspects.into_iter().map(warning).collect()
    }

    /// The text of a part; `None` where the archive has no such part.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        let entry = match self.archive.by_name(name) {
            Ok(entry) => entry,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(damaged(&self.file, error)),
        };
        if entry.encrypted() {
            return Err(ReadError::encrypted(&self.file));
        }
        if entry.size() > self.left {
            return Err(ReadError::bomb(&self.file, self.bytes_max));
        }
        let mut bytes = Vec::new();
        // The declared size may lie: what is unpacked is counted.
        let read = entry.take(self.left.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| {
            ReadError::damaged(&self.file, "DOCX", format!("{name} does not unpack: {error}"))
        })?;
        if read as u64 > self.left {
            return Err(ReadError::bomb(&self.file, self.bytes_max));
        }
        self.left -= read as u64;
        let (text, _) = crate::encoding::decode(&self.file, bytes.into())?;
        Ok(Some(text))
    }
}

fn damaged(file: &str, error: ZipError) -> ReadError {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            ReadError::encrypted(file)
        }
        error => ReadError::damaged(file, "DOCX", error),
    }
}

fn ole_error(file: &str, bytes: &[u8]) -> ReadError {
    let name: Vec<u8> = ENCRYPTED.encode_utf16().flat_map(u16::to_le_bytes).collect();
    if bytes.windows(name.len()).any(|window| window == name) {
        return ReadError::encrypted(file);
    }
    ReadError::damaged(file, "DOCX", "it is in Word's format from before 2007; save it as DOCX")
}
