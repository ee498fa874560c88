//! The table of heads of state and of government: who held which office of which country, from when until when.
//!
//! It is kept as text, `models/gazetteer/heads.tsv`, and read once, when the first text that has a date asks for it.

use std::sync::OnceLock;

use irenic_model::DateInterval;
use irenic_model::jiff::civil::Date;
use irenic_model::{Certainty, Grain};
use rustc_hash::FxHashMap;

use super::words::name_words;

static TABLE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../models/gazetteer/heads.tsv"));

/// The last day of a term that had not ended when the table was made.
const OPEN: Date = Date::constant(9999, 12, 31);

/// An office that makes its holder the head of a state or a government.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Office {
    President,
    PrimeMinister,
    Chancellor,
    Taoiseach,
    King,
    Emperor,
    Emir,
    Sultan,
    CrownPrince,
    GeneralSecretary,
    /// Power without one of the offices above: a junta's head, a supreme leader, a chairman.
    Leader,
}

impl Office {
    /// The offices by the names that the table has for them, with the titles that texts put before a holder's name.
    const ALL: [(Self, &'static str, &'static [&'static str]); 11] = [
        (Self::President, "president", &["president"]),
        (Self::PrimeMinister, "prime minister", &["prime minister", "premier"]),
        (Self::Chancellor, "chancellor", &["chancellor"]),
        (Self::Taoiseach, "taoiseach", &["taoiseach", "prime minister"]),
        (Self::King, "king", &["king", "shah", "prince"]),
        (Self::Emperor, "emperor", &["emperor"]),
        (Self::Emir, "emir", &["emir", "sheikh"]),
        (Self::Sultan, "sultan", &["sultan"]),
        (Self::CrownPrince, "crown prince", &["crown prince"]),
        (
            Self::GeneralSecretary,
            "general secretary",
            &["general secretary", "first secretary", "party chief"],
        ),
        (
            Self::Leader,
            "leader",
            &[
                "chairman",
                "general",
                "gen",
                "colonel",
                "col",
                "marshal",
                "generalissimo",
                "ayatollah",
                "mullah",
            ],
        ),
    ];

    fn of(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known, _)| *known == name).map(|(office, _, _)| *office)
    }

    /// Whether a holder of this office may be called by this title, in lower case.
    pub(super) fn is_called(self, title: &str) -> bool {
        Self::ALL.iter().any(|(office, _, titles)| *office == self && titles.contains(&title))
    }
}

/// One person's time in one office.
#[derive(Clone, Debug)]
pub(super) struct Term {
    /// ISO 3166 alpha-3 code; a state that is no more stands under its successor's.
    pub(super) country: &'static str,
    pub(super) office: Office,
    /// Both ends are whole months, or years, so two who followed each other share the month of the change.
    pub(super) time: DateInterval,
    /// The canonical name.
    pub(super) name: &'static str,
    /// The spellings of the full name, in words.
    full: Vec<Vec<String>>,
    /// What stands for the name alone: most often the surname.
    short: Vec<Vec<String>>,
}

impl Term {
    /// Whether these words are the full name, or its parts with the same surname: a middle name more, an initial for a
    /// name.
    pub(super) fn has_full_name(&self, words: &[String]) -> bool {
        1 < words.len() && self.full.iter().any(|full| 1 < full.len() && agree(words, full))
    }

    /// Whether these words are the name by which the person is known alone.
    pub(super) fn has_short_name(&self, words: &[String]) -> bool {
        self.short.iter().any(|short| short == words)
    }

    /// Whether both terms are one person's.
    pub(super) fn is_of_same_person(&self, other: &Self) -> bool {
        (self.country, self.name) == (other.country, other.name)
    }
}

/// Whether one name is the other with parts left out, the first and the last word apart.
fn agree(one: &[String], other: &[String]) -> bool {
    let (few, many) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let same = |few: &String, many: &String| few == many || few.len() == 1 && many.starts_with(few.as_str());
    let first = same(&few[0], &many[0]) || many[0].len() == 1 && few[0].starts_with(many[0].as_str());
    let mut rest = many[1..].iter();
    let inner = few[1..].iter().all(|word| rest.any(|known| same(word, known)));
    first && inner && few.last() == many.last()
}

/// All terms, found by the words of a name.
pub(super) struct Heads {
    terms: Vec<Term>,
    by_last: FxHashMap<String, Vec<u32>>,
}

impl Heads {
    /// The table that is built in.
    pub(super) fn embedded() -> &'static Self {
        static LOADED: OnceLock<Heads> = OnceLock::new();
        LOADED.get_or_init(|| Self::new(TABLE))
    }

    fn new(table: &'static str) -> Self {
        let lines = table.lines().filter(|line| !line.starts_with('#'));
        let terms: Vec<Term> = lines.filter_map(term).collect();
        let mut by_last: FxHashMap<String, Vec<u32>> = FxHashMap::default();
        for (number, term) in terms.iter().enumerate() {
            for last in term.full.iter().chain(&term.short).filter_map(|words| words.last()) {
                let numbers = by_last.entry(last.clone()).or_default();
                if numbers.last() != Some(&(number as u32)) {
                    numbers.push(number as u32);
                }
            }
        }
        Self { terms, by_last }
    }

    /// The terms of those whose name ends in the last of these words.
    pub(super) fn named<'h>(&'h self, words: &[String]) -> impl Iterator<Item = &'h Term> + use<'h> {
        let numbers = words.last().and_then(|last| self.by_last.get(last.as_str()));
        numbers.into_iter().flatten().map(|&number| &self.terms[number as usize])
    }
}

/// A line of the table: country, office, from, until, name, short names, other spellings.
fn term(line: &'static str) -> Option<Term> {
    let mut columns = line.split('\t');
    let mut next = || columns.next();
    let (country, office, from, until) = (next()?, Office::of(next()?)?, next()?, next()?);
    let (name, short, other) = (next()?, next()?, next()?);
    let spellings = || [name].into_iter().chain(values(other));
    let mut alone: Vec<Vec<String>> = values(short).map(name_words).collect();
    if alone.is_empty() {
        alone = spellings()
            .filter_map(|name| name.rsplit(' ').find(|word| !is_number(word)))
            .map(name_words)
            .collect();
    }
    let until = if until.is_empty() { OPEN } else { days(until)?.1 };
    Some(Term {
        country,
        office,
        time: DateInterval::new(days(from)?.0, until, Grain::Month, Certainty::Stated)?,
        name,
        full: spellings().map(name_words).collect(),
        short: alone,
    })
}

fn values(column: &'static str) -> impl Iterator<Item = &'static str> {
    column.split('|').filter(|value| !value.is_empty())
}

/// "II" of a king, "Jr." of a son: no surname.
fn is_number(word: &str) -> bool {
    word == "Jr." || word.chars().all(|c| matches!(c, 'I' | 'V' | 'X'))
}

/// The first and the last day of a year or a month.
fn days(text: &str) -> Option<(Date, Date)> {
    let (year, month) = text.split_once('-').map_or((text, None), |(year, month)| (year, Some(month)));
    let year = year.parse().ok()?;
    let interval = match month {
        Some(month) => DateInterval::month(year, month.parse().ok()?),
        None => DateInterval::year(year),
    }?;
    Some((interval.from(), interval.until()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_a_term() {
        let lines: Vec<&str> = TABLE.lines().filter(|line| !line.starts_with('#')).collect();
        assert!(1_000 < lines.len());
        for line in lines {
            let term = term(line).unwrap_or_else(|| panic!("{line:?}"));
            assert!(
                term.country.len() == 3 && term.country.bytes().all(|b| b.is_ascii_uppercase()),
                "{line}"
            );
            assert!(term.full.iter().chain(&term.short).all(|words| !words.is_empty()), "{line}");
        }
    }

    #[test]
    fn one_office_has_one_holder_but_where_power_is_contested() {
        let heads = Heads::embedded();
        let mut shared = Vec::new();
        for (at, one) in heads.terms.iter().enumerate() {
            for other in &heads.terms[at + 1..] {
                let same = (one.country, one.office) == (other.country, other.office)
                    && one.office != Office::Leader;
                let days = one.time.until().min(other.time.until());
                // The month of a change belongs to both.
                if same
                    && one.time.overlaps(&other.time)
                    && days > other.time.from().max(one.time.from()).last_of_month()
                {
                    shared.push(one.country);
                }
            }
        }
        shared.dedup();
        assert!(shared.len() <= 8, "{shared:?}");
    }

    #[test]
    fn names_agree_by_their_parts() {
        for (one, other, same) in [
            ("Philip Marsh", "Philip J. Marsh", true),
            ("P. Marsh", "Philip Marsh", true),
            ("Philip Marsh", "Paul Marsh", false),
            ("Philip Marsh", "Philip Brown", false),
            ("Ana al-Masri", "Ana Masri", true),
        ] {
            assert_eq!(agree(&name_words(one), &name_words(other)), same, "{one}, {other}");
        }
    }
}
