//! The model: four linear classifiers over hashed features, and the places that the training data named.

use std::fmt;
use std::sync::OnceLock;

use super::places::Gazette;

static EMBEDDED: &[u8] = include_bytes!("../../../../models/incidents/incidents.bin");
const MAGIC: &[u8; 8] = b"incid-01";

/// A linear classifier over hashed features: a row of weights a feature, a column a class.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Table {
    pub(super) classes: usize,
    pub(super) weights: Vec<f32>,
}

impl Table {
    pub(super) fn new(classes: usize, bits: u32) -> Self {
        Self { classes, weights: vec![0.0; classes << bits] }
    }

    /// The sum of the weights of some features for each class.
    pub(super) fn scores(&self, features: &[u32]) -> Vec<f32> {
        let mut scores = vec![0.0; self.classes];
        let rows = self.weights.len() / self.classes;
        for &feature in features {
            let row = (feature as usize % rows) * self.classes;
            for (score, weight) in scores.iter_mut().zip(&self.weights[row..row + self.classes]) {
                *score += weight;
            }
        }
        scores
    }

    /// The probability of each class, one of which holds.
    pub(super) fn shares(&self, features: &[u32]) -> Vec<f32> {
        let mut scores = self.scores(features);
        let most = scores.iter().copied().fold(f32::MIN, f32::max);
        scores.iter_mut().for_each(|score| *score = (*score - most).exp());
        let sum: f32 = scores.iter().sum();
        scores.iter_mut().for_each(|score| *score /= sum);
        scores
    }

    /// The probability of each class, any number of which hold.
    pub(super) fn chances(&self, features: &[u32]) -> Vec<f32> {
        self.scores(features).into_iter().map(|score| 1.0 / (1.0 + (-score).exp())).collect()
    }

    fn write(&self, out: &mut Vec<u8>) {
        let most = self.weights.iter().fold(1e-6f32, |most, weight| most.max(weight.abs()));
        let scale = most / 127.0;
        out.extend((self.classes as u32).to_le_bytes());
        out.extend((self.weights.len() as u32).to_le_bytes());
        out.extend(scale.to_le_bytes());
        out.extend(self.weights.iter().map(|weight| (weight / scale).round() as i8 as u8));
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        let classes = number(bytes)? as usize;
        let length = number(bytes)? as usize;
        let scale = f32::from_le_bytes(number(bytes)?.to_le_bytes());
        let (weights, rest) = bytes.split_at_checked(length)?;
        *bytes = rest;
        let weights = weights.iter().map(|&byte| f32::from(byte as i8) * scale).collect();
        (classes > 0 && length.is_multiple_of(classes) && length > 0).then_some(Self { classes, weights })
    }
}

fn number(bytes: &mut &[u8]) -> Option<u32> {
    let (first, rest) = bytes.split_first_chunk::<4>()?;
    *bytes = rest;
    Some(u32::from_le_bytes(*first))
}

/// What tells incidents.
#[derive(Clone, Debug)]
pub struct IncidentModel {
    /// Which kinds a report tells.
    pub(super) report: Table,
    /// Which kind a sentence tells, 0 for none.
    pub(super) sentence: Table,
    /// Which slot a noun phrase fills, 0 for none.
    pub(super) role: Table,
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
        let (report, sentence, role, effect) = (table()?, table()?, table()?, table()?);
        let places = std::str::from_utf8(rest).map_err(|_| FormatError)?;
        Ok(Self { report, sentence, role, effect, places: Gazette::read(places) })
    }

    /// The model as a file.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        for table in [&self.report, &self.sentence, &self.role, &self.effect] {
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
