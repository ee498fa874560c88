//! What a candidate's company tells of it: its rivals at the same cue, and who else in the sentence says something.
//!
//! The first model weighs each candidate by itself. Boosted trees weigh its answer again beside its answers for the
//! others, since of a cue's candidates one at most is right, and what stands in another's words is said less often.

use super::candidates::Candidate;
use super::view::{Run, View};

/// Candidates less likely than this by themselves are not weighed again.
pub(super) const ALONE_MIN: f32 = 0.06;

/// A cue whose best candidate is less likely is no company.
const COMPANY_MIN: f32 = 0.12;

/// So many cues on each side are company.
const CUES_A_SIDE: usize = 6;

/// What the models of cues and of extents answer for a candidate.
#[derive(Clone, Copy, Debug)]
pub(super) struct Beside {
    /// How likely its cue marks anything.
    pub(super) cue: f32,
    /// How likely it is the right one of its cue's candidates, if one is.
    pub(super) extent: f32,
}

/// What stays of a candidate when it has been weighed by itself.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    cue: usize,
    sentence: usize,
    content: Vec<Run>,
    own: [f32; 9],
}

impl Seen {
    pub(super) fn new(view: &View<'_>, candidate: &Candidate) -> Self {
        let content = candidate.content.clone();
        let length: usize = content.iter().map(ExactSizeIterator::len).sum();
        let quoted = content.iter().flat_map(Clone::clone).filter(|&at| view.quote_of(at).is_some()).count();
        let sentence = view.sentence(candidate.cue);
        let first = content.first().map_or(candidate.cue, |run| run.start);
        let last = content.last().map_or(candidate.cue, |run| run.end);
        let gap =
            if first > candidate.cue { first - candidate.cue } else { candidate.cue.saturating_sub(last) };
        let own = [
            candidate.kind.index() as f32,
            length as f32,
            quoted as f32 / length.max(1) as f32,
            gap as f32,
            sentence.len() as f32,
            view.upos(candidate.cue).index() as f32,
            sentence.end.saturating_sub(last) as f32,
            f32::from(u8::from(view.quote_of(candidate.cue).is_some())),
            f32::from(view.surety(candidate.cue) as u8),
        ];
        Self { cue: candidate.cue, sentence: view.sentence_of(candidate.cue), content, own }
    }

    pub(super) const fn cue(&self) -> usize {
        self.cue
    }

    fn holds(&self, at: usize) -> bool {
        self.content.iter().any(|run| run.contains(&at))
    }
}

/// What the models of cues and of extents answer, from chances of cues and scores of extents, in the order of the cues.
pub(super) fn beside(seen: &[Seen], cues: &[f32], extents: &[f32]) -> Vec<Beside> {
    let mut all = Vec::with_capacity(seen.len());
    for group in seen.chunk_by(|a, b| a.cue == b.cue) {
        let own = all.len()..all.len() + group.len();
        let largest = extents[own.clone()].iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let mass = |at: usize| (extents[at] - largest).exp();
        let sum: f32 = own.clone().map(mass).sum();
        all.extend(own.map(|at| Beside { cue: cues[at], extent: mass(at) / sum }));
    }
    all
}

/// The share of words that two contents have in common.
fn share(a: &[Run], b: &[Run]) -> f32 {
    let length = |runs: &[Run]| runs.iter().map(ExactSizeIterator::len).sum::<usize>();
    let shared: usize =
        a.iter().flat_map(|x| b.iter().map(|y| x.end.min(y.end).saturating_sub(x.start.max(y.start)))).sum();
    shared as f32 / (length(a) + length(b) - shared).max(1) as f32
}

/// The measures of each candidate, in the order of their cues, from what the first models answered; `None` for the
/// unlikely.
pub(super) fn measures(seen: &[Seen], chances: &[f32], beside: &[Beside]) -> Vec<Option<Vec<f32>>> {
    let groups: Vec<&[Seen]> = seen.chunk_by(|a, b| a.cue == b.cue).collect();
    let mut starts = Vec::with_capacity(groups.len());
    let mut next = 0;
    for group in &groups {
        starts.push(next);
        next += group.len();
    }
    // The best of each cue, where it is likely enough to be company.
    let best = |start: usize, group: &[Seen]| {
        (start..start + group.len()).max_by(|&a, &b| chances[a].total_cmp(&chances[b]))
    };
    let company: Vec<usize> = groups
        .iter()
        .zip(&starts)
        .filter_map(|(group, &start)| best(start, group))
        .filter(|&at| chances[at] >= COMPANY_MIN)
        .collect();
    let mut measures = Vec::with_capacity(seen.len());
    for (group, &start) in groups.iter().zip(&starts) {
        let sum: f32 = chances[start..start + group.len()].iter().sum();
        for at in start..start + group.len() {
            measures.push(
                (chances[at] >= ALONE_MIN)
                    .then(|| of_one(seen, chances, beside, &company, start..start + group.len(), at, sum)),
            );
        }
    }
    measures
}

fn of_one(
    seen: &[Seen],
    chances: &[f32],
    beside: &[Beside],
    company: &[usize],
    group: Run,
    at: usize,
    sum: f32,
) -> Vec<f32> {
    let logit = |chance: f32| (chance.max(1e-4) / (1.0 - chance).max(1e-4)).ln();
    let chance = chances[at];
    let rivals = Rivals::of(seen, chances, &group, at);
    let near = Neighbours::of(seen, chances, company, at);
    let mut row = vec![
        logit(chance),
        logit(rivals.best),
        logit(rivals.wider),
        logit(chance) - logit(rivals.best),
        sum,
        rivals.likelier as f32,
        group.len() as f32,
        near.same,
        chance - near.same,
        near.most_shared,
        near.over,
        near.under,
        near.here,
        near.around,
        near.before,
        near.after,
    ];
    row.extend(seen[at].own);
    let Beside { cue, extent } = beside[at];
    let best = group.map(|other| beside[other].extent).fold(0.0, f32::max);
    row.extend([logit(cue), logit(extent), logit(cue * extent), extent / best.max(1e-6)]);
    row
}

/// The other candidates of the same cue.
struct Rivals {
    best: f32,
    /// The best of those with more words.
    wider: f32,
    /// How many are likelier.
    likelier: usize,
}

impl Rivals {
    fn of(seen: &[Seen], chances: &[f32], group: &Run, at: usize) -> Self {
        let others = || group.clone().filter(|&other| other != at);
        let best = |rivals: &mut dyn Iterator<Item = usize>| rivals.map(|it| chances[it]).fold(0.0, f32::max);
        Self {
            best: best(&mut others()),
            wider: best(&mut others().filter(|&other| seen[other].own[1] > seen[at].own[1])),
            likelier: group.clone().filter(|&other| chances[other] > chances[at]).count(),
        }
    }
}

/// What the cues around say.
#[derive(Default)]
struct Neighbours {
    /// The likeliest with half of the same words, and the largest share of words in common.
    same: f32,
    most_shared: f32,
    /// The likeliest whose words hold this cue, and the likeliest whose cue these words hold.
    over: f32,
    under: f32,
    /// Sums over the sentence, and over those around it.
    here: f32,
    around: f32,
    /// The likeliest of the sentence on each side.
    before: f32,
    after: f32,
}

impl Neighbours {
    fn of(seen: &[Seen], chances: &[f32], company: &[usize], at: usize) -> Self {
        let own = &seen[at];
        let near = company.partition_point(|&other| seen[other].cue < own.cue);
        let window = near.saturating_sub(CUES_A_SIDE)..(near + CUES_A_SIDE + 1).min(company.len());
        let mut all = Self::default();
        for &other in company[window].iter().filter(|&&other| seen[other].cue != own.cue) {
            all.add(own, &seen[other], chances[other]);
        }
        all
    }

    fn add(&mut self, own: &Seen, one: &Seen, chance: f32) {
        let raise = |most: &mut f32, holds: bool| {
            if holds {
                *most = most.max(chance);
            }
        };
        let shared = share(&one.content, &own.content);
        let here = one.sentence == own.sentence;
        self.most_shared = self.most_shared.max(shared);
        raise(&mut self.same, shared >= 0.5);
        raise(&mut self.over, one.holds(own.cue));
        raise(&mut self.under, own.holds(one.cue));
        raise(&mut self.before, here && one.cue < own.cue);
        raise(&mut self.after, here && one.cue > own.cue);
        if here {
            self.here += chance;
        }
        if one.sentence.abs_diff(own.sentence) <= 2 {
            self.around += chance;
        }
    }
}
