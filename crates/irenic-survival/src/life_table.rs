//! The actuarial life table: deaths and withdrawals by interval, withdrawals at risk for half of it.
//!
//! Source: Cutler and Ederer (1958), J. Chron. Dis. 8:699.

use crate::Spells;

/// One interval of a life table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LifeRow {
    /// Its start, included.
    pub from: f64,
    /// Its end, not included.
    pub until: f64,
    /// The weight at its start.
    pub entering: f64,
    /// The weight censored in it.
    pub withdrawn: f64,
    /// The weight of events in it.
    pub events: f64,
    /// The chance of an event in it: events over entering less half the withdrawn.
    pub hazard: f64,
    /// The share that survives its end.
    pub survival: f64,
    /// The standard error of that share (Greenwood).
    pub standard_error: f64,
}

/// The table over intervals of the given width, up to the last exit; late entries are not looked at.
///
/// ```
/// use irenic_survival::{Spells, life_table};
/// let spells = Spells::new(&[0.5, 1.5, 1.5, 2.5], &[1, 1, 0, 0]).unwrap();
/// let rows = life_table(&spells, 1.0);
/// assert_eq!(rows[1].hazard, 1.0 / 2.5);
/// ```
#[must_use]
pub fn life_table(spells: &Spells<'_>, width: f64) -> Vec<LifeRow> {
    let mut entering: f64 = (0..spells.len()).map(|at| spells.weight_of(at)).sum();
    let (mut survival, mut greenwood, mut next) = (1.0, 0.0, 0);
    let mut rows = Vec::new();
    let mut number = 0u32;
    while next < spells.by_exit.len() && width > 0.0 {
        let (from, until) = (f64::from(number) * width, f64::from(number + 1) * width);
        let (mut withdrawn, mut events) = (0.0, 0.0);
        while let Some(&at) = spells.by_exit.get(next).filter(|&&at| spells.exit[at] < until) {
            *(if spells.cause[at] > 0 { &mut events } else { &mut withdrawn }) += spells.weight_of(at);
            next += 1;
        }
        let exposed = entering - withdrawn / 2.0;
        let hazard = if exposed > 0.0 { events / exposed } else { 0.0 };
        survival *= 1.0 - hazard;
        if exposed > events {
            greenwood += events / (exposed * (exposed - events));
        }
        let standard_error = survival * f64::sqrt(greenwood);
        rows.push(LifeRow { from, until, entering, withdrawn, events, hazard, survival, standard_error });
        entering -= withdrawn + events;
        number += 1;
    }
    rows
}
