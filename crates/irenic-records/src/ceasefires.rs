//! The ETH/PRIO Civil Conflict Ceasefire data set: one row a party; rows of one ceasefire share `uniq_id`.

use std::collections::BTreeMap;

use irenic_model::DateInterval;

use crate::record_macro::record;
use crate::{Cells, Column, DataSet, Refused, date_of_parts};

record! {
    /// The part of one party in a ceasefire.
    pub struct CeasefireRow of DataSet::Ceasefires, also DataSet::Ceasefires, {
        /// The ceasefire's number.
        id: u64 = key["uniq_id"] must number();
        /// The country.
        location: String = cell["location"] may string();
        /// The party.
        actor: String = cell["actor_name"] may string();
        /// UCDP's conflict number.
        conflict_id: Option<u32> = key["ucdp_acd_id"] may optional_id();
        /// UCDP's dyad number.
        dyad_id: Option<u32> = cell["ucdp_dyad"] may optional_id();
        /// The year of the declaration.
        year: i16 = key["cf_dec_yr"] must year();
        /// The month of the declaration, 0 or -1 where not known.
        month: Option<i16> = cell["cf_dec_month"] may optional_number();
        /// The day of the declaration, 0 or -1 where not known.
        day: Option<i16> = cell["cf_dec_day"] may optional_number();
        /// When it took effect, as far as the year.
        effect_year: Option<i16> = cell["cf_effect_yr"] may optional_number();
        /// The month.
        effect_month: Option<i16> = cell["cf_effect_month"] may optional_number();
        /// The day.
        effect_day: Option<i16> = cell["cf_effect_day"] may optional_number();
        /// When it ended, as far as the year.
        end_year: Option<i16> = cell["end_yr"] may optional_number();
        /// The month.
        end_month: Option<i16> = cell["end_month"] may optional_number();
        /// The day.
        end_day: Option<i16> = cell["end_day"] may optional_number();
        /// How many sides declared it, as the codebook has it.
        side: Option<u8> = cell["side"] may optional_number();
        /// Whether it holds for a part of the country or the forces only.
        partial: Option<bool> = cell["partial"] may optional_flag();
        /// Whether it was put in writing: 0 to 2, as the codebook has it; -1 where not known.
        written: Option<i8> = cell["written"] may optional_number();
        /// Whether it was for a fixed time.
        fixed: Option<bool> = cell["fixed"] may optional_flag();
        /// How far it goes, as the codebook has it.
        class: Option<u8> = cell["ceasefire_class"] may optional_number();
        /// How it ended, as the codebook has it; -1 where not known. As the data show: 0 lasts, 1 ran out (nearly all such
        /// ceasefires were for a fixed time), 2 and 4 end on a day before their time, 3 passes on without a day of its own.
        ended: Option<i8> = cell["ended"] may optional_number();
    }
    check check
}

impl CeasefireRow {
    /// Tells parts of dates that make no day.
    fn check(&self, cells: &mut Cells<'_>, at: &Columns) -> Result<(), Refused> {
        let dates: [[Column; 3]; 3] = [
            [at.year, at.month, at.day],
            [at.effect_year, at.effect_month, at.effect_day],
            [at.end_year, at.end_month, at.end_day],
        ];
        for [year, month, day] in dates {
            cells.date_of_parts(year, month, day);
        }
        Ok(())
    }

    /// When it was declared.
    #[must_use]
    pub fn declared(&self) -> Option<DateInterval> {
        date_of_parts(Some(self.year), self.month, self.day)
    }

    /// When it took effect.
    #[must_use]
    pub fn effect(&self) -> Option<DateInterval> {
        date_of_parts(self.effect_year, self.effect_month, self.effect_day)
    }

    /// When it ended.
    #[must_use]
    pub fn end(&self) -> Option<DateInterval> {
        date_of_parts(self.end_year, self.end_month, self.end_day)
    }
}

/// A ceasefire with all its parties.
#[derive(Clone, Debug, PartialEq)]
pub struct Ceasefire {
    /// The ceasefire's number.
    pub id: u64,
    /// The rows of its parties, in order of the file.
    pub parties: Vec<CeasefireRow>,
}

impl Ceasefire {
    /// When it was declared: the shortest interval that holds what all its rows say.
    #[must_use]
    pub fn declared(&self) -> Option<DateInterval> {
        cover(self.parties.iter().filter_map(CeasefireRow::declared))
    }

    /// When it ended: the shortest interval that holds what all its rows say.
    #[must_use]
    pub fn end(&self) -> Option<DateInterval> {
        cover(self.parties.iter().filter_map(CeasefireRow::end))
    }

    /// When it was broken off: it has an end that is neither the running out of a fixed time nor the passing on into another
    /// deal. Where a party's row gives no way of ending, the end counts unless the ceasefire was for a fixed time.
    #[must_use]
    pub fn broken(&self) -> Option<DateInterval> {
        let broken = |row: &&CeasefireRow| match row.ended {
            Some(2 | 4) => true,
            Some(0 | 1 | 3) => false,
            _ => row.fixed != Some(true),
        };
        if self.parties.iter().any(|row| matches!(row.ended, Some(0 | 1 | 3))) {
            return None;
        }
        cover(self.parties.iter().filter(broken).filter_map(CeasefireRow::end))
    }

    /// Whether every party's part of it holds for a part of the country or the forces only.
    #[must_use]
    pub fn is_partial(&self) -> bool {
        self.parties.iter().all(|row| row.partial == Some(true))
    }

    /// Whether its rows give rival dates of declaration.
    #[must_use]
    pub fn is_contested(&self) -> bool {
        let mut dates = self.parties.iter().map(CeasefireRow::declared);
        let first = dates.next();
        dates.any(|date| Some(date) != first)
    }
}

fn cover(mut dates: impl Iterator<Item = DateInterval>) -> Option<DateInterval> {
    let first = dates.next()?;
    Some(dates.fold(first, |all, date| all.cover(&date)))
}

/// Rows put together by ceasefire, in order of their numbers.
#[must_use]
pub fn ceasefires(rows: impl IntoIterator<Item = CeasefireRow>) -> Vec<Ceasefire> {
    let mut by_id: BTreeMap<u64, Vec<CeasefireRow>> = BTreeMap::new();
    for row in rows {
        by_id.entry(row.id).or_default().push(row);
    }
    by_id.into_iter().map(|(id, parties)| Ceasefire { id, parties }).collect()
}
