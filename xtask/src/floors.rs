//! Measuring the field tests and raising their floors.

use std::process::Command;

use anyhow::{Context, Result, bail};
use fieldtest::floors::{Table, benchmarks};

/// Measures the named checks, or all, and writes their figures; floors only rise unless `lower` says otherwise.
pub(crate) fn write(names: &[String], lower: bool) -> Result<()> {
    let benchmarks = benchmarks().context("no gold corpora in $IRENIC_SHARED or beside the checkout")?;
    let mut table = Table::read()?;
    for name in names {
        if !table.check.iter().any(|check| check.name == *name) {
            bail!("floors.toml has no check {name}");
        }
    }
    let build =
        Command::new(env!("CARGO")).args(["build", "--release", "--package", "fieldtest"]).status()?;
    if !build.success() {
        bail!("fieldtest does not build");
    }
    let fieldtest = std::env::current_exe()?.with_file_name("fieldtest");
    for check in table.check.iter_mut().filter(|check| names.is_empty() || names.contains(&check.name)) {
        for (measure, now) in check.measure(&fieldtest, &benchmarks)? {
            let floor = check.floors.entry(measure.clone()).or_insert(now);
            eprintln!("{} {measure}: {now} (floor {floor})", check.name);
            *floor = if lower { now } else { floor.max(now) };
        }
    }
    table.write()
}
