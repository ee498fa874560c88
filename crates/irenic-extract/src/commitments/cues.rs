//! What leads to a commitment: a cue with a verb, a clause or a noun behind it, or a word of duty.

use irenic_language::Penn;
use irenic_model::{CommitmentStatus, Stance};

use super::lexicon::{Cue, Debtor};
use super::{Finder, Lead};
use crate::words::Shape;

impl Finder<'_> {
    /// A cue at `at` with "to" and a verb, with a clause, or with a noun.
    pub(super) fn cue(&self, at: usize) -> Option<Lead> {
        // "came to guarantee safety" tells a purpose.
        if at > 0 && self.clause.words[at - 1].is("to") && self.clause.words[at].xpos == Some(Penn::Vb) {
            return None;
        }
        let cues = &self.clause.lexicon.cues;
        cues.iter()
            .find_map(|cue| self.with_clause(cue, at))
            .or_else(|| cues.iter().find_map(|cue| self.with_verb(cue, at)))
            .or_else(|| cues.iter().find_map(|cue| self.with_gerund(cue, at)))
            .or_else(|| cues.iter().find_map(|cue| self.with_noun(cue, at)))
    }

    fn with_verb(&self, cue: &Cue, at: usize) -> Option<Lead> {
        let length = cue.to.at(self.clause.words, at)?;
        let end = at + length;
        let passive = self.is_passive(at);
        let (to, between) = match cue.debtor {
            Debtor::Subject => (self.next_to(end, 6)?, end),
            Debtor::Object if passive => (self.next_to(end, 2)?, end),
            Debtor::Object => (self.next_to(end, 12)?, end),
            Debtor::Passive if passive => (self.next_to(end, 3)?, end),
            Debtor::Passive => return None,
        };
        self.is_base(to + 1).then_some(())?;
        let dated = self.dates.iter().any(|date| date.start < to && between < date.end);
        let named = (between < to && !dated).then(|| self.clause.quote(&(between..to)));
        let subject = || self.clause.subject(at, self.before_auxiliaries(at), self.dates);
        let (debtor, creditor) = match cue.debtor {
            Debtor::Object if !passive => (Some(named?), subject()),
            Debtor::Subject => (subject(), named.map(|name| without_with(&name))),
            _ => (subject(), None),
        };
        let creditor = creditor.filter(|_| !(cue.debtor == Debtor::Object && cue.stance == Stance::Promised));
        // "accepted the obligation to": nobody's name.
        let word = |name: &String| cue.to.has(&name.rsplit(' ').next().unwrap_or_default().to_lowercase());
        let creditor = creditor.filter(|name| !word(name));
        // "The agreement commits the government to": the one whom it names owes it.
        let document = debtor.as_ref().is_some_and(|name| self.is_document(name));
        let (debtor, creditor) = if document { (creditor, None) } else { (debtor, creditor) };
        let stance = self.negated(at, cue.stance);
        Some(Lead {
            cue: at..end,
            action: to + 1,
            opening: to + 1,
            debtor,
            creditor,
            stance,
            status: CommitmentStatus::Undertaken,
        })
    }

    fn with_clause(&self, cue: &Cue, at: usize) -> Option<Lead> {
        let start = cue
            .that
            .at(self.clause.words, at)
            .map(|length| at + length)
            .or_else(|| self.told_that(cue, at))?;
        let window = start + 1..self.clause.words.len().min(start + 16);
        let obliges = |at: usize| match &cue.modals {
            Some(modals) => modals.at(self.clause.words, at).is_some(),
            None => self.is_modal(at),
        };
        let verb = window.clone().find(|&at| obliges(at)).map(|modal| modal + 1).or_else(|| {
            ((cue.stance == Stance::Demanded || cue.debtor == Debtor::Object) && cue.modals.is_none())
                .then(|| window.clone().find(|&at| self.is_bare_verb(at)))
                .flatten()
        })?;
        let subject_end = if self.is_modal(verb - 1) { verb - 1 } else { verb };
        let verb = self.after_adverbs(verb);
        let (debtor, opening) = self.owed((start < subject_end).then_some(start..subject_end), verb);
        let creditor = (cue.stance == Stance::Demanded)
            .then(|| self.clause.subject(at, self.before_auxiliaries(at), self.dates))
            .flatten();
        let stance = self.negated(at, cue.stance);
        Some(Lead {
            cue: at..start,
            action: verb,
            opening,
            debtor,
            creditor,
            stance,
            status: CommitmentStatus::Undertaken,
        })
    }

    /// The position after "that" in "assured the envoys that", where the cue is a word of telling.
    fn told_that(&self, cue: &Cue, at: usize) -> Option<usize> {
        let end = at + cue.told.at(self.clause.words, at)?;
        let window = end..self.clause.words.len().min(end + 5);
        window.into_iter().find(|&at| self.clause.words[at].is("that")).map(|that| that + 1)
    }

    /// "are prohibited from recruiting": the word after the cue is a form in -ing.
    fn with_gerund(&self, cue: &Cue, at: usize) -> Option<Lead> {
        let end = at + cue.gerund.at(self.clause.words, at)?;
        self.word(end).filter(|word| word.xpos == Some(Penn::Vbg) || word.lower.ends_with("ing"))?;
        Some(Lead {
            cue: at..end,
            action: end,
            opening: end,
            debtor: self.clause.subject(at, self.before_auxiliaries(at), self.dates),
            creditor: None,
            stance: self.negated(at, cue.stance),
            status: CommitmentStatus::Undertaken,
        })
    }

    fn with_noun(&self, cue: &Cue, at: usize) -> Option<Lead> {
        let length = cue.noun.at(self.clause.words, at)?;
        let start = at + length;
        if self.is_passive(at) {
            return None;
        }
        let nouns = &self.clause.lexicon.action_nouns;
        let limit = self.clause.words.len().min(start + 6);
        let head = (start..limit)
            .take_while(|&at| self.clause.words[at].shape != Shape::Mark && !self.clause.words[at].is("of"))
            .find(|&at| nouns.has(&self.clause.words[at].lower))?;
        let run = start..self.clause.end(start);
        let subject = self.clause.subject(at, self.before_auxiliaries(at), self.dates);
        let (debtor, creditor) = if cue.stance == Stance::Demanded {
            let done_by = self.clause.lexicon.done_by.has(&self.clause.words[head].lower);
            (done_by.then(|| self.clause.after_of(&run)).flatten(), subject)
        } else if cue.debtor == Debtor::Subject {
            (subject, None)
        } else {
            (None, None)
        };
        // "The agreement calls for the release": it holds what its parties promise.
        let document = creditor.as_ref().is_some_and(|name| self.is_document(name));
        let own = if document && cue.stance == Stance::Demanded { Stance::Promised } else { cue.stance };
        let creditor = creditor.filter(|_| !document);
        let stance = self.negated(at, own);
        Some(Lead {
            cue: at..start,
            action: start,
            opening: start,
            debtor,
            creditor,
            stance,
            status: CommitmentStatus::Undertaken,
        })
    }

    /// "shall" anywhere; "will", "is to", "must" with a deadline or under an agreement.
    pub(super) fn modal(&self, at: usize) -> Option<Lead> {
        let lexicon = self.clause.lexicon;
        let strict = lexicon.strict.at(self.clause.words, at);
        let loose =
            || lexicon.loose.at(self.clause.words, at).or_else(|| lexicon.obliging.at(self.clause.words, at));
        let length = strict.or_else(loose)?;
        let action = self.after_adverbs(at + length);
        let verb = self.word(action)?;
        // "There will be war again": nobody owes it.
        if at > 0 && self.clause.words[at - 1].is("there") {
            return None;
        }
        let negated = verb.is("not") || verb.is("be");
        if !negated && !self.is_base(action) {
            return None;
        }
        let end = self.clause.end(action);
        let deadline = self.deadline(action, end).is_some()
            || self.dates.first().is_some_and(|date| date.deadline && date.end <= at);
        let clause_of_it = self.standing.concluded && lexicon.arranges.at(self.clause.words, at).is_some();
        let agreement = self.standing.under_agreement || clause_of_it || self.names_agreement(at);
        // "a cordon that would keep them out" tells what a thing is for.
        let relative =
            at > 0 && (self.clause.words[at - 1].is("that") || self.clause.words[at - 1].is("who"));
        if relative && strict.is_none() && !agreement {
            return None;
        }
        // "will release", "must provide": a deed that parties owe is announced or asked for in any text.
        let deed =
            [&lexicon.gives, &lexicon.action_verbs, &lexicon.deeds].iter().any(|list| list.has(&verb.lower));
        let asked = deed && lexicon.obliging.at(self.clause.words, at).is_some();
        let announced = deed && lexicon.announcing.at(self.clause.words, at).is_some();
        if strict.is_none() && !deadline && !agreement && !asked && !announced {
            return None;
        }
        let passive = (action..end.min(action + 3)).any(|at| self.clause.words[at].is("be"));
        let subject = self.clause.subject_run(action, at, self.dates);
        let subject = subject.or_else(|| self.clause.subject_run(at, at, self.dates));
        let (debtor, opening) = self.owed(subject, action);
        let promised = strict.is_some() || agreement && !passive;
        let stance = match (promised, asked) {
            (true, _) => Stance::Promised,
            (false, true) => Stance::Demanded,
            (false, false) => Stance::Planned,
        };
        Some(Lead {
            cue: at..action,
            action,
            opening,
            debtor,
            creditor: None,
            stance,
            status: CommitmentStatus::Undertaken,
        })
    }

    /// Whether the sentence leads from an agreement or a decree to the modal: "under the accord", "a decree under which".
    fn names_agreement(&self, until: usize) -> bool {
        let lexicon = self.clause.lexicon;
        let before = &self.clause.words[..until];
        (0..before.len()).any(|at| {
            lexicon.context.at(before, at).is_some_and(|length| {
                let window = at.saturating_sub(6)..(at + length + 4).min(before.len());
                window.into_iter().any(|near| lexicon.leads.at(before, near).is_some())
            })
        })
    }
}

/// "with the rebels" names the rebels.
fn without_with(name: &str) -> String {
    name.strip_prefix("with ").unwrap_or(name).to_owned()
}
