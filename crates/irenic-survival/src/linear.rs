//! Small symmetric matrices: solving and inverting by Cholesky's factors.

/// A square matrix, row by row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Matrix {
    size: usize,
    values: Vec<f64>,
}

/// A pivot smaller than this share of its diagonal is taken for 0.
const PIVOT_MIN: f64 = 1e-11;

impl Matrix {
    pub(crate) fn zeros(size: usize) -> Self {
        Self { size, values: vec![0.0; size * size] }
    }

    pub(crate) const fn size(&self) -> usize {
        self.size
    }

    /// The product with another matrix, times `factor`.
    pub(crate) fn product(&self, other: &Self, factor: f64) -> Self {
        let mut product = Self::zeros(self.size);
        for row in 0..self.size {
            for k in 0..self.size {
                let left = factor * self.at(row, k);
                for column in 0..self.size {
                    product.values[row * self.size + column] += left * other.at(k, column);
                }
            }
        }
        product
    }

    pub(crate) fn at(&self, row: usize, column: usize) -> f64 {
        self.values[row * self.size + column]
    }

    pub(crate) fn add(&mut self, row: usize, column: usize, value: f64) {
        self.values[row * self.size + column] += value;
    }

    /// Adds `factor` times the outer product of a vector with itself.
    pub(crate) fn add_outer(&mut self, vector: &[f64], factor: f64) {
        for (row, a) in vector.iter().enumerate() {
            for (column, b) in vector.iter().enumerate() {
                self.values[row * self.size + column] += factor * a * b;
            }
        }
    }

    pub(crate) fn add_all(&mut self, other: &Self, factor: f64) {
        for (value, more) in self.values.iter_mut().zip(&other.values) {
            *value += factor * more;
        }
    }

    /// The rows and columns named.
    pub(crate) fn part(&self, kept: &[usize]) -> Self {
        let mut part = Self::zeros(kept.len());
        for (row, &from) in kept.iter().enumerate() {
            for (column, &to) in kept.iter().enumerate() {
                part.add(row, column, self.at(from, to));
            }
        }
        part
    }

    /// The lower factor of a positive definite matrix; `None` where it is singular.
    fn factor(&self) -> Option<Self> {
        let mut lower = Self::zeros(self.size);
        for row in 0..self.size {
            for column in 0..=row {
                let sum: f64 = (0..column).map(|k| lower.at(row, k) * lower.at(column, k)).sum();
                let rest = self.at(row, column) - sum;
                if row == column {
                    if rest.is_nan() || rest <= PIVOT_MIN * self.at(row, row).abs() {
                        return None;
                    }
                    lower.add(row, row, rest.sqrt());
                } else {
                    lower.add(row, column, rest / lower.at(column, column));
                }
            }
        }
        Some(lower)
    }

    /// The vector that the matrix takes to `right`; `None` where the matrix is singular.
    pub(crate) fn solve(&self, right: &[f64]) -> Option<Vec<f64>> {
        let lower = self.factor()?;
        let mut found = right.to_vec();
        for row in 0..self.size {
            let sum: f64 = (0..row).map(|k| lower.at(row, k) * found[k]).sum();
            found[row] = (found[row] - sum) / lower.at(row, row);
        }
        for row in (0..self.size).rev() {
            let sum: f64 = (row + 1..self.size).map(|k| lower.at(k, row) * found[k]).sum();
            found[row] = (found[row] - sum) / lower.at(row, row);
        }
        Some(found)
    }

    pub(crate) fn inverse(&self) -> Option<Self> {
        let mut inverse = Self::zeros(self.size);
        for column in 0..self.size {
            let mut unit = vec![0.0; self.size];
            unit[column] = 1.0;
            for (row, value) in self.solve(&unit)?.into_iter().enumerate() {
                inverse.add(row, column, value);
            }
        }
        Some(inverse)
    }

    pub(crate) fn times(&self, vector: &[f64]) -> Vec<f64> {
        (0..self.size).map(|row| (0..self.size).map(|k| self.at(row, k) * vector[k]).sum()).collect()
    }

    /// The matrix row by row.
    pub(crate) fn rows(&self) -> Vec<Vec<f64>> {
        self.values.chunks_exact(self.size.max(1)).map(<[f64]>::to_vec).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_system_is_solved() {
        let mut matrix = Matrix::zeros(2);
        for (row, column, value) in [(0, 0, 4.0), (0, 1, 2.0), (1, 0, 2.0), (1, 1, 3.0)] {
            matrix.add(row, column, value);
        }
        let found = matrix.solve(&[10.0, 9.0]).unwrap();
        assert!((found[0] - 1.5).abs() < 1e-12 && (found[1] - 2.0).abs() < 1e-12);
        let unit = matrix.inverse().unwrap().times(&matrix.times(&[1.0, 5.0]));
        assert!((unit[1] - 5.0).abs() < 1e-12);
        let mut flat = Matrix::zeros(2);
        flat.add_outer(&[1.0, 2.0], 1.0);
        assert_eq!(flat.solve(&[1.0, 1.0]), None);
    }
}
