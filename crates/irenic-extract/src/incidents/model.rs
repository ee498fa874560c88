//! The model: linear classifiers over hashed features, and the places that the training data named.

use std::fmt;
use std::sync::OnceLock;

use super::linear::Table;
use super::places::Gazette;
use super::training::Role;
use crate::trees::Forest;

static EMBEDDED: &[u8] = include_bytes!("../../../../models/incidents/incidents.bin");
const MAGIC: &[u8; 8] = b"incid-03";

/// What tells incidents.
#[derive(Clone, Debug)]
pub struct IncidentModel {
    pub(super) linear: Linear,
    /// Whether an incident that the classifiers propose is one.
    pub(super) proposal: Forest,
    /// Whether a thing fills a slot of an incident, by its role.
    pub(super) fills: Vec<Forest>,
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
    /// Whether two sentences tell the same incident.
    pub(super) pair: Table,
    /// What became of a victim.
    pub(super) effect: Table,
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
        let mut forest = || Forest::read(&mut rest).ok_or(FormatError);
        let proposal = forest()?;
        let fills = Role::ALL.iter().map(|_| forest()).collect::<Result<_, _>>()?;
        let mut table = || Table::read(&mut rest).ok_or(FormatError);
        let (report, sentence) = (table()?, table()?);
        let (phrase, told, pair, effect) = (table()?, table()?, table()?, table()?);
        let places = std::str::from_utf8(rest).map_err(|_| FormatError)?;
        let linear = Linear { report, sentence, phrase, told, pair, effect, places: Gazette::read(places) };
        Ok(Self { linear, proposal, fills })
    }

    /// The model as a file.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        self.proposal.write(&mut out);
        self.fills.iter().for_each(|forest| forest.write(&mut out));
        let own = &self.linear;
        for table in [&own.report, &own.sentence, &own.phrase, &own.told, &own.pair, &own.effect] {
            table.write(&mut out);
        }
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
