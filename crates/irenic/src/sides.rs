//! On which side a speaker stands: that of the party he or she is, or speaks for.

use std::collections::BTreeMap;

use irenic_accounts::speaker_key;
use irenic_model::{Account, Party};

use crate::Reading;

/// What is known of sides: by the name of a speaker, and by the country of a person or an organisation.
struct Sides<'a> {
    names: BTreeMap<String, &'a str>,
    countries: BTreeMap<&'a str, &'a str>,
    speakers: BTreeMap<&'a str, &'a str>,
}

/// Gives the speakers that documents report the side of their party, where it is known.
///
/// A speaker who is named in the text with a country stands on the side of the party that is that country's only one.
pub(crate) fn assign(accounts: &mut [Account], parties: &[Party], readings: &[Reading]) {
    let sides = Sides::new(parties, readings);
    let backers = accounts.iter_mut().flat_map(|account| &mut account.versions);
    for backer in backers.flat_map(|version| &mut version.backers) {
        if backer.side.is_none() {
            backer.side = sides.of(&backer.name).map(str::to_owned);
        }
    }
}

impl<'a> Sides<'a> {
    fn new(parties: &'a [Party], readings: &'a [Reading]) -> Self {
        let mut names = BTreeMap::new();
        let mut countries: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for party in parties {
            for name in party.aliases.iter().chain([&party.name]) {
                names.entry(speaker_key(name)).or_insert(party.side.as_str());
            }
            if let Some(country) = &party.country {
                countries.entry(country).or_default().push(&party.side);
            }
        }
        let alone = countries.into_iter().filter_map(|(country, sides)| {
            sides.iter().all(|side| *side == sides[0]).then_some((country, sides[0]))
        });
        let mentions = readings.iter().flat_map(|reading| &reading.extraction.mentions);
        let speakers =
            mentions.filter_map(|mention| Some((mention.name.as_str(), mention.country.as_deref()?)));
        Self { names, countries: alone.collect(), speakers: speakers.collect() }
    }

    fn of(&self, speaker: &str) -> Option<&'a str> {
        let by_name = self.names.get(&speaker_key(speaker));
        by_name.or_else(|| self.countries.get(self.speakers.get(speaker)?)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn party(name: &str, alias: &str, country: Option<&str>) -> Party {
        Party {
            name: name.to_owned(),
            aliases: vec![alias.to_owned()],
            side: name.to_lowercase(),
            country: country.map(str::to_owned),
            events: 0,
            configured: true,
        }
    }

    #[test]
    fn a_speaker_stands_with_the_party_that_is_named() {
        let parties = [party("Norland", "Northton", Some("NOR")), party("Free Hills Front", "FHF", None)];
        let sides = Sides::new(&parties, &[]);
        for (speaker, side) in [
            ("Norland authorities", Some("norland")),
            ("official Norland figures", Some("norland")),
            ("Northton", Some("norland")),
            ("FHF", Some("free hills front")),
            ("Norland media", None),
            ("witnesses", None),
        ] {
            assert_eq!(sides.of(speaker), side, "{speaker}");
        }
    }
}
