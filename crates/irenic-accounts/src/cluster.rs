//! Greedy clusters inside buckets.

use std::collections::BTreeMap;

/// How many members of a cluster, and how many clusters of a bucket, a new item is held against: what keeps the work
/// linear where one bucket is crowded.
const LOOKS: usize = 48;

/// Puts items into clusters: an item joins the first cluster in one of its buckets whose members it fits, all of them;
/// else it opens one. Items are taken in the order given, and the newest clusters are tried first.
pub(crate) fn clusters<K: Ord>(
    count: usize,
    buckets: impl Fn(usize) -> Vec<K>,
    fits: impl Fn(usize, usize) -> bool,
) -> Vec<Vec<usize>> {
    let mut clusters: Vec<Vec<usize>> = Vec::new();
    let mut by_bucket: BTreeMap<K, Vec<usize>> = BTreeMap::new();
    for item in 0..count {
        let keys = buckets(item);
        let home = keys.iter().find_map(|key| {
            let candidates = by_bucket.get(key)?.iter().rev().take(LOOKS);
            candidates.copied().find(|&cluster| {
                let members = &clusters[cluster];
                members.iter().rev().take(LOOKS).all(|&member| fits(member, item))
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
    use super::clusters;

    #[test]
    fn items_join_only_what_they_fit() {
        let values = [1, 2, 10, 11, 3];
        let found = clusters(values.len(), |_| vec![0], |a, b| i32::abs(values[a] - values[b]) <= 2);
        assert_eq!(found, [vec![0, 1, 4], vec![2, 3]]);
    }
}
