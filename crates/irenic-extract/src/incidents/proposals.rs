//! Incidents that a report may tell: for each likely kind the sentences that tell one happening, where and when.

use irenic_model::jiff::civil::Date;

use super::IncidentKind;
use super::assemble::Thresholds;
use super::model::Linear;
use super::places::Place;
use super::sameness::{Sameness, joined, likeness};
use super::stages::{Answers, Seen};
use super::training::Role;
use crate::trees::Forest;

/// An incident that a report may tell.
#[derive(Clone, Debug)]
pub(super) struct Proposal {
    pub(super) kind: usize,
    /// The sentences that tell it or lie between those that do, in text order.
    pub(super) sentences: Vec<usize>,
    /// Those that tell it, the surest first.
    pub(super) telling: Vec<usize>,
    pub(super) date: Option<Date>,
    /// Whether a sentence says the date, rather than the dateline.
    dated: bool,
    pub(super) place: Option<Place>,
    /// How alike its sentences and those of an earlier happening of the kind are on average, at most.
    fit: f32,
    /// How many of its kind are proposed before it.
    before: usize,
}

/// The incidents that a report may tell.
pub(super) fn proposals(
    seen: &Seen,
    answers: &Answers,
    (model, same): (&Linear, &Forest),
    thresholds: &Thresholds,
) -> Vec<Proposal> {
    let mut found = Vec::new();
    let sameness = Sameness::new(seen, answers, model);
    let told = (0..IncidentKind::ALL.len()).filter(|&kind| answers.told[kind] >= thresholds.report);
    let facts = Facts::new(seen, model);
    for kind in told {
        let sentences = &answers.context.sentences;
        for (before, (members, fit)) in
            happenings(&sameness, sentences.len(), kind, same, thresholds).into_iter().enumerate()
        {
            let mut telling = members.clone();
            telling
                .sort_by(|&a, &b| sentences[b][kind + 1].total_cmp(&sentences[a][kind + 1]).then(a.cmp(&b)));
            telling.retain(|&at| sentences[at][kind + 1] >= 0.15);
            let stated = telling.iter().find_map(|&at| seen.facts[at].date);
            found.push(Proposal {
                kind,
                date: stated.or(seen.dateline),
                dated: stated.is_some(),
                place: facts.place(&telling),
                sentences: members,
                telling,
                fit,
                before,
            });
        }
    }
    found
}

/// What each sentence says of place.
struct Facts {
    places: Vec<Option<Place>>,
    country: Option<Place>,
}

impl Facts {
    fn new(seen: &Seen, model: &Linear) -> Self {
        let first =
            seen.words().find_map(|words| model.places.find(words).first().map(|&place| place.clone()));
        let country = first.map(|place| Place { levels: vec![place.country().to_owned()] });
        Self {
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

/// The happenings of one kind: for each the sentences that tell it, in text order, and how well they fit an earlier one.
///
/// The sentences that tell the kind are joined to happenings; those between go with the one before.
fn happenings(
    sameness: &Sameness<'_>,
    sentences: usize,
    kind: usize,
    same: &Forest,
    thresholds: &Thresholds,
) -> Vec<(Vec<usize>, f32)> {
    let telling = sameness.telling(kind, thresholds.sentence);
    if telling.is_empty() {
        return vec![((0..sentences).collect(), 0.0)];
    }
    let table = sameness.table(kind, &telling, same);
    let groups = joined(&table, thresholds.same);
    let fit =
        |own: usize| (0..own).map(|other| likeness(&table, &groups[own], &groups[other])).fold(0.0, f32::max);
    let mut found: Vec<(Vec<usize>, f32)> = (0..groups.len()).map(|own| (Vec::new(), fit(own))).collect();
    let mut current = 0;
    for at in 0..sentences {
        if let Ok(row) = telling.binary_search(&at) {
            current = groups.iter().position(|group| group.contains(&row)).unwrap_or(current);
        }
        found[current].0.push(at);
    }
    found
}

impl Proposal {
    /// Whether a sentence is one of its own.
    pub(super) fn has(&self, sentence: usize) -> bool {
        self.sentences.binary_search(&sentence).is_ok()
    }

    /// What the fillers of its slots may depend on.
    pub(super) fn outline(&self, all: &[Proposal], answers: &Answers) -> Vec<f32> {
        vec![
            self.kind as f32,
            answers.told[self.kind],
            all.len() as f32,
            all.iter().filter(|other| other.kind == self.kind).count() as f32,
            self.before as f32,
            self.telling.len() as f32,
        ]
    }

    /// What tells whether the proposal is one that a report's reader would make.
    pub(super) fn measures(
        &self,
        all: &[Proposal],
        seen: &Seen,
        answers: &Answers,
        model: &Linear,
    ) -> Vec<f32> {
        let sentences = &answers.context.sentences;
        let best = |share: &dyn Fn(&Vec<f32>) -> f32, among: &[usize]| {
            let mut shares: Vec<f32> = among.iter().map(|&at| share(&sentences[at])).collect();
            shares.sort_by(|a, b| b.total_cmp(a));
            shares.resize(3, 0.0);
            shares
        };
        let own = best(&|shares| shares[self.kind + 1], &self.sentences);
        let any = best(&|shares| 1.0 - shares[0], &self.sentences);
        let everywhere: Vec<usize> = (0..sentences.len()).collect();
        let whole = best(&|shares| shares[self.kind + 1], &everywhere);
        let others = all.iter().filter(|other| other.kind != self.kind);
        let rival = others.map(|other| answers.told[other.kind]).fold(0.0, f32::max);
        let top = self.telling.first().copied();
        let rival_there = top.map_or(0.0, |at| {
            (1..sentences[at].len())
                .filter(|&kind| kind != self.kind + 1)
                .map(|kind| sentences[at][kind])
                .fold(0.0, f32::max)
        });
        let age = match (seen.dateline, self.date) {
            (Some(line), Some(date)) => line.since(date).map_or(0, |span| span.get_days()) as f32,
            _ => -1.0,
        };
        let mut measures = vec![
            answers.told[self.kind],
            answers.context.kinds[self.kind],
            answers.context.any,
            rival,
            rival_there,
            self.kind as f32,
            all.len() as f32,
            all.iter().filter(|other| other.kind == self.kind).count() as f32,
            self.before as f32,
            self.fit,
            self.telling.len() as f32,
            self.sentences.len() as f32,
            sentences.len() as f32,
            top.map_or(99.0, |at| at as f32),
            age,
            f32::from(u8::from(self.dated)),
            self.place.as_ref().map_or(0.0, |place| place.levels.len() as f32),
            self.place.as_ref().map_or(0.0, |place| model.places.told_in(place.country())),
        ];
        measures.extend([own, any, whole].concat());
        // How sure the surest filler of each role is.
        let inside = |at: &usize| self.has(seen.phrases[*at].sentence);
        for class in 0..Role::ALL.len() {
            let mut chances: Vec<f32> =
                (0..seen.phrases.len()).filter(inside).map(|at| answers.phrases[at][class]).collect();
            chances.sort_by(|a, b| b.total_cmp(a));
            chances.resize(2, 0.0);
            measures.extend(chances);
        }
        measures
    }
}

/// What the chances of the candidates of each role say of the incident: an attack that hits nobody and nothing is none.
pub(super) fn of_fills(chances: &[Vec<f32>]) -> Vec<f32> {
    let mut measures = Vec::new();
    for own in chances {
        measures.extend([
            own.iter().copied().fold(0.0, f32::max),
            own.iter().sum(),
            own.iter().filter(|&&chance| chance >= 0.35).count() as f32,
        ]);
    }
    let hit = [Role::Victim, Role::Target].map(|role| chances[role as usize].iter().sum::<f32>());
    measures.push(hit[0] + hit[1]);
    measures
}
