//! One toll a month: where several tables count the deaths of events, each month's are taken from one of them.

use std::collections::{BTreeMap, BTreeSet};

use irenic_model::{Evidence, Observation};

/// Leaves the deaths of each month to the first of the tables that has any, and takes those of the others away.
///
/// Tables that count events tell the same battles with other days and other numbers, so that their sums would count the dead
/// twice. What else the rows show stays. Gives, for each table, the number of months that it left to another.
///
/// ```
/// use irenic_model::{DateInterval, Evidence, Observation, Provenance, jiff::civil::date};
/// use irenic_records::one_toll_a_month;
/// let row = |file: &str, line, day| Evidence {
///     provenance: Provenance::Row { file: file.to_owned(), line },
///     when: Some(DateInterval::day(day)),
///     order: 0,
///     observation: Observation::Deaths { low: 5, high: None, battle: true },
///     rule: "record-event".to_owned(),
///     holder: None,
///     side: None,
///     disputed: false,
///     published: None,
/// };
/// let mut tables = [
///     vec![row("a.csv", 2, date(2001, 3, 4))],
///     vec![row("b.csv", 2, date(2001, 3, 5)), row("b.csv", 3, date(2001, 4, 5))],
/// ];
/// assert_eq!(one_toll_a_month(&mut tables), [0, 1]);
/// assert_eq!(tables[1].len(), 1, "of April only");
/// ```
pub fn one_toll_a_month(tables: &mut [Vec<Evidence>]) -> Vec<usize> {
    let mut owners: BTreeMap<(i16, i8), usize> = BTreeMap::new();
    let mut left = Vec::new();
    for (at, evidence) in tables.iter_mut().enumerate() {
        for month in evidence.iter().filter_map(month_of_deaths) {
            owners.entry(month).or_insert(at);
        }
        let mut months = BTreeSet::new();
        evidence.retain(|piece| {
            let elsewhere = month_of_deaths(piece).filter(|month| owners[month] != at);
            months.extend(elsewhere);
            elsewhere.is_none()
        });
        left.push(months.len());
    }
    left
}

fn month_of_deaths(piece: &Evidence) -> Option<(i16, i8)> {
    let is_toll = matches!(piece.observation, Observation::Deaths { .. });
    piece.when.filter(|_| is_toll).map(|when| (when.from().year(), when.from().month()))
}
