//! What the words for somebody say of them: whether they are a state's, rebels, a body, a paper, or lead back to others.

use std::collections::HashSet;

use irenic_language::Power;

use crate::rules::RULES;

/// A government whose country is not named.
pub(crate) const GOVERNMENT: &str = "government";

/// Whether a body's name is of several words in capitals and neither a state's nor that of a body of states.
pub(super) fn may_be_band(name: &str) -> bool {
    let capitals = name.split_whitespace().filter(|part| part.starts_with(char::is_uppercase)).count();
    let civil = name.split_whitespace().any(|part| {
        let part = part.to_lowercase();
        RULES.civil.contains(&part) || is_of_state(&part)
    });
    capitals > 1 && !civil
}

/// Whether a name has a capital word that sets its bearer apart from whose name it bears.
pub(super) fn is_rival(name: &str) -> bool {
    let mut words = name.split(|c: char| !c.is_alphanumeric());
    words.any(|word| word.starts_with(char::is_uppercase) && RULES.rivals.contains(&word.to_lowercase()))
}

/// Whether words only say that people are in arms against a government: "the rebels".
pub(super) fn is_rebels(words: &str) -> bool {
    Power::of(&bare(words)) == Some(Power::Rebels)
}

pub(super) fn bare(words: &str) -> String {
    let lower = words.to_lowercase();
    lower.strip_prefix("the ").unwrap_or(&lower).to_owned()
}

pub(super) fn ends_in(words: &str, list: &HashSet<String>) -> bool {
    last_word_is(words, |last| list.contains(last))
}

/// Whether the last of some words, in lower case, is of a kind.
pub(super) fn last_word_is(words: &str, is_of_kind: impl Fn(&str) -> bool) -> bool {
    let last = words.rsplit(char::is_whitespace).next().unwrap_or_default();
    is_of_kind(&last.to_lowercase())
}

/// Whether a word means a state's government or forces, which are never meant by the name of another body.
pub(super) fn is_of_state(word: &str) -> bool {
    Power::of(word).is_some_and(Power::is_of_state)
}

/// Whether a word means people in arms, of a state or against it.
pub(super) fn bears_arms(word: &str) -> bool {
    matches!(Power::of(word), Some(Power::Soldiers | Power::Unit | Power::Rebels))
}

/// Whether words only refer to who was named before: "both sides", "their commanders", "negotiators of the parties".
pub(crate) fn refers_back(words: &str) -> bool {
    let named = words.split_whitespace().any(|word| {
        word.starts_with(char::is_uppercase)
            && !RULES.before.contains(&word.to_lowercase())
            && !RULES.refers_back.contains(&word.to_lowercase())
    });
    let each = matches!(
        words.to_lowercase().as_str(),
        "party" | "each party" | "either party" | "each side" | "everyone"
    );
    each || !named && ends_in(words, &RULES.refers_back)
}

/// Whether words end in what a body is called that has no name in the text: "six armed movements", "the committee of the
/// government".
pub(crate) fn is_body(words: &str) -> bool {
    ends_in(words.split(" of ").next().unwrap_or(words), &RULES.bodies)
}

/// Whether a name is that of a paper: "the Cessation of Hostilities Agreement" sits at no table.
pub(crate) fn is_paper(name: &str) -> bool {
    // "Security Council resolution 598"
    ends_in(name.trim_end_matches(|it: char| it.is_ascii_digit() || it == ' '), &RULES.papers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_only_refer_back() {
        for (words, refers) in [
            ("The two sides", true),
            ("Both parties", true),
            ("Their commanders", true),
            ("Norland leaders", false),
            ("the rebels", false),
        ] {
            assert_eq!(refers_back(words), refers, "{words}");
        }
    }
}
