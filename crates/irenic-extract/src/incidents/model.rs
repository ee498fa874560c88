//! The model: linear classifiers over hashed features, and the places that the training data named.

use std::fmt;
use std::sync::OnceLock;

use super::linear::Table;
use super::places::Gazette;

static EMBEDDED: &[u8] = include_bytes!("../../../../models/incidents/incidents.bin");
const MAGIC: &[u8; 8] = b"incid-02";

/// What tells incidents.
#[derive(Clone, Debug)]
pub struct IncidentModel {
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
        let mut table = || Table::read(&mut rest).ok_or(FormatError);
        let (report, sentence) = (table()?, table()?);
        let (phrase, told, pair, effect) = (table()?, table()?, table()?, table()?);
        let places = std::str::from_utf8(rest).map_err(|_| FormatError)?;
        Ok(Self { report, sentence, phrase, told, pair, effect, places: Gazette::read(places) })
    }

    /// The model as a file.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        for table in [&self.report, &self.sentence, &self.phrase, &self.told, &self.pair, &self.effect] {
            table.write(&mut out);
        }
        out.extend(self.places.write().as_bytes());
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
