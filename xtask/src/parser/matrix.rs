//! Parameters with their gradients and Adam's moments.

use irenic_language::syntax::kernel::{Panels, View, add_product};

use super::rng::Rng;

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
        let weights = Panels::new(&self.value, self.rows, self.columns);
        add_product(&mut y, View { data: x, row: self.rows, column: 1 }, &weights, n);
        y
    }

    /// Adds to the gradient; gives the gradient of `x`.
    pub(crate) fn backward(&mut self, x: &[f32], dy: &[f32], n: usize) -> Vec<f32> {
        let transposed_x = View { data: x, row: 1, column: self.rows };
        add_product(&mut self.gradient, transposed_x, &Panels::new(dy, n, self.columns), self.rows);
        let mut transposed = vec![0.0; self.rows * self.columns];
        for row in 0..self.rows {
            for column in 0..self.columns {
                transposed[column * self.rows + row] = self.value[row * self.columns + column];
            }
        }
        let mut dx = vec![0.0; n * self.rows];
        let dy = View { data: dy, row: self.columns, column: 1 };
        add_product(&mut dx, dy, &Panels::new(&transposed, self.columns, self.rows), n);
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
