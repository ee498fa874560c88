//! Two-way simple recurrent units (Lei et al. 2018), forward and backward.

use irenic_language::syntax::numeric::{sigmoid, tanh};

use super::matrix::Parameter;
use super::rng::Rng;

/// One layer, both directions.
///
/// For each direction and unit: `f = sigmoid(uf + vf c' + bf)`, `r = sigmoid(ur + vr c' + br)`,
/// `c = f c' + (1 - f) uc`, `h = r tanh(c) + (1 - r) s`, where `uc`, `uf`, `ur` are projections of the input,
/// `c'` is the state before, and `s` is a projection too in the first layer, the matching part of the input above.
pub(crate) struct Layer {
    pub(crate) hidden: usize,
    /// Projections a unit and direction: four in the first layer, three above.
    pub(crate) blocks: usize,
    pub(crate) weight: Parameter,
    /// For each direction `vf`, `vr`, `bf`, `br`.
    pub(crate) gates: Parameter,
}

/// What the way back needs.
pub(crate) struct Trace {
    x: Vec<f32>,
    u: Vec<f32>,
    /// For each token and direction: `f`, `r`, `c`, `tanh(c)`.
    states: Vec<f32>,
    pub(crate) h: Vec<f32>,
}

impl Layer {
    pub(crate) fn new(input: usize, hidden: usize, first: bool, rng: &mut Rng) -> Self {
        let blocks = if first { 4 } else { 3 };
        assert!(first || input == 2 * hidden, "upper layers pass their input on");
        let weight = Parameter::glorot(input, 2 * blocks * hidden, rng);
        let mut weight = weight;
        // Glorot counts all blocks as one fan-out; each block is a matrix of its own.
        let fan = ((input + 2 * blocks * hidden) as f32 / (input + hidden) as f32).sqrt();
        weight.value.iter_mut().for_each(|w| *w *= fan);
        let mut gates = Parameter::zero(8, hidden);
        for direction in 0..2 {
            for row in 0..2 {
                let start = (4 * direction + row) * hidden;
                gates.value[start..start + hidden].iter_mut().for_each(|v| *v = rng.symmetric(0.5));
            }
        }
        Self { hidden, blocks, weight, gates }
    }

    pub(crate) fn forward(&self, x: Vec<f32>, lengths: &[usize]) -> Trace {
        let n: usize = lengths.iter().sum();
        let hidden = self.hidden;
        let u = self.weight.forward(&x, n);
        let mut states = vec![0.0; n * 8 * hidden];
        let mut h = vec![0.0; n * 2 * hidden];
        let mut first = 0;
        for &length in lengths {
            for direction in 0..2 {
                let mut state = vec![0.0; hidden];
                for step in 0..length {
                    let token = first + if direction == 0 { step } else { length - 1 - step };
                    self.unit(direction, token, &x, &u, &mut state, &mut states, &mut h);
                }
            }
            first += length;
        }
        Trace { x, u, states, h }
    }

    #[allow(clippy::too_many_arguments)]
    fn unit(
        &self,
        direction: usize,
        token: usize,
        x: &[f32],
        u: &[f32],
        state: &mut [f32],
        states: &mut [f32],
        h: &mut [f32],
    ) {
        let hidden = self.hidden;
        let u = &u[(token * 2 + direction) * self.blocks * hidden..][..self.blocks * hidden];
        let gates = &self.gates.value[4 * direction * hidden..][..4 * hidden];
        let skip = if self.blocks == 4 {
            &u[3 * hidden..]
        } else {
            &x[(token * 2 + direction) * hidden..][..hidden]
        };
        let states = &mut states[(token * 2 + direction) * 4 * hidden..][..4 * hidden];
        let h = &mut h[(token * 2 + direction) * hidden..][..hidden];
        for i in 0..hidden {
            let before = state[i];
            let f = sigmoid(u[hidden + i] + gates[i] * before + gates[2 * hidden + i]);
            let r = sigmoid(u[2 * hidden + i] + gates[hidden + i] * before + gates[3 * hidden + i]);
            let c = f * before + (1.0 - f) * u[i];
            let g = tanh(c);
            h[i] = r * g + (1.0 - r) * skip[i];
            state[i] = c;
            states[i] = f;
            states[hidden + i] = r;
            states[2 * hidden + i] = c;
            states[3 * hidden + i] = g;
        }
    }

    /// Adds to the gradients; gives the gradient of the input.
    pub(crate) fn backward(&mut self, trace: &Trace, dh: &[f32], lengths: &[usize]) -> Vec<f32> {
        let n: usize = lengths.iter().sum();
        let hidden = self.hidden;
        let mut du = vec![0.0; trace.u.len()];
        let mut pass = vec![0.0; if self.blocks == 3 { n * 2 * hidden } else { 0 }];
        let mut first = 0;
        for &length in lengths {
            for direction in 0..2 {
                let mut carried = vec![0.0; hidden];
                for step in (0..length).rev() {
                    let place = |step: usize| first + if direction == 0 { step } else { length - 1 - step };
                    let before = (step > 0).then(|| place(step - 1));
                    self.unit_back(
                        direction,
                        place(step),
                        before,
                        trace,
                        dh,
                        &mut carried,
                        &mut du,
                        &mut pass,
                    );
                }
            }
            first += length;
        }
        let mut dx = self.weight.backward(&trace.x, &du, n);
        dx.iter_mut().zip(&pass).for_each(|(to, from)| *to += from);
        dx
    }

    #[allow(clippy::too_many_arguments)]
    fn unit_back(
        &mut self,
        direction: usize,
        token: usize,
        before: Option<usize>,
        trace: &Trace,
        dh: &[f32],
        carried: &mut [f32],
        du: &mut [f32],
        pass: &mut [f32],
    ) {
        let hidden = self.hidden;
        let cell = token * 2 + direction;
        let states = &trace.states[cell * 4 * hidden..][..4 * hidden];
        let u = &trace.u[cell * self.blocks * hidden..][..self.blocks * hidden];
        let du = &mut du[cell * self.blocks * hidden..][..self.blocks * hidden];
        let gates = &self.gates.value[4 * direction * hidden..][..4 * hidden];
        let dgates = &mut self.gates.gradient[4 * direction * hidden..][..4 * hidden];
        for i in 0..hidden {
            let c_before = before
                .map_or(0.0, |token| trace.states[(token * 2 + direction) * 4 * hidden + 2 * hidden + i]);
            let (f, r, g) = (states[i], states[hidden + i], states[3 * hidden + i]);
            let dh = dh[cell * hidden + i];
            let skip = if self.blocks == 4 { u[3 * hidden + i] } else { trace.x[cell * hidden + i] };
            let dr = dh * (g - skip) * r * (1.0 - r);
            let dc = carried[i] + dh * r * (1.0 - g * g);
            let df = dc * (c_before - u[i]) * f * (1.0 - f);
            du[i] = dc * (1.0 - f);
            du[hidden + i] = df;
            du[2 * hidden + i] = dr;
            if self.blocks == 4 {
                du[3 * hidden + i] = dh * (1.0 - r);
            } else {
                pass[cell * hidden + i] = dh * (1.0 - r);
            }
            dgates[i] += df * c_before;
            dgates[hidden + i] += dr * c_before;
            dgates[2 * hidden + i] += df;
            dgates[3 * hidden + i] += dr;
            carried[i] = dc * f + df * gates[i] + dr * gates[hidden + i];
        }
    }

    pub(crate) fn parameters(&mut self) -> [&mut Parameter; 2] {
        [&mut self.weight, &mut self.gates]
    }
}
