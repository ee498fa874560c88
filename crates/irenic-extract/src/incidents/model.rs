//! The model: linear classifiers over hashed features, and the places that the training data named.

use std::fmt;
use std::sync::OnceLock;

use super::linear::Table;
use super::places::Gazette;
use super::titles::Titles;
use super::training::Role;
use crate::trees::Forest;

static EMBEDDED: &[u8] = include_bytes!("../../../../models/incidents/incidents.bin");
const MAGIC: &[u8; 8] = b"incid-05";

/// What tells incidents.
#[derive(Clone, Debug)]
pub struct IncidentModel {
    pub(super) linear: Linear,
    /// Whether two sentences tell the same incident.
    pub(super) same: Forest,
    /// Whether an incident that the classifiers propose is one.
    pub(super) proposal: Judge,
    /// Whether a thing fills a slot of an incident, by its role.
    pub(super) fills: Vec<Judge>,
    /// Whether an incident happened at a place.
    pub(super) place: Forest,
    /// Whether it happened on a day.
    pub(super) day: Forest,
}

/// What judges by words and by measures: a classifier of the words, whose answer is the last of the measures.
#[derive(Clone, Debug)]
pub(super) struct Judge {
    pub(super) words: Table,
    pub(super) measures: Forest,
}

impl Judge {
    pub(super) fn chance(&self, row: &[u32], measures: &[f32]) -> f32 {
        self.measures.chance(&[measures, &[self.words.chances(row)[0]]].concat())
    }

    fn write(&self, out: &mut Vec<u8>) {
        self.measures.write(out);
        self.words.write(out);
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        let measures = Forest::read(bytes)?;
        Some(Self { measures, words: Table::read(bytes)? })
    }
}

/// The linear classifiers, and the places that the training data named.
#[derive(Clone, Debug)]
pub(super) struct Linear {
    /// Which kinds a report tells.
    pub(super) report: Table,
    /// Which kind a sentence tells, 0 for none.
    pub(super) sentence: Table,
    /// Which slots a noun phrase fills.
    pub(super) phrase: Table,
    /// Whether a kind is told.
    pub(super) told: Table,
    /// Whether two sentences tell the same incident, by their words.
    pub(super) pair: Table,
    /// What became of a victim.
    pub(super) effect: Table,
    /// What people are called besides their names.
    pub(super) titles: Titles,
    pub(super) places: Gazette,
}

/// A file is not a model of incidents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormatError;

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a model of incidents")
    }
}

impl std::error::Error for FormatError {}

impl IncidentModel {
    /// The model that is built in.
    #[must_use]
    pub fn embedded() -> &'static Self {
        static LOADED: OnceLock<IncidentModel> = OnceLock::new();
        LOADED.get_or_init(|| Self::from_bytes(EMBEDDED).expect("a test reads the embedded model"))
    }

    /// Reads a model as [`IncidentModel::to_bytes`] writes it.
    ///
    /// # Errors
    ///
    /// If the bytes are not such a model.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut rest = bytes.strip_prefix(MAGIC).ok_or(FormatError)?;
        let mut judge = || Judge::read(&mut rest).ok_or(FormatError);
        let proposal = judge()?;
        let fills = Role::ALL.iter().map(|_| judge()).collect::<Result<_, _>>()?;
        let mut forest = || Forest::read(&mut rest).ok_or(FormatError);
        let (place, day, same) = (forest()?, forest()?, forest()?);
        let mut table = || Table::read(&mut rest).ok_or(FormatError);
        let (report, sentence) = (table()?, table()?);
        let (phrase, told, pair, effect) = (table()?, table()?, table()?, table()?);
        let title = table()?;
        let lines = std::str::from_utf8(rest).map_err(|_| FormatError)?;
        // Places have a tab, words have none.
        let words = lines.lines().filter(|line| !line.contains('\t')).map(str::to_owned).collect();
        let (titles, places) = (Titles { words, table: title }, Gazette::read(lines));
        let linear = Linear { report, sentence, phrase, told, pair, effect, titles, places };
        Ok(Self { linear, same, proposal, fills, place, day })
    }

    /// The model as a file.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        self.proposal.write(&mut out);
        self.fills.iter().for_each(|judge| judge.write(&mut out));
        self.place.write(&mut out);
        self.day.write(&mut out);
        self.same.write(&mut out);
        let own = &self.linear;
        let titles = &own.titles;
        for table in
            [&own.report, &own.sentence, &own.phrase, &own.told, &own.pair, &own.effect, &titles.table]
        {
            table.write(&mut out);
        }
        titles.words.iter().for_each(|word| out.extend(format!("{word}\n").as_bytes()));
        out.extend(own.places.write().as_bytes());
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_model_is_read() {
        assert!(IncidentModel::from_bytes(EMBEDDED).is_ok());
        assert!(IncidentModel::from_bytes(b"").is_err());
        assert!(IncidentModel::from_bytes(&EMBEDDED[..100]).is_err());
    }
}
