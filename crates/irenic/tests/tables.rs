//! Tables in a dossier's folder, beside the documents.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test panics and says why it is skipped")]

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use irenic::{Dossier, Options, Reconstruction, Table};
use irenic_model::Observation;
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
fn without_a_configuration_the_documents_parties_pick_the_conflict_and_its_sides_the_events() {
    let text = "Chad attacked the Northern Front on 3 May 2001. The Northern Front attacked Chad on 5 May 2001. \
                Chad shelled the Northern Front on 7 May 2001. The Northern Front shelled Chad on 9 May 2001. \
                Chad bombed the Northern Front on 11 May 2001.\n";
    let years = "conflict_id,location,side_a,side_b,incompatibility,year,intensity_level,type_of_conflict,version\n\
                 901,Chad,Government of Chad,Northern Front,1,2001,1,3,25.1\n902,Chad,Government of Chad,Other,1,2005,1,3,25.1\n";
    let events = acled(&[("2001-05-04", STATE, "Northern Front", 30), ("2001-05-04", STATE, "Other", 90)]);
    let folder = folder(&[("note.md", text), ("years.csv", years), ("acled.csv", &events), ("bad.csv", "")]);
    let (notes, found) = reconstructed(folder.path());
    let told_of: Vec<_> = found.parties.iter().map(|party| (&party.name, &party.aliases)).collect();
    assert!(notes.iter().all(|note| !note.contains("acled")), "they wait for the documents");
    let notes = found.notes.join("\n");
    assert!(
        notes.contains("UCDP conflict 901 (Government of Chad against Northern Front)"),
        "{notes} {told_of:?}"
    );
    assert!(
        notes.contains("acled.csv: 1 row by the parties") && notes.contains("bad.csv: is empty"),
        "{notes}"
    );
    assert_eq!((deaths_in(&found, "acled.csv"), found.failures.len()), (30, 1));
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

const ACLED: &str = "event_id_cnty,event_date,event_type,sub_event_type,actor1,actor2,country,location,latitude,longitude,fatalities\n";

const PARTIES: &str = "[[party]]\nname = \"Government of Chad\"\ncountry = \"TCD\"\n\n[[party]]\nname = \"Northern Front\"\naliases = [\"NF\"]\n";

fn acled(rows: &[(&str, &str, &str, u32)]) -> String {
    let row = |(day, one, other, dead): &(&str, &str, &str, u32)| {
        format!("E1,{day},Battles,Armed clash,{one},{other},Chad,Alba,,,{dead}\n")
    };
    ACLED.to_owned() + &rows.iter().map(row).collect::<String>()
}

const STATE: &str = "Military Forces of Chad (1990-)";

fn deaths_in(found: &Reconstruction, file: &str) -> u64 {
    let of = found.evidence.iter().filter(|it| it.provenance.to_string().starts_with(&format!("{file}:")));
    of.map(|it| if let Observation::Deaths { low, .. } = it.observation { low } else { 0 }).sum()
}

#[test]
fn events_without_numbers_are_picked_by_the_parties_and_it_is_said() {
    let events = acled(&[
        ("2001-02-03", STATE, "NF: Northern Front", 600),
        ("2001-03-03", "NF: Northern Front", STATE, 500),
        ("2001-03-04", STATE, "Southern Front", 900),
    ]);
    let folder = folder(&[("conflict.toml", PARTIES), ("acled.csv", &events)]);
    let (notes, found) = reconstructed(folder.path());
    assert_eq!(active_years(&found), [(2001, 1, "war".to_owned())]);
    assert_eq!(deaths_in(&found, "acled.csv"), 1100);
    let used = &found.tables[0];
    assert_eq!(used.picked_by, "2 rows by the parties: Government of Chad and Northern Front");
    assert_eq!(used.fatalities.iter().map(|it| it.best).collect::<Vec<_>>(), [600, 500], "by month");
    assert!(notes.iter().any(|note| note.contains("2 rows by the parties")), "{notes:?}");
    let war = found.life_cycle().find(|it| it.stage == "war").unwrap();
    assert!(war.reasons.iter().flat_map(|it| &it.evidence).any(|it| it.to_string() == "acled.csv:2"));
}

#[test]
fn a_table_of_which_nothing_matches_is_named_with_the_cure() {
    let events = acled(&[("2001-02-03", STATE, "Southern Front", 600), ("2001-02-04", "A", "B", 600)]);
    let table = |config: &str| {
        let folder =
            folder(&[("conflict.toml", config), ("acled.csv", &events), ("note.md", "Nothing happened.\n")]);
        let (notes, found) = reconstructed(folder.path());
        assert!(found.tables.is_empty() && found.evidence.is_empty());
        [notes, found.notes].concat().join("\n")
    };
    let notes = table(PARTIES);
    assert!(notes.contains("none names two of the parties (Government of Chad, Northern Front)"), "{notes}");
    assert!(notes.contains("name beside it \"Southern Front\" (1)") && notes.contains("aliases"), "{notes}");
    let notes = table("name = \"Examplia\"\n");
    assert!(notes.contains("fewer than two parties") && notes.contains("add a [[party]]"), "{notes}");
}

const GED: &str = "id,year,active_year,type_of_violence,conflict_new_id,conflict_name,dyad_new_id,side_a,side_b,country,\
                   where_coordinates,latitude,longitude,date_prec,date_start,date_end,low,best,high\n";

#[test]
fn the_same_happening_in_two_tables_is_counted_once() {
    let ged = format!(
        "{GED}1,2001,1,1,901,C,9,Government of Chad,NF,Chad,Alba,,,1,2001-02-03,2001-02-03,550,600,650\n"
    );
    let events = acled(&[
        // The same battle with another day and another number; then a month that only ACLED covers.
        ("2001-02-04", STATE, "NF: Northern Front", 700),
        ("2001-03-03", "NF: Northern Front", STATE, 100),
    ]);
    // Without [[party]] the conflict's sides in GED are the parties.
    for config in [format!("ucdp = 901\n{PARTIES}"), "ucdp = 901\n".to_owned()] {
        let events = if config.contains("party") {
            events.clone()
        } else {
            events.replace("NF: Northern Front", "NF")
        };
        let folder = folder(&[("conflict.toml", &config), ("acled.csv", &events), ("ged.csv", &ged)]);
        let (notes, found) = reconstructed(folder.path());
        assert_eq!((deaths_in(&found, "ged.csv"), deaths_in(&found, "acled.csv")), (550, 100), "{notes:?}");
        assert_eq!(
            active_years(&found),
            [(2001, 1, "minor armed conflict".to_owned())],
            "1,250 would be a war"
        );
        let rival = found.tables.iter().find(|it| it.file == "acled.csv").unwrap();
        assert_eq!(
            rival.fatalities.iter().map(|it| it.best).sum::<u64>(),
            800,
            "the rival toll is shown whole"
        );
        assert!(
            rival.left_out.as_ref().is_some_and(|it| it.contains("deaths in 1 month are counted")),
            "{rival:?}"
        );
    }
}

#[test]
fn a_mapping_in_the_configuration_reads_any_table() {
    let config = format!(
        "{PARTIES}\n[[source]]\nfile = \"ours.csv\"\ndate = \"2002-01-01\"\n\n[source.mapping]\nname = \"Our monitoring\"\n\
         date = \"day\"\nactors = [\"by\", \"on\"]\nclass = \"kind\"\nbest = \"killed\"\n\n\
         [[source.mapping.shows]]\nclass = \"attack\"\nshows = \"clash-organised\"\n"
    );
    let rows = "day,by,on,kind,killed\n2001-02-03,NF,Chad,attack,30\n2001-02-04,NF,Chad,visit,\n";
    let folder = folder(&[("conflict.toml", &config), ("ours.csv", rows)]);
    let (notes, found) = reconstructed(folder.path());
    assert_eq!(
        (found.tables[0].data_set.as_str(), found.tables[0].evidence),
        ("Our monitoring", 2),
        "{notes:?}"
    );
    assert!(found.tables[0].left_out.as_ref().is_some_and(|it| it.starts_with("1 row of classes")));
    assert_eq!(active_years(&found), [(2001, 1, "minor armed conflict".to_owned())]);
}

#[test]
fn only_tables_that_were_published_by_then_were_known() {
    let later = YEARS.replace("2006,1,3", "2009,2,3");
    let hxl = "District,Displaced\n#adm2+name,#affected+displaced\nAlba,1200\n";
    let dated = |file: &str, day: &str| format!("[[source]]\nfile = \"{file}\"\ndate = \"{day}\"\n");
    let config = format!(
        "ucdp = 901\n{}{}{}",
        dated("first.csv", "2005-06-01"),
        dated("later.csv", "2010-06-01"),
        dated("people.csv", "2010-07-01")
    );
    let files = [
        ("conflict.toml", config.as_str()),
        ("first.csv", &YEARS.replace("901,Examplia,Government of Examplia,NF,1,2006,1,3,25.1\n", "")),
        ("later.csv", &later),
        ("people.csv", hxl),
        ("undated.csv", YEARS),
    ];
    let folder = folder(&files);
    let known_by = |day| {
        let dossier = Dossier::open(&[folder.path().to_path_buf()], &());
        assert!(!dossier.notes.iter().any(|note| note.contains("is not among")), "{:?}", dossier.notes);
        dossier.reconstruct(Options { as_of: None, known_by: Some(day) }, &())
    };
    let found = known_by(date(2005, 12, 31));
    assert_eq!(active_years(&found).iter().map(|it| it.0).collect::<Vec<_>>(), [2001, 2002]);
    assert_eq!(found.as_of, date(2003, 12, 31), "the last year that the table known by then covers");
    assert!(found.table_figures.is_empty());
    let withheld: Vec<_> = found.withheld.iter().map(|it| (it.file.as_str(), it.published)).collect();
    let expected = [
        ("later.csv", Some(date(2010, 6, 1))),
        ("undated.csv", None),
        ("people.csv", Some(date(2010, 7, 1))),
    ];
    assert_eq!(withheld, expected);
    let found = known_by(date(2010, 12, 31));
    assert_eq!((found.table_figures.len(), found.withheld.len()), (1, 1));
    assert!(active_years(&found).iter().any(|it| it.0 == 2009));
}

/// A data set in the shared folder, where there is one.
fn shared(file: &str) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut places: Vec<PathBuf> = env::var_os("IRENIC_SHARED").map(PathBuf::from).into_iter().collect();
    places.extend(root.ancestors().map(|folder| folder.join("../shared")));
    let found = places.into_iter().map(|place| place.join("data").join(file)).find(|it| it.is_file());
    if found.is_none() {
        println!("skipped: no shared folder with data sets (set IRENIC_SHARED)");
    }
    found
}

/// The two states that fight most in a real slice of ICEWS are parties; nothing else in it is theirs.
#[test]
fn a_real_slice_of_coded_events_gives_the_parties_rows() {
    let Some(path) = shared("events/icews_2018_sample.csv") else { return };
    let mut pairs: BTreeMap<[String; 2], u64> = BTreeMap::new();
    for row in irenic_records::read_events(Table::open(&path).unwrap(), None).unwrap() {
        let [Some(one), Some(other)] = row.about.map(|about| about.country) else { continue };
        if one != other {
            let mut pair = [one, other];
            pair.sort();
            *pairs.entry(pair).or_default() += 1;
        }
    }
    let ([one, other], rows) = pairs.into_iter().max_by_key(|(_, rows)| *rows).unwrap();
    let party = |name: &str| format!("[[party]]\nname = {name:?}\n");
    let folder = folder(&[("conflict.toml", &(party(&one) + &party(&other)))]);
    fs::copy(&path, folder.path().join("icews.csv")).unwrap();
    let (notes, found) = reconstructed(folder.path());
    let used = &found.tables[0];
    assert_eq!((used.rows_read, used.rows_refused), (3705, 0));
    assert!(used.picked_by.contains(&one) && used.picked_by.contains(&other), "{notes:?}");
    assert!(0 < used.evidence && (used.evidence as u64) < rows, "{} of {rows}", used.evidence);
    let kinds = found.evidence.iter().map(|it| &it.observation);
    assert!(
        !kinds.clone().any(|it| matches!(it, Observation::Deaths { .. })),
        "coded events count no deaths"
    );
    let days: BTreeSet<String> = found
        .evidence
        .iter()
        .map(|it| format!("{:?} {:?}", it.when.unwrap().from(), it.observation))
        .collect();
    assert_eq!(days.len(), found.evidence.len(), "one of a kind a day");
}

/// UCDP's events of a real conflict written again as ACLED writes them, a day later and with other numbers, change no toll.
#[test]
fn a_second_table_of_the_same_battles_adds_no_dead() {
    let Some(path) = shared("ucdp/ged_myanmar.csv") else { return };
    let rows = irenic_records::read::<irenic_records::GedEvent>(Table::open(&path).unwrap()).unwrap();
    let events: Vec<_> = rows.filter(|row| row.best > 0).collect();
    let mut sizes: BTreeMap<u32, usize> = BTreeMap::new();
    let state = |row: &&irenic_records::GedEvent| row.violence == irenic_records::ViolenceType::StateBased;
    events.iter().filter(state).for_each(|row| *sizes.entry(row.conflict_id).or_default() += 1);
    let (number, _) = sizes.into_iter().max_by_key(|(_, size)| *size).unwrap();
    let again: String = events
        .iter()
        .filter(|row| row.conflict_id == number && state(row))
        .map(|row| {
            let day = row.from.tomorrow().unwrap();
            let side_b = row.side_b.replace(',', "");
            // UCDP has "Government of Examplia (Old Name)", ACLED "Military Forces of Examplia (2011-)".
            let side_a = row.side_a.replacen("Government of", "Military Forces of", 1);
            let side_a = format!("{} (2011-)", side_a.split('(').next().unwrap_or_default().trim());
            format!("E,{day},Battles,Armed clash,{side_a},{side_b},X,Y,,,{}\n", row.best + 1)
        })
        .collect();
    let config = format!("ucdp = {number}\n");
    let folder = folder(&[("conflict.toml", &config)]);
    fs::copy(&path, folder.path().join("ged.csv")).unwrap();
    let (_, alone) = reconstructed(folder.path());
    fs::write(folder.path().join("acled.csv"), format!("{ACLED}{again}")).unwrap();
    let (notes, both) = reconstructed(folder.path());
    assert!(both.tables.iter().any(|it| it.file == "acled.csv" && it.left_out.is_some()), "{notes:?}");
    assert_eq!(deaths_in(&alone, "ged.csv"), deaths_in(&both, "ged.csv"));
    // A battle on a month's last day falls into the next month there, which may be one without others.
    assert!(deaths_in(&both, "acled.csv") * 20 <= deaths_in(&both, "ged.csv"));
}

/// The Karabakh example with UCDP's table beside it, where the shared folder is.
#[test]
fn stages_by_year_agree_with_ucdps_activity() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let Some(table) = shared("ucdp/ucdp_prio_acd_25.1.csv") else { return };
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
