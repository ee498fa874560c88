//! What is written down beside a fetched file: `NAME.receipt.toml`.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::FetchError;

/// What was fetched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The data set's key.
    pub key: String,
    /// Its version.
    pub version: String,
    /// The address it came from.
    pub address: String,
    /// Bytes.
    pub bytes: u64,
    /// SHA-256, lower-case hexadecimal.
    pub sha256: String,
}

impl Receipt {
    /// Where the receipt of a file stands.
    #[must_use]
    pub fn path_of(file: &Path) -> PathBuf {
        beside(file, ".receipt.toml")
    }

    /// The receipt of a file; `None` where there is none, or none that can be read.
    #[must_use]
    pub fn of(file: &Path) -> Option<Self> {
        toml::from_str(&fs::read_to_string(Self::path_of(file)).ok()?).ok()
    }

    pub(crate) fn write(&self, file: &Path) -> Result<(), FetchError> {
        let path = Self::path_of(file);
        let text = toml::to_string(self).expect("a receipt has plain values only");
        fs::write(&path, text).map_err(disk(&path))
    }
}

/// The file of that ending beside a file.
pub(crate) fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// An error of the disk, with its file.
pub(crate) fn disk(file: &Path) -> impl FnOnce(io::Error) -> FetchError {
    let file = file.display().to_string();
    move |cause| FetchError::Disk { file, cause }
}

/// A file's size and checksum.
pub(crate) fn sum(file: &Path) -> io::Result<(u64, String)> {
    let mut open = fs::File::open(file)?;
    let (mut bytes, mut hash) = (0, Sha256::new());
    let mut buffer = vec![0; 1 << 16];
    loop {
        match open.read(&mut buffer)? {
            0 => return Ok((bytes, hexadecimal(&hash.finalize()))),
            count => {
                bytes += count as u64;
                hash.update(&buffer[..count]);
            }
        }
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
