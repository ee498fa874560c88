//! Labels of any size to numbers from 0 without gaps, so that no label can ask for memory.

/// Each subject's number, in the order of the labels, and how many there are.
pub(crate) fn dense<T: Copy + Ord>(labels: &[T]) -> (Vec<usize>, usize) {
    let mut distinct = labels.to_vec();
    distinct.sort_unstable();
    distinct.dedup();
    let of = labels.iter().map(|label| distinct.partition_point(|other| other < label)).collect();
    (of, distinct.len())
}

#[cfg(test)]
mod tests {
    #[test]
    fn gaps_are_closed() {
        assert_eq!(super::dense(&[9u64, u64::MAX, 9, 0]), (vec![1, 2, 1, 0], 3));
    }
}
