//! Prints the dated evidence of a folder, one piece a line: `cargo run -p irenic --example evidence FOLDER`.

#![allow(clippy::print_stdout, reason = "an example that prints")]

use std::path::PathBuf;

use irenic::{Dossier, Options};

fn main() {
    let paths: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let found = Dossier::open(&paths, &()).reconstruct(Options::default(), &());
    for piece in &found.evidence {
        let (id, words) = match found.words_of(&piece.provenance) {
            Some((number, span)) => {
                let document = &found.readings[number].document;
                (document.source.id.clone(), span.of(&document.text).replace('\n', " "))
            }
            None => (piece.provenance.to_string(), String::new()),
        };
        let when =
            piece.when.map_or_else(|| "-".to_owned(), |when| format!("{}..{}", when.from(), when.until()));
        let disputed = if piece.disputed { " disputed" } else { "" };
        println!("{when} {}: {:?}{disputed} [{id}] {words}", piece.rule, piece.observation);
    }
}
