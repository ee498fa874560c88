//! Every estimator against R's `survival`, on real spells: `docs/validation/r` holds spells, script and R's values.
//!
//! Closed-form estimates agree to 1e-8, iterated fits to 1e-6.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use irenic_survival::{
    AalenJohansen, Cox, CoxConfig, KaplanMeier, Logistic, LogisticConfig, MultiState, MultiStateConfig,
    Spells, Stay, Transform, log_rank,
};

const CLOSED: f64 = 1e-8;
const ITERATED: f64 = 1e-6;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/validation/r")
}

/// R's values, and which of them have been compared.
struct Golden {
    level: &'static str,
    values: BTreeMap<String, f64>,
    seen: BTreeSet<String>,
    wrong: Vec<String>,
}

impl Golden {
    fn new(level: &'static str) -> Self {
        let text = fs::read_to_string(folder().join("golden.csv")).expect("golden.csv is checked in");
        let values = text
            .lines()
            .filter_map(|line| line.rsplit_once(','))
            .map(|(name, value)| (name.to_owned(), value.parse().expect("a number")))
            .collect();
        Self { level, values, seen: BTreeSet::new(), wrong: Vec::new() }
    }

    fn check(&mut self, name: &str, got: f64, tolerance: f64) {
        let name = format!("{}:{name}", self.level);
        let expected = *self.values.get(&name).unwrap_or_else(|| panic!("R has no {name}"));
        if (got - expected).abs() > tolerance {
            self.wrong.push(format!("{name}: R has {expected}, we have {got}"));
        }
        self.seen.insert(name);
    }

    fn close(self) {
        assert!(self.wrong.is_empty(), "{:#?}", self.wrong);
        let all = self.values.keys().filter(|name| name.starts_with(self.level)).count();
        assert_eq!(self.seen.len(), all, "every value of R is compared");
    }
}

struct Data {
    cluster: Vec<usize>,
    exit: Vec<f64>,
    cause: Vec<u32>,
    outcome: Vec<u32>,
    intensity: Vec<u32>,
    years: Vec<f64>,
}

impl Data {
    /// Late entries and weights that R's script gives the same spells.
    fn entry(&self) -> Vec<f64> {
        let late = |at: usize| self.exit[at] > 2.0 && self.intensity[at] == 1;
        (0..self.exit.len()).map(|at| if late(at) { 2.0 } else { 0.0 }).collect()
    }

    fn weight(&self) -> Vec<f64> {
        (0..self.exit.len()).map(|at| 1.0 + ((at + 1) % 3) as f64).collect()
    }
}

fn data(level: &str) -> Data {
    let text =
        fs::read_to_string(folder().join(format!("spells_{level}.csv"))).expect("the spells are checked in");
    let rows: Vec<Vec<f64>> = text
        .lines()
        .skip(1)
        .map(|line| line.split(',').map(|cell| cell.parse().expect("a number")).collect())
        .collect();
    let column = |at: usize| rows.iter().map(|row| row[at]).collect::<Vec<f64>>();
    let labels = column(0);
    let mut distinct = labels.clone();
    distinct.sort_by(f64::total_cmp);
    distinct.dedup();
    let whole = |at: usize| column(at).into_iter().map(|value| value as u32).collect();
    Data {
        cluster: labels.iter().map(|label| distinct.partition_point(|other| other < label)).collect(),
        exit: column(1),
        cause: whole(2),
        outcome: whole(3),
        intensity: whole(4),
        years: column(5),
    }
}

fn product_limit(golden: &mut Golden, data: &Data) {
    let curve = KaplanMeier::of(&Spells::new(&data.exit, &data.cause).expect("good spells"));
    for time in [1.0, 2.0, 5.0, 10.0, 20.0] {
        let point = curve.point_at(time).expect("an exit by then");
        golden.check(&format!("km:{time}"), point.survival, CLOSED);
        golden.check(&format!("km-se:{time}"), point.standard_error(), CLOSED);
        golden.check(&format!("hazard:{time}"), point.hazard, CLOSED);
        golden.check(&format!("hazard-var:{time}"), point.hazard_variance, CLOSED);
        for (name, transform) in
            [("log", Transform::Log), ("loglog", Transform::LogLog), ("plain", Transform::Plain)]
        {
            let limits = curve.limits(time, 0.95, transform);
            golden.check(&format!("{name}-lower:{time}"), limits.lower, CLOSED);
            golden.check(&format!("{name}-upper:{time}"), limits.upper, CLOSED);
        }
    }
    let mean = curve.restricted_mean(20.0);
    golden.check("rmean", mean.mean, CLOSED);
    golden.check("rmean-se", mean.standard_error, CLOSED);
    let late: Vec<usize> = (0..data.exit.len()).filter(|&at| data.exit[at] > 1.0).collect();
    let exit: Vec<f64> = late.iter().map(|&at| data.exit[at]).collect();
    let cause: Vec<u32> = late.iter().map(|&at| data.cause[at]).collect();
    let entry = vec![1.0; exit.len()];
    let curve =
        KaplanMeier::of(&Spells::new(&exit, &cause).and_then(|it| it.entering(&entry)).expect("good spells"));
    for time in [2.0, 5.0, 10.0] {
        golden.check(&format!("late:{time}"), curve.at(time), CLOSED);
    }
}

fn competing(golden: &mut Golden, data: &Data) {
    let cause: Vec<u32> = data.cause.iter().zip(&data.intensity).map(|(cause, kind)| cause * kind).collect();
    let spells = Spells::new(&data.exit, &cause).expect("good spells");
    let chances = AalenJohansen::of(&spells);
    let one = Spells::new(&data.exit, &data.cause).expect("good spells");
    let clustered = AalenJohansen::clustered(&one, &data.cluster).expect("a cluster each");
    for time in [1.0, 2.0, 5.0, 10.0, 20.0] {
        for cause in 0..3 {
            golden.check(&format!("aj:{time}:{cause}"), chances.at(time, cause), CLOSED);
            golden.check(&format!("aj-se:{time}:{cause}"), chances.standard_error_at(time, cause), CLOSED);
        }
        golden.check(&format!("cluster-se:{time}"), clustered.standard_error_at(time, 0), CLOSED);
    }
    let (entry, weight) = (data.entry(), data.weight());
    let late = Spells::new(&data.exit, &cause).and_then(|it| it.entering(&entry)?.weighted(&weight));
    let chances = AalenJohansen::of(&late.expect("good spells"));
    for time in [1.0, 2.0, 5.0, 10.0, 20.0] {
        for cause in 0..3 {
            golden.check(&format!("aj-late:{time}:{cause}"), chances.at(time, cause), CLOSED);
            let error = chances.standard_error_at(time, cause);
            golden.check(&format!("aj-late-se:{time}:{cause}"), error, CLOSED);
        }
    }
}

fn regressions(golden: &mut Golden, data: &Data) {
    let kept: Vec<usize> = (0..data.exit.len()).filter(|&at| data.outcome[at] > 0).collect();
    let exit: Vec<f64> = kept.iter().map(|&at| data.exit[at]).collect();
    let cause: Vec<u32> = kept.iter().map(|&at| data.cause[at]).collect();
    let spells = Spells::new(&exit, &cause).expect("good spells");
    let groups: Vec<usize> = kept.iter().map(|&at| data.outcome[at] as usize - 1).collect();
    let test = log_rank(&spells, &groups).expect("six groups");
    golden.check("logrank", test.chi_squared, CLOSED);
    golden.check("logrank-p", test.p, CLOSED);
    for group in 0..6 {
        golden.check(&format!("observed:{}", group + 1), test.observed[group], CLOSED);
        golden.check(&format!("expected:{}", group + 1), test.expected[group], CLOSED);
    }
    let is = |held: bool| f64::from(u8::from(held));
    let rows: Vec<Vec<f64>> = kept
        .iter()
        .map(|&at| {
            let (war, outcome) = (data.intensity[at] == 2, data.outcome[at]);
            vec![is(war), data.years[at].ln(), is(outcome == 1), is(outcome == 3)]
        })
        .collect();
    let clusters: Vec<usize> = kept.iter().map(|&at| data.cluster[at]).collect();
    let cox = Cox::fit(&spells, &rows, Some(&clusters), &CoxConfig::default()).expect("a fit");
    for column in 0..4 {
        golden.check(&format!("cox:{}", column + 1), cox.coefficients[column], ITERATED);
        golden.check(&format!("cox-se:{}", column + 1), cox.covariance[column][column].sqrt(), ITERATED);
        golden.check(&format!("cox-robust-se:{}", column + 1), cox.standard_error(column), ITERATED);
    }
    golden.check("cox-loglik:0", cox.log_likelihood.0, ITERATED);
    golden.check("cox-loglik:1", cox.log_likelihood.1, ITERATED);
    let (entry, weight) = (data.entry(), data.weight());
    let entry: Vec<f64> = kept.iter().map(|&at| entry[at]).collect();
    let weight: Vec<f64> = kept.iter().map(|&at| weight[at]).collect();
    let late = spells.entering(&entry).and_then(|it| it.weighted(&weight)).expect("good spells");
    let two: Vec<Vec<f64>> = rows.iter().map(|row| row[..2].to_vec()).collect();
    let cox = Cox::fit(&late, &two, Some(&clusters), &CoxConfig::default()).expect("a fit");
    for column in 0..2 {
        golden.check(&format!("cox-late:{}", column + 1), cox.coefficients[column], ITERATED);
        golden.check(&format!("cox-late-se:{}", column + 1), cox.covariance[column][column].sqrt(), ITERATED);
        golden.check(&format!("cox-late-robust-se:{}", column + 1), cox.standard_error(column), ITERATED);
    }
    let mut periods = Vec::new();
    let mut events = Vec::new();
    for &at in &kept {
        for year in 1..=(data.exit[at] as u32).min(10) {
            let war = is(data.intensity[at] == 2);
            periods.push(vec![1.0, f64::from(year).ln(), war, data.years[at].ln()]);
            events.push(data.cause[at] == 1 && f64::from(year) == data.exit[at]);
        }
    }
    let ridge = Logistic::fit(&periods, &events, None, &LogisticConfig::ridge(4, 2.0)).expect("a fit");
    for column in 0..4 {
        golden.check(&format!("ridge:{}", column + 1), ridge.coefficients[column], ITERATED);
        golden.check(&format!("ridge-se:{}", column + 1), ridge.covariance[column][column].sqrt(), ITERATED);
    }
    let logit = Logistic::fit(&periods, &events, None, &LogisticConfig::free(4)).expect("a fit");
    for column in 0..4 {
        golden.check(&format!("logit:{}", column + 1), logit.coefficients[column], ITERATED);
        golden.check(&format!("logit-se:{}", column + 1), logit.covariance[column][column].sqrt(), ITERATED);
    }
}

fn compare(level: &'static str) {
    let mut golden = Golden::new(level);
    let data = data(level);
    product_limit(&mut golden, &data);
    competing(&mut golden, &data);
    regressions(&mut golden, &data);
    golden.close();
}

#[test]
fn conflict_spells_agree_with_r() {
    compare("conflict");
}

#[test]
fn dyad_spells_agree_with_r() {
    compare("dyad");
}

#[test]
fn states_of_conflicts_agree_with_r() {
    let text = fs::read_to_string(folder().join("states_conflict.csv")).expect("the stays are checked in");
    let (mut stays, mut conflicts) = (Vec::new(), Vec::new());
    for line in text.lines().skip(1) {
        let cells: Vec<i64> = line.split(',').map(|cell| cell.parse().expect("a number")).collect();
        let &[conflict, entry, exit, from, to] = &cells[..] else { panic!("five columns") };
        conflicts.push(conflict as u64);
        let to = usize::try_from(to).ok();
        stays.push(Stay { entry: entry as f64, exit: exit as f64, from: from as usize, to });
    }
    let weight: Vec<f64> = conflicts.iter().map(|conflict| 1.0 + (conflict % 3) as f64).collect();
    let mut golden = Golden::new("states");
    for (name, weights) in [("one", None), ("weight", Some(&weight[..]))] {
        let config = MultiStateConfig { weights, clusters: Some(&conflicts), start: None };
        let estimated = MultiState::of(&stays, 3, &config).expect("good stays");
        let start = &estimated.point_at(0.0).chances;
        let chances = MultiState::of(&stays, 3, &MultiStateConfig { start: Some(start), ..config });
        let chances = chances.expect("good stays");
        for time in [1.0, 2.0, 5.0, 10.0, 20.0, 40.0] {
            for state in 0..3 {
                golden.check(&format!("{name}:{time}:{state}"), chances.at(time, state), CLOSED);
                let error = chances.standard_error_at(time, state);
                golden.check(&format!("{name}:se:{time}:{state}"), error, CLOSED);
                if weights.is_none() {
                    let error = estimated.standard_error_at(time, state);
                    golden.check(&format!("start-se:{time}:{state}"), error, CLOSED);
                }
            }
        }
    }
    golden.close();
}

/// Where R is installed, its values are computed anew and must be those that are checked in.
#[test]
#[allow(clippy::print_stderr, reason = "a test says what it skips")]
fn r_still_says_the_same() {
    let scratch = std::env::temp_dir().join(format!("irenic-golden-{}", std::process::id()));
    fs::create_dir_all(&scratch).expect("a folder for the test");
    for name in ["spells_conflict.csv", "spells_dyad.csv", "states_conflict.csv"] {
        fs::copy(folder().join(name), scratch.join(name)).expect("the spells are copied");
    }
    let ran = Command::new("Rscript").arg(folder().join("survival.R")).arg(&scratch).output();
    let ran = ran.ok().filter(|output| output.status.success());
    if ran.is_none() {
        fs::remove_dir_all(&scratch).expect("the folder is taken away");
        eprintln!("skipped: no R with its package survival (Debian: r-base-core, r-cran-survival)");
        return;
    }
    let read = |path: PathBuf| -> BTreeMap<String, f64> {
        let text = fs::read_to_string(path).expect("golden.csv");
        let rows = text.lines().filter_map(|line| line.rsplit_once(','));
        rows.map(|(name, value)| (name.to_owned(), value.parse().expect("a number"))).collect()
    };
    let (anew, kept) = (read(scratch.join("golden.csv")), read(folder().join("golden.csv")));
    fs::remove_dir_all(&scratch).expect("the folder is taken away");
    assert_eq!(anew.keys().collect::<Vec<_>>(), kept.keys().collect::<Vec<_>>());
    for (name, value) in &kept {
        assert!((anew[name] - value).abs() < CLOSED, "{name}: {value} is kept, R now says {}", anew[name]);
    }
}
