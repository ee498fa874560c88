//! Typed records out of a table, one at a time.

use crate::error::Kind;
use crate::{Cells, DataSet, Header, Problems, RecordsError, Refused, Table};

/// A row of a data set as a type.
pub trait Record: Sized {
    /// Where this header has the columns that the record is read from.
    type Columns;

    /// Whether rows of the data set are of this type.
    fn is_of(set: DataSet) -> bool;

    /// The data set that is meant, for messages.
    const SET: DataSet;

    /// Finds the columns.
    ///
    /// # Errors
    ///
    /// The name of a column without which nothing can be read.
    fn columns(header: &Header, set: DataSet) -> Result<Self::Columns, &'static str>;

    /// Reads a row.
    ///
    /// # Errors
    ///
    /// If a cell on which the record rests cannot be trusted; the problem has been noted then.
    fn read(cells: &mut Cells<'_>, columns: &Self::Columns) -> Result<Self, Refused>;
}

/// The records of a table. Rows that cannot be trusted are passed over, and told in [`Records::problems`].
pub struct Records<T: Record> {
    table: Table,
    columns: T::Columns,
    set: DataSet,
}

/// Reads a table's rows as records.
///
/// # Errors
///
/// If the table is of another data set, or lacks a column without which nothing can be read.
pub fn read<T: Record>(table: Table) -> Result<Records<T>, RecordsError> {
    let set = table.data_set().ok_or_else(|| table.unknown())?;
    if !T::is_of(set) {
        return Err(RecordsError::other_set(table.file(), set, T::SET));
    }
    let columns = T::columns(table.header(), set).map_err(|column| {
        RecordsError::new(table.file(), Kind::MissingColumn { set: set.title(), column })
    })?;
    Ok(Records { table, columns, set })
}

impl<T: Record> Iterator for Records<T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        let columns = &self.columns;
        self.table.next_as(|cells| T::read(cells, columns).ok())
    }
}

impl<T: Record> Records<T> {
    /// The data set.
    #[must_use]
    pub const fn data_set(&self) -> DataSet {
        self.set
    }

    /// The data set's version.
    #[must_use]
    pub fn version(&self) -> Option<&str> {
        self.table.version()
    }

    /// The file, as it was given.
    #[must_use]
    pub fn file(&self) -> &str {
        self.table.file()
    }

    /// What was wrong so far.
    #[must_use]
    pub const fn problems(&self) -> &Problems {
        self.table.problems()
    }

    /// All records at once, with what was wrong.
    #[must_use]
    pub fn all(mut self) -> (Vec<T>, Problems) {
        let records = self.by_ref().collect();
        (records, self.table.into_problems())
    }
}
