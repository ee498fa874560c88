//! What no tree of English has, whatever the scores of a network that is unsure of a word.

use crate::labels::{Penn, Relation};

/// The sentence as tagged, and its root where that is settled.
#[derive(Debug)]
pub(super) struct Rules<'a> {
    /// Position of the root.
    pub(super) root: Option<usize>,
    pub(super) forms: &'a [&'a str],
    /// Indices into [`Penn::ALL`].
    pub(super) xpos: &'a [usize],
}

/// What hangs from nouns and not from finite verbs.
const OF_NOUNS: [Relation; 4] = [Relation::Compound, Relation::Amod, Relation::Det, Relation::Nummod];

impl Rules<'_> {
    fn is_finite(&self, at: usize) -> bool {
        matches!(Penn::ALL[self.xpos[at]], Penn::Vbd | Penn::Vbp | Penn::Vbz)
    }

    /// Bars heads of the word at `at`; `scores` has the root first and then a score a word.
    ///
    /// Nothing reaches across a settled root, and an article's noun stands between it and the next finite verb.
    pub(super) fn bar_heads(&self, at: usize, scores: &mut [f32]) {
        if let Some(root) = self.root.filter(|&root| root != at) {
            scores[0] = f32::NEG_INFINITY;
            let across = if at < root { root + 2..scores.len() } else { 1..root + 1 };
            scores[across].fill(f32::NEG_INFINITY);
        }
        if ["the", "a", "an"].iter().any(|article| article.eq_ignore_ascii_case(self.forms[at])) {
            let words = self.forms.len();
            let verb = (at + 1..words).find(|&next| self.is_finite(next)).unwrap_or(words);
            if at + 1 < verb {
                scores[..=at].fill(f32::NEG_INFINITY);
                scores[verb + 1..].fill(f32::NEG_INFINITY);
            }
        }
    }

    /// Bars relations to the head at `head`: a noun's to a finite verb, a passive's to a root that was found to be one.
    pub(super) fn bar_relations(&self, head: usize, scores: &mut [f32]) {
        if self.is_finite(head) {
            OF_NOUNS.iter().for_each(|relation| scores[relation.index()] = f32::NEG_INFINITY);
        }
        if self.root == Some(head) {
            scores[Relation::NsubjPass.index()] = f32::NEG_INFINITY;
        }
    }
}
