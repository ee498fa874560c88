//! Where one speaker's words end and another's begin: what the weighing of candidates, each by itself, cannot see.
//!
//! Words put in the wrong mouth are worse than words left to the author, so indirect speech ends where another speaker's
//! clause begins, and a quotation that was begun is its speaker's to its end.

use std::collections::BTreeSet;

use irenic_language::{Penn, Relation, Upos};
use irenic_model::Stance;

use super::Chosen;
use super::candidates::{Candidate, Kind, phrase_of_source};
use super::lexicon::NO_CLASS;
use super::source::{Way, agent, named};
use super::view::{Run, View};

/// What is said before its "that" in so many words is a time or a place of the saying: "said on Monday that".
const BEFORE_THAT_TOKENS_MAX: usize = 8;

/// Quotations are followed for so many tokens behind the sentence that they begin in.
const QUOTATION_TOKENS_MAX: usize = 1200;

/// Gives each of the chosen what is its own; those that nothing is left of go.
pub(super) fn part(view: &View<'_>, chosen: &mut Vec<Chosen>) {
    let denials: Vec<Chosen> = chosen.iter_mut().filter_map(|one| end_at_lost_verb(view, one)).collect();
    chosen.extend(denials);
    chosen.sort_by_key(|one| (one.candidate.content.first().map(|run| run.start), one.candidate.cue));
    for at in 0..chosen.len() {
        let mut content = std::mem::take(&mut chosen[at].candidate.content);
        start_at_that(view, &chosen[at], &mut content);
        go_on_to_next_that(view, &chosen[at], &mut content);
        go_on_under(view, &chosen[at], &mut content);
        start_after_of(view, &chosen[at], &mut content);
        end_at_next_deed(view, &chosen[at], &mut content);
        chosen[at].candidate.content = content;
        if let Some(end) = end_of_speech(view, chosen, at) {
            cut(view, &mut chosen[at].candidate.content, end);
        }
    }
    chosen.retain(|one| !one.candidate.content.is_empty());
    finish_quotations(view, chosen);
}

/// "said on 9 November that he had signed": the day is when it was said.
fn start_at_that(view: &View<'_>, one: &Chosen, content: &mut [Run]) {
    let Some(run) = content.first_mut().filter(|run| one.candidate.cue < run.start) else { return };
    let is_that = |at: &usize| view.tree.lemma(*at) == "that" && view.upos(*at) == Upos::Sconj;
    let Some(that) = run.clone().take(BEFORE_THAT_TOKENS_MAX).find(is_that) else { return };
    let no_clause = (run.start..that).all(|at| !view.upos(at).is_verbal() && view.quote_of(at).is_none());
    if no_clause && view.upos(one.candidate.cue) == Upos::Verb {
        run.start = that;
    }
}

/// "accused the army of shelling the town": the preposition belongs to the accusing.
fn start_after_of(view: &View<'_>, one: &Chosen, content: &mut [Run]) {
    let cue = one.candidate.cue;
    let accuses = view.upos(cue) == Upos::Verb
        && view.class(cue) != NO_CLASS
        && view.lexicon.class(view.class(cue)).stance == Stance::Alleged;
    let Some(run) = content.first_mut().filter(|run| accuses && cue < run.start && 1 < run.len()) else {
        return;
    };
    if view.form(run.start) == "of" && view.upos(run.start + 1).is_verbal() {
        run.start += 1;
    }
}

/// "declared martial law and began an offensive": a verb beside the cue that shares its subject tells what was done.
fn end_at_next_deed(view: &View<'_>, one: &Chosen, content: &mut [Run]) {
    let cue = one.candidate.cue;
    let object = one.candidate.complement.is_some_and(|at| view.relation(at) == Relation::Obj);
    let Some(run) = content.last_mut().filter(|run| object && cue < run.start) else { return };
    if view.upos(cue) != Upos::Verb || view.quote_of(run.start).is_some() {
        return;
    }
    let deed = view.tree.children(cue).find(|&verb| {
        run.contains(&verb)
            && view.tree.shares_subject(verb)
            && view.token(verb).xpos == view.token(cue).xpos
            && view.upos(verb) == Upos::Verb
    });
    if let Some(verb) = deed.filter(|&verb| view.extent(verb).start > run.start) {
        *run = view.trimmed(run.start..view.extent(verb).start);
    }
}

/// "The claim that the dam had broken was denied by the mayor": where the tree takes the main verb into the clause, that
/// verb has an auxiliary and no subject, which no English clause has. What is claimed ends before it; what is denied is
/// the claim, and it is added.
fn end_at_lost_verb(view: &View<'_>, one: &mut Chosen) -> Option<Chosen> {
    let cue = one.candidate.cue;
    let clause = one.candidate.complement.filter(|&clause| view.upos(cue) == Upos::Noun && clause > cue)?;
    let auxiliary = |verb: usize| {
        view.tree.children(verb).find(|&child| {
            matches!(view.relation(child), Relation::Aux | Relation::AuxPass | Relation::Cop)
                && matches!(view.token(child).xpos, Penn::Vbd | Penn::Vbz | Penn::Vbp)
        })
    };
    let lacks = |verb: usize| {
        let started = |child: usize| {
            matches!(
                view.relation(child),
                Relation::Nsubj | Relation::NsubjPass | Relation::Expl | Relation::Csubj | Relation::Mark
            )
        };
        !view.tree.children(verb).any(started)
    };
    let lost = view.tree.children(clause).filter(|&at| at > clause && view.relation(at) == Relation::Ccomp);
    let (verb, end) = lost.filter(|&at| lacks(at)).find_map(|at| Some((at, auxiliary(at)?)))?;
    let run = one.candidate.content.last_mut().filter(|run| run.contains(&end))?;
    *run = view.trimmed(run.start..end);
    let start = view.extent(cue).start;
    let told = view.class(verb) != NO_CLASS && start < end;
    let source = agent(view, verb).filter(|_| told).map(|at| named(view, Way::Agent, at))?;
    let content = [view.trimmed(start..end)].to_vec();
    let candidate = Candidate { cue: verb, kind: Kind::Subject, complement: None, content, continued: false };
    Some(Chosen { candidate, source })
}

/// "said that the dam broke, and that two villages were flooded": the second clause is said too.
fn go_on_to_next_that(view: &View<'_>, one: &Chosen, content: &mut [Run]) {
    let is_that = |at: usize| view.form(at) == "that";
    let Some(run) = content.last_mut().filter(|run| one.candidate.cue < run.start && is_that(run.start))
    else {
        return;
    };
    let end = view.sentence(one.candidate.cue).end;
    loop {
        let mut next = run.end;
        if next < end && view.form(next) == "," {
            next += 1;
        }
        let joined = next + 1 < end && matches!(view.form(next), "and" | "but" | "or") && is_that(next + 1);
        // "and that was all" begins a clause of its own.
        let that = next + 1;
        let pronoun = joined && view.relation(that) == Relation::Nsubj;
        if !joined || pronoun || that + 1 >= end {
            return;
        }
        // Where the tree has lost what the second "that" belongs to, the sentence's end is the clause's.
        let clause = view.tree.head(that).filter(|&clause| clause > that && view.upos(clause).is_verbal());
        let clause_end = clause.map_or(end, |clause| view.extent(clause).end.clamp(clause + 1, end));
        run.end = view.trimmed(run.start..clause_end).end;
        if run.end <= that {
            return;
        }
    }
}

/// "said that the army shelled the town, killing two": what hangs from what is said, and tells of no other saying, is said
/// too. A relative clause behind a comma is the author's aside.
fn go_on_under(view: &View<'_>, one: &Chosen, content: &mut [Run]) {
    let cue = one.candidate.cue;
    let sentence = view.sentence(cue);
    let is_that = content.first().is_some_and(|run| view.form(run.start).eq_ignore_ascii_case("that"));
    let Some(run) = content.last_mut().filter(|run| cue < run.start && sentence.contains(&run.start)) else {
        return;
    };
    if view.class(cue) == NO_CLASS || view.quote_of(run.end - 1).is_some() {
        return;
    }
    loop {
        let marked = run.end < sentence.end && view.form(run.end) == ",";
        let next = run.end + usize::from(marked);
        if next >= sentence.end || view.is_punctuation(next) {
            return;
        }
        let top = view.phrase_from(next);
        let head = view.tree.head(top);
        let under = head.is_some_and(|head| run.contains(&head));
        let silent =
            view.class(top) == NO_CLASS || view.lexicon.class(view.class(top)).stance == Stance::Asserted;
        let participle = view.token(top).xpos == Penn::Vbg;
        let joined = match view.relation(top) {
            Relation::Conj if view.tree.child(top, Relation::Mark).is_some() => silent,
            Relation::Conj => view.goes_on(top) && (silent || !view.upos(top).is_verbal()),
            Relation::Advcl => silent,
            Relation::Acl => silent && participle,
            Relation::AclRelcl => !marked,
            // "by 15 May, Orsk by 20 May and Lisk by 1 June": an item of a list may be read as an apposition.
            Relation::Appos => marked && is_listed(view, top, sentence.end),
            _ => false,
        };
        let aside = head == Some(cue) && participle && silent && view.relation(top) == Relation::Advcl;
        if !(under && joined || aside && is_that) {
            return;
        }
        run.end = view.trimmed(next..view.extent(top).end).end.max(next + 1);
    }
}

/// Whether a conjunction follows a phrase: "and" before the last item of a list.
fn is_listed(view: &View<'_>, at: usize, end: usize) -> bool {
    let behind = view.extent(at).end;
    behind < end && view.upos(behind) == Upos::Cconj
}

/// The token before which the indirect speech of one of the chosen must end, if it reaches that far.
fn end_of_speech(view: &View<'_>, chosen: &[Chosen], at: usize) -> Option<usize> {
    let one = &chosen[at];
    let run = one.candidate.content.iter().find(|run| run.start > one.candidate.cue)?.clone();
    let open = |token: &usize| view.quote_of(*token).is_none();
    let semicolon = run.clone().filter(open).find(|&token| view.form(token) == ";");
    let colon = run.clone().filter(open).find(|&token| view.form(token) == ":");
    let colon = colon.filter(|&colon| run.start < colon && refuses_a_thing(view, one, colon));
    let rival = near(chosen, at, &run).filter_map(|other| rival_start(view, one, other, &run)).min();
    [semicolon, colon, rival].into_iter().flatten().min()
}

/// "We reject autonomy: our people declared independence": what stands behind the colon is the reason. Of a report that is
/// denied it is the words.
fn refuses_a_thing(view: &View<'_>, one: &Chosen, colon: usize) -> bool {
    const OF_WORDS: [&str; 10] = [
        "report",
        "claim",
        "accusation",
        "allegation",
        "charge",
        "rumour",
        "rumor",
        "story",
        "statement",
        "account",
    ];
    let cue = one.candidate.cue;
    let denies = view.class(cue) != NO_CLASS && view.lexicon.class(view.class(cue)).stance == Stance::Denied;
    let object = view.tree.child(cue, Relation::Obj).filter(|&object| cue < object && object < colon);
    denies && object.is_some_and(|object| !OF_WORDS.contains(&view.tree.lemma(object)))
}

/// The chosen whose cue stands in a run; they are in the order of what is said, so few are looked at.
fn near<'c>(chosen: &'c [Chosen], at: usize, run: &Run) -> impl Iterator<Item = &'c Chosen> {
    const NEIGHBOURS: usize = 12;
    let around = at.saturating_sub(NEIGHBOURS)..(at + NEIGHBOURS + 1).min(chosen.len());
    let run = run.clone();
    chosen[around].iter().filter(move |other| run.contains(&other.candidate.cue))
}

/// Where the clause of another speaker begins in what is said, if it stands beside it and not under it.
fn rival_start(view: &View<'_>, one: &Chosen, other: &Chosen, run: &Run) -> Option<usize> {
    let cue = other.candidate.cue;
    if phrase_of_source(view, cue).is_some() {
        // "Officials reported that ..., according to the agency": the agency passes on what officials reported.
        let reports = other.candidate.content.iter().any(|said| said.contains(&one.candidate.cue));
        return reports.then_some(cue);
    }
    if view.upos(cue) != Upos::Verb || view.class(cue) == NO_CLASS || view.quote_of(cue).is_some() {
        return None;
    }
    let says = matches!(
        view.lexicon.class(view.class(cue)).stance,
        Stance::Reported | Stance::Alleged | Stance::Denied
    );
    let source = other.source.runs.iter().map(|source| source.start).min().filter(|&source| source < cue)?;
    if !says || source <= run.start + 1 {
        return None;
    }
    let mut boundary = source - 1;
    // "and it", "and in turn it": a word or two may stand between.
    for _ in 0..2 {
        if boundary > run.start && view.upos(boundary) == Upos::Adv && !is_contrast(view, boundary) {
            boundary -= 1;
        }
    }
    let parts = is_contrast(view, boundary) || view.upos(boundary) == Upos::Cconj;
    let told = (run.start..boundary).any(|at| view.upos(at).is_verbal());
    (parts && told).then_some(boundary)
}

fn is_contrast(view: &View<'_>, at: usize) -> bool {
    view.lexicon.is_contrast(view.form(at))
}

fn cut(view: &View<'_>, content: &mut Vec<Run>, end: usize) {
    for run in content.iter_mut() {
        *run = view.trimmed(run.start.min(end)..run.end.min(end));
    }
    content.retain(|run| run.start < run.end);
}

/// A quotation has one speaker: who says its beginning says the rest, sentence after sentence.
fn finish_quotations(view: &View<'_>, chosen: &mut [Chosen]) {
    let mut said: BTreeSet<usize> = BTreeSet::new();
    for one in chosen.iter() {
        said.extend(one.candidate.content.iter().map(|run| run.start));
    }
    for one in chosen.iter_mut() {
        let Some(last) = one.candidate.content.last().cloned() else { continue };
        let Some(quote) = view.quote_of(last.end - 1) else { continue };
        let rest = last.end..view.quote_tokens(quote).end;
        let reaches = one.candidate.kind != Kind::Host && rest.len() <= QUOTATION_TOKENS_MAX;
        if reaches && view.quotes[quote].closed && said.range(rest.clone()).next().is_none() {
            let rest = view.trimmed(rest);
            if !rest.is_empty() {
                one.candidate.content.push(rest);
            }
        }
    }
}
