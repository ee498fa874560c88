//! The inner loops: exact products of small integers, and the recurrent cell.
//!
//! They are compiled for the machine's widest vectors at run time, by `pulp`. Integer sums are exact and real sums
//! keep their order, so the results do not depend on the width.

use super::numeric::{sigmoid, tanh};
use super::weights::{Affine, Matrix};

/// A matrix ready for products: sixteen-bit values, a row an output.
#[derive(Debug)]
pub(super) struct Linear {
    rows: usize,
    columns: usize,
    values: Vec<i16>,
    scales: Vec<f32>,
    bias: Vec<f32>,
}

/// Steps a unit of the inputs is cut into. Inputs beyond plus or minus sixteen are cut off.
const STEPS: f32 = 2_048.0;

impl Linear {
    pub(super) fn new(matrix: &Matrix) -> Self {
        Self {
            rows: matrix.rows,
            columns: matrix.columns,
            values: matrix.values.iter().map(|&value| i16::from(value)).collect(),
            scales: matrix.scales.iter().map(|scale| scale / STEPS).collect(),
            bias: vec![0.0; matrix.rows],
        }
    }

    pub(super) fn affine(affine: &Affine) -> Self {
        Self { bias: affine.bias.clone(), ..Self::new(&affine.matrix) }
    }

    pub(super) const fn outputs(&self) -> usize {
        self.rows
    }

    /// The images of the rows of `x`, into `y`.
    pub(super) fn apply(&self, x: &[i16], y: &mut Vec<f32>) {
        let n = x.len() / self.columns;
        y.clear();
        y.resize(n * self.rows, 0.0);
        pulp::Arch::new().dispatch(Product { linear: self, x, y, n });
    }

    #[inline(always)]
    fn block<const N: usize>(&self, x: &[i16], y: &mut [f32]) {
        for (output, row) in self.values.chunks_exact(self.columns).enumerate() {
            for at in 0..N {
                let sum = dot(&x[at * self.columns..][..self.columns], row);
                y[at * self.rows + output] = sum as f32 * self.scales[output] + self.bias[output];
            }
        }
    }
}

struct Product<'a> {
    linear: &'a Linear,
    x: &'a [i16],
    y: &'a mut [f32],
    n: usize,
}

impl pulp::WithSimd for Product<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _: S) {
        let Self { linear, x, y, n } = self;
        let blocks = n / 4 * 4;
        for at in (0..blocks).step_by(4) {
            linear.block::<4>(&x[at * linear.columns..], &mut y[at * linear.rows..]);
        }
        for at in blocks..n {
            linear.block::<1>(&x[at * linear.columns..], &mut y[at * linear.rows..]);
        }
    }
}

#[inline(always)]
fn dot(a: &[i16], b: &[i16]) -> i32 {
    a.iter().zip(b).map(|(&a, &b)| i32::from(a) * i32::from(b)).sum()
}

/// Rounds inputs to the steps that products take.
pub(super) fn round(x: &[f32], out: &mut Vec<i16>) {
    out.clear();
    out.resize(x.len(), 0);
    pulp::Arch::new().dispatch(Round { x, out });
}

struct Round<'a> {
    x: &'a [f32],
    out: &'a mut [i16],
}

impl pulp::WithSimd for Round<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _: S) {
        for (to, &x) in self.out.iter_mut().zip(self.x) {
            // Adding 1.5 * 2^23 leaves the rounded whole number in the low bits.
            let shifted = (x * STEPS).clamp(-32_767.0, 32_767.0) + 12_582_912.0;
            *to = shifted.to_bits() as i16;
        }
    }
}

/// Sizes of a recurrent layer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cells {
    pub(super) hidden: usize,
    /// Projections a unit and direction: four in the first layer, three above, which pass their input on.
    pub(super) blocks: usize,
}

impl Cells {
    /// Runs both directions over a sentence: from projections `u` and input `x` to states `h`.
    pub(super) fn run(self, u: &[f32], x: &[f32], gates: &[f32], state: &mut Vec<f32>, h: &mut Vec<f32>) {
        let hidden = self.hidden;
        let n = u.len() / (2 * self.blocks * hidden);
        h.clear();
        h.resize(n * 2 * hidden, 0.0);
        state.clear();
        state.resize(hidden, 0.0);
        pulp::Arch::new().dispatch(Run { cells: self, n, u, x, gates, state, h });
    }
}

struct Run<'a> {
    cells: Cells,
    n: usize,
    u: &'a [f32],
    x: &'a [f32],
    gates: &'a [f32],
    state: &'a mut [f32],
    h: &'a mut [f32],
}

impl pulp::WithSimd for Run<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _: S) {
        let Self { cells: Cells { hidden, blocks }, n, u, x, gates, state, h } = self;
        for direction in 0..2 {
            state.fill(0.0);
            let gates = &gates[4 * direction * hidden..][..4 * hidden];
            for step in 0..n {
                let token = if direction == 0 { step } else { n - 1 - step };
                let cell = token * 2 + direction;
                let u = &u[cell * blocks * hidden..][..blocks * hidden];
                let skip = if blocks == 4 { &u[3 * hidden..] } else { &x[cell * hidden..][..hidden] };
                unit(hidden, u, skip, gates, state, &mut h[cell * hidden..][..hidden]);
            }
        }
    }
}

/// Adds to `scores`, a row a word, the products of the queries with the keys, a row a component.
pub(super) fn add_scores(scores: &mut [f32], query: &[f32], keys: &[f32], columns: usize) {
    pulp::Arch::new().dispatch(Scores { scores, query, keys, columns });
}

struct Scores<'a> {
    scores: &'a mut [f32],
    query: &'a [f32],
    keys: &'a [f32],
    columns: usize,
}

impl pulp::WithSimd for Scores<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _: S) {
        let width = self.keys.len() / self.columns;
        let rows = self.scores.chunks_exact_mut(self.columns).zip(self.query.chunks_exact(width));
        for (row, query) in rows {
            for (keys, &q) in self.keys.chunks_exact(self.columns).zip(query) {
                row.iter_mut().zip(keys).for_each(|(score, key)| *score += q * key);
            }
        }
    }
}

#[inline(always)]
fn unit(hidden: usize, u: &[f32], skip: &[f32], gates: &[f32], state: &mut [f32], h: &mut [f32]) {
    let (u, rest) = u.split_at(hidden);
    let (uf, rest) = rest.split_at(hidden);
    let ur = &rest[..hidden];
    let (vf, rest) = gates.split_at(hidden);
    let (vr, rest) = rest.split_at(hidden);
    let (bf, br) = rest.split_at(hidden);
    let (skip, state, h, br) = (&skip[..hidden], &mut state[..hidden], &mut h[..hidden], &br[..hidden]);
    for i in 0..hidden {
        let before = state[i];
        let f = sigmoid(uf[i] + vf[i] * before + bf[i]);
        let r = sigmoid(ur[i] + vr[i] * before + br[i]);
        let c = f * before + (1.0 - f) * u[i];
        h[i] = r * tanh(c) + (1.0 - r) * skip[i];
        state[i] = c;
    }
}
