//! The parts of a sentence around a cue: its subject, and how far what is to be done reaches.

use std::ops::Range;

use irenic_language::{Analysis, Relation, Upos};
use irenic_model::Span;

use super::due::Dated;
use super::lexicon::Lexicon;
use crate::words::{Shape, Word};

/// A sentence, cut into words, with its tree.
pub(super) struct Clause<'a> {
    pub(super) text: &'a str,
    pub(super) words: &'a [Word],
    pub(super) analysis: &'a Analysis,
    pub(super) lexicon: &'a Lexicon,
}

impl Clause<'_> {
    /// The words of the text from one position to another.
    pub(super) fn quote(&self, run: &Range<usize>) -> String {
        self.span(run).of(self.text).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The bytes of a run, which must not be empty.
    pub(super) fn span(&self, run: &Range<usize>) -> Span {
        self.words[run.start].span.cover(self.words[run.end - 1].span)
    }

    /// The subject of the verb at `verb`, in the words of the text: from the tree, else the nouns just before.
    ///
    /// Pronouns name nobody, so they give `None`.
    pub(super) fn subject(&self, verb: usize, before: usize, dates: &[Dated]) -> Option<String> {
        self.subject_run(verb, before, dates).map(|run| self.quote(&run))
    }

    /// The words that [`Clause::subject`] quotes.
    pub(super) fn subject_run(&self, verb: usize, before: usize, dates: &[Dated]) -> Option<Range<usize>> {
        let from_tree =
            self.words.get(verb).and_then(|word| word.token).and_then(|token| self.subject_in_tree(token));
        let run = from_tree.filter(|run| run.end <= before).or_else(|| self.nouns_before(before, dates))?;
        let pronoun = run.len() == 1 && self.words[run.start].upos == Some(Upos::Pron);
        (!pronoun).then(|| self.behind_document(run))
    }

    fn subject_in_tree(&self, verb: usize) -> Option<Range<usize>> {
        let mut at = verb;
        for _ in 0..4 {
            if let Some(subject) = self.analysis.own_subject_of(at) {
                let relative =
                    matches!(self.analysis.tokens[subject].lemma.as_ref(), "which" | "who" | "that");
                let named = if relative { self.analysis.head_of(at)? } else { subject };
                return self.noun_phrase(named);
            }
            let relation = self.analysis.tokens[at].relation;
            // "gave an undertaking to": the noun's owner is the subject of the verb that carries it.
            let carried = self.analysis.tokens[at].upos == Upos::Noun && relation == Relation::Obj;
            let goes_up = carried || matches!(relation, Relation::Conj | Relation::Xcomp);
            at = self.analysis.head_of(at).filter(|_| goes_up)?;
        }
        None
    }

    /// "Under the agreement all prisoners": what stands behind the document is the subject.
    fn behind_document(&self, run: Range<usize>) -> Range<usize> {
        let document = |at: &usize| self.lexicon.context.has(&self.words[*at].lower);
        let begins = |at: usize| self.words[at].upos == Some(Upos::Det);
        let mut after = (run.start..run.end).filter(document).map(|at| at + 1);
        let start = after.rfind(|&at| at < run.end && begins(at));
        start.map_or(run.clone(), |start| start..run.end)
    }

    /// A noun with what belongs to its name: not its clauses, appositions and brackets.
    fn noun_phrase(&self, noun: usize) -> Option<Range<usize>> {
        let own = |relation: Relation| {
            !matches!(
                relation,
                Relation::AclRelcl
                    | Relation::Acl
                    | Relation::Appos
                    | Relation::Punct
                    | Relation::Parataxis
                    | Relation::Advcl
            )
        };
        let mut span = self.analysis.tokens[noun].span;
        for child in self.analysis.children(noun) {
            if own(self.analysis.tokens[child].relation) {
                span = span.cover(self.analysis.subtree(child));
            }
        }
        let start = self.words.partition_point(|word| word.span.end <= span.start);
        let mut end = self.words.partition_point(|word| word.span.start < span.end);
        let names = |word: &Word| word.shape != Shape::Mark;
        while end > start && !names(&self.words[end - 1]) {
            end -= 1;
        }
        let start =
            (start..end).find(|&at| names(&self.words[at]) && !self.words[at].is("and")).unwrap_or(end);
        (start < end && end - start <= 14).then_some(start..end)
    }

    /// The run of words of a name that ends just before `end`.
    fn nouns_before(&self, end: usize, dates: &[Dated]) -> Option<Range<usize>> {
        let floor = dates.iter().map(|date| date.end).filter(|after| *after <= end).max().unwrap_or(0);
        let mut start = end;
        while start > floor {
            let word = &self.words[start - 1];
            let fits =
                matches!(word.upos, Some(Upos::Noun | Upos::Propn | Upos::Adj | Upos::Det | Upos::Pron))
                    || word.is_dash() && word.glued
                    || ["of", "and", "the"].iter().any(|joint| word.is(joint));
            if !fits || end - start >= 14 {
                break;
            }
            start -= 1;
        }
        while start < end
            && (self.words[start].is("and")
                || self.words[start].is("of")
                || self.words[start].shape == Shape::Mark)
        {
            start += 1;
        }
        // A name ends in a noun.
        let last = self.words.get(end.checked_sub(1)?)?;
        (start < end && matches!(last.upos, Some(Upos::Noun | Upos::Propn))).then_some(start..end)
    }

    /// The position after what is to be done, which begins at `from`: at a mark, a new clause, or the next "and to".
    ///
    /// Dates inside it do not end it.
    pub(super) fn end(&self, from: usize) -> usize {
        let mut at = from + 1;
        while at < self.words.len() && at - from < 45 {
            let word = &self.words[at];
            if self.ends_here(at) || self.lexicon.ends.has(&word.lower) {
                break;
            }
            at += 1;
        }
        while at > from + 1 && (self.words[at - 1].is(",") || self.words[at - 1].is("and")) {
            at -= 1;
        }
        at
    }

    fn ends_here(&self, at: usize) -> bool {
        let word = &self.words[at];
        if word.shape == Shape::Mark {
            return matches!(
                word.lower.as_str(),
                "." | ";" | ":" | "?" | "!" | "(" | ")" | "[" | "“" | "”" | "\""
            );
        }
        let joins = word.is("and") || word.is("or") || word.is(",");
        let next = self.words.get(at + 1);
        joins && next.is_some_and(|next| next.is("to") || self.is_finite(next))
    }

    /// Whether a word begins a clause of its own: a verb in the past or the present.
    fn is_finite(&self, word: &Word) -> bool {
        use irenic_language::Penn;
        matches!(word.upos, Some(Upos::Verb | Upos::Aux))
            && matches!(word.xpos, Some(Penn::Vbd | Penn::Vbz | Penn::Md))
    }

    /// The people after "of" in a noun phrase: who is to withdraw in "the withdrawal of the forces".
    pub(super) fn after_of(&self, run: &Range<usize>) -> Option<String> {
        let of = (run.start..run.end).find(|&at| self.words[at].is("of"))?;
        let nominal = |at: &usize| {
            let word = &self.words[*at];
            matches!(word.upos, Some(Upos::Noun | Upos::Propn | Upos::Adj | Upos::Det | Upos::Verb))
        };
        let end = (of + 1..run.end).take_while(nominal).last()? + 1;
        Some(self.quote(&(of + 1..end)))
    }

    /// The one after "to" in what is to be done, for verbs of giving.
    pub(super) fn receiver(&self, run: &Range<usize>) -> Option<String> {
        if !self.lexicon.gives.has(&self.words[run.start].lower) {
            return None;
        }
        let to = (run.start + 1..run.end).rev().find(|&at| self.words[at].is("to"))?;
        let nominal = |at: &usize| {
            matches!(self.words[*at].upos, Some(Upos::Noun | Upos::Propn | Upos::Adj | Upos::Det))
        };
        let end = (to + 1..run.end).take_while(nominal).last()? + 1;
        Some(self.quote(&(to + 1..end)))
    }
}
