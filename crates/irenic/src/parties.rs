//! The parties and the third parties, worked out from statements and corrected by the configuration.

use std::collections::{BTreeMap, BTreeSet};

use irenic_accounts::speaker_key;
use irenic_model::{
    Content, DateInterval, Event, EventClass, Negotiation, NegotiationStep, Negotiations, Participant, Party,
    Stance, StatementRef, ThirdParty, ThirdPartyRole,
};

use crate::party_names::{Forms, grouped, is_generic, names_a_state, names_somebody};
use crate::{ConflictConfig, Reading};

/// Without a configuration, one who has a part in at least so many such events is a party.
const EVENTS_MIN: usize = 3;

/// The most parties that are worked out from the text.
const PARTIES_MAX: usize = 6;

/// The events that are said to have happened, or not to have: what is only asked for or threatened makes nobody a party.
fn events(readings: &[Reading]) -> impl Iterator<Item = (StatementRef, &Event)> {
    readings.iter().enumerate().flat_map(|(document, reading)| {
        reading.extraction.statements.iter().enumerate().filter_map(move |(statement, it)| {
            match &it.content {
                Content::Event(event) if it.stance.is_factual() || it.stance == Stance::Denied => {
                    Some((StatementRef { document, statement }, event))
                }
                _ => None,
            }
        })
    })
}

/// Whether parties to a conflict have a part in it: who fights, threatens and refuses, and who signs.
fn is_of_parties(event: &Event) -> bool {
    let fights = matches!(
        event.class,
        EventClass::Assault
            | EventClass::Coerce
            | EventClass::Mobilize
            | EventClass::Threaten
            | EventClass::Accuse
            | EventClass::Reject
            | EventClass::Retreat
    );
    fights || event.deal().is_some()
}

/// The parties that the configuration names, or those who fight, threaten, refuse and sign most.
pub(crate) fn parties(readings: &[Reading], config: &ConflictConfig) -> Vec<Party> {
    let mut acts: BTreeMap<&str, (usize, Option<&str>)> = BTreeMap::new();
    for (_, event) in events(readings).filter(|(_, event)| is_of_parties(event)) {
        for who in event.actors.iter().chain(&event.recipients) {
            let entry = acts.entry(who.text.as_str()).or_default();
            entry.0 += 1;
            entry.1 = entry.1.or(who.country.as_deref());
        }
    }
    if !config.parties.is_empty() {
        return config.parties.iter().map(|party| configured(party, &acts)).collect();
    }
    worked_out(&acts)
}

/// Those who act most; where fewer than two do often, those who do twice: a short text does not tell much of anybody.
fn worked_out(acts: &BTreeMap<&str, (usize, Option<&str>)>) -> Vec<Party> {
    let groups = grouped(acts, EVENTS_MIN);
    let often = groups.iter().filter(|forms| EVENTS_MIN <= forms.events).count();
    let least = if often < 2 { EVENTS_MIN - 1 } else { EVENTS_MIN };
    let mut parties: Vec<Party> =
        groups.into_iter().filter(|forms| least <= forms.events).map(party).collect();
    parties.sort_by(|one, other| other.events.cmp(&one.events).then_with(|| one.name.cmp(&other.name)));
    parties.truncate(PARTIES_MAX);
    parties
}

/// A party by the shortest form of its name: "Norland", rather than "Norlanders" or "Norland forces".
fn party(mut forms: Forms<'_>) -> Party {
    let of_a_state = forms.names.iter().any(|name| names_a_state(name));
    forms.names.sort_by_key(|name| (is_generic(name), name.len(), *name));
    let mut names = forms.names.into_iter().map(str::to_owned);
    let name = names.next().unwrap_or_default();
    Party {
        side: name.clone(),
        name,
        aliases: names.collect(),
        // Whoever is of that country is this party only where it is the country's state.
        country: forms.country.filter(|_| of_a_state).map(str::to_owned),
        events: forms.events,
        configured: false,
    }
}

fn configured(party: &crate::PartyConfig, acts: &BTreeMap<&str, (usize, Option<&str>)>) -> Party {
    let names = party.aliases.iter().chain([&party.name]);
    let events = names.filter_map(|name| acts.get(name.as_str())).map(|(events, _)| events).sum();
    Party {
        name: party.name.clone(),
        aliases: party.aliases.clone(),
        side: party.side().to_owned(),
        country: party.country.clone(),
        events,
        configured: true,
    }
}

/// Those who mediate, keep the peace, supply or help, as events say, parties left out.
pub(crate) fn third_parties(
    readings: &[Reading],
    parties: &[Party],
    negotiations: &Negotiations,
) -> Vec<ThirdParty> {
    let names = parties.iter().flat_map(|party| party.aliases.iter().chain([&party.name]));
    let keys: BTreeSet<String> = names.map(|name| speaker_key(name)).collect();
    let is_party = |who: &Participant| {
        // A people's military and government are that people's party; what names nobody is no third party either.
        keys.contains(&speaker_key(&who.text)) || !names_somebody(&who.text)
    };
    let mut found: BTreeMap<(ThirdPartyRole, String), ThirdParty> = BTreeMap::new();
    for (at, role, who, when) in roles(readings) {
        let name = name_of_third(who);
        if !who.text.starts_with(char::is_uppercase) || is_party(who) {
            continue;
        }
        let entry = found.entry((role, name.clone())).or_insert_with(|| ThirdParty {
            name,
            role,
            mandate: None,
            active: when,
            evidence: Vec::new(),
        });
        entry.active = match (entry.active, when) {
            (Some(known), Some(when)) => Some(known.cover(&when)),
            (known, when) => known.or(when),
        };
        entry.evidence.push(at);
    }
    for third in found.values_mut() {
        let told = negotiations.mandates.iter().filter(|mandate| mandate.third_party == third.name);
        let words: Vec<String> = told.map(mandate_words).filter(|words| !words.is_empty()).collect();
        third.mandate = (!words.is_empty()).then(|| words.join("; "));
    }
    found.into_values().collect()
}

/// A third party by its name, without the place of the meeting: "Council of Northton in Sandbay".
fn name_of_third(who: &Participant) -> String {
    let name = [" in ", " at ", " on "]
        .iter()
        .fold(who.text.as_str(), |name, link| name.split_once(link).map_or(name, |(name, _)| name));
    name.to_owned()
}

/// A mandate and its term in one line: "monitor the ceasefire, until 2009-03-15".
fn mandate_words(mandate: &irenic_model::Mandate) -> String {
    let until = mandate.until.map(|until| format!("until {}", until.until()));
    let parts = [Some(mandate.what.clone()).filter(|what| !what.is_empty()), until];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Who is told to have a third party's part, with the statement and the day.
fn roles(
    readings: &[Reading],
) -> impl Iterator<Item = (StatementRef, ThirdPartyRole, &Participant, Option<DateInterval>)> {
    readings.iter().enumerate().flat_map(|(document, reading)| {
        reading.extraction.statements.iter().enumerate().flat_map(move |(statement, it)| {
            let at = StatementRef { document, statement };
            let mediates = !it.content.mediators().is_empty();
            let mediator = mediates.then_some(ThirdPartyRole::Mediator);
            let (role, who, when) = match &it.content {
                Content::Event(event) if it.stance.is_factual() => {
                    (mediator.or_else(|| role_of(event)), &event.actors[..], event.when)
                }
                Content::Negotiation(told) => (mediator.or_else(|| role_in(told)), &told.who[..], told.when),
                _ => (None, &[][..], None),
            };
            role.into_iter().flat_map(move |role| who.iter().map(move |who| (at, role, who, when)))
        })
    })
}

const fn role_in(told: &Negotiation) -> Option<ThirdPartyRole> {
    match told.step {
        NegotiationStep::Mandate => Some(ThirdPartyRole::Peacekeeper),
        _ => None,
    }
}

fn role_of(event: &Event) -> Option<ThirdPartyRole> {
    match (event.class, event.mode.as_deref()) {
        (_, Some("peacekeepers-deployed")) => Some(ThirdPartyRole::Peacekeeper),
        (EventClass::Aid, Some("military" | "weapons")) => Some(ThirdPartyRole::Supplier),
        (EventClass::Aid, _) => Some(ThirdPartyRole::Humanitarian),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_peoples_forces_are_no_party_of_their_own() {
        let acts = BTreeMap::from([
            ("Bolivia", (2, Some("BOL"))),
            ("Bolivian forces", (3, None)),
            ("Bolivians", (1, None)),
            ("Free Hills Front", (4, None)),
            ("Bystander", (1, None)),
            ("villagers", (9, None)),
        ]);
        let parties = worked_out(&acts);
        let told: Vec<_> =
            parties.iter().map(|party| (party.name.as_str(), party.events, party.aliases.len())).collect();
        assert_eq!(told, [("Bolivia", 6, 2), ("Free Hills Front", 4, 0)]);
        assert_eq!(parties[0].country.as_deref(), Some("BOL"));
    }
}
