//! Identities that outlive a change of rules: hashes over source, span and kind of content.

use std::fmt;

use sha2::{Digest as _, Sha256};

use crate::Span;

/// The SHA-256 hash of a source's bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceHash([u8; 32]);

impl SourceHash {
    /// The hash of a source's bytes.
    ///
    /// ```
    /// use irenic_model::SourceHash;
    /// assert!(SourceHash::of(b"").to_string().starts_with("e3b0c44298fc1c14"));
    /// ```
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
}

impl fmt::Display for SourceHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for SourceHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// The identity of an extracted thing: sixteen hexadecimal digits on the wire.
///
/// It is made of source, span and kind of content and of nothing else, so that a person's decision on a
/// statement still finds it after the rules have changed what the statement says.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatementId(u64);

impl StatementId {
    /// The identity of the thing of `kind` ("event", "figure") at `span` of `source`.
    ///
    /// ```
    /// use irenic_model::{SourceHash, Span, StatementId};
    /// let source = SourceHash::of(b"Eleven people fled.");
    /// let id = StatementId::new(source, Span::new(0, 13), "figure");
    /// assert_eq!(id, StatementId::new(source, Span::new(0, 13), "figure"));
    /// assert_ne!(id, StatementId::new(source, Span::new(0, 13), "event"));
    /// assert_eq!(id.to_string().len(), 16);
    /// ```
    #[must_use]
    pub fn new(source: SourceHash, span: Span, kind: &str) -> Self {
        let mut hash = Sha256::new();
        hash.update(source.0);
        hash.update((span.start as u64).to_be_bytes());
        hash.update((span.end as u64).to_be_bytes());
        hash.update(kind.as_bytes());
        let digest = hash.finalize();
        let mut first = [0; 8];
        first.copy_from_slice(&digest[..8]);
        Self(u64::from_be_bytes(first))
    }
}

impl fmt::Display for StatementId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl fmt::Debug for StatementId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}
