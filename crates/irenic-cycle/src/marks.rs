//! Evidence made ready for the models: cut to what was asked, in order of time, the coarse merged into the fine.

use irenic_model::jiff::civil::Date;
use irenic_model::{ClashScale, DateInterval, Evidence, Grain, Observation, Provenance, day_number};

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

    /// Whether it may have been in any of more than a month's days.
    pub(crate) const fn is_coarse(&self) -> bool {
        31 < self.until - self.from
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
    /// Dated evidence in order of time, without mere politics.
    pub(crate) marks: Vec<Mark<'a>>,
    /// Dated politics in order of time: how a quarrel came about, and nothing of its stages.
    pub(crate) politics: Vec<Mark<'a>>,
    /// Undated evidence in order of telling.
    pub(crate) undated: Vec<&'a Evidence>,
    /// All usable evidence in order of telling.
    pub(crate) told: Vec<&'a Evidence>,
    /// The day the question is about.
    pub(crate) as_of: i32,
}

impl Known<'_> {
    /// Leaves out the violence of another age, and what was done about it then: a text that begins with the rising of the
    /// great-grandfathers tells of another round of history. Claims stay; they are what lasts.
    ///
    /// Ages lie more than `gap_days` without violence apart. The one with most evidence is meant, and every other with at
    /// least `percent_min` of as much.
    pub(crate) fn without_background(mut self, gap_days: i32, percent_min: u64) -> Self {
        let mut ages: Vec<(i32, i32, u64)> = Vec::new();
        for mark in
            self.marks.iter().filter(|mark| mark.shows().is_violent() && mark.until - mark.from < gap_days)
        {
            match ages.last_mut() {
                Some(age) if mark.from <= age.1.saturating_add(gap_days) => {
                    age.1 = age.1.max(mark.until);
                    age.2 += 1;
                }
                _ => ages.push((mark.from, mark.until, 1)),
            }
        }
        let most = ages.iter().map(|age| age.2).max().unwrap_or(0);
        let (other, own): (Vec<_>, Vec<_>) =
            ages.into_iter().partition(|age| 100 * age.2 < percent_min * most);
        let near = |mark: &Mark<'_>| {
            own.iter().any(|age| {
                age.0 <= mark.until.saturating_add(gap_days) && mark.from <= age.1.saturating_add(gap_days)
            })
        };
        self.marks.retain(|mark| {
            let inside = |age: &&(i32, i32, u64)| {
                age.0 <= mark.from
                    && mark.from <= age.1.saturating_add(gap_days / 2)
                    && mark.until <= age.1.saturating_add(gap_days)
            };
            // Pressure of another age is background even where its violence is not told.
            let far = *mark.shows() == Observation::Coercion && !own.is_empty() && !near(mark);
            *mark.shows() == Observation::Claim || !far && !other.iter().any(|age| inside(&age))
        });
        self
    }
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
    let marks = told.iter().filter_map(|it| Mark::new(it, it.when.as_ref()?, as_of));
    let (mut politics, marks): (Vec<Mark<'_>>, Vec<Mark<'_>>) =
        marks.partition(|mark| *mark.shows() == Observation::Politics);
    politics.sort_by_key(|mark| (mark.from, mark.until, mark.evidence.order));
    let marks = without_counts(marks);
    told.retain(|it| it.observation != Observation::Politics);
    let undated = told.iter().copied().filter(|it| it.when.is_none()).collect();
    Known { marks: refined(marks), politics, undated, told, as_of }
}

/// A toll of this size on one day, with no fighting told of that week, is that of a count made on the day.
const COUNT_MIN: u64 = 100;

/// Leaves out the sums of a war that are told with the day on which they were published.
fn without_counts(mut marks: Vec<Mark<'_>>) -> Vec<Mark<'_>> {
    let is_other = |mark: &&Mark<'_>| match mark.shows() {
        Observation::Clash { scale } => ClashScale::Organised <= *scale,
        Observation::WarBegins => true,
        _ => false,
    };
    let mut fought: Vec<(i32, i32)> = marks
        .iter()
        .filter(is_other)
        .filter(|mark| !mark.is_coarse())
        .map(|mark| (mark.from, mark.until))
        .collect();
    fought.sort_unstable();
    marks.retain(|mark| {
        let Observation::Deaths { low, .. } = mark.shows() else { return true };
        let sure = is_row(mark) || !mark.is_day() || *low < COUNT_MIN;
        sure || fought.iter().any(|&(from, until)| from <= mark.until + 7 && mark.from - 7 <= until)
    });
    marks
}

/// In order of time, with each coarse mark merged into a fine one of the same kind that lies inside it.
fn refined(mut marks: Vec<Mark<'_>>) -> Vec<Mark<'_>> {
    marks.sort_by(|a, b| {
        let key = |mark: &Mark<'_>| (mark.from, mark.until, mark.evidence.order);
        key(a).cmp(&key(b)).then_with(|| a.evidence.provenance.cmp(&b.evidence.provenance))
    });
    let fine: Vec<usize> = (0..marks.len()).filter(|&at| !marks[at].is_coarse()).collect();
    let homes: Vec<Option<usize>> = marks.iter().map(|mark| home_of(mark, &marks, &fine)).collect();
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

/// The first finer mark of the same kind inside a coarse one: "in May" is told again as "on 12 May".
fn home_of(mark: &Mark<'_>, marks: &[Mark<'_>], fine: &[usize]) -> Option<usize> {
    if mark.is_day() || is_row(mark) {
        return None;
    }
    let first = fine.partition_point(|&at| marks[at].from < mark.from);
    let inside = fine[first..].iter().copied().take_while(|&at| marks[at].from <= mark.until);
    inside
        .filter(|&at| {
            marks[at].until <= mark.until && marks[at].grain() < mark.grain() && !is_row(&marks[at])
        })
        .find(|&at| is_the_same(mark, marks[at].shows()))
}

fn is_the_same(mark: &Mark<'_>, finer: &Observation) -> bool {
    match mark.shows() {
        Observation::Ceasefire | Observation::Agreement | Observation::WarBegins => mark.shows() == finer,
        Observation::FightingEnds => matches!(finer, Observation::FightingEnds | Observation::Ceasefire),
        // In a year of many clashes one more that is dated by the year alone is none of its own.
        Observation::Clash { scale } if mark.is_coarse() => {
            matches!(finer, Observation::Clash { scale: found } if scale <= found)
        }
        Observation::Clash { scale: ClashScale::Sustained } => mark.shows() == finer,
        Observation::Coercion if mark.is_coarse() => matches!(finer, Observation::Coercion),
        _ => false,
    }
}

fn is_row(mark: &Mark<'_>) -> bool {
    matches!(mark.evidence.provenance, Provenance::Row { .. })
}
