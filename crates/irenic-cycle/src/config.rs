//! A stage model's configuration: its thresholds, each with its reference, and the scale's version.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The stage models.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ModelName {
    /// Irenic's own nine stages.
    Irenic,
    /// UCDP's armed conflict, by calendar year.
    Ucdp,
    /// CASCON's phases.
    Cascon,
    /// The CEWS Explorer's phases.
    Cews,
    /// The Heidelberg Conflict Barometer's levels, by calendar month.
    Hiik,
}

impl ModelName {
    /// Every model, Irenic's own first.
    pub const ALL: [Self; 5] = [Self::Irenic, Self::Ucdp, Self::Cascon, Self::Cews, Self::Hiik];

    /// The name on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Irenic => "irenic",
            Self::Ucdp => "ucdp",
            Self::Cascon => "cascon",
            Self::Cews => "cews",
            Self::Hiik => "hiik",
        }
    }

    const fn built_in(self) -> &'static str {
        match self {
            Self::Irenic => include_str!("../../../models/stage/irenic.toml"),
            Self::Ucdp => include_str!("../../../models/stage/ucdp.toml"),
            Self::Cascon => include_str!("../../../models/stage/cascon.toml"),
            Self::Cews => include_str!("../../../models/stage/cews.toml"),
            Self::Hiik => include_str!("../../../models/stage/hiik.toml"),
        }
    }
}

/// A number that decides between stages, and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Threshold {
    /// The number.
    pub value: u32,
    /// What it counts.
    pub unit: String,
    /// What it decides.
    pub meaning: String,
    /// The literature it comes from, or on what grounds we set it.
    pub reference: String,
    /// Whether somebody has checked it in the source named.
    pub verified: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    model: ModelName,
    version: String,
    #[serde(default)]
    threshold: BTreeMap<String, Threshold>,
}

/// A stage model with its thresholds.
///
/// ```
/// use irenic_cycle::{ModelName, StageModel};
/// let model = StageModel::built_in(ModelName::Ucdp);
/// assert_eq!(model.threshold("minor_deaths_min").value, 25);
/// let stricter = StageModel::from_toml(
///     "model = 'ucdp'\nversion = 'mine'\n\
///      [threshold.minor_deaths_min]\nvalue = 100\nunit = ''\nmeaning = ''\nreference = 'ours'\nverified = false",
/// ).unwrap();
/// assert_eq!(stricter.threshold("minor_deaths_min").value, 100);
/// assert_eq!(stricter.threshold("war_deaths_min").value, 1000);
/// assert!(StageModel::from_toml("model = 'ucdp'\nversion = 'x'\nthresholds = 3").is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageModel {
    name: ModelName,
    version: String,
    thresholds: BTreeMap<String, Threshold>,
}

/// Why a stage model's configuration could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// It is not TOML, or has a key that there is not.
    #[error("the stage model's configuration: {0}")]
    Toml(#[from] toml::de::Error),
    /// It sets a threshold that the model does not have.
    #[error("the stage model {model} has no threshold {threshold:?}; it has {known}")]
    UnknownThreshold {
        /// The model.
        model: &'static str,
        /// The threshold.
        threshold: String,
        /// Those that it has.
        known: String,
    },
}

impl StageModel {
    /// The model as it ships.
    #[must_use]
    pub fn built_in(name: ModelName) -> Self {
        let file: File = toml::from_str(name.built_in()).expect("a test reads every model that is built in");
        Self { name, version: file.version, thresholds: file.threshold }
    }

    /// Every model as it ships, Irenic's own first.
    #[must_use]
    pub fn all() -> Vec<Self> {
        ModelName::ALL.into_iter().map(Self::built_in).collect()
    }

    /// A model with thresholds of one's own; what the text leaves out stays as it ships.
    ///
    /// # Errors
    ///
    /// If the text is not TOML, names a key or a model that there is not, or sets a threshold that the model lacks.
    pub fn from_toml(text: &str) -> Result<Self, ConfigError> {
        let file: File = toml::from_str(text)?;
        let mut model = Self::built_in(file.model);
        model.version = file.version;
        for (name, threshold) in file.threshold {
            let Some(slot) = model.thresholds.get_mut(&name) else {
                let known: Vec<&str> = model.thresholds.keys().map(String::as_str).collect();
                return Err(ConfigError::UnknownThreshold {
                    model: model.name.name(),
                    threshold: name,
                    known: known.join(", "),
                });
            };
            *slot = threshold;
        }
        Ok(model)
    }

    /// Which model it is.
    #[must_use]
    pub const fn name(&self) -> ModelName {
        self.name
    }

    /// The version of the scale.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Every threshold by name.
    pub fn thresholds(&self) -> impl Iterator<Item = (&str, &Threshold)> {
        self.thresholds.iter().map(|(name, threshold)| (name.as_str(), threshold))
    }

    /// The threshold of that name.
    ///
    /// # Panics
    ///
    /// If the model has none of that name: the names are those of the file that ships.
    #[must_use]
    pub fn threshold(&self, name: &str) -> &Threshold {
        self.thresholds.get(name).expect("a threshold of the file that ships")
    }

    pub(crate) fn value(&self, name: &str) -> u64 {
        u64::from(self.threshold(name).value)
    }

    pub(crate) fn days(&self, name: &str) -> i32 {
        i32::try_from(self.threshold(name).value).unwrap_or(i32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_model_that_ships_reads_and_gives_its_references() {
        for name in ModelName::ALL {
            let model = StageModel::built_in(name);
            assert_eq!(model.name(), name);
            assert!(!model.version().is_empty());
            for (threshold, it) in model.thresholds() {
                assert!(!it.reference.is_empty() && !it.meaning.is_empty(), "{name:?} {threshold}");
            }
        }
    }

    #[test]
    fn an_unknown_threshold_is_named_with_those_there_are() {
        let text = "model = 'cews'\nversion = 'x'\n[threshold.typo]\nvalue = 1\nunit = ''\nmeaning = ''\n\
                    reference = ''\nverified = false";
        let message = StageModel::from_toml(text).unwrap_err().to_string();
        assert!(message.contains("\"typo\"") && message.contains("massive_deaths_min"), "{message}");
    }
}
