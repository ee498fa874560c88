//! Places: which names are of one place, and where it lies.

use irenic_language::mentions::{Coordinates, Gazetteer, Sense};
use irenic_model::{Content, MentionKind, Party, PlaceHeld};

use crate::{ConflictConfig, Reading};

/// Sets of names of one place: those of the configuration, those that a text gives together, and those that the gazetteer
/// knows for one place.
pub(crate) fn names(readings: &[Reading], config: &ConflictConfig) -> Vec<Vec<String>> {
    let mut sets: Vec<Vec<String>> = config.places.iter().map(|place| place.names.clone()).collect();
    for mention in readings.iter().flat_map(|reading| &reading.extraction.mentions) {
        if let Some(note) = mention.note.as_ref().filter(|_| mention.kind == MentionKind::Location) {
            join(&mut sets, &mention.name, note);
        }
    }
    let held = readings.iter().flat_map(|reading| &reading.extraction.statements).filter_map(|statement| {
        match &statement.content {
            Content::Control(control) => Some(&control.place.text),
            _ => None,
        }
    });
    let mut places: Vec<&String> = held.collect();
    places.sort();
    places.dedup();
    for (at, one) in places.iter().enumerate() {
        for other in &places[at + 1..] {
            if Gazetteer::embedded().same(one, other) {
                join(&mut sets, one, other);
            }
        }
    }
    sets
}

fn join(sets: &mut Vec<Vec<String>>, one: &str, other: &str) {
    let has = |set: &Vec<String>, name: &str| set.iter().any(|known| known.eq_ignore_ascii_case(name));
    match sets.iter_mut().find(|set| has(set, one) || has(set, other)) {
        Some(set) => {
            for name in [one, other] {
                if !has(set, name) {
                    set.push(name.to_owned());
                }
            }
        }
        None => sets.push(vec![one.to_owned(), other.to_owned()]),
    }
}

/// Where a place lies: of the gazetteer's places of one of its names the likeliest one in its country, else in a party's
/// country. Without either, the likeliest of all, so that a village that shares its name with a far city is not put there
/// where anything better is known.
pub(crate) fn coordinates(place: &PlaceHeld, parties: &[Party]) -> Option<Coordinates> {
    let gazetteer = Gazetteer::embedded();
    let names = std::iter::once(&place.place).chain(&place.other_names);
    let senses: Vec<(Sense, Coordinates)> = names
        .filter_map(|name| gazetteer.find(name))
        .flat_map(|entry| entry.senses().collect::<Vec<_>>())
        .filter_map(|sense| Some((sense, sense.coordinates()?)))
        .collect();
    let of_party = |country: Option<&str>| {
        country.is_some() && parties.iter().any(|party| party.country.as_deref() == country)
    };
    let own =
        senses.iter().find(|(sense, _)| sense.country.is_some() && sense.country == place.country.as_deref());
    let party = || senses.iter().find(|(sense, _)| of_party(sense.country));
    let known = place.country.is_some() || parties.iter().any(|party| party.country.is_some());
    let any = || if known { None } else { senses.first() };
    own.or_else(party).or_else(any).map(|(_, point)| *point)
}
