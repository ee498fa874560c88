//! `irenic episodes`: episodes of armed conflict from a table, and how they compare with UCDP's own.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use clap::{Args, ValueEnum};
use irenic::{
    Check, EpisodeConfig, Level, Mapping, ModelName, Problems, RecordEpisode, RecordEpisodes, RecordStages,
    StageModel, Table,
};
use serde_json::{Map, Value, json};

use crate::Outcome;
use crate::args::Format;
use crate::output::say;
use crate::panels::{self, PeriodName, UnitName};
use crate::tables::{self, Rows};

/// What `irenic episodes` is asked.
#[derive(Args)]
pub(crate) struct Question {
    /// A table: UCDP's conflict-years, dyad-years, terminations, battle deaths or georeferenced events; or any CSV or TSV
    /// with a mapping. Plain, gzip or zip.
    table: PathBuf,
    /// The unit of an episode.
    #[arg(long, value_enum, default_value_t = LevelName::Conflict)]
    level: LevelName,
    /// So many deaths in a calendar year make it active [default: 25, as UCDP has it].
    #[arg(long, value_name = "DEATHS")]
    deaths_min: Option<u64>,
    /// So many inactive calendar years end an episode [default: 1, as UCDP has it].
    #[arg(long, value_name = "YEARS", value_parser = clap::value_parser!(u32).range(1..))]
    inactive_years_min: Option<u32>,
    /// Only the conflict with this UCDP number.
    #[arg(long, value_name = "ID")]
    conflict: Option<u32>,
    /// What the columns mean, in TOML, for a table that is not of a known data set.
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    /// List the differences from UCDP's termination file of the same level, each with its reason.
    #[arg(long, value_name = "TERMINATION")]
    check: Option<PathBuf>,
    /// List events and deaths by unit and period instead of episodes; for tables of events.
    #[arg(long, value_enum, value_name = "PERIOD", conflicts_with = "check")]
    panel: Option<PeriodName>,
    /// The unit of the panel.
    #[arg(long, value_enum, default_value_t = UnitName::Conflict, requires = "panel")]
    by: UnitName,
    /// List each conflict's or dyad's stages under a stage model instead of episodes: irenic, ucdp, hiik, cascon or cews, or a file
    /// with a model's thresholds, as in `models/stage`.
    #[arg(long, value_name = "MODEL|FILE", conflicts_with_all = ["check", "panel", "deaths_min", "inactive_years_min"])]
    model: Option<String>,
    /// The form of the list.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

/// A level as it is asked for.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LevelName {
    /// All parties to one incompatibility.
    Conflict,
    /// Two parties.
    Dyad,
}

impl LevelName {
    /// The level.
    pub(crate) const fn level(self) -> Level {
        match self {
            Self::Conflict => Level::Conflict,
            Self::Dyad => Level::Dyad,
        }
    }
}

/// Episodes: the columns of the wire first.
const COLUMNS: &[&str] = &[
    "conflict_id",
    "dyad_id",
    "episode",
    "start_year",
    "end_year",
    "ongoing",
    "active_years",
    "war_years",
    "deaths",
    "type",
    "start_date",
    "end_date",
    "outcome",
    "location",
    "side_a",
    "side_b",
    "first_line",
    "last_line",
];

/// Differences from a termination file.
const CHECK_COLUMNS: &[&str] = &[
    "conflict_id",
    "dyad_id",
    "from_year",
    "until_year",
    "kind",
    "ours",
    "theirs",
    "own_inconsistency",
    "reason",
];

/// Stages of conflicts or dyads.
const STAGE_COLUMNS: &[&str] = &[
    "conflict_id",
    "dyad_id",
    "location",
    "model",
    "stage",
    "cycle",
    "from",
    "until",
    "ongoing",
    "rival",
    "violations",
    "rules",
    "first_line",
    "last_line",
];

pub(crate) fn run(question: &Question) -> Result<Outcome> {
    if let Some(model) = &question.model {
        return stages(question, model);
    }
    let config = config(question)?;
    if let Some(period) = question.panel {
        let found = panels::of(&question.table, config.mapping.as_ref(), question.by, period)?;
        let outcome = told(&found.problems);
        panels::write(&found, question.format)?;
        return Ok(outcome);
    }
    let found = RecordEpisodes::of(Table::open(&question.table)?, &config)?;
    let outcome = told(&found.problems);
    match &question.check {
        Some(file) => check(&found, &config, file, question.format)?,
        None => {
            let rows = found.episodes.iter().map(|episode| row(&found, episode)).collect();
            write(COLUMNS, rows, question.format)?;
        }
    }
    Ok(outcome)
}

fn stages(question: &Question, model: &str) -> Result<Outcome> {
    let table = Table::open(&question.table)?;
    let (model, level) = (stage_model(model)?, question.level.level());
    let found = RecordStages::of(table, mapping(question)?.as_ref(), &model, level, question.conflict)?;
    let outcome = told(&found.problems);
    let rows = found.stages.iter().map(|it| {
        let interval = &it.interval;
        let rules: Vec<&str> = interval.reasons.iter().map(|reason| reason.rule.as_str()).collect();
        let (first, last) = it.lines().unzip();
        vec![
            json!(it.conflict_id),
            json!(it.dyad_id),
            json!(it.location),
            json!(interval.model),
            json!(interval.stage),
            json!(interval.cycle),
            json!(interval.from.map(|day| day.to_string())),
            json!(interval.until.map(|day| day.to_string())),
            json!(interval.ongoing),
            json!(interval.rival),
            json!(interval.violations),
            json!(rules.join("; ")),
            json!(first),
            json!(last),
        ]
    });
    write(STAGE_COLUMNS, rows.collect(), question.format)?;
    Ok(outcome)
}

/// The model of a name, or of a file with its thresholds.
fn stage_model(model: &str) -> Result<StageModel> {
    if let Some(name) = ModelName::ALL.into_iter().find(|name| name.name() == model) {
        return Ok(StageModel::built_in(name));
    }
    let text = fs::read_to_string(model).with_context(|| {
        format!("{model}: is neither irenic, ucdp, hiik, cascon or cews nor a file that can be read")
    })?;
    StageModel::from_toml(&text).with_context(|| format!("{model}: is no stage model"))
}

fn config(question: &Question) -> Result<EpisodeConfig> {
    let usual = EpisodeConfig::default();
    Ok(EpisodeConfig {
        level: question.level.level(),
        deaths_min: question.deaths_min.unwrap_or(usual.deaths_min),
        inactive_years_min: question.inactive_years_min.unwrap_or(usual.inactive_years_min),
        conflict: question.conflict,
        mapping: mapping(question)?,
    })
}

fn mapping(question: &Question) -> Result<Option<Mapping>> {
    let Some(file) = &question.mapping else { return Ok(None) };
    let name = file.display().to_string();
    let text = fs::read_to_string(file).with_context(|| format!("{name}: cannot be read"))?;
    Ok(Some(Mapping::parse(&text, &name)?))
}

/// Says what was wrong with a table; status 3 where it could not be read to its end, or at all.
fn told(problems: &Problems) -> Outcome {
    for problem in problems.diagnostics() {
        say(&problem.to_string());
    }
    if 0 < problems.rows_refused() {
        say(&format!("{} of {} rows were refused", problems.rows_refused(), problems.rows_read()));
    }
    let broken = problems.counts().any(|(code, _, _)| code == "records.broken");
    let nothing = 0 < problems.rows_read() && problems.rows_read() == problems.rows_refused();
    if broken || nothing { Outcome::SomeUnread } else { Outcome::Done }
}

fn row(found: &RecordEpisodes, it: &RecordEpisode) -> Vec<Value> {
    let unit = found.units.get(&(it.conflict_id, it.dyad_id));
    let side_b = unit.map(|unit| unit.side_b.iter().cloned().collect::<Vec<_>>().join("; "));
    vec![
        json!(it.conflict_id),
        json!(it.dyad_id),
        json!(it.episode.number),
        json!(it.episode.start_year),
        json!(it.episode.end_year),
        json!(it.episode.ongoing),
        json!(it.active_years),
        json!(it.war_years),
        json!(it.deaths),
        json!(it.last.conflict_type.map(|kind| kind.name())),
        json!(it.first.start.map(|date| date.to_string())),
        json!(it.last.end.map(|date| date.to_string())),
        json!(it.last.outcome.map(|outcome| outcome.name())),
        json!(unit.map(|unit| &unit.location)),
        json!(unit.map(|unit| &unit.side_a)),
        json!(side_b),
        json!(it.first.lines.0),
        json!(it.last.lines.1),
    ]
}

fn check(found: &RecordEpisodes, config: &EpisodeConfig, file: &Path, format: Format) -> Result<()> {
    let check = Check::of(found, config, Table::open(file)?)?;
    let rows = check.differences.iter().map(|it| {
        vec![
            json!(it.conflict_id),
            json!(it.dyad_id),
            json!(it.from_year),
            json!(it.until_year),
            json!(it.kind.name()),
            json!(it.ours),
            json!(it.theirs),
            json!(it.own_inconsistency),
            json!(it.reason),
        ]
    });
    write(CHECK_COLUMNS, rows.collect(), format)?;
    let own = check.differences.iter().filter(|it| it.own_inconsistency).count();
    say(&format!(
        "{} of {} numbers of years, {} of {} starts and {} of {} ends of episodes are the file's; {} differences: {} where \
         the file contradicts itself, {} where the tables cover other years",
        check.numbers_same,
        check.rows,
        check.starts_same,
        check.episodes,
        check.ends_same,
        check.episodes,
        check.differences.len(),
        own,
        check.differences.len() - own,
    ));
    Ok(())
}

/// Writes rows; numbers are numbers where the form has them.
pub(crate) fn write(columns: &'static [&'static str], rows: Vec<Vec<Value>>, format: Format) -> Result<()> {
    let object = |row: Vec<Value>| -> Map<String, Value> {
        columns.iter().map(|column| (*column).to_owned()).zip(row).collect()
    };
    let mut out = std::io::stdout().lock();
    match format {
        Format::Table | Format::Csv => {
            drop(out);
            let rows = rows.iter().map(|row| row.iter().map(text).collect()).collect();
            return tables::write(&Rows { columns, rows }, format);
        }
        Format::Json => {
            let all: Vec<_> = rows.into_iter().map(object).collect();
            serde_json::to_writer_pretty(&mut out, &all).map_err(io::Error::from)?;
            out.write_all(b"\n")?;
        }
        Format::Jsonl => {
            for row in rows {
                serde_json::to_writer(&mut out, &object(row)).map_err(io::Error::from)?;
                out.write_all(b"\n")?;
            }
        }
    }
    Ok(())
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
