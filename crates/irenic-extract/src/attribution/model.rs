//! The models that weigh candidates and their sources: log-linear, over features without words.

use std::sync::OnceLock;

use super::features::DIMENSIONS;
use crate::trees::Forest;

const CANDIDATES: &[u8] = include_bytes!("../../../../models/attribution/attribution.bin");
const CUES: &[u8] = include_bytes!("../../../../models/attribution/cues.bin");
const EXTENTS: &[u8] = include_bytes!("../../../../models/attribution/extents.bin");
const COMPANY: &[u8] = include_bytes!("../../../../models/attribution/company.bin");
const SOURCES: &[u8] = include_bytes!("../../../../models/attribution/sources.bin");

/// What weighs a cue with what may be said, and who may be saying it.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// Of a cue with what may be said.
    pub candidates: Weights,
    /// Of a word as a cue, whatever it would mark.
    pub cues: Weights,
    /// Of what may be said by a cue against the rest of what it may.
    pub extents: Weights,
    /// Of who may be saying it.
    pub sources: Weights,
    /// Of a candidate beside its rivals and its neighbours.
    pub company: Company,
}

impl Model {
    /// The model that is built in.
    pub(crate) fn english() -> &'static Self {
        static MODEL: OnceLock<Model> = OnceLock::new();
        let weights = |bytes| Weights::from_bytes(bytes).expect("the model is tested to be whole");
        MODEL.get_or_init(|| Self {
            candidates: weights(CANDIDATES),
            cues: weights(CUES),
            extents: weights(EXTENTS),
            sources: weights(SOURCES),
            company: Company::from_bytes(COMPANY).expect("the model is tested to be whole"),
        })
    }
}

/// Trees that weigh a candidate beside its rivals and its neighbours.
#[derive(Clone, Debug, PartialEq)]
pub struct Company(pub(super) Forest);

impl Company {
    /// Reads what [`Self::to_bytes`] wrote; `None` where it is something else.
    #[must_use]
    pub fn from_bytes(mut bytes: &[u8]) -> Option<Self> {
        Forest::read(&mut bytes).filter(|_| bytes.is_empty()).map(Self)
    }

    /// The trees as bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.0.write(&mut bytes);
        bytes
    }
}

/// Weights in bytes, all scaled by one number.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    scale: f32,
    weights: Vec<i8>,
}

impl Weights {
    /// These weights, rounded to 255 steps.
    pub(crate) fn new(weights: &[f32]) -> Self {
        let largest = weights.iter().fold(0.0f32, |largest, weight| largest.max(weight.abs()));
        let scale = if largest > 0.0 { largest / 127.0 } else { 1.0 };
        Self { scale, weights: weights.iter().map(|weight| (weight / scale).round() as i8).collect() }
    }

    /// Reads what [`Self::to_bytes`] wrote; `None` where it is something else.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (scale, rest) = bytes.split_first_chunk::<4>()?;
        let mut weights = vec![0i8; DIMENSIONS];
        let mut at = 0usize;
        let mut left = rest;
        // Runs of zeros are written as their length, so that the file holds what was learnt and no more.
        while let Some((head, tail)) = left.split_first_chunk::<3>() {
            at += usize::from(u16::from_le_bytes([head[0], head[1]]));
            *weights.get_mut(at)? = head[2] as i8;
            at += 1;
            left = tail;
        }
        Some(Self { scale: f32::from_le_bytes(*scale), weights })
    }

    /// The scale, then for each weight that is not zero the number of zeros before it and its byte.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.scale.to_le_bytes().to_vec();
        let mut zeros = 0u16;
        for &weight in &self.weights {
            if weight == 0 && zeros < u16::MAX {
                zeros += 1;
            } else {
                bytes.extend(zeros.to_le_bytes());
                bytes.push(weight as u8);
                zeros = 0;
            }
        }
        bytes
    }

    /// How likely a candidate with these features is to be an attribution, from 0 to 1.
    pub(crate) fn chance(&self, features: &[u32]) -> f32 {
        1.0 / (1.0 + (-self.score(features)).exp())
    }

    /// The sum of the weights of these features.
    pub(crate) fn score(&self, features: &[u32]) -> f32 {
        let sum: i32 = features.iter().map(|&feature| i32::from(self.weights[feature as usize])).sum();
        self.scale * sum as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_survives_its_bytes() {
        let mut weights = vec![0.0; DIMENSIONS];
        for (at, weight) in [(0, 1.0), (5, -0.5), (DIMENSIONS - 1, 0.25)] {
            weights[at] = weight;
        }
        let model = Weights::new(&weights);
        assert_eq!(Weights::from_bytes(&model.to_bytes()).as_ref(), Some(&model));
        assert!(model.chance(&[0]) > 0.7 && model.chance(&[5]) < 0.4);
        assert_eq!(Weights::from_bytes(&[1]), None);
        assert_eq!(Model::english().sources.weights.len(), DIMENSIONS);
    }
}
