//! Tables in a dossier's folder, beside the documents.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test panics and says why it is skipped")]

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use irenic::{Dossier, Options, Reconstruction};
use irenic_model::jiff::civil::date;

const YEARS: &str = "conflict_id,location,side_a,side_b,incompatibility,year,intensity_level,type_of_conflict,version\n\
    901,Examplia,Government of Examplia,\"NF, SF\",1,2001,1,3,25.1\n\
    902,Examplia,Government of Examplia,WF,2,2003,2,3,25.1\n\
    901,Examplia,Government of Examplia,NF,1,2002,2,3,25.1\n\
    901,Examplia,Government of Examplia,NF,1,2006,1,3,25.1\n";

const CEASEFIRES: &str = "uniq_id,cf_id,location,actor_name,ucdp_acd_id,cf_dec_yr,cf_dec_month,cf_dec_day,partial\n\
    1,1,Examplia,Government of Examplia,901,2002,12,3,0\n1,1,Examplia,NF,901,2002,12,3,0\n\
    2,2,Examplia,WF,902,2003,12,3,0\n";

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn reconstructed(folder: &Path) -> (Vec<String>, Reconstruction) {
    let dossier = Dossier::open(&[folder.to_path_buf()], &());
    let notes = dossier.notes.clone();
    (notes, dossier.reconstruct(Options { as_of: Some(date(2025, 12, 31)), known_by: None }, &()))
}

/// The years at which the intervals of the UCDP model begin, and their cycles.
fn active_years(found: &Reconstruction) -> Vec<(i16, u32, String)> {
    let intervals = found.stages_of("ucdp");
    intervals.map(|it| (it.from.unwrap().year(), it.cycle, it.stage.clone())).collect()
}

#[test]
fn the_number_in_the_configuration_picks_the_rows() {
    let folder = folder(&[
        ("conflict.toml", "ucdp = 901\n"),
        ("years.csv", YEARS),
        ("truces.csv", CEASEFIRES),
        ("other.csv", "a,b\n1,2\n"),
        ("note.md", "Talks were held on 4 May 2004.\n"),
    ]);
    let (notes, found) = reconstructed(folder.path());
    assert_eq!(
        active_years(&found),
        [
            (2001, 1, "minor armed conflict".to_owned()),
            (2002, 1, "war".to_owned()),
            (2006, 2, "minor armed conflict".to_owned())
        ]
    );
    let used: Vec<_> = found.tables.iter().map(|it| (it.file.as_str(), it.evidence)).collect();
    assert_eq!(used, [("truces.csv", 1), ("years.csv", 3)]);
    let rows = found.evidence.iter().map(|it| it.provenance.to_string());
    assert!(rows.clone().any(|row| row == "years.csv:5") && rows.clone().any(|row| row == "truces.csv:2"));
    assert!(!rows.into_iter().any(|row| row == "years.csv:3"), "another conflict's row");
    assert!(notes.iter().any(|note| note.starts_with("other.csv:")), "{notes:?}");
}

#[test]
fn without_a_number_the_parties_pick_and_it_is_said() {
    let config =
        "[[party]]\nname = \"Examplia\"\n\n[[party]]\nname = \"Western Front\"\naliases = [\"WF\"]\n";
    let folder =
        folder(&[("conflict.toml", config), ("years.csv", YEARS), ("note.md", "Nothing happened.\n")]);
    let (notes, found) = reconstructed(folder.path());
    assert_eq!(active_years(&found), [(2003, 1, "war".to_owned())]);
    assert!(
        notes.iter().any(|note| note.contains("UCDP conflict 902 (Government of Examplia against WF)")),
        "{notes:?}"
    );
}

#[test]
fn a_table_that_cannot_be_read_is_named() {
    let folder =
        folder(&[("conflict.toml", "ucdp = 901\n"), ("empty.csv", ""), ("note.md", "Nothing happened.\n")]);
    let (_, found) = reconstructed(folder.path());
    assert_eq!(found.failures.len(), 1);
    assert!(found.failures[0].message.starts_with("empty.csv: is empty"), "{:?}", found.failures);
}

#[test]
fn a_table_alone_tells_the_present_and_who_ended_fighting_when() {
    let years = format!("{YEARS}902,Examplia,Government of Examplia,WF,2,2010,2,3,25.1\n");
    let folder = folder(&[("conflict.toml", "ucdp = 901\n"), ("years.csv", &years)]);
    let dossier = Dossier::open(&[folder.path().to_path_buf()], &());
    let found = dossier.reconstruct(Options::default(), &());
    assert_eq!(found.as_of, date(2010, 12, 31), "the table covers 2010");
    let table = &found.tables[0];
    assert_eq!((table.rows_read, table.rows_refused, table.until), (5, 0, Some(date(2010, 12, 31))));
    assert_eq!(found.current_stage().map(|it| it.stage.as_str()), Some("abatement"));
    let question = found.outlook_question().unwrap();
    assert_eq!((question.end, question.quiet_years), (Some(2006), 4));
}

/// The Karabakh example with UCDP's table beside it, where the shared folder is.
#[test]
fn stages_by_year_agree_with_ucdps_activity() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut places: Vec<PathBuf> = env::var_os("IRENIC_SHARED").map(PathBuf::from).into_iter().collect();
    places.extend(root.ancestors().map(|folder| folder.join("../shared")));
    let table = places
        .into_iter()
        .map(|place| place.join("data/ucdp/ucdp_prio_acd_25.1.csv"))
        .find(|it| it.is_file());
    let Some(table) = table else {
        return println!("skipped: no shared folder with data sets (set IRENIC_SHARED)");
    };
    let example = root.join("../../examples/karabakh");
    for with_documents in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        for entry in fs::read_dir(&example).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let is_document = !matches!(name.as_str(), "expected.toml" | "README.md");
            if name == "conflict.toml" || with_documents && is_document {
                fs::copy(&path, folder.path().join(&name)).unwrap();
            }
        }
        fs::copy(&table, folder.path().join("acd.csv")).unwrap();
        let (_, found) = reconstructed(folder.path());
        agrees_with_ucdp(&found, with_documents);
        if with_documents {
            let war = found.life_cycle().find(|it| it.from == Some(date(2020, 9, 27)));
            assert_eq!(war.map(|it| it.stage.as_str()), Some("war"), "the table dates it by its year alone");
        }
    }
}

fn agrees_with_ucdp(found: &Reconstruction, with_documents: bool) {
    let active = active_years(found);
    let mut years: Vec<i16> = Vec::new();
    for reasons in found.stages_of("ucdp").flat_map(|it| &it.reasons) {
        for row in &reasons.evidence {
            let of = found.evidence.iter().find(|it| it.provenance == *row).unwrap();
            years.push(of.when.unwrap().from().year());
        }
    }
    years.sort_unstable();
    years.dedup();
    let expected = [
        1991, 1992, 1993, 1994, 1997, 1998, 2005, 2008, 2012, 2014, 2015, 2016, 2017, 2020, 2021, 2022, 2023,
    ];
    assert_eq!(years, expected, "with documents: {with_documents}");
    assert_eq!(active.iter().map(|(_, cycle, _)| *cycle).max(), Some(7), "with documents: {with_documents}");
}
