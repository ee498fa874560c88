//! Training of the model of incidents from annotated reports.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args as ClapArgs;
use fieldtest::slots::slots;
use irenic_extract::Input;
use irenic_extract::incidents::training::{Example, GoldIncident, Role, Trainer};
use irenic_extract::incidents::{Effect, IncidentKind, Place, Thresholds, incidents};
use irenic_language::mentions::{MentionContext, MentionFinder};
use irenic_language::{Analysis, Pipeline, segments_of};
use irenic_model::{Document, Mention, Source};
use serde_json::{Value, json};

/// What to train on, and how to measure it.
#[derive(ClapArgs)]
pub(crate) struct Args {
    /// Annotated reports, one JSON object a line.
    gold: PathBuf,
    /// Write the incidents of each report, found by a model trained on the others, here; train no other model.
    #[arg(long)]
    cross_validate: Option<PathBuf>,
    /// How many parts the reports are split into.
    #[arg(long, default_value_t = 5)]
    folds: usize,
}

struct Report {
    id: Value,
    document: Document,
    analysis: Analysis,
    mentions: Vec<Mention>,
    gold: Vec<GoldIncident>,
}

impl Report {
    fn input(&self) -> Input<'_> {
        Input {
            document: &self.document,
            analysis: &self.analysis,
            mentions: &self.mentions,
            times: &[],
            attributions: &[],
        }
    }
}

pub(crate) fn run(args: &Args) -> Result<()> {
    let reports = read(&args.gold)?;
    let examples: Vec<Example> =
        reports.iter().map(|report| Example::new(&report.input(), &report.gold)).collect();
    match &args.cross_validate {
        Some(out) => cross_validate(&reports, &examples, args.folds, out),
        None => {
            let model = Trainer::default().train(&examples.iter().collect::<Vec<_>>());
            let path = crate::root().join("models/incidents/incidents.bin");
            fs::write(&path, model.to_bytes()).with_context(|| format!("writing {}", path.display()))
        }
    }
}

/// The thresholds that cross-validation tries.
fn choices() -> Vec<Thresholds> {
    let tried = [(0.3, 0.3, 0.5), (0.3, 0.4, 0.5)];
    tried.map(|(report, role, split)| Thresholds { report, role, split }).to_vec()
}

/// Writes one file a choice of thresholds, `OUT.0` and so on.
fn cross_validate(reports: &[Report], examples: &[Example], folds: usize, out: &Path) -> Result<()> {
    let choices = choices();
    let mut lines = vec![vec![String::new(); reports.len()]; choices.len()];
    for fold in 0..folds {
        let rest: Vec<&Example> = examples
            .iter()
            .enumerate()
            .filter(|(at, _)| at % folds != fold)
            .map(|(_, example)| example)
            .collect();
        let model = Trainer::default().train(&rest);
        for (at, report) in reports.iter().enumerate().filter(|(at, _)| at % folds == fold) {
            for (thresholds, lines) in choices.iter().zip(&mut lines) {
                let found: Vec<Value> =
                    incidents(&report.input(), &model, thresholds).iter().map(slots).collect();
                lines[at] = json!({"id": report.id, "incidents": found}).to_string();
            }
        }
    }
    for (number, lines) in lines.iter().enumerate() {
        let path = format!("{}.{number}", out.display());
        fs::write(&path, lines.join("\n") + "\n").with_context(|| format!("writing {path}"))?;
    }
    Ok(())
}

fn read(path: &Path) -> Result<Vec<Report>> {
    let (pipeline, finder, context) = (Pipeline::new(), MentionFinder::new(), MentionContext::default());
    let lines = fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let report = |line: &str| -> Result<Report> {
        let mut value: Value = serde_json::from_str(line)?;
        let text = value["text"].as_str().context("a report has a text")?.to_owned();
        let analysis = pipeline.analyse(&text, &segments_of(&text));
        let mentions = finder.mentions(&text, &analysis, &context);
        let gold = value["gold"]["incidents"].as_array().map(|list| list.iter().map(gold).collect());
        let source = Source::new("line", text.as_bytes());
        let document = Document { source, text, blocks: vec![], links: vec![], diagnostics: vec![] };
        Ok(Report { id: value["id"].take(), document, analysis, mentions, gold: gold.unwrap_or_default() })
    };
    lines.lines().filter(|line| !line.trim().is_empty()).map(report).collect()
}

fn gold(incident: &Value) -> GoldIncident {
    let mut gold = GoldIncident {
        kind: fills(incident, "type")
            .find_map(|name| IncidentKind::from_name(name.split('(').next().unwrap_or("").trim())),
        places: fills(incident, "location").filter_map(Place::parse).collect(),
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
        gold.fillers.extend(fills(incident, slot).filter_map(|fill| Some((role, quoted(fill)?.to_owned()))));
    }
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

/// The alternatives of a slot's fills.
fn fills<'v>(incident: &'v Value, slot: &str) -> impl Iterator<Item = &'v str> {
    let list = incident[slot].as_array().into_iter().flatten();
    list.flat_map(|fill| fill["alternatives"].as_array().into_iter().flatten()).filter_map(Value::as_str)
}

/// What stands between the first quotation marks.
fn quoted(fill: &str) -> Option<&str> {
    let words = fill.split('"').nth(1)?;
    (!words.trim_matches('-').trim().is_empty()).then_some(words)
}
