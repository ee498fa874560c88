//! Proposals, and what became of each.

use std::collections::BTreeSet;

use irenic_model::{Answer, Content, DateInterval, Negotiation, NegotiationStep, Proposal};

use super::{holders, sorted};
use crate::commitments::content_stems;
use crate::items::{Item, Items};
use crate::who::Names;

/// Words that any proposal has.
const GENERIC: &str = "plan propo draft offer formu initi roadm frame packa compr idea text sugge peace new";

struct Made<'a> {
    items: Vec<&'a Item<'a>>,
    by: Vec<String>,
    what: String,
    words: BTreeSet<String>,
    when: Option<DateInterval>,
    answers: Vec<Answer>,
}

pub(super) fn proposals(items: &Items<'_>, names: &Names<'_>) -> Vec<Proposal> {
    let told = items.of(|content| if let Content::Negotiation(told) = content { Some(told) } else { None });
    let mut made: Vec<Made<'_>> = Vec::new();
    for (item, step) in told.iter().filter(|(_, step)| step.step == NegotiationStep::Proposed) {
        add(&mut made, item, step, names);
    }
    for (item, step) in &told {
        answer(&mut made, item, step, names);
    }
    let mut all: Vec<Proposal> = made.into_iter().map(finished).collect();
    all.sort_by(|a, b| {
        let key = |one: &Proposal| {
            (one.when.is_none(), one.when.map(|when| when.from()), one.statements.first().copied())
        };
        key(a).cmp(&key(b))
    });
    all
}

fn particular(what: &str) -> BTreeSet<String> {
    let generic = |stem: &String| GENERIC.split_whitespace().any(|word| word == stem);
    content_stems(what).into_iter().filter(|stem| !generic(stem)).collect()
}

fn add<'a>(made: &mut Vec<Made<'a>>, item: &'a Item<'a>, step: &Negotiation, names: &Names<'_>) {
    let Some(what) = &step.what else { return };
    let by = sorted(step.who.iter().map(|who| names.name(who)).collect());
    let words = particular(what);
    let same = |other: &&mut Made<'_>| {
        let shared = other.words.intersection(&words).count();
        other.by == by && shared > 0 && shared * 3 >= other.words.len().min(words.len()) * 2
    };
    match made.iter_mut().find(same) {
        Some(known) => {
            known.items.push(item);
            known.when = known.when.or(step.when);
        }
        None => made.push(Made {
            items: vec![item],
            by,
            what: what.clone(),
            words,
            when: step.when,
            answers: Vec::new(),
        }),
    }
}

/// Ties an answer to the proposal it names, or to the last one that its document told of before; an answer to a proposal
/// that nobody tells of stands by itself.
fn answer<'a>(made: &mut Vec<Made<'a>>, item: &'a Item<'a>, step: &Negotiation, names: &Names<'_>) {
    let accepted = match step.step {
        NegotiationStep::Accepted => true,
        NegotiationStep::Rejected => false,
        _ => return,
    };
    let what = step.what.clone().unwrap_or_default();
    let words = particular(&what);
    let named = made.iter().position(|one| one.words.intersection(&words).count() > 0);
    let before = |one: &Made<'_>| {
        one.items.iter().any(|told| {
            told.same_document(item)
                && told.at.statement < item.at.statement
                && item.sentence - told.sentence.min(item.sentence) <= 3
        })
    };
    let target = named.or_else(|| if words.is_empty() { made.iter().rposition(before) } else { None });
    let target = target.unwrap_or_else(|| {
        made.push(Made {
            items: Vec::new(),
            by: Vec::new(),
            what,
            words,
            when: step.when,
            answers: Vec::new(),
        });
        made.len() - 1
    });
    for who in &step.who {
        let by = names.name(who);
        made[target].answers.push(Answer { by, accepted, holder: item.backer().name, statement: item.at });
    }
    if made[target].items.is_empty() {
        made[target].items.push(item);
    }
}

fn finished(made: Made<'_>) -> Proposal {
    let mut statements: Vec<_> = made.items.iter().map(|item| item.at).collect();
    statements.sort_unstable();
    Proposal {
        by: made.by,
        what: made.what,
        when: made.when,
        answers: made.answers,
        holders: holders(&made.items),
        statements,
    }
}
