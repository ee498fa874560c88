//! Where: places that the training data named, with what contains them.

use std::collections::BTreeMap;

use irenic_language::mentions::{EntryKind, Gazetteer};

/// A place with what it lies in, from the country down: "COLOMBIA", "MEDELLIN (CITY)".
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The levels, the country first; never empty.
    pub levels: Vec<String>,
}

impl Place {
    /// A place from its levels as MUC-4 writes them, with colons between.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let levels: Vec<String> = text.split(':').map(|part| part.trim().to_owned()).collect();
        levels.iter().all(|level| !level.is_empty()).then_some(Self { levels })
    }

    /// The country.
    #[must_use]
    pub fn country(&self) -> &str {
        &self.levels[0]
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.levels.join(": "))
    }
}

/// Names of places and the place that each most often stood for.
#[derive(Clone, Debug, Default)]
pub(super) struct Gazette {
    places: BTreeMap<String, Place>,
    longest: usize,
}

impl Gazette {
    /// Counts the places of the training data; of several with one name the commonest is kept.
    pub(super) fn learn<'t>(places: impl Iterator<Item = &'t Place>) -> Self {
        let mut counts: BTreeMap<String, BTreeMap<Place, usize>> = BTreeMap::new();
        for place in places {
            for depth in 1..=place.levels.len() {
                let upto = Place { levels: place.levels[..depth].to_vec() };
                let name = name_of(&upto.levels[depth - 1]);
                *counts.entry(name).or_default().entry(upto).or_default() += 1;
            }
        }
        let commonest = |(name, places): (String, BTreeMap<Place, usize>)| {
            let best = places.into_iter().max_by_key(|(place, count)| (*count, place.levels.len()))?;
            Some((name, best.0))
        };
        let named = counts.into_iter().filter(|(name, _)| !is_everyday(name));
        Self::new(named.filter_map(commonest).collect())
    }

    fn new(places: BTreeMap<String, Place>) -> Self {
        let longest = places.keys().map(|name| name.split(' ').count()).max().unwrap_or(0);
        Self { places, longest }
    }

    pub(super) fn read(text: &str) -> Self {
        let line = |line: &str| {
            let (name, place) = line.split_once('\t')?;
            Some((name.to_owned(), Place::parse(place)?))
        };
        Self::new(text.lines().filter_map(line).collect())
    }

    pub(super) fn write(&self) -> String {
        self.places.iter().map(|(name, place)| format!("{name}\t{place}\n")).collect()
    }

    /// The share of the known places that lie in a country.
    pub(super) fn told_in(&self, country: &str) -> f32 {
        let within = self.places.values().filter(|place| place.country() == country).count();
        within as f32 / self.places.len().max(1) as f32
    }

    /// The places that a run of words names, longest names first.
    pub(super) fn find(&self, words: &[String]) -> Vec<&Place> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let longest = self.longest.min(words.len() - at);
            let hit = (1..=longest)
                .rev()
                .find_map(|length| Some((length, self.places.get(&words[at..at + length].join(" "))?)));
            at += hit.map_or(1, |(length, place)| {
                found.push(place);
                length
            });
        }
        found
    }
}

/// Whether a name is one everyday word, such as "centre": found in a text it rarely is the place.
fn is_everyday(name: &str) -> bool {
    let flags = Gazetteer::embedded().find(name).map(|entry| entry.flags()).unwrap_or_default();
    let country = Gazetteer::embedded().find(name).and_then(|entry| entry.first());
    let whole = country.is_some_and(|sense| matches!(sense.kind, EntryKind::Country | EntryKind::Capital));
    !name.contains(' ') && !whole && (flags.common_word() || name.len() < 3)
}

fn name_of(level: &str) -> String {
    let name = level.split('(').next().unwrap_or("");
    super::features::words_of(name).join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_name_wins() {
        let places: Vec<Place> = ["NORLAND: PORT ADAMS (CITY)", "NORLAND: PORT (TOWN)"]
            .iter()
            .filter_map(|p| Place::parse(p))
            .collect();
        let gazette = Gazette::learn(places.iter());
        let words: Vec<String> = ["NEAR", "PORT", "ADAMS"].map(str::to_owned).to_vec();
        let found: Vec<String> = gazette.find(&words).iter().map(ToString::to_string).collect();
        assert_eq!(found, ["NORLAND: PORT ADAMS (CITY)"]);
        assert_eq!(Gazette::read(&gazette.write()).places, gazette.places);
    }
}
