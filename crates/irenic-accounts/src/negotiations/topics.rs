//! Matters that holders name: demands and refusals by party, obstacles, needs, spoilers, mandates.

use std::collections::{BTreeMap, BTreeSet};

use irenic_model::{
    Content, Mandate, Negotiation, NegotiationStep, Participant, Position, Span, Stance, Topic,
};

use super::holders;
use crate::commitments::content_stems;
use crate::items::{Item, Items};
use crate::names::{meet, stems};
use crate::who::Names;

/// A matter in the making.
struct Matter<'a> {
    items: Vec<&'a Item<'a>>,
    what: String,
    words: BTreeSet<String>,
}

/// Puts a matter with those that share most of its words.
fn gather<'a>(matters: &mut Vec<Matter<'a>>, item: &'a Item<'a>, what: String) {
    let words = content_stems(&what);
    let same = |other: &&mut Matter<'_>| {
        let shared = other.words.intersection(&words).count();
        other.what == what || shared > 0 && shared * 3 >= other.words.len().min(words.len()) * 2
    };
    match matters.iter_mut().find(same) {
        Some(known) => known.items.push(item),
        None => matters.push(Matter { items: vec![item], what, words }),
    }
}

fn finished(matters: Vec<Matter<'_>>) -> Vec<Topic> {
    let mut topics: Vec<Topic> = matters
        .into_iter()
        .map(|matter| {
            let mut statements: Vec<_> = matter.items.iter().map(|item| item.at).collect();
            statements.sort_unstable();
            Topic { what: matter.what, holders: holders(&matter.items), statements }
        })
        .collect();
    topics
        .sort_by(|a, b| b.holders.len().cmp(&a.holders.len()).then_with(|| a.statements.cmp(&b.statements)));
    topics
}

fn steps<'s, 'a>(items: &'s Items<'a>) -> Vec<(&'s Item<'a>, &'a Negotiation)> {
    items.of(|content| if let Content::Negotiation(told) = content { Some(told) } else { None })
}

/// What each party demands and refuses: from statements on negotiations, and from demands and refusals of deeds.
pub(super) fn positions(items: &Items<'_>, names: &Names<'_>) -> Vec<Position> {
    let mut all: BTreeMap<String, (Vec<Matter<'_>>, Vec<Matter<'_>>)> = BTreeMap::new();
    let mut taken: Vec<(usize, Span)> = Vec::new();
    for (item, step) in steps(items) {
        let demands = match step.step {
            NegotiationStep::Demanded => true,
            NegotiationStep::Refused => false,
            _ => continue,
        };
        let Some(what) = &step.what else { continue };
        taken.push((item.at.document, item.statement.span));
        for party in step.who.iter().filter_map(|who| holder_of(&names.meant(item.at.document, who), names)) {
            let (wanted, unwanted) = all.entry(party).or_default();
            gather(if demands { wanted } else { unwanted }, item, what.clone());
        }
    }
    for (item, owed) in
        items.of(|content| if let Content::Commitment(owed) = content { Some(owed) } else { None })
    {
        let (who, demands) = match item.statement.stance {
            Stance::Demanded => (owed.creditor.as_deref(), true),
            Stance::Denied => (owed.debtor.as_deref(), false),
            _ => continue,
        };
        let known = taken
            .iter()
            .any(|(document, span)| *document == item.at.document && span.overlaps(item.statement.span));
        let party = who.and_then(|who| names.by_name(who)).filter(|_| !known);
        let Some(party) = party else { continue };
        let what = match (&owed.debtor, demands) {
            (Some(debtor), true) if !owed.action.contains(debtor.as_str()) => {
                format!("{debtor}: {}", owed.action)
            }
            _ => owed.action.clone(),
        };
        let (wanted, unwanted) = all.entry(party.to_owned()).or_default();
        gather(if demands { wanted } else { unwanted }, item, what);
    }
    let position = |(party, (demands, refusals))| Position {
        party,
        demands: finished(demands),
        refusals: finished(refusals),
    };
    all.into_iter().map(position).collect()
}

/// Whose position it is: a party's; where the parties are worked out, which misses some, that of a body with a name that is no
/// other state's; anybody's where no party is known.
fn holder_of(who: &Participant, names: &Names<'_>) -> Option<String> {
    let named = || !names.are_given() && who.country.is_none() && who.text.starts_with(char::is_uppercase);
    match names.party(who) {
        Some(party) => Some(party.to_owned()),
        None => (names.is_empty() || named()).then(|| who.text.clone()),
    }
}

/// What holders name as keeping the parties apart: what they call an obstacle, and what talks broke off over.
pub(super) fn obstacles(items: &Items<'_>) -> Vec<Topic> {
    let mut matters = Vec::new();
    for (item, step) in steps(items) {
        if matches!(step.step, NegotiationStep::Obstacle | NegotiationStep::BrokenOff)
            && let Some(what) = &step.what
        {
            gather(&mut matters, item, what.clone());
        }
    }
    finished(matters)
}

pub(super) fn needs(items: &Items<'_>) -> Vec<Topic> {
    let mut matters = Vec::new();
    for (item, step) in steps(items) {
        if step.step == NegotiationStep::Need
            && let Some(what) = &step.what
        {
            gather(&mut matters, item, what.clone());
        }
    }
    finished(matters)
}

/// Who is said to spoil, each with what: one who is accused by several stands once.
pub(super) fn spoilers(items: &Items<'_>, names: &Names<'_>) -> Vec<Topic> {
    let mut by_name: BTreeMap<String, Vec<&Item<'_>>> = BTreeMap::new();
    for (item, step) in steps(items).into_iter().filter(|(_, step)| step.step == NegotiationStep::Spoiler) {
        for who in &step.who {
            by_name.entry(names.name(&names.meant(item.at.document, who))).or_default().push(item);
        }
    }
    let matter = |(what, items): (String, _)| Matter { words: content_stems(&what), items, what };
    finished(by_name.into_iter().map(matter).collect())
}

/// Mandates by third party; one that is extended stands once for each term.
pub(super) fn mandates(items: &Items<'_>) -> Vec<Mandate> {
    let mut all: Vec<(Vec<&Item<'_>>, Mandate)> = Vec::new();
    for (item, step) in steps(items).into_iter().filter(|(_, step)| step.step == NegotiationStep::Mandate) {
        let Some(who) = step.who.first() else { continue };
        let mandate = Mandate {
            third_party: who.text.clone(),
            what: step.what.clone().unwrap_or_default(),
            when: step.when,
            until: step.until,
            holders: Vec::new(),
            statements: Vec::new(),
        };
        let same = |(_, other): &&mut (Vec<&Item<'_>>, Mandate)| {
            let name = other.third_party == mandate.third_party
                || meet(&stems(&other.third_party), &stems(&mandate.third_party));
            name && other.until == mandate.until && content_stems(&other.what) == content_stems(&mandate.what)
        };
        match all.iter_mut().find(same) {
            Some((items, _)) => items.push(item),
            None => all.push((vec![item], mandate)),
        }
    }
    let mut mandates: Vec<Mandate> = all
        .into_iter()
        .map(|(items, mut mandate)| {
            mandate.holders = holders(&items);
            mandate.statements = items.iter().map(|item| item.at).collect();
            mandate
        })
        .collect();
    mandates.sort_by_key(|mandate| {
        (mandate.when.is_none(), mandate.when.map(|when| when.from()), mandate.statements.first().copied())
    });
    mandates
}
