//! Where and when an incident happened: the places and days that its report offers, and what tells the right ones.
//!
//! A place is offered if the training data named it, or if a name is put where places stand ("IN", "NEAR") or beside a
//! word for a kind of place; such a name lies in the place that the sentence names after it, else in the country that
//! the report spoke of last. Everything that contains an offered place is offered too, since a report may say no more.

use std::collections::BTreeMap;

use irenic_language::mentions::{EntryKind, Gazetteer};
use irenic_model::jiff::civil::Date;

use super::dates::Manner;
use super::pairs::SeenSentence;
use super::places::{Gazette, Place};
use super::proposals::Proposal;
use super::stages::{Answers, Seen};

/// A value that a report offers, and what tells whether it is the one.
#[derive(Clone, Debug)]
pub(super) struct Offer<T> {
    pub(super) value: T,
    pub(super) measures: Vec<f32>,
}

/// Where a report mentions something: the sentence (`None` for its dateline), the word, and how it is put.
#[derive(Clone, Copy, Debug)]
struct Sighting {
    sentence: Option<usize>,
    at: usize,
    manner: f32,
}

/// The days and places that a report mentions.
pub(super) struct Whereabouts {
    places: BTreeMap<Place, (Source, Vec<Sighting>)>,
    days: BTreeMap<Date, Vec<Sighting>>,
}

/// How a place is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Source {
    /// It contains a place that is mentioned.
    Containing,
    /// Its name looks like that of a place.
    Name,
    /// Its name looks so, and the sentence says where it lies.
    Within,
    /// The training data named it.
    Known,
}

impl Whereabouts {
    pub(super) fn new(seen: &Seen, gazette: &Gazette) -> Self {
        let mut found = Self { places: BTreeMap::new(), days: BTreeMap::new() };
        let mut country = None;
        for (number, words) in seen.words().enumerate() {
            let sentence = number.checked_sub(1);
            let known = gazette.find_at(words);
            for &(at, length, place) in &known {
                let sighting = Sighting { sentence, at, manner: manner(words, at) };
                found.add_place(place.clone(), Source::Known, sighting);
                let next = words.get(at + length).is_some_and(|word| word == "AND");
                if !next {
                    country = Some(place.country().to_owned());
                }
            }
            if known.is_empty() && (sentence.is_none() || country.is_none() && number < 4) {
                // Of a country that the training data did not name the world's gazetteer knows.
                let code = Gazetteer::embedded().country_in(&words.join(" "));
                if let Some(name) = code.and_then(|code| gazette.country_named(code)) {
                    let place = Place { levels: vec![name.to_owned()] };
                    found.add_place(place, Source::Name, Sighting { sentence, at: 0, manner: 0.0 });
                    country = Some(name.to_owned());
                }
            }
            let Some(facts) = sentence.and_then(|sentence| seen.facts.get(sentence)) else { continue };
            found.add_names(facts, number - 1, &known, country.as_deref(), gazette);
            for &(at, day, manner) in &facts.dates {
                let manner = manner_code(manner);
                found.days.entry(day).or_default().push(Sighting { sentence, at, manner });
            }
        }
        if let Some(line) = seen.dateline {
            found.days.entry(line).or_default();
        }
        found
    }

    fn add_place(&mut self, place: Place, source: Source, sighting: Sighting) {
        let entry = self.places.entry(place).or_insert((source, Vec::new()));
        entry.0 = entry.0.max(source);
        entry.1.push(sighting);
    }

    /// The names of a sentence that look like those of places and are not known.
    fn add_names(
        &mut self,
        facts: &SeenSentence,
        sentence: usize,
        known: &[(usize, usize, &Place)],
        country: Option<&str>,
        gazette: &Gazette,
    ) {
        for name in &facts.spots {
            let Some((words, kind)) = gazette.bare_name(&name.words) else { continue };
            let covered = known.iter().any(|&(at, length, _)| at <= name.at && name.at < at + length);
            let how = manner(&facts.words, name.at);
            if covered || !(name.location || kind.is_some() || how > 0.0) || !name.proper {
                continue;
            }
            let level = kind.map_or_else(|| words.clone(), |kind| format!("{words} ({kind})"));
            let sighting = Sighting { sentence: Some(sentence), at: name.at, manner: how };
            let end = name.at + name.words.len();
            let around = known.iter().find(|&&(at, _, place)| {
                at >= end && at <= end + 4 && place.levels.len() < 4 && !place.levels.contains(&level)
            });
            if let Some((_, _, around)) = around {
                let mut levels = around.levels.clone();
                levels.push(level.clone());
                self.add_place(Place { levels }, Source::Within, sighting);
            }
            let world = if name.location { country_of(&words, country, gazette) } else { None };
            let around = around.map(|(_, _, place)| place.country().to_owned());
            if let Some(country) = around.or(world).or(country.map(str::to_owned)) {
                let levels = if country == words { vec![country] } else { vec![country, level] };
                self.add_place(Place { levels }, Source::Name, sighting);
            }
        }
    }

    /// The places where a proposed incident may have happened; the country of the report's dateline if it names none.
    pub(super) fn places(
        &self,
        seen: &Seen,
        answers: &Answers,
        proposal: &Proposal,
        gazette: &Gazette,
    ) -> Vec<Offer<Place>> {
        let mut all: BTreeMap<Place, (Source, Vec<Sighting>, Vec<Sighting>)> = BTreeMap::new();
        for (place, (source, sightings)) in &self.places {
            for depth in 1..=place.levels.len() {
                let upto = Place { levels: place.levels[..depth].to_vec() };
                let whole = depth == place.levels.len();
                let entry = all.entry(upto).or_insert((Source::Containing, Vec::new(), Vec::new()));
                if whole {
                    entry.0 = entry.0.max(*source);
                    entry.1.extend(sightings);
                } else {
                    entry.2.extend(sightings);
                }
            }
        }
        if let Some(place) = &proposal.place {
            all.entry(place.clone()).or_insert((Source::Known, Vec::new(), Vec::new()));
        }
        let total = self.places.values().map(|(_, sightings)| sightings.len()).sum::<usize>().max(1) as f32;
        let mut shares: BTreeMap<&str, f32> = BTreeMap::new();
        for (place, (_, sightings)) in &self.places {
            *shares.entry(place.country()).or_default() += sightings.len() as f32 / total;
        }
        let opening = seen.words().next().unwrap_or_default();
        let line = gazette.find(opening).first().map(|place| place.country().to_owned());
        let count = all.len() as f32;
        let offer = |(place, (source, own, below)): (Place, (Source, Vec<Sighting>, Vec<Sighting>))| {
            let rule = proposal.place.as_ref();
            let begins = |one: &Place, other: &Place| {
                one.levels.len() < other.levels.len() && other.levels.starts_with(&one.levels)
            };
            let mut measures = vec![
                source as u8 as f32,
                place.levels.len() as f32,
                gazette.count(&place) as f32,
                gazette.kind_of(&place) as f32,
                flag(rule == Some(&place)),
                flag(rule.is_some_and(|rule| begins(rule, &place))),
                flag(rule.is_some_and(|rule| begins(&place, rule))),
                rule.map_or(0.0, |rule| rule.levels.len() as f32),
                flag(line.as_deref() == Some(place.country())),
                shares.get(place.country()).copied().unwrap_or(0.0),
                gazette.told_in(place.country()),
                count,
            ];
            measures.extend(of_sightings(&own, answers, proposal));
            measures.extend(of_sightings(&below, answers, proposal));
            measures.extend([proposal.kind as f32, proposal.telling.len() as f32]);
            Offer { value: place, measures }
        };
        all.into_iter().map(offer).collect()
    }

    /// The days on which a proposed incident may have happened.
    pub(super) fn days(&self, seen: &Seen, answers: &Answers, proposal: &Proposal) -> Vec<Offer<Date>> {
        let count = self.days.len() as f32;
        let told = |sentence: usize| !seen.facts[sentence].dates.is_empty();
        let first = proposal.telling.first().copied();
        let dated = proposal.telling.iter().filter(|&&at| told(at)).count() as f32;
        let weekday = first.is_some_and(|at| seen.facts[at].dates.iter().any(|one| one.2 == Manner::Weekday));
        // The day that the text spoke of last before it came to the incident.
        let last =
            first.and_then(|at| (0..at).rev().find_map(|at| seen.facts[at].dates.last().map(|one| one.1)));
        let offer = |(&day, sightings): (&Date, &Vec<Sighting>)| {
            let age = seen.dateline.map_or(-1.0, |line| days_between(day, line));
            let mut measures = vec![
                flag(Some(day) == seen.dateline),
                flag(Some(day) == proposal.date),
                flag(last == Some(day)),
                age,
                count,
                flag(first.is_some_and(told)),
                dated,
                flag(weekday),
                proposal.telling.len() as f32,
                proposal.kind as f32,
                first.map_or(30.0, |at| at as f32),
            ];
            measures.extend(of_sightings(sightings, answers, proposal));
            Offer { value: day, measures }
        };
        self.days.iter().map(offer).collect()
    }
}

/// The country that the world's gazetteer puts a name in: the one spoken of, if a place of that name lies there.
fn country_of(name: &str, spoken_of: Option<&str>, gazette: &Gazette) -> Option<String> {
    let found = Gazetteer::embedded().find(name)?;
    let state = found.first().filter(|sense| sense.kind == EntryKind::Country);
    if let Some(state) = state {
        return Some(state.name.to_uppercase());
    }
    let names: Vec<&str> = found.senses().filter_map(|sense| gazette.country_named(sense.country?)).collect();
    let own = names.iter().find(|name| Some(**name) == spoken_of);
    own.or(names.first()).map(|name| (*name).to_owned())
}

fn flag(holds: bool) -> f32 {
    f32::from(u8::from(holds))
}

fn days_between(day: Date, line: Date) -> f32 {
    line.since(day).map_or(0, |span| span.get_days()) as f32
}

/// Measures of the sightings of one value: how many, and of the one nearest to what tells the incident where and how.
fn of_sightings(sightings: &[Sighting], answers: &Answers, proposal: &Proposal) -> Vec<f32> {
    let rank = |one: &Sighting| {
        one.sentence.and_then(|own| proposal.telling.iter().position(|&at| at == own)).unwrap_or(30)
    };
    let first = proposal.telling.first().copied().unwrap_or(0);
    let away = |one: &Sighting| one.sentence.unwrap_or(0).abs_diff(first);
    let best = sightings.iter().min_by_key(|one| (rank(one), away(one)));
    let share =
        |one: &Sighting| one.sentence.map_or(0.0, |at| answers.context.sentences[at][proposal.kind + 1]);
    let telling = sightings.iter().filter(|one| rank(one) < 30).count();
    let inside = sightings.iter().filter(|one| one.sentence.is_some_and(|at| proposal.has(at))).count();
    let line = sightings.iter().any(|one| one.sentence.is_none());
    let first_at = sightings.iter().filter_map(|one| one.sentence).min();
    let mut measures = vec![
        sightings.len() as f32,
        telling as f32,
        inside as f32,
        flag(line),
        first_at.map_or(30.0, |at| at as f32),
        sightings.iter().map(share).fold(0.0, f32::max),
    ];
    measures.extend(best.map_or([30.0, 30.0, -1.0, 0.0, 40.0], |one| {
        let signed = one.sentence.unwrap_or(0) as f32 - first as f32;
        [rank(one) as f32, signed, one.manner, share(one), one.at as f32]
    }));
    measures
}

/// How a name is put into its sentence: by the word before it.
fn manner(words: &[String], at: usize) -> f32 {
    const BEFORE: [&str; 10] =
        ["IN", "NEAR", "AT", "OF", "FROM", "TO", "ON", "BETWEEN", "OUTSIDE", "NORTHERN"];
    let before = |back: usize| at.checked_sub(back).map_or("", |at| words[at].as_str());
    let word = if before(1) == "THE" { before(2) } else { before(1) };
    BEFORE.iter().position(|known| *known == word).map_or(0.0, |at| at as f32 + 1.0)
}

fn manner_code(manner: Manner) -> f32 {
    manner as u8 as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::incidents::features::words_of;
    use crate::incidents::pairs::Spot;

    fn gazette() -> Gazette {
        let places = ["NORLAND: ADAMS (DEPARTMENT)", "NORLAND: PORT BAKER (CITY)"];
        let places: Vec<Place> = places.iter().filter_map(|place| Place::parse(place)).collect();
        Gazette::learn(places.iter())
    }

    fn offered(text: &str, names: &[&str]) -> Vec<String> {
        let words = words_of(text);
        let spot = |name: &&str| {
            let own = words_of(name);
            let at = words.windows(own.len()).position(|run| run == own).expect("the text has the name");
            Spot { at, words: own, location: false, proper: true }
        };
        let facts = SeenSentence::of_words(words.clone(), names.iter().map(spot).collect());
        let gazette = gazette();
        let known = gazette.find_at(&words);
        let mut found = Whereabouts { places: BTreeMap::new(), days: BTreeMap::new() };
        found.add_names(&facts, 0, &known, Some("NORLAND"), &gazette);
        found.places.keys().map(ToString::to_string).collect()
    }

    #[test]
    fn an_unknown_name_lies_where_its_sentence_says() {
        assert_eq!(
            offered("A BOMB WENT OFF IN SAN CARLOS, ADAMS DEPARTMENT", &["SAN CARLOS"]),
            ["NORLAND: ADAMS (DEPARTMENT): SAN CARLOS", "NORLAND: SAN CARLOS"]
        );
        assert_eq!(
            offered("THEY MET NEAR SAN CARLOS CITY", &["SAN CARLOS CITY"]),
            ["NORLAND: SAN CARLOS (CITY)"]
        );
        // Known already, or put as no place is.
        assert!(offered("A BOMB WENT OFF IN PORT BAKER", &["PORT BAKER"]).is_empty());
        assert!(offered("THE SAN CARLOS COMMUNIQUE", &["SAN CARLOS"]).is_empty());
    }
}
