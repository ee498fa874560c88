//! Writes the records of the outlook to `models/outlook/`, from UCDP's termination files and PA-X.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use irenic_outlook::{ImplementationTable, Level, Record, Settings, relapse_by_implementation};
use irenic_records::{DataSet, PaxAgreement, Table, TerminationYear, read};

/// Reads the termination files and PA-X in a folder and below, known by their headers, and writes both records and the
/// table of implementation.
pub(crate) fn write(data: &Path) -> anyhow::Result<()> {
    for (name, text) in records(data)? {
        let path = crate::root().join("models/outlook").join(name);
        std::fs::write(&path, text).with_context(|| format!("{}: cannot be written", path.display()))?;
        eprintln!("{}", path.display());
    }
    Ok(())
}

/// The file names and texts.
pub(crate) fn records(data: &Path) -> anyhow::Result<Vec<(&'static str, String)>> {
    let tables = tables(data)?;
    let find = |set: DataSet| {
        let wanted = |path: &&PathBuf| Table::open(path).is_ok_and(|table| table.data_set() == Some(set));
        tables.iter().find(wanted).with_context(|| format!("{}: no {}", data.display(), set.title()))
    };
    let settings = Settings::built_in();
    let pax = read::<PaxAgreement>(Table::open(find(DataSet::PaX)?)?)?;
    let pax_version = pax.version().unwrap_or("unknown").to_owned();
    let (agreements, _) = pax.all();
    let (mut texts, mut rows, mut version) = (Vec::new(), Vec::new(), String::new());
    for (level, name) in [(Level::Conflict, "conflict.toml"), (Level::Dyad, "dyad.toml")] {
        let table = read::<TerminationYear>(Table::open_as(find(DataSet::Termination(level))?, name)?)?;
        version = table.version().unwrap_or("unknown").to_owned();
        let record = Record::of(&table.all().0, level, &version)?.with_agreements(&agreements);
        texts.push((name, record.to_toml(&settings)));
        rows.extend(relapse_by_implementation(&record, &settings));
    }
    let source = format!("UCDP Conflict Termination, version {version}, with PA-X, version {pax_version}");
    texts.push(("implementation.toml", ImplementationTable { source, rows }.to_toml()));
    Ok(texts)
}

fn tables(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let entries =
        std::fs::read_dir(folder).with_context(|| format!("{}: cannot be read", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(tables(&path)?);
        } else if path.extension().is_some_and(|ending| ["csv", "gz", "zip"].iter().any(|it| ending == *it)) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What ships is what the data give, wherever the data are.
    #[test]
    fn the_records_that_ship_are_those_of_the_data() {
        let shared =
            std::env::var_os("IRENIC_SHARED").map_or_else(|| crate::root().join("../shared"), PathBuf::from);
        let data = shared.join("data");
        if !data.is_dir() {
            eprintln!("skipped: {} is not there", data.display());
            return;
        }
        for (name, text) in records(&data).unwrap() {
            let path = crate::root().join("models/outlook").join(name);
            let ships = std::fs::read_to_string(&path).unwrap();
            assert!(ships == text, "{name} is stale: run `cargo xtask outlook DATA`");
        }
    }
}
