//! How good forecasts were: Brier and logarithmic score, calibration, and paired differences.
//!
//! Sources: Brier (1950), Monthly Weather Review 78:1; Good (1952), JRSS B 14:107; for the calibration slope, Cox (1958),
//! Biometrika 45:562. Limits come from a bootstrap that draws whole conflicts.

use irenic_survival::{ClusterBootstrap, Logistic, LogisticConfig, percentile};

/// Chances nearer to 0 or 1 than this count as this in the logarithmic score and in the slope, which else are infinite.
const NEAREST: f64 = 0.01;

/// A forecast with what happened.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Forecast {
    /// UCDP's conflict number, by which forecasts hang together.
    pub conflict_id: u32,
    /// The last active year of the episode.
    pub end: i16,
    /// The chance that fighting comes back within the horizon.
    pub chance: f64,
    /// Whether it came back.
    pub happened: bool,
}

impl Forecast {
    fn outcome(&self) -> f64 {
        f64::from(u8::from(self.happened))
    }

    fn brier(&self) -> f64 {
        (self.chance - self.outcome()).powi(2)
    }

    fn kept(&self) -> f64 {
        self.chance.clamp(NEAREST, 1.0 - NEAREST)
    }
}

/// The scores of forecasts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scores {
    /// Forecasts.
    pub forecasts: usize,
    /// The mean squared distance from what happened; lower is better.
    pub brier: f64,
    /// The mean of minus the logarithm of the chance given to what happened; lower is better.
    pub log: f64,
    /// The mean chance.
    pub mean_chance: f64,
    /// The share that came back.
    pub share: f64,
    /// The calibration slope: the logistic regression of what happened on the log odds; 1 is right, less is
    /// overconfident. `None` where all chances are equal.
    pub slope: Option<f64>,
    /// Its limits (95%).
    pub slope_limits: Option<(f64, f64)>,
}

impl Scores {
    /// The scores, with limits from so many draws; `None` of no forecasts.
    #[must_use]
    pub fn of(forecasts: &[Forecast], replicates: u64, seed: u64) -> Option<Self> {
        let bootstrap = bootstrap(forecasts, seed)?;
        let mean = |part: &dyn Fn(&Forecast) -> f64| {
            forecasts.iter().map(part).sum::<f64>() / forecasts.len() as f64
        };
        let slope = slope(forecasts, None);
        let slope_limits = slope.and_then(|_| {
            let mut drawn: Vec<f64> = (0..replicates)
                .filter_map(|draw| self::slope(forecasts, Some(&bootstrap.weights(draw))))
                .collect();
            Some((percentile(&mut drawn, 0.025)?, percentile(&mut drawn, 0.975)?))
        });
        Some(Self {
            forecasts: forecasts.len(),
            brier: mean(&Forecast::brier),
            log: mean(&|it| -(if it.happened { it.kept() } else { 1.0 - it.kept() }).ln()),
            mean_chance: mean(&|it| it.chance),
            share: mean(&Forecast::outcome),
            slope,
            slope_limits,
        })
    }
}

fn bootstrap(forecasts: &[Forecast], seed: u64) -> Option<ClusterBootstrap> {
    let conflicts: Vec<u64> = forecasts.iter().map(|it| u64::from(it.conflict_id)).collect();
    ClusterBootstrap::new(&conflicts, seed).ok()
}

fn slope(forecasts: &[Forecast], weights: Option<&[f64]>) -> Option<f64> {
    let rows: Vec<Vec<f64>> =
        forecasts.iter().map(|it| vec![1.0, (it.kept() / (1.0 - it.kept())).ln()]).collect();
    let happened: Vec<bool> = forecasts.iter().map(|it| it.happened).collect();
    let first = rows.first()?[1];
    if rows.iter().all(|row| (row[1] - first).abs() < 1e-9) {
        return None;
    }
    let config = LogisticConfig { tolerance: 1e-8, ..LogisticConfig::free(2) };
    Logistic::fit(&rows, &happened, weights, &config).ok().map(|fit| fit.coefficients[1])
}

/// The mean difference of the Brier scores of `ours` and `theirs` on the same episodes, with its limits (95%); below 0 ours
/// is better. `None` of no forecasts, or not as many.
#[must_use]
pub fn paired_difference(
    ours: &[Forecast],
    theirs: &[Forecast],
    replicates: u64,
    seed: u64,
) -> Option<(f64, (f64, f64))> {
    if ours.len() != theirs.len() {
        return None;
    }
    let bootstrap = bootstrap(ours, seed)?;
    let differences: Vec<f64> = ours.iter().zip(theirs).map(|(a, b)| a.brier() - b.brier()).collect();
    let mean = |weights: &[f64]| {
        let all: f64 = weights.iter().sum();
        let sum: f64 = differences.iter().zip(weights).map(|(difference, weight)| difference * weight).sum();
        sum / all
    };
    let mut drawn: Vec<f64> = (0..replicates).map(|draw| mean(&bootstrap.weights(draw))).collect();
    let low = percentile(&mut drawn, 0.025)?;
    let high = percentile(&mut drawn, 0.975)?;
    Some((mean(&vec![1.0; differences.len()]), (low, high)))
}

/// Forecasts whose chance lay between two tenths.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CalibrationBin {
    /// The least chance.
    pub from: f64,
    /// The chance below which it ends; the last bin holds 1 too.
    pub until: f64,
    /// Forecasts.
    pub forecasts: usize,
    /// Their mean chance.
    pub mean_chance: f64,
    /// The share that came back.
    pub share: f64,
}

/// The calibration table in so many bins of equal width; empty bins are left out.
#[must_use]
pub fn calibration_table(forecasts: &[Forecast], bins: usize) -> Vec<CalibrationBin> {
    let width = 1.0 / bins.max(1) as f64;
    let place = |it: &Forecast| ((it.chance / width) as usize).min(bins.saturating_sub(1));
    (0..bins)
        .filter_map(|bin| {
            let held: Vec<&Forecast> = forecasts.iter().filter(|it| place(it) == bin).collect();
            let count = held.len() as f64;
            (!held.is_empty()).then(|| CalibrationBin {
                from: bin as f64 * width,
                until: (bin + 1) as f64 * width,
                forecasts: held.len(),
                mean_chance: held.iter().map(|it| it.chance).sum::<f64>() / count,
                share: held.iter().map(|it| it.outcome()).sum::<f64>() / count,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forecast(conflict_id: u32, chance: f64, happened: bool) -> Forecast {
        Forecast { conflict_id, end: 2000, chance, happened }
    }

    #[test]
    fn scores_by_hand() {
        let forecasts =
            [forecast(1, 0.5, true), forecast(2, 0.5, false), forecast(3, 0.0, true), forecast(4, 0.8, true)];
        let scores = Scores::of(&forecasts, 10, 1).unwrap();
        assert!((scores.brier - (0.25 + 0.25 + 1.0 + 0.04) / 4.0).abs() < 1e-12);
        let log = -(0.5_f64.ln() + 0.5_f64.ln() + NEAREST.ln() + 0.8_f64.ln()) / 4.0;
        assert!((scores.log - log).abs() < 1e-12);
        assert_eq!(Scores::of(&[], 10, 1), None);
        let table = calibration_table(&forecasts, 5);
        assert_eq!(table.iter().map(|bin| bin.forecasts).collect::<Vec<_>>(), [1, 2, 1]);
        assert!((table[1].share - 0.5).abs() < 1e-12);
    }

    #[test]
    fn right_chances_have_slope_one_and_equal_ones_have_none() {
        let mut forecasts = Vec::new();
        for conflict in 0..100 {
            forecasts.push(forecast(conflict, 0.2, conflict < 20));
            forecasts.push(forecast(conflict + 100, 0.7, conflict < 70));
        }
        let scores = Scores::of(&forecasts, 200, 1).unwrap();
        assert!((scores.slope.unwrap() - 1.0).abs() < 1e-6);
        let (low, high) = scores.slope_limits.unwrap();
        assert!(0.5 < low && low < 1.0 && 1.0 < high && high < 1.6);
        assert_eq!(Scores::of(&forecasts[..1], 10, 1).unwrap().slope, None);
    }

    #[test]
    fn the_difference_is_paired() {
        let ours = [forecast(1, 0.9, true), forecast(2, 0.1, false)];
        let theirs = [forecast(1, 0.5, true), forecast(2, 0.5, false)];
        let (difference, (low, high)) = paired_difference(&ours, &theirs, 100, 1).unwrap();
        assert!((difference + 0.24).abs() < 1e-12);
        assert!(
            (low - difference).abs() < 1e-12 && (high - difference).abs() < 1e-12,
            "each pair differs by as much"
        );
        assert_eq!(paired_difference(&ours, &theirs[..1], 10, 1), None);
    }
}
