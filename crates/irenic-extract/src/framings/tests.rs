//! The examples and counter-examples of framings and characterisations.

use irenic_model::Content;

use super::lexicon::Lexicon;
use super::{characterisations, framings};
use crate::Input;
use crate::reading::Reading;

fn read<T>(text: &str, then: impl Fn(&Input<'_>) -> T) -> T {
    then(&Reading::of(text).input())
}

fn terms(text: &str) -> Vec<String> {
    let shown = |input: &Input<'_>| {
        framings(input).iter().map(|it| format!("{} ({})", it.term, it.mark.name())).collect()
    };
    read(text, shown)
}

fn called(text: &str) -> Vec<String> {
    let shown = |input: &Input<'_>| {
        characterisations(input)
            .iter()
            .filter_map(|statement| match &statement.content {
                Content::Characterisation(it) => {
                    let holder = statement.holder.as_ref().map_or("author", |holder| holder.name());
                    Some(format!("{}: {} ({holder})", it.subject, it.term))
                }
                _ => None,
            })
            .collect()
    };
    read(text, shown)
}

#[test]
fn the_rules_do_what_their_examples_say() {
    let lexicon = Lexicon::english();
    let mut wrong = Vec::new();
    let mut check = |examples: &[String], counters: &[String], found: &dyn Fn(&str) -> Vec<String>| {
        for example in examples {
            let (text, expected) = example.split_once(" => ").expect("an example tells what is found");
            let got = found(text);
            if !got.iter().any(|it| it == expected) {
                wrong.push(format!("{text} {got:?}"));
            }
        }
        for counter in counters {
            let got = found(counter);
            if !got.is_empty() {
                wrong.push(format!("takes {counter} {got:?}"));
            }
        }
    };
    check(&lexicon.examples, &lexicon.counters, &terms);
    check(&lexicon.naming_examples.0, &lexicon.naming_examples.1, &called);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_holder_is_who_calls_it_so() {
    let text = "The army began what the ministry calls a \"special operation\" in the valley.";
    let holder =
        read(text, |input| framings(input)[0].holder.as_ref().map(|holder| holder.name().to_owned()));
    assert_eq!(holder.as_deref(), Some("ministry"));
}

#[test]
fn no_text_makes_it_panic() {
    for text in
        ["", "\"", "“”“”", "so-called", "\"\"\"\"\"", "so called \"so-called", "accused of", "called as"]
    {
        let _ = terms(text);
        let _ = called(text);
    }
    let _ = terms(&"\"a ".repeat(2000));
}
