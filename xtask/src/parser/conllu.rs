//! Treebank files.

use std::path::Path;

use anyhow::{Context, Result};

/// A word as the treebank annotates it.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    pub(crate) form: String,
    pub(crate) lemma: String,
    pub(crate) upos: String,
    pub(crate) xpos: String,
    /// Zero for the root, else the position of the head, counted from one.
    pub(crate) head: usize,
    pub(crate) relation: String,
}

/// The sentences of a CoNLL-U file; ranges of multiword tokens and empty nodes are left out.
pub(crate) fn read(path: &Path) -> Result<Vec<Vec<Word>>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let mut sentences = Vec::new();
    let mut words = Vec::new();
    for (number, line) in text.lines().enumerate() {
        if line.is_empty() {
            sentences.extend((!words.is_empty()).then(|| std::mem::take(&mut words)));
        } else if !line.starts_with('#') {
            let word = word(line).with_context(|| format!("{}:{}", path.display(), number + 1))?;
            words.extend(word);
        }
    }
    sentences.extend((!words.is_empty()).then_some(words));
    Ok(sentences)
}

fn word(line: &str) -> Result<Option<Word>> {
    let columns: Vec<&str> = line.split('\t').collect();
    let [id, form, lemma, upos, xpos, _, head, relation, ..] = columns[..] else {
        anyhow::bail!("a word line needs ten columns")
    };
    if id.contains(['-', '.']) {
        return Ok(None);
    }
    let head = head.parse().context("the head is a number")?;
    let [form, lemma, upos, xpos, relation] = [form, lemma, upos, xpos, relation].map(str::to_owned);
    Ok(Some(Word { form, lemma, upos, xpos, head, relation }))
}
