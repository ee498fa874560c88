//! The architecture as tests: crate edges, file headers, what only some levels may do, and that no conflict has its name in
//! code or rules.

#![allow(clippy::print_stderr, reason = "a test says what it skips")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The level of each crate; a crate depends only on crates of a lower one. The same table stands in ARCHITECTURE.md.
const LEVELS: &[(&str, u8)] = &[
    ("irenic-model", 0),
    ("irenic-read", 1),
    ("irenic-language", 1),
    ("irenic-records", 1),
    ("irenic-cycle", 1),
    ("irenic-survival", 1),
    ("irenic-extract", 2),
    ("irenic-accounts", 2),
    ("irenic-outlook", 2),
    ("irenic-ledger", 3),
    ("irenic-catalogue", 3),
    ("irenic", 4),
    ("irenic-report", 5),
    ("irenic-server", 6),
    ("irenic-python", 6),
    ("irenic-cli", 7),
    // Tools for development: nothing depends on them but each other.
    ("fieldtest", 8),
    ("xtask", 9),
];

/// What code below level 5 must not do, and the crates that may.
const RESERVED: &[(&str, &[&str])] = &[
    ("println!", &[]),
    ("eprintln!", &[]),
    ("SystemTime::now", &[]),
    ("Instant::now", &[]),
    ("Zoned::now", &[]),
    ("Timestamp::now", &[]),
    ("std::env::var", &[]),
    ("env::var(", &[]),
    ("File::open", &["irenic-read", "irenic-records", "irenic-ledger", "irenic-catalogue"]),
    ("fs::read", &["irenic-read", "irenic-records", "irenic-ledger", "irenic-catalogue"]),
    ("TcpStream", &["irenic-catalogue"]),
    ("std::net", &["irenic-catalogue"]),
    ("ureq", &["irenic-catalogue"]),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the workspace").to_path_buf()
}

fn level(name: &str) -> Option<u8> {
    LEVELS.iter().find(|(known, _)| *known == name).map(|(_, level)| *level)
}

/// Every package of the workspace: its name and folder.
fn packages() -> BTreeMap<String, PathBuf> {
    let mut folders: Vec<PathBuf> = fs::read_dir(root().join("crates"))
        .expect("crates/ can be listed")
        .map(|entry| entry.expect("an entry of crates/").path())
        .filter(|path| path.join("Cargo.toml").is_file())
        .collect();
    folders.push(root().join("xtask"));
    folders
        .into_iter()
        .map(|folder| {
            let manifest = manifest(&folder);
            let name = manifest["package"]["name"].as_str().expect("a package has a name").to_owned();
            (name, folder)
        })
        .collect()
}

fn manifest(folder: &Path) -> toml::Table {
    let text = fs::read_to_string(folder.join("Cargo.toml")).expect("a manifest can be read");
    text.parse().expect("a manifest is TOML")
}

/// Files below `folder` that end in `.extension`, in order.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for path in entries.flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                if path.file_name().is_none_or(|name| name != "target") {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|e| e == extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

/// The code of a file: without comments and without what follows its test module's opening.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .take_while(|(_, line)| !line.starts_with("#[cfg(test)]"))
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .map(|(number, line)| (number + 1, line))
}

/// Whether a file under `src/` holds tests alone.
fn is_test(path: &Path) -> bool {
    path.components().any(|part| part.as_os_str() == "tests")
        || path.file_stem().is_some_and(|stem| stem == "tests" || stem == "testing")
}

#[test]
fn crates_depend_on_lower_levels_only() {
    let packages = packages();
    let mut wrong = Vec::new();
    for (name, folder) in &packages {
        let Some(own) = level(name) else {
            wrong.push(format!("{name}: has no level; give it one here and in ARCHITECTURE.md"));
            continue;
        };
        let manifest = manifest(folder);
        for kind in ["dependencies", "build-dependencies", "dev-dependencies"] {
            let Some(table) = manifest.get(kind).and_then(toml::Value::as_table) else { continue };
            for dependency in table.keys().filter(|key| packages.contains_key(*key)) {
                if level(dependency).is_none_or(|theirs| theirs >= own) {
                    wrong.push(format!("{name} must not depend on {dependency} ({kind})"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Only the catalogue opens connections, and only the command line can ask it to.
#[test]
fn only_the_catalogue_knows_of_the_network() {
    for (name, folder) in packages() {
        let manifest = manifest(&folder);
        let depends = |on: &str| {
            let table = manifest.get("dependencies").and_then(toml::Value::as_table);
            table.is_some_and(|table| table.contains_key(on))
        };
        assert_eq!(depends("ureq"), name == "irenic-catalogue", "{name}");
        assert!(!depends("irenic-catalogue") || name == "irenic-cli", "{name} must not reach the network");
    }
}

#[test]
fn architecture_md_names_every_crate() {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md can be read");
    let missing: Vec<String> =
        packages().into_keys().filter(|name| !text.contains(&format!("`{name}`"))).collect();
    assert!(missing.is_empty(), "ARCHITECTURE.md does not name {missing:?}");
}

#[test]
fn every_file_says_what_it_holds() {
    let bare: Vec<String> = packages()
        .values()
        .flat_map(|folder| files(folder, "rs"))
        .filter(|path| !fs::read_to_string(path).expect("a source file is UTF-8").starts_with("//! "))
        .map(|path| shown(&path))
        .collect();
    assert!(bare.is_empty(), "no `//!` header: {bare:#?}");
}

#[test]
fn below_the_faces_nothing_prints_or_reads_the_clock() {
    let mut wrong = Vec::new();
    for (name, folder) in packages() {
        if level(&name).is_none_or(|level| level >= 5) {
            continue;
        }
        for path in files(&folder.join("src"), "rs").into_iter().filter(|path| !is_test(path)) {
            let text = fs::read_to_string(&path).expect("a source file is UTF-8");
            for (number, line) in code(&text) {
                for (word, allowed) in RESERVED {
                    if line.contains(word) && !allowed.contains(&name.as_str()) {
                        wrong.push(format!("{}:{number}: {word}", shown(&path)));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Names of conflicts, parties, places and persons that the shipped examples are about, and, where the shared folder is,
/// of every rebel side and contested territory that UCDP lists.
fn names() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for path in files(&root().join("examples"), "toml") {
        if path.file_name().is_none_or(|name| name != "conflict.toml") {
            continue;
        }
        let text = fs::read_to_string(&path).expect("an example's conflict.toml can be read");
        let table: toml::Table = text.parse().expect("conflict.toml is TOML");
        for party in table.get("party").and_then(toml::Value::as_array).into_iter().flatten() {
            names.extend(party["name"].as_str().map(str::to_owned));
            names.extend(strings(party.get("aliases")));
        }
        for place in table.get("place").and_then(toml::Value::as_array).into_iter().flatten() {
            names.extend(strings(place.get("names")));
        }
    }
    names.extend(recorded_names());
    // A name of one short word may be a common word elsewhere ("Free", "Mon").
    names.retain(|name| name.len() > 4 && name.chars().next().is_some_and(char::is_uppercase));
    names
}

fn strings(value: Option<&toml::Value>) -> Vec<String> {
    let list = value.and_then(toml::Value::as_array);
    list.into_iter().flatten().filter_map(|name| name.as_str().map(str::to_owned)).collect()
}

fn recorded_names() -> Vec<String> {
    let shared = std::env::var("IRENIC_SHARED").map_or_else(|_| root().join("../shared"), PathBuf::from);
    let table = shared.join("data/ucdp/ucdp_prio_acd_25.1.csv");
    let Ok(text) = fs::read_to_string(&table) else {
        eprintln!("skipped the names of the world's record: no {} (set IRENIC_SHARED)", table.display());
        return Vec::new();
    };
    let mut rows = text.lines();
    let header: Vec<&str> = rows.next().unwrap_or_default().split(',').collect();
    let columns: Vec<usize> = ["side_b", "territory_name"]
        .iter()
        .filter_map(|name| header.iter().position(|h| h == name))
        .collect();
    let mut names = Vec::new();
    for row in rows.filter(|row| !row.contains('"')) {
        let cells: Vec<&str> = row.split(',').collect();
        names.extend(columns.iter().filter_map(|&column| cells.get(column)).map(|cell| (*cell).to_owned()));
    }
    // "Government of X" is the class's own word with a country's name; the territories called after a common word are not names.
    names.retain(|name| name.contains(' ') && !name.starts_with("Government"));
    names.retain(|name| !["Common Border", "Common border", "Islamic State"].contains(&name.as_str()));
    names
}

#[test]
fn no_conflict_is_named_in_code_or_rules() {
    let names = names();
    assert!(names.len() > 10, "the examples give too few names to look for: {names:?}");
    let mut found = Vec::new();
    for (package, folder) in packages() {
        // The tools may name what they measure.
        if level(&package).is_none_or(|level| level >= 8) {
            continue;
        }
        for path in files(&folder.join("src"), "rs").into_iter().filter(|path| !is_test(path)) {
            let text = fs::read_to_string(&path).expect("a source file is UTF-8");
            note(&names, code(&text), &path, &mut found);
        }
    }
    for path in files(&root().join("rules"), "toml") {
        let text = fs::read_to_string(&path).expect("a rule file is UTF-8");
        if path.file_stem().is_some_and(|stem| stem.to_string_lossy().ends_with("-examples")) {
            continue;
        }
        note(&names, rules(&text), &path, &mut found);
    }
    assert!(found.is_empty(), "names in code or rules:\n{}", found.join("\n"));
}

fn note<'a>(
    names: &BTreeSet<String>,
    lines: impl Iterator<Item = (usize, &'a str)>,
    path: &Path,
    found: &mut Vec<String>,
) {
    for (number, line) in lines {
        found.extend(
            names
                .iter()
                .filter(|name| has_word(line, name))
                .map(|name| format!("{}:{number}: {name}", shown(path))),
        );
    }
}

/// The lines of a rule file that are rules: not comments, and not examples, which are sentences about the world.
fn rules(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut in_examples = false;
    text.lines().enumerate().filter_map(move |(number, line)| {
        let trimmed = line.trim_start();
        let key = trimmed.split(['=', ' ']).next().unwrap_or_default();
        if trimmed.starts_with('[') || (trimmed.contains('=') && !trimmed.starts_with(['"', '{', '\''])) {
            let key = key.trim_matches(['[', ']']);
            in_examples = ["example", "text", "sentence"].iter().any(|word| key.contains(word));
        }
        (!in_examples && !trimmed.starts_with('#')).then_some((number + 1, line))
    })
}

fn has_word(line: &str, name: &str) -> bool {
    line.match_indices(name).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + name.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}
