//! UCDP Georeferenced Events: one row an event of organised violence.

use irenic_model::jiff::civil::Date;

use super::ViolenceType;
use crate::record_macro::record;
use crate::{Cells, DataSet, Refused};

record! {
    /// An event of organised violence.
    ///
    /// Identifiers named `_new_id` are those of the current numbering of conflicts; older ones are not read.
    pub struct GedEvent of DataSet::Ged, also DataSet::Ged, {
        /// The event's number.
        id: u64 = key["id"] must number();
        /// The calendar year that UCDP counts it under.
        year: i16 = key["year"] must year();
        /// Whether the conflict or dyad reached 25 deaths in that year.
        active_year: Option<bool> = cell["active_year"] may optional_flag();
        /// Who acts against whom.
        violence: ViolenceType = key["type_of_violence"] must code(ViolenceType::of);
        /// UCDP's conflict number.
        conflict_id: u32 = key["conflict_new_id"] must number();
        /// The conflict's name.
        conflict_name: String = cell["conflict_name"] may string();
        /// UCDP's dyad number.
        dyad_id: u32 = key["dyad_new_id"] must number();
        /// Side A.
        side_a: String = cell["side_a"] may string();
        /// Side B.
        side_b: String = cell["side_b"] may string();
        /// The country's name, as UCDP has it.
        country: String = cell["country"] may string();
        /// The country's Gleditsch and Ward number.
        country_id: Option<u16> = cell["country_id"] may optional_number();
        /// The place in words.
        place: String = cell["where_coordinates"] may string();
        /// Degrees north.
        latitude: Option<f64> = cell["latitude"] may optional_decimal(-90.0, 90.0);
        /// Degrees east.
        longitude: Option<f64> = cell["longitude"] may optional_decimal(-180.0, 180.0);
        /// How exactly the day is known: 1 the day, 2 some days, 3 a week, 4 a month, 5 a year.
        date_precision: Option<u8> = cell["date_prec"] may optional_number();
        /// The first day on which it may have been.
        from: Date = key["date_start"] must date();
        /// The last day on which it may have been.
        until: Date = key["date_end"] must date();
        /// Deaths, the lowest estimate.
        low: u64 = key["low"] must number();
        /// Deaths, the estimate that UCDP thinks best.
        best: u64 = key["best"] must number();
        /// Deaths, the highest estimate.
        high: u64 = key["high"] must number();
        /// Deaths among civilians, best estimate.
        civilians: Option<u64> = cell["deaths_civilians"] may optional_number();
    }
    check check
}

impl GedEvent {
    fn check(&self, cells: &mut Cells<'_>, at: &Columns) -> Result<(), Refused> {
        if self.until < self.from {
            return Err(cells.refuse_for(
                at.until,
                "records.order",
                "lies before the date on which the event began",
            ));
        }
        if self.year < self.from.year() || self.until.year() < self.year {
            cells.warn_of(at.year, "records.order", "is not a year of the event's dates");
        }
        if !(self.low <= self.best && self.best <= self.high) {
            cells.warn_of(at.best, "records.order", "does not lie between the low and the high estimate");
        }
        Ok(())
    }
}
