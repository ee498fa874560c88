//! Commitments: who owes what to whom by when, and what became of it.
//!
//! A cue ("undertook to", "demanded", "shall") leads to what is to be done, which reaches to the end of its clause;
//! dates there with "by", "before" or "within" set the deadline. Demands and refusals are kept apart from undertakings
//! by their stance. The words are data, in `rules/en/commitments.toml`.

mod clause;
mod due;
mod frame;
mod lexicon;
#[cfg(test)]
mod tests;

use std::ops::Range;

use irenic_language::{Penn, Upos};
use irenic_model::{
    BlockKind, Commitment, CommitmentStatus, Content, DateInterval, Span, Stance, Statement, StatementId,
};

use crate::Input;
use crate::voice::voice_at;
use crate::words::{Shape, Word, words};
use clause::Clause;
use due::Dated;
pub(crate) use due::days_of;
use frame::DocumentFrame;
use lexicon::{Cue, Debtor, Lexicon};

/// The commitments of a document, in text order: each a statement whose content is a commitment.
///
/// The deadline is the last day of [`Commitment::due`].
#[must_use]
pub fn commitments(input: &Input<'_>) -> Vec<Statement> {
    let lexicon = Lexicon::english();
    let mut found = Vec::new();
    let frame = DocumentFrame::of(input, lexicon);
    let mut under_agreement = frame.is_agreement;
    for block in &input.document.blocks {
        if matches!(
            block.kind,
            BlockKind::Literal | BlockKind::Footnote | BlockKind::TableRow | BlockKind::Heading(_)
        ) {
            continue;
        }
        let sentences = &input.analysis.sentences;
        let first = sentences.partition_point(|sentence| sentence.span.end <= block.span.start);
        let own = sentences[first..].iter().take_while(|sentence| sentence.span.start < block.span.end);
        let mut concluded = false;
        for sentence in own {
            let standing = Standing { under_agreement, concluded };
            concluded = in_sentence(input, sentence.span, (standing, frame.made), lexicon, &mut found);
        }
        under_agreement = frame.is_agreement
            || leads_in(input, block.span, lexicon)
            || under_agreement && block.kind == BlockKind::ListItem;
    }
    found.sort_by_key(|statement| statement.span);
    found.dedup_by_key(|statement| statement.span);
    found
}

/// Whether a block leads to a list of what an agreement holds: "Under the agreement:".
fn leads_in(input: &Input<'_>, span: Span, lexicon: &Lexicon) -> bool {
    let text = span.of(&input.document.text).trim_end();
    let last_line = text.rfind('\n').map_or(span.start, |at| span.start + at);
    text.ends_with(':') && {
        let run = words(&input.document.text, Span::new(last_line, span.start + text.len()), input.analysis);
        (0..run.len()).any(|at| lexicon.context.at(&run, at).is_some())
    }
}

/// What the sentences before one tell of an agreement.
#[derive(Clone, Copy)]
struct Standing {
    /// The sentence stands in a list of what an agreement holds.
    under_agreement: bool,
    /// A sentence before it in the same paragraph told that one was concluded.
    concluded: bool,
}

/// Finds the commitments of a sentence, and tells whether the next one may go on with what an agreement holds.
fn in_sentence(
    input: &Input<'_>,
    span: Span,
    (standing, made): (Standing, Option<DateInterval>),
    lexicon: &Lexicon,
    found: &mut Vec<Statement>,
) -> bool {
    let run = words(&input.document.text, span, input.analysis);
    let clause = Clause { text: &input.document.text, words: &run, analysis: input.analysis, lexicon };
    let without_made = due::dates(&run, input.times, None, lexicon);
    let own = without_made.iter().find(|date| !date.deadline && (date.loose || date.anchor));
    let made = own.map(|date| date.when).or(made);
    let dates = due::dates(&run, input.times, made, lexicon);
    let finder = Finder { input, clause: &clause, dates: &dates, standing };
    finder.run(found);
    let concludes = (0..run.len()).any(|at| {
        lexicon.concludes.has(&run[at].lower)
            && (at + 1..run.len().min(at + 8)).any(|near| lexicon.context.at(&run, near).is_some())
    });
    concludes || standing.concluded
}

/// What one cue leads to.
struct Lead {
    /// The cue's words.
    cue: Range<usize>,
    /// The first word of what is to be done.
    action: usize,
    debtor: Option<String>,
    creditor: Option<String>,
    stance: Stance,
    status: CommitmentStatus,
}

/// The search of one sentence.
struct Finder<'a> {
    input: &'a Input<'a>,
    clause: &'a Clause<'a>,
    dates: &'a [Dated],
    standing: Standing,
}

impl Finder<'_> {
    fn run(&self, found: &mut Vec<Statement>) {
        let mut at = 0;
        while at < self.clause.words.len() {
            let lead = self.status(at).or_else(|| self.cue(at)).or_else(|| self.modal(at));
            at = match lead {
                Some(lead) => self.state(&lead, found).max(at + 1),
                None => at + 1,
            };
        }
    }

    fn word(&self, at: usize) -> Option<&Word> {
        self.clause.words.get(at)
    }

    /// A cue at `at` with "to" and a verb, with a clause, or with a noun.
    fn cue(&self, at: usize) -> Option<Lead> {
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
        let named = (between < to).then(|| self.clause.quote(&(between..to)));
        let subject = || self.clause.subject(at, self.before_auxiliaries(at), self.dates);
        let (debtor, creditor) = match cue.debtor {
            Debtor::Object if !passive => (Some(named?), subject()),
            Debtor::Subject => (subject(), named.map(|name| without_with(&name))),
            _ => (subject(), None),
        };
        let creditor = creditor.filter(|_| !(cue.debtor == Debtor::Object && cue.stance == Stance::Promised));
        let stance = self.negated(at, cue.stance);
        Some(Lead {
            cue: at..end,
            action: to + 1,
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
            (cue.stance == Stance::Demanded && cue.modals.is_none())
                .then(|| window.clone().find(|&at| self.is_bare_verb(at)))
                .flatten()
        })?;
        let subject_end = if self.is_modal(verb - 1) { verb - 1 } else { verb };
        let verb = self.after_adverbs(verb);
        let debtor = (start < subject_end).then(|| self.clause.quote(&(start..subject_end)));
        let creditor = (cue.stance == Stance::Demanded)
            .then(|| self.clause.subject(at, self.before_auxiliaries(at), self.dates))
            .flatten();
        let stance = self.negated(at, cue.stance);
        Some(Lead {
            cue: at..start,
            action: verb,
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
            debtor: self.clause.subject(at, self.before_auxiliaries(at), self.dates),
            creditor: None,
            stance: self.negated(at, cue.stance),
            status: CommitmentStatus::Undertaken,
        })
    }

    /// The first word from `at` on that is no adverb.
    fn after_adverbs(&self, at: usize) -> usize {
        let adverb = |at: usize| {
            self.word(at).is_some_and(|word| {
                word.upos == Some(Upos::Adv) && !word.is("not") && self.word(at + 1).is_some()
            })
        };
        (at..at + 2).find(|&at| !adverb(at)).unwrap_or(at)
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
        let stance = self.negated(at, cue.stance);
        Some(Lead {
            cue: at..start,
            action: start,
            debtor,
            creditor,
            stance,
            status: CommitmentStatus::Undertaken,
        })
    }

    /// "shall" anywhere; "will", "is to", "must" with a deadline or under an agreement.
    fn modal(&self, at: usize) -> Option<Lead> {
        let lexicon = self.clause.lexicon;
        let strict = lexicon.strict.at(self.clause.words, at);
        let loose =
            || lexicon.loose.at(self.clause.words, at).or_else(|| lexicon.obliging.at(self.clause.words, at));
        let length = strict.or_else(loose)?;
        let action = self.after_adverbs(at + length);
        let verb = self.word(action)?;
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
        let debtor = self.clause.subject(action, at, self.dates);
        let debtor = debtor.or_else(|| self.clause.subject(at, at, self.dates));
        let promised = strict.is_some() || agreement && !passive;
        let stance = match (promised, asked) {
            (true, _) => Stance::Promised,
            (false, true) => Stance::Demanded,
            (false, false) => Stance::Planned,
        };
        Some(Lead {
            cue: at..action,
            action,
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

    /// Words that tell what became of a commitment.
    fn status(&self, at: usize) -> Option<Lead> {
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
        let (debtor, stance) = match self.accused(at) {
            Some(name) => (Some(name), Stance::Alleged),
            None if nominal => (None, Stance::Asserted),
            None => (self.clause.subject(at, self.before_auxiliaries(at), self.dates), Stance::Asserted),
        };
        Some(Lead { cue: at..at, action: at, debtor, creditor: None, stance, status: cue.status })
    }

    /// The accused of "accused the rebels of violating".
    fn accused(&self, at: usize) -> Option<String> {
        let of = at.checked_sub(1).filter(|&of| self.clause.words[of].is("of"))?;
        let window = of.saturating_sub(10)..of;
        let verb = window.rev().find(|&at| self.clause.words[at].lower.starts_with("accus"))?;
        (verb + 1 < of).then(|| self.clause.quote(&(verb + 1..of)))
    }

    /// Makes statements of what a cue leads to: one for each "and to", and one for each further member of a list with
    /// dates. Returns the position after it.
    fn state(&self, lead: &Lead, found: &mut Vec<Statement>) -> usize {
        let mut action = lead.action;
        let mut start = lead.cue.start;
        loop {
            let end = self.clause.end(action);
            let due = self.deadline(action, end);
            let action_end = due.map_or(end, |due| due.start).max(action + 1);
            let last = due.map_or(end, |due| due.end.min(end)).max(action_end);
            let statement = self.statement(lead, &(action..action_end), &(start..last), due);
            found.push(statement);
            if let Some(due) = due {
                self.further(lead, action, due.end, end, found);
            }
            let joint = self.word(end).filter(|word| word.is("and") || word.is("or") || word.is(","));
            let next = end + 1;
            let goes_on = joint.is_some()
                && self.word(next).is_some_and(|word| word.is("to"))
                && self.is_base(next + 1);
            if !goes_on || lead.status != CommitmentStatus::Undertaken {
                return end;
            }
            action = next + 1;
            start = action;
        }
    }

    /// "hand over Alba by 15 May, Berna by 20 May and Corva by 1 June": the members after the first.
    fn further(&self, lead: &Lead, verb: usize, from: usize, end: usize, found: &mut Vec<Statement>) {
        let mut at = from;
        for date in self.dates.iter().filter(|date| date.deadline && from < date.start && date.end <= end) {
            let mut start = at;
            while start < date.start
                && (self.clause.words[start].is(",") || self.clause.words[start].is("and"))
            {
                start += 1;
            }
            let named = start > at && start < date.start && date.start - start <= 6;
            if !named {
                return;
            }
            let mut statement = self.statement(lead, &(start..date.start), &(start..date.end), Some(*date));
            if let Content::Commitment(commitment) = &mut statement.content {
                commitment.action = format!("{} {}", self.verb(verb), commitment.action);
            }
            found.push(statement);
            at = date.end;
        }
    }

    /// The verb of an action with its particle: "hand over".
    fn verb(&self, at: usize) -> String {
        let particle = self
            .word(at + 1)
            .is_some_and(|word| ["over", "out", "down", "back", "up"].iter().any(|p| word.is(p)));
        self.clause.quote(&(at..at + 1 + usize::from(particle)))
    }

    fn statement(
        &self,
        lead: &Lead,
        action: &Range<usize>,
        extent: &Range<usize>,
        due: Option<Dated>,
    ) -> Statement {
        let span = self.clause.span(extent);
        let (holder, said) = voice_at(self.input.attributions, span);
        let stance = combined(lead.stance, said);
        let source = self.input.document.source.sha256;
        let opening = self.dates.first().filter(|date| date.deadline && date.end <= lead.cue.start);
        let made =
            self.dates.iter().find(|date| !date.deadline && date.end <= lead.action).map(|date| date.when);
        let content = Commitment {
            debtor: lead.debtor.clone(),
            creditor: lead.creditor.clone().or_else(|| self.clause.receiver(action)),
            action: self.clause.quote(action),
            condition: self.condition(extent),
            due: self.due(lead, due.or(opening.copied())),
            made: made.or_else(|| self.when_done(lead, action)),
            status: lead.status,
        };
        Statement {
            id: StatementId::new(source, span, "commitment"),
            span,
            holder,
            stance,
            content: Content::Commitment(content),
        }
    }

    /// On what condition: the clause after "if", "provided that" or their like, behind the action or before the cue.
    fn condition(&self, extent: &Range<usize>) -> Option<String> {
        let words = self.clause.words;
        let cue = |at: usize| self.clause.lexicon.conditions.at(words, at);
        let mut places = (extent.start..words.len()).chain(0..extent.start);
        let start = places.find(|&at| cue(at).is_some())?;
        let after = start + cue(start)?;
        let marks = |at: &usize| matches!(words[*at].lower.as_str(), "," | ";" | "." | ":" | "(" | ")");
        let end = (after..words.len()).find(marks).unwrap_or(words.len());
        (after < end).then(|| self.clause.quote(&(start..end)))
    }

    fn due(&self, lead: &Lead, date: Option<Dated>) -> Option<DateInterval> {
        date.filter(|_| lead.status == CommitmentStatus::Undertaken).map(|date| date.when)
    }

    /// Of a statement on fulfilment: when that was.
    fn when_done(&self, lead: &Lead, action: &Range<usize>) -> Option<DateInterval> {
        let done = lead.status != CommitmentStatus::Undertaken;
        self.dates.iter().find(|date| done && date.end > action.start).map(|date| date.when)
    }

    /// The date inside an action that is its deadline: the first with "by" or its like; of what is put forward for the
    /// future, also one with "on".
    fn deadline(&self, from: usize, end: usize) -> Option<Dated> {
        let inside = || self.dates.iter().filter(move |date| from < date.start && date.end <= end);
        inside().find(|date| date.deadline).or_else(|| inside().find(|date| date.loose)).copied()
    }

    /// The position of "to" after a cue, at most `window` words on, without a mark or a verb between.
    fn next_to(&self, from: usize, window: usize) -> Option<usize> {
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
    fn is_base(&self, at: usize) -> bool {
        let Some(word) = self.word(at).filter(|word| word.shape == Shape::Letters && !word.capital) else {
            return false;
        };
        let verb = word.xpos == Some(Penn::Vb)
            || matches!(word.upos, Some(Upos::Verb | Upos::Aux)) && word.xpos != Some(Penn::Vbd);
        verb || self.clause.lexicon.action_verbs.has(&word.lower)
            || self.clause.lexicon.gives.has(&word.lower)
    }

    /// Whether the word is a verb without an ending, as after "demanded that the rebels".
    fn is_bare_verb(&self, at: usize) -> bool {
        self.word(at).is_some_and(|word| matches!(word.xpos, Some(Penn::Vb | Penn::Vbp)))
    }

    fn is_modal(&self, at: usize) -> bool {
        let lexicon = self.clause.lexicon;
        lexicon.strict.at(self.clause.words, at).is_some()
            || lexicon.loose.at(self.clause.words, at) == Some(1)
            || self.word(at).is_some_and(|word| word.is("should") || word.is("could"))
    }

    fn is_passive(&self, at: usize) -> bool {
        let before = |back: usize| at.checked_sub(back).and_then(|at| self.word(at));
        [1, 2].into_iter().any(|back| {
            before(back).is_some_and(|word| {
                ["is", "are", "was", "were", "be", "been", "being"].iter().any(|be| word.is(be))
            })
        })
    }

    /// The position before the auxiliaries and adverbs of a verb, where its subject ends.
    fn before_auxiliaries(&self, verb: usize) -> usize {
        let mut at = verb;
        while at > 0 && matches!(self.clause.words[at - 1].upos, Some(Upos::Aux | Upos::Adv | Upos::Part)) {
            at -= 1;
        }
        at
    }

    /// The stance under a negation or a condition: "did not agree to", "would agree to".
    fn negated(&self, cue: usize, stance: Stance) -> Stance {
        let before = &self.clause.words[self.before_auxiliaries(cue)..cue];
        if before.iter().any(|word| word.is("not") || word.is("never") || word.is("n't")) {
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

/// The stance of a commitment that another reports: a denial, an allegation or a doubt goes before the cue's own.
const fn combined(own: Stance, said: Stance) -> Stance {
    match said {
        Stance::Denied | Stance::Hypothetical | Stance::Alleged => said,
        Stance::Reported if matches!(own, Stance::Asserted) => said,
        _ => own,
    }
}

/// "with the rebels" names the rebels.
fn without_with(name: &str) -> String {
    name.strip_prefix("with ").unwrap_or(name).to_owned()
}
