//! Statements on talks to negotiation tracks, proposals, positions, obstacles, needs, spoilers and mandates.
//!
//! Everything keeps its holders: nothing here is the program's own view of who is to blame for what.

mod proposals;
mod topics;
mod tracks;

use std::collections::BTreeMap;

use irenic_model::{MentionKind, Negotiations, Participant, Party};

use crate::SourceView;
use crate::items::{Item, Items};
use crate::names::{meet, speaker_key, stems};
use crate::sources::Sources;

/// What the statements of all sources tell of negotiations, with the parties under the names given.
///
/// Without parties every participant counts as one. The order of the documents changes nothing but the numbers by which
/// statements are named.
#[must_use]
pub fn negotiations(sources: &[SourceView<'_>], parties: &[Party]) -> Negotiations {
    let known = Sources::new(sources);
    let items = Items::new(sources, &known);
    let names = Names::of(parties, sources);
    Negotiations {
        tracks: tracks::tracks(&items, &names),
        proposals: proposals::proposals(&items, &names),
        positions: topics::positions(&items, &names),
        obstacles: topics::obstacles(&items),
        needs: topics::needs(&items),
        spoilers: topics::spoilers(&items, &names),
        mandates: topics::mandates(&items),
    }
}

/// The parties of the dossier, by whatever name a text gives them.
pub(crate) struct Names<'a> {
    parties: &'a [Party],
    /// The country that any of the documents gives a person.
    countries: BTreeMap<&'a str, &'a str>,
}

impl<'a> Names<'a> {
    pub(crate) fn of(parties: &'a [Party], sources: &[SourceView<'a>]) -> Self {
        let mentions = sources.iter().flat_map(|view| &view.extraction.mentions);
        let people = mentions.filter(|mention| mention.kind == MentionKind::Person);
        let known = people.filter_map(|mention| Some((mention.name.as_str(), mention.country.as_deref()?)));
        Self { parties, countries: known.collect() }
    }

    /// The party that is meant, by its own name.
    pub(crate) fn party(&self, who: &Participant) -> Option<&str> {
        self.by_name(&who.text).or_else(|| {
            // Armed people of a country are not that country's party unless they bear its name.
            if names_armed_people(&who.text) {
                return None;
            }
            let country =
                who.country.as_deref().or_else(|| self.countries.get(who.text.as_str()).copied())?;
            let mut of_country =
                self.parties.iter().filter(|party| party.country.as_deref() == Some(country));
            let party = of_country.next()?;
            of_country.next().is_none().then_some(party.name.as_str())
        })
    }

    pub(crate) fn by_name(&self, name: &str) -> Option<&str> {
        let names = |party: &'_ Party| -> Vec<String> {
            party.aliases.iter().chain([&party.name]).cloned().collect()
        };
        let key = speaker_key(name);
        let exact =
            self.parties.iter().find(|party| names(party).iter().any(|known| speaker_key(known) == key));
        let own = stems(name);
        let close =
            || self.parties.iter().find(|party| names(party).iter().any(|known| meet(&stems(known), &own)));
        exact.or_else(close).map(|party| party.name.as_str())
    }

    /// The party's name, or the words of the text.
    pub(crate) fn name(&self, who: &Participant) -> String {
        self.party(who).unwrap_or(&who.text).to_owned()
    }

    /// Whether any party is known.
    fn is_empty(&self) -> bool {
        self.parties.is_empty()
    }
}

fn names_armed_people(name: &str) -> bool {
    const ARMED: [&str; 12] = [
        "fighters",
        "rebels",
        "guerrillas",
        "insurgents",
        "militants",
        "separatists",
        "militia",
        "militias",
        "troops",
        "forces",
        "soldiers",
        "gunmen",
    ];
    name.rsplit(' ').next().is_some_and(|last| ARMED.contains(&last.to_lowercase().as_str()))
}

/// The names in order, each once.
pub(crate) fn sorted(mut names: Vec<String>) -> Vec<String> {
    names.sort();
    names.dedup();
    names
}

/// Who says what the statements say, in order of name.
pub(crate) fn holders(items: &[&Item<'_>]) -> Vec<String> {
    sorted(items.iter().map(|item| item.backer().name).collect())
}

#[cfg(test)]
mod tests;
