//! The examples and counter-examples of `rules/en/negotiations.toml`.

use irenic_model::{Content, Participant};

use super::negotiations;
use crate::frames::examples::check;
use crate::reading::Reading;

#[test]
fn examples_and_counter_examples() {
    check(include_str!("../../../../rules/en/negotiations.toml"), negotiations, |statement| {
        let Content::Negotiation(told) = &statement.content else { return None };
        let names =
            |list: &[Participant]| list.iter().map(|one| one.text.clone()).collect::<Vec<_>>().join(", ");
        let places = [
            ("who", names(&told.who)),
            ("whom", names(&told.whom)),
            ("what", told.what.clone().unwrap_or_default()),
        ];
        let filled = places.into_iter().filter(|(_, words)| !words.is_empty()).collect();
        Some((told.step.name().to_owned(), filled))
    });
}

#[derive(serde::Deserialize)]
struct File {
    frame: Vec<Frame>,
}

#[derive(serde::Deserialize)]
struct Frame {
    name: String,
    examples: Vec<String>,
    counter_examples: Vec<String>,
}

/// Who sits there by each meeting or signing whose clause holds the marked word.
fn rounds_at(marked: &str, name: &str) -> Vec<String> {
    let at = marked.find('[').expect("an example marks its word");
    let text = marked.replace(['[', ']'], "");
    let reading = Reading::of(&text).with_mentions().with_times();
    let told = negotiations(&reading.input());
    let of_step = |content: &Content| match content {
        Content::Negotiation(told) if told.step.name() == name && told.when.is_some() => {
            Some(told.who.iter().map(|one| one.text.clone()).collect::<Vec<_>>().join(", "))
        }
        _ => None,
    };
    told.iter().filter(|one| one.span.holds(at)).filter_map(|one| of_step(&one.content)).collect()
}

#[test]
fn examples_and_counter_examples_of_rounds() {
    let file: File =
        toml::from_str(include_str!("../../../../rules/en/rounds.toml")).expect("a file of frames");
    let mut wrong = Vec::new();
    for frame in &file.frame {
        for example in &frame.examples {
            let (text, places) = example.split_once("=>").expect("an example gives its places");
            let names: Vec<&str> = places
                .split(';')
                .filter_map(|part| part.trim().split_once(": "))
                .filter(|(place, _)| *place != "what")
                .map(|(_, names)| names)
                .collect();
            let found = rounds_at(text.trim(), &frame.name);
            if !found.contains(&names.join(", ")) {
                wrong.push(format!("{example}\n    found {found:?}"));
            }
        }
        for counter in &frame.counter_examples {
            let found = rounds_at(counter, &frame.name);
            if !found.is_empty() {
                wrong.push(format!("not: {counter}\n    found {found:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
