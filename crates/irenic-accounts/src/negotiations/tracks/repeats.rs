//! Rounds that a text tells more than once: each stays once, with all that is told of it.

use irenic_model::{Certainty, Content, NegotiationStep, RoundKind};

use super::{NOT_NAMED, Told};
use crate::negotiations::sorted;

/// Leaves one of the statements that tell of the same round in one document.
pub(super) fn join(told: &mut Vec<Told<'_>>) {
    drop_mediation_of_others(told);
    drop_resumptions_told_as_talks(told);
    drop_rounds_told_twice(told);
    drop_guesses_beside_names(told);
    join_meetings_and_deals(told);
}

/// "Met in Riga on 3 May and signed an accord" is one round: the deal takes the place and the mediators of the meeting.
fn join_meetings_and_deals(told: &mut Vec<Told<'_>>) {
    let key = |one: &Told<'_>| {
        (one.item.at.document, one.item.sentence, one.when.map(|when| (when.from(), when.until())))
    };
    let same = |deal: &(_, Vec<String>), one: &Told<'_>| {
        deal.0 == key(one) && one.table.iter().all(|seat| deal.1.contains(seat))
    };
    let deals: Vec<_> = told
        .iter()
        .filter(|one| one.kind == RoundKind::Agreement)
        .map(|one| (key(one), one.table.clone()))
        .collect();
    let mut kept = Vec::with_capacity(told.len());
    let mut meetings = Vec::new();
    for one in told.drain(..) {
        let meets = matches!(one.kind, RoundKind::Talks | RoundKind::Planned);
        if meets && one.when.is_some() && deals.iter().any(|deal| same(deal, &one)) {
            meetings.push(one);
        } else {
            kept.push(one);
        }
    }
    for meeting in meetings {
        let of_it = |deal: &&mut Told<'_>| {
            deal.kind == RoundKind::Agreement && same(&(key(deal), deal.table.clone()), &meeting)
        };
        let Some(deal) = kept.iter_mut().find(of_it) else { continue };
        deal.places = sorted(deal.places.iter().chain(&meeting.places).cloned().collect());
        deal.mediators = sorted(deal.mediators.iter().chain(&meeting.mediators).cloned().collect());
    }
    *told = kept;
}

/// What an event and the words beside it tell of one meeting is one: whoever names more of the sides stays, with the places
/// and mediators of both. A day that the words give goes before one that was only inferred.
fn drop_rounds_told_twice(told: &mut Vec<Told<'_>>) {
    let beside = |one: &Told<'_>| {
        matches!(&one.item.statement.content, Content::Negotiation(step)
            if matches!(step.step, NegotiationStep::Met | NegotiationStep::Signed))
    };
    let mut kept: Vec<Told<'_>> = Vec::with_capacity(told.len());
    let (words, events): (Vec<_>, Vec<_>) = told.drain(..).partition(beside);
    kept.extend(events);
    for one in words {
        let near =
            |other: &Told<'_>| other.item.same_document(one.item) && other.item.sentence == one.item.sentence;
        let kin = |other: &Told<'_>| {
            other.kind == one.kind
                || matches!(other.kind, RoundKind::Resumed | RoundKind::BrokenOff | RoundKind::Planned)
        };
        let vague = |other: &Told<'_>| other.when.is_none_or(|when| when.certainty() == Certainty::Inferred);
        let same_day = |other: &Told<'_>| match (other.when, one.when) {
            (Some(first), Some(second)) => first.overlaps(&second),
            _ => false,
        };
        kept.retain(|other| {
            let covered =
                other.table.iter().all(|seat| one.table.contains(seat)) || other.table == [NOT_NAMED];
            !(near(other)
                && kin(other)
                && (vague(other) || other.kind != one.kind && same_day(other))
                && covered)
        });
        let known = kept.iter_mut().find(|other| near(other) && other.kind == one.kind && same_day(other));
        match known {
            Some(known) => {
                let wider = known.table.iter().all(|seat| one.table.contains(seat));
                if known.table.len() < 2 || !one.guessed && (known.guessed || wider) {
                    known.table.clone_from(&one.table);
                }
                // "After the elections of 1996 they met on 21 December 1996": the day, not the year.
                if let (Some(wide), Some(own)) = (known.when, one.when)
                    && own.days() < wide.days()
                    && wide.from() <= own.from()
                    && own.until() <= wide.until()
                {
                    known.when = Some(own);
                }
                if known.places.is_empty() {
                    known.places.clone_from(&one.places);
                }
                known.mediators = sorted(known.mediators.iter().chain(&one.mediators).cloned().collect());
            }
            None => kept.push(one),
        }
    }
    kept.sort_by_key(|one| one.item.at);
    *told = kept;
}

/// "The accord of 3 May", after the text has told who signed on 3 May: no other table of that day is guessed.
fn drop_guesses_beside_names(told: &mut Vec<Told<'_>>) {
    let day = |one: &Told<'_>| {
        one.when.filter(|when| when.days() == 1).map(|when| (one.item.at.document, when.from()))
    };
    let named: Vec<_> = told
        .iter()
        .filter(|one| !one.guessed)
        .filter_map(|one| Some((day(one)?, one.table.clone())))
        .collect();
    told.retain(|one| {
        let beside =
            |(other, table): &(_, Vec<String>)| day(one).as_ref() == Some(other) && *table != one.table;
        !one.guessed || !named.iter().any(beside)
    });
}

/// "The talks of the two sides resumed in Riga" is told as talks already.
fn drop_resumptions_told_as_talks(told: &mut Vec<Told<'_>>) {
    let place = |one: &Told<'_>| (one.item.at.document, one.item.sentence, one.when.map(|when| when.from()));
    let talks: Vec<_> = told.iter().filter(|one| one.kind == RoundKind::Talks).map(place).collect();
    told.retain(|one| one.kind != RoundKind::Resumed || !talks.contains(&place(one)));
}

/// "Signed a peace agreement, mediated by the union": the mediation is no meeting beside the signing.
fn drop_mediation_of_others(told: &mut Vec<Told<'_>>) {
    let place = |one: &Told<'_>| (one.item.at.document, one.item.sentence);
    let mediates = |one: &Told<'_>| !one.item.statement.content.mediators().is_empty();
    let deals: Vec<(usize, usize)> = told.iter().filter(|one| !mediates(one)).map(place).collect();
    told.retain(|one| !mediates(one) || !deals.contains(&place(one)));
}
