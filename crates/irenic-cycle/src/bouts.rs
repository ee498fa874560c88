//! Bouts of violence outside the named wars: chains of clashes, and whether and when they become sustained.

use irenic_model::{ClashScale, Evidence, Observation, Provenance};

use crate::StageModel;
use crate::calendar::{after_months, start_of_year};
use crate::deaths::{Report, reports, toll};
use crate::enders::Ender;
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
    /// Whether it is as long or as heavy as a relapse asks; a war always is.
    pub(crate) relapse: bool,
    /// Whether it is no relapse only because so few deaths, in so few years, are violations of a truce that is in force.
    pub(crate) light: bool,
    /// Whether a table tells of it last, which would show it if it went on.
    pub(crate) from_rows: bool,
    /// Its last day.
    pub(crate) until: i32,
}

/// A day on which violence stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stop {
    pub(crate) day: i32,
    /// Whether the sides made a deal, which they do not over a single raid.
    pub(crate) deal: bool,
}

impl Stop {
    pub(crate) fn of(ender: &Ender<'_>) -> Self {
        // What is said to have ended had gone on until then, as what a deal ended had.
        let told = ender.evidence.iter().any(|it| it.observation == Observation::FightingEnds);
        Self { day: ender.edge.high.min(ender.edge.best.max(ender.edge.low)), deal: ender.is_deal() || told }
    }
}

/// The chains among `marks`, which are in order of time; `stops` are in order of time.
///
/// `wars` are the days on which the wars begin that are named or dated as wholes; their own violence is not among `marks`.
/// `told` is the number of pieces of evidence of violence that texts give in all.
pub(crate) fn bouts(
    model: &StageModel,
    marks: &[&Mark<'_>],
    stops: &[Stop],
    wars: &[i32],
    told: usize,
) -> Vec<Bout> {
    let owned: Vec<Mark<'_>> = marks.iter().map(|mark| (*mark).clone()).filter(is_dated_toll).collect();
    let deaths = reports(&owned, true);
    let scene = Scene { model, marks, deaths: &deaths, stops, wars, told };
    let chains = risings(&scene, chains(&scene));
    let starts: Vec<usize> = chains.iter().map(|chain| chain[0]).skip(1).collect();
    let next_clash = |at: usize| {
        // What is dated by its year alone may be of the same fighting.
        let organised =
            |mark: &&&Mark<'_>| ClashScale::Organised <= scale(mark) && (is_row(mark) || !mark.is_coarse());
        marks[at..].iter().find(organised).map(|next| next.from)
    };
    let nexts = starts.into_iter().map(next_clash).chain([None]);
    chains.into_iter().zip(nexts).map(|(chain, next)| Bout::weigh(&scene, chain, next)).collect()
}

/// The marks of violence in chains without a long gap, a stop or the beginning of a war in between.
fn chains(scene: &Scene<'_, '_>) -> Vec<Vec<usize>> {
    let Scene { model, marks, .. } = *scene;
    let gap = model.value("clash_gap_months_max");
    let mut found = Vec::new();
    let mut chain: Vec<usize> = Vec::new();
    let mut reach = i32::MIN;
    for (at, mark) in marks.iter().enumerate() {
        let violent = is_point_of_violence(model, mark);
        if let Some(&last) = chain.last()
            && (after_months(reach, gap) < mark.from || is_parted(scene, marks[last].from, reach, mark.from))
        {
            found.push(std::mem::take(&mut chain));
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
        found.push(chain);
    }
    found
}

/// Whether violence stopped, or a war began, between two marks: the fighting before a war and that after it are two.
fn is_parted(scene: &Scene<'_, '_>, last: i32, reach: i32, next: i32) -> bool {
    scene.stops.iter().any(|stop| reach <= stop.day && stop.day < next)
        || scene.wars.iter().any(|&day| last < day && day <= next)
}

/// Joins chains of organised clashes that only a text's silence of some years parts, before any truce, where there are
/// several: one raid some years before a war is no part of it, but raids now and then over ten years are a rising. Two of them
/// must be nearer to each other, unless a deal ended them.
fn risings(scene: &Scene<'_, '_>, chains: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
    let Scene { model, marks, stops, .. } = *scene;
    let gap = model.value("insurgency_gap_months_max");
    let least = usize::try_from(model.value("insurgency_clashes_min")).unwrap_or(usize::MAX);
    let pair = model.value("insurgency_pair_months_max");
    let organised = |chain: &[usize]| {
        chain.iter().any(|&at| ClashScale::Organised <= scale(marks[at]) && !is_row(marks[at]))
    };
    let within = |one: &[usize], next: &[usize], gap: u64| {
        let last = marks[one[one.len() - 1]];
        let reach = one.iter().map(|&at| marks[at].until).max().unwrap_or(i32::MIN);
        let from = marks[next[0]].from;
        organised(one)
            && organised(next)
            && from <= after_months(reach, gap)
            && !is_parted(scene, last.from, reach, from)
            && stops.iter().all(|stop| marks[one[0]].from < stop.day)
    };
    let runs = chains.chunk_by(|one, next| within(one, next, gap));
    runs.flat_map(|run| {
        // Sides that make a deal in the end had been fighting, where nothing else tells when.
        let last = run.last().and_then(|chain| chain.iter().map(|&at| marks[at].until).max());
        let dealt = last.is_some_and(|last| {
            stops.iter().any(|stop| stop.deal && last <= stop.day && stop.day <= after_months(last, gap))
        });
        let told = |chain: &Vec<usize>| {
            lasts(model, marks, chain) || chain.iter().any(|&at| scale(marks[at]) == ClashScale::Sustained)
        };
        let dealt = dealt && !run.iter().any(told);
        let pause = if least <= run.len() || dealt { gap } else { pair };
        run.chunk_by(|one, next| within(one, next, pause)).map(<[_]>::concat).collect::<Vec<_>>()
    })
    .collect()
}

/// A toll told with a date of its own: one at a running date may be the sum of many years.
fn is_dated_toll(mark: &Mark<'_>) -> bool {
    mark.evidence.when.is_some_and(|when| when.certainty() != irenic_model::Certainty::Inferred)
}

/// Violence at a time short enough to be a point: a toll for a whole decade says nothing of when. Organised fighting may
/// fill a year, as may a war's toll.
pub(crate) fn is_point_of_violence(model: &StageModel, mark: &Mark<'_>) -> bool {
    let yearly = match mark.shows() {
        Observation::Clash { scale } => ClashScale::Organised <= *scale,
        // The toll of a year, told with that year.
        Observation::Deaths { low, .. } => model.value("war_deaths_min") <= *low && is_dated_toll(mark),
        _ => false,
    };
    let days_max = if is_row(mark) || yearly { 367 } else { 92 };
    mark.shows().is_violent() && mark.until - mark.from < days_max
}

/// What a bout is weighed against.
struct Scene<'s, 'a> {
    model: &'s StageModel,
    marks: &'s [&'s Mark<'a>],
    deaths: &'s [Report],
    stops: &'s [Stop],
    wars: &'s [i32],
    told: usize,
}

impl Bout {
    /// `next` is the day on which the organised violence that follows begins.
    fn weigh(scene: &Scene<'_, '_>, chain: Vec<usize>, next: Option<i32>) -> Self {
        let Scene { model, marks, deaths, .. } = *scene;
        let of = |place: usize| marks[chain[place]];
        let heavy = |least: u64| {
            (0..chain.len()).find(|&place| {
                let from = of(place).from;
                least <= toll(deaths, from, after_months(from, 12) - 1).low
            })
        };
        let organised = (0..chain.len()).find(|&place| ClashScale::Organised <= scale(of(place)));
        let dealt_with = days_to_deal(scene, &chain, next);
        let is_sustained = (0..chain.len()).any(|place| scale(of(place)) == ClashScale::Sustained)
            || lasts(model, marks, &chain)
            || dealt_with.is_some_and(|days| model.days("sustained_days_min") <= days);
        let by_words = if is_sustained { organised } else { None };
        // Deaths alone do not tell two organised sides from a crowd; tables count the fighting of such sides only.
        let sides = organised.is_some() || chain.iter().any(|&at| is_row(marks[at]));
        let by_deaths = heavy(model.value("confrontation_deaths_min")).filter(|_| sides);
        let by_deaths = by_deaths.map(|place| without_stragglers(scene, &chain, place));
        let war_named = (0..chain.len())
            .find(|&place| matches!(of(place).shows(), Observation::War { .. } | Observation::WarBegins));
        let war_by_deaths = heavy(model.value("war_deaths_min")).filter(|_| sides);
        let war_by_deaths = war_by_deaths.map(|place| without_stragglers(scene, &chain, place));
        let war = earliest(war_named, war_by_deaths);
        let until = chain.iter().map(|&at| marks[at].until).max().unwrap_or(i32::MIN);
        let relapse = is_relapse(scene, &chain, dealt_with);
        let light = !relapse && by_deaths.is_some() && chain.iter().any(|&at| is_row(marks[at]));
        let from_rows = chain.iter().any(|&at| is_row(marks[at]) && marks[at].until == until);
        Self { sustained: earliest(by_words, by_deaths), war, relapse, light, from_rows, until, marks: chain }
    }
}

/// Where the deaths of a bout set in: a death here and there in the months before it is what led up to it.
///
/// From the place on which the year's toll is counted, steps over what is not organised as long as the toll of the
/// twelve months that follow stays the same but for a tenth.
fn without_stragglers(scene: &Scene<'_, '_>, chain: &[usize], place: usize) -> usize {
    let year_from = |place: usize| {
        let from = scene.marks[chain[place]].from;
        toll(scene.deaths, from, after_months(from, 12) - 1).low
    };
    let all = year_from(place);
    (place + 1..chain.len())
        .take_while(|&next| {
            let before = scene.marks[chain[next - 1]];
            scale(before) < ClashScale::Organised && !is_row(before)
        })
        .filter(|&next| 9 * all <= 10 * year_from(next))
        .last()
        .unwrap_or(place)
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

/// The days from the first organised clash to the deal that ended the fighting, where no other fighting came between.
///
/// Sides that make a truce or an accord have been fighting, also where a text tells only how it began.
fn days_to_deal(scene: &Scene<'_, '_>, chain: &[usize], next: Option<i32>) -> Option<i32> {
    let Scene { model, marks, stops, .. } = *scene;
    let first = chain.iter().find(|&&at| ClashScale::Organised <= scale(marks[at]))?;
    let reach = chain.iter().map(|&at| marks[at].until).max()?;
    let stop = stops.iter().find(|stop| marks[*first].from <= stop.day && reach <= stop.day)?;
    let near = stop.day <= after_months(reach, model.value("deal_gap_months_max"));
    let war_between = scene.wars.iter().any(|day| (marks[*first].from..=stop.day).contains(day));
    let is_its_own = stop.deal && near && !war_between && next.is_none_or(|next| stop.day < next);
    is_its_own.then(|| stop.day - marks[*first].from)
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
fn is_relapse(scene: &Scene<'_, '_>, chain: &[usize], dealt_with: Option<i32>) -> bool {
    let Scene { model, marks, stops, .. } = *scene;
    if active_years(scene, chain) >= model.value("relapse_years_min") {
        return true;
    }
    let from_rows = chain.iter().all(|&at| is_row(marks[at]));
    if from_rows {
        return false;
    }
    let stopped = chain.last().is_some_and(|&last| {
        let soon = marks[last].until.saturating_add(model.days("relapse_days_min"));
        stops.iter().any(|stop| marks[last].from <= stop.day && stop.day <= soon)
    });
    let said_to_go_on = chain.iter().any(|&at| scale(marks[at]) == ClashScale::Sustained) && !stopped;
    let long = model.days("relapse_days_min") <= longest_run(marks, chain).max(dealt_with.unwrap_or(0));
    let least = model.value("relapse_share_min") * scene.told as u64;
    let is_dense = 100 < least;
    if !is_dense {
        return said_to_go_on || long;
    }
    // Among so much telling, one strong word is not enough.
    least <= 100 * chain.len() as u64 && long
}

/// The calendar years in which tables count as many deaths as a relapse asks, where they follow each other.
fn active_years(scene: &Scene<'_, '_>, chain: &[usize]) -> u64 {
    let least = scene.model.value("relapse_deaths_min");
    let rows = || chain.iter().map(|&at| scene.marks[at]).filter(|mark| is_row(mark));
    let (Some(first), Some(last)) = (rows().map(|mark| mark.from).min(), rows().map(|mark| mark.until).max())
    else {
        return 0;
    };
    let (mut run, mut longest) = (0, 0);
    let mut from = start_of_year(first);
    while from <= last {
        let next = after_months(from, 12);
        run = if least <= toll(scene.deaths, from, next - 1).low { run + 1 } else { 0 };
        longest = longest.max(run);
        from = next;
    }
    longest
}

/// The days of the longest run of organised clashes no more than a month apart.
fn longest_run(marks: &[&Mark<'_>], chain: &[usize]) -> i32 {
    let mut run: Option<(i32, i32)> = None;
    let mut longest = 0;
    for &at in chain.iter().filter(|&&at| ClashScale::Organised <= scale(marks[at]) || is_row(marks[at])) {
        let mark = marks[at];
        // A year does not tell which of its months was one of fighting.
        if mark.is_coarse() && !is_row(mark) {
            continue;
        }
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
