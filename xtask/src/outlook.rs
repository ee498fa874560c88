//! Writes the records of the outlook to `models/outlook/`, from UCDP's termination files.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use irenic_outlook::{Level, Record, Settings};
use irenic_records::{DataSet, Table, TerminationYear, read};

/// Reads the termination files in a folder and below, known by their headers, and writes both records.
pub(crate) fn write(data: &Path) -> anyhow::Result<()> {
    for (name, text) in records(data)? {
        let path = crate::root().join("models/outlook").join(name);
        std::fs::write(&path, text).with_context(|| format!("{}: cannot be written", path.display()))?;
        eprintln!("{}", path.display());
    }
    Ok(())
}

/// The file names and texts of both levels.
pub(crate) fn records(data: &Path) -> anyhow::Result<Vec<(&'static str, String)>> {
    let tables = tables(data)?;
    [(Level::Conflict, "conflict.toml"), (Level::Dyad, "dyad.toml")]
        .into_iter()
        .map(|(level, name)| {
            let wanted = |path: &&PathBuf| {
                Table::open(path).is_ok_and(|table| table.data_set() == Some(DataSet::Termination(level)))
            };
            let path = tables.iter().find(wanted).with_context(|| {
                format!("{}: no UCDP termination file of the {} level", data.display(), level.name())
            })?;
            let rows = read::<TerminationYear>(Table::open_as(path, name)?)?;
            let version = rows.version().unwrap_or("unknown").to_owned();
            let (rows, _) = rows.all();
            Ok((name, Record::of(&rows, level, &version)?.to_toml(&Settings::built_in())))
        })
        .collect()
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
        let data = shared.join("data/ucdp");
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
