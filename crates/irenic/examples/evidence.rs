//! Prints the dated evidence of a folder, one piece a line, then the stages that come of it: `cargo run -p irenic --example evidence FOLDER`.

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
    for interval in found.life_cycle() {
        let day = |day: Option<irenic_model::jiff::civil::Date>| {
            day.map_or_else(|| "?".to_owned(), |day| day.to_string())
        };
        let rules: Vec<&str> = interval.reasons.iter().map(|reason| reason.rule.as_str()).collect();
        let until = if interval.ongoing { "ongoing".to_owned() } else { day(interval.until) };
        println!(
            "= {} {} {}..{until} {}{}",
            interval.cycle,
            interval.stage,
            day(interval.from),
            rules.join(" "),
            interval.rival.as_ref().map_or_else(String::new, |rival| format!(", others: {rival}"))
        );
        for reason in &interval.reasons {
            let words = reason.evidence.iter().take(3).map(|id| match found.words_of(id) {
                Some((number, span)) => span.of(&found.readings[number].document.text).replace('\n', " "),
                None => id.to_string(),
            });
            println!("    {}: {}", reason.rule, words.collect::<Vec<_>>().join(" | "));
        }
    }
}
