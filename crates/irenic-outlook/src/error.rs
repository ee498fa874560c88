//! Why a record cannot be read, and why an outlook is refused.

/// Why a record of spells cannot be read or made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OutlookError {
    /// The model's text is not one.
    #[error("the outlook's model cannot be read: {0}")]
    Model(#[from] toml::de::Error),
    /// The model's text has a word that is none.
    #[error("the outlook's model has {0:?}, which is no {1}")]
    Word(String, &'static str),
    /// There are no spells.
    #[error("the table has no episode within a state that ended before its last year")]
    NoSpells,
    /// A model could not be fitted.
    #[error("the hazard model cannot be fitted: {0}")]
    Fit(#[from] irenic_survival::SurvivalError),
}

/// Why there is no outlook.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// Too few cases of the class have been quiet for so long.
    #[error(
        "no outlook: of {class}, only {found} were followed after {quiet_years} quiet years, and {needed} are needed"
    )]
    Thin {
        /// The class in words.
        class: String,
        /// Whole years of quiet so far.
        quiet_years: i16,
        /// Cases that are left.
        found: usize,
        /// Cases that are needed.
        needed: usize,
    },
    /// Too few episodes were as intense after as many active years.
    #[error("no outlook: of {class}, there are only {found}, and {needed} are needed")]
    ThinActive {
        /// The class in words.
        class: String,
        /// Cases that there are.
        found: usize,
        /// Cases that are needed.
        needed: usize,
    },
    /// Fighting goes on, so that what follows its end is not the question.
    #[error("no outlook on quiet: fighting goes on ({0})")]
    Active(String),
    /// There was no fighting.
    #[error("no outlook: the record is of what follows fighting, and there was none ({0})")]
    NoFighting(String),
    /// The record has no such conflict.
    #[error("no outlook: the record has no conflict within a state that is numbered {0}")]
    Unknown(u32),
}
