//! Trains the models of incidents.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use fieldtest::incident_training;
use irenic_extract::incidents::Reader;
use irenic_language::encoder::{EncoderWeights, LayerWeights, Norm};
use irenic_language::syntax::weights::{Affine, Matrix};
use serde_json::Value;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Annotated reports, one JSON object a line.
    gold: PathBuf,
    /// What networks that have not learnt from a report say of it, as `models/incidents/reader.py` writes it.
    #[arg(long)]
    opinions: PathBuf,
}

#[derive(clap::Args)]
pub(crate) struct ReaderArgs {
    /// The trained weights, as `models/incidents/reader.py` writes them.
    weights: PathBuf,
    /// The pieces of words: `tokenizer.json` of the network that training began with.
    pieces: PathBuf,
}

/// Trains on all reports and writes `models/incidents/incidents.bin`.
pub(crate) fn train(args: &Args) -> Result<()> {
    let (reports, model) = incident_training::train(&args.gold, &args.opinions)?;
    write("incidents.bin", &model.to_bytes(), &format!("{reports} reports"))
}

/// Rounds the weights of the second reader to bytes and writes `models/incidents/reader.bin`.
pub(crate) fn reader(args: &ReaderArgs) -> Result<()> {
    let pieces = pieces(&args.pieces).with_context(|| format!("reading {}", args.pieces.display()))?;
    let encoder = Tensors::read(&args.weights).and_then(|tensors| tensors.encoder(&pieces));
    let bytes = encoder.with_context(|| format!("reading {}", args.weights.display()))?.to_bytes();
    Reader::from_bytes(&bytes).with_context(|| {
        let (weights, pieces) = (args.weights.display(), args.pieces.display());
        format!("{weights} and {pieces} do not fit each other or the program: train with models/incidents/reader.py")
    })?;
    write("reader.bin", &bytes, &format!("{} pieces of words", pieces.len()))
}

fn write(name: &str, bytes: &[u8], what: &str) -> Result<()> {
    let path = crate::root().join("models/incidents").join(name);
    writeln!(io::stdout(), "{what}, {} bytes", bytes.len())?;
    fs::write(&path, bytes).with_context(|| format!("writing {}", path.display()))
}

/// The pieces that English text has, with the rows of their embeddings: those without other scripts and spare numbers.
fn pieces(path: &Path) -> Result<Vec<(usize, String)>> {
    let value: Value = serde_json::from_str(&fs::read_to_string(path)?)?;
    let known = value["model"]["vocab"].as_object().context("a tokenizer has a vocabulary")?;
    let row = |row: &Value| usize::try_from(row.as_u64()?).ok();
    let mut pieces: Vec<(usize, String)> = known
        .iter()
        .filter(|(piece, _)| piece.is_ascii() && !piece.starts_with("[unused"))
        .map(|(piece, number)| Ok((row(number).context("a piece has a number")?, piece.clone())))
        .collect::<Result<_>>()?;
    pieces.sort_unstable();
    Ok(pieces)
}

/// Named tensors of reals.
struct Tensors(HashMap<String, Tensor>);

struct Tensor {
    shape: Vec<usize>,
    values: Vec<f32>,
}

/// How long a text may be, in pieces with its ends.
const LONGEST: usize = 256;
const HEADS: usize = 12;
/// In the order in which the program asks them.
const QUESTIONS: [&str; 5] = ["doc", "sent", "role", "eff", "att"];

impl Tensors {
    /// Reads a file in the format `safetensors`: the length of a JSON header, the header, the values.
    fn read(path: &Path) -> Result<Self> {
        Self::parse(&fs::read(path)?).context("no file of tensors")
    }

    fn parse(bytes: &[u8]) -> Result<Self> {
        let (length, rest) = bytes.split_first_chunk::<8>().context("no length of a header")?;
        let (header, values) =
            rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length))?).context("no header")?;
        let header: HashMap<String, Value> = serde_json::from_slice(header)?;
        let numbers = |value: &Value| -> Result<Vec<usize>> { Ok(serde_json::from_value(value.clone())?) };
        let tensor = |(name, entry): (String, Value)| -> Result<(String, Tensor)> {
            ensure!(entry["dtype"] == "F32", "{name} is not of 32-bit reals");
            let [start, end] = numbers(&entry["data_offsets"])?[..] else { bail!("{name} has no offsets") };
            let values = values.get(start..end).with_context(|| format!("{name} ends behind the file"))?;
            let values = values.as_chunks().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
            Ok((name, Tensor { shape: numbers(&entry["shape"])?, values }))
        };
        let tensors = header.into_iter().filter(|(name, _)| name != "__metadata__");
        Ok(Self(tensors.map(tensor).collect::<Result<_>>()?))
    }

    fn get(&self, name: &str) -> Result<&Tensor> {
        self.0.get(name).with_context(|| format!("no tensor {name}"))
    }

    fn values(&self, name: &str) -> Result<Vec<f32>> {
        Ok(self.get(name)?.values.clone())
    }

    fn norm(&self, name: &str) -> Result<Norm> {
        Ok(Norm {
            scale: self.values(&format!("{name}.weight"))?,
            shift: self.values(&format!("{name}.bias"))?,
        })
    }

    /// Several maps of one vector, one below the other.
    fn affine(&self, names: &[String]) -> Result<Affine> {
        let (mut weights, mut bias, mut columns) = (Vec::new(), Vec::new(), 0);
        for name in names {
            let Tensor { shape, values } = self.get(&format!("{name}.weight"))?;
            columns = *shape.last().with_context(|| format!("{name} has no columns"))?;
            weights.extend_from_slice(values);
            bias.extend(self.values(&format!("{name}.bias"))?);
        }
        ensure!(columns > 0 && weights.len() == bias.len() * columns, "{names:?} do not fit their bias");
        Ok(Affine { matrix: Matrix::rounded(bias.len(), columns, &weights), bias })
    }

    fn encoder(&self, pieces: &[(usize, String)]) -> Result<EncoderWeights> {
        let Tensor { shape, values: embeddings } = self.get("w.weight")?;
        let [rows, width] = shape[..] else { bail!("embeddings have rows and columns") };
        let row = |&(row, ref piece): &(usize, String)| {
            ensure!(row < rows, "no embedding of {piece}");
            Ok(&embeddings[row * width..][..width])
        };
        let rows = pieces.iter().map(row).collect::<Result<Vec<&[f32]>>>()?.concat();
        let segment = self.values("t")?;
        let places = self.values("p.weight")?;
        ensure!(segment.len() == width && places.len() >= LONGEST * width, "too few places");
        let places = places.iter().zip(segment.iter().cycle()).take(LONGEST * width);
        let layer = |at: usize| -> Result<LayerWeights> {
            let name = |part: &str| format!("layers.{at}.{part}");
            Ok(LayerWeights {
                attention: self.affine(&["q", "k", "v"].map(name))?,
                mixed: self.affine(&[name("o")])?,
                first_norm: self.norm(&name("n1"))?,
                widened: self.affine(&[name("i")])?,
                narrowed: self.affine(&[name("u")])?,
                second_norm: self.norm(&name("n2"))?,
            })
        };
        let layers = (0..).take_while(|at| self.0.contains_key(&format!("layers.{at}.q.weight")));
        Ok(EncoderWeights {
            words: pieces.iter().map(|(_, piece)| format!("{piece}\n")).collect(),
            embeddings: Matrix::rounded(pieces.len(), width, &rows),
            places: places.map(|(place, segment)| place + segment).collect(),
            norm: self.norm("n")?,
            heads: HEADS,
            layers: layers.map(layer).collect::<Result<_>>()?,
            questions: QUESTIONS
                .iter()
                .map(|name| self.affine(&[(*name).to_owned()]))
                .collect::<Result<_>>()?,
        })
    }
}
