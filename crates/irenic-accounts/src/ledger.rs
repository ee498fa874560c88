//! The ledger: agreements, undertakings, and what each holder says became of them.

use std::collections::HashSet;

use irenic_model::{
    Agreement, CommitmentStatus, Content, DEALS, DateInterval, Event, FulfilmentReport, Implementation,
    Ledger, Party, Span, Stance, Undertaking,
};

use crate::SourceView;
use crate::commitments::{Debt, debts_together};
use crate::items::{Item, Items};
use crate::negotiations::{holders, sorted};
use crate::sources::Sources;
use crate::who::Names;

/// Two reports of an agreement so many days apart at most are of one: it is signed on one day and takes effect on another.
const SAME_AGREEMENT_DAYS_MAX: i32 = 3;

/// The ledger of all sources' statements.
///
/// A statement on fulfilment goes to the undertaking of the same debtor that shares its words; one that fits none stands by
/// itself. Scores are what holders say, put on the scale; where two differ, there is none.
#[must_use]
pub fn ledger(sources: &[SourceView<'_>], parties: &[Party]) -> Ledger {
    let known = Sources::new(sources);
    let items = Items::new(sources, &known);
    let names = Names::of(parties, sources);
    let agreements = agreements(&items, &names);
    let mut undertakings: Vec<Undertaking> =
        debts_together(&items).iter().map(|members| undertaking(members, &agreements, &names)).collect();
    undertakings.sort_by(|a, b| {
        let key = |one: &Undertaking| {
            (one.due.is_none(), one.due.map(|due| due.until()), one.statements.first().copied())
        };
        key(a).cmp(&key(b))
    });
    Ledger { agreements, undertakings }
}

fn agreements(items: &Items<'_>, names: &Names<'_>) -> Vec<Agreement> {
    let told = items.of(|content| match content {
        Content::Event(event) if event.deal().is_some() => Some(event),
        _ => None,
    });
    let mut groups: Vec<Vec<(&Item<'_>, &Event)>> = Vec::new();
    for (item, event) in
        told.into_iter().filter(|(item, event)| item.statement.stance.is_factual() && !event.negated)
    {
        // An agreement that nobody dates and nobody makes is a word in passing.
        if event.when.is_none() && event.actors.is_empty() {
            continue;
        }
        match groups.iter_mut().find(|group| group.iter().any(|(_, other)| same(other, event))) {
            Some(group) => group.push((item, event)),
            None => groups.push(vec![(item, event)]),
        }
    }
    let between = mediators(items);
    let mut agreements: Vec<Agreement> =
        groups.iter().map(|group| agreement(group, names, &between)).collect();
    agreements.sort_by(|a, b| {
        let key = |one: &Agreement| {
            (one.when.is_none(), one.when.map(|when| when.from()), one.statements.first().copied())
        };
        key(a).cmp(&key(b))
    });
    agreements
}

/// Where the words stand that name who stands between the sides: no party to what they agree on.
fn mediators(items: &Items<'_>) -> HashSet<(usize, Span)> {
    let places = |item: &Item<'_>| {
        let document = item.at.document;
        let told = &item.statement.content;
        told.mediators().iter().map(move |one| (document, one.span)).collect::<Vec<_>>()
    };
    items.all.iter().flat_map(places).collect()
}

fn same(a: &Event, b: &Event) -> bool {
    match (a.when, b.when) {
        (Some(first), Some(second)) => {
            let apart = irenic_model::day_number(first.from()) - irenic_model::day_number(second.from());
            let fine = first.days() <= SAME_AGREEMENT_DAYS_MAX && second.days() <= SAME_AGREEMENT_DAYS_MAX;
            fine && apart.abs() <= SAME_AGREEMENT_DAYS_MAX || first == second && a.deal() == b.deal()
        }
        _ => false,
    }
}

fn agreement(
    group: &[(&Item<'_>, &Event)],
    names: &Names<'_>,
    between: &HashSet<(usize, Span)>,
) -> Agreement {
    let items: Vec<&Item<'_>> = group.iter().map(|(item, _)| *item).collect();
    let makers = group.iter().flat_map(|(item, event)| {
        let all = event.actors.iter().chain(&event.recipients);
        // Neither who mediated nor where it was signed.
        all.filter(|who| {
            !between.contains(&(item.at.document, who.span))
                && !event.places.iter().any(|place| place.text == who.text)
        })
    });
    let named = makers.filter(|who| who.text.starts_with(char::is_uppercase) || names.party(who).is_some());
    let places = group.iter().flat_map(|(_, event)| &event.places).map(|place| place.text.clone());
    // Of several words for one agreement the one that says most.
    let kind = DEALS.into_iter().find(|deal| group.iter().any(|(_, event)| event.deal() == Some(deal)));
    let mut statements: Vec<_> = items.iter().map(|item| item.at).collect();
    statements.sort_unstable();
    Agreement {
        kind: kind.unwrap_or("agreement").to_owned(),
        parties: sorted(named.map(|who| names.name(who)).collect()),
        when: group.iter().filter_map(|(_, event)| event.when).min_by_key(|when| (when.days(), when.from())),
        places: sorted(places.collect()),
        holders: holders(&items),
        statements,
    }
}

fn undertaking(members: &[Debt<'_>], agreements: &[Agreement], names: &Names<'_>) -> Undertaking {
    let told: Vec<&Debt<'_>> =
        members.iter().filter(|debt| debt.commitment.status == CommitmentStatus::Undertaken).collect();
    let first = told.first().map_or(&members[0], |debt| *debt);
    let party = |name: &String| names.by_name(name).map_or_else(|| name.clone(), str::to_owned);
    let mut reports: Vec<FulfilmentReport> = members
        .iter()
        .filter(|debt| debt.commitment.status != CommitmentStatus::Undertaken)
        .map(report)
        .collect();
    reports.sort_by_key(|report| {
        (report.when.is_none(), report.when.map(|when| (when.until(), when.from())), report.statement)
    });
    let score = agreed_score(&reports);
    let broken = reports.iter().any(|report| report.status == CommitmentStatus::Breached);
    let kept = reports.iter().any(|report| report.status == CommitmentStatus::Fulfilled);
    let contested = match last_words(&reports).as_slice() {
        [] | [_] => false,
        words => broken && kept || words.iter().any(|word| word.score != words[0].score),
    };
    let own = if told.is_empty() { members.iter().collect() } else { told };
    let items: Vec<&Item<'_>> = own.iter().map(|debt| debt.item).collect();
    let mut statements: Vec<_> = items.iter().map(|item| item.at).collect();
    statements.sort_unstable();
    let due = members.iter().find_map(|debt| debt.commitment.due);
    Undertaking {
        debtor: first.commitment.debtor.as_ref().map(party),
        creditor: members.iter().find_map(|debt| debt.commitment.creditor.as_ref()).map(party),
        action: first.commitment.action.clone(),
        condition: members.iter().find_map(|debt| debt.commitment.condition.clone()),
        due,
        stance: first.item.statement.stance,
        agreement: members.iter().find_map(|debt| agreement_of(debt, agreements)),
        score: score.filter(|_| !contested),
        contested,
        reports,
        holders: holders(&items),
        statements,
    }
}

/// The agreement that was made when the undertaking was, or that the same sentence or the last one before tells of.
fn agreement_of(debt: &Debt<'_>, agreements: &[Agreement]) -> Option<usize> {
    let promised = matches!(debt.item.statement.stance, Stance::Promised | Stance::Planned);
    if !promised {
        return None;
    }
    let near = |made: DateInterval| {
        agreements.iter().position(|agreement| {
            agreement.when.is_some_and(|when| when.days() <= SAME_AGREEMENT_DAYS_MAX && when.overlaps(&made))
        })
    };
    debt.commitment.made.filter(|made| made.days() <= SAME_AGREEMENT_DAYS_MAX).and_then(near).or_else(|| {
        let before = |at: &&irenic_model::StatementRef| {
            at.document == debt.item.at.document && at.statement < debt.item.at.statement
        };
        let last =
            |agreement: &Agreement| agreement.statements.iter().filter(before).map(|at| at.statement).max();
        let told =
            agreements.iter().enumerate().filter_map(|(number, agreement)| Some((last(agreement)?, number)));
        told.max().map(|(_, number)| number)
    })
}

fn report(debt: &Debt<'_>) -> FulfilmentReport {
    let (status, words) = (debt.commitment.status, debt.commitment.action.clone());
    let denied = debt.item.statement.stance == Stance::Denied;
    let lower = words.to_lowercase();
    let broke = ["violat", "breach", "broke", "in violation", "in breach", "renege"]
        .iter()
        .any(|start| lower.starts_with(start));
    let score = match status {
        _ if denied => None,
        CommitmentStatus::Fulfilled => Some(Implementation::Full),
        CommitmentStatus::Partial if lower.starts_with("part") => Some(Implementation::Intermediate),
        CommitmentStatus::Partial => Some(Implementation::Minimum),
        CommitmentStatus::Breached if !broke => Some(Implementation::NotInitiated),
        CommitmentStatus::Breached | CommitmentStatus::Undertaken => None,
    };
    FulfilmentReport {
        holder: debt.item.backer().name,
        status,
        score,
        when: debt.commitment.made,
        words,
        statement: debt.item.at,
    }
}

/// The last report of each holder.
fn last_words(reports: &[FulfilmentReport]) -> Vec<&FulfilmentReport> {
    let mut last: Vec<&FulfilmentReport> = Vec::new();
    for report in reports.iter().rev() {
        if last.iter().all(|known| known.holder != report.holder) {
            last.push(report);
        }
    }
    last
}

fn agreed_score(reports: &[FulfilmentReport]) -> Option<Implementation> {
    let words = last_words(reports);
    let first = words.first()?.score?;
    words.iter().all(|report| report.score == Some(first)).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use irenic_model::StatementRef;

    fn said(holder: &str, score: Option<Implementation>, statement: usize) -> FulfilmentReport {
        FulfilmentReport {
            holder: holder.to_owned(),
            status: CommitmentStatus::Partial,
            score,
            when: None,
            words: String::new(),
            statement: StatementRef { document: 0, statement },
        }
    }

    #[test]
    fn the_last_word_of_each_holder_counts() {
        use Implementation::{Full, Minimum};
        let cases = [
            (vec![said("Post", Some(Minimum), 0), said("Post", Some(Full), 1)], Some(Full)),
            (vec![said("Post", Some(Minimum), 0), said("Echo", Some(Full), 1)], None),
            (vec![said("Post", Some(Full), 0), said("Echo", Some(Full), 1)], Some(Full)),
            (vec![said("Post", None, 0)], None),
            (vec![], None),
        ];
        for (reports, score) in cases {
            assert_eq!(agreed_score(&reports), score);
        }
        assert_eq!(Full.score(), 3);
    }
}
