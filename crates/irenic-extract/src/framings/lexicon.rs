//! The words of framings as data: `rules/en/framings.toml`.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../../../rules/en/framings.toml"))
        .expect("a test reads the rules that are built in");
    Lexicon::new(file)
});

/// Everything the recogniser knows.
pub(super) struct Lexicon {
    pub(super) so_called: HashSet<String>,
    pub(super) alleged: HashSet<String>,
    pub(super) quoted_words_max: usize,
    pub(super) not_after: HashSet<String>,
    /// Loaded terms of one word, by base form, with the entry they belong to.
    pub(super) loaded: HashMap<String, usize>,
    /// Loaded terms of two words: the second's base form, by the first's.
    pub(super) pairs: HashMap<String, Vec<(String, usize)>>,
    pub(super) entries: Vec<Entry>,
    pub(super) naming: HashSet<String>,
    pub(super) with_as: HashSet<String>,
    pub(super) accusing: HashSet<String>,
    #[cfg(test)]
    pub(super) examples: Vec<String>,
    #[cfg(test)]
    pub(super) counters: Vec<String>,
    #[cfg(test)]
    pub(super) naming_examples: (Vec<String>, Vec<String>),
}

/// The conditions on a group of loaded terms.
pub(super) struct Entry {
    /// Words in the phrase with which the term means something else.
    pub(super) not_with: HashSet<String>,
}

impl Lexicon {
    pub(super) fn english() -> &'static Self {
        &ENGLISH
    }

    fn new(file: File) -> Self {
        let set = |words: &[String]| words.iter().cloned().collect::<HashSet<_>>();
        let mut so_called = set(&file.so_called.words);
        so_called.extend(file.so_called.phrases.iter().map(|phrase| phrase.replace(' ', "-")));
        let mut loaded = HashMap::new();
        let mut pairs: HashMap<String, Vec<(String, usize)>> = HashMap::new();
        let mut entries = Vec::new();
        for group in &file.loaded {
            for term in group.terms.split_whitespace() {
                match term.split_once('_') {
                    Some((first, second)) => {
                        let second = second.replace('_', " ");
                        pairs.entry(first.to_owned()).or_default().push((second, entries.len()));
                    }
                    None => {
                        loaded.insert(term.to_owned(), entries.len());
                    }
                }
            }
            let barred = [&group.not_of, &group.not_before, &group.not_with];
            let not_with = barred.into_iter().flat_map(|words| words.split_whitespace()).map(str::to_owned);
            entries.push(Entry { not_with: not_with.collect() });
        }
        Self {
            so_called,
            alleged: set(&file.alleged.words),
            quoted_words_max: file.scare_quotes.words_max,
            not_after: set(&file.scare_quotes.not_after),
            loaded,
            pairs,
            entries,
            naming: set(&file.naming.verbs),
            with_as: set(&file.naming.with_as),
            accusing: set(&file.naming.accusing),
            #[cfg(test)]
            examples: file
                .loaded
                .iter()
                .flat_map(|group| group.examples.clone())
                .chain(file.so_called.examples)
                .chain(file.alleged.examples)
                .chain(file.scare_quotes.examples)
                .collect(),
            #[cfg(test)]
            counters: file
                .loaded
                .iter()
                .flat_map(|group| group.counters.clone())
                .chain(file.so_called.counters)
                .chain(file.alleged.counters)
                .chain(file.scare_quotes.counters)
                .collect(),
            #[cfg(test)]
            naming_examples: (file.naming.examples, file.naming.counters),
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct File {
    so_called: Marks,
    alleged: Marks,
    scare_quotes: Quotes,
    loaded: Vec<Group>,
    naming: Naming,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Marks {
    words: Vec<String>,
    #[serde(default)]
    phrases: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "examples are read by the tests"))]
    examples: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "examples are read by the tests"))]
    counters: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Quotes {
    words_max: usize,
    not_after: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "examples are read by the tests"))]
    examples: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "examples are read by the tests"))]
    counters: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    /// For people: what the thing is in words that take no side.
    #[serde(rename = "names")]
    _names: String,
    terms: String,
    #[serde(default)]
    not_of: String,
    #[serde(default)]
    not_before: String,
    #[serde(default)]
    not_with: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "examples are read by the tests"))]
    examples: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "examples are read by the tests"))]
    counters: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Naming {
    verbs: Vec<String>,
    with_as: Vec<String>,
    accusing: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "examples are read by the tests"))]
    examples: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "examples are read by the tests"))]
    counters: Vec<String>,
}
