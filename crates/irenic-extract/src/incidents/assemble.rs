//! From the classifiers' answers to incidents: which are told, which sentences tell them, what fills their slots.

use irenic_language::mentions::Gazetteer;
use irenic_language::{Penn, Relation};
use irenic_model::jiff::civil::Date;
use irenic_model::{MentionKind, Span};

use super::candidates::{Candidate, Report};
use super::features::{of_candidate, of_report, of_sentence};
use super::model::IncidentModel;
use super::places::Place;
use super::training::Role;
use super::{Effect, Filler, Incident, IncidentKind, Victim, dates};
use crate::Input;

/// From which chances on an answer counts; the defaults were chosen on MUC-4's development reports by cross-validation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thresholds {
    /// A report tells a kind of incident.
    pub report: f32,
    /// A noun phrase fills a slot.
    pub role: f32,
    /// A sentence with another place or day begins another incident of its kind.
    pub split: f32,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { report: 0.3, role: 0.3, split: 0.5 }
    }
}

impl Thresholds {
    /// Organisations are named over and over, so that each naming is less sure of its slot.
    fn of(&self, role: Role) -> f32 {
        if role == Role::Organisation { self.role * 0.75 } else { self.role }
    }
}

/// A noun phrase with the slot it fills.
struct Filled {
    candidate: Candidate,
    role: Role,
    chance: f32,
    effect: Effect,
    kind: usize,
}

pub(super) fn incidents(input: &Input<'_>, model: &IncidentModel, thresholds: &Thresholds) -> Vec<Incident> {
    let report = Report::new(input);
    let sentences: Vec<Vec<f32>> =
        (0..report.sentences()).map(|at| model.sentence.shares(&of_sentence(&report, at))).collect();
    let told = kinds_told(&report, model, &sentences, thresholds);
    if told.is_empty() {
        return Vec::new();
    }
    let dateline = (0..report.sentences().min(3)).find_map(|at| dates::dateline(&report.sentence_words(at)));
    let facts = Facts::new(&report, model, dateline);
    let filled = filled(&report, model, &sentences, &told, thresholds);
    let mut found = Vec::new();
    for kind in told {
        for happening in happenings(&sentences, kind, &facts, thresholds) {
            found.push(incident(&report, &sentences, &filled, kind, &happening, &facts));
        }
    }
    found
}

/// What each sentence says of time and place.
struct Facts {
    dateline: Option<Date>,
    dates: Vec<Option<Date>>,
    places: Vec<Option<Place>>,
    country: Option<Place>,
}

impl Facts {
    fn new(report: &Report<'_>, model: &IncidentModel, dateline: Option<Date>) -> Self {
        let words: Vec<Vec<String>> = (0..report.sentences()).map(|at| report.sentence_words(at)).collect();
        let date = |words: &Vec<String>| dates::date_in(words, dateline?);
        let known = |words: &Vec<String>| {
            model.places.find(words).into_iter().max_by_key(|place| place.levels.len()).cloned()
        };
        let first =
            words.iter().find_map(|words| model.places.find(words).first().map(|&place| place.clone()));
        let country = first.map(|place| Place { levels: vec![place.country().to_owned()] });
        Self {
            dateline,
            dates: words.iter().map(date).collect(),
            places: words.iter().map(known).collect(),
            country,
        }
    }

    /// Whether two sentences name different days or towns.
    fn differ(&self, one: usize, other: usize) -> bool {
        let town = |at: usize| self.places[at].as_ref().filter(|place| place.levels.len() > 1);
        let other_town = town(one).zip(town(other)).is_some_and(|(a, b)| {
            let shared = a.levels.len().min(b.levels.len());
            a.levels[..shared] != b.levels[..shared]
        });
        let other_day = self.dates[one].zip(self.dates[other]).is_some_and(|(a, b)| a != b);
        other_town || other_day
    }
}

/// The kinds that the report tells, by their place in [`IncidentKind::ALL`].
fn kinds_told(
    report: &Report<'_>,
    model: &IncidentModel,
    sentences: &[Vec<f32>],
    thresholds: &Thresholds,
) -> Vec<usize> {
    let chances = model.report.chances(&of_report(report));
    let strongest = |kind: usize| sentences.iter().map(|shares| shares[kind + 1]).fold(0.0, f32::max);
    let score = |kind: usize| 0.5 * chances[kind] + 0.5 * strongest(kind);
    (0..IncidentKind::ALL.len()).filter(|&kind| score(kind) >= thresholds.report).collect()
}

/// The happenings of one kind: for each the sentences that tell it, in text order.
fn happenings(
    sentences: &[Vec<f32>],
    kind: usize,
    facts: &Facts,
    thresholds: &Thresholds,
) -> Vec<Vec<usize>> {
    let mut found: Vec<Vec<usize>> = vec![Vec::new()];
    let mut telling: Vec<Option<usize>> = vec![None];
    let mut current = 0;
    for (at, shares) in sentences.iter().enumerate() {
        if shares[kind + 1] >= thresholds.split {
            let same = |told: &Option<usize>| told.is_none_or(|first| !facts.differ(first, at));
            current = telling.iter().rposition(same).unwrap_or_else(|| {
                found.push(Vec::new());
                telling.push(None);
                telling.len() - 1
            });
            telling[current].get_or_insert(at);
        }
        found[current].push(at);
    }
    found
}

fn filled(
    report: &Report<'_>,
    model: &IncidentModel,
    sentences: &[Vec<f32>],
    told: &[usize],
    thresholds: &Thresholds,
) -> Vec<Filled> {
    let mut found: Vec<Filled> = Vec::new();
    for candidate in report.candidates() {
        let features = of_candidate(report, &candidate);
        let shares = model.role.shares(&features);
        let best = (1..shares.len()).max_by(|&a, &b| shares[a].total_cmp(&shares[b]));
        let Some(class) = best.filter(|&class| shares[class] >= thresholds.of(Role::ALL[class - 1])) else {
            continue;
        };
        let role = Role::ALL[class - 1];
        let effects = model.effect.shares(&features);
        let effect = (0..effects.len()).max_by(|&a, &b| effects[a].total_cmp(&effects[b])).unwrap_or(0);
        let own = &sentences[candidate.sentence];
        let kind =
            *told.iter().max_by(|&&a, &&b| own[a + 1].total_cmp(&own[b + 1])).expect("some kind is told");
        found.push(Filled { candidate, role, chance: shares[class], effect: Effect::ALL[effect], kind });
    }
    found
}

fn incident(
    report: &Report<'_>,
    sentences: &[Vec<f32>],
    filled: &[Filled],
    kind: usize,
    happening: &[usize],
    facts: &Facts,
) -> Incident {
    let mut order = happening.to_vec();
    order.sort_by(|&a, &b| sentences[b][kind + 1].total_cmp(&sentences[a][kind + 1]).then(a.cmp(&b)));
    order.retain(|&at| sentences[at][kind + 1] >= 0.15);
    let date = order.iter().find_map(|&at| facts.dates[at]).or(facts.dateline);
    let place = order.iter().find_map(|&at| facts.places[at].clone()).or_else(|| facts.country.clone());
    let of_role = |role: Role| {
        let own = |one: &&Filled| {
            one.role == role && one.kind == kind && happening.contains(&one.candidate.sentence)
        };
        let mut found = merged(filled.iter().filter(own).collect());
        if found.is_empty() && matches!(role, Role::Organisation | Role::Perpetrator) {
            found = merged(filled.iter().filter(|one| one.role == role).collect());
        }
        found
    };
    let fillers = |role: Role| -> Vec<Filler> {
        of_role(role).into_iter().map(|one| filler(report, one.candidate.span)).collect()
    };
    Incident {
        kind: IncidentKind::ALL[kind],
        date,
        place,
        instruments: fillers(Role::Instrument),
        perpetrators: fillers(Role::Perpetrator),
        organisations: fillers(Role::Organisation),
        targets: fillers(Role::Target),
        victims: victims(report, filled, of_role(Role::Victim)),
    }
}

fn victims(report: &Report<'_>, filled: &[Filled], own: Vec<&Filled>) -> Vec<Victim> {
    let all: Vec<&Filled> = filled.iter().filter(|one| one.role == Role::Victim).collect();
    own.into_iter().map(|one| victim(report, one, &all)).collect()
}

/// One of several noun phrases for the same thing: the surest, and of equals the longest.
fn merged(mut filled: Vec<&Filled>) -> Vec<&Filled> {
    filled.sort_by(|a, b| {
        b.candidate
            .words
            .len()
            .min(4)
            .cmp(&a.candidate.words.len().min(4))
            .then(b.chance.total_cmp(&a.chance))
    });
    let mut kept: Vec<&Filled> = Vec::new();
    for one in filled {
        let inside = |other: &&Filled| {
            one.candidate.words.iter().all(|word| other.candidate.words.contains(word))
                || one.candidate.words.last() == other.candidate.words.last()
        };
        if !kept.iter().any(inside) {
            kept.push(one);
        }
    }
    kept.sort_by_key(|one| one.candidate.span);
    kept
}

fn filler(report: &Report<'_>, span: Span) -> Filler {
    Filler { text: span.of(report.text).split_whitespace().collect::<Vec<_>>().join(" "), span }
}

/// A victim from the noun phrases that name it, the surest first.
fn victim(report: &Report<'_>, filled: &Filled, others: &[&Filled]) -> Victim {
    let candidate = &filled.candidate;
    let token = report.tree.token(candidate.head);
    let whole = filler(report, candidate.span).text;
    let person = report.kind_at(token.span) == Some(MentionKind::Person);
    let (name, title) = if person { split_title(&whole) } else { (None, None) };
    let described = || {
        let same = |one: &&&Filled| one.candidate.words.last() == candidate.words.last();
        let mut alike = std::iter::once(&filled).chain(others.iter().filter(same));
        alike.find_map(|one| {
            split_title(&filler(report, one.candidate.span).text).1.or_else(|| apposition(report, one))
        })
    };
    let description = match &name {
        Some(_) => title.or_else(described),
        None => Some(whole),
    };
    let plural = token.xpos.is_plural() || matches!(token.xpos, Penn::Nns | Penn::Nnps);
    let counter = report.tree.child(candidate.head, Relation::Nummod);
    let counted = counter.and_then(|at| number(report.tree.token(at).span.of(report.text)));
    let number = counted.or_else(|| (!plural || name.is_some()).then_some(1));
    Victim { name, description, number, effect: filled.effect, span: candidate.span }
}

/// "GENERAL JOHN ADAMS": the name and the everyday words before it.
fn split_title(words: &str) -> (Option<String>, Option<String>) {
    let gazetteer = Gazetteer::embedded();
    let everyday = |word: &str| {
        let flags = gazetteer.find(word.trim_end_matches('.')).map(|entry| entry.flags()).unwrap_or_default();
        (flags.common_word() && !flags.given_name())
            || word.len() < 2
            || word.ends_with('.') && word.len() > 2
    };
    let all: Vec<&str> = words.split(' ').collect();
    let first = all.iter().position(|word| !everyday(word)).unwrap_or(0);
    let title = (first > 0).then(|| all[..first].join(" "));
    (Some(all[first..].join(" ")), title)
}

/// "JOHN ADAMS, MAYOR OF THE TOWN": what is put beside a name.
fn apposition(report: &Report<'_>, filled: &Filled) -> Option<String> {
    let tree = &report.tree;
    let beside = tree.child(filled.candidate.head, Relation::Appos)?;
    let common = tree.token(beside).upos == irenic_language::Upos::Noun;
    common.then(|| filler(report, tree.phrase_span(beside)).text)
}

fn number(word: &str) -> Option<u32> {
    const SMALL: [&str; 13] = [
        "ZERO", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE", "TEN", "ELEVEN",
        "TWELVE",
    ];
    let upper = word.to_uppercase();
    let small = SMALL.iter().position(|small| *small == upper).map(|at| at as u32);
    small.or_else(|| upper.replace(',', "").parse().ok())
}
