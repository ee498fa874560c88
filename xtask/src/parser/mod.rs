//! Training of the tagger and parser.

mod conllu;
mod export;
mod lemmas;
mod matrix;
mod net;
mod rng;
mod sru;
mod train;

use std::path::PathBuf;

use anyhow::{Context, Result};

/// Train the tagger, lemmatiser and parser on a treebank.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Treebank to train on, CoNLL-U.
    #[arg(long)]
    treebank: PathBuf,
    /// Treebank to report on after each epoch, CoNLL-U; training does not depend on it.
    #[arg(long)]
    dev: Option<PathBuf>,
    /// Where to write the model.
    #[arg(long, default_value = "models/parser/english.bin.gz")]
    out: PathBuf,
    /// Passes over the treebank.
    #[arg(long, default_value_t = 28)]
    epochs: usize,
    /// Units a direction in each recurrent layer.
    #[arg(long, default_value_t = 80)]
    hidden: usize,
    /// Recurrent layers.
    #[arg(long, default_value_t = 3)]
    layers: usize,
    /// Share of units dropped.
    #[arg(long, default_value_t = 0.2)]
    drop: f32,
    /// Peak learning rate.
    #[arg(long, default_value_t = 0.003)]
    rate: f32,
}

/// Trains and writes the model.
pub(crate) fn run(args: &Args) -> Result<()> {
    let treebank = conllu::read(&args.treebank)?;
    let dev = args.dev.as_deref().map(conllu::read).transpose()?.unwrap_or_default();
    let config = net::Config {
        embedding: 96,
        hidden: args.hidden,
        layers: args.layers,
        arc: 80,
        label: 64,
        drop_input: args.drop,
        drop: args.drop,
    };
    let schedule =
        train::Schedule { epochs: args.epochs, batch: 400, rate: args.rate, caseless: 0.15, seed: 1 };
    let (net, vocabulary) = train::train(&treebank, &dev, config, schedule);
    let bytes = export::weights(&net, &vocabulary, lemmas::learn(&treebank)).to_bytes();
    std::fs::write(&args.out, &bytes).with_context(|| format!("writing {}", args.out.display()))?;
    eprintln!("{}: {} bytes", args.out.display(), bytes.len());
    Ok(())
}
