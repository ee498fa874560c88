//! Short names within one document: the bodies that capitals stand for, and the bands that it names, looked up.

use std::collections::HashMap;

use irenic_model::{Mention, MentionKind};

use super::words::may_be_band;

/// What short names of a document stand for.
pub(super) struct Shorts<'a> {
    /// The first body whose capitals spell a short name.
    initials: HashMap<String, &'a str>,
    /// The bands that the document names, each once, in order of name.
    pub(super) bands: Vec<&'a str>,
}

impl<'a> Shorts<'a> {
    pub(super) fn of(mentions: &'a [Mention]) -> Self {
        let mut initials = HashMap::new();
        let mut bands = Vec::new();
        for mention in mentions.iter().filter(|it| it.kind == MentionKind::Organisation) {
            if mention.name.contains(' ') {
                initials.entry(initials_of(&mention.name)).or_insert(mention.name.as_str());
            }
            bands.push(mention.name.as_str());
        }
        bands.sort_unstable();
        bands.dedup();
        bands.retain(|name| may_be_band(name));
        Self { initials, bands }
    }

    /// The body whose capitals make a short name: "NLF" for the "Norland Liberation Front".
    pub(super) fn spelt_out(&self, short: &str) -> Option<&'a str> {
        let capitals = short.len() > 1 && short.chars().all(|it| it.is_uppercase() || it == '-');
        let letters: String = short.chars().filter(|it| it.is_alphabetic()).collect();
        self.initials.get(&letters).copied().filter(|_| capitals)
    }
}

fn initials_of(name: &str) -> String {
    let words = name.split(|it: char| !it.is_alphanumeric());
    words.filter_map(|word| word.chars().next()).filter(|it| it.is_uppercase()).collect()
}
