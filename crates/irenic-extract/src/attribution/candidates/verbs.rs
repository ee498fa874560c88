//! What may be said by a verb: its complements, its subject where it is passive, the sentence around it.

#![allow(clippy::single_range_in_vec_init, reason = "a content is a list of stretches, often of one")]

use irenic_language::{Penn, Relation};

use super::super::lexicon::NO_CLASS;
use super::super::source::phrase;
use super::super::view::Run;
use super::{Candidate, Kind, Maker};

/// A speaker between a quotation and the verb of saying has no more tokens.
const SPEAKER_TOKENS_MAX: usize = 12;

impl Maker<'_, '_, '_> {
    pub(super) fn verb(&mut self) {
        let (view, cue) = (self.view, self.cue);
        let sentence = view.sentence(cue);
        let clause_end = view.extent(cue).end.max(cue + 1);
        let children: Vec<usize> = view.tree.children(cue).collect();
        for &child in &children {
            self.complement(child, clause_end, sentence.end);
        }
        if let Some(next) = children.iter().find(|&&child| child > cue && !view.is_punctuation(child)) {
            let from = view.extent(*next).start.max(cue + 1);
            self.push(Kind::Tail, None, &[from..clause_end]);
        }
        self.passive(&children);
        if view.class(cue) != NO_CLASS {
            self.moving(&children);
            self.described(&children);
            self.behind(sentence.clone());
            self.before_last_comma(sentence.clone());
        }
        self.front(&children, sentence.clone());
        self.quoted(sentence);
        self.after_colon();
    }

    fn complement(&mut self, child: usize, clause_end: usize, sentence_end: usize) {
        let (view, cue) = (self.view, self.cue);
        let relation = view.relation(child);
        let fits = matches!(
            relation,
            Relation::Ccomp
                | Relation::Xcomp
                | Relation::Obj
                | Relation::Iobj
                | Relation::Obl
                | Relation::OblAgent
                | Relation::OblUnmarked
                | Relation::Advcl
                | Relation::Parataxis
                | Relation::Csubj
                | Relation::Dep
                | Relation::Conj
                | Relation::Nmod
                | Relation::Acl
        );
        if !fits {
            return;
        }
        let extent = view.extent(child);
        if relation == Relation::Obl && cue < child {
            self.clause_behind(child);
        }
        if child < cue {
            if matches!(
                relation,
                Relation::Ccomp | Relation::Parataxis | Relation::Advcl | Relation::Dep | Relation::Obj
            ) {
                self.push(Kind::Complement, Some(child), &[extent.start..extent.end.min(cue)]);
            }
            return;
        }
        let start = self.complement_behind(child, clause_end);
        if matches!(relation, Relation::Ccomp | Relation::Parataxis | Relation::Xcomp) {
            self.push(Kind::ToSentenceEnd, Some(child), &[start..sentence_end]);
        }
    }

    /// "said in the capital that the road was open": the clause may hang from the noun before it.
    fn clause_behind(&mut self, noun: usize) {
        let view = self.view;
        let that = |clause: usize| {
            view.tree.children(clause).any(|child| {
                view.relation(child) == Relation::Mark && view.form(child).eq_ignore_ascii_case("that")
            })
        };
        let clauses = view.tree.children(noun).filter(|&child| {
            noun < child && matches!(view.relation(child), Relation::Acl | Relation::AclRelcl) && that(child)
        });
        for clause in clauses {
            self.push(Kind::Complement, Some(clause), &[view.extent(clause)]);
        }
    }

    fn passive(&mut self, children: &[usize]) {
        let (view, cue) = (self.view, self.cue);
        let subject = children.iter().copied().find(|&at| {
            matches!(view.relation(at), Relation::NsubjPass)
                || (view.relation(at) == Relation::Nsubj && view.token(cue).xpos == Penn::Vbn)
        });
        let Some(subject) = subject.filter(|&subject| subject < cue) else { return };
        let subject_run = view.extent(subject);
        let subject_run = subject_run.start..subject_run.end.min(cue);
        self.push(Kind::Subject, Some(subject), std::slice::from_ref(&subject_run));
        let after = children.iter().copied().filter(|&at| at > cue);
        for child in after {
            let raised = matches!(
                view.relation(child),
                Relation::Xcomp | Relation::Obl | Relation::Advcl | Relation::Ccomp
            );
            if raised && !self.is_purpose(children, child) {
                let extent = view.extent(child);
                self.push(
                    Kind::Raised,
                    Some(child),
                    &[subject_run.clone(), extent.start.max(cue + 1)..extent.end],
                );
            }
        }
    }

    /// "The meeting was held in Alba to discuss the border": behind a place or a day an infinitive tells what for, unless it
    /// tells of a state or of what was done before, as in "was reported on Monday to have fled".
    fn is_purpose(&self, children: &[usize], infinitive: usize) -> bool {
        let view = self.view;
        let marked = |at: usize, relation: Relation, words: &[&str]| {
            view.tree
                .children(at)
                .any(|child| view.relation(child) == relation && words.contains(&view.tree.lemma(child)))
        };
        let to = marked(infinitive, Relation::Mark, &["to"]);
        let state = view.tree.lemma(infinitive) == "be"
            || marked(infinitive, Relation::Aux, &["have", "be"])
            || marked(infinitive, Relation::AuxPass, &["be"])
            || marked(infinitive, Relation::Cop, &["be"]);
        let between = children.iter().any(|&at| {
            let place = matches!(view.relation(at), Relation::Obl | Relation::OblUnmarked);
            place && self.cue < at && at < infinitive && view.tree.case(at) != Some("by")
        });
        to && !state && between
    }

    /// "The raid alarmed the mayor": the subject is what the mayor minds.
    fn moving(&mut self, children: &[usize]) {
        let (view, cue) = (self.view, self.cue);
        if !view.lexicon.class(view.class(cue)).moves || view.tree.child(cue, Relation::Obj).is_none() {
            return;
        }
        let subject = children.iter().copied().find(|&at| view.relation(at) == Relation::Nsubj && at < cue);
        if let Some(subject) = subject {
            let extent = view.extent(subject);
            self.push(Kind::Subject, Some(subject), &[extent.start..extent.end.min(cue)]);
        }
    }

    /// "the truce that the council backed", "a truce backed by the council": the noun before the clause is what is backed.
    fn described(&mut self, children: &[usize]) {
        let (view, cue) = (self.view, self.cue);
        let describes = matches!(view.relation(cue), Relation::AclRelcl | Relation::Acl);
        let Some(noun) = view.tree.head(cue).filter(|&noun| describes && noun < cue) else { return };
        let has = |relation: Relation| children.iter().any(|&at| view.relation(at) == relation);
        let subject = has(Relation::Nsubj) && !has(Relation::Obj) && view.token(cue).xpos != Penn::Vbn;
        let passive = view.token(cue).xpos == Penn::Vbn && !has(Relation::Nsubj) && !has(Relation::NsubjPass);
        if !(subject || passive) {
            return;
        }
        let start = phrase(view, noun).start;
        let end = view.extent(cue).start.min(cue);
        if start > noun || end <= noun {
            return;
        }
        self.push(Kind::Described, Some(noun), &[start..end]);
        let after = children.iter().copied().filter(|&at| at > cue);
        for child in after {
            if matches!(
                view.relation(child),
                Relation::Xcomp | Relation::Obl | Relation::Advcl | Relation::Ccomp
            ) {
                let extent = view.extent(child);
                self.push(Kind::Described, Some(child), &[start..end, extent.start.max(cue + 1)..extent.end]);
            }
        }
    }

    /// The words of the cue's own clause when it stands aside from what is said: ", he said" and "said the minister".
    fn tag(&self, children: &[usize]) -> Run {
        let (view, cue) = (self.view, self.cue);
        let mut tag = cue..cue + 1;
        for &child in children {
            let inside = matches!(
                view.relation(child),
                Relation::Nsubj
                    | Relation::NsubjPass
                    | Relation::Aux
                    | Relation::AuxPass
                    | Relation::Advmod
                    | Relation::CompoundPrt
                    | Relation::Cc
                    | Relation::Iobj
            ) || (child > cue
                && matches!(view.relation(child), Relation::Obl | Relation::OblUnmarked));
            if inside {
                let extent = view.extent(child);
                tag = tag.start.min(extent.start)..tag.end.max(extent.end);
            }
        }
        tag
    }

    /// Where the clause of saying begins behind a quotation whose speaker the tree hangs elsewhere: "'...', he said".
    fn behind_quotation(&self, start: usize, sentence: usize) -> usize {
        let view = self.view;
        let names = |&at: &usize| view.quote_of(at).is_none() && !view.upos(at).is_verbal();
        let first = (sentence..start).rev().take(SPEAKER_TOKENS_MAX).take_while(names).last();
        let Some(first) = first.filter(|&first| first > sentence && view.quote_of(first - 1).is_some())
        else {
            return start;
        };
        let named = (first..start).any(|at| view.upos(at).is_nominal());
        if named && view.upos(self.cue).is_verbal() { first } else { start }
    }

    /// "The road is open, a source close to him said": what stands before the speaker, wherever the tree hangs him.
    fn before_last_comma(&mut self, sentence: Run) {
        let (view, cue) = (self.view, self.cue);
        let between = |&at: &usize| view.form(at) != "," && !view.upos(at).is_verbal();
        let first = (sentence.start..cue).rev().take(SPEAKER_TOKENS_MAX).take_while(between).last();
        let comma = first.and_then(|first| first.checked_sub(1)).filter(|&at| at > sentence.start);
        let Some(comma) = comma.filter(|&at| view.form(at) == ",") else { return };
        if (comma + 1..cue).any(|at| view.upos(at).is_nominal()) && view.token(cue).xpos.has_tense() {
            self.push(Kind::Front, None, &[sentence.start..comma]);
        }
    }

    /// "'Who is there?' he asked": the speaker's clause may be read as a sentence of its own.
    fn quotation_before(&mut self, start: usize) {
        let view = self.view;
        let Some(quote) = start.checked_sub(1).and_then(|last| view.quote_of(last)) else { return };
        let tokens = view.quote_tokens(quote);
        let same_line = view.line(view.sentence_of(start - 1)) == view.line(view.sentence_of(start));
        let opens = (start..self.cue).len() <= SPEAKER_TOKENS_MAX && view.class(self.cue) != NO_CLASS;
        if !(same_line && opens && tokens.end <= start && view.quote_of(start).is_none()) {
            return;
        }
        let content = self.quoted_sentences(tokens);
        if !content.is_empty() {
            let (cue, kind) = (self.cue, Kind::Front);
            self.found.push(Candidate { cue, kind, complement: None, content, continued: true });
        }
    }

    fn front(&mut self, children: &[usize], sentence: Run) {
        let view = self.view;
        let mut tag = self.tag(children);
        tag.start = self.behind_quotation(tag.start, sentence.start);
        if tag.start <= sentence.start {
            self.quotation_before(sentence.start);
            return;
        }
        if tag.start >= sentence.end {
            return;
        }
        let marked = matches!(
            view.form(tag.start - 1),
            "," | "\"" | "”" | "''" | "’" | "'" | "?" | "!" | "—" | "–" | "-" | "."
        );
        if !marked {
            return;
        }
        let before = sentence.start..tag.start;
        let after_comma = tag.end < sentence.end && view.is_punctuation(tag.end.min(sentence.end - 1));
        self.push(Kind::Front, None, std::slice::from_ref(&before));
        if after_comma && tag.end + 1 < sentence.end {
            self.push(Kind::Around, None, &[before, tag.end..sentence.end]);
        }
    }
}
