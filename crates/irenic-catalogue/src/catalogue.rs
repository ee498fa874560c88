//! The catalogue: what is known of each data set, as data.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::CatalogueError;

/// The form of a data set's file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DataFormat {
    /// Comma- or tab-separated values, which Irenic reads.
    Csv,
    /// A zip of one such table, which Irenic reads.
    Zip,
    /// A workbook, to be saved as CSV first.
    Xlsx,
}

impl DataFormat {
    /// The form in a word.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Zip => "zip",
            Self::Xlsx => "xlsx",
        }
    }
}

/// A data set.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The name on the command line.
    pub key: String,
    /// The name for people.
    pub title: String,
    /// Who publishes it.
    pub publisher: String,
    /// The licence, or where it is to be asked for.
    pub licence: String,
    /// How it is cited.
    pub citation: String,
    /// The publisher's page.
    pub page: String,
    /// The version.
    pub version: String,
    /// The file's name in the data folder: one name, without folders.
    pub file: String,
    /// The file's form.
    pub format: DataFormat,
    /// What is downloaded; none where the publisher's page has to be used.
    pub address: Option<String>,
    /// What to do where there is no address.
    pub how: Option<String>,
    /// The size, where it is sure.
    pub bytes: Option<u64>,
    /// The checksum (SHA-256, lower-case hexadecimal), where it is sure.
    pub sha256: Option<String>,
    /// More bytes than this are refused.
    pub bytes_max: u64,
}

/// All data sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Catalogue {
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    data_set: Vec<Entry>,
}

impl Catalogue {
    /// The catalogue that ships: `models/catalogue/data-sets.toml`.
    #[must_use]
    pub fn built_in() -> Self {
        Self::from_toml(include_str!("../../../models/catalogue/data-sets.toml"))
            .expect("the catalogue that ships is read by a test")
    }

    /// A catalogue written in TOML, as the one that ships.
    ///
    /// # Errors
    ///
    /// If the text is not TOML, lacks a value, has a key or file twice, or a file's name leads out of the data folder.
    ///
    /// ```
    /// use irenic_catalogue::Catalogue;
    /// let text = "[[data_set]]\nkey = 'a'\ntitle = 'A'\npublisher = 'P'\nlicence = 'L'\ncitation = 'C'\n\
    ///             page = 'https://example.org/'\nversion = '1'\nformat = 'csv'\nbytes_max = 10\nhow = 'ask'\n";
    /// assert!(Catalogue::from_toml(&format!("{text}file = 'a.csv'\n")).is_ok());
    /// let outside = Catalogue::from_toml(&format!("{text}file = '../a.csv'\n")).unwrap_err();
    /// assert!(outside.to_string().contains("../a.csv"));
    /// ```
    pub fn from_toml(text: &str) -> Result<Self, CatalogueError> {
        let file: File = toml::from_str(text)?;
        let mut seen = BTreeSet::new();
        for entry in &file.data_set {
            if !seen.insert(&entry.key) || !seen.insert(&entry.file) {
                return Err(CatalogueError::Entry(format!("{} stands twice", entry.key)));
            }
            let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
            if entry.file.starts_with('.') || !entry.file.chars().all(plain) {
                return Err(CatalogueError::Entry(format!("{} is no plain file name", entry.file)));
            }
            if entry.address.is_none() && entry.how.is_none() {
                return Err(CatalogueError::Entry(format!("{} has neither an address nor how", entry.key)));
            }
        }
        Ok(Self { entries: file.data_set })
    }

    /// The data sets, in the catalogue's order.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The data set of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ships_is_whole() {
        let catalogue = Catalogue::built_in();
        assert!(catalogue.entries().len() > 10);
        for entry in catalogue.entries() {
            assert!(entry.page.starts_with("https://"), "{}", entry.key);
            let secure = |address: &String| address.starts_with("https://");
            assert!(entry.address.as_ref().is_none_or(secure), "{}", entry.key);
            let hexadecimal =
                |sum: &String| sum.len() == 64 && sum.bytes().all(|b| b"0123456789abcdef".contains(&b));
            assert!(entry.sha256.as_ref().is_none_or(hexadecimal), "{}", entry.key);
        }
    }

    #[test]
    fn a_key_stands_once() {
        let one = "[[data_set]]\nkey = 'a'\ntitle = 'A'\npublisher = 'P'\nlicence = 'L'\ncitation = 'C'\n\
                   page = 'https://example.org/'\nversion = '1'\nfile = 'a.csv'\nformat = 'csv'\nbytes_max = 10\n\
                   how = 'ask'\n";
        assert!(Catalogue::from_toml(&format!("{one}{one}")).is_err());
        assert!(Catalogue::from_toml(&one.replace("how = 'ask'\n", "")).is_err(), "no way to get it");
    }
}
