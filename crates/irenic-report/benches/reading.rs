//! Documents a second from text to statements, on one thread, and the same over hostile texts that double in length.
//!
//! `cargo bench -p irenic-report --bench reading`. The documents are those of TimeBank where the gold corpora are there
//! (`$IRENIC_SHARED`, else `../shared`).

use std::hint::black_box;
use std::path::{Path, PathBuf};

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use irenic::{Engine, Knowledge, document_of_text};
use irenic_model::Document;

fn corpus() -> PathBuf {
    let shared = std::env::var_os("IRENIC_SHARED").map(PathBuf::from);
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    shared.unwrap_or_else(beside).join("benchmarks/timex/timebank.jsonl")
}

fn news(criterion: &mut Criterion) {
    let Ok(lines) = std::fs::read_to_string(corpus()) else { return };
    let read = lines.lines().enumerate().map(|(at, line)| {
        let value: serde_json::Value = serde_json::from_str(line).expect("a line of the corpus is JSON");
        let date = value["date"].as_str().and_then(|date| date.parse().ok());
        document_of_text(&at.to_string(), date, value["text"].as_str().expect("a document has a text"))
    });
    let documents: Vec<Document> = read.collect();
    let engine = Engine::new();
    let mut group = criterion.benchmark_group("timebank");
    group.sample_size(10).throughput(Throughput::Elements(documents.len() as u64));
    group.bench_function("statements", |bencher| {
        bencher.iter(|| {
            let found = |document| engine.extract(document, &Knowledge::default()).statements.len();
            black_box(&documents).iter().map(found).sum::<usize>()
        });
    });
    group.finish();
}

fn hostile(criterion: &mut Criterion) {
    let engine = Engine::new();
    let mut group = criterion.benchmark_group("statements by length");
    group.sample_size(10);
    let kinds = [
        ("no-spaces", "x"),
        ("numbers", "1,000,"),
        ("quotes", "\""),
        ("quoted-words", "\"a "),
        ("brackets", "([{"),
        ("right-to-left", "قال الوفد إن الهدنة صمدت. "),
        ("emoji", "🕊️💥 "),
        ("mixed-scripts", "Officials in Şuşa, Շուշի and Шуша met on 3 May 2019. "),
    ];
    for (kind, unit) in kinds {
        for kilobytes in [32, 64, 128] {
            let document = document_of_text(kind, None, &unit.repeat(1024 * kilobytes / unit.len()));
            group.throughput(Throughput::Bytes(document.text.len() as u64));
            group.bench_with_input(BenchmarkId::new(kind, kilobytes), &document, |bencher, document| {
                bencher.iter(|| engine.extract(black_box(document), &Knowledge::default()).statements.len());
            });
        }
    }
    group.finish();
}

criterion_group!(benches, news, hostile);
criterion_main!(benches);
