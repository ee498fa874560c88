//! Names as keys: who is meant, whatever form the name takes.

use std::collections::BTreeSet;

use irenic_model::Participant;

use crate::rules::RULES;

/// The stems of a name's capitalised words: "Norland", "Norlanders" and "Norland forces" share one.
///
/// Five letters keep a people, its country and its adjective together in most names.
pub(crate) fn stems(name: &str) -> BTreeSet<String> {
    let words = name
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().next().is_some_and(char::is_uppercase));
    words.filter(|word| !is_filler(word)).map(stem).collect()
}

/// Who speaks, as a key: "the Norland Government", "official Norland figures" and "the Norland side" are one voice, the
/// press or the opposition of Norland are others.
#[must_use]
pub fn speaker_key(name: &str) -> String {
    let mut words: Vec<String> = name
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && !is_filler(word) && !is_official(word))
        .map(|word| if word.starts_with(char::is_uppercase) { stem(word) } else { word.to_lowercase() })
        .collect();
    if words.is_empty() {
        return name.trim().to_lowercase();
    }
    words.sort_unstable();
    words.dedup();
    words.join(" ")
}

/// Whether a word means a people's officials, or what they say.
fn is_official(word: &str) -> bool {
    RULES.official.contains(&word.to_lowercase())
}

/// The first five letters of a word, in lower case.
pub(crate) fn stem(word: &str) -> String {
    word.to_lowercase().chars().take(5).collect()
}

/// Whether a word names nobody, though it may begin with a capital.
fn is_filler(word: &str) -> bool {
    RULES.fillers.contains(&word.to_lowercase())
}

/// The stems of all participants.
pub(crate) fn stems_of(participants: &[Participant]) -> BTreeSet<String> {
    participants.iter().flat_map(|participant| stems(&participant.text)).collect()
}

/// What kind of people a group is: its last common noun, with words for the same kind under one head.
pub(crate) fn kind_of_people(group: &str) -> String {
    const KINDS: [(&str, &[&str]); 5] = [
        ("soldier", &["soldier", "serviceman", "servicemen", "troop", "personnel", "fighter", "combatant"]),
        ("civilian", &["civilian"]),
        ("child", &["child", "children"]),
        ("woman", &["woman", "women"]),
        ("man", &["man", "men"]),
    ];
    let head = group.split(" of ").next().unwrap_or_default();
    let common = head.split_whitespace().rfind(|word| !word.chars().next().is_some_and(char::is_uppercase));
    let Some(word) = common else { return String::new() };
    let singular = word.strip_suffix('s').unwrap_or(word);
    let kind = KINDS.iter().find(|(_, forms)| forms.contains(&singular) || forms.contains(&word));
    kind.map_or_else(|| singular.to_lowercase(), |(kind, _)| (*kind).to_owned())
}

/// Whether two sets share a member.
pub(crate) fn meet(a: &BTreeSet<String>, b: &BTreeSet<String>) -> bool {
    a.iter().any(|member| b.contains(member))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_name_share_a_stem() {
        for (a, b) in [
            ("Norland", "Norlanders"),
            ("the Norland Government", "Norland forces"),
            ("Southland", "soldiers of Southland"),
        ] {
            assert!(meet(&stems(a), &stems(b)), "{a} {b}");
        }
        assert!(!meet(&stems("the Government"), &stems("Government of Norland")));
    }

    #[test]
    fn officials_of_one_people_are_one_voice() {
        for (a, b, one) in [
            ("Norland authorities", "official Norland figures", true),
            ("the Norland Government", "Norland side", true),
            ("Norland media", "Norland authorities", false),
            ("Western and Norland estimates", "Norland side", false),
            ("the ministry", "The Ministry", true),
            ("the ministry", "the army", false),
            ("witnesses", "residents", false),
        ] {
            assert_eq!(speaker_key(a) == speaker_key(b), one, "{a} {b}");
        }
    }

    #[test]
    fn kinds_of_people_have_one_head() {
        for (group, kind) in [
            ("Norland soldiers", "soldier"),
            ("servicemen of Norland", "soldier"),
            ("Norlanders", ""),
            ("children", "child"),
            ("elderly people", "people"),
        ] {
            assert_eq!(kind_of_people(group), kind, "{group}");
        }
    }
}
