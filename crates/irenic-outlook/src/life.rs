//! Life tables of quiet: by year since the end of fighting, how many were at risk and how many came back, to minor conflict
//! or to war; with the classes drawn towards their pool.
//!
//! Without shrinkage the shares are Aalen and Johansen's (1978) estimates, which a test holds against
//! [`irenic_survival::AalenJohansen`]. The shrinkage is the posterior mean of a beta prior on each yearly rate, centred on
//! the pool's rate, worth so many cases (Gelman et al. 2013, Bayesian Data Analysis, section 2.4).
//!
//! A spell that was quiet for `n` years when the data end is at risk of a return after 1 to `n - 1` quiet years: a return
//! after `n` would fall into the year after. Counted in the usual way, as still at risk at `n`, the rate would come out too
//! low, because nobody could have been seen to return then.

use irenic_records::Intensity;

use crate::spell::Seen;
use crate::{Class, Ending, Spell};

/// The last year since the end of fighting that is kept apart; later ones are not asked for.
const YEARS: usize = 80;

/// Counts by quiet years.
#[derive(Clone, Debug)]
struct Counts {
    at_risk: [f64; YEARS],
    minor: [f64; YEARS],
    war: [f64; YEARS],
}

impl Counts {
    const EMPTY: Self = Self { at_risk: [0.0; YEARS], minor: [0.0; YEARS], war: [0.0; YEARS] };

    fn add(&mut self, seen: Seen, weight: f64) {
        let years = usize::try_from(seen.quiet_years).unwrap_or(0).min(YEARS - 1);
        let last = if seen.back.is_some() { years } else { years.saturating_sub(1) };
        for year in 1..=last {
            self.at_risk[year] += weight;
        }
        match seen.back {
            Some(Intensity::Minor) => self.minor[years] += weight,
            Some(Intensity::War) => self.war[years] += weight,
            None => {}
        }
    }
}

/// Chances of the three states at a horizon; they sum to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shares {
    /// Still quiet.
    pub quiet: f64,
    /// Fighting came back, as minor conflict.
    pub minor: f64,
    /// Fighting came back, as war.
    pub war: f64,
}

impl Shares {
    /// The chance that fighting came back.
    #[must_use]
    pub fn back(&self) -> f64 {
        self.minor + self.war
    }
}

/// The life tables of the six endings, of agreements by whether they were carried on, and of all spells together.
#[derive(Clone, Debug)]
pub struct Life {
    pool: Box<Counts>,
    /// By ending; then of agreements that were not carried on, and that were.
    classes: Vec<Counts>,
    shrinkage_cases: f64,
}

impl Life {
    /// From what is known of spells at the end of the year `known_by`; `weights` as a bootstrap draws them.
    #[must_use]
    pub fn of<'a>(
        spells: impl IntoIterator<Item = &'a Spell>,
        weights: Option<&[f64]>,
        known_by: i16,
        shrinkage_cases: f64,
    ) -> Self {
        let mut pool = Box::new(Counts::EMPTY);
        let mut classes = vec![Counts::EMPTY; Ending::ALL.len() + 2];
        for (at, spell) in spells.into_iter().enumerate() {
            let weight = weights.and_then(|weights| weights.get(at)).copied().unwrap_or(1.0);
            let seen = spell.seen(known_by);
            pool.add(seen, weight);
            if let Some(ending) = spell.ending {
                classes[ending.index()].add(seen, weight);
            }
            if let Some(carried_on) = spell.carried_on {
                classes[implementation(carried_on)].add(seen, weight);
            }
        }
        Self { pool, classes, shrinkage_cases }
    }

    /// The weight at risk of a return after exactly so many quiet years; of all spells where no ending is given.
    #[must_use]
    pub fn at_risk(&self, class: impl Into<Class>, quiet_years: i16) -> f64 {
        usize::try_from(quiet_years)
            .ok()
            .and_then(|year| self.counts(class.into()).at_risk.get(year))
            .copied()
            .unwrap_or(0.0)
    }

    /// The weight that came back after exactly so many quiet years: as minor conflict, as war.
    #[must_use]
    pub fn returns(&self, class: impl Into<Class>, quiet_years: i16) -> (f64, f64) {
        let Ok(year) = usize::try_from(quiet_years) else { return (0.0, 0.0) };
        let counts = self.counts(class.into());
        (counts.minor.get(year).copied().unwrap_or(0.0), counts.war.get(year).copied().unwrap_or(0.0))
    }

    /// The chances `years` ahead, for a conflict known to have been quiet for `quiet_years` (at least 1).
    ///
    /// The next year is the one after those quiet years, so that one year ahead asks for a return after exactly
    /// `quiet_years`.
    #[must_use]
    pub fn shares(&self, class: impl Into<Class>, quiet_years: i16, years: i16) -> Shares {
        let class = class.into();
        let mut shares = Shares { quiet: 1.0, minor: 0.0, war: 0.0 };
        let first = quiet_years.max(1);
        for year in first..first.saturating_add(years) {
            let (minor, war) = self.rates(class, year);
            shares.minor += shares.quiet * minor;
            shares.war += shares.quiet * war;
            shares.quiet *= (1.0 - minor - war).max(0.0);
        }
        shares
    }

    fn counts(&self, class: Class) -> &Counts {
        match class {
            Class { carried_on: Some(carried_on), .. } => &self.classes[implementation(carried_on)],
            Class { ending: Some(ending), .. } => &self.classes[ending.index()],
            Class { ending: None, .. } => &self.pool,
        }
    }

    /// A class's rates are drawn towards those of all spells; those of agreements by implementation towards all agreements'.
    fn rates(&self, class: Class, year: i16) -> (f64, f64) {
        let rate = |events: f64, at_risk: f64| if at_risk > 0.0 { events / at_risk } else { 0.0 };
        let (minor, war) = self.returns(class, year);
        let wider = match class {
            Class { carried_on: Some(_), ending } => Class { ending, carried_on: None },
            Class { ending: Some(_), .. } => Class::default(),
            Class { ending: None, .. } => {
                let all = self.at_risk(class, year);
                return (rate(minor, all), rate(war, all));
            }
        };
        let pooled = self.rates(wider, year);
        let beside = self.shrinkage_cases;
        let at_risk = self.at_risk(class, year) + beside;
        (rate(minor + beside * pooled.0, at_risk), rate(war + beside * pooled.1, at_risk))
    }
}

/// The place of the agreements that were carried on, or were not, among the classes.
const fn implementation(carried_on: bool) -> usize {
    Ending::ALL.len() + carried_on as usize
}

#[cfg(test)]
mod tests {
    use irenic_survival::{AalenJohansen, Spells};

    use super::*;
    use crate::{Level, Record};

    #[test]
    fn without_shrinkage_the_shares_are_aalen_and_johansens() {
        for level in [Level::Conflict, Level::Dyad] {
            let record = Record::built_in(level);
            let life = Life::of(record.spells(), None, record.last_year(), 0.0);
            for ending in Ending::ALL {
                let seen: Vec<Seen> = (record.spells().iter())
                    .filter(|spell| spell.ending == Some(ending))
                    .map(|spell| spell.seen(record.last_year()))
                    .collect();
                let exits: Vec<f64> = (seen.iter())
                    .map(|seen| f64::from(seen.quiet_years) - if seen.back.is_some() { 0.0 } else { 0.5 })
                    .collect();
                let causes: Vec<u32> =
                    seen.iter().map(|seen| seen.back.map_or(0, |back| back as u32 + 1)).collect();
                let chances = AalenJohansen::of(&Spells::new(&exits, &causes).unwrap());
                for years in [1, 2, 5, 10, 30] {
                    let shares = life.shares(Some(ending), 1, years);
                    let at = f64::from(years);
                    assert!((shares.quiet - chances.at(at, 0)).abs() < 1e-12, "{ending:?} {years}");
                    assert!((shares.minor - chances.at(at, 1)).abs() < 1e-12, "{ending:?} {years}");
                    assert!((shares.war - chances.at(at, 2)).abs() < 1e-12, "{ending:?} {years}");
                }
            }
        }
    }

    #[test]
    fn shrinkage_draws_a_class_to_the_pool() {
        let record = Record::built_in(Level::Conflict);
        let of = |cases| Life::of(record.spells(), None, record.last_year(), cases);
        let pool = of(0.0).shares(None, 1, 5).back();
        let own = of(0.0).shares(Some(Ending::LowActivity), 1, 5).back();
        let drawn = of(5.0).shares(Some(Ending::LowActivity), 1, 5).back();
        assert!(pool < drawn && drawn < own, "{pool} {drawn} {own}");
        let much = of(1e9).shares(Some(Ending::LowActivity), 1, 5).back();
        assert!((much - pool).abs() < 1e-6);
    }

    #[test]
    fn agreements_by_implementation_are_drawn_to_all_agreements() {
        let record = Record::built_in(Level::Dyad);
        let back = |class: Class, cases| {
            let life = Life::of(record.spells(), None, record.last_year(), cases);
            life.shares(class, 1, 5).back()
        };
        for carried_on in [false, true] {
            let class = Class::agreement(carried_on);
            let (own, drawn, much) = (back(class, 0.0), back(class, 5.0), back(class, 1e9));
            let all = back(Some(Ending::Agreement).into(), 1e9);
            assert!((much - all).abs() < 1e-6, "{much} {all}");
            assert!(own != drawn && drawn != much);
        }
    }
}
