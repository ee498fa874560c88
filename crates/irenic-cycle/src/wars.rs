//! Wars that sources name or date as wholes: "the war of 1988 to 1994", "the Second Examplian War".

use std::collections::BTreeMap;

use irenic_model::{ClashScale, Evidence, Grain, Observation};

use crate::StageModel;
use crate::calendar::{after_months, end_of_unit, start_of_unit};
use crate::marks::{Known, Mark};

/// A day with the bounds of what it may have been.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Edge {
    pub(crate) best: i32,
    pub(crate) low: i32,
    pub(crate) high: i32,
}

/// A war as a whole, where its dates are known.
#[derive(Clone, Debug)]
pub(crate) struct War<'a> {
    pub(crate) ordinal: Option<u8>,
    pub(crate) from: Edge,
    /// `None` where no source dates its end, or it had not ended at the as-of day.
    pub(crate) until: Option<Edge>,
    /// Where the first part of it was no war by others or by what is told of it.
    pub(crate) run_up: Option<RunUp<'a>>,
    pub(crate) evidence: Vec<&'a Evidence>,
}

/// The part of a war's dates before it was fought as a war.
#[derive(Clone, Debug)]
pub(crate) struct RunUp<'a> {
    /// When the run-up began.
    pub(crate) from: Edge,
    /// When the war became one.
    pub(crate) full: Edge,
    /// Whether organised sides fought before.
    pub(crate) organised: bool,
    pub(crate) evidence: Vec<&'a Evidence>,
}

impl War<'_> {
    /// Whether the day lies in the war, for certain or by its best dates.
    pub(crate) fn holds(&self, day: i32) -> bool {
        self.from.low <= day && self.until.is_some_and(|until| day <= until.high)
    }
}

impl War<'_> {
    /// Whether a mark lies in the war, or is dated so coarsely that it may.
    pub(crate) fn may_hold(&self, mark: &Mark<'_>) -> bool {
        let coarse = COARSE_DAYS < mark.until - mark.from;
        let end = self.until.unwrap_or(self.from).high;
        self.holds(mark.from) || coarse && self.from.low <= mark.until && mark.from <= end
    }
}

/// A war without dates, with its place in the order.
#[derive(Clone, Debug)]
pub(crate) struct UndatedWar<'a> {
    pub(crate) ordinal: u8,
    /// After this day, by what is told before it.
    pub(crate) low: Option<i32>,
    /// Before this day, by what is told after it.
    pub(crate) high: Option<i32>,
    pub(crate) evidence: Vec<&'a Evidence>,
}

/// The dated wars in order of time.
pub(crate) fn dated<'a>(model: &StageModel, known: &Known<'a>) -> Vec<War<'a>> {
    let mut groups: Vec<Group<'_, 'a>> = Vec::new();
    let extents =
        known.marks.iter().filter(|mark| matches!(mark.shows(), Observation::War { extent: true, .. }));
    for mark in extents {
        let ordinal = ordinal_of(mark.evidence);
        let home = groups.iter_mut().find(|group| match (group.ordinal, ordinal) {
            (Some(a), Some(b)) => a == b,
            _ => mark.from <= group.until && group.from <= mark.until,
        });
        match home {
            Some(group) => group.add(mark, ordinal),
            None => groups.push(Group { ordinal, from: mark.from, until: mark.until, marks: vec![mark] }),
        }
    }
    let mut wars: Vec<War<'a>> = groups.iter().map(Group::war).collect();
    wars.iter_mut().for_each(|war| refine(war, known));
    for mark in known.marks.iter().filter(|mark| *mark.shows() == Observation::WarBegins) {
        begin(&mut wars, mark);
    }
    // A war that is said to have begun in a year began with that year's first attack.
    wars.iter_mut().filter(|war| war.until.is_none()).for_each(|war| refine(war, known));
    for war in &mut wars {
        war.run_up = run_up(model, known, war);
    }
    wars.sort_by_key(|war| (war.from.best, war.until.map_or(i32::MAX, |until| until.best)));
    wars
}

/// A war that is dated by years alone begins with the first organised clash of its first year, and ends with the last
/// truce or end of fighting of its last, where these are told.
fn refine<'a>(war: &mut War<'a>, known: &Known<'a>) {
    let within = |edge: Edge| {
        known.marks.iter().filter(move |mark| {
            is_coarse(edge)
                && edge.low <= mark.from
                && mark.until <= edge.high
                && mark.until - mark.from <= COARSE_DAYS
        })
    };
    let organised = |mark: &&Mark<'a>| {
        matches!(mark.shows(), Observation::Clash { scale } if ClashScale::Organised <= *scale)
            || *mark.shows() == Observation::WarBegins
    };
    // A war of one year was its densest violence, a longer one began with the first attack of its first year.
    let brief = war.until.is_some_and(|until| until.high - war.from.low <= 366);
    let dense = if brief { densest(&within(war.from).collect::<Vec<_>>()) } else { None };
    let first = within(war.from)
        .filter(|mark| dense.is_none_or(|(first, last)| first.from <= mark.from && mark.from <= last));
    let first = first.clone().find(organised).or(dense.map(|(first, _)| first));
    if let Some(first) = first {
        war.from = Edge { best: first.from, low: first.from, high: first.until };
        war.evidence.extend(first.all());
    }
    if let (Some((_, last)), Some(until)) = (dense, war.until)
        && is_coarse(until)
    {
        war.until = Some(Edge { best: last, low: last, high: until.high });
    }
    let Some(until) = war.until else { return };
    let ends = |mark: &&Mark<'a>| {
        let fought_on = known.marks.iter().any(|it| {
            organised(&it) && mark.until + TRUCE_DAYS < it.from && it.from <= mark.until + COARSE_DAYS
        });
        matches!(mark.shows(), Observation::Ceasefire | Observation::FightingEnds)
            && war.from.best < mark.from
            && !fought_on
    };
    // The chain of violence may go on for a while after the truce that ended it.
    let limit = dense.map_or(until.high, |(_, last)| last.saturating_add(COARSE_DAYS));
    if let Some(last) = within(Edge { low: until.low.min(war.from.best), ..until })
        .filter(|mark| mark.from <= limit)
        .rfind(ends)
    {
        war.until = Some(Edge { best: last.from - 1, low: last.from - 1, high: last.until });
    }
}

/// The first mark and the last day of the chain of violence, with no gap of more than a month, that is told of most.
fn densest<'k, 'a>(marks: &[&'k Mark<'a>]) -> Option<(&'k Mark<'a>, i32)> {
    let mut chains: Vec<(&'k Mark<'a>, i32, usize)> = Vec::new();
    let violent = |mark: &&&'k Mark<'a>| {
        matches!(
            mark.shows(),
            Observation::Clash { .. } | Observation::WarBegins | Observation::Deaths { .. }
        )
    };
    for mark in marks.iter().filter(violent) {
        match chains.last_mut().filter(|(_, last, _)| mark.from <= last.saturating_add(COARSE_DAYS)) {
            Some(chain) => {
                chain.1 = chain.1.max(mark.until);
                chain.2 += 1;
            }
            None => chains.push((mark, mark.until, 1)),
        }
    }
    let most = chains.iter().map(|chain| chain.2).max()?;
    chains.iter().find(|chain| chain.2 == most).map(|&(first, last, _)| (first, last))
}

/// Names of wars are generous: the dates of one may begin with the first riot. Where other dates of the same war begin
/// much later, or it is only much later that war is said to have broken out, it was no war before, unless what is told of
/// its first months is warlike.
fn run_up<'a>(model: &StageModel, known: &Known<'a>, war: &War<'a>) -> Option<RunUp<'a>> {
    let end = war.until.map_or(known.as_of, |until| until.low);
    let least = model.days("run_up_days_min");
    // The bounds of the start cover what all sources say of it; here the earliest of them is set against the others.
    let first = if is_coarse(war.from) { end_of_unit(war.from.best, Grain::Year) } else { war.from.best };
    let early = first.saturating_add(least);
    let inside = |mark: &&Mark<'a>| war.from.best <= mark.from && mark.from < end;
    let begins = |mark: &&Mark<'a>| match mark.shows() {
        Observation::WarBegins => mark.until - mark.from <= 366,
        Observation::War { extent: true, .. } => {
            war.evidence.iter().any(|it| std::ptr::eq(*it, mark.evidence))
        }
        _ => false,
    };
    let late = known.marks.iter().filter(inside).filter(begins).filter(|mark| early < mark.from);
    let full = late.min_by_key(|mark| (mark.from, mark.until))?;
    let is_warlike = known.marks.iter().filter(inside).any(|mark| {
        mark.from <= early
            && mark.until < full.from
            && match mark.shows() {
                Observation::WarBegins => true,
                Observation::Deaths { low, battle: true, .. } => model.value("war_deaths_min") <= *low,
                _ => false,
            }
    });
    if is_warlike {
        return None;
    }
    let organised = known.marks.iter().filter(inside).any(|mark| {
        mark.from < full.from
            && matches!(mark.shows(), Observation::Clash { scale } if ClashScale::Organised <= *scale)
    });
    let high = match full.shows() {
        Observation::War { .. } => end_of_unit(full.from, full.grain()).min(full.until),
        _ => full.until,
    };
    let violence = |mark: &&Mark<'a>| {
        mark.shows().is_violent()
            && !matches!(mark.shows(), Observation::War { .. })
            && mark.until <= first
            && mark.until - mark.from <= COARSE_DAYS
    };
    let stirs = known.marks.iter().filter(inside).find(violence).filter(|_| is_coarse(war.from));
    let from = stirs.map_or(Edge { high: first, ..war.from }, |mark| Edge {
        best: mark.from,
        low: mark.from,
        high: mark.until,
    });
    let full_edge = Edge { best: full.from, low: full.from, high };
    Some(RunUp { from, full: full_edge, organised, evidence: full.all().collect() })
}

/// Shots in so many days after a truce do not show that it failed.
const TRUCE_DAYS: i32 = 3;

/// A date no finer than this, in days, leaves it to other evidence on which day a war began or ended.
const COARSE_DAYS: i32 = 31;

const fn is_coarse(edge: Edge) -> bool {
    COARSE_DAYS < edge.high - edge.low
}

fn ordinal_of(evidence: &Evidence) -> Option<u8> {
    match evidence.observation {
        Observation::War { ordinal, .. } => ordinal,
        _ => None,
    }
}

/// Extents of one war.
struct Group<'m, 'a> {
    ordinal: Option<u8>,
    from: i32,
    until: i32,
    marks: Vec<&'m Mark<'a>>,
}

impl<'m, 'a> Group<'m, 'a> {
    fn add(&mut self, mark: &'m Mark<'a>, ordinal: Option<u8>) {
        self.ordinal = self.ordinal.or(ordinal);
        self.from = self.from.min(mark.from);
        self.until = self.until.max(mark.until);
        self.marks.push(mark);
    }

    fn war(&self) -> War<'a> {
        let from = self.edge(self.marks.iter().copied(), |mark| {
            (mark.from, mark.from, end_of_unit(mark.from, mark.grain()).min(mark.until))
        });
        let ended = self.marks.iter().copied().filter(|mark| !mark.cut);
        let until = self.edge(ended, |mark| {
            (mark.until, start_of_unit(mark.until, mark.grain()).max(mark.from), mark.until)
        });
        War {
            ordinal: self.ordinal,
            from: from.unwrap_or(Edge { best: self.from, low: self.from, high: self.until }),
            until,
            run_up: None,
            evidence: self.marks.iter().flat_map(|mark| mark.all()).collect(),
        }
    }

    /// The end that the finest dates give, the one most often told of them; the bounds cover all as fine.
    fn edge(
        &self,
        marks: impl Iterator<Item = &'m Mark<'a>>,
        days: impl Fn(&Mark<'a>) -> (i32, i32, i32),
    ) -> Option<Edge>
    where
        'a: 'm,
    {
        let mut finest: Option<Grain> = None;
        let mut told: BTreeMap<i32, (usize, i32, i32)> = BTreeMap::new();
        for mark in marks {
            if finest.is_none_or(|grain| mark.grain() < grain) {
                finest = Some(mark.grain());
                told.clear();
            }
            if finest == Some(mark.grain()) {
                let (best, low, high) = days(mark);
                let slot = told.entry(best).or_insert((0, low, high));
                slot.0 += 1;
            }
        }
        let most = told.values().map(|it| it.0).max()?;
        let (&best, _) = told.iter().find(|(_, it)| it.0 == most)?;
        let low = told.values().map(|it| it.1).min()?;
        let high = told.values().map(|it| it.2).max()?;
        Some(Edge { best, low, high })
    }
}

/// A war is said to have begun: the start of a known one, or a war of its own.
fn begin<'a>(wars: &mut Vec<War<'a>>, mark: &Mark<'a>) {
    let edge = Edge { best: mark.from, low: mark.from, high: mark.until };
    let known = wars.iter_mut().find(|war| {
        let near = after_months(war.from.low, 12);
        (war.from.low <= mark.from && mark.from <= war.from.high.max(near.min(mark.from)))
            && war.holds(mark.from)
            || war.from.low <= mark.until && mark.from <= war.from.high
    });
    let Some(war) = known else {
        wars.push(War {
            ordinal: None,
            from: edge,
            until: None,
            run_up: None,
            evidence: mark.all().collect(),
        });
        return;
    };
    if edge.high - edge.low < war.from.high - war.from.low
        && war.from.low <= edge.best
        && edge.best <= war.from.high
    {
        war.from = edge;
    }
    war.evidence.extend(mark.all());
}

/// The wars that only have a place in a series, in order.
pub(crate) fn undated<'a>(known: &Known<'a>, dated: &[War<'a>]) -> Vec<UndatedWar<'a>> {
    let mut wars: BTreeMap<u8, Vec<&'a Evidence>> = BTreeMap::new();
    for evidence in &known.undated {
        let Some(ordinal) = ordinal_of(evidence) else { continue };
        if dated.iter().all(|war| war.ordinal != Some(ordinal)) && !is_dated_unnumbered(dated, ordinal) {
            wars.entry(ordinal).or_default().push(evidence);
        }
    }
    let mut placed: Vec<UndatedWar<'a>> =
        wars.into_iter().map(|(ordinal, evidence)| place(known, dated, ordinal, evidence)).collect();
    // A later war of the series is not before an earlier one, nor an earlier one after a later.
    for at in 1..placed.len() {
        placed[at].low = placed[at].low.max(placed[at - 1].low);
    }
    for at in (1..placed.len()).rev() {
        let high = placed[at].high;
        let before = &mut placed[at - 1];
        before.high = [before.high, high].into_iter().flatten().min();
    }
    for war in &mut placed {
        if matches!((war.low, war.high), (Some(low), Some(high)) if high < low) {
            war.low = None;
        }
    }
    placed
}

/// Whether a dated war without a number stands where the series has its `ordinal`th: after the one before it, with no
/// other between.
fn is_dated_unnumbered(dated: &[War<'_>], ordinal: u8) -> bool {
    let Some(before) = dated.iter().rfind(|war| war.ordinal == ordinal.checked_sub(1)) else { return false };
    let next = dated.iter().find(|war| before.until.unwrap_or(before.from).high < war.from.low);
    next.is_some_and(|war| war.ordinal.is_none())
}

/// Bounds by the neighbours: dated wars of the series, else what is told before and after the first mention.
fn place<'a>(
    known: &Known<'a>,
    dated: &[War<'a>],
    ordinal: u8,
    evidence: Vec<&'a Evidence>,
) -> UndatedWar<'a> {
    let before = dated.iter().filter(|war| war.ordinal.is_some_and(|other| other < ordinal));
    let after = dated.iter().filter(|war| war.ordinal.is_some_and(|other| ordinal < other));
    let low = before.map(|war| war.until.map_or(war.from.high, |until| until.best)).max();
    let high = after.map(|war| war.from.best - 1).min();
    let told = evidence.first().map_or(0, |first| first.order);
    let neighbours = |earlier: bool| {
        known
            .marks
            .iter()
            .filter(move |mark| (mark.evidence.order < told) == earlier && mark.evidence.order != told)
    };
    // What is told next may go back in time; the order of the series does not.
    let fits = |day: &i32| low.is_none_or(|low| low < *day);
    let next = || {
        let later = neighbours(false).filter(|mark| fits(&(mark.from - 1)));
        later.min_by_key(|mark| mark.evidence.order).map(|mark| mark.from - 1)
    };
    let high = high.or_else(next);
    let low = low.or_else(|| neighbours(true).max_by_key(|mark| mark.evidence.order).map(|mark| mark.until));
    let published = evidence.iter().filter_map(|it| it.published).min().map(irenic_model::day_number);
    let high = [high, published, Some(known.as_of)].into_iter().flatten().min();
    UndatedWar { ordinal, low, high, evidence }
}
