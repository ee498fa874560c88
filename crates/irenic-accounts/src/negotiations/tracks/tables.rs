//! Who sat at a table that its words do not name.

use std::collections::{BTreeMap, BTreeSet};

use irenic_model::{Certainty, RoundKind};

use super::{NOT_NAMED, Told};
use crate::negotiations::sorted;
use crate::who::Names;

/// So many sentences at most lie between a table and a deal that names nobody.
const DEAL_SENTENCES_MAX: usize = 2;

/// A break or a resumption that names no parties is of the talks that the document told of last, or of those with the
/// party that it names beside: "Fighting with the front went on until May, when both sides signed". Where nobody was told
/// of yet, those sit there who fight each other, or who sat together most.
pub(super) fn carry(told: &mut Vec<Told<'_>>, names: &Names<'_>) {
    let mut known: BTreeMap<usize, Vec<Vec<String>>> = BTreeMap::new();
    let mut last_at: BTreeMap<usize, usize> = BTreeMap::new();
    let usual = usual_tables(told, names);
    for one in told.iter_mut() {
        let (document, sentence) = (one.item.at.document, one.item.sentence);
        let before = known.entry(document).or_default();
        // "They ended with a truce signed on 3 May": a deal that names nobody is of those who were told of right before.
        let near_by =
            last_at.get(&document).is_some_and(|&last| sentence.abs_diff(last) <= DEAL_SENTENCES_MAX);
        let usual = usual.get(&document);
        let named = one.table.len() > 1;
        let follows = one.silent && near_by && before.last().is_some();
        if one.table.len() < 2 && !one.near.is_empty() && !follows {
            one.table = table_of_near(&one.near, before, names);
        }
        let meets = matches!(one.kind, RoundKind::Talks | RoundKind::Agreement);
        let dated = one.when.is_some_and(|when| when.certainty() != Certainty::Inferred);
        if one.table.len() < 2
            && let Some(table) = before
                .last()
                .or(usual.filter(|_| meets))
                .filter(|_| near_by || dated || !one.silent || one.kind != RoundKind::Agreement)
            && one.table.iter().all(|seat| table.contains(seat))
        {
            one.table.clone_from(table);
        }
        one.guessed = !named;
        if one.table.len() > 1 {
            if named || !before.is_empty() {
                before.push(one.table.clone());
            }
            last_at.insert(document, sentence);
        } else if matches!(one.kind, RoundKind::Talks | RoundKind::Agreement) && one.table.len() == 1 {
            one.table.clear();
        } else if one.table.is_empty() && matches!(one.kind, RoundKind::BrokenOff | RoundKind::Resumed)
            || !one.mediators.is_empty() && one.table.is_empty()
        {
            one.table.push(NOT_NAMED.to_owned());
        }
    }
    told.retain(|one| !one.table.is_empty());
}

/// How often a table is told of, and how early first.
type Rank = (usize, std::cmp::Reverse<usize>);

/// The tables of a document.
type Tables<'t> = BTreeMap<&'t Vec<String>, Rank>;

/// Who sits at a document's table where it does not say so: those who are named together at most of its tables, or else those
/// who fight each other.
fn usual_tables(told: &[Told<'_>], names: &Names<'_>) -> BTreeMap<usize, Vec<String>> {
    let mut counts: BTreeMap<usize, Tables<'_>> = BTreeMap::new();
    // What an event and the words beside it tell in one sentence is told once.
    let mut seen = BTreeSet::new();
    for one in told {
        let tables = counts.entry(one.item.at.document).or_default();
        let first = seen.insert((one.item.at.document, one.item.sentence, one.table.clone()));
        if one.table.len() > 1 && first {
            let entry = tables.entry(&one.table).or_insert((0, std::cmp::Reverse(one.item.sentence)));
            entry.0 += 1;
        }
    }
    let usual = |document: usize, tables: Tables<'_>| {
        let opponents = names.opponents(document);
        let all: usize = tables.values().map(|(count, _)| count).sum();
        let counts: Vec<(Vec<String>, usize)> =
            tables.iter().map(|(table, (count, _))| ((*table).clone(), *count)).collect();
        let with = |own: &Vec<String>| -> usize {
            let same = |table: &Vec<String>| own.iter().any(|seat| table.contains(seat));
            counts.iter().filter(|(table, _)| same(table)).map(|(_, count)| count).sum()
        };
        let own = tables.into_iter().max_by_key(|(_, rank)| *rank);
        let often = own.filter(|(_, rank)| rank.0 > 1 || opponents.len() < 2).map(|(table, _)| table.clone());
        let table = often.or_else(|| (opponents.len() > 1).then(|| sorted(opponents.to_vec())))?;
        // Where most tables are others', nobody can tell whose a table is that is not named.
        (all < 3 || all <= 2 * with(&table)).then_some(table)
    };
    counts.into_iter().filter_map(|(document, tables)| Some((document, usual(document, tables)?))).collect()
}

/// Who sits there: the parties named near by; with one of them, those it sat with before, or else the state that the
/// others sat with.
fn table_of_near(near: &[String], before: &[Vec<String>], names: &Names<'_>) -> Vec<String> {
    let last = before.last();
    let [party] = near else {
        // "The three parties", of whom the sentence before names two.
        let wider = last.filter(|table| near.iter().all(|seat| table.contains(seat)));
        return wider.map_or_else(|| near.to_vec(), Clone::clone);
    };
    let Some(last) = last else { return Vec::new() };
    let of_party = |table: &&Vec<String>| {
        table.contains(party) || names.is_state(party) && table.iter().any(|seat| names.is_state(seat))
    };
    if let Some(table) = before.iter().rev().find(of_party) {
        return table.clone();
    }
    let states = last.iter().filter(|seat| names.is_state(seat)).cloned();
    let table = sorted(states.chain([party.clone()]).collect());
    if table.len() > 1 { table } else { last.clone() }
}
