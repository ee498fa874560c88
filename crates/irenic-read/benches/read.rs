//! Bytes a second for each format.

use std::hint::black_box;
use std::io::{Cursor, Write as _};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use irenic_read::{ReadConfig, read_bytes, read_corpus};

const PARAGRAPH: &str = "The two sides met at the old bridge of the town on 12 May 1994 and agreed on a truce of thirty days.[1] ";

fn plain() -> Vec<u8> {
    format!("{PARAGRAPH}{PARAGRAPH}\n\n").repeat(2000).into_bytes()
}

fn markdown() -> Vec<u8> {
    format!("## Talks\n\n{PARAGRAPH}*{PARAGRAPH}*\n\n- [one](https://example.org)\n\n")
        .repeat(2000)
        .into_bytes()
}

fn html() -> Vec<u8> {
    let body =
        format!("<h2>Talks</h2><p>{PARAGRAPH}<b>{PARAGRAPH}</b></p><ul><li><a href='x'>one</a></li></ul>")
            .repeat(2000);
    format!("<html><body><article>{body}</article></body></html>").into_bytes()
}

fn docx() -> Vec<u8> {
    let body = format!("<w:p><w:r><w:t>{PARAGRAPH}{PARAGRAPH}</w:t></w:r></w:p>").repeat(2000);
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    // Stored, because text that repeats would be taken for a bomb.
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    writer.start_file("word/document.xml", stored).expect("an archive in memory takes entries");
    writer
        .write_all(format!("<w:document>{body}</w:document>").as_bytes())
        .expect("an archive in memory takes bytes");
    writer.finish().expect("an archive in memory ends").into_inner()
}

fn jsonl() -> Vec<u8> {
    format!("{{\"id\":\"x\",\"text\":\"{PARAGRAPH}{PARAGRAPH}\"}}\n").repeat(2000).into_bytes()
}

fn formats(criterion: &mut Criterion) {
    let config = ReadConfig::default();
    let mut group = criterion.benchmark_group("read");
    group.sample_size(10);
    for (id, bytes) in [("a.txt", plain()), ("a.md", markdown()), ("a.html", html()), ("a.docx", docx())] {
        group.throughput(Throughput::Bytes(bytes.len() as u64));
        group.bench_function(id, |bench| bench.iter(|| read_bytes(id, black_box(&bytes), &config).is_ok()));
    }
    let lines = jsonl();
    group.throughput(Throughput::Bytes(lines.len() as u64));
    group.bench_function("a.jsonl", |bench| {
        bench.iter(|| {
            read_corpus(black_box(lines.as_slice()), "a.jsonl", &config).filter(Result::is_ok).count()
        });
    });
    group.finish();
}

criterion_group!(benches, formats);
criterion_main!(benches);
