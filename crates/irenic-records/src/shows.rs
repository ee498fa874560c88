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

use irenic_model::{ClashScale, Observation};
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

/// What an event shows, by the names that [`Observation`] has in files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "each is the observation of that name")]
pub enum Shown {
    /// No evidence: the row alone does not tell.
    Nothing,
    Claim,
    Coercion,
    ClashSporadic,
    ClashOrganised,
    ClashSustained,
    FightingEnds,
    Ceasefire,
    CeasefireEnds,
    Violation,
    Agreement,
    Implementation,
    Settlement,
    Talks,
    Calm,
}

impl Shown {
    /// The observation, if it shows any.
    #[must_use]
    pub const fn observation(self) -> Option<Observation> {
        Some(match self {
            Self::Nothing => return None,
            Self::Claim => Observation::Claim,
            Self::Coercion => Observation::Coercion,
            Self::ClashSporadic => Observation::Clash { scale: ClashScale::Sporadic },
            Self::ClashOrganised => Observation::Clash { scale: ClashScale::Organised },
            Self::ClashSustained => Observation::Clash { scale: ClashScale::Sustained },
            Self::FightingEnds => Observation::FightingEnds,
            Self::Ceasefire => Observation::Ceasefire,
            Self::CeasefireEnds => Observation::CeasefireEnds,
            Self::Violation => Observation::Violation,
            Self::Agreement => Observation::Agreement,
            Self::Implementation => Observation::Implementation,
            Self::Settlement => Observation::Settlement,
            Self::Talks => Observation::Talks,
            Self::Calm => Observation::Calm,
        })
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
        mapping.shows().iter().find(|it| it.fits(&event, mapping.code_form)).map(|it| it.shows)
    }

    #[test]
    fn codes_and_classes_that_ship() {
        let cameo = [
            ("0871", Shown::Ceasefire),
            ("0874", Shown::Nothing),
            ("046", Shown::Talks),
            ("036", Shown::Nothing),
            ("057", Shown::Talks),
            ("1382", Shown::Coercion),
            ("1311", Shown::Nothing),
            ("154", Shown::Coercion),
            ("190", Shown::ClashSporadic),
            ("191", Shown::Coercion),
            ("195", Shown::ClashSporadic),
            ("196", Shown::Violation),
            ("145", Shown::ClashSporadic),
            ("141", Shown::Nothing),
        ];
        let header = "Event ID,Event Date,Source Name,Source Country,Event Text,CAMEO Code,Target Name,Target Country,City,Country,\
                      Latitude,Longitude";
        for (code, wanted) in cameo {
            let row = format!("1,2001-02-03,A,,text,{code},B,,,,,");
            assert_eq!(shown(DataSet::Icews, header, &row), Some(wanted), "{code}");
        }
        let acled = [
            ("Battles", "Armed clash", Shown::ClashSporadic),
            ("Battles", "Government regains territory", Shown::ClashOrganised),
            ("Explosions/Remote violence", "Air/drone strike", Shown::ClashOrganised),
            ("Explosions/Remote violence", "Grenade", Shown::ClashSporadic),
            ("Riots", "Mob violence", Shown::ClashSporadic),
            ("Protests", "Peaceful protest", Shown::Nothing),
            ("Violence against civilians", "Attack", Shown::Nothing),
            ("Strategic developments", "Agreement", Shown::Talks),
            ("Strategic developments", "Headquarters or base established", Shown::Coercion),
            ("Strategic developments", "Arrests", Shown::Nothing),
        ];
        let header = "event_id_cnty,event_date,event_type,sub_event_type,actor1,actor2,country,location,latitude,longitude,fatalities";
        for (class, code, wanted) in acled {
            let row = format!("EXA1,2001-02-03,{class},{code},A,B,Examplia,Town,,,0");
            assert_eq!(shown(DataSet::Acled, header, &row), Some(wanted), "{class}, {code}");
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
