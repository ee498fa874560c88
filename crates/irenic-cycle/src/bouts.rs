//! Bouts of violence outside the named wars: chains of clashes, and whether and when they become sustained.

use irenic_model::{ClashScale, Evidence, Observation, Provenance};

use crate::StageModel;
use crate::calendar::after_months;
use crate::deaths::{Report, reports, toll};
use crate::marks::Mark;

/// A chain of violence without a long gap and without a truce that held.
#[derive(Clone, Debug)]
pub(crate) struct Bout {
    /// The violent marks, in order of time: places in the list that was given.
    pub(crate) marks: Vec<usize>,
    /// The place in `marks` at which it becomes sustained, where it does.
    pub(crate) sustained: Option<usize>,
    /// The place in `marks` at which it becomes a war by its deaths or by what sources call it.
    pub(crate) war: Option<usize>,
    /// Whether it is as long or as heavy as a relapse asks.
    pub(crate) relapse: bool,
    /// Whether it comes from tables alone, which would show it if it went on.
    pub(crate) from_rows: bool,
    /// Its last day.
    pub(crate) until: i32,
}

/// The chains among `marks`, which are in order of time; `truces` are the days on which violence stopped.
///
/// `told` is the number of pieces of evidence of violence that texts give in all.
pub(crate) fn bouts(model: &StageModel, marks: &[&Mark<'_>], truces: &[i32], told: usize) -> Vec<Bout> {
    let gap = model.value("clash_gap_months_max");
    let owned: Vec<Mark<'_>> = marks.iter().map(|mark| (*mark).clone()).filter(is_dated_toll).collect();
    let deaths = reports(&owned, true);
    let scene = Scene { model, marks, deaths: &deaths, truces, told };
    let mut found = Vec::new();
    let mut chain: Vec<usize> = Vec::new();
    let mut reach = i32::MIN;
    for (at, mark) in marks.iter().enumerate() {
        let violent = is_point_of_violence(mark);
        if !chain.is_empty() {
            let stopped = truces.iter().any(|&day| reach <= day && day < mark.from);
            if stopped || after_months(reach, gap) < mark.from {
                found.push(Bout::weigh(&scene, std::mem::take(&mut chain)));
            }
        }
        // Coercion carries a bout on, but begins none.
        if violent {
            chain.push(at);
        }
        if !chain.is_empty() {
            reach = if chain.len() == 1 && violent { mark.until } else { reach.max(mark.until) };
        }
    }
    if !chain.is_empty() {
        found.push(Bout::weigh(&scene, chain));
    }
    found
}

/// A toll told with a date of its own: one at a running date may be the sum of many years.
fn is_dated_toll(mark: &Mark<'_>) -> bool {
    mark.evidence.when.is_some_and(|when| when.certainty() != irenic_model::Certainty::Inferred)
}

/// Violence at a time short enough to be a point: a toll for a whole decade says nothing of when. Fighting that is said
/// to go on may fill a year.
pub(crate) fn is_point_of_violence(mark: &Mark<'_>) -> bool {
    let goes_on = matches!(mark.shows(), Observation::Clash { scale: ClashScale::Sustained });
    let days_max = if is_row(mark) || goes_on { 367 } else { 92 };
    mark.shows().is_violent() && mark.until - mark.from < days_max
}

/// What a bout is weighed against.
struct Scene<'s, 'a> {
    model: &'s StageModel,
    marks: &'s [&'s Mark<'a>],
    deaths: &'s [Report],
    truces: &'s [i32],
    told: usize,
}

impl Bout {
    fn weigh(scene: &Scene<'_, '_>, chain: Vec<usize>) -> Self {
        let Scene { model, marks, deaths, .. } = *scene;
        let of = |place: usize| marks[chain[place]];
        let heavy = |least: u64| {
            (0..chain.len()).find(|&place| {
                let from = of(place).from;
                least <= toll(deaths, from, after_months(from, 12) - 1).low
            })
        };
        let organised = (0..chain.len()).find(|&place| ClashScale::Organised <= scale(of(place)));
        let is_sustained = (0..chain.len()).any(|place| scale(of(place)) == ClashScale::Sustained)
            || lasts(model, marks, &chain);
        let by_words = if is_sustained { organised } else { None };
        // Deaths alone do not tell two organised sides from a crowd; tables count the fighting of such sides only.
        let sides = organised.is_some() || chain.iter().any(|&at| is_row(marks[at]));
        let by_deaths = heavy(model.value("confrontation_deaths_min")).filter(|_| sides);
        let war_named = (0..chain.len())
            .find(|&place| matches!(of(place).shows(), Observation::War { .. } | Observation::WarBegins));
        let war = earliest(war_named, heavy(model.value("war_deaths_min")).filter(|_| sides));
        let until = chain.iter().map(|&at| marks[at].until).max().unwrap_or(i32::MIN);
        let relapse = war.is_some() || is_relapse(scene, &chain);
        let from_rows =
            chain.iter().all(|&at| matches!(marks[at].evidence.provenance, Provenance::Row { .. }));
        Self { sustained: earliest(by_words, by_deaths), war, relapse, from_rows, until, marks: chain }
    }
}

fn earliest(a: Option<usize>, b: Option<usize>) -> Option<usize> {
    [a, b].into_iter().flatten().min()
}

fn scale(mark: &Mark<'_>) -> ClashScale {
    let of = |evidence: &Evidence| match evidence.observation {
        Observation::Clash { scale } => scale,
        Observation::War { .. } | Observation::WarBegins => ClashScale::Sustained,
        _ => ClashScale::Sporadic,
    };
    mark.all().map(of).max().unwrap_or(ClashScale::Sporadic)
}

/// Whether organised clashes go on long enough to be sustained though no source says so.
fn lasts(model: &StageModel, marks: &[&Mark<'_>], chain: &[usize]) -> bool {
    let days: Vec<i32> = chain
        .iter()
        .filter(|&&at| ClashScale::Organised <= scale(marks[at]))
        .map(|&at| marks[at].from)
        .collect();
    match (days.first(), days.last()) {
        (Some(first), Some(last)) => model.days("sustained_days_min") <= last - first,
        _ => false,
    }
}

/// Whether renewed fighting is as long or as heavy as a relapse asks.
///
/// Its length is that of its longest run of organised clashes: two days of fighting in each of two years are not a year of
/// fighting. Fighting that is said to go on is long enough unless a truce soon stops it. Either way, texts that tell of
/// much other violence must give it its share of their words.
fn is_relapse(scene: &Scene<'_, '_>, chain: &[usize]) -> bool {
    let Scene { model, marks, truces, .. } = *scene;
    let least = model.value("relapse_deaths_min");
    let from_rows = chain.iter().all(|&at| is_row(marks[at]));
    let deaths_from = |from: i32| toll(scene.deaths, from, after_months(from, 12) - 1).low;
    if from_rows && chain.iter().any(|&at| least <= deaths_from(marks[at].from)) {
        return true;
    }
    let stopped = chain.last().is_some_and(|&last| {
        let soon = marks[last].until.saturating_add(model.days("relapse_days_min"));
        truces.iter().any(|&day| marks[last].from <= day && day <= soon)
    });
    let said_to_go_on = chain.iter().any(|&at| scale(marks[at]) == ClashScale::Sustained) && !stopped;
    let long = model.days("relapse_days_min") <= longest_run(marks, chain);
    let least = model.value("relapse_share_min") * scene.told as u64;
    let is_dense = 100 < least;
    if from_rows || !is_dense {
        return said_to_go_on || long;
    }
    // Among so much telling, one strong word is not enough.
    least <= 100 * chain.len() as u64 && long
}

/// The days of the longest run of organised clashes no more than a month apart.
fn longest_run(marks: &[&Mark<'_>], chain: &[usize]) -> i32 {
    let mut run: Option<(i32, i32)> = None;
    let mut longest = 0;
    for &at in chain.iter().filter(|&&at| ClashScale::Organised <= scale(marks[at]) || is_row(marks[at])) {
        let mark = marks[at];
        // "In August" says that it is not known on which days of August, not that it took them all.
        let until = if mark.is_day() || is_row(mark) { mark.until } else { mark.from };
        run = match run {
            Some((from, last)) if mark.from <= after_months(last, 1) => Some((from, last.max(until))),
            _ => Some((mark.from, until)),
        };
        longest = longest.max(run.map_or(0, |(from, until)| until - from + 1));
    }
    longest
}

fn is_row(mark: &Mark<'_>) -> bool {
    matches!(mark.evidence.provenance, Provenance::Row { .. })
}
