//! Estimators for event-history data over plain slices; knows nothing of conflict.
//!
//! Times are numbers in any one unit; an event is a cause from 1, and 0 is a censored exit. Subjects may enter late (left
//! truncation), and times may be coarse: ties are handled exactly by the product-limit estimators, by Efron's method in
//! Cox regression, and are the natural form of the discrete-time hazard. Every estimator is worked by hand on small
//! published data in `docs/validation`, and compared there with R's `survival`.
//!
//! ```
//! use irenic_survival::{KaplanMeier, Spells};
//! let spells = Spells::new(&[1.0, 2.0, 3.0, 4.0], &[1, 0, 1, 1]).unwrap();
//! let curve = KaplanMeier::of(&spells);
//! assert!((curve.at(3.0) - 0.75 / 2.0).abs() < 1e-12);
//! ```

mod aalen_johansen;
mod bootstrap;
mod cox;
mod error;
mod kaplan_meier;
mod labels;
mod life_table;
mod linear;
mod log_rank;
mod logistic;
mod markov;
mod multi_state;
mod spells;

pub use aalen_johansen::{AalenJohansen, Incidence};
pub use bootstrap::{ClusterBootstrap, percentile};
pub use cox::{Cox, CoxConfig};
pub use error::SurvivalError;
pub use kaplan_meier::{KaplanMeier, Limits, MeanTime, Point, Transform};
pub use life_table::{LifeRow, life_table};
pub use log_rank::{LogRank, log_rank};
pub use logistic::{Logistic, LogisticConfig};
pub use markov::{Markov, MarkovConfig, Seen};
pub use multi_state::{MultiState, MultiStateConfig, StateChances, Stay};
pub use spells::Spells;
