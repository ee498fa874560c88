//! The frames of a rule file, read once and indexed by the words that name them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use irenic_language::Upos;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::events::inflected;

/// A set of lemmas, in lower case.
#[derive(Debug, Default)]
pub(super) struct Words(FxHashSet<String>);

impl Words {
    /// Whether the set holds a lemma, or the singular that it would have.
    pub(super) fn has(&self, lemma: &str) -> bool {
        let lower = lowered(lemma);
        self.0.contains(&*lower) || lower.strip_suffix('s').is_some_and(|singular| self.0.contains(singular))
    }

    pub(super) fn contains(&self, word: &str) -> bool {
        self.0.contains(word)
    }
}

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
}

impl Frame {
    /// How much it asks for.
    pub(super) fn particularity(&self) -> usize {
        let asked = [&self.object, &self.subject, &self.of, &self.with, &self.case, &self.under, &self.head];
        2 * asked.iter().filter(|set| set.is_some()).count() + self.needs.len()
    }
}

/// By lemma: the numbers of frames, each with the particle that must follow.
type Index = FxHashMap<&'static str, Vec<(usize, Option<&'static str>)>>;

/// A rule file's frames by the lemmas of the words that name them.
#[derive(Debug, Default)]
pub(crate) struct Frames {
    frames: Vec<Frame>,
    verbs: Index,
    nouns: Index,
    adjectives: Index,
    /// Inflected forms of the verbs, with their base forms.
    forms: FxHashMap<String, &'static str>,
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
        for raw in file.frame {
            frames.add(&raw, &file.lists);
        }
        frames.add_forms();
        Ok(frames)
    }

    fn add(&mut self, raw: &Raw, lists: &BTreeMap<String, String>) {
        let number = self.frames.len();
        let index = |words: &str, map: &mut Index| {
            for word in expanded(words, lists) {
                let word = leak(word);
                let (first, next) = word.split_once('_').map_or((word, None), |(a, b)| (a, Some(b)));
                map.entry(first).or_default().push((number, next));
            }
        };
        index(&raw.verbs, &mut self.verbs);
        index(&raw.nouns, &mut self.nouns);
        index(&raw.adjectives, &mut self.adjectives);
        let set =
            |words: &Option<String>| words.as_deref().map(|words| Words(expanded(words, lists).collect()));
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
            except: Words(expanded(&raw.except, lists).collect()),
        });
    }

    /// The regular forms of the verbs: a model of lemmas does not know them all.
    fn add_forms(&mut self) {
        let mut verbs: Vec<&str> = self.verbs.keys().copied().collect();
        // Of two verbs with one form the first in the order of letters has it.
        verbs.sort_unstable();
        for verb in verbs {
            for form in inflected(verb) {
                self.forms.entry(form).or_insert(verb);
            }
        }
    }

    /// The frames that a word may name, with the particle that must follow.
    pub(super) fn of(
        &self,
        lemma: &str,
        form: &str,
        upos: Upos,
    ) -> impl Iterator<Item = (&Frame, Option<&'static str>)> {
        let map = match upos {
            Upos::Verb => Some(&self.verbs),
            Upos::Noun | Upos::Propn => Some(&self.nouns),
            Upos::Adj => Some(&self.adjectives),
            _ => None,
        };
        let by = |word: &str| map.and_then(|map| map.get(word));
        let known = by(&lowered(lemma)).or_else(|| {
            if upos != Upos::Verb {
                return None;
            }
            let verb = self.forms.get(&*lowered(form))?;
            by(verb)
        });
        let known = known.map_or(&[][..], Vec::as_slice);
        known.iter().map(|&(number, particle)| (&self.frames[number], particle))
    }
}

/// A word in lower case; most are already.
fn lowered(word: &str) -> Cow<'_, str> {
    let is_lower = word.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if is_lower { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase()) }
}

fn expanded<'a>(
    words: &'a str,
    lists: &'a BTreeMap<String, String>,
) -> impl Iterator<Item = String> + use<'a> {
    words.split_whitespace().flat_map(move |word| {
        let list = word
            .strip_prefix('@')
            .map(|name| lists.get(name).expect("tests read the rules: a list is there"));
        list.map_or(word, String::as_str).split_whitespace().map(str::to_owned)
    })
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
        preposition => Place::Preposition(leak(preposition.to_owned())),
    }
}

fn leak(text: String) -> &'static str {
    // A rule file is read once and lives as long as the program.
    Box::leak(text.into_boxed_str())
}
