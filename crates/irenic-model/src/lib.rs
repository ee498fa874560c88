//! The words of the field as types, with their invariants in constructors.

mod span;

pub use span::Span;
