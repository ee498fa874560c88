//! Features of a token for the labeller, as hashed numbers.
//!
//! No feature holds a name: words stand for themselves only where they are everyday English, so that weights learnt
//! from reports on one conflict say nothing of it, and a text with every actor renamed is labelled as before.

use super::super::view::{Shape, TokenView, View};
use super::Layer;

/// Binary logarithm of the number of rows in the weight table.
pub(super) const BITS: u32 = 17;

/// What a feature asks about one token, small enough to combine.
#[derive(Clone, Copy, Default)]
struct Atoms {
    word: u32,
    shape: u32,
    tag: u32,
    penn: u32,
    hit: u32,
    own: u32,
    classes: u32,
    names: u32,
    habits: u32,
    relation: u32,
    head: u32,
    head_classes: u32,
}

/// Where a token stands in an outer mention, for the inner layer.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Place {
    pub(super) kind: u32,
    pub(super) from_start: u32,
    pub(super) from_end: u32,
}

/// The features of the tokens of a stretch, row after row.
pub(super) struct FeatureRows {
    pub(super) rows: Vec<Vec<u32>>,
}

impl FeatureRows {
    /// Features of `tokens`, whose neighbours outside the stretch count too if they are in `sentence`.
    pub(super) fn new(
        view: &View<'_>,
        sentence: &std::ops::Range<usize>,
        capitals: bool,
        tokens: std::ops::Range<usize>,
        layer: Layer,
        place: impl Fn(usize) -> Place,
    ) -> Self {
        let atoms = |at: Option<usize>| match at.filter(|at| sentence.contains(at)) {
            Some(at) => atoms(view, at, sentence, capitals),
            None => Atoms { word: 1, ..Atoms::default() },
        };
        let mut window = [
            atoms(tokens.start.checked_sub(2)),
            atoms(tokens.start.checked_sub(1)),
            atoms(Some(tokens.start)),
            atoms(Some(tokens.start + 1)),
            atoms(Some(tokens.start + 2)),
        ];
        let mut rows = Vec::with_capacity(tokens.len());
        for at in tokens {
            rows.push(row(&window, layer, place(at)));
            window.rotate_left(1);
            window[4] = atoms(Some(at + 3));
        }
        Self { rows }
    }
}

fn atoms(view: &View<'_>, at: usize, sentence: &std::ops::Range<usize>, capitals: bool) -> Atoms {
    let token = &view.tokens[at];
    let head = token.head.filter(|head| sentence.contains(head)).map(|head| &view.tokens[head]);
    Atoms {
        word: word_id(token),
        shape: shape_id(token, capitals),
        tag: token.upos as u32,
        penn: token.xpos as u32,
        hit: hit_id(view, at),
        own: token.own.map_or(0, |sense| sense.kind as u32 + 1),
        classes: u32::from(token.classes.nominal()),
        names: u32::from(token.flags.given_name())
            | u32::from(token.flags.surname()) << 1
            | u32::from(token.flags.common_word()) << 2,
        habits: habits_id(token),
        relation: token.relation as u32,
        head: head.map_or(0, word_id),
        head_classes: head.map_or(0, |head| u32::from(head.classes.nominal())),
    }
}

/// The word itself where it is an everyday one; else only how it is written.
fn word_id(token: &TokenView<'_>) -> u32 {
    let name = token.shape == Shape::Capitalised
        && !token.initial
        && token.habits.lower == 0
        && (token.flags.given_name() || token.flags.surname());
    let everyday = token.flags.common_word() && !name
        || token.classes.bits() != 0
        || token.shape == Shape::Punctuation
        || (token.shape == Shape::Lower && token.lower.len() <= 3);
    if everyday { hash_word(&token.lower) } else { 2 + token.shape as u32 }
}

fn hash_word(word: &str) -> u32 {
    word.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)) | 0x100
}

fn shape_id(token: &TokenView<'_>, capitals: bool) -> u32 {
    if capitals && token.shape == Shape::AllCapitals {
        return 31;
    }
    let short = u32::from(token.text.len() <= 4);
    token.shape as u32 * 4 + u32::from(token.initial) * 2 + short
}

fn hit_id(view: &View<'_>, at: usize) -> u32 {
    let Some(hit) = view.hit_of(at) else { return 0 };
    let place = match (at == hit.start, at + 1 == hit.end) {
        (true, true) => 0,
        (true, false) => 1,
        (false, false) => 2,
        (false, true) => 3,
    };
    (hit.sense.kind as u32 + 1) << 3 | place << 1 | u32::from(hit.ambiguous)
}

fn habits_id(token: &TokenView<'_>) -> u32 {
    let habits = token.habits;
    let often = |n: u32| n.min(2);
    let named = if habits.lower == 0 { 2 } else { u32::from(habits.capitalised > habits.lower) };
    let seen = often(habits.capitalised);
    let flags = u32::from(habits.titled > 0)
        | u32::from(habits.speaking > 0) << 1
        | u32::from(habits.placed > 0) << 2
        | u32::from(habits.definite > 0) << 3;
    1 + (named * 3 + seen) * 16 + flags
}

fn mix(template: u32, a: u32, b: u32, c: u32) -> u32 {
    let mut hash = template.wrapping_mul(0x9e37_79b1);
    for part in [a, b, c] {
        hash = (hash ^ part).wrapping_mul(0x85eb_ca6b);
        hash ^= hash >> 15;
    }
    hash.wrapping_mul(0xc2b2_ae35) >> (32 - BITS)
}

fn row(window: &[Atoms; 5], layer: Layer, place: Place) -> Vec<u32> {
    let [b2, b1, o, a1, a2] = window;
    let base = layer as u32 * 128;
    let mut row = Vec::with_capacity(64);
    let mut template = base;
    let mut add = |a: u32, b: u32, c: u32| {
        template += 1;
        row.push(mix(template, a, b, c));
    };
    add(0, 0, 0);
    for atoms in window {
        add(atoms.word, 0, 0);
        add(atoms.shape, atoms.tag, 0);
        add(atoms.hit, 0, 0);
        add(atoms.classes, 0, 0);
    }
    add(b1.word, o.word, 0);
    add(o.word, a1.word, 0);
    add(b1.word, o.shape, a1.word);
    add(b2.word, b1.word, 0);
    add(a1.word, a2.word, 0);
    add(b1.shape, o.shape, a1.shape);
    add(b1.tag, o.tag, a1.tag);
    add(o.tag, a1.tag, a2.tag);
    add(o.penn, b1.penn, 0);
    add(o.penn, a1.penn, 0);
    add(b1.hit, o.hit, 0);
    add(o.hit, a1.hit, 0);
    add(o.hit, o.shape, 0);
    add(o.hit, a1.classes, 0);
    add(o.hit, a1.word, 0);
    add(o.own, o.hit, 0);
    add(o.own, a1.own, 0);
    add(b1.classes, o.classes, 0);
    add(o.classes, a1.classes, 0);
    add(o.classes, o.tag, 0);
    add(o.classes, o.shape, 0);
    add(o.names, o.shape, 0);
    add(b1.names, o.names, 0);
    add(o.names, a1.names, a1.shape);
    add(o.habits, o.shape, 0);
    add(o.habits, o.hit, 0);
    add(b1.classes, o.shape, o.names);
    add(o.shape, a1.classes, a1.tag);
    add(o.relation, o.tag, 0);
    add(o.relation, o.head, 0);
    add(o.relation, o.head_classes, 0);
    add(o.tag, o.head_classes, o.classes);
    add(a1.relation, a1.classes, o.tag);
    if layer == Layer::Inner {
        let Place { kind, from_start, from_end } = place;
        add(kind, from_start.min(4), from_end.min(4));
        add(kind, o.tag, o.hit);
        add(kind, o.word, 0);
        add(kind, o.shape, from_end.min(4));
        add(kind, o.classes, from_start.min(4));
        add(kind, b1.word, o.shape);
    }
    row
}
