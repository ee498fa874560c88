//! Files with bytes changed, cut, doubled and put elsewhere: each ends in a document that holds together, or in an error.
//!
//! The changes are the same at each run. `IRENIC_MUTATIONS=100000 cargo test -p irenic-read --test mutated` tries more than
//! the few hundred that every run tries; it is the fuzz targets' work where no nightly compiler is at hand.

#[path = "support/dice.rs"]
mod dice;
mod support;

use std::fs;
use std::path::Path;

use dice::{Dice, rounds};
use irenic_read::{ReadConfig, read_bytes};

const BY_DEFAULT: u64 = 300;

/// What readers stumble over.
const WORDS: [&[u8]; 12] = [
    b"<table><tr><td>",
    b"</div>",
    b"[^1]:",
    b"| - |",
    b"\xff\xfe",
    b"\xe2\x80",
    b"\0",
    b"---\n",
    b"endobj",
    b"]]>",
    b"99999999999999999999",
    "\u{ad}\u{301}\u{200d}".as_bytes(),
];

fn mutated(seed: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=dice.roll(6) {
        let at = dice.roll(bytes.len() + 1);
        let end = (at + dice.roll(64)).min(bytes.len());
        match dice.roll(6) {
            0 if at < bytes.len() => bytes[at] = dice.roll(256) as u8,
            1 => drop(bytes.drain(at..end)),
            2 => {
                let piece = bytes[at..end].to_vec();
                let place = dice.roll(bytes.len() + 1);
                drop(bytes.splice(place..place, piece));
            }
            3 => bytes.truncate(at),
            4 if at < bytes.len() => bytes[at] ^= 1 << dice.roll(8),
            _ => drop(bytes.splice(at..at, WORDS[dice.roll(WORDS.len())].iter().copied())),
        }
    }
    bytes
}

#[test]
fn no_change_of_a_file_breaks_its_reader() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let mut seeds = Vec::new();
    for folder in ["karabakh", "aceh"] {
        for entry in fs::read_dir(examples.join(folder)).expect("the examples ship") {
            let path = entry.expect("an entry").path();
            seeds.push((
                path.file_name().expect("a name").to_string_lossy().into_owned(),
                fs::read(&path).expect("a file"),
            ));
        }
    }
    seeds.sort();
    let mut dice = Dice::new(0x9e37_79b9_7f4a_7c15);
    let mut read = 0;
    for round in 0..rounds(BY_DEFAULT) {
        let (name, seed) = &seeds[round as usize % seeds.len()];
        if let Ok(document) = read_bytes(name, &mutated(seed, &mut dice), &ReadConfig::default()) {
            support::check(&document);
            read += 1;
        }
    }
    assert!(read > 0, "some changed file is still a document");
}
