//! Panels of generated events, by country and month and by actor pair and month, against DuckDB on the same file.
//!
//! `cargo bench -p irenic-records` runs with two million rows; `PANEL_ROWS=20000000` with twenty. Both use two threads.
//! DuckDB is run through its Python wheel, and left out with a word where that is not installed. Each is run three times
//! in turn, each run in a process of its own, and the fastest counts; so does the most memory that a run had. A run that
//! takes longer than `PANEL_SECONDS` (900) is ended. A run of DuckDB's that gives no answer is told with its reason and made
//! once more; where it stays without one, the bench says so and ends with an error, for then nothing has been compared.
//!
//! The file (145 bytes a row) is written beside the build, or to `PANEL_FOLDER`, and taken away again: a folder for
//! temporary files may lie in memory, and then the file would take what the runs need.

#![allow(clippy::print_stdout, reason = "a bench says what it measured")]

use std::env;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use irenic_records::{Mapping, PanelConfig, PanelUnit, Period, Table, panel};

const MAPPING: &str = "name = 'generated'\ndate = 'event_date'\ncountry = 'country'\nactors = ['actor1', 'actor2']\n\
    directed = true\ncode = 'code'\nclass = 'class'\nlow = 'low'\nbest = 'best'\nhigh = 'high'\nlatitude = 'latitude'\n\
    longitude = 'longitude'\n";

const RUNS: usize = 3;

/// The same groups and sums in DuckDB's words. The order in which rows are read does not matter to either.
const DUCKDB: &str = "
import resource, sys, time
try:
    import duckdb
except ImportError:
    sys.exit(77)
file, unit, folder = sys.argv[1:]
columns = {'country': 'country', 'actors': 'actor1, actor2'}[unit]
db = duckdb.connect()
db.execute('SET threads = 2')
# What takes longer than two seconds draws a bar on standard output.
db.execute('SET enable_progress_bar = false')
db.execute('SET preserve_insertion_order = false')
db.execute(f\"SET temp_directory = '{folder}/duckdb'\")
begin = time.monotonic()
rows = db.execute(f\"select {columns}, date_trunc('month', event_date), count(*), sum(low), sum(best), sum(high) \"
                  f\"from read_csv('{file}') group by all order by all\").fetchall()
seconds = time.monotonic() - begin
print(seconds, len(rows), sum(row[-2] for row in rows), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10)
";

/// The status with which the script says that DuckDB is not installed.
const NOT_INSTALLED: i32 = 77;

/// What a run took and gave.
#[derive(Clone, Copy)]
struct Run {
    seconds: f64,
    groups: usize,
    deaths: u64,
    /// The most memory that it had, in megabytes.
    memory: u64,
}

/// Why a run gave no answer.
enum Failed {
    NotInstalled,
    Because(String),
}

fn main() -> io::Result<()> {
    let arguments: Vec<String> = env::args().collect();
    if let [_, mode, file, unit] = arguments.as_slice()
        && mode == "--panel"
    {
        return once(Path::new(file), unit);
    }
    let rows = env::var("PANEL_ROWS").ok().and_then(|rows| rows.parse().ok()).unwrap_or(2_000_000);
    let beside =
        env::var_os("PANEL_FOLDER").map_or_else(|| env!("CARGO_TARGET_TMPDIR").into(), PathBuf::from);
    fs::create_dir_all(&beside)?;
    // DuckDB does not look into hidden folders.
    let folder = tempfile::Builder::new().prefix("panel-").tempdir_in(beside)?;
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
    let (mut answers, mut installed) = (0, true);
    for _ in 0..RUNS {
        let run = our_run(file, unit).map_err(|failed| io::Error::other(failed.words()))?;
        ours = Some(better(ours, run));
        if !installed {
            continue;
        }
        match duckdb(file, unit).or_else(|failed| again(failed, file, unit)) {
            Ok(run) => {
                theirs = Some(better(theirs, run));
                answers += 1;
            }
            Err(failed) => {
                installed = !matches!(failed, Failed::NotInstalled);
                println!("  {}", failed.words());
            }
        }
    }
    let Some(ours) = ours else { return Ok(()) };
    println!(
        "{unit} by month: {:.2} s, {} groups, peak memory {} MB",
        ours.seconds, ours.groups, ours.memory
    );
    let Some(theirs) = theirs else {
        let lost = || io::Error::other("DuckDB gave no answer in any run: nothing has been compared");
        return if installed { Err(lost()) } else { Ok(()) };
    };
    assert_eq!((ours.groups, ours.deaths), (theirs.groups, theirs.deaths), "both give the same panel");
    println!(
        "  DuckDB {:.2} s ({answers} of {RUNS} runs), peak memory {} MB; ratio {:.2}",
        theirs.seconds,
        theirs.memory,
        ours.seconds / theirs.seconds
    );
    Ok(())
}

/// A second try, where the first was lost: other work may have taken the memory.
fn again(failed: Failed, file: &Path, unit: &str) -> Result<Run, Failed> {
    let Failed::Because(why) = failed else { return Err(failed) };
    println!("  {why}; once more");
    duckdb(file, unit)
}

impl Failed {
    fn words(&self) -> String {
        match self {
            Self::NotInstalled => {
                "DuckDB is not installed (pip install duckdb), so there is no comparison".to_owned()
            }
            Self::Because(why) => why.clone(),
        }
    }
}

/// The faster of two runs, with the most memory of either.
fn better(best: Option<Run>, run: Run) -> Run {
    let Some(best) = best else { return run };
    let faster = if best.seconds <= run.seconds { best } else { run };
    Run { memory: best.memory.max(run.memory), ..faster }
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

fn our_run(file: &Path, unit: &str) -> Result<Run, Failed> {
    let own = env::current_exe().map_err(|error| Failed::Because(error.to_string()))?;
    answer(Command::new(own).arg("--panel").arg(file).arg(unit))
}

fn duckdb(file: &Path, unit: &str) -> Result<Run, Failed> {
    let folder = file.parent().unwrap_or_else(|| Path::new("."));
    answer(Command::new("python3").args(["-c", DUCKDB]).arg(file).arg(unit).arg(folder))
}

/// Runs a program to its end, or until its time is over, and reads what it says.
fn answer(command: &mut Command) -> Result<Run, Failed> {
    let limit = env::var("PANEL_SECONDS").ok().and_then(|seconds| seconds.parse().ok()).unwrap_or(900);
    let name = command.get_program().to_string_lossy().into_owned();
    let lost = |why: String| Failed::Because(format!("{name}: {why}"));
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| lost(error.to_string()))?;
    let begin = Instant::now();
    loop {
        match child.try_wait().map_err(|error| lost(error.to_string()))? {
            Some(_) => break,
            None if Duration::from_secs(limit) < begin.elapsed() => {
                child.kill().and_then(|()| child.wait()).map_err(|error| lost(error.to_string()))?;
                return Err(lost(format!("took longer than {limit} s and was ended")));
            }
            None => thread::sleep(Duration::from_millis(50)),
        }
    }
    let output = child.wait_with_output().map_err(|error| lost(error.to_string()))?;
    let said = String::from_utf8_lossy(&output.stdout);
    match run_of(&said).filter(|_| output.status.success()) {
        Some(run) => Ok(run),
        None if output.status.code() == Some(NOT_INSTALLED) => Err(Failed::NotInstalled),
        None => {
            let told = String::from_utf8_lossy(&output.stderr);
            Err(lost(format!("{}, said {said:?}, and on standard error {told:?}", output.status)))
        }
    }
}

/// What the last line says: before it, a library may have drawn its progress.
fn run_of(said: &str) -> Option<Run> {
    let last = said.lines().rfind(|line| !line.trim().is_empty())?;
    let mut words = last.split_whitespace();
    Some(Run {
        seconds: words.next()?.parse().ok()?,
        groups: words.next()?.parse().ok()?,
        deaths: words.next()?.parse().ok()?,
        memory: words.next()?.parse().ok()?,
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
