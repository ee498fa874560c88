//! The cues as data: `rules/en/stage_cues.toml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use irenic_model::Observation;
use regex::{Captures, Regex};
use serde::Deserialize;

static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../../../rules/en/stage_cues.toml"))
        .expect("a test reads the cues that are built in");
    Lexicon::new(file)
});

/// Everything the recogniser knows.
pub(super) struct Lexicon {
    pub(super) cues: Vec<Cue>,
    pub(super) deaths: Vec<Regex>,
    pub(super) no_death: Regex,
    pub(super) one_sided: Regex,
    /// Nouns for people who bear arms against a government.
    pub(super) armed: Vec<String>,
    pub(super) ordinals: Vec<String>,
    pub(super) heads: Vec<String>,
    pub(super) background: Vec<String>,
    /// Keys of table rows that date what a document is headed by.
    pub(super) date_rows: Vec<String>,
    /// Keys of table rows that name what a table is about.
    pub(super) name_rows: Vec<String>,
    pub(super) governors: Vec<String>,
    pub(super) auxiliaries: Vec<String>,
    pub(super) negations: Vec<String>,
    #[cfg(test)]
    pub(super) death_examples: (Vec<String>, Vec<String>),
}

/// A cue: a pattern over base forms, and what it shows.
pub(super) struct Cue {
    pub(super) rule: String,
    pub(super) shows: Shows,
    pub(super) pattern: Regex,
    pub(super) unless: Option<Regex>,
    /// What bars it where it stands among the cue's own words or right behind them: what a deal is on.
    pub(super) unless_near: Option<Regex>,
    /// Whether what bars it may stand anywhere in its sentence, beyond a semicolon too.
    pub(super) across: bool,
    /// What the sentence before must say, for cues whose subject is a pronoun.
    pub(super) after: Option<Regex>,
    /// Whether it needs a date in its own sentence.
    pub(super) dated: bool,
    /// Whether what is demanded or planned counts: a demand is itself a claim.
    pub(super) unreal_ok: bool,
    /// Whether "from" before its date makes it sustained.
    pub(super) sustained_from: bool,
    /// Subjects that make it something else.
    pub(super) not_subject: Vec<String>,
    /// The nouns of which one must be the subject of its verb, where it asks for any.
    pub(super) subject: Vec<String>,
    #[cfg(test)]
    pub(super) examples: (Vec<String>, Vec<String>),
}

/// What a cue shows, as the data names it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(super) enum Shows {
    /// What its name says in full.
    Named(Observation),
    /// A war as a whole, where both its ends are dated.
    War,
    WarsInAll,
    CeasefiresInAll,
}

impl TryFrom<String> for Shows {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        match name.as_str() {
            "war" => Ok(Self::War),
            "wars-in-all" => Ok(Self::WarsInAll),
            "ceasefires-in-all" => Ok(Self::CeasefiresInAll),
            _ => Observation::named(&name)
                .map(Self::Named)
                .ok_or_else(|| format!("`{name}` is nothing that words can show")),
        }
    }
}

impl Shows {
    /// The observation; a count in all takes the number that the words give.
    pub(super) fn observation(&self, count: Option<u64>) -> Option<Observation> {
        let in_all =
            || count.and_then(|count| u8::try_from(count).ok()).filter(|&count| (2..=9).contains(&count));
        match self {
            Self::Named(observation) => Some(observation.clone()),
            Self::War => Some(Observation::War { name: None, ordinal: None, extent: true }),
            Self::WarsInAll => Some(Observation::WarsInAll(in_all()?)),
            Self::CeasefiresInAll => Some(Observation::CeasefiresInAll(in_all()?)),
        }
    }
}

impl Lexicon {
    pub(super) fn english() -> &'static Self {
        &ENGLISH
    }

    fn new(file: File) -> Self {
        let words = |list: &str| list.split_whitespace().map(str::to_owned).collect::<Vec<String>>();
        let named = Words::new(file.words);
        let deaths = &file.deaths;
        Self {
            cues: file.cue.into_iter().map(|cue| Cue::new(cue, &named)).collect(),
            deaths: deaths
                .patterns
                .iter()
                .map(|pattern| named.at_a_word(std::slice::from_ref(pattern)))
                .collect(),
            no_death: named.anywhere(&[file.deaths.unless]),
            one_sided: named.anywhere(&[file.deaths.one_sided]),
            armed: words(&file.armed),
            ordinals: file.wars.ordinals,
            heads: file.wars.heads,
            background: words(&file.wars.background),
            date_rows: file.wars.date_rows,
            name_rows: file.wars.name_rows,
            governors: words(&file.unreal.governors),
            auxiliaries: words(&file.unreal.auxiliaries),
            negations: words(&file.unreal.negations),
            #[cfg(test)]
            death_examples: (file.deaths.examples, file.deaths.counters),
        }
    }
}

impl Cue {
    pub(super) fn is_politics(&self) -> bool {
        self.shows == Shows::Named(Observation::Politics)
    }

    fn new(entry: CueEntry, words: &Words) -> Self {
        Self {
            rule: entry.rule,
            shows: entry.shows,
            pattern: words.at_a_word(&entry.pattern),
            unless: entry.unless.map(|unless| words.anywhere(&unless)),
            unless_near: entry.unless_near.map(|unless| words.anywhere(&unless)),
            after: entry.after.map(|after| words.anywhere(&after)),
            across: entry.across,
            dated: entry.dated,
            unreal_ok: entry.unreal_ok,
            sustained_from: entry.sustained_from,
            not_subject: entry.not_subject.split_whitespace().map(str::to_owned).collect(),
            subject: entry.subject.split_whitespace().map(str::to_owned).collect(),
            #[cfg(test)]
            examples: (entry.examples, entry.counters),
        }
    }
}

/// The words that patterns call by a name, and how patterns call them.
struct Words {
    named: BTreeMap<String, String>,
    shorthand: Regex,
}

impl Words {
    fn new(named: BTreeMap<String, String>) -> Self {
        Self { named, shorthand: compiled(r"\{(?<name>[a-z]+)\}|~(?<most>[0-9]+)(?<figures>#?) ") }
    }

    /// A pattern that begins where a word begins: "end" is not in "send".
    fn at_a_word(&self, alternatives: &[String]) -> Regex {
        compiled(&format!(r"\b{{start-half}}(?:{})", self.expanded(alternatives)))
    }

    /// A pattern that may begin inside a word.
    fn anywhere(&self, alternatives: &[String]) -> Regex {
        compiled(&self.expanded(alternatives))
    }

    /// The alternatives as one regular expression, with the shorthands of the rules' files written out.
    fn expanded(&self, alternatives: &[String]) -> String {
        let written_out = |found: &Captures<'_>| match (found.name("name"), found.name("most")) {
            (Some(name), _) => {
                format!(
                    "(?:{})",
                    self.named.get(name.as_str()).expect("a test reads the names that are used")
                )
            }
            (None, most) => {
                let word = if found["figures"].is_empty() {
                    r"\^?[\w\x22\x27\x60.“”‘’«»-]+ "
                } else {
                    r"\^?[\w\x22\x27\x60#,.“”‘’«»-]+ "
                };
                format!("(?:{word}){{0,{}}}", most.map_or("", |most| most.as_str()))
            }
        };
        self.shorthand.replace_all(&alternatives.join("|"), written_out).into_owned()
    }
}

/// The characters of words, as ranges: all of ASCII's, and of the other scripts the blocks that hold letters, without
/// those of punctuation and symbols. Unicode's own class has seven hundred ranges, and the patterns name it a thousand
/// times; compiled with it they took a sixth of the time of extraction.
const WORD: &str = r"0-9A-Z_a-z\u{aa}\u{b5}\u{ba}\u{c0}-\u{d6}\u{d8}-\u{f6}\u{f8}-\u{1fff}\u{2c00}-\u{2dff}\u{3040}-\u{d7ff}\u{f900}-\u{10ffff}";

fn compiled(pattern: &str) -> Regex {
    let pattern = pattern.replace(r"[\w", &format!("[{WORD}")).replace(r"\w", &format!("[{WORD}]"));
    Regex::new(&pattern).expect("a test compiles the patterns that are built in")
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    armed: String,
    words: BTreeMap<String, String>,
    unreal: Unreal,
    cue: Vec<CueEntry>,
    deaths: Deaths,
    wars: Wars,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Unreal {
    governors: String,
    auxiliaries: String,
    negations: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CueEntry {
    rule: String,
    shows: Shows,
    pattern: Vec<String>,
    unless: Option<Vec<String>>,
    unless_near: Option<Vec<String>>,
    after: Option<Vec<String>>,
    #[serde(default)]
    across: bool,
    #[serde(default)]
    dated: bool,
    #[serde(default)]
    unreal_ok: bool,
    #[serde(default)]
    sustained_from: bool,
    #[serde(default)]
    not_subject: String,
    #[serde(default)]
    subject: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "they run as tests"))]
    examples: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "they run as tests"))]
    counters: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Deaths {
    patterns: Vec<String>,
    unless: String,
    one_sided: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "they run as tests"))]
    examples: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "they run as tests"))]
    counters: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wars {
    ordinals: Vec<String>,
    heads: Vec<String>,
    background: String,
    date_rows: Vec<String>,
    name_rows: Vec<String>,
}
