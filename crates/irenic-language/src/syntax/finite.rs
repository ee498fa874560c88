//! Prose that ends in a full stop has a finite verb.
//!
//! A treebank of reviews and mail is full of fragments, and the network, unsure of a verb it has not seen, takes "The army
//! shelled nine posts." for one. Where a sentence would be left without a finite verb, the likeliest word that can be one
//! is.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::lexicon;
use super::paradigm::Paradigm;
use crate::labels::{Penn, Upos};

static BASES: LazyLock<FxHashSet<String>> = LazyLock::new(|| lexicon::bases().collect());

/// So much likelier, in natural logarithms of odds, may the network find another tag of the word and still be overruled.
///
/// On EWT dev and on GUM nothing is lost up to this; beyond it fragments become clauses.
const MARGIN: f32 = 6.0;

/// Shorter sentences are fragments as often as not.
const WORDS_MIN: usize = 4;

/// The word that is the verb of a sentence in which none is tagged as one, and its tag. `scores` has a row of `width`
/// for each word.
pub(super) fn missing(forms: &[&str], xpos: &[usize], scores: &[f32], width: usize) -> Option<(usize, Penn)> {
    let stopped = forms.last().is_some_and(|&form| matches!(form, "." | "!"));
    if !stopped || forms.len() <= WORDS_MIN || xpos.iter().any(|&tag| is_verb(Penn::ALL[tag])) {
        return None;
    }
    let rows = forms.iter().zip(xpos).zip(scores.chunks_exact(width)).enumerate();
    let loss = rows.skip(1).filter_map(|(at, ((form, &tag), row))| {
        let base = || BASES.contains(*form).then_some(Penn::Vbp);
        let verb = Paradigm::of(form).finite().or_else(base)?;
        Some((row[tag] - row[verb.index()], at, verb))
    });
    let least = loss.min_by(|(one, ..), (other, ..)| one.total_cmp(other))?;
    (least.0 <= MARGIN).then_some((least.1, least.2))
}

/// Makes the two tags of a word agree with each other and with its form: what is finite is a verb, and "sank" is past.
pub(super) fn agree(forms: &[&str], xpos: &mut [usize], upos: &mut [usize]) {
    for ((form, xpos), upos) in forms.iter().zip(xpos).zip(upos) {
        let tag = Penn::ALL[*xpos];
        if !tag.has_tense() {
            continue;
        }
        if tag == Penn::Vbp && Paradigm::of(form).finite() == Some(Penn::Vbd) {
            *xpos = Penn::Vbd.index();
        }
        if !matches!(Upos::ALL[*upos], Upos::Verb | Upos::Aux) {
            *upos = Upos::Verb.index();
        }
    }
}

/// Finite, or an imperative.
const fn is_verb(tag: Penn) -> bool {
    tag.is_finite_verb() || matches!(tag, Penn::Vb)
}

#[cfg(test)]
mod tests {
    use crate::labels::Penn;
    use crate::{Pipeline, segments_of};

    fn root(text: &str) -> (String, Penn) {
        let analysis = Pipeline::new().analyse(text, &segments_of(text));
        let root = analysis.tokens.iter().find(|token| token.head.is_none()).expect("a sentence has a root");
        (root.span.of(text).to_owned(), root.xpos)
    }

    #[test]
    fn prose_has_a_finite_verb() {
        assert_eq!(root("The army shelled nine outposts."), ("shelled".into(), Penn::Vbd));
        assert_eq!(root("The Front sank two navy gunboats on 19 April 1995."), ("sank".into(), Penn::Vbd));
        assert_eq!(root("The two sides disagree over the route."), ("disagree".into(), Penn::Vbp));
    }

    #[test]
    fn headings_and_short_answers_have_none() {
        assert_ne!(root("Great food and a good view.").1, Penn::Vbp);
        assert_ne!(root("Nine outposts shelled by the army").1, Penn::Vbd);
    }
}
