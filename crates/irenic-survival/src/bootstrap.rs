//! The bootstrap by clusters: whole clusters are drawn with replacement, and a replicate is a weight for each subject.
//!
//! The generator is SplitMix64 (Steele, Lea and Flood 2014, OOPSLA), written here because its stream must stay the same for
//! ever: a library may change its generator with a version, and then the same input would give other limits.

use crate::SurvivalError;
use crate::labels::dense;

/// Draws of clusters with replacement, the same for the same seed on every machine.
#[derive(Clone, Debug)]
pub struct ClusterBootstrap {
    of: Vec<usize>,
    clusters: usize,
    seed: u64,
}

impl ClusterBootstrap {
    /// Over the clusters that `labels` gives the subjects; equal labels are one cluster.
    ///
    /// # Errors
    ///
    /// If there are no subjects.
    ///
    /// ```
    /// use irenic_survival::ClusterBootstrap;
    /// let bootstrap = ClusterBootstrap::new(&[7, 7, 3], 1).unwrap();
    /// let weights = bootstrap.weights(0);
    /// assert_eq!(weights[0], weights[1]);
    /// assert_eq!(weights, bootstrap.weights(0));
    /// ```
    pub fn new(labels: &[u64], seed: u64) -> Result<Self, SurvivalError> {
        if labels.is_empty() {
            return Err(SurvivalError::Empty);
        }
        let (of, clusters) = dense(labels);
        Ok(Self { of, clusters, seed })
    }

    /// The number of clusters.
    #[must_use]
    pub const fn clusters(&self) -> usize {
        self.clusters
    }

    /// How often each subject's cluster is drawn in a replicate.
    #[must_use]
    pub fn weights(&self, replicate: u64) -> Vec<f64> {
        let mut draws = vec![0u32; self.clusters];
        let mut state = mix(self.seed ^ mix(replicate.wrapping_add(0x9E37_79B9_7F4A_7C15)));
        for _ in 0..self.clusters {
            state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
            // The high half of a product maps the stream to 0..clusters; the bias is below 2^-50 for real sizes.
            let drawn = ((u128::from(mix(state)) * self.clusters as u128) >> 64) as usize;
            draws[drawn] += 1;
        }
        self.of.iter().map(|&cluster| f64::from(draws[cluster])).collect()
    }
}

const fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// The value below which the share `q` of the values lies, between two by their distance (R's type 7); `None` of nothing.
#[must_use]
pub fn percentile(values: &mut [f64], q: f64) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let last = values.len().checked_sub(1)?;
    let place = q.clamp(0.0, 1.0) * last as f64;
    let low = place.floor() as usize;
    let high = (low + 1).min(last);
    Some(values[low] + (values[high] - values[low]) * (place - low as f64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_replicate_draws_as_many_clusters_as_there_are() {
        let labels: Vec<u64> = (0..90).map(|at| at / 3).collect();
        let bootstrap = ClusterBootstrap::new(&labels, 42).unwrap();
        let mut seen = 0.0;
        for replicate in 0..50 {
            let weights = bootstrap.weights(replicate);
            assert_eq!(weights.iter().sum::<f64>(), 90.0);
            seen += weights[0];
        }
        // Drawn once a replicate on average; 50 draws have a standard deviation of about 7.
        assert!((22.0..78.0).contains(&seen), "{seen}");
        assert!(ClusterBootstrap::new(&[], 1).is_err());
    }

    #[test]
    fn percentiles_are_those_of_r() {
        assert_eq!(percentile(&mut [4.0, 1.0, 3.0, 2.0], 0.5), Some(2.5));
        assert_eq!(percentile(&mut [4.0, 1.0, 3.0, 2.0], 0.1), Some(1.3));
        assert_eq!(percentile(&mut [], 0.1), None);
    }
}
