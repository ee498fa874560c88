//! What befalls tables on their way: every data set damaged in every way gives diagnostics, and no other numbers.
//!
//! The rows are made up here, in the form of each data set; the same is done to slices of the real ones, where they are at
//! hand. A damaged table must either be refused with a reason, or give rows that the undamaged one gives too, and say what it
//! left out. Whatever is said has its file and line, and its column where one cell is meant.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test panics and says why it is skipped")]

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use irenic_records::{
    BattleDeaths, CeasefireRow, ConflictYear, DataSet, GedEvent, Mapping, PaxAgreement, PeaceAgreement,
    Problems, Record, Table, TerminationYear, humanitarian, read, read_events,
};

/// A small table of each data set: the columns that are read, and three rows.
const TABLES: &[(&str, &str)] = &[
    (
        "acd",
        "conflict_id,location,side_a,side_b,incompatibility,territory_name,year,intensity_level,type_of_conflict,start_date,start_date2,ep_end,ep_end_date,gwno_loc,region,version\n\
         16292,Côte Exemplaire,\"Government, of Examplia\",NF,1,North,2011,1,3,1997-05-29,2011-11-15,0,,999,3,25.1\n\
         16292,Côte Exemplaire,\"Government, of Examplia\",NF,1,North,2012,2,4,1997-05-29,2011-11-15,1,2012-12-21,\"999, 998\",3,25.1\n\
         16293,Côte Exemplaire,\"Government, of Examplia\",SF,2,,1999,1,3,1999-02-03,1999-03-04,1,1999-12-31,999,3,25.1\n",
    ),
    (
        "term_acd",
        "conflictep_id,conflictepisode,confterm,ependdate,outcome,recur,version,conflict_id,year,location,side_a,side_b,incompatibility,intensity_level,type_of_conflict,start_date,start_date2\n\
         1629201,1,0,,,0,3,16292,2011,Côte Exemplaire,Government,NF,1,1,3,1997-05-29,2011-11-15\n\
         1629201,1,1,2012-12-21,5,0,3,16292,2012,Côte Exemplaire,Government,NF,1,2,4,1997-05-29,2011-11-15\n\
         1629202,2,1,2014-11-30,1,1,3,16292,2014,Côte Exemplaire,Government,NF,1,1,3,1997-05-29,2014-02-03\n",
    ),
    (
        "term_dyad",
        "dyadep_id,dyadepisode,dyadterm,ependdate,outcome,cfiredate,peagdate,recur,version,conflict_id,dyad_id,year,location,side_a,side_b,incompatibility,intensity_level,type_of_conflict,start_date,start_date2\n\
         1723001,1,0,,,,,0,3,16292,17230,2011,Côte Exemplaire,Government,NF,1,1,3,1997-05-29,2011-11-15\n\
         1723001,1,1,2012-12-21,2,2012-12-21,,0,3,16292,17230,2012,Côte Exemplaire,Government,NF,1,2,4,1997-05-29,2011-11-15\n\
         1723002,2,1,2014-11-30,1,,2014-11-30,1,3,16292,17230,2014,Côte Exemplaire,Government,NF,1,1,3,1997-05-29,2014-02-03\n",
    ),
    (
        "ged",
        "id,year,active_year,type_of_violence,conflict_new_id,conflict_name,dyad_new_id,side_a,side_b,where_coordinates,latitude,longitude,country,country_id,date_prec,date_start,date_end,deaths_civilians,best,high,low\n\
         123456,2012,True,1,16292,Examplia: North,17230,Government,NF,Côte town,20.630564,-94.25,Examplia,999,1,2012-04-02,2012-04-02,0,12,34,5\n\
         123457,2012,True,1,16292,Examplia: North,17230,Government,NF,Northton,19.5,94.125,Examplia,999,3,2012-04-25,2012-05-02,1200,1234,2000,1200\n\
         123458,2013,False,3,16292,Examplia: North,17230,Government,NF,Northton,19.5,94.125,Examplia,999,1,2013-11-02,2013-11-02,3,3,3,3\n",
    ),
    (
        "brd",
        "conflict_id,dyad_id,location_inc,side_a,side_b,incompatibility,year,bd_best,bd_low,bd_high,type_of_conflict,version\n\
         16292,17230,Côte Exemplaire,Government,NF,1,2011,56,50,60,3,221\n\
         16292,17230,Côte Exemplaire,Government,NF,1,2012,1234,1200,2000,4,221\n\
         16292,\"17230, 17231\",Côte Exemplaire,Government,\"NF, SF\",1,2013,25,25,25,3,221\n",
    ),
    (
        "peace",
        "paid,conflict_id,dyad_id,pa_name,year,pa_date,pa_type,ended,duration,co_impl,cease,version\n\
         1565,\"16292, 16293\",\"17230, 17231\",Northton Accord,1992,1992-04-24,2,True,1993-05-12,0,1,\"22,1\"\n\
         1566,16292,17230,Côte Accord,1993,1993-03-07,1,,,1,0,\"22,1\"\n\
         1567,16293,17231,Third Accord,1994,1994-01-02,3,False,,0,0,\"22,1\"\n",
    ),
    (
        "ceasefires",
        "cc,cf_id,uniq_id,location,actor_name,ucdp_acd_id,ucdp_dyad,cf_dec_yr,cf_dec_month,cf_dec_day,cf_effect_yr,cf_effect_month,cf_effect_day,side,partial,written,fixed,ceasefire_class,ended,end_yr,end_month,end_day\n\
         999,1,999001,Côte Exemplaire,Government,16292,17230,1994,1,12,1994,1,12,1,0,0,1,1,2,1995,2,9\n\
         999,2,999002,Côte Exemplaire,NF,16292,-1,1994,1,16,1994,0,-1,2,0,1,0,2,-1,-1,-1,-1\n\
         999,2,999002,Côte Exemplaire,Government,16292,-1,1994,1,16,1994,0,-1,2,0,1,0,2,-1,-1,-1,-1\n",
    ),
    (
        "pax",
        "Con,PP,PPName,AgtId,Agt,Dat,Status,Agtp,Stage,StageSub,Part,ThrdPart,Loc1ISO,Loc2ISO,UcdpCon,UcdpAgr,Ce\n\
         Examplia,90,Northern process,1431,\"Northton Accord, first\",1990-02-15,Multiparty signed/agreed,Intra,SubPar,Iss,\"A, B\",Côte,EXA,,16292,1565,3\n\
         Examplia,90,Northern process,1432,Second,1991-12-05,Multiparty signed/agreed,Intra,Cea,Ceas,\"A, B\",,EXA,,16292,,2\n\
         Examplia,91,Southern process,1433,Third,1993-12-25,Unilateral document,Intra,Imp,ImpMod,A,,EXA,EXB,,,0\n",
    ),
    (
        "acled",
        "event_id_cnty,event_date,year,disorder_type,event_type,sub_event_type,actor1,actor2,country,location,latitude,longitude,fatalities\n\
         EXA1,2012-04-02,2012,Political violence,Battles,Armed clash,Government,NF,Examplia,Côte town,20.6305,-94.25,12\n\
         EXA2,12 May 2012,2012,Political violence,Battles,Armed clash,NF,Government,Examplia,Northton,19.5,94.125,1234\n\
         EXA3,2013-11-02,2013,Political violence,Riots,Mob violence,Rioters,,Examplia,Northton,19.5,94.125,0\n",
    ),
    (
        "icews",
        "Event ID,Event Date,Source Name,Source Sectors,Source Country,Event Text,CAMEO Code,Intensity,Target Name,Target Country,Story ID,City,Country,Latitude,Longitude\n\
         32889836,2018-06-01,Foreign Affairs,\"Executive,Foreign Ministry\",Examplia,Consult,040,1,Military,Examplia,47400351,Côte,Examplia,21.0245,105.841\n\
         32889837,2018-06-12,Foreign Affairs,Executive,Examplia,Host a visit,043,2.8,Military,Examplia,47400352,,Examplia,39.0339,125.754\n\
         32889838,2018-06-02,Foreign Affairs,Executive,Examplia,Praise,051,3.4,Military,Examplia,47400353,,Examplia,39.0339,125.754\n",
    ),
    (
        "dyad_years",
        "dyad_id,conflict_id,location,side_a,side_b,incompatibility,territory_name,year,intensity_level,type_of_conflict,start_date,start_date2,gwno_loc,region,version\n\
         17230,16292,Côte Exemplaire,Government,NF,1,North,2011,1,3,1997-05-29,2011-11-15,999,3,25.1\n\
         17230,16292,Côte Exemplaire,Government,NF,1,North,2012,2,4,1997-05-29,2011-11-15,999,3,25.1\n\
         17231,16293,Côte Exemplaire,Government,SF,2,,1999,1,3,1999-02-03,1999-03-04,999,3,25.1\n",
    ),
    (
        "brd_conflict",
        "conflict_id,location_inc,side_a,side_b,incompatibility,year,bd_best,bd_low,bd_high,type_of_conflict,version\n\
         16292,Côte Exemplaire,Government,NF,1,2011,56,50,60,3,221\n\
         16292,Côte Exemplaire,Government,NF,1,2012,1234,1200,2000,4,221\n\
         16293,Côte Exemplaire,Government,SF,1,2013,25,25,25,3,221\n",
    ),
    (
        "mapped",
        "day,number,ucdp,by,on,kind,town,min,killed,max,lat,lon\n\
         2012-04-02,1,16292,Government,NF,attack,Côte,5,12,34,20.630564,-94.25\n\
         2012-04-25,2,16292,Government,NF,attack,Northton,1200,1234,2000,19.5,94.125\n\
         2013-11-02,3,16292,NF,Government,visit,Northton,,,,19.5,94.125\n",
    ),
    (
        "hxl",
        "District,Date,People displaced,Aid\n#adm2+name,#date,#affected+displaced,#value+usd\n\
         Côte,2012-04-02,1200,\nNorthton,2012-04-25,25000,\nSouthton,2012-05-02,,1234.5\n",
    ),
    (
        "iati",
        "iati-identifier,transaction-date,transaction-value,transaction-currency,recipient-country,reporting-org\n\
         XM-1,2012-04-02,120000,USD,Côte,Agency\nXM-2,2012-04-25,1234.5,EUR,Côte,Agency\nXM-3,2012-05-02,5000,USD,Côte,Other\n",
    ),
];

/// Rows of GDELT 2.0, which has no header and 61 columns: the cells that are read, by their places from 1.
static GDELT: LazyLock<String> = LazyLock::new(|| {
    let row = |id: &str, day: &str, code: &str, place: &str| {
        let mut cells = vec![""; 61];
        let known = [
            (1, id),
            (2, day),
            (6, "EXAGOV"),
            (7, "PRESIDENT"),
            (8, "EXA"),
            (13, "GOV"),
            (16, "NF"),
            (17, "FRONT"),
            (27, code),
            (30, "4"),
            (53, place),
            (54, "EX"),
            (57, "-30.3098"),
            (58, "25.2971"),
            (61, "http://example.org/a"),
        ];
        known.into_iter().for_each(|(place, cell)| cells[place - 1] = cell);
        cells.join("\t") + "\n"
    };
    row("410412347", "20140218", "043", "Côte, Examplia")
        + &row("410412348", "20140219", "190", "Côte, Examplia")
        + &row("410412349", "20140220", "051", "Northton, Examplia")
});

const MAPPING: &str = "name = 'Ours'\ndate = 'day'\nid = 'number'\nconflict = 'ucdp'\nactors = ['by', 'on']\nclass = 'kind'\n\
    place = 'town'\nlow = 'min'\nbest = 'killed'\nhigh = 'max'\nlatitude = 'lat'\nlongitude = 'lon'\n";

/// What a table gives: its rows in words (with their lines left out), and how much was told.
struct Given {
    rows: Vec<String>,
    told: usize,
}

/// What a table that is refused as a whole gives.
const REFUSED: Given = Given { rows: Vec::new(), told: usize::MAX };

fn given(set: &str, bytes: Vec<u8>) -> Given {
    let Ok(table) = Table::of_bytes("table.csv", bytes) else { return REFUSED };
    match set {
        "acd" | "dyad_years" => typed::<ConflictYear>(table),
        "term_acd" | "term_dyad" => typed::<TerminationYear>(table),
        "ged" => typed::<GedEvent>(table),
        "brd" | "brd_conflict" => typed::<BattleDeaths>(table),
        "peace" => typed::<PeaceAgreement>(table),
        "ceasefires" => typed::<CeasefireRow>(table),
        "pax" => typed::<PaxAgreement>(table),
        "hxl" | "iati" => {
            let Ok(read) = humanitarian(table) else { return REFUSED };
            Given { rows: read.figures.iter().map(words).collect(), told: told(&read.problems) }
        }
        "mapped" => events(table, Some(&Mapping::parse(MAPPING, "mapping").unwrap())),
        // GDELT has no header: what is not recognised as its own is no table of its.
        "gdelt" if table.data_set() != Some(DataSet::Gdelt) => REFUSED,
        _ => events(table, None),
    }
}

fn events(table: Table, mapping: Option<&Mapping>) -> Given {
    let Ok(mut events) = read_events(table, mapping) else { return REFUSED };
    let rows = events.by_ref().map(|row| words(&row)).collect();
    Given { rows, told: told(events.problems()) }
}

fn typed<T: Record + std::fmt::Debug>(table: Table) -> Given {
    let Ok(records) = read::<T>(table) else { return REFUSED };
    let (rows, problems) = records.all();
    Given { rows: rows.iter().map(words).collect(), told: told(&problems) }
}

/// The number of problems, each of which says where it is.
fn told(problems: &Problems) -> usize {
    let of_rows = ["ragged", "unclosed-quote", "broken", "no-rows", "no-last-break"];
    for problem in problems.kept() {
        let of_row = of_rows.iter().any(|code| problem.code.strip_prefix("records.") == Some(code));
        assert!(problem.file == "table.csv" && 0 < problem.line, "{problem}");
        assert!(problem.column.is_some() || of_row, "{}: {problem}", problem.code);
    }
    problems.kept().len()
}

fn words(row: &impl std::fmt::Debug) -> String {
    let said = format!("{row:?}");
    let (before, after) = said.split_once("line: ").expect("every record has its line");
    format!("{before}{}", after.split_once(',').expect("and other fields").1)
}

/// How many lines of a table are above its rows, and what separates its cells.
fn form(set: &str) -> (usize, char) {
    match set {
        "gdelt" => (0, '\t'),
        "hxl" => (2, ','),
        _ => (1, ','),
    }
}

/// A table as cells.
fn parsed(text: &str, separator: char) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut letters = text.chars().peekable();
    let mut inside = false;
    while let Some(letter) = letters.next() {
        match letter {
            '"' if inside && letters.peek() == Some(&'"') => cell.extend(letters.next()),
            '"' if separator != '\t' => inside = !inside,
            '\r' if !inside => {}
            '\n' if !inside => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            letter if letter == separator && !inside => row.push(std::mem::take(&mut cell)),
            other => cell.push(other),
        }
    }
    rows
}

fn written(rows: &[Vec<String>], separator: char) -> String {
    let quoted = |cell: &String| {
        let needed = separator != '\t' && cell.contains(['"', ',', '\n', separator]);
        if needed { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.clone() }
    };
    let line = |row: &Vec<String>| row.iter().map(quoted).collect::<Vec<_>>().join(&separator.to_string());
    rows.iter().map(|row| line(row) + "\n").collect()
}

/// Rewrites the cells of a table, its header left as it is.
fn cells(set: &str, table: &str, rewrite: impl Fn(&str) -> String) -> String {
    let (headers, separator) = form(set);
    let mut rows = parsed(table, separator);
    rows.iter_mut().skip(headers).flatten().for_each(|cell| *cell = rewrite(cell));
    written(&rows, separator)
}

fn is_number(cell: &str) -> bool {
    cell.strip_prefix('-').unwrap_or(cell).bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && !cell.is_empty()
}

/// A number that a spreadsheet writes shorter, and that people group by thousands.
fn is_long(cell: &str) -> bool {
    is_number(cell) && !cell.contains('.') && !cell.starts_with('-') && 4 <= cell.len()
}

fn as_date(cell: &str) -> Option<[&str; 3]> {
    let parts: Vec<&str> = cell.split('-').collect();
    (cell.len() == 10 && parts.len() == 3 && parts.iter().all(|part| is_number(part)))
        .then(|| [parts[0], parts[1], parts[2]])
}

/// Every damaged row must be one that the whole table gives, and what is missing must be told.
fn trusted(set: &str, damage: &str, whole: &Given, bytes: Vec<u8>) -> Given {
    let found = given(set, bytes);
    let lost = found.rows.len() < whole.rows.len();
    let other = found.rows.iter().filter(|row| !whole.rows.contains(*row)).count();
    assert!(
        whole.told < found.told || !lost && other == 0,
        "{set}, {damage}: nothing is told, but {other} rows differ: {:?}",
        found.rows
    );
    found
}

/// The tables that are made up here, each with what it gives.
fn tables() -> impl Iterator<Item = (&'static str, &'static str, Given)> {
    TABLES.iter().copied().chain([("gdelt", GDELT.as_str())]).map(|(set, table)| {
        let whole = given(set, table.into());
        assert!(whole.rows.len() == 3 && whole.told == 0, "{set} is read whole: {:?}", whole.rows);
        (set, table, whole)
    })
}

type Rewrite = fn(&str) -> String;

/// What spreadsheets and people do to the cells of a table.
const DAMAGES: [(&str, Rewrite); 6] = [
    ("month first", |cell| as_date(cell).map_or(cell.to_owned(), |[y, m, d]| format!("{m}/{d}/{y}"))),
    ("two-digit years", |cell| {
        as_date(cell).map_or(cell.to_owned(), |[y, m, d]| format!("{d}.{m}.{}", &y[2..]))
    }),
    ("days as numbers", |cell| as_date(cell).map_or(cell.to_owned(), |_| "41001".to_owned())),
    ("no day", |cell| as_date(cell).map_or(cell.to_owned(), |[y, _, _]| format!("Apr-{}", &y[2..]))),
    ("scientific notation", |cell| {
        if !is_long(cell) {
            return cell.to_owned();
        }
        format!("{}.{}E+0{}", &cell[..1], &cell[1..3], cell.len() - 1)
    }),
    ("grouped thousands", |cell| {
        if !is_long(cell) {
            return cell.to_owned();
        }
        format!("{},{}", &cell[..cell.len() - 3], &cell[cell.len() - 3..])
    }),
];

#[test]
fn spreadsheets_rewrite_cells() {
    for (set, table, whole) in tables() {
        for (damage, rewrite) in DAMAGES {
            let damaged = cells(set, table, rewrite);
            let found = trusted(set, damage, &whole, damaged.clone().into());
            // ACLED rests on no long number but the number of deaths, which a group's comma or an exponent spoils.
            assert!(0 < found.told || damaged == table, "{set}, {damage}");
        }
    }
}

#[test]
fn rows_that_rest_on_a_number_do_not_outlive_it() {
    let rest = [
        "acd",
        "term_acd",
        "term_dyad",
        "ged",
        "brd",
        "peace",
        "ceasefires",
        "dyad_years",
        "brd_conflict",
        "gdelt",
    ];
    for (set, table, whole) in tables().filter(|(set, ..)| rest.contains(set)) {
        for (damage, rewrite) in &DAMAGES[4..] {
            let found = trusted(set, damage, &whole, cells(set, table, rewrite).into());
            assert!(found.rows.is_empty(), "{set}, {damage}: {:?}", found.rows);
        }
    }
}

#[test]
fn spreadsheets_take_leading_zeros_away() {
    for (set, table, whole) in tables().filter(|(set, ..)| ["icews", "gdelt"].contains(set)) {
        let found = trusted(set, "no leading zeros", &whole, {
            cells(set, table, |cell| cell.strip_prefix('0').unwrap_or(cell).to_owned()).into()
        });
        assert!(0 < found.told, "{set}");
    }
}

#[test]
fn decimals_have_commas() {
    for (set, table, whole) in tables() {
        let comma = |cell: &str| {
            if is_number(cell) && cell.contains('.') { cell.replace('.', ",") } else { cell.to_owned() }
        };
        trusted(set, "decimal commas", &whole, cells(set, table, comma).into());
        if set == "gdelt" {
            continue;
        }
        let semicolons = written(&parsed(&cells(set, table, comma), ','), ';');
        let found = trusted(set, "semicolons and decimal commas", &whole, semicolons.into());
        assert_eq!(found.rows.len(), 3, "{set} with semicolons is read whole");
        // Decimal commas without semicolons or quotation marks move every cell after them.
        let moved =
            table.replace("20.6305", "20,6305").replace("21.0245", "21,0245").replace("1234.5", "1234,5");
        trusted(set, "a comma too many", &whole, moved.into());
    }
}

#[test]
fn marks_and_other_encodings() {
    for (set, table, whole) in tables() {
        let marked = [b"\xef\xbb\xbf", table.as_bytes()].concat();
        assert_eq!(given(set, marked).rows, whole.rows, "{set} with a byte-order mark");
        assert_eq!(
            given(set, table.replace('\n', "\r\n").into()).rows,
            whole.rows,
            "{set} with Windows lines"
        );
        let latin: Vec<u8> = table.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect();
        let found = given(set, latin);
        assert_eq!(found.rows, whole.rows, "{set} in Latin-1");
        assert!(0 < found.told, "{set}: the encoding is told");
        let wide: Vec<u8> = table.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(given(set, wide).rows.is_empty(), "{set} in UTF-16 is refused");
    }
}

#[test]
fn tables_cut_off_anywhere() {
    for (set, table, whole) in tables() {
        for end in (0..table.len()).filter(|&end| table.is_char_boundary(end)) {
            let cut = &table[..end];
            // At the end of a line nothing is there to see.
            if !cut.ends_with('\n') {
                trusted(set, &format!("cut off after {end} bytes"), &whole, cut.into());
            }
        }
        let (headers, _) = form(set);
        let header: String = table.split_inclusive('\n').take(headers).collect();
        assert!(0 < given(set, header.clone().into()).told, "{set}: a header alone is told");
        assert!(0 < given(set, header.trim_end().into()).told, "{set}: a header alone is told");
    }
}

#[test]
fn any_byte_may_be_another() {
    for (set, table, _) in tables() {
        for at in (0..table.len()).step_by(3) {
            for byte in [0u8, b'"', b'\n', b',', b'\t', 0xff] {
                let mut bytes = table.as_bytes().to_vec();
                bytes[at] = byte;
                given(set, bytes);
            }
        }
    }
}

/// The real data sets, which a test finds in the shared folder.
const REAL: [(&str, &str); 11] = [
    ("acd", "ucdp/ucdp_prio_acd_25.1.csv"),
    ("term_acd", "ucdp/ucdp_term_acd_3-2021.csv"),
    ("term_dyad", "ucdp/ucdp_term_dyad_3-2021.csv"),
    ("ged", "ucdp/ged_myanmar.csv"),
    ("ged", "ucdp/ged_23.1_sample1000_all49cols.csv"),
    ("brd", "ucdp/ucdp_brd_dyadic_22.1.csv"),
    ("peace", "ucdp/ucdp_peace_agreements_22.1.csv"),
    ("ceasefires", "agreements/eth_prio_ceasefires_oct2022.csv"),
    ("pax", "agreements/pax_all_agreements_v10.csv"),
    ("icews", "events/icews_2018_sample.csv"),
    ("gdelt", "events/gdelt2_export_sample_raw.tsv"),
];

/// So many rows of each real table are damaged.
const REAL_ROWS: usize = 120;

#[test]
fn real_tables_damaged_in_every_way() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut places: Vec<PathBuf> = env::var_os("IRENIC_SHARED").map(PathBuf::from).into_iter().collect();
    places.extend(root.ancestors().map(|folder| folder.join("../shared")));
    let Some(data) = places.into_iter().map(|place| place.join("data")).find(|it| it.is_dir()) else {
        return println!("skipped: no shared folder with data sets (set IRENIC_SHARED)");
    };
    for (set, file) in REAL {
        let (headers, separator) = form(set);
        let text = fs::read_to_string(data.join(file)).unwrap();
        let mut rows = parsed(&text, separator);
        let step = (rows.len() / REAL_ROWS).max(1);
        let mut at = 0;
        rows.retain(|_| {
            at += 1;
            at <= headers || (at - 1 - headers) % step == 0
        });
        let table = written(&rows, separator);
        let whole = given(set, table.clone().into());
        assert!(REAL_ROWS <= whole.rows.len() + 1, "{file}: {}", whole.rows.len());
        for (damage, rewrite) in DAMAGES {
            let damaged = cells(set, &table, rewrite);
            let found = trusted(set, damage, &whole, damaged.clone().into());
            assert!(whole.told < found.told || damaged == table, "{file}, {damage}");
        }
        let comma = |cell: &str| {
            if is_number(cell) && cell.contains('.') { cell.replace('.', ",") } else { cell.to_owned() }
        };
        trusted(set, "decimal commas", &whole, cells(set, &table, comma).into());
        let marked = [b"\xef\xbb\xbf", table.as_bytes()].concat();
        assert_eq!(given(set, marked).rows, whole.rows, "{file} with a byte-order mark");
        for end in (0..table.len()).step_by(table.len() / 150).filter(|&end| table.is_char_boundary(end)) {
            if !table[..end].ends_with('\n') {
                trusted(set, &format!("cut off after {end} bytes"), &whole, table[..end].into());
            }
        }
        let header: String = written(&rows[..headers], separator);
        assert!(0 < given(set, header.into()).told, "{file}: a header alone is told");
    }
}
