//! Products of matrices, and parameters with their gradients and Adam's moments.

use super::rng::Rng;

/// A view of a matrix by strides, so that a transposed one needs no copy.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    pub(crate) data: &'a [f32],
    pub(crate) row: usize,
    pub(crate) column: usize,
}

/// Columns that the inner loop keeps in registers.
const LANES: usize = 16;

/// `c += a * b` for `a` of `rows` by `inner` and row-major `b` of `inner` by `columns`; `columns` is a multiple of 16.
pub(crate) fn add_product(c: &mut [f32], a: View<'_>, b: &[f32], rows: usize, inner: usize, columns: usize) {
    assert!(columns.is_multiple_of(LANES) && c.len() >= rows * columns && b.len() >= inner * columns);
    pulp::Arch::new().dispatch(Product { c, a, b, rows, inner, columns });
}

/// The product as `pulp` wants it, to be compiled once for each width of vectors.
struct Product<'a> {
    c: &'a mut [f32],
    a: View<'a>,
    b: &'a [f32],
    rows: usize,
    inner: usize,
    columns: usize,
}

impl pulp::WithSimd for Product<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _: S) {
        let Self { c, a, b, rows, inner, columns } = self;
        let mut row = 0;
        while row + 4 <= rows {
            four_rows(c, a, b, row, inner, columns);
            row += 4;
        }
        while row < rows {
            one_row(c, a, b, row, inner, columns);
            row += 1;
        }
    }
}

/// Sums of one row that stay in registers.
type Sums = [f32; LANES];

#[inline(always)]
fn four_rows(c: &mut [f32], a: View<'_>, b: &[f32], row: usize, inner: usize, columns: usize) {
    for column in (0..columns).step_by(LANES) {
        // Written out by hand: the compiler keeps an array of arrays in memory.
        let (mut s0, mut s1, mut s2, mut s3): (Sums, Sums, Sums, Sums) = Default::default();
        for k in 0..inner {
            let b: &Sums = b[k * columns + column..][..LANES].try_into().expect("sixteen columns");
            let at = row * a.row + k * a.column;
            add_scaled(&mut s0, a.data[at], b);
            add_scaled(&mut s1, a.data[at + a.row], b);
            add_scaled(&mut s2, a.data[at + 2 * a.row], b);
            add_scaled(&mut s3, a.data[at + 3 * a.row], b);
        }
        for (r, sums) in [s0, s1, s2, s3].iter().enumerate() {
            add(&mut c[(row + r) * columns + column..][..LANES], sums);
        }
    }
}

#[inline(always)]
fn one_row(c: &mut [f32], a: View<'_>, b: &[f32], row: usize, inner: usize, columns: usize) {
    for column in (0..columns).step_by(LANES) {
        let mut sums = Sums::default();
        for k in 0..inner {
            let b: &Sums = b[k * columns + column..][..LANES].try_into().expect("sixteen columns");
            add_scaled(&mut sums, a.data[row * a.row + k * a.column], b);
        }
        add(&mut c[row * columns + column..][..LANES], &sums);
    }
}

#[inline(always)]
fn add_scaled(sums: &mut Sums, x: f32, b: &Sums) {
    for lane in 0..LANES {
        sums[lane] += x * b[lane];
    }
}

#[inline(always)]
fn add(to: &mut [f32], from: &Sums) {
    to.iter_mut().zip(from).for_each(|(to, from)| *to += from);
}

/// A parameter matrix, row-major, with what training keeps beside it.
pub(crate) struct Parameter {
    pub(crate) rows: usize,
    pub(crate) columns: usize,
    pub(crate) value: Vec<f32>,
    pub(crate) gradient: Vec<f32>,
    mean: Vec<f32>,
    square: Vec<f32>,
}

/// Adam's settings for one step.
#[derive(Clone, Copy)]
pub(crate) struct Step {
    pub(crate) rate: f32,
    /// Ordinal of the step, from one.
    pub(crate) ordinal: i32,
    /// Factor on gradients, from clipping.
    pub(crate) scale: f32,
}

const BETA_MEAN: f32 = 0.9;
const BETA_SQUARE: f32 = 0.98;

impl Parameter {
    /// Uniform values in `-bound..bound`.
    pub(crate) fn random(rows: usize, columns: usize, bound: f32, rng: &mut Rng) -> Self {
        let value = (0..rows * columns).map(|_| rng.symmetric(bound)).collect();
        Self { value, ..Self::zero(rows, columns) }
    }

    /// Glorot's uniform values.
    pub(crate) fn glorot(rows: usize, columns: usize, rng: &mut Rng) -> Self {
        Self::random(rows, columns, (6.0 / (rows + columns) as f32).sqrt(), rng)
    }

    pub(crate) fn zero(rows: usize, columns: usize) -> Self {
        let zeros = vec![0.0; rows * columns];
        Self {
            rows,
            columns,
            value: zeros.clone(),
            gradient: zeros.clone(),
            mean: zeros.clone(),
            square: zeros,
        }
    }

    pub(crate) fn row(&self, row: usize) -> &[f32] {
        &self.value[row * self.columns..][..self.columns]
    }

    /// `x * self` for `n` rows of `x`.
    pub(crate) fn forward(&self, x: &[f32], n: usize) -> Vec<f32> {
        let mut y = vec![0.0; n * self.columns];
        add_product(
            &mut y,
            View { data: x, row: self.rows, column: 1 },
            &self.value,
            n,
            self.rows,
            self.columns,
        );
        y
    }

    /// Adds to the gradient; gives the gradient of `x`.
    pub(crate) fn backward(&mut self, x: &[f32], dy: &[f32], n: usize) -> Vec<f32> {
        let transposed_x = View { data: x, row: 1, column: self.rows };
        add_product(&mut self.gradient, transposed_x, dy, self.rows, n, self.columns);
        let mut transposed = vec![0.0; self.rows * self.columns];
        for row in 0..self.rows {
            for column in 0..self.columns {
                transposed[column * self.rows + row] = self.value[row * self.columns + column];
            }
        }
        let mut dx = vec![0.0; n * self.rows];
        let dy = View { data: dy, row: self.columns, column: 1 };
        add_product(&mut dx, dy, &transposed, n, self.columns, self.rows);
        dx
    }

    pub(crate) fn squared_gradient(&self) -> f64 {
        self.gradient.iter().map(|g| f64::from(g * g)).sum()
    }

    pub(crate) fn step(&mut self, step: Step) {
        self.step_range(step, 0..self.value.len());
    }

    /// One step on one row only, for tables of which a batch touches few rows.
    pub(crate) fn step_row(&mut self, step: Step, row: usize) {
        self.step_range(step, row * self.columns..(row + 1) * self.columns);
    }

    fn step_range(&mut self, step: Step, range: std::ops::Range<usize>) {
        let mean_bias = 1.0 - BETA_MEAN.powi(step.ordinal);
        let square_bias = 1.0 - BETA_SQUARE.powi(step.ordinal);
        for at in range {
            let g = self.gradient[at] * step.scale;
            self.gradient[at] = 0.0;
            self.mean[at] = BETA_MEAN * self.mean[at] + (1.0 - BETA_MEAN) * g;
            self.square[at] = BETA_SQUARE * self.square[at] + (1.0 - BETA_SQUARE) * g * g;
            let mean = self.mean[at] / mean_bias;
            let square = self.square[at] / square_bias;
            self.value[at] -= step.rate * mean / (square.sqrt() + 1e-8);
        }
    }
}
