//! Which of UCDP's conflicts are meant, by the sides that tables name.

use std::collections::BTreeSet;

use crate::{
    BattleDeaths, ConflictYear, DataSet, GedEvent, Record, RecordsError, Table, TerminationYear, read,
};

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
    conflicts_where(table, &|_, side_a, side_b| {
        let party = |side: &str| -> BTreeSet<usize> {
            let names: Vec<&str> = side.split(',').map(bare).collect();
            let named = |party: &Vec<String>| party.iter().any(|name| names.contains(&bare(name)));
            parties.iter().enumerate().filter(|(_, party)| named(party)).map(|(index, _)| index).collect()
        };
        let (a, b) = (party(side_a), party(side_b));
        a.iter().any(|a| b.iter().any(|b| a != b))
    })
}

/// The sides of conflicts, as a table names them; of a conflict with several dyads, each.
///
/// # Errors
///
/// If the table has no sides, as for [`conflicts_of_parties`].
pub fn sides_of_conflicts(
    table: Table,
    conflicts: &BTreeSet<u32>,
) -> Result<BTreeSet<MatchedConflict>, RecordsError> {
    conflicts_where(table, &|conflict, _, _| conflicts.contains(&conflict))
}

type Wanted<'a> = &'a dyn Fn(u32, &str, &str) -> bool;

fn conflicts_where(table: Table, wanted: Wanted<'_>) -> Result<BTreeSet<MatchedConflict>, RecordsError> {
    match table.data_set() {
        Some(DataSet::ConflictYears | DataSet::DyadYears) => {
            rows_where::<ConflictYear>(table, wanted, |row| (row.conflict_id, &row.side_a, &row.side_b))
        }
        Some(DataSet::Termination(_)) => {
            rows_where::<TerminationYear>(table, wanted, |row| (row.conflict_id, &row.side_a, &row.side_b))
        }
        Some(DataSet::BattleDeaths(_)) => {
            rows_where::<BattleDeaths>(table, wanted, |row| (row.conflict_id, &row.side_a, &row.side_b))
        }
        Some(DataSet::Ged) => {
            rows_where::<GedEvent>(table, wanted, |row| (row.conflict_id, &row.side_a, &row.side_b))
        }
        _ => Err(table.unknown()),
    }
}

fn rows_where<T: Record>(
    table: Table,
    wanted: Wanted<'_>,
    sides: fn(&T) -> (u32, &String, &String),
) -> Result<BTreeSet<MatchedConflict>, RecordsError> {
    let mut found = BTreeSet::new();
    for row in read::<T>(table)? {
        let (conflict_id, side_a, side_b) = sides(&row);
        if wanted(conflict_id, side_a, side_b) {
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
