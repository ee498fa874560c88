//! Cox's proportional hazards regression with Efron's ties, late entries, and errors that allow for clusters.
//!
//! Sources: Cox (1972), JRSS B 34:187; Efron (1977), JASA 72:557; Lin and Wei (1989), JASA 84:1074, for the robust variance,
//! with the score residuals under Efron's ties of Therneau and Grambsch (2000), section 4.6. Compared with R's `coxph`.

use statrs::distribution::{ContinuousCDF, Normal};

use crate::labels::dense;
use crate::linear::Matrix;
use crate::spells::same_length;
use crate::{Spells, SurvivalError};

/// How the fit goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CoxConfig {
    /// The iteration stops where no Newton step is longer than this, in coefficients of covariates of standard deviation 1.
    pub tolerance: f64,
    /// It gives up after so many steps.
    pub steps_max: usize,
}

impl Default for CoxConfig {
    fn default() -> Self {
        Self { tolerance: 1e-8, steps_max: 50 }
    }
}

/// A fitted Cox regression.
#[derive(Clone, Debug, PartialEq)]
pub struct Cox {
    /// The log hazard ratios, in the order of the columns.
    pub coefficients: Vec<f64>,
    /// Their covariance by the inverse of the information.
    pub covariance: Vec<Vec<f64>>,
    /// Their covariance allowing for dependence within clusters, where clusters were given.
    pub robust: Option<Vec<Vec<f64>>>,
    /// The log partial likelihood without covariates, and at the estimate.
    pub log_likelihood: (f64, f64),
    /// The steps that were taken.
    pub steps: usize,
}

impl Cox {
    /// Fits the hazard of any cause on `rows`, one value a column for each subject; subjects with one
    /// number in `clusters` are one cluster.
    ///
    /// # Errors
    ///
    /// If lengths differ, a value is not finite, there is no event, covariates are collinear, or the iteration does not
    /// converge.
    ///
    /// ```
    /// use irenic_survival::{Cox, CoxConfig, Spells};
    /// let spells = Spells::new(&[1.0, 2.0, 3.0, 4.0, 5.0], &[1, 1, 1, 1, 0]).unwrap();
    /// let rows = [1.0, 0.0, 1.0, 0.0, 0.0].map(|value| vec![value]);
    /// let fit = Cox::fit(&spells, &rows, None, &CoxConfig::default()).unwrap();
    /// assert!(fit.coefficients[0] > 0.0);
    /// ```
    pub fn fit(
        spells: &Spells<'_>,
        rows: &[Vec<f64>],
        clusters: Option<&[usize]>,
        config: &CoxConfig,
    ) -> Result<Self, SurvivalError> {
        let columns = check(spells, rows, clusters)?;
        let times = event_times(spells);
        if times.is_empty() {
            return Err(SurvivalError::Nothing("no event"));
        }
        // Far from 0 or in large units, covariates would lose the digits that tell subjects apart, and their exponentials
        // could overflow.
        let scale = Scale::of(rows, columns).ok_or(SurvivalError::Singular)?;
        let standard: Vec<Vec<f64>> = rows.iter().map(|row| scale.apply(row)).collect();
        let rows = &standard[..];
        let mut coefficients = vec![0.0; columns];
        let start = sums(spells, rows, &coefficients, &times);
        let mut now = sums(spells, rows, &coefficients, &times);
        for step in 1..=config.steps_max {
            let direction = now.information.solve(&now.score).ok_or(SurvivalError::Singular)?;
            let mut factor = 1.0;
            let (moved, next) = loop {
                let moved: Vec<f64> =
                    coefficients.iter().zip(&direction).map(|(at, by)| at + factor * by).collect();
                let next = sums(spells, rows, &moved, &times);
                if next.log_likelihood.is_finite()
                    && next.log_likelihood >= now.log_likelihood - 1e-12 * (1.0 + now.log_likelihood.abs())
                    || factor < 1e-6
                {
                    break (moved, next);
                }
                factor /= 2.0;
            };
            let longest = direction.iter().fold(0.0, |longest: f64, by| longest.max(by.abs()));
            coefficients = moved;
            now = next;
            if longest <= config.tolerance {
                let inverse = now.information.inverse().ok_or(SurvivalError::Singular)?;
                let robust = clusters.map(|of| robust(spells, rows, &coefficients, &times, of, &inverse));
                return Ok(Self {
                    coefficients: coefficients
                        .iter()
                        .zip(&scale.deviation)
                        .map(|(value, by)| value / by)
                        .collect(),
                    covariance: scale.back(inverse.rows()),
                    robust: robust.map(|covariance| scale.back(covariance)),
                    log_likelihood: (start.log_likelihood, now.log_likelihood),
                    steps: step,
                });
            }
        }
        Err(SurvivalError::NoConvergence(config.steps_max))
    }

    /// The standard error of a coefficient: the robust one where clusters were given.
    #[must_use]
    pub fn standard_error(&self, column: usize) -> f64 {
        self.robust.as_ref().unwrap_or(&self.covariance)[column][column].sqrt()
    }

    /// The two-sided chance of so large a coefficient if it were 0.
    #[must_use]
    pub fn p(&self, column: usize) -> f64 {
        let z = self.coefficients[column] / self.standard_error(column);
        2.0 * Normal::standard().sf(z.abs())
    }
}

/// Each covariate's mean and standard deviation.
struct Scale {
    mean: Vec<f64>,
    deviation: Vec<f64>,
}

impl Scale {
    /// `None` where a covariate does not vary beyond rounding.
    fn of(rows: &[Vec<f64>], columns: usize) -> Option<Self> {
        let count = rows.len() as f64;
        let (mut mean, mut deviation) = (Vec::new(), Vec::new());
        for column in 0..columns {
            let centre = rows.iter().map(|row| row[column] / count).sum::<f64>();
            let largest = rows.iter().map(|row| row[column].abs()).fold(0.0, f64::max);
            let squares: f64 = rows.iter().map(|row| (row[column] - centre).powi(2) / count).sum();
            if !squares.is_finite() || squares.sqrt() <= 1e-12 * largest {
                return None;
            }
            mean.push(centre);
            deviation.push(squares.sqrt());
        }
        Some(Self { mean, deviation })
    }

    fn apply(&self, row: &[f64]) -> Vec<f64> {
        row.iter()
            .zip(&self.mean)
            .zip(&self.deviation)
            .map(|((value, mean), by)| (value - mean) / by)
            .collect()
    }

    /// A covariance of coefficients in the covariates' own units.
    fn back(&self, mut covariance: Vec<Vec<f64>>) -> Vec<Vec<f64>> {
        for (row, a) in covariance.iter_mut().zip(&self.deviation) {
            row.iter_mut().zip(&self.deviation).for_each(|(value, b)| *value /= a * b);
        }
        covariance
    }
}

fn check(spells: &Spells<'_>, rows: &[Vec<f64>], clusters: Option<&[usize]>) -> Result<usize, SurvivalError> {
    same_length("rows", rows.len(), spells.len())?;
    let columns = rows[0].len();
    for (at, row) in rows.iter().enumerate() {
        same_length("a row", row.len(), columns)?;
        if let Some(&value) = row.iter().find(|value| !value.is_finite()) {
            return Err(SurvivalError::Value { what: "a covariate", at, value });
        }
    }
    if let Some(clusters) = clusters {
        same_length("clusters", clusters.len(), spells.len())?;
    }
    if columns == 0 { Err(SurvivalError::Nothing("no covariate")) } else { Ok(columns) }
}

/// The distinct times of events, last first.
fn event_times(spells: &Spells<'_>) -> Vec<f64> {
    let mut times: Vec<f64> =
        (0..spells.len()).filter(|&at| spells.cause[at] > 0).map(|at| spells.exit[at]).collect();
    times.sort_by(|a, b| b.total_cmp(a));
    times.dedup();
    times
}

struct Sums {
    log_likelihood: f64,
    score: Vec<f64>,
    information: Matrix,
}

/// Sums over those at risk: of their relative hazards, times their covariates, times their products.
struct Moments {
    hazard: f64,
    first: Vec<f64>,
    second: Matrix,
}

impl Moments {
    fn zeros(columns: usize) -> Self {
        Self { hazard: 0.0, first: vec![0.0; columns], second: Matrix::zeros(columns) }
    }

    fn add(&mut self, row: &[f64], hazard: f64) {
        self.hazard += hazard;
        self.first.iter_mut().zip(row).for_each(|(sum, value)| *sum += hazard * value);
        self.second.add_outer(row, hazard);
    }

    /// These less a share of others.
    fn less(&self, other: &Self, share: f64) -> Self {
        let mut second = self.second.clone();
        second.add_all(&other.second, -share);
        let first = self.first.iter().zip(&other.first).map(|(a, b)| a - share * b).collect();
        Self { hazard: self.hazard - share * other.hazard, first, second }
    }

    fn mean(&self) -> Vec<f64> {
        self.first.iter().map(|sum| sum / self.hazard).collect()
    }
}

fn relative_hazard(row: &[f64], coefficients: &[f64]) -> f64 {
    row.iter().zip(coefficients).map(|(a, b)| a * b).sum::<f64>().exp()
}

/// Walks the event times from the last to the first with the moments of those at risk and of those who have the event.
fn at_each_event(
    spells: &Spells<'_>,
    rows: &[Vec<f64>],
    coefficients: &[f64],
    times: &[f64],
    mut each: impl FnMut(f64, &Moments, &Moments, &[usize]),
) {
    let columns = coefficients.len();
    let hazards: Vec<f64> =
        (0..rows.len()).map(|at| spells.weight_of(at) * relative_hazard(&rows[at], coefficients)).collect();
    let mut at_risk = Moments::zeros(columns);
    let (mut exits, mut entries) =
        (spells.by_exit.iter().rev().peekable(), spells.by_entry.iter().rev().peekable());
    for &time in times {
        let mut dead = Vec::new();
        while let Some(&at) = exits.next_if(|&&at| spells.exit[at] >= time) {
            at_risk.add(&rows[at], hazards[at]);
            if spells.exit[at] <= time && spells.cause[at] > 0 {
                dead.push(at);
            }
        }
        if let Some(entry) = spells.entry {
            while let Some(&at) = entries.next_if(|&&at| entry[at] >= time) {
                at_risk = at_risk.less(&single(&rows[at], hazards[at]), 1.0);
            }
        }
        let mut tied = Moments::zeros(columns);
        dead.iter().for_each(|&at| tied.add(&rows[at], hazards[at]));
        each(time, &at_risk, &tied, &dead);
    }
}

fn single(row: &[f64], hazard: f64) -> Moments {
    let mut moments = Moments::zeros(row.len());
    moments.add(row, hazard);
    moments
}

fn sums(spells: &Spells<'_>, rows: &[Vec<f64>], coefficients: &[f64], times: &[f64]) -> Sums {
    let columns = coefficients.len();
    let mut found =
        Sums { log_likelihood: 0.0, score: vec![0.0; columns], information: Matrix::zeros(columns) };
    at_each_event(spells, rows, coefficients, times, |_, at_risk, tied, dead| {
        for &at in dead {
            let weight = spells.weight_of(at);
            found.log_likelihood +=
                weight * rows[at].iter().zip(coefficients).map(|(a, b)| a * b).sum::<f64>();
            found.score.iter_mut().zip(&rows[at]).for_each(|(sum, value)| *sum += weight * value);
        }
        let weight = dead.iter().map(|&at| spells.weight_of(at)).sum::<f64>() / dead.len() as f64;
        for place in 0..dead.len() {
            let rest = at_risk.less(tied, place as f64 / dead.len() as f64);
            let mean = rest.mean();
            found.log_likelihood -= weight * rest.hazard.ln();
            found.score.iter_mut().zip(&mean).for_each(|(sum, value)| *sum -= weight * value);
            found.information.add_all(&rest.second, weight / rest.hazard);
            found.information.add_outer(&mean, -weight);
        }
    });
    found
}

/// The sandwich: the inverse information around the sum over clusters of their score residuals' products.
fn robust(
    spells: &Spells<'_>,
    rows: &[Vec<f64>],
    coefficients: &[f64],
    times: &[f64],
    clusters: &[usize],
    inverse: &Matrix,
) -> Vec<Vec<f64>> {
    let columns = coefficients.len();
    let residuals = score_residuals(spells, rows, coefficients, times);
    let (clusters, count) = dense(clusters);
    let mut by_cluster = vec![vec![0.0; columns]; count];
    for (at, residual) in residuals.iter().enumerate() {
        let weight = spells.weight_of(at);
        by_cluster[clusters[at]].iter_mut().zip(residual).for_each(|(sum, value)| *sum += weight * value);
    }
    let mut covariance = Matrix::zeros(columns);
    for sum in &by_cluster {
        covariance.add_outer(&inverse.times(sum), 1.0);
    }
    covariance.rows()
}

/// Each subject's score residual: its covariates less the mean at its event, less what it was expected to contribute at
/// every event it was at risk of. Among the tied, each counts as gone by the share that Efron's method gives it.
fn score_residuals(
    spells: &Spells<'_>,
    rows: &[Vec<f64>],
    coefficients: &[f64],
    times: &[f64],
) -> Vec<Vec<f64>> {
    let mut residuals = vec![vec![0.0; coefficients.len()]; rows.len()];
    at_each_event(spells, rows, coefficients, times, |time, at_risk, tied, dead| {
        let weight = dead.iter().map(|&at| spells.weight_of(at)).sum::<f64>() / dead.len() as f64;
        for place in 0..dead.len() {
            let share = place as f64 / dead.len() as f64;
            let rest = at_risk.less(tied, share);
            let mean = rest.mean();
            let hazard = weight / rest.hazard;
            for (at, residual) in residuals.iter_mut().enumerate() {
                let entered = spells.entry.is_none_or(|entry| entry[at] < time);
                if !entered || spells.exit[at] < time {
                    continue;
                }
                let is_dead = spells.exit[at] <= time && spells.cause[at] > 0;
                let stays = if is_dead { 1.0 - share } else { 1.0 };
                let own = relative_hazard(&rows[at], coefficients) * hazard * stays;
                let event = if is_dead { 1.0 / dead.len() as f64 } else { 0.0 };
                for (column, sum) in residual.iter_mut().enumerate() {
                    *sum += (event - own) * (rows[at][column] - mean[column]);
                }
            }
        }
    });
    residuals
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Worked by hand in docs/validation/cox.md: three subjects, one covariate, no ties.
    #[test]
    fn three_subjects_by_hand() {
        let spells = Spells::new(&[1.0, 2.0, 3.0], &[1, 1, 1]).unwrap();
        let rows = [vec![0.0], vec![1.0], vec![0.0]];
        // With h the hazard ratio the likelihood is 1/(2 + h) * h/(h + 1): its maximum is at h = sqrt 2.
        let fit = Cox::fit(&spells, &rows, None, &CoxConfig::default()).unwrap();
        assert!((fit.coefficients[0] - f64::sqrt(2.0).ln()).abs() < 1e-8);
        assert!((fit.log_likelihood.0 - (-(6f64.ln()))).abs() < 1e-12);
    }

    #[test]
    fn what_cannot_be_fitted_is_refused() {
        let spells = Spells::new(&[1.0, 2.0, 3.0], &[0, 0, 0]).unwrap();
        let rows = [vec![0.0], vec![1.0], vec![0.0]];
        assert_eq!(
            Cox::fit(&spells, &rows, None, &CoxConfig::default()),
            Err(SurvivalError::Nothing("no event"))
        );
        let spells = Spells::new(&[1.0, 2.0, 3.0], &[1, 1, 1]).unwrap();
        let flat = [vec![1.0], vec![1.0], vec![1.0]];
        assert_eq!(Cox::fit(&spells, &flat, None, &CoxConfig::default()), Err(SurvivalError::Singular));
        let flat = [vec![0.1], vec![0.1], vec![0.1]];
        assert_eq!(Cox::fit(&spells, &flat, None, &CoxConfig::default()), Err(SurvivalError::Singular));
        // The one with the covariate goes first: its hazard has no finite estimate.
        let apart = [vec![1.0], vec![0.0], vec![0.0]];
        let found = Cox::fit(&spells, &apart, None, &CoxConfig::default());
        assert!(matches!(found, Err(SurvivalError::NoConvergence(_) | SurvivalError::Singular)), "{found:?}");
    }

    /// Worked by hand in docs/validation/cox.md: Therneau's first test data, a tie of two under Efron's method.
    #[test]
    fn a_tie_by_hand() {
        let exit = [9.0, 1.0, 1.0, 6.0, 6.0, 8.0];
        let spells = Spells::new(&exit, &[1, 1, 0, 1, 1, 0]).unwrap();
        let covariate = [0.0, 1.0, 1.0, 1.0, 0.0, 0.0];
        let fit = |rows: &[Vec<f64>]| {
            Cox::fit(&spells, rows, Some(&[0, 1, 2, 3, 4, 5]), &CoxConfig::default()).unwrap()
        };
        let plain = fit(&covariate.map(|value| vec![value]));
        let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-6, "{a} {b}");
        near(plain.coefficients[0], 1.676_857);
        near(plain.log_likelihood.0, -4.276_666);
        near(plain.log_likelihood.1, -3.358_975);
        near(plain.covariance[0][0], 1.0 / 0.612_632);
        near(plain.standard_error(0).powi(2), 0.770_739);
        // In other units far from 0 the fit is the same.
        let moved = fit(&covariate.map(|value| vec![1e6 + value * 1e3]));
        near(moved.coefficients[0] * 1e3, plain.coefficients[0]);
        near(moved.standard_error(0) * 1e3, plain.standard_error(0));
    }
}
