//! Tables that lie in a dossier's folder: which data set each is, which of its rows are on this conflict and why, and
//! what they show.
//!
//! Rows with UCDP's numbers are picked by number. Those of other tables of events are picked by the parties that they name;
//! the toll of a month is then taken from one table only (`irenic_records::one_toll_a_month`): UCDP's events first, ACLED's
//! next, then others in the order of their names.

use std::collections::BTreeSet;
use std::path::Path;

use irenic_language::mentions::{EntryKind, Gazetteer};
use irenic_model::jiff::civil::Date;
use irenic_model::{Evidence, Party};
use irenic_records::{
    DataSet, EventEvidence, EventScope, Fatalities, Mapping, MatchedConflict, PartyNames, Problems,
    RecordsError, Table, TableEvidence, conflicts_of_parties, evidence_of_events, evidence_of_table,
    has_conflict_numbers, one_toll_a_month, sides_of_conflicts,
};

use crate::config::CONFIG_FILE;
use crate::{ConflictConfig, Failure, Withheld};

/// What a table gave to the reconstruction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableUse {
    /// The file, relative to the folder.
    pub file: String,
    /// The data set's name.
    pub data_set: String,
    /// The data set's version.
    pub version: Option<String>,
    /// When it was published, by `conflict.toml`.
    pub published: Option<Date>,
    /// UCDP's numbers of the conflicts whose rows were picked; empty where the parties picked the rows.
    pub conflicts: BTreeSet<u32>,
    /// Why these, in words.
    pub picked_by: String,
    /// What of the picked rows is no evidence, and why, in words.
    pub left_out: Option<String>,
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
    /// The evidence of each of `uses`.
    pub(crate) evidence: Vec<Vec<Evidence>>,
    pub(crate) notes: Vec<String>,
    pub(crate) failures: Vec<Failure>,
    /// The order in which tables of events are asked for a month's deaths, with their place in `uses`.
    tolls: Vec<(u8, usize)>,
}

/// The conflicts and parties that are meant, and why.
struct Pick {
    conflicts: BTreeSet<u32>,
    why: String,
    parties: Vec<PartyNames>,
}

/// A table that is being read.
struct Reading<'a> {
    file: &'a str,
    data_set: String,
    version: Option<String>,
    published: Option<Date>,
}

/// Reads the tables at `files` (path, and name in the folder).
///
/// `told_of` are the parties that the documents tell of: where a person names neither a conflict nor parties, they pick
/// UCDP's conflict, whose sides then pick the rows of other tables. They do not pick those rows themselves: a text names
/// others beside its parties, and any two of them meet in the news.
pub(crate) fn read(files: &[(&Path, &str)], config: &ConflictConfig, told_of: &[Party]) -> TablesRead {
    let mut read = TablesRead::default();
    if files.is_empty() {
        return read;
    }
    let pick = read.pick(files, config, told_of);
    for (path, file) in files {
        match read.table(path, file, &pick, config) {
            Ok(()) => {}
            Err(error) if error.is_unknown_data_set() => read.notes.push(format!(
                "{error}: write it as [source.mapping] under the file's [[source]] in {CONFIG_FILE}"
            )),
            Err(error) => {
                read.failures.push(Failure { file: (*file).to_owned(), message: error.to_string() });
            }
        }
    }
    read.one_toll_a_month();
    read
}

impl TablesRead {
    /// Takes out what was not published by a day, and names it.
    pub(crate) fn withhold(&mut self, day: Date) -> Vec<Withheld> {
        let mut withheld = Vec::new();
        let known = |used: &TableUse| used.published.is_some_and(|published| published <= day);
        let uses = std::mem::take(&mut self.uses);
        let evidence = std::mem::take(&mut self.evidence);
        for (used, evidence) in uses.into_iter().zip(evidence) {
            if known(&used) {
                self.uses.push(used);
                self.evidence.push(evidence);
            } else {
                withheld.push(Withheld { file: used.file, published: used.published });
            }
        }
        withheld
    }

    fn table(
        &mut self,
        path: &Path,
        file: &str,
        pick: &Pick,
        config: &ConflictConfig,
    ) -> Result<(), RecordsError> {
        let table = Table::open_as(path, file)?;
        let source = config.source_of(file);
        let mapping = source.and_then(|source| source.mapping.as_ref());
        let data_set = match (mapping, table.data_set()) {
            (Some(mapping), _) => mapping.name.clone(),
            (None, Some(set)) => set.title().to_owned(),
            (None, None) => return Err(table.not_known()),
        };
        let version = table.version().map(str::to_owned);
        let reading = Reading { file, data_set, version, published: config.published(file) };
        match (mapping, table.data_set()) {
            // Read as figures, beside this.
            (None, Some(DataSet::Hxl | DataSet::Iati)) => Ok(()),
            (None, Some(set)) if has_conflict_numbers(set) => self.numbered(table, set, reading, pick),
            _ => self.events(table, mapping, reading, pick),
        }
    }

    fn numbered(
        &mut self,
        table: Table,
        set: DataSet,
        reading: Reading<'_>,
        pick: &Pick,
    ) -> Result<(), RecordsError> {
        let file = reading.file;
        if pick.conflicts.is_empty() {
            self.notes.push(format!("{file}: {}; its rows were not used", pick.why));
            return Ok(());
        }
        let found = evidence_of_table(table, &pick.conflicts)?;
        if found.evidence.is_empty() {
            self.notes.push(format!("{file}: no row is on this conflict ({})", pick.why));
        }
        if set == DataSet::Ged {
            self.tolls.push((0, self.uses.len()));
        }
        self.used(reading, found, pick.conflicts.clone(), pick.why.clone(), None);
        Ok(())
    }

    /// A table without UCDP's numbers, or with a mapping.
    fn events(
        &mut self,
        table: Table,
        mapping: Option<&Mapping>,
        reading: Reading<'_>,
        pick: &Pick,
    ) -> Result<(), RecordsError> {
        let file = reading.file;
        let acled = mapping.is_none() && table.data_set() == Some(DataSet::Acled);
        let scope =
            EventScope { conflicts: &pick.conflicts, parties: &pick.parties, country_of: country_named };
        let read = evidence_of_events(table, mapping, &scope)?;
        let rows = read.found.problems.rows_read();
        if read.picked() == 0 {
            self.problems(&read.found.problems);
            let why = nothing_picked(&read, pick);
            self.notes.push(format!("{file}: none of {rows} rows was used: {why}"));
            return Ok(());
        }
        if read.found.evidence.is_empty() {
            self.notes.push(format!(
                "{file}: {} on this conflict, of classes that show nothing of a stage; [[source.mapping.shows]] in {CONFIG_FILE} \
                 can say what they show",
                counted(read.picked(), "row")
            ));
        }
        let picked_by = picked_by(&read);
        self.notes.push(format!("{file}: {picked_by}"));
        self.tolls.push((if acled { 1 } else { 2 }, self.uses.len()));
        let left_out = left_out(&read);
        let conflicts = if read.by_number > 0 { pick.conflicts.clone() } else { BTreeSet::new() };
        self.used(reading, read.found, conflicts, picked_by, left_out);
        Ok(())
    }

    fn problems(&mut self, problems: &Problems) {
        self.notes.extend(problems.diagnostics().iter().map(ToString::to_string));
    }

    fn used(
        &mut self,
        reading: Reading<'_>,
        found: TableEvidence,
        conflicts: BTreeSet<u32>,
        picked_by: String,
        left_out: Option<String>,
    ) {
        self.problems(&found.problems);
        let Reading { file, data_set, version, published } = reading;
        self.uses.push(TableUse {
            file: file.to_owned(),
            data_set,
            version,
            published,
            conflicts,
            picked_by,
            left_out,
            rows_read: found.problems.rows_read(),
            rows_refused: found.problems.rows_refused(),
            evidence: found.evidence.len(),
            until: found.until,
            fatalities: found.fatalities,
        });
        self.evidence.push(found.evidence.into_iter().map(|piece| Evidence { published, ..piece }).collect());
    }

    /// Leaves the deaths of each month to one table of events, and says so.
    fn one_toll_a_month(&mut self) {
        self.tolls.sort_unstable();
        let order: Vec<usize> = self.tolls.iter().map(|(_, at)| *at).collect();
        let mut evidence: Vec<_> = order.iter().map(|&at| std::mem::take(&mut self.evidence[at])).collect();
        let months = one_toll_a_month(&mut evidence);
        for ((at, evidence), months) in order.into_iter().zip(evidence).zip(months) {
            let used = &mut self.uses[at];
            used.evidence = evidence.len();
            self.evidence[at] = evidence;
            if months > 0 {
                let why = format!(
                    "deaths in {} are counted from another table: they are shown, and not counted twice",
                    counted(months as u64, "month")
                );
                self.notes.push(format!("{}: {why}", used.file));
                used.left_out =
                    Some(used.left_out.take().map_or(why.clone(), |first| format!("{first}; {why}")));
            }
        }
    }

    /// The conflict of the configuration's number; without one, those whose two sides are named like two of the parties,
    /// which is said. The parties are the configuration's, or else the conflict's sides.
    fn pick(&mut self, files: &[(&Path, &str)], config: &ConflictConfig, told_of: &[Party]) -> Pick {
        let mut pick = match config.ucdp {
            Some(number) => Pick {
                conflicts: [number].into(),
                why: format!("{CONFIG_FILE} names UCDP conflict {number}"),
                parties: Vec::new(),
            },
            None => self.pick_by_parties(files, &names_of_parties(config, told_of)),
        };
        pick.parties = config
            .parties
            .iter()
            .map(|party| {
                let names = party.aliases.iter().chain([&party.name]).cloned().collect();
                party_names(party.name.clone(), names, party.side().to_owned())
            })
            .collect();
        if pick.parties.len() < 2 && !pick.conflicts.is_empty() {
            pick.parties = sides(files, &pick.conflicts);
        }
        pick
    }

    fn pick_by_parties(&mut self, files: &[(&Path, &str)], parties: &[Vec<String>]) -> Pick {
        let mut matched: BTreeSet<MatchedConflict> = BTreeSet::new();
        for (path, file) in files {
            let found = Table::open_as(path, file).and_then(|table| conflicts_of_parties(table, parties));
            matched.extend(found.unwrap_or_default());
        }
        let conflicts: BTreeSet<u32> = matched.iter().map(|it| it.conflict_id).collect();
        let named: Vec<String> = matched
            .iter()
            .map(|it| format!("{} ({} against {})", it.conflict_id, it.side_a, it.side_b))
            .collect();
        let why = if named.is_empty() {
            format!(
                "{CONFIG_FILE} has no ucdp = NUMBER, and no conflict's sides are named like its parties or, without any, \
                 those that the documents tell of"
            )
        } else {
            let why = format!("the sides are named like the parties: UCDP conflict {}", named.join(", "));
            self.notes.push(format!("tables: {why}; set ucdp = NUMBER in {CONFIG_FILE} to pick another"));
            why
        };
        Pick { conflicts, why, parties: Vec::new() }
    }
}

/// The names of the parties: a person's, or else those that the documents tell of.
fn names_of_parties(config: &ConflictConfig, told_of: &[Party]) -> Vec<Vec<String>> {
    let all = |name: &String, aliases: &[String]| aliases.iter().chain([name]).cloned().collect();
    if config.parties.is_empty() {
        return told_of.iter().map(|party| all(&party.name, &party.aliases)).collect();
    }
    config.parties.iter().map(|party| all(&party.name, &party.aliases)).collect()
}

/// The sides of conflicts as parties, by the tables that name them: side A and its allies against side B and its own.
fn sides(files: &[(&Path, &str)], conflicts: &BTreeSet<u32>) -> Vec<PartyNames> {
    let mut parties: Vec<PartyNames> = Vec::new();
    for (path, file) in files {
        let found = Table::open_as(path, file).and_then(|table| sides_of_conflicts(table, conflicts));
        for conflict in found.unwrap_or_default() {
            for (side, names) in [("side A", &conflict.side_a), ("side B", &conflict.side_b)] {
                for name in names.split(',').map(str::trim).filter(|name| !name.is_empty()) {
                    if !parties.iter().any(|known| known.name == name) {
                        parties.push(party_names(name.to_owned(), vec![name.to_owned()], side.to_owned()));
                    }
                }
            }
        }
    }
    parties
}

fn party_names(name: String, names: Vec<String>, side: String) -> PartyNames {
    let state = names.iter().find_map(|name| state_named(name)).map(str::to_owned);
    PartyNames { name, names, side, state }
}

/// The state that a party's name is of; UCDP writes a state's other name in brackets after the one of today.
fn state_named(name: &str) -> Option<&'static str> {
    let bare = name.strip_prefix("Government of ").unwrap_or(name);
    country_named(bare).or_else(|| country_named(bare.split_once('(')?.0.trim()))
}

/// The country that a name is of, not one that it belongs to: no city, no people.
fn country_named(name: &str) -> Option<&'static str> {
    let first = Gazetteer::embedded().find(name)?.first()?;
    first.country.filter(|_| first.kind == EntryKind::Country)
}

fn counted(number: u64, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

fn picked_by(read: &EventEvidence) -> String {
    let mut why = Vec::new();
    if read.by_number > 0 {
        why.push(format!("{} by UCDP's number", counted(read.by_number, "row")));
    }
    for ([one, other], rows) in &read.by_parties {
        let names = if one.is_empty() || other.is_empty() {
            format!("{one}{other} alone")
        } else {
            format!("{one} and {other}")
        };
        why.push(format!("{} by the parties: {names}", counted(*rows, "row")));
    }
    why.join("; ")
}

fn left_out(read: &EventEvidence) -> Option<String> {
    let mut why = Vec::new();
    if read.without_evidence > 0 {
        why.push(format!(
            "{} of classes that show nothing of a stage",
            counted(read.without_evidence, "row")
        ));
    }
    if read.told_again > 0 {
        why.push(format!("{} that tell the same again of one day", counted(read.told_again, "row")));
    }
    (!why.is_empty()).then(|| why.join("; "))
}

/// Why no row was picked, and the cure.
fn nothing_picked(read: &EventEvidence, pick: &Pick) -> String {
    if pick.parties.len() < 2 {
        return format!(
            "they carry no UCDP number, and {CONFIG_FILE} names fewer than two parties to find them by; add a [[party]] for each"
        );
    }
    let names: Vec<&str> = pick.parties.iter().map(|party| party.name.as_str()).collect();
    let mut others: Vec<(&String, &u64)> = read.others.iter().collect();
    others.sort_by(|a, b| b.1.cmp(a.1).then_with(|| a.0.cmp(b.0)));
    let beside: Vec<String> =
        others.iter().take(3).map(|(name, rows)| format!("{name:?} ({rows})")).collect();
    let beside = if beside.is_empty() {
        String::new()
    } else {
        format!("; most rows that name one party name beside it {}", beside.join(", "))
    };
    format!(
        "none names two of the parties ({}){beside}; add the names that the table has to the aliases of each [[party]] in \
         {CONFIG_FILE}",
        names.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_are_known_by_their_names_and_nothing_else_is() {
        for (name, state) in [
            ("Government of Chad", Some("TCD")),
            ("Chad", Some("TCD")),
            ("Government of Chad (Tchad)", Some("TCD")),
            ("Chadian forces", None),
            ("N'Djamena", None),
            ("Chad National Front", None),
        ] {
            assert_eq!(state_named(name), state, "{name}");
        }
    }
}
