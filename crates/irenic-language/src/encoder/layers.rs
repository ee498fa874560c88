//! The network: attention and what follows it, layer by layer.

use crate::syntax::integers::{Rounded, Whole};
use crate::syntax::kernel::{Panels, View, add_product};
use crate::syntax::numeric::exp;
use crate::syntax::weights::Affine;

/// Scale and shift after a vector is brought to mean nought and variance one.
#[derive(Clone, Debug, PartialEq)]
pub struct Norm {
    /// A factor for each value.
    pub scale: Vec<f32>,
    /// A summand for each value.
    pub shift: Vec<f32>,
}

/// The weights of a layer.
#[derive(Clone, Debug, PartialEq)]
pub struct LayerWeights {
    /// Queries, keys and values, one below the other.
    pub attention: Affine,
    /// From what the heads attend to.
    pub mixed: Affine,
    /// After attention.
    pub first_norm: Norm,
    /// To the wide inner vector.
    pub widened: Affine,
    /// Back from it.
    pub narrowed: Affine,
    /// After both.
    pub second_norm: Norm,
}

/// A layer ready for use.
#[derive(Debug)]
pub(super) struct Layer {
    heads: usize,
    attention: Whole,
    mixed: Whole,
    first_norm: Norm,
    widened: Whole,
    narrowed: Whole,
    second_norm: Norm,
}

/// Working memory that the layers share.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    rounded: Rounded,
    projected: Vec<f32>,
    attended: Vec<f32>,
    wide: Vec<f32>,
    out: Vec<f32>,
    head: HeadScratch,
}

#[derive(Debug, Default)]
struct HeadScratch {
    side: Vec<f32>,
    scores: Vec<f32>,
    mixed: Vec<f32>,
}

impl Layer {
    pub(super) fn new(weights: &LayerWeights, heads: usize) -> Self {
        Self {
            heads,
            attention: Whole::affine(&weights.attention),
            mixed: Whole::affine(&weights.mixed),
            first_norm: weights.first_norm.clone(),
            widened: Whole::affine(&weights.widened),
            narrowed: Whole::affine(&weights.narrowed),
            second_norm: weights.second_norm.clone(),
        }
    }

    /// One step of the vectors of a text, in place. `distances` and `least` are the encoder's.
    pub(super) fn step(&self, x: &mut [f32], distances: &[f32], least: f32, scratch: &mut Scratch) {
        let Scratch { rounded, projected, attended, wide, out, head } = scratch;
        self.attention.apply(x, rounded, projected);
        attended.resize(x.len(), 0.0);
        let width = self.attention.outputs() / 3;
        for (at, distances) in distances.chunks_exact(distances.len() / self.heads).enumerate() {
            attend(projected, width, width / self.heads, at, distances, head, attended);
        }
        self.mixed.apply(attended, rounded, out);
        self.first_norm.add(x, out, least);
        self.widened.apply(x, rounded, wide);
        pulp::Arch::new().dispatch(Bend(wide));
        self.narrowed.apply(wide, rounded, out);
        self.second_norm.add(x, out, least);
    }
}

/// What one head reads: for each row the values of all rows, weighed by how well their keys fit its query.
fn attend(
    projected: &[f32],
    width: usize,
    size: usize,
    head: usize,
    distances: &[f32],
    scratch: &mut HeadScratch,
    attended: &mut [f32],
) {
    let HeadScratch { side, scores, mixed } = scratch;
    let n = projected.len() / (3 * width);
    let part = |row: usize, which: usize| &projected[(row * 3 + which) * width + head * size..][..size];
    side.clear();
    side.resize(n * size, 0.0);
    for row in 0..n {
        part(row, 1).iter().enumerate().for_each(|(at, &value)| side[at * n + row] = value);
    }
    scores.clear();
    scores.resize(n * n, 0.0);
    let queries = View { data: &projected[head * size..], row: 3 * width, column: 1 };
    add_product(scores, queries, &Panels::new(side, size, n), n);
    pulp::Arch::new().dispatch(Weigh { scores, distances, columns: n, scale: (size as f32).sqrt().recip() });
    for row in 0..n {
        side[row * size..][..size].copy_from_slice(part(row, 2));
    }
    mixed.clear();
    mixed.resize(n * size, 0.0);
    add_product(mixed, View { data: scores, row: n, column: 1 }, &Panels::new(side, n, size), n);
    for (row, own) in mixed.chunks_exact(size).enumerate() {
        attended[row * width + head * size..][..size].copy_from_slice(own);
    }
}

/// Makes each row of scores shares of one.
struct Weigh<'a> {
    scores: &'a mut [f32],
    /// What a score has added by the distance of its column from its row; the middle is that of nought.
    distances: &'a [f32],
    columns: usize,
    scale: f32,
}

impl pulp::WithSimd for Weigh<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _: S) {
        let middle = self.distances.len() / 2;
        for (at, row) in self.scores.chunks_exact_mut(self.columns).enumerate() {
            let own = &self.distances[middle - at..][..row.len()];
            row.iter_mut().zip(own).for_each(|(score, own)| *score = *score * self.scale + own);
            // Beside the largest none is above nought, where `exp` would end.
            let most = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            row.iter_mut().for_each(|score| *score = exp(*score - most));
            let part = 1.0 / sum(row);
            row.iter_mut().for_each(|score| *score *= part);
        }
    }
}

/// Gauss's error linear unit, value by value.
struct Bend<'a>(&'a mut [f32]);

impl pulp::WithSimd for Bend<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _: S) {
        self.0.iter_mut().for_each(|x| *x = gelu(*x));
    }
}

/// `x` times the chance that a standard normal variable is below it (Hendrycks and Gimpel 2016).
#[inline(always)]
fn gelu(x: f32) -> f32 {
    0.5 * x * (1.0 + erf(x * std::f32::consts::FRAC_1_SQRT_2))
}

/// The error function, within 2e-6: formula 7.1.26 of Abramowitz and Stegun 1964.
#[inline(always)]
fn erf(x: f32) -> f32 {
    let size = x.abs();
    let t = 1.0 / (1.0 + 0.327_591_1 * size);
    let series =
        t * (0.254_829_6 + t * (-0.284_496_74 + t * (1.421_413_7 + t * (-1.453_152 + t * 1.061_405_4))));
    (1.0 - series * exp(-size * size)).copysign(x)
}

impl Norm {
    /// Adds `y` to `x` and norms each row; `least` is added to its variance.
    pub(super) fn add(&self, x: &mut [f32], y: &[f32], least: f32) {
        pulp::Arch::new().dispatch(AddAndNorm { norm: self, x, y, least });
    }
}

struct AddAndNorm<'a> {
    norm: &'a Norm,
    x: &'a mut [f32],
    y: &'a [f32],
    least: f32,
}

impl pulp::WithSimd for AddAndNorm<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _: S) {
        let Self { norm, x, y, least } = self;
        let width = norm.scale.len();
        for (x, y) in x.chunks_exact_mut(width).zip(y.chunks_exact(width)) {
            x.iter_mut().zip(y).for_each(|(x, y)| *x += y);
            let mean = sum(x) / width as f32;
            x.iter_mut().for_each(|x| *x -= mean);
            let one = 1.0 / (sum_of_squares(x) / width as f32 + least).sqrt();
            for (x, (scale, shift)) in x.iter_mut().zip(norm.scale.iter().zip(&norm.shift)) {
                *x = *x * one * scale + shift;
            }
        }
    }
}

/// Values that are summed side by side, whatever the machine's vectors.
const LANES: usize = 16;

#[inline(always)]
fn sum(values: &[f32]) -> f32 {
    sum_of(values, |value| value)
}

#[inline(always)]
fn sum_of_squares(values: &[f32]) -> f32 {
    sum_of(values, |value| value * value)
}

#[inline(always)]
fn sum_of(values: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let (whole, rest) = values.as_chunks::<LANES>();
    let mut sums = [0.0f32; LANES];
    for lanes in whole {
        for lane in 0..LANES {
            sums[lane] += of(lanes[lane]);
        }
    }
    sums.into_iter().sum::<f32>() + rest.iter().map(|&value| of(value)).sum::<f32>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_linear_unit_is_gauss_s() {
        // From R: x * pnorm(x).
        for (x, y) in
            [(-3.0, -0.004_049_694), (-0.5, -0.154_268_8), (0.0, 0.0), (1.0, 0.841_344_7), (4.0, 3.999_873)]
        {
            assert!((gelu(x) - y).abs() < 5e-6, "{x} {}", gelu(x));
        }
    }
}
