//! Panels: events counted and deaths summed by unit and period, in one pass, on several threads, in memory that grows
//! with the number of groups and not of rows.

mod chunks;
mod tally;

use std::num::NonZeroUsize;
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::error::Kind;
use crate::mapping::Places;
use crate::table::at_end;
use crate::{DataSet, Mapping, Problems, RecordsError, Table};
use chunks::Chunks;
use tally::{Shape, Tally};

/// By what events are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PanelUnit {
    /// UCDP's conflict number.
    Conflict,
    /// UCDP's dyad number.
    Dyad,
    /// The country.
    Country,
    /// The two actors; in either order, unless the mapping says that the first acts on the second.
    Actors,
}

/// How long a cell of a panel is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// A calendar month.
    Month,
    /// A calendar year.
    Year,
}

/// What panel is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PanelConfig {
    /// By what events are put together.
    pub unit: PanelUnit,
    /// How long a cell is.
    pub period: Period,
    /// So many threads at most; the result does not depend on it.
    pub threads: NonZeroUsize,
}

/// A cell of a panel.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PanelRow {
    /// The unit: a number, a country, or two actors.
    pub unit: Vec<String>,
    /// The year.
    pub year: i16,
    /// The month from 1, where cells are months.
    pub month: Option<u8>,
    /// The number of events.
    pub events: u64,
    /// Deaths, the lowest estimates summed; `None` where the table has none.
    pub low: Option<u64>,
    /// Deaths, the best estimates summed.
    pub best: Option<u64>,
    /// Deaths, the highest estimates summed.
    pub high: Option<u64>,
}

/// A panel, in order of units and periods.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Panel {
    /// The cells that have events.
    pub rows: Vec<PanelRow>,
    /// What was wrong with the table.
    pub problems: Problems,
}

/// Makes a panel of a table of events: by `mapping`, or, without one, by the mapping of the data set.
///
/// An event counts in the period in which it begins.
///
/// # Errors
///
/// If the table is not of a data set of events and there is no mapping, or if the mapping lacks a column that the unit
/// needs.
///
/// ```
/// use std::num::NonZeroUsize;
/// use irenic_records::{Mapping, PanelConfig, PanelUnit, Period, Table, panel};
/// let mapping = Mapping::parse("name = 'Ours'\ndate = 'day'\ncountry = 'where'\nbest = 'killed'", "ours.toml").unwrap();
/// let rows = "day,where,killed\n2011-05-04,Examplia,12\n2011-05-30,Examplia,3\n2011-06-01,Examplia,\n2011-06-02,Examplia,x\n";
/// let table = Table::of_bytes("ours.csv", rows.into()).unwrap();
/// let config = PanelConfig { unit: PanelUnit::Country, period: Period::Month, threads: NonZeroUsize::MIN };
/// let found = panel(table, Some(&mapping), &config).unwrap();
/// let cells: Vec<_> = found.rows.iter().map(|row| (row.month, row.events, row.best)).collect();
/// assert_eq!(cells, [(Some(5), 2, Some(15)), (Some(6), 1, Some(0))]);
/// assert_eq!(found.problems.rows_refused(), 1);
/// ```
pub fn panel(
    mut table: Table,
    mapping: Option<&Mapping>,
    config: &PanelConfig,
) -> Result<Panel, RecordsError> {
    let own = match mapping {
        Some(mapping) => mapping.clone(),
        None => table.data_set().and_then(Mapping::built_in).ok_or_else(|| table.unknown())?,
    };
    if !own.header {
        table.without_header();
    }
    let (file, header, rest, set, mut problems) = table.into_parts();
    let wrong = |kind: Kind| RecordsError::new(&file, kind);
    let places = Places::of(&own, &header).map_err(wrong)?;
    let gdelt = mapping.is_none() && set == Some(DataSet::Gdelt);
    let older = if gdelt { Some(Places::of(&Mapping::gdelt_1(), &header).map_err(wrong)?) } else { None };
    let shape = Shape::new(&file, &header, config, &own, places, older, &rest).map_err(wrong)?;
    let chunks = Mutex::new(Chunks::new(rest));
    let tallies: Vec<Tally<'_>> = thread::scope(|scope| {
        let workers: Vec<_> =
            (1..config.threads.get()).map(|_| scope.spawn(|| tally_all(&shape, &chunks))).collect();
        let mut tallies = vec![tally_all(&shape, &chunks)];
        tallies.extend(workers.into_iter().map(|worker| worker.join().expect("a worker does not panic")));
        tallies
    });
    let mut all = Tally::new(&shape);
    for tally in tallies {
        all.join(tally);
    }
    let (rows, found) = all.finish();
    problems.join(found);
    let chunks = chunks.into_inner().unwrap_or_else(PoisonError::into_inner);
    problems.join(chunks.problems(&file));
    if problems.rows_read() == 0 || !chunks.ends_with_break() {
        problems.add(at_end(&file, chunks.line(), problems.rows_read() == 0));
    }
    Ok(Panel { rows, problems })
}

/// Works chunk after chunk, until there are no more.
fn tally_all<'a>(shape: &'a Shape<'a>, chunks: &Mutex<Chunks>) -> Tally<'a> {
    let mut tally = Tally::new(shape);
    let mut bytes = Vec::new();
    loop {
        let line = chunks.lock().unwrap_or_else(PoisonError::into_inner).next(&mut bytes);
        match line {
            Some(line) => tally.chunk(&bytes, line),
            None => return tally,
        }
    }
}
