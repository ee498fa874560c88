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
    /// What networks that have not learnt from a report say of it, as `models/incidents/reader.py` writes it: so the trees
    /// learn how far to trust them.
    #[arg(long)]
    opinions: Option<PathBuf>,
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
    let (reports, model) = incident_training::train(&args.gold, args.opinions.as_deref())?;
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
/// MPNet has BERT's marks of a text's ends too, but learnt others.
fn pieces(path: &Path) -> Result<Vec<(usize, String)>> {
    let value: Value = serde_json::from_str(&fs::read_to_string(path)?)?;
    let known = value["model"]["vocab"].as_object().context("a tokenizer has a vocabulary")?;
    let row = |row: &Value| usize::try_from(row.as_u64()?).ok();
    let name = |piece: &String| -> Option<String> {
        match piece.as_str() {
            "<s>" => Some("[CLS]".to_owned()),
            "</s>" => Some("[SEP]".to_owned()),
            "[UNK]" => Some(piece.clone()),
            _ => (piece.is_ascii() && !is_mark(piece)).then(|| piece.clone()),
        }
    };
    let mut pieces: Vec<(usize, String)> = known
        .iter()
        .filter_map(|(piece, number)| Some((number, name(piece)?)))
        .map(|(number, piece)| Ok((row(number).context("a piece has a number")?, piece)))
        .collect::<Result<_>>()?;
    pieces.sort_unstable();
    Ok(pieces)
}

/// Whether a piece stands for what is no word of a text.
fn is_mark(piece: &str) -> bool {
    let between = |ends: [char; 2]| piece.len() > 2 && piece.starts_with(ends[0]) && piece.ends_with(ends[1]);
    between(['[', ']']) || between(['<', '>'])
}

/// Named tensors of reals.
struct Tensors(HashMap<String, Tensor>);

struct Tensor {
    shape: Vec<usize>,
    values: Vec<f32>,
}

const HEADS: usize = 12;
/// What MPNet adds to a variance.
const LEAST: f32 = 1e-5;
/// The largest whole number that a weight of layers and embeddings is rounded to. Six bits instead of eight changed average
/// precision by half a point at most, either way, in all but a rare kind.
const MOST: i8 = 31;
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

    /// An affine map, the weights of a row rounded to whole numbers up to `most`.
    fn affine(&self, name: &str, most: i8) -> Result<Affine> {
        let Tensor { shape, values } = self.get(&format!("{name}.weight"))?;
        let columns = *shape.last().with_context(|| format!("{name} has no columns"))?;
        let bias = self.values(&format!("{name}.bias"))?;
        ensure!(columns > 0 && values.len() == bias.len() * columns, "{name} does not fit its bias");
        Ok(Affine { matrix: Matrix::coarse(bias.len(), columns, values, most), bias })
    }

    fn encoder(&self, pieces: &[(usize, String)]) -> Result<EncoderWeights> {
        let Tensor { shape, values: embeddings } = self.get("w.weight")?;
        let [rows, width] = shape[..] else { bail!("embeddings have rows and columns") };
        let row = |&(row, ref piece): &(usize, String)| {
            ensure!(row < rows, "no embedding of {piece}");
            Ok(&embeddings[row * width..][..width])
        };
        let rows = pieces.iter().map(row).collect::<Result<Vec<&[f32]>>>()?.concat();
        let layer = |at: usize| -> Result<LayerWeights> {
            let name = |part: &str| format!("layers.{at}.{part}");
            Ok(LayerWeights {
                attention: self.affine(&name("qkv"), MOST)?,
                mixed: self.affine(&name("o"), MOST)?,
                first_norm: self.norm(&name("n1"))?,
                widened: self.affine(&name("i"), MOST)?,
                narrowed: self.affine(&name("u"), MOST)?,
                second_norm: self.norm(&name("n2"))?,
            })
        };
        let layers = (0..).take_while(|at| self.0.contains_key(&format!("layers.{at}.qkv.weight")));
        Ok(EncoderWeights {
            words: pieces.iter().map(|(_, piece)| format!("{piece}\n")).collect(),
            embeddings: Matrix::coarse(pieces.len(), width, &rows, MOST),
            places: self.values("p.weight")?,
            distances: self.values("distances")?,
            norm: self.norm("n")?,
            least: LEAST,
            heads: HEADS,
            layers: layers.map(layer).collect::<Result<_>>()?,
            questions: QUESTIONS.iter().map(|name| self.affine(name, i8::MAX)).collect::<Result<_>>()?,
        })
    }
}
