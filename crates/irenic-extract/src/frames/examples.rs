//! Runs the examples and counter-examples of a file of frames.

use std::collections::BTreeMap;

use irenic_model::{Span, Statement};
use serde::Deserialize;

use crate::Input;
use crate::reading::Reading;

#[derive(Deserialize)]
struct File {
    frame: Vec<Frame>,
}

#[derive(Deserialize)]
struct Frame {
    name: String,
    #[serde(default)]
    examples: Vec<String>,
    #[serde(default)]
    counter_examples: Vec<String>,
}

/// What a finder makes of a statement: its name, and what fills its places.
pub(crate) type Told = (String, BTreeMap<&'static str, String>);

/// Each example's word must name the frame with just the places it gives; no counter-example's word may name it.
pub(crate) fn check(
    rules: &str,
    find: impl Fn(&Input<'_>) -> Vec<Statement>,
    told: impl Fn(&Statement) -> Option<Told>,
) {
    let file: File = toml::from_str(rules).expect("a file of frames");
    let run = |marked: &str| {
        let trigger = marked.find('[').expect("an example marks its word");
        let text = marked.replace(['[', ']'], "");
        let reading = Reading::of(&text).with_mentions();
        let analysis = &reading.analysis;
        let found: Vec<(Span, Told)> =
            find(&reading.input()).iter().filter_map(|one| Some((one.span, told(one)?))).collect();
        let token = |at: usize| {
            let token = &analysis.tokens[at];
            format!("{at}:{}/{:?}/{:?}>{:?}", token.span.of(&text), token.upos, token.relation, token.head)
        };
        let tree: Vec<String> = (0..analysis.tokens.len()).map(token).collect();
        (trigger, found, tree.join(" "))
    };
    let (mut wrong, mut all) = (Vec::new(), 0);
    for frame in &file.frame {
        for example in &frame.examples {
            all += 1;
            let (text, expected) = example.split_once("=>").expect("an example gives its places");
            let expected: BTreeMap<&str, &str> =
                expected.split(';').filter_map(|part| part.trim().split_once(": ")).collect();
            let (trigger, found, tree) = run(text.trim());
            let hit = found.iter().any(|(span, (name, places))| {
                let same = places.len() == expected.len()
                    && places.iter().all(|(place, words)| expected.get(place) == Some(&words.as_str()));
                *name == frame.name && span.holds(trigger) && same
            });
            if !hit {
                wrong.push(format!("{}: {example}\n    found {found:?}\n    {tree}", frame.name));
            }
        }
        for counter in &frame.counter_examples {
            all += 1;
            let (trigger, found, tree) = run(counter);
            if found.iter().any(|(span, (name, _))| *name == frame.name && span.holds(trigger)) {
                wrong.push(format!(
                    "{}: counter-example {counter}\n    found {found:?}\n    {tree}",
                    frame.name
                ));
            }
        }
    }
    assert!(all >= 10, "only {all} examples");
    assert!(wrong.is_empty(), "{}\n{} of {all} wrong", wrong.join("\n"), wrong.len());
}
