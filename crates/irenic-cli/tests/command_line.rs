//! The command line as a user meets it: exit statuses, what goes where, and the wire held against its schema.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn irenic(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_irenic")).args(arguments).output().expect("the program starts")
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn example(name: &str) -> String {
    root().join("examples").join(name).display().to_string()
}

fn lines(output: &Output) -> Vec<serde_json::Value> {
    let text = std::str::from_utf8(&output.stdout).expect("results are UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect()
}

fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn validator(file: &str) -> jsonschema::Validator {
    let text = fs::read_to_string(root().join("schema").join(file)).expect("the schema is checked in");
    let schema = serde_json::from_str(&text).expect("the schema is JSON");
    jsonschema::validator_for(&schema).expect("the schema is one")
}

#[test]
fn every_line_of_the_wire_fits_its_schema() {
    for (command, file) in [("extract", "extract.schema.json"), ("stages", "stages.schema.json")] {
        let schema = validator(file);
        for name in ["karabakh", "aceh"] {
            let output = irenic(&[command, &example(name), "--format", "jsonl"]);
            assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
            let lines = lines(&output);
            assert!(!lines.is_empty());
            for line in lines {
                let wrong: Vec<String> = schema.iter_errors(&line).map(|error| error.to_string()).collect();
                assert!(wrong.is_empty(), "{command} {name}: {wrong:?}");
            }
        }
    }
}

#[test]
fn the_schema_refuses_what_the_wire_does_not_have() {
    let schema = validator("extract.schema.json");
    let output = irenic(&["extract", &example("aceh"), "--format", "jsonl"]);
    let mut line = lines(&output).remove(0);
    line["source_sha256"] = serde_json::Value::Null;
    assert!(!schema.is_valid(&line), "a null hash");
    line["source_sha256"] = "00".into();
    line["surprise"] = 1.into();
    assert!(!schema.is_valid(&line), "a field that is not on the wire");
}

/// Every span lies in the document, on character boundaries, and what is found does not depend on the run.
#[test]
fn spans_quote_the_text_and_runs_agree() {
    let arguments = ["extract", &example("karabakh"), "--format", "jsonl", "--with-text"];
    let first = irenic(&arguments);
    assert_eq!(first.stdout, irenic(&arguments).stdout);
    for document in lines(&first) {
        let text = document["text"].as_str().expect("--with-text adds the text");
        for kind in ["times", "mentions", "events", "figures", "commitments", "framings", "citations"] {
            for thing in document[kind].as_array().expect("lists are lists") {
                let place = |key: &str| {
                    usize::try_from(thing[key].as_u64().expect("an offset"))
                        .expect("a document fits in memory")
                };
                let words = text.get(place("start")..place("end"));
                assert!(words.is_some_and(|words| words.trim() == words), "{kind}: {words:?}");
            }
        }
    }
}

#[test]
fn a_bad_file_is_named_and_does_not_stop_the_others() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).expect("a test file");
    write("good.txt", b"On 3 May 2011 the army shelled the town. At least 12 civilians were killed.");
    write("junk.txt", &[0, 159, 146, 150, 0, 1, 2, 3, 255, 254, 0, 0]);
    write("empty.md", b"");
    write("cut.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog");
    write("bomb.docx", b"PK\x03\x04 not a document");
    let path = folder.path().display().to_string();
    let output = irenic(&["extract", &path]);
    assert_eq!(output.status.code(), Some(3), "{}", errors(&output));
    let said = errors(&output);
    for name in ["junk.txt", "empty.md", "cut.pdf", "bomb.docx"] {
        assert!(said.contains(name), "{name} is not named in: {said}");
    }
    let found = lines(&output);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["id"], "good.txt");
    assert_eq!(found[0]["figures"][0]["value"], 12.0);
    let report = irenic(&["report", &path]);
    assert_eq!(report.status.code(), Some(3), "{}", errors(&report));
    assert!(report.stdout.starts_with(b"<!DOCTYPE html>"));
}

#[test]
fn usage_and_failure_have_their_own_status() {
    assert_eq!(irenic(&["report"]).status.code(), Some(2));
    assert_eq!(irenic(&["stages", "--as-of", "yesterday", "x"]).status.code(), Some(2));
    let missing = irenic(&["report", "no/such/folder"]);
    assert_eq!(missing.status.code(), Some(1), "{}", errors(&missing));
    assert!(errors(&missing).contains("no/such/folder"), "{}", errors(&missing));
    let folder = tempfile::tempdir().expect("a folder for the test");
    let nothing = irenic(&["report", &folder.path().display().to_string()]);
    assert_eq!(nothing.status.code(), Some(1), "{}", errors(&nothing));
    let help = irenic(&["report", "--help"]);
    assert_eq!(help.status.code(), Some(0));
    assert!(!help.stdout.is_empty() && help.stderr.is_empty());
    let listing = String::from_utf8_lossy(&irenic(&["--help"]).stdout).into_owned();
    assert!(listing.contains("Start here:") && listing.contains("wrong usage"), "{listing}");
}

/// What a newcomer does wrong is answered with what to do instead.
#[test]
fn a_slip_is_answered_with_its_cure() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let path = folder.path().display().to_string();
    fs::write(folder.path().join("a.txt"), "On 3 May 2011 the army shelled the town.").expect("a test file");
    let target = folder.path().join("no/such/report.html").display().to_string();
    let bad_day = irenic(&["stages", &path, "--as-of", "2011"]);
    assert_eq!(bad_day.status.code(), Some(2));
    assert!(errors(&bad_day).contains("YYYY-MM-DD, like"), "{}", errors(&bad_day));
    let no_command = irenic(&[&path]);
    assert_eq!(no_command.status.code(), Some(2));
    assert!(errors(&no_command).contains(&format!("irenic report {path}")), "{}", errors(&no_command));
    let no_target = irenic(&["report", &path, "-o", &target]);
    assert_eq!(no_target.status.code(), Some(1));
    assert!(errors(&no_target).contains("make it first"), "{}", errors(&no_target));
    let config = folder.path().join("conflict.toml");
    fs::write(&config, "name = \"Examplia\"\n[[source]]\nfile = \"b.txt\"\n").expect("a test file");
    let absent = irenic(&["stages", &path]);
    assert_eq!(absent.status.code(), Some(0), "{}", errors(&absent));
    assert!(errors(&absent).contains("\"b.txt\" is not among the documents"), "{}", errors(&absent));
    fs::write(&config, "name = \"Examplia\"\nparties = 3\n").expect("a test file");
    let slip = irenic(&["stages", &path]);
    assert_eq!(slip.status.code(), Some(3), "{}", errors(&slip));
    for part in ["conflict.toml: is not used until", "line 2", "parties"] {
        assert!(errors(&slip).contains(part), "{part}: {}", errors(&slip));
    }
    fs::write(&config, "").expect("a test file");
    fs::write(folder.path().join("b.txt"), b"\xc5\x9eu\xc5\x9fa fell \xff on 9 May 1992.\n")
        .expect("a test file");
    let replaced = irenic(&["extract", &path]);
    assert_eq!(replaced.status.code(), Some(0));
    assert!(errors(&replaced).contains("b.txt: "), "{}", errors(&replaced));
}

#[test]
fn a_folder_without_a_document_is_a_failure() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let path = folder.path().display().to_string();
    for command in ["extract", "report", "stages", "figures", "framings"] {
        let output = irenic(&[command, &path]);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0), "{command}");
        assert!(errors(&output).contains("no document could be read"), "{command}: {}", errors(&output));
    }
    fs::write(folder.path().join("photo.png"), b"\x89PNG").expect("a test file");
    let output = irenic(&["extract", &path]);
    assert_eq!(output.status.code(), Some(1));
    assert!(errors(&output).contains("photo.png"), "{}", errors(&output));
}

/// Text that is full of markup and script must arrive in the report as words.
#[test]
fn what_a_document_says_stays_words() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let text = "On 3 May 2011 <script>alert('x')</script> the army shelled the town, \"</style><img src=x onerror=y>\" the mayor said.";
    fs::write(folder.path().join("a<b>&.txt"), text).expect("a test file");
    let output = irenic(&["report", &folder.path().display().to_string()]);
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    let page = String::from_utf8_lossy(&output.stdout);
    assert!(!page.contains("<script>alert"), "a script of the document runs");
    assert!(!page.contains("<img src=x"), "an element of the document is one of the page");
    assert!(page.contains("alert("), "the words are gone");
}

#[test]
fn a_corpus_is_read_line_by_line() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let path = folder.path().join("corpus.jsonl");
    let corpus = concat!(
        "{\"id\": \"a\", \"date\": \"2011-05-04\", \"text\": \"The rebels attacked on Tuesday.\"}\n",
        "not json\n",
        "{\"id\": \"a\", \"date\": null, \"text\": \"Nothing happened.\"}\n",
    );
    fs::write(&path, corpus).expect("a test file");
    let output = irenic(&["extract", &path.display().to_string()]);
    assert_eq!(output.status.code(), Some(3), "{}", errors(&output));
    assert!(errors(&output).contains("corpus.jsonl:2"), "{}", errors(&output));
    let found = lines(&output);
    assert_eq!(found.iter().map(|line| line["id"].as_str()).collect::<Vec<_>>(), [Some("a"), Some("a")]);
    assert_eq!(found[0]["times"][0]["value"], "2011-05-03");
}

#[test]
fn the_outlook_tells_chances_and_refuses_what_is_too_thin() {
    let asked =
        ["outlook", "--quiet-years", "2", "--ending", "ceasefire", "--format", "jsonl", "--years", "5"];
    let output = irenic(&asked);
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    let line = lines(&output).remove(0);
    assert_eq!((line["unit"].as_str(), line["cases"].as_u64()), (Some("conflict"), Some(54)));
    let sum: f64 = ["quiet", "minor", "war"].iter().filter_map(|state| line[*state].as_f64()).sum();
    assert!((sum - 1.0).abs() < 0.001);
    let thin = irenic(&["outlook", "--quiet-years", "40", "--ending", "actor-gone"]);
    assert_eq!((thin.status.code(), thin.stdout.len()), (Some(0), 0));
    assert!(errors(&thin).contains("no outlook"), "{}", errors(&thin));
    assert_eq!(irenic(&["outlook"]).status.code(), Some(2));
    assert_eq!(irenic(&["outlook", "--quiet-years", "2", "--ending", "draw"]).status.code(), Some(2));
}

#[test]
fn the_backtest_gives_the_reference_of_the_fixed_split() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let plot = folder.path().join("curves.svg").display().to_string();
    let asked = ["backtest", "--design", "fixed", "--years", "2", "--format", "jsonl", "--plot", &plot];
    let output = irenic(&asked);
    let svg = fs::read_to_string(&plot).expect("the curves are drawn");
    for words in
        ["Back at arms within 2 quiet years; conflict level, fixed split 2000", "class rate", "<circle"]
    {
        assert!(svg.contains(words), "{words}");
    }
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    let briers: Vec<f64> = lines(&output).iter().filter_map(|line| line["brier"].as_f64()).collect();
    assert_eq!(briers[..2], [0.2534, 0.2247]);
}

#[test]
fn episodes_of_a_table_have_the_wires_columns() {
    let folder = tempfile::tempdir().expect("a folder");
    let table = folder.path().join("years.csv");
    fs::write(
        &table,
        "conflict_id,year,intensity_level,type_of_conflict\n9,2001,1,3\n9,2002,2,3\n9,2004,1,3\n9,2e3,1,3\n8,2004,1,3\n",
    )
    .expect("the table is written");
    let table = table.display().to_string();
    let output = irenic(&["episodes", &table, "--format", "csv", "--conflict", "9"]);
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut rows = text.lines();
    let header = rows.next().expect("a header");
    assert!(header.starts_with("conflict_id,dyad_id,episode,start_year,end_year,ongoing,"), "{header}");
    let starts: Vec<_> = rows.map(|row| row.split(',').take(6).collect::<Vec<_>>().join(",")).collect();
    assert_eq!(starts, ["9,,1,2001,2002,false", "9,,2,2004,2004,true"]);
    assert!(errors(&output).contains("years.csv:5: column year: \"2e3\" is in scientific notation"));
    let dyads = irenic(&["episodes", &table, "--level", "dyad"]);
    assert_eq!(dyads.status.code(), Some(1));
    assert!(errors(&dyads).contains("the table has no dyads"), "{}", errors(&dyads));
    let whole = irenic(&["episodes", &table, "--format", "jsonl"]);
    assert!(lines(&whole).iter().all(|line| line["conflict_id"].is_u64() && line["ongoing"].is_boolean()));
}

#[test]
fn data_sets_are_listed_and_checked_without_a_connection() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let to = folder.path().display().to_string();
    let listed = irenic(&["data", "list", "--to", &to, "--format", "jsonl"]);
    assert_eq!(listed.status.code(), Some(0), "{}", errors(&listed));
    let rows = lines(&listed);
    assert!(rows.iter().any(|row| row["key"] == "ucdp-ged" && row["licence"] == "CC BY 4.0"));
    for row in &rows {
        for field in ["title", "publisher", "licence", "citation", "page", "version", "format", "file"] {
            assert!(row[field].as_str().is_some_and(|text| !text.is_empty()), "{field} of {row}");
        }
        assert_eq!(row["here"], false);
    }
    let years = "conflict_id,year,intensity_level,type_of_conflict,version\n9,2001,1,3,25.1\n";
    let file = rows.iter().find(|row| row["key"] == "ucdp-termination-conflict").expect("it is listed");
    fs::write(folder.path().join(file["file"].as_str().expect("a name")), years).expect("it can be written");
    let checked = lines(&irenic(&["data", "check", "--to", &to, "--format", "jsonl"]));
    assert_eq!(checked.len(), 1);
    assert_eq!((&checked[0]["standing"], &checked[0]["read_version"]), (&"unknown".into(), &"25.1".into()));
    assert_eq!(checked[0]["read_as"], "UCDP/PRIO Armed Conflict", "named by what is in it");
}

#[test]
fn what_cannot_be_fetched_says_why() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let to = folder.path().display().to_string();
    let by_hand = irenic(&["data", "fetch", "acled", "--to", &to]);
    assert_eq!(by_hand.status.code(), Some(1));
    assert!(errors(&by_hand).contains("https://acleddata.com/"), "{}", errors(&by_hand));
    let unknown = irenic(&["data", "fetch", "no-such-data", "--to", &to]);
    assert_eq!(unknown.status.code(), Some(1));
    assert!(errors(&unknown).contains("irenic data list"), "{}", errors(&unknown));
    assert_eq!(fs::read_dir(folder.path()).expect("it is a folder").count(), 0);
}

const YEARS: &str = "conflict_id,location,side_a,side_b,incompatibility,year,intensity_level,type_of_conflict,version\n\
    901,Examplia,Government of Examplia,NF,1,2001,1,3,25.1\n901,Examplia,Government of Examplia,NF,1,2002,2,3,25.1\n\
    902,Examplia,Government of Examplia,WF,2,2007,2,3,25.1\n";

const DEATHS: &str = "conflict_id,dyad_id,location_inc,side_a,side_b,incompatibility,year,bd_best,bd_low,bd_high,type_of_conflict,version\n\
    901,17230,Examplia,Government,NF,1,2001,56,50,60,3,221\n901,17230,Examplia,Government,NF,1,2002,1234,1200,2000,4,221\n";

#[test]
fn a_report_names_its_tables_and_draws_their_deaths() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    for (name, text) in [("conflict.toml", "ucdp = 901\n"), ("years.csv", YEARS), ("deaths.csv", DEATHS)] {
        fs::write(folder.path().join(name), text).expect("it can be written");
    }
    let output = irenic(&["report", &folder.path().display().to_string()]);
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    let page = String::from_utf8(output.stdout).expect("a page is UTF-8");
    for words in [
        "2002: 1,234 deaths (1,200 to 2,000)",
        "2002: at least 1,000 deaths",
        "Deaths: UCDP Battle-related Deaths (dyad level) (deaths.csv)",
        "conflict.toml names UCDP conflict 901",
        "UCDP/PRIO Armed Conflict, version 25.1",
        "agreement, carried on",
    ] {
        assert!(page.contains(words), "{words}");
    }
    assert!(!page.contains("2007: at least"), "another conflict's year");
}

#[test]
fn stages_of_every_conflict_in_a_table_under_any_model() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let table = folder.path().join("years.csv");
    fs::write(&table, YEARS).expect("it can be written");
    let table = table.display().to_string();
    let stages = |model: &str| {
        let output = irenic(&["episodes", &table, "--model", model, "--format", "jsonl"]);
        assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
        lines(&output)
            .iter()
            .map(|row| format!("{} {} {}", row["conflict_id"], row["stage"], row["from"]).replace('"', ""))
            .collect::<Vec<_>>()
    };
    let ucdp = ["901 minor armed conflict 2001-01-01", "901 war 2002-01-01", "902 war 2007-01-01"];
    assert_eq!(stages("ucdp"), ucdp);
    assert_eq!(stages("irenic")[..2], ["901 confrontation 2001-01-01", "901 war 2002-01-01"]);
    // Thresholds of a file: from 30 deaths on a year is active, so that what is known to have 25 is not.
    let model = fs::read_to_string(root().join("models/stage/ucdp.toml")).expect("it is there");
    let file = folder.path().join("other.toml");
    fs::write(&file, model.replacen("value = 25", "value = 30", 1)).expect("it can be written");
    assert_eq!(stages(&file.display().to_string()), ucdp[1..]);
    let dyads = folder.path().join("dyads.csv");
    let header = "conflict_id,dyad_id,location,side_a,side_b,year,intensity_level,type_of_conflict,version\n";
    fs::write(&dyads, format!("{header}9,91,E,G,NF,2001,1,3,25.1\n9,92,E,G,SF,2003,2,3,25.1\n"))
        .expect("it can be written");
    let output = irenic(&[
        "episodes",
        &dyads.display().to_string(),
        "--model",
        "ucdp",
        "--level",
        "dyad",
        "--format",
        "csv",
    ]);
    let csv = String::from_utf8(output.stdout.clone()).expect("it is UTF-8");
    assert!(csv.starts_with("conflict_id,dyad_id,") && csv.contains("\n9,91,E,ucdp,minor"), "{csv}");
    let refused = irenic(&["episodes", &table, "--model", "ucdp", "--level", "dyad"]);
    assert!(errors(&refused).contains("not of their dyads; give a dyad-level table"), "{}", errors(&refused));
    // Any table, by a mapping that says what its classes show.
    let (ours, mapping) = (folder.path().join("ours.csv"), folder.path().join("mapping.toml"));
    fs::write(&ours, "day,ucdp,killed\n2001-02-03,7,30\n2001-03-03,8,3\n").expect("it can be written");
    let columns = "name = 'Ours'\ndate = 'day'\nconflict = 'ucdp'\nbest = 'killed'\n[[shows]]\nshows = 'clash-organised'\n";
    fs::write(&mapping, columns).expect("it can be written");
    let (ours, mapping) = (ours.display().to_string(), mapping.display().to_string());
    let output = irenic(&["episodes", &ours, "--mapping", &mapping, "--model", "ucdp", "--format", "jsonl"]);
    let found: Vec<_> =
        lines(&output).iter().map(|row| (row["conflict_id"].clone(), row["stage"].clone())).collect();
    assert_eq!(found, [(7.into(), "minor armed conflict".into())], "{}", errors(&output));
    let unknown = irenic(&["episodes", &table, "--model", "no-such-model"]);
    assert_eq!(unknown.status.code(), Some(1));
    assert!(errors(&unknown).contains("neither irenic, ucdp"), "{}", errors(&unknown));
}

#[test]
fn after_an_agreement_its_implementation_stands_beside_or_why_not() {
    let asked = |quiet: &str| {
        let question = ["outlook", "--quiet-years", quiet, "--ending", "agreement", "--carried-on", "true"];
        irenic(&[&question[..], &["--years", "2", "--format", "jsonl"]].concat())
    };
    let near = asked("1");
    let classes: Vec<String> = lines(&near).iter().map(|row| row["class"].to_string()).collect();
    assert!(classes.len() == 2 && classes[1].contains("carried on in the first quiet year"), "{classes:?}");
    let thin = asked("8");
    assert_eq!(lines(&thin).len(), 1, "the class itself is still told");
    assert!(errors(&thin).contains("by implementation: no outlook: of conflicts"), "{}", errors(&thin));
    let other = ["outlook", "--quiet-years", "1", "--ending", "ceasefire", "--carried-on", "true"];
    assert!(errors(&irenic(&other)).contains("only an agreement is carried on"));
    let folder = tempfile::tempdir().expect("a folder for the test");
    let pax = "AgtId,Agt,Dat,Agtp,Stage,UcdpCon,Ce\n1,Accord,2002-12-20,Intra,SubComp,901,0\n2,Plan,2003-05-01,Intra,Imp,901,0\n";
    for (name, text) in [("conflict.toml", "ucdp = 901\n"), ("years.csv", YEARS), ("pax.csv", pax)] {
        fs::write(folder.path().join(name), text).expect("it can be written");
    }
    let page = irenic(&["report", &folder.path().display().to_string(), "--as-of", "2011-06-01"]);
    let page = String::from_utf8(page.stdout).expect("a page is UTF-8");
    assert!(page.contains("By implementation: no outlook: of conflicts"), "the narrower class is too thin");
}

#[test]
fn the_outlook_tells_how_fighting_that_goes_on_may_end() {
    let asked = ["outlook", "--active-years", "3", "--intensity", "war", "--years", "5", "--format", "jsonl"];
    let rows = lines(&irenic(&asked));
    assert_eq!(rows.len(), 1);
    let share = |field: &str| rows[0][field].as_f64().expect("a share");
    assert!((share("ended") + share("minor") + share("war") - 1.0).abs() < 1e-3, "{}", rows[0]);
    let ways = [
        "agreement",
        "ceasefire",
        "victory_a",
        "victory_b",
        "low_activity",
        "actor_gone",
        "ending_not_given",
    ];
    assert!((ways.iter().map(|way| share(way)).sum::<f64>() - share("ended")).abs() < 1e-3);
    let thin = irenic(&["outlook", "--active-years", "90", "--intensity", "war"]);
    assert!(errors(&thin).contains("are needed"), "{}", errors(&thin));
    let table = lines(&irenic(&["outlook", "--by-implementation", "--format", "jsonl"]));
    assert_eq!(table.len(), 3);
    assert_eq!(
        table[0]["cases"].as_u64(),
        table[1]["cases"].as_u64().zip(table[2]["cases"].as_u64()).map(|(a, b)| a + b)
    );
}

#[test]
fn times_are_explained() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("note.md");
    let text = "---\ndate: 2024-05-03\n---\n\nTalks failed last month. They will meet again on Tuesday.\n";
    fs::write(&file, text).expect("the file is written");
    let output = irenic(&["explain", "times", &file.display().to_string(), "--format", "jsonl"]);
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    let found: Vec<_> = lines(&output)
        .iter()
        .map(|line| {
            ["words", "value", "rule", "formula", "parts", "anchor", "tense"]
                .map(|field| line[field].as_str().expect("a word").to_owned())
        })
        .collect();
    let anchor = "published 2024-05-03";
    assert_eq!(
        found,
        [
            ["last month", "2024-04", "relative/step-unit", "shift $s $u", "s=last; u=month", anchor, ""],
            ["Tuesday", "2024-05-07", "relative/weekday", "weekday $w", "w=Tuesday", anchor, "future"],
        ]
    );
    let table = irenic(&["explain", "times", &file.display().to_string()]);
    assert!(String::from_utf8_lossy(&table.stdout).contains("step-unit"));
}

/// A report that is written beside its sources is no source the next time.
#[test]
fn a_report_in_its_own_folder_is_passed_over() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let text = "Rebels attacked the port on 3 May 1992 and killed 12 soldiers. A ceasefire was signed on 9 June 1992.";
    fs::write(folder.path().join("a.txt"), text).expect("the folder can be written");
    let (path, page) = (folder.path().display().to_string(), folder.path().join("report.html"));
    let run = || {
        let output = irenic(&["report", &path, "-o", &page.display().to_string()]);
        assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
        (fs::read(&page).expect("the report is there"), errors(&output))
    };
    let (first, _) = run();
    let (second, said) = run();
    assert!(said.contains("report.html"), "it says so: {said}");
    assert!(first.windows(5).any(|window| window == b"a.txt"));
    let sources = |page: &[u8]| String::from_utf8_lossy(page).matches("<article").count();
    assert_eq!(sources(&first), sources(&second));
}
