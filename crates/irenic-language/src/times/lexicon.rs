//! Named word lists with their values, and the way from a word to the phrases that begin with it.

use std::collections::BTreeMap;

use irenic_model::Span;
use rustc_hash::FxHashMap;

use super::tokens::Tokens;

/// What a captured word or number stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// A number in thousandths, so that halves stay exact.
    Number(i64),
    /// A value of the normalisation layer, as an index into the lexicon's values.
    Text(u32),
}

impl Value {
    /// A whole number.
    pub(super) const fn whole(number: i64) -> Self {
        Self::Number(number.saturating_mul(1000))
    }
}

/// A phrase of a list, filed under its first word.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    pub(super) list: u16,
    /// The words after the first.
    pub(super) rest: Box<[Box<str>]>,
    pub(super) value: Value,
}

/// All lists.
#[derive(Clone, Debug, Default)]
pub(super) struct Lexicon {
    names: Vec<String>,
    phrases: FxHashMap<Box<str>, Vec<Phrase>>,
    values: Vec<String>,
}

impl Lexicon {
    /// Adds a list; a value that is a whole number becomes a number.
    pub(super) fn add(&mut self, name: &str, entries: &BTreeMap<String, String>) {
        let list = self.names.len() as u16;
        self.names.push(name.to_owned());
        for (phrase, value) in entries {
            let value = self.value(value);
            let words = words_of(phrase);
            if let Some((first, rest)) = words.split_first() {
                let phrase = Phrase { list, rest: rest.into(), value };
                self.phrases.entry(first.clone()).or_default().push(phrase);
            }
        }
    }

    /// Longer phrases first, so that the first that fits is the longest.
    pub(super) fn sort(&mut self) {
        for phrases in self.phrases.values_mut() {
            phrases.sort_by_key(|phrase| (std::cmp::Reverse(phrase.rest.len()), phrase.list));
        }
    }

    pub(super) fn value(&mut self, text: &str) -> Value {
        if let Ok(number) = text.parse::<i64>() {
            return Value::whole(number);
        }
        let known = self.values.iter().position(|value| value == text);
        let at = known.unwrap_or_else(|| {
            self.values.push(text.to_owned());
            self.values.len() - 1
        });
        Value::Text(at as u32)
    }

    pub(super) fn text(&self, value: Value) -> Option<&str> {
        match value {
            Value::Text(at) => self.values.get(at as usize).map(String::as_str),
            Value::Number(_) => None,
        }
    }

    pub(super) fn list(&self, name: &str) -> Option<u16> {
        self.names.iter().position(|known| known == name).map(|at| at as u16)
    }

    /// Whether a list has this word by itself.
    pub(super) fn holds(&self, list: u16, word: &str) -> bool {
        let phrases = self.phrases.get(word).map_or(&[][..], Vec::as_slice);
        phrases.iter().any(|phrase| phrase.list == list && phrase.rest.is_empty())
    }

    pub(super) fn first_words(&self, list: u16) -> impl Iterator<Item = &str> {
        let holds = move |phrases: &Vec<Phrase>| phrases.iter().any(|phrase| phrase.list == list);
        self.phrases.iter().filter(move |(_, phrases)| holds(phrases)).map(|(word, _)| &**word)
    }

    /// The phrases of a list that stand at `at`, longest first, with the position after each.
    pub(super) fn at<'a>(
        &'a self,
        tokens: &'a Tokens,
        at: usize,
        list: u16,
    ) -> impl Iterator<Item = (usize, Value)> + 'a {
        let phrases = self.phrases.get(tokens.word(at)).map_or(&[][..], Vec::as_slice);
        phrases.iter().filter(move |phrase| phrase.list == list).filter_map(move |phrase| {
            let end = at + 1 + phrase.rest.len();
            let fits = phrase.rest.iter().enumerate().all(|(step, word)| tokens.is(at + 1 + step, word));
            (fits && end <= tokens.len()).then_some((end, phrase.value))
        })
    }
}

/// A phrase of the rules as tokens.
pub(super) fn words_of(phrase: &str) -> Vec<Box<str>> {
    let mut tokens = Tokens::default();
    tokens.read(phrase, Span::new(0, phrase.len()));
    (0..tokens.len()).map(|at| tokens.word(at).into()).collect()
}
