//! UCDP's own episodes from its tables, where the shared folder is: all of them, or a difference with its reason.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test panics and says why it is skipped")]

use std::env;
use std::path::{Path, PathBuf};

use irenic::{Check, DifferenceKind, EpisodeConfig, Level, RecordEpisodes, Table};

fn data() -> Option<PathBuf> {
    let mut places: Vec<PathBuf> = env::var_os("IRENIC_SHARED").map(PathBuf::from).into_iter().collect();
    places.extend(Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|folder| folder.join("../shared")));
    let found = places.into_iter().map(|place| place.join("data/ucdp")).find(|place| place.is_dir());
    if found.is_none() {
        println!("skipped: no shared folder with data sets (set IRENIC_SHARED)");
    }
    found
}

fn at(level: Level) -> EpisodeConfig {
    EpisodeConfig { level, ..EpisodeConfig::default() }
}

fn episodes(path: &Path, config: &EpisodeConfig) -> RecordEpisodes {
    RecordEpisodes::of(Table::open(path).unwrap(), config).unwrap()
}

fn checked(table: &Path, termination: &Path, level: Level) -> Check {
    let config = at(level);
    Check::of(&episodes(table, &config), &config, Table::open(termination).unwrap()).unwrap()
}

/// Rows whose number is not the file's, by the differences that are listed.
fn years_told(check: &Check) -> usize {
    let numbers = check.differences.iter().filter(|it| it.kind == DifferenceKind::Number);
    numbers.map(|it| usize::try_from(it.until_year - it.from_year + 1).unwrap()).sum()
}

#[test]
fn the_conflict_level_differs_only_where_the_file_contradicts_itself() {
    let Some(data) = data() else { return };
    let file = data.join("ucdp_term_acd_3-2021.csv");
    let check = checked(&file, &file, Level::Conflict);
    assert_eq!((check.rows, check.episodes), (2506, 581));
    assert_eq!((check.starts_same, check.ends_same), (581, 581));
    assert_eq!((check.numbers_same, check.rows - years_told(&check)), (2496, 2496));
    assert!(check.differences.iter().all(|it| it.own_inconsistency && it.from_year == 2020));
    assert_eq!(check.differences.len(), 21);
    let quirk = check.differences.iter().find(|it| it.conflict_id == 388).unwrap();
    assert_eq!((quirk.ours.as_str(), quirk.theirs.as_str()), ("7", "6"));
    assert!(quirk.reason.contains("2017-12-14"), "{quirk}");
}

#[test]
fn the_dyad_level_differs_only_where_the_file_contradicts_itself() {
    let Some(data) = data() else { return };
    let file = data.join("ucdp_term_dyad_3-2021.csv");
    let check = checked(&file, &file, Level::Dyad);
    assert_eq!((check.rows, check.episodes), (3140, 920));
    assert_eq!((check.starts_same, check.ends_same), (920, 920));
    assert_eq!(check.rows - check.numbers_same, years_told(&check));
    assert!(check.differences.iter().all(|it| it.own_inconsistency));
    assert_eq!(check.differences.len(), 17);
}

#[test]
fn the_years_of_a_later_version_give_the_same_episodes_or_say_why_not() {
    let Some(data) = data() else { return };
    let check = checked(
        &data.join("ucdp_prio_acd_25.1.csv"),
        &data.join("ucdp_term_acd_3-2021.csv"),
        Level::Conflict,
    );
    assert_eq!(check.rows, 2506);
    // Each unit whose episodes differ has a year that only one of the tables has.
    let other_years: Vec<u32> = (check.differences.iter())
        .filter(|it| it.kind == DifferenceKind::Activity)
        .map(|it| it.conflict_id)
        .collect();
    assert!(
        check.differences.iter().all(|it| it.own_inconsistency || other_years.contains(&it.conflict_id)),
        "{:?}",
        check.differences
    );
}

#[test]
fn dyad_years_give_the_conflicts_years() {
    let Some(data) = data() else { return };
    let config = at(Level::Conflict);
    let of_dyads = episodes(&data.join("ucdp_term_dyad_3-2021.csv"), &config);
    let of_conflicts = episodes(&data.join("ucdp_term_acd_3-2021.csv"), &config);
    let years = |found: &RecordEpisodes| -> Vec<_> {
        found.episodes.iter().map(|it| (it.conflict_id, it.episode)).collect()
    };
    assert_eq!(years(&of_dyads), years(&of_conflicts));
}

#[test]
fn the_tables_own_marks_of_ends_are_ours() {
    let Some(data) = data() else { return };
    let found = episodes(&data.join("ucdp_prio_acd_25.1.csv"), &at(Level::Conflict));
    assert_eq!(found.episodes.iter().filter(|it| !it.episode.ongoing).count(), 559);
    assert!(found.episodes.iter().all(|it| it.last.end.is_some() != it.episode.ongoing));
}

#[test]
fn events_give_episodes_under_any_threshold() {
    let Some(data) = data() else { return };
    let of = |deaths_min| {
        let config = EpisodeConfig { deaths_min, conflict: Some(221), ..EpisodeConfig::default() };
        episodes(&data.join("ged_myanmar.csv"), &config).episodes.len()
    };
    assert!(of(1000) <= of(100) && 0 < of(25));
    assert!(of(25) != of(100), "the threshold decides");
}
