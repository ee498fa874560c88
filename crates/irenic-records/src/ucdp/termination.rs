//! UCDP Conflict Termination: active years with the number of their episode and how it ended.

use irenic_model::Incompatibility;
use irenic_model::jiff::civil::Date;

use super::{ConflictType, Intensity, Outcome, vocabulary};
use crate::{Cells, Column, DataSet, Header, Level, Record, Refused};

/// An active year with its episode, of a conflict, or of a dyad where `dyad_id` says so.
///
/// The table's own marks are kept as they are, also where they contradict each other: in version 3-2021 the conflict
/// level does not raise `episode` for conflicts that came back in its last year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TerminationYear {
    /// The line in the file, from 1.
    pub line: u64,
    /// UCDP's conflict number.
    pub conflict_id: u32,
    /// UCDP's dyad number; `None` at conflict level.
    pub dyad_id: Option<u32>,
    /// The calendar year.
    pub year: i16,
    /// The episode's number, from 1, as the table has it.
    pub episode: u32,
    /// Whether the table says that the episode ends with this year; `None` where it does not say.
    pub terminated: Option<bool>,
    /// The day on which the episode ended.
    pub end: Option<Date>,
    /// How the episode ended; given in its last year.
    pub outcome: Option<Outcome>,
    /// The day of a ceasefire; dyad level only.
    pub ceasefire: Option<Date>,
    /// The day of a peace agreement; dyad level only.
    pub agreement: Option<Date>,
    /// Whether the table says that this is the first year of an episode after the first.
    pub recurs: Option<bool>,
    /// The country or countries, as the table has them.
    pub location: String,
    /// Side A, within states the government.
    pub side_a: String,
    /// Side B.
    pub side_b: String,
    /// What is contested.
    pub incompatibility: Option<Incompatibility>,
    /// The territory, where one is contested.
    pub territory: Option<String>,
    /// Minor conflict or war.
    pub intensity: Intensity,
    /// Who fights.
    pub conflict_type: ConflictType,
    /// The first battle-related death of the conflict or dyad.
    pub start: Option<Date>,
    /// The day on which the episode reached 25 deaths in its year.
    pub episode_start: Option<Date>,
    /// Gleditsch and Ward numbers of the location.
    pub countries: Vec<u16>,
    /// UCDP's regions: 1 Europe, 2 Middle East, 3 Asia, 4 Africa, 5 Americas.
    pub regions: Vec<u8>,
}

impl TerminationYear {
    /// The number of the row's unit: its dyad's, or its conflict's.
    #[must_use]
    pub fn unit(&self) -> u32 {
        self.dyad_id.unwrap_or(self.conflict_id)
    }
}

/// Where the columns are.
pub struct Columns {
    conflict: Column,
    dyad: Column,
    year: Column,
    episode: Column,
    terminated: Column,
    end: Column,
    outcome: Column,
    ceasefire: Column,
    agreement: Column,
    recurs: Column,
    location: Column,
    side_a: Column,
    side_b: Column,
    incompatibility: Column,
    territory: Column,
    intensity: Column,
    kind: Column,
    start: Column,
    episode_start: Column,
    countries: Column,
    regions: Column,
}

impl Record for TerminationYear {
    type Columns = Columns;
    const SET: DataSet = DataSet::Termination(Level::Conflict);

    fn is_of(set: DataSet) -> bool {
        matches!(set, DataSet::Termination(_))
    }

    fn columns(header: &Header, set: DataSet) -> Result<Columns, &'static str> {
        let dyad_level = set == DataSet::Termination(Level::Dyad);
        Ok(Columns {
            conflict: header.required(&["conflict_id"])?,
            dyad: if dyad_level { header.required(&["dyad_id"])? } else { Column::default() },
            year: header.required(&["year"])?,
            episode: header.required(&["conflictepisode", "dyadepisode"])?,
            terminated: header.column(&["confterm", "dyadterm"]),
            end: header.column(&["ependdate"]),
            outcome: header.required(&["outcome"])?,
            ceasefire: header.column(&["cfiredate"]),
            agreement: header.column(&["peagdate"]),
            recurs: header.column(&["recur"]),
            location: header.column(&["location"]),
            side_a: header.column(&["side_a"]),
            side_b: header.column(&["side_b"]),
            incompatibility: header.column(&["incompatibility"]),
            territory: header.column(&["territory_name"]),
            intensity: header.required(&["intensity_level"])?,
            kind: header.required(&["type_of_conflict"])?,
            start: header.column(&["start_date"]),
            episode_start: header.column(&["start_date2"]),
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
            episode: cells.number(at.episode)?,
            intensity: cells.code(at.intensity, Intensity::of)?,
            conflict_type: cells.code(at.kind, ConflictType::of)?,
            terminated: cells.optional_flag(at.terminated),
            end: cells.optional_date(at.end),
            outcome: cells.optional_code(at.outcome, Outcome::of),
            ceasefire: cells.optional_date(at.ceasefire),
            agreement: cells.optional_date(at.agreement),
            recurs: cells.optional_flag(at.recurs),
            location: cells.string(at.location),
            side_a: cells.string(at.side_a),
            side_b: cells.string(at.side_b),
            incompatibility: cells.optional_code(at.incompatibility, vocabulary::incompatibility),
            territory: cells.optional_string(at.territory),
            start: cells.optional_date(at.start),
            episode_start: cells.optional_date(at.episode_start),
            countries: cells.numbers(at.countries),
            regions: cells.numbers(at.regions),
        })
    }
}
