//! What ends fighting: truces, accords and ends of fighting that held, each with its best day.
//!
//! One deal is told many times: by its day here and by its month or year there, as a ceasefire by one and as an agreement
//! by another, as the end of the fighting by a third. What is told of the same days is one end of fighting.

use irenic_model::{Certainty, ClashScale, Evidence, Observation};

use crate::StageModel;
use crate::machine::Input;
use crate::marks::{Known, Mark};
use crate::wars::{Edge, War};

/// An end of fighting.
#[derive(Clone, Debug)]
pub(crate) struct Ender<'a> {
    pub(crate) edge: Edge,
    /// Truce, accord or calm.
    pub(crate) input: Input,
    /// What the same deal is called by some, where most call it otherwise.
    pub(crate) rival: Option<Input>,
    pub(crate) evidence: Vec<&'a Evidence>,
}

impl Ender<'_> {
    /// Whether it is a deal between the sides, and not a mere end.
    pub(crate) const fn is_deal(&self) -> bool {
        matches!(self.input, Input::Truce | Input::Accord)
    }
}

/// A fine end and a deal no further apart than this, in days, are one.
const APART_DAYS_MAX: i32 = 31;

/// From this day on a truce may be the one that ended a war.
pub(crate) const fn start_of_end(until: Edge) -> i32 {
    until.low.saturating_sub(APART_DAYS_MAX)
}

/// The ends of fighting that held, in order of time: no sustained fighting soon after, no war that went on.
pub(crate) fn enders<'a>(model: &StageModel, known: &Known<'a>, wars: &[War<'a>]) -> Vec<Ender<'a>> {
    let least = model.days("ceasefire_days_min");
    let serious: Vec<i32> = known
        .marks
        .iter()
        .filter(|mark| {
            matches!(
                mark.shows(),
                Observation::Clash { scale: ClashScale::Sustained } | Observation::WarBegins
            ) && mark.evidence.when.is_some_and(|when| when.certainty() != Certainty::Inferred)
        })
        .map(|mark| mark.from)
        .collect();
    let held = |group: &Group<'_, 'a>| {
        let edge = group.edge;
        let next = serious.partition_point(|&day| day <= edge.high);
        let fought_on = serious.get(next).is_some_and(|&day| day < edge.high.saturating_add(least));
        // It may have ended on the day on which it was to begin.
        let told = group.marks.iter().map(|mark| mark.evidence.order).min();
        let ended = known.marks.iter().any(|mark| {
            *mark.shows() == Observation::CeasefireEnds
                && mark.is_day()
                && edge.best <= mark.from
                && mark.from < edge.high.saturating_add(least)
                && told < Some(mark.evidence.order)
        });
        let broken = fought_on || ended;
        let in_war = wars.iter().any(|war| {
            war.until.is_some_and(|until| {
                war.from.best <= edge.best && edge.high < start_of_end(until) && war.holds(edge.best)
            })
        });
        // What stands where the last day of a war is dated ended it, whatever a source says of shots after it.
        let ends_war = wars
            .iter()
            .filter_map(|war| war.until)
            .any(|until| until.high - until.low <= 1 && (until.best - edge.best).abs() <= 3);
        // A war does not end on the day it began for want of another date.
        let just_begun = group.is_undated() && wars.iter().any(|war| war.from.best == edge.best);
        (!broken || ends_war) && !in_war && !just_begun
    };
    let mut groups = groups(known);
    groups.retain(held);
    groups.sort_by_key(|group| (group.edge.best, group.edge.high));
    let found = groups.iter().map(|group| group.ender(wars));
    found.collect()
}

/// What is told of one end of fighting.
struct Group<'k, 'a> {
    edge: Edge,
    marks: Vec<&'k Mark<'a>>,
}

fn input_of(mark: &Mark<'_>) -> Option<Input> {
    match mark.shows() {
        Observation::Ceasefire => Some(Input::Truce),
        Observation::FightingEnds | Observation::Calm => Some(Input::Calm),
        Observation::Agreement => Some(Input::Accord),
        _ => None,
    }
}

/// The finest dates first: a coarse one joins the fine one that lies in it.
fn groups<'k, 'a>(known: &'k Known<'a>) -> Vec<Group<'k, 'a>> {
    let organised = |mark: &&Mark<'_>| {
        mark.is_day()
            && matches!(mark.shows(), Observation::Clash { scale } if ClashScale::Organised <= *scale)
    };
    let fought: Vec<i32> = known.marks.iter().filter(organised).map(|mark| mark.from).collect();
    // An end of fighting that came after the truce is its own.
    let fought_between = |deal: i32, end: i32| fought.iter().any(|&day| deal < day && day < end);
    let mut told: Vec<(&Mark<'a>, Input)> =
        known.marks.iter().filter_map(|mark| Some((mark, input_of(mark)?))).collect();
    told.sort_by_key(|(mark, _)| (mark.until - mark.from, mark.from, mark.evidence.order));
    let mut groups: Vec<Group<'k, 'a>> = Vec::new();
    for (mark, input) in told {
        let home = groups
            .iter_mut()
            .filter(|group| group.takes(mark, input) && !fought_between(group.edge.high, mark.from));
        match home.min_by_key(|group| (group.edge.best - mark.from).abs()) {
            Some(group) => group.add(mark, input),
            None => groups.push(Group {
                edge: Edge { best: mark.from, low: mark.from, high: mark.until },
                marks: vec![mark],
            }),
        }
    }
    groups
}

impl<'k, 'a> Group<'k, 'a> {
    fn votes(&self, input: Input) -> usize {
        self.marks.iter().filter(|mark| input_of(mark) == Some(input)).map(|mark| mark.all().count()).sum()
    }

    fn has_deal(&self) -> bool {
        0 < self.votes(Input::Truce) + self.votes(Input::Accord)
    }

    fn is_undated(&self) -> bool {
        self.marks
            .iter()
            .all(|mark| mark.evidence.when.is_some_and(|when| when.certainty() == Certainty::Inferred))
    }

    fn takes(&self, mark: &Mark<'_>, input: Input) -> bool {
        // One side of the two is no deal: how the fighting ended and when are told apart.
        let near = if input == Input::Calm || !self.has_deal() { APART_DAYS_MAX } else { 1 };
        let coarse = 1 < mark.until - mark.from;
        if coarse {
            return mark.from <= self.edge.best.saturating_add(1) && self.edge.best <= mark.until;
        }
        (self.edge.best - mark.from).abs() <= near && (self.edge.best - self.edge.high).abs() <= near
    }

    fn add(&mut self, mark: &'k Mark<'a>, input: Input) {
        // The day of a deal is better known than that on which the last shot was fired.
        if input != Input::Calm && !self.has_deal() && mark.until - mark.from <= 1 {
            self.edge = Edge { best: mark.from, low: mark.from, high: mark.until };
        }
        self.marks.push(mark);
    }

    /// Most tellings decide what a deal is called. Where they are even, it is the one that claims less.
    fn ender(&self, wars: &[War<'a>]) -> Ender<'a> {
        let (truce, accord) = (self.votes(Input::Truce), self.votes(Input::Accord));
        let (input, rival) = match (truce, accord) {
            (0, 0) => (Input::Calm, None),
            (_, 0) => (Input::Truce, None),
            (0, _) => (Input::Accord, None),
            _ if accord <= truce => (Input::Truce, (truce <= 2 * accord).then_some(Input::Accord)),
            _ => (Input::Accord, (accord <= 2 * truce).then_some(Input::Truce)),
        };
        let mut edge = self.edge;
        // A truce of that month or year ended the war whose last day is known better.
        let last = wars.iter().filter_map(|war| war.until).map(|until| until.best + 1);
        if 1 < edge.high - edge.low
            && let Some(day) =
                last.map(|day| day.min(edge.high)).find(|day| edge.low <= *day && edge.high - day <= 366)
        {
            edge.best = day;
        }
        let mut marks = self.marks.clone();
        marks.sort_by_key(|mark| mark.evidence.order);
        Ender { edge, input, rival, evidence: marks.iter().flat_map(|mark| mark.all()).collect() }
    }
}
