//! The part of a file that has been received: it grows until it is whole, and outlives a broken connection.
//!
//! Bytes of two editions must not be joined. So a part is gone on with only where the server marked its edition (a strong
//! `ETag`, or `Last-Modified`), and the request then says that all is wanted if the edition has changed (`If-Range`).

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::FetchError;
use crate::receipt::{beside, disk};

/// The mark of the edition that a part belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Edition {
    address: String,
    mark: String,
}

/// A part on the disk.
pub(crate) struct Part {
    path: PathBuf,
    mark_path: PathBuf,
    edition: Option<Edition>,
    bytes: u64,
    open: Option<File>,
}

impl Part {
    /// The part of a file from this address; what is there of another address is not used.
    pub(crate) fn of(file: &Path, address: &str) -> Self {
        let (path, mark_path) = (beside(file, ".part"), beside(file, ".part.toml"));
        let edition: Option<Edition> =
            fs::read_to_string(&mark_path).ok().and_then(|text| toml::from_str(&text).ok());
        let edition = edition.filter(|edition| edition.address == address);
        let bytes = fs::metadata(&path).map_or(0, |found| found.len());
        let bytes = if edition.is_some() { bytes } else { 0 };
        Self { path, mark_path, edition, bytes, open: None }
    }

    /// Where it stands.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Bytes that are there and can be gone on with.
    pub(crate) const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The edition's mark, where there is something to go on with.
    pub(crate) fn mark(&self) -> Option<&str> {
        self.edition.as_ref().map(|edition| edition.mark.as_str()).filter(|_| self.bytes > 0)
    }

    /// Begins anew, with the edition's mark where the server gives one.
    pub(crate) fn begin(&mut self, address: &str, mark: Option<&str>) -> Result<(), FetchError> {
        self.bytes = 0;
        self.edition = mark.map(|mark| Edition { address: address.to_owned(), mark: mark.to_owned() });
        self.open = Some(File::create(&self.path).map_err(disk(&self.path))?);
        match &self.edition {
            Some(edition) => {
                let text = toml::to_string(edition).expect("an edition has plain values only");
                fs::write(&self.mark_path, text).map_err(disk(&self.mark_path))
            }
            None => remove(&self.mark_path),
        }
    }

    /// Goes on where it ends.
    pub(crate) fn go_on(&mut self) -> Result<(), FetchError> {
        let open = OpenOptions::new().append(true).open(&self.path);
        self.open = Some(open.map_err(disk(&self.path))?);
        Ok(())
    }

    /// Adds what was received.
    pub(crate) fn add(&mut self, received: &[u8]) -> Result<(), FetchError> {
        let open = self.open.as_mut().expect("a part is begun or gone on with before it grows");
        open.write_all(received).map_err(disk(&self.path))?;
        self.bytes += received.len() as u64;
        Ok(())
    }

    /// Leaves nothing behind.
    pub(crate) fn discard(mut self) -> Result<(), FetchError> {
        self.open = None;
        remove(&self.path)?;
        remove(&self.mark_path)
    }

    /// Moves the whole to its place.
    pub(crate) fn finish(mut self, file: &Path) -> Result<(), FetchError> {
        if let Some(open) = self.open.take() {
            open.sync_all().map_err(disk(&self.path))?;
        }
        fs::rename(&self.path, file).map_err(disk(file))?;
        remove(&self.mark_path)
    }
}

fn remove(path: &Path) -> Result<(), FetchError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(disk(path)(error)),
        _ => Ok(()),
    }
}
