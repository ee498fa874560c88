//! Panels against the same sums made the slow way, packed and unpacked, on one thread and on many.

#![allow(clippy::unwrap_used, reason = "a test panics")]

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write as _;
use std::num::NonZeroUsize;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use irenic_records::{Mapping, Panel, PanelConfig, PanelRow, PanelUnit, Period, Table, panel, read_events};
use zip::write::SimpleFileOptions;

const MAPPING: &str =
    "name = 'ours'\ndate = 'day'\ncountry = 'country'\nactors = ['a', 'b']\nbest = 'killed'\nhigh = 'most'\n";

/// Rows with quotation marks, line breaks in cells, and cells that cannot be read; enough for several pieces.
fn rows() -> String {
    let mut text = "day,country,a,b,killed,most,note\n".to_owned();
    for number in 0..60_000u32 {
        let (year, month, day) = (2000 + number % 7, 1 + number % 12, 1 + number % 31);
        let country = ["Examplia", "\"Northern, Examplia\"", "C\u{f4}te"][number as usize % 3];
        let (a, b) = if number % 2 == 0 { ("Army", "Front") } else { ("Front", "Army") };
        let killed = if number % 1000 == 7 { "1,5\"".to_owned() } else { (number % 13).to_string() };
        let killed = if killed.contains('"') { "\"1,5\"".to_owned() } else { killed };
        text += &format!(
            "{year}-{month:02}-{day:02},{country},{a},{b},{killed},20,\"a \"\"note\"\"\non two lines\"\n"
        );
    }
    text
}

fn config(unit: PanelUnit, period: Period, threads: usize) -> PanelConfig {
    PanelConfig { unit, period, threads: NonZeroUsize::new(threads).unwrap() }
}

fn of(table: Table, config: &PanelConfig) -> Panel {
    panel(table, Some(&Mapping::parse(MAPPING, "m").unwrap()), config).unwrap()
}

fn of_text(text: &str, config: &PanelConfig) -> Panel {
    of(Table::of_bytes("t.csv", text.into()).unwrap(), config)
}

#[test]
fn sums_are_those_of_the_events() {
    let text = rows();
    let mapping = Mapping::parse(MAPPING, "m").unwrap();
    let mut events =
        read_events(Table::of_bytes("t.csv", text.clone().into()).unwrap(), Some(&mapping)).unwrap();
    let mut sums: BTreeMap<(String, i16, u8), (u64, u64)> = BTreeMap::new();
    for event in events.by_ref() {
        let month = u8::try_from(event.from.month()).unwrap();
        let sum = sums.entry((event.country.unwrap(), event.from.year(), month)).or_default();
        *sum = (sum.0 + 1, sum.1 + event.best.unwrap_or(0));
    }
    let found = of_text(&text, &config(PanelUnit::Country, Period::Month, 2));
    let ours: BTreeMap<_, _> = (found.rows.iter())
        .map(|row| ((row.unit[0].clone(), row.year, row.month.unwrap()), (row.events, row.best.unwrap())))
        .collect();
    assert_eq!(ours, sums);
    assert_eq!(found.problems.rows_refused(), events.problems().rows_refused());
    assert!(found.problems.rows_refused() > 60, "the calendar and commas");
    assert_eq!(found.problems.kept(), events.problems().kept());
}

#[test]
fn nothing_depends_on_the_number_of_threads() {
    let text = rows();
    for unit in [PanelUnit::Country, PanelUnit::Actors] {
        let one = of_text(&text, &config(unit, Period::Year, 1));
        for threads in [2, 3, 8] {
            assert_eq!(of_text(&text, &config(unit, Period::Year, threads)), one, "{threads}");
        }
    }
}

#[test]
fn actors_stand_in_either_order() {
    let found = of_text(&rows(), &config(PanelUnit::Actors, Period::Year, 2));
    assert!(found.rows.iter().all(|row| row.unit == ["Army", "Front"] && row.month.is_none()));
    let directed = Mapping::parse(&format!("{MAPPING}directed = true"), "m").unwrap();
    let table = Table::of_bytes("t.csv", rows().into()).unwrap();
    let found = panel(table, Some(&directed), &config(PanelUnit::Actors, Period::Year, 2)).unwrap();
    assert!(found.rows.iter().any(|row| row.unit == ["Front", "Army"]));
}

fn packed(folder: &Path, text: &str) -> [std::path::PathBuf; 3] {
    let paths = ["t.csv", "t.csv.gz", "t.zip"].map(|name| folder.join(name));
    fs::write(&paths[0], text).unwrap();
    let mut gzip = GzEncoder::new(File::create(&paths[1]).unwrap(), Compression::fast());
    gzip.write_all(text.as_bytes()).unwrap();
    gzip.finish().unwrap();
    let mut archive = zip::ZipWriter::new(File::create(&paths[2]).unwrap());
    archive.start_file("readme.md", SimpleFileOptions::default()).unwrap();
    archive.start_file("data/t.csv", SimpleFileOptions::default()).unwrap();
    archive.write_all(text.as_bytes()).unwrap();
    archive.finish().unwrap();
    paths
}

#[test]
fn packed_tables_are_read_as_they_are_and_cut_off_ones_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let text = rows();
    let paths = packed(folder.path(), &text);
    let config = config(PanelUnit::Country, Period::Month, 2);
    let plain: Vec<PanelRow> = of(Table::open(&paths[0]).unwrap(), &config).rows;
    for path in &paths[1..] {
        assert_eq!(of(Table::open(path).unwrap(), &config).rows, plain, "{}", path.display());
    }
    let gzip = fs::read(&paths[1]).unwrap();
    fs::write(&paths[1], &gzip[..gzip.len() / 2]).unwrap();
    let cut = of(Table::open(&paths[1]).unwrap(), &config);
    assert!(cut.problems.counts().any(|(code, _, _)| code == "records.broken"));
    assert!(0 < cut.problems.rows_read() && cut.problems.rows_read() < 60_000);
    let mut archive = fs::read(&paths[2]).unwrap();
    let middle = archive.len() / 2;
    archive[middle] ^= 0xff;
    fs::write(&paths[2], archive).unwrap();
    let damaged = Table::open(&paths[2]).map(|table| of(table, &config));
    assert!(
        damaged.is_err() || damaged.unwrap().problems.counts().any(|(code, _, _)| code == "records.broken")
    );
}

#[test]
fn spreadsheets_and_archives_of_many_tables_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    for (names, words) in [(vec!["xl/workbook.xml"], "spreadsheet"), (vec!["a.csv", "b.csv"], "2 tables")] {
        let path = folder.path().join("t.zip");
        let mut archive = zip::ZipWriter::new(File::create(&path).unwrap());
        for name in names {
            archive.start_file(name, SimpleFileOptions::default()).unwrap();
        }
        archive.finish().unwrap();
        let error = Table::open(&path).err().unwrap();
        assert!(error.is_no_table() && error.to_string().contains(words), "{error}");
    }
}

#[test]
fn a_header_alone_or_a_row_cut_off_is_told() {
    let config = config(PanelUnit::Country, Period::Month, 2);
    let codes = |text: &str| -> Vec<&str> {
        of_text(text, &config).problems.kept().iter().map(|problem| problem.code).collect()
    };
    let header = "day,country,a,b,killed,most\n";
    assert_eq!(codes(header), ["records.no-rows"]);
    assert_eq!(codes(&format!("{header}2000-01-01,E,A,B,1,2")), ["records.no-last-break"]);
    assert_eq!(codes(&format!("{header}2000-01-01,E,A\n2000-01-01,E,A,B,1,2\n")), ["records.ragged"]);
    assert_eq!(
        codes(&format!("{header}2000-01-01,\"E,A,B,1,2\n2000-01-01,E,A,B,1,2\n")),
        ["records.unclosed-quote"]
    );
}
