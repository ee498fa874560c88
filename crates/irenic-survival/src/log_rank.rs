//! The log-rank test of any number of groups.
//!
//! Source: Mantel (1966); Peto and Peto (1972); the covariances are the hypergeometric ones that R's `survdiff` uses.

use statrs::distribution::{ChiSquared, ContinuousCDF};

use crate::linear::Matrix;
use crate::spells::same_length;
use crate::{Spells, SurvivalError};

/// What the test finds.
#[derive(Clone, Debug, PartialEq)]
pub struct LogRank {
    /// Events seen in each group.
    pub observed: Vec<f64>,
    /// Events expected if all groups had one hazard.
    pub expected: Vec<f64>,
    /// The statistic.
    pub chi_squared: f64,
    /// Its degrees of freedom.
    pub degrees: usize,
    /// The chance of so large a statistic if all groups had one hazard.
    pub p: f64,
}

/// Groups are numbered below this: their covariances are held in a square.
const GROUPS_MAX: usize = 1000;

/// Tests whether the groups, numbered from 0, share one hazard; every cause counts as the event, weights are not used.
///
/// # Errors
///
/// If there is not one group for each subject, only one group or one above 999, or no event that could tell groups apart.
///
/// ```
/// use irenic_survival::{Spells, log_rank};
/// let spells = Spells::new(&[1.0, 2.0, 3.0, 4.0], &[1, 1, 1, 1]).unwrap();
/// let test = log_rank(&spells, &[0, 0, 1, 1]).unwrap();
/// assert_eq!(test.degrees, 1);
/// assert!(test.p > 0.05);
/// ```
pub fn log_rank(spells: &Spells<'_>, groups: &[usize]) -> Result<LogRank, SurvivalError> {
    same_length("groups", groups.len(), spells.len())?;
    if let Some(at) = groups.iter().position(|&group| group >= GROUPS_MAX) {
        return Err(SurvivalError::Number { what: "group", at, number: groups[at], bound: GROUPS_MAX });
    }
    let count = groups.iter().max().map_or(0, |last| last + 1);
    if count < 2 {
        return Err(SurvivalError::Nothing("one group alone"));
    }
    let mut observed = vec![0.0; count];
    let mut expected = vec![0.0; count];
    let mut variance = Matrix::zeros(count);
    let mut at_risk = vec![0.0; count];
    if spells.entry.is_none() {
        groups.iter().for_each(|&group| at_risk[group] += 1.0);
    }
    let mut entered = 0;
    spells.at_each_exit(|risk| {
        if let Some(entry) = spells.entry {
            while let Some(&at) = spells.by_entry.get(entered).filter(|&&at| entry[at] < risk.time) {
                at_risk[groups[at]] += 1.0;
                entered += 1;
            }
        }
        let n: f64 = at_risk.iter().sum();
        let mut events = 0.0;
        for &at in risk.leaving.iter().filter(|&&at| spells.cause[at] > 0) {
            observed[groups[at]] += 1.0;
            events += 1.0;
        }
        if events > 0.0 {
            for a in 0..count {
                expected[a] += events * at_risk[a] / n;
                if n > 1.0 {
                    let factor = events * (n - events) / (n - 1.0) * at_risk[a] / n;
                    for (b, other) in at_risk.iter().enumerate() {
                        let same = f64::from(u8::from(a == b));
                        variance.add(a, b, factor * (same - other / n));
                    }
                }
            }
        }
        risk.leaving.iter().for_each(|&at| at_risk[groups[at]] -= 1.0);
    });
    let kept: Vec<usize> = (0..count).filter(|&group| expected[group] > 0.0).collect();
    let degrees = kept.len().saturating_sub(1);
    if degrees == 0 {
        return Err(SurvivalError::Nothing("no event while two groups were at risk"));
    }
    let part = variance.part(&kept[..degrees]);
    let differences: Vec<f64> =
        kept[..degrees].iter().map(|&group| observed[group] - expected[group]).collect();
    let solved = part.solve(&differences).ok_or(SurvivalError::Singular)?;
    let chi_squared: f64 = solved.iter().zip(&differences).map(|(a, b)| a * b).sum();
    let p = ChiSquared::new(degrees as f64).map_or(f64::NAN, |law| law.sf(chi_squared));
    Ok(LogRank { observed, expected, chi_squared, degrees, p })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Worked by hand in docs/validation/log-rank.md: Freireich et al. (1963), as Gehan (1965) gives them.
    #[test]
    fn the_leukaemia_trial_by_hand() {
        let treated = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35];
        let relapsed = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0];
        let placebo = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23];
        let exit: Vec<f64> = treated.into_iter().chain(placebo).map(f64::from).collect();
        let cause: Vec<u32> = relapsed.into_iter().chain([1; 21]).collect();
        let groups: Vec<usize> = [0; 21].into_iter().chain([1; 21]).collect();
        let test = log_rank(&Spells::new(&exit, &cause).unwrap(), &groups).unwrap();
        assert_eq!(test.observed, [9.0, 21.0]);
        assert!((test.expected[0] - 19.250_501).abs() < 1e-6);
        assert!((test.chi_squared - 16.792_941).abs() < 1e-6);
        assert_eq!(test.degrees, 1);
    }

    #[test]
    fn what_cannot_be_tested_is_refused() {
        let spells = Spells::new(&[1.0, 2.0], &[1, 1]).unwrap();
        assert!(matches!(log_rank(&spells, &[0, 0]), Err(SurvivalError::Nothing(_))));
        assert!(matches!(log_rank(&spells, &[0]), Err(SurvivalError::Lengths { .. })));
        assert!(matches!(log_rank(&spells, &[0, usize::MAX]), Err(SurvivalError::Number { .. })));
    }
}
