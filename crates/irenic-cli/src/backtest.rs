//! `irenic backtest`: the outlook's chances, and its rivals', held against what came, without look-ahead.

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::{Args, ValueEnum};
use irenic::world_record::{
    Backtest, BacktestConfig, Design, Row, Settings, Variant, active_backtest, backtest, calibration_table,
};
use irenic::{OutlookRecord, Table, TerminationYear, read};
use irenic_report::html::calibration::{self, Panel};
use serde_json::{Value, json};

use crate::Outcome;
use crate::args::Format;
use crate::episodes::{LevelName, write};
use crate::outlook::rounded;
use crate::output::say;

/// What `irenic backtest` is asked.
#[derive(Args)]
pub(crate) struct Asked {
    /// UCDP's termination file of the level; without it, the record that ships.
    table: Option<PathBuf>,
    /// The unit.
    #[arg(long, value_enum, default_value_t = LevelName::Conflict)]
    level: LevelName,
    /// Quiet years after which, at most, fighting comes back.
    #[arg(long = "years", value_name = "YEARS", default_values_t = [2, 5], value_parser = clap::value_parser!(i16).range(1..50))]
    horizons: Vec<i16>,
    /// Which forecasts are made with what knowledge.
    #[arg(long = "design", value_enum, default_values_t = [DesignName::Fixed, DesignName::Rolling])]
    designs: Vec<DesignName>,
    /// What is forecast with: the main variants, or every one that was tried.
    #[arg(long, value_enum, default_value_t = VariantsName::Main)]
    variants: VariantsName,
    /// Forecast the end of fighting that goes on, at the end of each year from 2000, instead of its return.
    #[arg(long, conflicts_with_all = ["designs", "variants", "calibration"])]
    active: bool,
    /// List the calibration table instead of the scores.
    #[arg(long)]
    calibration: bool,
    /// Write the calibration curves to this file, as SVG: one panel for each design and horizon.
    #[arg(long, value_name = "FILE", conflicts_with = "active")]
    plot: Option<PathBuf>,
    /// The form of the list.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

/// A design as it is asked for.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum DesignName {
    /// Fitted on what was known by 2000, tested on ends from 2001.
    Fixed,
    /// Fitted anew each year, tested on ends from 2001.
    Rolling,
    /// The same on ends from 1975 with what was known by 2000: the first half of the choice of a model.
    RollingBefore,
    /// Fitted at 1970, 1975, 1980, 1985 and 1990, tested on all that was known by 2000: the second half.
    OriginsBefore,
}

/// Variants as they are asked for.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum VariantsName {
    /// Climatology, class rate, the life table that ships, and the hazard that the rule chose.
    Main,
    /// Every variant that was tried.
    All,
}

const COLUMNS: &[&str] = &[
    "unit",
    "design",
    "years",
    "variant",
    "fitted_on",
    "forecasts",
    "brier",
    "log",
    "mean_chance",
    "share",
    "slope",
    "slope_low_95",
    "slope_high_95",
    "against_class_rate",
    "against_class_rate_low_95",
    "against_class_rate_high_95",
    "against_climatology",
    "against_climatology_low_95",
    "against_climatology_high_95",
];

const CALIBRATION_COLUMNS: &[&str] =
    &["unit", "design", "years", "variant", "from", "until", "forecasts", "mean_chance", "share"];

const ACTIVE_COLUMNS: &[&str] = &[
    "unit",
    "design",
    "years",
    "variant",
    "forecasts",
    "brier",
    "log",
    "mean_chance",
    "share",
    "slope",
    "slope_low_95",
    "slope_high_95",
    "against_intensity_rate",
    "against_intensity_rate_low_95",
    "against_intensity_rate_high_95",
    "against_climatology",
    "against_climatology_low_95",
    "against_climatology_high_95",
];

/// The first year at whose end the end of fighting is forecast.
const ACTIVE_FIRST: i16 = 2000;

/// Bins of the calibration table.
const BINS: usize = 5;

pub(crate) fn run(asked: &Asked) -> Result<Outcome> {
    let (record, outcome) = record(asked)?;
    let settings = Settings::built_in();
    if asked.active {
        write(ACTIVE_COLUMNS, active(&record, asked, &settings)?, asked.format)?;
        return Ok(outcome);
    }
    let variants = match asked.variants {
        VariantsName::All => Variant::all(),
        VariantsName::Main => vec![
            Variant::Climatology,
            Variant::CLASS_RATE,
            Variant::LifeTable { shrinkage_cases: settings.shrinkage_cases },
            Variant::chosen(),
        ],
    };
    let (mut rows, mut panels) = (Vec::new(), Vec::new());
    for design in &asked.designs {
        for &horizon in &asked.horizons {
            let config = BacktestConfig {
                design: design.design(record.last_year()),
                horizon,
                replicates: settings.replicates,
                seed: settings.seed,
            };
            let found = backtest(&record, &config, &variants)
                .with_context(|| format!("{}, {horizon} years", config.design.name()))?;
            let head = [json!(record.level().name()), json!(config.design.name()), json!(horizon)];
            panels.push(panel(&record, &config, &found));
            rows.extend(if asked.calibration {
                calibration_rows(&head, &found)
            } else {
                scores(&head, &found)
            });
        }
    }
    if let Some(path) = &asked.plot {
        let svg = calibration::calibration(&panels).into_string();
        std::fs::write(path, svg).with_context(|| format!("{}: cannot be written", path.display()))?;
    }
    write(if asked.calibration { CALIBRATION_COLUMNS } else { COLUMNS }, rows, asked.format)?;
    Ok(outcome)
}

fn record(asked: &Asked) -> Result<(OutlookRecord, Outcome)> {
    let level = asked.level.level();
    let Some(path) = &asked.table else { return Ok((OutlookRecord::built_in(level), Outcome::Done)) };
    let rows = read::<TerminationYear>(Table::open(path)?)?;
    let version = rows.version().unwrap_or("unknown").to_owned();
    let (rows, problems) = rows.all();
    anyhow::ensure!(
        rows.iter().all(|row| row.dyad_id.is_some() == (asked.level == LevelName::Dyad)),
        "{}: the table is of the other level; give --level",
        path.display()
    );
    for problem in problems.kept() {
        say(&problem.to_string());
    }
    let outcome = if problems.rows_refused() > 0 { Outcome::SomeUnread } else { Outcome::Done };
    Ok((OutlookRecord::of(&rows, level, &version)?, outcome))
}

impl DesignName {
    fn design(self, last_year: i16) -> Design {
        match self {
            Self::Fixed => Design::Fixed { known_by: 2000 },
            Self::Rolling => Design::Rolling { first: 2001, known_by: last_year },
            Self::RollingBefore => Design::Rolling { first: 1975, known_by: 2000 },
            Self::OriginsBefore => {
                Design::Origins { origins: vec![1970, 1975, 1980, 1985, 1990], known_by: 2000 }
            }
        }
    }
}

fn scores(head: &[Value; 3], found: &Backtest) -> Vec<Vec<Value>> {
    let optional = |value: Option<f64>| value.map_or(Value::Null, rounded);
    let rows = found.rows.iter().map(|it| {
        let scores = &it.scores;
        let mut row = head.to_vec();
        row.extend([json!(it.variant.name()), json!(found.fitted_on), json!(scores.forecasts)]);
        row.extend([scores.brier, scores.log, scores.mean_chance, scores.share].map(rounded));
        row.push(optional(scores.slope));
        row.extend([scores.slope_limits.map(|it| it.0), scores.slope_limits.map(|it| it.1)].map(optional));
        for (mean, (low, high)) in [it.against_class_rate, it.against_climatology] {
            row.extend([mean, low, high].map(rounded));
        }
        row
    });
    rows.collect()
}

fn active(record: &OutlookRecord, asked: &Asked, settings: &Settings) -> Result<Vec<Vec<Value>>> {
    let mut rows = Vec::new();
    for &horizon in &asked.horizons {
        for it in active_backtest(record, ACTIVE_FIRST, horizon, settings)? {
            let scores = &it.scores;
            let design = format!("rolling {ACTIVE_FIRST}-{}", record.last_year());
            let mut row = vec![json!(record.level().name()), json!(design), json!(horizon)];
            row.extend([json!(it.variant.name()), json!(scores.forecasts)]);
            row.extend([scores.brier, scores.log, scores.mean_chance, scores.share].map(rounded));
            let limits =
                [scores.slope, scores.slope_limits.map(|it| it.0), scores.slope_limits.map(|it| it.1)];
            row.extend(limits.map(|value| value.map_or(Value::Null, rounded)));
            for (mean, (low, high)) in [it.against_intensity_rate, it.against_climatology] {
                row.extend([mean, low, high].map(rounded));
            }
            rows.push(row);
        }
    }
    Ok(rows)
}

fn panel(record: &OutlookRecord, config: &BacktestConfig, found: &Backtest) -> Panel {
    let curve = |it: &Row| (it.variant.name(), calibration_table(&it.forecasts, BINS));
    Panel {
        title: format!(
            "Back at arms within {} quiet years; {} level, {}",
            config.horizon,
            record.level().name(),
            config.design.name()
        ),
        curves: found.rows.iter().map(curve).collect(),
    }
}

fn calibration_rows(head: &[Value; 3], found: &Backtest) -> Vec<Vec<Value>> {
    let mut rows = Vec::new();
    for it in &found.rows {
        for bin in calibration_table(&it.forecasts, BINS) {
            let mut row = head.to_vec();
            row.extend([
                json!(it.variant.name()),
                rounded(bin.from),
                rounded(bin.until),
                json!(bin.forecasts),
            ]);
            row.extend([bin.mean_chance, bin.share].map(rounded));
            rows.push(row);
        }
    }
    rows
}
