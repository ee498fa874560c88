//! Why an estimate cannot be made.

/// Why an estimate cannot be made, with the place of the first offending value.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SurvivalError {
    /// There are no subjects.
    #[error("no subjects; give at least one")]
    Empty,
    /// Two slices that describe the same subjects differ in length.
    #[error("{what} has {got} values for {expected} subjects")]
    Lengths {
        /// Which slice.
        what: &'static str,
        /// Its length.
        got: usize,
        /// The number of subjects.
        expected: usize,
    },
    /// A time, weight or covariate is not finite, or a time or weight is negative.
    #[error("{what} of subject {at} is {value}; it must be finite and not negative")]
    Value {
        /// Which slice.
        what: &'static str,
        /// The subject, from 0.
        at: usize,
        /// The value.
        value: f64,
    },
    /// A subject leaves no later than it enters.
    #[error("subject {at} enters at {entry} and leaves at {exit}; it must leave later")]
    Entry {
        /// The subject, from 0.
        at: usize,
        /// When it enters.
        entry: f64,
        /// When it leaves.
        exit: f64,
    },
    /// A cause, group or state has too high a number.
    #[error("{what} of subject {at} is {number}; it must be below {bound}")]
    Number {
        /// Which slice.
        what: &'static str,
        /// The subject, from 0.
        at: usize,
        /// The number.
        number: usize,
        /// The first number that is too high.
        bound: usize,
    },
    /// The breaks of a life table do not rise.
    #[error("break {at} is {value}; breaks must be finite, not negative, and rise")]
    Break {
        /// Which break, from 0.
        at: usize,
        /// Its value.
        value: f64,
    },
    /// There are no events, or only one group.
    #[error("nothing to estimate: {0}")]
    Nothing(&'static str),
    /// The information matrix cannot be inverted: covariates are collinear or do not vary.
    #[error("the covariates are collinear or do not vary; drop one")]
    Singular,
    /// The iteration did not converge.
    #[error("no convergence after {0} iterations; a covariate may separate the events")]
    NoConvergence(usize),
}
