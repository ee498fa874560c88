//! The data sets, and how a header tells them.

use crate::table::Header;

/// The unit of a conflict table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// All parties to one incompatibility.
    Conflict,
    /// Two parties.
    Dyad,
}

impl Level {
    /// The level in a word.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Conflict => "conflict",
            Self::Dyad => "dyad",
        }
    }
}

/// A data set that is read by its own reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DataSet {
    /// UCDP/PRIO Armed Conflict: one row an active year of a conflict.
    ConflictYears,
    /// UCDP Dyadic: one row an active year of a dyad.
    DyadYears,
    /// UCDP Conflict Termination: active years with their episodes and how these ended.
    Termination(Level),
    /// UCDP Georeferenced Events.
    Ged,
    /// UCDP Battle-related Deaths: one row a year.
    BattleDeaths(Level),
    /// UCDP Peace Agreements.
    PeaceAgreements,
    /// ETH/PRIO Civil Conflict Ceasefires: one row a party.
    Ceasefires,
    /// PA-X Peace Agreements.
    PaX,
    /// ACLED events.
    Acled,
    /// ICEWS coded events.
    Icews,
    /// GDELT events.
    Gdelt,
    /// A humanitarian table with a row of HXL hashtags.
    Hxl,
    /// Aid transactions with IATI's column names.
    Iati,
}

/// A data set and the columns by which it is known, in [`Header::normal`]'s form; the first that fits is meant.
const SIGNATURES: &[(DataSet, &[&str])] = &[
    (DataSet::Termination(Level::Dyad), &["dyadid", "dyadepisode", "year", "outcome"]),
    (DataSet::Termination(Level::Conflict), &["conflictid", "conflictepisode", "year", "outcome"]),
    (DataSet::Ged, &["typeofviolence", "dyadnewid", "dateprec", "best"]),
    (DataSet::BattleDeaths(Level::Dyad), &["bdbest", "dyadid", "year"]),
    (DataSet::BattleDeaths(Level::Conflict), &["bdbest", "conflictid", "year"]),
    (DataSet::DyadYears, &["dyadid", "intensitylevel", "year", "typeofconflict"]),
    (DataSet::ConflictYears, &["conflictid", "intensitylevel", "year", "typeofconflict"]),
    (DataSet::PeaceAgreements, &["paid", "paname", "padate"]),
    (DataSet::Ceasefires, &["cfid", "cfdecyr", "ucdpacdid"]),
    (DataSet::PaX, &["agtid", "agt", "dat"]),
    (DataSet::Acled, &["eventidcnty", "eventdate", "eventtype"]),
    (DataSet::Icews, &["eventid", "eventdate", "cameocode"]),
    (DataSet::Gdelt, &["globaleventid", "sqldate", "eventcode"]),
    (DataSet::Iati, &["iatiidentifier", "transactionvalue"]),
    (DataSet::Iati, &["iatiidentifier", "value"]),
];

impl DataSet {
    /// The data set that has this header.
    #[must_use]
    pub fn of(header: &Header) -> Option<Self> {
        let fits = |columns: &&[&str]| columns.iter().all(|column| header.find(&[column]).is_some());
        SIGNATURES.iter().find(|(_, columns)| fits(columns)).map(|(set, _)| *set)
    }

    /// Whether its rows carry UCDP's dyad numbers.
    #[must_use]
    pub const fn has_dyads(self) -> bool {
        matches!(
            self,
            Self::DyadYears
                | Self::Termination(Level::Dyad)
                | Self::BattleDeaths(Level::Dyad)
                | Self::Ged
                | Self::PeaceAgreements
                | Self::Ceasefires
        )
    }

    /// The data set's name for people.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::ConflictYears => "UCDP/PRIO Armed Conflict",
            Self::DyadYears => "UCDP Dyadic",
            Self::Termination(Level::Conflict) => "UCDP Conflict Termination (conflict level)",
            Self::Termination(Level::Dyad) => "UCDP Conflict Termination (dyad level)",
            Self::Ged => "UCDP Georeferenced Events",
            Self::BattleDeaths(Level::Conflict) => "UCDP Battle-related Deaths (conflict level)",
            Self::BattleDeaths(Level::Dyad) => "UCDP Battle-related Deaths (dyad level)",
            Self::PeaceAgreements => "UCDP Peace Agreements",
            Self::Ceasefires => "ETH/PRIO Civil Conflict Ceasefires",
            Self::PaX => "PA-X Peace Agreements",
            Self::Acled => "ACLED",
            Self::Icews => "ICEWS",
            Self::Gdelt => "GDELT 2.0 events",
            Self::Hxl => "HXL table",
            Self::Iati => "IATI transactions",
        }
    }
}

/// A version as written in a cell: "22,1" and "221" are 22.1.
pub(crate) fn version_of_cell(cell: &str) -> Option<String> {
    let cell = cell.trim().replace(',', ".");
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if cell.len() == 3 && digits(&cell) {
        return Some(format!("{}.{}", &cell[..2], &cell[2..]));
    }
    let parts: Vec<&str> = cell.split(['.', '-']).collect();
    (parts.len() <= 3 && parts.iter().all(|part| digits(part))).then_some(cell)
}

/// A version that a file's name carries: `v10`, `v3-2021`, `23.1`, `v23_1`.
pub(crate) fn version_of_name(name: &str) -> Option<String> {
    let stem = name.rsplit(['/', '\\']).next()?;
    let stem = ["gz", "zip", "csv", "tsv"].iter().fold(stem, |stem, ending| {
        stem.strip_suffix(ending).and_then(|stem| stem.strip_suffix('.')).unwrap_or(stem)
    });
    let mut words = stem.split(['_', ' ']).peekable();
    while let Some(word) = words.next() {
        let marked =
            word.strip_prefix(['v', 'V']).filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        if let Some(number) = marked {
            let minor =
                words.peek().filter(|next| next.len() == 1 && next.bytes().all(|b| b.is_ascii_digit()));
            return Some(minor.map_or_else(|| number.to_owned(), |minor| format!("{number}.{minor}")));
        }
        if word.contains('.') && version_of_cell(word).is_some() {
            return Some(word.to_owned());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_from_cells_and_names() {
        let cells = [
            ("25.1", Some("25.1")),
            ("22,1", Some("22.1")),
            ("221", Some("22.1")),
            ("3", Some("3")),
            ("x", None),
        ];
        for (cell, version) in cells {
            assert_eq!(version_of_cell(cell).as_deref(), version, "{cell}");
        }
        let names = [
            ("ged_23.1_sample.csv", Some("23.1")),
            ("a/GEDEvent_v23_1.csv.gz", Some("23.1")),
            ("pax_all_agreements_v10.csv", Some("10")),
            ("term_v3-2021.csv", Some("3-2021")),
            ("icews_2018_sample.csv", None),
            ("v1.2/events.csv", None),
        ];
        for (name, version) in names {
            assert_eq!(version_of_name(name).as_deref(), version, "{name}");
        }
    }
}
