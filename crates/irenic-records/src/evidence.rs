//! Rows as evidence for the life cycle, each with its line, and the toll by month or year that they give.
//!
//! Only what a data set states is evidence: deaths by year or event, ceasefires declared, agreements signed, and how an
//! episode ended. That a ceasefire held, or an agreement was carried out, is for the stage models to tell.

use std::collections::{BTreeMap, BTreeSet};

use irenic_model::jiff::civil::Date;
use irenic_model::{Certainty, DateInterval, Evidence, Grain, Observation, Provenance};

use crate::{
    BattleDeaths, Ceasefire, CeasefireRow, ConflictYear, DataSet, GedEvent, Outcome, PaxAgreement,
    PeaceAgreement, Problems, Record, RecordsError, Table, TerminationYear, ViolenceType, ceasefires, read,
};

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
    /// The evidence, in order of the rows; `order` counts from 0.
    pub evidence: Vec<Evidence>,
    /// Deaths by period, where the table counts them, in order of time.
    pub fatalities: Vec<Fatalities>,
    /// What was wrong with the table.
    pub problems: Problems,
}

/// A conflict whose sides are named like the parties.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MatchedConflict {
    /// UCDP's conflict number.
    pub conflict_id: u32,
    /// Side A, as the table names it.
    pub side_a: String,
    /// Side B, as the table names it.
    pub side_b: String,
}

/// Whether a data set's rows can be evidence: whether they carry UCDP's conflict numbers.
#[must_use]
pub const fn is_evidence(set: DataSet) -> bool {
    !matches!(set, DataSet::Acled | DataSet::Icews | DataSet::Gdelt)
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
    let mut found =
        Found { file: table.file().to_owned(), conflicts, shown: Vec::new(), months: BTreeMap::new() };
    let problems = match table.data_set() {
        Some(DataSet::ConflictYears | DataSet::DyadYears) => found.all(table, Found::conflict_year)?,
        Some(DataSet::Termination(_)) => found.all(table, Found::termination)?,
        Some(DataSet::Ged) => found.all(table, Found::event)?,
        Some(DataSet::BattleDeaths(_)) => found.all(table, Found::battle_deaths)?,
        Some(DataSet::PeaceAgreements) => found.all(table, Found::agreement)?,
        Some(DataSet::PaX) => found.all(table, Found::pax)?,
        Some(DataSet::Ceasefires) => {
            let (rows, problems) = read::<CeasefireRow>(table)?.all();
            ceasefires(rows).iter().for_each(|ceasefire| found.ceasefire(ceasefire));
            found.shown.sort_by_key(|(line, ..)| *line);
            problems
        }
        Some(DataSet::Acled | DataSet::Icews | DataSet::Gdelt) | None => return Err(table.unknown()),
    };
    Ok(found.finish(problems))
}

/// The conflicts of a table whose two sides are named like two of the parties; each party with all its names.
///
/// A government is named like its country: "Government of Examplia" is Examplia.
///
/// # Errors
///
/// If the table has no sides: only conflict-years, terminations, battle deaths and georeferenced events have.
///
/// ```
/// use irenic_records::{Table, conflicts_of_parties};
/// let rows = "conflict_id,year,intensity_level,type_of_conflict,side_a,side_b\n\
///             9,2001,1,3,Government of Examplia,\"NF, SF\"\n8,2001,2,3,Government of Other,NF\n";
/// let table = Table::of_bytes("acd.csv", rows.into()).unwrap();
/// let parties = [vec!["Examplia".to_owned()], vec!["Northern Front".to_owned(), "NF".to_owned()]];
/// let matched = conflicts_of_parties(table, &parties).unwrap();
/// assert_eq!(matched.iter().map(|it| it.conflict_id).collect::<Vec<_>>(), [9]);
/// ```
pub fn conflicts_of_parties(
    table: Table,
    parties: &[Vec<String>],
) -> Result<BTreeSet<MatchedConflict>, RecordsError> {
    match table.data_set() {
        Some(DataSet::ConflictYears | DataSet::DyadYears) => {
            matched::<ConflictYear>(table, parties, |row| (row.conflict_id, &row.side_a, &row.side_b))
        }
        Some(DataSet::Termination(_)) => {
            matched::<TerminationYear>(table, parties, |row| (row.conflict_id, &row.side_a, &row.side_b))
        }
        Some(DataSet::BattleDeaths(_)) => {
            matched::<BattleDeaths>(table, parties, |row| (row.conflict_id, &row.side_a, &row.side_b))
        }
        Some(DataSet::Ged) => {
            matched::<GedEvent>(table, parties, |row| (row.conflict_id, &row.side_a, &row.side_b))
        }
        _ => Err(table.unknown()),
    }
}

fn matched<T: Record>(
    table: Table,
    parties: &[Vec<String>],
    sides: fn(&T) -> (u32, &String, &String),
) -> Result<BTreeSet<MatchedConflict>, RecordsError> {
    let mut found = BTreeSet::new();
    for row in read::<T>(table)? {
        let (conflict_id, side_a, side_b) = sides(&row);
        let party = |side: &str| -> BTreeSet<usize> {
            let names: Vec<&str> = side.split(',').map(bare).collect();
            let named = |party: &Vec<String>| party.iter().any(|name| names.contains(&bare(name)));
            parties.iter().enumerate().filter(|(_, party)| named(party)).map(|(index, _)| index).collect()
        };
        let (a, b) = (party(side_a), party(side_b));
        if a.iter().any(|a| b.iter().any(|b| a != b)) {
            found.insert(MatchedConflict { conflict_id, side_a: side_a.clone(), side_b: side_b.clone() });
        }
    }
    Ok(found)
}

/// A side's name without what makes it a government.
fn bare(name: &str) -> &str {
    let name = name.trim();
    name.strip_prefix("Government of ").unwrap_or(name).trim()
}

/// A row's line, when, what it shows, by which rule, and whether it is disputed.
type Shown = (u64, DateInterval, Observation, &'static str, bool);

struct Found<'a> {
    file: String,
    conflicts: &'a BTreeSet<u32>,
    shown: Vec<Shown>,
    /// Deaths by the first day of their period.
    months: BTreeMap<Date, Fatalities>,
}

impl Found<'_> {
    fn all<T: Record>(&mut self, table: Table, show: fn(&mut Self, &T)) -> Result<Problems, RecordsError> {
        let mut rows = read::<T>(table)?;
        for row in rows.by_ref() {
            show(self, &row);
        }
        Ok(rows.problems().clone())
    }

    fn show(&mut self, line: u64, when: Option<DateInterval>, observation: Observation, rule: &'static str) {
        self.shown.extend(when.map(|when| (line, when, observation, rule, false)));
    }

    fn year(&mut self, line: u64, year: i16, (low, high): (u64, Option<u64>)) {
        let deaths = Observation::Deaths { low, high, battle: true };
        self.show(line, DateInterval::year(year), deaths, "record-active-year");
    }

    fn conflict_year(&mut self, row: &ConflictYear) {
        if self.conflicts.contains(&row.conflict_id) {
            self.year(row.line, row.year, row.intensity.deaths());
        }
    }

    fn termination(&mut self, row: &TerminationYear) {
        if !self.conflicts.contains(&row.conflict_id) {
            return;
        }
        self.year(row.line, row.year, row.intensity.deaths());
        let end = row.end.map(DateInterval::day);
        match row.outcome {
            Some(Outcome::PeaceAgreement) => {
                let signed = row.agreement.map(DateInterval::day).or(end);
                self.show(row.line, signed, Observation::Agreement, "record-outcome");
            }
            Some(Outcome::Ceasefire) => {
                let agreed = row.ceasefire.map(DateInterval::day).or(end);
                self.show(row.line, agreed, Observation::Ceasefire, "record-outcome");
            }
            Some(Outcome::VictoryA | Outcome::VictoryB) => {
                self.show(row.line, end, Observation::FightingEnds, "record-outcome");
            }
            Some(Outcome::LowActivity | Outcome::ActorGone) | None => {}
        }
    }

    fn event(&mut self, row: &GedEvent) {
        let fighting = row.violence == ViolenceType::StateBased && self.conflicts.contains(&row.conflict_id);
        if !fighting || row.high == 0 {
            return;
        }
        let deaths = Observation::Deaths { low: row.low, high: Some(row.high.max(row.low)), battle: true };
        self.show(row.line, between(row.from, row.until), deaths, "record-event");
        if let Some(month) = DateInterval::month(row.from.year(), row.from.month()) {
            self.fatalities(month, [row.low, row.best, row.high]);
        }
    }

    fn battle_deaths(&mut self, row: &BattleDeaths) {
        if !self.conflicts.contains(&row.conflict_id) {
            return;
        }
        self.year(row.line, row.year, (row.low, Some(row.high.max(row.low))));
        if let Some(year) = DateInterval::year(row.year) {
            self.fatalities(year, [row.low, row.best, row.high]);
        }
    }

    fn fatalities(&mut self, when: DateInterval, [low, best, high]: [u64; 3]) {
        let none = Fatalities { when, low: 0, best: 0, high: 0 };
        let sum = self.months.entry(when.from()).or_insert(none);
        sum.low = sum.low.saturating_add(low);
        sum.best = sum.best.saturating_add(best);
        sum.high = sum.high.saturating_add(high);
    }

    fn agreement(&mut self, row: &PeaceAgreement) {
        if row.conflict_ids.iter().any(|id| self.conflicts.contains(id)) {
            let signed = row.signed.map(DateInterval::day);
            self.show(row.line, signed, Observation::Agreement, "record-agreement");
        }
    }

    fn pax(&mut self, row: &PaxAgreement) {
        if !row.ucdp_conflict_id.is_some_and(|id| self.conflicts.contains(&id)) {
            return;
        }
        let observation = match row.stage.as_str() {
            "SubPar" | "SubComp" => Observation::Agreement,
            "Imp" | "Ren" => Observation::Implementation,
            "Cea" => Observation::Ceasefire,
            _ => Observation::Talks,
        };
        self.show(row.line, Some(DateInterval::day(row.signed)), observation, "record-agreement");
    }

    /// One piece of evidence a ceasefire, from the row of its first party; local ones do not stop a war.
    fn ceasefire(&mut self, ceasefire: &Ceasefire) {
        let ours = |row: &&CeasefireRow| row.conflict_id.is_some_and(|id| self.conflicts.contains(&id));
        let Some(row) = ceasefire.parties.iter().find(ours) else { return };
        if ceasefire.parties.iter().all(|row| row.partial == Some(true)) {
            return;
        }
        let when = ceasefire.declared();
        let disputed = ceasefire.is_contested();
        let line = row.line;
        self.shown
            .extend(when.map(|when| (line, when, Observation::Ceasefire, "record-ceasefire", disputed)));
    }

    fn finish(self, problems: Problems) -> TableEvidence {
        let file = self.file;
        let evidence =
            (0..).zip(self.shown).map(|(order, (line, when, observation, rule, disputed))| Evidence {
                provenance: Provenance::Row { file: file.clone(), line },
                when: Some(when),
                order,
                observation,
                rule: rule.to_owned(),
                holder: None,
                side: None,
                disputed,
                published: None,
            });
        TableEvidence {
            evidence: evidence.collect(),
            fatalities: self.months.into_values().collect(),
            problems,
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
