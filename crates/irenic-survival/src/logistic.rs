//! Logistic regression with a ridge penalty, by Newton's method: the discrete-time hazard of grouped survival times.
//!
//! Source: Allison (1982), Sociological Methodology 13:61, for the hazard; Hoerl and Kennard (1970) and le Cessie and van
//! Houwelingen (1992), Applied Statistics 41:191, for the penalty.

use crate::linear::Matrix;
use crate::spells::{same_length, weights_are_good};
use crate::{ClusterBootstrap, SurvivalError};

/// How the fit goes.
#[derive(Clone, Debug, PartialEq)]
pub struct LogisticConfig {
    /// The penalty on the square of each coefficient, in the order of the columns; 0 leaves one free, as an intercept
    /// should be.
    pub penalties: Vec<f64>,
    /// The iteration stops where no coefficient moves by more than this.
    pub tolerance: f64,
    /// It gives up after so many steps.
    pub steps_max: usize,
}

impl LogisticConfig {
    /// Without penalty, for so many columns.
    #[must_use]
    pub fn free(columns: usize) -> Self {
        Self::ridge(columns, 0.0)
    }

    /// The same penalty on every column but the first, the intercept.
    #[must_use]
    pub fn ridge(columns: usize, penalty: f64) -> Self {
        let mut penalties = vec![penalty; columns];
        if let Some(first) = penalties.first_mut() {
            *first = 0.0;
        }
        Self { penalties, tolerance: 1e-10, steps_max: 100 }
    }
}

/// A fitted logistic regression.
#[derive(Clone, Debug, PartialEq)]
pub struct Logistic {
    /// The coefficients, in the order of the columns.
    pub coefficients: Vec<f64>,
    /// Their covariance by the inverse of the penalised information.
    pub covariance: Vec<Vec<f64>>,
    /// The log likelihood, without the penalty.
    pub log_likelihood: f64,
    /// The steps that were taken.
    pub steps: usize,
}

impl Logistic {
    /// Fits `outcome` (true for an event) on `rows`, each with one value a column; `weights` may repeat or leave out rows.
    ///
    /// For a discrete-time hazard a row is one subject in one period at risk, and its outcome whether the event came then.
    ///
    /// # Errors
    ///
    /// If there are no rows, lengths differ, a value is not finite, a weight or penalty is negative, covariates are
    /// collinear, or Newton's method does not converge.
    ///
    /// ```
    /// use irenic_survival::{Logistic, LogisticConfig};
    /// let rows = vec![vec![1.0]; 4];
    /// let fit = Logistic::fit(&rows, &[true, false, false, false], None, &LogisticConfig::free(1)).unwrap();
    /// assert!((fit.chance(&[1.0]) - 0.25).abs() < 1e-9);
    /// ```
    pub fn fit(
        rows: &[Vec<f64>],
        outcome: &[bool],
        weights: Option<&[f64]>,
        config: &LogisticConfig,
    ) -> Result<Self, SurvivalError> {
        let columns = config.penalties.len();
        check(rows, outcome, weights, columns)?;
        let wrong = config.penalties.iter().position(|penalty| !penalty.is_finite() || *penalty < 0.0);
        if let Some(at) = wrong {
            return Err(SurvivalError::Value { what: "the penalty", at, value: config.penalties[at] });
        }
        let mut coefficients = vec![0.0; columns];
        let mut objective = penalised(rows, outcome, weights, &coefficients, config);
        for step in 1..=config.steps_max {
            let (gradient, information, _) = score(rows, outcome, weights, &coefficients, config);
            let direction = information.solve(&gradient).ok_or(SurvivalError::Singular)?;
            // Halve a step that would make things worse: far from the optimum a full one may overshoot.
            let mut factor = 1.0;
            let moved = loop {
                let moved: Vec<f64> =
                    coefficients.iter().zip(&direction).map(|(at, by)| at + factor * by).collect();
                let reached = penalised(rows, outcome, weights, &moved, config);
                if reached >= objective - 1e-12 * (1.0 + objective.abs()) || factor < 1e-6 {
                    objective = reached;
                    break moved;
                }
                factor /= 2.0;
            };
            let largest = moved.iter().zip(&coefficients).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
            coefficients = moved;
            if largest < config.tolerance {
                let (_, information, log_likelihood) = score(rows, outcome, weights, &coefficients, config);
                let covariance = information.inverse().ok_or(SurvivalError::Singular)?.rows();
                return Ok(Self { coefficients, covariance, log_likelihood, steps: step });
            }
        }
        Err(SurvivalError::NoConvergence(config.steps_max))
    }

    /// The chance of the event for a row.
    #[must_use]
    pub fn chance(&self, row: &[f64]) -> f64 {
        logistic(dot(row, &self.coefficients))
    }

    /// The coefficients of bootstrap replicates: whole clusters of rows drawn with replacement. A replicate that cannot be
    /// fitted is left out.
    #[must_use]
    pub fn replicates(
        rows: &[Vec<f64>],
        outcome: &[bool],
        config: &LogisticConfig,
        bootstrap: &ClusterBootstrap,
        count: u64,
    ) -> Vec<Self> {
        (0..count)
            .filter_map(|replicate| {
                Self::fit(rows, outcome, Some(&bootstrap.weights(replicate)), config).ok()
            })
            .collect()
    }
}

fn check(
    rows: &[Vec<f64>],
    outcome: &[bool],
    weights: Option<&[f64]>,
    columns: usize,
) -> Result<(), SurvivalError> {
    if rows.is_empty() || columns == 0 {
        return Err(SurvivalError::Empty);
    }
    same_length("outcome", outcome.len(), rows.len())?;
    if let Some(weights) = weights {
        same_length("weights", weights.len(), rows.len())?;
        weights_are_good(weights)?;
    }
    for (at, row) in rows.iter().enumerate() {
        same_length("a row", row.len(), columns)?;
        if let Some(&value) = row.iter().find(|value| !value.is_finite()) {
            return Err(SurvivalError::Value { what: "a covariate", at, value });
        }
    }
    Ok(())
}

fn score(
    rows: &[Vec<f64>],
    outcome: &[bool],
    weights: Option<&[f64]>,
    coefficients: &[f64],
    config: &LogisticConfig,
) -> (Vec<f64>, Matrix, f64) {
    let mut gradient: Vec<f64> =
        coefficients.iter().zip(&config.penalties).map(|(value, penalty)| -penalty * value).collect();
    let mut information = Matrix::zeros(coefficients.len());
    for (at, &penalty) in config.penalties.iter().enumerate() {
        information.add(at, at, penalty);
    }
    let mut log_likelihood = 0.0;
    for (at, row) in rows.iter().enumerate() {
        let weight = weights.map_or(1.0, |weights| weights[at]);
        if weight == 0.0 {
            continue;
        }
        let chance = logistic(dot(row, coefficients));
        let rest = f64::from(u8::from(outcome[at])) - chance;
        for (sum, value) in gradient.iter_mut().zip(row) {
            *sum += weight * rest * value;
        }
        information.add_outer(row, weight * chance * (1.0 - chance));
        log_likelihood += weight * log_chance(dot(row, coefficients), outcome[at]);
    }
    (gradient, information, log_likelihood)
}

fn penalised(
    rows: &[Vec<f64>],
    outcome: &[bool],
    weights: Option<&[f64]>,
    coefficients: &[f64],
    config: &LogisticConfig,
) -> f64 {
    let penalty: f64 = coefficients
        .iter()
        .zip(&config.penalties)
        .map(|(value, penalty)| penalty * value * value / 2.0)
        .sum();
    let likelihood: f64 = rows
        .iter()
        .enumerate()
        .map(|(at, row)| {
            let weight = weights.map_or(1.0, |weights| weights[at]);
            if weight == 0.0 { 0.0 } else { weight * log_chance(dot(row, coefficients), outcome[at]) }
        })
        .sum();
    likelihood - penalty
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn logistic(log_odds: f64) -> f64 {
    if log_odds >= 0.0 {
        1.0 / (1.0 + (-log_odds).exp())
    } else {
        let odds = log_odds.exp();
        odds / (1.0 + odds)
    }
}

/// The logarithm of the chance of what was seen, without loss far from 0.
fn log_chance(log_odds: f64, event: bool) -> f64 {
    let signed = if event { log_odds } else { -log_odds };
    signed.min(0.0) - (-signed.abs()).exp().ln_1p()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two groups: the coefficients are the log odds of the first and the log odds ratio, known in closed form.
    #[test]
    fn two_groups_by_hand() {
        let mut rows = Vec::new();
        let mut outcome = Vec::new();
        for (group, events, quiet) in [(0.0, 3, 7), (1.0, 6, 4)] {
            for at in 0..events + quiet {
                rows.push(vec![1.0, group]);
                outcome.push(at < events);
            }
        }
        let fit = Logistic::fit(&rows, &outcome, None, &LogisticConfig::free(2)).unwrap();
        assert!((fit.coefficients[0] - f64::ln(3.0 / 7.0)).abs() < 1e-9);
        assert!((fit.coefficients[1] - f64::ln((6.0 / 4.0) / (3.0 / 7.0))).abs() < 1e-9);
        let variance = 1.0 / 3.0 + 1.0 / 7.0 + 1.0 / 6.0 + 1.0 / 4.0;
        assert!((fit.covariance[1][1] - variance).abs() < 1e-8);
        let shrunk = Logistic::fit(&rows, &outcome, None, &LogisticConfig::ridge(2, 5.0)).unwrap();
        assert!(shrunk.coefficients[1].abs() < fit.coefficients[1].abs());
    }

    #[test]
    fn what_cannot_be_fitted_is_refused() {
        let config = LogisticConfig::free(2);
        let fit =
            |rows: &[Vec<f64>], outcome: &[bool]| Logistic::fit(rows, outcome, None, &config).unwrap_err();
        assert_eq!(fit(&[], &[]), SurvivalError::Empty);
        let same = vec![vec![1.0, 1.0]; 4];
        assert_eq!(fit(&same, &[true, false, true, false]), SurvivalError::Singular);
        let apart = vec![vec![1.0, 0.0], vec![1.0, 1.0]];
        // Events that a covariate separates have no finite coefficients; a penalty gives them some.
        assert!(matches!(
            fit(&apart, &[false, true]),
            SurvivalError::NoConvergence(_) | SurvivalError::Singular
        ));
        assert!(Logistic::fit(&apart, &[false, true], None, &LogisticConfig::ridge(2, 1.0)).is_ok());
    }
}
