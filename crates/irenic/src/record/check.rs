//! Episodes held against UCDP's termination files: every start, end and number, or a difference with its reason.
//!
//! The files contradict themselves in places (in version 3-2021 the conflict level does not raise the number of
//! conflicts that came back in its last year, though their earlier episode is marked as ended). Such a difference is
//! told with the rows that contradict each other.

use std::collections::BTreeMap;
use std::fmt;

use irenic_cycle::ucdp_episodes;
use irenic_records::{Level, Table, TerminationYear, read};

use super::EpisodeConfig;
use super::activity::{EpisodeError, Unit};
use super::episodes::{RecordEpisodes, model};

/// What differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DifferenceKind {
    /// A year is active in one of the tables only.
    Activity,
    /// The episode's number.
    Number,
    /// Whether an episode starts.
    Start,
    /// Whether an episode ends.
    End,
}

impl DifferenceKind {
    /// The kind in a word.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Activity => "activity",
            Self::Number => "number",
            Self::Start => "start",
            Self::End => "end",
        }
    }
}

/// A difference between our episodes and the termination file's, with its reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// UCDP's conflict number.
    pub conflict_id: u32,
    /// UCDP's dyad number, at dyad level.
    pub dyad_id: Option<u32>,
    /// The first year that differs.
    pub from_year: i16,
    /// The last year that differs in this way.
    pub until_year: i16,
    /// What differs.
    pub kind: DifferenceKind,
    /// What we have.
    pub ours: String,
    /// What the file has.
    pub theirs: String,
    /// Why, with the rows of the file that contradict each other.
    pub reason: String,
    /// Whether the reason is the file's own inconsistency, not that the tables cover other years.
    pub own_inconsistency: bool,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit =
            self.dyad_id.map_or_else(|| format!("conflict {}", self.conflict_id), |id| format!("dyad {id}"));
        write!(f, "{unit}, {}", self.from_year)?;
        if self.until_year != self.from_year {
            write!(f, "-{}", self.until_year)?;
        }
        write!(f, ": {}: ours {}, theirs {}: {}", self.kind.name(), self.ours, self.theirs, self.reason)
    }
}

/// What came of holding episodes against a termination file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Check {
    /// Rows of the termination file.
    pub rows: usize,
    /// Of these, rows whose episode number is ours.
    pub numbers_same: usize,
    /// Episodes of the termination file, as runs of one number and consecutive years.
    pub episodes: usize,
    /// Of these, episodes whose first year is ours.
    pub starts_same: usize,
    /// Of these, episodes whose last year is ours.
    pub ends_same: usize,
    /// The differences, in order of unit and year.
    pub differences: Vec<Difference>,
}

impl Check {
    /// Holds `ours` against a termination file of the same level.
    ///
    /// # Errors
    ///
    /// If the table is not a termination file, or not of that level.
    pub fn of(
        ours: &RecordEpisodes,
        config: &EpisodeConfig,
        termination: Table,
    ) -> Result<Self, EpisodeError> {
        let file = termination.file().to_owned();
        let theirs = read::<TerminationYear>(termination)?;
        let mut units: BTreeMap<Unit, BTreeMap<i16, TerminationYear>> = BTreeMap::new();
        for row in theirs {
            if config.conflict.is_some_and(|wanted| wanted != row.conflict_id) {
                continue;
            }
            if (config.level == Level::Dyad) != row.dyad_id.is_some() {
                return Err(EpisodeError::NoDyads(file));
            }
            units.entry((row.conflict_id, row.dyad_id)).or_default().insert(row.year, row);
        }
        let last_year = units.values().flat_map(BTreeMap::keys).max().copied().unwrap_or(i16::MIN);
        let mut check = Self::default();
        for (&unit, rows) in &units {
            let active = ours.units.get(&unit);
            let years: Vec<i16> = active.map(|unit| unit.years.keys().copied().collect()).unwrap_or_default();
            let both = Both { unit, ours: &years, rows, last_year, config };
            both.compare(&mut check);
        }
        for (&unit, activity) in ours.units.iter().filter(|(unit, _)| !units.contains_key(*unit)) {
            for &year in activity.years.keys().filter(|&&year| year <= last_year) {
                check.differences.push(only_ours(unit, year));
            }
        }
        check.differences.sort_by_key(|it| (it.conflict_id, it.dyad_id, it.from_year, it.kind));
        Ok(check)
    }
}

/// One unit in both tables.
struct Both<'a> {
    unit: Unit,
    ours: &'a [i16],
    rows: &'a BTreeMap<i16, TerminationYear>,
    last_year: i16,
    config: &'a EpisodeConfig,
}

impl Both<'_> {
    fn compare(&self, check: &mut Check) {
        let their_years: Vec<i16> = self.rows.keys().copied().collect();
        let within: Vec<i16> = self.ours.iter().copied().filter(|&year| year <= self.last_year).collect();
        self.compare_activity(&within, check);
        let by_our_years = self.numbers(&within);
        let by_their_years = self.numbers(&their_years);
        self.compare_numbers(&by_our_years, &by_their_years, check);
        self.compare_marks(check);
        self.count_episodes(&within, check);
    }

    /// The number of each year's episode under the rule.
    fn numbers(&self, years: &[i16]) -> BTreeMap<i16, u32> {
        let episodes = ucdp_episodes(&model(self.config), years, self.last_year);
        let number = |year: &i16| {
            episodes.iter().find(|it| (it.start_year..=it.end_year).contains(year)).map_or(0, |it| it.number)
        };
        years.iter().map(|year| (*year, number(year))).collect()
    }

    fn compare_activity(&self, ours: &[i16], check: &mut Check) {
        for &year in ours.iter().filter(|year| !self.rows.contains_key(year)) {
            check.differences.push(only_ours(self.unit, year));
        }
        for (&year, row) in self.rows.iter().filter(|(year, _)| !ours.contains(year)) {
            let reason = format!("the termination file has the year (line {}), the table has not", row.line);
            let found = self.difference(year, DifferenceKind::Activity, "inactive", "active", reason);
            check.differences.push(Difference { own_inconsistency: false, ..found });
        }
    }

    fn compare_numbers(&self, ours: &BTreeMap<i16, u32>, theirs: &BTreeMap<i16, u32>, check: &mut Check) {
        let mut before: Option<&TerminationYear> = None;
        let mut open: Option<Difference> = None;
        for (year, row) in self.rows {
            check.rows += 1;
            let (our, by_rule) = (ours.get(year).copied(), theirs.get(year).copied().unwrap_or(0));
            check.numbers_same += usize::from(our == Some(row.episode));
            let expected = our.unwrap_or(by_rule);
            if expected == row.episode {
                check.differences.extend(open.take());
            } else {
                let own = by_rule != row.episode;
                let reason = if own { self.slip(before, row) } else { ANOTHER_VERSION.to_owned() };
                let found = self.difference(
                    *year,
                    DifferenceKind::Number,
                    &expected.to_string(),
                    &row.episode.to_string(),
                    reason,
                );
                let found = Difference { own_inconsistency: own, ..found };
                match &mut open {
                    Some(run) if run.ours == found.ours && run.theirs == found.theirs => {
                        run.until_year = *year
                    }
                    _ => check.differences.extend(open.replace(found)),
                }
            }
            before = Some(row);
        }
        check.differences.extend(open);
    }

    /// Where in the file itself a number goes wrong.
    fn slip(&self, before: Option<&TerminationYear>, row: &TerminationYear) -> String {
        let Some(before) = before else {
            return format!(
                "the file's first row of the unit (line {}) is numbered {}",
                row.line, row.episode
            );
        };
        let gap = i64::from(row.year) - i64::from(before.year) - 1;
        let quiet = i64::from(self.config.inactive_years_min) <= gap;
        let ended = match (before.terminated, before.end) {
            (Some(true), Some(end)) => format!(", which the file says ended on {end},"),
            (Some(true), None) => ", which the file says ended,".to_owned(),
            _ => String::new(),
        };
        let then = format!("{} (line {}){ended}", before.year, before.line);
        if quiet && before.episode == row.episode {
            return format!(
                "the file does not raise its number {} after {gap} inactive year(s): {then} and {} (line {}) have the same",
                row.episode, row.year, row.line
            );
        }
        if before.episode + 1 < row.episode {
            return format!(
                "the file leaves out a number: {then} has {}, line {} has {}",
                before.episode, row.line, row.episode
            );
        }
        format!(
            "follows from an earlier slip in the file's numbers: {then} has {}, line {} has {}",
            before.episode, row.line, row.episode
        )
    }

    /// The file's marks of starts and ends against the years in the file itself.
    fn compare_marks(&self, check: &mut Check) {
        let quiet = i64::from(self.config.inactive_years_min);
        let mut before: Option<i16> = None;
        let mut after = self.rows.keys().skip(1);
        for (&year, row) in self.rows {
            let next = after.next();
            let starts_anew = before.is_some_and(|before| quiet < i64::from(year) - i64::from(before));
            if let Some(marked) = row.recurs.filter(|&marked| marked != starts_anew) {
                let (kind, said) = (DifferenceKind::Start, ["no new start", "a new start"]);
                check.differences.push(self.mark(row, kind, said, starts_anew, marked, before));
            }
            let ends = next.map_or(quiet <= i64::from(self.last_year) - i64::from(year), |next| {
                quiet < i64::from(*next) - i64::from(year)
            });
            if let Some(marked) = row.terminated.filter(|&marked| marked != ends) {
                let (kind, said) = (DifferenceKind::End, ["goes on", "ends"]);
                check.differences.push(self.mark(row, kind, said, ends, marked, next.copied()));
            }
            before = Some(year);
        }
    }

    fn mark(
        &self,
        row: &TerminationYear,
        kind: DifferenceKind,
        said: [&str; 2],
        ours: bool,
        theirs: bool,
        neighbour: Option<i16>,
    ) -> Difference {
        let which =
            if kind == DifferenceKind::Start { "active year before it" } else { "active year after it" };
        let years =
            neighbour.map_or_else(|| format!("there is no {which}"), |year| format!("the {which} is {year}"));
        let told = match (kind, row.end, row.outcome) {
            (DifferenceKind::End, Some(end), Some(outcome)) => {
                format!("; the same row dates the end to {end} and gives its outcome ({})", outcome.name())
            }
            _ => String::new(),
        };
        let reason = format!("the file's mark on line {} contradicts its own years: {years}{told}", row.line);
        self.difference(row.year, kind, said[usize::from(ours)], said[usize::from(theirs)], reason)
    }

    fn count_episodes(&self, ours: &[i16], check: &mut Check) {
        let our_episodes = ucdp_episodes(&model(self.config), ours, self.last_year);
        let years: Vec<i16> = self.rows.keys().copied().collect();
        for episode in ucdp_episodes(&model(self.config), &years, self.last_year) {
            check.episodes += 1;
            let (start, end) = (episode.start_year, episode.end_year);
            check.starts_same += usize::from(our_episodes.iter().any(|it| it.start_year == start));
            check.ends_same += usize::from(our_episodes.iter().any(|it| it.end_year == end));
        }
    }

    fn difference(
        &self,
        year: i16,
        kind: DifferenceKind,
        ours: &str,
        theirs: &str,
        reason: String,
    ) -> Difference {
        Difference {
            conflict_id: self.unit.0,
            dyad_id: self.unit.1,
            from_year: year,
            until_year: year,
            kind,
            ours: ours.to_owned(),
            theirs: theirs.to_owned(),
            reason,
            own_inconsistency: true,
        }
    }
}

const ANOTHER_VERSION: &str = "follows from years that are active in one of the tables only";

fn only_ours((conflict_id, dyad_id): Unit, year: i16) -> Difference {
    Difference {
        conflict_id,
        dyad_id,
        from_year: year,
        until_year: year,
        kind: DifferenceKind::Activity,
        ours: "active".to_owned(),
        theirs: "inactive".to_owned(),
        reason: "the table has the year, the termination file has not: the versions differ".to_owned(),
        own_inconsistency: false,
    }
}
