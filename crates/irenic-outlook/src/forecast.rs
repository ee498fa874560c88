//! The variants that a backtest holds against each other: climatology, class rates, life tables and hazard models.

use irenic_survival::{Logistic, LogisticConfig};

use crate::life::Life;
use crate::{Class, Ending, Intensity, OutlookError, Spell};

/// A covariate of the hazard, known when the episode ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Covariate {
    /// Whether the last active year was one of war.
    War,
    /// The logarithm of the active years among the last ten.
    ActiveOfTen,
    /// The episode's number, up to five.
    Episode,
    /// How lately there was an earlier episode: exp(-quiet years before / 5), 0 where there was none.
    QuietBefore,
    /// Whether a territory is contested.
    Territorial,
    /// Whether other states' troops took part.
    Internationalised,
    /// The logarithm of the episode's years.
    Duration,
    /// The year of the end: a trend, which goes on beyond the data.
    Year,
    /// The year of the end, held at the last one that was fitted on.
    YearHeld,
    /// Whether the agreement that ended the fighting was carried on in the first quiet year.
    CarriedOn,
}

impl Covariate {
    const fn name(self) -> &'static str {
        match self {
            Self::War => "war",
            Self::ActiveOfTen => "active of ten",
            Self::Episode => "episode",
            Self::QuietBefore => "quiet before",
            Self::Territorial => "territory",
            Self::Internationalised => "internationalised",
            Self::Duration => "duration",
            Self::Year => "year",
            Self::YearHeld => "year held",
            Self::CarriedOn => "carried on",
        }
    }

    fn value(self, spell: &Spell, last_end: i16) -> f64 {
        let flag = |it: bool| f64::from(u8::from(it));
        match self {
            Self::War => flag(spell.intensity == Intensity::War),
            Self::ActiveOfTen => f64::from(spell.active_of_ten.max(1)).ln(),
            Self::Episode => f64::from(spell.episode.min(5)),
            Self::QuietBefore => spell.quiet_before.map_or(0.0, |years| (-f64::from(years) / 5.0).exp()),
            Self::Territorial => flag(spell.territorial),
            Self::Internationalised => flag(spell.internationalised),
            Self::Duration => f64::from(spell.end - spell.start + 1).ln(),
            Self::Year => f64::from(spell.end),
            Self::YearHeld => f64::from(spell.end.min(last_end)),
            Self::CarriedOn => flag(spell.carried_on == Some(true)),
        }
    }
}

/// A discrete-time hazard by penalised logistic regression: the year since the end of fighting in bands, the ending, and
/// covariates, which are standardised.
#[derive(Clone, Debug, PartialEq)]
pub struct HazardConfig {
    /// The covariates.
    pub covariates: Vec<Covariate>,
    /// Years after the end that are fitted on; a short window asks only for what the horizons need.
    pub risk_years: i16,
    /// The penalty on the endings: how strongly they are drawn together.
    pub ending_penalty: f64,
    /// The penalty on the covariates.
    pub covariate_penalty: f64,
    /// Years after which a year at risk counts half.
    pub half_life: Option<f64>,
}

/// A way to forecast.
#[derive(Clone, Debug, PartialEq)]
pub enum Variant {
    /// The share over all episodes.
    Climatology,
    /// The share by ending, among episodes followed to the horizon, drawn to the climatology as by so many cases.
    ClassRate {
        /// Cases of the pool beside a class's own.
        shrinkage_cases: f64,
        /// Years after which an episode counts half.
        half_life: Option<f64>,
    },
    /// The life table by ending: what the outlook uses.
    LifeTable {
        /// Cases of the pool beside a class's own.
        shrinkage_cases: f64,
    },
    /// The life table by ending, agreements parted by whether they were carried on, where that is known.
    LifeTableByImplementation {
        /// Cases of the wider class beside a class's own.
        shrinkage_cases: f64,
    },
    /// A hazard with covariates.
    Hazard(HazardConfig),
}

impl Variant {
    /// The class rate as it stands: the variant to beat.
    pub const CLASS_RATE: Self = Self::ClassRate { shrinkage_cases: 0.0, half_life: None };

    /// Every variant that was tried, in the order in which the documentation lists them.
    #[must_use]
    pub fn all() -> Vec<Self> {
        use Covariate::{
            ActiveOfTen, CarriedOn, Duration, Episode, Internationalised, QuietBefore, Territorial, War,
            Year, YearHeld,
        };
        let mut all = vec![Self::Climatology, Self::CLASS_RATE];
        for shrinkage_cases in [2.0, 5.0, 10.0] {
            all.push(Self::ClassRate { shrinkage_cases, half_life: None });
        }
        all.push(Self::ClassRate { shrinkage_cases: 5.0, half_life: Some(15.0) });
        for shrinkage_cases in [0.0, 2.0, 5.0, 10.0] {
            all.push(Self::LifeTable { shrinkage_cases });
        }
        let hazard = |covariates: &[Covariate], risk_years, half_life| {
            Self::Hazard(HazardConfig {
                covariates: covariates.to_vec(),
                risk_years,
                ending_penalty: 1.0,
                covariate_penalty: 3.0,
                half_life,
            })
        };
        all.push(hazard(&[], 10, None));
        all.push(hazard(&[], 5, None));
        all.push(hazard(&[], 5, Some(15.0)));
        for one in
            [War, ActiveOfTen, Episode, QuietBefore, Territorial, Internationalised, Duration, Year, YearHeld]
        {
            all.push(hazard(&[one], 5, None));
        }
        all.push(hazard(&[ActiveOfTen, Episode], 5, None));
        all.push(hazard(&[ActiveOfTen, Year], 5, None));
        all.push(hazard(&[War, Year], 5, None));
        all.push(hazard(&[War, YearHeld], 5, None));
        all.push(hazard(&[War, ActiveOfTen, YearHeld], 5, None));
        all.push(hazard(&[War, QuietBefore, Year], 5, None));
        all.push(hazard(&[War, Internationalised, Year], 5, None));
        all.push(hazard(&[War, Territorial, Year], 5, None));
        let seven = [War, ActiveOfTen, Episode, QuietBefore, Territorial, Internationalised, Duration];
        all.push(hazard(&seven, 10, None));
        all.push(hazard(&[&seven[..], &[Year]].concat(), 10, None));
        for shrinkage_cases in [2.0, 5.0, 10.0] {
            all.push(Self::LifeTableByImplementation { shrinkage_cases });
        }
        all.push(hazard(&[CarriedOn], 5, None));
        all.push(hazard(&[War, Year, CarriedOn], 5, None));
        all
    }

    /// The variant that the rule chose on what was known by 2000; `docs/validation/outlook.md` tells how, and what came of it.
    #[must_use]
    pub fn chosen() -> Self {
        Self::Hazard(HazardConfig {
            covariates: vec![Covariate::War, Covariate::Year],
            risk_years: 5,
            ending_penalty: 1.0,
            covariate_penalty: 3.0,
            half_life: None,
        })
    }

    /// The variant in words.
    #[must_use]
    pub fn name(&self) -> String {
        let fading = |half_life: &Option<f64>| {
            half_life.map_or_else(String::new, |years| format!(", half-life {years} years"))
        };
        match self {
            Self::Climatology => "climatology".to_owned(),
            Self::ClassRate { shrinkage_cases: 0.0, half_life: None } => "class rate".to_owned(),
            Self::ClassRate { shrinkage_cases, half_life } => {
                format!("class rate, shrinkage {shrinkage_cases}{}", fading(half_life))
            }
            Self::LifeTable { shrinkage_cases } => format!("life table, shrinkage {shrinkage_cases}"),
            Self::LifeTableByImplementation { shrinkage_cases } => {
                format!("life table, agreements by implementation, shrinkage {shrinkage_cases}")
            }
            Self::Hazard(config) => {
                let names: Vec<&str> = config.covariates.iter().map(|covariate| covariate.name()).collect();
                let names = if names.is_empty() { "ending alone".to_owned() } else { names.join(" + ") };
                format!("hazard of {} years, {names}{}", config.risk_years, fading(&config.half_life))
            }
        }
    }

    /// Fits the variant on what is known of spells at the end of the year `known_by`.
    ///
    /// # Errors
    ///
    /// If a hazard cannot be fitted.
    pub(crate) fn fit<'a>(&self, spells: &[&'a Spell], known_by: i16) -> Result<Fitted<'a>, OutlookError> {
        Ok(match self {
            Self::Climatology => Fitted::Rate {
                spells: spells.to_vec(),
                known_by,
                shrinkage_cases: f64::INFINITY,
                half_life: None,
            },
            &Self::ClassRate { shrinkage_cases, half_life } => {
                Fitted::Rate { spells: spells.to_vec(), known_by, shrinkage_cases, half_life }
            }
            &Self::LifeTable { shrinkage_cases } => {
                Fitted::Life(Life::of(spells.iter().copied(), None, known_by, shrinkage_cases), false)
            }
            &Self::LifeTableByImplementation { shrinkage_cases } => {
                Fitted::Life(Life::of(spells.iter().copied(), None, known_by, shrinkage_cases), true)
            }
            Self::Hazard(config) => Fitted::Hazard(Hazard::fit(config, spells, known_by)?),
        })
    }
}

/// A fitted variant.
pub(crate) enum Fitted<'a> {
    Rate {
        spells: Vec<&'a Spell>,
        known_by: i16,
        shrinkage_cases: f64,
        half_life: Option<f64>,
    },
    /// With whether agreements are parted by their implementation.
    Life(Life, bool),
    Hazard(Hazard),
}

impl Fitted<'_> {
    /// The chance that fighting comes back after at most `quiet_years`.
    pub(crate) fn chance(&self, spell: &Spell, quiet_years: i16) -> f64 {
        match self {
            Self::Rate { spells, known_by, shrinkage_cases, half_life } => {
                let known: Vec<(&Spell, f64)> = spells
                    .iter()
                    .filter(|it| it.end + quiet_years < *known_by)
                    .map(|&it| {
                        let age = f64::from(known_by - it.end);
                        (it, half_life.map_or(1.0, |half| 0.5_f64.powf(age / half)))
                    })
                    .collect();
                rate(&known, spell.ending, quiet_years, *shrinkage_cases)
            }
            Self::Life(life, parted) => {
                let carried_on = spell.carried_on.filter(|_| *parted);
                life.shares(Class { ending: spell.ending, carried_on }, 1, quiet_years).back()
            }
            Self::Hazard(hazard) => hazard.chance(spell, quiet_years),
        }
    }
}

fn rate(known: &[(&Spell, f64)], ending: Option<Ending>, quiet_years: i16, shrinkage_cases: f64) -> f64 {
    let sums = |only: Option<Ending>| {
        let class = known.iter().filter(|(it, _)| only.is_none() || it.ending == only);
        class.fold((0.0, 0.0), |(back, all), (it, weight)| {
            (back + if it.back_within(quiet_years) { *weight } else { 0.0 }, all + weight)
        })
    };
    let (back, all) = sums(None);
    let pool = if all > 0.0 { back / all } else { 0.5 };
    let (back, all) = sums(ending);
    if ending.is_none() || shrinkage_cases.is_infinite() || all + shrinkage_cases <= 0.0 {
        return pool;
    }
    (back + shrinkage_cases * pool) / (all + shrinkage_cases)
}

/// The first year of each band of years since the end.
const BANDS: [i16; 7] = [1, 2, 3, 4, 6, 11, 21];

/// A fitted hazard.
pub(crate) struct Hazard {
    fit: Logistic,
    covariates: Vec<Covariate>,
    /// Mean and standard deviation of each covariate.
    scales: Vec<(f64, f64)>,
    last_end: i16,
}

impl Hazard {
    fn fit(config: &HazardConfig, spells: &[&Spell], known_by: i16) -> Result<Self, OutlookError> {
        let last_end = spells.iter().map(|spell| spell.end).max().ok_or(OutlookError::NoSpells)?;
        let scale =
            |covariate: &Covariate| scale(spells.iter().map(|spell| covariate.value(spell, last_end)));
        let scales: Vec<(f64, f64)> = config.covariates.iter().map(scale).collect();
        let (mut rows, mut back, mut weights) = (Vec::new(), Vec::new(), Vec::new());
        for spell in spells {
            let features = features(spell, &config.covariates, &scales, last_end);
            let seen = spell.seen(known_by);
            let last = if seen.back.is_some() { seen.quiet_years } else { seen.quiet_years - 1 };
            for year in 1..=last.min(config.risk_years) {
                rows.push(row(year, &features));
                back.push(seen.back.is_some() && year == seen.quiet_years);
                let age = f64::from(known_by - spell.end - year);
                weights.push(config.half_life.map_or(1.0, |half| 0.5_f64.powf(age / half)));
            }
        }
        let mut penalties = vec![0.0];
        penalties.extend([1.0; BANDS.len()]);
        penalties.extend([config.ending_penalty; 6]);
        penalties.extend(vec![config.covariate_penalty; config.covariates.len()]);
        // A band that the window leaves out has a row of zeros, which the penalty keeps from being singular.
        let config_fit = LogisticConfig { tolerance: 1e-8, ..LogisticConfig::ridge(penalties.len(), 1.0) };
        let fit = Logistic::fit(&rows, &back, Some(&weights), &LogisticConfig { penalties, ..config_fit })?;
        Ok(Self { fit, covariates: config.covariates.clone(), scales, last_end })
    }

    fn chance(&self, spell: &Spell, quiet_years: i16) -> f64 {
        let features = features(spell, &self.covariates, &self.scales, self.last_end);
        let quiet: f64 = (1..=quiet_years).map(|year| 1.0 - self.fit.chance(&row(year, &features))).product();
        1.0 - quiet
    }
}

fn scale(values: impl Iterator<Item = f64> + Clone) -> (f64, f64) {
    let count = values.clone().count().max(1) as f64;
    let mean = values.clone().sum::<f64>() / count;
    let variance = values.map(|value| (value - mean).powi(2)).sum::<f64>() / count;
    (mean, variance.sqrt())
}

fn features(spell: &Spell, covariates: &[Covariate], scales: &[(f64, f64)], last_end: i16) -> Vec<f64> {
    let endings = Ending::ALL.map(|ending| f64::from(u8::from(spell.ending == Some(ending))));
    let values = covariates.iter().zip(scales).map(|(covariate, &(mean, deviation))| {
        if deviation > 0.0 { (covariate.value(spell, last_end) - mean) / deviation } else { 0.0 }
    });
    endings.into_iter().chain(values).collect()
}

fn row(year: i16, features: &[f64]) -> Vec<f64> {
    let band = BANDS.iter().rposition(|&first| first <= year);
    let mut row = vec![1.0];
    row.extend((0..BANDS.len()).map(|at| f64::from(u8::from(band == Some(at)))));
    row.extend_from_slice(features);
    row
}
