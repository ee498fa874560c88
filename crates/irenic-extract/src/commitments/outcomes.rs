//! Words that tell what became of a commitment, and of whom they tell it.

use irenic_language::{Penn, Upos};
use irenic_model::{CommitmentStatus, Stance};

use super::{Finder, Lead};
use crate::words::{Shape, Word};

impl Finder<'_> {
    /// Words that tell what became of a commitment.
    pub(super) fn status(&self, at: usize) -> Option<Lead> {
        let lexicon = self.clause.lexicon;
        let found =
            lexicon.statuses.iter().filter_map(|cue| Some((cue, cue.cues.at(self.clause.words, at)?)));
        let (cue, length) = found.max_by_key(|(_, length)| *length)?;
        let end = at + length;
        if cue.verb && !lexicon.action_verbs.has(&self.word(end)?.lower) {
            return None;
        }
        if let Some(objects) = &cue.objects {
            let limit = self.clause.words.len().min(end + 5);
            let found = (end..limit)
                .take_while(|&at| {
                    self.clause.words[at].shape != Shape::Mark
                        && self.clause.words[at].upos != Some(Upos::Verb)
                })
                .any(|at| objects.has(&self.clause.words[at].lower));
            found.then_some(())?;
        }
        // "a series of violations of the truce": the noun has no subject, and "no violations" none to tell of.
        let nominal = self.clause.words[at].upos == Some(Upos::Noun);
        let none = |back: usize| {
            at.checked_sub(back)
                .is_some_and(|at| ["no", "any", "without"].iter().any(|no| self.clause.words[at].is(no)))
        };
        if nominal && (none(1) || none(2)) {
            return None;
        }
        let status = if !nominal && cue.status != CommitmentStatus::Breached && self.is_undone(at) {
            CommitmentStatus::Breached
        } else {
            cue.status
        };
        // "released all prisoners as agreed": what was done stands before.
        let done = cue.objects.is_none() && !cue.verb && cue.status == CommitmentStatus::Fulfilled;
        let verb = done.then(|| self.verb_before(at)).flatten();
        let opening = verb.map_or(at, |verb| {
            let subject = self.clause.subject_run(verb, self.before_auxiliaries(verb), self.dates);
            let passive = subject.filter(|_| self.is_passive(verb));
            passive.map_or_else(|| self.before_auxiliaries(verb), |run| run.start)
        });
        if let Some(verb) = verb {
            let status = if self.is_negated(verb) { CommitmentStatus::Breached } else { status };
            let debtor = self.clause.subject(verb, self.before_auxiliaries(verb), self.dates);
            let debtor = debtor.filter(|_| !self.is_passive(verb));
            let stance = Stance::Asserted;
            return Some(Lead { cue: at..at, action: at, opening, debtor, creditor: None, stance, status });
        }
        let (debtor, stance) = match self.accused(at) {
            Some(name) => (Some(name), Stance::Alleged),
            None if nominal => (None, Stance::Asserted),
            None => (self.clause.subject(at, self.before_auxiliaries(at), self.dates), Stance::Asserted),
        };
        Some(Lead { cue: at..at, action: at, opening, debtor, creditor: None, stance, status })
    }

    /// "Neither side kept its word", "has never been carried out", "none of the parties complied with it".
    fn is_undone(&self, at: usize) -> bool {
        let end = self.before_auxiliaries(at);
        let subject = &self.clause.words[end.saturating_sub(6)..end];
        let own = subject.iter().rposition(|word| word.shape == Shape::Mark).map_or(0, |mark| mark + 1);
        let by_none = |word: &Word| word.is("neither") || word.is("none") || word.is("nobody");
        self.is_negated(at) || subject[own..].iter().any(by_none)
    }

    /// The last verb before a position that is no auxiliary, in the same clause but for commas.
    fn verb_before(&self, end: usize) -> Option<usize> {
        let stop = |at: &usize| matches!(self.clause.words[*at].lower.as_str(), "." | ";" | ":" | "(" | ")");
        let verb = |at: &usize| {
            let word = &self.clause.words[*at];
            word.upos == Some(Upos::Verb) && matches!(word.xpos, Some(Penn::Vbd | Penn::Vbn | Penn::Vbz))
        };
        (0..end).rev().take_while(|at| !stop(at)).find(verb)
    }

    /// The accused of "accused the rebels of violating".
    fn accused(&self, at: usize) -> Option<String> {
        let of = at.checked_sub(1).filter(|&of| self.clause.words[of].is("of"))?;
        let window = of.saturating_sub(10)..of;
        let verb = window.rev().find(|&at| self.clause.words[at].lower.starts_with("accus"))?;
        (verb + 1 < of).then(|| self.clause.quote(&(verb + 1..of)))
    }
}
