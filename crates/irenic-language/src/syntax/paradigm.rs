//! What an everyday word's other forms say of it: a word beside which "halting" and "halted" stand is a verb.
//!
//! A treebank is small, and most verbs of war are not in it. The list of everyday words that the gazetteer carries has
//! no parts of speech, but it has the inflections, and these tell.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::lexicon;
use crate::labels::Penn;
use crate::mentions::Gazetteer;

/// Past tenses and participles that no ending shows: "sank", "overran".
static IRREGULAR: LazyLock<FxHashSet<String>> = LazyLock::new(|| lexicon::irregular().collect());

/// What the forms of a word say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Paradigm(u8);

/// How a form ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
enum Form {
    Base = 0,
    S = 1,
    Past = 2,
    Gerund = 3,
    Ly = 4,
}

const VERB: u8 = 1 << 3;
const PLURAL: u8 = 1 << 4;
const ADVERB: u8 = 1 << 5;
const IRREGULAR_PAST: u8 = 1 << 6;

/// Shorter words are closed classes or known to every treebank.
const LENGTH_MIN: usize = 4;

/// Longest word that is looked at, in bytes.
const LENGTH_MAX: usize = 24;

impl Paradigm {
    /// Of a word in lower case.
    pub(super) fn of(word: &str) -> Self {
        let plain =
            (LENGTH_MIN..=LENGTH_MAX).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_lowercase());
        if !plain {
            return Self::default();
        }
        if IRREGULAR.contains(word) {
            return Self(Form::Past as u8 | VERB | IRREGULAR_PAST);
        }
        if word.strip_suffix("ly").is_some_and(is_everyday) {
            return Self(Form::Ly as u8 | ADVERB);
        }
        for (form, base) in bases(word) {
            let others = form == Form::Gerund && has_past(&base)
                || form == Form::Past && has_gerund(&base)
                || form == Form::S && has_gerund(&base) && has_past(&base);
            if others {
                return Self(form as u8 | VERB);
            }
        }
        if let Some((form, _)) = bases(word).find(|(form, base)| *form == Form::S && is_everyday(base)) {
            return Self(form as u8 | PLURAL);
        }
        let mut bits = Form::Base as u8;
        if has_gerund(word) && has_past(word) {
            bits |= VERB;
        }
        if is_everyday(&format!("{word}s")) {
            bits |= PLURAL;
        }
        if is_everyday(&format!("{word}ly")) {
            bits |= ADVERB;
        }
        Self(bits)
    }

    /// The finite form that a word can be: "halted" a past tense, "insists" and "insist" a present one.
    pub(super) const fn finite(self) -> Option<Penn> {
        if self.0 & VERB == 0 {
            return None;
        }
        match self.0 & 0b111 {
            form if form == Form::Base as u8 => Some(Penn::Vbp),
            form if form == Form::S as u8 => Some(Penn::Vbz),
            form if form == Form::Past as u8 => Some(Penn::Vbd),
            _ => None,
        }
    }

    /// A number for each combination, zero where nothing is known.
    pub(super) const fn bits(self) -> u8 {
        self.0
    }
}

fn is_everyday(word: &str) -> bool {
    Gazetteer::embedded().find(word).is_some_and(|entry| entry.flags().common_word())
}

/// The words that this one may be a form of.
fn bases(word: &str) -> impl Iterator<Item = (Form, String)> {
    let stems = [(Form::Gerund, "ing"), (Form::Past, "ed"), (Form::S, "es"), (Form::S, "s")];
    stems.into_iter().filter_map(|(form, ending)| Some((form, word.strip_suffix(ending)?))).flat_map(
        |(form, stem)| {
            let with_y =
                stem.strip_suffix('i').filter(|_| form != Form::Gerund).map(|stem| format!("{stem}y"));
            let single = undoubled(stem).filter(|_| form != Form::S).map(str::to_owned);
            let with_e = (form != Form::S).then(|| format!("{stem}e"));
            [Some(stem.to_owned()), with_e, with_y, single]
                .into_iter()
                .flatten()
                .map(move |base| (form, base))
        },
    )
}

/// "plann" without the second "n".
fn undoubled(stem: &str) -> Option<&str> {
    let mut ending = stem.bytes().rev();
    let (last, before) = (ending.next()?, ending.next()?);
    (last == before && !b"aeiou".contains(&last)).then(|| &stem[..stem.len() - 1])
}

fn has_gerund(base: &str) -> bool {
    has(base, "ing", base)
}

fn has_past(base: &str) -> bool {
    let y = base.strip_suffix('y').map(|stem| format!("{stem}i"));
    has(base, "ed", y.as_deref().unwrap_or(base))
}

/// Whether the base has a form with this ending, written onto `stem`, onto the base without its "e", or after a doubled
/// consonant.
fn has(base: &str, ending: &str, stem: &str) -> bool {
    let plain = match base.strip_suffix('e') {
        Some(short) => format!("{short}{ending}"),
        None => format!("{stem}{ending}"),
    };
    let doubled = || base.chars().next_back().map(|last| format!("{base}{last}{ending}"));
    is_everyday(&plain) || doubled().is_some_and(|doubled| is_everyday(&doubled))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_tell_verbs_from_nouns() {
        let verb = |word: &str| Paradigm::of(word).bits() & VERB != 0;
        for word in ["halted", "insists", "seize", "seizing", "planned", "denies", "recruited", "attack"] {
            assert!(verb(word), "{word}");
        }
        for word in ["villagers", "hostility", "apartheid", "river", "thing"] {
            assert!(!verb(word), "{word}");
        }
        assert_eq!(Paradigm::of("sank").bits(), Form::Past as u8 | VERB | IRREGULAR_PAST);
        assert_eq!(Paradigm::of("quickly").bits(), Form::Ly as u8 | ADVERB);
        assert_eq!(Paradigm::of("villagers").bits(), Form::S as u8 | PLURAL);
        assert_eq!(Paradigm::of("Halted"), Paradigm::default(), "names and marks have no forms");
    }
}
