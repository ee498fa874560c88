//! The examples that ship against what a person wrote down of them before the program first read them.

use std::path::{Path, PathBuf};

use irenic::{Dossier, Options, Reconstruction};
use irenic_model::jiff::civil::Date;
use irenic_model::{AccountKind, AccountStatus, Content, day_number};
use toml::{Table, Value};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name)
}

fn read(name: &str) -> (Reconstruction, Table) {
    let expected =
        std::fs::read_to_string(folder(name).join("expected.toml")).expect("expected.toml is there");
    let expected: Table = expected.parse().expect("expected.toml is TOML");
    let as_of = expected["as_of"].as_str().map(date);
    let options = Options { as_of, ..Options::default() };
    let found = Dossier::open(&[folder(name)], &()).reconstruct(options, &());
    assert!(found.failures.is_empty(), "{:?}", found.failures);
    (found, expected)
}

fn date(text: &str) -> Date {
    text.parse().expect("a date is YYYY-MM-DD")
}

fn rows<'t>(expected: &'t Table, key: &str) -> impl Iterator<Item = &'t Value> + use<'t> {
    expected.get(key).and_then(Value::as_array).into_iter().flatten()
}

fn number(row: &Value, key: &str) -> Option<f64> {
    let value = row.get(key)?;
    value.as_float().or_else(|| value.as_integer().map(|whole| whole as f64))
}

/// The stages that are expected, in order, among those that were found.
fn stages(found: &Reconstruction, expected: &Table, wrong: &mut Vec<String>) {
    let mut intervals = found.life_cycle();
    for row in rows(expected, "stage") {
        let (stage, cycle) = (row["stage"].as_str(), row["cycle"].as_integer());
        let is_meant = |interval: &&irenic_model::StageInterval| {
            Some(interval.stage.as_str()) == stage && Some(i64::from(interval.cycle)) == cycle
        };
        let Some(interval) = intervals.by_ref().find(is_meant) else {
            wrong.push(format!("stage {row}"));
            return;
        };
        let days = row["days"].as_integer().unwrap_or(0);
        for (key, got) in [("from", interval.from), ("until", interval.until)] {
            let Some(meant) = row.get(key).and_then(Value::as_str).map(date) else { continue };
            let apart = got.map_or(i64::MAX, |got| i64::from((day_number(got) - day_number(meant)).abs()));
            if days < apart {
                wrong.push(format!("{key} of {row}: {got:?}"));
            }
        }
    }
}

fn events(found: &Reconstruction, expected: &Table, wrong: &mut Vec<String>) {
    let chronicle = found.chronicle();
    for row in rows(expected, "event") {
        let day = date(row["date"].as_str().expect("an event has a date"));
        let word = row["word"].as_str().expect("an event has a word");
        let is_there = chronicle.iter().any(|entry| {
            (entry.when.from(), entry.when.until()) == (day, day)
                && entry.account.statements().any(|at| {
                    found.statement(at).is_some_and(|(document, statement)| {
                        statement.span.of(&document.text).to_lowercase().contains(word)
                    })
                })
        });
        if !is_there {
            wrong.push(format!("event {row}"));
        }
    }
}

fn figures(found: &Reconstruction, expected: &Table, wrong: &mut Vec<String>) {
    let all: Vec<_> = found.readings.iter().flat_map(|reading| reading.extraction.figures()).collect();
    for row in rows(expected, "figure") {
        let text = |key: &str| row.get(key).and_then(Value::as_str);
        let is_there = all.iter().any(|(_, figure)| {
            Some(figure.value) == number(row, "value")
                && figure.upper == number(row, "upper")
                && Some(figure.bound.name()) == text("bound")
                && text("counts").is_none_or(|counts| figure.counts.as_deref() == Some(counts))
                && text("unit").is_none_or(|unit| figure.unit == unit)
        });
        if !is_there {
            wrong.push(format!("figure {row}"));
        }
    }
}

fn contested(found: &Reconstruction, expected: &Table, wrong: &mut Vec<String>) {
    for row in rows(expected, "contested") {
        let values = [number(row, "value"), number(row, "rival")];
        let is_there = found.accounts.iter().any(|account| {
            let told: Vec<_> = account
                .statements()
                .filter_map(|at| match &found.statement(at)?.1.content {
                    Content::Figure(figure) => Some(figure.value),
                    _ => None,
                })
                .collect();
            account.kind == AccountKind::Figure
                && account.status == AccountStatus::Contested
                && values.iter().all(|value| value.is_some_and(|value| told.contains(&value)))
        });
        if !is_there {
            wrong.push(format!("contested {row}"));
        }
    }
}

fn commitments(found: &Reconstruction, expected: &Table, wrong: &mut Vec<String>) {
    for row in rows(expected, "commitment") {
        let word = row["word"].as_str().expect("a commitment has a word");
        let due = date(row["due"].as_str().expect("a commitment has a due date"));
        let is_there = found.readings.iter().any(|reading| {
            reading.extraction.commitments().any(|(statement, commitment)| {
                let told = statement.span.of(&reading.document.text);
                let debtor = commitment.debtor.as_deref().unwrap_or_default();
                let words = format!("{debtor} {told}").to_lowercase();
                words.contains(word) && commitment.due.is_some_and(|it| it.until() == due)
            })
        });
        if !is_there {
            wrong.push(format!("commitment {row}"));
        }
    }
}

fn framings(found: &Reconstruction, expected: &Table, wrong: &mut Vec<String>) {
    for row in rows(expected, "framing") {
        let term = row["term"].as_str().expect("a framing has a term");
        let is_there = found
            .readings
            .iter()
            .flat_map(|reading| &reading.extraction.framings)
            .any(|framing| framing.term.to_lowercase().contains(term) || framing.mark.name() == term);
        if !is_there {
            wrong.push(format!("framing {row}"));
        }
    }
}

fn compare(name: &str) {
    let (found, expected) = read(name);
    let mut wrong = Vec::new();
    stages(&found, &expected, &mut wrong);
    events(&found, &expected, &mut wrong);
    figures(&found, &expected, &mut wrong);
    contested(&found, &expected, &mut wrong);
    commitments(&found, &expected, &mut wrong);
    framings(&found, &expected, &mut wrong);
    assert!(wrong.is_empty(), "not found in {name}: {wrong:#?}");
}

#[test]
fn karabakh() {
    compare("karabakh");
}

#[test]
fn aceh() {
    compare("aceh");
}
