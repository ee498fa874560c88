//! Linear classifiers over hashed features, and how they are fitted.

/// A linear classifier over hashed features: a row of weights a feature, a column a class.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Table {
    pub(super) classes: usize,
    weights: Vec<f32>,
}

impl Table {
    fn new(classes: usize, bits: u32) -> Self {
        Self { classes, weights: vec![0.0; classes << bits] }
    }

    /// The sum of the weights of some features for each class.
    pub(super) fn scores(&self, features: &[u32]) -> Vec<f32> {
        let value = weight_of(features);
        let mut scores = vec![0.0; self.classes];
        let rows = self.weights.len() / self.classes;
        for &feature in features {
            let row = (feature as usize % rows) * self.classes;
            for (score, weight) in scores.iter_mut().zip(&self.weights[row..row + self.classes]) {
                *score += weight * value;
            }
        }
        scores
    }

    /// The probability of each class, one of which holds.
    pub(super) fn shares(&self, features: &[u32]) -> Vec<f32> {
        shares_of(self.scores(features))
    }

    /// The probability of each class, any number of which hold.
    pub(super) fn chances(&self, features: &[u32]) -> Vec<f32> {
        self.scores(features).into_iter().map(chance_of).collect()
    }

    pub(super) fn write(&self, out: &mut Vec<u8>) {
        let most = self.weights.iter().fold(1e-6f32, |most, weight| most.max(weight.abs()));
        let scale = most / 127.0;
        out.extend((self.classes as u32).to_le_bytes());
        out.extend((self.weights.len() as u32).to_le_bytes());
        out.extend(scale.to_le_bytes());
        out.extend(self.weights.iter().map(|weight| (weight / scale).round() as i8 as u8));
    }

    pub(super) fn read(bytes: &mut &[u8]) -> Option<Self> {
        let classes = number(bytes)? as usize;
        let length = number(bytes)? as usize;
        let scale = f32::from_le_bytes(number(bytes)?.to_le_bytes());
        let (weights, rest) = bytes.split_at_checked(length)?;
        *bytes = rest;
        let weights = weights.iter().map(|&byte| f32::from(byte as i8) * scale).collect();
        (classes > 0 && length.is_multiple_of(classes) && length > 0).then_some(Self { classes, weights })
    }
}

/// The shares that scores stand for.
pub(super) fn shares_of(mut scores: Vec<f32>) -> Vec<f32> {
    let most = scores.iter().copied().fold(f32::MIN, f32::max);
    scores.iter_mut().for_each(|score| *score = (*score - most).exp());
    let sum: f32 = scores.iter().sum();
    scores.iter_mut().for_each(|score| *score /= sum);
    scores
}

/// The chance that a score stands for.
pub(super) fn chance_of(score: f32) -> f32 {
    1.0 / (1.0 + (-score).exp())
}

/// What each feature of a row counts: rows have length one, so that a long one does not outweigh the others.
fn weight_of(features: &[u32]) -> f32 {
    (features.len() as f32).max(1.0).sqrt().recip()
}

fn number(bytes: &mut &[u8]) -> Option<u32> {
    let (first, rest) = bytes.split_first_chunk::<4>()?;
    *bytes = rest;
    Some(u32::from_le_bytes(*first))
}

/// What one thing looks like, and which classes are right for it.
pub(super) struct Row<'e> {
    pub(super) features: &'e [u32],
    pub(super) right: Vec<bool>,
}

impl<'e> Row<'e> {
    /// Of a thing for which one class of several is right.
    pub(super) fn one(features: &'e [u32], class: usize, classes: usize) -> Self {
        Self { features, right: (0..classes).map(|at| at == class).collect() }
    }
}

/// How classifiers are fitted: stochastic gradient descent with AdaGrad's step widths (Duchi, Hazan and Singer 2011,
/// "Adaptive Subgradient Methods").
#[derive(Clone, Copy, Debug)]
pub(super) struct Fit {
    /// How often all rows are gone through.
    pub(super) rounds: usize,
    /// The width of the first step.
    pub(super) rate: f32,
    /// The binary logarithm of the number of rows of weights.
    pub(super) bits: u32,
    /// Whether exactly one class is right for each row.
    pub(super) exclusive: bool,
    /// How strongly weights are drawn towards nought.
    pub(super) decay: f32,
}

impl Fit {
    /// Fits a classifier; the same rows in the same order give the same one.
    pub(super) fn table(&self, rows: &[Row<'_>]) -> Table {
        let classes = rows.first().map_or(1, |row| row.right.len());
        let mut table = Table::new(classes, self.bits);
        let mut sums = vec![0.0f32; table.weights.len()];
        let mut squares = vec![1.0f32; table.weights.len()];
        let mut order: Vec<usize> = (0..rows.len()).collect();
        let mut random = 0x2545_f491_4f6c_dd1d_u64;
        for round in 0..self.rounds {
            shuffle(&mut order, &mut random);
            for &at in &order {
                self.step(&mut table, &mut squares, &rows[at]);
            }
            // The mean over the rounds varies less than where the last one ended.
            if round > 0 {
                sums.iter_mut().zip(&table.weights).for_each(|(sum, weight)| *sum += weight);
            }
        }
        let count = self.rounds.saturating_sub(1).max(1) as f32;
        table.weights = sums.into_iter().map(|sum| sum / count).collect();
        table
    }

    fn step(&self, table: &mut Table, squares: &mut [f32], row: &Row<'_>) {
        let value = weight_of(row.features);
        let guess = if self.exclusive { table.shares(row.features) } else { table.chances(row.features) };
        let count = table.weights.len() / table.classes;
        for &feature in row.features {
            let start = (feature as usize % count) * table.classes;
            for (class, (&right, &share)) in row.right.iter().zip(&guess).enumerate() {
                let slope = share - if right { 1.0 } else { 0.0 };
                if slope.abs() < 0.01 {
                    continue;
                }
                let square = &mut squares[start + class];
                let slope = slope * value + self.decay * table.weights[start + class];
                *square += slope * slope;
                table.weights[start + class] -= self.rate * slope / square.sqrt();
            }
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fitted_table_tells_what_it_has_seen_and_survives_a_file() {
        let rows = [Row::one(&[1, 2], 0, 2), Row::one(&[1, 3], 1, 2), Row::one(&[1, 2, 4], 0, 2)];
        let table = Fit { rounds: 200, rate: 1.2, bits: 4, exclusive: true, decay: 0.0 }.table(&rows);
        assert!(table.shares(&[1, 2])[0] > 0.8 && table.shares(&[1, 3])[1] > 0.8);
        let mut bytes = Vec::new();
        table.write(&mut bytes);
        let read = Table::read(&mut bytes.as_slice()).expect("what was written");
        assert!((read.shares(&[1, 2])[0] - table.shares(&[1, 2])[0]).abs() < 0.05);
        assert!(Table::read(&mut &bytes[..20]).is_none());
    }
}
