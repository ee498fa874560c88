//! Heads of state and of government: who a surname is that a text of that time need not explain.
//!
//! A person is taken for a holder of the table by the full name, or by office and surname, at a date at which the table
//! has the person in office. The surname alone counts where the document elsewhere gives one of the two, and only at such
//! a date. Where two persons of the name were in office, nothing is said. A name that agrees outside the term is a
//! namesake until the text says "former".

mod table;
mod titles;
mod words;

use irenic_model::jiff::civil::Date;
use irenic_model::{DateInterval, Grain, Mention, MentionKind, TimeExpression};
use rustc_hash::FxHashMap;

use crate::analysis::Analysis;
use crate::powers::Power;
use table::{Heads, Term};
use titles::{Title, Titles};
use words::name_words;

/// Gives mentions of heads of state and of government their canonical name and their country, and governments that are
/// named after their head the country.
///
/// `times` are those of the text, in text order; `published` is the day on which it was, where that is known. A sentence
/// is dated by its own times, else by the day of publication, else by the last date before it.
///
/// The examples and counter-examples are in `models/gazetteer/heads-examples.tsv`, beside the table of heads.
pub fn name_heads(
    text: &str,
    analysis: &Analysis,
    mentions: &mut [Mention],
    published: Option<Date>,
    times: &[TimeExpression],
) {
    let calendar = Calendar::new(analysis, published, times);
    for group in groups(mentions) {
        let words = name_words(&mentions[group[0]].name);
        let country = group.iter().find_map(|&at| mentions[at].country.clone());
        let fits = |term: &&Term| country.as_deref().is_none_or(|country| country == term.country);
        let terms: Vec<&Term> = Heads::embedded().named(&words).filter(fits).collect();
        if terms.is_empty() {
            continue;
        }
        let titles = Titles { text, analysis, nation_is_named: country.is_some() };
        let seen: Vec<Sighting<'_>> = group
            .iter()
            .map(|&at| {
                let title = titles.of(mentions[at].span, &words);
                Sighting { mention: at, title, when: calendar.of(mentions[at].span.start) }
            })
            .collect();
        for (at, term) in holders(&terms, &words, &seen) {
            mentions[at].name = term.name.to_owned();
            mentions[at].country = Some(term.country.to_owned());
        }
    }
    governments(text, analysis, mentions, &calendar);
}

/// A mention of the person a group is about.
struct Sighting<'c> {
    mention: usize,
    title: Title,
    when: When<'c>,
}

/// Which mentions are of one holder, and of which of their terms.
fn holders<'h>(terms: &[&'h Term], words: &[String], seen: &[Sighting<'_>]) -> Vec<(usize, &'h Term)> {
    let full: Vec<&Term> = terms.iter().copied().filter(|term| term.has_full_name(words)).collect();
    if !full.is_empty() {
        let holds = |term: &&Term| seen.iter().any(|it| it.shows_in_full(term));
        let person = only_person(full.into_iter().filter(holds));
        return person.map_or_else(Vec::new, |term| seen.iter().map(|it| (it.mention, term)).collect());
    }
    let known: Vec<&Term> = terms.iter().copied().filter(|term| term.has_short_name(words)).collect();
    let titled: Vec<Option<&Term>> = seen.iter().map(|it| it.holder_by_title(&known)).collect();
    let shown = |term: &&Term| titled.iter().flatten().any(|person| person.is_of_same_person(term));
    let of_shown: Vec<&Term> = known.iter().copied().filter(shown).collect();
    let alone = |it: &Sighting<'_>| {
        let bare = it.title == Title::None;
        bare.then(|| only_person(of_shown.iter().copied().filter(|term| it.when.is_in(&term.time))))?
    };
    let found = seen.iter().zip(&titled);
    found.filter_map(|(it, titled)| Some((it.mention, titled.or_else(|| alone(it))?))).collect()
}

impl Sighting<'_> {
    /// Whether the full name at this place is the holder's: at a date in office, or with the office that was.
    fn shows_in_full(&self, term: &Term) -> bool {
        match &self.title {
            Title::Former(title) if term.office.is_called(title) => self.when.is_after(&term.time),
            Title::Office(title) if self.when.is_unknown() => term.office.is_called(title),
            _ => self.when.is_in_any(&term.time),
        }
    }

    /// The one who held the office at the sentence's own date, else at the document's.
    fn holder_by_title<'h>(&self, terms: &[&'h Term]) -> Option<&'h Term> {
        let called = |term: &&&Term| match &self.title {
            Title::Office(title) => term.office.is_called(title),
            Title::Nation => true,
            _ => false,
        };
        let at = |dates: &[DateInterval]| {
            let held = |term: &&&Term| dates.iter().any(|date| date.overlaps(&term.time));
            let mut held = terms.iter().filter(called).filter(held).copied().peekable();
            held.peek().is_some().then(|| only_person(held))
        };
        at(self.when.own).or_else(|| at(self.when.document)).or_else(|| at(self.when.running)).flatten()
    }
}

/// The one person of these terms, where they are one person's.
fn only_person<'h>(mut terms: impl Iterator<Item = &'h Term>) -> Option<&'h Term> {
    let first = terms.next()?;
    terms.all(|other| first.is_of_same_person(other)).then_some(first)
}

/// The persons of the document that have a name, each with its mentions in text order.
fn groups(mentions: &[Mention]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut by_name: FxHashMap<&str, usize> = FxHashMap::default();
    for (at, mention) in mentions.iter().enumerate().filter(|(_, it)| it.kind == MentionKind::Person) {
        if !mention.name.starts_with(char::is_uppercase) {
            continue;
        }
        let next = groups.len();
        let number = *by_name.entry(&mention.name).or_insert(next);
        if number == next {
            groups.push(Vec::new());
        }
        groups[number].push(at);
    }
    groups
}

/// Which day each sentence is about.
struct Calendar<'a> {
    analysis: &'a Analysis,
    document: Vec<DateInterval>,
    /// By sentence: the dates in it.
    own: Vec<Vec<DateInterval>>,
    /// By sentence: the nearest sentence before it that has dates.
    before: Vec<Option<usize>>,
}

/// The dates that may be those of a mention.
struct When<'c> {
    own: &'c [DateInterval],
    document: &'c [DateInterval],
    running: &'c [DateInterval],
}

impl<'a> Calendar<'a> {
    fn new(analysis: &'a Analysis, published: Option<Date>, times: &[TimeExpression]) -> Self {
        let mut own: Vec<Vec<DateInterval>> = vec![Vec::new(); analysis.sentences.len()];
        for time in times {
            let sentence =
                analysis.sentences.partition_point(|sentence| sentence.span.end <= time.span.start);
            // A decade holds too many heads to tell one by.
            let interval = time.interval.filter(|interval| interval.grain() <= Grain::Year);
            if let (Some(interval), Some(dates)) = (interval, own.get_mut(sentence)) {
                dates.push(interval);
            }
        }
        let mut last = None;
        let mut nearest_before = |(at, dates): (usize, &Vec<DateInterval>)| {
            let before = last;
            if !dates.is_empty() {
                last = Some(at);
            }
            before
        };
        let before = own.iter().enumerate().map(&mut nearest_before).collect();
        Self { analysis, document: published.map(DateInterval::day).into_iter().collect(), own, before }
    }

    fn of(&self, start: usize) -> When<'_> {
        let at = self.analysis.sentences.partition_point(|sentence| sentence.span.end <= start);
        let dates = |at: Option<usize>| at.and_then(|at| self.own.get(at)).map_or(&[][..], Vec::as_slice);
        let before = self.before.get(at).copied().flatten();
        When { own: dates(Some(at)), document: &self.document, running: dates(before) }
    }
}

impl When<'_> {
    /// Whether the sentence's own date lies in the term, or where it has none the document's or the one before.
    fn is_in(&self, term: &DateInterval) -> bool {
        let overlap = |dates: &[DateInterval]| dates.iter().any(|date| date.overlaps(term));
        if self.own.is_empty() { overlap(self.document) || overlap(self.running) } else { overlap(self.own) }
    }

    fn is_in_any(&self, term: &DateInterval) -> bool {
        self.all().any(|date| date.overlaps(term))
    }

    fn is_after(&self, term: &DateInterval) -> bool {
        self.all().any(|date| term.until() <= date.until())
    }

    fn is_unknown(&self) -> bool {
        self.all().next().is_none()
    }

    fn all(&self) -> impl Iterator<Item = &DateInterval> {
        self.own.iter().chain(self.document).chain(self.running)
    }
}

/// A government named after its head, or told to be of or under a head: the country of that head.
fn governments(text: &str, analysis: &Analysis, mentions: &mut [Mention], calendar: &Calendar<'_>) {
    let is_government = |mention: &Mention| {
        let last = mention.span.of(text).rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        mention.kind == MentionKind::Organisation
            && mention.country.is_none()
            && Power::of(&last.to_lowercase()) == Some(Power::Government)
    };
    for at in 0..mentions.len() {
        if is_government(&mentions[at]) {
            let span = mentions[at].span;
            let named = named_government(span.of(text), &calendar.of(span.start));
            let country = named.map(str::to_owned).or_else(|| led_by(text, analysis, mentions, at));
            mentions[at].country = country;
        }
    }
}

/// The country of the one head after whom a government is named.
fn named_government(name: &str, when: &When<'_>) -> Option<&'static str> {
    let of_name = |word: &&str| {
        word.starts_with(char::is_uppercase)
            && !titles::is_office(word)
            && !matches!(*word, "The" | "A" | "An")
    };
    let (name, _) = name.rsplit_once(' ')?;
    let kept = name.split(' ').map(|word| word.trim_end_matches("'s").trim_end_matches("’s")).filter(of_name);
    let words = name_words(&kept.collect::<Vec<_>>().join(" "));
    let terms = Heads::embedded().named(&words);
    let held =
        |term: &&Term| (term.has_full_name(&words) || term.has_short_name(&words)) && when.is_in(&term.time);
    let mut countries = terms.filter(held).map(|term| term.country);
    let first = countries.next()?;
    countries.all(|other| other == first).then_some(first)
}

/// "The government of", "led by" and then a person whose country is known.
fn led_by(text: &str, analysis: &Analysis, mentions: &[Mention], at: usize) -> Option<String> {
    let end = mentions[at].span.end;
    let first = analysis.tokens.partition_point(|token| token.span.start < end);
    let word = |at: usize| analysis.tokens.get(at).map_or("", |token| token.span.of(text));
    let after = match (word(first), word(first + 1)) {
        ("of" | "under", _) => first + 1,
        ("led" | "headed" | "formed", "by") => first + 2,
        _ => return None,
    };
    let start = analysis.tokens.get(after)?.span.start;
    let person = mentions[at..].iter().find(|it| it.kind == MentionKind::Person && it.span.start == start)?;
    person.country.clone()
}

#[cfg(test)]
mod tests;
