//! Panels of generated events, by country and month and by actor pair and month, against DuckDB on the same file.
//!
//! `cargo bench -p irenic-records` runs with two million rows; `PANEL_ROWS=20000000` with twenty. Both use two threads.
//! DuckDB is run through its Python wheel, and left out with a word where that is not installed. Each is run three times
//! in turn, each run in a process of its own, and the fastest counts. The file is written to a temporary folder and
//! taken away again.

#![allow(clippy::print_stdout, reason = "a bench says what it measured")]

use std::env;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::num::NonZeroUsize;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use irenic_records::{Mapping, PanelConfig, PanelUnit, Period, Table, panel};

const MAPPING: &str = "name = 'generated'\ndate = 'event_date'\ncountry = 'country'\nactors = ['actor1', 'actor2']\n\
    directed = true\ncode = 'code'\nclass = 'class'\nlow = 'low'\nbest = 'best'\nhigh = 'high'\nlatitude = 'latitude'\n\
    longitude = 'longitude'\n";

const RUNS: usize = 3;

/// The same groups and sums in DuckDB's words.
const DUCKDB: &str = "
import sys, time, duckdb
file, unit = sys.argv[1:]
columns = {'country': 'country', 'actors': 'actor1, actor2'}[unit]
db = duckdb.connect()
db.execute('SET threads = 2')
begin = time.monotonic()
rows = db.execute(f\"select {columns}, date_trunc('month', event_date), count(*), sum(low), sum(best), sum(high) \"
                  f\"from read_csv('{file}') group by all order by all\").fetchall()
print(time.monotonic() - begin, len(rows), sum(row[-2] for row in rows))
";

/// What a run took and gave.
#[derive(Clone, Copy)]
struct Run {
    seconds: f64,
    groups: usize,
    deaths: u64,
}

fn main() -> io::Result<()> {
    let arguments: Vec<String> = env::args().collect();
    if let [_, mode, file, unit] = arguments.as_slice()
        && mode == "--panel"
    {
        return once(Path::new(file), unit);
    }
    let rows = env::var("PANEL_ROWS").ok().and_then(|rows| rows.parse().ok()).unwrap_or(2_000_000);
    // DuckDB does not look into hidden folders.
    let folder = tempfile::Builder::new().prefix("panel-").tempdir()?;
    let file = folder.path().join("events.csv");
    generate(&file, rows)?;
    let megabytes = fs::metadata(&file)?.len() >> 20;
    println!("{rows} rows, {megabytes} MB");
    for unit in ["country", "actors"] {
        compare(&file, unit)?;
    }
    Ok(())
}

fn compare(file: &Path, unit: &str) -> io::Result<()> {
    let (mut ours, mut theirs): (Option<Run>, Option<Run>) = (None, None);
    let mut memory = 0;
    for _ in 0..RUNS {
        let (run, peak) = our_run(file, unit)?;
        ours = Some(faster(ours, run));
        memory = memory.max(peak);
        if let Some(run) = duckdb(file, unit) {
            theirs = Some(faster(theirs, run));
        }
    }
    let Some(ours) = ours else { return Ok(()) };
    println!("{unit} by month: {:.2} s, {} groups, peak memory {memory} MB", ours.seconds, ours.groups);
    match theirs {
        None => println!("  DuckDB does not run here (pip install duckdb), so there is no comparison"),
        Some(theirs) => {
            assert_eq!(
                (ours.groups, ours.deaths),
                (theirs.groups, theirs.deaths),
                "both give the same panel"
            );
            println!("  DuckDB {:.2} s, ratio {:.2}", theirs.seconds, ours.seconds / theirs.seconds);
        }
    }
    Ok(())
}

fn faster(best: Option<Run>, run: Run) -> Run {
    best.filter(|best| best.seconds <= run.seconds).unwrap_or(run)
}

/// One panel in this process, so that its peak memory is its own.
fn once(file: &Path, unit: &str) -> io::Result<()> {
    let begin = Instant::now();
    let mapping = Mapping::parse(MAPPING, "mapping").map_err(io::Error::other)?;
    let unit = if unit == "country" { PanelUnit::Country } else { PanelUnit::Actors };
    let threads = NonZeroUsize::MIN.saturating_add(1);
    let table = Table::open(file).map_err(io::Error::other)?;
    let config = PanelConfig { unit, period: Period::Month, threads };
    let found = panel(table, Some(&mapping), &config).map_err(io::Error::other)?;
    assert_eq!(found.problems.rows_refused(), 0, "{:?}", found.problems.diagnostics());
    let deaths: u64 = found.rows.iter().filter_map(|row| row.best).sum();
    println!("{} {} {deaths} {}", begin.elapsed().as_secs_f64(), found.rows.len(), peak_megabytes());
    Ok(())
}

fn our_run(file: &Path, unit: &str) -> io::Result<(Run, u64)> {
    let output = Command::new(env::current_exe()?).arg("--panel").arg(file).arg(unit).output()?;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let peak = said.split_whitespace().nth(3).and_then(|peak| peak.parse().ok()).unwrap_or(0);
    Ok((run_of(&said).expect("a run says what it took"), peak))
}

fn duckdb(file: &Path, unit: &str) -> Option<Run> {
    let output = match Command::new("python3").args(["-c", DUCKDB]).arg(file).arg(unit).output() {
        Ok(output) => output,
        Err(error) => {
            println!("  python3: {error}");
            return None;
        }
    };
    let said = String::from_utf8_lossy(&output.stdout);
    let run = run_of(&said).filter(|_| output.status.success());
    if run.is_none() {
        let told = String::from_utf8_lossy(&output.stderr);
        println!("  python3: {}, {:?}, {said:?}", output.status, told.lines().last().unwrap_or_default());
    }
    run
}

fn run_of(said: &str) -> Option<Run> {
    let mut words = said.split_whitespace();
    Some(Run {
        seconds: words.next()?.parse().ok()?,
        groups: words.next()?.parse().ok()?,
        deaths: words.next()?.parse().ok()?,
    })
}

/// The most memory that this process had, where the system tells.
fn peak_megabytes() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok())
        .map_or(0, |kilobytes| kilobytes >> 10)
}

/// Events of 11 columns: about 200 countries over 20 years, and about 500 pairs of actors (100,000 groups and more).
fn generate(file: &Path, rows: u64) -> io::Result<()> {
    let mut out = BufWriter::new(File::create(file)?);
    writeln!(out, "event_date,actor1,actor2,country,code,class,low,best,high,latitude,longitude")?;
    let mut state = 0x9e37_79b9_7f4a_7c15u64;
    let mut draw = |bound: u64| {
        // xorshift64: enough to spread rows over groups, and the same on every machine.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % bound
    };
    for _ in 0..rows {
        let (year, month, day) = (2000 + draw(20), 1 + draw(12), 1 + draw(28));
        let pair = draw(500);
        let low = draw(20);
        let (best, high) = (low + draw(5), low + 5 + draw(20));
        writeln!(
            out,
            "{year}-{month:02}-{day:02},Government of Examplia {},Liberation Front of the Province {pair},Country number \
             {},{:03},battle between armed groups,{low},{best},{high},{:.6},{:.6}",
            pair % 50,
            draw(200),
            draw(300),
            draw(180_000_000) as f64 / 1e6 - 90.0,
            draw(360_000_000) as f64 / 1e6 - 180.0,
        )?;
    }
    out.flush()
}
