//! Rows to sums by group: a fast way for cells as they should be, and the readers' own way, with its diagnostics, for all
//! others.

use encoding_rs::WINDOWS_1252;
use rustc_hash::FxHashMap;

use super::{PanelConfig, PanelRow, PanelUnit, Period};
use crate::error::Kind;
use crate::mapping::{GDELT_2_COLUMNS, Places};
use crate::open::Bytes;
use crate::split::{Field, Rest, Row, UNCLOSED_MAX, split};
use crate::table::{GDELT_COLUMNS, ragged, unclosed};
use crate::values::DateForm;
use crate::{Cells, Column, Header, Mapping, Problems, Refused};

/// Between the parts of a group's key; no text has it.
const PART: u8 = 0x1f;

/// What a table's rows are read by; the same for all threads.
pub(super) struct Shape<'a> {
    file: &'a str,
    header: &'a Header,
    period: Period,
    separator: u8,
    quotes: bool,
    directed: bool,
    numeric: bool,
    at: At,
    /// For GDELT's older rows, which are narrower.
    older: Option<At>,
}

/// Where the cells are.
struct At {
    date: Column,
    date_form: DateForm,
    unit: [Column; 2],
    deaths: [Column; 3],
}

impl At {
    fn of(places: &Places, unit: PanelUnit) -> Option<Self> {
        let unit = match unit {
            PanelUnit::Conflict => [places.conflict, Column::default()],
            PanelUnit::Dyad => [places.dyad, Column::default()],
            PanelUnit::Country => [places.country, Column::default()],
            PanelUnit::Actors => places.actors,
        };
        let deaths = [places.low, places.best, places.high];
        unit[0].exists().then_some(Self { date: places.date, date_form: places.date_form, unit, deaths })
    }
}

impl<'a> Shape<'a> {
    pub(super) fn new(
        file: &'a str,
        header: &'a Header,
        config: &PanelConfig,
        mapping: &Mapping,
        places: Places,
        older: Option<Places>,
        rest: &Rest<Bytes>,
    ) -> Result<Self, Kind> {
        let at = At::of(&places, config.unit)
            .ok_or_else(|| Kind::Mapping(format!("{} has no column for {:?}", mapping.name, config.unit)))?;
        Ok(Self {
            file,
            header,
            period: config.period,
            separator: rest.separator,
            quotes: rest.quotes,
            directed: mapping.directed,
            numeric: matches!(config.unit, PanelUnit::Conflict | PanelUnit::Dyad),
            at,
            older: older.and_then(|places| At::of(&places, config.unit)),
        })
    }

    fn at(&self, cells: usize) -> Option<&At> {
        if cells == self.header.names().len() {
            return Some(&self.at);
        }
        self.older.as_ref().filter(|_| cells < GDELT_2_COLUMNS && GDELT_COLUMNS.contains(&cells))
    }
}

/// The sums of a group.
#[derive(Clone, Copy, Default)]
struct Sums {
    events: u64,
    deaths: [u64; 3],
}

impl Sums {
    fn add(&mut self, deaths: [u64; 3]) {
        self.events += 1;
        for (sum, deaths) in self.deaths.iter_mut().zip(deaths) {
            *sum = sum.saturating_add(deaths);
        }
    }
}

/// What a row gives: the months since the year 0, and deaths.
type Found = (u32, [u64; 3]);

/// The sums of all groups that one thread has seen.
pub(super) struct Tally<'a> {
    shape: &'a Shape<'a>,
    /// The units seen so far, by the bytes of their names or numbers.
    units: FxHashMap<Box<[u8]>, u32>,
    /// Sums by unit and period, in one number, so that rows do not compare names twice.
    groups: FxHashMap<u64, Sums>,
    problems: Problems,
    fields: Vec<Field>,
    key: Vec<u8>,
}

impl<'a> Tally<'a> {
    pub(super) fn new(shape: &'a Shape<'a>) -> Self {
        Self {
            shape,
            units: FxHashMap::default(),
            groups: FxHashMap::default(),
            problems: Problems::default(),
            fields: Vec::new(),
            key: Vec::new(),
        }
    }

    /// Adds the rows of a piece that begins on `line`.
    pub(super) fn chunk(&mut self, bytes: &[u8], mut line: u64) {
        let mut quotes = self.shape.quotes && memchr::memchr(b'"', bytes).is_some();
        let (mut at, mut unclosed_marks) = (0, 0);
        let mut fields = std::mem::take(&mut self.fields);
        while at < bytes.len() {
            let rest = &bytes[at..];
            fields.clear();
            let Some(taken) = split(rest, self.shape.separator, quotes, true, &mut fields) else {
                self.problems.count_row(true);
                self.problems.add(unclosed(self.shape.file, line));
                unclosed_marks += 1;
                quotes &= unclosed_marks < UNCLOSED_MAX;
                at += memchr::memchr(b'\n', rest).map_or(rest.len(), |end| end + 1);
                line += 1;
                continue;
            };
            let row = Row::new(&rest[..taken], &fields, line);
            self.row(row);
            at += taken;
            line += if quotes { crate::split::breaks(&rest[..taken]) } else { 1 };
        }
        self.fields = fields;
    }

    fn row(&mut self, row: Row<'_>) {
        if row.len() == 1 && row.plain(0).is_some_and(<[u8]>::is_empty) {
            return;
        }
        let Some(at) = self.shape.at(row.len()) else {
            self.problems.count_row(true);
            self.problems.add(ragged(self.shape.file, &row, self.shape.header.names().len()));
            return;
        };
        let found = fast(at, &row).map_or_else(|| self.slow(at, row), Ok);
        let refused = found.and_then(|found| self.count(at, row, found)).is_err();
        self.problems.count_row(refused);
    }

    /// The readers' own way, which tells what is wrong.
    fn slow(&mut self, at: &At, row: Row<'_>) -> Result<Found, Refused> {
        let mut cells = self.cells(row);
        let date = cells.date_in(at.date, at.date_form)?;
        let year = u32::try_from(date.year()).unwrap_or(0);
        let month = u32::try_from(date.month()).unwrap_or(1);
        let mut deaths = [0; 3];
        for (sum, column) in deaths.iter_mut().zip(at.deaths) {
            if column.exists() {
                *sum = cells.deaths(column)?.unwrap_or(0);
            }
        }
        Ok((year * 12 + month - 1, deaths))
    }

    fn cells<'r>(&'r mut self, row: Row<'r>) -> Cells<'r> {
        Cells::new(self.shape.file, self.shape.header, row, self.shape.separator, &mut self.problems)
    }

    fn count(&mut self, at: &At, row: Row<'_>, (month, deaths): Found) -> Result<(), Refused> {
        let period = if self.shape.period == Period::Month { month } else { month / 12 * 12 };
        if self.shape.numeric {
            self.number_key(at, row)?;
        } else {
            self.name_key(at, row);
        }
        let group = u64::from(self.unit()) << 32 | u64::from(period);
        self.groups.entry(group).or_default().add(deaths);
        Ok(())
    }

    /// The place of the unit whose key is at hand among those seen.
    fn unit(&mut self) -> u32 {
        if let Some(&unit) = self.units.get(self.key.as_slice()) {
            return unit;
        }
        let unit = u32::try_from(self.units.len()).expect("more units than there is memory");
        self.units.insert(self.key.clone().into_boxed_slice(), unit);
        unit
    }

    /// A unit's number as its key, so that numbers are in order.
    fn number_key(&mut self, at: &At, row: Row<'_>) -> Result<(), Refused> {
        let plain = at.unit[0].index().and_then(|index| row.plain(index)).and_then(digits);
        let number = match plain.and_then(|number| u32::try_from(number).ok()) {
            Some(number) => number,
            None => self.cells(row).number(at.unit[0])?,
        };
        self.key.clear();
        self.key.extend_from_slice(&number.to_be_bytes());
        Ok(())
    }

    fn name_key(&mut self, at: &At, row: Row<'_>) {
        let name = |column: Column| column.index().and_then(|index| row.field(index)).unwrap_or_default();
        let (first, second) = (name(at.unit[0]), name(at.unit[1]));
        let (mut first, mut second) = (first.trim_ascii(), second.trim_ascii());
        if !self.shape.directed && at.unit[1].exists() && second < first {
            (first, second) = (second, first);
        }
        self.key.clear();
        self.key.extend_from_slice(first);
        if at.unit[1].exists() {
            self.key.push(PART);
            self.key.extend_from_slice(second);
        }
    }

    /// Adds another thread's sums.
    pub(super) fn join(&mut self, other: Self) {
        let mut own_units = vec![0; other.units.len()];
        for (key, unit) in other.units {
            self.key.clear();
            self.key.extend_from_slice(&key);
            own_units[unit as usize] = self.unit();
        }
        for (group, sums) in other.groups {
            let unit = own_units[(group >> 32) as usize];
            let own = self.groups.entry(u64::from(unit) << 32 | group & PERIOD).or_default();
            own.events += sums.events;
            for (own, other) in own.deaths.iter_mut().zip(sums.deaths) {
                *own = own.saturating_add(other);
            }
        }
        self.problems.join(other.problems);
    }

    /// The panel's rows, in order of units and periods.
    pub(super) fn finish(self) -> (Vec<PanelRow>, Problems) {
        let mut units: Vec<(Box<[u8]>, u32)> = self.units.into_iter().collect();
        units.sort_unstable();
        let mut rank = vec![0u64; units.len()];
        for (place, (_, unit)) in (0..).zip(&units) {
            rank[*unit as usize] = place;
        }
        let ranked = |(group, sums)| (rank[(group >> 32) as usize] << 32 | group & PERIOD, sums);
        let mut groups: Vec<(u64, Sums)> = self.groups.into_iter().map(ranked).collect();
        groups.sort_unstable_by_key(|(group, _)| *group);
        let row = |(group, sums): (u64, Sums)| {
            let unit = &units[(group >> 32) as usize].0;
            self.shape.panel_row(unit, u32::try_from(group & PERIOD).unwrap_or(0), sums)
        };
        (groups.into_iter().map(row).collect(), self.problems)
    }
}

/// The bits of a group that are its period.
const PERIOD: u64 = 0xffff_ffff;

impl Shape<'_> {
    fn panel_row(&self, unit: &[u8], months: u32, sums: Sums) -> PanelRow {
        let number = |bytes: &[u8]| bytes.iter().fold(0u32, |sum, byte| sum << 8 | u32::from(*byte));
        let unit = if self.numeric {
            vec![number(unit).to_string()]
        } else {
            unit.split(|&byte| byte == PART).map(text).collect()
        };
        let deaths = |index: usize| self.at.deaths[index].exists().then_some(sums.deaths[index]);
        PanelRow {
            unit,
            year: i16::try_from(months / 12).unwrap_or(i16::MAX),
            month: (self.period == Period::Month).then(|| u8::try_from(months % 12 + 1).unwrap_or(1)),
            events: sums.events,
            low: deaths(0),
            best: deaths(1),
            high: deaths(2),
        }
    }
}

fn text(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

/// The fast way: an ISO date and plain digits; `None` for everything else.
fn fast(at: &At, row: &Row<'_>) -> Option<Found> {
    if at.date_form != DateForm::Iso {
        return None;
    }
    let months = iso_months(row.plain(at.date.index()?)?)?;
    let mut deaths = [0; 3];
    for (sum, column) in deaths.iter_mut().zip(at.deaths) {
        if let Some(index) = column.index() {
            let cell = row.plain(index)?;
            *sum = if cell.is_empty() { 0 } else { digits(cell)? };
        }
    }
    Some((months, deaths))
}

fn iso_months(cell: &[u8]) -> Option<u32> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = cell else { return None };
    let number = |digits: &[u8]| {
        digits
            .iter()
            .try_fold(0u32, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + u32::from(digit - b'0')))
    };
    let (year, month, day) = (number(&[y1, y2, y3, y4])?, number(&[m1, m2])?, number(&[d1, d2])?);
    // Days that not every month has go the slow way, which knows the calendar.
    ((1400..=2200).contains(&year) && (1..=12).contains(&month) && (1..=28).contains(&day))
        .then(|| year * 12 + month - 1)
}

fn digits(cell: &[u8]) -> Option<u64> {
    if cell.is_empty() || 18 < cell.len() {
        return None;
    }
    cell.iter()
        .try_fold(0u64, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + u64::from(digit - b'0')))
}
