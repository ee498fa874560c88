//! Tokens a second of the pipeline, over texts that double in length: the figure should not fall with length.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use irenic_language::{Pipeline, segments_of, tokenise};
use irenic_model::Span;

const SUBJECTS: &[&str] = &[
    "The governor",
    "A patrol",
    "Several delegates",
    "The ministry",
    "Two witnesses",
    "Its council",
    "The river authority",
];
const VERBS: &[&str] = &[
    "rejected",
    "described",
    "had not mentioned",
    "will discuss",
    "was said to support",
    "opened",
    "denied",
];
const OBJECTS: &[&str] = &[
    "the proposal",
    "a bridge near the old harbour",
    "talks on fishing rights",
    "three of the claims",
    "what the report called a misunderstanding",
];
const ENDS: &[&str] = &[
    "on Monday",
    "after 12 hours",
    "in spite of the rain",
    "according to a statement",
    "while others waited outside",
];

/// Paragraphs of invented sentences with rare names strewn in.
fn text(sentences: usize) -> String {
    let mut seed = 1u32;
    let mut below = |n: usize| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 16) as usize % n
    };
    let mut text = String::new();
    for at in 0..sentences {
        let parts = [SUBJECTS, VERBS, OBJECTS, ENDS].map(|list| list[below(list.len())]);
        let name: String = (0..6).map(|_| char::from(b'a' + below(26) as u8)).collect();
        text += &format!(
            "{} of M{name} {} {} {}.{}",
            parts[0],
            parts[1],
            parts[2],
            parts[3],
            if at % 5 == 4 { "\n\n" } else { " " }
        );
    }
    text
}

fn analyse(criterion: &mut Criterion) {
    let pipeline = Pipeline::new();
    let mut group = criterion.benchmark_group("analyse");
    group.sample_size(10);
    for sentences in [50, 100, 200, 400, 800] {
        let text = text(sentences);
        let tokens = tokenise(&text, Span::new(0, text.len())).len();
        group.throughput(Throughput::Elements(tokens as u64));
        group.bench_with_input(BenchmarkId::from_parameter(tokens), &text, |bencher, text| {
            bencher.iter(|| pipeline.analyse(black_box(text), &segments_of(text)));
        });
    }
    group.finish();
}

criterion_group!(benches, analyse);
criterion_main!(benches);
