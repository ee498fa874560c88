//! The lists of `rules/en/figures.toml`, read once.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use irenic_model::Bound;
use serde::Deserialize;

use crate::words::Phrases;

/// What the finder of figures knows of English.
#[derive(Debug)]
pub(super) struct Lexicon {
    pub(super) numbers: Numbers,
    pub(super) percent: Phrases,
    pub(super) bounds: Vec<BoundWords>,
    pub(super) not_before: Phrases,
    pub(super) not_after: Phrases,
    pub(super) rates: Phrases,
    pub(super) units: Vec<(String, Phrases)>,
    pub(super) currencies: Vec<Currency>,
    pub(super) generic: Phrases,
    pub(super) persons: Phrases,
    pub(super) troops: Phrases,
    pub(super) endings: Vec<String>,
    pub(super) arms: Phrases,
    pub(super) things: Phrases,
    pub(super) land: Phrases,
    pub(super) happenings: Vec<Happening>,
    pub(super) losses_troops: Phrases,
    pub(super) losses_lives: Phrases,
    pub(super) parts: Phrases,
    pub(super) passes: Passes,
    pub(super) ellipsis: Phrases,
    /// Before a bare number that takes up what the sentence before counted.
    pub(super) again: Phrases,
    /// Verbs whose subject answers for the number under them.
    pub(super) tellers: Phrases,
    pub(super) tables: Tables,
}

/// Words that stand for numbers.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Numbers {
    pub(super) small: BTreeMap<String, u32>,
    pub(super) scales: BTreeMap<String, i32>,
    pub(super) plurals: BTreeMap<String, u64>,
    pub(super) fractions: BTreeMap<String, u32>,
    percent: Vec<String>,
}

/// Words that bound a number, before and after it.
#[derive(Debug)]
pub(super) struct BoundWords {
    pub(super) bound: Bound,
    pub(super) before: Phrases,
    pub(super) after: Phrases,
}

/// A currency's words.
#[derive(Debug)]
pub(super) struct Currency {
    pub(super) code: String,
    pub(super) before: Phrases,
    pub(super) after: Phrases,
}

/// What can happen to those who are counted, and its words.
#[derive(Debug)]
pub(super) struct Happening {
    pub(super) counts: String,
    /// Whether the words go with things too.
    pub(super) thing: bool,
    /// Groups of whom the words say something else: monitors who leave are not displaced.
    pub(super) never: Phrases,
    pub(super) right: Phrases,
    pub(super) passive: Phrases,
    pub(super) left: Phrases,
    pub(super) toll: Phrases,
    pub(super) noun: Phrases,
}

/// Words that the search for what happened passes over.
#[derive(Debug)]
pub(super) struct Passes {
    pub(super) right: Phrases,
    pub(super) have: Phrases,
    pub(super) be: Phrases,
    pub(super) left: Phrases,
    pub(super) toll: Phrases,
    /// What begins an aside between the people and their verb.
    pub(super) asides: Phrases,
}

/// Words of the keys and labels of tables.
#[derive(Debug)]
pub(super) struct Tables {
    pub(super) holders: Phrases,
    pub(super) claims: Phrases,
    pub(super) official: Phrases,
    pub(super) keys: Phrases,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    numbers: Numbers,
    bound: Vec<BoundEntry>,
    no_figure: NoFigure,
    units: BTreeMap<String, Vec<String>>,
    currency: Vec<CurrencyEntry>,
    persons: Persons,
    arms: Words,
    things: Words,
    land: Words,
    happening: Vec<HappeningEntry>,
    losses: Losses,
    parts: Before,
    ellipsis: Ellipsis,
    tellers: Tellers,
    passes: PassesEntry,
    tables: TablesEntry,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BoundEntry {
    bound: String,
    before: Vec<String>,
    after: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NoFigure {
    before: Vec<String>,
    after: Vec<String>,
    rates: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CurrencyEntry {
    code: String,
    before: Vec<String>,
    after: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Persons {
    generic: Vec<String>,
    words: Vec<String>,
    troops: Vec<String>,
    endings: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ellipsis {
    before: Vec<String>,
    again: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tellers {
    verbs: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Before {
    before: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HappeningEntry {
    counts: String,
    #[serde(default)]
    thing: bool,
    #[serde(default)]
    never: Vec<String>,
    #[serde(default)]
    right: Vec<String>,
    #[serde(default)]
    passive: Vec<String>,
    #[serde(default)]
    left: Vec<String>,
    #[serde(default)]
    toll: Vec<String>,
    #[serde(default)]
    noun: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Losses {
    troops: Vec<String>,
    lives: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PassesEntry {
    right: Vec<String>,
    have: Vec<String>,
    be: Vec<String>,
    left: Vec<String>,
    toll: Vec<String>,
    asides: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TablesEntry {
    holders: Vec<String>,
    claims: Vec<String>,
    official: Vec<String>,
    keys: Vec<String>,
}

static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| {
    let text = include_str!("../../../../rules/en/figures.toml");
    let file: File = toml::from_str(text).expect("the embedded rules are read by a test");
    Lexicon::from(file)
});

impl Lexicon {
    /// The lists for English.
    pub(super) fn english() -> &'static Self {
        &ENGLISH
    }
}

impl From<File> for Lexicon {
    fn from(file: File) -> Self {
        Self {
            percent: Phrases::new(&file.numbers.percent),
            numbers: file.numbers,
            bounds: file.bound.into_iter().map(BoundWords::from).collect(),
            not_before: Phrases::new(file.no_figure.before),
            not_after: Phrases::new(file.no_figure.after),
            rates: Phrases::new(file.no_figure.rates),
            units: file.units.into_iter().map(|(unit, forms)| (unit, Phrases::new(forms))).collect(),
            currencies: file.currency.into_iter().map(Currency::from).collect(),
            generic: Phrases::new(file.persons.generic),
            persons: Phrases::new(file.persons.words),
            troops: Phrases::new(file.persons.troops),
            endings: file.persons.endings,
            arms: Phrases::new(file.arms.words),
            things: Phrases::new(file.things.words),
            land: Phrases::new(file.land.words),
            happenings: file.happening.into_iter().map(Happening::from).collect(),
            losses_troops: Phrases::new(file.losses.troops),
            losses_lives: Phrases::new(file.losses.lives),
            parts: Phrases::new(file.parts.before),
            ellipsis: Phrases::new(file.ellipsis.before),
            again: Phrases::new(file.ellipsis.again),
            tellers: Phrases::new(file.tellers.verbs),
            passes: Passes {
                right: Phrases::new(file.passes.right),
                have: Phrases::new(file.passes.have),
                be: Phrases::new(file.passes.be),
                left: Phrases::new(file.passes.left),
                toll: Phrases::new(file.passes.toll),
                asides: Phrases::new(file.passes.asides),
            },
            tables: Tables {
                holders: Phrases::new(file.tables.holders),
                claims: Phrases::new(file.tables.claims),
                official: Phrases::new(file.tables.official),
                keys: Phrases::new(file.tables.keys),
            },
        }
    }
}

impl From<BoundEntry> for BoundWords {
    fn from(entry: BoundEntry) -> Self {
        let bound = [Bound::Exact, Bound::About, Bound::AtLeast, Bound::AtMost]
            .into_iter()
            .find(|bound| bound.name() == entry.bound)
            .expect("the embedded rules name bounds, as a test checks");
        Self { bound, before: Phrases::new(entry.before), after: Phrases::new(entry.after) }
    }
}

impl From<CurrencyEntry> for Currency {
    fn from(entry: CurrencyEntry) -> Self {
        Self { code: entry.code, before: Phrases::new(entry.before), after: Phrases::new(entry.after) }
    }
}

impl From<HappeningEntry> for Happening {
    fn from(entry: HappeningEntry) -> Self {
        Self {
            counts: entry.counts,
            thing: entry.thing,
            never: Phrases::new(entry.never),
            right: Phrases::new(entry.right),
            passive: Phrases::new(entry.passive),
            left: Phrases::new(entry.left),
            toll: Phrases::new(entry.toll),
            noun: Phrases::new(entry.noun),
        }
    }
}
