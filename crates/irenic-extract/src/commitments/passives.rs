//! Who owes what is to be done to something: "all prisoners shall be released" owes nothing of the prisoners.

use std::ops::Range;

use irenic_language::{Penn, Upos};

use super::Finder;
use crate::words::Shape;

impl Finder<'_> {
    /// The debtor, and where the words for what is to be done begin: with the subject of a passive that is no body that acts,
    /// or that comes to be by what is done; then the debtor is whoever stands behind "by".
    pub(super) fn owed(&self, subject: Option<Range<usize>>, action: usize) -> (Option<String>, usize) {
        let Some(run) = subject.filter(|run| !run.is_empty()) else { return (None, action) };
        let participle = self.participle_of(action);
        let suffers = participle.is_some_and(|at| !self.is_body(&run) || self.is_made(at));
        if !suffers {
            return (Some(self.clause.quote(&run)), action);
        }
        let by = participle.and_then(|at| self.agent(at));
        (by, run.start)
    }

    /// The participle of "be released", "not be released".
    fn participle_of(&self, action: usize) -> Option<usize> {
        let be = (action..action + 2).find(|&at| self.word(at).is_some_and(|word| word.is("be")))?;
        let at = self.after_adverbs(be + 1);
        let word = self.word(at)?;
        (word.xpos == Some(Penn::Vbn) || word.lower.ends_with("ed")).then_some(at)
    }

    /// Whether a noun phrase names a body that acts: by its head, the word before "of", or by a name.
    fn is_body(&self, run: &Range<usize>) -> bool {
        let of = (run.start + 1..run.end).find(|&at| self.clause.words[at].is("of")).unwrap_or(run.end);
        let head = &self.clause.words[of - 1];
        let known = self.clause.lexicon.bodies.has(&head.lower);
        known || head.upos == Some(Upos::Propn) && head.capital
    }

    /// Whether it is a participle of what brings something about: "a commission shall be established".
    fn is_made(&self, at: usize) -> bool {
        self.word(at).is_some_and(|word| self.clause.lexicon.makes.has(&word.lower))
    }

    /// The one behind "by" after a participle, in the same clause.
    fn agent(&self, participle: usize) -> Option<String> {
        let end = self.clause.words.len().min(participle + 8);
        let mark = |at: &usize| self.clause.words[*at].shape == Shape::Mark;
        let by =
            (participle + 1..end).take_while(|at| !mark(at)).find(|&at| self.clause.words[at].is("by"))?;
        let dated = self.dates.iter().any(|date| date.start <= by + 1 && by < date.end);
        let nominal = |at: &usize| {
            matches!(self.clause.words[*at].upos, Some(Upos::Noun | Upos::Propn | Upos::Adj | Upos::Det))
        };
        let last = (by + 1..self.clause.words.len()).take_while(nominal).last().filter(|_| !dated)?;
        Some(self.clause.quote(&(by + 1..last + 1)))
    }

    /// Whether words name a document, which owes nothing and demands nothing: "the agreement".
    pub(super) fn is_document(&self, name: &str) -> bool {
        let last = name.rsplit(' ').next().unwrap_or_default().to_lowercase();
        self.clause.lexicon.context.has(&last)
    }
}
