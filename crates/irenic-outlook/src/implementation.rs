//! The theory's second test: how often fighting comes back after an agreement, by whether it was carried on.
//!
//! PA-X knows of agreements that implement or renew an earlier one. An agreement counts as carried on if PA-X has such a
//! one of the conflict, not a local one, in the first quiet year. Every spell of quiet has a first year, so that nobody has
//! to stay quiet in order to be counted (later implementation would come only to those that stayed quiet).

use std::fmt::Write as _;

use irenic_records::PaxAgreement;
use serde::Deserialize;

use crate::theory::{EndingRow, row};
use crate::{Ending, Level, OutlookError, Record, Settings, Spell};

/// The first year that PA-X covers; spells that ended before it cannot be told.
pub(crate) const PAX_FIRST_YEAR: i16 = 1990;

/// How often fighting came back after agreements of one kind.
#[derive(Clone, Debug, PartialEq)]
pub struct ImplementationRow {
    /// The unit.
    pub level: Level,
    /// Whether the agreement was carried on in the first quiet year; `None` for both kinds together.
    pub carried_on: Option<bool>,
    /// Cases.
    pub cases: usize,
    /// Cases in which fighting came back by the end of the data.
    pub returned: usize,
    /// The limits (95%) of the share that came back, whole conflicts drawn.
    pub returned_limits: (f64, f64),
    /// The share that is quiet after 5 and after 10 quiet years.
    pub quiet: [f64; 2],
    /// The limits (95%) of the latter.
    pub quiet_limits: [(f64, f64); 2],
}

/// Whether the agreement that a spell follows was carried on; `None` where it is no agreement, or PA-X does not cover the
/// first quiet year.
pub(crate) fn carried_on(spell: &Spell, agreements: &[PaxAgreement]) -> Option<bool> {
    let covered = agreements.iter().map(|it| it.signed.year()).max()?;
    let is_told = spell.ending == Some(Ending::Agreement)
        && PAX_FIRST_YEAR <= spell.end
        && first_quiet_year(spell) <= covered;
    is_told.then(|| agreements.iter().any(|it| carries_on(it, spell.conflict_id, first_quiet_year(spell))))
}

const fn first_quiet_year(spell: &Spell) -> i16 {
    spell.end + 1
}

/// Whether an agreement implements or renews, in a year, an earlier one of the whole conflict.
#[must_use]
pub fn carries_on(agreement: &PaxAgreement, conflict_id: u32, year: i16) -> bool {
    agreement.ucdp_conflict_id == Some(conflict_id)
        && agreement.is_implementation()
        && !agreement.is_local()
        && agreement.signed.year() == year
}

/// The rows of a record whose spells are marked ([`Record::with_agreements`]): both kinds together, carried on, not carried on.
#[must_use]
pub fn relapse_by_implementation(record: &Record, settings: &Settings) -> Vec<ImplementationRow> {
    let class: Vec<&Spell> = record.spells().iter().filter(|spell| spell.carried_on.is_some()).collect();
    [None, Some(true), Some(false)]
        .into_iter()
        .map(|wanted| {
            let of: Vec<&Spell> = (class.iter().copied())
                .filter(|spell| wanted.is_none() || wanted == spell.carried_on)
                .collect();
            let row = row(&of, Some(Ending::Agreement), record.last_year(), settings);
            let EndingRow { cases, returned, returned_limits, quiet, quiet_limits, .. } = row;
            let level = record.level();
            ImplementationRow {
                level,
                carried_on: wanted,
                cases,
                returned,
                returned_limits,
                quiet,
                quiet_limits,
            }
        })
        .collect()
}

#[derive(Deserialize)]
struct File {
    source: String,
    rows: Vec<FileRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileRow {
    level: String,
    carried_on: Option<bool>,
    cases: usize,
    returned: usize,
    returned_limits: [f64; 2],
    quiet: [f64; 2],
    quiet_5_limits: [f64; 2],
    quiet_10_limits: [f64; 2],
}

/// The table that ships, with what it rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct ImplementationTable {
    /// The data sets with their versions.
    pub source: String,
    /// The rows, conflict level first.
    pub rows: Vec<ImplementationRow>,
}

impl ImplementationTable {
    /// The table that ships.
    #[must_use]
    pub fn built_in() -> Self {
        Self::from_toml(include_str!("../../../models/outlook/implementation.toml"))
            .expect("the table that ships is read by a test")
    }

    /// A table as [`ImplementationTable::to_toml`] writes it.
    ///
    /// # Errors
    ///
    /// If the text is not TOML, lacks a value, or has a level that is none.
    pub fn from_toml(text: &str) -> Result<Self, OutlookError> {
        let file: File = toml::from_str(text)?;
        let of = |row: FileRow| {
            let level = match row.level.as_str() {
                "conflict" => Level::Conflict,
                "dyad" => Level::Dyad,
                _ => return Err(OutlookError::Word(row.level, "level")),
            };
            Ok(ImplementationRow {
                level,
                carried_on: row.carried_on,
                cases: row.cases,
                returned: row.returned,
                returned_limits: row.returned_limits.into(),
                quiet: row.quiet,
                quiet_limits: [row.quiet_5_limits.into(), row.quiet_10_limits.into()],
            })
        };
        Ok(Self { source: file.source, rows: file.rows.into_iter().map(of).collect::<Result<_, _>>()? })
    }

    /// The table as it ships.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let mut text = format!(
            "# Relapse after peace agreements since {PAX_FIRST_YEAR}, by whether PA-X has an agreement that implements or renews it in\n\
             # the first quiet year. Generated; the command below writes it anew.\n\
             source = {}\n\
             citation = [\n\
             \x20 \"Kreutz, Joakim (2010). How and When Armed Conflicts End. Journal of Peace Research 47(2): 243-250.\",\n\
             \x20 \"Bell, Christine and Sanja Badanjak (2019). Introducing PA-X: A new peace agreement database and dataset. Journal of Peace Research 56(3): 452-466.\",\n\
             ]\n\
             command = \"cargo xtask outlook DATA\"\n\
             rows = [\n",
            toml::Value::from(self.source.as_str())
        );
        for row in &self.rows {
            let _ = write!(text, "  {{ level = \"{}\", ", row.level.name());
            if let Some(carried_on) = row.carried_on {
                let _ = write!(text, "carried_on = {carried_on}, ");
            }
            let pair = |(low, high): (f64, f64)| format!("[{low:.4}, {high:.4}]");
            let _ = writeln!(
                text,
                "cases = {}, returned = {}, returned_limits = {}, quiet = {}, quiet_5_limits = {}, quiet_10_limits = {} }},",
                row.cases,
                row.returned,
                pair(row.returned_limits),
                pair((row.quiet[0], row.quiet[1])),
                pair(row.quiet_limits[0]),
                pair(row.quiet_limits[1]),
            );
        }
        text.push_str("]\n");
        text
    }
}

#[cfg(test)]
mod tests {
    use irenic_records::{Table, TerminationYear, read};

    use super::*;

    fn record() -> Record {
        let mut text =
            "conflict_id,conflictepisode,outcome,year,location,incompatibility,intensity_level,type_of_conflict,version\n"
                .to_owned();
        // Three agreements of 1995: one carried on and kept, one carried on too late, one of before PA-X, and what is active.
        for line in ["1,1,1,1995", "2,1,1,1995", "2,2,5,1999", "3,1,1,1980", "4,1,,2010"] {
            let parts: Vec<&str> = line.split(',').collect();
            text.push_str(&format!("{},{},{},{},Examplia,2,1,3,3\n", parts[0], parts[1], parts[2], parts[3]));
        }
        let rows =
            read::<TerminationYear>(Table::of_bytes("term.csv", text.into()).unwrap()).unwrap().all().0;
        Record::of(&rows, Level::Conflict, "3").unwrap()
    }

    fn agreements(rows: &str) -> Vec<PaxAgreement> {
        let text = format!("AgtId,Agt,Dat,Agtp,Stage,UcdpCon,Ce\n{rows}");
        read::<PaxAgreement>(Table::of_bytes("pax.csv", text.into()).unwrap()).unwrap().all().0
    }

    #[test]
    fn only_the_first_quiet_year_counts() {
        let settings = Settings { replicates: 10, ..Settings::built_in() };
        let pax = agreements(
            "1,A,1996-03-01,Intra,Imp,1,0\n2,B,1997-03-01,Intra,Imp,2,0\n3,C,1996-03-01,IntraLocal,Imp,2,0\n",
        );
        let rows = relapse_by_implementation(&record().with_agreements(&pax), &settings);
        let counts: Vec<_> = rows.iter().map(|row| (row.carried_on, row.cases, row.returned)).collect();
        assert_eq!(counts, [(None, 2, 1), (Some(true), 1, 0), (Some(false), 1, 1)]);
    }

    #[test]
    fn what_pax_does_not_cover_is_not_told() {
        let known = |rows: &str| {
            let record = record().with_agreements(&agreements(rows));
            record.spells().iter().map(|spell| spell.carried_on).collect::<Vec<_>>()
        };
        let row = |day: &str| format!("1,A,{day},Intra,Imp,9,0\n");
        assert_eq!(known(&row("1996-03-01")), [Some(false), Some(false), None, None]);
        assert_eq!(known(&row("1995-03-01")), [None; 4], "the first quiet year is not covered");
    }

    #[test]
    fn what_ships_is_what_is_written() {
        let table = ImplementationTable::built_in();
        assert_eq!(ImplementationTable::from_toml(&table.to_toml()).unwrap(), table);
        for level in [Level::Conflict, Level::Dyad] {
            let of = |wanted| {
                table.rows.iter().find(|row| row.level == level && row.carried_on == wanted).unwrap()
            };
            assert_eq!(of(None).cases, of(Some(true)).cases + of(Some(false)).cases);
            assert_eq!(of(None).returned, of(Some(true)).returned + of(Some(false)).returned);
        }
    }
}
