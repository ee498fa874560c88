//! Learning the lemmatiser's rules from a treebank.

use std::collections::BTreeMap;
use std::fmt::Write;

use irenic_language::syntax::lemma::{ENDING_MAX, Edit, Lemmas, matters};
use irenic_language::{Penn, Upos};

use super::conllu::Word;

/// Word types that an ending's rule must be seen on.
const TYPES_MIN: usize = 2;

/// The rules, in the text form that [`Lemmas`] reads.
pub(crate) fn learn(sentences: &[Vec<Word>]) -> String {
    let pairs = majority(sentences);
    let mut text = rules(&pairs);
    let lemmas = Lemmas::new(&text);
    for ((tag, form), lemma) in &pairs {
        if &*lemmas.lemma(form, Upos::X, *tag, false) != lemma.as_str() {
            writeln!(text, "E\t{tag}\t{form}\t{lemma}").expect("writing to memory does not fail");
        }
    }
    text
}

/// The commonest lemma of each form and tag, in lower case.
fn majority(sentences: &[Vec<Word>]) -> BTreeMap<(Penn, String), String> {
    let mut counts: BTreeMap<(Penn, String), BTreeMap<String, usize>> = BTreeMap::new();
    for word in sentences.iter().flatten() {
        let Some(tag) = Penn::parse(&word.xpos).filter(|&tag| matters(tag)) else { continue };
        let clean = word.lemma != "_" && !word.form.contains([' ', '\t']);
        if clean {
            *counts
                .entry((tag, word.form.to_lowercase()))
                .or_default()
                .entry(word.lemma.to_lowercase())
                .or_default() += 1;
        }
    }
    let first_most =
        |lemmas: BTreeMap<String, usize>| lemmas.into_iter().rev().max_by_key(|(_, count)| *count);
    counts.into_iter().filter_map(|(key, lemmas)| Some((key, first_most(lemmas)?.0))).collect()
}

/// For each tag and ending the edit of most word types, where it differs from what a shorter ending's rule does.
fn rules(pairs: &BTreeMap<(Penn, String), String>) -> String {
    let mut counts: BTreeMap<(Penn, usize, String), BTreeMap<Edit, usize>> = BTreeMap::new();
    for ((tag, form), lemma) in pairs {
        let chars: Vec<char> = form.chars().collect();
        let edit = Edit::between(form, lemma);
        for length in 0..=ENDING_MAX.min(chars.len()) {
            let ending: String = chars[chars.len() - length..].iter().collect();
            *counts.entry((*tag, length, ending)).or_default().entry(edit.clone()).or_default() += 1;
        }
    }
    let mut chosen: BTreeMap<(Penn, String), Edit> = BTreeMap::new();
    let mut text = String::new();
    // Shorter endings come first in the map for each tag, so that longer ones can be compared with them.
    for ((tag, length, ending), edits) in counts {
        let Some((edit, count)) = edits.into_iter().rev().max_by_key(|(_, count)| *count) else { continue };
        let shorter = (1..=length).find_map(|drop| {
            let shorter: String = ending.chars().skip(drop).collect();
            chosen.get(&(tag, shorter))
        });
        let same = shorter == Some(&edit) || (shorter.is_none() && edit.strip == 0 && edit.append.is_empty());
        if count < TYPES_MIN || same {
            continue;
        }
        writeln!(text, "R\t{tag}\t{ending}\t{}\t{}", edit.strip, edit.append)
            .expect("writing to memory does not fail");
        chosen.insert((tag, ending), edit);
    }
    text
}
