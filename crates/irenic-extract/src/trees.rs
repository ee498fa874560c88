//! Boosted decision trees over a few measures, and how they are fitted.
//!
//! Where the linear classifiers weigh words, these weigh what the classifiers answer: chances, ranks, distances and
//! counts, whose meaning depends on each other (Friedman 2002, "Stochastic Gradient Boosting"). Each tree sees a half of
//! the rows and a share of the measures, so that no one of them decides alone.

/// How many splits lie between the root of a tree and its leaves.
const DEPTH: usize = 4;
const SPLITS: usize = (1 << DEPTH) - 1;
const LEAVES: usize = 1 << DEPTH;
/// Into how many bins the values of a measure are sorted to look for splits.
const BINS: usize = 32;

/// A sum of decision trees whose logistic is a chance.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Forest {
    base: f32,
    trees: Vec<Tree>,
}

/// A complete binary tree: the children of split `n` are `2n + 1` and `2n + 2`.
#[derive(Clone, Debug, PartialEq)]
struct Tree {
    /// The measure, and the value from which on a row goes to the second child.
    splits: [(u8, f32); SPLITS],
    leaves: [f32; LEAVES],
}

impl Tree {
    fn leaf(&self, row: &[f32]) -> usize {
        let mut node = 0;
        while node < SPLITS {
            let (measure, from) = self.splits[node];
            // A measure that the row lacks counts as nought.
            let value = row.get(usize::from(measure)).copied().unwrap_or(0.0);
            node = 2 * node + if value < from { 1 } else { 2 };
        }
        node - SPLITS
    }
}

impl Forest {
    /// The chance that a row's answer is yes.
    pub(super) fn chance(&self, row: &[f32]) -> f32 {
        let sum: f32 = self.trees.iter().map(|tree| tree.leaves[tree.leaf(row)]).sum();
        logistic(self.base + sum)
    }

    pub(super) fn write(&self, out: &mut Vec<u8>) {
        out.extend((self.trees.len() as u32).to_le_bytes());
        out.extend(self.base.to_le_bytes());
        for tree in &self.trees {
            for (measure, from) in tree.splits {
                out.push(measure);
                out.extend(from.to_le_bytes());
            }
            tree.leaves.iter().for_each(|leaf| out.extend(leaf.to_le_bytes()));
        }
    }

    pub(super) fn read(bytes: &mut &[u8]) -> Option<Self> {
        let count = u32::from_le_bytes(take(bytes)?);
        let base = f32::from_le_bytes(take(bytes)?);
        let trees = (0..count).map(|_| {
            let mut tree = Tree { splits: [(0, 0.0); SPLITS], leaves: [0.0; LEAVES] };
            for split in &mut tree.splits {
                *split = (u8::from_le_bytes(take(bytes)?), f32::from_le_bytes(take(bytes)?));
            }
            for leaf in &mut tree.leaves {
                *leaf = f32::from_le_bytes(take(bytes)?);
            }
            Some(tree)
        });
        Some(Self { trees: trees.collect::<Option<_>>()?, base })
    }
}

fn take<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (first, rest) = bytes.split_first_chunk::<N>()?;
    *bytes = rest;
    Some(*first)
}

fn logistic(score: f32) -> f32 {
    1.0 / (1.0 + (-score).exp())
}

/// How forests are fitted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Grow {
    pub(super) trees: usize,
    /// How much of each tree's answer is kept.
    pub(super) rate: f32,
    /// The share of the measures that each tree may split by.
    pub(super) open: f32,
    /// The least weight of rows (their number times the variance of their answers) in a leaf.
    pub(super) least: f64,
    /// How strongly leaves are drawn towards nought.
    pub(super) shrink: f64,
}

/// What the rows in one bin of one measure ask for.
#[derive(Clone, Copy, Default)]
struct Sum {
    slope: f64,
    weight: f64,
}

impl Sum {
    fn add(&mut self, other: Sum) {
        self.slope += other.slope;
        self.weight += other.weight;
    }

    fn minus(self, other: Sum) -> Sum {
        Sum { slope: self.slope - other.slope, weight: self.weight - other.weight }
    }

    fn gain(self, shrink: f64) -> f64 {
        self.slope * self.slope / (self.weight + shrink)
    }
}

impl Grow {
    /// Fits a forest to rows of measures, as many in each, and the credit (0 to 1) that each row earns.
    pub(super) fn forest(&self, rows: &[(Vec<f32>, f32)]) -> Forest {
        let measures = rows.first().map_or(0, |(row, _)| row.len());
        let bounds: Vec<Vec<f32>> = (0..measures).map(|measure| bounds(rows, measure)).collect();
        let binned: Vec<Vec<u8>> = rows
            .iter()
            .map(|(row, _)| row.iter().zip(&bounds).map(|(value, bounds)| bin(bounds, *value)).collect())
            .collect();
        let mean = rows.iter().map(|(_, credit)| credit).sum::<f32>() / (rows.len() as f32).max(1.0);
        let mean = mean.clamp(0.001, 0.999);
        let mut forest = Forest { base: (mean / (1.0 - mean)).ln(), trees: Vec::new() };
        let mut scores = vec![forest.base; rows.len()];
        let mut random = Random(0x2545_f491_4f6c_dd1d);
        for _ in 0..self.trees {
            let asked: Vec<(usize, Sum)> = (0..rows.len())
                .filter(|_| random.share(0.5))
                .map(|at| {
                    let chance = f64::from(logistic(scores[at]));
                    let slope = f64::from(rows[at].1) - chance;
                    (at, Sum { slope, weight: chance * (1.0 - chance) })
                })
                .collect();
            let open: Vec<usize> = (0..bounds.len()).filter(|_| random.share(self.open)).collect();
            let tree = self.tree(&binned, &bounds, &asked, &open);
            for (score, (row, _)) in scores.iter_mut().zip(rows) {
                *score += tree.leaves[tree.leaf(row)];
            }
            forest.trees.push(tree);
        }
        forest
    }

    /// One tree, from what some of the rows ask for, by the open measures.
    fn tree(&self, binned: &[Vec<u8>], bounds: &[Vec<f32>], asked: &[(usize, Sum)], open: &[usize]) -> Tree {
        let mut tree = Tree { splits: [(0, f32::INFINITY); SPLITS], leaves: [0.0; LEAVES] };
        let mut node_of = vec![0usize; asked.len()];
        for level in 0..DEPTH {
            let first = (1 << level) - 1;
            let mut sums = vec![[Sum::default(); BINS]; open.len() << level];
            for ((row, asked), &node) in asked.iter().zip(&node_of) {
                let own = &mut sums[(node - first) * open.len()..][..open.len()];
                for (sums, &measure) in own.iter_mut().zip(open) {
                    sums[usize::from(binned[*row][measure])].add(*asked);
                }
            }
            let mut chosen = vec![(0usize, BINS); 1 << level];
            for (node, chosen) in chosen.iter_mut().enumerate() {
                if let Some((which, bin)) = self.split(&sums[node * open.len()..][..open.len()]) {
                    let measure = open[which];
                    *chosen = (measure, bin);
                    tree.splits[first + node] = (measure as u8, bounds[measure][bin - 1]);
                }
            }
            for (node, (row, _)) in node_of.iter_mut().zip(asked) {
                let (measure, from) = chosen[*node - first];
                *node = 2 * *node + if usize::from(binned[*row][measure]) < from { 1 } else { 2 };
            }
        }
        let mut sums = [Sum::default(); LEAVES];
        node_of.iter().zip(asked).for_each(|(&node, (_, asked))| sums[node - SPLITS].add(*asked));
        for (leaf, sum) in tree.leaves.iter_mut().zip(sums) {
            *leaf = self.rate * (sum.slope / (sum.weight + self.shrink)) as f32;
        }
        tree
    }

    /// Which of some measures to split by, and the bin from which on rows go to the second child, where that gains
    /// anything.
    fn split(&self, sums: &[[Sum; BINS]]) -> Option<(usize, usize)> {
        let mut best = (1e-6, None);
        for (measure, sums) in sums.iter().enumerate() {
            let mut all = Sum::default();
            sums.iter().for_each(|sum| all.add(*sum));
            let mut left = Sum::default();
            for bin in 1..BINS {
                left.add(sums[bin - 1]);
                let right = all.minus(left);
                if left.weight < self.least || right.weight < self.least {
                    continue;
                }
                let gain = left.gain(self.shrink) + right.gain(self.shrink) - all.gain(self.shrink);
                if gain > best.0 {
                    best = (gain, Some((measure, bin)));
                }
            }
        }
        best.1
    }
}

/// Marsaglia's xorshift: the same numbers every time.
struct Random(u64);

impl Random {
    /// Yes in so large a share of the cases.
    fn share(&mut self, share: f32) -> bool {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        // The upper bits, as many as a float holds.
        (self.0 >> 40) as f32 >= (1.0 - share) * (1 << 24) as f32
    }
}

/// The values that divide those of a measure into bins of about as many rows.
fn bounds(rows: &[(Vec<f32>, f32)], measure: usize) -> Vec<f32> {
    let mut values: Vec<f32> = rows.iter().map(|(row, _)| row[measure]).collect();
    values.sort_by(f32::total_cmp);
    let mut bounds: Vec<f32> = (1..BINS - 1).map(|bin| values[bin * (values.len() - 1) / BINS]).collect();
    // The greatest value too, so that a measure that is nearly always nought can be split.
    bounds.extend(values.last());
    bounds.dedup();
    bounds
}

fn bin(bounds: &[f32], value: f32) -> u8 {
    bounds.partition_point(|&bound| bound <= value) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    const GROW: Grow = Grow { trees: 60, rate: 0.3, open: 0.5, least: 0.5, shrink: 1.0 };

    #[test]
    fn a_forest_tells_what_no_line_divides_and_survives_a_file() {
        let row = |at: usize| {
            let (one, other) = ((at % 2) as f32, (at / 2 % 2) as f32);
            (vec![one, other], if one == other { 0.0 } else { 1.0 })
        };
        // One more of one kind, since greedy splits find nothing where all four are as many.
        let rows: Vec<_> = (0..81).map(row).collect();
        let forest = GROW.forest(&rows);
        for (row, credit) in &rows[..4] {
            assert!((forest.chance(row) - credit).abs() < 0.2, "{row:?}: {}", forest.chance(row));
        }
        let mut bytes = Vec::new();
        forest.write(&mut bytes);
        assert_eq!(Forest::read(&mut bytes.as_slice()), Some(forest));
        assert_eq!(Forest::read(&mut &bytes[..20]), None);
    }

    #[test]
    fn no_rows_give_a_forest_that_knows_nothing() {
        assert!(GROW.forest(&[]).chance(&[]) <= 0.5);
    }
}
