//! The labeller: a structured perceptron that marks mentions, the outer ones first, then those inside.

mod decode;
mod features;
mod training;

use std::ops::Range;
use std::sync::OnceLock;

use irenic_model::MentionKind;

use super::view::View;
use decode::{LABELS, best_labels, spans_of};
use features::{BITS, FeatureRows, Place};
pub use training::{Example, Trainer};

static EMBEDDED: &[u8] =
    include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../models/mentions/labeller.bin"));

const MAGIC: &[u8; 8] = b"IRMEN1\0\0";
/// Scores of a row: one a label, padded so that rows are added with vector instructions.
const WIDTH: usize = 16;

/// Which mentions are looked for: those that no other holds, or those inside one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layer {
    Outer = 0,
    Inner = 1,
}

/// A stretch of tokens with a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Labelled {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: MentionKind,
}

/// Weights learnt from annotated text.
#[derive(Clone)]
pub struct Labeller {
    weights: Vec<[i16; WIDTH]>,
    transitions: [[i32; LABELS]; LABELS],
}

impl std::fmt::Debug for Labeller {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Labeller").finish_non_exhaustive()
    }
}

impl Labeller {
    /// The labeller that is built in.
    #[must_use]
    pub fn embedded() -> &'static Self {
        static LOADED: OnceLock<Labeller> = OnceLock::new();
        LOADED.get_or_init(|| Self::from_bytes(EMBEDDED).unwrap_or_else(Self::silent))
    }

    /// A labeller without weights: it finds nothing.
    fn silent() -> Self {
        Self { weights: vec![[0; WIDTH]; 1 << BITS], transitions: [[0; LABELS]; LABELS] }
    }

    /// Reads weights as [`Labeller::to_bytes`] writes them; `None` if the bytes are no such file.
    ///
    /// `IRMEN1`, two zero bytes, the transitions as little-endian `i32`, then for each row that is not zero its number
    /// as `u32` and its scores as `i16`.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut labeller = Self::silent();
        let (transitions, rows) = bytes.strip_prefix(MAGIC)?.split_at_checked(4 * LABELS * LABELS)?;
        for (at, four) in transitions.chunks_exact(4).enumerate() {
            labeller.transitions[at / LABELS][at % LABELS] = i32::from_le_bytes(four.try_into().ok()?);
        }
        for row in rows.chunks(4 + 2 * LABELS) {
            let (number, scores) = row.split_at_checked(4)?;
            let weights = labeller.weights.get_mut(u32::from_le_bytes(number.try_into().ok()?) as usize)?;
            for (weight, two) in weights.iter_mut().zip(scores.chunks_exact(2)) {
                *weight = i16::from_le_bytes(two.try_into().ok()?);
            }
        }
        Some(labeller)
    }

    /// The weights as a file.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(self.transitions.iter().flatten().flat_map(|score| score.to_le_bytes()));
        for (number, row) in self.weights.iter().enumerate().filter(|(_, row)| row.iter().any(|&w| w != 0)) {
            bytes.extend((number as u32).to_le_bytes());
            bytes.extend(row[..LABELS].iter().flat_map(|weight| weight.to_le_bytes()));
        }
        bytes
    }

    /// The mentions of a document: outer ones and those inside, in text order, the longer first.
    pub(super) fn label(&self, view: &View<'_>) -> Vec<Labelled> {
        let mut found = Vec::new();
        for (sentence, capitals) in &view.sentences {
            let rows = FeatureRows::new(view, sentence, *capitals, sentence.clone(), Layer::Outer, |_| {
                Place::default()
            });
            for outer in self.spans(&rows, sentence.start) {
                found.push(outer);
                if outer.end - outer.start > 1 {
                    found.extend(self.inside(view, sentence, *capitals, outer));
                }
            }
        }
        found
    }

    fn inside(
        &self,
        view: &View<'_>,
        sentence: &Range<usize>,
        capitals: bool,
        outer: Labelled,
    ) -> Vec<Labelled> {
        let rows = inner_rows(view, sentence, capitals, outer);
        let mut inner = self.spans(&rows, outer.start);
        inner.retain(|span| span.end - span.start < outer.end - outer.start);
        inner
    }

    fn spans(&self, rows: &FeatureRows, first: usize) -> Vec<Labelled> {
        let scores: Vec<[i32; LABELS]> = rows.rows.iter().map(|row| self.score(row)).collect();
        spans_of(&best_labels(&scores, &self.transitions), first)
    }

    fn score(&self, row: &[u32]) -> [i32; LABELS] {
        let mut sum = [0i32; WIDTH];
        for &feature in row {
            let weights = &self.weights[feature as usize];
            for (total, &weight) in sum.iter_mut().zip(weights) {
                *total += i32::from(weight);
            }
        }
        let mut scores = [0; LABELS];
        scores.copy_from_slice(&sum[..LABELS]);
        scores
    }
}

fn inner_rows(view: &View<'_>, sentence: &Range<usize>, capitals: bool, outer: Labelled) -> FeatureRows {
    let place = |at: usize| Place {
        kind: outer.kind as u32 + 1,
        from_start: (at - outer.start) as u32,
        from_end: (outer.end - 1 - at) as u32,
    };
    FeatureRows::new(view, sentence, capitals, outer.start..outer.end, Layer::Inner, place)
}
