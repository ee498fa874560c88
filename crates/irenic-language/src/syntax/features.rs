//! What the network sees of a word: hashes of its form, endings, beginnings and shape.
//!
//! A name is seen as a name and not by its letters: trees must not change with who is spoken of. So a place, a person or
//! a group has the same features as any other that is written in the same shape; a people has its own, for its name is
//! an adjective too.

use super::paradigm::Paradigm;
use crate::mentions::{Gazetteer, WordFlags};

/// Whether upper and lower case tell anything in the text around a word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Case {
    /// Running text.
    Mixed,
    /// All capitals, or no capital at all: case is left out of the features.
    None,
}

/// Kinds of features a word has, one of each.
pub const KINDS: usize = 9;

/// The kind that is the whole word; the trainer drops it at times, so that the network learns to do without.
pub const WORD: usize = 0;

/// The hashes of a word's features, one a kind.
///
/// ```
/// use irenic_language::syntax::features::{Case, features};
/// assert_eq!(features("Talks", Case::None), features("TALKS", Case::None));
/// assert_ne!(features("Talks", Case::Mixed), features("TALKS", Case::Mixed));
/// assert_eq!(features("Lima", Case::Mixed), features("Quito", Case::Mixed));
/// ```
#[must_use]
pub fn features(form: &str, case: Case) -> [u32; KINDS] {
    let word = named(form, case).map_or_else(|| normalise(form), str::to_owned);
    let chars: Vec<usize> = word.char_indices().map(|(at, _)| at).chain([word.len()]).collect();
    let count = chars.len() - 1;
    let prefix = |n: usize| &word[..chars[n.min(count)]];
    let suffix = |n: usize| &word[chars[count.saturating_sub(n)]..];
    let shape = shape(form, case);
    [
        hash(0, word.as_bytes()),
        hash(1, suffix(1).as_bytes()),
        hash(2, suffix(2).as_bytes()),
        hash(3, suffix(3).as_bytes()),
        hash(4, suffix(4).as_bytes()),
        hash(5, prefix(2).as_bytes()),
        hash(6, prefix(3).as_bytes()),
        hash(8, &[Paradigm::of(&word).bits()]),
        hash(7, shape.as_bytes()),
    ]
}

/// What a name is seen as: four characters that no text has, the last one an "s" where the name may be a plural.
const NAME: [&str; 2] = ["\u{2}\u{2}\u{2}\u{2}", "\u{2}\u{2}\u{2}s"];

/// The same for a people, a faith, and their adjectives.
const PEOPLE: [&str; 2] = ["\u{3}\u{3}\u{3}\u{3}", "\u{3}\u{3}\u{3}s"];

/// Words with a capital that name neither a party nor a place.
const CALENDAR: [&str; 31] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
    "christmas",
    "easter",
];

/// What stands for a name's letters; `None` for any other word.
///
/// A name is a word with a capital that is no everyday word. In text without case every unknown word would look like
/// one, so there the gazetteer must know it as a name.
fn named(form: &str, case: Case) -> Option<&'static str> {
    let capital = form.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase);
    let letters = form.chars().filter(|c| c.is_alphabetic()).count();
    if letters < 2 && !form.ends_with('.') || case == Case::Mixed && !capital {
        return None;
    }
    let entry = Gazetteer::embedded().find(form);
    let flags = entry.map_or(WordFlags::default(), |entry| entry.flags());
    let sense = entry.and_then(|entry| entry.first());
    let known = sense.is_some() || flags.given_name() || flags.surname();
    let lower = form.to_lowercase();
    let plain = lower.trim_end_matches('.');
    if flags.common_word() || CALENDAR.contains(&plain) || !known && (case == Case::None || is_derived(form))
    {
        return None;
    }
    let plural = usize::from(form.ends_with(['s', 'S']));
    let people = sense.is_some_and(|sense| sense.kind.is_people());
    Some(if people { PEOPLE[plural] } else { NAME[plural] })
}

/// Whether a word that may only open its sentence is told by its ending or its full stop: "Shelling", "Mr.".
fn is_derived(form: &str) -> bool {
    const ENDINGS: [&str; 12] =
        ["ing", "ed", "ly", "ion", "ions", "ment", "ments", "ness", "ists", "ers", "able", "ive"];
    let long =
        form.chars().count() > 5 && form.chars().skip(1).all(|c| c.is_lowercase() || !c.is_alphabetic());
    let title = form.ends_with('.') && form.chars().any(char::is_lowercase);
    title || long && ENDINGS.iter().any(|ending| form.ends_with(ending))
}

/// Longest form that is looked at, in bytes; the rest of a longer one is left out.
const FORM_MAX: usize = 64;

/// Lower case, digits as zero, typographic variants of a mark as one, hidden characters left out.
fn normalise(form: &str) -> String {
    match form {
        "``" | "''" | "“" | "”" | "«" | "»" | "„" | "’’" => return "\"".into(),
        "—" | "–" | "―" | "---" => return "--".into(),
        "…" => return "...".into(),
        "[" | "{" => return "(".into(),
        "]" | "}" => return ")".into(),
        _ => {}
    }
    let mut word = String::with_capacity(form.len());
    for c in form.chars().filter(|&c| !crate::tokenise::is_hidden(c)) {
        match c {
            '’' | '‘' | '`' | '´' => word.push('\''),
            c if c.is_ascii_digit() => word.push('0'),
            c if c.is_ascii() => word.push(c.to_ascii_lowercase()),
            c => word.extend(c.to_lowercase()),
        }
        if word.len() >= FORM_MAX {
            break;
        }
    }
    word
}

/// Upper, lower, digit and other characters, runs shortened to two.
fn shape(form: &str, case: Case) -> String {
    let mut shape = String::with_capacity(8);
    let mut last = (' ', 0);
    for c in form.chars().take(FORM_MAX) {
        let class = match c {
            c if c.is_ascii_digit() => 'd',
            c if c.is_alphabetic() && case == Case::None => 'a',
            c if c.is_uppercase() => 'X',
            c if c.is_alphabetic() => 'x',
            c if crate::tokenise::is_hidden(c) => continue,
            c if c.is_ascii() => c,
            _ => 'o',
        };
        last = if class == last.0 { (class, last.1 + 1) } else { (class, 1) };
        if last.1 <= 2 && shape.len() < 8 {
            shape.push(class);
        }
    }
    shape
}

/// FNV-1a over the kind and the bytes, folded to 32 bits.
fn hash(kind: u8, bytes: &[u8]) -> u32 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    let hash = bytes.iter().copied().fold(step(0xcbf2_9ce4_8422_2325, kind), step);
    (hash ^ (hash >> 32)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_told_by_its_shape_alone() {
        let mixed = |form| features(form, Case::Mixed);
        assert_eq!(mixed("Bolivia"), mixed("Okafor"));
        assert_eq!(mixed("ELN"), mixed("OPM"));
        assert_eq!(mixed("Bolivian"), mixed("Serb"));
        assert_eq!(mixed("Bolivians"), mixed("Serbs"));
        assert_ne!(mixed("Bolivia"), mixed("Bolivian"), "a people's name is an adjective too");
        assert_ne!(mixed("Bolivia"), mixed("BOLIVIA"));
        assert_eq!(features("BOLIVIA", Case::None), features("NIGER", Case::None));
    }

    #[test]
    fn other_words_stand_for_themselves() {
        for (one, other) in
            [("Rebels", "Troops"), ("Shelling", "Raiding"), ("March", "August"), ("Mr.", "Dr."), ("I", "A")]
        {
            assert_ne!(features(one, Case::Mixed), features(other, Case::Mixed), "{one}");
        }
        assert_ne!(
            features("REPATRIATED", Case::None),
            features("DEPORTED", Case::None),
            "case tells nothing here"
        );
    }
}
