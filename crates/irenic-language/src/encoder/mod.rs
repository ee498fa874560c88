//! A network that reads words in their context: for each piece of a word a vector that depends on the whole text.
//!
//! It is an encoder of the kind of BERT (Devlin and others 2019): embeddings of pieces and of their places, then layers
//! of attention and of a wide inner layer, each with a way around it and normed; how far a piece attends to another
//! depends on the distance too (Shaw and others 2018, as in MPNet, Song and others 2020). Weights are signed bytes.
//! Products of matrices are taken in whole numbers and sums of reals in a fixed order, so that the same text has the same
//! vectors on every machine.

mod file;
mod layers;
mod pieces;

pub use file::EncoderWeights;
pub use layers::{LayerWeights, Norm};
pub use pieces::{Piece, Pieces};

use crate::syntax::weights::{Affine, Broken, Matrix};
use layers::{Layer, Scratch};

/// An encoder ready for use.
#[derive(Debug)]
pub struct Encoder {
    pieces: Pieces,
    embeddings: Matrix,
    places: Vec<f32>,
    distances: Vec<f32>,
    norm: Norm,
    least: f32,
    layers: Vec<Layer>,
    questions: Vec<Question>,
}

/// A question, its weights as reals: there are few.
#[derive(Debug)]
struct Question {
    weights: Vec<f32>,
    bias: Vec<f32>,
}

impl Encoder {
    /// From weights.
    ///
    /// # Errors
    ///
    /// [`Broken`] if their sizes do not fit each other.
    pub fn new(weights: EncoderWeights) -> Result<Self, Broken> {
        weights.check()?;
        Ok(Self {
            pieces: Pieces::new(weights.words.lines()).ok_or(Broken)?,
            embeddings: weights.embeddings,
            places: weights.places,
            distances: weights.distances,
            norm: weights.norm,
            least: weights.least,
            layers: weights.layers.iter().map(|layer| Layer::new(layer, weights.heads)).collect(),
            questions: weights.questions.iter().map(Question::new).collect(),
        })
    }

    /// How many values the vector of a piece has.
    #[must_use]
    pub const fn width(&self) -> usize {
        self.embeddings.columns
    }

    /// How many pieces a text may have, its ends among them.
    #[must_use]
    pub const fn longest(&self) -> usize {
        self.places.len() / self.width()
    }

    /// How texts come apart.
    #[must_use]
    pub const fn pieces(&self) -> &Pieces {
        &self.pieces
    }

    /// The vectors of the pieces of a text, a row a piece.
    ///
    /// # Panics
    ///
    /// If there are more than [`Encoder::longest`], or one is none of [`Encoder::pieces`].
    #[must_use]
    pub fn read(&self, pieces: &[u32]) -> Vec<f32> {
        if pieces.is_empty() {
            return Vec::new();
        }
        let width = self.width();
        let mut x = Vec::with_capacity(pieces.len() * width);
        for &piece in pieces {
            let row = piece as usize;
            let scale = self.embeddings.scales[row];
            x.extend(self.embeddings.row(row).iter().map(|&value| f32::from(value) * scale));
        }
        self.norm.add(&mut x, &self.places[..pieces.len() * width], self.least);
        let mut scratch = Scratch::default();
        for layer in &self.layers {
            layer.step(&mut x, &self.distances, self.least, &mut scratch);
        }
        x
    }

    /// The answers to a question about a vector, or about several side by side.
    ///
    /// # Panics
    ///
    /// If there is no such question, or it asks about a vector of another length.
    #[must_use]
    pub fn ask(&self, question: usize, x: &[f32]) -> Vec<f32> {
        let Question { weights, bias } = &self.questions[question];
        assert_eq!(weights.len(), x.len() * bias.len(), "the length that the question asks about");
        let answer = |(row, bias): (&[f32], &f32)| bias + row.iter().zip(x).map(|(w, x)| w * x).sum::<f32>();
        weights.chunks_exact(x.len()).zip(bias).map(answer).collect()
    }
}

impl Question {
    fn new(affine: &Affine) -> Self {
        let Matrix { columns, ref scales, ref values, .. } = affine.matrix;
        let weights = values.chunks_exact(columns).zip(scales);
        let weights = weights.flat_map(|(row, scale)| row.iter().map(move |&value| f32::from(value) * scale));
        Self { weights: weights.collect(), bias: affine.bias.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_depend_on_the_whole_text() {
        let encoder = Encoder::new(file::tests::small()).expect("sizes fit");
        assert_eq!((encoder.width(), encoder.longest()), (8, 6));
        let (held, ended) = (encoder.read(&[1, 3, 4, 6, 2]), encoder.read(&[1, 3, 4, 5, 2]));
        assert_eq!(held.len(), 5 * 8);
        assert_ne!(held[..8], ended[..8]);
        assert!(held.iter().all(|value| value.is_finite()));
        assert!(encoder.read(&[]).is_empty());
    }

    #[test]
    fn agrees_with_torch() {
        // The same weights in PyTorch 2.9, where nothing is rounded on the way.
        let encoder = Encoder::new(file::tests::small()).expect("sizes fit");
        let x = encoder.read(&[1, 3, 4, 5, 2]);
        let torch: [f32; 8] =
            [1.290_407, -2.350_129, -1.491_406, -0.008_637, 1.746_24, -0.545_557, 1.457_446, 1.901_636];
        for (own, torch) in x[..8].iter().zip(torch) {
            assert!((own - torch).abs() < 1e-2, "{own} {torch}");
        }
        let answers = encoder.ask(1, &x[..16]);
        assert!((answers[0] - -9.791_843).abs() < 2e-2, "{answers:?}");
    }
}
