//! Active years by conflict or dyad, out of every table that tells them.

use std::collections::{BTreeMap, BTreeSet};

use irenic_model::jiff::civil::Date;
use irenic_records::{
    BattleDeaths, ConflictType, ConflictYear, DataSet, GedEvent, Intensity, Level, Mapping, Outcome,
    Problems, Record, RecordsError, Table, TerminationYear, ViolenceType, read, read_events,
};

use super::EpisodeConfig;

/// Why no episodes can be made of a table.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EpisodeError {
    /// The table cannot be read.
    #[error(transparent)]
    Table(#[from] RecordsError),
    /// The data set does not tell active years.
    #[error("{file}: {set} has neither active years nor deaths by conflict, so it gives no episodes")]
    NoYears {
        /// The file.
        file: String,
        /// The data set.
        set: &'static str,
    },
    /// The table has conflicts only.
    #[error(
        "{0}: the table has no dyads; give UCDP Dyadic, GED or a dyad-level file, or ask for --level conflict"
    )]
    NoDyads(String),
    /// The table's years are active at 25 or 1,000 deaths only.
    #[error(
        "{0}: the table tells 25 and 1,000 deaths a year apart, and no other threshold; give GED for others"
    )]
    Threshold(String),
}

/// An active year of a conflict or dyad.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActiveYear {
    /// The lines of the table that it rests on, first and last.
    pub lines: (u64, u64),
    /// Minor conflict or war.
    pub intensity: Intensity,
    /// Who fights.
    pub conflict_type: Option<ConflictType>,
    /// Deaths, the best estimate, where the table has any.
    pub deaths: Option<u64>,
    /// The day on which the episode began, by the table.
    pub start: Option<Date>,
    /// The day on which the episode ended, by the table.
    pub end: Option<Date>,
    /// How the episode ended, by the table.
    pub outcome: Option<Outcome>,
}

/// A conflict or a dyad with its active years.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Activity {
    /// The country or countries.
    pub location: String,
    /// Side A.
    pub side_a: String,
    /// Side B; at conflict level, all that appear in the table.
    pub side_b: BTreeSet<String>,
    /// The active years.
    pub years: BTreeMap<i16, ActiveYear>,
}

/// A unit: conflict number, and dyad number at dyad level.
pub(super) type Unit = (u32, Option<u32>);

/// The activity of every unit in a table.
#[derive(Default)]
pub(super) struct Active {
    pub(super) units: BTreeMap<Unit, Activity>,
    /// The last year that the table covers.
    pub(super) last_year: Option<i16>,
    pub(super) problems: Problems,
}

/// What a row says of a unit's year.
struct Said<'a> {
    conflict_id: u32,
    dyad_id: Option<u32>,
    year: i16,
    location: &'a str,
    side_a: &'a str,
    side_b: &'a str,
    found: ActiveYear,
}

pub(super) fn active(table: Table, config: &EpisodeConfig) -> Result<Active, EpisodeError> {
    let file = table.file().to_owned();
    let set = match (&config.mapping, table.data_set()) {
        (Some(mapping), _) => return mapped(table, Some(mapping), config),
        (None, Some(set)) => set,
        (None, None) => return mapped(table, None, config),
    };
    let has_dyads = !matches!(
        set,
        DataSet::ConflictYears
            | DataSet::Termination(Level::Conflict)
            | DataSet::BattleDeaths(Level::Conflict)
    );
    if config.level == Level::Dyad && !has_dyads {
        return Err(EpisodeError::NoDyads(file));
    }
    match set {
        DataSet::ConflictYears | DataSet::DyadYears => years::<ConflictYear>(table, config, of_conflict_year),
        DataSet::Termination(_) => years::<TerminationYear>(table, config, of_termination_year),
        DataSet::BattleDeaths(_) => deaths::<BattleDeaths>(table, config, of_battle_deaths),
        DataSet::Ged => deaths::<GedEvent>(table, config, of_event),
        _ => Err(EpisodeError::NoYears { file, set: set.title() }),
    }
}

/// Tables whose rows are active years.
fn years<T: Record>(
    table: Table,
    config: &EpisodeConfig,
    said: fn(&T) -> Said<'_>,
) -> Result<Active, EpisodeError> {
    let least = match config.deaths_min {
        25 => Intensity::Minor,
        1000 => Intensity::War,
        _ => return Err(EpisodeError::Threshold(table.file().to_owned())),
    };
    let mut active = Active::default();
    let mut rows = read::<T>(table)?;
    for row in rows.by_ref() {
        active.add(said(&row), config);
    }
    active.problems = rows.problems().clone();
    active.keep(|year| least <= year.intensity);
    Ok(active)
}

/// Tables whose rows are deaths, to be summed by year.
fn deaths<T: Record>(
    table: Table,
    config: &EpisodeConfig,
    said: fn(&T) -> Option<Said<'_>>,
) -> Result<Active, EpisodeError> {
    let mut active = Active::default();
    let mut rows = read::<T>(table)?;
    for row in rows.by_ref() {
        if let Some(said) = said(&row) {
            active.add(said, config);
        }
    }
    active.problems = rows.problems().clone();
    active.keep_deadly(config);
    Ok(active)
}

fn mapped(table: Table, mapping: Option<&Mapping>, config: &EpisodeConfig) -> Result<Active, EpisodeError> {
    let mut active = Active::default();
    let mut rows = read_events(table, mapping)?;
    for row in rows.by_ref() {
        let Some(conflict_id) = row.conflict_id.or(row.dyad_id) else { continue };
        let side = |index: usize| row.actors[index].as_deref().unwrap_or_default();
        let found = tallied(row.line, row.best.unwrap_or(0), None);
        active.add(
            Said {
                conflict_id,
                dyad_id: row.dyad_id,
                year: row.from.year(),
                location: row.country.as_deref().unwrap_or_default(),
                side_a: side(0),
                side_b: side(1),
                found,
            },
            config,
        );
    }
    active.problems = rows.problems().clone();
    active.keep_deadly(config);
    Ok(active)
}

impl Active {
    fn add(&mut self, said: Said<'_>, config: &EpisodeConfig) {
        self.last_year = self.last_year.max(Some(said.year));
        let dyad_id = if config.level == Level::Dyad { said.dyad_id } else { None };
        if config.level == Level::Dyad && dyad_id.is_none()
            || config.conflict.is_some_and(|wanted| wanted != said.conflict_id)
        {
            return;
        }
        let unit = self.units.entry((said.conflict_id, dyad_id)).or_default();
        if unit.location.is_empty() {
            said.location.clone_into(&mut unit.location);
            said.side_a.clone_into(&mut unit.side_a);
        }
        if !unit.side_b.contains(said.side_b) {
            unit.side_b.insert(said.side_b.to_owned());
        }
        match unit.years.get_mut(&said.year) {
            None => {
                unit.years.insert(said.year, said.found);
            }
            Some(known) => known.join(said.found),
        }
    }

    fn keep(&mut self, wanted: impl Fn(&ActiveYear) -> bool) {
        for unit in self.units.values_mut() {
            unit.years.retain(|_, year| wanted(year));
        }
        self.units.retain(|_, unit| !unit.years.is_empty());
    }

    fn keep_deadly(&mut self, config: &EpisodeConfig) {
        self.keep(|year| config.deaths_min <= year.deaths.unwrap_or(0));
        let war = Intensity::War.deaths().0;
        for year in self.units.values_mut().flat_map(|unit| unit.years.values_mut()) {
            let deadly = year.deaths.is_some_and(|deaths| war <= deaths);
            year.intensity = if deadly { Intensity::War } else { Intensity::Minor };
        }
    }
}

impl ActiveYear {
    /// What every row tells of its year.
    const fn of_row(line: u64, intensity: Intensity, conflict_type: Option<ConflictType>) -> Self {
        Self {
            lines: (line, line),
            intensity,
            conflict_type,
            deaths: None,
            start: None,
            end: None,
            outcome: None,
        }
    }

    /// Another row on the same year: of another dyad of the conflict, or another event.
    fn join(&mut self, other: Self) {
        self.lines = (self.lines.0.min(other.lines.0), self.lines.1.max(other.lines.1));
        self.intensity = self.intensity.max(other.intensity);
        self.conflict_type = self.conflict_type.max(other.conflict_type);
        self.deaths = match (self.deaths, other.deaths) {
            (Some(one), Some(two)) => Some(one.saturating_add(two)),
            (one, two) => one.or(two),
        };
        self.start = match (self.start, other.start) {
            (Some(one), Some(two)) => Some(one.min(two)),
            (one, two) => one.or(two),
        };
        // The conflict's episode ends when the last of its dyads ends.
        if self.end < other.end {
            (self.end, self.outcome) = (other.end, other.outcome);
        }
    }
}

fn tallied(line: u64, deaths: u64, conflict_type: Option<ConflictType>) -> ActiveYear {
    ActiveYear { deaths: Some(deaths), ..ActiveYear::of_row(line, Intensity::Minor, conflict_type) }
}

fn of_conflict_year(row: &ConflictYear) -> Said<'_> {
    Said {
        conflict_id: row.conflict_id,
        dyad_id: row.dyad_id,
        year: row.year,
        location: &row.location,
        side_a: &row.side_a,
        side_b: &row.side_b,
        found: ActiveYear {
            start: row.episode_start,
            end: row.episode_end,
            ..ActiveYear::of_row(row.line, row.intensity, Some(row.conflict_type))
        },
    }
}

fn of_termination_year(row: &TerminationYear) -> Said<'_> {
    Said {
        conflict_id: row.conflict_id,
        dyad_id: row.dyad_id,
        year: row.year,
        location: &row.location,
        side_a: &row.side_a,
        side_b: &row.side_b,
        found: ActiveYear {
            start: row.episode_start,
            end: row.end,
            outcome: row.outcome,
            ..ActiveYear::of_row(row.line, row.intensity, Some(row.conflict_type))
        },
    }
}

/// Deaths of several dyads together belong to none of them alone.
fn of_battle_deaths(row: &BattleDeaths) -> Option<Said<'_>> {
    let dyad_id = match row.dyad_ids.as_slice() {
        &[dyad] => Some(dyad),
        _ => None,
    };
    Some(Said {
        conflict_id: row.conflict_id,
        dyad_id,
        year: row.year,
        location: &row.location,
        side_a: &row.side_a,
        side_b: &row.side_b,
        found: tallied(row.line, row.best, row.conflict_type),
    })
}

/// Only fighting with a state on one side makes an armed conflict.
fn of_event(row: &GedEvent) -> Option<Said<'_>> {
    (row.violence == ViolenceType::StateBased).then(|| Said {
        conflict_id: row.conflict_id,
        dyad_id: Some(row.dyad_id),
        year: row.year,
        location: &row.country,
        side_a: &row.side_a,
        side_b: &row.side_b,
        found: tallied(row.line, row.best, None),
    })
}
