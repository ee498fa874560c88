//! Sources: who says what a cue marks.

#![allow(clippy::single_range_in_vec_init, reason = "a source is a list of stretches, often of one")]

use irenic_language::{Penn, Relation, Upos};

use super::candidates::{Candidate, Kind, object_of_phrase, phrase_of_source};
use super::lexicon::NO_CLASS;
use super::view::{Run, View};

/// How a source was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// It is left out.
    None,
    /// Subject of the cue.
    Subject,
    /// Agent of a passive.
    Agent,
    /// Object of "according to".
    Phrase,
    /// Possessor or "of" or "by" of a noun.
    Owner,
    /// The noun that the cue's clause describes.
    Described,
    /// Subject of a verb above the cue.
    Above,
    /// What stands before a colon.
    Colon,
    /// Beside a verb whose subject the tree lost.
    Beside,
    /// Likelier than what the tree gives.
    Ranked,
    /// Whom the cue moves: "the raid alarmed the mayor".
    Moved,
}

/// Who says it: the word that names it and the runs that it takes.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) way: Way,
    /// The word to name the holder by: for "who" the noun before it.
    pub(crate) head: Option<usize>,
    pub(crate) runs: Vec<Run>,
}

impl Found {
    /// One word that names somebody, wherever it stands.
    pub(super) fn word(at: usize) -> Self {
        Self { way: Way::None, head: Some(at), runs: vec![Run::from(at..at + 1)] }
    }
}

/// A longer description between commas is a clause.
const APPOSITION_WORDS_MAX: usize = 14;

pub(super) const NOBODY: Found = Found { way: Way::None, head: None, runs: Vec::new() };

/// The source of a candidate; it never overlaps what is said.
pub(crate) fn source_of(view: &View<'_>, candidate: &Candidate) -> Found {
    let mut found = by_kind(view, candidate);
    let taken: Vec<Run> = candidate.content.clone();
    found.runs = found.runs.into_iter().flat_map(|run| without(run, &taken)).collect();
    found.runs = found.runs.into_iter().map(|run| view.trimmed(run)).filter(|run| !run.is_empty()).collect();
    if found.runs.is_empty() { NOBODY } else { found }
}

/// The first piece of a run that is left when others are taken out of it.
pub(super) fn without(run: Run, taken: &[Run]) -> Option<Run> {
    let mut left = run;
    for other in taken {
        if other.start <= left.start && left.start < other.end {
            left.start = other.end;
        } else if left.start < other.start && other.start < left.end {
            left.end = other.start;
        }
    }
    (left.start < left.end).then_some(left)
}

fn by_kind(view: &View<'_>, candidate: &Candidate) -> Found {
    let cue = candidate.cue;
    if let Some(length) = phrase_of_source(view, cue) {
        return object_of_phrase(view, cue, length).map_or(NOBODY, |at| {
            let mut found = named(view, Way::Phrase, at);
            found.runs = found.runs.into_iter().map(|run| run.start.max(cue + length)..run.end).collect();
            found
        });
    }
    match view.upos(cue) {
        Upos::Verb if view.lexicon.class(view.class(cue)).moves => moved(view, cue),
        Upos::Verb | Upos::Aux => of_verb(view, cue),
        Upos::Noun if view.is_taken_for_noun(cue) => of_verb(view, cue),
        Upos::Noun => of_noun(view, cue, candidate.complement),
        Upos::Adj => of_adjective(view, cue, candidate.kind),
        Upos::Punct => before_colon(view, cue),
        _ => NOBODY,
    }
}

pub(super) fn named(view: &View<'_>, way: Way, at: usize) -> Found {
    Found { way, head: Some(at), runs: vec![phrase(view, at)] }
}

/// A noun with what describes it, without prepositions, conjunctions and adverbs before it.
pub(super) fn phrase(view: &View<'_>, at: usize) -> Run {
    let extent = view.extent(at);
    let leads = |&token: &usize| {
        matches!(view.upos(token), Upos::Adp | Upos::Cconj | Upos::Sconj | Upos::Punct)
            || (view.upos(token) == Upos::Adv && view.relation(token) == Relation::Advmod)
    };
    let before = (extent.start..at).take_while(leads).count();
    extent.start + before..extent.end
}

pub(super) fn is_passive(view: &View<'_>, verb: usize) -> bool {
    view.tree
        .children(verb)
        .any(|child| matches!(view.relation(child), Relation::NsubjPass | Relation::AuxPass))
        || (view.token(verb).xpos == Penn::Vbn
            && matches!(view.relation(verb), Relation::Acl | Relation::Amod)
            && view.tree.child(verb, Relation::Aux).is_none())
}

pub(super) fn agent(view: &View<'_>, verb: usize) -> Option<usize> {
    view.tree.children(verb).find(|&child| {
        matches!(view.relation(child), Relation::OblAgent | Relation::Obl)
            && view.tree.case(child) == Some("by")
    })
}

/// "The raid alarmed the mayor", "the mayor was alarmed by the raid": who is moved, not what moves.
fn moved(view: &View<'_>, cue: usize) -> Found {
    let at = if is_passive(view, cue) { subject(view, cue) } else { view.tree.child(cue, Relation::Obj) };
    at.map_or(NOBODY, |at| named(view, Way::Moved, at))
}

fn of_verb(view: &View<'_>, cue: usize) -> Found {
    if is_passive(view, cue) {
        return agent(view, cue).map_or(NOBODY, |at| named(view, Way::Agent, at));
    }
    let mut verb = cue;
    // Climb from participles, infinitives and coordinated verbs to the subject that they share.
    for step in 0..6 {
        if let Some(subject) = subject(view, verb) {
            let way = if step == 0 { Way::Subject } else { Way::Above };
            return subject_or_described(view, way, verb, subject);
        }
        if matches!(view.relation(verb), Relation::Acl | Relation::AclRelcl)
            && let Some(head) = view.tree.head(verb)
        {
            return described(view, head, verb);
        }
        let Some(head) = view.tree.head(verb) else { break };
        let climbs = matches!(
            view.relation(verb),
            Relation::Xcomp
                | Relation::Conj
                | Relation::Advcl
                | Relation::Ccomp
                | Relation::Parataxis
                | Relation::Dep
        );
        if !climbs {
            break;
        }
        if step > 0 && is_passive(view, head) && view.relation(verb) == Relation::Xcomp {
            break;
        }
        // "asked the army to say": the object speaks.
        if view.relation(verb) == Relation::Xcomp
            && let Some(object) = view.tree.child(head, Relation::Obj).filter(|&object| object < verb)
        {
            return named(view, Way::Above, object);
        }
        verb = head;
    }
    inverted(view, cue).unwrap_or(NOBODY)
}

fn subject(view: &View<'_>, verb: usize) -> Option<usize> {
    // "called it a truce": behind the verb such a pronoun is the object, whatever the tree says.
    let is_object = |child: usize| {
        verb < child
            && matches!(view.form(child).to_lowercase().as_str(), "it" | "him" | "her" | "them" | "us" | "me")
    };
    view.tree.children(verb).find(|&child| view.relation(child).is_subject() && !is_object(child))
}

/// "said the minister": a noun right after the verb that the tree hangs elsewhere.
fn inverted(view: &View<'_>, cue: usize) -> Option<Found> {
    let object = view
        .tree
        .children(cue)
        .find(|&child| child > cue && matches!(view.relation(child), Relation::Obj))?;
    let before = cue.checked_sub(1)?;
    matches!(view.form(before), "\"" | "”" | "''" | "," | "’").then(|| named(view, Way::Subject, object))
}

fn subject_or_described(view: &View<'_>, way: Way, verb: usize, subject: usize) -> Found {
    let relative = matches!(view.token(subject).xpos, Penn::Wp | Penn::Wdt)
        && matches!(view.relation(verb), Relation::AclRelcl | Relation::Acl);
    let head = view.tree.head(verb).filter(|_| relative);
    let Some(head) = head else { return named(view, way, subject) };
    let mut found = described(view, head, verb);
    found.runs.push(subject..subject + 1);
    found
}

/// The noun before a clause that describes it, without that clause.
fn described(view: &View<'_>, noun: usize, clause: usize) -> Found {
    let extent = phrase(view, noun);
    let end = view.extent(clause).start.clamp(noun + 1, extent.end.max(noun + 1));
    Found { way: Way::Described, head: Some(noun), runs: vec![extent.start..end] }
}

fn of_noun(view: &View<'_>, cue: usize, complement: Option<usize>) -> Found {
    let owner = view.tree.children(cue).find(|&child| view.relation(child) == Relation::NmodPoss);
    let by = || {
        view.tree.children(cue).find(|&child| {
            child > cue
                && matches!(view.relation(child), Relation::Nmod | Relation::Obl)
                && match view.tree.case(child) {
                    Some("by" | "from" | "among") => true,
                    // "the report of the monitors that ..."
                    Some("of") => complement.is_some_and(|clause| view.tree.head(clause) == Some(child)),
                    _ => false,
                }
        })
    };
    if let Some(owner) = owner.or_else(by) {
        return named(view, Way::Owner, owner);
    }
    let Some(head) = view.tree.head(cue) else { return NOBODY };
    // "the minister made the claim that ..."
    if matches!(view.relation(cue), Relation::Obj | Relation::Obl) && view.upos(head) == Upos::Verb {
        return of_verb(view, head);
    }
    if view.tree.child(cue, Relation::Cop).is_some()
        && let Some(subject) = subject(view, cue)
    {
        return named(view, Way::Subject, subject);
    }
    // "the mayor, a critic of the plan"
    if view.relation(cue) == Relation::Appos && head < cue {
        return described(view, head, cue);
    }
    NOBODY
}

fn of_adjective(view: &View<'_>, cue: usize, kind: Kind) -> Found {
    if kind == Kind::Raised {
        return NOBODY;
    }
    let mut at = cue;
    for _ in 0..3 {
        if let Some(subject) = subject(view, at) {
            return subject_or_described(view, Way::Subject, at, subject);
        }
        let Some(head) = view.tree.head(at) else { break };
        if matches!(view.relation(at), Relation::Amod | Relation::Acl | Relation::AclRelcl) {
            return described(view, head, at);
        }
        at = head;
    }
    NOBODY
}

fn before_colon(view: &View<'_>, cue: usize) -> Found {
    let sentence = view.sentence(cue);
    let run = sentence.start..cue;
    let head = view.analysis.head_in(run.clone());
    Found { way: Way::Colon, head, runs: vec![run] }
}

/// The noun before an apposition that ends with the comma at `end`: "Adams, the old mayor, accused ...".
fn described_before(view: &View<'_>, end: usize) -> Option<usize> {
    let sentence = view.sentence(end);
    let first = sentence.start.max(end.saturating_sub(APPOSITION_WORDS_MAX));
    let start = (first..end).rev().find(|&at| view.form(at) == ",")?;
    let plain = (start + 1..end).all(|at| !view.upos(at).is_verbal());
    let last = start.checked_sub(1).filter(|&at| plain && at >= sentence.start)?;
    // The words of a name hang on its first.
    let first = view.tree.head(last).filter(|_| view.relation(last) == Relation::Flat);
    Some(first.filter(|&first| sentence.contains(&first)).unwrap_or(last))
}

/// The speaker beside a verb of saying whose subject the tree lost: "..., Adams argues", "..., said the old mayor".
///
/// It is asked for when the attribution stands, so it only names who says it.
pub(crate) fn beside(view: &View<'_>, candidate: &Candidate) -> Option<Found> {
    let cue = candidate.cue;
    // Behind an apposition the past is easily taken for a participle: "Adams, the old mayor, accused the mission".
    let apposed = cue > 0
        && view.form(cue - 1) == ","
        && view.token(cue).xpos == Penn::Vbn
        && view.tree.child(cue, Relation::Obj).is_some();
    let finite = apposed || matches!(view.token(cue).xpos, Penn::Vbd | Penn::Vbz | Penn::Vbp);
    if !finite || view.class(cue) == NO_CLASS || phrase_of_source(view, cue).is_some() {
        return None;
    }
    let sentence = view.sentence(cue);
    let free = |at: usize| {
        let said = candidate.content.iter().any(|run| run.contains(&at));
        !said && view.quote_of(at).is_none() && view.upos(at).is_nominal()
    };
    let skipped = |&at: &usize| matches!(view.upos(at), Upos::Adv | Upos::Aux);
    let beside = (sentence.start..cue).rev().find(|at| !skipped(at));
    let before =
        beside.and_then(|at| if view.form(at) == "," { described_before(view, at) } else { Some(at) });
    let before = before.filter(|&at| free(at));
    let after = || {
        let opens = |&at: &usize| matches!(view.upos(at), Upos::Det | Upos::Adj);
        (cue + 1..sentence.end).find(|at| !opens(at)).filter(|&at| free(at))
    };
    let at = before.or_else(after)?;
    let own = phrase(view, at);
    let mut run = at..at + 1;
    // The words of a name stand together; of the tree only what reaches to this side of the cue is its own.
    while run.start > sentence.start && run.start - 1 != cue && view.upos(run.start - 1) == Upos::Propn {
        run.start -= 1;
    }
    while at > cue && run.end < sentence.end && view.upos(run.end) == Upos::Propn {
        run.end += 1;
    }
    while run.end < sentence.end && view.relation(run.end) == Relation::Flat {
        run.end += 1;
    }
    if !own.contains(&cue) {
        run = run.start.min(own.start)..run.end.max(own.end);
    }
    let runs: Vec<Run> = without(run, &candidate.content).into_iter().collect();
    let head = Some(at).filter(|at| runs.iter().any(|run| run.contains(at)))?;
    Some(Found { way: Way::Beside, head: Some(head), runs })
}
