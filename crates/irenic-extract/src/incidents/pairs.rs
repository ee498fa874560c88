//! Whether two sentences tell the same incident: what the classifier sees of them.

use std::collections::BTreeSet;

use irenic_language::Upos;
use irenic_model::MentionKind;
use irenic_model::jiff::civil::Date;

use super::dates::Manner;
use super::features::{Features, bucket};
use super::phrases::{Phrase, Report};
use super::places::{Gazette, Place};
use super::{IncidentKind, dates};

/// What a sentence says of time and place, and its words.
#[derive(Clone, Debug)]
pub(super) struct SeenSentence {
    /// The first date that it gives.
    pub(super) date: Option<Date>,
    /// All of them: at which word, which, and how.
    pub(super) dates: Vec<(usize, Date, Manner)>,
    /// The names that places may have.
    pub(super) spots: Vec<Spot>,
    pub(super) words: Vec<String>,
    /// The paragraph that it stands in, counted from the first.
    pub(super) paragraph: usize,
    lemmas: BTreeSet<String>,
    /// The names of places.
    names: BTreeSet<String>,
}

/// A name that a place may have.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    /// Its first word's place in the sentence.
    pub(super) at: usize,
    pub(super) words: Vec<String>,
    /// Whether it is known for a place.
    pub(super) location: bool,
    /// Whether a word of it is a name.
    pub(super) proper: bool,
}

impl SeenSentence {
    pub(super) fn all(report: &Report<'_>, dateline: Option<Date>) -> Vec<Self> {
        let mut paragraph = 0;
        (0..report.sentences())
            .map(|at| {
                paragraph += usize::from(report.begins_paragraph(at));
                let words = report.body_words(at);
                let places = report.names_in(at).filter(|name| name.kind == MentionKind::Location);
                let dates = dateline.map_or_else(Vec::new, |line| dates::dates_in(&words, line));
                Self {
                    date: dates.first().map(|one| one.1),
                    dates,
                    paragraph,
                    spots: spots(report, at, &words),
                    lemmas: report.content_lemmas(at).iter().map(|lemma| lemma.to_lowercase()).collect(),
                    names: places.map(|name| name.name.to_uppercase()).collect(),
                    words,
                }
            })
            .collect()
    }

    /// A sentence of nothing but words and names.
    #[cfg(test)]
    pub(super) fn of_words(words: Vec<String>, spots: Vec<Spot>) -> Self {
        let (lemmas, names) = (BTreeSet::new(), BTreeSet::new());
        Self { date: None, dates: Vec::new(), paragraph: 0, spots, words, lemmas, names }
    }

    /// The narrowest known place that it names.
    pub(super) fn place<'g>(&self, gazette: &'g Gazette) -> Option<&'g Place> {
        gazette.find(&self.words).into_iter().max_by_key(|place| place.levels.len())
    }
}

/// The names in a sentence of words that neither persons nor organisations are known to have.
fn spots(report: &Report<'_>, sentence: usize, words: &[String]) -> Vec<Spot> {
    let first = report.phrases.partition_point(|phrase| phrase.sentence < sentence);
    let own = report.phrases[first..].iter().take_while(|phrase| phrase.sentence == sentence);
    let spot = |phrase: &Phrase| {
        let kind = report.kind_at(report.tree.token(phrase.head).span);
        if matches!(kind, Some(MentionKind::Person | MentionKind::Organisation)) {
            return None;
        }
        let at = words.windows(phrase.words.len()).position(|run| run == phrase.words)?;
        let tokens = report.tree.analysis.tokens_in(phrase.span);
        let proper = tokens.clone().any(|at| report.tree.token(at).upos == Upos::Propn);
        let location = kind == Some(MentionKind::Location);
        Some(Spot { at, words: phrase.words.clone(), location, proper })
    };
    own.filter_map(spot).collect()
}

/// Whether one of two places is the other or contains it.
fn is_within(one: &Place, other: &Place) -> bool {
    let shared = one.levels.len().min(other.levels.len());
    one.levels[..shared] == other.levels[..shared]
}

/// What two facts say of each other: both known and alike, both known and not, one known, none.
fn relation<T>(one: Option<T>, other: Option<T>, alike: impl Fn(&T, &T) -> bool) -> &'static str {
    match (one, other) {
        (Some(a), Some(b)) if alike(&a, &b) => "same",
        (Some(_), Some(_)) => "other",
        (Some(_), None) => "first",
        (None, Some(_)) => "second",
        (None, None) => "none",
    }
}

/// For each sentence the narrowest known place that it names, if that is no country.
pub(super) fn towns<'g>(sentences: &[SeenSentence], gazette: &'g Gazette) -> Vec<Option<&'g Place>> {
    let town = |seen: &SeenSentence| seen.place(gazette).filter(|place| place.levels.len() > 1);
    sentences.iter().map(town).collect()
}

/// What two sentences of a report, the earlier one first, say of each other.
pub(super) struct Pair<'a> {
    other: &'a SeenSentence,
    /// How many sentences stand between them.
    between: usize,
    day: &'static str,
    /// Of the towns that they name.
    pub(super) place: &'static str,
    /// Of all names of places.
    pub(super) named: &'static str,
    /// The lemmas that both have.
    pub(super) shared: Vec<&'a str>,
}

impl<'a> Pair<'a> {
    pub(super) fn new(
        sentences: &'a [SeenSentence],
        towns: &[Option<&Place>],
        first: usize,
        second: usize,
    ) -> Self {
        let (one, other) = (&sentences[first], &sentences[second]);
        let names = |seen: &'a SeenSentence| (!seen.names.is_empty()).then_some(&seen.names);
        Self {
            other,
            between: second - first - 1,
            day: relation(one.date, other.date, |a, b| a == b),
            place: relation(towns[first], towns[second], |a, b| is_within(a, b)),
            named: relation(names(one), names(other), |a, b| !a.is_disjoint(b)),
            shared: one.lemmas.intersection(&other.lemmas).map(String::as_str).collect(),
        }
    }

    /// The words by which the later one speaks of one more.
    pub(super) fn more(&self) -> impl Iterator<Item = &'a str> {
        let words = self.other.words.iter().map(String::as_str);
        words.filter(|word| matches!(*word, "ANOTHER" | "OTHER" | "SECOND" | "THIRD"))
    }

    /// What tells whether both tell the same incident of a kind, as features.
    pub(super) fn features(&self, kind: IncidentKind) -> Vec<u32> {
        let Self { other, day, place, named, .. } = *self;
        let far = bucket(self.between);
        let mut row = Features::new();
        row.add(&["day", day]);
        row.add(&["place", place]);
        row.add(&["named", named]);
        row.add(&["day-place", day, place]);
        row.add(&["place-named", place, named]);
        row.add(&["all", day, place, named]);
        row.add(&["far", far]);
        row.add(&["far-place", far, place]);
        row.add(&["kind", kind.name()]);
        row.add(&["kind-place", kind.name(), place]);
        row.add(&["shared", bucket(self.shared.len())]);
        for lemma in &self.shared {
            row.add(&["shares", lemma]);
        }
        for lemma in &other.lemmas {
            row.add(&["second", lemma]);
        }
        for word in other.words.iter().take(3) {
            row.add(&["starts", word]);
        }
        for word in self.more() {
            row.add(&["another", word, place]);
        }
        row.finish()
    }
}
