//! `irenic outlook` while fighting goes on: whether it ends, how, and otherwise at which intensity it goes on.

use std::io::Write as _;

use anyhow::Result;
use irenic::world_record::{ActiveChances, ActiveOutlook, Intensity};
use serde_json::{Value, json};

use crate::args::Format;
use crate::episodes;
use crate::outlook::{rounded, with_limits, write_chances, write_too_far};

const COLUMNS: &[&str] = &[
    "unit",
    "class",
    "cases",
    "intensity",
    "active_years",
    "years_ahead",
    "ended",
    "ended_low_80",
    "ended_high_80",
    "ended_low_95",
    "ended_high_95",
    "agreement",
    "ceasefire",
    "victory_a",
    "victory_b",
    "low_activity",
    "actor_gone",
    "ending_not_given",
    "minor",
    "minor_low_95",
    "minor_high_95",
    "war",
    "war_low_95",
    "war_high_95",
    "baseline_ended",
    "of",
    "ended_of",
    "source",
];

pub(crate) fn write(answer: &ActiveOutlook, format: Format) -> Result<()> {
    match format {
        Format::Table => in_words(answer),
        format => episodes::write(COLUMNS, answer.chances.iter().map(|at| row(answer, at)).collect(), format),
    }
}

fn row(answer: &ActiveOutlook, at: &ActiveChances) -> Vec<Value> {
    let intensity = if answer.intensity == Intensity::War { "war" } else { "minor" };
    let mut row = vec![
        json!(answer.level.name()),
        json!(answer.class),
        json!(answer.cases),
        json!(intensity),
        json!(answer.active_years),
        json!(at.years),
    ];
    row.extend(with_limits(&at.ended));
    row.extend(at.by_ending.iter().map(|(_, chance)| rounded(chance.share)));
    for chance in [at.minor, at.war] {
        row.extend([chance.share, chance.limits_95.0, chance.limits_95.1].map(rounded));
    }
    let ended: usize = at.ended_by.iter().map(|(_, count)| count).sum();
    row.extend([rounded(at.baseline_ended), json!(at.followed), json!(ended), json!(answer.source)]);
    row
}

fn in_words(answer: &ActiveOutlook) -> Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "Fighting goes on. Unit: {}. Source: {}.", answer.level.name(), answer.source)?;
    writeln!(out, "Class: {}; {} cases.", answer.class, answer.cases)?;
    for at in &answer.chances {
        writeln!(out, "\n{} year(s) ahead. {}", at.years, at.in_words(answer.level))?;
        write_chances(
            &mut out,
            &[("fighting ended", at.ended), ("minor conflict", at.minor), ("war", at.war)],
        )?;
        writeln!(out, "  any intensity   {:>3.0}% ended", 100.0 * at.baseline_ended)?;
    }
    write_too_far(&mut out, &answer.too_far)?;
    writeln!(out, "\nMost similar past cases:")?;
    for case in &answer.similar {
        let spell = &case.spell;
        writeln!(out, "  {}, {} (since {}): {}", spell.name, case.year, spell.start, case.fate)?;
    }
    Ok(())
}
