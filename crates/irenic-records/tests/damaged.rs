//! What befalls tables on their way: every data set damaged in every way gives diagnostics, and no other numbers.
//!
//! The rows are made up here, in the form of each data set. A damaged table must either be refused with a reason, or
//! give rows that the undamaged one gives too, and say what it left out.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test panics and says why it is skipped")]

use std::fmt::Write as _;

use irenic_records::{
    BattleDeaths, CeasefireRow, ConflictYear, GedEvent, PaxAgreement, PeaceAgreement, Record, Table,
    TerminationYear, read, read_events,
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
];

/// What a table gives: its rows in words (with their lines left out), and whether anything was told.
struct Given {
    rows: Vec<String>,
    told: bool,
}

fn given(set: &str, bytes: Vec<u8>) -> Given {
    let refused = Given { rows: Vec::new(), told: true };
    let Ok(table) = Table::of_bytes("table.csv", bytes) else { return refused };
    match set {
        "acd" => typed::<ConflictYear>(table),
        "term_acd" | "term_dyad" => typed::<TerminationYear>(table),
        "ged" => typed::<GedEvent>(table),
        "brd" => typed::<BattleDeaths>(table),
        "peace" => typed::<PeaceAgreement>(table),
        "ceasefires" => typed::<CeasefireRow>(table),
        "pax" => typed::<PaxAgreement>(table),
        _ => {
            let Ok(mut events) = read_events(table, None) else { return refused };
            let rows = events.by_ref().map(|row| words(&row)).collect();
            Given { rows, told: !events.problems().is_empty() }
        }
    }
}

fn typed<T: Record + std::fmt::Debug>(table: Table) -> Given {
    let Ok(records) = read::<T>(table) else { return Given { rows: Vec::new(), told: true } };
    let (rows, problems) = records.all();
    Given { rows: rows.iter().map(words).collect(), told: !problems.is_empty() }
}

fn words(row: &impl std::fmt::Debug) -> String {
    let said = format!("{row:?}");
    let (before, after) = said.split_once("line: ").expect("every record has its line");
    format!("{before}{}", after.split_once(',').expect("and other fields").1)
}

/// Rewrites the cells of a table, its header left as it is.
fn cells(table: &str, rewrite: impl Fn(&str) -> String) -> String {
    let mut lines = table.lines();
    let mut out = format!("{}\n", lines.next().unwrap());
    for line in lines {
        let cells: Vec<String> = split(line).iter().map(|cell| quoted(&rewrite(cell), ',')).collect();
        writeln!(out, "{}", cells.join(",")).unwrap();
    }
    out
}

fn split(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut inside = false;
    for letter in line.chars() {
        match letter {
            '"' => inside = !inside,
            ',' if !inside => cells.push(String::new()),
            other => cells.last_mut().unwrap().push(other),
        }
    }
    cells
}

fn quoted(cell: &str, separator: char) -> String {
    if cell.contains(['"', ',', separator]) { format!("\"{cell}\"") } else { cell.to_owned() }
}

fn is_number(cell: &str) -> bool {
    cell.strip_prefix('-').unwrap_or(cell).bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && !cell.is_empty()
}

fn as_date(cell: &str) -> Option<[&str; 3]> {
    let parts: Vec<&str> = cell.split('-').collect();
    (cell.len() == 10 && parts.len() == 3 && parts.iter().all(|part| is_number(part)))
        .then(|| [parts[0], parts[1], parts[2]])
}

/// Every damaged row must be one that the whole table gives, and what is missing must be told.
fn trusted(set: &str, damage: &str, bytes: Vec<u8>) {
    let whole = given(set, TABLES.iter().find(|(name, _)| *name == set).unwrap().1.into());
    assert!(whole.rows.len() == 3 && !whole.told, "{set} is read whole: {:?}", whole.rows);
    let found = given(set, bytes);
    let lost = found.rows.len() < whole.rows.len();
    let other = found.rows.iter().filter(|row| !whole.rows.contains(*row)).count();
    assert!(
        found.told || !lost && other == 0,
        "{set}, {damage}: nothing is told, but {other} rows differ: {:?}",
        found.rows
    );
}

#[test]
fn spreadsheets_rewrite_dates() {
    for (set, table) in TABLES {
        type Rewrite = fn([&str; 3]) -> String;
        let damages: [(&str, Rewrite); 4] = [
            ("month first", |[y, m, d]| format!("{m}/{d}/{y}")),
            ("two-digit years", |[y, m, d]| format!("{d}.{m}.{}", &y[2..])),
            ("days as numbers", |_| "41001".to_owned()),
            ("no day", |[y, _, _]| format!("Apr-{}", &y[2..])),
        ];
        for (damage, rewrite) in damages {
            let damaged = cells(table, |cell| as_date(cell).map_or_else(|| cell.to_owned(), rewrite));
            trusted(set, damage, damaged.clone().into());
            let found = given(set, damaged.into());
            let has_dates =
                table.lines().skip(1).any(|line| split(line).iter().any(|cell| as_date(cell).is_some()));
            assert!(found.told || !has_dates, "{set}, {damage}");
        }
    }
}

#[test]
fn spreadsheets_write_long_numbers_in_scientific_notation() {
    for (set, table) in TABLES {
        let damaged = cells(table, |cell| {
            let long = is_number(cell) && !cell.contains('.') && 4 <= cell.len();
            if long {
                format!("{}.{}E+0{}", &cell[..1], &cell[1..3], cell.len() - 1)
            } else {
                cell.to_owned()
            }
        });
        trusted(set, "scientific notation", damaged.clone().into());
        let found = given(set, damaged.into());
        assert!(found.told || *set == "acled", "{set}");
        if !["pax", "acled", "icews"].contains(set) {
            assert!(found.rows.is_empty(), "{set}: the row rests on the number: {:?}", found.rows);
        }
    }
}

#[test]
fn spreadsheets_take_leading_zeros_away() {
    let (set, table) = TABLES.iter().find(|(name, _)| *name == "icews").unwrap();
    let damaged = cells(table, |cell| cell.strip_prefix('0').unwrap_or(cell).to_owned());
    trusted(set, "no leading zeros", damaged.into());
}

#[test]
fn thousands_are_grouped_and_decimals_have_commas() {
    for (set, table) in TABLES {
        let grouped = cells(table, |cell| {
            let long = is_number(cell) && !cell.contains('.') && 4 <= cell.len();
            if long {
                format!("{},{}", &cell[..cell.len() - 3], &cell[cell.len() - 3..])
            } else {
                cell.to_owned()
            }
        });
        trusted(set, "grouped thousands", grouped.into());
        let mut semicolons = String::new();
        for line in table.lines() {
            let cells = split(line);
            let rewritten = cells.iter().map(|cell| {
                let decimal = is_number(cell) && cell.contains('.');
                quoted(&if decimal { cell.replace('.', ",") } else { cell.clone() }, ';')
            });
            writeln!(semicolons, "{}", rewritten.collect::<Vec<_>>().join(";")).unwrap();
        }
        trusted(set, "semicolons and decimal commas", semicolons.clone().into());
        assert_eq!(given(set, semicolons.into()).rows.len(), 3, "{set} with semicolons is read whole");
        // Decimal commas without semicolons or quotation marks move every cell after them.
        let moved = table.replace("20.6305", "20,6305").replace("21.0245", "21,0245");
        trusted(set, "a comma too many", moved.into());
    }
}

#[test]
fn marks_and_other_encodings() {
    for (set, table) in TABLES {
        let marked = [b"\xef\xbb\xbf", table.as_bytes()].concat();
        assert_eq!(given(set, marked.clone()).rows, given(set, (*table).into()).rows, "{set} with a mark");
        trusted(set, "a byte-order mark", marked);
        let windows = table.replace('\n', "\r\n");
        assert_eq!(
            given(set, windows.into()).rows,
            given(set, (*table).into()).rows,
            "{set} with Windows lines"
        );
        let latin: Vec<u8> = table.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect();
        let found = given(set, latin);
        assert_eq!(found.rows, given(set, (*table).into()).rows, "{set} in Latin-1");
        assert!(found.told || *set == "peace" && !table.contains('ô'), "{set}: the encoding is told");
        let wide: Vec<u8> = table.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(given(set, wide).rows.is_empty(), "{set} in UTF-16 is refused");
    }
}

#[test]
fn tables_cut_off_anywhere() {
    for (set, table) in TABLES {
        for end in (0..table.len()).filter(|&end| table.is_char_boundary(end)) {
            let cut = &table[..end];
            // At the end of a line nothing is there to see.
            if !cut.ends_with('\n') {
                trusted(set, &format!("cut off after {end} bytes"), cut.into());
            }
        }
        let header = &table[..=table.find('\n').unwrap()];
        assert!(given(set, header.into()).told, "{set}: a header alone is told");
        assert!(given(set, header.trim_end().into()).told, "{set}: a header alone is told");
    }
}

#[test]
fn any_byte_may_be_another() {
    for (set, table) in TABLES {
        for at in (0..table.len()).step_by(3) {
            for byte in [0u8, b'"', b'\n', b',', 0xff] {
                let mut bytes = table.as_bytes().to_vec();
                bytes[at] = byte;
                given(set, bytes);
            }
        }
    }
}
