//! Trains the model of incidents.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context, Result};
use fieldtest::incident_training;

/// Trains on all reports of `gold` and writes `models/incidents/incidents.bin`.
pub(crate) fn train(gold: &Path) -> Result<()> {
    let (reports, model) = incident_training::train(gold)?;
    let path = crate::root().join("models/incidents/incidents.bin");
    let bytes = model.to_bytes();
    writeln!(io::stdout(), "{reports} reports, {} bytes", bytes.len())?;
    fs::write(&path, bytes).with_context(|| format!("writing {}", path.display()))
}
