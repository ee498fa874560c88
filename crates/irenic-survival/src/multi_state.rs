//! Aalen and Johansen's estimator over any number of states that can be left and come back to.
//!
//! Source: Aalen and Johansen (1978), Scand. J. Statist. 5:141: the chances of the states are the starting ones times the
//! product over event times of `I + dA`, where `dA` holds the events from each state to each other over the weight at risk
//! in the first. The variance sums the squares of each cluster's influence (infinitesimal jackknife), the influence on the
//! starting chances included where they are estimated, as R's `survfit` does when asked for `influence` (and by default does
//! not).

use crate::SurvivalError;
use crate::labels::dense;
use crate::spells::{order, same_length, weights_are_good};

/// A stay of one subject in one state; a subject's stays follow one another without overlap.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stay {
    /// When it starts; the subject is at risk after it.
    pub entry: f64,
    /// When it ends; the subject is at risk until then, and then included.
    pub exit: f64,
    /// The state, from 0.
    pub from: usize,
    /// The state it ends in; `None` where it is censored.
    pub to: Option<usize>,
}

/// What the estimate is made with.
#[derive(Clone, Copy, Debug, Default)]
pub struct MultiStateConfig<'a> {
    /// A weight for each stay; `None` for 1.
    pub weights: Option<&'a [f64]>,
    /// A label for each stay, of its subject or of a group of subjects that depend on one another; without it no standard
    /// errors are worked out (they stay 0), since stays alone do not tell whose they are.
    pub clusters: Option<&'a [u64]>,
    /// The starting chances where they are known, one a state; `None` takes the shares of the stays that start first, and
    /// lets their chance enter the standard errors.
    pub start: Option<&'a [f64]>,
}

/// The chances of every state at one time.
#[derive(Clone, Debug, PartialEq)]
pub struct StateChances {
    /// The time.
    pub time: f64,
    /// The chance of each state; they sum to 1.
    pub chances: Vec<f64>,
    /// The standard error of each.
    pub standard_errors: Vec<f64>,
}

/// The chances of states over time.
#[derive(Clone, Debug, PartialEq)]
pub struct MultiState {
    start: StateChances,
    points: Vec<StateChances>,
}

impl MultiState {
    /// The estimate over states 0 to `states - 1`.
    ///
    /// # Errors
    ///
    /// If there are no stays, lengths differ, a time or weight is negative or not finite, a stay ends no later than it
    /// starts, a state is out of range, nobody with a weight is there at the start, or given starting chances do not sum
    /// to 1.
    ///
    /// ```
    /// use irenic_survival::{MultiState, MultiStateConfig, Stay};
    /// // Quiet (0), at war (1), and quiet again; the other stays quiet.
    /// let stays = [
    ///     Stay { entry: 0.0, exit: 2.0, from: 0, to: Some(1) },
    ///     Stay { entry: 2.0, exit: 3.0, from: 1, to: Some(0) },
    ///     Stay { entry: 3.0, exit: 5.0, from: 0, to: None },
    ///     Stay { entry: 0.0, exit: 5.0, from: 0, to: None },
    /// ];
    /// let chances = MultiState::of(&stays, 2, &MultiStateConfig::default()).unwrap();
    /// assert_eq!((chances.at(2.0, 1), chances.at(3.0, 1)), (0.5, 0.0));
    /// ```
    pub fn of(stays: &[Stay], states: usize, config: &MultiStateConfig<'_>) -> Result<Self, SurvivalError> {
        check(stays, states, config)?;
        let clusters = config.clusters.map(dense);
        let clusters = clusters.as_ref().map(|(of, count)| (of.as_slice(), *count));
        let mut walk = Walk::new(stays, states, config.weights, clusters);
        walk.start(config.start)?;
        let start = walk.now(walk.started);
        let exits: Vec<f64> = stays.iter().map(|stay| stay.exit).collect();
        let by_exit = order(&exits);
        let entries: Vec<f64> = stays.iter().map(|stay| stay.entry).collect();
        let by_entry = order(&entries);
        let (mut points, mut first, mut entered) = (Vec::new(), 0, 0);
        while let Some(&at) = by_exit.get(first) {
            let time = exits[at];
            while let Some(&at) = by_entry.get(entered).filter(|&&at| entries[at] < time) {
                walk.enter(at);
                entered += 1;
            }
            let length = by_exit[first..].partition_point(|&at| exits[at] <= time);
            let leaving = &by_exit[first..first + length];
            walk.step(leaving);
            points.push(walk.now(time));
            leaving.iter().for_each(|&at| walk.leave(at));
            first += length;
        }
        Ok(Self { start, points })
    }

    /// The chances at every exit time, in order.
    #[must_use]
    pub fn points(&self) -> &[StateChances] {
        &self.points
    }

    /// All that holds at `time`: the start's before the first exit, and the last known after the last.
    #[must_use]
    pub fn point_at(&self, time: f64) -> &StateChances {
        let after = self.points.partition_point(|point| point.time <= time);
        after.checked_sub(1).map_or(&self.start, |at| &self.points[at])
    }

    /// The chance of a state at `time`; 0 for a state that is not one of them.
    #[must_use]
    pub fn at(&self, time: f64, state: usize) -> f64 {
        self.point_at(time).chances.get(state).copied().unwrap_or(0.0)
    }

    /// The standard error of that chance.
    #[must_use]
    pub fn standard_error_at(&self, time: f64, state: usize) -> f64 {
        self.point_at(time).standard_errors.get(state).copied().unwrap_or(0.0)
    }

    /// The mean time spent in a state from the start to `horizon`: the area under its chance.
    #[must_use]
    pub fn mean_time(&self, state: usize, horizon: f64) -> f64 {
        let mut area = 0.0;
        let mut last = &self.start;
        for point in self.points.iter().take_while(|point| point.time < horizon) {
            area += last.chances.get(state).copied().unwrap_or(0.0) * (point.time - last.time);
            last = point;
        }
        area + last.chances.get(state).copied().unwrap_or(0.0) * (horizon - last.time).max(0.0)
    }
}

fn check(stays: &[Stay], states: usize, config: &MultiStateConfig<'_>) -> Result<(), SurvivalError> {
    if stays.is_empty() || states == 0 {
        return Err(SurvivalError::Empty);
    }
    for (at, stay) in stays.iter().enumerate() {
        for (what, value) in [("entry", stay.entry), ("exit", stay.exit)] {
            if !value.is_finite() || value < 0.0 {
                return Err(SurvivalError::Value { what, at, value });
            }
        }
        if stay.entry >= stay.exit {
            return Err(SurvivalError::Entry { at, entry: stay.entry, exit: stay.exit });
        }
        if let Some(state) = [Some(stay.from), stay.to].into_iter().flatten().find(|&state| state >= states) {
            return Err(SurvivalError::Number { what: "a state", at, number: state, bound: states });
        }
    }
    if let Some(weights) = config.weights {
        same_length("weights", weights.len(), stays.len())?;
        weights_are_good(weights)?;
    }
    if let Some(start) = config.start {
        same_length("start", start.len(), states)?;
        weights_are_good(start)?;
        if (start.iter().sum::<f64>() - 1.0).abs() > 1e-8 {
            return Err(SurvivalError::Nothing("the starting chances do not sum to 1"));
        }
    }
    config.clusters.map_or(Ok(()), |clusters| same_length("clusters", clusters.len(), stays.len()))
}

/// The chances as they go from time to time, with who is at risk in each state.
struct Walk<'s> {
    stays: &'s [Stay],
    weights: Option<&'s [f64]>,
    started: f64,
    chances: Vec<f64>,
    at_risk: Vec<f64>,
    /// How many stays `at_risk` sums: where it comes to 0 the weight is set to 0, so that rounding leaves nothing behind.
    counts: Vec<usize>,
    influence: Option<Influence<'s>>,
}

/// The influence of every cluster on every chance, and its weight at risk in every state.
struct Influence<'s> {
    of: &'s [usize],
    values: Vec<f64>,
    at_risk: Vec<f64>,
}

impl<'s> Walk<'s> {
    fn new(
        stays: &'s [Stay],
        states: usize,
        weights: Option<&'s [f64]>,
        clusters: Option<(&'s [usize], usize)>,
    ) -> Self {
        let started = stays.iter().map(|stay| stay.entry).fold(f64::INFINITY, f64::min);
        let influence = clusters.map(|(of, count)| Influence {
            of,
            values: vec![0.0; count * states],
            at_risk: vec![0.0; count * states],
        });
        let zeros = vec![0.0; states];
        let (at_risk, counts) = (zeros.clone(), vec![0; states]);
        Self { stays, weights, started, chances: zeros, at_risk, counts, influence }
    }

    /// Sets the starting chances; where they are estimated, each cluster has an influence on them.
    fn start(&mut self, given: Option<&[f64]>) -> Result<(), SurvivalError> {
        if let Some(given) = given {
            self.chances.copy_from_slice(given);
            return Ok(());
        }
        let states = self.chances.len();
        let first: Vec<usize> =
            (0..self.stays.len()).filter(|&at| self.stays[at].entry <= self.started).collect();
        let total: f64 = first.iter().map(|&at| self.weight(at)).sum();
        if total <= 0.0 {
            return Err(SurvivalError::Nothing("nobody with a weight is there at the start"));
        }
        for &at in &first {
            self.chances[self.stays[at].from] += self.weight(at) / total;
        }
        if let Some(influence) = &mut self.influence {
            for &at in &first {
                let own = self.weights.map_or(1.0, |weights| weights[at]) / total;
                let values = &mut influence.values[influence.of[at] * states..][..states];
                values.iter_mut().zip(&self.chances).for_each(|(value, chance)| *value -= own * chance);
                values[self.stays[at].from] += own;
            }
        }
        Ok(())
    }

    fn weight(&self, at: usize) -> f64 {
        self.weights.map_or(1.0, |weights| weights[at])
    }

    fn enter(&mut self, at: usize) {
        let (state, weight) = (self.stays[at].from, self.weight(at));
        self.at_risk[state] += weight;
        self.counts[state] += 1;
        if let Some(influence) = &mut self.influence {
            influence.at_risk[influence.of[at] * self.chances.len() + state] += weight;
        }
    }

    fn leave(&mut self, at: usize) {
        let (state, weight) = (self.stays[at].from, self.weight(at));
        self.counts[state] -= 1;
        self.at_risk[state] = if self.counts[state] == 0 { 0.0 } else { self.at_risk[state] - weight };
        if let Some(influence) = &mut self.influence {
            influence.at_risk[influence.of[at] * self.chances.len() + state] -= weight;
        }
    }

    /// Takes the chances, and the influences on them, over the moves of those who leave now.
    fn step(&mut self, leaving: &[usize]) {
        let states = self.chances.len();
        let mut hazards = vec![0.0; states * states];
        let moves = |&&at: &&usize| {
            let stay = self.stays[at];
            stay.to.filter(|&to| to != stay.from).map(|to| (at, stay.from, to))
        };
        let moved: Vec<_> = leaving.iter().filter_map(|at| moves(&at)).collect();
        for &(at, from, to) in &moved {
            if self.at_risk[from] > 0.0 {
                let share = self.weight(at) / self.at_risk[from];
                hazards[from * states + to] += share;
                hazards[from * states + from] -= share;
            }
        }
        if let Some(influence) = &mut self.influence {
            let rates: Vec<f64> =
                (0..states)
                    .map(|state| {
                        if self.at_risk[state] > 0.0 {
                            self.chances[state] / self.at_risk[state]
                        } else {
                            0.0
                        }
                    })
                    .collect();
            influence.step(&hazards, &rates);
            for &(at, from, to) in &moved {
                let own = self.weights.map_or(1.0, |weights| weights[at]) * rates[from];
                let values = &mut influence.values[influence.of[at] * states..][..states];
                values[to] += own;
                values[from] -= own;
            }
        }
        let before = self.chances.clone();
        for (from, chance) in before.iter().enumerate() {
            for (to, hazard) in hazards[from * states..][..states].iter().enumerate() {
                self.chances[to] += chance * hazard;
            }
        }
    }

    fn now(&self, time: f64) -> StateChances {
        let states = self.chances.len();
        let mut squares = vec![0.0; states];
        for values in self.influence.iter().flat_map(|influence| influence.values.chunks_exact(states)) {
            squares.iter_mut().zip(values).for_each(|(sum, value)| *sum += value * value);
        }
        let standard_errors = squares.into_iter().map(f64::sqrt).collect();
        StateChances { time, chances: self.chances.clone(), standard_errors }
    }
}

impl Influence<'_> {
    /// What a cluster moved before goes on like the chances; what it has at risk is expected to move with the hazards.
    fn step(&mut self, hazards: &[f64], rates: &[f64]) {
        let states = rates.len();
        let mut flow = vec![0.0; states];
        for (values, at_risk) in self.values.chunks_exact_mut(states).zip(self.at_risk.chunks_exact(states)) {
            for (state, flow) in flow.iter_mut().enumerate() {
                *flow = values[state] - at_risk[state] * rates[state];
            }
            for (from, flow) in flow.iter().enumerate() {
                for (to, hazard) in hazards[from * states..][..states].iter().enumerate() {
                    values[to] += flow * hazard;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AalenJohansen, Spells};

    const fn stay(entry: f64, exit: f64, from: usize, to: Option<usize>) -> Stay {
        Stay { entry, exit, from, to }
    }

    /// Worked by hand in docs/validation/aalen-johansen.md: three subjects, one of whom comes back.
    #[test]
    fn a_relapse_by_hand() {
        let stays = [
            stay(0.0, 1.0, 0, Some(1)),
            stay(1.0, 3.0, 1, Some(0)),
            stay(3.0, 4.0, 0, None),
            stay(0.0, 2.0, 0, Some(1)),
            stay(2.0, 4.0, 1, None),
            stay(0.0, 4.0, 0, None),
        ];
        let clusters = [1, 1, 1, 2, 2, 3];
        let config = MultiStateConfig { clusters: Some(&clusters), weights: None, start: None };
        let chances = MultiState::of(&stays, 2, &config).unwrap();
        let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-12, "{a} {b}");
        for (time, active) in [(0.5, 0.0), (1.0, 1.0 / 3.0), (2.0, 2.0 / 3.0), (3.0, 1.0 / 3.0)] {
            near(chances.at(time, 1), active);
            near(chances.at(time, 0), 1.0 - active);
        }
        near(chances.standard_error_at(1.0, 1), f64::sqrt(2.0 / 27.0));
        near(chances.mean_time(1, 4.0), 1.0 / 3.0 + 2.0 / 3.0 + 1.0 / 3.0);
    }

    #[test]
    fn states_that_are_never_left_are_competing_causes() {
        let (exit, cause) = ([1.0, 2.0, 2.0, 3.0, 4.0, 5.0], [1, 2, 0, 1, 2, 0]);
        let stays: Vec<Stay> = exit
            .iter()
            .zip(&cause)
            .map(|(&exit, &cause)| stay(0.0, exit, 0, Some(cause as usize).filter(|&cause| cause > 0)))
            .collect();
        let config = MultiStateConfig { clusters: Some(&[0, 1, 2, 3, 4, 5]), weights: None, start: None };
        let (all, one) = (
            MultiState::of(&stays, 3, &config).unwrap(),
            AalenJohansen::of(&Spells::new(&exit, &cause).unwrap()),
        );
        for time in exit {
            for state in 0..3 {
                assert!((all.at(time, state) - one.at(time, state)).abs() < 1e-12);
                let errors = (all.standard_error_at(time, state), one.standard_error_at(time, state));
                assert!((errors.0 - errors.1).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn bad_stays_are_refused() {
        let of = |stays: &[Stay]| MultiState::of(stays, 2, &MultiStateConfig::default()).unwrap_err();
        assert_eq!(of(&[]), SurvivalError::Empty);
        assert!(matches!(of(&[stay(0.0, f64::NAN, 0, None)]), SurvivalError::Value { .. }));
        assert!(matches!(of(&[stay(2.0, 1.0, 0, None)]), SurvivalError::Entry { .. }));
        assert!(matches!(of(&[stay(0.0, 1.0, 0, Some(2))]), SurvivalError::Number { number: 2, .. }));
        let config = MultiStateConfig { weights: Some(&[0.0]), clusters: None, start: None };
        let nobody = MultiState::of(&[stay(0.0, 1.0, 0, None)], 2, &config);
        assert!(matches!(nobody, Err(SurvivalError::Nothing(_))));
        let config = MultiStateConfig { start: Some(&[0.7, 0.7]), ..MultiStateConfig::default() };
        assert!(MultiState::of(&[stay(0.0, 1.0, 0, None)], 2, &config).is_err());
    }
}
