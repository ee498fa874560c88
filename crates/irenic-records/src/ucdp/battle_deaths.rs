//! UCDP Battle-related Deaths: one row a year, of a conflict or of a dyad.

use irenic_model::Incompatibility;

use super::{ConflictType, vocabulary};
use crate::record_macro::record;
use crate::{Cells, DataSet, Level, Refused};

record! {
    /// The battle-related deaths of a year.
    pub struct BattleDeaths of DataSet::BattleDeaths(Level::Dyad), also DataSet::BattleDeaths(_), {
        /// UCDP's conflict number.
        conflict_id: u32 = key["conflict_id"] must number();
        /// UCDP's dyad numbers; none at conflict level, several where sides fight together.
        dyad_ids: Vec<u32> = cell["dyad_id"] may numbers();
        /// The calendar year.
        year: i16 = key["year"] must year();
        /// The country or countries.
        location: String = cell["location_inc"] may string();
        /// Side A.
        side_a: String = cell["side_a"] may string();
        /// Side B.
        side_b: String = cell["side_b"] may string();
        /// What is contested.
        incompatibility: Option<Incompatibility> = cell["incompatibility"] may optional_code(vocabulary::incompatibility);
        /// Who fights.
        conflict_type: Option<ConflictType> = cell["type_of_conflict"] may optional_code(ConflictType::of);
        /// Deaths, the lowest estimate.
        low: u64 = key["bd_low"] must number();
        /// Deaths, the best estimate.
        best: u64 = key["bd_best"] must number();
        /// Deaths, the highest estimate.
        high: u64 = key["bd_high"] must number();
    }
    check check
}

impl BattleDeaths {
    fn check(&self, cells: &mut Cells<'_>, at: &Columns) -> Result<(), Refused> {
        if !(self.low <= self.best && self.best <= self.high) {
            cells.warn_of(at.best, "records.order", "does not lie between the low and the high estimate");
        }
        Ok(())
    }
}
