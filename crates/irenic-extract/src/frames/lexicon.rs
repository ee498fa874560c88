//! The frames of a rule file, read once and indexed by the words that name them.

use std::collections::BTreeMap;

use irenic_language::Upos;
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::lexicon::{Index, Key, Lists, Named, Words, expanded, leak, lowered, words};

/// Where what fills a place of a frame stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// The subject, of a passive the agent; of a noun the subject of its copula or of the verb that carries it.
    Subject,
    /// The object, of a passive the subject.
    Object,
    /// The clause or the infinitive under it.
    Clause,
    /// What a noun is said to be, or what is said to be it.
    Copula,
    /// Whose it is.
    Possessor,
    /// The noun it stands before.
    Head,
    /// The one whom a verb of accusing over it accuses.
    Accused,
    /// The verb that carries a noun, with its clause.
    Carrier,
    /// The word before a hyphen.
    Hyphen,
    /// What it stands beside: "Alba, the rebels' stronghold".
    Apposition,
    /// What this preposition brings in.
    Preposition(&'static str),
}

/// One reading of some words.
#[derive(Debug)]
pub(crate) struct Frame {
    /// What it tells.
    pub(crate) name: &'static str,
    /// Each place's name, with where what fills it may stand, in order of trial.
    pub(super) slots: Vec<(&'static str, Vec<Place>)>,
    /// The places without which it does not hold.
    pub(super) needs: Vec<&'static str>,
    pub(super) object: Option<Words>,
    pub(super) subject: Option<Words>,
    pub(super) of: Option<Words>,
    pub(super) with: Option<Words>,
    pub(super) case: Option<Words>,
    pub(super) under: Option<Words>,
    pub(super) head: Option<Words>,
    pub(super) except: Words,
    /// A name that nobody knows fills its place.
    pub(crate) any_name: bool,
    /// It holds only under a negation, which it takes up: "will not accept" refuses.
    pub(super) negated: bool,
}

impl Frame {
    /// Whether it does not hold without a place.
    pub(crate) fn needs(&self, name: &str) -> bool {
        self.needs.contains(&name)
    }

    /// Whether it has a place of that name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.slots.iter().any(|(own, _)| *own == name)
    }

    /// How much it asks for.
    pub(super) fn particularity(&self) -> usize {
        let asked = [&self.object, &self.subject, &self.of, &self.with, &self.case, &self.under, &self.head];
        2 * asked.iter().filter(|set| set.is_some()).count() + self.needs.len()
    }
}

/// A rule file's frames by the lemmas of the words that name them, and its lists of words.
#[derive(Debug, Default)]
pub(crate) struct Frames {
    frames: Vec<Frame>,
    index: Index,
    lists: Lists,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    lists: BTreeMap<String, String>,
    frame: Vec<Raw>,
}

/// A frame as the files write it: lemmas parted by white space, `@name` for a list of the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    name: String,
    /// `hand_over`: a verb and the particle that follows.
    #[serde(default)]
    verbs: String,
    #[serde(default)]
    nouns: String,
    #[serde(default)]
    adjectives: String,
    /// One of these is in the object.
    object: Option<String>,
    /// One of these is in the subject.
    subject: Option<String>,
    /// One of these is in what "of" brings in.
    of: Option<String>,
    /// One of these is in the sentence.
    with: Option<String>,
    /// One of these marks the noun.
    case: Option<String>,
    /// One of these is the verb that carries the noun.
    under: Option<String>,
    /// The noun that it describes is one of these.
    head: Option<String>,
    /// None of these is in the sentence.
    #[serde(default)]
    except: String,
    /// A name that nobody knows fills its place.
    #[serde(default)]
    any_name: bool,
    /// It holds only under a negation, which it takes up.
    #[serde(default)]
    negated: bool,
    /// Where what fills each place stands.
    places: BTreeMap<String, String>,
    /// The places without which the frame does not hold.
    needs: String,
    /// Read by the tests.
    #[serde(default, rename = "examples")]
    _examples: IgnoredAny,
    #[serde(default, rename = "counter_examples")]
    _counter_examples: IgnoredAny,
}

impl Frames {
    /// The frames of a rule file.
    ///
    /// # Errors
    ///
    /// Where it is not a file of frames.
    pub(crate) fn read(text: &str) -> Result<Self, toml::de::Error> {
        let file: File = toml::from_str(text)?;
        let mut frames = Self::default();
        let lists: Lists =
            file.lists.into_iter().map(|(name, list)| (name, words(&list).collect())).collect();
        for raw in file.frame {
            frames.add(&raw, &lists);
        }
        frames.lists = lists;
        let verbs = frames.index.verbs().collect();
        frames.index.add_forms(verbs, &[]);
        Ok(frames)
    }

    /// Whether a list of the file has a word as it is written.
    pub(crate) fn has(&self, list: &str, word: &str) -> bool {
        let words = self.lists.get(list);
        debug_assert!(words.is_some(), "the rules have no list {list}");
        words.is_some_and(|words| words.contains(word))
    }

    fn add(&mut self, raw: &Raw, lists: &Lists) {
        let named = Named { verbs: &raw.verbs, nouns: &raw.nouns, adjectives: &raw.adjectives };
        self.index.add(self.frames.len(), &named, lists);
        let all = |words: &str| -> Words { expanded(words, lists).into_iter().collect() };
        let set = |words: &Option<String>| words.as_deref().map(all);
        self.frames.push(Frame {
            name: leak(raw.name.clone()),
            slots: raw
                .places
                .iter()
                .map(|(name, places)| (leak(name.clone()), places.split_whitespace().map(place).collect()))
                .collect(),
            needs: raw.needs.split_whitespace().map(|name| leak(name.to_owned())).collect(),
            object: set(&raw.object),
            subject: set(&raw.subject),
            of: set(&raw.of),
            with: set(&raw.with),
            case: set(&raw.case),
            under: set(&raw.under),
            head: set(&raw.head),
            except: all(&raw.except),
            any_name: raw.any_name,
            negated: raw.negated,
        });
    }

    /// The frames that a word may name, with the particle that must follow.
    pub(super) fn of(
        &self,
        lemma: &str,
        form: &str,
        upos: Upos,
    ) -> impl Iterator<Item = (&Frame, Option<&'static str>)> {
        let mut known = self.index.of(&lowered(lemma), upos);
        if known.is_empty()
            && upos == Upos::Verb
            && let Some(verb) = self.index.base_form(&lowered(form))
        {
            known = self.index.of(verb, upos);
        }
        known.iter().map(|&Key { frame, next }| (&self.frames[frame], next))
    }
}

fn place(word: &str) -> Place {
    match word {
        "subject" => Place::Subject,
        "object" => Place::Object,
        "clause" => Place::Clause,
        "copula" => Place::Copula,
        "possessor" => Place::Possessor,
        "head" => Place::Head,
        "accused" => Place::Accused,
        "under" => Place::Carrier,
        "hyphen" => Place::Hyphen,
        "apposition" => Place::Apposition,
        preposition => Place::Preposition(leak(preposition.to_owned())),
    }
}
