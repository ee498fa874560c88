//! Rows as evidence for the life cycle, each with its line, and the toll by month or year that they give.
//!
//! Only what a data set states is evidence: deaths by year or event, ceasefires declared and broken off, agreements signed
//! or carried on by later ones, and how an episode ended. That a ceasefire held is for the stage models to tell. Tables
//! of events without UCDP's numbers are read beside, by the parties that their rows name.

mod conflicts;
mod events;
mod parties;
mod tolls;

use std::collections::{BTreeMap, BTreeSet};

use irenic_model::jiff::civil::Date;
use irenic_model::{Certainty, DateInterval, Evidence, Grain, Observation, Provenance};

use crate::error::Kind;
use crate::{
    BattleDeaths, Ceasefire, CeasefireRow, ConflictYear, DataSet, GedEvent, Level, Mapping, Outcome,
    PaxAgreement, PeaceAgreement, Problems, Record, RecordsError, Table, TerminationYear, ViolenceType,
    ceasefires, read,
};

pub use conflicts::{MatchedConflict, conflicts_of_parties, sides_of_conflicts};
pub use events::{EventEvidence, EventScope, evidence_of_events};
pub use parties::PartyNames;
pub use tolls::one_toll_a_month;

/// Deaths in fighting over a period, as a table has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fatalities {
    /// The period: the month of an event, or a calendar year.
    pub when: DateInterval,
    /// The lowest estimate.
    pub low: u64,
    /// The best estimate.
    pub best: u64,
    /// The highest estimate.
    pub high: u64,
}

/// What the rows of some conflicts in a table show.
#[derive(Clone, Debug, Default)]
pub struct TableEvidence {
    /// UCDP's number of the conflict, by the first of the rows; of several conflicts taken together none.
    pub conflict_id: Option<u32>,
    /// The country or countries, as the first of the rows names them; empty where the table names none.
    pub location: String,
    /// The evidence, in order of the rows; `order` counts from 0.
    pub evidence: Vec<Evidence>,
    /// Deaths by period, where the table counts them, in order of time.
    pub fatalities: Vec<Fatalities>,
    /// The last day that any row of the table covers, of whichever conflict.
    pub until: Option<Date>,
    /// What was wrong with the table.
    pub problems: Problems,
}

/// Whether a data set's rows carry UCDP's conflict numbers.
#[must_use]
pub const fn has_conflict_numbers(set: DataSet) -> bool {
    !matches!(set, DataSet::Acled | DataSet::Icews | DataSet::Gdelt | DataSet::Hxl | DataSet::Iati)
}

/// The evidence of the rows on these conflicts.
///
/// # Errors
///
/// If the table is not of a data set that carries UCDP's conflict numbers.
///
/// ```
/// use irenic_model::Observation;
/// use irenic_records::{Table, evidence_of_table};
/// let rows = "conflict_id,year,intensity_level,type_of_conflict\n9,2001,1,3\n8,2001,2,3\n9,2002,2,3\n";
/// let table = Table::of_bytes("acd.csv", rows.into()).unwrap();
/// let found = evidence_of_table(table, &[9].into()).unwrap();
/// assert_eq!(found.evidence.len(), 2);
/// assert_eq!(found.evidence[1].provenance.to_string(), "acd.csv:4");
/// assert_eq!(found.evidence[1].observation, Observation::Deaths { low: 1000, high: None, battle: true });
/// ```
pub fn evidence_of_table(table: Table, conflicts: &BTreeSet<u32>) -> Result<TableEvidence, RecordsError> {
    let (file, mut found) = (table.file().to_owned(), Found::new(Some(conflicts), Level::Conflict));
    let problems = found.rows(table)?;
    let of_all = found.units.remove(&0).unwrap_or_default();
    Ok(TableEvidence { problems, ..of_all.finish(&file, found.until) })
}

/// The evidence of all rows, by UCDP's number of the conflict or of the dyad, and what was wrong with the table.
///
/// Rows that are about several dyads together belong to none of them. A table that has a mapping is read by it.
///
/// # Errors
///
/// If the table is not of a data set that carries such numbers, or the mapping names no column of them.
///
/// ```
/// use irenic_records::{Level, Table, evidence_by_unit};
/// let rows = "conflict_id,year,intensity_level,type_of_conflict\n9,2001,1,3\n8,2003,2,3\n9,2002,2,3\n";
/// let table = || Table::of_bytes("acd.csv", rows.into()).unwrap();
/// let (found, _) = evidence_by_unit(table(), None, Level::Conflict).unwrap();
/// assert_eq!((found[&8].evidence.len(), found[&9].evidence.len()), (1, 3));
/// assert_eq!(found[&9].until.unwrap().year(), 2003, "the table knows that 9 was quiet in 2003");
/// assert!(evidence_by_unit(table(), None, Level::Dyad).is_err(), "the table has no dyads");
/// ```
pub fn evidence_by_unit(
    table: Table,
    mapping: Option<&Mapping>,
    level: Level,
) -> Result<(BTreeMap<u32, TableEvidence>, Problems), RecordsError> {
    let file = table.file().to_owned();
    let mut found = Found::new(None, level);
    let problems = match mapping {
        Some(mapping) => found.mapped(table, mapping)?,
        None if level == Level::Dyad && !table.data_set().is_some_and(DataSet::has_dyads) => {
            return Err(RecordsError::new(table.file(), Kind::NoDyads));
        }
        None => found.rows(table)?,
    };
    let until = found.until;
    let of = |unit: UnitRows| unit.finish(&file, until);
    Ok((found.units.into_iter().map(|(number, unit)| (number, of(unit))).collect(), problems))
}

/// What a table shows of one conflict, or of all that are wanted together.
#[derive(Default)]
struct UnitRows {
    conflict_id: Option<u32>,
    location: String,
    shown: Vec<(DateInterval, Piece)>,
    /// Deaths by the first day of their period.
    periods: BTreeMap<Date, Fatalities>,
    /// The last active year, with its line, of a table that lists active years.
    last_active: Option<(i16, u64)>,
}

struct Found<'a> {
    /// The conflicts that are wanted, as one; or each for itself.
    wanted: Option<&'a BTreeSet<u32>>,
    level: Level,
    /// By the number of the conflict or dyad; under 0 where the wanted conflicts are taken together.
    units: BTreeMap<u32, UnitRows>,
    until: Option<Date>,
}

impl<'a> Found<'a> {
    fn new(wanted: Option<&'a BTreeSet<u32>>, level: Level) -> Self {
        Self { wanted, level, units: BTreeMap::new(), until: None }
    }

    fn rows(&mut self, table: Table) -> Result<Problems, RecordsError> {
        match table.data_set() {
            Some(DataSet::ConflictYears | DataSet::DyadYears) => self.all(table, Self::conflict_year),
            Some(DataSet::Termination(_)) => self.all(table, Self::termination),
            Some(DataSet::Ged) => self.all(table, Self::event),
            Some(DataSet::BattleDeaths(_)) => self.all(table, Self::battle_deaths),
            Some(DataSet::PeaceAgreements) => self.all(table, Self::agreement),
            Some(DataSet::PaX) => self.all(table, Self::pax),
            Some(DataSet::Ceasefires) => {
                let (rows, problems) = read::<CeasefireRow>(table)?.all();
                let all = ceasefires(rows);
                all.iter().for_each(|ceasefire| self.ceasefire(ceasefire, &all));
                for unit in self.units.values_mut() {
                    unit.shown.sort_by_key(|(when, piece)| (piece.line, when.from()));
                }
                Ok(problems)
            }
            Some(set @ (DataSet::Acled | DataSet::Icews | DataSet::Gdelt | DataSet::Hxl | DataSet::Iati)) => {
                Err(RecordsError::new(table.file(), Kind::NoNumbers(set.title())))
            }
            None => Err(table.unknown()),
        }
    }

    fn all<T: Record>(&mut self, table: Table, show: fn(&mut Self, &T)) -> Result<Problems, RecordsError> {
        let mut rows = read::<T>(table)?;
        for row in rows.by_ref() {
            show(self, &row);
        }
        Ok(rows.problems().clone())
    }

    /// The units that a row on these conflicts and dyads belongs to: none where it is not wanted.
    fn of(&self, conflicts: &[u32], dyads: &[u32]) -> BTreeSet<u32> {
        match (self.wanted, self.level) {
            (Some(wanted), _) => conflicts.iter().filter(|id| wanted.contains(id)).map(|_| 0).collect(),
            (None, Level::Conflict) => conflicts.iter().copied().collect(),
            (None, Level::Dyad) => dyads.iter().copied().collect(),
        }
    }

    /// The units of a row, which is about this country.
    fn units(&mut self, conflicts: &[u32], dyads: &[u32], location: &str) -> BTreeSet<u32> {
        let units = self.of(conflicts, dyads);
        for unit in &units {
            let known = self.units.entry(*unit).or_default();
            if known.location.is_empty() {
                location.clone_into(&mut known.location);
            }
            known.conflict_id = known.conflict_id.or(match (self.wanted, self.level, conflicts) {
                (None, Level::Conflict, _) => Some(*unit),
                // Of several conflicts the row does not tell which is the dyad's.
                (None, Level::Dyad, &[conflict]) => Some(conflict),
                _ => None,
            });
        }
        units
    }

    /// The table covers this day.
    fn covers(&mut self, day: Option<Date>) {
        self.until = self.until.max(day);
    }

    fn covers_year(&mut self, year: i16) {
        self.covers(Date::new(year, 12, 31).ok());
    }

    fn show(&mut self, units: &BTreeSet<u32>, when: Option<DateInterval>, shown: Piece) {
        let Some(when) = when else { return };
        for unit in units {
            self.units.entry(*unit).or_default().shown.push((when, shown.clone()));
        }
    }

    fn year(&mut self, units: &BTreeSet<u32>, line: u64, year: i16, (low, high): (u64, Option<u64>)) {
        let deaths = Observation::Deaths { low, high, battle: true };
        self.show(units, DateInterval::year(year), Piece::new(line, deaths, "record-active-year"));
    }

    /// A year of a table that lists all active years: a year it covers and does not list was not active.
    fn active(&mut self, units: &BTreeSet<u32>, line: u64, year: i16, deaths: (u64, Option<u64>)) {
        self.year(units, line, year, deaths);
        for unit in units {
            let last = &mut self.units.entry(*unit).or_default().last_active;
            *last = (*last).max(Some((year, line)));
        }
    }

    fn conflict_year(&mut self, row: &ConflictYear) {
        self.covers_year(row.year);
        let units = self.units(&[row.conflict_id], row.dyad_id.as_slice(), &row.location);
        self.active(&units, row.line, row.year, row.intensity.deaths());
    }

    fn termination(&mut self, row: &TerminationYear) {
        self.covers_year(row.year);
        let units = self.units(&[row.conflict_id], row.dyad_id.as_slice(), &row.location);
        self.active(&units, row.line, row.year, row.intensity.deaths());
        let end = row.end.map(DateInterval::day);
        let (when, observation) = match row.outcome {
            Some(Outcome::PeaceAgreement) => {
                (row.agreement.map(DateInterval::day).or(end), Observation::Agreement)
            }
            Some(Outcome::Ceasefire) => {
                (row.ceasefire.map(DateInterval::day).or(end), Observation::Ceasefire)
            }
            Some(Outcome::VictoryA | Outcome::VictoryB) => (end, Observation::FightingEnds),
            Some(Outcome::LowActivity | Outcome::ActorGone) | None => return,
        };
        self.show(&units, when, Piece::new(row.line, observation, "record-outcome"));
    }

    fn event(&mut self, row: &GedEvent) {
        self.covers(Some(row.until));
        if row.violence != ViolenceType::StateBased || row.high == 0 {
            return;
        }
        let units = self.units(&[row.conflict_id], &[row.dyad_id], &row.country);
        let deaths = Observation::Deaths { low: row.low, high: Some(row.high.max(row.low)), battle: true };
        self.show(&units, between(row.from, row.until), Piece::new(row.line, deaths, "record-event"));
        if let Some(month) = DateInterval::month(row.from.year(), row.from.month()) {
            self.fatalities(&units, month, [row.low, row.best, row.high]);
        }
    }

    fn battle_deaths(&mut self, row: &BattleDeaths) {
        self.covers_year(row.year);
        // Deaths of several dyads together belong to none of them alone.
        let dyads = if row.dyad_ids.len() == 1 { row.dyad_ids.as_slice() } else { &[] };
        let units = self.units(&[row.conflict_id], dyads, &row.location);
        self.year(&units, row.line, row.year, (row.low, Some(row.high.max(row.low))));
        if let Some(year) = DateInterval::year(row.year) {
            self.fatalities(&units, year, [row.low, row.best, row.high]);
        }
    }

    fn fatalities(&mut self, units: &BTreeSet<u32>, when: DateInterval, counts: [u64; 3]) {
        for unit in units {
            self.units.entry(*unit).or_default().count(when, counts);
        }
    }

    fn agreement(&mut self, row: &PeaceAgreement) {
        self.covers(row.signed);
        let units = self.units(&row.conflict_ids, &row.dyad_ids, "");
        let signed = row.signed.map(DateInterval::day);
        self.show(&units, signed, Piece::new(row.line, Observation::Agreement, "record-agreement"));
    }

    /// What an agreement is by its stage; and a truce where it provides for one in substance.
    fn pax(&mut self, row: &PaxAgreement) {
        self.covers(Some(row.signed));
        let units = self.units(row.ucdp_conflict_id.as_slice(), &[], &row.conflict);
        let signed = Some(DateInterval::day(row.signed));
        let observation = match row.stage.as_str() {
            // What one town or district agrees on does not carry the conflict's stage.
            _ if row.is_local() => Observation::Talks,
            "SubPar" | "SubComp" => Observation::Agreement,
            _ if row.is_implementation() => Observation::Implementation,
            "Cea" => Observation::Ceasefire,
            _ => Observation::Talks,
        };
        // What carries out or renews an earlier agreement speaks of the ceasefire that there is.
        let begins = !row.is_local() && !row.is_implementation() && observation != Observation::Ceasefire;
        let provides = row.provides_ceasefire() && begins;
        if provides {
            self.show(&units, signed, Piece::new(row.line, Observation::Ceasefire, "record-provision"));
        }
        self.show(&units, signed, Piece::new(row.line, observation, "record-agreement"));
    }

    /// One piece of evidence a ceasefire, from the row of its first party, and one on its end; local ones do not stop a war.
    fn ceasefire(&mut self, ceasefire: &Ceasefire, others: &[Ceasefire]) {
        let days = ceasefire.parties.iter().filter_map(|row| row.declared().or(row.end()));
        self.covers(days.map(|it| it.until()).max());
        if ceasefire.is_partial() {
            return;
        }
        for row in &ceasefire.parties {
            let units = self.units(row.conflict_id.as_slice(), row.dyad_id.as_slice(), &row.location);
            for unit in units {
                // The row of a unit's first party stands for its others.
                let first = ceasefire.parties.iter().find(|row| self.is_of(row, unit));
                if first.is_none_or(|first| first.line != row.line) {
                    continue;
                }
                let disputed = ceasefire.is_contested();
                let piece = |observation, rule| Piece { line: row.line, observation, rule, disputed };
                let unit = BTreeSet::from([unit]);
                self.show(&unit, ceasefire.declared(), piece(Observation::Ceasefire, "record-ceasefire"));
                let broken = ceasefire.broken().filter(|end| !self.is_replaced(ceasefire, *end, others));
                self.show(&unit, broken, piece(Observation::CeasefireEnds, "record-ceasefire-ends"));
            }
        }
    }

    fn is_of(&self, row: &CeasefireRow, unit: u32) -> bool {
        self.of(row.conflict_id.as_slice(), row.dyad_id.as_slice()).contains(&unit)
    }

    /// Whether another ceasefire of the unit had taken its place and still held, so that its end ended nothing.
    fn is_replaced(&self, ceasefire: &Ceasefire, end: DateInterval, others: &[Ceasefire]) -> bool {
        let units = |it: &Ceasefire| -> BTreeSet<u32> {
            let number = |row: &CeasefireRow| match self.level {
                Level::Conflict => row.conflict_id,
                Level::Dyad => row.dyad_id,
            };
            it.parties.iter().filter_map(number).collect()
        };
        let own = units(ceasefire);
        others.iter().any(|other| {
            let later = other
                .declared()
                .zip(ceasefire.declared())
                .is_some_and(|(theirs, ours)| ours.from() < theirs.from() && theirs.from() <= end.from());
            later
                && !other.is_partial()
                && other.end().is_none_or(|theirs| end.until() < theirs.until())
                && !units(other).is_disjoint(&own)
        })
    }
}

/// What a row shows.
#[derive(Clone)]
struct Piece {
    line: u64,
    observation: Observation,
    rule: &'static str,
    disputed: bool,
}

impl Piece {
    const fn new(line: u64, observation: Observation, rule: &'static str) -> Self {
        Self { line, observation, rule, disputed: false }
    }
}

impl UnitRows {
    /// Adds deaths, low, best and high, to a period's.
    fn count(&mut self, when: DateInterval, [low, best, high]: [u64; 3]) {
        let none = Fatalities { when, low: 0, best: 0, high: 0 };
        let sum = self.periods.entry(when.from()).or_insert(none);
        sum.low = sum.low.saturating_add(low);
        sum.best = sum.best.saturating_add(best);
        sum.high = sum.high.saturating_add(high);
    }

    /// The evidence, of a table that covers all until a day.
    fn finish(mut self, file: &str, until: Option<Date>) -> TableEvidence {
        // Between active years the gap tells of itself; after the last one, only the table's end tells that it is a gap.
        if let Some((year, line)) = self.last_active
            && until.is_some_and(|until| year < until.year())
            && let Some(quiet) = DateInterval::year(year + 1)
        {
            self.shown.push((quiet, Piece::new(line, Observation::Calm, "record-inactive-year")));
        }
        let evidence = (0..).zip(self.shown).map(|(order, (when, piece))| Evidence {
            provenance: Provenance::Row { file: file.to_owned(), line: piece.line },
            when: Some(when),
            order,
            observation: piece.observation,
            rule: piece.rule.to_owned(),
            holder: None,
            side: None,
            disputed: piece.disputed,
            published: None,
        });
        TableEvidence {
            conflict_id: self.conflict_id,
            location: self.location,
            evidence: evidence.collect(),
            fatalities: self.periods.into_values().collect(),
            until,
            ..TableEvidence::default()
        }
    }
}

fn between(from: Date, until: Date) -> Option<DateInterval> {
    let day = DateInterval::day(from);
    let days = DateInterval::day(until);
    let grain = match day.cover(&days).days() {
        1 => Grain::Day,
        2..=7 => Grain::Week,
        8..=31 => Grain::Month,
        _ => Grain::Year,
    };
    DateInterval::new(from, until, grain, Certainty::Stated)
}
