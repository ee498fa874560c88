//! Products of matrices in whole numbers.
//!
//! Weights are signed bytes; what is multiplied with them is rounded, row by row, to 14 bits, long rows to 13. Sums of
//! whole numbers are the same in any order, so they can be taken as the machine does it fastest and are still the same
//! everywhere.

use super::numeric::rounded;
use super::weights::{Affine, Matrix};

/// Outputs that the inner loop keeps in registers.
const LANES: usize = 16;

/// The largest value of a rounded row, and that of a row too long for it.
const MOST: [i32; 2] = [8_191, 4_095];

/// The most inputs for which no sum can overflow, whatever the bytes of a file.
pub(crate) const INPUTS_MAX: usize = inputs_max(MOST[1]);

const fn inputs_max(most: i32) -> usize {
    (i32::MAX / (128 * most)) as usize
}

/// The largest value of a rounded row of so many inputs.
const fn most(inputs: usize) -> f32 {
    MOST[if inputs > inputs_max(MOST[0]) { 1 } else { 0 }] as f32
}

/// For two inputs the weights of sixteen outputs, those of an output side by side.
type Pair = [[i16; LANES]; 2];

/// An affine map with weights of whole numbers.
#[derive(Debug)]
pub(crate) struct Whole {
    inputs: usize,
    outputs: usize,
    /// Panels of sixteen outputs, each pair by pair of inputs; filled up with zeros.
    panels: Vec<Pair>,
    scales: Vec<f32>,
    bias: Vec<f32>,
}

/// Rows of whole numbers with what a unit of each is worth.
#[derive(Debug, Default)]
pub(crate) struct Rounded {
    /// Two inputs in one number, the first in its lower half.
    pairs: Vec<i32>,
    scales: Vec<f32>,
}

impl Rounded {
    /// Rounds rows of `inputs` values.
    fn round(&mut self, x: &[f32], inputs: usize) {
        self.pairs.clear();
        self.scales.clear();
        let limit = most(inputs);
        for row in x.chunks_exact(inputs) {
            let most = row.iter().fold(0.0f32, |most, value| most.max(value.abs()));
            // A row of nothing, or so small that its unit has no inverse, counts as zeros.
            let one = limit / most;
            let one = if one.is_finite() { one } else { 0.0 };
            self.scales.push(most / limit);
            let whole = |value: f32| rounded(value * one) as i16;
            let pair = |two: &[f32]| {
                let second = two.get(1).map_or(0, |&value| whole(value));
                i32::from(whole(two[0]).cast_unsigned()) | i32::from(second) << 16
            };
            self.pairs.extend(row.chunks(2).map(pair));
        }
    }
}

impl Whole {
    /// The map of `matrix` alone.
    ///
    /// # Panics
    ///
    /// If there are more than 4,096 inputs, with which a sum could overflow.
    pub(crate) fn new(matrix: &Matrix) -> Self {
        let Matrix { rows: outputs, columns: inputs, .. } = *matrix;
        assert!(inputs <= INPUTS_MAX, "sums of {inputs} products may overflow");
        let weight = |output: usize, input: usize| {
            if output < outputs && input < inputs { i16::from(matrix.row(output)[input]) } else { 0 }
        };
        let mut panels = Vec::with_capacity(outputs.div_ceil(LANES) * inputs.div_ceil(2));
        for first in (0..outputs).step_by(LANES) {
            for input in (0..inputs).step_by(2) {
                let half = |half: usize| {
                    std::array::from_fn(|at| weight(first + half * LANES / 2 + at / 2, input + at % 2))
                };
                panels.push([half(0), half(1)]);
            }
        }
        Self { inputs, outputs, panels, scales: matrix.scales.clone(), bias: vec![0.0; outputs] }
    }

    /// The map with its bias.
    pub(crate) fn affine(affine: &Affine) -> Self {
        Self { bias: affine.bias.clone(), ..Self::new(&affine.matrix) }
    }

    pub(crate) const fn outputs(&self) -> usize {
        self.outputs
    }

    /// The images of the rows of `x`, into `y`; `rounded` is working memory.
    pub(crate) fn apply(&self, x: &[f32], rounded: &mut Rounded, y: &mut Vec<f32>) {
        rounded.round(x, self.inputs);
        y.clear();
        y.resize(rounded.scales.len() * self.outputs, 0.0);
        #[cfg(target_arch = "x86_64")]
        if let Some(simd) = pulp::x86::V3::try_new() {
            simd.vectorize(wide::Product { simd, map: self, x: rounded, y });
            return;
        }
        self.product(rounded, y);
    }

    fn product(&self, x: &Rounded, y: &mut [f32]) {
        let half = self.inputs.div_ceil(2);
        for (at, panel) in self.panels.chunks_exact(half.max(1)).enumerate() {
            for (row, pairs) in x.pairs.chunks_exact(half.max(1)).enumerate() {
                let mut sums = [0i32; LANES];
                for (pair, weights) in pairs.iter().zip(panel) {
                    let (first, second) = (i32::from(*pair as i16), pair >> 16);
                    for (sum, two) in sums.iter_mut().zip(weights.as_flattened().as_chunks::<2>().0) {
                        *sum += i32::from(two[0]) * first + i32::from(two[1]) * second;
                    }
                }
                self.store(&sums, at, x.scales[row], row, y);
            }
        }
    }

    /// Scales the sums of a panel for a row and puts them where they belong.
    #[inline(always)]
    fn store(&self, sums: &[i32; LANES], panel: usize, scale: f32, row: usize, y: &mut [f32]) {
        let first = panel * LANES;
        let width = LANES.min(self.outputs - first);
        let y = &mut y[row * self.outputs + first..][..width];
        let (scales, bias) = (&self.scales[first..][..width], &self.bias[first..][..width]);
        for at in 0..width {
            y[at] = sums[at] as f32 * (scale * scales[at]) + bias[at];
        }
    }
}

/// The same with vectors of 256 bits.
#[cfg(target_arch = "x86_64")]
mod wide {
    use std::arch::x86_64::__m256i;

    use pulp::x86::V3;

    use super::{LANES, Pair, Rounded, Whole};

    pub(super) struct Product<'a> {
        pub(super) simd: V3,
        pub(super) map: &'a Whole,
        pub(super) x: &'a Rounded,
        pub(super) y: &'a mut [f32],
    }

    /// The sums of sixteen outputs for a row.
    type Sums = [__m256i; 2];

    impl pulp::NullaryFnOnce for Product<'_> {
        type Output = ();

        #[inline(always)]
        fn call(self) {
            let Self { simd, map, x, y } = self;
            let half = map.inputs.div_ceil(2);
            let rows = x.scales.len();
            if half == 0 {
                return;
            }
            for (at, panel) in map.panels.chunks_exact(half).enumerate() {
                let mut done = 0;
                while done < rows {
                    if rows < 4 {
                        let sums = one_row(simd, panel, &x.pairs[done * half..][..half]);
                        map.store(&pulp::cast::<Sums, [i32; LANES]>(sums), at, x.scales[done], done, y);
                        done += 1;
                        continue;
                    }
                    // Fewer than four rows are left: with some that are done, four cost less than one by one.
                    let row = done.min(rows - 4);
                    let sums = four_rows(simd, panel, &x.pairs[row * half..][..4 * half]);
                    for (row, sums) in (row..).zip(sums) {
                        map.store(&pulp::cast::<Sums, [i32; LANES]>(sums), at, x.scales[row], row, y);
                    }
                    done = row + 4;
                }
            }
        }
    }

    #[inline(always)]
    fn add(simd: V3, sums: &mut Sums, pair: i32, weights: [__m256i; 2]) {
        let pair = simd.avx._mm256_set1_epi32(pair);
        sums[0] = simd.avx2._mm256_add_epi32(sums[0], simd.avx2._mm256_madd_epi16(weights[0], pair));
        sums[1] = simd.avx2._mm256_add_epi32(sums[1], simd.avx2._mm256_madd_epi16(weights[1], pair));
    }

    #[inline(always)]
    fn four_rows(simd: V3, panel: &[Pair], x: &[i32]) -> [Sums; 4] {
        let half = panel.len();
        let zero = pulp::cast([[0i32; 8]; 2]);
        let (mut s0, mut s1, mut s2, mut s3): (Sums, Sums, Sums, Sums) = (zero, zero, zero, zero);
        let (x0, rest) = x.split_at(half);
        let (x1, rest) = rest.split_at(half);
        let (x2, x3) = rest.split_at(half);
        let x3 = &x3[..half];
        for k in 0..half {
            let weights = panel[k].map(pulp::cast);
            add(simd, &mut s0, x0[k], weights);
            add(simd, &mut s1, x1[k], weights);
            add(simd, &mut s2, x2[k], weights);
            add(simd, &mut s3, x3[k], weights);
        }
        [s0, s1, s2, s3]
    }

    #[inline(always)]
    fn one_row(simd: V3, panel: &[Pair], x: &[i32]) -> Sums {
        let mut sums: Sums = pulp::cast([[0i32; 8]; 2]);
        for (pair, weights) in x.iter().zip(panel) {
            add(simd, &mut sums, *pair, weights.map(pulp::cast));
        }
        sums
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values that look like chance, the same every time.
    fn values(count: usize, mut seed: u32) -> Vec<f32> {
        let mut next = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 8) as f32 / 8_388_608.0 - 1.0
        };
        (0..count).map(|_| next()).collect()
    }

    #[test]
    fn agree_with_products_of_reals_on_every_path() {
        for (rows, inputs, outputs) in
            [(1, 1, 1), (3, 5, 17), (4, 32, 16), (7, 33, 40), (9, 1536, 384), (5, 3072, 20)]
        {
            let (weights, x) = (values(inputs * outputs, 1), values(rows * inputs, 2));
            let affine =
                Affine { matrix: Matrix::rounded(outputs, inputs, &weights), bias: values(outputs, 3) };
            let whole = Whole::affine(&affine);
            let mut rounded = Rounded::default();
            let (mut y, mut plain) = (Vec::new(), vec![0.0; rows * outputs]);
            whole.apply(&x, &mut rounded, &mut y);
            whole.product(&rounded, &mut plain);
            assert_eq!(y, plain, "{rows} {inputs} {outputs}");
            for row in 0..rows {
                for output in 0..outputs {
                    let matrix = &affine.matrix;
                    let product = |(w, x): (&i8, &f32)| f32::from(*w) * matrix.scales[output] * x;
                    let own = &x[row * inputs..][..inputs];
                    let sum: f32 =
                        matrix.row(output).iter().zip(own).map(product).sum::<f32>() + affine.bias[output];
                    assert!((sum - y[row * outputs + output]).abs() < 0.01, "{rows} {inputs} {outputs}");
                }
            }
        }
    }
}
