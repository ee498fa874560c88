//! The model file: what it holds, and both ways between bytes and weights.
//!
//! All numbers are little-endian. A file starts with a mark and a version; the sizes of everything else follow
//! from the header, so that reading needs no guessing. The file is compressed with gzip.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::bufread::GzDecoder;
use flate2::write::GzEncoder;

const MARK: &[u8; 8] = b"IRENPAR1";

/// Eight-bit weights of an affine map, a row an output, each row with its own scale.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    /// Outputs.
    pub rows: usize,
    /// Inputs.
    pub columns: usize,
    /// What one unit of a row's values is worth.
    pub scales: Vec<f32>,
    /// The values, row by row.
    pub values: Vec<i8>,
}

impl Matrix {
    /// Rounds weights, given row by row, to eight bits.
    ///
    /// # Panics
    ///
    /// If `weights` does not fill the rows.
    #[must_use]
    pub fn rounded(rows: usize, columns: usize, weights: &[f32]) -> Self {
        Self::coarse(rows, columns, weights, i8::MAX)
    }

    /// The same with the largest weight of a row rounded to `most`, so that the file is smaller.
    ///
    /// # Panics
    ///
    /// If `weights` does not fill the rows, or `most` is not above nought.
    #[must_use]
    pub fn coarse(rows: usize, columns: usize, weights: &[f32], most: i8) -> Self {
        assert!(most > 0, "a row has a largest weight");
        assert_eq!(weights.len(), rows * columns, "a value for each place");
        let mut scales = Vec::with_capacity(rows);
        let mut values = Vec::with_capacity(weights.len());
        for row in weights.chunks_exact(columns) {
            let scale = row.iter().fold(0.0f32, |most, w| most.max(w.abs())) / f32::from(most);
            scales.push(scale);
            let one = if scale > 0.0 { 1.0 / scale } else { 0.0 };
            values.extend(row.iter().map(|w| (w * one).round() as i8));
        }
        Self { rows, columns, scales, values }
    }

    /// The row's values.
    #[must_use]
    pub fn row(&self, row: usize) -> &[i8] {
        &self.values[row * self.columns..][..self.columns]
    }
}

/// An affine map.
#[derive(Clone, Debug, PartialEq)]
pub struct Affine {
    /// Its linear part.
    pub matrix: Matrix,
    /// What is added to each output.
    pub bias: Vec<f32>,
}

/// A two-way recurrent layer: see the trainer for the equations.
#[derive(Clone, Debug, PartialEq)]
pub struct Recurrent {
    /// Projections of the input; for each direction three or four blocks of `hidden` rows.
    pub projection: Matrix,
    /// For each direction `vf`, `vr`, `bf`, `br`, each of `hidden` values.
    pub gates: Vec<f32>,
}

/// Everything that is learnt.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// Units a direction in each layer.
    pub hidden: usize,
    /// Hashes of the known features, ascending; their embeddings follow those of the unknown kinds.
    pub vocabulary: Vec<u32>,
    /// A row a feature.
    pub embeddings: Matrix,
    /// Bottom first.
    pub layers: Vec<Recurrent>,
    /// Word as a dependent, for arcs.
    pub dependent: Affine,
    /// Word as a head, for arcs.
    pub head: Affine,
    /// From dependent to the head looked for.
    pub query: Affine,
    /// The root as a head.
    pub root: Vec<f32>,
    /// What is added by direction and length of an arc.
    pub distance: Vec<f32>,
    /// Word as a dependent, for relations.
    pub label_dependent: Affine,
    /// Word as a head, for relations.
    pub label_head: Affine,
    /// The root as a head, for relations.
    pub label_root: Vec<f32>,
    /// Scores of the relations.
    pub label: Affine,
    /// Scores of the Penn tags.
    pub xpos: Affine,
    /// Scores of the universal tags.
    pub upos: Affine,
    /// The lemmatiser's rules, as text.
    pub lemmas: String,
}

/// A model file that cannot be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Broken;

impl std::fmt::Display for Broken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("not a model file of this version, or cut short")
    }
}

impl std::error::Error for Broken {}

impl Weights {
    /// The bytes of the model file. The same weights give the same bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Writer(GzEncoder::new(Vec::new(), Compression::best()));
        out.raw(MARK);
        out.size(self.hidden);
        out.size(self.vocabulary.len());
        self.vocabulary.iter().for_each(|hash| out.raw(&hash.to_le_bytes()));
        out.matrix(&self.embeddings);
        out.size(self.layers.len());
        for layer in &self.layers {
            out.matrix(&layer.projection);
            out.reals(&layer.gates);
        }
        for affine in [
            &self.dependent,
            &self.head,
            &self.query,
            &self.label_dependent,
            &self.label_head,
            &self.label,
            &self.xpos,
            &self.upos,
        ] {
            out.affine(affine);
        }
        for reals in [&self.root, &self.distance, &self.label_root] {
            out.reals(reals);
        }
        out.size(self.lemmas.len());
        out.raw(self.lemmas.as_bytes());
        out.0.finish().expect("writing to memory does not fail")
    }

    /// Reads a model file.
    ///
    /// # Errors
    ///
    /// [`Broken`] if the bytes are not a model file of this version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Broken> {
        let plain = unpacked(bytes)?;
        let mut input = Reader(&plain);
        if input.raw(MARK.len())? != MARK {
            return Err(Broken);
        }
        let hidden = input.size()?;
        let known = input.size()?;
        let hashes = input.raw(known * 4)?;
        let vocabulary = hashes.as_chunks().0.iter().map(|bytes| u32::from_le_bytes(*bytes)).collect();
        let embeddings = input.matrix()?;
        let count = input.size()?;
        let layers = (0..count)
            .map(|_| Ok(Recurrent { projection: input.matrix()?, gates: input.reals()? }))
            .collect::<Result<_, _>>()?;
        let dependent = input.affine()?;
        let head = input.affine()?;
        let query = input.affine()?;
        let label_dependent = input.affine()?;
        let label_head = input.affine()?;
        let label = input.affine()?;
        let xpos = input.affine()?;
        let upos = input.affine()?;
        let root = input.reals()?;
        let distance = input.reals()?;
        let label_root = input.reals()?;
        let length = input.size()?;
        let lemmas = String::from_utf8(input.raw(length)?.to_vec()).map_err(|_| Broken)?;
        Ok(Self {
            hidden,
            vocabulary,
            embeddings,
            layers,
            dependent,
            head,
            query,
            root,
            distance,
            label_dependent,
            label_head,
            label_root,
            label,
            xpos,
            upos,
            lemmas,
        })
    }
}

/// Writes what models are made of.
pub(crate) struct Writer<W>(pub(crate) W);

impl<W: Write> Writer<W> {
    pub(crate) fn raw(&mut self, bytes: &[u8]) {
        self.0.write_all(bytes).expect("writing to memory does not fail");
    }

    pub(crate) fn size(&mut self, size: usize) {
        self.raw(&u32::try_from(size).expect("sizes of a model fit 32 bits").to_le_bytes());
    }

    pub(crate) fn reals(&mut self, reals: &[f32]) {
        self.size(reals.len());
        reals.iter().for_each(|real| self.raw(&real.to_le_bytes()));
    }

    pub(crate) fn matrix(&mut self, matrix: &Matrix) {
        self.size(matrix.rows);
        self.size(matrix.columns);
        self.reals(&matrix.scales);
        let bytes: Vec<u8> = matrix.values.iter().map(|value| value.cast_unsigned()).collect();
        self.raw(&bytes);
    }

    pub(crate) fn affine(&mut self, affine: &Affine) {
        self.matrix(&affine.matrix);
        self.reals(&affine.bias);
    }
}

/// No file of weights unpacks to more bytes.
const UNPACKED_MAX: u64 = 1 << 30;

/// What a file of weights holds unpacked; nothing may stand behind it.
pub(crate) fn unpacked(bytes: &[u8]) -> Result<Vec<u8>, Broken> {
    let mut plain = Vec::new();
    let mut packed = GzDecoder::new(bytes);
    let read = packed.by_ref().take(UNPACKED_MAX + 1).read_to_end(&mut plain).map_err(|_| Broken)?;
    let whole = read as u64 <= UNPACKED_MAX && packed.into_inner().is_empty();
    if whole { Ok(plain) } else { Err(Broken) }
}

/// Reads what [`Writer`] writes.
pub(crate) struct Reader<'a>(pub(crate) &'a [u8]);

impl<'a> Reader<'a> {
    pub(crate) fn raw(&mut self, count: usize) -> Result<&'a [u8], Broken> {
        let (bytes, rest) = self.0.split_at_checked(count).ok_or(Broken)?;
        self.0 = rest;
        Ok(bytes)
    }

    pub(crate) fn size(&mut self) -> Result<usize, Broken> {
        let bytes = self.raw(4)?.first_chunk().ok_or(Broken)?;
        Ok(u32::from_le_bytes(*bytes) as usize)
    }

    pub(crate) fn reals(&mut self) -> Result<Vec<f32>, Broken> {
        let count = self.size()?;
        let bytes = self.raw(count * 4)?;
        Ok(bytes.as_chunks().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect())
    }

    pub(crate) fn matrix(&mut self) -> Result<Matrix, Broken> {
        let rows = self.size()?;
        let columns = self.size()?;
        let scales = self.reals()?;
        let values: Vec<i8> = self.raw(rows * columns)?.iter().map(|byte| byte.cast_signed()).collect();
        if scales.len() != rows { Err(Broken) } else { Ok(Matrix { rows, columns, scales, values }) }
    }

    pub(crate) fn affine(&mut self) -> Result<Affine, Broken> {
        let matrix = self.matrix()?;
        let bias = self.reals()?;
        if bias.len() != matrix.rows { Err(Broken) } else { Ok(Affine { matrix, bias }) }
    }
}
