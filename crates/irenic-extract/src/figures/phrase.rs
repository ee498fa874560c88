//! What a quantity counts: the noun phrase after it, and what kind of noun that is.

use std::ops::Range;

use irenic_language::Upos;

use super::lexicon::Lexicon;
use super::quantity::Quantity;
use crate::words::{Shape, Word};

/// What kind of thing is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Counted {
    /// No noun follows: "1,643 wounded", "370 had".
    Nothing,
    /// Adjectives without a noun: "100 Azerbaijani and 85 Armenian civilians".
    Adjectives,
    /// People in general.
    People,
    /// People of some kind.
    Persons,
    /// People who bear arms.
    Troops,
    /// Weapons, vehicles and units, which are counted like goods.
    Arms,
    /// Things that are not people.
    Things,
    /// Land, of which shares are told.
    Land,
    /// A noun of no known kind.
    Unknown,
    /// Goods or another measure, in this unit.
    Measure(String),
}

impl Counted {
    /// Whether it is surely people.
    pub(super) const fn is_people(&self) -> bool {
        matches!(self, Self::People | Self::Persons | Self::Troops)
    }
}

/// The noun phrase of a quantity.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    /// The words that name the group, without determiners; empty where there are none.
    pub(super) group: Range<usize>,
    /// Its last noun.
    pub(super) head: Option<usize>,
    pub(super) counted: Counted,
    /// The position after it.
    pub(super) end: usize,
    /// Whether a possessive stands before it: "27 of their soldiers".
    pub(super) possessive: bool,
    /// What happened to them, where the phrase itself says so: "30 deaths", "20 wounded soldiers".
    pub(super) fate: Option<String>,
    /// What the name of the people says of them, unless other words say more: "14 prisoners".
    pub(super) standing: Option<String>,
}

/// Reads what stands after a quantity.
pub(super) fn phrase(words: &[Word], quantity: &Quantity, limit: usize, lexicon: &Lexicon) -> Phrase {
    let mut at = quantity.words.end;
    if words.get(at).is_some_and(|dash| dash.is_dash() && dash.glued) {
        at += 1;
    }
    if quantity.currency.is_some() {
        return bare(at, Counted::Measure(quantity.currency.clone().unwrap_or_default()));
    }
    if let Some((unit, length)) = unit_at(words, at, lexicon) {
        return measure(words, unit, at + length, limit, lexicon);
    }
    let mut possessive = false;
    let of = words.get(at).is_some_and(|word| word.is("of"));
    if of {
        at += 1;
        // "250,000 of them crossed the border": what they are is told by what became of them.
        if at < limit && words[at].is("them") {
            return bare(at + 1, Counted::Nothing);
        }
    }
    while at < limit && (of || quantity.share) && is_determiner(&words[at]) {
        possessive |= is_possessive(&words[at]);
        at += 1;
    }
    while at < limit
        && (words[at].is("more")
            || words[at].is("other")
            || words[at].is("additional")
            || words[at].is("further"))
    {
        at += 1;
    }
    let mut found = nouns(words, at, limit, lexicon);
    found.possessive = possessive;
    if of && found.head.is_none() && found.fate.is_none() {
        found.end = quantity.words.end;
    }
    if quantity.share {
        extend_share(words, &mut found, limit);
    }
    found
}

fn bare(end: usize, counted: Counted) -> Phrase {
    Phrase { group: end..end, head: None, counted, end, possessive: false, fate: None, standing: None }
}

fn unit_at(words: &[Word], at: usize, lexicon: &Lexicon) -> Option<(String, usize)> {
    let found = lexicon.units.iter().filter_map(|(unit, forms)| Some((unit.clone(), forms.at(words, at)?)));
    found.max_by_key(|(_, length)| *length)
}

/// "40 tons of flour": the goods are what is counted.
fn measure(words: &[Word], unit: String, end: usize, limit: usize, lexicon: &Lexicon) -> Phrase {
    let mut found = bare(end, Counted::Measure(unit));
    if words.get(end).is_some_and(|of| of.is("of")) && end + 1 < limit {
        let mut start = end + 1;
        while start < limit && is_determiner(&words[start]) {
            start += 1;
        }
        let goods = nouns(words, start, limit, lexicon);
        if goods.head.is_some() {
            let joined = joined_nouns(words, goods.group.end, limit);
            found.group = goods.group.start..joined;
            found.head = goods.head;
            found.end = joined;
        }
    }
    found
}

/// "food and hygiene products": goods joined by "and", unless a number follows.
fn joined_nouns(words: &[Word], end: usize, limit: usize) -> usize {
    let mut at = end;
    if at >= limit || !words[at].is("and") {
        return end;
    }
    at += 1;
    let start = at;
    while at < limit && is_nominal(&words[at]) {
        at += 1;
    }
    let ends_in_noun = at > start && matches!(words[at - 1].upos, Some(Upos::Noun | Upos::Propn));
    if ends_in_noun { at } else { end }
}

/// A share of something goes on with its "of" phrases: "the recognised territory of the republic".
fn extend_share(words: &[Word], found: &mut Phrase, limit: usize) {
    if found.head.is_none() || !words.get(found.end).is_some_and(|of| of.is("of")) {
        return;
    }
    let mut at = found.end + 1;
    while at < limit && is_determiner(&words[at]) {
        at += 1;
    }
    let start = at;
    while at < limit && (is_nominal(&words[at]) || words[at].is_dash() && words[at].glued) {
        at += 1;
    }
    if at > start {
        found.group.end = at;
        found.end = at;
    }
}

fn nouns(words: &[Word], start: usize, limit: usize, lexicon: &Lexicon) -> Phrase {
    let mut at = start;
    let mut found = bare(start, Counted::Nothing);
    let mut group = start..start;
    while at < limit {
        if stops(words, at, limit, lexicon) || names_end(words, at, &found, lexicon) {
            break;
        }
        if let Some((counts, length)) = fate_at(words, at, limit, lexicon) {
            if lexicon.persons.has(&words[at + length - 1].lower) {
                found.standing = Some(counts);
                found.head = Some(at + length - 1);
                group.end = at + length;
            } else {
                found.fate = Some(counts);
                // "missing people": the noun of the phrase is the people themselves.
                if length > 1 && is_known(&words[at + length - 1], lexicon) {
                    found.head = Some(at + length - 1);
                }
                if group.is_empty() {
                    group = at + length..at + length;
                }
            }
            at += length;
            continue;
        }
        let word = &words[at];
        let compound =
            word.is_dash() && word.glued && at > start && words.get(at + 1).is_some_and(|next| next.glued);
        if !is_nominal(word) && !modifier_before_noun(words, at, limit) && !compound {
            break;
        }
        if matches!(word.upos, Some(Upos::Noun | Upos::Propn)) {
            found.head = Some(at);
        }
        at += 1;
        group.end = at;
    }
    // What is called after the noun is not part of its name: "871 people outright".
    if let Some(head) = found.head.filter(|head| *head < group.end) {
        group.end = head + 1;
        at = if found.fate.is_some() { at } else { head + 1 };
    }
    if at > start {
        found.group = group;
        found.end = at;
    }
    found.counted = kind_of(words, &found, lexicon);
    found
}

/// Whether the name of a people is complete and the next word says what became of them: "250,000 Norlanders refugees".
fn names_end(words: &[Word], at: usize, found: &Phrase, lexicon: &Lexicon) -> bool {
    let complete = found.head.is_some_and(|head| {
        head + 1 == at && (names_a_people(&words[head]) || is_known(&words[head], lexicon))
    });
    complete
        && lexicon
            .happenings
            .iter()
            .any(|happening| happening.right.at(words, at).or(happening.passive.at(words, at)).is_some())
}

fn is_known(word: &Word, lexicon: &Lexicon) -> bool {
    lexicon.persons.has(&word.lower) || lexicon.troops.has(&word.lower) || lexicon.generic.has(&word.lower)
}

/// Whether a word of what happened begins here and no noun follows: it is not part of the name of the people.
fn stops(words: &[Word], at: usize, limit: usize, lexicon: &Lexicon) -> bool {
    let happens = lexicon
        .happenings
        .iter()
        .filter_map(|happening| happening.right.at(words, at).max(happening.passive.at(words, at)))
        .max();
    let Some(length) = happens else { return false };
    let last = at + length - 1;
    let noun = matches!(words[last].upos, Some(Upos::Noun | Upos::Propn))
        || lexicon.happenings.iter().any(|happening| happening.noun.at(words, at).is_some());
    let noun_after = last + 1 < limit
        && (matches!(words[last + 1].upos, Some(Upos::Noun | Upos::Propn)) && !words[last + 1].capital
            // "of the captured Norland soldiers"
            || at > 0 && is_determiner(&words[at - 1]) && is_nominal(&words[last + 1]));
    !noun && !noun_after
}

/// What happened, where the phrase says it in a noun ("30 deaths") or before one ("20 wounded soldiers").
fn fate_at(words: &[Word], at: usize, limit: usize, lexicon: &Lexicon) -> Option<(String, usize)> {
    let noun_after = |end: usize| {
        words
            .get(end)
            .filter(|_| end < limit)
            .is_some_and(|next| matches!(next.upos, Some(Upos::Noun | Upos::Propn)))
    };
    let nouns = lexicon.happenings.iter().filter_map(|happening| {
        let length = happening.noun.at(words, at)?;
        Some((happening.counts.clone(), length, at + length))
    });
    let (counts, length, end) = nouns.max_by_key(|(_, length, _)| *length)?;
    // "killed or wounded" is one thing, told elsewhere.
    if words.get(end).is_some_and(|next| next.is("or") || next.is("and"))
        && words
            .get(end + 1)
            .is_some_and(|next| lexicon.happenings.iter().any(|other| other.noun.has(&next.lower)))
    {
        return None;
    }
    let adjectival = matches!(words[end - 1].upos, Some(Upos::Adj | Upos::Verb | Upos::Num));
    (adjectival || !noun_after(end)).then_some((counts, length))
}

fn kind_of(words: &[Word], found: &Phrase, lexicon: &Lexicon) -> Counted {
    let Some(head) = found.head.filter(|head| *head < found.end) else {
        return if found.group.is_empty() || found.fate.is_some() {
            Counted::Nothing
        } else {
            Counted::Adjectives
        };
    };
    let word = &words[head].lower;
    let two = head > found.group.start && lexicon.troops.at(words, head - 1) == Some(2);
    if lexicon.troops.has(word) || two {
        Counted::Troops
    } else if lexicon.generic.has(word) {
        if found.group.len() > 1 { Counted::Persons } else { Counted::People }
    } else if lexicon.persons.has(word) {
        Counted::Persons
    } else if lexicon.land.has(word) {
        Counted::Land
    } else if lexicon.arms.has(word) {
        Counted::Arms
    } else if lexicon.things.has(word) {
        Counted::Things
    } else if names_a_people(&words[head])
        || lexicon.endings.iter().any(|ending| word.ends_with(ending.as_str()))
    {
        Counted::Persons
    } else if words[head].capital && words[head].upos == Some(Upos::Propn) && !word.ends_with('s') {
        Counted::Adjectives
    } else {
        Counted::Unknown
    }
}

/// A capitalised plural of a people: "Armenians", "Iraqis", "Japanese".
fn names_a_people(word: &Word) -> bool {
    let endings = [
        "ans", "ians", "is", "ese", "eans", "ards", "ks", "ns", "bs", "ds", "ts", "rs", "ns", "gs", "ys",
        "es", "os", "as",
    ];
    let plural_name = matches!(word.upos, Some(Upos::Propn | Upos::Noun));
    word.capital
        && plural_name
        && word.lower.len() > 3
        && endings.iter().any(|ending| word.lower.ends_with(ending))
}

fn is_nominal(word: &Word) -> bool {
    word.shape == Shape::Letters && matches!(word.upos, Some(Upos::Noun | Upos::Propn | Upos::Adj))
}

/// A participle or an adverb that belongs to a noun: "armed men", "internationally recognised territory".
fn modifier_before_noun(words: &[Word], at: usize, limit: usize) -> bool {
    let word = &words[at];
    let Some(next) = words.get(at + 1).filter(|_| at + 1 < limit) else { return false };
    match word.upos {
        Some(Upos::Verb) if word.lower.ends_with("ed") => {
            // "of the captured Norland soldiers"
            let after_article = at > 0 && is_determiner(&words[at - 1]);
            matches!(next.upos, Some(Upos::Noun | Upos::Adj)) && !next.capital
                || after_article && matches!(next.upos, Some(Upos::Noun | Upos::Adj | Upos::Propn))
        }
        Some(Upos::Adv) if word.lower.ends_with("ly") => {
            next.upos == Some(Upos::Adj)
                || next.upos == Some(Upos::Verb) && modifier_before_noun(words, at + 1, limit)
        }
        _ => false,
    }
}

fn is_determiner(word: &Word) -> bool {
    const DETERMINERS: [&str; 8] = ["the", "these", "those", "this", "that", "all", "a", "an"];
    DETERMINERS.iter().any(|determiner| word.is(determiner)) || is_possessive(word)
}

fn is_possessive(word: &Word) -> bool {
    ["its", "their", "his", "her", "our", "my", "your"].iter().any(|possessive| word.is(possessive))
}
