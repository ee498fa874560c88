//! Whose war a document tells of, where nobody says who the parties are: who fights whom, or whom its words put side by side.

use std::collections::BTreeMap;

use irenic_language::Power;
use irenic_language::mentions::{EntryKind, Gazetteer};
use irenic_model::{Content, EventClass, Mention, MentionKind, Participant, Party};

use super::Names;
use super::words::{GOVERNMENT, is_of_state, is_paper, is_rebels, last_word_is, may_be_band, refers_back};
use crate::SourceView;
use crate::rules::RULES;

/// So many letters a people's name and its land's have in common.
const STEM_CHARS: usize = 5;

impl<'a> Names<'a> {
    /// The two who fight each other in a document: the parties that act most, or else those who are told to fight there.
    pub(crate) fn opponents(&self, document: usize) -> &[String] {
        let (Some(known), Some(view)) = (self.opponents.get(document), self.views.get(document)) else {
            return &[];
        };
        known.get_or_init(|| self.opponents_in(document, view))
    }

    fn opponents_in(&self, document: usize, view: &SourceView<'a>) -> Vec<String> {
        if self.parties.len() > 1 {
            let mut ranked: Vec<&Party> = self.parties.iter().collect();
            ranked
                .sort_by(|one, other| other.events.cmp(&one.events).then_with(|| one.name.cmp(&other.name)));
            // Most wars are between a state and a band; where no state is a party, between those who act most.
            let states: Vec<&&Party> = ranked.iter().filter(|party| self.is_state(&party.name)).collect();
            let band =
                ranked.iter().find(|party| !self.is_state(&party.name)).map(|party| party.name.clone());
            let nameless = states.iter().any(|party| party.name == GOVERNMENT);
            let band = band.or_else(|| self.most_named_band(document).filter(|_| nameless));
            if let (Some(state), Some(band)) = (states.first(), band) {
                return vec![state.name.clone(), band];
            }
            return ranked.iter().take(2).map(|party| party.name.clone()).collect();
        }
        if let Some(sides) = self.usual_sides(document, view) {
            return sides;
        }
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for statement in &view.extraction.statements {
            let Content::Event(event) = &statement.content else { continue };
            let fights = matches!(
                event.class,
                EventClass::Assault | EventClass::Coerce | EventClass::Mobilize | EventClass::Retreat
            );
            if !fights && event.deal().is_none() || !statement.stance.is_factual() {
                continue;
            }
            for (who, acts) in event
                .actors
                .iter()
                .map(|who| (who, true))
                .chain(event.recipients.iter().map(|who| (who, false)))
            {
                for name in self.sides_in(document, who, acts) {
                    *counts.entry(name).or_default() += 1;
                }
            }
        }
        let mut ranked: Vec<(String, usize)> = counts.into_iter().collect();
        ranked.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
        // Of a state that goes by several names the first stands for all.
        let of_state =
            |name: &str| self.is_state(name) || name.split(' ').any(|word| is_of_state(&word.to_lowercase()));
        let state = ranked.iter().find(|(name, _)| of_state(name)).map(|(name, _)| name.clone());
        let generic = |name: &str| !name.contains(char::is_uppercase) && !of_state(name);
        let band =
            ranked.iter().find(|(name, _)| !of_state(name) && !generic(name)).map(|(name, _)| name.clone());
        if let Some(state) = &state {
            ranked.retain(|(name, _)| name == state || !of_state(name));
        }
        if band.is_some() || self.most_named_band(document).is_some() {
            ranked.retain(|(name, _)| !generic(name));
        }
        let mut names: Vec<String> = ranked.into_iter().take(2).map(|(name, _)| name).collect();
        // "Fighting between the government and the Hill Army", of whom one alone is known to fight.
        let land = |name: &String| {
            self.mentions[document].iter().any(|it| it.kind == MentionKind::Location && it.name == *name)
        };
        if let [one] = &names[..]
            && !land(one)
        {
            let other = if of_state(one) {
                self.most_named_band(document)
            } else {
                Some(self.state_of_places(document))
            };
            names.extend(other);
        }
        if names.is_empty()
            && let Some(band) = self.most_named_band(document)
        {
            names = vec![self.state_of_places(document), band];
        }
        names
    }

    /// The pair of sides that the document names most, the first of those named as often.
    fn usual_sides(&self, document: usize, view: &SourceView<'a>) -> Option<Vec<String>> {
        let mut counts: Vec<(Vec<String>, usize)> = Vec::new();
        for pair in &view.extraction.sides {
            let named = |who: &Participant| {
                let who = self.sitting(document, who);
                let city = Gazetteer::embedded().find(&who.text).and_then(|senses| senses.first());
                let town =
                    city.is_some_and(|sense| matches!(sense.kind, EntryKind::City | EntryKind::Division));
                let papers = is_paper(&who.text)
                    || refers_back(&who.text)
                    || is_civil(&who.text)
                    || who.country.is_some()
                        && who.text.starts_with(char::is_lowercase)
                        && who.text.contains(char::is_uppercase);
                (!papers).then_some((who.text, town))
            };
            let (Some((one, town)), Some((other, other_town))) = (named(&pair[0]), named(&pair[1])) else {
                continue;
            };
            if town && other_town || one == other {
                continue;
            }
            let mut pair = vec![one, other];
            pair.sort();
            match counts.iter_mut().find(|(known, _)| *known == pair) {
                Some((_, count)) => *count += 1,
                None => counts.push((pair, 1)),
            }
        }
        let most = counts.iter().map(|(_, count)| *count).max()?;
        counts.into_iter().find(|(_, count)| *count == most).map(|(pair, _)| pair)
    }

    /// The sides that a participant in a fight names, a state's by the word for its government.
    fn sides_in(&self, document: usize, who: &Participant, acts: bool) -> Vec<String> {
        let seated = self.seated(document, who);
        let named = |one: Participant| {
            if let Some(party) = self.party(&one) {
                return Some(party.to_owned());
            }
            if last_word_is(&one.text, is_of_state) {
                return Some(self.land_of(document, &one).unwrap_or_else(|| GOVERNMENT.to_owned()));
            }
            let inside = self.within(document, one.span).find(|it| {
                matches!(it.kind, MentionKind::Organisation | MentionKind::Nationality)
                    || it.kind == MentionKind::Location && it.span == one.span && may_be_state(&it.name, acts)
            });
            let common = !one.text.contains(char::is_uppercase);
            let name = inside.map(|it| self.of_mention(document, it).text);
            let rebels = |word: &str| Power::of(word) == Some(Power::Rebels);
            name.or_else(|| (common && last_word_is(&one.text, rebels)).then_some(one.text))
        };
        seated.into_iter().filter_map(named).collect()
    }

    /// The land that a state's forces are named by: "Norland's army", "Norlandic troops".
    fn land_of(&self, document: usize, who: &Participant) -> Option<String> {
        let land = |it: &&Mention| matches!(it.kind, MentionKind::Location | MentionKind::Nationality);
        let inside = self.within(document, who.span).find(|it| land(it) && it.span.len() < who.span.len())?;
        if inside.kind == MentionKind::Location {
            return Some(inside.name.clone());
        }
        // A people's land begins as its people do.
        let stem: String = inside.name.chars().take(STEM_CHARS).collect();
        let mentions = self.mentions.get(document)?;
        let same = |it: &&Mention| it.kind == MentionKind::Location && it.name.starts_with(&stem);
        mentions.iter().find(same).map(|it| it.name.clone())
    }

    /// The state of the country in which most of the places of a document lie.
    fn state_of_places(&self, document: usize) -> String {
        let mentions = self.mentions.get(document).copied().unwrap_or_default();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for country in mentions.iter().filter_map(|it| it.country.as_deref()) {
            *counts.entry(country).or_default() += 1;
        }
        let most =
            counts.into_iter().max_by(|one, other| one.1.cmp(&other.1).then_with(|| other.0.cmp(one.0)));
        let land = most.and_then(|(country, _)| {
            let of_it = |it: &&Mention| {
                it.kind == MentionKind::Location
                    && it.country.as_deref() == Some(country)
                    && may_be_state(&it.name, false)
            };
            mentions.iter().find(of_it).map(|it| it.name.clone())
        });
        let governed = mentions.iter().any(|it| it.name.eq_ignore_ascii_case(GOVERNMENT));
        land.filter(|_| !governed)
            .map_or_else(|| GOVERNMENT.to_owned(), |land| format!("{GOVERNMENT} of {land}"))
    }

    fn most_named_band(&self, document: usize) -> Option<String> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        let mentions = self.mentions.get(document)?;
        let band = |it: &&Mention| it.kind == MentionKind::Organisation && may_be_band(&it.name);
        for mention in mentions.iter().filter(band) {
            *counts.entry(&mention.name).or_default() += 1;
        }
        let most =
            counts.into_iter().max_by(|one, other| one.1.cmp(&other.1).then_with(|| other.0.cmp(one.0)));
        most.map(|(name, _)| name.to_owned())
    }

    /// The bands that a document names, each once.
    fn bands(&self, document: usize) -> &[&'a str] {
        self.shorts.get(document).map_or(&[], |shorts| shorts.bands.as_slice())
    }

    /// "The rebels", where the document names one band alone.
    pub(super) fn only_band(&self, document: usize, who: &Participant) -> Option<&'a str> {
        if !is_rebels(&who.text) {
            return None;
        }
        match *self.bands(document) {
            [band] => Some(band),
            _ => None,
        }
    }

    pub(super) fn are_of_several(&self, document: usize, who: &Participant) -> bool {
        is_rebels(&who.text) && self.bands(document).len() > 1
    }
}

/// Whether the name of a land may be that of a state: towns and provinces are fought over, as are places that nobody knows
/// unless they act.
fn may_be_state(name: &str, acts: bool) -> bool {
    let senses = Gazetteer::embedded().find(name);
    senses.and_then(|senses| senses.first()).map_or(acts, |sense| sense.kind == EntryKind::Country)
}

/// Whether a name is that of a body of states or of peace: "the African Union".
fn is_civil(name: &str) -> bool {
    name.split_whitespace()
        .any(|word| RULES.civil.contains(&word.to_lowercase()) && !word.eq_ignore_ascii_case("council"))
}
