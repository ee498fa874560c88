//! What rule files of frames share: lists of lemmas, the index from words to the frames that they name, and verbs' forms.
//!
//! Both kinds of frames are read by it: those of events, and those with places of their own (control, negotiations). A
//! pattern with a hyphen ("power-sharing") is matched whole where the text's tokens part it; `Tree::compound` joins them.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use irenic_language::Upos;
use rustc_hash::FxHashMap;

/// A set of lemmas.
pub(crate) type Words = HashSet<&'static str>;

/// Lists of lemmas by name.
pub(crate) type Lists = HashMap<String, Words>;

/// A frame's number, and the particle or noun that must follow its word: "turn_down".
#[derive(Clone, Copy, Debug)]
pub(crate) struct Key {
    pub(crate) frame: usize,
    pub(crate) next: Option<&'static str>,
}

/// The words that name a frame, as rule files write them.
pub(crate) struct Named<'r> {
    pub(crate) verbs: &'r str,
    pub(crate) nouns: &'r str,
    pub(crate) adjectives: &'r str,
}

/// Frames by the lemmas of the words that name them.
#[derive(Debug, Default)]
pub(crate) struct Index {
    verbs: FxHashMap<&'static str, Vec<Key>>,
    nouns: FxHashMap<&'static str, Vec<Key>>,
    adjectives: FxHashMap<&'static str, Vec<Key>>,
    /// Inflected forms of verbs, with their base forms: a model of lemmas does not know them all.
    forms: FxHashMap<String, &'static str>,
}

impl Index {
    /// Adds the words of a frame.
    pub(crate) fn add(&mut self, frame: usize, named: &Named<'_>, lists: &Lists) {
        let maps = [
            (named.verbs, &mut self.verbs),
            (named.nouns, &mut self.nouns),
            (named.adjectives, &mut self.adjectives),
        ];
        for (text, map) in maps {
            for word in expanded(text, lists) {
                let (first, next) = word.split_once('_').map_or((word, None), |(a, b)| (a, Some(b)));
                map.entry(first).or_default().push(Key { frame, next });
            }
        }
    }

    /// The verbs that name a frame.
    pub(crate) fn verbs(&self) -> impl Iterator<Item = &'static str> {
        self.verbs.keys().copied()
    }

    /// Adds the regular forms of the verbs, then the irregular ones, each with its base form.
    pub(crate) fn add_forms(
        &mut self,
        mut verbs: Vec<&'static str>,
        irregular: &[(&'static str, &'static str)],
    ) {
        // Where two verbs share a form the first in the alphabet has it.
        verbs.sort_unstable();
        for verb in verbs {
            for form in inflected(verb) {
                self.forms.entry(form).or_insert(verb);
            }
        }
        for &(form, verb) in irregular {
            self.forms.insert(form.to_owned(), verb);
        }
    }

    /// The base form of a verb's form, where the index has the verb.
    pub(crate) fn base_form(&self, form: &str) -> Option<&'static str> {
        self.forms.get(form).copied()
    }

    /// The frames that a lemma may name.
    pub(crate) fn of(&self, lemma: &str, upos: Upos) -> &[Key] {
        let map = match upos {
            Upos::Verb => &self.verbs,
            Upos::Noun | Upos::Propn => &self.nouns,
            Upos::Adj => &self.adjectives,
            _ => return &[],
        };
        map.get(lemma).map_or(&[], Vec::as_slice)
    }
}

/// The lemmas of a text of lemmas parted by white space, `@name` for a list.
pub(crate) fn expanded(text: &str, lists: &Lists) -> Vec<&'static str> {
    let mut found = Vec::new();
    for word in words(text) {
        match word.strip_prefix('@') {
            Some(list) => {
                let list = lists.get(list).expect("tests read the rules: a list is there");
                let mut list: Vec<&'static str> = list.iter().copied().collect();
                list.sort_unstable();
                found.extend(list);
            }
            None => found.push(word),
        }
    }
    found
}

/// Whether a set holds a lemma, or the singular that it would have, whatever its case.
pub(crate) fn holds(set: &Words, lemma: &str) -> bool {
    let has = |word: &str| {
        set.contains(word) || word.strip_suffix('s').is_some_and(|singular| set.contains(singular))
    };
    has(lemma) || matches!(lowered(lemma), Cow::Owned(lower) if has(&lower))
}

/// A word in lower case, copied only where it is not.
pub(crate) fn lowered(word: &str) -> Cow<'_, str> {
    let plain = word.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if plain { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase()) }
}

/// The words of a rule file's text; they live as long as the program.
pub(crate) fn words(text: &str) -> std::str::SplitWhitespace<'static> {
    leak(text.to_owned()).split_whitespace()
}

/// A rule file's text for as long as the program runs: it is read once.
pub(crate) fn leak(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}

/// The regular forms of a verb.
pub(crate) fn inflected(verb: &str) -> Vec<String> {
    let stem = |cut: usize| &verb[..verb.len() - cut];
    let consonant = |at: usize| {
        let letter = verb.chars().rev().nth(at).unwrap_or('a');
        !"aeiou".contains(letter)
    };
    let endings: Vec<String> = if verb.ends_with('e') {
        vec![format!("{verb}s"), format!("{verb}d"), format!("{}ing", stem(1))]
    } else if verb.ends_with('y') && consonant(1) {
        vec![format!("{}ies", stem(1)), format!("{}ied", stem(1)), format!("{verb}ing")]
    } else {
        let third = if verb.ends_with(['s', 'x', 'z', 'h', 'o']) { "es" } else { "s" };
        vec![format!("{verb}{third}"), format!("{verb}ed"), format!("{verb}ing")]
    };
    let doubles = consonant(0) && !consonant(1) && consonant(2) && !verb.ends_with(['w', 'x', 'y']);
    let last = verb.chars().last().filter(|_| doubles);
    let doubled = last.map(|last| [format!("{verb}{last}ed"), format!("{verb}{last}ing")]);
    endings.into_iter().chain(doubled.into_iter().flatten()).chain([verb.to_owned()]).collect()
}
