//! Stage models: configuration, dated evidence and an as-of date in, stage intervals with reasons out.
//!
//! [`stages`] is pure. For the Irenic model it works in two steps. First, evidence is put in order of time and made
//! into segments of constant indicators: wars that are named or dated as wholes, bouts of violence with their tolls and
//! whether they are sustained, truces that held, pressure, claims. Then a closed state machine, which alone knows
//! legality and cycles, names them. The published models run beside it on the same evidence.
//!
//! Every threshold is in `models/stage/*.toml`, with the literature it comes from.

mod bouts;
mod calendar;
mod config;
mod deaths;
mod enders;
mod evidence;
mod hiik;
mod irenic;
mod machine;
mod marks;
mod phases;
mod rivals;
mod track;
mod turns;
mod ucdp;
mod wars;

use irenic_model::jiff::civil::Date;
use irenic_model::{Evidence, StageInterval};

pub use config::{ConfigError, ModelName, StageModel, Threshold};
pub use evidence::{evidence_of, is_end_of_term};
pub use ucdp::{Episode, ucdp_episodes};

/// The intervals of a stage model, in order of time.
///
/// `as_of` asks about the state of the conflict then: later evidence is left out, and the last interval is ongoing.
/// `known_by` uses only evidence whose source is known to have been published by then.
///
/// ```
/// use irenic_cycle::{ModelName, StageModel, stages};
/// use irenic_model::jiff::civil::date;
/// let model = StageModel::built_in(ModelName::Irenic);
/// assert!(stages(&model, &[], date(2020, 1, 1), None).is_empty());
/// ```
#[must_use]
pub fn stages(
    model: &StageModel,
    evidence: &[Evidence],
    as_of: Date,
    known_by: Option<Date>,
) -> Vec<StageInterval> {
    let known = marks::known(evidence, as_of, known_by);
    match model.name() {
        ModelName::Irenic => irenic::stages(model, evidence, as_of, known_by),
        ModelName::Ucdp => ucdp::stages(model, &known),
        ModelName::Cascon => phases::cascon(model, &known),
        ModelName::Cews => phases::cews(model, &known),
        ModelName::Hiik => hiik::stages(model, &known),
    }
}
