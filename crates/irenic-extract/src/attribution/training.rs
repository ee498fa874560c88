//! Training of the model from annotated texts. What it keeps are weights of features without words.

use irenic_language::Analysis;
use irenic_model::{Mention, Span};

use super::candidates::{Candidate, candidates};
use super::company::{Beside, Seen, beside, measures};
use super::features::{DIMENSIONS, features, mention_kinds, of_cue};
use super::model::{Company, Model, Weights};
use super::ranking;
use super::source::{Found, source_of};
use super::view::View;
use crate::trees::Grow;

/// For the trees that weigh candidates beside others, the texts are split into so many parts.
const PARTS: usize = 4;

/// An attribution as a person marked it.
#[derive(Clone, Debug, Default)]
pub struct Gold {
    /// The words that mark the saying.
    pub cue: Vec<Span>,
    /// What is said.
    pub content: Vec<Span>,
    /// Who says it; nothing where nobody is named.
    pub source: Vec<Span>,
}

/// A text as the trainer needs it: the features of its candidates, and which of them are right.
#[derive(Clone, Debug, Default)]
pub struct Example {
    rows: Vec<(Vec<u32>, bool)>,
    /// What stays of each candidate when it has been weighed by itself.
    seen: Vec<Seen>,
    /// The features of each cue, in the order of the candidates, and whether it marks something.
    cues: Vec<(Vec<u32>, bool)>,
    /// How many attributions are marked in the text, and how many of them a candidate tells.
    reach: (usize, usize),
    /// For each attribution that a candidate tells: who may say it, and who does.
    sources: Vec<Vec<(Vec<u32>, bool)>>,
}

impl Example {
    /// Reads a text and what people marked in it.
    #[must_use]
    pub fn new(text: &str, analysis: &Analysis, mentions: &[Mention], gold: &[Gold]) -> Self {
        let view = View::new(text, analysis);
        let kinds = mention_kinds(&view, mentions);
        let gold: Vec<(Vec<usize>, &Gold)> =
            gold.iter().map(|said| (words(&view, &said.content), said)).collect();
        let (mut rows, mut seen, mut cues) = (Vec::new(), Vec::<Seen>::new(), Vec::new());
        let mut best: Vec<Option<(f32, Candidate, Found)>> = vec![None; gold.len()];
        for candidate in candidates(&view) {
            let mut row = Vec::new();
            let named = source_of(&view, &candidate);
            features(&view, &kinds, &candidate, &named, &mut row);
            let told = told(&view, &candidate, &gold);
            rows.push((row, told.is_some()));
            if seen.last().is_none_or(|last| last.cue() != candidate.cue) {
                let mut row = Vec::new();
                of_cue(&view, &kinds, candidate.cue, &named, &mut row);
                let span = view.token(candidate.cue).span;
                let marks = gold.iter().any(|(_, said)| said.cue.iter().any(|cue| cue.overlaps(span)));
                cues.push((row, marks));
            }
            seen.push(Seen::new(&view, &candidate));
            if let Some((number, share)) = told
                && best[number].as_ref().is_none_or(|known| known.0 < share)
            {
                best[number] = Some((share, candidate, named));
            }
        }
        let told = best.iter().zip(&gold).filter_map(|(best, (_, said))| Some((best.as_ref()?, *said)));
        let sources = told
            .filter_map(|((_, candidate, named), said)| {
                options(&view, &kinds, candidate, named, &said.source)
            })
            .collect();
        let reach = (gold.len(), best.iter().flatten().count());
        Self { rows, seen, cues, reach, sources }
    }

    /// How many attributions are marked in the text, and how many of them a candidate tells: more cannot be found.
    #[must_use]
    pub const fn reach(&self) -> (usize, usize) {
        self.reach
    }

    /// The candidates of each cue.
    fn groups(&self) -> impl Iterator<Item = &[(Vec<u32>, bool)]> {
        let mut next = 0;
        self.seen.chunk_by(|a, b| a.cue() == b.cue()).map(move |group| {
            next += group.len();
            &self.rows[next - group.len()..next]
        })
    }

    /// What models of cues and of extents answer for each candidate.
    fn beside(&self, cues: &Weights, extents: &Weights) -> Vec<Beside> {
        let groups = self.groups().zip(&self.cues);
        let chances: Vec<f32> =
            groups.flat_map(|(group, (row, _))| vec![cues.chance(row); group.len()]).collect();
        let scores: Vec<f32> = self.rows.iter().map(|(row, _)| extents.score(row)).collect();
        beside(&self.seen, &chances, &scores)
    }
}

/// Who may say what a candidate tells, and who does; `None` where the sentence does not name the one who does.
fn options(
    view: &View<'_>,
    kinds: &[u8],
    candidate: &Candidate,
    named: &Found,
    source: &[Span],
) -> Option<Vec<(Vec<u32>, bool)>> {
    let words = words(view, source);
    let options = ranking::options(view, candidate, named);
    let is_in = |at: usize| words.binary_search(&at).is_ok();
    let by_head = |option: &Found| option.head.map_or(words.is_empty(), is_in);
    let by_words = |option: &Found| option.runs.iter().flat_map(Clone::clone).any(is_in);
    let any_head = options.iter().any(by_head);
    let rows: Vec<(Vec<u32>, bool)> = options
        .iter()
        .map(|option| {
            let mut row = Vec::new();
            ranking::features(view, kinds, candidate, option, &options, &mut row);
            (row, if any_head { by_head(option) } else { by_words(option) })
        })
        .collect();
    rows.iter().any(|(_, right)| *right).then_some(rows)
}

fn words(view: &View<'_>, spans: &[Span]) -> Vec<usize> {
    let mut words: Vec<usize> = spans
        .iter()
        .flat_map(|&span| view.analysis.tokens_in(span))
        .filter(|&at| !view.is_punctuation(at))
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// The attribution with this cue that a candidate shares half of its words with, and how great the share is.
fn told(view: &View<'_>, candidate: &Candidate, gold: &[(Vec<usize>, &Gold)]) -> Option<(usize, f32)> {
    let own: Vec<usize> =
        candidate.content.iter().flat_map(Clone::clone).filter(|&at| !view.is_punctuation(at)).collect();
    let cue = view.token(candidate.cue).span;
    let shares = gold.iter().enumerate().filter_map(|(number, (words, said))| {
        let marked = said.cue.is_empty() || said.cue.iter().any(|span| span.overlaps(cue));
        let shared = own.iter().filter(|at| words.binary_search(at).is_ok()).count();
        let all = own.len() + words.len() - shared;
        (marked && shared > 0 && 2 * shared >= all).then(|| (number, shared as f32 / all as f32))
    });
    shares.max_by(|a, b| a.1.total_cmp(&b.1))
}

/// How training goes: logistic regression by AdaGrad in the order given, without chance.
#[derive(Clone, Copy, Debug)]
pub struct Trainer {
    /// Passes over the examples.
    pub passes: usize,
    /// Size of the first step.
    pub rate: f32,
    /// Pull of every weight that is used towards zero.
    pub decay: f32,
    /// How the trees grow that weigh candidates beside others.
    grow: Grow,
}

impl Default for Trainer {
    fn default() -> Self {
        Self {
            passes: 8,
            rate: 0.05,
            decay: 2e-5,
            grow: Grow { trees: 160, rate: 0.08, open: 0.5, least: 8.0, shrink: 2.0 },
        }
    }
}

impl Trainer {
    /// The models of these examples.
    #[must_use]
    pub fn train(&self, examples: &[&Example]) -> Model {
        let candidates = self.candidates(examples);
        let sources = self.weights(|learner| {
            examples.iter().flat_map(|example| &example.sources).for_each(|options| learner.rank(options));
        });
        let (cues, extents) = (self.cues(examples), self.extents(examples));
        Model { candidates, cues, extents, sources, company: self.company(examples) }
    }

    fn cues(&self, examples: &[&Example]) -> Weights {
        self.weights(|learner| {
            for (row, right) in examples.iter().flat_map(|example| &example.cues) {
                let slope = logistic(learner.score(row)) - f32::from(u8::from(*right));
                learner.step(row, slope);
            }
        })
    }

    /// Of cues that mark something that a candidate tells.
    fn extents(&self, examples: &[&Example]) -> Weights {
        self.weights(|learner| {
            let groups = examples.iter().flat_map(|example| example.groups());
            groups
                .filter(|group| group.iter().any(|(_, right)| *right))
                .for_each(|group| learner.rank(group));
        })
    }

    fn candidates(&self, examples: &[&Example]) -> Weights {
        self.weights(|learner| {
            for (row, right) in examples.iter().flat_map(|example| &example.rows) {
                let slope = logistic(learner.score(row)) - f32::from(u8::from(*right));
                learner.step(row, slope);
            }
        })
    }

    /// Trees over what models answer that have not seen the text, so that they learn how far to trust them.
    fn company(&self, examples: &[&Example]) -> Company {
        let mut rows = Vec::new();
        for part in 0..PARTS {
            let is_in = |at: &usize| at % PARTS == part;
            let rest: Vec<&Example> =
                (0..examples.len()).filter(|at| !is_in(at)).map(|at| examples[at]).collect();
            let alone = self.candidates(&rest);
            let (cues, extents) = (self.cues(&rest), self.extents(&rest));
            for example in (0..examples.len()).filter(is_in).map(|at| examples[at]) {
                let chances: Vec<f32> = example.rows.iter().map(|(row, _)| alone.chance(row)).collect();
                let measures = measures(&example.seen, &chances, &example.beside(&cues, &extents));
                let told = measures.into_iter().zip(&example.rows);
                rows.extend(told.filter_map(|(row, (_, right))| Some((row?, f32::from(u8::from(*right))))));
            }
        }
        Company(self.grow.forest(&rows))
    }

    /// Weights averaged over the later half of the passes.
    fn weights(&self, pass_over: impl Fn(&mut Learner)) -> Weights {
        let mut learner = Learner {
            weights: vec![0.0; DIMENSIONS],
            squares: vec![1e-6; DIMENSIONS],
            rate: self.rate,
            decay: self.decay,
        };
        let mut sum = vec![0.0f32; DIMENSIONS];
        for pass in 0..self.passes {
            pass_over(&mut learner);
            if 2 * pass >= self.passes {
                sum.iter_mut().zip(&learner.weights).for_each(|(sum, weight)| *sum += weight);
            }
        }
        let counted = (self.passes - self.passes.div_ceil(2)).max(1) as f32;
        sum.iter_mut().for_each(|sum| *sum /= counted);
        Weights::new(&sum)
    }
}

/// Weights on the way, each with the squares of its steps (AdaGrad).
struct Learner {
    weights: Vec<f32>,
    squares: Vec<f32>,
    rate: f32,
    decay: f32,
}

impl Learner {
    fn score(&self, row: &[u32]) -> f32 {
        row.iter().map(|&feature| self.weights[feature as usize]).sum()
    }

    fn step(&mut self, row: &[u32], slope: f32) {
        for &feature in row {
            let at = feature as usize;
            let gradient = slope + self.decay * self.weights[at];
            self.squares[at] += gradient * gradient;
            self.weights[at] -= self.rate * gradient / self.squares[at].sqrt();
        }
    }

    /// Makes the right ones of some options likelier than the rest together.
    fn rank(&mut self, options: &[(Vec<u32>, bool)]) {
        let scores: Vec<f32> = options.iter().map(|(row, _)| self.score(row)).collect();
        let largest = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let masses: Vec<f32> = scores.iter().map(|score| (score - largest).exp()).collect();
        let all: f32 = masses.iter().sum();
        let right: f32 =
            masses.iter().zip(options).filter(|(_, (_, right))| *right).map(|(mass, _)| mass).sum();
        for (mass, (row, is_right)) in masses.iter().zip(options) {
            let wanted = if *is_right { mass / right.max(f32::MIN_POSITIVE) } else { 0.0 };
            let slope = mass / all - wanted;
            if slope.abs() > 1e-4 {
                self.step(row, slope);
            }
        }
    }
}

fn logistic(score: f32) -> f32 {
    1.0 / (1.0 + (-score).exp())
}
