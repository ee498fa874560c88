//! Training of the model of incidents from annotated reports, and its measure on reports that it has not seen.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use irenic_extract::incidents::training::{Example, GoldIncident, NamedVictim, ReaderLesson, Role, Trainer};
use irenic_extract::incidents::{
    Effect, IncidentKind, IncidentModel, Opinion, Place, Second, Thresholds, incidents,
};
use irenic_model::jiff::civil::Date;
use rayon::prelude::*;
use serde_json::{Value, json};

use crate::reading::Reading;
use crate::slots::slots;

struct Report {
    id: Value,
    reading: Reading,
    gold: Vec<GoldIncident>,
}

/// Trains on all reports of `gold`, one JSON object a line with MUC-4's templates: how many, and the model.
///
/// `opinions` are those of the second reader, one JSON object a line, of networks that have not learnt from the report.
///
/// # Errors
///
/// If a file cannot be read or holds no such reports or opinions.
pub fn train(gold: &Path, opinions: Option<&Path>) -> Result<(usize, IncidentModel)> {
    let reports = read(gold)?;
    let opinions = opinions.map(read_opinions).transpose()?.unwrap_or_default();
    let examples = examples(&reports, &opinions)?;
    Ok((reports.len(), Trainer::default().train(&examples.iter().collect::<Vec<_>>())))
}

/// Writes what the second reader is to learn from the reports of `gold`, one JSON object a line.
///
/// # Errors
///
/// If `gold` cannot be read or holds no such reports, or `output` cannot be written.
pub fn reader_lessons(gold: &Path, output: &Path) -> Result<()> {
    let reports = read(gold)?;
    let examples = examples(&reports, &Opinions::new())?;
    let lessons = Trainer::default().reader_lessons(&examples.iter().collect::<Vec<_>>());
    let line = |(report, lesson): (&Report, ReaderLesson)| -> Result<String> {
        let mut line = serde_json::to_value(lesson)?;
        line["id"] = report.id.clone();
        line["text"] = report.reading.document.text.clone().into();
        Ok(line.to_string())
    };
    let lines: Vec<String> = reports.iter().zip(lessons).map(line).collect::<Result<_>>()?;
    fs::write(output, lines.join("\n") + "\n").with_context(|| format!("writing {}", output.display()))
}

/// What the second reader says of each report, by its id.
type Opinions = HashMap<String, Opinion>;

fn read_opinions(path: &Path) -> Result<Opinions> {
    let lines = fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let opinion = |line: &str| -> Result<Option<(String, Opinion)>> {
        let value: Value = serde_json::from_str(line)?;
        // A report that is not worth reading has an id alone.
        if value.get("kinds").is_none() {
            return Ok(None);
        }
        let id = value["id"].as_str().context("an opinion has the id of its report")?.to_owned();
        Ok(Some((id, serde_json::from_value(value)?)))
    };
    let lines = lines.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let place = |number: usize| format!("{}, line {}", path.display(), number + 1);
    lines.filter_map(|(number, line)| opinion(line).with_context(|| place(number)).transpose()).collect()
}

/// Writes the incidents of each report, found by a model that was trained on the reports of the other parts.
///
/// A part is a run of reports. Those that lie together are of one time and tell the same happenings in part, so that parts
/// of every second report would flatter the model: all slots score some three points more.
/// `opinions` are those of the second reader, of networks that were trained on the reports of the other parts too.
///
/// # Errors
///
/// If `gold` or `opinions` cannot be read or hold no such reports or opinions, or `output` cannot be written.
pub fn cross_validate(gold: &Path, opinions: Option<&Path>, folds: usize, output: &Path) -> Result<()> {
    let reports = read(gold)?;
    let opinions = opinions.map(read_opinions).transpose()?.unwrap_or_default();
    let examples = examples(&reports, &opinions)?;
    let one_fold = |fold: usize| -> Result<Vec<String>> {
        let (start, end) = (fold * reports.len() / folds, (fold + 1) * reports.len() / folds);
        let rest: Vec<&Example> = examples[..start].iter().chain(&examples[end..]).collect();
        // Through its bytes, since that is what ships.
        let model = IncidentModel::from_bytes(&Trainer::default().train(&rest).to_bytes())?;
        let line = |report: &Report| {
            let second = opinion_on(report, &opinions).map_or(Second::Nobody, Second::Opinion);
            let found = incidents(&report.reading.input(), &model, second, &Thresholds::default());
            let found: Vec<Value> = found.iter().map(slots).collect();
            json!({"id": report.id, "incidents": found}).to_string()
        };
        Ok(reports[start..end].iter().map(line).collect())
    };
    let parts: Result<Vec<Vec<String>>> = (0..folds).into_par_iter().map(one_fold).collect();
    fs::write(output, parts?.concat().join("\n") + "\n")
        .with_context(|| format!("writing {}", output.display()))
}

fn examples(reports: &[Report], opinions: &Opinions) -> Result<Vec<Example>> {
    let example = |report: &Report| {
        let example = Example::new(&report.reading.input(), &report.gold);
        let Some(opinion) = opinion_on(report, opinions) else { return Ok(example) };
        example.heard(opinion.clone()).with_context(|| {
            format!("the opinion on {} is of another reading: write the lessons and opinions anew", report.id)
        })
    };
    reports.par_iter().map(example).collect()
}

fn opinion_on<'o>(report: &Report, opinions: &'o Opinions) -> Option<&'o Opinion> {
    opinions.get(report.id.as_str()?)
}

fn read(path: &Path) -> Result<Vec<Report>> {
    let lines = fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let report = |line: &str| -> Result<Report> {
        let mut value: Value = serde_json::from_str(line)?;
        let reading = Reading::of(value["text"].as_str().context("a report has a text")?);
        let gold = value["gold"]["incidents"].as_array().map(|list| list.iter().map(gold).collect());
        Ok(Report { id: value["id"].take(), reading, gold: gold.unwrap_or_default() })
    };
    lines.par_lines().filter(|line| !line.trim().is_empty()).map(report).collect()
}

fn gold(incident: &Value) -> GoldIncident {
    let mut gold = GoldIncident {
        kind: fills(incident, "type")
            .find_map(|name| IncidentKind::from_name(name.split('(').next().unwrap_or("").trim())),
        places: fills(incident, "location").filter_map(Place::parse).collect(),
        dates: fills(incident, "date").filter_map(day).collect(),
        ..GoldIncident::default()
    };
    const SLOTS: [(&str, Role); 6] = [
        ("human_target_name", Role::Victim),
        ("human_target_description", Role::Victim),
        ("physical_target", Role::Target),
        ("instrument", Role::Instrument),
        ("perpetrator_individual", Role::Perpetrator),
        ("perpetrator_organisation", Role::Organisation),
    ];
    for (slot, role) in SLOTS {
        for fill in incident[slot].as_array().into_iter().flatten() {
            let words: Vec<String> = alternatives(fill).filter_map(quoted).map(str::to_owned).collect();
            gold.fillers.extend((!words.is_empty()).then_some((role, words)));
        }
    }
    gold.named = named(incident);
    for fill in fills(incident, "human_target_effect") {
        let effect = match fill.split(':').next().unwrap_or("").trim() {
            "DEATH" => Effect::Death,
            "INJURY" => Effect::Injury,
            "NO INJURY OR DEATH" | "NO INJURY" | "NO DEATH" => Effect::Unhurt,
            "REGAINED FREEDOM" => Effect::Freed,
            _ => continue,
        };
        gold.effects.extend(quoted(fill).map(|words| (effect, words.to_owned())));
    }
    gold
}

/// The named victims with their descriptions, which the templates tie to one form of the name.
fn named(incident: &Value) -> Vec<NamedVictim> {
    let names = incident["human_target_name"].as_array().into_iter().flatten();
    let descriptions = incident["human_target_description"].as_array();
    let victim = |fill: &Value| {
        let names: Vec<String> = alternatives(fill).filter_map(quoted).map(str::to_owned).collect();
        let ties = |fill: &&Value| {
            let mut bearers = alternatives(fill).filter_map(|words| words.split('"').nth(3));
            bearers.any(|bearer| names.iter().any(|name| name == bearer))
        };
        let own = descriptions.into_iter().flatten().filter(ties);
        let descriptions = own.flat_map(alternatives).filter_map(quoted).map(str::to_owned).collect();
        NamedVictim { names, descriptions }
    };
    names.map(victim).collect()
}

/// The alternatives of a slot's fills.
fn fills<'v>(incident: &'v Value, slot: &str) -> impl Iterator<Item = &'v str> {
    incident[slot].as_array().into_iter().flatten().flat_map(alternatives)
}

fn alternatives(fill: &Value) -> impl Iterator<Item = &str> {
    fill["alternatives"].as_array().into_iter().flatten().filter_map(Value::as_str)
}

/// The day of "- 03 JAN 90".
fn day(fill: &str) -> Option<Date> {
    const MONTHS: [&str; 12] =
        ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    let mut words = fill.trim_matches(['(', ')', '-', ' ']).split(' ');
    let day = words.next()?.parse().ok()?;
    let month = words.next()?;
    let month = MONTHS.iter().position(|name| *name == month)? as i8 + 1;
    let year: i16 = words.next()?.parse().ok()?;
    if words.next().is_some() { None } else { Date::new(1900 + year, month, day).ok() }
}

/// What stands between the first quotation marks.
fn quoted(fill: &str) -> Option<&str> {
    let words = fill.split('"').nth(1)?;
    (!words.trim_matches('-').trim().is_empty()).then_some(words)
}
