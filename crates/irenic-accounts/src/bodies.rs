//! The bodies that a document names, by the words of their names: who "the front" can be at a place of the text.

use std::collections::{BTreeMap, HashMap};

use irenic_model::{Mention, MentionKind};

/// The names of a document's bodies by when each is first used.
#[derive(Debug, Default)]
pub(crate) struct Bodies<'a> {
    /// By a word in capitals of a name of several words, in lower case: the names, by where they first stand.
    by_word: HashMap<String, Vec<FirstNamed<'a>>>,
    /// Of the names that may be a band's.
    bands: Vec<FirstNamed<'a>>,
}

/// A name and where it first stands.
#[derive(Clone, Copy, Debug)]
struct FirstNamed<'a> {
    start: usize,
    name: &'a str,
}

impl<'a> Bodies<'a> {
    /// Of mentions in text order.
    pub(crate) fn of(mentions: &'a [Mention], is_band: impl Fn(&str) -> bool) -> Self {
        let mut first: BTreeMap<&str, usize> = BTreeMap::new();
        for mention in mentions.iter().filter(|mention| mention.kind == MentionKind::Organisation) {
            first.entry(&mention.name).or_insert(mention.span.start);
        }
        let mut named: Vec<_> = first.into_iter().map(|(name, start)| FirstNamed { start, name }).collect();
        named.sort_by_key(|one| one.start);
        let mut found = Self::default();
        for one in named {
            if one.name.contains(char::is_whitespace) {
                for word in capital_words(one.name) {
                    let names = found.by_word.entry(word).or_default();
                    if names.last().is_none_or(|last| last.name != one.name) {
                        names.push(one);
                    }
                }
            }
            if is_band(one.name) {
                found.bands.push(one);
            }
        }
        found
    }

    /// The one body named before `start` that has `word` in its name, or may be a band where `band` says that one is meant.
    pub(crate) fn only_before(&self, start: usize, word: &str, band: bool) -> Option<&'a str> {
        let with_word = self.by_word.get(word).map_or(&[][..], |names| before(names, start));
        let bands = if band { before(&self.bands, start) } else { &[] };
        let mut names = with_word.iter().chain(bands).map(|one| one.name);
        let only = names.next()?;
        names.all(|other| other == only).then_some(only)
    }
}

fn before<'n, 'a>(named: &'n [FirstNamed<'a>], start: usize) -> &'n [FirstNamed<'a>] {
    &named[..named.partition_point(|one| one.start < start)]
}

fn capital_words(name: &str) -> impl Iterator<Item = String> + '_ {
    let words = name.split(|it: char| !it.is_alphanumeric());
    words.filter(|word| word.starts_with(char::is_uppercase)).map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use irenic_model::Span;

    use super::*;

    #[test]
    fn one_body_alone_is_meant() {
        let names = ["Hill Front", "City Watch", "Hill Front", "Lake Front", "HF"];
        let mention = |(at, name): (usize, &&str)| Mention {
            span: Span::new(10 * at, 10 * at + 5),
            kind: MentionKind::Organisation,
            name: (*name).to_owned(),
            country: None,
            note: None,
        };
        let mentions: Vec<Mention> = names.iter().enumerate().map(mention).collect();
        let bodies = Bodies::of(&mentions, |name| name.starts_with("Hill"));
        for (start, word, band, meant) in [
            (0, "front", false, None),
            (1, "front", false, Some("Hill Front")),
            (30, "front", false, Some("Hill Front")),
            (31, "front", false, None),
            (31, "lake", false, Some("Lake Front")),
            (31, "watch", true, None),
            (31, "group", true, Some("Hill Front")),
            (31, "group", false, None),
            (99, "hf", false, None),
        ] {
            assert_eq!(bodies.only_before(start, word, band), meant, "{word} before {start}");
        }
    }
}
