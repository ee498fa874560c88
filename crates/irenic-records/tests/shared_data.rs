//! The readers on the data sets themselves, where the shared folder is.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test panics and says why it is skipped")]

use std::env;
use std::path::{Path, PathBuf};

use irenic_records::{
    BattleDeaths, Ceasefire, CeasefireRow, ConflictYear, DataSet, EventRow, GedEvent, Level, Outcome,
    PaxAgreement, PeaceAgreement, Problems, Record, RecordsError, Table, TerminationYear, ceasefires, read,
    read_events,
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

#[test]
fn every_data_set_is_recognised_with_its_version_and_read() {
    let Some(data) = data() else { return };
    let count = |file: &str, rows: usize, problems: &Problems| {
        assert_eq!((rows as u64, problems.rows_refused()), (problems.rows_read(), 0), "{file}: {problems:?}");
        rows
    };
    let typed: [(&str, DataSet, Option<&str>, usize); 7] = [
        ("ucdp/ged_myanmar.csv", DataSet::Ged, None, 7374),
        ("ucdp/ged_23.1_sample1000_all49cols.csv", DataSet::Ged, Some("23.1"), 1000),
        ("ucdp/ucdp_brd_dyadic_22.1.csv", DataSet::BattleDeaths(Level::Dyad), Some("22.1"), 1403),
        ("ucdp/ucdp_peace_agreements_22.1.csv", DataSet::PeaceAgreements, Some("22.1"), 374),
        ("agreements/eth_prio_ceasefires_oct2022.csv", DataSet::Ceasefires, None, 4091),
        ("agreements/pax_all_agreements_v10.csv", DataSet::PaX, Some("10"), 2257),
        ("events/icews_2018_sample.csv", DataSet::Icews, None, 3705),
    ];
    for (file, set, version, rows) in typed {
        let path = data.join(file);
        let table = Table::open(&path).unwrap();
        assert_eq!((table.data_set(), table.version()), (Some(set), version), "{file}");
        let read = match set {
            DataSet::Ged => {
                let (rows, problems) = all::<GedEvent>(&path);
                let (events, _) = events(&path);
                assert_eq!(
                    events.iter().map(|it| it.best.unwrap()).sum::<u64>(),
                    rows.iter().map(|it| it.best).sum()
                );
                count(file, rows.len(), &problems)
            }
            DataSet::BattleDeaths(_) => {
                let (rows, problems) = all::<BattleDeaths>(&path);
                count(file, rows.len(), &problems)
            }
            DataSet::PeaceAgreements => {
                let (rows, problems) = all::<PeaceAgreement>(&path);
                count(file, rows.len(), &problems)
            }
            DataSet::Ceasefires => {
                let (rows, problems) = all::<CeasefireRow>(&path);
                count(file, rows.len(), &problems)
            }
            DataSet::PaX => {
                let (rows, problems) = all::<PaxAgreement>(&path);
                count(file, rows.len(), &problems)
            }
            _ => {
                let (rows, problems) = events(&path);
                count(file, rows.len(), &problems)
            }
        };
        assert_eq!(read, rows, "{file}");
    }
}

#[test]
fn a_file_may_mix_gdelts_forms() {
    let Some(data) = data() else { return };
    let (rows, problems) = events(&data.join("events/gdelt2_export_sample_raw.tsv"));
    assert_eq!(rows.len(), 200, "{problems:?}");
    assert_eq!(rows[0].place.as_deref(), Some("Waterkloof, Free State, South Africa"));
    let algeria = rows.iter().find(|row| row.id.as_deref() == Some("253461011")).unwrap();
    assert_eq!((algeria.country.as_deref(), algeria.latitude), (Some("AG"), Some(28.0)));
}

#[test]
fn a_ceasefire_is_one_however_many_parties_it_has() {
    let Some(data) = data() else { return };
    let (rows, _) = all::<CeasefireRow>(&data.join("agreements/eth_prio_ceasefires_oct2022.csv"));
    let found = ceasefires(rows);
    assert_eq!(found.len(), 2203);
    assert_eq!(found.iter().find(|it| it.id == 750_142).unwrap().parties.len(), 16);
    assert!(found.iter().any(Ceasefire::is_contested));
    assert!(found.iter().all(|it| it.declared().is_some()));
    let unknown = found.iter().filter(|it| it.end().is_none()).count();
    assert!(0 < unknown && unknown < found.len(), "0 and -1 are not dates");
}

fn events(path: &Path) -> (Vec<EventRow>, Problems) {
    let mut events = read_events(Table::open(path).unwrap(), None).unwrap();
    let rows = events.by_ref().collect();
    (rows, events.problems().clone())
}
