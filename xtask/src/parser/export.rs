//! The trained network as the model file's weights.

use irenic_language::syntax::weights::{Affine, Matrix, Recurrent, Weights};

use super::matrix::Parameter;
use super::net::{Dense, Net};
use super::train::Vocabulary;

/// Rounds and lays out what was learnt.
pub(crate) fn weights(net: &Net, vocabulary: &Vocabulary, lemmas: String) -> Weights {
    let layers = net
        .layers
        .iter()
        .map(|layer| Recurrent { projection: transposed(&layer.weight), gates: layer.gates.value.clone() });
    Weights {
        hidden: net.config.hidden,
        vocabulary: vocabulary.hashes().collect(),
        embeddings: Matrix::rounded(net.embeddings.rows, net.embeddings.columns, &net.embeddings.value),
        layers: layers.collect(),
        dependent: affine(&net.dependent),
        head: affine(&net.head),
        query: affine(&net.query),
        root: net.root.value.clone(),
        distance: net.distance.value.clone(),
        label_dependent: affine(&net.label_dependent),
        label_head: affine(&net.label_head),
        label_root: net.label_root.value.clone(),
        label: affine(&net.label),
        xpos: affine(&net.xpos),
        upos: affine(&net.upos),
        lemmas,
    }
}

fn affine(dense: &Dense) -> Affine {
    Affine { matrix: transposed(&dense.weight), bias: dense.bias.value.clone() }
}

/// A row an output, from a row an input.
fn transposed(parameter: &Parameter) -> Matrix {
    let (inputs, outputs) = (parameter.rows, parameter.columns);
    let value = |at: usize| parameter.value[(at % inputs) * outputs + at / inputs];
    let weights: Vec<f32> = (0..inputs * outputs).map(value).collect();
    Matrix::rounded(outputs, inputs, &weights)
}
