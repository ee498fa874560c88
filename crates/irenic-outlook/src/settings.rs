//! How the outlook is computed: `models/outlook/settings.toml`.

use serde::Deserialize;

use crate::OutlookError;

/// The settings; each value's reason stands in the file.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Cases of the pool that stand beside a class's own.
    pub shrinkage_cases: f64,
    /// A class needs so many cases that were followed after the same quiet.
    pub cases_min: usize,
    /// While fighting goes on, the window of active years widens until the class has so many cases.
    pub active_cases_wanted: usize,
    /// A horizon is shown while so many cases are followed at its last year.
    pub followed_min: usize,
    /// Years ahead.
    pub horizons_years: Vec<i16>,
    /// Draws of the bootstrap.
    pub replicates: u64,
    /// Where the draws begin.
    pub seed: u64,
    /// Past cases that are named.
    pub similar_max: usize,
    /// The last year of the curve.
    pub curve_years: i16,
}

impl Settings {
    /// The settings that ship.
    #[must_use]
    pub fn built_in() -> Self {
        let text = include_str!("../../../models/outlook/settings.toml");
        Self::from_toml(text).expect("the settings that ship are read by a test")
    }

    /// Other settings.
    ///
    /// # Errors
    ///
    /// If the text is not TOML, or lacks a value.
    pub fn from_toml(text: &str) -> Result<Self, OutlookError> {
        Ok(toml::from_str(text)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_settings_that_ship_are_read() {
        let settings = Settings::built_in();
        assert!(0.0 <= settings.shrinkage_cases && settings.replicates > 0);
        assert!(settings.horizons_years.iter().all(|years| (1..=settings.curve_years).contains(years)));
    }
}
