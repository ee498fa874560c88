//! Which party an actor of a table of events is: by its name, or as one who acts for a party's state.
//!
//! Names are compared whole, not in part: many a group has its country's name in its own.

use crate::{AboutActor, EventRow, Mapping};

/// A party, as rows of events may name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartyNames {
    /// The name by which it is spoken of.
    pub name: String,
    /// All its names, that one among them.
    pub names: Vec<String>,
    /// Its side: parties of one side do not fight each other.
    pub side: String,
    /// The state that it governs, as an ISO 3166 alpha-3 code.
    pub state: Option<String>,
}

/// The code of a country that a name is of, ISO 3166 alpha-3.
pub(super) type CountryOf = fn(&str) -> Option<&'static str>;

/// Finds the parties among the actors of a table.
pub(super) struct Parties<'a> {
    parties: &'a [PartyNames],
    /// The names of each, ready to be compared.
    names: Vec<Vec<String>>,
    country_of: CountryOf,
    state_kinds: Vec<String>,
    state_forms: Vec<String>,
}

impl<'a> Parties<'a> {
    pub(super) fn new(parties: &'a [PartyNames], country_of: CountryOf, mapping: &Mapping) -> Self {
        // A description in lower case ("the government") may be anybody's.
        let is_name = |name: &&String| name.chars().next().is_some_and(char::is_uppercase);
        let comparable = |party: &PartyNames| party.names.iter().filter(is_name).map(|it| key(it)).collect();
        Self {
            parties,
            names: parties.iter().map(comparable).collect(),
            country_of,
            state_kinds: mapping.state_kinds.clone(),
            state_forms: mapping.state_forms.clone(),
        }
    }

    /// The party that an actor of a row is, or acts with: its place in the list.
    pub(super) fn of(&self, row: &EventRow, index: usize) -> Option<usize> {
        let about = &row.about[index];
        let name = about.name.as_deref().or(row.actors[index].as_deref()).unwrap_or_default();
        let by_name = || self.position(|at| self.is_named(at, name));
        let of_state = || self.position(|at| self.acts_for_state(at, name, about));
        let ally = || {
            let allies = about.allies.as_deref().unwrap_or_default();
            let mut allies = allies.split(';').filter(|ally| !ally.trim().is_empty());
            allies
                .find_map(|ally| self.position(|at| self.is_named(at, ally) || self.has_state_form(at, ally)))
        };
        by_name().or_else(of_state).or_else(ally)
    }

    fn position(&self, fits: impl Fn(usize) -> bool) -> Option<usize> {
        (0..self.parties.len()).find(|&at| fits(at))
    }

    fn is_named(&self, at: usize, actor: &str) -> bool {
        // What stands in brackets after a name is where the actor is from: "Ministry (Examplia)".
        let from = bracketed(actor).and_then(self.country_of);
        let state = self.parties[at].state.as_deref();
        if from.is_some() && state.is_some() && from != state {
            return false;
        }
        let whole = key(actor);
        let part_of = |name: &String| whole == *name || whole.split(PARTS).any(|part| key(part) == *name);
        self.names[at].iter().any(part_of)
    }

    fn acts_for_state(&self, at: usize, actor: &str, about: &AboutActor) -> bool {
        let Some(state) = self.parties[at].state.as_deref() else { return false };
        let country = about.country.as_deref();
        let is_own =
            country.is_some_and(|it| it.eq_ignore_ascii_case(state) || (self.country_of)(it) == Some(state));
        let kinds = about.kinds.as_deref().unwrap_or_default();
        let for_state = kinds
            .split(',')
            .any(|kind| self.state_kinds.iter().any(|wanted| wanted.eq_ignore_ascii_case(kind.trim())));
        is_own && for_state || self.has_state_form(at, actor)
    }

    /// "Military Forces of Examplia (2021-)".
    fn has_state_form(&self, at: usize, actor: &str) -> bool {
        let Some(state) = self.parties[at].state.as_deref() else { return false };
        let mut rests = self.state_forms.iter().filter_map(|form| actor.trim().strip_prefix(form.as_str()));
        rests.any(|rest| {
            let country = rest.split('(').next().unwrap_or_default().trim();
            (self.country_of)(country) == Some(state) || self.names[at].contains(&key(country))
        })
    }
}

/// What parts the names of one actor: "NF/NA: Northern Front".
const PARTS: [char; 4] = ['/', ':', ';', ','];

/// A name without what makes it a government, its article, what stands in brackets, and its case.
fn key(name: &str) -> String {
    let mut plain = String::new();
    let mut depth = 0usize;
    for letter in name.chars() {
        match letter {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            letter if depth == 0 => plain.push(letter),
            _ => {}
        }
    }
    let words: Vec<&str> = plain.split_whitespace().collect();
    let plain = words.join(" ").to_lowercase();
    let named = plain.strip_prefix("the ").unwrap_or(&plain);
    named.strip_prefix("government of ").unwrap_or(named).to_owned()
}

/// What stands in the last brackets.
fn bracketed(name: &str) -> Option<&str> {
    let (_, rest) = name.rsplit_once('(')?;
    Some(rest.split(')').next().unwrap_or_default().trim())
}
