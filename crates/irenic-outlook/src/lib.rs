//! Spells, reference classes, chances, calibration and backtests.
//!
//! The world's record of armed conflict tells how long it stays quiet after fighting ends, by how it ended. A [`Record`]
//! holds one [`Spell`] for each episode that ended; [`Record::built_in`] holds what this program computed from UCDP's
//! Conflict Termination data, so that no data set is needed. [`outlook`] answers for a conflict that has been quiet for
//! some years, and [`outlook_active`] for one that is being fought: its reference class in words, how many cases that class has, the chances by horizon with their limits, and
//! the most similar past cases. It refuses, and says why, where the class is too thin. [`backtest`] says how good such
//! chances have been, without look-ahead.
//!
//! ```
//! use irenic_outlook::{Level, Question, Record, outlook};
//! let record = Record::built_in(Level::Conflict);
//! let question = Question { horizons: vec![5], ..Question::after(None, 1) };
//! let outlook = outlook(&record, &question).unwrap();
//! let five = &outlook.chances[0];
//! assert!((five.quiet.share + five.minor.share + five.war.share - 1.0).abs() < 1e-9);
//! ```

mod active;
mod active_backtest;
mod backtest;
mod built;
mod chances;
mod ending;
mod error;
mod forecast;
mod implementation;
mod life;
mod scores;
mod settings;
mod similar;
mod spell;
mod theory;

pub use active::{ActiveCase, ActiveChances, ActiveOutlook, ActiveQuestion, outlook_active};
pub use active_backtest::{ActiveRow, ActiveVariant, active_backtest};
pub use backtest::{Backtest, BacktestConfig, Design, Row, backtest};
pub use built::Record;
pub use chances::{ByImplementation, Chance, CurvePoint, HorizonChances, Outlook, Question, outlook};
pub use ending::{Class, Ending};
pub use error::{OutlookError, Refusal};
pub use forecast::{Covariate, Variant};
pub use implementation::{ImplementationRow, ImplementationTable, carries_on, relapse_by_implementation};
pub use irenic_records::{Intensity, Level};
pub use life::Life;
pub use scores::{CalibrationBin, Forecast, Scores, calibration_table, paired_difference};
pub use settings::Settings;
pub use similar::SimilarCase;
pub use spell::{Return, Spell, spells};
pub use theory::{EndingRow, relapse_by_ending};
