//! Who of those whom a sentence names says it: the tree's answer beside the other nouns, weighed by a model without words.
//!
//! Trees of long sentences go wrong where speakers stand: behind a quotation, between commas, after a title. What tells a
//! speaker is the way through the tree, the side and the distance, the kind of noun, and what stands between.

use std::ops::Range;

use irenic_language::{Penn, Relation, Upos};

use super::candidates::{Candidate, Kind};
use super::features::{Sink, mark, step};
use super::lexicon::NO_CLASS;
use super::model::Weights;
use super::source::{Found, NOBODY, Way, beside, is_passive, phrase, without};
use super::view::{Run, View};

/// So many nouns on each side of a cue are asked.
const NOUNS_A_SIDE_MAX: usize = 8;

/// Ways through the tree are followed for so many steps to the word above both.
const STEPS_MAX: usize = 5;

/// Templates of features are counted from here, so that they share no number with those of candidates.
const FIRST_TEMPLATE: u64 = 1000;

/// The likeliest source of a candidate, given the one that its tree names.
pub(super) fn likeliest(
    view: &View<'_>,
    weights: &Weights,
    kinds: &[u8],
    candidate: &Candidate,
    named: &Found,
) -> Found {
    let options = options(view, candidate, named);
    let mut row = Vec::new();
    let scores = options.iter().map(|option| {
        row.clear();
        features(view, kinds, candidate, option, &options, &mut row);
        weights.score(&row)
    });
    // The first of equals stays: the tree's own answer.
    let best = scores
        .enumerate()
        .fold((0, f32::NEG_INFINITY), |best, next| if next.1 > best.1 { next } else { best });
    options[best.0].clone()
}

/// Who may say it: first what the tree names, then nobody, then the nouns of the sentence from the cue outwards.
pub(super) fn options(view: &View<'_>, candidate: &Candidate, named: &Found) -> Vec<Found> {
    let mut options = vec![named.clone()];
    if named.way == Way::None {
        options.extend(beside(view, candidate));
    } else {
        options.push(NOBODY);
    }
    let sentence = view.sentence(candidate.cue);
    let before = (sentence.start..candidate.cue).rev();
    let after = candidate.cue + 1..sentence.end;
    let known: Vec<Option<usize>> = options.iter().map(|option| option.head).collect();
    let mut add = |at: usize| {
        let found = noun(view, candidate, at).filter(|_| !known.contains(&Some(at)));
        let is_one = found.is_some();
        options.extend(found);
        is_one
    };
    let _ = before.filter(|&at| add(at)).take(NOUNS_A_SIDE_MAX).count();
    let _ = after.filter(|&at| add(at)).take(NOUNS_A_SIDE_MAX).count();
    options
}

/// The noun at a token as a source, without what is said and without the clause that the cue stands in.
fn noun(view: &View<'_>, candidate: &Candidate, at: usize) -> Option<Found> {
    let heads = match view.upos(at) {
        Upos::Noun | Upos::Propn => !matches!(
            view.relation(at),
            Relation::Compound
                | Relation::Flat
                | Relation::Fixed
                | Relation::Goeswith
                | Relation::OblUnmarked
        ),
        // "the officer who said": the tree names who that is.
        Upos::Pron => {
            !matches!(view.relation(at), Relation::Det | Relation::Expl)
                && !matches!(view.token(at).xpos, Penn::Wp | Penn::Wdt)
        }
        Upos::Num | Upos::Adj => view.relation(at).is_subject(),
        _ => false,
    };
    let said = |at: usize| candidate.content.iter().any(|run| run.contains(&at));
    if !heads || said(at) {
        return None;
    }
    let cue = candidate.cue;
    let mut run = phrase(view, at);
    if run.contains(&cue) {
        let clause =
            view.tree.children(at).map(|child| view.extent(child)).find(|extent| extent.contains(&cue))?;
        if at < cue {
            run.end = clause.start.clamp(at + 1, run.end);
        } else {
            run.start = clause.end.clamp(run.start, at);
        }
    }
    let run = view.trimmed(without(run, &candidate.content)?);
    run.contains(&at).then(|| Found { way: Way::Ranked, head: Some(at), runs: [run].to_vec() })
}

/// The relations from a word, and from another, to the first word above both.
struct Path {
    from: u64,
    to: u64,
    steps: usize,
}

fn path(view: &View<'_>, from: usize, to: usize) -> Option<Path> {
    let above = |at: usize| {
        std::iter::successors(Some(at), |&at| view.tree.head(at)).take(STEPS_MAX).collect::<Vec<_>>()
    };
    let (ups, downs) = (above(from), above(to));
    let (up, down) = ups
        .iter()
        .enumerate()
        .find_map(|(up, at)| Some((up, downs.iter().position(|other| other == at)?)))?;
    let code = |chain: &[usize]| {
        chain.iter().fold(1u64, |code, &at| code * 64 + view.relation(at).index() as u64 + 1)
    };
    Some(Path { from: code(&ups[..up]), to: code(&downs[..down]), steps: up + down })
}

/// What stands between a source and its cue.
struct Between {
    verbs: u64,
    sayings: u64,
    nouns: u64,
    commas: u64,
    quotation: u64,
    said: u64,
}

fn between(view: &View<'_>, candidate: &Candidate, run: Range<usize>) -> Between {
    let count = |fits: &dyn Fn(usize) -> bool| run.clone().filter(|&at| fits(at)).take(4).count() as u64;
    Between {
        verbs: count(&|at| view.upos(at) == Upos::Verb),
        sayings: count(&|at| view.upos(at) == Upos::Verb && view.class(at) != NO_CLASS),
        nouns: count(&|at| matches!(view.upos(at), Upos::Noun | Upos::Propn | Upos::Pron)),
        commas: count(&|at| view.form(at) == ","),
        quotation: count(&|at| view.quote_of(at).is_some()).min(1),
        said: count(&|at| candidate.content.iter().any(|said| said.contains(&at))).min(1),
    }
}

/// The features of one of the options, added to `out`.
pub(super) fn features(
    view: &View<'_>,
    kinds: &[u8],
    candidate: &Candidate,
    option: &Found,
    options: &[Found],
    out: &mut Vec<u32>,
) {
    let cue = candidate.cue;
    let class = u64::from(view.class(cue));
    let kind = candidate.kind.index() as u64;
    let pos = view.upos(cue).index() as u64;
    let tag = view.token(cue).xpos.index() as u64;
    let relation = view.relation(cue).index() as u64;
    let passive = u64::from(view.upos(cue) == Upos::Verb && is_passive(view, cue));
    let first = candidate.content[0].start;
    let place = u64::from(first > cue) + 2 * u64::from(candidate.content.iter().all(|run| run.end <= cue));
    let share = candidate.content.iter().flat_map(Clone::clone).any(|at| view.quote_of(at).is_some());
    let share = u64::from(share);
    let way = option.way as u64;
    let tree = options[0].way as u64;
    let Some(head) = option.head else {
        let mut f = Sink::new(out, FIRST_TEMPLATE);
        f.add(&[tree]);
        f.add(&[tree, kind, place]);
        f.add(&[tree, class]);
        f.add(&[tree, class, kind]);
        f.add(&[tree, tag, relation]);
        f.add(&[tree, relation, kind, passive]);
        f.add(&[tree, passive, tag, class]);
        f.add(&[pos, kind, share]);
        f.add(&[relation, class]);
        f.add(&[tree, step(options.len()), pos]);
        f.add(&[tree, kind, share, u64::from(candidate.continued)]);
        f.add(&[
            tree,
            mark(view, cue.checked_sub(1)),
            mark(view, Some(cue + 1).filter(|&at| at < view.sentence(cue).end)),
            pos,
        ]);
        f.add(&[tree, head_pos(view, cue), relation, pos]);
        f.add(&[
            tree,
            kind,
            u64::from(candidate.kind == Kind::Raised || candidate.kind == Kind::Subject),
            class,
            tag,
        ]);
        return;
    };
    let side = u64::from(head > cue);
    let run: Run = if head < cue { head + 1..cue } else { cue + 1..head };
    let distance = step(run.len());
    let way_through = path(view, head, cue);
    let (from, to, steps) = way_through.map_or((0, 0, 99), |path| (path.from, path.to, path.steps as u64));
    let between = between(view, candidate, run.clone());
    let own_tag = view.token(head).xpos.index() as u64;
    let own_kind = u64::from(kinds[head]);
    let own_relation = view.relation(head).index() as u64;
    let own_class = u64::from(view.class(head));
    let person = u64::from(view.lexicon.is_person(view.tree.lemma(head)));
    let case = view.tree.case(head).map_or(0, |case| 1 + u64::from(view.lexicon.opener(case)));
    let above = view.tree.head(head);
    let above_pos = head_pos(view, head);
    let above_class = above.map_or(99, |at| u64::from(view.class(at)));
    let is_above = u64::from(above == Some(cue));
    let quoted = u64::from(view.quote_of(head).is_some()) + 2 * u64::from(view.quote_of(cue).is_some());
    let nearer =
        options.iter().filter_map(|other| other.head).filter(|&other| run.contains(&other)).take(4).count()
            as u64;
    let end = option.runs.last().map_or(head + 1, |run| run.end);
    let start = option.runs.first().map_or(head, |run| run.start);
    let (left, right) = (
        mark(view, start.checked_sub(1)),
        mark(view, Some(end).filter(|&at| at < view.analysis.tokens.len())),
    );
    let opens = u64::from(start <= view.sentence(cue).start + 1);
    let length = step(end.saturating_sub(start));

    let mut f = Sink::new(out, FIRST_TEMPLATE + 100);
    f.add(&[way]);
    f.add(&[way, class, kind]);
    f.add(&[way, tree, kind]);
    f.add(&[way, from, to]);
    f.add(&[way, tag, passive, kind]);
    f.add(&[way, tree, own_relation, case]);
    f.add(&[from, to]);
    f.add(&[from, to, class]);
    f.add(&[from, to, kind, side]);
    f.add(&[from, to, tag, passive]);
    f.add(&[from, to, own_kind]);
    f.add(&[from, to, pos, case]);
    f.add(&[steps, side, pos]);
    f.add(&[side, distance, kind]);
    f.add(&[side, distance, pos, tree]);
    f.add(&[side, nearer, kind, share]);
    f.add(&[side, between.verbs, between.sayings, pos]);
    f.add(&[side, between.commas, between.quotation, between.said, kind]);
    f.add(&[side, between.verbs, between.nouns, between.commas]);
    f.add(&[side, distance, between.verbs, place]);
    f.add(&[own_tag, side, pos]);
    f.add(&[own_tag, own_relation, kind]);
    f.add(&[own_kind, own_tag, tree]);
    f.add(&[own_kind, class]);
    f.add(&[own_kind, person, own_tag, side]);
    f.add(&[person, own_relation, side]);
    f.add(&[own_class, class]);
    f.add(&[own_class, own_relation, side]);
    f.add(&[own_relation, side, kind]);
    f.add(&[own_relation, side, tag, is_above]);
    f.add(&[case, own_relation, side, class]);
    f.add(&[case, pos, side, is_above]);
    f.add(&[above_pos, above_class, own_relation]);
    f.add(&[above_class, own_relation, class, is_above]);
    f.add(&[quoted, side, kind]);
    f.add(&[quoted, place, share, side]);
    f.add(&[left, right, side, kind]);
    f.add(&[left, right, own_relation]);
    f.add(&[opens, side, kind, tree]);
    f.add(&[length, way, side]);
    f.add(&[relation, own_relation, side, steps]);
    f.add(&[side, nearer, own_kind, between.verbs]);
}

fn head_pos(view: &View<'_>, at: usize) -> u64 {
    view.tree.head(at).map_or(99, |head| view.upos(head).index() as u64)
}
