//! Bytes a second for extraction and for the whole report, on one thread and on all, over texts made for the bench.
//!
//! `cargo bench -p irenic-report`

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use irenic::{Dossier, Options, document_of_text};
use irenic_model::Document;

/// A page of news about nobody.
const PAGE: &str = "The Norland government said on 3 May 2019 that at least 23 soldiers, including four officers, had been \
    killed near Northton. The Hill Front denied the claim and accused the army of shelling two villages. \
    On Tuesday both sides agreed to a truce of thirty days, mediated by Southland, and promised to withdraw heavy \
    weapons by 1 July 2019. According to the mission, more than 12,000 people fled the fighting in the first week.\n\n";

fn documents(number: usize) -> Vec<Document> {
    (0..number).map(|at| document_of_text(&format!("{at:04}.txt"), None, &PAGE.repeat(8))).collect()
}

fn roads(criterion: &mut Criterion) {
    let documents = documents(64);
    let bytes: usize = documents.iter().map(|document| document.text.len()).sum();
    let mut group = criterion.benchmark_group("report");
    group.sample_size(10).throughput(Throughput::Bytes(bytes as u64));
    let all = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    for threads in [1, all] {
        let pool =
            rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads can be started");
        group.bench_function(format!("extraction on {threads}"), |bench| {
            bench.iter(|| pool.install(|| reconstructed(black_box(&documents)).accounts.len()));
        });
        group.bench_function(format!("extraction and page on {threads}"), |bench| {
            bench.iter(|| {
                pool.install(|| irenic_report::html::page(&reconstructed(black_box(&documents))).len())
            });
        });
    }
    group.finish();
}

fn reconstructed(documents: &[Document]) -> irenic::Reconstruction {
    Dossier::of_documents("bench", documents.to_vec()).reconstruct(Options::default(), &())
}

criterion_group!(benches, roads);
criterion_main!(benches);
