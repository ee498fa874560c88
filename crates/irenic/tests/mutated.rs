//! Texts with words changed, cut, doubled and put elsewhere: the road ends, and every span quotes its document.
//!
//! The changes are the same at each run. `IRENIC_MUTATIONS=10000 cargo test -p irenic --test mutated` tries more.

#[path = "../../irenic-read/tests/support/dice.rs"]
mod dice;

use std::fs;
use std::path::Path;

use dice::{Dice, rounds};
use irenic::{Dossier, Options, document_of_text};

const BY_DEFAULT: u64 = 40;

/// What rules stumble over.
const WORDS: [&str; 16] = [
    "",
    " ",
    "\n\n",
    "\"",
    "\u{201c}",
    "(",
    "[17]",
    "between 50 and",
    "31 February 2023",
    "the 1990s",
    "0",
    "so-called",
    "said that",
    "\u{ad}",
    "İ\u{307}",
    "99999999999999999999 killed",
];

fn mutated(seed: &str, dice: &mut Dice) -> String {
    let mut words: Vec<&str> = seed.split_inclusive(' ').collect();
    for _ in 0..=dice.roll(12) {
        let (at, other) = (dice.roll(words.len()), dice.roll(words.len()));
        match dice.roll(4) {
            0 => words.swap(at, other),
            1 => drop(words.drain(at..(at + dice.roll(8)).min(words.len()))),
            2 => words.insert(at, words[other]),
            _ => words.insert(at, WORDS[dice.roll(WORDS.len())]),
        }
        if words.is_empty() {
            break;
        }
    }
    words.concat()
}

#[test]
fn no_change_of_a_text_breaks_the_road() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let mut seeds = Vec::new();
    for folder in ["karabakh", "aceh"] {
        for entry in fs::read_dir(examples.join(folder)).expect("the examples ship") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|ending| ending == "md" || ending == "txt") {
                seeds.push(fs::read_to_string(&path).expect("a text"));
            }
        }
    }
    seeds.sort();
    let mut dice = Dice::new(0x2545_f491_4f6c_dd1d);
    for round in 0..rounds(BY_DEFAULT) {
        let text = mutated(&seeds[round as usize % seeds.len()], &mut dice);
        let found = Dossier::of_documents("a", vec![document_of_text("a.txt", None, &text)])
            .reconstruct(Options::default(), &());
        for reading in &found.readings {
            for statement in &reading.extraction.statements {
                assert!(!statement.span.of(&reading.document.text).is_empty(), "{text}");
            }
        }
    }
}
