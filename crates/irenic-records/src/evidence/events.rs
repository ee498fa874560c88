//! Rows of tables of events as evidence: ACLED, ICEWS, GDELT, and any table with a mapping that says what its classes show.
//!
//! Such rows carry no number of UCDP's. Those are meant whose two actors are parties of two sides; a few classes of what one
//! side does alone need one of them. Deaths count where a row shows fighting. What a program coded from news is told again
//! by other news, so of CAMEO's codes one day's events of one kind between two parties are one.

use std::collections::{BTreeMap, BTreeSet};

use irenic_model::jiff::ToSpan as _;
use irenic_model::jiff::civil::Date;
use irenic_model::{Certainty, DateInterval, Grain, Observation};

use super::parties::{CountryOf, Parties};
use super::{Found, Piece, TableEvidence, UnitRows, between};
use crate::error::Kind;
use crate::{
    CodeForm, EventRow, Level, Mapping, PartyNames, Problems, RecordsError, Shows, Table, read_events,
};

/// So many actors that are no party are counted by name at most.
const OTHERS_MAX: usize = 10_000;

/// Which rows are meant.
#[derive(Clone, Copy)]
pub struct EventScope<'a> {
    /// UCDP's numbers; they alone pick rows of tables that have such numbers.
    pub conflicts: &'a BTreeSet<u32>,
    /// The parties, which pick the rows of all others.
    pub parties: &'a [PartyNames],
    /// The country (ISO 3166 alpha-3) of a country's name.
    pub country_of: fn(&str) -> Option<&'static str>,
}

/// What the rows of a table of events show of the conflict.
#[derive(Clone, Debug, Default)]
pub struct EventEvidence {
    /// The evidence, with what was wrong with the table.
    pub found: TableEvidence,
    /// Rows that were picked by their number.
    pub by_number: u64,
    /// Rows that were picked by their actors, by the names of the two parties.
    pub by_parties: BTreeMap<[String; 2], u64>,
    /// Picked rows whose class shows nothing of a stage.
    pub without_evidence: u64,
    /// Picked rows that tell again what another row of the day tells.
    pub told_again: u64,
    /// Actors that are no party, in rows whose other actor is one, by the number of rows; of so many names only that memory
    /// is bounded.
    pub others: BTreeMap<String, u64>,
}

impl EventEvidence {
    /// The number of rows that were picked.
    #[must_use]
    pub fn picked(&self) -> u64 {
        self.by_number + self.by_parties.values().sum::<u64>()
    }
}

/// The evidence of a table of events: by `mapping`, or, without one, by the mapping of the data set.
///
/// # Errors
///
/// If the header is not of a data set of events and there is no mapping, or if the mapping names a column that the
/// table does not have.
///
/// ```
/// use irenic_records::{EventScope, PartyNames, Table, evidence_of_events};
/// let rows = "event_id_cnty,event_date,event_type,sub_event_type,actor1,actor2,country,location,latitude,longitude,fatalities\n\
///     EXA1,2011-05-04,Battles,Armed clash,Military Forces of Examplia (2009-),NF: Northern Front,Examplia,Alba,,,7\n\
///     EXA2,2011-05-04,Battles,Armed clash,NF: Northern Front,Unidentified Armed Group (Examplia),Examplia,Alba,,,3\n";
/// let party = |name: &str, state: Option<&str>| PartyNames {
///     name: name.to_owned(),
///     names: vec![name.to_owned()],
///     side: name.to_owned(),
///     state: state.map(str::to_owned),
/// };
/// let parties = [party("Government of Examplia", Some("EXA")), party("Northern Front", None)];
/// let none = Default::default();
/// let scope = EventScope { conflicts: &none, parties: &parties, country_of: |name| (name == "Examplia").then_some("EXA") };
/// let table = Table::of_bytes("acled.csv", rows.into()).unwrap();
/// let read = evidence_of_events(table, None, &scope).unwrap();
/// assert_eq!((read.picked(), read.found.fatalities[0].best), (1, 7));
/// assert_eq!(read.found.evidence[0].provenance.to_string(), "acled.csv:2");
/// ```
pub fn evidence_of_events(
    table: Table,
    mapping: Option<&Mapping>,
    scope: &EventScope<'_>,
) -> Result<EventEvidence, RecordsError> {
    let own = match mapping {
        Some(mapping) => mapping.clone(),
        None => table.data_set().and_then(Mapping::built_in).ok_or_else(|| table.unknown())?,
    };
    let file = table.file().to_owned();
    let mut rows = read_events(table, mapping)?;
    let mut reader = Reader::new(&own, scope);
    for row in rows.by_ref() {
        reader.row(&row);
    }
    let problems = rows.problems().clone();
    let found = TableEvidence { problems, ..reader.unit.finish(&file, reader.until) };
    Ok(EventEvidence { found, ..reader.read })
}

struct Reader<'a> {
    scope: &'a EventScope<'a>,
    parties: Parties<'a>,
    shows: Vec<Shows>,
    form: CodeForm,
    unit: UnitRows,
    until: Option<Date>,
    read: EventEvidence,
    /// What a day's coded events have shown of two parties.
    told: BTreeSet<(Date, [Option<usize>; 2], &'static str)>,
}

impl<'a> Reader<'a> {
    fn new(mapping: &Mapping, scope: &'a EventScope<'a>) -> Self {
        let country_of: CountryOf = scope.country_of;
        Self {
            scope,
            parties: Parties::new(scope.parties, country_of, mapping),
            shows: mapping.shows(),
            form: mapping.code_form,
            unit: UnitRows::default(),
            until: None,
            read: EventEvidence::default(),
            told: BTreeSet::new(),
        }
    }

    fn row(&mut self, row: &EventRow) {
        self.until = self.until.max(Some(row.until));
        let numbered = row.conflict_id.filter(|_| !self.scope.conflicts.is_empty());
        let pair = match numbered {
            Some(number) if self.scope.conflicts.contains(&number) => [None; 2],
            Some(_) => return,
            None => [0, 1].map(|index| self.parties.of(row, index)),
        };
        let sides = pair.map(|party| party.map(|at| self.scope.parties[at].side.as_str()));
        let named: u8 = match sides {
            [None, None] if numbered.is_none() => return,
            [None, None] => 2,
            [Some(one), Some(other)] if one == other => return,
            [Some(_), Some(_)] => 2,
            _ => 1,
        };
        let shown = self.shows.iter().find(|shows| shows.fits(row, self.form));
        let observation = shown.filter(|it| it.parties <= named).and_then(|it| it.shows.observation());
        if named < 2 && observation.is_none() {
            return self.other(row, pair);
        }
        if self.unit.location.is_empty() {
            self.unit.location = row.country.clone().unwrap_or_default();
        }
        self.count(pair, numbered.is_some());
        match observation {
            Some(observation) => self.show(row, pair, &observation),
            None => self.read.without_evidence += 1,
        }
    }

    fn count(&mut self, pair: [Option<usize>; 2], numbered: bool) {
        if numbered {
            self.read.by_number += 1;
            return;
        }
        let mut names: Vec<String> =
            pair.into_iter().flatten().map(|at| self.scope.parties[at].name.clone()).collect();
        names.sort();
        names.resize(2, String::new());
        if let Ok(names) = <[String; 2]>::try_from(names) {
            *self.read.by_parties.entry(names).or_default() += 1;
        }
    }

    fn other(&mut self, row: &EventRow, pair: [Option<usize>; 2]) {
        let index = usize::from(pair[0].is_some());
        let Some(name) = row.about[index].name.as_ref().or(row.actors[index].as_ref()) else { return };
        if let Some(count) = self.read.others.get_mut(name) {
            *count += 1;
        } else if self.read.others.len() < OTHERS_MAX {
            self.read.others.insert(name.clone(), 1);
        }
    }

    fn show(&mut self, row: &EventRow, mut pair: [Option<usize>; 2], observation: &Observation) {
        let Some(when) = when(row) else { return };
        self.unit.deaths_of(row, when, observation);
        pair.sort_unstable();
        let again = self.form == CodeForm::Cameo && !self.told.insert((row.from, pair, kind(observation)));
        if again {
            self.read.told_again += 1;
            return;
        }
        self.unit.event(row, when, observation);
    }
}

impl UnitRows {
    fn event(&mut self, row: &EventRow, when: DateInterval, observation: &Observation) {
        self.shown.push((when, Piece::new(row.line, observation.clone(), "record-coded-event")));
    }

    /// Deaths, where the row shows fighting; where the table has one number, it is the least, and nothing is the most.
    fn deaths_of(&mut self, row: &EventRow, when: DateInterval, observation: &Observation) {
        let best = row.best.or(row.low).unwrap_or(0);
        let (low, high) = (row.low.unwrap_or(best), row.high);
        let fought = matches!(observation, Observation::Clash { .. });
        if !fought || best == 0 && high.unwrap_or(0) == 0 {
            return;
        }
        let deaths = Observation::Deaths { low, high: high.map(|high| high.max(low)), battle: true };
        self.shown.push((when, Piece::new(row.line, deaths, "record-event")));
        if let Some(month) = DateInterval::month(row.from.year(), row.from.month()) {
            self.count(month, [low, best, high.unwrap_or(best)]);
        }
    }
}

impl Found<'_> {
    /// The rows of a table with a mapping, by the numbers that it names.
    pub(super) fn mapped(&mut self, table: Table, mapping: &Mapping) -> Result<Problems, RecordsError> {
        let column = match self.level {
            Level::Conflict => &mapping.conflict,
            Level::Dyad => &mapping.dyad,
        };
        if column.is_none() {
            let kind = Kind::UnmappedNumbers(mapping.name.clone(), self.level.name());
            return Err(RecordsError::new(table.file(), kind));
        }
        let shows = mapping.shows();
        let mut rows = read_events(table, Some(mapping))?;
        for row in rows.by_ref() {
            self.covers(Some(row.until));
            let country = row.country.as_deref().unwrap_or_default();
            let units = self.units(row.conflict_id.as_slice(), row.dyad_id.as_slice(), country);
            let shown = shows.iter().find(|shows| shows.fits(&row, mapping.code_form));
            let Some(observation) = shown.and_then(|it| it.shows.observation()) else { continue };
            let Some(when) = when(&row) else { continue };
            for unit in units {
                let unit = self.units.entry(unit).or_default();
                unit.deaths_of(&row, when, &observation);
                unit.event(&row, when, &observation);
            }
        }
        Ok(rows.problems().clone())
    }
}

/// When, as exactly as the row knows: a date within a week or a month is not a day.
fn when(row: &EventRow) -> Option<DateInterval> {
    match row.precision {
        Some(2) => {
            let days = |days: i64| row.from.checked_add(days.days()).ok();
            DateInterval::new(days(-3)?, days(3)?, Grain::Week, Certainty::Stated)
        }
        Some(3) => DateInterval::month(row.from.year(), row.from.month()),
        _ => between(row.from, row.until),
    }
}

/// Whether two events show the same, whatever the scale.
const fn kind(observation: &Observation) -> &'static str {
    match observation {
        Observation::Clash { .. } => "clash",
        Observation::Coercion => "coercion",
        Observation::Talks => "talks",
        Observation::Ceasefire => "ceasefire",
        Observation::Violation => "violation",
        Observation::Implementation => "implementation",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn party(name: &str, also: &str, state: Option<&str>) -> PartyNames {
        PartyNames {
            name: name.to_owned(),
            names: vec![name.to_owned(), also.to_owned()],
            side: name.to_owned(),
            state: state.map(str::to_owned),
        }
    }

    fn country_of(name: &str) -> Option<&'static str> {
        match name {
            "Examplia" => Some("EXA"),
            "Otherland" => Some("OTH"),
            _ => None,
        }
    }

    fn read_as(mapping: Option<&str>, rows: &str, conflicts: &[u32]) -> EventEvidence {
        let parties = [
            party("Government of Examplia", "the government", Some("EXA")),
            party("Northern Front", "NF", None),
            party("Otherland", "Other City", Some("OTH")),
        ];
        let conflicts = conflicts.iter().copied().collect();
        let scope = EventScope { conflicts: &conflicts, parties: &parties, country_of };
        let mapping = mapping.map(|text| Mapping::parse(text, "mapping").unwrap());
        let table = Table::of_bytes("t.csv", rows.into()).unwrap();
        evidence_of_events(table, mapping.as_ref(), &scope).unwrap()
    }

    const ACLED: &str = "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,assoc_actor_1,actor2,assoc_actor_2,\
                         country,location,latitude,longitude,fatalities\n";

    /// Whether a clash between two actors of ACLED's is the parties'.
    fn is_picked(one: &str, ally: &str, other: &str) -> bool {
        let row = format!("E1,2011-05-04,1,Battles,Armed clash,{one},{ally},{other},,Examplia,Alba,,,0\n");
        read_as(None, &format!("{ACLED}{row}"), &[]).picked() == 1
    }

    #[test]
    fn actors_are_parties_by_their_whole_names() {
        for (one, ally, other) in [
            ("Military Forces of Examplia (2009-)", "", "NF: Northern Front"),
            ("Police Forces of Examplia (2009-) Border Guard", "", "NF/NA: Northern Front/Northern Army"),
            ("Government of Examplia (2009-)", "", "The Northern Front"),
            ("Militia (Alba)", "Military Forces of Examplia (2009-)", "Northern Front"),
            ("Military Forces of Otherland (2001-)", "", "Military Forces of Examplia (2009-)"),
        ] {
            assert!(is_picked(one, ally, other), "{one} / {other}");
        }
        for (one, ally, other) in [
            // Examplia is in the name, and Examplia's state is not meant.
            ("Rioters (Examplia)", "", "Northern Front"),
            ("ENA: Examplia National Army", "", "Northern Front"),
            ("Military Forces of Examplia (2009-)", "", "Free Northern Front Faction"),
            ("Military Forces of Examplia (2009-)", "", "Police Forces of Examplia (2009-)"),
            ("The government", "", "Northern Front"),
        ] {
            assert!(!is_picked(one, ally, other), "{one} / {other}");
        }
    }

    #[test]
    fn a_date_that_is_known_to_the_month_is_a_month() {
        let row = |precision: u8| {
            let row = format!(
                "E1,2011-05-04,{precision},Battles,Armed clash,Military Forces of Examplia,,NF,,Examplia,Alba,,,12\n"
            );
            let found = read_as(None, &format!("{ACLED}{row}"), &[]).found.evidence;
            assert_eq!(found[0].observation, Observation::Deaths { low: 12, high: None, battle: true });
            found[0].when.unwrap().days()
        };
        assert_eq!([1, 2, 3].map(row), [1, 7, 31]);
    }

    const ICEWS: &str = "Event ID,Event Date,Source Name,Source Sectors,Source Country,Event Text,CAMEO Code,Intensity,Target Name,\
                         Target Sectors,Target Country,Story ID,City,Country,Latitude,Longitude\n";

    #[test]
    fn news_tells_the_same_again() {
        let rows = "1,2011-05-04,Military (Examplia),\"Military,Government\",Examplia,fight,190,-10,Otherland,,Otherland,1,,,,\n\
                    2,2011-05-04,Otherland,,Otherland,fight,193,-10,Military (Examplia),\"Military,Government\",Examplia,2,,,,\n\
                    3,2011-05-05,Otherland,,Otherland,fight,193,-10,Examplia,,Examplia,3,,,,\n\
                    4,2011-05-05,Otherland,,Otherland,Consult,040,1,Head of Government (Examplia),Executive,Examplia,3,,,,\n\
                    5,2011-05-05,Otherland,,Otherland,Praise,051,1,Head of Government (Examplia),Executive,Examplia,3,,,,\n\
                    6,2011-05-05,Citizen (Examplia),General Population,Examplia,fight,190,-10,Otherland,,Otherland,3,,,,\n";
        let read = read_as(None, &format!("{ICEWS}{rows}"), &[]);
        let lines: Vec<_> = read.found.evidence.iter().map(|it| it.provenance.to_string()).collect();
        assert_eq!(lines, ["t.csv:2", "t.csv:4", "t.csv:5"]);
        assert_eq!((read.picked(), read.told_again, read.without_evidence), (5, 1, 1));
        assert_eq!(read.others.get("Citizen (Examplia)"), Some(&1), "it is said who else is named");
        assert!(read.found.fatalities.is_empty(), "coded events count no deaths");
    }

    #[test]
    fn gdelts_codes_name_states() {
        let cells = |id: u32, one: [&str; 4], other: [&str; 4], code: &str| {
            let mut cells = vec![""; 61];
            let id = id.to_string();
            (cells[0], cells[1], cells[26]) = (&id, "20110504", code);
            for (first, actor) in [(5, one), (15, other)] {
                (cells[first], cells[first + 1], cells[first + 2], cells[first + 7]) =
                    (actor[0], actor[1], actor[2], actor[3]);
            }
            cells.join("\t") + "\n"
        };
        let rows = cells(1, ["EXAMIL", "MILITARY", "EXA", "MIL"], ["OTH", "OTHERLAND", "OTH", ""], "190")
            + &cells(2, ["EXA", "EXAMPLIA", "EXA", ""], ["OTHCVL", "CITIZEN", "OTH", "CVL"], "190");
        let read = read_as(None, &rows, &[]);
        assert_eq!((read.picked(), read.found.evidence.len()), (1, 1));
    }

    #[test]
    fn a_mapping_says_what_classes_show() {
        let columns = "name = 'Ours'\ndate = 'day'\nactors = ['one', 'other']\nclass = 'kind'\nlow = 'low'\nbest = 'best'\nhigh = 'high'\n";
        let shows = "[[shows]]\nclass = 'attack'\nshows = 'clash-organised'\n";
        let rows = "day,one,other,kind,low,best,high\n2011-05-04,Examplia,NF,attack,1,2,9\n2011-05-04,NF,Examplia,visit,,,\n";
        let read = read_as(Some(&format!("{columns}{shows}")), rows, &[]);
        let shown: Vec<_> = read.found.evidence.iter().map(|it| it.observation.clone()).collect();
        assert_eq!(shown[0], Observation::Deaths { low: 1, high: Some(9), battle: true });
        assert!(matches!(shown[1], Observation::Clash { .. }) && shown.len() == 2);
        let silent = read_as(Some(columns), rows, &[]);
        assert_eq!(
            (silent.picked(), silent.without_evidence),
            (2, 2),
            "a mapping that says nothing shows nothing"
        );
    }

    #[test]
    fn a_mapping_with_numbers_gives_each_conflict_its_own() {
        let columns = "name = 'Ours'\ndate = 'day'\nconflict = 'ucdp'\nbest = 'best'\n[[shows]]\nshows = 'clash-sporadic'\n";
        let mapping = Mapping::parse(columns, "mapping").unwrap();
        let rows = "day,ucdp,best\n2011-05-04,9,2\n2011-05-05,8,\n2011-06-06,,7\n";
        let of = |level| {
            let table = Table::of_bytes("t.csv", rows.into()).unwrap();
            super::super::evidence_by_unit(table, Some(&mapping), level)
        };
        let (found, _) = of(Level::Conflict).unwrap();
        let evidence: Vec<_> = found.values().map(|it| (it.conflict_id, it.evidence.len())).collect();
        assert_eq!(evidence, [(Some(8), 1), (Some(9), 2)]);
        assert_eq!(found[&9].until.unwrap().to_string(), "2011-06-06", "what the table covers");
        assert!(of(Level::Dyad).unwrap_err().to_string().contains("no column with UCDP's numbers of dyads"));
    }

    #[test]
    fn a_number_goes_before_names() {
        let mapping = "name = 'Ours'\ndate = 'day'\nconflict = 'ucdp'\nactors = ['one', 'other']\nbest = 'best'\n\
                       [[shows]]\nshows = 'clash-sporadic'\n";
        let rows = "day,ucdp,one,other,best\n2011-05-04,9,A,B,2\n2011-05-05,8,Examplia,NF,2\n2011-05-06,,Examplia,NF,2\n";
        let read = read_as(Some(mapping), rows, &[9]);
        assert_eq!((read.by_number, read.by_parties.values().sum::<u64>()), (1, 1));
        assert_eq!(read_as(Some(mapping), rows, &[]).picked(), 2, "without a number the parties pick");
    }
}
