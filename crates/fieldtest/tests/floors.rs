//! The figures on the gold corpora have not fallen.

use std::path::Path;

use fieldtest::floors::{Table, benchmarks};

#[test]
fn figures_hold() {
    let table = Table::read().expect("floors.toml is a table of checks");
    let Some(benchmarks) = benchmarks() else {
        eprintln!("skipped: no gold corpora in $IRENIC_SHARED or beside the checkout");
        return;
    };
    let fieldtest = Path::new(env!("CARGO_BIN_EXE_fieldtest"));
    let mut falls = Vec::new();
    for check in table.check.iter().filter(|check| !check.floors.is_empty()) {
        let now =
            check.measure(fieldtest, &benchmarks).unwrap_or_else(|error| panic!("{}: {error:#}", check.name));
        falls.extend(check.falls(&now));
    }
    assert!(falls.is_empty(), "figures fell: {falls:#?}");
}
