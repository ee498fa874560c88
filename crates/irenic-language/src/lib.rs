//! Tokens, sentences, syntax, mentions and times of English text.
//!
//! [`Pipeline::analyse`] makes an [`Analysis`] of a text: syntactic words with part of speech, lemma and their place
//! in a dependency tree, as UD English EWT annotates them. Everything quotes the text by byte spans.

mod analysis;
mod dateline;
pub mod encoder;
mod labels;
pub mod mentions;
mod pipeline;
mod powers;
mod segment;
mod sentences;
pub mod syntax;
pub mod times;
mod tokenise;

pub use analysis::{Analysis, Sentence, Token};
pub use dateline::split_dateline;
pub use labels::{Penn, Relation, Upos};
pub use pipeline::Pipeline;
pub use powers::Power;
pub use segment::segments_of;
pub use tokenise::tokenise;
