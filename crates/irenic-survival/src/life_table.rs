//! The actuarial life table: events, withdrawals and late entries by interval, each of the latter two at risk for half of it.
//!
//! The estimator for dates that are known to an interval alone. Source: Cutler and Ederer (1958), J. Chron. Dis. 8:699; for
//! late entries, Elandt-Johnson and Johnson (1980), Survival Models and Data Analysis, chapter 4.

use crate::{Spells, SurvivalError};

/// One interval of a life table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LifeRow {
    /// Its start, included.
    pub from: f64,
    /// Its end, not included.
    pub until: f64,
    /// The weight at its start.
    pub entering: f64,
    /// The weight that joins in it.
    pub joined: f64,
    /// The weight censored in it.
    pub withdrawn: f64,
    /// The weight of events in it.
    pub events: f64,
    /// The chance of an event in it: events over entering, plus half the joined, less half the withdrawn.
    pub hazard: f64,
    /// The share that survives its end.
    pub survival: f64,
    /// The standard error of that share (Greenwood).
    pub standard_error: f64,
}

/// The table over the intervals between `breaks`; who leaves before the first or enters from the last on is not looked at.
///
/// # Errors
///
/// If there are fewer than two breaks, or one is negative, not finite or no later than the one before.
///
/// ```
/// use irenic_survival::{Spells, life_table};
/// let spells = Spells::new(&[0.5, 1.5, 1.5, 2.5], &[1, 1, 0, 0]).unwrap();
/// let rows = life_table(&spells, &[0.0, 1.0, 2.0, 3.0]).unwrap();
/// assert_eq!(rows[1].hazard, 1.0 / 2.5);
/// assert!(life_table(&spells, &[1.0, 1.0]).is_err());
/// ```
pub fn life_table(spells: &Spells<'_>, breaks: &[f64]) -> Result<Vec<LifeRow>, SurvivalError> {
    let intervals = check(breaks)?;
    let mut tallies = vec![Tally::default(); intervals];
    let mut entering = 0.0;
    for at in 0..spells.len() {
        let (entry, weight) = (spells.entry.map_or(0.0, |entry| entry[at]), spells.weight_of(at));
        if spells.exit[at] < breaks[0] || entry >= breaks[intervals] {
            continue;
        }
        match interval_of(breaks, entry).filter(|_| entry > breaks[0]) {
            Some(interval) => tallies[interval].joined += weight,
            None => entering += weight,
        }
        if let Some(interval) = interval_of(breaks, spells.exit[at]).filter(|&interval| interval < intervals)
        {
            let tally = &mut tallies[interval];
            *(if spells.cause[at] > 0 { &mut tally.events } else { &mut tally.withdrawn }) += weight;
        }
    }
    Ok(rows(breaks, &tallies, entering))
}

#[derive(Clone, Copy, Default)]
struct Tally {
    joined: f64,
    withdrawn: f64,
    events: f64,
}

/// The number of intervals.
fn check(breaks: &[f64]) -> Result<usize, SurvivalError> {
    let wrong = (0..breaks.len())
        .find(|&at| !breaks[at].is_finite() || breaks[at] < 0.0 || (at > 0 && breaks[at] <= breaks[at - 1]));
    match wrong {
        Some(at) => Err(SurvivalError::Break { at, value: breaks[at] }),
        None if breaks.len() < 2 => Err(SurvivalError::Nothing("a life table needs two breaks")),
        None => Ok(breaks.len() - 1),
    }
}

/// The interval that holds a time: the number of breaks up to it, less one.
fn interval_of(breaks: &[f64], time: f64) -> Option<usize> {
    breaks.partition_point(|&start| start <= time).checked_sub(1)
}

fn rows(breaks: &[f64], tallies: &[Tally], mut entering: f64) -> Vec<LifeRow> {
    let (mut survival, mut greenwood) = (1.0, 0.0);
    let row = |(bounds, tally): (&[f64], &Tally)| {
        let &Tally { joined, withdrawn, events } = tally;
        let exposed = entering + joined / 2.0 - withdrawn / 2.0;
        let hazard = if exposed > 0.0 { (events / exposed).min(1.0) } else { 0.0 };
        survival *= 1.0 - hazard;
        if exposed > events {
            greenwood += events / (exposed * (exposed - events));
        }
        let row = LifeRow {
            from: bounds[0],
            until: bounds[1],
            entering,
            joined,
            withdrawn,
            events,
            hazard,
            survival,
            standard_error: survival * f64::sqrt(greenwood),
        };
        entering += joined - withdrawn - events;
        row
    };
    breaks.windows(2).zip(tallies).map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table of Cutler and Ederer (1958), worked in docs/validation/life-table.md.
    #[test]
    fn kidney_cancer_in_connecticut() {
        let published = [(47, 19), (5, 17), (2, 15), (2, 9), (0, 6)];
        let (mut exit, mut cause) = (Vec::new(), Vec::new());
        for (year, (events, withdrawn)) in published.into_iter().enumerate() {
            exit.extend(vec![year as f64 + 0.5; events + withdrawn]);
            cause.extend(vec![1; events]);
            cause.extend(vec![0; withdrawn]);
        }
        exit.extend([5.5; 4]);
        cause.extend([0; 4]);
        let breaks = [0.0, 1.0, 2.0, 3.0, 4.0, 5.0];
        let rows = life_table(&Spells::new(&exit, &cause).unwrap(), &breaks).unwrap();
        let worked = [
            (126.0, 0.403_433, 0.596_567),
            (60.0, 0.097_087, 0.538_647),
            (38.0, 0.065_574, 0.503_326),
            (21.0, 0.121_212, 0.442_317),
            (10.0, 0.0, 0.442_317),
        ];
        for (row, (entering, hazard, survival)) in rows.iter().zip(worked) {
            assert_eq!(row.entering, entering);
            assert!((row.hazard - hazard).abs() < 1e-6 && (row.survival - survival).abs() < 1e-6, "{row:?}");
        }
        assert!((rows[4].standard_error - 0.060_247).abs() < 1e-6, "{}", rows[4].standard_error);
    }

    #[test]
    fn late_entries_count_for_half_of_their_interval() {
        let spells = Spells::new(&[2.5, 2.5, 2.5], &[1, 0, 0]).unwrap().entering(&[0.0, 1.5, 0.0]).unwrap();
        let rows = life_table(&spells, &[0.0, 1.0, 2.0, 3.0]).unwrap();
        assert_eq!((rows[1].entering, rows[1].joined, rows[2].entering), (2.0, 1.0, 3.0));
        assert_eq!(rows[2].hazard, 1.0 / 2.0);
        assert!(matches!(life_table(&spells, &[0.0]), Err(SurvivalError::Nothing(_))));
        assert!(matches!(life_table(&spells, &[0.0, f64::NAN]), Err(SurvivalError::Break { at: 1, .. })));
    }
}
