//! Trains the labeller of mentions.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context, Result};
use fieldtest::mention_training;

/// Trains on all documents of `gold` and writes `models/mentions/labeller.bin`.
pub(crate) fn train(gold: &Path) -> Result<()> {
    let (documents, labeller) = mention_training::train(gold)?;
    let path = crate::root().join("models/mentions/labeller.bin");
    let bytes = labeller.to_bytes();
    writeln!(io::stdout(), "{documents} documents, {} bytes", bytes.len())?;
    fs::write(&path, bytes).with_context(|| format!("writing {}", path.display()))
}
