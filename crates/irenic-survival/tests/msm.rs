//! Rates of a Markov process seen at intervals, against R's `msm` on real stays: `docs/validation/r/msm.R` has the script.
//!
//! Rates, chances and likelihood agree to 1e-4 of their size, as does the standard error of each rate's logarithm.

#![allow(clippy::print_stdout, reason = "a test says what it skips")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use irenic_survival::{Markov, MarkovConfig, Seen};

const FULL: [(usize, usize); 6] = [(0, 1), (0, 2), (1, 0), (1, 2), (2, 0), (2, 1)];
const LADDER: [(usize, usize); 4] = [(0, 1), (1, 0), (1, 2), (2, 1)];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/validation/r")
}

/// The state of each conflict at the end of each year, from its stays.
fn seen() -> Vec<Seen> {
    let text = fs::read_to_string(folder().join("states_conflict.csv")).expect("the stays are checked in");
    let stays: Vec<[i64; 5]> = (text.lines().skip(1))
        .map(|line| {
            let cells: Vec<i64> = line.split(',').map(|cell| cell.parse().expect("a number")).collect();
            cells.try_into().expect("five columns")
        })
        .collect();
    let mut all = Vec::new();
    for (at, &[conflict, entry, exit, from, to]) in stays.iter().enumerate() {
        let mut see = |time: i64, state: i64| {
            all.push(Seen {
                subject: u64::try_from(conflict).expect("a number"),
                time: time as f64,
                state: usize::try_from(state).expect("a state"),
            });
        };
        (entry..exit).for_each(|year| see(year, from));
        if stays.get(at + 1).is_none_or(|next| next[0] != conflict) {
            see(exit, if to < 0 { from } else { to });
        }
    }
    all
}

/// Of each conflict's sightings, those of every third year and the last.
fn third(all: &[Seen]) -> Vec<Seen> {
    let mut last: BTreeMap<u64, f64> = BTreeMap::new();
    for it in all {
        let end = last.entry(it.subject).or_insert(it.time);
        *end = end.max(it.time);
    }
    all.iter().copied().filter(|it| it.time % 3.0 == 0.0 || it.time == last[&it.subject]).collect()
}

#[test]
fn rates_are_those_of_msm() {
    let text = fs::read_to_string(folder().join("golden_msm.csv")).expect("golden_msm.csv is checked in");
    let mut golden: BTreeMap<&str, f64> = (text.lines())
        .filter_map(|line| line.rsplit_once(','))
        .map(|(name, value)| (name, value.parse().expect("a number")))
        .collect();
    let all = seen();
    let mut wrong = Vec::new();
    for (name, data, changes) in [
        ("full", all.clone(), &FULL[..]),
        ("ladder", all.clone(), &LADDER[..]),
        ("third", third(&all), &FULL[..]),
    ] {
        let fit = Markov::fit(&data, &MarkovConfig::new(3, changes)).expect("it can be fitted");
        let mut ours = vec![(format!("{name}:log-likelihood"), fit.log_likelihood)];
        for ((from, to), (rate, error)) in changes.iter().zip(fit.rates.iter().zip(&fit.log_rate_errors)) {
            ours.push((format!("{name}:rate:{from}:{to}"), *rate));
            ours.push((format!("{name}:log-se:{from}:{to}"), *error));
        }
        for (from, row) in fit.chances(5.0).iter().enumerate() {
            ours.extend(
                row.iter().enumerate().map(|(to, chance)| (format!("{name}:five:{from}:{to}"), *chance)),
            );
        }
        for (key, got) in ours {
            let expected = golden.remove(key.as_str()).unwrap_or_else(|| panic!("R has no {key}"));
            if (got - expected).abs() > 1e-4 * expected.abs() {
                wrong.push(format!("{key}: R has {expected}, we have {got}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(golden.is_empty(), "not compared: {golden:?}");
}

/// Where R and `msm` are installed, its values are made anew.
#[test]
fn the_golden_file_is_what_msm_gives() {
    let has_msm = Command::new("Rscript").args(["-e", "library(msm)"]).output();
    if !has_msm.is_ok_and(|output| output.status.success()) {
        println!("skipped: R's msm is not installed");
        return;
    }
    let out = std::env::temp_dir().join(format!("irenic-msm-{}.csv", std::process::id()));
    let ran = Command::new("Rscript").arg(folder().join("msm.R")).arg(folder()).arg(&out).output();
    let ran = ran.expect("Rscript runs");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let values = |text: &str| -> Vec<(String, f64)> {
        let pairs = text.lines().filter_map(|line| line.rsplit_once(','));
        pairs.map(|(name, value)| (name.to_owned(), value.parse().expect("a number"))).collect()
    };
    let anew = values(&fs::read_to_string(&out).expect("R wrote its values"));
    let kept =
        values(&fs::read_to_string(folder().join("golden_msm.csv")).expect("golden_msm.csv is checked in"));
    fs::remove_file(&out).expect("it can be removed");
    assert_eq!(anew.len(), kept.len());
    for ((name, new), (same, old)) in anew.iter().zip(&kept) {
        assert!(name == same && (new - old).abs() <= 1e-5 * old.abs(), "{name}: {new} was {old}");
    }
}
