//! From the classifiers' answers to incidents: which are told, which sentences tell them, what fills their slots.

use irenic_model::jiff::civil::Date;

use super::model::IncidentModel;
use super::pairs::of_pair;
use super::phrases::{Phrase, Report};
use super::places::Place;
use super::stages::{Answers, Seen};
use super::training::Role;
use super::victims::{counted, victims};
use super::{Effect, Filler, Incident, IncidentKind};
use crate::Input;

/// From which chances on an answer counts; the defaults were chosen on MUC-4's development reports by cross-validation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thresholds {
    /// A report tells a kind of incident.
    pub report: f32,
    /// A noun phrase fills a slot, by its role.
    pub roles: [f32; Role::ALL.len()],
    /// A sentence tells a kind of incident.
    pub sentence: f32,
    /// Two sentences tell the same incident.
    pub same: f32,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { report: 0.28, roles: [0.3, 0.25, 0.2, 0.3, 0.3], sentence: 0.2, same: 0.8 }
    }
}

/// A thing with the slot it fills, by the noun phrase that names it best.
pub(super) struct Filled {
    pub(super) phrase: usize,
    /// The number that any of its phrases counts.
    pub(super) counted: Option<u32>,
    role: Role,
    chance: f32,
    pub(super) effect: Effect,
    kind: usize,
}

pub(super) fn incidents(input: &Input<'_>, model: &IncidentModel, thresholds: &Thresholds) -> Vec<Incident> {
    let report = Report::new(input);
    let seen = Seen::new(&report);
    let answers = Answers::new(&seen, model);
    let told: Vec<usize> =
        (0..IncidentKind::ALL.len()).filter(|&kind| answers.told[kind] >= thresholds.report).collect();
    if told.is_empty() {
        return Vec::new();
    }
    let facts = Facts::new(&report, &seen, model);
    let filled = filled(&report, &seen, &answers, &told, thresholds);
    let sentences = &answers.context.sentences;
    let mut found = Vec::new();
    for kind in told {
        for happening in happenings(&seen, sentences, kind, model, thresholds) {
            found.push(incident(&report, sentences, &filled, kind, &happening, &facts));
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
    fn new(report: &Report<'_>, seen: &Seen, model: &IncidentModel) -> Self {
        let mut all = (0..report.sentences()).map(|at| report.sentence_words(at));
        let first = all.find_map(|words| model.places.find(&words).first().map(|&place| place.clone()));
        let country = first.map(|place| Place { levels: vec![place.country().to_owned()] });
        Self {
            dateline: seen.dateline,
            dates: seen.facts.iter().map(|sentence| sentence.date).collect(),
            places: seen.facts.iter().map(|sentence| sentence.place(&model.places).cloned()).collect(),
            country,
        }
    }

    /// The first town of some sentences, else the first country, else that of the dateline.
    fn place(&self, order: &[usize]) -> Option<Place> {
        let known = || order.iter().filter_map(|&at| self.places[at].as_ref());
        known()
            .find(|place| place.levels.len() > 1)
            .or_else(|| known().next())
            .or(self.country.as_ref())
            .cloned()
    }
}

/// The happenings of one kind: for each the sentences that tell it, in text order.
///
/// Each sentence that tells the kind joins the happening it fits best, or begins one; the sentences between go with
/// the one before.
fn happenings(
    seen: &Seen,
    sentences: &[Vec<f32>],
    kind: usize,
    model: &IncidentModel,
    thresholds: &Thresholds,
) -> Vec<Vec<usize>> {
    let mut found: Vec<Vec<usize>> = vec![Vec::new()];
    let mut telling: Vec<Vec<usize>> = vec![Vec::new()];
    let mut current = 0;
    for (at, shares) in sentences.iter().enumerate() {
        if shares[kind + 1] >= thresholds.sentence {
            let same = |told: &Vec<usize>| {
                let pair = |&first: &usize| {
                    let row = of_pair(&seen.facts, &model.places, IncidentKind::ALL[kind], first, at);
                    model.pair.chances(&row)[0]
                };
                // A happening that nothing tells yet takes the first sentence that tells one.
                if told.is_empty() { 1.0 } else { told.iter().map(pair).sum::<f32>() / told.len() as f32 }
            };
            let fits: Vec<f32> = telling.iter().map(same).collect();
            let best = (0..fits.len()).max_by(|&a, &b| fits[a].total_cmp(&fits[b])).unwrap_or(0);
            current = best;
            if fits[best] < thresholds.same {
                current = found.len();
                found.push(Vec::new());
                telling.push(Vec::new());
            }
            telling[current].push(at);
        }
        found[current].push(at);
    }
    found
}

fn filled(
    report: &Report<'_>,
    seen: &Seen,
    answers: &Answers,
    told: &[usize],
    thresholds: &Thresholds,
) -> Vec<Filled> {
    let mut found: Vec<Filled> = Vec::new();
    for thing in &seen.things {
        let counted = thing.iter().find_map(|&at| counted(report, &report.phrases[at]));
        for (class, &role) in Role::ALL.iter().enumerate() {
            let surest =
                |&&a: &&usize, &&b: &&usize| answers.phrases[a][class].total_cmp(&answers.phrases[b][class]);
            let Some(&phrase) = thing.iter().max_by(surest) else { continue };
            let chance = answers.phrases[phrase][class];
            if chance < thresholds.roles[class] {
                continue;
            }
            let effects = &answers.effects[phrase];
            let known = (1..effects.len()).max_by(|&a, &b| effects[a].total_cmp(&effects[b]));
            let effect = known.filter(|_| effects[0] < 0.6).unwrap_or(0);
            let own = &answers.context.sentences[report.phrases[phrase].sentence];
            let kind =
                *told.iter().max_by(|&&a, &&b| own[a + 1].total_cmp(&own[b + 1])).expect("some kind is told");
            found.push(Filled { phrase, counted, role, chance, effect: Effect::ALL[effect], kind });
        }
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
    let place = facts.place(&order);
    let of_role = |role: Role| {
        let own = |one: &&Filled| {
            one.role == role && one.kind == kind && happening.contains(&report.phrases[one.phrase].sentence)
        };
        let mut found = merged(report, filled.iter().filter(own).collect());
        if found.is_empty() && matches!(role, Role::Organisation | Role::Perpetrator) {
            found = merged(report, filled.iter().filter(|one| one.role == role).collect());
        }
        found
    };
    let fillers = |role: Role| -> Vec<Filler> {
        of_role(role).into_iter().map(|one| filler(report, &report.phrases[one.phrase])).collect()
    };
    Incident {
        kind: IncidentKind::ALL[kind],
        date,
        place,
        instruments: fillers(Role::Instrument),
        perpetrators: fillers(Role::Perpetrator),
        organisations: fillers(Role::Organisation),
        targets: fillers(Role::Target),
        victims: victims(report, &of_role(Role::Victim)),
    }
}

/// One of several things that share their words: the surest.
fn merged<'f>(report: &Report<'_>, mut filled: Vec<&'f Filled>) -> Vec<&'f Filled> {
    let phrase = |one: &Filled| &report.phrases[one.phrase];
    filled.sort_by(|a, b| b.chance.total_cmp(&a.chance));
    let mut kept: Vec<&Filled> = Vec::new();
    for one in filled {
        let inside = |other: &&Filled| {
            phrase(other).words.iter().all(|word| phrase(one).words.contains(word))
                || phrase(one).words.iter().all(|word| phrase(other).words.contains(word))
                || phrase(one).words.last() == phrase(other).words.last()
        };
        if !kept.iter().any(inside) {
            kept.push(one);
        }
    }
    kept.sort_by_key(|one| phrase(one).span);
    kept
}

fn filler(report: &Report<'_>, phrase: &Phrase) -> Filler {
    Filler { text: report.plain_words(phrase), span: phrase.span }
}
