//! Tables that lie in a dossier's folder: which data set each is, which of its rows are on this conflict and why, and
//! what they show.

use std::collections::BTreeSet;
use std::path::Path;

use irenic_model::Evidence;
use irenic_model::jiff::civil::Date;
use irenic_records::{
    DataSet, Fatalities, MatchedConflict, RecordsError, Table, conflicts_of_parties, evidence_of_table,
    is_evidence,
};

use crate::{ConflictConfig, Failure};

/// What a table gave to the reconstruction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableUse {
    /// The file, relative to the folder.
    pub file: String,
    /// The data set's name.
    pub data_set: &'static str,
    /// The data set's version.
    pub version: Option<String>,
    /// UCDP's numbers of the conflicts whose rows were picked.
    pub conflicts: BTreeSet<u32>,
    /// Why these, in words.
    pub picked_by: String,
    /// Rows that were read, of all conflicts.
    pub rows_read: u64,
    /// Rows that were refused, each with a diagnostic.
    pub rows_refused: u64,
    /// The number of pieces of evidence.
    pub evidence: usize,
    /// The last day that the table covers, of any conflict.
    pub until: Option<Date>,
    /// Deaths by month or year, where the table counts them.
    pub fatalities: Vec<Fatalities>,
}

/// What all tables of a dossier gave.
#[derive(Clone, Debug, Default)]
pub(crate) struct TablesRead {
    pub(crate) uses: Vec<TableUse>,
    pub(crate) evidence: Vec<Evidence>,
    pub(crate) notes: Vec<String>,
    pub(crate) failures: Vec<Failure>,
}

/// The conflicts that are meant, and why.
struct Pick {
    conflicts: BTreeSet<u32>,
    why: String,
}

/// Reads the tables at `files` (path, and name in the folder).
pub(crate) fn read(files: &[(&Path, &str)], config: &ConflictConfig) -> TablesRead {
    let mut read = TablesRead::default();
    if files.is_empty() {
        return read;
    }
    let pick = match config.ucdp {
        Some(number) => {
            Pick { conflicts: [number].into(), why: format!("conflict.toml names UCDP conflict {number}") }
        }
        None => read.pick_by_parties(files, config),
    };
    for (path, file) in files {
        match read.table(path, file, &pick) {
            Ok(()) => {}
            Err(error) if error.is_unknown_data_set() => read.notes.push(error.to_string()),
            Err(error) => {
                read.failures.push(Failure { file: (*file).to_owned(), message: error.to_string() });
            }
        }
    }
    read
}

impl TablesRead {
    fn table(&mut self, path: &Path, file: &str, pick: &Pick) -> Result<(), RecordsError> {
        let table = Table::open_as(path, file)?;
        let version = table.version().map(str::to_owned);
        if matches!(table.data_set(), Some(DataSet::Hxl | DataSet::Iati)) {
            // Read as figures, beside this.
            return Ok(());
        }
        let Some(set) = table.data_set().filter(|set| is_evidence(*set)) else {
            let what = table.data_set().map_or("no data set that is known", irenic_records::DataSet::title);
            self.notes
                .push(format!("{file}: {what}, without UCDP's conflict numbers; its rows were not used"));
            return Ok(());
        };
        if pick.conflicts.is_empty() {
            self.notes.push(format!("{file}: {}; its rows were not used", pick.why));
            return Ok(());
        }
        let found = evidence_of_table(table, &pick.conflicts)?;
        self.notes.extend(found.problems.diagnostics().iter().map(ToString::to_string));
        if found.evidence.is_empty() {
            self.notes.push(format!("{file}: no row is on this conflict ({})", pick.why));
        }
        self.uses.push(TableUse {
            file: file.to_owned(),
            data_set: set.title(),
            version,
            conflicts: pick.conflicts.clone(),
            picked_by: pick.why.clone(),
            rows_read: found.problems.rows_read(),
            rows_refused: found.problems.rows_refused(),
            evidence: found.evidence.len(),
            until: found.until,
            fatalities: found.fatalities,
        });
        self.evidence.extend(found.evidence);
        Ok(())
    }

    /// Without a number, the conflicts whose two sides are named like two of the parties; this is said.
    fn pick_by_parties(&mut self, files: &[(&Path, &str)], config: &ConflictConfig) -> Pick {
        let parties: Vec<Vec<String>> = (config.parties.iter())
            .map(|party| party.aliases.iter().chain([&party.name]).cloned().collect())
            .collect();
        let mut matched: BTreeSet<MatchedConflict> = BTreeSet::new();
        for (path, file) in files {
            let found = Table::open_as(path, file).and_then(|table| conflicts_of_parties(table, &parties));
            matched.extend(found.unwrap_or_default());
        }
        let conflicts: BTreeSet<u32> = matched.iter().map(|it| it.conflict_id).collect();
        let named: Vec<String> = matched
            .iter()
            .map(|it| format!("{} ({} against {})", it.conflict_id, it.side_a, it.side_b))
            .collect();
        let why = if named.is_empty() {
            "conflict.toml has no ucdp = NUMBER, and no conflict's sides are named like its parties"
                .to_owned()
        } else {
            let why = format!("the sides are named like the parties: UCDP conflict {}", named.join(", "));
            self.notes.push(format!("tables: {why}; set ucdp = NUMBER in conflict.toml to pick another"));
            why
        };
        Pick { conflicts, why }
    }
}
