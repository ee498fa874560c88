//! The weights, and both ways between them and bytes.

use flate2::Compression;
use flate2::write::GzEncoder;

use super::layers::{LayerWeights, Norm};
use crate::syntax::integers::INPUTS_MAX;
use crate::syntax::weights::{Affine, Broken, Matrix, Reader, Writer, unpacked};

const MARK: &[u8; 8] = b"IRENENC2";

/// Everything that an encoder has learnt.
#[derive(Clone, Debug, PartialEq)]
pub struct EncoderWeights {
    /// The known pieces of words, one a line.
    pub words: String,
    /// A row a piece.
    pub embeddings: Matrix,
    /// What is added by place in the text, a row a place.
    pub places: Vec<f32>,
    /// What is added to how well a key fits a query, by how far behind the query's piece the key's is: a row a head, from
    /// the whole length of a text before it to as far behind it.
    pub distances: Vec<f32>,
    /// After embeddings and places.
    pub norm: Norm,
    /// What is added to a variance before vectors are divided by its root.
    pub least: f32,
    /// How many heads a layer has.
    pub heads: usize,
    /// The lowest first.
    pub layers: Vec<LayerWeights>,
    /// What is asked of the vectors, each a map from one of them or from several side by side.
    pub questions: Vec<Affine>,
}

impl EncoderWeights {
    /// The bytes of the file. The same weights give the same bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Writer(GzEncoder::new(Vec::new(), Compression::best()));
        out.raw(MARK);
        out.size(self.words.len());
        out.raw(self.words.as_bytes());
        out.matrix(&self.embeddings);
        out.reals(&self.places);
        out.reals(&self.distances);
        out.norm(&self.norm);
        out.reals(&[self.least]);
        out.size(self.heads);
        out.size(self.layers.len());
        for layer in &self.layers {
            out.affine(&layer.attention);
            out.affine(&layer.mixed);
            out.norm(&layer.first_norm);
            out.affine(&layer.widened);
            out.affine(&layer.narrowed);
            out.norm(&layer.second_norm);
        }
        out.size(self.questions.len());
        self.questions.iter().for_each(|question| out.affine(question));
        out.0.finish().expect("writing to memory does not fail")
    }

    /// Reads the weights from the bytes of the file.
    ///
    /// # Errors
    ///
    /// [`Broken`] if the bytes are not such weights, or their sizes do not fit each other.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Broken> {
        let plain = unpacked(bytes)?;
        let mut input = Reader(&plain);
        if input.raw(MARK.len())? != MARK {
            return Err(Broken);
        }
        let length = input.size()?;
        let words = String::from_utf8(input.raw(length)?.to_vec()).map_err(|_| Broken)?;
        let embeddings = input.matrix()?;
        let places = input.reals()?;
        let distances = input.reals()?;
        let norm = input.norm()?;
        let [least] = input.reals()?[..] else { return Err(Broken) };
        let heads = input.size()?;
        let layers = (0..input.size()?)
            .map(|_| {
                Ok(LayerWeights {
                    attention: input.affine()?,
                    mixed: input.affine()?,
                    first_norm: input.norm()?,
                    widened: input.affine()?,
                    narrowed: input.affine()?,
                    second_norm: input.norm()?,
                })
            })
            .collect::<Result<_, _>>()?;
        let questions = (0..input.size()?).map(|_| input.affine()).collect::<Result<_, _>>()?;
        let weights = Self { words, embeddings, places, distances, norm, least, heads, layers, questions };
        if input.0.is_empty() { weights.check().map(|()| weights) } else { Err(Broken) }
    }

    /// Whether all sizes fit each other.
    pub(super) fn check(&self) -> Result<(), Broken> {
        let width = self.embeddings.columns;
        let norm = |norm: &Norm| norm.scale.len() == width && norm.shift.len() == width;
        let map = |map: &Affine, inputs: usize, outputs: usize| {
            (map.matrix.columns, map.matrix.rows) == (inputs, outputs) && map.bias.len() == outputs
        };
        let layer = |layer: &LayerWeights| {
            let inner = layer.widened.matrix.rows;
            (1..=INPUTS_MAX).contains(&inner)
                && map(&layer.attention, width, 3 * width)
                && map(&layer.mixed, width, width)
                && map(&layer.widened, width, inner)
                && map(&layer.narrowed, inner, width)
                && norm(&layer.first_norm)
                && norm(&layer.second_norm)
        };
        let question = |one: &Affine| {
            let Matrix { rows, columns, .. } = one.matrix;
            columns > 0 && columns.is_multiple_of(width) && one.bias.len() == rows
        };
        let fits = (1..=INPUTS_MAX).contains(&width)
            && self.heads > 0
            && width.is_multiple_of(self.heads)
            && self.places.len().is_multiple_of(width)
            && self.distances.len() == self.heads * (2 * self.places.len() / width).saturating_sub(1)
            && self.least > 0.0
            && self.words.lines().count() == self.embeddings.rows
            && norm(&self.norm)
            && self.layers.iter().all(layer)
            && self.questions.iter().all(question);
        fits.then_some(()).ok_or(Broken)
    }
}

impl<W: std::io::Write> Writer<W> {
    fn norm(&mut self, norm: &Norm) {
        self.reals(&norm.scale);
        self.reals(&norm.shift);
    }
}

impl Reader<'_> {
    fn norm(&mut self) -> Result<Norm, Broken> {
        Ok(Norm { scale: self.reals()?, shift: self.reals()? })
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Weights that look like chance, the same every time: two heads, vectors of eight values, two layers.
    pub(in super::super) fn small() -> EncoderWeights {
        let mut seed = 1u32;
        let mut values = |count: usize| -> Vec<f32> {
            let mut next = || {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (seed >> 8) as f32 / 8_388_608.0 - 1.0
            };
            (0..count).map(|_| next()).collect()
        };
        let words = "[UNK]\n[CLS]\n[SEP]\nthe\ntruce\n##s\nheld\n".to_owned();
        let mut affine = |rows: usize, columns: usize| {
            let weights = values(rows * columns);
            Affine { matrix: Matrix::rounded(rows, columns, &weights), bias: values(rows) }
        };
        let embeddings = affine(7, 8).matrix;
        let norm = || Norm { scale: vec![1.5; 8], shift: vec![0.25; 8] };
        let layers = (0..2)
            .map(|_| LayerWeights {
                attention: affine(24, 8),
                mixed: affine(8, 8),
                first_norm: norm(),
                widened: affine(20, 8),
                narrowed: affine(8, 20),
                second_norm: norm(),
            })
            .collect();
        let questions = vec![affine(3, 8), affine(1, 16)];
        let places = affine(6, 8).matrix.values.iter().map(|&value| f32::from(value) / 127.0).collect();
        let distances = affine(2, 11).matrix.values.iter().map(|&value| f32::from(value) / 127.0).collect();
        EncoderWeights {
            words,
            embeddings,
            places,
            distances,
            norm: norm(),
            least: 1e-5,
            heads: 2,
            layers,
            questions,
        }
    }

    #[test]
    fn weights_survive_a_file() {
        let weights = small();
        let bytes = weights.to_bytes();
        assert_eq!(EncoderWeights::from_bytes(&bytes), Ok(weights));
        for length in 0..bytes.len() {
            assert_eq!(EncoderWeights::from_bytes(&bytes[..length]), Err(Broken), "cut after {length}");
        }
        assert_eq!(EncoderWeights::from_bytes(&[bytes, vec![0]].concat()), Err(Broken));
    }

    #[test]
    fn sizes_that_do_not_fit_are_refused() {
        let mut weights = small();
        weights.heads = 3;
        assert_eq!(EncoderWeights::from_bytes(&weights.to_bytes()), Err(Broken));
        let mut weights = small();
        weights.layers[1].narrowed.bias.pop();
        assert_eq!(EncoderWeights::from_bytes(&weights.to_bytes()), Err(Broken));
        let mut weights = small();
        weights.distances.pop();
        assert_eq!(EncoderWeights::from_bytes(&weights.to_bytes()), Err(Broken));
        let mut weights = small();
        weights.least = f32::NAN;
        assert_eq!(EncoderWeights::from_bytes(&weights.to_bytes()), Err(Broken));
        let mut weights = small();
        weights.words.push_str("more\n");
        assert_eq!(EncoderWeights::from_bytes(&weights.to_bytes()), Err(Broken));
        let mut weights = small();
        weights.layers[0].widened = Affine { matrix: Matrix::rounded(0, 8, &[]), bias: Vec::new() };
        weights.layers[0].narrowed.matrix =
            Matrix { columns: 0, values: Vec::new(), ..weights.layers[0].narrowed.matrix.clone() };
        assert_eq!(EncoderWeights::from_bytes(&weights.to_bytes()), Err(Broken));
        let mut weights = small();
        weights.questions[0].matrix =
            Matrix { columns: 0, values: Vec::new(), ..weights.questions[0].matrix.clone() };
        assert_eq!(EncoderWeights::from_bytes(&weights.to_bytes()), Err(Broken));
    }
}
