//! The gazetteer: names of countries, peoples, places and organisations, with the country of each.
//!
//! One finite state transducer maps every folded name to its senses and to what else is known of the words: that it is
//! an everyday English word, a given name, a surname. It is built by `cargo xtask gazetteer` and embedded; reading it
//! costs nothing, since nothing is unpacked. `models/gazetteer/README.md` says where the names come from.

mod coordinates;
pub mod fold;
mod format;

use std::sync::OnceLock;

use fst::raw::Output;

pub use coordinates::{Coordinates, encode_coordinates};
pub use format::encode;
pub use format::{EntryKind, FormatError, WordFlags};
use format::{Sections, sections};

static EMBEDDED: &[u8] =
    include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../models/gazetteer/gazetteer.bin"));

/// Names to what they name.
///
/// ```
/// use irenic_language::mentions::{EntryKind, Gazetteer};
/// let gazetteer = Gazetteer::embedded();
/// assert_eq!(gazetteer.country_of("Bolivian"), Some("BOL"));
/// assert_eq!(gazetteer.country_of("Burma"), Some("MMR"));
/// let paris = gazetteer.find("PARIS").expect("a capital");
/// assert_eq!(paris.senses().next().map(|sense| sense.kind), Some(EntryKind::Capital));
/// ```
#[derive(Clone, Copy)]
pub struct Gazetteer {
    sections: Sections<'static>,
}

/// What the gazetteer knows of one name.
#[derive(Clone, Copy)]
pub struct Entry {
    gazetteer: Gazetteer,
    value: u64,
}

/// One thing that a name can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sense {
    /// Identity: two names with a sense of the same `id` name the same thing.
    pub id: u32,
    /// What it is.
    pub kind: EntryKind,
    /// The gazetteer's preferred name.
    pub name: &'static str,
    /// ISO 3166 alpha-3 code.
    pub country: Option<&'static str>,
    /// Binary logarithm of the population, 0 where it has none.
    pub weight: u8,
}

/// A name that begins at a given place of a text.
#[derive(Clone, Copy)]
pub struct Match {
    /// Offset after the name's last byte.
    pub end: usize,
    /// What is known of it.
    pub entry: Entry,
}

impl Sense {
    /// Where it lies: a city by its own point, a division by the middle of its cities; to about half a kilometre.
    ///
    /// ```
    /// use irenic_language::mentions::Gazetteer;
    /// let lima = Gazetteer::embedded().find("Lima").and_then(|entry| entry.first()).expect("a capital");
    /// let point = lima.coordinates().expect("a city has a point");
    /// assert!((point.latitude + 12.04).abs() < 0.1 && (point.longitude + 77.03).abs() < 0.1);
    /// ```
    #[must_use]
    pub fn coordinates(&self) -> Option<Coordinates> {
        coordinates::of(self.id)
    }
}

impl std::fmt::Debug for Gazetteer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Gazetteer").field("names", &self.sections.names.len()).finish_non_exhaustive()
    }
}

impl Gazetteer {
    /// The gazetteer that is built in.
    #[must_use]
    pub fn embedded() -> Self {
        static LOADED: OnceLock<Gazetteer> = OnceLock::new();
        *LOADED.get_or_init(|| Self::from_bytes(EMBEDDED).expect("a test reads the embedded gazetteer"))
    }

    /// Reads a gazetteer as `cargo xtask gazetteer` writes it.
    ///
    /// # Errors
    ///
    /// If the bytes are not such a file.
    pub fn from_bytes(bytes: &'static [u8]) -> Result<Self, FormatError> {
        Ok(Self { sections: sections(bytes)? })
    }

    /// What is known of a name, whatever its case, accents, apostrophes and hyphens.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<Entry> {
        let value = self.sections.names.get(fold::folded(name))?;
        Some(Entry { gazetteer: *self, value })
    }

    /// Every name that begins at `start` and ends where a word ends, shortest first.
    ///
    /// The time is bounded by the longest name of the gazetteer, not by the text.
    #[must_use]
    pub fn matches_at(&self, text: &str, start: usize) -> Vec<Match> {
        let mut found = Vec::new();
        let Some(rest) = text.get(start..) else { return found };
        let fst = self.sections.names.as_fst();
        let mut node = fst.root();
        let mut output = Output::zero();
        let mut folder = fold::Folder::default();
        let mut chars = rest.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            for byte in folder.push(c) {
                let Some(next) = node.find_input(byte) else { return found };
                let transition = node.transition(next);
                output = output.cat(transition.out);
                node = fst.node(transition.addr);
            }
            let word_goes_on = chars.peek().is_some_and(|(_, next)| next.is_alphanumeric());
            if node.is_final() && !word_goes_on && c.is_alphanumeric() | (c == '.') {
                let value = output.cat(node.final_output()).value();
                found
                    .push(Match { end: start + at + c.len_utf8(), entry: Entry { gazetteer: *self, value } });
            }
        }
        found
    }

    /// The country that a name stands for or belongs to: a country's own name, its adjective, its people, its capital
    /// and other cities, its bodies. Of several senses the first one answers.
    #[must_use]
    pub fn country_of(&self, name: &str) -> Option<&'static str> {
        self.find(name)?.senses().find_map(|sense| sense.country)
    }

    /// The country of the first people or state that a phrase names, else of the first other name in it.
    ///
    /// ```
    /// use irenic_language::mentions::Gazetteer;
    /// let gazetteer = Gazetteer::embedded();
    /// assert_eq!(gazetteer.country_in("the Bolivian interior minister"), Some("BOL"));
    /// assert_eq!(gazetteer.country_in("police in Bogota"), Some("COL"));
    /// assert_eq!(gazetteer.country_in("us and them"), None);
    /// ```
    #[must_use]
    pub fn country_in(&self, phrase: &str) -> Option<&'static str> {
        let mut other = None;
        let mut at = 0;
        let capital = |word: &str| word.starts_with(char::is_uppercase);
        while let Some(start) = phrase[at..].find(char::is_alphanumeric).map(|skip| at + skip) {
            let rest = &phrase[start..];
            let word_end = start + rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
            let named = |found: &&Match| found.entry.first().is_some_and(|sense| sense.country.is_some());
            let matches = if capital(rest) { self.matches_at(phrase, start) } else { Vec::new() };
            at = word_end;
            let Some(longest) = matches.iter().rev().find(named) else { continue };
            at = longest.end.max(word_end);
            let shouted = phrase[start..longest.end].chars().filter(|c| c.is_uppercase()).count() > 1;
            let everyday = longest.entry.flags().common_word() && !shouted;
            let Some(sense) = longest.entry.first().filter(|_| !everyday) else { continue };
            if sense.kind <= EntryKind::People {
                return sense.country;
            }
            other = other.or(sense.country);
        }
        other
    }

    /// Whether two names name the same thing: "Rangoon" and "Yangon".
    #[must_use]
    pub fn same(&self, one: &str, other: &str) -> bool {
        let (Some(one), Some(other)) = (self.find(one), self.find(other)) else { return false };
        one.senses().any(|a| other.senses().any(|b| a.id == b.id))
    }
}

impl Entry {
    /// The senses, the likeliest first: countries before peoples before organisations before places, and the larger
    /// place before the smaller.
    pub fn senses(&self) -> impl Iterator<Item = Sense> + use<> {
        let (sections, value) = (self.gazetteer.sections, self.value);
        format::sense_ids(sections, value).filter_map(move |id| {
            let record = format::record(sections, id)?;
            Some(Sense {
                id,
                kind: record.kind,
                name: record.name,
                country: record.country,
                weight: record.weight,
            })
        })
    }

    /// The likeliest sense, `None` for a word that names nothing.
    #[must_use]
    pub fn first(&self) -> Option<Sense> {
        self.senses().next()
    }

    /// What is known of the words themselves.
    #[must_use]
    pub const fn flags(&self) -> WordFlags {
        WordFlags::from_bits(self.value as u8)
    }
}

impl std::fmt::Debug for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Entry").field("flags", &self.flags()).field("first", &self.first()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_any_spelling() {
        let gazetteer = Gazetteer::embedded();
        for (name, country) in [
            ("Cote d’Ivoire", "CIV"),
            ("Côte d'Ivoire", "CIV"),
            ("SOVIET UNION", "RUS"),
            ("Zaire", "COD"),
            ("Palestinians", "PSE"),
            ("U.S.", "USA"),
            ("São Paulo", "BRA"),
            ("Port-au-Prince", "HTI"),
            ("Gothenburg", "SWE"),
            ("Bombay", "IND"),
            ("Bavaria", "DEU"),
        ] {
            assert_eq!(gazetteer.country_of(name), Some(country), "{name}");
        }
        assert!(gazetteer.find("Nowhereatall").is_none());
        assert!(gazetteer.same("Rangoon", "Yangon"));
        assert!(!gazetteer.same("Rangoon", "Mandalay"));
    }

    #[test]
    fn longest_of_several() {
        let text = "The United Nations Security Council met in New York.";
        let ends: Vec<_> = Gazetteer::embedded()
            .matches_at(text, 4)
            .into_iter()
            .filter(|found| found.entry.first().is_some())
            .map(|found| &text[4..found.end])
            .collect();
        assert_eq!(ends, ["United Nations", "United Nations Security Council"]);
        assert!(Gazetteer::embedded().matches_at(text, text.len()).is_empty());
    }

    #[test]
    fn everyday_words_and_names_are_flagged() {
        let flags = |word| Gazetteer::embedded().find(word).map(|entry| entry.flags()).unwrap_or_default();
        assert!(flags("reading").common_word());
        assert!(flags("village").common_word());
        assert!(flags("Fatima").given_name());
        assert!(!flags("Fatima").common_word());
        assert!(flags("Johnson").surname());
    }
}
