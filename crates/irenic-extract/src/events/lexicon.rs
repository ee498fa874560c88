//! The lexicon of events: which words name which class and mode, under which conditions on their arguments.
//!
//! It is data, `rules/en/events/*.toml`; the examples in those files run as tests.

use std::collections::HashMap;
use std::sync::OnceLock;

use irenic_language::Upos;
use irenic_model::{EventClass, Stance};
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::lexicon::{Index, Key, Lists, Named, Words, expanded, leak, words};

/// The files of frames with their names.
pub(super) const FRAME_FILES: &[(&str, &str)] = &[
    ("speech.toml", include_str!("../../../../rules/en/events/speech.toml")),
    ("cooperation.toml", include_str!("../../../../rules/en/events/cooperation.toml")),
    ("conflict.toml", include_str!("../../../../rules/en/events/conflict.toml")),
    ("chronicle.toml", include_str!("../../../../rules/en/events/chronicle.toml")),
    ("force.toml", include_str!("../../../../rules/en/events/force.toml")),
    ("power.toml", include_str!("../../../../rules/en/events/power.toml")),
    ("settlement.toml", include_str!("../../../../rules/en/events/settlement.toml")),
    ("violence.toml", include_str!("../../../../rules/en/events/violence.toml")),
    ("custody.toml", include_str!("../../../../rules/en/events/custody.toml")),
    ("judgement.toml", include_str!("../../../../rules/en/events/judgement.toml")),
    ("motion.toml", include_str!("../../../../rules/en/events/motion.toml")),
    ("dealings.toml", include_str!("../../../../rules/en/events/dealings.toml")),
    ("changes.toml", include_str!("../../../../rules/en/events/changes.toml")),
    ("news.toml", include_str!("../../../../rules/en/events/news.toml")),
];
const WORDS: &str = include_str!("../../../../rules/en/events/words.toml");
const OPERATORS: &str = include_str!("../../../../rules/en/events/operators.toml");

/// What the complement "of" of a nominalisation is to the event.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum OfRole {
    /// "the shelling of the town"
    #[default]
    Object,
    /// "the withdrawal of the troops"
    Subject,
}

/// One reading of some words as an event.
#[derive(Debug)]
pub(crate) struct Frame {
    pub(super) class: EventClass,
    pub(super) mode: Option<&'static str>,
    /// The stance of the events that its complement names: set for words of speech.
    pub(super) content: Option<Stance>,
    pub(super) object: Option<Words>,
    pub(super) with: Option<Words>,
    pub(super) subject: Option<Words>,
    pub(super) preposition: Option<Words>,
    pub(super) except: Words,
    pub(super) transitive: bool,
    pub(super) with_clause: bool,
    pub(super) object_place: bool,
    pub(super) subject_place: bool,
    pub(super) subject_person: bool,
    pub(super) complement: Option<Words>,
    pub(super) head_only: bool,
    pub(super) complement_place: bool,
    pub(super) object_acts: bool,
    pub(super) subject_acts: bool,
    pub(super) undergoes: bool,
    pub(super) light_only: Option<Words>,
    pub(super) of: OfRole,
    pub(super) chronicle: bool,
}

impl Frame {
    /// How many conditions it sets: of two readings that hold, the more particular wins.
    pub(super) fn particularity(&self) -> usize {
        let conditions = [
            self.object.is_some(),
            self.with.is_some(),
            self.subject.is_some(),
            self.preposition.is_some(),
            self.complement.is_some() || self.complement_place,
            self.transitive || self.with_clause,
            self.object_place || self.subject_place || self.subject_person,
            self.object_acts || self.subject_acts,
            self.light_only.is_some(),
        ];
        conditions.into_iter().filter(|&holds| holds).count()
    }
}

/// What a governing word does to the events under it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// Nothing.
    Fact,
    /// They are said not to have happened.
    Not,
    /// They are put forward in this way.
    Stance(Stance),
}

/// The lexicon, indexed by lemma.
#[derive(Debug)]
pub(crate) struct Lexicon {
    pub(super) frames: Vec<Frame>,
    index: Index,
    operators: HashMap<&'static str, Vec<(Site, Effect)>>,
    light: Words,
    /// Light verbs that need a particle, with the particles: "carry out".
    light_phrasal: HashMap<&'static str, Vec<&'static str>>,
    /// Every word that some condition names.
    vocabulary: Words,
    /// Lists of words by name.
    lists: Lists,
}

/// Where an operator stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Site {
    Verb,
    Noun,
    Adjective,
    Auxiliary,
}

impl Lexicon {
    /// The lexicon that is built in.
    pub(super) fn english() -> &'static Self {
        static LOADED: OnceLock<Lexicon> = OnceLock::new();
        LOADED.get_or_init(|| Self::load().expect("tests read the files that are built in"))
    }

    fn load() -> Result<Self, toml::de::Error> {
        let lists: WordFile = toml::from_str(WORDS)?;
        let irregular = split_pairs(&lists.irregular);
        let lists = lists.lists.into_iter().map(|(name, words)| (name, split(&words))).collect();
        let mut lexicon = Self {
            frames: Vec::new(),
            index: Index::default(),
            operators: HashMap::new(),
            light: Words::new(),
            light_phrasal: HashMap::new(),
            vocabulary: Words::new(),
            lists,
        };
        for (_, file) in FRAME_FILES {
            let file: FrameFile = toml::from_str(file)?;
            file.frame.into_iter().for_each(|frame| lexicon.add(frame));
        }
        lexicon.add_operators(toml::from_str(OPERATORS)?);
        lexicon.add_forms(&irregular);
        Ok(lexicon)
    }

    fn add(&mut self, raw: RawFrame) {
        let at = self.frames.len();
        let named = Named { verbs: &raw.verbs, nouns: &raw.nouns, adjectives: &raw.adjectives };
        self.index.add(at, &named, &self.lists);
        let frame = Frame {
            class: EventClass::from_name(&raw.class).expect("tests check the classes"),
            mode: raw.mode.map(leak),
            content: raw.content.as_deref().and_then(Stance::from_name),
            object: self.condition(raw.object),
            with: self.condition(raw.with),
            subject: self.condition(raw.subject),
            preposition: self.condition(raw.preposition),
            complement: self.condition(raw.complement),
            head_only: raw.head_only,
            except: self.condition(raw.except).unwrap_or_default(),
            transitive: raw.transitive,
            with_clause: raw.with_clause,
            object_place: raw.object_place,
            subject_place: raw.subject_place,
            subject_person: raw.subject_person,
            complement_place: raw.complement_place,
            object_acts: raw.object_acts,
            subject_acts: raw.subject_acts,
            undergoes: raw.undergoes,
            light_only: self.condition(raw.light_only),
            of: raw.of,
            chronicle: raw.chronicle,
        };
        self.frames.push(frame);
    }

    fn condition(&mut self, text: Option<String>) -> Option<Words> {
        let set: Words = expanded(&text?, &self.lists).into_iter().collect();
        self.vocabulary.extend(&set);
        Some(set)
    }

    /// The lemma, its lower case and its singular, as far as some condition names them.
    pub(super) fn known(&self, lemma: &str) -> impl Iterator<Item = &'static str> + use<> {
        let lower = lemma.to_lowercase();
        let find = |word: &str| self.vocabulary.get(word).copied();
        [find(&lower), lower.strip_suffix('s').and_then(find)].into_iter().flatten()
    }

    fn add_operators(&mut self, file: OperatorFile) {
        for operator in file.operator {
            let effect = match operator.effect.as_str() {
                "fact" => Effect::Fact,
                "not" => Effect::Not,
                name => Effect::Stance(Stance::from_name(name).expect("tests check the effects")),
            };
            let sites = [
                (&operator.verbs, Site::Verb),
                (&operator.nouns, Site::Noun),
                (&operator.adjectives, Site::Adjective),
                (&operator.auxiliaries, Site::Auxiliary),
            ];
            for (list, site) in sites {
                for word in words(list) {
                    self.operators.entry(word).or_default().push((site, effect));
                }
            }
        }
        for verb in words(&file.light.verbs) {
            match verb.split_once('_') {
                Some((verb, next)) => self.light_phrasal.entry(verb).or_default().push(next),
                None => {
                    self.light.insert(verb);
                }
            }
        }
    }

    fn add_forms(&mut self, irregular: &[(&'static str, &'static str)]) {
        let mut verbs: Vec<&'static str> = self
            .index
            .verbs()
            .chain(self.light.iter().copied())
            .chain(self.light_phrasal.keys().copied())
            .collect();
        let operators =
            self.operators.iter().filter(|(_, sites)| sites.iter().any(|(site, _)| *site == Site::Verb));
        verbs.extend(operators.map(|(word, _)| *word));
        self.index.add_forms(verbs, irregular);
    }

    /// The base form of a verb's form, where the lexicon has the verb.
    pub(super) fn base_form(&self, form: &str) -> Option<&'static str> {
        self.index.base_form(form)
    }

    /// The frames that a lemma may name.
    pub(super) fn of(&self, lemma: &str, upos: Upos) -> &[Key] {
        self.index.of(lemma, upos)
    }

    pub(super) fn operator(&self, lemma: &str, site: Site) -> Option<Effect> {
        let known = self.operators.get(lemma)?;
        known.iter().find(|(at, _)| *at == site).map(|&(_, effect)| effect)
    }

    /// Whether a verb only carries an event's noun: by itself, or with one of the particles that follow it.
    pub(super) fn is_light(&self, lemma: &str, mut follows: impl FnMut(&str) -> bool) -> bool {
        self.light.contains(lemma)
            || self
                .light_phrasal
                .get(lemma)
                .is_some_and(|particles| particles.iter().any(|next| follows(next)))
    }

    /// Whether a noun in lower case is of people or their bodies: by the list, or by how it is made ("townsman").
    pub(crate) fn is_people(&self, lemma: &str) -> bool {
        const ENDINGS: [&str; 10] =
            ["man", "men", "woman", "women", "girl", "boy", "worker", "fighter", "keeper", "ist"];
        self.is_in("people", lemma)
            || lemma.len() > 6 && ENDINGS.iter().any(|ending| lemma.trim_end_matches('s').ends_with(ending))
    }

    pub(crate) fn is_in(&self, list: &str, lemma: &str) -> bool {
        self.lists.get(list).is_some_and(|words| words.contains(lemma))
    }
}

/// "form:base" pairs.
fn split_pairs(text: &str) -> Vec<(&'static str, &'static str)> {
    words(text).filter_map(|pair| pair.split_once(':')).collect()
}

pub(super) fn split(text: &str) -> Words {
    words(text).collect()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WordFile {
    irregular: String,
    lists: HashMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FrameFile {
    frame: Vec<RawFrame>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OperatorFile {
    operator: Vec<RawOperator>,
    light: RawLight,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLight {
    verbs: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawOperator {
    effect: String,
    #[serde(default)]
    verbs: String,
    #[serde(default)]
    nouns: String,
    #[serde(default)]
    adjectives: String,
    #[serde(default)]
    auxiliaries: String,
}

/// A frame as the files write it: lists of lemmas separated by white space, `@name` for a list of `words.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFrame {
    class: String,
    mode: Option<String>,
    content: Option<String>,
    /// `turn_down`: the verb and the particle or noun that follows.
    #[serde(default)]
    verbs: String,
    #[serde(default)]
    nouns: String,
    #[serde(default)]
    adjectives: String,
    /// One of these is in the object.
    object: Option<String>,
    /// One of these is in the clause.
    with: Option<String>,
    /// One of these is in the subject.
    subject: Option<String>,
    /// One of these marks a complement.
    preposition: Option<String>,
    /// One of these is in the phrase that such a preposition brings in.
    complement: Option<String>,
    /// Object and subject are these themselves, not phrases that hold one of these.
    #[serde(default)]
    head_only: bool,
    /// None of these is in the clause.
    except: Option<String>,
    /// There is an object.
    #[serde(default)]
    transitive: bool,
    /// There is a clause or an infinitive under it.
    #[serde(default)]
    with_clause: bool,
    /// The object is a place's name.
    #[serde(default)]
    object_place: bool,
    /// The subject is a place's name.
    #[serde(default)]
    subject_place: bool,
    /// The subject is a person's name.
    #[serde(default)]
    subject_person: bool,
    /// A preposition of the frame brings in a place.
    #[serde(default)]
    complement_place: bool,
    /// The object is a name that can act, or of people or their bodies.
    #[serde(default)]
    object_acts: bool,
    /// The subject is.
    #[serde(default)]
    subject_acts: bool,
    /// The subject undergoes it, and "from", "to" or "by" brings in who does it: "came under fire from".
    #[serde(default)]
    undergoes: bool,
    /// The noun counts only under one of these verbs.
    light_only: Option<String>,
    #[serde(default)]
    of: OfRole,
    /// The noun counts in any place of the sentence where it has a date or participants of its own.
    #[serde(default)]
    chronicle: bool,
    /// Sentences with the trigger in square brackets: read by the tests.
    #[serde(default, rename = "examples")]
    _examples: IgnoredAny,
    /// Sentences that must not give this class and mode: read by the tests.
    #[serde(default, rename = "counter_examples")]
    _counter_examples: IgnoredAny,
}
