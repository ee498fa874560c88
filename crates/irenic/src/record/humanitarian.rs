//! Humanitarian tables in a dossier's folder: HXL and IATI-style tables, as figures with their rows.

use std::path::Path;

use irenic_records::{DataSet, HumanitarianFigure, Table, double_counts, humanitarian};

use crate::Failure;

/// A number of a humanitarian table, with its file.
#[derive(Clone, Debug, PartialEq)]
pub struct TableFigure {
    /// The file, relative to the folder.
    pub file: String,
    /// The number and its row.
    pub figure: HumanitarianFigure,
    /// The number of the figure, in the same list, that looks like the same thing told by another reporter.
    pub told_also_by: Option<usize>,
}

/// The numbers of all humanitarian tables among `files` (path, and name in the folder), in order of file, row and column.
pub(crate) fn read_figures(
    files: &[(&Path, &str)],
    notes: &mut Vec<String>,
    failures: &mut Vec<Failure>,
) -> Vec<TableFigure> {
    let mut figures = Vec::new();
    for (path, file) in files {
        // A file that cannot be opened has been told of by the reader of the other tables.
        let Ok(table) = Table::open_as(path, file) else { continue };
        if !matches!(table.data_set(), Some(DataSet::Hxl | DataSet::Iati)) {
            continue;
        }
        match humanitarian(table) {
            Ok(read) => {
                notes.extend(read.problems.diagnostics().iter().map(ToString::to_string));
                let of_file = |figure| TableFigure { file: (*file).to_owned(), figure, told_also_by: None };
                figures.extend(read.figures.into_iter().map(of_file));
            }
            Err(error) => failures.push(Failure { file: (*file).to_owned(), message: error.to_string() }),
        }
    }
    told_twice(figures)
}

/// The figures with the pairs that look like one thing told by two reporters.
pub(crate) fn told_twice(mut figures: Vec<TableFigure>) -> Vec<TableFigure> {
    figures.iter_mut().for_each(|figure| figure.told_also_by = None);
    let named: Vec<(&str, &HumanitarianFigure)> =
        figures.iter().map(|it| (it.file.as_str(), &it.figure)).collect();
    for (first, second) in double_counts(&named) {
        figures[second].told_also_by.get_or_insert(first);
    }
    figures
}
