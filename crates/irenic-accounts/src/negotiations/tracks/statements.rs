//! What one statement tells of a round: its kind, who sat at the table, who else was there, and who stood between.

use std::collections::BTreeMap;

use irenic_model::{
    ActorRole, Content, Event, EventClass, Negotiation, NegotiationStep, Participant, RoundKind, Stance,
};

use super::Told;
use crate::items::{Item, Items};
use crate::negotiations::sorted;
use crate::who::{GOVERNMENT, Names, is_body, is_paper, refers_back};

/// What the statements tell of rounds, in their order.
pub(super) fn told<'a>(items: &'a Items<'a>, names: &Names<'_>) -> Vec<Told<'a>> {
    let of_statement = |item: &'a Item<'a>| match &item.statement.content {
        Content::Event(event) => of_event(item, event, names),
        Content::Negotiation(step) => of_step(item, step, names),
        _ => None,
    };
    let mut told: Vec<Told<'_>> = items.all.iter().filter_map(of_statement).collect();
    add_mediators(&mut told, items, names);
    told
}

/// Talks and agreements that events tell of.
fn of_event<'a>(item: &'a Item<'a>, event: &Event, names: &Names<'_>) -> Option<Told<'a>> {
    let mode = event.mode.as_deref();
    let kind = match event.class {
        EventClass::Consult if matches!(mode, Some("talks" | "mediation")) => RoundKind::Talks,
        _ if event.deal().is_some() => RoundKind::Agreement,
        // "The two sides announced a halt to the fighting."
        // "The two sides agreed in Riga to lay down their arms."
        EventClass::Agree if event.when.is_some() && is_joint(event) => RoundKind::Agreement,
        _ if mode == Some("hostilities-end") && event.actors.iter().any(|who| refers_back(&who.text)) => {
            RoundKind::Agreement
        }
        _ => return None,
    };
    let kind = match item.statement.stance {
        Stance::Planned | Stance::Promised => RoundKind::Planned,
        stance if stance.is_factual() && !event.negated => kind,
        _ => return None,
    };
    let makers = if event.is_mediation() { &[][..] } else { &event.actors };
    let at_table: Vec<&Participant> = makers.iter().chain(&event.recipients).collect();
    let is_place = |who: &&Participant| event.places.iter().any(|place| place.span == who.span);
    let at_table: Vec<&Participant> = at_table.into_iter().filter(|who| !is_place(who)).collect();
    let (mut table, others) = seats(item, &at_table, names);
    // "the two sides met": those who were told of last.
    // "A second round followed on 9 May": of those who met last.
    let unnamed = at_table.is_empty()
        && event.when.is_some()
        && (mode == Some("talks") || kind == RoundKind::Agreement);
    let refers = event.actors.iter().chain(&event.recipients).any(|who| refers_back(&who.text));
    let referred = unnamed || table.len() < 2 && refers;
    if referred {
        table.clear();
    }
    let mediators = mediators(item, names);
    // "At a second meeting the front refused": with whom it met before.
    let alone = table.len() == 1 && mode == Some("talks") && event.when.is_some();
    let enough = table.len() > 1 || alone || referred || !mediators.is_empty();
    let near = if referred { names.near(item) } else { Vec::new() };
    enough.then(|| Told {
        silent: at_table.is_empty(),
        near,
        mediators,
        places: names_of(&event.places),
        ..Told::new(item, kind, (table, others), event.when)
    })
}

/// What places are called, each once.
fn names_of(places: &[Participant]) -> Vec<String> {
    sorted(places.iter().map(|place| place.text.clone()).collect())
}

/// Whether several do it together.
fn is_joint(event: &Event) -> bool {
    let several = |who: &Participant| refers_back(&who.text) || who.text.contains(" and of ");
    event.actors.len() > 1 || event.actors.iter().any(several)
}

/// Breaks and resumptions.
fn of_step<'a>(item: &'a Item<'a>, step: &Negotiation, names: &Names<'_>) -> Option<Told<'a>> {
    let kind = match step.step {
        NegotiationStep::BrokenOff => RoundKind::BrokenOff,
        NegotiationStep::Resumed => RoundKind::Resumed,
        NegotiationStep::Met => return of_round(item, step, RoundKind::Talks, names),
        NegotiationStep::Signed => return of_round(item, step, RoundKind::Agreement, names),
        _ => return None,
    };
    let kind = if item.statement.stance == Stance::Planned { RoundKind::Planned } else { kind };
    let at_table: Vec<&Participant> = step.who.iter().chain(&step.whom).collect();
    Some(Told::new(item, kind, seats(item, &at_table, names), step.when))
}

/// Meetings and signings with the day that the words give.
fn of_round<'a>(
    item: &'a Item<'a>,
    step: &Negotiation,
    kind: RoundKind,
    names: &Names<'_>,
) -> Option<Told<'a>> {
    if !item.statement.stance.is_factual() {
        return None;
    }
    let is_place = |who: &&Participant| step.places.iter().any(|place| place.span == who.span);
    let at_table: Vec<&Participant> = step.who.iter().filter(|who| !is_place(who)).collect();
    let (mut table, others) = seats(item, &at_table, names);
    let referred = table.len() < 2;
    let near = if referred { names.near(item) } else { Vec::new() };
    if referred && step.who.iter().any(|who| refers_back(&who.text)) {
        table.clear();
    }
    Some(Told {
        silent: at_table.is_empty(),
        near,
        places: names_of(&step.places),
        ..Told::new(item, kind, (table, others), step.when)
    })
}

/// The parties at the table, and who else is named there. Where fewer than two parties are there, whoever is named sits
/// at the table.
fn seats(item: &Item<'_>, present: &[&Participant], names: &Names<'_>) -> (Vec<String>, Vec<String>) {
    let (table, others) = seats_for(item, present, names, true);
    // "President Doe met Otto Brandt", of whom the text does not say whom he leads: both by their own names.
    if table.iter().any(|seat| names.is_person(item.at.document, seat)) {
        return seats_for(item, present, names, false);
    }
    (table, others)
}

fn seats_for(
    item: &Item<'_>,
    present: &[&Participant],
    names: &Names<'_>,
    bodies: bool,
) -> (Vec<String>, Vec<String>) {
    let mut seated: Vec<Participant> = Vec::new();
    for who in present {
        for one in names.seated_for(item.at.document, who, bodies) {
            // "Between the army and the Hill Army": the bare word beside the name is another's.
            let bare = !who.text.contains(char::is_uppercase) && who.text != one.text;
            let named = present.iter().any(|other| other.span != who.span && other.text == one.text);
            seated.push(if bare && named { (*who).clone() } else { one });
        }
    }
    let present = seated;
    let named = |who: &&Participant| {
        let seated = matches!(
            who.role,
            Some(ActorRole::Government | ActorRole::Rebel | ActorRole::Military | ActorRole::Party)
        );
        let name = who.text.split_whitespace().any(|word| word.starts_with(char::is_uppercase));
        // "Its chairman", "talks between the two": of somebody named elsewhere.
        let possessed =
            ["its ", "his ", "their ", "her "].iter().any(|it| who.text.to_lowercase().starts_with(it));
        let bare = !who.text.split_whitespace().skip(1).any(|word| word.starts_with(char::is_uppercase));
        let talks = who.text.contains(" between ") || who.text.contains("talks ");
        (name || seated || is_body(&who.text))
            && !(possessed && bare)
            && !talks
            && !is_paper(&who.text)
            && !refers_back(&who.text)
    };
    let parties = sorted(present.iter().filter_map(|who| names.party(who).map(str::to_owned)).collect());
    let others = sorted(
        present
            .iter()
            .filter(named)
            .filter(|who| names.party(who).is_none())
            .map(|who| who.text.clone())
            .collect(),
    );
    if names.is_empty() || parties.len() < 2 {
        let table = sorted(parties.into_iter().chain(others).collect());
        return (without_doubles(table), Vec::new());
    }
    // A government that is named without its country sits there as well.
    let (governments, others): (Vec<String>, Vec<String>) =
        others.into_iter().partition(|other| other.to_lowercase() == GOVERNMENT);
    (sorted(parties.into_iter().chain(governments).collect()), others)
}

/// "The government" beside "Norland's government" is one seat; "the front and four groups" beside "the front" none of its own.
fn without_doubles(table: Vec<String>) -> Vec<String> {
    let of_state = |seat: &String| {
        let last = seat.rsplit(' ').next().unwrap_or_default().to_lowercase();
        seat != GOVERNMENT && (last == GOVERNMENT || seat.to_lowercase().contains("government of "))
    };
    let state = table.iter().any(of_state);
    let rest = |seat: &String| {
        let other = table.iter().find(|other| *other != seat && seat.starts_with(other.as_str()))?;
        seat[other.len()..].strip_prefix(" and ").map(|rest| rest.trim_start_matches("the ").to_owned())
    };
    let kept = table.iter().filter(|seat| !(state && *seat == GOVERNMENT));
    sorted(kept.map(|seat| rest(seat).unwrap_or_else(|| seat.clone())).collect())
}

/// Who stands between the sides by what a statement tells, under their names.
fn mediators(item: &Item<'_>, names: &Names<'_>) -> Vec<String> {
    let told = item.statement.content.mediators();
    sorted(told.iter().map(|who| names.name(who)).filter(|name| !refers_back(name)).collect())
}

/// Who mediates, as told in the same sentence.
fn add_mediators(told: &mut [Told<'_>], items: &Items<'_>, names: &Names<'_>) {
    let mut by_sentence: BTreeMap<(usize, usize), Vec<String>> = BTreeMap::new();
    for item in &items.all {
        let told = mediators(item, names);
        if !told.is_empty() {
            by_sentence.entry((item.at.document, item.sentence)).or_default().extend(told);
        }
    }
    for one in told {
        let Some(mediators) = by_sentence.get(&(one.item.at.document, one.item.sentence)) else { continue };
        one.mediators = sorted(one.mediators.iter().chain(mediators).cloned().collect());
        let mediators = one.mediators.clone();
        one.others.retain(|other| !mediators.contains(other));
        let beside = matches!(&one.item.statement.content, Content::Negotiation(_));
        if beside || one.table.iter().filter(|seat| !mediators.contains(seat)).count() > 1 {
            one.table.retain(|seat| !mediators.contains(seat));
        }
    }
}
