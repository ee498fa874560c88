//! Kaplan and Meier's product-limit estimator with Greenwood's variance, Nelson and Aalen's cumulative hazard, and the
//! restricted mean.
//!
//! Sources: Kaplan and Meier (1958), JASA 53:457; Greenwood (1926); Nelson (1972); Aalen (1978); for the limits, Kalbfleisch
//! and Prentice (2002), section 1.4. Compared with R's `survfit`.

use statrs::distribution::{ContinuousCDF, Normal};

use crate::Spells;

/// The estimate at one exit time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// The time.
    pub time: f64,
    /// The weight at risk just before it.
    pub at_risk: f64,
    /// The weight of the events at it.
    pub events: f64,
    /// The share that survives it.
    pub survival: f64,
    /// Greenwood's sum: the variance of the survival over its square.
    pub greenwood: f64,
    /// The cumulative hazard.
    pub hazard: f64,
    /// The variance of the cumulative hazard (Aalen's estimator).
    pub hazard_variance: f64,
}

impl Point {
    /// The standard error of the survival: the root of Greenwood's sum times the survival; 0 where nobody survives, though
    /// Greenwood's sum has no bound there.
    #[must_use]
    pub fn standard_error(&self) -> f64 {
        if self.survival > 0.0 { self.survival * self.greenwood.sqrt() } else { 0.0 }
    }
}

/// On which scale limits are symmetric.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transform {
    /// The share itself, cut at 0 and 1.
    Plain,
    /// Its logarithm (R's default), cut at 1.
    Log,
    /// The logarithm of its negative logarithm: limits stay inside 0 and 1.
    LogLog,
}

/// Lower and upper limit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// The lower limit.
    pub lower: f64,
    /// The upper limit.
    pub upper: f64,
}

/// A mean time with its standard error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MeanTime {
    /// The mean up to the horizon.
    pub mean: f64,
    /// Its standard error.
    pub standard_error: f64,
}

/// The survival curve and the cumulative hazard at every exit time; every cause counts as the event.
#[derive(Clone, Debug, PartialEq)]
pub struct KaplanMeier {
    points: Vec<Point>,
}

impl KaplanMeier {
    /// The estimate from the spells.
    ///
    /// ```
    /// use irenic_survival::{KaplanMeier, Spells};
    /// let spells = Spells::new(&[6.0, 6.0, 7.0], &[1, 0, 1]).unwrap();
    /// let curve = KaplanMeier::of(&spells);
    /// assert!((curve.at(6.0) - 2.0 / 3.0).abs() < 1e-12);
    /// assert_eq!(curve.at(7.0), 0.0);
    /// ```
    #[must_use]
    pub fn of(spells: &Spells<'_>) -> Self {
        let mut points = Vec::new();
        let (mut survival, mut greenwood, mut hazard, mut hazard_variance) = (1.0, 0.0, 0.0, 0.0);
        spells.at_each_exit(|risk| {
            let dead = risk.leaving.iter().filter(|&&at| spells.cause[at] > 0);
            let events: f64 = dead.map(|&at| spells.weight_of(at)).sum();
            if risk.weight > 0.0 && events > 0.0 {
                survival *= 1.0 - events / risk.weight;
                greenwood += events / (risk.weight * (risk.weight - events));
                hazard += events / risk.weight;
                hazard_variance += events / (risk.weight * risk.weight);
            }
            // Rounding in the weights must not leave a survivor where the last one has gone.
            let all = risk.leaving.iter().all(|&at| spells.cause[at] > 0 || spells.weight_of(at) <= 0.0);
            if risk.leaving.len() == risk.count && all && events > 0.0 {
                (survival, greenwood) = (0.0, f64::INFINITY);
            }
            let time = risk.time;
            points.push(Point {
                time,
                at_risk: risk.weight,
                events,
                survival,
                greenwood,
                hazard,
                hazard_variance,
            });
        });
        Self { points }
    }

    /// The estimates at every exit time, in order.
    #[must_use]
    pub fn points(&self) -> &[Point] {
        &self.points
    }

    /// The estimate that holds at `time`; `None` before the first exit.
    #[must_use]
    pub fn point_at(&self, time: f64) -> Option<&Point> {
        let after = self.points.partition_point(|point| point.time <= time);
        after.checked_sub(1).map(|at| &self.points[at])
    }

    /// The share that survives `time`; past the last exit, what was left there.
    #[must_use]
    pub fn at(&self, time: f64) -> f64 {
        self.point_at(time).map_or(1.0, |point| point.survival)
    }

    /// Limits of the survival at `time`, of the given level (0.95) on the given scale.
    #[must_use]
    pub fn limits(&self, time: f64, level: f64, transform: Transform) -> Limits {
        let Some(point) = self.point_at(time) else { return Limits { lower: 1.0, upper: 1.0 } };
        let (survival, sum) = (point.survival, point.greenwood);
        if survival <= 0.0 || sum <= 0.0 {
            return Limits { lower: survival, upper: survival };
        }
        let reach = z_of(level) * sum.sqrt();
        match transform {
            Transform::Plain => Limits {
                lower: (survival - survival * reach).max(0.0),
                upper: (survival + survival * reach).min(1.0),
            },
            Transform::Log => {
                Limits { lower: survival * (-reach).exp(), upper: (survival * reach.exp()).min(1.0) }
            }
            Transform::LogLog => {
                let log = -survival.ln();
                let reach = reach / log;
                Limits { lower: (-log * reach.exp()).exp(), upper: (-log * (-reach).exp()).exp() }
            }
        }
    }

    /// The first time by which the share `1 - q` or less survives; `None` where it never comes to that.
    #[must_use]
    pub fn quantile(&self, q: f64) -> Option<f64> {
        self.points.iter().find(|point| point.survival <= 1.0 - q + 1e-12).map(|point| point.time)
    }

    /// The mean time up to `horizon`: the area under the curve, with the variance of Klein and Moeschberger (2003),
    /// section 4.5: each event's share of Greenwood's sum times the square of the area to its right.
    #[must_use]
    pub fn restricted_mean(&self, horizon: f64) -> MeanTime {
        let mut areas = Vec::new();
        let (mut from, mut height, mut mean) = (0.0, 1.0, 0.0);
        for point in self.points.iter().filter(|point| point.time < horizon) {
            let area = height * (point.time - from);
            mean += area;
            areas.push(area);
            (from, height) = (point.time, point.survival);
        }
        let last = height * (horizon - from);
        mean += last;
        let mut right = last;
        let mut variance = 0.0;
        let inside: Vec<&Point> = self.points.iter().filter(|point| point.time < horizon).collect();
        for (at, point) in inside.iter().enumerate().rev() {
            let rest = point.at_risk - point.events;
            if point.events > 0.0 && rest > 0.0 {
                variance += right * right * point.events / (point.at_risk * rest);
            }
            right += areas[at];
        }
        MeanTime { mean, standard_error: variance.sqrt() }
    }
}

/// How many standard errors limits of a level reach: 1.96 for 0.95.
pub(crate) fn z_of(level: f64) -> f64 {
    let normal = Normal::standard();
    normal.inverse_cdf(0.5 + level.clamp(0.0, 1.0 - 1e-12) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Times to relapse in weeks under 6-mercaptopurine, Freireich et al. (1963), as Gehan (1965) gives them.
    pub(crate) const LEUKAEMIA: ([f64; 21], [u32; 21]) = (
        [
            6.0, 6.0, 6.0, 6.0, 7.0, 9.0, 10.0, 10.0, 11.0, 13.0, 16.0, 17.0, 19.0, 20.0, 22.0, 23.0, 25.0,
            32.0, 32.0, 34.0, 35.0,
        ],
        [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0],
    );

    fn close(a: f64, b: f64) {
        assert!((a - b).abs() < 5e-9, "{a} {b}");
    }

    /// The values worked by hand in docs/validation/kaplan-meier.md.
    #[test]
    fn the_leukaemia_trial_by_hand() {
        let spells = Spells::new(&LEUKAEMIA.0, &LEUKAEMIA.1).unwrap();
        let curve = KaplanMeier::of(&spells);
        let expected = [
            (6.0, 18.0 / 21.0),
            (7.0, 18.0 / 21.0 * 16.0 / 17.0),
            (10.0, 18.0 / 21.0 * 16.0 / 17.0 * 14.0 / 15.0),
            (13.0, 18.0 / 21.0 * 16.0 / 17.0 * 14.0 / 15.0 * 11.0 / 12.0),
            (
                23.0,
                18.0 / 21.0 * 16.0 / 17.0 * 14.0 / 15.0 * 11.0 / 12.0 * 10.0 / 11.0 * 6.0 / 7.0 * 5.0 / 6.0,
            ),
        ];
        for (time, survival) in expected {
            close(curve.at(time), survival);
        }
        let sum = 3.0 / (21.0 * 18.0) + 1.0 / (17.0 * 16.0);
        close(curve.point_at(7.0).unwrap().standard_error(), curve.at(7.0) * f64::sqrt(sum));
        close(curve.point_at(7.0).unwrap().hazard, 3.0 / 21.0 + 1.0 / 17.0);
        let mean = curve.restricted_mean(35.0);
        let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-6, "{a} {b}");
        near(mean.mean, 23.287_395);
        near(mean.standard_error, 2.827_468);
        for (transform, lower, upper) in [
            (Transform::Plain, 0.564_099, 0.941_783),
            (Transform::Log, 0.585_919, 0.967_575),
            (Transform::LogLog, 0.503_200, 0.889_362),
        ] {
            let limits = curve.limits(10.0, 0.95, transform);
            near(limits.lower, lower);
            near(limits.upper, upper);
        }
        assert_eq!(curve.quantile(0.5), Some(23.0));
        assert_eq!(curve.quantile(0.9), None);
    }

    #[test]
    fn limits_stay_in_order_and_the_mean_is_the_area() {
        let spells = Spells::new(&LEUKAEMIA.0, &LEUKAEMIA.1).unwrap();
        let curve = KaplanMeier::of(&spells);
        for transform in [Transform::Plain, Transform::Log, Transform::LogLog] {
            for time in [0.0, 6.0, 10.0, 23.0, 99.0] {
                let limits = curve.limits(time, 0.95, transform);
                assert!(0.0 <= limits.lower && limits.lower <= curve.at(time));
                assert!(curve.at(time) <= limits.upper && limits.upper <= 1.0);
            }
        }
        let all = Spells::new(&[1.0, 2.0, 3.0], &[1, 1, 1]).unwrap();
        close(KaplanMeier::of(&all).restricted_mean(3.0).mean, 2.0);
        assert_eq!(KaplanMeier::of(&all).points()[2].standard_error(), 0.0);
        let weights = [0.1, 0.2, 0.3];
        assert_eq!(KaplanMeier::of(&all.weighted(&weights).unwrap()).at(3.0), 0.0);
    }
}
