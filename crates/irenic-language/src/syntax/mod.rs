//! The network that tags and parses, and what its trainer shares with it.
//!
//! Words become vectors (sums of feature embeddings), two-way simple recurrent units read them in context, and
//! small heads on top choose the part of speech, the Penn tag, the head of each word (a biaffine scorer) and the
//! relation to it. Weights are stored as eight-bit integers. All arithmetic keeps its order, so results do not depend
//! on the machine.

pub mod features;
mod finite;
mod grammar;
pub(crate) mod integers;
pub mod kernel;
pub mod lemma;
mod lexicon;
mod model;
pub mod numeric;
mod paradigm;
mod subjects;
mod tree;
pub mod weights;

pub(crate) use model::{Model, Reading, Scratch};

/// Number of distance classes.
pub const DISTANCES: usize = 32;

/// The class of an arc's direction and length, for positions counted from one and the root at zero.
///
/// Zero is the root; then come heads to the right, then heads to the left, by length: 1 to 8, 9 to 12, 13 to 20,
/// 21 to 40, and more.
#[must_use]
pub const fn distance(word: usize, head: usize) -> usize {
    if head == 0 {
        return 0;
    }
    let length = word.abs_diff(head);
    let class = match length {
        0..=8 => length,
        9..=12 => 9,
        13..=20 => 10,
        21..=40 => 11,
        _ => 12,
    };
    if head > word { class } else { class + 13 }
}

/// The rectifier: the value itself above zero, a tenth of it below.
#[inline(always)]
#[must_use]
pub fn leaky(x: f32) -> f32 {
    if x > 0.0 { x } else { 0.1 * x }
}
