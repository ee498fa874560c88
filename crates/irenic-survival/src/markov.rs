//! A Markov process with constant rates, seen only at intervals: what state a subject is in is known at some times, and not
//! when, or how often, it changed in between. Dates that are known to the year alone are of this kind.
//!
//! Source: Kalbfleisch and Lawless (1985), JASA 80:863: the chances of going from state to state over an interval `t` are the
//! matrix `exp(Qt)`, and the likelihood is the product over intervals of the chance of what was seen. The fit is by their
//! scoring; the derivative of the matrix exponential is the corner of an exponential twice as large (Van Loan 1978, IEEE
//! Trans. Automat. Contr. 23:395). R's `msm` (Jackson 2011, J. Stat. Softw. 38(8)) fits the same model.

use std::collections::BTreeMap;

use crate::SurvivalError;
use crate::linear::Matrix;

/// The state of a subject at a time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Seen {
    /// The subject.
    pub subject: u64,
    /// When it was seen.
    pub time: f64,
    /// Its state, from 0.
    pub state: usize,
}

/// How the rates are fitted.
#[derive(Clone, Debug, PartialEq)]
pub struct MarkovConfig {
    /// States, from 0.
    pub states: usize,
    /// The changes that can happen at an instant, from state to state; all others happen by way of these.
    pub changes: Vec<(usize, usize)>,
    /// The greatest step of a log rate at which the fit has converged.
    pub tolerance: f64,
    /// The most steps.
    pub iterations_max: usize,
}

impl MarkovConfig {
    /// The usual tolerance and steps.
    #[must_use]
    pub fn new(states: usize, changes: &[(usize, usize)]) -> Self {
        Self { states, changes: changes.to_vec(), tolerance: 1e-10, iterations_max: 200 }
    }
}

/// A fitted process.
#[derive(Clone, Debug, PartialEq)]
pub struct Markov {
    states: usize,
    changes: Vec<(usize, usize)>,
    /// The rate of each change, in the order of the configuration, by unit of time.
    pub rates: Vec<f64>,
    /// The standard error of each rate's logarithm, by the observed information.
    pub log_rate_errors: Vec<f64>,
    /// The logarithm of the likelihood.
    pub log_likelihood: f64,
}

impl Markov {
    /// Fits the rates.
    ///
    /// A subject's sightings may come in any order; two at one time are an error.
    ///
    /// # Errors
    ///
    /// If there are no two sightings of a subject, a state or change has too high a number, a time is not finite, two
    /// sightings share a time, a change is never needed so that its rate has no estimate, or the fit does not converge.
    ///
    /// ```
    /// use irenic_survival::{Markov, MarkovConfig, Seen};
    /// let states = [0, 0, 1, 0, 0, 0, 1, 1];
    /// let seen: Vec<Seen> =
    ///     states.iter().enumerate().map(|(at, &state)| Seen { subject: 1, time: at as f64, state }).collect();
    /// let fit = Markov::fit(&seen, &MarkovConfig::new(2, &[(0, 1), (1, 0)])).unwrap();
    /// // Over a year the chances are those seen: of five years that began in 0, two ended in 1.
    /// assert!((fit.chances(1.0)[0][1] - 2.0 / 5.0).abs() < 1e-8);
    /// assert!(Markov::fit(&seen, &MarkovConfig::new(1, &[])).is_err());
    /// ```
    pub fn fit(seen: &[Seen], config: &MarkovConfig) -> Result<Self, SurvivalError> {
        let intervals = intervals(seen, config)?;
        for (at, &(from, to)) in config.changes.iter().enumerate() {
            let number = from.max(to);
            if config.states <= number || from == to {
                return Err(SurvivalError::Number { what: "change", at, number, bound: config.states });
            }
        }
        if config.changes.is_empty() {
            return Err(SurvivalError::Nothing("no change can happen"));
        }
        let mut logs = start(&intervals, config);
        let mut now = slope(&intervals, config, &logs);
        for _ in 0..config.iterations_max {
            let step = now.information.solve(&now.gradient).ok_or(SurvivalError::Singular)?;
            // A step that lowers the likelihood is halved until it does not.
            let mut share = 1.0;
            let (tried, next) = loop {
                let tried: Vec<f64> =
                    logs.iter().zip(&step).map(|(log, by)| log + share * by.clamp(-2.0, 2.0)).collect();
                let next = slope(&intervals, config, &tried);
                if now.log_likelihood - 1e-9 <= next.log_likelihood || share < 1e-6 {
                    break (tried, next);
                }
                share /= 2.0;
            };
            let moved = logs.iter().zip(&tried).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
            (logs, now) = (tried, next);
            if moved < config.tolerance {
                return Self::finish(&intervals, config, &logs, now.log_likelihood);
            }
        }
        Err(SurvivalError::NoConvergence(config.iterations_max))
    }

    fn finish(
        intervals: &Intervals,
        config: &MarkovConfig,
        logs: &[f64],
        log_likelihood: f64,
    ) -> Result<Self, SurvivalError> {
        // The observed information, by differences of the exact gradient.
        const STEP: f64 = 1e-5;
        let size = logs.len();
        let mut information = Matrix::zeros(size);
        for column in 0..size {
            let at = |by: f64| {
                let mut moved = logs.to_vec();
                moved[column] += by;
                slope(intervals, config, &moved).gradient
            };
            for (row, (up, down)) in at(STEP).into_iter().zip(at(-STEP)).enumerate() {
                let half = -(up - down) / (2.0 * STEP) / 2.0;
                information.add(row, column, half);
                information.add(column, row, half);
            }
        }
        let variance = information.inverse().ok_or(SurvivalError::Singular)?;
        Ok(Self {
            states: config.states,
            changes: config.changes.clone(),
            rates: logs.iter().map(|log| log.exp()).collect(),
            log_rate_errors: (0..size).map(|at| variance.at(at, at).sqrt()).collect(),
            log_likelihood,
        })
    }

    /// The chances of each state after so much time, by the state at its start: a row for each.
    #[must_use]
    pub fn chances(&self, time: f64) -> Vec<Vec<f64>> {
        let logs: Vec<f64> = self.rates.iter().map(|rate| rate.ln()).collect();
        exponential(&generator(self.states, &self.changes, &logs), time).rows()
    }

    /// The mean time that a stay in each state lasts; infinite where it is never left.
    #[must_use]
    pub fn mean_stays(&self) -> Vec<f64> {
        let leaving = |state: usize| -> f64 {
            self.changes
                .iter()
                .zip(&self.rates)
                .filter(|((from, _), _)| *from == state)
                .map(|(_, rate)| rate)
                .sum()
        };
        (0..self.states).map(|state| 1.0 / leaving(state)).collect()
    }
}

/// How often each state was followed by each other, by the interval between the sightings (its bits, which sort as it does).
type Intervals = BTreeMap<u64, BTreeMap<(usize, usize), f64>>;

fn intervals(seen: &[Seen], config: &MarkovConfig) -> Result<Intervals, SurvivalError> {
    for (at, it) in seen.iter().enumerate() {
        if !it.time.is_finite() {
            return Err(SurvivalError::Value { what: "time", at, value: it.time });
        }
        if config.states <= it.state {
            return Err(SurvivalError::Number { what: "state", at, number: it.state, bound: config.states });
        }
    }
    let mut order: Vec<usize> = (0..seen.len()).collect();
    order.sort_by(|&a, &b| seen[a].subject.cmp(&seen[b].subject).then(seen[a].time.total_cmp(&seen[b].time)));
    let mut found = Intervals::new();
    for pair in order.windows(2) {
        let (before, after) = (seen[pair[0]], seen[pair[1]]);
        if before.subject != after.subject {
            continue;
        }
        if after.time <= before.time {
            return Err(SurvivalError::Entry { at: pair[1], entry: before.time, exit: after.time });
        }
        let counts = found.entry((after.time - before.time).to_bits()).or_default();
        *counts.entry((before.state, after.state)).or_default() += 1.0;
    }
    if found.is_empty() { Err(SurvivalError::Empty) } else { Ok(found) }
}

/// Rates to begin with: each change as often as it was seen, over the time begun in its state.
fn start(intervals: &Intervals, config: &MarkovConfig) -> Vec<f64> {
    let rate = |&(from, to): &(usize, usize)| {
        let (mut events, mut time) = (0.5, 1.0);
        for (&bits, counts) in intervals {
            for (&(begun, ended), &count) in counts {
                time += if begun == from { count * f64::from_bits(bits) } else { 0.0 };
                events += if (begun, ended) == (from, to) { count } else { 0.0 };
            }
        }
        f64::ln(events / time)
    };
    config.changes.iter().map(rate).collect()
}

struct Slope {
    log_likelihood: f64,
    gradient: Vec<f64>,
    /// Kalbfleisch and Lawless's expected information, given how often each state began an interval.
    information: Matrix,
}

fn slope(intervals: &Intervals, config: &MarkovConfig, logs: &[f64]) -> Slope {
    let (states, size) = (config.states, logs.len());
    let q = generator(states, &config.changes, logs);
    let mut found =
        Slope { log_likelihood: 0.0, gradient: vec![0.0; size], information: Matrix::zeros(size) };
    for (&bits, counts) in intervals {
        let time = f64::from_bits(bits);
        let chances = exponential(&q, time);
        let derivatives: Vec<Matrix> = (config.changes.iter().zip(logs))
            .map(|(&change, log)| derivative(&q, change, log.exp(), time))
            .collect();
        let mut begun = vec![0.0; states];
        for (&(from, to), &count) in counts {
            begun[from] += count;
            let chance = chances.at(from, to).max(f64::MIN_POSITIVE);
            found.log_likelihood += count * chance.ln();
            for (sum, derivative) in found.gradient.iter_mut().zip(&derivatives) {
                *sum += count * derivative.at(from, to) / chance;
            }
        }
        for (from, count) in begun.into_iter().enumerate().filter(|(_, count)| *count > 0.0) {
            for to in 0..states {
                let by: Vec<f64> = derivatives.iter().map(|derivative| derivative.at(from, to)).collect();
                let chance = chances.at(from, to);
                if chance > 1e-300 {
                    found.information.add_outer(&by, count / chance);
                }
            }
        }
    }
    found
}

/// The rates as a matrix whose rows sum to 0.
fn generator(states: usize, changes: &[(usize, usize)], logs: &[f64]) -> Matrix {
    let mut q = Matrix::zeros(states);
    for (&(from, to), log) in changes.iter().zip(logs) {
        q.add(from, to, log.exp());
        q.add(from, from, -log.exp());
    }
    q
}

/// The derivative of `exp(Qt)` by the logarithm of one rate.
fn derivative(q: &Matrix, (from, to): (usize, usize), rate: f64, time: f64) -> Matrix {
    let states = q.size();
    let mut both = Matrix::zeros(2 * states);
    for row in 0..states {
        for column in 0..states {
            both.add(row, column, q.at(row, column));
            both.add(states + row, states + column, q.at(row, column));
        }
    }
    both.add(from, states + to, rate);
    both.add(from, states + from, -rate);
    let all = exponential(&both, time);
    let mut corner = Matrix::zeros(states);
    for row in 0..states {
        for column in 0..states {
            corner.add(row, column, all.at(row, states + column));
        }
    }
    corner
}

/// The exponential of a matrix times `time`: scaled down by a power of 2 until small, by its series, and squared back.
fn exponential(matrix: &Matrix, time: f64) -> Matrix {
    let size = matrix.size();
    let largest = (0..size)
        .map(|row| (0..size).map(|column| matrix.at(row, column).abs()).sum::<f64>())
        .fold(0.0, f64::max);
    let halvings = (largest * time).max(1e-300).log2().ceil().max(0.0) as i32 + 2;
    let scale = time / 2f64.powi(halvings);
    let unit = |factor: f64| {
        let mut unit = Matrix::zeros(size);
        (0..size).for_each(|at| unit.add(at, at, factor));
        unit
    };
    let (mut sum, mut term) = (unit(1.0), unit(1.0));
    // The norm is at most a quarter: the 16th term is below 1e-22.
    for number in 1..=16 {
        term = term.product(matrix, scale / f64::from(number));
        sum.add_all(&term, 1.0);
    }
    for _ in 0..halvings {
        sum = sum.product(&sum, 1.0);
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(subject: u64, states: &[usize]) -> Vec<Seen> {
        states.iter().enumerate().map(|(at, &state)| Seen { subject, time: at as f64, state }).collect()
    }

    /// Two states, by hand: the chances over a year are the shares seen, p = 2/5 and q = 1/2, and then the rates are
    /// -ln(1 - p - q) / (p + q) times p and q.
    #[test]
    fn two_states_by_hand() {
        let states = [0, 0, 1, 0, 0, 0, 1, 1];
        let fit = Markov::fit(&seen(1, &states), &MarkovConfig::new(2, &[(0, 1), (1, 0)])).unwrap();
        let (p, q): (f64, f64) = (2.0 / 5.0, 1.0 / 2.0);
        let together = -(1.0 - p - q).ln();
        assert!((fit.rates[0] - together * p / (p + q)).abs() < 1e-8, "{:?}", fit.rates);
        assert!((fit.rates[1] - together * q / (p + q)).abs() < 1e-8, "{:?}", fit.rates);
        let likelihood = 3.0 * (1.0 - p).ln() + 2.0 * p.ln() + 2.0 * q.ln();
        assert!((fit.log_likelihood - likelihood).abs() < 1e-10);
        assert!((fit.mean_stays()[0] - 1.0 / fit.rates[0]).abs() < 1e-12);
    }

    /// A state that is only left: the rate is that of an exponential seen at intervals, -ln(1 - 1/3) a year.
    #[test]
    fn a_last_state_is_not_left() {
        let all = [seen(1, &[0, 0, 1]), seen(2, &[0, 0])].concat();
        let fit = Markov::fit(&all, &MarkovConfig::new(2, &[(0, 1)])).unwrap();
        assert!((fit.rates[0] + (1.0f64 - 1.0 / 3.0).ln()).abs() < 1e-9);
        // The variance of the logarithm, by hand: one end in three years, information r² e^-r 3 / (1 - e^-r).
        let rate = fit.rates[0];
        let information = 3.0 * rate * rate * (-rate).exp() / (1.0 - (-rate).exp());
        assert!((fit.log_rate_errors[0] - information.powf(-0.5)).abs() < 1e-5, "{}", fit.log_rate_errors[0]);
        assert_eq!(fit.chances(0.0)[0], [1.0, 0.0]);
    }

    #[test]
    fn what_cannot_be_fitted_is_told() {
        let two = MarkovConfig::new(2, &[(0, 1), (1, 0)]);
        assert!(matches!(Markov::fit(&[], &two), Err(SurvivalError::Empty)));
        assert!(matches!(Markov::fit(&seen(1, &[0, 2]), &two), Err(SurvivalError::Number { .. })));
        let twice = [Seen { subject: 1, time: 1.0, state: 0 }, Seen { subject: 1, time: 1.0, state: 1 }];
        assert!(matches!(Markov::fit(&twice, &two), Err(SurvivalError::Entry { .. })));
        let wild = [Seen { subject: 1, time: f64::NAN, state: 0 }];
        assert!(matches!(Markov::fit(&wild, &two), Err(SurvivalError::Value { .. })));
        // Nobody is ever seen in state 1: its leaving has no estimate.
        assert!(Markov::fit(&seen(1, &[0, 0, 0]), &two).is_err());
    }
}
