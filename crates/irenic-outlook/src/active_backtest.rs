//! How good the chances of an end have been: for every year and every episode that was active in it, a forecast with what
//! was known at the end of that year, held against what came.

use crate::active::{ActiveQuestion, chance_of_end};
use crate::scores::{Forecast, Scores, paired_difference};
use crate::{Intensity, OutlookError, Record, Settings, Spell};

/// A way to forecast the end of fighting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActiveVariant {
    /// The share of all active years after which fighting ended so soon.
    Climatology,
    /// The share of the active years of the same intensity.
    IntensityRate,
    /// The class of the same intensity after as many active years: what ships.
    Landmark,
}

impl ActiveVariant {
    /// Every variant.
    pub const ALL: [Self; 3] = [Self::Climatology, Self::IntensityRate, Self::Landmark];

    /// The variant in words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Climatology => "climatology",
            Self::IntensityRate => "rate by intensity",
            Self::Landmark => "class by intensity and active years",
        }
    }
}

/// The scores of one variant.
#[derive(Clone, Debug, PartialEq)]
pub struct ActiveRow {
    /// The variant.
    pub variant: ActiveVariant,
    /// Its scores.
    pub scores: Scores,
    /// Its Brier score minus climatology's on the same forecasts, with limits (95%).
    pub against_climatology: (f64, (f64, f64)),
    /// The same against the rate by intensity.
    pub against_intensity_rate: (f64, (f64, f64)),
}

/// Forecasts an end within `horizon` years, at the end of each year from `first` on; only those whose fate is known are made.
///
/// # Errors
///
/// If no forecast can be made.
pub fn active_backtest(
    record: &Record,
    first: i16,
    horizon: i16,
    settings: &Settings,
) -> Result<Vec<ActiveRow>, OutlookError> {
    let episodes: Vec<&Spell> = record.spells().iter().chain(record.ongoing()).collect();
    let mut made: [Vec<Forecast>; 3] = Default::default();
    for year in first..=record.last_year() - horizon {
        let known: Vec<Spell> = episodes.iter().filter_map(|it| known_by(it, year)).collect();
        for spell in episodes.iter().filter(|it| it.start <= year && year <= it.end) {
            let Some(question) = question(spell, year) else { continue };
            let chances = ActiveVariant::ALL.map(|variant| match variant {
                ActiveVariant::Climatology => rate(&known, year, horizon, None),
                ActiveVariant::IntensityRate => rate(&known, year, horizon, Some(question.intensity)),
                ActiveVariant::Landmark => chance_of_end(&known, year, &question, horizon, settings),
            });
            let [Some(_), Some(_), Some(_)] = chances else { continue };
            let happened = spell.end < year + horizon;
            for (forecasts, chance) in made.iter_mut().zip(chances.into_iter().flatten()) {
                forecasts.push(Forecast { conflict_id: spell.conflict_id, end: year, chance, happened });
            }
        }
    }
    let rows = ActiveVariant::ALL.into_iter().zip(&made).map(|(variant, forecasts)| {
        let against =
            |other: &[Forecast]| paired_difference(forecasts, other, settings.replicates, settings.seed);
        Some(ActiveRow {
            variant,
            scores: Scores::of(forecasts, settings.replicates, settings.seed)?,
            against_climatology: against(&made[0])?,
            against_intensity_rate: against(&made[1])?,
        })
    });
    rows.collect::<Option<Vec<_>>>().ok_or(OutlookError::NoSpells)
}

/// An episode as it was known at the end of a year: what comes later is not.
fn known_by(spell: &Spell, year: i16) -> Option<Spell> {
    let seen = usize::try_from(year - spell.start + 1).ok().filter(|seen| 0 < *seen)?;
    let mut known = spell.clone();
    if year <= known.end {
        known.course.truncate(seen);
        known.end = year;
        known.ending = None;
    }
    known.next = None;
    Some(known)
}

fn question(spell: &Spell, year: i16) -> Option<ActiveQuestion> {
    let active_years = year - spell.start + 1;
    let intensity = spell.course.get(usize::try_from(active_years - 1).ok()?)?;
    Some(ActiveQuestion {
        year: Some(year),
        conflict_id: Some(spell.conflict_id),
        ..ActiveQuestion::after(*intensity, active_years)
    })
}

/// Of the active years whose fate at the horizon is known at the end of `last_year`, the share that it ended so soon after.
fn rate(known: &[Spell], last_year: i16, horizon: i16, intensity: Option<Intensity>) -> Option<f64> {
    let (mut all, mut ended) = (0.0, 0.0);
    for spell in known {
        for (year, found) in (spell.start..).zip(&spell.course) {
            if year + horizon <= last_year && intensity.is_none_or(|wanted| wanted == *found) {
                all += 1.0;
                ended += f64::from(u8::from(spell.end < year + horizon));
            }
        }
    }
    (all > 0.0).then(|| ended / all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Level;

    #[test]
    fn a_forecast_rests_on_nothing_later() {
        let record = Record::built_in(Level::Conflict);
        for spell in record.spells().iter().filter(|it| it.start <= 1990) {
            let known = known_by(spell, 1990).unwrap();
            assert!(known.end <= 1990 && known.next.is_none());
            assert_eq!(known.course.len(), usize::try_from(known.end - known.start + 1).unwrap());
            assert!(known.end < 1990 || known.ending.is_none(), "an end in 1990 is not known in 1990");
        }
        let late = record.spells().iter().find(|it| it.start > 1990).unwrap();
        assert!(known_by(late, 1990).is_none());
    }

    #[test]
    fn every_variant_is_scored_on_the_same_forecasts() {
        let settings = Settings { replicates: 20, ..Settings::built_in() };
        let rows = active_backtest(&Record::built_in(Level::Conflict), 2010, 2, &settings).unwrap();
        assert_eq!(rows.len(), 3);
        assert!(rows.iter().all(|row| row.scores.forecasts == rows[0].scores.forecasts));
        assert!(rows.iter().all(|row| row.scores.share == rows[0].scores.share));
        assert!(rows[0].against_climatology.0.abs() < 1e-12 && rows[0].scores.forecasts > 100);
        assert!(rows[0].scores.slope.is_some(), "climatology moves from year to year");
    }
}
