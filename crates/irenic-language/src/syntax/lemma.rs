//! Base forms: a list of exceptions, and rules by ending, both by Penn tag.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::lexicon;
use crate::labels::{Penn, Upos};

/// Longest ending that a rule looks at, in characters.
pub const ENDING_MAX: usize = 5;

/// The lemmatiser.
///
/// Its rules are lines of text: `E`, tag, form and lemma for an exception; `R`, tag, ending, number of characters
/// to take off and what to put on for a rule, all separated by tabs. The longest ending wins.
///
/// ```
/// use irenic_language::syntax::lemma::Lemmas;
/// use irenic_language::{Penn, Upos};
/// let lemmas = Lemmas::new("E\tVBD\twent\tgo\nR\tNNS\ts\t1\t\nR\tNNS\ties\t3\ty\n");
/// assert_eq!(&*lemmas.lemma("parties", Upos::Noun, Penn::Nns, false), "party");
/// assert_eq!(&*lemmas.lemma("Went", Upos::Verb, Penn::Vbd, false), "go");
/// ```
#[derive(Debug, Default)]
pub struct Lemmas {
    exceptions: FxHashMap<(Penn, Box<str>), Box<str>>,
    rules: FxHashMap<(Penn, Box<str>), Edit>,
}

/// What a rule does to the end of a word.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// Characters to take off.
    pub strip: usize,
    /// What to put on.
    pub append: Box<str>,
}

impl Edit {
    /// The edit that leads from a form to its lemma.
    ///
    /// ```
    /// use irenic_language::syntax::lemma::Edit;
    /// assert_eq!(Edit::between("parties", "party").apply("bodies"), "body");
    /// ```
    #[must_use]
    pub fn between(form: &str, lemma: &str) -> Self {
        let shared = form.chars().zip(lemma.chars()).take_while(|(a, b)| a == b).count();
        Self { strip: form.chars().count() - shared, append: lemma.chars().skip(shared).collect() }
    }

    /// The form with the edit done.
    #[must_use]
    pub fn apply(&self, form: &str) -> String {
        let keep = form.chars().count().saturating_sub(self.strip);
        let mut lemma: String = form.chars().take(keep).collect();
        lemma.push_str(&self.append);
        lemma
    }
}

impl Lemmas {
    /// Reads the rules; lines that are none are passed over.
    #[must_use]
    pub fn new(rules: &str) -> Self {
        let mut lemmas = Self::default();
        for line in rules.lines() {
            let columns: Vec<&str> = line.split('\t').collect();
            match columns[..] {
                ["E", tag, form, lemma] => {
                    let Some(tag) = Penn::parse(tag) else { continue };
                    lemmas.exceptions.insert((tag, form.into()), lemma.into());
                }
                ["R", tag, ending, strip, append] => {
                    let (Some(tag), Ok(strip)) = (Penn::parse(tag), strip.parse()) else { continue };
                    lemmas.rules.insert((tag, ending.into()), Edit { strip, append: append.into() });
                }
                _ => {}
            }
        }
        lemmas
    }

    /// Reads the rules and adds the word lists that come with the program, which go before them.
    pub(crate) fn english(rules: &str) -> Self {
        let mut lemmas = Self::new(rules);
        let known = lexicon::entries().into_iter();
        lemmas.exceptions.extend(known.map(|(tag, form, lemma)| ((tag, form.into()), lemma.into())));
        lemmas
    }

    /// The lemma of a form. Proper nouns keep their capitals, or get one where `caseless` says that case tells
    /// nothing; all else is in lower case.
    #[must_use]
    pub fn lemma(&self, form: &str, upos: Upos, xpos: Penn, caseless: bool) -> Box<str> {
        let form = visible(form);
        let lower = form.to_lowercase();
        let lemma = self.lower(&lower, xpos);
        if upos != Upos::Propn {
            return lemma.into();
        }
        if caseless {
            return title(&lemma).into();
        }
        match lower.strip_prefix(&*lemma) {
            // The form's own capitals, where lower-casing did not change its length.
            Some(_) => form.get(..lemma.len()).map_or_else(|| title(&lemma), str::to_owned).into(),
            None => title(&lemma).into(),
        }
    }

    fn lower<'a>(&'a self, form: &'a str, xpos: Penn) -> Cow<'a, str> {
        if form.len() > 64 || !matters(xpos) {
            return Cow::Borrowed(form);
        }
        let mut key = (xpos, Box::from(form));
        if let Some(lemma) = self.exceptions.get(&key) {
            return Cow::Borrowed(lemma);
        }
        let starts: Vec<usize> = form.char_indices().map(|(at, _)| at).chain([form.len()]).collect();
        let longest = ENDING_MAX.min(starts.len() - 1);
        for length in (0..=longest).rev() {
            key.1 = form[starts[starts.len() - 1 - length]..].into();
            if let Some(edit) = self.rules.get(&key) {
                return Cow::Owned(edit.apply(form));
            }
        }
        Cow::Borrowed(form)
    }
}

/// Whether words with this tag have lemmas that may differ from them.
#[must_use]
pub const fn matters(xpos: Penn) -> bool {
    !matches!(
        xpos,
        Penn::Nnp
            | Penn::Cd
            | Penn::Add
            | Penn::Comma
            | Penn::Period
            | Penn::Colon
            | Penn::Hyph
            | Penn::Lrb
            | Penn::Rrb
            | Penn::Nfp
    )
}

fn visible(form: &str) -> Cow<'_, str> {
    if form.contains(crate::tokenise::is_hidden) {
        return Cow::Owned(form.chars().filter(|&c| !crate::tokenise::is_hidden(c)).collect());
    }
    Cow::Borrowed(form)
}

fn title(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
