//! The lists in `rules/en/tokens.toml`, read once.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

/// What the tokeniser and the sentence splitter know of English.
#[derive(Debug)]
pub(crate) struct Rules {
    abbreviations: FxHashMap<String, Abbreviation>,
    doubtful: FxHashSet<String>,
    openers: FxHashSet<String>,
    strong_openers: FxHashSet<String>,
    split: FxHashMap<String, usize>,
    prefixes: FxHashSet<String>,
    emoticons: FxHashSet<String>,
    units: FxHashSet<String>,
    domains: FxHashSet<String>,
}

/// How an abbreviation stands to the end of a sentence.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Abbreviation {
    /// "Gen.": a name follows.
    BeforeName,
    /// "No.": an abbreviation only before a number.
    BeforeNumber,
    /// "vs.": never ends a sentence.
    Inside,
    /// "Inc.": may end one.
    Either,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    abbreviations: AbbreviationLists,
    sentence: Openers,
    split: FxHashMap<String, usize>,
    hyphen: Hyphen,
    symbols: Symbols,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AbbreviationLists {
    before_name: Vec<String>,
    before_number: Vec<String>,
    inside: Vec<String>,
    either: Vec<String>,
    doubtful: FxHashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Openers {
    openers: FxHashSet<String>,
    strong_openers: FxHashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Hyphen {
    prefixes: FxHashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Symbols {
    emoticons: FxHashSet<String>,
    units: FxHashSet<String>,
    domains: FxHashSet<String>,
}

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../../../rules/en/tokens.toml"))
        .expect("the embedded rules are read by a test");
    Rules::from(file)
});

impl From<File> for Rules {
    fn from(file: File) -> Self {
        let lists = file.abbreviations;
        let mut abbreviations = FxHashMap::default();
        for (words, kind) in [
            (lists.before_name, Abbreviation::BeforeName),
            (lists.before_number, Abbreviation::BeforeNumber),
            (lists.inside, Abbreviation::Inside),
            (lists.either, Abbreviation::Either),
        ] {
            abbreviations.extend(words.into_iter().map(|word| (word, kind)));
        }
        Self {
            abbreviations,
            doubtful: lists.doubtful,
            openers: file.sentence.openers,
            strong_openers: file.sentence.strong_openers,
            split: file.split,
            prefixes: file.hyphen.prefixes,
            emoticons: file.symbols.emoticons,
            units: file.symbols.units,
            domains: file.symbols.domains,
        }
    }
}

/// Longest entry that any list holds, in bytes; longer words need no look-up.
const LONGEST: usize = 24;

impl Rules {
    pub(crate) fn english() -> &'static Self {
        &RULES
    }

    /// The kind of an abbreviation, given without its last full stop.
    pub(crate) fn abbreviation(&self, word: &str) -> Option<Abbreviation> {
        self.abbreviations.get(&*lower(word)?).copied()
    }

    /// Whether an abbreviation is an ordinary word too.
    pub(crate) fn is_doubtful(&self, word: &str) -> bool {
        lower(word).is_some_and(|word| self.doubtful.contains(&word))
    }

    pub(crate) fn is_opener(&self, word: &str) -> bool {
        lower(word).is_some_and(|word| self.openers.contains(&word))
    }

    pub(crate) fn is_strong_opener(&self, word: &str) -> bool {
        lower(word).is_some_and(|word| self.strong_openers.contains(&word))
    }

    /// Where the second word begins in two words written as one.
    pub(crate) fn split(&self, word: &str) -> Option<usize> {
        self.split.get(&*lower(word)?).copied()
    }

    pub(crate) fn is_prefix(&self, word: &str) -> bool {
        lower(word).is_some_and(|word| self.prefixes.contains(&word))
    }

    pub(crate) fn is_emoticon(&self, word: &str) -> bool {
        word.len() <= LONGEST && self.emoticons.contains(word)
    }

    pub(crate) fn is_unit(&self, word: &str) -> bool {
        lower(word).is_some_and(|word| self.units.contains(&word))
    }

    pub(crate) fn is_domain(&self, word: &str) -> bool {
        lower(word).is_some_and(|word| self.domains.contains(&word))
    }
}

fn lower(word: &str) -> Option<String> {
    (word.len() <= LONGEST && word.is_ascii()).then(|| word.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn embedded_rules_are_read() {
        let rules = Rules::english();
        assert_eq!(rules.abbreviation("Gen"), Some(Abbreviation::BeforeName));
        assert_eq!(rules.split("cannot"), Some(3));
    }

    #[test]
    fn splits_fall_inside_their_words() {
        for (word, at) in &Rules::english().split {
            assert!(*at > 0 && *at < word.len(), "{word}");
        }
    }
}
