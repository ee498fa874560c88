//! From a treebank to a trained network.

use std::collections::BTreeMap;
use std::time::Instant;

use irenic_language::syntax::features::{Case, KINDS, WORD, features};
use irenic_language::{Penn, Relation, Upos};

use super::conllu::Word;
use super::net::{Config, Example, Net, Predictions};
use super::rng::Rng;

/// How to train.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Schedule {
    pub(crate) epochs: usize,
    /// Words a step, about.
    pub(crate) batch: usize,
    pub(crate) rate: f32,
    /// Share of sentences shown without case.
    pub(crate) caseless: f32,
    pub(crate) seed: u64,
}

/// Feature hashes to rows of the embedding table. The first [`KINDS`] rows stand for the unknown of each kind.
pub(crate) struct Vocabulary {
    rows: BTreeMap<u32, (u32, usize)>,
}

impl Vocabulary {
    /// Words seen twice, other features seen three times, in both cases.
    fn of(sentences: &[Vec<Word>]) -> Self {
        let mut counts: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
        for word in sentences.iter().flatten() {
            let mixed = features(&word.form, Case::Mixed);
            let caseless = features(&word.form, Case::None);
            let shape = KINDS - 1;
            for (kind, hash) in mixed.into_iter().enumerate().chain([(shape, caseless[shape])]) {
                counts.entry(hash).or_insert((kind, 0)).1 += 1;
            }
        }
        let known =
            counts.into_iter().filter(|&(_, (kind, count))| count >= if kind == WORD { 2 } else { 3 });
        let rows =
            known.enumerate().map(|(at, (hash, (_, count)))| (hash, ((at + KINDS) as u32, count))).collect();
        Self { rows }
    }

    pub(crate) fn len(&self) -> usize {
        self.rows.len() + KINDS
    }

    /// The known hashes, in the order of their rows.
    pub(crate) fn hashes(&self) -> impl Iterator<Item = u32> + '_ {
        self.rows.keys().copied()
    }

    fn row(&self, kind: usize, hash: u32) -> (u32, usize) {
        self.rows.get(&hash).copied().unwrap_or((kind as u32, 0))
    }
}

/// A sentence with its rows in both cases, and how often each word was seen.
struct Item {
    mixed: Example,
    caseless: Vec<u32>,
    counts: Vec<usize>,
}

fn item(sentence: &[Word], vocabulary: &Vocabulary) -> Item {
    let rows = |case| {
        let kinds = sentence.iter().flat_map(move |word| features(&word.form, case).into_iter().enumerate());
        kinds.map(|(kind, hash)| vocabulary.row(kind, hash).0).collect::<Vec<u32>>()
    };
    let counts =
        sentence.iter().map(|word| vocabulary.row(WORD, features(&word.form, Case::Mixed)[WORD]).1).collect();
    let mixed = Example {
        rows: rows(Case::Mixed),
        xpos: sentence.iter().map(|word| Penn::parse(&word.xpos).unwrap_or(Penn::Xx) as u8).collect(),
        upos: sentence.iter().map(|word| Upos::parse(&word.upos).unwrap_or(Upos::X) as u8).collect(),
        heads: sentence.iter().map(|word| word.head).collect(),
        relations: sentence.iter().map(|word| Relation::from_ud(&word.relation) as u8).collect(),
    };
    Item { mixed, caseless: rows(Case::None), counts }
}

/// Trains on `treebank`; says on standard error how `dev` fares.
pub(crate) fn train(
    treebank: &[Vec<Word>],
    dev: &[Vec<Word>],
    config: Config,
    schedule: Schedule,
) -> (Net, Vocabulary) {
    let vocabulary = Vocabulary::of(treebank);
    let items: Vec<Item> = treebank.iter().map(|sentence| item(sentence, &vocabulary)).collect();
    let held: Vec<Example> = dev.iter().map(|sentence| item(sentence, &vocabulary).mixed).collect();
    let mut rng = Rng::new(schedule.seed);
    let mut net = Net::new(config, vocabulary.len(), &mut rng);
    let words: usize = items.iter().map(|item| item.mixed.len()).sum();
    let steps = (words * schedule.epochs).div_ceil(schedule.batch) as f32;
    let mut order: Vec<usize> = (0..items.len()).collect();
    let mut ordinal = 0;
    let started = Instant::now();
    for epoch in 1..=schedule.epochs {
        rng.shuffle(&mut order);
        let mut loss = 0.0;
        let mut batches = 0;
        let mut batch: Vec<Example> = Vec::new();
        for (at, &index) in order.iter().enumerate() {
            batch.push(vary(&items[index], schedule.caseless, &mut rng));
            let full = batch.iter().map(Example::len).sum::<usize>() >= schedule.batch;
            if full || at + 1 == order.len() {
                ordinal += 1;
                loss += learn(&mut net, &batch, rate(schedule.rate, ordinal, steps), ordinal, &mut rng);
                batches += 1;
                batch.clear();
            }
        }
        let report = score(&net, &held);
        eprintln!(
            "epoch {epoch:2} loss {:.4} dev {report} {:.0} s",
            loss / batches as f32,
            started.elapsed().as_secs_f32()
        );
    }
    (net, vocabulary)
}

/// Warm-up over the first 200 steps, then down to zero in a straight line.
fn rate(peak: f32, ordinal: i32, steps: f32) -> f32 {
    let done = ordinal as f32;
    peak * (done / 200.0).min(1.0) * (1.0 - done / (steps + 1.0)).max(0.01)
}

fn learn(net: &mut Net, batch: &[Example], rate: f32, ordinal: i32, rng: &mut Rng) -> f32 {
    let examples: Vec<&Example> = batch.iter().collect();
    let loss = net.learn(&examples, rng);
    let mut rows: Vec<u32> = batch.iter().flat_map(|example| example.rows.iter().copied()).collect();
    rows.sort_unstable();
    rows.dedup();
    net.step(rate, ordinal, &rows);
    loss
}

/// A sentence as it is shown this time: at times without case, and with rare words unknown at times
/// (Kiperwasser and Goldberg 2016).
fn vary(item: &Item, caseless: f32, rng: &mut Rng) -> Example {
    let mut example = item.mixed.clone();
    if rng.unit() < caseless {
        example.rows.clone_from(&item.caseless);
    }
    for (at, &count) in item.counts.iter().enumerate() {
        if rng.unit() < 0.25 / (0.25 + count as f32) {
            example.rows[at * KINDS + WORD] = WORD as u32;
        }
    }
    if rng.unit() < UNSTOPPED {
        drop_stop(&mut example);
    }
    example
}

/// Share of sentences shown without their last full stop, as headings and table cells are.
const UNSTOPPED: f32 = 0.05;

fn drop_stop(example: &mut Example) {
    let last = example.len();
    let stop = last > 1 && example.upos[last - 1] == Upos::Punct as u8 && example.heads[last - 1] != 0;
    if stop && !example.heads.contains(&last) {
        example.rows.truncate((last - 1) * KINDS);
        example.xpos.pop();
        example.upos.pop();
        example.heads.pop();
        example.relations.pop();
    }
}

fn score(net: &Net, examples: &[Example]) -> String {
    let mut right = [0usize; 4];
    let mut words = 0;
    for chunk in examples.chunks(64) {
        let batch: Vec<&Example> = chunk.iter().collect();
        let Predictions { heads, relations, xpos, upos } = net.predict(&batch);
        let main = |id: usize| Relation::ALL.get(id).map(|relation| relation.main());
        let mut at = 0;
        for example in &batch {
            for word in 0..example.len() {
                let head = heads[at] == example.heads[word];
                let relation = main(relations[at]) == main(usize::from(example.relations[word]));
                right[0] += usize::from(upos[at] == usize::from(example.upos[word]));
                right[1] += usize::from(xpos[at] == usize::from(example.xpos[word]));
                right[2] += usize::from(head);
                right[3] += usize::from(head && relation);
                at += 1;
            }
        }
        words += at;
    }
    let share = |n: usize| 100.0 * n as f32 / words.max(1) as f32;
    let [upos, xpos, unlabelled, labelled] = right.map(share);
    format!("upos {upos:.2} xpos {xpos:.2} unlabelled {unlabelled:.2} labelled {labelled:.2}")
}
