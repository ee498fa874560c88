//! Labels of tokens, the best sequence of them, and the spans that a sequence marks.

use irenic_model::MentionKind;

use super::Labelled;

/// The kinds that the labeller tells apart.
pub(super) const KINDS: [MentionKind; 5] = [
    MentionKind::Person,
    MentionKind::Organisation,
    MentionKind::Location,
    MentionKind::Nationality,
    MentionKind::Weapon,
];

/// Outside, then for each kind: begins, goes on.
pub(super) const LABELS: usize = 1 + 2 * KINDS.len();

pub(super) const OUTSIDE: u8 = 0;

/// The label of a span's first token, or of its others.
pub(super) fn label_of(kind: MentionKind, first: bool) -> Option<u8> {
    let at = KINDS.iter().position(|&known| known == kind)?;
    Some(1 + 2 * at as u8 + u8::from(!first))
}

/// Whether `next` may follow `previous`: a span goes on only after its own kind.
const fn may_follow(previous: u8, next: u8) -> bool {
    let goes_on = next != OUTSIDE && next.is_multiple_of(2);
    !goes_on || previous == next || previous + 1 == next
}

/// The sequence of labels with the highest sum of scores and transitions (Viterbi's algorithm).
pub(super) fn best_labels(scores: &[[i32; LABELS]], transitions: &[[i32; LABELS]; LABELS]) -> Vec<u8> {
    const NEVER: i32 = i32::MIN / 4;
    let Some((first, rest)) = scores.split_first() else { return Vec::new() };
    let mut best = *first;
    for (label, score) in best.iter_mut().enumerate() {
        if !may_follow(OUTSIDE, label as u8) {
            *score = NEVER;
        }
    }
    let mut back: Vec<[u8; LABELS]> = Vec::with_capacity(rest.len());
    for here in rest {
        let mut next = [NEVER; LABELS];
        let mut from = [OUTSIDE; LABELS];
        for label in 0..LABELS {
            for previous in (0..LABELS).filter(|&previous| may_follow(previous as u8, label as u8)) {
                let score = best[previous].saturating_add(transitions[previous][label]);
                if score > next[label] {
                    (next[label], from[label]) = (score, previous as u8);
                }
            }
            next[label] = next[label].saturating_add(here[label]).max(NEVER);
        }
        best = next;
        back.push(from);
    }
    // The first of equals, so that the outcome does not depend on the search.
    let mut label = (0..LABELS).rev().max_by_key(|&label| best[label]).unwrap_or(0) as u8;
    let mut labels = vec![label; scores.len()];
    for (at, from) in back.iter().enumerate().rev() {
        label = from[usize::from(label)];
        labels[at] = label;
    }
    labels
}

/// The spans that a sequence marks; `first` is the first token's index.
pub(super) fn spans_of(labels: &[u8], first: usize) -> Vec<Labelled> {
    let mut spans: Vec<Labelled> = Vec::new();
    for (at, &label) in labels.iter().enumerate().filter(|(_, label)| **label != OUTSIDE) {
        let kind = KINDS[usize::from(label - 1) / 2];
        match spans.last_mut() {
            Some(last) if label.is_multiple_of(2) && last.end == first + at => last.end += 1,
            _ => spans.push(Labelled { start: first + at, end: first + at + 1, kind }),
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_from_labels() {
        let begin = label_of(MentionKind::Location, true).unwrap();
        let on = label_of(MentionKind::Location, false).unwrap();
        let spans = spans_of(&[OUTSIDE, begin, on, begin, OUTSIDE], 10);
        let ends: Vec<_> = spans.iter().map(|span| (span.start, span.end)).collect();
        assert_eq!(ends, [(11, 13), (13, 14)]);
        assert!(label_of(MentionKind::Other, true).is_none());
    }

    #[test]
    fn a_span_never_begins_in_its_middle() {
        let on = usize::from(label_of(MentionKind::Person, false).unwrap());
        let mut scores = [[0; LABELS]; 2];
        scores[0][on] = 100;
        scores[1][on] = 100;
        let labels = best_labels(&scores, &[[0; LABELS]; LABELS]);
        assert_eq!(labels[0], label_of(MentionKind::Person, true).unwrap());
        assert_eq!(usize::from(labels[1]), on);
    }

    #[test]
    fn nothing_from_nothing() {
        assert!(best_labels(&[], &[[0; LABELS]; LABELS]).is_empty());
    }
}
