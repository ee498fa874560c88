//! The network at work on one sentence.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::features::{Case, KINDS, features};
use super::finite;
use super::grammar::Rules;
use super::integers::{Rounded, Whole};
use super::kernel::{Cells, Panels, View, add_product};
use super::lemma::Lemmas;
use super::weights::{Matrix, Weights};
use super::{distance, leaky};
use super::{subjects, tree};
use crate::labels::{Penn, Relation, Upos};

/// The network with its weights in the form that products want.
#[derive(Debug)]
pub(crate) struct Model {
    vocabulary: FxHashMap<u32, u32>,
    embeddings: Matrix,
    layers: Vec<(Cells, Whole, Vec<f32>)>,
    dependent: Whole,
    head: Whole,
    query: Whole,
    root: Vec<f32>,
    distance: Vec<f32>,
    label_dependent: Whole,
    label_head: Whole,
    label_root: Vec<f32>,
    label: Whole,
    xpos: Whole,
    upos: Whole,
    pub(crate) lemmas: Lemmas,
}

static MODEL: LazyLock<Model> = LazyLock::new(|| {
    let bytes = include_bytes!("../../../../models/parser/english.bin.gz");
    Model::new(&Weights::from_bytes(bytes).expect("the embedded model is read by a test"))
});

/// Working memory that sentences share.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    /// By whether case tells anything.
    words: [Words; 2],
    rounded: Rounded,
    x: Vec<f32>,
    u: Vec<f32>,
    h: Vec<f32>,
    state: Vec<f32>,
    dependent: Vec<f32>,
    head: Vec<f32>,
    query: Vec<f32>,
    keys: Vec<f32>,
    scores: Vec<f32>,
}

/// What the first layer makes of the words seen so far: it depends on nothing but the word.
#[derive(Debug, Default)]
struct Words {
    index: FxHashMap<Box<str>, usize>,
    /// A row a word.
    projections: Vec<f32>,
}

/// Words that are kept, some ten megabytes; then the store starts anew.
const WORDS_MAX: usize = 4_096;

/// What the network says of a word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Reading {
    pub(crate) upos: Upos,
    pub(crate) xpos: Penn,
    /// Position of the head in the sentence, or `None` for its root.
    pub(crate) head: Option<usize>,
    pub(crate) relation: Relation,
}

impl Model {
    pub(crate) fn english() -> &'static Self {
        &MODEL
    }

    pub(crate) fn new(weights: &Weights) -> Self {
        let rows = weights.vocabulary.iter().zip(KINDS as u32..);
        let layers = weights.layers.iter().map(|layer| {
            let blocks = layer.projection.rows / (2 * weights.hidden);
            (Cells { hidden: weights.hidden, blocks }, Whole::new(&layer.projection), layer.gates.clone())
        });
        Self {
            vocabulary: rows.map(|(&hash, row)| (hash, row)).collect(),
            embeddings: weights.embeddings.clone(),
            layers: layers.collect(),
            dependent: Whole::affine(&weights.dependent),
            head: Whole::affine(&weights.head),
            query: Whole::affine(&weights.query),
            root: weights.root.clone(),
            distance: weights.distance.clone(),
            label_dependent: Whole::affine(&weights.label_dependent),
            label_head: Whole::affine(&weights.label_head),
            label_root: weights.label_root.clone(),
            label: Whole::affine(&weights.label),
            xpos: Whole::affine(&weights.xpos),
            upos: Whole::affine(&weights.upos),
            lemmas: Lemmas::english(&weights.lemmas),
        }
    }

    /// Tags and parses a sentence.
    pub(crate) fn read(&self, forms: &[&str], case: Case, scratch: &mut Scratch) -> Vec<Reading> {
        self.project(forms, case, scratch);
        for (at, (cells, projection, gates)) in self.layers.iter().enumerate() {
            if at > 0 {
                std::mem::swap(&mut scratch.x, &mut scratch.h);
                projection.apply(&scratch.x, &mut scratch.rounded, &mut scratch.u);
            }
            cells.run(&scratch.u, &scratch.x, gates, &mut scratch.state, &mut scratch.h);
        }
        self.xpos.apply(&scratch.h, &mut scratch.rounded, &mut scratch.u);
        let mut xpos = best_rows(&scratch.u, self.xpos.outputs(), Penn::ALL.len());
        let verb = finite::missing(forms, &xpos, &scratch.u, self.xpos.outputs());
        self.upos.apply(&scratch.h, &mut scratch.rounded, &mut scratch.u);
        let mut upos = best_rows(&scratch.u, self.upos.outputs(), Upos::ALL.len());
        if let Some((at, tag)) = verb {
            xpos[at] = tag.index();
        }
        finite::agree(forms, &mut xpos, &mut upos);
        let rules = Rules { root: verb.map(|(at, _)| at), forms, xpos: &xpos };
        let heads = self.heads(&rules, scratch);
        let relations = self.relations(&heads, &rules, scratch);
        let tags = xpos.into_iter().zip(upos);
        let readings = tags.zip(heads.into_iter().zip(relations)).map(|((xpos, upos), (head, relation))| {
            Reading { upos: Upos::ALL[upos], xpos: Penn::ALL[xpos], head: head.checked_sub(1), relation }
        });
        let mut readings: Vec<Reading> = readings.collect();
        subjects::mend(&mut readings);
        readings
    }

    /// The first layer's projections of the words, into `scratch.u`.
    fn project(&self, forms: &[&str], case: Case, scratch: &mut Scratch) {
        let words = &mut scratch.words[usize::from(case == Case::None)];
        if words.index.len() > WORDS_MAX {
            *words = Words::default();
        }
        let mut unseen = Vec::new();
        for &form in forms {
            let next = words.index.len();
            if !words.index.contains_key(form) {
                words.index.insert(form.into(), next);
                unseen.push(form);
            }
        }
        let projection = &self.layers[0].1;
        self.embed(&unseen, case, &mut scratch.x);
        projection.apply(&scratch.x, &mut scratch.rounded, &mut scratch.u);
        words.projections.extend_from_slice(&scratch.u);
        scratch.u.clear();
        let width = projection.outputs();
        for form in forms {
            scratch.u.extend_from_slice(&words.projections[words.index[*form] * width..][..width]);
        }
    }

    /// Sums the embeddings of each word's features.
    fn embed(&self, forms: &[&str], case: Case, x: &mut Vec<f32>) {
        let width = self.embeddings.columns;
        x.clear();
        x.resize(forms.len() * width, 0.0);
        for (form, x) in forms.iter().zip(x.chunks_exact_mut(width)) {
            for (kind, hash) in features(form, case).into_iter().enumerate() {
                let row = self.vocabulary.get(&hash).map_or(kind, |&row| row as usize);
                let scale = self.embeddings.scales[row];
                x.iter_mut().zip(self.embeddings.row(row)).for_each(|(x, &e)| *x += scale * f32::from(e));
            }
        }
    }

    /// Heads of the words: zero for the root, else positions from one; a tree with one root.
    fn heads(&self, rules: &Rules<'_>, scratch: &mut Scratch) -> Vec<usize> {
        let n = rules.forms.len();
        self.head.apply(&scratch.h, &mut scratch.rounded, &mut scratch.head);
        self.dependent.apply(&scratch.h, &mut scratch.rounded, &mut scratch.dependent);
        scratch.head.iter_mut().for_each(|x| *x = leaky(*x));
        scratch.dependent.iter_mut().for_each(|x| *x = leaky(*x));
        self.query.apply(&scratch.dependent, &mut scratch.rounded, &mut scratch.query);
        let columns = n + 1;
        let arc = self.root.len();
        scratch.keys.clear();
        scratch.keys.resize(arc * columns, 0.0);
        for (k, keys) in scratch.keys.chunks_exact_mut(columns).enumerate() {
            keys[0] = self.root[k];
            keys[1..]
                .iter_mut()
                .zip(scratch.head[k..].iter().step_by(arc))
                .for_each(|(key, &head)| *key = head);
        }
        scratch.scores.clear();
        scratch.scores.resize(n * columns, 0.0);
        let keys = Panels::new(&scratch.keys, arc, columns);
        add_product(&mut scratch.scores, View { data: &scratch.query, row: arc, column: 1 }, &keys, n);
        for (at, row) in scratch.scores.chunks_exact_mut(columns).enumerate() {
            for (head, score) in row.iter_mut().enumerate() {
                *score += self.distance[distance(at + 1, head)];
            }
            row[at + 1] = f32::NEG_INFINITY;
            rules.bar_heads(at, row);
        }
        tree::heads(&scratch.scores, n)
    }

    fn relations(&self, heads: &[usize], rules: &Rules<'_>, scratch: &mut Scratch) -> Vec<Relation> {
        self.label_dependent.apply(&scratch.h, &mut scratch.rounded, &mut scratch.dependent);
        self.label_head.apply(&scratch.h, &mut scratch.rounded, &mut scratch.head);
        let width = self.label_root.len();
        for (row, &head) in scratch.dependent.chunks_exact_mut(width).zip(heads) {
            let from = match head.checked_sub(1) {
                Some(head) => &scratch.head[head * width..][..width],
                None => &self.label_root[..],
            };
            row.iter_mut().zip(from).for_each(|(row, from)| *row = leaky(*row + from));
        }
        self.label.apply(&scratch.dependent, &mut scratch.rounded, &mut scratch.u);
        let root = Relation::Root.index();
        let rows = scratch.u.chunks_exact_mut(self.label.outputs()).zip(heads);
        rows.map(|(row, &head)| {
            if head == 0 {
                return Relation::Root;
            }
            row[root] = f32::NEG_INFINITY;
            rules.bar_relations(head - 1, row);
            Relation::ALL[best(&row[..Relation::ALL.len()])]
        })
        .collect()
    }
}

fn best_rows(scores: &[f32], width: usize, used: usize) -> Vec<usize> {
    scores.chunks_exact(width).map(|row| best(&row[..used])).collect()
}

/// Index of the highest score, the first of equals.
fn best(scores: &[f32]) -> usize {
    let highest = |best: usize, at: usize| if scores[at] > scores[best] { at } else { best };
    (0..scores.len()).fold(0, highest)
}
