//! `irenic outlook`: the chances that quiet holds, with the class, its size and the baseline; and the table by ending.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::{Args, ValueEnum};
use irenic::world_record::{
    ActiveOutlook, ActiveQuestion, Chance, Ending, HorizonChances, ImplementationTable, Intensity,
    Outlook as Answer, Question as Put, Refusal, Settings, outlook, outlook_active, relapse_by_ending,
};
use irenic::{OutlookRecord, active_question_of_record, question_of_record};
use irenic_model::jiff::civil::Date;
use serde_json::{Value, json};

use crate::Outcome;
use crate::active;
use crate::args::{Format, Question};
use crate::episodes::{LevelName, write};
use crate::output::say;

/// What `irenic outlook` is asked.
#[derive(Args)]
pub(crate) struct Asked {
    /// Files and folders on one conflict: its stages tell how fighting ended and how long it has been quiet.
    #[arg(required_unless_present_any = ["conflict", "by_ending", "by_implementation", "quiet_years", "active_years"])]
    paths: Vec<PathBuf>,
    /// Instead of documents, a conflict of the record, by its UCDP number.
    #[arg(long, value_name = "ID", conflicts_with = "paths")]
    conflict: Option<u32>,
    /// Instead of documents, any conflict that has been quiet for so many whole years.
    #[arg(long, value_name = "YEARS", conflicts_with_all = ["paths", "conflict"], value_parser = clap::value_parser!(i16).range(1..200))]
    quiet_years: Option<i16>,
    /// How its fighting ended: agreement, ceasefire, victory-a, victory-b, low-activity or actor-gone; all without it.
    #[arg(long, value_name = "ENDING", requires = "quiet_years", value_parser = ending)]
    ending: Option<Ending>,
    /// Whether the agreement was carried on in the first quiet year, by PA-X.
    #[arg(long, value_name = "true|false", requires = "ending")]
    carried_on: Option<bool>,
    /// Instead of documents, any conflict that has been fought for so many calendar years in a row.
    #[arg(long, value_name = "YEARS", conflicts_with_all = ["paths", "conflict", "quiet_years"], value_parser = clap::value_parser!(i16).range(1..200))]
    active_years: Option<i16>,
    /// Whether the last of the active years was one of minor conflict or of war.
    #[arg(long, value_enum, requires = "active_years", default_value_t = IntensityName::Minor)]
    intensity: IntensityName,
    /// List how often fighting came back by how it ended, with limits.
    #[arg(long, conflicts_with_all = ["paths", "conflict", "quiet_years", "active_years"])]
    by_ending: bool,
    /// List how often fighting came back after agreements, by whether they were carried on, with limits.
    #[arg(long, conflicts_with_all = ["paths", "conflict", "quiet_years", "active_years", "by_ending"])]
    by_implementation: bool,
    /// The unit.
    #[arg(long, value_enum, default_value_t = LevelName::Conflict)]
    level: LevelName,
    /// Years ahead [default: 1, 2, 5 and 10].
    #[arg(long = "years", value_name = "YEARS", value_parser = clap::value_parser!(i16).range(1..200))]
    horizons: Vec<i16>,
    /// Ask about this day (YYYY-MM-DD).
    #[arg(long, value_name = "DATE", value_parser = crate::args::day)]
    as_of: Option<Date>,
    /// Use only sources published by this day (YYYY-MM-DD).
    #[arg(long, value_name = "DATE", value_parser = crate::args::day)]
    known_by: Option<Date>,
    /// Write the class's curve to this file, as SVG.
    #[arg(long, value_name = "FILE")]
    plot: Option<PathBuf>,
    /// The form of the answer.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

/// An intensity as it is asked for.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum IntensityName {
    /// 25 to 999 deaths in the year.
    Minor,
    /// 1,000 deaths or more.
    War,
}

fn ending(key: &str) -> Result<Ending, String> {
    let keys = || Ending::ALL.map(Ending::key).join(", ");
    Ending::from_key(key).ok_or_else(|| format!("it is one of {}", keys()))
}

/// The columns of the chances.
const COLUMNS: &[&str] = &[
    "unit",
    "class",
    "cases",
    "followed",
    "quiet_years",
    "years_ahead",
    "quiet",
    "quiet_low_80",
    "quiet_high_80",
    "quiet_low_95",
    "quiet_high_95",
    "minor",
    "minor_low_95",
    "minor_high_95",
    "war",
    "war_low_95",
    "war_high_95",
    "baseline_quiet",
    "of",
    "back",
    "source",
];

/// The columns of the table by ending.
const ENDING_COLUMNS: &[&str] = &[
    "unit",
    "ending",
    "cases",
    "returned_percent",
    "returned_low_95",
    "returned_high_95",
    "quiet_5_usual",
    "quiet_10_usual",
    "quiet_5",
    "quiet_5_low_95",
    "quiet_5_high_95",
    "quiet_10",
    "quiet_10_low_95",
    "quiet_10_high_95",
];

/// The columns of the table by implementation.
const IMPLEMENTATION_COLUMNS: &[&str] = &[
    "unit",
    "agreement",
    "cases",
    "returned",
    "returned_percent",
    "returned_low_95",
    "returned_high_95",
    "quiet_5",
    "quiet_5_low_95",
    "quiet_5_high_95",
    "quiet_10",
    "quiet_10_low_95",
    "quiet_10_high_95",
    "source",
];

pub(crate) fn run(asked: &Asked) -> Result<Outcome> {
    anyhow::ensure!(
        asked.carried_on.is_none() || asked.ending == Some(Ending::Agreement),
        "only an agreement is carried on; leave --carried-on out, or ask for --ending agreement"
    );
    if asked.by_ending {
        return by_ending(asked);
    }
    if asked.by_implementation {
        return by_implementation(asked);
    }
    let (answer, outcome) = answer(asked)?;
    let answer = match answer {
        Ok(Either::Quiet(answer)) => answer,
        Ok(Either::Active(answer)) => {
            anyhow::ensure!(
                asked.plot.is_none(),
                "--plot draws the quiet after fighting, and fighting goes on"
            );
            active::write(&answer, asked.format)?;
            return Ok(outcome);
        }
        Err(refusal) => {
            say(&refusal.to_string());
            write(
                COLUMNS,
                Vec::new(),
                if asked.format == Format::Table { Format::Jsonl } else { asked.format },
            )?;
            return Ok(outcome);
        }
    };
    if let Some(path) = &asked.plot {
        let svg = irenic_report::html::outlook::curve(&answer).into_string();
        std::fs::write(path, svg).with_context(|| format!("{}: cannot be written", path.display()))?;
    }
    if let Some(Err(refusal)) = &answer.by_implementation {
        say(&format!("by implementation: {refusal}"));
    }
    match asked.format {
        Format::Table => in_words(&answer)?,
        format => write(COLUMNS, rows(&answer), format)?,
    }
    Ok(outcome)
}

/// A class as its rows begin: its words, its cases, and those that were followed.
type Head<'a> = (&'a str, usize, usize);

/// The rows of the class and, where there is one, of the narrower class by implementation.
fn rows(answer: &Answer) -> Vec<Vec<Value>> {
    let of = |head: Head<'_>, chances: &[HorizonChances]| -> Vec<Vec<Value>> {
        chances.iter().map(|at| row(answer, head, at)).collect()
    };
    let mut rows = of((&answer.class, answer.cases, answer.followed), &answer.chances);
    if let Some(Ok(narrow)) = &answer.by_implementation {
        rows.extend(of((&narrow.class, narrow.cases, narrow.followed), &narrow.chances));
    }
    rows
}

/// An answer on the quiet after fighting, or on the end of fighting that goes on.
enum Either {
    Quiet(Answer),
    Active(ActiveOutlook),
}

type Answered = std::result::Result<Either, Refusal>;

/// The answer or the refusal, and whether all sources were read.
fn answer(asked: &Asked) -> Result<(Answered, Outcome)> {
    let horizons = || asked.horizons.clone();
    if asked.paths.is_empty() {
        let record = OutlookRecord::built_in(asked.level.level());
        let quiet =
            |question: Put| outlook(&record, &Put { horizons: horizons(), ..question }).map(Either::Quiet);
        let active = |question: ActiveQuestion| {
            outlook_active(&record, &ActiveQuestion { horizons: horizons(), ..question }).map(Either::Active)
        };
        let year = asked.as_of.map(|day| day.year() - 1);
        let answer = match (asked.conflict, asked.active_years) {
            (Some(id), _) => match question_of_record(&record, id, year) {
                Ok(question) => quiet(question),
                Err(refusal) => match active_question_of_record(&record, id, year) {
                    Ok(question) => active(question),
                    Err(_) => Err(refusal),
                },
            },
            (None, Some(years)) => {
                let war = asked.intensity == IntensityName::War;
                active(ActiveQuestion::after(if war { Intensity::War } else { Intensity::Minor }, years))
            }
            (None, None) => {
                let question = Put::after(asked.ending, asked.quiet_years.unwrap_or(1));
                quiet(Put { carried_on: asked.carried_on, ..question })
            }
        };
        return Ok((answer, Outcome::Done));
    }
    anyhow::ensure!(asked.level == LevelName::Conflict, "documents tell of a conflict, not of its dyads");
    let question = Question { paths: asked.paths.clone(), as_of: asked.as_of, known_by: asked.known_by };
    let found = crate::reconstruct(&question)?;
    let answer = match found.outlook(&asked.horizons) {
        Err(Refusal::Active(_)) => found.active_outlook(&asked.horizons).map(Either::Active),
        other => other.map(Either::Quiet),
    };
    Ok((answer, crate::outcome(&found)))
}

/// A line for each chance, with its limits.
pub(crate) fn write_chances(out: &mut impl Write, chances: &[(&str, Chance)]) -> Result<()> {
    let percent = |share: f64| format!("{:.0}%", 100.0 * share);
    for (name, Chance { share, limits_80, limits_95 }) in chances {
        writeln!(
            out,
            "  {name:<15} {:>4}   80%: {} to {}   95%: {} to {}",
            percent(*share),
            percent(limits_80.0),
            percent(limits_80.1),
            percent(limits_95.0),
            percent(limits_95.1)
        )?;
    }
    Ok(())
}

/// A line for each horizon that no answer is given for.
pub(crate) fn write_too_far(out: &mut impl Write, years: &[i16]) -> Result<()> {
    for years in years {
        writeln!(out, "\n{years} years ahead: not shown, too few cases were followed so far.")?;
    }
    Ok(())
}

fn in_words(answer: &Answer) -> Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "Unit: {}. Source: {}.", answer.level.name(), answer.source)?;
    writeln!(
        out,
        "Class: {}; {} cases, {} of them followed after {} quiet year(s).",
        answer.class, answer.cases, answer.followed, answer.quiet_years
    )?;
    for at in &answer.chances {
        writeln!(out, "\n{} year(s) ahead. {}", at.years, at.in_words(answer.level))?;
        write_chances(&mut out, &[("still quiet", at.quiet), ("minor conflict", at.minor), ("war", at.war)])?;
        writeln!(out, "  all endings     {:>3.0}% still quiet", 100.0 * at.baseline_quiet)?;
    }
    write_too_far(&mut out, &answer.too_far)?;
    if let Some(Ok(narrow)) = &answer.by_implementation {
        writeln!(
            out,
            "\nBy implementation, which has not forecast better: {}; {} cases, {} followed as long.",
            narrow.class, narrow.cases, narrow.followed
        )?;
        for at in &narrow.chances {
            writeln!(out, "\n{} year(s) ahead. {}", at.years, at.in_words(answer.level))?;
            write_chances(&mut out, &[("still quiet", at.quiet)])?;
        }
    }
    writeln!(out, "\nMost similar past cases:")?;
    for case in &answer.similar {
        let spell = &case.spell;
        writeln!(out, "  {}, {}-{}: {}", spell.name, spell.start, spell.end, case.fate)?;
    }
    Ok(())
}

fn row(answer: &Answer, (class, cases, followed): Head<'_>, at: &HorizonChances) -> Vec<Value> {
    let mut row = vec![
        json!(answer.level.name()),
        json!(class),
        json!(cases),
        json!(followed),
        json!(answer.quiet_years),
        json!(at.years),
    ];
    row.extend(with_limits(&at.quiet));
    for chance in [at.minor, at.war] {
        row.extend([chance.share, chance.limits_95.0, chance.limits_95.1].map(rounded));
    }
    row.extend([rounded(at.baseline_quiet), json!(at.followed), json!(at.returned), json!(answer.source)]);
    row
}

fn by_implementation(asked: &Asked) -> Result<Outcome> {
    let table = ImplementationTable::built_in();
    let of_level = table.rows.iter().filter(|row| row.level == asked.level.level());
    let rows = of_level.map(|row| {
        let percent = |share: f64| json!((1000.0 * share).round() / 10.0);
        let kind = match row.carried_on {
            None => "any",
            Some(true) => "carried on in the first quiet year",
            Some(false) => "not carried on",
        };
        let mut cells = vec![json!(row.level.name()), json!(kind), json!(row.cases), json!(row.returned)];
        cells.push(percent(row.returned as f64 / row.cases.max(1) as f64));
        cells.extend([row.returned_limits.0, row.returned_limits.1].map(percent));
        for (share, limits) in row.quiet.into_iter().zip(row.quiet_limits) {
            cells.extend([share, limits.0, limits.1].map(rounded));
        }
        cells.push(json!(table.source));
        cells
    });
    write(IMPLEMENTATION_COLUMNS, rows.collect(), asked.format)?;
    Ok(Outcome::Done)
}

fn by_ending(asked: &Asked) -> Result<Outcome> {
    let record = OutlookRecord::built_in(asked.level.level());
    let rows = relapse_by_ending(&record, &Settings::built_in());
    let rows = rows.into_iter().map(|row| {
        let percent = |share: f64| json!((1000.0 * share).round() / 10.0);
        let [five, ten] = row.quiet_limits;
        vec![
            json!(record.level().name()),
            json!(row.ending.map_or("any", Ending::name)),
            json!(row.cases),
            percent(row.returned as f64 / row.cases.max(1) as f64),
            percent(row.returned_limits.0),
            percent(row.returned_limits.1),
            rounded(row.quiet_usual[0]),
            rounded(row.quiet_usual[1]),
            rounded(row.quiet[0]),
            rounded(five.0),
            rounded(five.1),
            rounded(row.quiet[1]),
            rounded(ten.0),
            rounded(ten.1),
        ]
    });
    write(ENDING_COLUMNS, rows.collect(), asked.format)?;
    Ok(Outcome::Done)
}

/// A chance, its limits at 80 and those at 95 per cent.
pub(crate) fn with_limits(chance: &Chance) -> [Value; 5] {
    let Chance { share, limits_80, limits_95 } = chance;
    [*share, limits_80.0, limits_80.1, limits_95.0, limits_95.1].map(rounded)
}

/// To the fourth decimal: more would claim more than the record gives.
pub(crate) fn rounded(value: f64) -> Value {
    json!((10_000.0 * value).round() / 10_000.0)
}
