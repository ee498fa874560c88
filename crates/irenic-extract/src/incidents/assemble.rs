//! From the classifiers' answers to incidents: which are told, which sentences tell them, what fills their slots.

use irenic_model::Span;

use super::candidates::{Candidate, candidates};
use super::lexical;
use super::model::{IncidentModel, Linear};
use super::phrases::{Phrase, Report};
use super::proposals::{Proposal, of_fills, proposals};
use super::reader::worth_reading;
use super::stages::{Answers, Seen};
use super::training::Role;
use super::victims::victims;
use super::whereabouts::{Offer, Whereabouts};
use super::{Effect, Filler, Incident, IncidentKind, Second};
use crate::Input;
use crate::trees::Forest;

/// From which chances on an answer counts; the defaults were chosen on MUC-4's development reports by cross-validation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thresholds {
    /// A report tells a kind of incident, so that it is proposed.
    pub report: f32,
    /// A sentence tells a kind of incident.
    pub sentence: f32,
    /// The sentences of two groups tell the same incident, on average.
    pub same: f32,
    /// A proposed incident is one.
    pub incident: f32,
    /// A thing fills a slot of an incident. Where a half of the answers are right, one more raises F1 if it is right
    /// with a chance of a quarter; what has just that chance earns a little less.
    pub fill: f32,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { report: 0.15, sentence: 0.2, same: 0.7, incident: 0.35, fill: 0.28 }
    }
}

/// A thing that fills a slot, by the noun phrase that names it best.
pub(super) struct Filled {
    pub(super) phrase: usize,
    /// All that name it, that one first.
    pub(super) phrases: Vec<usize>,
    /// The number that any of its phrases counts.
    pub(super) counted: Option<u32>,
    chance: f32,
    pub(super) effect: Effect,
}

pub(super) fn incidents(
    input: &Input<'_>,
    model: &IncidentModel,
    second: Second<'_>,
    thresholds: &Thresholds,
) -> Vec<Incident> {
    let report = Report::new(input);
    let seen = Seen::new(&report);
    let mut answers = Answers::new(&seen, &model.linear);
    match second {
        Second::Nobody => {}
        Second::Reader(reader) => {
            reader
                .opinion(&report, &worth_reading(&answers))
                .iter()
                .for_each(|opinion| answers.hear(opinion));
        }
        Second::Opinion(opinion) => answers.hear(opinion),
    }
    let proposals = proposals(&seen, &answers, (&model.linear, &model.same), thresholds);
    let whereabouts = Whereabouts::new(&seen, &model.linear.places);
    let mut found = Vec::new();
    for proposal in &proposals {
        let rated = |role: &Role| -> Vec<(Candidate, f32)> {
            let class = *role as usize;
            let found = candidates(&seen, &answers, proposal, &proposals, class);
            let rate = |one: Candidate| {
                let chance = model.fills[class].chance(&one.row, &one.measures);
                (one, chance)
            };
            found.into_iter().map(rate).collect()
        };
        let rated: Vec<Vec<(Candidate, f32)>> = Role::ALL.iter().map(rated).collect();
        let chances: Vec<Vec<f32>> =
            rated.iter().map(|own| own.iter().map(|(_, chance)| *chance).collect()).collect();
        let mut measures = proposal.measures(&proposals, &seen, &answers, &model.linear);
        measures.extend(of_fills(&chances));
        let chance = model.proposal.chance(&lexical::of_proposal(&seen, &answers, proposal), &measures);
        if chance < thresholds.incident {
            continue;
        }
        let of_role = |role: Role| {
            let filled = rated[role as usize].iter().filter(|(_, fills)| chance * fills >= thresholds.fill);
            let filled = filled.map(|(one, fills)| filled_by(&seen, &answers, one, chance * fills));
            merged(&report, filled.collect())
        };
        let places = whereabouts.places(&seen, &answers, proposal, &model.linear.places);
        let place = likeliest(places, &model.place);
        let date = likeliest(whereabouts.days(&seen, &answers, proposal), &model.day);
        let own = Incident { place, date, ..incident(&report, &seen, &model.linear, proposal, of_role) };
        found.push((chance, own));
    }
    told_once(found)
}

/// Of incidents of one day and place of which one has nothing in its slots, or both have a filler in common, the one
/// with more in its slots, in the order of the proposals; of as many the surer.
fn told_once(found: Vec<(f32, Incident)>) -> Vec<Incident> {
    let mut order: Vec<usize> = (0..found.len()).collect();
    let fills = |at: usize| spans_of(&found[at].1).len();
    order.sort_by(|&a, &b| fills(b).cmp(&fills(a)).then(found[b].0.total_cmp(&found[a].0)).then(a.cmp(&b)));
    let mut kept: Vec<usize> = Vec::new();
    for at in order {
        let (own, spans) = (&found[at].1, spans_of(&found[at].1));
        let same = |&other: &usize| {
            let other = &found[other].1;
            let shares = spans_of(other).iter().any(|span| spans.contains(span));
            other.date == own.date && other.place == own.place && (spans.is_empty() || shares)
        };
        if !kept.iter().any(same) {
            kept.push(at);
        }
    }
    let keep = |(at, (_, incident))| kept.contains(&at).then_some(incident);
    found.into_iter().enumerate().filter_map(keep).collect()
}

/// Where the fillers of an incident stand.
fn spans_of(incident: &Incident) -> Vec<Span> {
    let lists = [&incident.instruments, &incident.perpetrators, &incident.organisations, &incident.targets];
    let fillers = lists.into_iter().flatten().map(|filler| filler.span);
    fillers.chain(incident.victims.iter().map(|victim| victim.span)).collect()
}

/// Of the values that a report offers the one that most likely is right; of equals the first.
fn likeliest<T>(offers: Vec<Offer<T>>, forest: &Forest) -> Option<T> {
    let rated = offers.into_iter().map(|offer| (forest.chance(&offer.measures), offer.value));
    let best = |best: (f32, T), next: (f32, T)| if next.0 > best.0 { next } else { best };
    rated.reduce(best).map(|(_, value)| value)
}

fn filled_by(seen: &Seen, answers: &Answers, one: &Candidate, chance: f32) -> Filled {
    let mut phrases = vec![one.phrase];
    phrases.extend(seen.things[one.thing].iter().filter(|&&at| at != one.phrase));
    // What became of a victim may stand with any mention; those that are likelier to be the victim weigh more.
    let mut effects = [0.0; Effect::ALL.len()];
    for &at in &phrases {
        let weight = answers.phrases[at][Role::Victim as usize];
        effects.iter_mut().zip(&answers.effects[at]).for_each(|(sum, share)| *sum += weight * share);
    }
    let sum: f32 = effects.iter().sum();
    let known = (1..effects.len()).max_by(|&a, &b| effects[a].total_cmp(&effects[b]));
    let effect = known.filter(|_| effects[0] < 0.6 * sum).unwrap_or(0);
    let counted = phrases.iter().find_map(|&at| seen.phrases[at].counted);
    Filled { phrase: one.phrase, phrases, counted, chance, effect: Effect::ALL[effect] }
}

fn incident(
    report: &Report<'_>,
    seen: &Seen,
    linear: &Linear,
    proposal: &Proposal,
    of_role: impl Fn(Role) -> Vec<Filled>,
) -> Incident {
    let fillers = |role: Role| -> Vec<Filler> {
        of_role(role).into_iter().map(|one| filler(report, &report.phrases[one.phrase])).collect()
    };
    Incident {
        kind: IncidentKind::ALL[proposal.kind],
        date: None,
        place: None,
        instruments: fillers(Role::Instrument),
        perpetrators: fillers(Role::Perpetrator),
        organisations: fillers(Role::Organisation),
        targets: fillers(Role::Target),
        victims: victims(report, seen, &linear.titles, &of_role(Role::Victim)),
    }
}

/// One of several things that share their words: the surest.
fn merged(report: &Report<'_>, mut filled: Vec<Filled>) -> Vec<Filled> {
    let phrase = |one: &Filled| &report.phrases[one.phrase];
    filled.sort_by(|a, b| b.chance.total_cmp(&a.chance));
    let mut kept: Vec<Filled> = Vec::new();
    for one in filled {
        let inside = |other: &Filled| {
            phrase(other).words.iter().all(|word| phrase(&one).words.contains(word))
                || phrase(&one).words.iter().all(|word| phrase(other).words.contains(word))
                || phrase(&one).words.last() == phrase(other).words.last()
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

#[cfg(test)]
mod tests {
    use super::*;

    fn told(kind: IncidentKind, place: &str, fillers: &[(usize, usize)]) -> Incident {
        let filler =
            |&(start, end): &(usize, usize)| Filler { text: String::new(), span: Span::new(start, end) };
        Incident {
            kind,
            date: None,
            place: crate::incidents::Place::parse(place),
            instruments: Vec::new(),
            perpetrators: Vec::new(),
            organisations: Vec::new(),
            targets: fillers.iter().map(filler).collect(),
            victims: Vec::new(),
        }
    }

    #[test]
    fn what_is_told_twice_counts_once() {
        let full = told(IncidentKind::Bombing, "NORLAND", &[(1, 5), (7, 9)]);
        let same = told(IncidentKind::Attack, "NORLAND", &[(1, 5)]);
        let empty = told(IncidentKind::Arson, "NORLAND", &[]);
        let other = told(IncidentKind::Attack, "NORLAND", &[(20, 25)]);
        let elsewhere = told(IncidentKind::Attack, "SUDLAND", &[(1, 5)]);
        let all = [same, full.clone(), empty, other.clone(), elsewhere.clone()];
        assert_eq!(told_once(all.map(|one| (0.5, one)).to_vec()), [full, other, elsewhere]);
    }
}
