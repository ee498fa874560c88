//! Documents a second of the times alone and of the full reading, and times over texts that double in length.
//!
//! `cargo bench -p irenic-language --bench times`, on one thread. The documents are those of TimeBank where the gold
//! corpora are there (`$IRENIC_SHARED`, else `../shared`), else invented ones.

use std::hint::black_box;
use std::path::{Path, PathBuf};

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use irenic_language::mentions::{MentionContext, MentionFinder};
use irenic_language::times::{TimeContext, times};
use irenic_language::{Pipeline, segments_of};
use irenic_model::Span;
use irenic_model::jiff::civil::Date;

struct Document {
    text: String,
    date: Option<Date>,
    segments: Vec<Span>,
}

impl Document {
    fn new(text: &str, date: Option<&str>) -> Self {
        let date = date.and_then(|date| date.parse().ok());
        Self { text: text.to_owned(), date, segments: segments_of(text) }
    }
}

/// A paragraph of invented news.
const NEWS: &str = "The council said on Tuesday that talks, which began last month, will resume on 12 June after more than \
    two weeks. In 1994 the river authority had agreed to a ceasefire of thirty days; a year earlier it refused. Nobody was \
    hurt, according to witnesses who were there in the early hours of 3 May 2019.\n\n";

fn corpus() -> PathBuf {
    let shared = std::env::var_os("IRENIC_SHARED").map(PathBuf::from);
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    shared.unwrap_or_else(beside).join("benchmarks/timex/timebank.jsonl")
}

fn documents() -> (&'static str, Vec<Document>) {
    let Ok(lines) = std::fs::read_to_string(corpus()) else {
        return ("invented", (0..200).map(|_| Document::new(&NEWS.repeat(5), Some("2019-05-10"))).collect());
    };
    let read = lines.lines().map(|line| {
        let value: serde_json::Value = serde_json::from_str(line).expect("a line of the corpus is JSON");
        Document::new(value["text"].as_str().expect("a document has a text"), value["date"].as_str())
    });
    ("timebank", read.collect())
}

fn per_document(criterion: &mut Criterion) {
    let (name, documents) = documents();
    let pipeline = Pipeline::new();
    let finder = MentionFinder::new();
    let mut group = criterion.benchmark_group(name);
    group.sample_size(10).throughput(Throughput::Elements(documents.len() as u64));
    group.bench_function("times", |bencher| {
        bencher.iter(|| {
            let found = |document: &Document| {
                let context = TimeContext { document_date: document.date, ..TimeContext::default() };
                times(&document.text, &document.segments, &context).len()
            };
            black_box(&documents).iter().map(found).sum::<usize>()
        });
    });
    group.bench_function("reading", |bencher| {
        bencher.iter(|| {
            let found = |document: &Document| {
                let (text, segments) = (&document.text, segments_of(&document.text));
                let analysis = pipeline.analyse(text, &segments);
                let analysed = Some(&analysis);
                let context = TimeContext {
                    document_date: document.date,
                    analysis: analysed,
                    ..TimeContext::default()
                };
                let mentions = finder.mentions(text, &analysis, &MentionContext::default());
                times(text, &segments, &context).len() + mentions.len()
            };
            black_box(&documents).iter().map(found).sum::<usize>()
        });
    });
    group.finish();
}

fn lengths(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("times by length");
    group.sample_size(10);
    // A line without an end, a text all of quotation marks, and brackets in brackets, beside prose.
    let kinds =
        [("prose", NEWS), ("no-spaces", "a1990x"), ("quotes", "\""), ("brackets", "(["), ("years", "1990 ")];
    for (kind, unit) in kinds {
        for kilobytes in [64, 128, 256, 512] {
            let text = unit.repeat(1024 * kilobytes / unit.len());
            let segments = segments_of(&text);
            group.throughput(Throughput::Bytes(text.len() as u64));
            group.bench_with_input(BenchmarkId::new(kind, kilobytes), &text, |bencher, text| {
                bencher.iter(|| times(black_box(text), &segments, &TimeContext::default()).len());
            });
        }
    }
    group.finish();
}

criterion_group!(benches, per_document, lengths);
criterion_main!(benches);
