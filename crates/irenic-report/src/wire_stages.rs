//! The wire of `irenic stages`: one JSON object a line, each an interval of a stage.

use irenic_model::StageInterval;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An interval of a stage, as `irenic stages --format jsonl` writes it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WireStage {
    /// The model that named it: irenic, ucdp, cascon, cews or hiik.
    pub model: String,
    /// The stage, in the model's own words.
    pub stage: String,
    /// The pass through the cycle, from 1.
    pub cycle: u32,
    /// The first day, `YYYY-MM-DD`.
    pub from: Option<String>,
    /// The last day; null while it lasts.
    pub until: Option<String>,
    /// The earliest and the latest that it may have begun.
    pub from_bounds: [Option<String>; 2],
    /// The earliest and the latest that it may have ended.
    pub until_bounds: [Option<String>; 2],
    /// Whether rival evidence gives a rival stage.
    pub contested: bool,
    /// Why.
    pub reasons: Vec<WireReason>,
}

/// A rule that applied, and its evidence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WireReason {
    /// The rule's name.
    pub rule: String,
    /// Statement identifiers, or `file:line` for rows of tables.
    pub evidence: Vec<String>,
}

/// An interval of a stage on the wire.
#[must_use]
pub fn stage(interval: &StageInterval) -> WireStage {
    let day = |date: Option<irenic_model::jiff::civil::Date>| date.map(|date| date.to_string());
    WireStage {
        model: interval.model.clone(),
        stage: interval.stage.clone(),
        cycle: interval.cycle,
        from: day(interval.from),
        until: day(interval.until),
        from_bounds: [day(interval.from_bounds.0), day(interval.from_bounds.1)],
        until_bounds: [day(interval.until_bounds.0), day(interval.until_bounds.1)],
        contested: interval.contested(),
        reasons: interval
            .reasons
            .iter()
            .map(|reason| WireReason {
                rule: reason.rule.clone(),
                evidence: reason.evidence.iter().map(ToString::to_string).collect(),
            })
            .collect(),
    }
}
