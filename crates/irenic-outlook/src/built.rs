//! The record of spells, and the form in which it ships: `models/outlook/*.toml`.

use std::fmt::Write as _;

use irenic_records::{Intensity, Level, PaxAgreement, TerminationYear};
use serde::Deserialize;

use crate::implementation::carried_on;
use crate::life::Life;
use crate::spell::{Return, episodes};
use crate::{Ending, OutlookError, Settings, Spell};

/// The spells of one level, with the data set they come from.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    level: Level,
    version: String,
    last_year: i16,
    spells: Vec<Spell>,
    ongoing: Vec<Spell>,
}

/// The part of the file that is read; the tables and chances beside it are for the reader, and computed from the cases.
#[derive(Deserialize)]
struct File {
    level: String,
    version: String,
    last_year: i16,
    cases: Vec<Case>,
    ongoing: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    id: u32,
    dyad: Option<u32>,
    name: String,
    episode: u32,
    years: [i16; 2],
    course: String,
    ending: Option<String>,
    territorial: bool,
    internationalised: bool,
    active_of_ten: u32,
    quiet_before: Option<i16>,
    carried_on: Option<bool>,
    back: Option<i16>,
    back_as_war: Option<bool>,
}

impl Record {
    /// The spells of a termination file's rows.
    ///
    /// # Errors
    ///
    /// If no episode within a state ended before the last year of the rows.
    pub fn of(rows: &[TerminationYear], level: Level, version: &str) -> Result<Self, OutlookError> {
        let last_year = rows.iter().map(|row| row.year).max().ok_or(OutlookError::NoSpells)?;
        let (spells, ongoing): (Vec<Spell>, Vec<Spell>) =
            episodes(rows, level).into_iter().partition(|spell| spell.end < last_year);
        if spells.is_empty() {
            return Err(OutlookError::NoSpells);
        }
        Ok(Self { level, version: version.to_owned(), last_year, spells, ongoing })
    }

    /// The record that ships.
    #[must_use]
    pub fn built_in(level: Level) -> Self {
        let text = match level {
            Level::Conflict => include_str!("../../../models/outlook/conflict.toml"),
            Level::Dyad => include_str!("../../../models/outlook/dyad.toml"),
        };
        Self::from_toml(text).expect("the record that ships is read by a test")
    }

    /// A record as [`Record::to_toml`] writes it.
    ///
    /// # Errors
    ///
    /// If the text is not TOML, lacks a value, or has a word that is none.
    pub fn from_toml(text: &str) -> Result<Self, OutlookError> {
        let file: File = toml::from_str(text)?;
        let level = match file.level.as_str() {
            "conflict" => Level::Conflict,
            "dyad" => Level::Dyad,
            _ => return Err(OutlookError::Word(file.level, "level")),
        };
        let of = |cases: Vec<Case>| cases.into_iter().map(Case::spell).collect::<Result<Vec<_>, _>>();
        let (spells, ongoing) = (of(file.cases)?, of(file.ongoing)?);
        Ok(Self { level, version: file.version, last_year: file.last_year, spells, ongoing })
    }

    /// Marks the spells after agreements by whether PA-X has an agreement that carried theirs on in the first quiet year.
    #[must_use]
    pub fn with_agreements(mut self, agreements: &[PaxAgreement]) -> Self {
        for spell in &mut self.spells {
            spell.carried_on = carried_on(spell, agreements);
        }
        self
    }

    /// The unit.
    #[must_use]
    pub const fn level(&self) -> Level {
        self.level
    }

    /// The version of the data set.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The last year of the data.
    #[must_use]
    pub const fn last_year(&self) -> i16 {
        self.last_year
    }

    /// The spells, by conflict or dyad and time.
    #[must_use]
    pub fn spells(&self) -> &[Spell] {
        &self.spells
    }

    /// The episodes that are active in the last year of the data, by conflict or dyad; they have no ending yet.
    #[must_use]
    pub fn ongoing(&self) -> &[Spell] {
        &self.ongoing
    }

    /// The data set with its version, as it is cited.
    #[must_use]
    pub fn source(&self) -> String {
        format!(
            "UCDP Conflict Termination, version {}, {} level, to {}",
            self.version,
            self.level.name(),
            self.last_year
        )
    }

    /// The record as it ships, with the tables that come of it, so that a reader can check them.
    #[must_use]
    pub fn to_toml(&self, settings: &Settings) -> String {
        let level = self.level.name();
        let mut text = format!(
            "# Spells of quiet after armed conflict within states, {level} level, and their life tables. Generated; the\n\
             # command below writes it anew.\n\
             level = \"{level}\"\n\
             data_set = \"UCDP Conflict Termination Dataset\"\n\
             version = \"{}\"\n\
             last_year = {}\n\
             citation = [\n\
             \x20 \"Kreutz, Joakim (2010). How and When Armed Conflicts End: Introducing the UCDP Conflict Termination Dataset. Journal of Peace Research 47(2): 243-250.\",\n\
             \x20 \"Gleditsch, Nils Petter, Peter Wallensteen, Mikael Eriksson, Margareta Sollenberg and Havard Strand (2002). Armed Conflict 1946-2001: A New Dataset. Journal of Peace Research 39(5): 615-637.\",\n\
             ]\n\
             licence = \"CC BY 4.0, Uppsala Conflict Data Program, Uppsala University\"\n\
             command = \"cargo xtask outlook DATA\"\n",
            self.version, self.last_year
        );
        text.push_str(
            "# course: each active year's intensity, m for minor conflict and w for war.\n\
             # carried_on: of an agreement, whether PA-X has one that implements or renews it in the first quiet year.\n",
        );
        for (name, spells) in [("cases", &self.spells), ("ongoing", &self.ongoing)] {
            let _ = writeln!(text, "{name} = [");
            spells.iter().for_each(|spell| case_toml(&mut text, spell));
            text.push_str("]\n");
        }
        let life = Life::of(&self.spells, None, self.last_year, settings.shrinkage_cases);
        self.class_toml(&mut text, &life, None, settings);
        for ending in Ending::ALL {
            self.class_toml(&mut text, &life, Some(ending), settings);
        }
        text
    }

    /// The spells of a class; all where no ending is given.
    pub fn class(&self, ending: Option<Ending>) -> impl Iterator<Item = &Spell> {
        self.spells.iter().filter(move |spell| ending.is_none() || spell.ending == ending)
    }

    /// Forgets what was not known at the end of a year.
    #[cfg(test)]
    pub(crate) fn forget_after(&mut self, year: i16) {
        self.last_year = year;
        self.spells.retain(|spell| spell.end < year);
        self.ongoing.clear();
        for spell in &mut self.spells {
            spell.next = spell.next.filter(|next| next.year <= year);
        }
    }

    fn class_toml(&self, text: &mut String, life: &Life, ending: Option<Ending>, settings: &Settings) {
        let cases = self.class(ending).count();
        let returned = self.class(ending).filter(|spell| spell.next.is_some()).count();
        let key = ending.map_or("any", Ending::key);
        let _ = write!(
            text,
            "\n[[class]]\nending = \"{key}\"\ncases = {cases}\nreturned = {returned}\n\
             # quiet years, at risk, back as minor conflict, back as war\ntable = [\n"
        );
        for year in 1..=settings.curve_years {
            let (minor, war) = life.returns(ending, year);
            let _ = writeln!(text, "  [{year}.0, {:.1}, {minor:.1}, {war:.1}],", life.at_risk(ending, year));
        }
        text.push_str(
            "]\n# years ahead from the first quiet year: still quiet, minor conflict, war\nchances = [\n",
        );
        for &years in &settings.horizons_years {
            let shares = life.shares(ending, 1, years);
            let _ =
                writeln!(text, "  [{years}.0, {:.4}, {:.4}, {:.4}],", shares.quiet, shares.minor, shares.war);
        }
        text.push_str("]\n");
    }
}

impl Case {
    fn spell(self) -> Result<Spell, OutlookError> {
        let ending = match self.ending {
            None => None,
            Some(key) => Some(Ending::from_key(&key).ok_or(OutlookError::Word(key, "ending"))?),
        };
        let intensity = |war| if war { Intensity::War } else { Intensity::Minor };
        let mark = |mark| match mark {
            'm' => Ok(Intensity::Minor),
            'w' => Ok(Intensity::War),
            _ => Err(OutlookError::Word(self.course.clone(), "course")),
        };
        let course = self.course.chars().map(mark).collect::<Result<Vec<_>, _>>()?;
        let last = course.last().copied();
        Ok(Spell {
            conflict_id: self.id,
            dyad_id: self.dyad,
            name: self.name,
            episode: self.episode,
            start: self.years[0],
            end: self.years[1],
            ending,
            intensity: last.ok_or_else(|| OutlookError::Word(self.course.clone(), "course"))?,
            course,
            territorial: self.territorial,
            internationalised: self.internationalised,
            active_of_ten: self.active_of_ten,
            quiet_before: self.quiet_before,
            carried_on: self.carried_on,
            next: self.back.map(|year| Return { year, intensity: intensity(self.back_as_war == Some(true)) }),
        })
    }
}

fn case_toml(text: &mut String, spell: &Spell) {
    let _ = write!(text, "  {{ id = {}, ", spell.conflict_id);
    if let Some(dyad) = spell.dyad_id {
        let _ = write!(text, "dyad = {dyad}, ");
    }
    let name = toml::Value::from(spell.name.as_str());
    let _ =
        write!(text, "name = {name}, episode = {}, years = [{}, {}]", spell.episode, spell.start, spell.end);
    if let Some(ending) = spell.ending {
        let _ = write!(text, ", ending = \"{}\"", ending.key());
    }
    let course: String =
        spell.course.iter().map(|year| if *year == Intensity::War { 'w' } else { 'm' }).collect();
    let _ = write!(text, ", course = \"{course}\"");
    let _ = write!(text, ", territorial = {}", spell.territorial);
    let _ = write!(text, ", internationalised = {}", spell.internationalised);
    let _ = write!(text, ", active_of_ten = {}", spell.active_of_ten);
    if let Some(quiet) = spell.quiet_before {
        let _ = write!(text, ", quiet_before = {quiet}");
    }
    if let Some(carried_on) = spell.carried_on {
        let _ = write!(text, ", carried_on = {carried_on}");
    }
    if let Some(next) = spell.next {
        let _ = write!(text, ", back = {}, back_as_war = {}", next.year, next.intensity == Intensity::War);
    }
    text.push_str(" },\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ships_is_what_is_written() {
        for level in [Level::Conflict, Level::Dyad] {
            let record = Record::built_in(level);
            let text = record.to_toml(&Settings::built_in());
            assert_eq!(Record::from_toml(&text).unwrap(), record);
        }
    }
}
