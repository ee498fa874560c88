//! Spells: entry, exit, cause and weight of each subject, checked once and sorted once.

use crate::SurvivalError;

/// The highest number of a cause: estimators hold a share for each number up to the highest that is used.
const CAUSES_MAX: u32 = 1000;

/// Subjects at risk from their entry to their exit.
///
/// A subject is at risk at time `t` where `entry < t <= exit`, as in R's `Surv(entry, exit, event)`.
#[derive(Clone, Debug)]
pub struct Spells<'a> {
    pub(crate) entry: Option<&'a [f64]>,
    pub(crate) exit: &'a [f64],
    pub(crate) cause: &'a [u32],
    pub(crate) weight: Option<&'a [f64]>,
    /// Subjects by exit, then by their place.
    pub(crate) by_exit: Vec<usize>,
    /// Subjects by entry; empty where all enter at 0.
    pub(crate) by_entry: Vec<usize>,
}

impl<'a> Spells<'a> {
    /// Spells from 0; `cause` is 0 for a censored exit and a number from 1 for an event.
    ///
    /// # Errors
    ///
    /// If there are none, lengths differ, a time is negative or not finite, or a cause is above 1000.
    pub fn new(exit: &'a [f64], cause: &'a [u32]) -> Result<Self, SurvivalError> {
        if exit.is_empty() {
            return Err(SurvivalError::Empty);
        }
        same_length("cause", cause.len(), exit.len())?;
        not_negative("exit", exit)?;
        if let Some(at) = cause.iter().position(|&cause| cause > CAUSES_MAX) {
            let (number, bound) = (cause[at] as usize, CAUSES_MAX as usize + 1);
            return Err(SurvivalError::Number { what: "cause", at, number, bound });
        }
        Ok(Self { entry: None, exit, cause, weight: None, by_exit: order(exit), by_entry: Vec::new() })
    }

    /// The same spells with late entries.
    ///
    /// # Errors
    ///
    /// If lengths differ, a time is negative or not finite, or a subject leaves no later than it enters.
    pub fn entering(mut self, entry: &'a [f64]) -> Result<Self, SurvivalError> {
        same_length("entry", entry.len(), self.exit.len())?;
        not_negative("entry", entry)?;
        if let Some(at) = (0..entry.len()).find(|&at| entry[at] >= self.exit[at]) {
            return Err(SurvivalError::Entry { at, entry: entry[at], exit: self.exit[at] });
        }
        self.by_entry = order(entry);
        self.entry = Some(entry);
        Ok(self)
    }

    /// The same spells with case weights.
    ///
    /// # Errors
    ///
    /// If lengths differ, or a weight is negative or not finite.
    pub fn weighted(mut self, weight: &'a [f64]) -> Result<Self, SurvivalError> {
        same_length("weight", weight.len(), self.exit.len())?;
        weights_are_good(weight)?;
        self.weight = Some(weight);
        Ok(self)
    }

    /// The number of subjects.
    #[must_use]
    pub fn len(&self) -> usize {
        self.exit.len()
    }

    /// Whether there are none; never so for spells that were made.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.exit.is_empty()
    }

    pub(crate) fn weight_of(&self, at: usize) -> f64 {
        self.weight.map_or(1.0, |weight| weight[at])
    }

    /// Calls `each` at every distinct exit time, in order, with who is at risk (weight, count) and who leaves then.
    pub(crate) fn at_each_exit(&self, mut each: impl FnMut(Risk<'_>)) {
        let total: f64 = (0..self.len()).map(|at| self.weight_of(at)).sum();
        let (mut weight, mut count) = if self.entry.is_some() { (0.0, 0) } else { (total, self.len()) };
        let mut entered = 0;
        let mut first = 0;
        while first < self.by_exit.len() {
            let time = self.exit[self.by_exit[first]];
            let mut end = first;
            while end < self.by_exit.len() && self.exit[self.by_exit[end]] <= time {
                end += 1;
            }
            if let Some(entry) = self.entry {
                while entered < self.by_entry.len() && entry[self.by_entry[entered]] < time {
                    weight += self.weight_of(self.by_entry[entered]);
                    count += 1;
                    entered += 1;
                }
            }
            let leaving = &self.by_exit[first..end];
            each(Risk { time, weight, count, leaving });
            weight -= leaving.iter().map(|&at| self.weight_of(at)).sum::<f64>();
            count -= leaving.len();
            first = end;
        }
    }
}

/// Who is at risk just before a time, and who leaves at it.
pub(crate) struct Risk<'s> {
    pub(crate) time: f64,
    pub(crate) weight: f64,
    pub(crate) count: usize,
    pub(crate) leaving: &'s [usize],
}

pub(crate) fn same_length(what: &'static str, got: usize, expected: usize) -> Result<(), SurvivalError> {
    if got == expected { Ok(()) } else { Err(SurvivalError::Lengths { what, got, expected }) }
}

pub(crate) fn weights_are_good(weights: &[f64]) -> Result<(), SurvivalError> {
    not_negative("weight", weights)
}

fn not_negative(what: &'static str, values: &[f64]) -> Result<(), SurvivalError> {
    let wrong = values.iter().position(|value| !value.is_finite() || *value < 0.0);
    wrong.map_or(Ok(()), |at| Err(SurvivalError::Value { what, at, value: values[at] }))
}

pub(crate) fn order(times: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..times.len()).collect();
    order.sort_by(|&a, &b| times[a].total_cmp(&times[b]).then(a.cmp(&b)));
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_spells_are_refused() {
        assert_eq!(Spells::new(&[], &[]).err(), Some(SurvivalError::Empty));
        assert!(matches!(Spells::new(&[1.0], &[]), Err(SurvivalError::Lengths { .. })));
        assert!(matches!(Spells::new(&[f64::NAN], &[1]), Err(SurvivalError::Value { at: 0, .. })));
        assert!(matches!(Spells::new(&[-1.0], &[1]), Err(SurvivalError::Value { .. })));
        assert!(matches!(Spells::new(&[1.0], &[u32::MAX]), Err(SurvivalError::Number { .. })));
        let spells = Spells::new(&[1.0, 2.0], &[1, 0]).unwrap();
        assert!(matches!(spells.clone().entering(&[0.0, 2.0]), Err(SurvivalError::Entry { at: 1, .. })));
        assert!(spells.clone().entering(&[0.0, 1.5]).is_ok());
        assert!(matches!(spells.weighted(&[1.0, -1.0]), Err(SurvivalError::Value { .. })));
    }

    #[test]
    fn late_entries_join_the_risk_after_their_entry() {
        let spells = Spells::new(&[3.0, 5.0, 5.0], &[1, 1, 0]).unwrap().entering(&[0.0, 3.0, 2.0]).unwrap();
        let mut counts = Vec::new();
        spells.at_each_exit(|risk| counts.push((risk.time, risk.count)));
        assert_eq!(counts, [(3.0, 2), (5.0, 2)]);
    }
}
