//! From what a cue leads to, to statements: how far each deed reaches, when it is due, and on what condition.

use std::ops::Range;

use irenic_model::{Commitment, CommitmentStatus, Content, DateInterval, Stance, Statement, StatementId};

use super::due::Dated;
use super::{Finder, Lead};
use crate::voice::voice_at;

impl Finder<'_> {
    /// Makes statements of what a cue leads to: one for each "and to", and one for each further member of a list with
    /// dates. Returns the position after it.
    pub(super) fn state(&self, lead: &Lead, found: &mut Vec<Statement>) -> usize {
        let mut action = lead.action;
        let mut start = lead.cue.start;
        loop {
            let end = self.clause.end(action);
            let due = self.deadline(action, end);
            let action_end = due.map_or(end, |due| due.start).max(action + 1);
            let last = due.map_or(end, |due| due.end.min(end)).max(action_end);
            // What it is done to stands before the verb of the first deed.
            let first = action == lead.action;
            let opening = if first { lead.opening } else { action };
            let own = opening.min(action)..action_end;
            let statement = self.statement(lead, &own, &(start.min(opening)..last), due);
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
        // "By 30 June the rebels must", "the rebels have until 30 June to".
        let before = |date: &&Dated| date.deadline && lead.cue.start <= date.start && date.end <= lead.action;
        let opening = self.dates.first().filter(|date| date.deadline && date.end <= lead.cue.start);
        let opening = opening.or_else(|| self.dates.iter().find(before));
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
    pub(super) fn deadline(&self, from: usize, end: usize) -> Option<Dated> {
        let inside = || self.dates.iter().filter(move |date| from < date.start && date.end <= end);
        inside().find(|date| date.deadline).or_else(|| inside().find(|date| date.loose)).copied()
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
