//! The inner loops: products of matrices, and the recurrent cell.
//!
//! They are compiled for the machine's widest vectors at run time, by `pulp`. Each sum keeps its order whatever the
//! width, and nothing is fused, so the results are the same everywhere.

use super::numeric::{sigmoid, tanh};

/// A view of a matrix by strides, so that a transposed one needs no copy.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// Its values.
    pub data: &'a [f32],
    /// From a value to the one below.
    pub row: usize,
    /// From a value to the one to its right.
    pub column: usize,
}

/// Columns that the inner loop keeps in registers.
const LANES: usize = 16;

/// Values of one row that stay in registers.
type Lanes = [f32; LANES];

/// The right side of products: its columns in panels of sixteen, each panel row by row.
#[derive(Clone, Debug)]
pub struct Panels {
    inner: usize,
    columns: usize,
    lanes: Vec<Lanes>,
}

impl Panels {
    /// Lays out a row-major matrix of `inner` rows; columns are filled up with zeros to a multiple of 16.
    ///
    /// # Panics
    ///
    /// If `b` is shorter than `inner * columns`.
    #[must_use]
    pub fn new(b: &[f32], inner: usize, columns: usize) -> Self {
        let mut lanes = Vec::with_capacity(inner * columns.div_ceil(LANES));
        for column in (0..columns).step_by(LANES) {
            let width = LANES.min(columns - column);
            for k in 0..inner {
                let mut row = Lanes::default();
                row[..width].copy_from_slice(&b[k * columns + column..][..width]);
                lanes.push(row);
            }
        }
        Self { inner, columns, lanes }
    }
}

/// `c += a * b` for `a` of `rows` rows; `c` is row-major with as many columns as `b`.
///
/// ```
/// use irenic_language::syntax::kernel::{Panels, View, add_product};
/// let mut c = [1.0; 3];
/// let b = Panels::new(&[0.5; 6], 2, 3);
/// add_product(&mut c, View { data: &[2.0, 3.0], row: 2, column: 1 }, &b, 1);
/// assert_eq!(c, [3.5; 3]);
/// ```
///
/// # Panics
///
/// If `a` or `c` is too short.
pub fn add_product(c: &mut [f32], a: View<'_>, b: &Panels, rows: usize) {
    pulp::Arch::new().dispatch(Product { c, a, b, rows });
}

/// The product as `pulp` wants it, to be compiled once for each width of vectors.
struct Product<'a> {
    c: &'a mut [f32],
    a: View<'a>,
    b: &'a Panels,
    rows: usize,
}

impl pulp::WithSimd for Product<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _: S) {
        let Self { c, a, b, rows } = self;
        if b.inner == 0 {
            return;
        }
        for (at, panel) in b.lanes.chunks_exact(b.inner).enumerate() {
            let first = at * LANES;
            let width = LANES.min(b.columns - first);
            if rows < 4 {
                for row in 0..rows {
                    add(&mut c[row * b.columns + first..][..width], &one_row(a, panel, row));
                }
                continue;
            }
            let mut done = 0;
            while done < rows {
                // Fewer than four rows are left: with some that are done, four cost less than one by one.
                let row = done.min(rows - 4);
                let sums = if a.column == 1 { four_rows(a, panel, row) } else { four_columns(a, panel, row) };
                for (row, sums) in (row..).zip(&sums).skip(done - row) {
                    add(&mut c[row * b.columns + first..][..width], sums);
                }
                done = row + 4;
            }
        }
    }
}

// The sums are written out by hand below: the compiler keeps an array of arrays in memory.

#[inline(always)]
fn four_rows(a: View<'_>, panel: &[Lanes], row: usize) -> [Lanes; 4] {
    let inner = panel.len();
    let of = |r: usize| &a.data[(row + r) * a.row..][..inner];
    let (x0, x1, x2, x3) = (of(0), of(1), of(2), of(3));
    let (mut s0, mut s1, mut s2, mut s3): (Lanes, Lanes, Lanes, Lanes) = Default::default();
    for k in 0..inner {
        let b = &panel[k];
        add_scaled(&mut s0, x0[k], b);
        add_scaled(&mut s1, x1[k], b);
        add_scaled(&mut s2, x2[k], b);
        add_scaled(&mut s3, x3[k], b);
    }
    [s0, s1, s2, s3]
}

#[inline(always)]
fn four_columns(a: View<'_>, panel: &[Lanes], row: usize) -> [Lanes; 4] {
    let (mut s0, mut s1, mut s2, mut s3): (Lanes, Lanes, Lanes, Lanes) = Default::default();
    for (k, b) in panel.iter().enumerate() {
        let at = row * a.row + k * a.column;
        add_scaled(&mut s0, a.data[at], b);
        add_scaled(&mut s1, a.data[at + a.row], b);
        add_scaled(&mut s2, a.data[at + 2 * a.row], b);
        add_scaled(&mut s3, a.data[at + 3 * a.row], b);
    }
    [s0, s1, s2, s3]
}

#[inline(always)]
fn one_row(a: View<'_>, panel: &[Lanes], row: usize) -> Lanes {
    let mut sums = Lanes::default();
    for (k, b) in panel.iter().enumerate() {
        add_scaled(&mut sums, a.data[row * a.row + k * a.column], b);
    }
    sums
}

#[inline(always)]
fn add_scaled(sums: &mut Lanes, x: f32, b: &Lanes) {
    for lane in 0..LANES {
        sums[lane] += x * b[lane];
    }
}

#[inline(always)]
fn add(to: &mut [f32], from: &Lanes) {
    to.iter_mut().zip(from).for_each(|(to, from)| *to += from);
}

/// Sizes of a recurrent layer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cells {
    pub(super) hidden: usize,
    /// Projections a unit and direction: four in the first layer, three above, which pass their input on.
    pub(super) blocks: usize,
}

impl Cells {
    /// Runs both directions over a sentence: from projections `u` and input `x` to states `h`.
    pub(super) fn run(self, u: &[f32], x: &[f32], gates: &[f32], state: &mut Vec<f32>, h: &mut Vec<f32>) {
        let hidden = self.hidden;
        let n = u.len() / (2 * self.blocks * hidden);
        h.clear();
        h.resize(n * 2 * hidden, 0.0);
        state.clear();
        state.resize(hidden, 0.0);
        pulp::Arch::new().dispatch(Run { cells: self, n, u, x, gates, state, h });
    }
}

struct Run<'a> {
    cells: Cells,
    n: usize,
    u: &'a [f32],
    x: &'a [f32],
    gates: &'a [f32],
    state: &'a mut [f32],
    h: &'a mut [f32],
}

impl pulp::WithSimd for Run<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _: S) {
        let Self { cells: Cells { hidden, blocks }, n, u, x, gates, state, h } = self;
        for direction in 0..2 {
            state.fill(0.0);
            let gates = &gates[4 * direction * hidden..][..4 * hidden];
            for step in 0..n {
                let token = if direction == 0 { step } else { n - 1 - step };
                let cell = token * 2 + direction;
                let u = &u[cell * blocks * hidden..][..blocks * hidden];
                let skip = if blocks == 4 { &u[3 * hidden..] } else { &x[cell * hidden..][..hidden] };
                unit(hidden, u, skip, gates, state, &mut h[cell * hidden..][..hidden]);
            }
        }
    }
}

#[inline(always)]
fn unit(hidden: usize, u: &[f32], skip: &[f32], gates: &[f32], state: &mut [f32], h: &mut [f32]) {
    let (u, rest) = u.split_at(hidden);
    let (uf, rest) = rest.split_at(hidden);
    let ur = &rest[..hidden];
    let (vf, rest) = gates.split_at(hidden);
    let (vr, rest) = rest.split_at(hidden);
    let (bf, br) = rest.split_at(hidden);
    let (skip, state, h, br) = (&skip[..hidden], &mut state[..hidden], &mut h[..hidden], &br[..hidden]);
    for i in 0..hidden {
        let before = state[i];
        let f = sigmoid(uf[i] + vf[i] * before + bf[i]);
        let r = sigmoid(ur[i] + vr[i] * before + br[i]);
        let c = f * before + (1.0 - f) * u[i];
        h[i] = r * tanh(c) + (1.0 - r) * skip[i];
        state[i] = c;
    }
}
