//! `irenic episodes TABLE --panel`: events counted and deaths summed by unit and month or year.

use std::io::{self, BufWriter, Write as _};
use std::num::NonZeroUsize;
use std::path::Path;
use std::thread;

use anyhow::Result;
use clap::ValueEnum;
use irenic::{Mapping, Panel, PanelConfig, PanelRow, PanelUnit, Period, Table, panel};
use serde_json::json;

use crate::args::Format;
use crate::tables::{self, Rows};

/// How long a cell of a panel is.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PeriodName {
    /// Calendar months.
    Month,
    /// Calendar years.
    Year,
}

/// By what events are put together.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum UnitName {
    /// UCDP's conflict number.
    Conflict,
    /// UCDP's dyad number.
    Dyad,
    /// The country.
    Country,
    /// The two actors.
    Actors,
}

const COLUMNS: &[&str] = &["unit", "other", "period", "events", "low", "best", "high"];

pub(crate) fn of(
    table: &Path,
    mapping: Option<&Mapping>,
    unit: UnitName,
    period: PeriodName,
) -> Result<Panel> {
    let unit = match unit {
        UnitName::Conflict => PanelUnit::Conflict,
        UnitName::Dyad => PanelUnit::Dyad,
        UnitName::Country => PanelUnit::Country,
        UnitName::Actors => PanelUnit::Actors,
    };
    let period = match period {
        PeriodName::Month => Period::Month,
        PeriodName::Year => Period::Year,
    };
    let threads = thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    Ok(panel(Table::open(table)?, mapping, &PanelConfig { unit, period, threads })?)
}

/// Writes a panel: large ones a row at a time.
pub(crate) fn write(panel: &Panel, format: Format) -> Result<()> {
    if format == Format::Table || format == Format::Json {
        return whole(panel, format);
    }
    let mut out = BufWriter::new(io::stdout().lock());
    if format == Format::Csv {
        writeln!(out, "{}", COLUMNS.join(","))?;
    }
    for row in &panel.rows {
        if format == Format::Csv {
            let cells: Vec<String> = cells(row).iter().map(|value| tables::cell(value, format)).collect();
            writeln!(out, "{}", cells.join(","))?;
        } else {
            serde_json::to_writer(&mut out, &object(row)).map_err(io::Error::from)?;
            out.write_all(b"\n")?;
        }
    }
    out.flush()?;
    Ok(())
}

fn whole(panel: &Panel, format: Format) -> Result<()> {
    if format == Format::Table {
        let rows = panel.rows.iter().map(|row| cells(row).to_vec()).collect();
        return tables::write(&Rows { columns: COLUMNS, rows }, format);
    }
    let mut out = BufWriter::new(io::stdout().lock());
    let all: Vec<_> = panel.rows.iter().map(object).collect();
    serde_json::to_writer_pretty(&mut out, &all).map_err(io::Error::from)?;
    writeln!(out)?;
    out.flush()?;
    Ok(())
}

fn period(row: &PanelRow) -> String {
    row.month.map_or_else(|| row.year.to_string(), |month| format!("{}-{month:02}", row.year))
}

fn cells(row: &PanelRow) -> [String; 7] {
    let unit = |index: usize| row.unit.get(index).cloned().unwrap_or_default();
    let deaths = |deaths: Option<u64>| deaths.map(|deaths| deaths.to_string()).unwrap_or_default();
    let [low, best, high] = [row.low, row.best, row.high].map(deaths);
    [unit(0), unit(1), period(row), row.events.to_string(), low, best, high]
}

fn object(row: &PanelRow) -> serde_json::Value {
    json!({
        "unit": row.unit.first(),
        "other": row.unit.get(1),
        "period": period(row),
        "events": row.events,
        "low": row.low,
        "best": row.best,
        "high": row.high,
    })
}
