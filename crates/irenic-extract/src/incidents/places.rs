//! Where: places that the training data named, with what contains them.

use std::collections::{BTreeMap, BTreeSet};

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
    /// By name, with how often the training data named it.
    places: BTreeMap<String, (Place, usize)>,
    /// The words for kinds of place: "CITY".
    kinds: BTreeSet<String>,
    /// The countries by their codes in the world's gazetteer.
    countries: BTreeMap<&'static str, String>,
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
            Some((name, best))
        };
        let named = counts.into_iter().filter(|(name, _)| !is_everyday(name));
        Self::new(named.filter_map(commonest).collect())
    }

    fn new(places: BTreeMap<String, (Place, usize)>) -> Self {
        let longest = places.keys().map(|name| name.split(' ').count()).max().unwrap_or(0);
        let kind = |level: &String| Some(level.split_once('(')?.1.trim_end_matches(')').to_owned());
        let kinds = places.values().flat_map(|(place, _)| place.levels.iter().filter_map(kind)).collect();
        let code = |(place, _): &(Place, usize)| {
            let entry = Gazetteer::embedded().find(place.country())?.first();
            let state = entry.filter(|sense| sense.kind == EntryKind::Country)?;
            Some((state.country?, place.country().to_owned()))
        };
        let countries = places.values().filter_map(code).collect();
        Self { places, kinds, countries, longest }
    }

    pub(super) fn read(text: &str) -> Self {
        let line = |line: &str| {
            let (name, rest) = line.split_once('\t')?;
            let (count, place) = rest.split_once('\t')?;
            Some((name.to_owned(), (Place::parse(place)?, count.parse().ok()?)))
        };
        Self::new(text.lines().filter_map(line).collect())
    }

    pub(super) fn write(&self) -> String {
        self.places.iter().map(|(name, (place, count))| format!("{name}\t{count}\t{place}\n")).collect()
    }

    /// The share of the known places that lie in a country.
    pub(super) fn told_in(&self, country: &str) -> f32 {
        let within = self.places.values().filter(|(place, _)| place.country() == country).count();
        within as f32 / self.places.len().max(1) as f32
    }

    /// The country with a code of the world's gazetteer, if the training data named places in it.
    pub(super) fn country_named(&self, code: &str) -> Option<&str> {
        self.countries.get(code).map(String::as_str)
    }

    /// How often the training data named a place.
    pub(super) fn count(&self, place: &Place) -> usize {
        let level = place.levels.last().map_or("", String::as_str);
        self.places.get(&name_of(level)).filter(|(own, _)| own == place).map_or(0, |(_, count)| *count)
    }

    /// Of which kind a place is, as a number; nought where its kind is not known.
    pub(super) fn kind_of(&self, place: &Place) -> usize {
        let kind = place.levels.last().and_then(|level| level.split_once('('));
        let kind = kind.map(|(_, kind)| kind.trim_end_matches(')'));
        kind.and_then(|kind| self.kinds.iter().position(|known| known == kind)).map_or(0, |at| at + 1)
    }

    /// A name without the words for the kind of place around it, and the kind: "SAN LUIS FARM".
    pub(super) fn bare_name(&self, words: &[String]) -> Option<(String, Option<&str>)> {
        let start = words.iter().position(|word| !matches!(word.as_str(), "THE" | "A" | "AN" | "THIS"))?;
        let words = &words[start..];
        let last = words.last()?;
        let kind = self.kinds.get(last).filter(|_| words.len() > 1).map(String::as_str);
        let words = if kind.is_some() { &words[..words.len() - 1] } else { words };
        (words.len() <= 5).then(|| (words.join(" "), kind))
    }

    /// The places that a run of words names, longest names first.
    pub(super) fn find(&self, words: &[String]) -> Vec<&Place> {
        self.find_at(words).into_iter().map(|(_, _, place)| place).collect()
    }

    /// The places that a run of words names, with the first word and the number of words of each.
    pub(super) fn find_at(&self, words: &[String]) -> Vec<(usize, usize, &Place)> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let longest = self.longest.min(words.len() - at);
            let hit = (1..=longest)
                .rev()
                .find_map(|length| Some((length, self.places.get(&words[at..at + length].join(" "))?)));
            at += hit.map_or(1, |(length, (place, _))| {
                found.push((at, length, place));
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
