//! Humanitarian tables: HXL (a row of hashtags under the header) and IATI-style aid transactions, as figures with provenance.
//!
//! An HXL table is known by its row of hashtags, which may stand under up to 24 rows of headers; each column with a number
//! of people, money or an indicator gives a figure a row. An IATI table is known by its activity identifier and its value;
//! each row is a transaction. Figures are kept as they stand and never added up: the same delivery told by two reporters
//! stays two figures, and [`double_counts`] shows the pair.

use irenic_model::jiff::civil::Date;

use crate::error::Kind;
use crate::{Cells, Column, DataSet, Header, Problems, RecordsError, Table};

/// No table counts more people, or more money in any currency, than this.
const VALUE_MAX: f64 = 1e15;

/// One number of a humanitarian table.
#[derive(Clone, Debug, PartialEq)]
pub struct HumanitarianFigure {
    /// The line in the file, from 1.
    pub line: u64,
    /// The column's hashtag or name.
    pub column: String,
    /// What is counted: `killed`, `displaced`, `affected`, `reached`, `aid`, an indicator's or a good's name, ...
    pub counts: String,
    /// `person`, a currency's code, or `number`.
    pub unit: String,
    /// The number.
    pub value: f64,
    /// Of whom: sex and age, or the group that the row names.
    pub group: Option<String>,
    /// The first day of its period.
    pub from: Option<Date>,
    /// The last day.
    pub until: Option<Date>,
    /// The finest place that the row names.
    pub place: Option<String>,
    /// The country, by the code or name that the row gives.
    pub country: Option<String>,
    /// Who reports or gives.
    pub reporter: Option<String>,
    /// Who gets it.
    pub receiver: Option<String>,
}

/// The numbers of a table, in order of row and column, with what was wrong.
#[derive(Debug, Default)]
pub struct HumanitarianTable {
    /// The numbers.
    pub figures: Vec<HumanitarianFigure>,
    /// What was wrong.
    pub problems: Problems,
}

/// Reads an HXL or IATI-style table.
///
/// ```
/// use irenic_records::{Table, humanitarian};
/// let rows = "District,Date,People displaced\n#adm2+name,#date,#affected+displaced\nAlba,2020-05-01,1200\n";
/// let read = humanitarian(Table::of_bytes("idp.csv", rows.as_bytes().to_vec()).unwrap()).unwrap();
/// let figure = &read.figures[0];
/// assert_eq!((figure.counts.as_str(), figure.value, figure.place.as_deref()), ("displaced", 1200.0, Some("Alba")));
/// ```
///
/// # Errors
///
/// If the table is neither.
pub fn humanitarian(mut table: Table) -> Result<HumanitarianTable, RecordsError> {
    let header = table.header().clone();
    let mut figures = Vec::new();
    match table.data_set() {
        Some(DataSet::Hxl) => {
            let columns = HxlColumns::of(&header);
            while let Some(row) = table.next_as(|cells| Some(columns.read(cells))) {
                figures.extend(row);
            }
        }
        Some(DataSet::Iati) => {
            let columns = IatiColumns::of(&header).map_err(|column| {
                RecordsError::new(table.file(), Kind::MissingColumn { set: DataSet::Iati.title(), column })
            })?;
            while let Some(row) = table.next_as(|cells| columns.read(cells)) {
                figures.push(row);
            }
        }
        _ => return Err(table.unknown()),
    }
    Ok(HumanitarianTable { figures, problems: table.into_problems() })
}

/// A hashtag and its attributes: "#affected +killed +f".
struct Tag {
    name: String,
    attributes: Vec<String>,
}

impl Tag {
    fn of(text: &str) -> Option<Self> {
        let lower: String =
            text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
        let mut parts = lower.strip_prefix('#')?.split('+').map(str::to_owned);
        let name = parts.next().filter(|name| !name.is_empty())?;
        Some(Self { name, attributes: parts.collect() })
    }

    fn has(&self, attribute: &str) -> bool {
        self.attributes.iter().any(|own| own == attribute)
    }
}

/// Whether the cells of a row are hashtags: at least one is, and none is anything else.
pub(crate) fn is_tag_row<'c>(cells: impl Iterator<Item = &'c str>) -> bool {
    let mut tags = 0;
    for cell in cells.map(str::trim).filter(|cell| !cell.is_empty()) {
        if Tag::of(cell).is_none() {
            return false;
        }
        tags += 1;
    }
    tags > 0
}

/// A column with numbers.
struct Measure {
    column: Column,
    name: String,
    counts: String,
    unit: Option<String>,
    group: Option<String>,
}

/// Where an HXL table has what.
struct HxlColumns {
    measures: Vec<Measure>,
    from: Column,
    until: Column,
    places: Vec<Column>,
    country: Column,
    group: Column,
    reporter: Column,
    receiver: Column,
    currency: Column,
    indicator: Column,
}

/// Attributes that say what is no count.
const NO_COUNT: [&str; 12] =
    ["name", "code", "type", "pct", "max", "min", "rate", "id", "text", "desc", "date", "list"];

/// Attributes that say what became of people, with the name that figures of texts have for it.
const FATES: [(&str, &str); 12] = [
    ("killed", "killed"),
    ("injured", "injured"),
    ("missing", "missing"),
    ("displaced", "displaced"),
    ("idps", "displaced"),
    ("refugees", "displaced"),
    ("abducted", "detained"),
    ("detained", "detained"),
    ("returned", "returned"),
    ("returnees", "returned"),
    ("dead", "killed"),
    ("wounded", "injured"),
];

/// Attributes of sex and age, which make a group.
const GROUPS: [(&str, &str); 8] = [
    ("f", "women and girls"),
    ("m", "men and boys"),
    ("children", "children"),
    ("infants", "infants"),
    ("adolescents", "adolescents"),
    ("adults", "adults"),
    ("elderly", "elderly people"),
    ("civilians", "civilians"),
];

impl HxlColumns {
    fn of(header: &Header) -> Self {
        let tags: Vec<Option<Tag>> = header.names().iter().map(|name| Tag::of(name)).collect();
        let find = |fits: &dyn Fn(&Tag) -> bool| {
            let at = tags.iter().position(|tag| tag.as_ref().is_some_and(fits));
            at.map_or_else(Column::default, Column::at)
        };
        let dated = |attribute: &'static str| find(&|tag: &Tag| tag.name == "date" && tag.has(attribute));
        let any_date = find(&|tag| tag.name == "date" && !tag.has("reported") && !tag.has("updated"));
        let or = |column: Column, other: Column| if column.exists() { column } else { other };
        let named = |name: &'static str| {
            let with_name = find(&|tag: &Tag| tag.name == name && tag.has("name"));
            or(with_name, find(&|tag: &Tag| tag.name == name))
        };
        let places =
            ["loc", "adm5", "adm4", "adm3", "adm2", "adm1"].map(named).into_iter().filter(|it| it.exists());
        let measures =
            tags.iter().enumerate().filter_map(|(at, tag)| measure(at, tag.as_ref()?, &header.names()[at]));
        let org = |attributes: &'static [&'static str]| {
            find(&|tag: &Tag| tag.name == "org" && attributes.iter().any(|attribute| tag.has(attribute)))
        };
        let source = find(&|tag| tag.name == "meta" && tag.has("source"));
        Self {
            from: or(dated("start"), any_date),
            until: or(dated("end"), any_date),
            places: places.collect(),
            country: named("country"),
            group: named("group"),
            reporter: or(or(org(&["reporting", "provider", "funder", "prog"]), source), named("org")),
            receiver: org(&["receiver", "impl", "recipient"]),
            currency: named("currency"),
            indicator: find(&|tag| tag.name == "indicator" && tag.has("name")),
            measures: measures.collect(),
        }
    }

    fn read(&self, cells: &mut Cells<'_>) -> Vec<HumanitarianFigure> {
        let mut figures = Vec::new();
        for measure in &self.measures {
            let Some(value) = cells.optional_decimal(measure.column, 0.0, VALUE_MAX) else { continue };
            let money = measure.counts == "aid";
            let currency = cells.optional_string(self.currency).filter(|_| money);
            let indicator = cells.optional_string(self.indicator).filter(|_| measure.counts == "indicator");
            let place = self.places.iter().find_map(|column| cells.optional_string(*column));
            figures.push(HumanitarianFigure {
                line: cells.line(),
                column: measure.name.clone(),
                counts: indicator.unwrap_or_else(|| measure.counts.clone()),
                unit: currency.or_else(|| measure.unit.clone()).unwrap_or_else(|| "number".to_owned()),
                value,
                group: measure.group.clone().or_else(|| cells.optional_string(self.group)),
                from: cells.optional_date(self.from),
                until: cells.optional_date(self.until),
                place,
                country: cells.optional_string(self.country),
                reporter: cells.optional_string(self.reporter),
                receiver: cells.optional_string(self.receiver),
            });
        }
        figures
    }
}

fn measure(at: usize, tag: &Tag, name: &str) -> Option<Measure> {
    if NO_COUNT.iter().any(|attribute| tag.has(attribute)) {
        return None;
    }
    let person = Some("person".to_owned());
    let fate = FATES.iter().find(|(attribute, _)| tag.has(attribute)).map(|(_, fate)| *fate);
    let (counts, unit) = match tag.name.as_str() {
        "affected" | "population" => (fate.unwrap_or(&tag.name), person),
        "reached" | "targeted" | "beneficiary" => (tag.name.as_str(), person),
        "inneed" => ("in need", person),
        "value" => {
            let currency = tag.attributes.iter().find(|own| {
                own.len() == 3
                    && own.bytes().all(|b| b.is_ascii_lowercase())
                    && !matches!(own.as_str(), "num" | "org")
            });
            ("aid", currency.map(|code| code.to_uppercase()))
        }
        "indicator" => ("indicator", None),
        _ => return None,
    };
    let groups: Vec<&str> =
        GROUPS.iter().filter(|(attribute, _)| tag.has(attribute)).map(|(_, group)| *group).collect();
    Some(Measure {
        column: Column::at(at),
        name: name.to_owned(),
        counts: counts.to_owned(),
        unit,
        group: (!groups.is_empty()).then(|| groups.join(", ")),
    })
}

/// Where an IATI-style table has what.
struct IatiColumns {
    value: Column,
    currency: Column,
    date: Column,
    country: Column,
    place: Column,
    title: Column,
    reporter: Column,
    provider: Column,
    receiver: Column,
}

impl IatiColumns {
    fn of(header: &Header) -> Result<Self, &'static str> {
        Ok(Self {
            value: header.required(&["transaction-value", "value", "value-usd"])?,
            currency: header.column(&[
                "transaction-currency",
                "value-currency",
                "currency",
                "default-currency",
            ]),
            date: header.column(&[
                "transaction-date",
                "transaction-date-iso-date",
                "value-date",
                "iso-date",
                "date",
            ]),
            country: header.column(&[
                "recipient-country-code",
                "recipient-country",
                "country-code",
                "country",
            ]),
            place: header.column(&["location", "location-name", "recipient-region"]),
            title: header.column(&["description", "title", "sector", "sector-code"]),
            reporter: header.column(&["reporting-org", "reporting-org-ref", "reporting-organisation"]),
            provider: header.column(&["provider-org", "provider-organisation", "funding-org"]),
            receiver: header.column(&["receiver-org", "receiver-organisation", "implementing-org"]),
        })
    }

    fn read(&self, cells: &mut Cells<'_>) -> Option<HumanitarianFigure> {
        let value = cells.optional_decimal(self.value, -VALUE_MAX, VALUE_MAX)?;
        let date = cells.optional_date(self.date);
        Some(HumanitarianFigure {
            line: cells.line(),
            column: "transaction value".to_owned(),
            counts: "aid".to_owned(),
            unit: cells.optional_string(self.currency).unwrap_or_else(|| "number".to_owned()),
            value,
            group: cells.optional_string(self.title),
            from: date,
            until: date,
            place: cells.optional_string(self.place),
            country: cells.optional_string(self.country),
            reporter: cells.optional_string(self.reporter).or_else(|| cells.optional_string(self.provider)),
            receiver: cells.optional_string(self.receiver),
        })
    }
}

/// Pairs of figures, by number in the list, that look like one thing told by two reporters: of two files or reporters, with the
/// same count, unit, value and place or country, on days that overlap.
///
/// A pair is a question to a person, not an answer: neither figure is taken away.
#[must_use]
pub fn double_counts(figures: &[(&str, &HumanitarianFigure)]) -> Vec<(usize, usize)> {
    let mut order: Vec<usize> = (0..figures.len()).collect();
    let key = |at: usize| {
        let figure = figures[at].1;
        (figure.counts.as_str(), figure.unit.as_str(), figure.value.to_bits())
    };
    order.sort_by_key(|&at| (key(at), at));
    let mut pairs = Vec::new();
    for run in order.chunk_by(|&a, &b| key(a) == key(b)) {
        for (at, &one) in run.iter().enumerate() {
            let others = run[at + 1..].iter().filter(|&&other| is_told_twice(figures[one], figures[other]));
            pairs.extend(others.map(|&other| (one.min(other), one.max(other))));
        }
    }
    pairs.sort_unstable();
    pairs
}

fn is_told_twice(
    (file, one): (&str, &HumanitarianFigure),
    (other_file, other): (&str, &HumanitarianFigure),
) -> bool {
    let reporters = one.reporter.is_some() && other.reporter.is_some() && one.reporter != other.reporter;
    let place = match (&one.place, &other.place) {
        (Some(first), Some(second)) => first.eq_ignore_ascii_case(second),
        _ => one.country == other.country,
    };
    let days = match ((one.from, one.until.or(one.from)), (other.from, other.until.or(other.from))) {
        ((Some(from), Some(until)), (Some(other_from), Some(other_until))) => {
            from <= other_until && other_from <= until
        }
        _ => false,
    };
    // A value of nothing, or of a few, is no sign.
    (file != other_file || reporters) && place && days && one.value.abs() >= 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(rows: &str) -> HumanitarianTable {
        humanitarian(Table::of_bytes("t.csv", rows.as_bytes().to_vec()).unwrap()).unwrap()
    }

    #[test]
    fn a_tag_row_may_stand_under_several_headers() {
        let read = read(
            "Displacement in Examplia\t\t\t\t\n\
             District\tStart\tEnd\tDeaths\tIDPs, women\n\
             #adm2 +name\t#date +start\t#date+end\t#affected+killed\t#affected +idps +f\n\
             Alba\t2020-05-01\t2020-05-31\t3\t1200\n\
             Berna\t2020-05-01\t2020-05-31\t\t80\n",
        );
        let lines: Vec<_> = read
            .figures
            .iter()
            .map(|it| (it.line, it.counts.as_str(), it.value, it.group.as_deref(), it.place.as_deref()))
            .collect();
        assert_eq!(
            lines,
            [
                (4, "killed", 3.0, None, Some("Alba")),
                (4, "displaced", 1200.0, Some("women and girls"), Some("Alba")),
                (5, "displaced", 80.0, Some("women and girls"), Some("Berna")),
            ]
        );
        assert_eq!(read.figures[0].until.map(|day| day.to_string()).as_deref(), Some("2020-05-31"));
    }

    #[test]
    fn what_is_no_number_is_told_and_left_out() {
        let read = read("Place,Killed\n#loc,#affected+killed\nAlba,about ten\nBerna,4\n");
        assert_eq!(read.figures.len(), 1);
        assert!(!read.problems.is_empty());
    }

    #[test]
    fn a_transaction_is_a_figure_with_its_currency() {
        let read = read(
            "iati-identifier,reporting-org,transaction-date,transaction-value,transaction-currency,recipient-country-code\n\
             XX-1,Relief Agency,2020-05-03,250000,EUR,XX\n",
        );
        let figure = &read.figures[0];
        assert_eq!((figure.value, figure.unit.as_str(), figure.counts.as_str()), (250_000.0, "EUR", "aid"));
        assert_eq!(figure.reporter.as_deref(), Some("Relief Agency"));
    }

    #[test]
    fn the_same_delivery_by_two_reporters_is_shown() {
        let rows = |org: &str, value: u32, day: u8| {
            format!(
                "Org,Date,Place,Value\n#org+reporting,#date,#loc,#value+usd\n{org},2020-05-{day:02},Alba,{value}\n"
            )
        };
        let tables: Vec<_> =
            [rows("Giver", 5000, 3), rows("Taker", 5000, 3), rows("Third", 5000, 9), rows("Fourth", 70, 3)]
                .iter()
                .map(|rows| read(rows).figures.remove(0))
                .collect();
        let named: Vec<(&str, &HumanitarianFigure)> = ["a", "b", "c", "d"].into_iter().zip(&tables).collect();
        assert_eq!(double_counts(&named), [(0, 1)]);
    }
}
