//! From scores of arcs to a tree with one root.

/// The heads of `n` words, zero for the root: each word's best head where these make a tree, else the tree that
/// greedy repair makes of them.
///
/// `scores` has a row a word and a column a head, the root first. Repair first settles on one root, the word that
/// loses least by it; then each cycle gives up the arc whose replacement by one from the tree costs least. It visits
/// each pair of words at most once a cycle, as Chu and Liu's and Edmonds' does, without their contraction.
pub(super) fn heads(scores: &[f32], n: usize) -> Vec<usize> {
    let score = |word: usize, head: usize| scores[(word - 1) * (n + 1) + head];
    let best_of = |word: usize| {
        (1..=n).filter(|&head| head != word).max_by(|&a, &b| by_score(score(word, a), score(word, b), a, b))
    };
    let mut heads: Vec<usize> = (1..=n).map(|word| best_of(word).unwrap_or(0)).collect();
    let gain = |word: usize| if n == 1 { 0.0 } else { score(word, 0) - score(word, heads[word - 1]) };
    let root = (1..=n).max_by(|&a, &b| by_score(gain(a), gain(b), a, b)).unwrap_or(1);
    heads[root - 1] = 0;
    connect(&mut heads, score);
    heads
}

/// Orders by score, the earlier word first among equals.
fn by_score(a: f32, b: f32, first: usize, second: usize) -> std::cmp::Ordering {
    a.total_cmp(&b).then(second.cmp(&first))
}

/// Breaks all cycles.
fn connect(heads: &mut [usize], score: impl Fn(usize, usize) -> f32) {
    let n = heads.len();
    loop {
        let connected = connected(heads);
        let Some(start) = (1..=n).find(|&word| !connected[word]) else { return };
        let cycle = cycle_from(heads, start);
        let mut best = (f32::NEG_INFINITY, 0, 0);
        for &word in &cycle {
            for head in (1..=n).filter(|&head| connected[head]) {
                let gain = score(word, head) - score(word, heads[word - 1]);
                if gain > best.0 || best.1 == 0 {
                    best = (gain, word, head);
                }
            }
        }
        heads[best.1 - 1] = best.2;
    }
}

/// Which words reach the root. Index zero is the root itself.
fn connected(heads: &[usize]) -> Vec<bool> {
    let n = heads.len();
    let mut known: Vec<Option<bool>> = vec![None; n + 1];
    known[0] = Some(true);
    for start in 1..=n {
        let mut path = Vec::new();
        let mut at = start;
        let reached = loop {
            match known[at] {
                Some(reached) => break reached,
                // Marked while on the path, so that coming back to it is seen as a cycle.
                None => known[at] = Some(false),
            }
            path.push(at);
            at = heads[at - 1];
        };
        path.into_iter().for_each(|word| known[word] = Some(reached));
    }
    known.into_iter().map(|reached| reached == Some(true)).collect()
}

/// The cycle that following heads from `start` runs into.
fn cycle_from(heads: &[usize], start: usize) -> Vec<usize> {
    let mut at = start;
    for _ in 0..heads.len() {
        at = heads[at - 1];
    }
    let first = at;
    let mut cycle = vec![first];
    at = heads[first - 1];
    while at != first {
        cycle.push(at);
        at = heads[at - 1];
    }
    cycle
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_tree(heads: &[usize]) -> bool {
        connected(heads).iter().all(|&reached| reached)
            && heads.iter().filter(|&&head| head == 0).count() == 1
    }

    #[test]
    fn any_scores_give_a_tree() {
        let mut seed = 7u32;
        for n in 1..40 {
            let mut scores = vec![0.0; n * (n + 1)];
            for score in &mut scores {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                *score = (seed >> 16) as f32 / 1_000.0;
            }
            for word in 0..n {
                scores[word * (n + 1) + word + 1] = f32::NEG_INFINITY;
            }
            assert!(is_tree(&heads(&scores, n)), "{n} words");
            scores.fill(0.0);
            assert!(is_tree(&heads(&scores, n)), "{n} words, all equal");
        }
    }

    #[test]
    fn the_best_heads_are_kept_where_they_make_a_tree() {
        // Two words: the second is the root, the first hangs from it.
        assert_eq!(heads(&[0.0, f32::NEG_INFINITY, 5.0, 3.0, 1.0, f32::NEG_INFINITY], 2), [2, 0]);
    }
}
