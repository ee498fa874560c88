//! Training: the averaged structured perceptron (Collins 2002, "Discriminative Training Methods for Hidden Markov
//! Models"), with weights kept as whole numbers until they are averaged.

use std::ops::Range;

use irenic_model::{MentionKind, Span};

use super::decode::{LABELS, OUTSIDE, best_labels, label_of};
use super::features::{BITS, FeatureRows, Place};
use super::{Labelled, Labeller, Layer, WIDTH, inner_rows};
use crate::analysis::Analysis;
use crate::mentions::view::View;

/// An annotated document.
#[derive(Clone, Debug)]
pub struct Example {
    /// Its text.
    pub text: String,
    /// What the pipeline makes of it.
    pub analysis: Analysis,
    /// Its mentions; those that do not end where tokens end are left out.
    pub gold: Vec<(Span, MentionKind)>,
}

/// A sequence to learn: features and labels, token by token.
struct Sequence {
    rows: FeatureRows,
    labels: Vec<u8>,
}

/// Learns weights from annotated documents.
#[derive(Clone, Copy, Debug)]
pub struct Trainer {
    /// How often all documents are gone through.
    pub rounds: usize,
}

impl Default for Trainer {
    fn default() -> Self {
        Self { rounds: 12 }
    }
}

/// Weights in the making: the current ones, and their sum over time, kept lazily.
struct Weights {
    now: Vec<[i32; WIDTH]>,
    weighted: Vec<[i64; WIDTH]>,
    transitions: [[i32; LABELS]; LABELS],
    weighted_transitions: [[i64; LABELS]; LABELS],
    clock: i64,
}

impl Trainer {
    /// Learns from `examples`, always in the same way.
    #[must_use]
    pub fn train(&self, examples: &[Example]) -> Labeller {
        let sequences: Vec<Sequence> = examples.iter().flat_map(sequences_of).collect();
        let mut weights = Weights::new();
        let mut order: Vec<usize> = (0..sequences.len()).collect();
        let mut random = 0x2545_f491_4f6c_dd1du64;
        for _ in 0..self.rounds {
            shuffle(&mut order, &mut random);
            for &at in &order {
                weights.learn(&sequences[at]);
            }
        }
        weights.averaged()
    }
}

/// Fisher and Yates's shuffle with Marsaglia's xorshift: the same order every time.
fn shuffle(order: &mut [usize], random: &mut u64) {
    for at in (1..order.len()).rev() {
        *random ^= *random << 13;
        *random ^= *random >> 7;
        *random ^= *random << 17;
        order.swap(at, (*random % (at as u64 + 1)) as usize);
    }
}

impl Weights {
    fn new() -> Self {
        Self {
            now: vec![[0; WIDTH]; 1 << BITS],
            weighted: vec![[0; WIDTH]; 1 << BITS],
            transitions: [[0; LABELS]; LABELS],
            weighted_transitions: [[0; LABELS]; LABELS],
            clock: 1,
        }
    }

    fn learn(&mut self, sequence: &Sequence) {
        let score = |row: &Vec<u32>| {
            let mut scores = [0; LABELS];
            for &feature in row {
                for (total, weight) in scores.iter_mut().zip(&self.now[feature as usize]) {
                    *total += weight;
                }
            }
            scores
        };
        let scores: Vec<[i32; LABELS]> = sequence.rows.rows.iter().map(score).collect();
        let guess = best_labels(&scores, &self.transitions);
        self.clock += 1;
        for (at, (&right, &wrong)) in sequence.labels.iter().zip(&guess).enumerate() {
            if right != wrong {
                for &feature in &sequence.rows.rows[at] {
                    self.change(feature as usize, right, 1);
                    self.change(feature as usize, wrong, -1);
                }
            }
            if at > 0 {
                self.change_transition(sequence.labels[at - 1], right, 1);
                self.change_transition(guess[at - 1], wrong, -1);
            }
        }
    }

    fn change(&mut self, feature: usize, label: u8, by: i32) {
        self.now[feature][usize::from(label)] += by;
        self.weighted[feature][usize::from(label)] += self.clock * i64::from(by);
    }

    fn change_transition(&mut self, previous: u8, label: u8, by: i32) {
        let (previous, label) = (usize::from(previous), usize::from(label));
        self.transitions[previous][label] += by;
        self.weighted_transitions[previous][label] += self.clock * i64::from(by);
    }

    /// The mean of the weights over time, in sixty-fourths.
    fn averaged(&self) -> Labeller {
        let mean = |now: i32, weighted: i64| {
            let sum = i64::from(now) * (self.clock + 1) - weighted;
            (sum as f64 * 64.0 / self.clock as f64).round() as i32
        };
        let mut labeller = Labeller::silent();
        for (row, target) in labeller.weights.iter_mut().enumerate() {
            for (label, weight) in target.iter_mut().enumerate() {
                let value = mean(self.now[row][label], self.weighted[row][label]);
                *weight = value.clamp(i16::MIN.into(), i16::MAX.into()) as i16;
            }
        }
        for (previous, row) in labeller.transitions.iter_mut().enumerate() {
            for (label, score) in row.iter_mut().enumerate() {
                *score = mean(self.transitions[previous][label], self.weighted_transitions[previous][label]);
            }
        }
        labeller
    }
}

fn sequences_of(example: &Example) -> Vec<Sequence> {
    let view = View::new(&example.text, &example.analysis);
    let gold = aligned(example);
    let outer = outermost(&gold);
    let mut sequences = Vec::new();
    for (sentence, capitals) in &view.sentences {
        let here: Vec<Labelled> = outer.iter().copied().filter(|span| within(*span, sentence)).collect();
        let rows = FeatureRows::new(&view, sentence, *capitals, sentence.clone(), Layer::Outer, |_| {
            Place::default()
        });
        sequences.push(Sequence { rows, labels: labels_of(&here, sentence) });
        for span in here.into_iter().filter(|span| span.end - span.start > 1) {
            let range = span.start..span.end;
            let inside: Vec<Labelled> = gold
                .iter()
                .copied()
                .filter(|inner| within(*inner, &range) && inner.end - inner.start < range.len())
                .collect();
            let rows = inner_rows(&view, sentence, *capitals, span);
            sequences.push(Sequence { rows, labels: labels_of(&outermost(&inside), &range) });
        }
    }
    sequences
}

fn within(span: Labelled, range: &Range<usize>) -> bool {
    range.start <= span.start && span.end <= range.end
}

/// The gold mentions that end where tokens end, longer before shorter.
fn aligned(example: &Example) -> Vec<Labelled> {
    let mut spans = Vec::new();
    for &(span, kind) in &example.gold {
        let tokens = example.analysis.tokens_in(span);
        let covered =
            example.analysis.tokens[tokens.clone()].iter().map(|token| token.span).reduce(Span::cover);
        if covered == Some(span) {
            spans.push(Labelled { start: tokens.start, end: tokens.end, kind });
        }
    }
    spans.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end), span.kind));
    spans
}

/// The spans that no earlier one overlaps; `spans` are sorted, the longer first.
fn outermost(spans: &[Labelled]) -> Vec<Labelled> {
    let mut kept: Vec<Labelled> = Vec::new();
    for &span in spans {
        if kept.last().is_none_or(|last| last.end <= span.start) {
            kept.push(span);
        }
    }
    kept
}

fn labels_of(spans: &[Labelled], range: &Range<usize>) -> Vec<u8> {
    let mut labels = vec![OUTSIDE; range.len()];
    for span in spans {
        for at in span.start..span.end {
            labels[at - range.start] = label_of(span.kind, at == span.start).unwrap_or(OUTSIDE);
        }
    }
    labels
}
