//! How good the outlook has been: forecasts made with what was known at the time, held against what came.
//!
//! An episode that ended in year `e` is known to have ended once `e + 1` was quiet, and then the forecast is made. Whether
//! fighting came back after at most `h` quiet years is known at the end of `e + h + 1`.

use crate::scores::{Forecast, Scores, paired_difference};
use crate::{OutlookError, Record, Spell, Variant};

/// Which forecasts are made with what knowledge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Design {
    /// Fitted once on episodes whose fate at the horizon was known by `known_by`; tested on ends after that year.
    Fixed {
        /// The last year that is known.
        known_by: i16,
    },
    /// For each year of end from `first`, fitted on what was known at the end of the year after; tested on that year's ends,
    /// as far as their fate is known by `known_by`.
    Rolling {
        /// The first year of end that is tested.
        first: i16,
        /// The last year that is known.
        known_by: i16,
    },
    /// At each of a few origins, fitted on what was known then, and tested on all later ends whose fate is known by
    /// `known_by`: as far ahead as the fixed split asks for.
    Origins {
        /// The origins.
        origins: Vec<i16>,
        /// The last year that is known.
        known_by: i16,
    },
}

impl Design {
    /// The design in words.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Fixed { known_by } => format!("fixed split {known_by}"),
            Self::Rolling { first, known_by } => format!("rolling {first}-{known_by}"),
            Self::Origins { origins, known_by } => {
                let first = origins.first().copied().unwrap_or(*known_by);
                format!("origins {first}-{known_by}")
            }
        }
    }
}

/// What is backtested.
#[derive(Clone, Debug, PartialEq)]
pub struct BacktestConfig {
    /// The design.
    pub design: Design,
    /// Quiet years after which, at most, fighting comes back.
    pub horizon: i16,
    /// Draws for limits.
    pub replicates: u64,
    /// Where the draws begin.
    pub seed: u64,
}

/// The scores of one variant.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The variant.
    pub variant: Variant,
    /// Its scores.
    pub scores: Scores,
    /// Its Brier score minus the class rate's on the same episodes, with limits (95%).
    pub against_class_rate: (f64, (f64, f64)),
    /// The same against climatology.
    pub against_climatology: (f64, (f64, f64)),
    /// The forecasts themselves, in order of the end.
    pub forecasts: Vec<Forecast>,
}

/// What came of a backtest.
#[derive(Clone, Debug, PartialEq)]
pub struct Backtest {
    /// Episodes that the fixed split is fitted on.
    pub fitted_on: Option<usize>,
    /// The variants, in the order in which they were asked for.
    pub rows: Vec<Row>,
}

/// Backtests variants.
///
/// # Errors
///
/// If a hazard cannot be fitted, or no forecast can be made.
pub fn backtest(
    record: &Record,
    config: &BacktestConfig,
    variants: &[Variant],
) -> Result<Backtest, OutlookError> {
    // Where nobody says how fighting ended there is no class to compare with.
    let spells: Vec<&Spell> = record.spells().iter().filter(|spell| spell.ending.is_some()).collect();
    let class_rate = forecasts(&spells, record.last_year(), config, &Variant::CLASS_RATE)?;
    let climatology = forecasts(&spells, record.last_year(), config, &Variant::Climatology)?;
    let mut rows = Vec::new();
    for variant in variants {
        let forecasts = forecasts(&spells, record.last_year(), config, variant)?;
        let scores = Scores::of(&forecasts, config.replicates, config.seed).ok_or(OutlookError::NoSpells)?;
        let against = |other: &[Forecast]| {
            paired_difference(&forecasts, other, config.replicates, config.seed).ok_or(OutlookError::NoSpells)
        };
        rows.push(Row {
            variant: variant.clone(),
            scores,
            against_class_rate: against(&class_rate)?,
            against_climatology: against(&climatology)?,
            forecasts,
        });
    }
    let fitted_on = match config.design {
        Design::Fixed { known_by } => {
            Some(spells.iter().filter(|spell| spell.end + config.horizon < known_by).count())
        }
        _ => None,
    };
    Ok(Backtest { fitted_on, rows })
}

fn forecasts(
    spells: &[&Spell],
    last_year: i16,
    config: &BacktestConfig,
    variant: &Variant,
) -> Result<Vec<Forecast>, OutlookError> {
    let horizon = config.horizon;
    let mut made = Vec::new();
    let mut round =
        |fit_until: i16, known_by: i16, test: &dyn Fn(&Spell) -> bool| -> Result<(), OutlookError> {
            let tested: Vec<&Spell> = spells.iter().copied().filter(|spell| test(spell)).collect();
            let known: Vec<&Spell> = spells.iter().copied().filter(|spell| spell.end <= fit_until).collect();
            if tested.is_empty() || known.is_empty() {
                return Ok(());
            }
            let fitted = variant.fit(&known, known_by)?;
            made.extend(tested.into_iter().map(|spell| Forecast {
                conflict_id: spell.conflict_id,
                end: spell.end,
                chance: fitted.chance(spell, horizon),
                happened: spell.back_within(horizon),
            }));
            Ok(())
        };
    match &config.design {
        &Design::Fixed { known_by } => {
            round(known_by - 1 - horizon, known_by, &|spell| {
                known_by < spell.end && spell.end + horizon < last_year
            })?;
        }
        &Design::Rolling { first, known_by } => {
            for end in first..known_by - horizon {
                round(end, end + 1, &|spell| spell.end == end)?;
            }
        }
        Design::Origins { origins, known_by } => {
            for &origin in origins {
                round(origin - 1, origin, &|spell| origin <= spell.end && spell.end + horizon < *known_by)?;
            }
        }
    }
    made.sort_by_key(|forecast| (forecast.end, forecast.conflict_id));
    Ok(made)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Level;

    fn run(level: Level, horizon: i16, design: Design, variants: &[Variant]) -> Backtest {
        let config = BacktestConfig { design, horizon, replicates: 50, seed: 1 };
        backtest(&Record::built_in(level), &config, variants).unwrap()
    }

    /// The published reference of the fixed split.
    #[test]
    fn the_fixed_split_gives_the_reference_scores() {
        for (horizon, fitted, tested, climatology, class_rate) in
            [(2, 263, 130, 0.2534, 0.2247), (5, 228, 92, 0.2596, 0.2456)]
        {
            let variants = [Variant::Climatology, Variant::CLASS_RATE];
            let found = run(Level::Conflict, horizon, Design::Fixed { known_by: 2000 }, &variants);
            assert_eq!(found.fitted_on, Some(fitted));
            for (row, brier) in found.rows.iter().zip([climatology, class_rate]) {
                assert_eq!(row.scores.forecasts, tested);
                assert!((row.scores.brier - brier).abs() < 0.00005, "{horizon}: {:?}", row.scores);
            }
            assert!(found.rows[0].scores.slope.is_none(), "one chance for all has no slope");
            assert!(found.rows[1].against_class_rate.0.abs() < 1e-12);
        }
    }

    /// What comes after an origin must not change a forecast that was made at it.
    #[test]
    fn nothing_is_known_beforehand() {
        let record = Record::built_in(Level::Conflict);
        let mut later = record.clone();
        later.forget_after(1990);
        let spells: Vec<&Spell> = record.spells().iter().filter(|spell| spell.end <= 1989).collect();
        let cut: Vec<&Spell> = later.spells().iter().filter(|spell| spell.end <= 1989).collect();
        for variant in Variant::all() {
            let [ours, theirs] = [&spells, &cut].map(|spells| variant.fit(spells, 1990).unwrap());
            for spell in record.spells().iter().filter(|spell| spell.end == 1989) {
                let difference = ours.chance(spell, 5) - theirs.chance(spell, 5);
                assert!(difference.abs() < 1e-12, "{}", variant.name());
            }
        }
    }

    #[test]
    fn every_variant_runs_and_has_a_name_of_its_own() {
        let variants = Variant::all();
        let mut names: Vec<String> = variants.iter().map(Variant::name).collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), variants.len());
        assert!(variants.contains(&Variant::chosen()));
        let found = run(Level::Conflict, 2, Design::Fixed { known_by: 2000 }, &variants);
        for row in found.rows {
            assert!(
                row.forecasts.iter().all(|it| (0.0..=1.0).contains(&it.chance)),
                "{}",
                row.variant.name()
            );
        }
    }
}
