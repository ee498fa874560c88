//! The readers on the data sets themselves, where the shared folder is.

use std::env;
use std::path::{Path, PathBuf};

use irenic_records::{
    ConflictYear, DataSet, Level, Outcome, Problems, Record, RecordsError, Table, TerminationYear, read,
};

/// The folder with the data sets, or a word that the test is skipped.
fn data() -> Option<PathBuf> {
    let mut places: Vec<PathBuf> = env::var_os("IRENIC_SHARED").map(PathBuf::from).into_iter().collect();
    places.extend(Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|folder| folder.join("../shared")));
    let found = places.into_iter().map(|place| place.join("data")).find(|place| place.is_dir());
    if found.is_none() {
        println!("skipped: no shared folder with data sets (set IRENIC_SHARED)");
    }
    found
}

fn all<T: Record>(path: &Path) -> (Vec<T>, Problems) {
    read(Table::open(path).unwrap()).unwrap().all()
}

#[test]
fn conflict_years_are_read_whole() {
    let Some(data) = data() else { return };
    let path = data.join("ucdp/ucdp_prio_acd_25.1.csv");
    assert_eq!(Table::open(&path).unwrap().version(), Some("25.1"));
    let (rows, problems) = all::<ConflictYear>(&path);
    assert_eq!(rows.len(), 2751);
    assert!(problems.is_empty(), "{:?}", problems.diagnostics());
    assert_eq!(rows.iter().filter(|row| row.episode_ends == Some(true)).count(), 559);
}

#[test]
fn both_termination_files_are_read_whole() {
    let Some(data) = data() else { return };
    for (file, level, count) in [
        ("ucdp_term_acd_3-2021.csv", Level::Conflict, 2506),
        ("ucdp_term_dyad_3-2021.csv", Level::Dyad, 3140),
    ] {
        let path = data.join("ucdp").join(file);
        assert_eq!(Table::open(&path).unwrap().data_set(), Some(DataSet::Termination(level)));
        let (rows, problems) = all::<TerminationYear>(&path);
        assert_eq!(rows.len(), count);
        assert_eq!(problems.rows_refused(), 0);
        assert!(rows.iter().all(|row| row.dyad_id.is_some() == (level == Level::Dyad)));
        assert!(rows.iter().any(|row| row.outcome == Some(Outcome::ActorGone)));
    }
}

#[test]
fn a_table_of_another_data_set_is_told() {
    let Some(data) = data() else { return };
    let table = Table::open(&data.join("ucdp/ucdp_prio_acd_25.1.csv")).unwrap();
    let error: RecordsError = read::<TerminationYear>(table).err().unwrap();
    assert!(error.to_string().contains("UCDP/PRIO Armed Conflict, where"), "{error}");
}
