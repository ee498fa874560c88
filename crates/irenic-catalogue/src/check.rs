//! What of the catalogue lies in the data folder, whether it is as it was fetched, and whether Irenic reads it.

use std::path::{Path, PathBuf};

use irenic_records::Table;

use crate::receipt::sum;
use crate::{DataFormat, Entry, Receipt};

/// How a file in the data folder stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is not there.
    Missing,
    /// It is as it was fetched, or as the catalogue has it.
    Whole,
    /// It is there, and there is no checksum to hold it against: it was not fetched by this program.
    Unknown,
    /// Its size or checksum is not what was fetched, or not the catalogue's.
    Changed,
    /// It cannot be read.
    Unreadable,
}

impl Standing {
    /// The standing in a word.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Whole => "whole",
            Self::Unknown => "unknown",
            Self::Changed => "changed",
            Self::Unreadable => "unreadable",
        }
    }
}

/// What was found of a data set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// The file.
    pub file: PathBuf,
    /// How it stands.
    pub standing: Standing,
    /// Its size and checksum, where it could be read.
    pub sum: Option<(u64, String)>,
    /// The data set that Irenic's readers take it for, and its version; none where they do not know it.
    pub read_as: Option<(&'static str, Option<String>)>,
    /// What is wrong, in words.
    pub trouble: Option<String>,
}

/// Checks one data set in a folder.
///
/// ```
/// use irenic_catalogue::{Catalogue, Standing, check};
/// let catalogue = Catalogue::built_in();
/// let nowhere = std::path::Path::new("/nonexistent");
/// assert_eq!(check(&catalogue.entries()[0], nowhere).standing, Standing::Missing);
/// ```
#[must_use]
pub fn check(entry: &Entry, folder: &Path) -> Checked {
    let file = folder.join(&entry.file);
    let mut checked = Checked { file, standing: Standing::Missing, sum: None, read_as: None, trouble: None };
    if !checked.file.exists() {
        return checked;
    }
    let found = match sum(&checked.file) {
        Ok(found) => found,
        Err(error) => {
            checked.standing = Standing::Unreadable;
            checked.trouble = Some(error.to_string());
            return checked;
        }
    };
    let receipt = Receipt::of(&checked.file).map(|receipt| (Some(receipt.bytes), receipt.sha256));
    let expected = entry.sha256.clone().map(|sum| (entry.bytes, sum)).or(receipt);
    (checked.standing, checked.trouble) = match expected {
        None => (Standing::Unknown, None),
        Some((bytes, sum)) if bytes.is_none_or(|bytes| bytes == found.0) && sum == found.1 => {
            (Standing::Whole, None)
        }
        Some((_, sum)) => (Standing::Changed, Some(format!("its checksum was {sum}"))),
    };
    checked.sum = Some(found);
    if entry.format == DataFormat::Xlsx {
        let save = "a workbook: save it as CSV for Irenic to read it".to_owned();
        checked.trouble = checked.trouble.or(Some(save));
        return checked;
    }
    match Table::open(&checked.file) {
        Ok(table) => {
            let version = table.version().map(str::to_owned);
            checked.read_as = table.data_set().map(|set| (set.title(), version));
        }
        Err(error) => checked.trouble = checked.trouble.or(Some(error.to_string())),
    }
    checked
}
