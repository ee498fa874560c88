//! The word lists in `rules/en/lemmas.toml` as exceptions for the lemmatiser.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::labels::Penn;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    verbs: Verbs,
    /// Base form to past tense and past participle.
    irregular: BTreeMap<String, [String; 2]>,
    /// Plural to singular.
    plurals: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Verbs {
    final_e: Vec<String>,
    doubling: Vec<String>,
    plain: Vec<String>,
}

fn file() -> File {
    toml::from_str(include_str!("../../../../rules/en/lemmas.toml"))
        .expect("the embedded lists are read by a test")
}

/// Past tenses and participles of irregular verbs.
pub(super) fn irregular() -> impl Iterator<Item = String> {
    file().irregular.into_values().flatten()
}

/// Base forms of the verbs in the lists.
pub(super) fn bases() -> impl Iterator<Item = String> {
    let File { verbs: Verbs { final_e, doubling, plain }, irregular, .. } = file();
    [final_e, doubling, plain].into_iter().flatten().chain(irregular.into_keys())
}

/// Each form with its tag and its base form.
pub(super) fn entries() -> Vec<(Penn, String, String)> {
    let file = file();
    let mut entries = Vec::new();
    for (verbs, inflect) in [
        (&file.verbs.final_e, final_e as fn(&str) -> [String; 2]),
        (&file.verbs.doubling, doubling),
        (&file.verbs.plain, plain),
    ] {
        for verb in verbs {
            let [past, gerund] = inflect(verb);
            entries.push((Penn::Vbd, past.clone(), verb.clone()));
            entries.push((Penn::Vbn, past, verb.clone()));
            entries.push((Penn::Vbg, gerund, verb.clone()));
            entries.push((Penn::Vbz, third_person(verb), verb.clone()));
        }
    }
    for (verb, [past, participle]) in file.irregular {
        entries.push((Penn::Vbd, past, verb.clone()));
        entries.push((Penn::Vbn, participle, verb));
    }
    entries.extend(file.plurals.into_iter().map(|(plural, noun)| (Penn::Nns, plural, noun)));
    entries
}

/// Past tense and gerund of "seize", "agree".
fn final_e(verb: &str) -> [String; 2] {
    let stem = if verb.ends_with("ee") { verb } else { verb.strip_suffix('e').unwrap_or(verb) };
    [format!("{verb}d"), format!("{stem}ing")]
}

/// Of "plan".
fn doubling(verb: &str) -> [String; 2] {
    let last = verb.chars().next_back().map(String::from).unwrap_or_default();
    [format!("{verb}{last}ed"), format!("{verb}{last}ing")]
}

/// Of "bomb", "deny", "destroy".
fn plain(verb: &str) -> [String; 2] {
    let past = y_after_consonant(verb).map_or_else(|| format!("{verb}ed"), |stem| format!("{stem}ied"));
    [past, format!("{verb}ing")]
}

fn third_person(verb: &str) -> String {
    if let Some(stem) = y_after_consonant(verb) {
        return format!("{stem}ies");
    }
    let hissing = ["s", "x", "z", "ch", "sh", "o"].iter().any(|ending| verb.ends_with(ending));
    if hissing { format!("{verb}es") } else { format!("{verb}s") }
}

fn y_after_consonant(verb: &str) -> Option<&str> {
    verb.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u']))
}

#[cfg(test)]
mod tests {
    use super::super::lemma::Lemmas;
    use super::*;
    use crate::labels::Upos;

    #[test]
    fn forms_lead_back_to_their_base() {
        let cases = [
            ("bombed", Penn::Vbd, "bomb"),
            ("provoking", Penn::Vbg, "provoke"),
            ("seized", Penn::Vbn, "seize"),
            ("denies", Penn::Vbz, "deny"),
            ("destroyed", Penn::Vbd, "destroy"),
            ("planned", Penn::Vbn, "plan"),
            ("overran", Penn::Vbd, "overrun"),
            ("clashes", Penn::Vbz, "clash"),
            ("guaranteeing", Penn::Vbg, "guarantee"),
            ("gunmen", Penn::Nns, "gunman"),
        ];
        let lemmas = Lemmas::english("");
        for (form, tag, lemma) in cases {
            assert_eq!(&*lemmas.lemma(form, Upos::X, tag, false), lemma, "{form}");
        }
    }
}
