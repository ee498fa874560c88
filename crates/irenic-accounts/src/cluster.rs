//! Greedy clusters inside buckets.

use std::collections::BTreeMap;

/// How many members of a cluster, and how many clusters of a bucket, a new item is held against: what keeps the work
/// linear where one bucket is crowded.
const LOOKS: usize = 48;

/// How an item stands to a member of a cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fit {
    /// Both are about one thing.
    Same,
    /// They may be: it is for the other members to say.
    Open,
    /// They are about different things.
    Apart,
}

impl From<bool> for Fit {
    fn from(same: bool) -> Self {
        if same { Self::Same } else { Self::Apart }
    }
}

/// Puts items into clusters: an item joins the first cluster in one of its buckets with a member it is the same as and
/// none that it is apart from; else it opens one. Items are taken in the order given, and the newest clusters are tried first.
pub(crate) fn clusters<K: Ord, F: Into<Fit>>(
    count: usize,
    buckets: impl Fn(usize) -> Vec<K>,
    fits: impl Fn(usize, usize) -> F,
) -> Vec<Vec<usize>> {
    let mut clusters: Vec<Vec<usize>> = Vec::new();
    let mut by_bucket: BTreeMap<K, Vec<usize>> = BTreeMap::new();
    for item in 0..count {
        let keys = buckets(item);
        let home = keys.iter().find_map(|key| {
            let candidates = by_bucket.get(key)?.iter().rev().take(LOOKS);
            candidates.copied().find(|&cluster| {
                let members = &clusters[cluster];
                let mut fit = Fit::Open;
                for &member in members.iter().rev().take(LOOKS) {
                    match fits(member, item).into() {
                        Fit::Apart => return false,
                        Fit::Same => fit = Fit::Same,
                        Fit::Open => {}
                    }
                }
                fit == Fit::Same
            })
        });
        let home = home.unwrap_or_else(|| {
            clusters.push(Vec::new());
            clusters.len() - 1
        });
        clusters[home].push(item);
        for key in keys {
            let known = by_bucket.entry(key).or_default();
            if known.last() != Some(&home) {
                known.push(home);
            }
        }
    }
    clusters
}

#[cfg(test)]
mod tests {
    use super::{Fit, clusters};

    #[test]
    fn items_join_only_what_they_fit() {
        let values = [1, 2, 10, 11, 3];
        let found = clusters(values.len(), |_| vec![0], |a, b| i32::abs(values[a] - values[b]) <= 2);
        assert_eq!(found, [vec![0, 1, 4], vec![2, 3]]);
    }

    #[test]
    fn an_open_question_is_settled_by_the_others() {
        let fit = |a: i32, b: i32| match (a - b).abs() {
            0..=2 => Fit::Same,
            3..=4 => Fit::Open,
            _ => Fit::Apart,
        };
        let values = [1, 3, 5, 9, 4];
        let found = clusters(values.len(), |_| vec![0], |a, b| fit(values[a], values[b]));
        assert_eq!(found, [vec![0, 1, 2, 4], vec![3]]);
    }
}
