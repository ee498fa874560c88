//! The network: embeddings, recurrent layers and heads; its loss and gradients on a batch.

use irenic_language::syntax::features::KINDS;
use irenic_language::syntax::kernel::{Panels, View, add_product};
use irenic_language::syntax::numeric::exp;
use irenic_language::syntax::{DISTANCES, distance, leaky};

use super::matrix::{Parameter, Step};
use super::rng::Rng;
use super::sru::Layer;

/// Sizes and rates of dropping.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Config {
    pub(crate) embedding: usize,
    pub(crate) hidden: usize,
    pub(crate) layers: usize,
    pub(crate) arc: usize,
    pub(crate) label: usize,
    pub(crate) drop_input: f32,
    pub(crate) drop: f32,
}

/// Width of the label outputs, padded for the inner loops.
pub(crate) const XPOS: usize = 64;
pub(crate) const UPOS: usize = 32;
pub(crate) const RELATIONS: usize = 48;

/// A sentence as the network sees it.
#[derive(Clone, Debug)]
pub(crate) struct Example {
    /// Rows of the embedding table, [`KINDS`] a word.
    pub(crate) rows: Vec<u32>,
    pub(crate) xpos: Vec<u8>,
    pub(crate) upos: Vec<u8>,
    /// Zero for the root, else position from one.
    pub(crate) heads: Vec<usize>,
    pub(crate) relations: Vec<u8>,
}

impl Example {
    pub(crate) const fn len(&self) -> usize {
        self.xpos.len()
    }
}

/// An affine map.
pub(crate) struct Dense {
    pub(crate) weight: Parameter,
    pub(crate) bias: Parameter,
}

impl Dense {
    fn new(rows: usize, columns: usize, rng: &mut Rng) -> Self {
        Self { weight: Parameter::glorot(rows, columns, rng), bias: Parameter::zero(1, columns) }
    }

    fn forward(&self, x: &[f32], n: usize) -> Vec<f32> {
        let mut y = self.weight.forward(x, n);
        for row in y.chunks_exact_mut(self.bias.columns) {
            row.iter_mut().zip(&self.bias.value).for_each(|(y, b)| *y += b);
        }
        y
    }

    fn backward(&mut self, x: &[f32], dy: &[f32], n: usize) -> Vec<f32> {
        for row in dy.chunks_exact(self.bias.columns) {
            self.bias.gradient.iter_mut().zip(row).for_each(|(g, d)| *g += d);
        }
        self.weight.backward(x, dy, n)
    }
}

/// A dense map, a leaky rectifier and dropping.
struct Rectified {
    y: Vec<f32>,
    /// Derivative of each output by its input.
    slope: Vec<f32>,
}

impl Rectified {
    fn new(mut y: Vec<f32>, drop: f32, rng: Option<&mut Rng>) -> Self {
        let mut slope: Vec<f32> = y.iter().map(|&y| if y > 0.0 { 1.0 } else { leaky(-1.0).abs() }).collect();
        if let Some(rng) = rng {
            for slope in &mut slope {
                *slope *= keep(drop, rng);
            }
        }
        y.iter_mut().zip(&slope).for_each(|(y, slope)| *y *= slope);
        Self { y, slope }
    }

    fn back(&self, mut dy: Vec<f32>) -> Vec<f32> {
        dy.iter_mut().zip(&self.slope).for_each(|(dy, slope)| *dy *= slope);
        dy
    }
}

/// Zero at the rate of dropping, else the factor that keeps the mean.
fn keep(drop: f32, rng: &mut Rng) -> f32 {
    if rng.unit() < drop { 0.0 } else { 1.0 / (1.0 - drop) }
}

/// All parameters.
pub(crate) struct Net {
    pub(crate) config: Config,
    pub(crate) embeddings: Parameter,
    pub(crate) layers: Vec<Layer>,
    pub(crate) dependent: Dense,
    pub(crate) head: Dense,
    pub(crate) query: Dense,
    pub(crate) root: Parameter,
    pub(crate) distance: Parameter,
    pub(crate) label_dependent: Dense,
    pub(crate) label_head: Dense,
    pub(crate) label_root: Parameter,
    pub(crate) label: Dense,
    pub(crate) xpos: Dense,
    pub(crate) upos: Dense,
}

/// What the network says of a batch.
pub(crate) struct Predictions {
    pub(crate) heads: Vec<usize>,
    pub(crate) relations: Vec<usize>,
    pub(crate) xpos: Vec<usize>,
    pub(crate) upos: Vec<usize>,
}

impl Net {
    pub(crate) fn new(config: Config, vocabulary: usize, rng: &mut Rng) -> Self {
        let width = 2 * config.hidden;
        let layers = (0..config.layers)
            .map(|at| Layer::new(if at == 0 { config.embedding } else { width }, config.hidden, at == 0, rng))
            .collect();
        Self {
            config,
            embeddings: Parameter::random(vocabulary, config.embedding, 0.2, rng),
            layers,
            dependent: Dense::new(width, config.arc, rng),
            head: Dense::new(width, config.arc, rng),
            query: Dense::new(config.arc, config.arc, rng),
            root: Parameter::random(1, config.arc, 0.1, rng),
            distance: Parameter::zero(1, DISTANCES),
            label_dependent: Dense::new(width, config.label, rng),
            label_head: Dense::new(width, config.label, rng),
            label_root: Parameter::random(1, config.label, 0.1, rng),
            label: Dense::new(config.label, RELATIONS, rng),
            xpos: Dense::new(width, XPOS, rng),
            upos: Dense::new(width, UPOS, rng),
        }
    }

    fn embed(&self, batch: &[&Example]) -> Vec<f32> {
        let mut x = Vec::with_capacity(
            batch.iter().map(|example| example.len()).sum::<usize>() * self.config.embedding,
        );
        for rows in batch.iter().flat_map(|example| example.rows.chunks_exact(KINDS)) {
            let start = x.len();
            x.extend_from_slice(self.embeddings.row(rows[0] as usize));
            for &row in &rows[1..] {
                x[start..].iter_mut().zip(self.embeddings.row(row as usize)).for_each(|(x, e)| *x += e);
            }
        }
        x
    }

    /// Adds the gradients of a batch's loss; gives the loss a word.
    pub(crate) fn learn(&mut self, batch: &[&Example], rng: &mut Rng) -> f32 {
        let lengths: Vec<usize> = batch.iter().map(|example| example.len()).collect();
        let n: usize = lengths.iter().sum();
        let each = 1.0 / n as f32;
        let mut loss = 0.0;

        let mut x = self.embed(batch);
        let mut masks = vec![x.iter().map(|_| keep(self.config.drop_input, rng)).collect::<Vec<f32>>()];
        let mut traces = Vec::new();
        for layer in &self.layers {
            let mask = masks.last().expect("one mask a layer");
            x.iter_mut().zip(mask).for_each(|(x, mask)| *x *= mask);
            let trace = layer.forward(x, &lengths);
            x = trace.h.clone();
            traces.push(trace);
            masks.push(sentence_mask(&lengths, 2 * layer.hidden, self.config.drop, rng));
        }
        let mask = masks.last().expect("one mask above the layers");
        x.iter_mut().zip(mask).for_each(|(x, mask)| *x *= mask);
        let h = x;

        let mut dh = vec![0.0; h.len()];
        let mut add = |d: Vec<f32>| dh.iter_mut().zip(&d).for_each(|(dh, d)| *dh += d);

        let gold = |pick: fn(&Example) -> &[u8]| {
            batch.iter().flat_map(move |example| pick(example).iter().map(|&id| usize::from(id)))
        };
        let mut logits = self.xpos.forward(&h, n);
        loss += softmax_loss(&mut logits, XPOS, gold(|example| &example.xpos), 0.7 * each);
        add(self.xpos.backward(&h, &logits, n));
        let mut logits = self.upos.forward(&h, n);
        loss += softmax_loss(&mut logits, UPOS, gold(|example| &example.upos), 0.7 * each);
        add(self.upos.backward(&h, &logits, n));

        // Arcs.
        let dependent = Rectified::new(self.dependent.forward(&h, n), self.config.drop, Some(rng));
        let head = Rectified::new(self.head.forward(&h, n), self.config.drop, Some(rng));
        let query = self.query.forward(&dependent.y, n);
        let mut dquery = vec![0.0; query.len()];
        let mut dkeys = vec![0.0; head.y.len()];
        let arc = self.config.arc;
        let mut first = 0;
        for example in batch {
            let length = example.len();
            let words = first * arc..(first + length) * arc;
            let (mut scores, columns, keys) =
                self.scores(&query[words.clone()], &head.y[words.clone()], length);
            loss += softmax_loss(&mut scores, columns, example.heads.iter().copied(), each);
            self.arcs_back(
                &scores,
                columns,
                &keys,
                &query[words.clone()],
                &mut dquery[words.clone()],
                &mut dkeys[words],
                length,
            );
            first += length;
        }
        add(self.head.backward(&h, &head.back(dkeys), n));
        let ddependent = self.query.backward(&dependent.y, &dquery, n);
        add(self.dependent.backward(&h, &dependent.back(ddependent), n));

        // Relations, at the gold heads.
        let from_dependent = self.label_dependent.forward(&h, n);
        let from_head = self.label_head.forward(&h, n);
        let sources = head_positions(batch.iter().map(|example| &example.heads[..]));
        let joined = self.join_labels(&from_dependent, &from_head, &sources);
        let joined = Rectified::new(joined, self.config.drop, Some(rng));
        let mut logits = self.label.forward(&joined.y, n);
        loss += softmax_loss(&mut logits, RELATIONS, gold(|example| &example.relations), each);
        let djoined = joined.back(self.label.backward(&joined.y, &logits, n));
        let mut dhead = vec![0.0; from_head.len()];
        let width = self.config.label;
        for (token, source) in sources.iter().enumerate() {
            let d = &djoined[token * width..][..width];
            let to = match source {
                Some(head) => &mut dhead[head * width..][..width],
                None => &mut self.label_root.gradient[..],
            };
            to.iter_mut().zip(d).for_each(|(to, d)| *to += d);
        }
        add(self.label_head.backward(&h, &dhead, n));
        add(self.label_dependent.backward(&h, &djoined, n));

        // Down the layers.
        let mut d = dh;
        for ((layer, trace), mask) in self.layers.iter_mut().zip(&traces).zip(&masks[1..]).rev() {
            d.iter_mut().zip(mask).for_each(|(d, mask)| *d *= mask);
            d = layer.backward(trace, &d, &lengths);
        }
        d.iter_mut().zip(&masks[0]).for_each(|(d, mask)| *d *= mask);
        let width = self.config.embedding;
        for (rows, d) in
            batch.iter().flat_map(|example| example.rows.chunks_exact(KINDS)).zip(d.chunks_exact(width))
        {
            for &row in rows {
                let gradient = &mut self.embeddings.gradient[row as usize * width..][..width];
                gradient.iter_mut().zip(d).for_each(|(g, d)| *g += d);
            }
        }
        loss
    }

    /// Scores of all heads for all words of a sentence: a row a word, column zero the root. Also the row's width and
    /// the keys with the root's first, transposed and padded.
    fn scores(&self, query: &[f32], head: &[f32], length: usize) -> (Vec<f32>, usize, Vec<f32>) {
        let arc = self.config.arc;
        let columns = length + 1;
        let mut keys = vec![0.0; arc * columns];
        for k in 0..arc {
            keys[k * columns] = self.root.value[k];
            for at in 0..length {
                keys[k * columns + at + 1] = head[at * arc + k];
            }
        }
        let mut scores = vec![0.0; length * columns];
        let panels = Panels::new(&keys, arc, columns);
        add_product(&mut scores, View { data: query, row: arc, column: 1 }, &panels, length);
        for (at, row) in scores.chunks_exact_mut(columns).enumerate() {
            for (head, score) in row.iter_mut().enumerate() {
                *score = match head {
                    head if head > length || head == at + 1 => f32::NEG_INFINITY,
                    head => *score + self.distance.value[distance(at + 1, head)],
                };
            }
        }
        (scores, columns, keys)
    }

    #[allow(clippy::too_many_arguments)]
    fn arcs_back(
        &mut self,
        dscores: &[f32],
        columns: usize,
        keys: &[f32],
        query: &[f32],
        dquery: &mut [f32],
        dhead: &mut [f32],
        length: usize,
    ) {
        let arc = self.config.arc;
        for (at, row) in dscores.chunks_exact(columns).enumerate() {
            for (head, d) in row[..=length].iter().enumerate().filter(|&(head, _)| head != at + 1) {
                self.distance.gradient[distance(at + 1, head)] += d;
            }
        }
        let mut rows = vec![0.0; columns * arc];
        for k in 0..arc {
            for column in 0..columns {
                rows[column * arc + k] = keys[k * columns + column];
            }
        }
        let panels = Panels::new(&rows, columns, arc);
        add_product(dquery, View { data: dscores, row: columns, column: 1 }, &panels, length);
        let mut dkeys = vec![0.0; (length + 1) * arc];
        let panels = Panels::new(query, length, arc);
        add_product(&mut dkeys, View { data: dscores, row: 1, column: columns }, &panels, length + 1);
        self.root.gradient.iter_mut().zip(&dkeys[..arc]).for_each(|(g, d)| *g += d);
        dhead.copy_from_slice(&dkeys[arc..]);
    }

    fn join_labels(&self, dependent: &[f32], head: &[f32], sources: &[Option<usize>]) -> Vec<f32> {
        let width = self.config.label;
        let mut joined = dependent.to_vec();
        for (row, source) in joined.chunks_exact_mut(width).zip(sources) {
            let from = match source {
                Some(at) => &head[at * width..][..width],
                None => &self.label_root.value[..],
            };
            row.iter_mut().zip(from).for_each(|(row, from)| *row += from);
        }
        joined
    }

    /// The likeliest labels, without the care for trees that the pipeline takes.
    pub(crate) fn predict(&self, batch: &[&Example]) -> Predictions {
        let lengths: Vec<usize> = batch.iter().map(|example| example.len()).collect();
        let n: usize = lengths.iter().sum();
        let mut h = self.embed(batch);
        for layer in &self.layers {
            h = layer.forward(h, &lengths).h;
        }
        let xpos = argmax_rows(&self.xpos.forward(&h, n), XPOS);
        let upos = argmax_rows(&self.upos.forward(&h, n), UPOS);
        let dependent = Rectified::new(self.dependent.forward(&h, n), 0.0, None);
        let head = Rectified::new(self.head.forward(&h, n), 0.0, None);
        let query = self.query.forward(&dependent.y, n);
        let arc = self.config.arc;
        let mut first = 0;
        let mut heads = Vec::with_capacity(n);
        let mut by_sentence = Vec::new();
        for &length in &lengths {
            let words = first * arc..(first + length) * arc;
            let (scores, columns, _) = self.scores(&query[words.clone()], &head.y[words], length);
            by_sentence.push(argmax_rows(&scores, columns));
            heads.extend_from_slice(by_sentence.last().expect("just pushed"));
            first += length;
        }
        let sources = head_positions(by_sentence.iter().map(|heads| &heads[..]));
        let joined =
            self.join_labels(&self.label_dependent.forward(&h, n), &self.label_head.forward(&h, n), &sources);
        let joined = Rectified::new(joined, 0.0, None);
        let relations = argmax_rows(&self.label.forward(&joined.y, n), RELATIONS);
        Predictions { heads, relations, xpos, upos }
    }

    fn dense_parameters(&mut self) -> Vec<&mut Parameter> {
        let mut all: Vec<&mut Parameter> = self.layers.iter_mut().flat_map(Layer::parameters).collect();
        for dense in [
            &mut self.dependent,
            &mut self.head,
            &mut self.query,
            &mut self.label_dependent,
            &mut self.label_head,
            &mut self.label,
            &mut self.xpos,
            &mut self.upos,
        ] {
            all.push(&mut dense.weight);
            all.push(&mut dense.bias);
        }
        all.extend([&mut self.root, &mut self.distance, &mut self.label_root]);
        all
    }

    /// One step of Adam, with the gradient's norm clipped; of the embeddings only `rows` move.
    pub(crate) fn step(&mut self, rate: f32, ordinal: i32, rows: &[u32]) {
        const NORM_MAX: f64 = 5.0;
        let width = self.config.embedding;
        let of_rows: f64 = rows
            .iter()
            .flat_map(|&row| &self.embeddings.gradient[row as usize * width..][..width])
            .map(|g| f64::from(g * g))
            .sum();
        let norm =
            (self.dense_parameters().iter().map(|p| p.squared_gradient()).sum::<f64>() + of_rows).sqrt();
        let step = Step { rate, ordinal, scale: (NORM_MAX / norm.max(NORM_MAX)) as f32 };
        self.dense_parameters().into_iter().for_each(|parameter| parameter.step(step));
        rows.iter().for_each(|&row| self.embeddings.step_row(step, row as usize));
    }
}

/// Positions in the batch of the words' heads, `None` for the root.
fn head_positions<'a>(sentences: impl Iterator<Item = &'a [usize]>) -> Vec<Option<usize>> {
    let mut first = 0;
    let mut positions = Vec::new();
    for heads in sentences {
        positions.extend(heads.iter().map(|head| head.checked_sub(1).map(|head| first + head)));
        first += heads.len();
    }
    positions
}

/// One mask for all words of a sentence (Gal and Ghahramani 2016).
fn sentence_mask(lengths: &[usize], width: usize, drop: f32, rng: &mut Rng) -> Vec<f32> {
    let mut mask = Vec::new();
    for &length in lengths {
        let row: Vec<f32> = (0..width).map(|_| keep(drop, rng)).collect();
        (0..length).for_each(|_| mask.extend_from_slice(&row));
    }
    mask
}

/// Turns rows of scores into the gradients of the cross-entropy, each scaled; gives the scaled loss.
fn softmax_loss(scores: &mut [f32], width: usize, gold: impl Iterator<Item = usize>, scale: f32) -> f32 {
    let mut loss = 0.0;
    for (row, gold) in scores.chunks_exact_mut(width).zip(gold) {
        let best = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let mut sum = 0.0;
        for score in row.iter_mut() {
            *score = if *score == f32::NEG_INFINITY { 0.0 } else { exp(*score - best) };
            sum += *score;
        }
        loss -= (row[gold] / sum).max(1e-12).ln() * scale;
        row.iter_mut().for_each(|score| *score *= scale / sum);
        row[gold] -= scale;
    }
    loss
}

fn argmax_rows(scores: &[f32], width: usize) -> Vec<usize> {
    let best = |row: &[f32]| {
        row.iter()
            .enumerate()
            .fold((0, f32::NEG_INFINITY), |best, (at, &s)| if s > best.1 { (at, s) } else { best })
    };
    scores.chunks_exact(width).map(|row| best(row).0).collect()
}
