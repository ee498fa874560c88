//! What holds for any text, and the examples of the rules.

use irenic_language::{Pipeline, segments_of};
use irenic_model::Span;
use serde::Deserialize;

use super::attributions;
use crate::voice::innermost;

const EXAMPLES: &str = include_str!("../../../../rules/en/attribution/examples.toml");

fn found(text: &str) -> Vec<irenic_model::Attribution> {
    let analysis = Pipeline::new().analyse(text, &segments_of(text));
    attributions(text, &analysis, &[])
}

#[test]
fn any_text_is_read_without_a_fault() {
    let texts = [
        "",
        ":",
        "“",
        "\"\"\"\"",
        "according to",
        "said",
        "He said: \n\n",
        "( ( ( said ) ) )",
        "\u{ad}\u{feff}“”’’",
    ];
    for text in texts {
        for said in found(text) {
            assert!(said.content.iter().all(|span| span.get(text).is_some()), "{text}");
        }
    }
}

#[test]
fn a_semicolon_ends_indirect_speech() {
    let text =
        "The northern ministry said that 12 soldiers had died; the southern ministry claimed that 90 had.";
    let rival = text.find("90").unwrap();
    for said in found(text) {
        let speaker = said.source.iter().any(|source| source.of(text).contains("northern"));
        assert!(!speaker || said.content.iter().all(|content| !content.holds(rival)), "{said:?}");
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    rule: Vec<Rule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    name: String,
    examples: Vec<Example>,
    counters: Vec<Example>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Example {
    text: String,
    /// Words, speaker and stance.
    says: Vec<(String, String, String)>,
}

/// What is wrong with the reading of an example.
fn faults(example: &Example) -> Vec<String> {
    let text = &example.text;
    let found = found(text);
    let fault = |(words, speaker, stance): &(String, String, String)| {
        let start = text.find(words.as_str()).unwrap();
        let said = innermost(&found, Span::new(start, start + words.len()));
        let holder = said.and_then(|said| said.holder.as_ref()).map_or("-", |holder| holder.speaker());
        let read = said.map_or("asserted", |said| said.stance.name());
        (holder != speaker || read != stance).then(|| format!("{text}\n  {words}: {holder}, {read}"))
    };
    example.says.iter().filter_map(fault).collect()
}

#[test]
fn every_example_of_a_rule_is_read_as_it_says() {
    let rules: Rules = toml::from_str(EXAMPLES).unwrap();
    let faults: Vec<String> = rules
        .rule
        .iter()
        .flat_map(|rule| {
            let all = rule.examples.iter().chain(&rule.counters).flat_map(faults);
            all.map(|fault| format!("{}: {fault}", rule.name)).collect::<Vec<_>>()
        })
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
