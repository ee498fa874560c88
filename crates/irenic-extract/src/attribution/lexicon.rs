//! The lexicon of cues: words of saying, thinking, wanting and judging, in classes that behave alike.
//!
//! It is data, `rules/en/attribution/cues.toml`.

use std::sync::OnceLock;

use irenic_language::Upos;
use irenic_model::Stance;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

const CUES: &str = include_str!("../../../../rules/en/attribution/cues.toml");

/// Index of a class; [`NO_CLASS`] for a word that the lexicon does not have.
pub(crate) type ClassId = u8;

/// A word that the lexicon does not have.
pub(crate) const NO_CLASS: ClassId = 0;

/// How surely a word marks that somebody says, thinks or wants something, among those of its class.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Shade {
    /// Often enough.
    #[default]
    Often,
    /// Nearly always.
    Surely,
    /// Now and then: the word has other meanings that are as common.
    AtTimes,
    /// Its everyday meaning is another.
    Seldom,
}

impl Shade {
    /// How many there are.
    pub(crate) const COUNT: u64 = 4;
}

/// A class of cues.
#[derive(Debug)]
pub(crate) struct Class {
    pub(crate) stance: Stance,
    /// Whether its verbs tell what moves somebody, who is their object: "the raid alarmed the mayor".
    pub(crate) moves: bool,
    /// Whether its verbs say in so many words: "said that", where "knew that" is told of somebody.
    pub(crate) speech: bool,
}

/// Words of one part of speech.
type Entries = FxHashMap<&'static str, (ClassId, Shade)>;

/// Classes, and the words in them.
#[derive(Debug)]
pub(crate) struct Lexicon {
    classes: Vec<Class>,
    verbs: Entries,
    nouns: Entries,
    adjectives: Entries,
    hearsay: FxHashMap<&'static str, Stance>,
    sourced: Vec<Vec<&'static str>>,
    no_sources: FxHashSet<&'static str>,
    lead_ins: LeadIns<'static>,
    openers: FxHashMap<&'static str, u8>,
    contrast: Vec<&'static str>,
    persons: FxHashSet<&'static str>,
    authors: FxHashSet<&'static str>,
    made: FxHashSet<&'static str>,
    negation: Negation<'static>,
    mute: FxHashSet<&'static str>,
    clausal: FxHashSet<&'static str>,
    bare: FxHashSet<&'static str>,
    topical: FxHashSet<&'static str>,
    forceful: FxHashSet<&'static str>,
    counting: FxHashSet<&'static str>,
    counted: FxHashSet<&'static str>,
    struck: FxHashSet<&'static str>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File<'a> {
    #[serde(borrow)]
    class: Vec<ClassEntry<'a>>,
    #[serde(borrow)]
    surely: Words<'a>,
    #[serde(borrow)]
    at_times: Words<'a>,
    #[serde(borrow)]
    seldom: Words<'a>,
    #[serde(borrow)]
    hearsay: Hearsay<'a>,
    #[serde(borrow)]
    sourced: Sourced<'a>,
    #[serde(borrow)]
    lead_ins: LeadIns<'a>,
    #[serde(borrow)]
    openers: FxHashMap<&'a str, &'a str>,
    #[serde(borrow)]
    contrast: Contrast<'a>,
    #[serde(borrow)]
    persons: Persons<'a>,
    #[serde(borrow)]
    negation: Negation<'a>,
    #[serde(borrow)]
    deeds: Deeds<'a>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words<'a> {
    verbs: &'a str,
    nouns: &'a str,
    adjectives: &'a str,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Deeds<'a> {
    mute: &'a str,
    clausal: &'a str,
    bare: &'a str,
    topical: &'a str,
    forceful: &'a str,
    counting: &'a str,
    counted: &'a str,
    struck: &'a str,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Persons<'a> {
    authors: &'a str,
    made: &'a str,
    nouns: &'a str,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Contrast<'a> {
    #[serde(borrow)]
    words: Vec<&'a str>,
}

/// Words that take a saying back.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Negation<'a> {
    /// Before or after the cue: "did not say".
    #[serde(borrow)]
    pub(crate) adverbs: Vec<&'a str>,
    /// As the cue's subject or beside it: "nobody said", "no official said".
    #[serde(borrow)]
    pub(crate) nobody: Vec<&'a str>,
    /// Verbs under which a saying does not come about: "refused to say".
    #[serde(borrow)]
    pub(crate) verbs: Vec<&'a str>,
    /// Before a participle: "without saying".
    #[serde(borrow)]
    pub(crate) markers: Vec<&'a str>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClassEntry<'a> {
    #[serde(rename = "name")]
    _name: &'a str,
    stance: &'a str,
    #[serde(default)]
    speech: bool,
    #[serde(default)]
    moves: bool,
    #[serde(default)]
    verbs: &'a str,
    #[serde(default)]
    nouns: &'a str,
    #[serde(default)]
    adjectives: &'a str,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Hearsay<'a> {
    adverbs: &'a str,
    stance: &'a str,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sourced<'a> {
    #[serde(borrow)]
    phrases: Vec<&'a str>,
    not_before: &'a str,
}

/// What leads to a list of things said.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LeadIns<'a> {
    /// Before a source at the head of a line that ends in a colon: "Per the ministry:".
    #[serde(borrow)]
    pub(super) phrases: Vec<&'a str>,
    /// Words that point to what stands below.
    #[serde(borrow)]
    pub(super) pointers: Vec<&'a str>,
    /// Those that stand behind the noun.
    #[serde(borrow)]
    pub(super) behind: Vec<&'a str>,
    /// Words that point there or to what was said before.
    #[serde(borrow)]
    pub(super) demonstratives: Vec<&'a str>,
    /// Nouns for what somebody counts.
    #[serde(borrow)]
    pub(super) counts: Vec<&'a str>,
    /// Beside such a noun, these tell of when it was counted.
    #[serde(borrow)]
    pub(super) dates: &'a str,
    /// Nouns for parts of a text, which say what its author says.
    #[serde(borrow)]
    pub(super) parts: &'a str,
    /// Nouns for a text or a piece of one: "this report" is the author's.
    #[serde(borrow)]
    pub(super) texts: &'a str,
}

impl Lexicon {
    /// The lexicon of English.
    pub(crate) fn english() -> &'static Self {
        static LEXICON: OnceLock<Lexicon> = OnceLock::new();
        LEXICON.get_or_init(|| {
            let file: File<'static> = toml::from_str(CUES).expect("the lexicon is tested to be well-formed");
            Self::from_file(file)
        })
    }

    fn from_file(file: File<'static>) -> Self {
        let stance = |name: &str| Stance::from_name(name).expect("the lexicon is tested to name stances");
        let unknown = Class { stance: Stance::Asserted, speech: false, moves: false };
        let mut lexicon = Self {
            classes: vec![unknown],
            verbs: FxHashMap::default(),
            nouns: FxHashMap::default(),
            adjectives: FxHashMap::default(),
            hearsay: FxHashMap::default(),
            sourced: file.sourced.phrases.iter().map(|phrase| phrase.split(' ').collect()).collect(),
            no_sources: file.sourced.not_before.split_whitespace().collect(),
            lead_ins: file.lead_ins,
            openers: FxHashMap::default(),
            contrast: file.contrast.words,
            persons: file.persons.nouns.split_whitespace().collect(),
            authors: file.persons.authors.split_whitespace().collect(),
            made: file.persons.made.split_whitespace().collect(),
            negation: file.negation,
            mute: file.deeds.mute.split_whitespace().collect(),
            clausal: file.deeds.clausal.split_whitespace().collect(),
            bare: file.deeds.bare.split_whitespace().collect(),
            topical: file.deeds.topical.split_whitespace().collect(),
            forceful: file.deeds.forceful.split_whitespace().collect(),
            counting: file.deeds.counting.split_whitespace().collect(),
            counted: file.deeds.counted.split_whitespace().collect(),
            struck: file.deeds.struck.split_whitespace().collect(),
        };
        for entry in file.class {
            let id = lexicon.classes.len() as ClassId;
            let ClassEntry { verbs, nouns, adjectives, speech, moves, .. } = entry;
            lexicon.classes.push(Class { stance: stance(entry.stance), speech, moves });
            let words =
                |words: &'static str| words.split_whitespace().map(move |word| (word, (id, Shade::Often)));
            lexicon.verbs.extend(words(verbs));
            lexicon.nouns.extend(words(nouns));
            lexicon.adjectives.extend(words(adjectives));
        }
        let shades =
            [(file.surely, Shade::Surely), (file.at_times, Shade::AtTimes), (file.seldom, Shade::Seldom)];
        for (words, shade) in shades {
            put_in(&mut lexicon.verbs, words.verbs, shade);
            put_in(&mut lexicon.nouns, words.nouns, shade);
            put_in(&mut lexicon.adjectives, words.adjectives, shade);
        }
        let said = stance(file.hearsay.stance);
        lexicon.hearsay.extend(file.hearsay.adverbs.split_whitespace().map(|word| (word, said)));
        let mut groups: Vec<_> = file.openers.into_iter().collect();
        groups.sort_unstable();
        for (number, (_, words)) in groups.into_iter().enumerate() {
            lexicon.openers.extend(words.split_whitespace().map(|word| (word, number as u8 + 1)));
        }
        lexicon
    }

    /// What is known of a class.
    pub(crate) fn class(&self, id: ClassId) -> &Class {
        &self.classes[usize::from(id)]
    }

    /// Whether a verb says something only with a clause of its own: "counted that".
    pub(super) fn is_clausal(&self, verb: &str) -> bool {
        self.clausal.contains(verb)
    }

    /// Whether a verb's bare object is a deed or a thing: "responded with shelling".
    pub(super) fn is_bare(&self, verb: &str) -> bool {
        self.bare.contains(verb)
    }

    /// Whether a preposition behind a noun names what it is about: "a report on".
    pub(super) fn is_topical(&self, preposition: &str) -> bool {
        self.topical.contains(preposition)
    }

    /// Whether a noun is that of a thing, a time or a happening, which says nothing.
    pub(super) fn is_mute(&self, noun: &str) -> bool {
        self.mute.contains(noun)
    }

    /// Whether a noun is of what reports count.
    pub(super) fn is_counted(&self, noun: &str) -> bool {
        self.counted.contains(noun)
    }

    /// Whether somebody gives a number by a verb: "put its losses at 112".
    pub(super) fn is_counting(&self, verb: &str) -> bool {
        self.counting.contains(verb)
    }

    /// Whether a verb of criticism is one of force, too.
    pub(super) fn is_forceful(&self, verb: &str) -> bool {
        self.forceful.contains(verb)
    }

    /// Whether a noun names what is struck by force, not by words.
    pub(super) fn is_struck(&self, noun: &str) -> bool {
        self.struck.contains(noun)
    }

    /// The class of a base form as that part of speech, and how surely it is meant so.
    pub(crate) fn entry(&self, lemma: &str, upos: Upos) -> (ClassId, Shade) {
        let words = match upos {
            Upos::Verb | Upos::Aux => &self.verbs,
            Upos::Noun => &self.nouns,
            Upos::Adj => &self.adjectives,
            _ => return (NO_CLASS, Shade::Often),
        };
        words.get(lemma).copied().unwrap_or((NO_CLASS, Shade::Often))
    }

    /// The stance that an adverb of hearsay gives its clause.
    pub(crate) fn hearsay(&self, word: &str) -> Option<Stance> {
        self.hearsay.get(word).copied()
    }

    /// Phrases after which a source stands, as words in lower case.
    pub(crate) fn sourced(&self) -> &[Vec<&'static str>] {
        &self.sourced
    }

    /// Whether a word after such a phrase is a measure and no source: "according to plan".
    pub(crate) fn is_no_source(&self, word: &str) -> bool {
        self.no_sources.contains(word)
    }

    /// Words that lead to a list of things said.
    pub(super) fn lead_ins(&self) -> &LeadIns<'static> {
        &self.lead_ins
    }

    /// Whether a word sets one clause beside another.
    pub(crate) fn is_contrast(&self, word: &str) -> bool {
        self.contrast.iter().any(|known| known.eq_ignore_ascii_case(word))
    }

    /// Whether a noun is for one person who may speak.
    pub(crate) fn is_person(&self, noun: &str) -> bool {
        self.persons.contains(noun)
    }

    /// Whether a noun is for the author of the text that it stands in.
    pub(crate) fn is_author(&self, noun: &str) -> bool {
        self.authors.contains(noun)
    }

    /// Whether a verb tells who made or gave out a text.
    pub(super) fn is_made(&self, verb: &str) -> bool {
        self.made.contains(verb)
    }

    /// Words that take a saying back.
    pub(crate) fn negation(&self) -> &Negation<'static> {
        &self.negation
    }

    /// The group of a function word that opens a complement; 0 for any other word.
    pub(crate) fn opener(&self, word: &str) -> u8 {
        self.openers.get(word).copied().unwrap_or(0)
    }
}

/// Gives words of a part of speech the shade that they are listed under.
fn put_in(entries: &mut Entries, words: &str, shade: Shade) {
    for word in words.split_whitespace() {
        if let Some(entry) = entries.get_mut(word) {
            entry.1 = shade;
        }
    }
}
