//! What may be said by a noun or an adjective: the clauses behind it, its predicate.

#![allow(clippy::single_range_in_vec_init, reason = "a content is a list of stretches, often of one")]

use irenic_language::{Relation, Upos};

use super::super::lexicon::NO_CLASS;
use super::super::view::Run;
use super::{Kind, Maker};

impl Maker<'_, '_, '_> {
    pub(super) fn noun(&mut self) {
        let (view, cue) = (self.view, self.cue);
        let clause_end = view.extent(cue).end;
        let known = view.class(cue) != NO_CLASS;
        let owners = if known { self.clauses_behind_owners() } else { Vec::new() };
        for child in view.tree.children(cue).filter(|child| *child > cue && !owners.contains(child)) {
            let fits = match view.relation(child) {
                Relation::Acl | Relation::Ccomp | Relation::Xcomp | Relation::AclRelcl | Relation::Csubj => {
                    true
                }
                Relation::Nmod | Relation::Obl | Relation::Appos | Relation::Parataxis | Relation::Advcl => {
                    known
                }
                _ => false,
            };
            if fits {
                self.complement_behind(child, clause_end);
            }
        }
        if known {
            self.predicate();
            self.modifiers();
            self.aside();
            self.behind(view.sentence(cue));
            self.quoted(view.sentence(cue));
            self.after_colon();
        }
    }

    /// "In the mayor's view the road is open": the clause beside the phrase.
    fn aside(&mut self) {
        let (view, cue) = (self.view, self.cue);
        let owned = view.tree.child(cue, Relation::NmodPoss).is_some();
        let beside = matches!(view.relation(cue), Relation::Obl | Relation::Nmod | Relation::Advmod)
            && matches!(view.tree.case(cue), Some("in" | "by" | "to"));
        if !(owned && beside) {
            return;
        }
        let (own, sentence) = (view.extent(cue), view.sentence(cue));
        self.push(Kind::Rest, None, &[sentence.start..own.start, own.end..sentence.end]);
        if let Some(head) = view.tree.head(cue) {
            let clause = view.extent(head);
            self.push(
                Kind::Host,
                Some(head),
                &[clause.start.min(own.start)..own.start, own.end..clause.end.max(own.end)],
            );
        }
    }

    /// "ceasefire talks", "the plan's critics": what the noun is about may stand before it.
    fn modifiers(&mut self) {
        let (view, cue) = (self.view, self.cue);
        let before = |&child: &usize| {
            child < cue
                && matches!(view.relation(child), Relation::Compound | Relation::NmodPoss | Relation::Amod)
        };
        for child in view.tree.children(cue).filter(before) {
            let extent = view.extent(child);
            self.push(Kind::Modifier, Some(child), &[extent.start..extent.end.min(cue)]);
        }
    }

    /// "claims by the rebels that they had won": the clause may hang from whoever claims. Answers who claims.
    fn clauses_behind_owners(&mut self) -> Vec<usize> {
        let (view, cue) = (self.view, self.cue);
        let is_owner = |&child: &usize| {
            child > cue
                && matches!(view.relation(child), Relation::Nmod | Relation::Obl)
                && matches!(view.tree.case(child), Some("by" | "from" | "of" | "among"))
        };
        // A relative clause has no subject but its "that"; "calls by the council to open the road".
        let tells = |&clause: &usize| {
            let first = view.extent(clause).start;
            let subject =
                || view.tree.children(clause).any(|child| child > first && view.relation(child).is_subject());
            matches!(view.relation(clause), Relation::Acl | Relation::AclRelcl)
                && (view.form(first) == "to" && view.upos(clause) == Upos::Verb
                    || view.form(first) == "that" && subject())
        };
        let mut owners = Vec::new();
        for owner in view.tree.children(cue).filter(is_owner) {
            if let Some(clause) = view.tree.children(owner).find(tells) {
                self.push(Kind::Complement, Some(clause), &[view.extent(clause)]);
                owners.push(owner);
            }
        }
        owners
    }

    pub(super) fn adjective(&mut self) {
        let (view, cue) = (self.view, self.cue);
        let clause_end = view.extent(cue).end;
        let known = view.class(cue) != NO_CLASS;
        for child in view.tree.children(cue).filter(|&child| child > cue) {
            let fits = match view.relation(child) {
                Relation::Ccomp | Relation::Xcomp | Relation::Csubj => true,
                Relation::Obl | Relation::Advcl | Relation::Nmod => known,
                _ => false,
            };
            if fits {
                self.complement_behind(child, clause_end);
                if let Some(subject) = self.subject_before() {
                    let extent = view.extent(child);
                    self.push(Kind::Raised, Some(child), &[subject, extent.start.max(cue + 1)..extent.end]);
                }
            }
        }
    }

    fn subject_before(&self) -> Option<Run> {
        let (view, cue) = (self.view, self.cue);
        let subject = view.tree.children(cue).find(|&at| view.relation(at) == Relation::Nsubj && at < cue)?;
        let extent = view.extent(subject);
        Some(extent.start..extent.end.min(cue))
    }

    /// The predicate of a noun: "the claim is that nobody came".
    fn predicate(&mut self) {
        let (view, cue) = (self.view, self.cue);
        if view.relation(cue) != Relation::Nsubj {
            return;
        }
        let Some(head) = view.tree.head(cue) else { return };
        let extent = view.extent(head);
        let start = extent.start.max(cue + 1);
        if start < extent.end {
            self.push(Kind::Tail, Some(head), &[start..extent.end]);
        }
    }
}
