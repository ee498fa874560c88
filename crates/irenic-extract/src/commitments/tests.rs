//! The examples and counter-examples of `rules/en/commitments-examples.toml`.

use irenic_model::jiff::civil::Date;
use irenic_model::{Content, MONTHS, TimeExpression, TimeType};
use serde::Deserialize;

use super::*;
use crate::reading::Reading;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Examples {
    example: Vec<Example>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Example {
    text: String,
    commitments: Vec<String>,
}

/// The dates of a text, written "15 November 2020".
fn times(text: &str) -> Vec<TimeExpression> {
    let words: Vec<(usize, &str)> =
        text.split(' ').map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word)).collect();
    let read = |run: &[(usize, &str)]| {
        let month = MONTHS.iter().position(|month| *month == run[1].1)?;
        let year = run[2].1.trim_end_matches(['.', ',']);
        let date = Date::new(year.parse().ok()?, month as i8 + 1, run[0].1.parse().ok()?).ok()?;
        let span = Span::new(run[0].0, run[2].0 + year.len());
        Some(TimeExpression {
            span,
            kind: TimeType::Date,
            value: date.to_string(),
            modifier: None,
            interval: Some(DateInterval::day(date)),
        })
    };
    words.windows(3).filter_map(read).collect()
}

fn written(text: &str) -> Vec<String> {
    let reading = Reading { times: times(text), ..Reading::of(text) };
    let line = |statement: &Statement| {
        let Content::Commitment(commitment) = &statement.content else { return String::new() };
        let name = |name: &Option<String>| name.clone().unwrap_or_else(|| "-".to_owned());
        let due = commitment.due.map(|due| format!(" by {}", due.until())).unwrap_or_default();
        let (debtor, creditor) = (name(&commitment.debtor), name(&commitment.creditor));
        format!(
            "{}/{} {debtor} -> {creditor}: {}{due}",
            commitment.status.name(),
            statement.stance.name(),
            commitment.action
        )
    };
    commitments(&reading.input()).iter().map(line).collect()
}

#[test]
fn examples_and_counter_examples() {
    let file: Examples =
        toml::from_str(include_str!("../../../../rules/en/commitments-examples.toml")).unwrap();
    let mut wrong = Vec::new();
    for case in file.example {
        let found = written(&case.text);
        if found != case.commitments {
            wrong.push(format!("{}\n  expected {:?}\n  found    {found:?}", case.text, case.commitments));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn odd_text_does_no_harm() {
    for text in [
        "",
        "shall",
        "agreed to",
        "to to to to",
        "will",
        "accused of violating",
        "of violating the truce",
        "demanded that",
    ] {
        let _ = written(text);
    }
}
