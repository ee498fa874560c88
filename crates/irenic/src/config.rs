//! `conflict.toml`: what a person knows of a conflict and its sources beforehand.
//!
//! Everything in it is optional, and so is the file: without it the program works the parties out.
//!
//! ```toml
//! name = "Examplia"
//! ucdp = 999                     # UCDP's conflict number, to pick rows of tables
//!
//! [[party]]
//! name = "Government of Examplia"
//! aliases = ["Example City"]
//! side = "government"            # a side is any word; parties with the same word stand together
//! country = "EXA"
//!
//! [[place]]
//! names = ["Northton", "Norburg"]   # two names for one place: both are shown
//!
//! [[source]]
//! file = "statement.txt"
//! publisher = "Ministry of Examples"
//! side = "government"
//! date = "2024-05-01"
//!
//! [[source]]
//! file = "incidents.csv"         # a table: its date tells --known-by whether it was known
//! date = "2024-06-30"
//!
//! [source.mapping]               # what its columns mean, where it is of no known data set
//! name = "Our monitoring"
//! date = "day"
//! actors = ["perpetrator", "target"]
//! class = "type"
//! best = "killed"
//!
//! [[source.mapping.shows]]       # what its classes show of a stage
//! class = "attack"
//! shows = "clash-sporadic"
//! ```

use irenic_model::jiff::civil::Date;
use irenic_model::{Diagnostic, Document, Severity};
use irenic_records::Mapping;
use serde::Deserialize;

/// The file's name in a dossier's folder.
pub const CONFIG_FILE: &str = "conflict.toml";

/// What `conflict.toml` says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConflictConfig {
    /// The conflict's name, as the report's title has it.
    pub name: Option<String>,
    /// UCDP's conflict number, to pick rows of tables.
    pub ucdp: Option<u32>,
    /// The parties.
    #[serde(default, rename = "party")]
    pub parties: Vec<PartyConfig>,
    /// Places with more than one name.
    #[serde(default, rename = "place")]
    pub places: Vec<PlaceConfig>,
    /// What is known of sources.
    #[serde(default, rename = "source")]
    pub sources: Vec<SourceConfig>,
}

/// A party that a person names.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartyConfig {
    /// Its name.
    pub name: String,
    /// Other names that the sources use for it.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Its side; its own name where none is given.
    pub side: Option<String>,
    /// ISO 3166 alpha-3 code of its country.
    pub country: Option<String>,
}

impl PartyConfig {
    /// The side's name.
    #[must_use]
    pub fn side(&self) -> &str {
        self.side.as_deref().unwrap_or(&self.name)
    }
}

/// A place with more than one name.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceConfig {
    /// Its names; the report shows them all, in this order.
    pub names: Vec<String>,
}

/// What is known of a source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceConfig {
    /// The file, relative to the folder, with `/`.
    pub file: String,
    /// Its title.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// When, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// The side that speaks through it.
    pub side: Option<String>,
    /// What its columns mean, where it is a table of events of no known data set.
    pub mapping: Option<Mapping>,
}

/// Why `conflict.toml` could not be read.
#[derive(Debug, thiserror::Error)]
#[error("{path}: is not used until this is mended: {message}")]
pub struct ConfigError {
    /// The file.
    path: String,
    /// The line, the column and what is wrong there.
    message: String,
}

impl ConflictConfig {
    /// Reads the file's text; `path` is for the message.
    ///
    /// # Errors
    ///
    /// If the text is not TOML, or names a key that there is not: the message has line and column.
    ///
    /// ```
    /// use irenic::ConflictConfig;
    /// let config = ConflictConfig::parse("name = \"Examplia\"", "conflict.toml").unwrap();
    /// assert_eq!(config.name.as_deref(), Some("Examplia"));
    /// assert!(ConflictConfig::parse("naem = 3", "conflict.toml").is_err());
    /// ```
    pub fn parse(text: &str, path: &str) -> Result<Self, ConfigError> {
        toml::from_str(text).map_err(|error| ConfigError {
            path: path.to_owned(),
            message: error.to_string().trim_end().to_owned(),
        })
    }

    /// What is said of a source, by its file.
    #[must_use]
    pub fn source_of(&self, file: &str) -> Option<&SourceConfig> {
        self.sources.iter().find(|source| source.file == file)
    }

    /// When a source was published, where that is said and is a date.
    #[must_use]
    pub fn published(&self, file: &str) -> Option<Date> {
        self.source_of(file)?.date.as_ref()?.parse().ok()
    }

    /// Sets in the document's source what the configuration knows of it: a person's word goes before the file's own.
    pub fn apply(&self, document: &mut Document) {
        let Some(known) = self.source_of(&document.source.id) else { return };
        let source = &mut document.source;
        replace(&mut source.title, known.title.as_ref());
        replace(&mut source.publisher, known.publisher.as_ref());
        replace(&mut source.author, known.author.as_ref());
        replace(&mut source.address, known.url.as_ref());
        replace(&mut source.side, known.side.as_ref());
        source.published = self.published(&known.file).or(source.published);
        document.diagnostics.extend(known.wrong_date());
    }

    /// The side to which `name` belongs by a party's name or alias.
    #[must_use]
    pub fn side_of(&self, name: &str) -> Option<&str> {
        self.parties
            .iter()
            .find(|party| party.name == name || party.aliases.iter().any(|alias| alias == name))
            .map(PartyConfig::side)
    }
}

impl SourceConfig {
    /// What is wrong with its date.
    pub(crate) fn wrong_date(&self) -> Option<Diagnostic> {
        let date = self.date.as_ref().filter(|date| date.parse::<Date>().is_err())?;
        let said = format!("{CONFIG_FILE}: the date {date:?} of {} is not a date", self.file);
        Some(Diagnostic::new("config.date", Severity::Warning, said).hint("write it as YYYY-MM-DD"))
    }
}

fn replace(slot: &mut Option<String>, known: Option<&String>) {
    if let Some(known) = known {
        *slot = Some(known.clone());
    }
}

#[cfg(test)]
mod tests {
    use irenic_model::Source;

    use super::*;

    fn document(id: &str) -> Document {
        Document {
            source: Source::new(id, b""),
            text: String::new(),
            blocks: vec![],
            links: vec![],
            diagnostics: vec![],
        }
    }

    #[test]
    fn a_persons_word_goes_before_the_files_own() {
        let config = ConflictConfig::parse(
            "[[source]]\nfile = \"a.md\"\nside = \"north\"\ndate = \"2024-05-01\"\n",
            "c",
        )
        .unwrap();
        let mut named = document("a.md");
        named.source.side = Some("south".to_owned());
        config.apply(&mut named);
        assert_eq!(named.source.side.as_deref(), Some("north"));
        assert_eq!(named.source.published, Some(Date::constant(2024, 5, 1)));
        let mut other = document("b.md");
        config.apply(&mut other);
        assert_eq!(other, document("b.md"));
    }

    #[test]
    fn a_bad_date_is_a_diagnostic() {
        let config =
            ConflictConfig::parse("[[source]]\nfile = \"a.md\"\ndate = \"May 2024\"\n", "c").unwrap();
        let mut named = document("a.md");
        config.apply(&mut named);
        assert_eq!(named.source.published, None);
        assert_eq!(named.diagnostics[0].code, "config.date");
    }

    #[test]
    fn an_error_names_file_and_line() {
        let error = ConflictConfig::parse("name = \"x\"\nnaem = 3\n", "folder/conflict.toml")
            .unwrap_err()
            .to_string();
        assert!(error.starts_with("folder/conflict.toml: ") && error.contains("line 2"), "{error}");
    }
}
