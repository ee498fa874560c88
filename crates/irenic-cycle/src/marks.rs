//! Evidence made ready for the models: cut to what was asked, in order of time, the coarse merged into the fine.

use irenic_model::jiff::civil::Date;
use irenic_model::{ClashScale, DateInterval, Evidence, Grain, Observation, day_number};

/// Dated evidence as days since 1970.
#[derive(Clone, Debug)]
pub(crate) struct Mark<'a> {
    /// The first day it may have been.
    pub(crate) from: i32,
    /// The last day it may have been, or the last day of its extent.
    pub(crate) until: i32,
    /// Whether the as-of day cuts its extent short.
    pub(crate) cut: bool,
    /// What it shows.
    pub(crate) evidence: &'a Evidence,
    /// Coarser evidence of the same thing.
    pub(crate) beside: Vec<&'a Evidence>,
}

impl<'a> Mark<'a> {
    fn new(evidence: &'a Evidence, when: &DateInterval, as_of: i32) -> Option<Self> {
        let (from, until) = (day_number(when.from()), day_number(when.until()));
        (from <= as_of).then(|| Self {
            from,
            until: until.min(as_of),
            cut: as_of < until,
            evidence,
            beside: Vec::new(),
        })
    }

    pub(crate) fn shows(&self) -> &'a Observation {
        &self.evidence.observation
    }

    pub(crate) fn is_day(&self) -> bool {
        self.grain() == Grain::Day
    }

    pub(crate) fn grain(&self) -> Grain {
        self.evidence.when.map_or(Grain::Century, |when| when.grain())
    }

    /// It and what it stands for.
    pub(crate) fn all(&self) -> impl Iterator<Item = &'a Evidence> + '_ {
        std::iter::once(self.evidence).chain(self.beside.iter().copied())
    }
}

/// The evidence a question may use.
pub(crate) struct Known<'a> {
    /// Dated evidence in order of time.
    pub(crate) marks: Vec<Mark<'a>>,
    /// Undated evidence in order of telling.
    pub(crate) undated: Vec<&'a Evidence>,
    /// All usable evidence in order of telling.
    pub(crate) told: Vec<&'a Evidence>,
    /// The day the question is about.
    pub(crate) as_of: i32,
}

/// Cuts evidence to what had happened by `as_of` and, where asked, was published by `known_by`.
///
/// With `known_by`, evidence whose source has no date of publication is left out: it cannot be shown to have been known.
pub(crate) fn known(evidence: &[Evidence], as_of: Date, known_by: Option<Date>) -> Known<'_> {
    let as_of = day_number(as_of);
    let mut told: Vec<&Evidence> = evidence
        .iter()
        .filter(|it| known_by.is_none_or(|day| it.published.is_some_and(|published| published <= day)))
        .collect();
    told.sort_by(|a, b| a.order.cmp(&b.order).then_with(|| a.provenance.cmp(&b.provenance)));
    let marks = told.iter().filter_map(|it| Mark::new(it, it.when.as_ref()?, as_of)).collect();
    let undated = told.iter().copied().filter(|it| it.when.is_none()).collect();
    Known { marks: refined(marks), undated, told, as_of }
}

/// In order of time, with each coarse mark merged into a fine one of the same kind that lies inside it.
fn refined(mut marks: Vec<Mark<'_>>) -> Vec<Mark<'_>> {
    marks.sort_by(|a, b| {
        let key = |mark: &Mark<'_>| (mark.from, mark.until, mark.evidence.order);
        key(a).cmp(&key(b)).then_with(|| a.evidence.provenance.cmp(&b.evidence.provenance))
    });
    let days: Vec<(usize, i32)> =
        marks.iter().enumerate().filter(|(_, it)| it.is_day()).map(|(at, it)| (at, it.from)).collect();
    let homes: Vec<Option<usize>> = marks.iter().map(|mark| home_of(mark, &marks, &days)).collect();
    let mut moved: Vec<(usize, &Evidence)> = Vec::new();
    for (at, home) in homes.iter().enumerate() {
        if let Some(home) = home {
            moved.push((*home, marks[at].evidence));
        }
    }
    for (home, evidence) in moved {
        marks[home].beside.push(evidence);
    }
    let mut homes = homes.into_iter();
    marks.retain(|_| homes.next().flatten().is_none());
    marks
}

/// The first mark of a day and of the same kind inside a coarse one: "in May" is told again as "on 12 May".
fn home_of(mark: &Mark<'_>, marks: &[Mark<'_>], days: &[(usize, i32)]) -> Option<usize> {
    let turns = match mark.shows() {
        Observation::Ceasefire
        | Observation::Agreement
        | Observation::WarBegins
        | Observation::FightingEnds => true,
        // Over more than a month fighting breaks out more than once.
        Observation::Clash { scale: ClashScale::Sustained } => mark.until - mark.from <= 31,
        _ => false,
    };
    if mark.is_day() || !turns {
        return None;
    }
    let first = days.partition_point(|&(_, day)| day < mark.from);
    days[first..]
        .iter()
        .take_while(|&&(_, day)| day <= mark.until)
        .map(|&(at, _)| at)
        .find(|&at| marks[at].shows() == mark.shows())
}
