//! Aalen-Johansen with 1,000 clustered bootstrap replicates on the dyad spells, beside R's `survfit` on the same.
//!
//! R is run once in the same process's time, and the ratio is printed; without R only our own time is shown.

#![allow(missing_docs, reason = "a bench's entry points are the macro's")]
#![allow(clippy::print_stderr, reason = "a bench says what it skips")]

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use criterion::{Criterion, criterion_group, criterion_main};
use irenic_survival::{AalenJohansen, ClusterBootstrap, Spells};

const REPLICATES: u64 = 1000;

const IN_R: &str = "library(survival); set.seed(1); d <- read.csv(commandArgs(TRUE)[1]); \
    d$state <- factor(ifelse(d$cause == 0, 0, d$intensity), 0:2); rows <- split(seq_len(nrow(d)), d$cluster); \
    t <- system.time(for (b in 1:1000) { i <- unlist(rows[sample(length(rows), replace = TRUE)]); \
    s <- survfit(Surv(exit, state) ~ 1, data = d[i, ], se.fit = FALSE) }); cat(t['elapsed'])";

fn bootstrap(criterion: &mut Criterion) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/validation/r/spells_dyad.csv");
    let text = std::fs::read_to_string(&path).expect("the spells are checked in");
    let rows: Vec<Vec<f64>> = text
        .lines()
        .skip(1)
        .map(|line| line.split(',').map(|cell| cell.parse().expect("a number")).collect())
        .collect();
    let exit: Vec<f64> = rows.iter().map(|row| row[1]).collect();
    let cause: Vec<u32> = rows.iter().map(|row| (row[2] * row[4]) as u32).collect();
    let labels: Vec<u64> = rows.iter().map(|row| row[0] as u64).collect();
    let draws = ClusterBootstrap::new(&labels, 1).expect("there are spells");
    let run = || {
        let spells = Spells::new(&exit, &cause).expect("good spells");
        let relapsed = |replicate| {
            let weights = draws.weights(replicate);
            let drawn = spells.clone().weighted(&weights).expect("good weights");
            AalenJohansen::shares_of(&drawn).at(5.0, 1)
        };
        (0..REPLICATES).map(relapsed).sum::<f64>()
    };
    criterion.bench_function("aalen-johansen, 1000 clustered replicates", |bencher| bencher.iter(run));
    let start = Instant::now();
    std::hint::black_box(run());
    let own = start.elapsed().as_secs_f64();
    let ran = Command::new("Rscript").args(["-e", IN_R]).arg(&path).output();
    match ran.ok().and_then(|output| String::from_utf8(output.stdout).ok()?.trim().parse::<f64>().ok()) {
        Some(theirs) => {
            eprintln!("R survfit: {theirs:.2} s; here: {own:.4} s; {:.0} times faster", theirs / own)
        }
        None => eprintln!("R with its package survival is not installed; here: {own:.4} s"),
    }
}

criterion_group!(benches, bootstrap);
criterion_main!(benches);
