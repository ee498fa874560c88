//! Which of the names that texts use name one and the same party.
//!
//! "Highland rebels of the HLF-D" and "HLF-D", "Maroonist cadres" and "the Maroonists", "the Tigers" and "Hill Tigers" are one
//! party each; "the army" and "the government" are the state where no other state is a party; "the rebels" are whoever is the
//! only band in the text. The words by which this is told are data (`rules/en/party-names.toml`).

use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

use irenic_accounts::speaker_key;
use irenic_language::mentions::{EntryKind, Gazetteer};
use irenic_language::{Power, split_dateline};
use serde::Deserialize;

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../rules/en/party-names.toml"))
        .expect("a test reads the words that are built in")
});

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    leaders: HashSet<String>,
    of_state: HashSet<String>,
    state: Vec<String>,
    people: HashSet<String>,
    particles: HashSet<String>,
    things: HashSet<String>,
    names_nobody_first: HashSet<String>,
    names_nobody_last: HashSet<String>,
}

impl Words {
    /// Whether a word means people in arms against a government, or who leads them.
    fn is_armed(&self, word: &str) -> bool {
        let lower = word.to_lowercase();
        Power::of(&lower) == Some(Power::Rebels) || self.leaders.contains(&lower)
    }

    /// Whether a word in lower case may stand in a name for a state's own government or forces.
    fn is_of_state(&self, lower: &str) -> bool {
        Power::of(lower).is_some_and(Power::is_of_state) || self.of_state.contains(lower)
    }

    /// Whether a word may stand in the name of a party.
    fn is_of_people(&self, word: &str) -> bool {
        let lower = word.to_lowercase();
        word.starts_with(char::is_uppercase) || self.people.contains(&lower) || self.is_of_state(&lower)
    }
}

/// One party as it is being worked out: the forms of its name, and its events.
#[derive(Debug, Default)]
pub(crate) struct Forms<'a> {
    pub(crate) names: Vec<&'a str>,
    pub(crate) events: usize,
    pub(crate) country: Option<&'a str>,
}

/// A name has so many words at most; more are a clause that was taken for one.
const NAME_WORDS_MAX: usize = 8;

/// The key of a government that is not called by its country.
const STATE: &str = "government";

/// The key of rebels who are not called by a name.
const REBELS: &str = "rebels";

/// The parties among those who act, with how often each did and its country.
///
/// `events_min` tells when a state that is named counts as a party.
pub(crate) fn grouped<'a>(
    acts: &BTreeMap<&'a str, (usize, Option<&'a str>)>,
    events_min: usize,
) -> Vec<Forms<'a>> {
    let mut groups: BTreeMap<String, Forms<'a>> = BTreeMap::new();
    for (&name, &(events, country)) in acts {
        let Some(key) = key(name) else { continue };
        let is_part = key == STATE && !name.to_lowercase().contains(STATE);
        let forms = groups.entry(key).or_default();
        // What the army does is the government's doing; what it says may be its own.
        if !is_part {
            forms.names.push(name);
        }
        forms.events += events;
        forms.country = forms.country.or(country);
    }
    if let Some(forms) = groups.get_mut(STATE).filter(|forms| forms.names.is_empty()) {
        forms.names.push(STATE);
    }
    groups.retain(|_, forms| !forms.names.iter().all(|name| is_town(name)));
    join_short_forms(&mut groups);
    give_rebels_their_name(&mut groups);
    // Between two states "the government" may be either's.
    let of_a_state =
        |forms: &Forms<'_>| events_min <= forms.events && forms.names.iter().any(|name| is_country(name));
    if groups.values().any(of_a_state) {
        groups.remove(STATE);
    }
    groups.into_values().collect()
}

/// What names of one party have in common; `None` for what is no party's name: a crowd, a tank, a treaty.
fn key(name: &str) -> Option<String> {
    let name = without_dateline(name);
    if is_of_the_state(name) {
        return Some(STATE.to_owned());
    }
    if WORDS.is_armed(name) {
        return Some(REBELS.to_owned());
    }
    if let Some(short) = abbreviation(name) {
        return Some(short.to_lowercase());
    }
    if !name.starts_with(char::is_uppercase) {
        return None;
    }
    let own: Vec<&str> = name.split_whitespace().filter(|word| !WORDS.is_armed(word)).collect();
    // "Forces nationales de libération": in other languages the words of a name are in lower case.
    let foreign = name.split_whitespace().any(|word| WORDS.particles.contains(word));
    let fits = own.iter().all(|word| (foreign || WORDS.is_of_people(word)) && !WORDS.things.contains(*word));
    let named: Vec<&str> = own.into_iter().filter(|word| word.starts_with(char::is_uppercase)).collect();
    let words = if named.is_empty() || foreign { name.to_owned() } else { named.join(" ") };
    fits.then(|| speaker_key(&words))
}

/// "NORTHTON - The government": the place before the dash is where the news came from.
fn without_dateline(name: &str) -> &str {
    let rest = split_dateline(name).map_or(name, |(_, rest)| rest);
    rest.strip_prefix("The ").unwrap_or(rest)
}

/// How far a form is from a party's own name: "the Maroonists" before "rebels", "government" before "army".
pub(crate) fn is_generic(name: &str) -> bool {
    WORDS.is_armed(name) || is_of_the_state(name) && !name.eq_ignore_ascii_case(STATE)
}

/// The last abbreviation in a name: "Highland rebels of the HLF-D".
fn abbreviation(name: &str) -> Option<&str> {
    let capitals = |word: &&str| {
        let letters = word.chars().filter(|it| it.is_alphabetic()).count();
        let of_it = |it: char| it.is_uppercase() || matches!(it, '-' | '/') || it.is_ascii_digit();
        2 <= letters && word.chars().all(of_it)
    };
    let mut words = name.split(|it: char| it.is_whitespace() || matches!(it, '(' | ')' | ',' | '\''));
    words.rfind(capitals)
}

/// Whether words name a state or its forces without its name: "the government", "security forces".
pub(crate) fn is_of_the_state(name: &str) -> bool {
    let lower = name.to_lowercase();
    lower.split_whitespace().all(|word| WORDS.is_of_state(word))
        && WORDS.state.iter().any(|it| lower.contains(it.as_str()))
}

/// Whether a name is a state's own, its people's, or that of its government.
pub(crate) fn names_a_state(name: &str) -> bool {
    is_of_the_state(name) || matches!(first_kind(name), Some(EntryKind::Country | EntryKind::People))
}

/// Whether words with a capital name somebody who can act: not "Many women", "Its relations with Norland" or "Norland-brokered
/// truce".
pub(crate) fn names_somebody(words: &str) -> bool {
    let all: Vec<&str> = words.split_whitespace().collect();
    let is_in = |list: &HashSet<String>, word: Option<&&str>| word.is_some_and(|word| list.contains(*word));
    !is_in(&WORDS.names_nobody_first, all.first())
        && !is_in(&WORDS.names_nobody_last, all.last())
        && all.len() <= NAME_WORDS_MAX
}

fn first_kind(name: &str) -> Option<EntryKind> {
    Gazetteer::embedded().find(name)?.first().map(|sense| sense.kind)
}

fn is_country(name: &str) -> bool {
    first_kind(name) == Some(EntryKind::Country)
}

/// Towns and provinces are fought over, unless their people, forces or government are named as well.
fn is_town(name: &str) -> bool {
    matches!(first_kind(name), Some(EntryKind::City | EntryKind::Division))
}

/// "Tigers" joins the only longer name that ends so, "Palipe-FNL" the "FNL" that is also named alone.
fn join_short_forms(groups: &mut BTreeMap<String, Forms<'_>>) {
    let keys: Vec<String> = groups.keys().cloned().collect();
    for short in &keys {
        let ends_so = |key: &&String| {
            *key != short && (key.ends_with(&format!("-{short}")) || last_words(groups, key).contains(short))
        };
        let longer: Vec<&String> = keys.iter().filter(ends_so).collect();
        let [longer] = longer[..] else { continue };
        if let Some(forms) = groups.remove(longer) {
            let home = groups.entry(short.clone()).or_default();
            home.names.extend(forms.names);
            home.events += forms.events;
            home.country = home.country.or(forms.country);
        }
    }
}

/// The keys of the last words of a group's names of several words.
fn last_words(groups: &BTreeMap<String, Forms<'_>>, key: &str) -> Vec<String> {
    let names = groups.get(key).map_or(&[][..], |forms| &forms.names);
    let last = |name: &&str| name.rsplit_once(' ').map(|(_, last)| speaker_key(last));
    names.iter().filter_map(last).collect()
}

/// Rebels without a name are the only band that the text names, if it names one.
fn give_rebels_their_name(groups: &mut BTreeMap<String, Forms<'_>>) {
    let Some(nameless) = groups.remove(REBELS) else { return };
    let armed = |name: &&str| name.split_whitespace().any(|word| WORDS.is_armed(word));
    let is_band = |forms: &Forms<'_>| forms.names.iter().any(armed);
    let bands: Vec<String> =
        groups.iter().filter(|(_, forms)| is_band(forms)).map(|(key, _)| key.clone()).collect();
    let home = match &bands[..] {
        [band] => band.clone(),
        [] => REBELS.to_owned(),
        _ => return,
    };
    let forms = groups.entry(home).or_default();
    forms.events += nameless.events;
    forms.names.extend(nameless.names);
    forms.country = forms.country.or(nameless.country);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(acts: &[(&'static str, usize)]) -> Vec<(Vec<&'static str>, usize)> {
        let acts = acts.iter().map(|&(name, events)| (name, (events, None))).collect();
        grouped(&acts, 3).into_iter().map(|forms| (forms.names, forms.events)).collect()
    }

    #[test]
    fn what_names_nobody_is_told_apart() {
        for (words, expected) in [
            ("OSCE Minsk Group", true),
            ("President Jane Doe of Norland", true),
            ("Many women", false),
            ("Its relations with Norland", false),
            ("Norland-brokered truce", false),
        ] {
            assert_eq!(names_somebody(words), expected, "{words}");
        }
    }

    #[test]
    fn short_and_long_names_are_one_party() {
        assert_eq!(told(&[("Hill Tigers", 1), ("Tigers", 6)]), [(vec!["Tigers", "Hill Tigers"], 7)]);
        assert_eq!(
            told(&[("Highland rebels of the HLF-D", 2), ("HLF-D", 1)]),
            [(vec!["HLF-D", "Highland rebels of the HLF-D"], 3)]
        );
    }

    #[test]
    fn names_in_other_languages_have_words_in_lower_case() {
        let name = "Forces populaires de la colline";
        let forces = "Norland Armed Forces";
        assert_eq!(told(&[(name, 3), (forces, 4)]), [(vec![name], 3), (vec![forces], 4)]);
    }

    #[test]
    fn rebels_are_the_only_band_there_is() {
        assert_eq!(
            told(&[("Maroonist cadres", 1), ("rebels", 4)]),
            [(vec!["Maroonist cadres", "rebels"], 5)]
        );
        assert_eq!(told(&[("rebels", 4), ("villagers", 3)]), [(vec!["rebels"], 4)]);
    }

    #[test]
    fn what_is_of_no_people_is_no_party() {
        assert_eq!(told(&[("Bolivian tank", 3), ("Agreement on the Hills", 4), ("Oruro", 9)]), []);
        assert_eq!(told(&[("NORTHTON - The government", 1), ("government", 2)])[0].1, 3);
    }

    #[test]
    fn the_government_is_a_party_where_no_state_is() {
        assert_eq!(told(&[("army", 2), ("government", 3)]), [(vec!["government"], 5)]);
        assert_eq!(told(&[("army", 2)]), [(vec!["government"], 2)]);
        assert_eq!(told(&[("Bolivia", 3), ("government", 3)]), [(vec!["Bolivia"], 3)]);
    }
}
