//! What the columns of a table of events mean: a mapping in TOML, for data sets that have no reader of their own.
//!
//! ```toml
//! name = "Our monitoring"
//! date = "day"                      # the column's name, or its number from 1
//! until = "last_day"                # where events have an end of their own
//! date_form = "dd/mm/yyyy"          # yyyy-mm-dd without it; also mm/dd/yyyy, dd.mm.yyyy, yyyymmdd
//! header = true
//! id = "number"
//! conflict = "ucdp"                 # UCDP's numbers, where there are any
//! dyad = "ucdp_dyad"
//! country = "country"
//! actors = ["perpetrator", "target"]
//! directed = true                   # whether the first acts on the second
//! class = "type"
//! code = "subtype"
//! code_form = "any"                 # or "cameo", which tells codes that have lost their leading zero
//! place = "town"
//! low = "min"
//! best = "killed"
//! high = "max"
//! latitude = "lat"
//! longitude = "lon"
//! precision = "how_exact"           # 1 the day, 2 the week, 3 the month, as ACLED has it
//! # To find the rows of a dossier's parties, beside the actors:
//! names = ["name1", "name2"]        # where the actors' columns hold codes
//! countries = ["from", "to"]        # the actors' countries, by name or ISO 3166 alpha-3 code
//! kinds = ["kind1", "kind2"]        # what the actors are, several separated by commas
//! state_kinds = ["army", "police"]  # the kinds that act for a state
//! state_forms = ["Forces of"]       # what stands before a country's name in the name of one that acts for it
//! allies = ["with1", "with2"]       # who acts with each, several separated by semicolons
//!
//! [[shows]]                         # what the classes show of a stage; without it, rows are no evidence
//! class = "attack"
//! shows = "clash-sporadic"
//! ```

use std::fmt;

use irenic_model::jiff::civil::Date;
use serde::Deserialize;

use crate::error::Kind;
use crate::values::{CodeForm, DateForm};
use crate::{Cells, Column, DataSet, Header, Problems, RecordsError, Refused, Shows, Table};

/// A column by its name, or by its number from 1 where the table has no header.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum ColumnName {
    /// The name in the header.
    Name(String),
    /// The number, from 1.
    Number(usize),
}

impl fmt::Display for ColumnName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => write!(f, "{name:?}"),
            Self::Number(number) => write!(f, "number {number}"),
        }
    }
}

/// What the columns of a table of events mean.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// The data set's name.
    pub name: String,
    /// The day, or the first day.
    pub date: ColumnName,
    /// The last day.
    pub until: Option<ColumnName>,
    /// How days are written.
    #[serde(default)]
    pub date_form: DateForm,
    /// Whether the first row is a header.
    #[serde(default = "yes")]
    pub header: bool,
    /// The event's own number or name.
    pub id: Option<ColumnName>,
    /// UCDP's conflict number.
    pub conflict: Option<ColumnName>,
    /// UCDP's dyad number.
    pub dyad: Option<ColumnName>,
    /// The country.
    pub country: Option<ColumnName>,
    /// The actors: none, one or two columns.
    #[serde(default)]
    pub actors: Vec<ColumnName>,
    /// Whether the first actor acts on the second.
    #[serde(default)]
    pub directed: bool,
    /// The event's class.
    pub class: Option<ColumnName>,
    /// The event's code.
    pub code: Option<ColumnName>,
    /// What codes look like.
    #[serde(default)]
    pub code_form: CodeForm,
    /// The place in words.
    pub place: Option<ColumnName>,
    /// Deaths, the lowest estimate.
    pub low: Option<ColumnName>,
    /// Deaths, the best estimate.
    pub best: Option<ColumnName>,
    /// Deaths, the highest estimate.
    pub high: Option<ColumnName>,
    /// Degrees north.
    pub latitude: Option<ColumnName>,
    /// Degrees east.
    pub longitude: Option<ColumnName>,
    /// How exactly the day is known: 1 the day, 2 the week, 3 the month.
    pub precision: Option<ColumnName>,
    /// The actors' names, where the columns of actors hold codes.
    #[serde(default)]
    pub names: Vec<ColumnName>,
    /// The actors' countries, by name or ISO 3166 alpha-3 code.
    #[serde(default)]
    pub countries: Vec<ColumnName>,
    /// What the actors are, several separated by commas.
    #[serde(default)]
    pub kinds: Vec<ColumnName>,
    /// The kinds that act for a state.
    #[serde(default)]
    pub state_kinds: Vec<String>,
    /// What stands before a country's name in the name of one that acts for it.
    #[serde(default)]
    pub state_forms: Vec<String>,
    /// Who acts with each actor, several separated by semicolons.
    #[serde(default)]
    pub allies: Vec<ColumnName>,
    /// What the classes and codes show of a stage.
    #[serde(default)]
    pub shows: Vec<Shows>,
    /// Whether it is a data set's own, whose versions may lack a column on the actors.
    #[serde(skip)]
    ships: bool,
}

const fn yes() -> bool {
    true
}

impl Mapping {
    /// Reads a mapping; `file` is for the message.
    ///
    /// # Errors
    ///
    /// If the text is not TOML, names a key that there is not, lacks the date, or has more than two actors.
    ///
    /// ```
    /// use irenic_records::Mapping;
    /// let mapping = Mapping::parse("name = \"Ours\"\ndate = \"day\"\nbest = \"killed\"", "ours.toml").unwrap();
    /// assert!(!mapping.directed);
    /// assert!(Mapping::parse("name = \"Ours\"\ndead = \"killed\"", "ours.toml").is_err());
    /// ```
    pub fn parse(text: &str, file: &str) -> Result<Self, RecordsError> {
        let wrong = |why: String| RecordsError::new(file, Kind::Mapping(why));
        let mapping: Self = toml::from_str(text).map_err(|error| wrong(error.to_string()))?;
        mapping.check().map_err(wrong)?;
        Ok(mapping)
    }

    /// What is wrong with it, whatever the table.
    fn check(&self) -> Result<(), String> {
        let lists = [
            ("actors", &self.actors),
            ("names", &self.names),
            ("countries", &self.countries),
            ("kinds", &self.kinds),
            ("allies", &self.allies),
        ];
        match lists.into_iter().find(|(_, columns)| 2 < columns.len()) {
            Some((key, columns)) => {
                Err(format!("{key} has {} columns; an event has two actors at most", columns.len()))
            }
            None => Ok(()),
        }
    }

    /// What the classes and codes show: its own rows, or else CAMEO's where its codes are of that form.
    pub(crate) fn shows(&self) -> Vec<Shows> {
        if self.shows.is_empty() && self.code_form == CodeForm::Cameo {
            return Shows::cameo();
        }
        self.shows.clone()
    }

    /// The mapping of a data set of events that ships; `None` for data sets that are not events.
    #[must_use]
    pub fn built_in(set: DataSet) -> Option<Self> {
        let text = match set {
            DataSet::Ged => include_str!("../mappings/ged.toml"),
            DataSet::Acled => include_str!("../mappings/acled.toml"),
            DataSet::Icews => include_str!("../mappings/icews.toml"),
            DataSet::Gdelt => include_str!("../mappings/gdelt.toml"),
            _ => return None,
        };
        let own = Self::parse(text, set.title()).expect("a test reads every mapping that ships");
        Some(Self { ships: true, ..own })
    }

    /// GDELT's older form, rows of which may stand among the newer ones.
    pub(crate) fn gdelt_1() -> Self {
        Self::parse(include_str!("../mappings/gdelt1.toml"), "GDELT 1.0")
            .expect("a test reads every mapping that ships")
    }
}

/// An event, as a table of events has it.
#[derive(Clone, Debug, PartialEq)]
pub struct EventRow {
    /// The line in the file, from 1.
    pub line: u64,
    /// The event's own number or name.
    pub id: Option<String>,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
    /// UCDP's conflict number.
    pub conflict_id: Option<u32>,
    /// UCDP's dyad number.
    pub dyad_id: Option<u32>,
    /// The country, as the table has it.
    pub country: Option<String>,
    /// The actors.
    pub actors: [Option<String>; 2],
    /// The event's class.
    pub class: Option<String>,
    /// The event's code.
    pub code: Option<String>,
    /// The place in words.
    pub place: Option<String>,
    /// Deaths, the lowest estimate.
    pub low: Option<u64>,
    /// Deaths, the best estimate.
    pub best: Option<u64>,
    /// Deaths, the highest estimate.
    pub high: Option<u64>,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// How exactly the day is known: 1 the day, 2 the week, 3 the month.
    pub precision: Option<u8>,
    /// What else the row says of the actors.
    pub about: [AboutActor; 2],
}

/// What a row says of an actor beside the name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AboutActor {
    /// The name, where the actor's own column holds a code.
    pub name: Option<String>,
    /// The country, as the table has it.
    pub country: Option<String>,
    /// What the actor is; several are separated by commas.
    pub kinds: Option<String>,
    /// Who acts with it; several are separated by semicolons.
    pub allies: Option<String>,
}

/// Where a mapping's columns are in a table.
pub(crate) struct Places {
    pub(crate) date: Column,
    pub(crate) until: Column,
    pub(crate) date_form: DateForm,
    id: Column,
    pub(crate) conflict: Column,
    pub(crate) dyad: Column,
    pub(crate) country: Column,
    pub(crate) actors: [Column; 2],
    class: Column,
    code: Column,
    code_form: CodeForm,
    place: Column,
    pub(crate) low: Column,
    pub(crate) best: Column,
    pub(crate) high: Column,
    latitude: Column,
    longitude: Column,
    precision: Column,
    about: [AboutColumns; 2],
}

/// Where a row says what of an actor.
#[derive(Clone, Copy)]
struct AboutColumns {
    name: Column,
    country: Column,
    kinds: Column,
    allies: Column,
}

impl AboutColumns {
    fn read(self, cells: &mut Cells<'_>) -> AboutActor {
        AboutActor {
            name: cells.optional_string(self.name),
            country: cells.optional_string(self.country),
            kinds: cells.optional_string(self.kinds),
            allies: cells.optional_string(self.allies),
        }
    }
}

impl Places {
    /// Finds the mapping's columns; a name that the header lacks is an error, not an empty column.
    pub(crate) fn of(mapping: &Mapping, header: &Header) -> Result<Self, Kind> {
        let column = |name: &ColumnName| match name {
            ColumnName::Number(number) => {
                (1..=header.names().len()).contains(number).then(|| Column::at(number - 1))
            }
            ColumnName::Name(name) => header.find(&[name]).map(Column::at),
        };
        let needed = |name: &ColumnName| {
            column(name)
                .ok_or_else(|| Kind::Mapping(format!("{}: the table has no column {name}", mapping.name)))
        };
        let optional = |name: &Option<ColumnName>| name.as_ref().map_or(Ok(Column::default()), needed);
        let actor = |index: usize| mapping.actors.get(index).map_or(Ok(Column::default()), needed);
        // Versions of a data set differ in such columns; a name that a person wrote is meant.
        let beside = |name: &ColumnName| {
            if mapping.ships { Ok(column(name).unwrap_or_default()) } else { needed(name) }
        };
        let of =
            |columns: &[ColumnName], index: usize| columns.get(index).map_or(Ok(Column::default()), beside);
        let about = |index: usize| {
            Ok::<_, Kind>(AboutColumns {
                name: of(&mapping.names, index)?,
                country: of(&mapping.countries, index)?,
                kinds: of(&mapping.kinds, index)?,
                allies: of(&mapping.allies, index)?,
            })
        };
        mapping.check().map_err(|why| Kind::Mapping(format!("{}: {why}", mapping.name)))?;
        Ok(Self {
            date: needed(&mapping.date)?,
            until: optional(&mapping.until)?,
            date_form: mapping.date_form,
            id: optional(&mapping.id)?,
            conflict: optional(&mapping.conflict)?,
            dyad: optional(&mapping.dyad)?,
            country: optional(&mapping.country)?,
            actors: [actor(0)?, actor(1)?],
            class: optional(&mapping.class)?,
            code: optional(&mapping.code)?,
            code_form: mapping.code_form,
            place: optional(&mapping.place)?,
            low: optional(&mapping.low)?,
            best: optional(&mapping.best)?,
            high: optional(&mapping.high)?,
            latitude: optional(&mapping.latitude)?,
            longitude: optional(&mapping.longitude)?,
            precision: mapping.precision.as_ref().map_or(Ok(Column::default()), beside)?,
            about: [about(0)?, about(1)?],
        })
    }

    fn read(&self, cells: &mut Cells<'_>) -> Result<EventRow, Refused> {
        let from = cells.date_in(self.date, self.date_form)?;
        let until = if self.until.exists() { cells.date_in(self.until, self.date_form)? } else { from };
        if until < from {
            return Err(cells.refuse_for(self.until, "records.order", "lies before the event's first day"));
        }
        let mut deaths = |column: Column| if column.exists() { cells.deaths(column) } else { Ok(None) };
        let (low, best, high) = (deaths(self.low)?, deaths(self.best)?, deaths(self.high)?);
        Ok(EventRow {
            line: cells.line(),
            id: cells.optional_name(self.id),
            from,
            until,
            conflict_id: cells.optional_id(self.conflict),
            dyad_id: cells.optional_id(self.dyad),
            country: cells.optional_string(self.country),
            actors: self.actors.map(|actor| cells.optional_string(actor)),
            class: cells.optional_string(self.class),
            code: cells.optional_code_in(self.code, self.code_form),
            place: cells.optional_string(self.place),
            low,
            best,
            high,
            latitude: cells.optional_decimal(self.latitude, -90.0, 90.0),
            longitude: cells.optional_decimal(self.longitude, -180.0, 180.0),
            precision: cells.optional_number(self.precision),
            about: self.about.map(|about| about.read(cells)),
        })
    }
}

/// The events of a table, one at a time.
pub struct Events {
    table: Table,
    places: Places,
    /// For GDELT's older rows, which are narrower.
    older: Option<Places>,
}

/// Reads a table's rows as events: by `mapping`, or, without one, by the mapping of the data set.
///
/// # Errors
///
/// If the header is not of a data set of events and there is no mapping, or if the mapping names a column that the
/// table does not have.
///
/// ```
/// use irenic_records::{Mapping, Table, read_events};
/// let mapping = Mapping::parse("name = 'Ours'\ndate = 'day'\nbest = 'killed'", "ours.toml").unwrap();
/// let table = Table::of_bytes("ours.csv", b"day;killed\n2011-05-04;12\n2011-05-05;1,5\n".to_vec()).unwrap();
/// let mut events = read_events(table, Some(&mapping)).unwrap();
/// assert_eq!(events.next().and_then(|event| event.best), Some(12));
/// assert!(events.next().is_none());
/// assert_eq!(events.problems().kept()[0].to_string(), "ours.csv:3: column killed: \"1,5\" has a comma, of which it \
///     cannot be told whether it groups thousands or begins decimals (write numbers with a decimal point and ungrouped)");
/// ```
pub fn read_events(mut table: Table, mapping: Option<&Mapping>) -> Result<Events, RecordsError> {
    let own = match mapping {
        Some(mapping) => mapping.clone(),
        None => table.data_set().and_then(Mapping::built_in).ok_or_else(|| table.unknown())?,
    };
    if !own.header {
        table.without_header();
    }
    let wrong = |kind: Kind| RecordsError::new(table.file(), kind);
    let places = Places::of(&own, table.header()).map_err(wrong)?;
    let gdelt = mapping.is_none() && table.data_set() == Some(DataSet::Gdelt);
    let older =
        if gdelt { Some(Places::of(&Mapping::gdelt_1(), table.header()).map_err(wrong)?) } else { None };
    Ok(Events { table, places, older })
}

/// GDELT 2.0 has so many columns, GDELT 1.0 fewer.
pub(crate) const GDELT_2_COLUMNS: usize = 61;

impl Iterator for Events {
    type Item = EventRow;

    fn next(&mut self) -> Option<EventRow> {
        let (places, older) = (&self.places, &self.older);
        self.table.next_as(|cells| {
            let older = older.as_ref().filter(|_| cells.len() < GDELT_2_COLUMNS);
            older.unwrap_or(places).read(cells).ok()
        })
    }
}

impl Events {
    /// What was wrong so far.
    #[must_use]
    pub const fn problems(&self) -> &Problems {
        self.table.problems()
    }

    /// The file, as it was given.
    #[must_use]
    pub fn file(&self) -> &str {
        self.table.file()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mapping_that_ships_reads() {
        for set in [DataSet::Ged, DataSet::Acled, DataSet::Icews, DataSet::Gdelt] {
            assert!(Mapping::built_in(set).is_some_and(|mapping| !mapping.name.is_empty()), "{set:?}");
        }
        assert!(Mapping::gdelt_1().directed);
    }
}
