//! How many deaths reports prove between them, when some repeat each other.

use std::collections::BTreeMap;

use irenic_model::{Observation, Provenance};

use crate::marks::Mark;

/// Deaths reported over an interval of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Report {
    pub(crate) from: i32,
    pub(crate) until: i32,
    pub(crate) low: u64,
    /// At most so many; the same as `low` where the report gives no upper bound.
    pub(crate) high: u64,
}

/// Least and most deaths by table; statements are together under `None`.
type Tolls<'a> = BTreeMap<Option<&'a str>, (u64, u64)>;

/// The reports of deaths among the marks, in order of their last day.
///
/// Rows of one table are different incidents and add up; statements on the same days may repeat each other, so the
/// largest of them stands for all.
pub(crate) fn reports(marks: &[Mark<'_>], battle_only: bool) -> Vec<Report> {
    let mut by_days: BTreeMap<(i32, i32), Tolls<'_>> = BTreeMap::new();
    for mark in marks {
        let Observation::Deaths { low, high, battle } = mark.shows() else { continue };
        if battle_only && !battle {
            continue;
        }
        let table = match &mark.evidence.provenance {
            Provenance::Row { file, .. } => Some(file.as_str()),
            Provenance::Statement(_) => None,
        };
        let slot = by_days.entry((mark.until, mark.from)).or_default().entry(table).or_default();
        let high = high.unwrap_or(*low).max(*low);
        *slot = match table {
            Some(_) => (slot.0 + low, slot.1 + high),
            None => (slot.0.max(*low), slot.1.max(high)),
        };
    }
    by_days
        .into_iter()
        .map(|((until, from), of)| Report {
            from,
            until,
            low: of.values().map(|it| it.0).max().unwrap_or(0),
            high: of.values().map(|it| it.1).max().unwrap_or(0),
        })
        .collect()
}

/// What reports say of a window of days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Toll {
    /// So many must have died in it: the largest sum over reports that lie inside and share no day.
    pub(crate) low: u64,
    /// So many may have: the sum over all reports that touch it.
    pub(crate) high: u64,
}

/// The toll of the days `from..=until`.
///
/// The least is exact: the heaviest set of reports without a common day, found by looking at each report once for
/// every last day (weighted interval scheduling). `reports` are those of [`reports`], in order of their last day.
pub(crate) fn toll(reports: &[Report], from: i32, until: i32) -> Toll {
    let mut best: Vec<(i32, u64)> = vec![(i32::MIN, 0)];
    let mut high = 0;
    let first = reports.partition_point(|report| report.until < from);
    for report in &reports[first..] {
        if report.from <= until {
            high += report.high;
        }
        if report.from < from || until < report.until {
            continue;
        }
        let before = best.partition_point(|&(day, _)| day < report.from) - 1;
        let with = best[before].1 + report.low;
        let (day, without) = best[best.len() - 1];
        if with <= without {
            continue;
        }
        if day == report.until {
            best.pop();
        }
        best.push((report.until, with));
    }
    let low = best[best.len() - 1].1;
    Toll { low, high: high.max(low) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn report(from: i32, until: i32, low: u64) -> Report {
        Report { from, until, low, high: low }
    }

    #[test]
    fn reports_that_share_days_do_not_add_up() {
        let cases: [(&[Report], u64, u64); 4] = [
            (&[], 0, 0),
            (&[report(1, 1, 5), report(2, 2, 7)], 12, 12),
            // A year's total beside its incidents: the total stands.
            (&[report(3, 3, 5), report(4, 4, 7), report(0, 9, 20)], 20, 32),
            // Incidents that outweigh a lower total.
            (&[report(3, 3, 15), report(4, 4, 7), report(0, 9, 20)], 22, 42),
        ];
        for (reports, low, high) in cases {
            assert_eq!(toll(reports, 0, 9), Toll { low, high }, "{reports:?}");
        }
    }

    #[test]
    fn a_report_that_leaves_the_window_may_count_but_need_not() {
        assert_eq!(toll(&[report(5, 15, 8)], 0, 9), Toll { low: 0, high: 8 });
        assert_eq!(toll(&[report(12, 15, 8)], 0, 9), Toll::default());
    }
}
