//! Aalen and Johansen's estimator of the chances of competing causes, with the variance of the infinitesimal jackknife.
//!
//! Source: Aalen and Johansen (1978), Scand. J. Statist. 5:141; the variance sums the squares of each cluster's influence
//! (Therneau and Grambsch 2000, section 7.4, as R's `survfit` for competing states does).

use crate::labels::dense;
use crate::spells::same_length;
use crate::{Spells, SurvivalError};

/// The chances of every cause at one exit time.
#[derive(Clone, Debug, PartialEq)]
pub struct Incidence {
    /// The time.
    pub time: f64,
    /// The share still in the first state, then the share that left it by each cause, in order; they sum to 1.
    pub shares: Vec<f64>,
    /// The standard error of each share.
    pub standard_errors: Vec<f64>,
}

/// The chances of competing causes over time.
#[derive(Clone, Debug, PartialEq)]
pub struct AalenJohansen {
    points: Vec<Incidence>,
    causes: usize,
}

impl AalenJohansen {
    /// The estimate, each subject a cluster of its own.
    ///
    /// ```
    /// use irenic_survival::{AalenJohansen, Spells};
    /// let spells = Spells::new(&[1.0, 2.0, 3.0, 4.0], &[1, 2, 0, 1]).unwrap();
    /// let chances = AalenJohansen::of(&spells);
    /// assert!((chances.at(2.0, 1) - 0.25).abs() < 1e-12);
    /// assert!((chances.at(2.0, 2) - 0.25).abs() < 1e-12);
    /// ```
    #[must_use]
    pub fn of(spells: &Spells<'_>) -> Self {
        let own: Vec<usize> = (0..spells.len()).collect();
        estimate(spells, Some((&own, spells.len())))
    }

    /// The estimate with standard errors that allow for dependence within clusters; equal numbers are one cluster.
    ///
    /// # Errors
    ///
    /// If there is not one cluster for each subject.
    pub fn clustered(spells: &Spells<'_>, clusters: &[usize]) -> Result<Self, SurvivalError> {
        same_length("clusters", clusters.len(), spells.len())?;
        let (of, count) = dense(clusters);
        Ok(estimate(spells, Some((&of, count))))
    }

    /// The shares alone, without standard errors (left 0): for bootstrap replicates.
    #[must_use]
    pub fn shares_of(spells: &Spells<'_>) -> Self {
        estimate(spells, None)
    }

    /// The number of causes.
    #[must_use]
    pub const fn causes(&self) -> usize {
        self.causes
    }

    /// The estimates at every exit time, in order.
    #[must_use]
    pub fn points(&self) -> &[Incidence] {
        &self.points
    }

    /// The share that left by `cause` (from 1) by `time`; with 0, the share that has not left.
    #[must_use]
    pub fn at(&self, time: f64, cause: usize) -> f64 {
        let after = self.points.partition_point(|point| point.time <= time);
        match after.checked_sub(1) {
            Some(at) => self.points[at].shares.get(cause).copied().unwrap_or(0.0),
            None => f64::from(u8::from(cause == 0)),
        }
    }

    /// The standard error of that share.
    #[must_use]
    pub fn standard_error_at(&self, time: f64, cause: usize) -> f64 {
        let after = self.points.partition_point(|point| point.time <= time);
        let point = after.checked_sub(1).map(|at| &self.points[at]);
        point.and_then(|point| point.standard_errors.get(cause).copied()).unwrap_or(0.0)
    }
}

fn estimate(spells: &Spells<'_>, clusters: Option<(&[usize], usize)>) -> AalenJohansen {
    let causes = spells.cause.iter().max().map_or(0, |&last| last as usize);
    let mut shares = vec![0.0; causes + 1];
    shares[0] = 1.0;
    let mut influence = clusters.map(|(of, count)| Influence::new(spells, of, count, causes));
    let mut points = Vec::new();
    spells.at_each_exit(|risk| {
        let mut events = vec![0.0; causes];
        for &at in risk.leaving.iter().filter(|&&at| spells.cause[at] > 0) {
            events[spells.cause[at] as usize - 1] += spells.weight_of(at);
        }
        let all: f64 = events.iter().sum();
        if all > 0.0 && risk.weight > 0.0 {
            if let Some(influence) = &mut influence {
                influence.step(&risk, &events, shares[0]);
            }
            let stay = shares[0];
            for (cause, events) in events.iter().enumerate() {
                shares[cause + 1] += stay * events / risk.weight;
            }
            shares[0] = if risk.leaving.len() == risk.count && all >= risk.weight {
                0.0
            } else {
                stay * (1.0 - all / risk.weight)
            };
        }
        let standard_errors =
            influence.as_ref().map_or_else(|| vec![0.0; causes + 1], Influence::standard_errors);
        points.push(Incidence { time: risk.time, shares: shares.clone(), standard_errors });
    });
    AalenJohansen { points, causes }
}

/// The influence of every cluster on every share, as it grows from time to time.
///
/// A subject's own term at a time is the share still in the first state, over the weight at risk, times what it did less
/// what those at risk did on average; it is summed over the subject's cluster. Subjects at risk who do nothing share the
/// same term, so it is enough to know the weight at risk in each cluster.
struct Influence<'s, 'd> {
    spells: &'s Spells<'d>,
    of: &'s [usize],
    /// Cluster by cluster, the share staying and the share of each cause.
    values: Vec<f64>,
    at_risk: Vec<f64>,
    entered: usize,
    left: usize,
    causes: usize,
}

impl<'s, 'd> Influence<'s, 'd> {
    fn new(spells: &'s Spells<'d>, of: &'s [usize], clusters: usize, causes: usize) -> Self {
        let mut at_risk = vec![0.0; clusters];
        if spells.entry.is_none() {
            for at in 0..spells.len() {
                at_risk[of[at]] += spells.weight_of(at);
            }
        }
        Self { spells, of, values: vec![0.0; clusters * (causes + 1)], at_risk, entered: 0, left: 0, causes }
    }

    fn step(&mut self, risk: &crate::spells::Risk<'_>, events: &[f64], stay: f64) {
        self.advance(risk.time);
        let width = self.causes + 1;
        let all: f64 = events.iter().sum();
        let rate = all / risk.weight;
        for (cluster, values) in self.values.chunks_exact_mut(width).enumerate() {
            let (first, rest) = values.split_at_mut(1);
            let own = self.at_risk[cluster] * stay / risk.weight;
            for (cause, value) in rest.iter_mut().enumerate() {
                let hazard = events[cause] / risk.weight;
                *value += first[0] * hazard - own * hazard;
            }
            first[0] = first[0] * (1.0 - rate) + own * rate;
        }
        for &at in risk.leaving.iter().filter(|&&at| self.spells.cause[at] > 0) {
            let own = self.spells.weight_of(at) * stay / risk.weight;
            let values = &mut self.values[self.of[at] * width..][..width];
            values[self.spells.cause[at] as usize] += own;
            values[0] -= own;
        }
    }

    /// Takes out who left before `time`, and takes in who entered before it.
    fn advance(&mut self, time: f64) {
        while let Some(&at) = self.spells.by_exit.get(self.left).filter(|&&at| self.spells.exit[at] < time) {
            self.at_risk[self.of[at]] -= self.spells.weight_of(at);
            self.left += 1;
        }
        let Some(entry) = self.spells.entry else { return };
        while let Some(&at) = self.spells.by_entry.get(self.entered).filter(|&&at| entry[at] < time) {
            self.at_risk[self.of[at]] += self.spells.weight_of(at);
            self.entered += 1;
        }
    }

    fn standard_errors(&self) -> Vec<f64> {
        let mut squares = vec![0.0; self.causes + 1];
        for values in self.values.chunks_exact(self.causes + 1) {
            for (sum, value) in squares.iter_mut().zip(values) {
                *sum += value * value;
            }
        }
        squares.into_iter().map(f64::sqrt).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::KaplanMeier;

    /// Worked by hand in docs/validation/aalen-johansen.md: six subjects, two causes.
    #[test]
    fn two_causes_by_hand() {
        let (exit, cause) = ([1.0, 2.0, 2.0, 3.0, 4.0, 5.0], [1, 2, 0, 1, 2, 0]);
        let spells = Spells::new(&exit, &cause).unwrap();
        let chances = AalenJohansen::of(&spells);
        let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-12, "{a} {b}");
        near(chances.at(1.0, 1), 1.0 / 6.0);
        near(chances.at(2.0, 2), 5.0 / 6.0 / 5.0);
        near(chances.at(3.0, 1), 1.0 / 6.0 + 4.0 / 6.0 / 3.0);
        near(chances.at(4.0, 2), 1.0 / 6.0 + (4.0 / 6.0) * (2.0 / 3.0) / 2.0);
        for point in chances.points() {
            near(point.shares.iter().sum(), 1.0);
        }
    }

    #[test]
    fn one_cause_is_kaplan_and_meier() {
        let (exit, cause) = ([1.0, 2.0, 2.0, 3.0, 4.0, 5.0], [1, 1, 0, 1, 1, 0]);
        let spells = Spells::new(&exit, &cause).unwrap();
        let (chances, curve) = (AalenJohansen::of(&spells), KaplanMeier::of(&spells));
        for (point, km) in chances.points().iter().zip(curve.points()) {
            assert!((point.shares[0] - km.survival).abs() < 1e-12);
            // The jackknife's variance of one curve without ties is Greenwood's with d/n(n-d) as d/n^2 (1 - d/n).
            assert!(point.standard_errors[0] <= km.standard_error() + 1e-12);
        }
    }
}
