//! What the classes and codes of a table of events show of a conflict's stage: rows of data in the mapping.
//!
//! ```toml
//! [[shows]]
//! class = "attack"                  # any class, where it is left out; the same for the code
//! code = "shelling"                 # of CAMEO codes also their beginning: 19 is every code that begins so
//! shows = "clash-organised"
//! parties = 2                       # so many of the parties must be named; 1 for what one side does alone
//! explains = "Artillery was used."
//! ```

use irenic_model::Observation;
use serde::Deserialize;

use crate::{CodeForm, EventRow};

/// What events of a class or code show. Of several that fit an event the first one counts.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shows {
    /// The event's class, whatever its case; any, where absent.
    pub class: Option<String>,
    /// The event's code, whatever its case; any, where absent. Of CAMEO codes also a code's beginning.
    pub code: Option<String>,
    /// What it shows.
    pub shows: Shown,
    /// So many of the parties must be named in the row.
    #[serde(default = "both")]
    pub parties: u8,
    /// For people: what the class means, and why it shows this.
    #[serde(default)]
    pub explains: String,
}

const fn both() -> u8 {
    2
}

/// What an event shows, by the names that [`Observation::named`] knows.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Shown {
    /// No evidence: the row alone does not tell. Its name in files is "nothing".
    Nothing,
    /// Evidence of this.
    Evidence(Observation),
}

impl Shown {
    /// The observation, if it shows any.
    #[must_use]
    pub fn observation(&self) -> Option<Observation> {
        match self {
            Self::Nothing => None,
            Self::Evidence(observation) => Some(observation.clone()),
        }
    }
}

impl TryFrom<String> for Shown {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        if name == "nothing" {
            return Ok(Self::Nothing);
        }
        // No single row shows a war's beginning.
        Observation::named(&name)
            .filter(|shown| *shown != Observation::WarBegins)
            .map(Self::Evidence)
            .ok_or_else(|| format!("`{name}` is nothing that a row of events can show"))
    }
}

impl Shows {
    /// Whether this is about an event.
    pub(crate) fn fits(&self, row: &EventRow, form: CodeForm) -> bool {
        let same = |wanted: &Option<String>, has: &Option<String>| match (wanted, has) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(wanted), Some(has)) => wanted.eq_ignore_ascii_case(has),
        };
        let code = match (&self.code, &row.code) {
            (Some(wanted), Some(has)) if form == CodeForm::Cameo => has.starts_with(wanted.as_str()),
            (wanted, has) => same(wanted, has),
        };
        code && same(&self.class, &row.class)
    }

    /// What CAMEO's codes show, for every table that has them and says nothing of its own.
    pub(crate) fn cameo() -> Vec<Self> {
        #[derive(Deserialize)]
        struct File {
            shows: Vec<Shows>,
        }
        let file: File = toml::from_str(include_str!("../mappings/cameo-shows.toml"))
            .expect("a test reads every mapping that ships");
        file.shows
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{DataSet, Mapping, Table, read_events};

    /// What a row of this code shows by the table that ships.
    fn shown(set: DataSet, header: &str, row: &str) -> Option<Shown> {
        let table = Table::of_bytes("t.csv", format!("{header}\n{row}\n").into()).unwrap();
        let event = read_events(table, None).unwrap().next().unwrap();
        let mapping = Mapping::built_in(set).unwrap();
        mapping.shows().iter().find(|it| it.fits(&event, mapping.code_form)).map(|it| it.shows.clone())
    }

    #[test]
    fn codes_and_classes_that_ship() {
        let cameo = [
            ("0871", "ceasefire"),
            ("0874", "nothing"),
            ("046", "talks"),
            ("036", "nothing"),
            ("057", "talks"),
            ("1382", "coercion"),
            ("1311", "nothing"),
            ("154", "coercion"),
            ("190", "clash-sporadic"),
            ("191", "coercion"),
            ("195", "clash-sporadic"),
            ("196", "violation"),
            ("145", "clash-sporadic"),
            ("141", "nothing"),
        ];
        let header = "Event ID,Event Date,Source Name,Source Country,Event Text,CAMEO Code,Target Name,Target Country,City,Country,\
                      Latitude,Longitude";
        for (code, wanted) in cameo {
            let row = format!("1,2001-02-03,A,,text,{code},B,,,,,");
            assert_eq!(
                shown(DataSet::Icews, header, &row),
                Shown::try_from(wanted.to_owned()).ok(),
                "{code}"
            );
        }
        let acled = [
            ("Battles", "Armed clash", "clash-sporadic"),
            ("Battles", "Government regains territory", "clash-organised"),
            ("Explosions/Remote violence", "Air/drone strike", "clash-organised"),
            ("Explosions/Remote violence", "Grenade", "clash-sporadic"),
            ("Riots", "Mob violence", "clash-sporadic"),
            ("Protests", "Peaceful protest", "nothing"),
            ("Violence against civilians", "Attack", "nothing"),
            ("Strategic developments", "Agreement", "talks"),
            ("Strategic developments", "Headquarters or base established", "coercion"),
            ("Strategic developments", "Arrests", "nothing"),
        ];
        let header = "event_id_cnty,event_date,event_type,sub_event_type,actor1,actor2,country,location,latitude,longitude,fatalities";
        for (class, code, wanted) in acled {
            let row = format!("EXA1,2001-02-03,{class},{code},A,B,Examplia,Town,,,0");
            assert_eq!(
                shown(DataSet::Acled, header, &row),
                Shown::try_from(wanted.to_owned()).ok(),
                "{class}, {code}"
            );
        }
    }

    #[test]
    fn every_row_that_ships_explains_itself() {
        let all = [DataSet::Acled, DataSet::Icews, DataSet::Gdelt].map(|set| Mapping::built_in(set).unwrap());
        for shows in all.iter().flat_map(Mapping::shows) {
            assert!(!shows.explains.is_empty(), "{shows:?}");
        }
    }
}
