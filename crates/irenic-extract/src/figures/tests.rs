//! The examples and counter-examples of `rules/en/figures-examples.toml`.

use irenic_model::{Block, BlockKind, Span};
use serde::Deserialize;

use super::*;
use crate::reading::Reading;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Examples {
    example: Vec<Example>,
    row: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Example {
    text: String,
    figures: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    key: String,
    value: String,
    figures: Vec<String>,
}

fn row(key: &str, value: &str) -> Reading {
    let text = format!("{key}\n{value}");
    let mut block = Block::new(BlockKind::TableRow, Span::new(0, text.len()));
    block.cells = vec![Span::new(0, key.len()), Span::new(key.len() + 1, text.len())];
    Reading::of_blocks(&text, vec![block])
}

/// The figures of a document, written as in the examples: value or range, bound, unit, what is counted, the group after
/// a colon, the total after "<", the holder after "@".
fn written(reading: &Reading) -> Vec<String> {
    let found = figures(&reading.input());
    let value_of = |id: StatementId| {
        found.iter().find(|statement| statement.id == id).map(|statement| match &statement.content {
            Content::Figure(figure) => figure.value.to_string(),
            _ => String::new(),
        })
    };
    found
        .iter()
        .map(|statement| {
            let Content::Figure(figure) = &statement.content else { return String::new() };
            let mut line = figure.value.to_string();
            if let Some(upper) = figure.upper {
                line += &format!("-{upper}");
            }
            line += &format!(" {} {}", figure.bound.name(), figure.unit);
            line += &figure.counts.as_ref().map(|counts| format!(" {counts}")).unwrap_or_default();
            line += &figure.group.as_ref().map(|group| format!(" : {group}")).unwrap_or_default();
            line += &figure.part_of.and_then(value_of).map(|total| format!(" < {total}")).unwrap_or_default();
            line +=
                &statement.holder.as_ref().map(|holder| format!(" @ {}", holder.name())).unwrap_or_default();
            line
        })
        .collect()
}

#[test]
fn examples_and_counter_examples() {
    let file: Examples = toml::from_str(include_str!("../../../../rules/en/figures-examples.toml")).unwrap();
    let prose_cases =
        file.example.iter().map(|case| (Reading::of(&case.text), case.text.clone(), &case.figures));
    let row_cases = file
        .row
        .iter()
        .map(|case| (row(&case.key, &case.value), format!("{} | {}", case.key, case.value), &case.figures));
    let mut wrong = Vec::new();
    for (reading, name, expected) in prose_cases.chain(row_cases) {
        let found = written(&reading);
        if found != *expected {
            wrong.push(format!("{name}\n  expected {expected:?}\n  found    {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn who_counts_holds_the_figure() {
    let holders = |text: &str| -> Vec<String> {
        let reading = Reading::of(text).with_mentions();
        let name = |statement: &Statement| {
            statement.holder.as_ref().map_or_else(|| "-".to_owned(), |holder| holder.name().to_owned())
        };
        figures(&reading.input()).iter().map(name).collect()
    };
    for (text, holder) in [
        ("The Landmine Monitoring Centre recorded 17 deaths in May.", "Landmine Monitoring Centre"),
        ("The army put the death toll at 40.", "army"),
        ("Nine deaths were confirmed by the ministry.", "ministry"),
        ("The ministry could not confirm nine deaths.", "-"),
        ("The raid left nine people dead.", "-"),
        ("The town counted 300 deaths.", "-"),
    ] {
        assert_eq!(holders(text), [holder], "{text}");
    }
}

#[test]
fn every_span_quotes_its_number() {
    let text = "The raid killed 30 people, including four children. Some 2,500 others fled.";
    let found = figures(&Reading::of(text).input());
    let quotes: Vec<&str> = found.iter().map(|statement| statement.span.of(text)).collect();
    assert_eq!(quotes, ["30 people", "four children", "Some 2,500 others"]);
}

#[test]
fn odd_text_does_no_harm() {
    for text in [
        "",
        "1",
        "(((((((((",
        "killed",
        "1 2 3 4 5 6 7 8 9",
        "-–—",
        "１２ killed",
        "50%%%% of of of",
        "\u{ad}3\u{ad}0 killed",
        "a a a a a few",
        "$$$ 5",
    ] {
        let _ = written(&Reading::of(text));
        let _ = written(&row(text, text));
    }
}
