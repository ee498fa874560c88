//! UCDP/PRIO Armed Conflict and UCDP Dyadic: one row an active year, of a conflict or of a dyad.

use irenic_model::Incompatibility;
use irenic_model::jiff::civil::Date;

use super::{ConflictType, Intensity, vocabulary};
use crate::{Cells, Column, DataSet, Header, Record, Refused};

/// An active year of a conflict, or of a dyad where `dyad_id` says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConflictYear {
    /// The line in the file, from 1.
    pub line: u64,
    /// UCDP's conflict number.
    pub conflict_id: u32,
    /// UCDP's dyad number; `None` in a table of conflicts.
    pub dyad_id: Option<u32>,
    /// The calendar year.
    pub year: i16,
    /// The country or countries, as the table has them.
    pub location: String,
    /// Side A, within states the government.
    pub side_a: String,
    /// Side B; several opposition groups are in one text.
    pub side_b: String,
    /// What is contested.
    pub incompatibility: Option<Incompatibility>,
    /// The territory, where one is contested.
    pub territory: Option<String>,
    /// Minor conflict or war.
    pub intensity: Intensity,
    /// Who fights.
    pub conflict_type: ConflictType,
    /// The first battle-related death of the conflict.
    pub start: Option<Date>,
    /// The day on which the episode reached 25 deaths in its year.
    pub episode_start: Option<Date>,
    /// Whether the table says that the episode ends with this year.
    pub episode_ends: Option<bool>,
    /// The day on which the episode ended.
    pub episode_end: Option<Date>,
    /// Gleditsch and Ward numbers of the location.
    pub countries: Vec<u16>,
    /// UCDP's regions: 1 Europe, 2 Middle East, 3 Asia, 4 Africa, 5 Americas.
    pub regions: Vec<u8>,
}

/// Where the columns are.
pub struct Columns {
    conflict: Column,
    dyad: Column,
    year: Column,
    location: Column,
    side_a: Column,
    side_b: Column,
    incompatibility: Column,
    territory: Column,
    intensity: Column,
    kind: Column,
    start: Column,
    episode_start: Column,
    episode_ends: Column,
    episode_end: Column,
    countries: Column,
    regions: Column,
}

impl Record for ConflictYear {
    type Columns = Columns;
    const SET: DataSet = DataSet::ConflictYears;

    fn is_of(set: DataSet) -> bool {
        matches!(set, DataSet::ConflictYears | DataSet::DyadYears)
    }

    fn columns(header: &Header, set: DataSet) -> Result<Columns, &'static str> {
        let dyad = header.column(&["dyad_id"]);
        if set == DataSet::DyadYears && !dyad.exists() {
            return Err("dyad_id");
        }
        Ok(Columns {
            conflict: header.required(&["conflict_id"])?,
            dyad,
            year: header.required(&["year"])?,
            location: header.column(&["location"]),
            side_a: header.column(&["side_a"]),
            side_b: header.column(&["side_b"]),
            incompatibility: header.column(&["incompatibility"]),
            territory: header.column(&["territory_name", "territory"]),
            intensity: header.required(&["intensity_level"])?,
            kind: header.required(&["type_of_conflict"])?,
            start: header.column(&["start_date"]),
            episode_start: header.column(&["start_date2"]),
            episode_ends: header.column(&["ep_end"]),
            episode_end: header.column(&["ep_end_date"]),
            countries: header.column(&["gwno_loc"]),
            regions: header.column(&["region"]),
        })
    }

    fn read(cells: &mut Cells<'_>, at: &Columns) -> Result<Self, Refused> {
        Ok(Self {
            line: cells.line(),
            conflict_id: cells.number(at.conflict)?,
            dyad_id: if at.dyad.exists() { Some(cells.number(at.dyad)?) } else { None },
            year: cells.year(at.year)?,
            intensity: cells.code(at.intensity, Intensity::of)?,
            conflict_type: cells.code(at.kind, ConflictType::of)?,
            location: cells.string(at.location),
            side_a: cells.string(at.side_a),
            side_b: cells.string(at.side_b),
            incompatibility: cells.optional_code(at.incompatibility, vocabulary::incompatibility),
            territory: cells.optional_string(at.territory),
            start: cells.optional_date(at.start),
            episode_start: cells.optional_date(at.episode_start),
            episode_ends: cells.optional_flag(at.episode_ends),
            episode_end: cells.optional_date(at.episode_end),
            countries: cells.numbers(at.countries),
            regions: cells.numbers(at.regions),
        })
    }
}
