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

/// Tests whether the groups, numbered from 0, share one hazard; every cause counts as the event, weights are not used.
///
/// # Errors
///
/// If there is not one group for each subject, only one group, or no event that could tell groups apart.
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
