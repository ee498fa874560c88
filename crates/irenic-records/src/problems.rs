//! What was wrong with rows: counted all, the first thousand kept with file, line and column.

use std::collections::BTreeMap;
use std::fmt;

use irenic_model::{Diagnostic, Severity};

/// So many problems are kept with their place; the rest are counted.
const KEPT_MAX: usize = 1000;

/// One thing that is wrong with a row or a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// A stable name, such as `records.scientific`.
    pub code: &'static str,
    /// An error refuses the row; a warning leaves the cell out; a note changes nothing.
    pub severity: Severity,
    /// The file, as it was given.
    pub file: String,
    /// The line, from 1.
    pub line: u64,
    /// The column's name, where one cell is meant.
    pub column: Option<String>,
    /// What is wrong, in the user's words.
    pub message: String,
    /// What to do about it.
    pub hint: Option<&'static str>,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: ", self.file, self.line)?;
        if let Some(column) = &self.column {
            write!(f, "column {column}: ")?;
        }
        write!(f, "{}", self.message)?;
        self.hint.map_or(Ok(()), |hint| write!(f, " ({hint})"))
    }
}

/// Everything that was wrong with a table so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems {
    kept: Vec<Problem>,
    counts: BTreeMap<(&'static str, Option<String>), u64>,
    rows_read: u64,
    rows_refused: u64,
}

impl Problems {
    /// The first problems, in order of lines; at most a thousand.
    #[must_use]
    pub fn kept(&self) -> &[Problem] {
        &self.kept
    }

    /// The number of problems by code and column, in order of code.
    pub fn counts(&self) -> impl Iterator<Item = (&'static str, Option<&str>, u64)> {
        self.counts.iter().map(|((code, column), count)| (*code, column.as_deref(), *count))
    }

    /// The number of rows that were seen, those refused among them.
    #[must_use]
    pub const fn rows_read(&self) -> u64 {
        self.rows_read
    }

    /// The number of rows that were refused.
    #[must_use]
    pub const fn rows_refused(&self) -> u64 {
        self.rows_refused
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// The problems as diagnostics: the first of each code and column, with the number of the others.
    #[must_use]
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let mut said = BTreeMap::new();
        for problem in &self.kept {
            let key = (problem.code, problem.column.clone());
            said.entry(key).or_insert(problem);
        }
        let mut first: Vec<&Problem> = said.into_values().collect();
        first.sort_by_key(|problem| (problem.line, problem.column.clone()));
        first.into_iter().map(|problem| self.diagnostic(problem)).collect()
    }

    fn diagnostic(&self, problem: &Problem) -> Diagnostic {
        let others = self.counts.get(&(problem.code, problem.column.clone())).map_or(0, |count| count - 1);
        let place = match &problem.column {
            Some(column) => format!("{}:{}: column {column}", problem.file, problem.line),
            None => format!("{}:{}", problem.file, problem.line),
        };
        let more = if others == 0 { String::new() } else { format!("; and {others} more rows like this") };
        let said =
            Diagnostic::new(problem.code, problem.severity, format!("{place}: {}{more}", problem.message));
        match problem.hint {
            Some(hint) => said.hint(hint),
            None => said,
        }
    }

    pub(crate) fn add(&mut self, problem: Problem) {
        *self.counts.entry((problem.code, problem.column.clone())).or_default() += 1;
        if self.kept.len() < KEPT_MAX {
            self.kept.push(problem);
        }
    }

    /// Adds the problem unless there is one of that code and column: for what holds of a file, not of a row.
    pub(crate) fn add_once(&mut self, problem: Problem) {
        if !self.counts.contains_key(&(problem.code, problem.column.clone())) {
            self.add(problem);
        }
    }

    /// Puts together what several readers of one table found; the order in which they are joined does not matter.
    pub(crate) fn join(&mut self, other: Self) {
        for (key, count) in other.counts {
            *self.counts.entry(key).or_default() += count;
        }
        self.kept.extend(other.kept);
        self.kept.sort_by(|a, b| (a.line, &a.column, a.code).cmp(&(b.line, &b.column, b.code)));
        self.kept.truncate(KEPT_MAX);
        self.rows_read += other.rows_read;
        self.rows_refused += other.rows_refused;
    }

    pub(crate) fn count_row(&mut self, refused: bool) {
        self.rows_read += 1;
        self.rows_refused += u64::from(refused);
    }
}
