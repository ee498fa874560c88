//! Forms of words around a cue: infinitives, passives, modals, negation.

use irenic_language::{Penn, Upos};
use irenic_model::Stance;

use super::Finder;
use crate::words::Shape;

impl Finder<'_> {
    /// The first word from `at` on that is no adverb.
    pub(super) fn after_adverbs(&self, at: usize) -> usize {
        let adverb = |at: usize| {
            self.word(at).is_some_and(|word| {
                word.upos == Some(Upos::Adv) && !word.is("not") && self.word(at + 1).is_some()
            })
        };
        (at..at + 2).find(|&at| !adverb(at)).unwrap_or(at)
    }

    /// The position of "to" after a cue, at most `window` words on, without a mark or a verb between.
    pub(super) fn next_to(&self, from: usize, window: usize) -> Option<usize> {
        let words = &self.clause.words[from..self.clause.words.len().min(from + window + 1)];
        for (offset, word) in words.iter().enumerate() {
            if word.is("to") && self.is_base(from + offset + 1) {
                return Some(from + offset);
            }
            if word.shape == Shape::Mark
                || matches!(word.upos, Some(Upos::Aux))
                || word.xpos == Some(Penn::Vbd)
            {
                return None;
            }
        }
        None
    }

    /// Whether the word can be the verb of an infinitive. A tag alone is not trusted: "hand over" is often read as a noun.
    pub(super) fn is_base(&self, at: usize) -> bool {
        let Some(word) = self.word(at).filter(|word| word.shape == Shape::Letters && !word.capital) else {
            return false;
        };
        let verb = word.xpos == Some(Penn::Vb)
            || matches!(word.upos, Some(Upos::Verb | Upos::Aux)) && word.xpos != Some(Penn::Vbd);
        verb || self.clause.lexicon.action_verbs.has(&word.lower)
            || self.clause.lexicon.gives.has(&word.lower)
    }

    /// Whether the word is a verb without an ending, as after "demanded that the rebels".
    pub(super) fn is_bare_verb(&self, at: usize) -> bool {
        self.word(at).is_some_and(|word| matches!(word.xpos, Some(Penn::Vb | Penn::Vbp)))
    }

    pub(super) fn is_modal(&self, at: usize) -> bool {
        let lexicon = self.clause.lexicon;
        lexicon.strict.at(self.clause.words, at).is_some()
            || lexicon.loose.at(self.clause.words, at) == Some(1)
            || self.word(at).is_some_and(|word| word.is("should") || word.is("could"))
    }

    pub(super) fn is_passive(&self, at: usize) -> bool {
        let before = |back: usize| at.checked_sub(back).and_then(|at| self.word(at));
        [1, 2].into_iter().any(|back| {
            before(back).is_some_and(|word| {
                ["is", "are", "was", "were", "be", "been", "being"].iter().any(|be| word.is(be))
            })
        })
    }

    /// The position before the auxiliaries and adverbs of a verb, where its subject ends.
    pub(super) fn before_auxiliaries(&self, verb: usize) -> usize {
        let mut at = verb;
        while at > 0 && matches!(self.clause.words[at - 1].upos, Some(Upos::Aux | Upos::Adv | Upos::Part)) {
            at -= 1;
        }
        at
    }

    /// Whether a negation stands among the auxiliaries: "has never honoured".
    pub(super) fn is_negated(&self, cue: usize) -> bool {
        let before = &self.clause.words[self.before_auxiliaries(cue)..cue];
        before.iter().any(|word| word.is("not") || word.is("never") || word.is("n't"))
    }

    /// The stance under a negation or a condition: "did not agree to", "would agree to".
    pub(super) fn negated(&self, cue: usize, stance: Stance) -> Stance {
        let before = &self.clause.words[self.before_auxiliaries(cue)..cue];
        if self.is_negated(cue) {
            Stance::Denied
        } else if before
            .iter()
            .any(|word| word.is("would") || word.is("could") || word.is("might") || word.is("may"))
        {
            Stance::Hypothetical
        } else {
            stance
        }
    }
}
