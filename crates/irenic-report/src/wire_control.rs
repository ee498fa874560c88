//! The wire of `irenic control`: one JSON object a line, each about one who held a place for a time.

use irenic::Reconstruction;
use irenic_model::{DateInterval, Hold, PlaceHeld};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One line of `irenic control --format jsonl`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WireHold {
    /// The place, under the name used most.
    pub place: String,
    /// Its other names.
    pub other_names: Vec<String>,
    /// ISO 3166 alpha-3 code of the country it is listed under: a code for sorting, not a view on any claim.
    pub country: Option<String>,
    /// Degrees north, where the gazetteer knows it.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// Who is said to hold it.
    pub by: String,
    /// The earliest and the latest day on which it is said to have taken the place.
    pub from: Option<[String; 2]>,
    /// The first and the last day on which it is said to hold the place, by those who do not say since when.
    pub seen: Option<[String; 2]>,
    /// The earliest and the latest day on which it is said to have left or lost the place.
    pub until: Option<[String; 2]>,
    /// Whether it is said to have left or lost the place, with or without a date.
    pub ended: bool,
    /// Whether a holder says otherwise.
    pub contested: bool,
    /// Who says so.
    pub holders: Vec<String>,
    /// Who denies it.
    pub denied_by: Vec<String>,
    /// The statements' ids.
    pub statements: Vec<String>,
}

/// Every hold of every place, in the order of the report.
#[must_use]
pub fn control(found: &Reconstruction) -> Vec<WireHold> {
    found.places.iter().flat_map(|place| place.holds.iter().map(|hold| line(found, place, hold))).collect()
}

fn line(found: &Reconstruction, place: &PlaceHeld, hold: &Hold) -> WireHold {
    let point = found.coordinates_of(place);
    // A hundredth of a degree is finer than the gazetteer's points.
    let rounded = |degrees: f64| (degrees * 100.0).round() / 100.0;
    let ids =
        hold.statements.iter().filter_map(|at| found.statement(*at)).map(|(_, told)| told.id.to_string());
    WireHold {
        place: place.place.clone(),
        other_names: place.other_names.clone(),
        country: place.country.clone(),
        latitude: point.map(|point| rounded(point.latitude)),
        longitude: point.map(|point| rounded(point.longitude)),
        by: hold.by.clone(),
        from: days(hold.from),
        seen: days(hold.seen),
        until: days(hold.until),
        ended: hold.ended,
        contested: hold.contested,
        holders: hold.holders.clone(),
        denied_by: hold.denied_by.clone(),
        statements: ids.collect(),
    }
}

fn days(when: Option<DateInterval>) -> Option<[String; 2]> {
    when.map(|when| [when.from().to_string(), when.until().to_string()])
}
