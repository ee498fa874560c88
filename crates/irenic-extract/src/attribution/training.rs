//! Training of the model from annotated texts. What it keeps are weights of features without words.

use irenic_language::Analysis;
use irenic_model::{Mention, Span};

use super::candidates::{Candidate, candidates};
use super::features::{DIMENSIONS, features, mention_kinds};
use super::model::Model;
use super::source::source_of;
use super::view::View;

/// An attribution as a person marked it.
#[derive(Clone, Debug, Default)]
pub struct Gold {
    /// The words that mark the saying.
    pub cue: Vec<Span>,
    /// What is said.
    pub content: Vec<Span>,
}

/// A text as the trainer needs it: the features of its candidates, and which of them are right.
#[derive(Clone, Debug, Default)]
pub struct Example {
    rows: Vec<(Vec<u32>, bool)>,
}

impl Example {
    /// Reads a text and what people marked in it.
    #[must_use]
    pub fn new(text: &str, analysis: &Analysis, mentions: &[Mention], gold: &[Gold]) -> Self {
        let view = View::new(text, analysis);
        let kinds = mention_kinds(&view, mentions);
        let gold: Vec<(Vec<usize>, &Gold)> =
            gold.iter().map(|said| (words(&view, &said.content), said)).collect();
        let mut rows = Vec::new();
        for candidate in candidates(&view) {
            let mut row = Vec::new();
            features(&view, &kinds, &candidate, &source_of(&view, &candidate), &mut row);
            rows.push((row, is_right(&view, &candidate, &gold)));
        }
        Self { rows }
    }
}

fn words(view: &View<'_>, spans: &[Span]) -> Vec<usize> {
    let mut words: Vec<usize> = spans
        .iter()
        .flat_map(|&span| view.analysis.tokens_in(span))
        .filter(|&at| !view.is_punctuation(at))
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// Whether half of the words are shared with an attribution that has this cue.
fn is_right(view: &View<'_>, candidate: &Candidate, gold: &[(Vec<usize>, &Gold)]) -> bool {
    let own: Vec<usize> =
        candidate.content.iter().flat_map(Clone::clone).filter(|&at| !view.is_punctuation(at)).collect();
    let cue = view.token(candidate.cue).span;
    gold.iter().any(|(words, said)| {
        let marked = said.cue.is_empty() || said.cue.iter().any(|span| span.overlaps(cue));
        let shared = own.iter().filter(|at| words.binary_search(at).is_ok()).count();
        marked && shared > 0 && 2 * shared >= own.len() + words.len() - shared
    })
}

/// How training goes: logistic regression by AdaGrad in the order given, without chance.
#[derive(Clone, Copy, Debug)]
pub struct Trainer {
    /// Passes over the examples.
    pub passes: usize,
    /// Size of the first step.
    pub rate: f32,
    /// Pull of every weight that is used towards zero.
    pub decay: f32,
}

impl Default for Trainer {
    fn default() -> Self {
        Self { passes: 8, rate: 0.05, decay: 2e-5 }
    }
}

impl Trainer {
    /// The model of these examples, with the weights averaged over the later half of the passes.
    #[must_use]
    pub fn train(&self, examples: &[&Example]) -> Model {
        let mut weights = vec![0.0f32; DIMENSIONS];
        let mut squares = vec![1e-6f32; DIMENSIONS];
        let mut sum = vec![0.0f32; DIMENSIONS];
        for pass in 0..self.passes {
            for example in examples {
                for (row, right) in &example.rows {
                    self.step(&mut weights, &mut squares, row, *right);
                }
            }
            if 2 * pass >= self.passes {
                sum.iter_mut().zip(&weights).for_each(|(sum, weight)| *sum += weight);
            }
        }
        let counted = (self.passes - self.passes.div_ceil(2)).max(1) as f32;
        sum.iter_mut().for_each(|sum| *sum /= counted);
        Model::new(&sum)
    }

    fn step(&self, weights: &mut [f32], squares: &mut [f32], row: &[u32], right: bool) {
        let score: f32 = row.iter().map(|&feature| weights[feature as usize]).sum();
        let slope = 1.0 / (1.0 + (-score).exp()) - f32::from(u8::from(right));
        for &feature in row {
            let at = feature as usize;
            let gradient = slope + self.decay * weights[at];
            squares[at] += gradient * gradient;
            weights[at] -= self.rate * gradient / squares[at].sqrt();
        }
    }
}
