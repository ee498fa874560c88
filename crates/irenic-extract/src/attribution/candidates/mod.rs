//! Candidates: each word that may be a cue, with each stretch that may be what is said.

#![allow(clippy::single_range_in_vec_init, reason = "a content is a list of stretches, often of one")]

mod aside;
mod nouns;
mod verbs;

use irenic_language::{Relation, Upos};

use super::deeds::{is_put_in_words, is_unknown};
use super::lexicon::NO_CLASS;
use super::view::{Run, View};
pub(crate) use aside::{object_of_phrase, phrase_of_source};

/// Where the content stands to its cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Kind {
    /// A complement after the cue.
    Complement,
    /// From a complement's start to the end of the cue's clause.
    ToClauseEnd,
    /// From a complement's start to the end of the sentence.
    ToSentenceEnd,
    /// Everything under the cue after it.
    Tail,
    /// The sentence before the cue's clause.
    Front,
    /// The sentence before and after the cue's clause.
    Around,
    /// The quotations of the sentence, and those that follow it.
    Quoted,
    /// The subject of a passive, or with it the complement.
    Subject,
    /// Subject and complement of a passive.
    Raised,
    /// What follows a colon.
    Colon,
    /// The clause that an adverb or a phrase of source hangs from.
    Host,
    /// The sentence without the phrase of source.
    Rest,
    /// From a complement's start to the end of what follows it under the cue, short of the clause's end.
    Reach,
    /// A complement without what trails behind it.
    Cut,
    /// From a complement's start to a comma.
    Comma,
    /// The noun that the cue's clause describes, with or without what follows the cue.
    Described,
    /// What stands right behind the cue, whatever the tree makes of it.
    Behind,
    /// What stands before a noun: "ceasefire talks", "the plan's critics".
    Modifier,
}

impl Kind {
    pub(crate) const fn index(self) -> usize {
        self as usize
    }
}

/// A cue and what may be said by it.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    /// The word that marks the saying.
    pub(crate) cue: usize,
    pub(crate) kind: Kind,
    /// The complement that it was made from, where there is one.
    pub(crate) complement: Option<usize>,
    /// What is said, in text order, without marks at the ends of each part.
    pub(crate) content: Vec<Run>,
    /// Whether it goes on in quotations after the sentence.
    pub(crate) continued: bool,
}

/// Sentences longer than this, in tokens, are read without trying wider stretches: they are tables or lists.
const SENTENCE_TOKENS_MAX: usize = 400;

/// So many stretches of one sort are tried at the end of a complement.
const ENDS_MAX: usize = 3;

/// Quotations after the sentence are followed for so many sentences.
const CONTINUED_SENTENCES_MAX: usize = 40;

/// All candidates of a text, in the order of their cues.
pub(crate) fn candidates(view: &View<'_>) -> Vec<Candidate> {
    let mut found = Vec::new();
    for at in 0..view.analysis.tokens.len() {
        if view.sentence(at).len() <= SENTENCE_TOKENS_MAX {
            of_cue(view, at, &mut found);
        }
    }
    // A word that no class has marks a saying only where something is put in words.
    found.retain(|candidate| !is_unknown(view, candidate) || is_put_in_words(view, candidate));
    found
}

fn of_cue(view: &View<'_>, cue: usize, found: &mut Vec<Candidate>) {
    let first = found.len();
    let mut out = Maker { view, cue, found };
    match view.upos(cue) {
        Upos::Verb => out.verb(),
        Upos::Aux if view.class(cue) != NO_CLASS => out.verb(),
        Upos::Noun if view.is_taken_for_noun(cue) => out.verb(),
        Upos::Noun => out.noun(),
        Upos::Adj => out.adjective(),
        Upos::Punct if view.form(cue) == ":" => out.colon(),
        Upos::Adv | Upos::Adp if view.lexicon.hearsay(view.tree.lemma(cue)).is_some() => out.hearsay(),
        _ => {}
    }
    if let Some(length) = phrase_of_source(view, cue) {
        Maker { view, cue, found }.phrase(length);
    }
    dedup(found, first);
}

/// Two ways to the same stretch are one candidate, the first.
fn dedup(found: &mut Vec<Candidate>, first: usize) {
    let mut at = first;
    while at < found.len() {
        let twice = (first..at).any(|other| found[other].content == found[at].content);
        if twice {
            found.remove(at);
        } else {
            at += 1;
        }
    }
}

struct Maker<'v, 'a, 'f> {
    view: &'v View<'a>,
    cue: usize,
    found: &'f mut Vec<Candidate>,
}

impl Maker<'_, '_, '_> {
    fn push(&mut self, kind: Kind, complement: Option<usize>, runs: &[Run]) {
        let mut content: Vec<Run> = runs
            .iter()
            .filter(|run| run.start < run.end)
            .map(|run| self.view.trimmed(run.clone()))
            .filter(|run| !run.is_empty())
            .collect();
        content.sort_by_key(|run| run.start);
        let apart = content.windows(2).all(|pair| pair[0].end <= pair[1].start);
        if content.is_empty() || !apart || content.iter().any(|run| run.contains(&self.cue)) {
            return;
        }
        let last = content[content.len() - 1].end;
        let candidate = Candidate { cue: self.cue, kind, complement, content, continued: false };
        let on = self.continuation(last);
        let mut opened = self.opened(candidate.content[0].start);
        if !opened.is_empty() {
            opened.extend(candidate.content.iter().cloned().chain(on.iter().cloned()));
            self.found.push(Candidate { content: opened, continued: true, ..candidate.clone() });
        }
        if !on.is_empty() {
            let mut wider = candidate.clone();
            wider.content.extend(on);
            wider.continued = true;
            self.found.push(wider);
        }
        self.found.push(candidate);
    }

    /// The sentences before this one of a quotation that goes on into it: "'We left. Then it rained,' she said".
    fn opened(&self, first: usize) -> Vec<Run> {
        let view = self.view;
        let sentence = view.sentence(self.cue);
        let opens = |quote: &usize| {
            view.quote_of(self.cue) != Some(*quote) && view.trimmed(sentence.start..first + 1).start == first
        };
        let Some(quote) = view.quote_of(first).filter(opens) else { return Vec::new() };
        let tokens = view.quote_tokens(quote);
        let (from, own) = (view.sentence_of(tokens.start), view.sentence_of(self.cue));
        if own <= from || own - from > CONTINUED_SENTENCES_MAX {
            return Vec::new();
        }
        self.quoted_sentences(tokens.start..sentence.start)
    }

    /// The sentences, or parts of sentences, that a stretch of tokens runs over.
    fn quoted_sentences(&self, tokens: Run) -> Vec<Run> {
        let view = self.view;
        let mut runs = Vec::new();
        let mut at = tokens.start;
        while at < tokens.end {
            let end = view.sentence(at).end.clamp(at + 1, tokens.end);
            runs.extend(Some(view.trimmed(at..end)).filter(|run| !run.is_empty()));
            at = end;
        }
        runs
    }

    /// The quoted sentences of the line after this one, if the last quotation of this sentence leads on to them.
    fn continuation(&self, last: usize) -> Vec<Run> {
        let view = self.view;
        let sentence = view.sentence_of(self.cue);
        let mut runs = Vec::new();
        let near = view.analysis.sentences[sentence].tokens.clone().any(|at| view.quote_of(at).is_some());
        let end = view.analysis.sentences[sentence].tokens.end;
        if !near || (last..end).any(|at| !view.is_punctuation(at) && view.quote_of(at).is_some()) {
            return runs;
        }
        for next in (sentence + 1..view.analysis.sentences.len()).take(CONTINUED_SENTENCES_MAX) {
            let tokens = view.analysis.sentences[next].tokens.clone();
            let quoted = tokens.clone().all(|at| view.quote_of(at).is_some() || view.is_punctuation(at));
            if view.line(next) != view.line(sentence) || !quoted || tokens.is_empty() {
                break;
            }
            runs.extend(Some(view.trimmed(tokens)).filter(|run| !run.is_empty()));
        }
        runs
    }

    /// What a word behind the cue governs as what is said, and the same to the end of the cue's clause. Answers where it begins.
    fn complement_behind(&mut self, child: usize, clause_end: usize) -> usize {
        let extent = self.view.extent(child);
        let start = self.after_case(child, extent.start.max(self.cue + 1));
        self.push(Kind::Complement, Some(child), &[start..extent.end]);
        self.push(Kind::ToClauseEnd, Some(child), &[start..clause_end]);
        if self.view.class(self.cue) != NO_CLASS {
            self.ends(child, start, clause_end);
        }
        start
    }

    /// The same beginning with other ends: with what follows it under the cue, and without what trails behind it.
    fn ends(&mut self, child: usize, start: usize, clause_end: usize) {
        let view = self.view;
        let after = view.tree.children(self.cue).filter(|&at| child < at && !view.is_punctuation(at));
        for next in after.take(ENDS_MAX) {
            self.push(Kind::Reach, Some(child), &[start..view.extent(next).end]);
        }
        let trails = |&at: &usize| {
            child < at
                && matches!(
                    view.relation(at),
                    Relation::Advcl
                        | Relation::Conj
                        | Relation::Parataxis
                        | Relation::AclRelcl
                        | Relation::Acl
                        | Relation::Appos
                        | Relation::Obl
                        | Relation::Nmod
                )
        };
        for trail in view.tree.children(child).filter(trails).filter(|&at| !view.goes_on(at)).take(ENDS_MAX) {
            let end = view.extent(trail).start;
            if start < end && child < end {
                self.push(Kind::Cut, Some(child), &[start..end]);
            }
        }
        let parts = |&at: &usize| {
            view.quote_of(at).is_none() && matches!(view.form(at), "," | "—" | "–" | "--" | "-")
        };
        let ends = |&at: &usize| at + 1 >= clause_end || !view.goes_on(view.phrase_from(at + 1));
        for comma in (child + 1..clause_end).filter(parts).filter(ends).take(ENDS_MAX) {
            self.push(Kind::Comma, Some(child), &[start..comma]);
        }
    }

    /// What stands right behind the cue to the sentence's end, and to its first commas, without a preposition between.
    fn behind(&mut self, sentence: Run) {
        let view = self.view;
        let case = |at: usize| view.upos(at) == Upos::Adp && view.form(at) != "that";
        let mut start = self.cue + 1;
        while start < sentence.end && start <= self.cue + 2 && case(start) {
            start += 1;
        }
        if start >= sentence.end || view.is_punctuation(start) {
            return;
        }
        self.push(Kind::Behind, None, &[start..sentence.end]);
        let comma = |&at: &usize| view.quote_of(at).is_none() && view.form(at) == ",";
        let ends = |&at: &usize| at + 1 >= sentence.end || !view.goes_on(view.phrase_from(at + 1));
        for comma in (start + 1..sentence.end).filter(comma).filter(ends).take(ENDS_MAX - 1) {
            self.push(Kind::Behind, None, &[start..comma]);
        }
    }

    /// Where a complement starts without the preposition before it.
    fn after_case(&self, child: usize, start: usize) -> usize {
        let view = self.view;
        let case = view.tree.children(child).find(|&at| view.relation(at) == Relation::Case && at < child);
        case.map_or(start, |case| if view.extent(child).start == case { case + 1 } else { start })
    }

    fn quoted(&mut self, sentence: Run) {
        let view = self.view;
        let mut runs: Vec<Run> = Vec::new();
        let mut at = sentence.start;
        while at < sentence.end {
            let Some(quote) = view.quote_of(at) else {
                at += 1;
                continue;
            };
            let tokens = view.quote_tokens(quote);
            let end = tokens.end.min(sentence.end).max(at + 1);
            runs.push(at..end);
            at = end;
        }
        if runs.is_empty() || runs.iter().any(|run| run.contains(&self.cue)) {
            return;
        }
        if runs.len() > 1 && runs.len() < 9 {
            self.push(Kind::Quoted, None, &runs);
        }
        if let Some(run) = runs.iter().rev().find(|run| run.end <= self.cue).cloned() {
            self.push(Kind::Quoted, None, &[run]);
        }
        if let Some(run) = runs.iter().find(|run| run.start > self.cue).cloned() {
            self.push(Kind::Quoted, None, &[run]);
        }
    }
}
