//! The few functions of real numbers that the network needs, from basic operations alone.
//!
//! The platform's `exp` differs between machines in its last bit; these do not, so the same text gives the same
//! trees everywhere.

/// e to the power of `x`, with a relative error below 1e-5 for `-80 <= x <= 80`; beyond, the value at the bound.
///
/// ```
/// use irenic_language::syntax::numeric::exp;
/// assert!((exp(1.0) - std::f32::consts::E).abs() < 1e-5);
/// ```
#[inline(always)]
#[must_use]
pub fn exp(x: f32) -> f32 {
    let x = x.clamp(-80.0, 80.0) * std::f32::consts::LOG2_E;
    let whole = rounded(x);
    let part = (x - whole) * std::f32::consts::LN_2;
    let series = 1.0
        + part * (1.0 + part * (0.5 + part * (0.166_666_67 + part * (0.041_666_67 + part * 0.008_333_334))));
    let bits = ((whole + ROUND).to_bits().wrapping_sub(ROUND.to_bits()).wrapping_add(127)) << 23;
    series * f32::from_bits(bits)
}

/// Adding and taking away 1.5 * 2^23 rounds to the nearest whole number.
const ROUND: f32 = 12_582_912.0;

/// The nearest whole number of a value whose size is below 2^22, the even one of two.
#[inline(always)]
#[must_use]
pub fn rounded(x: f32) -> f32 {
    (x + ROUND) - ROUND
}

/// The logistic function.
#[inline(always)]
#[must_use]
pub fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + exp(-x))
}

/// The hyperbolic tangent.
#[inline(always)]
#[must_use]
pub fn tanh(x: f32) -> f32 {
    2.0 * sigmoid(2.0 * x) - 1.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agree_with_the_platform() {
        for step in -400..=400 {
            let x = step as f32 / 10.0;
            assert!((exp(x) / x.exp() - 1.0).abs() < 1e-5, "exp {x}");
            assert!((sigmoid(x) - 1.0 / (1.0 + (-x).exp())).abs() < 1e-6, "sigmoid {x}");
            assert!((tanh(x) - x.tanh()).abs() < 2e-6, "tanh {x}");
        }
    }

    #[test]
    fn bounded_far_out() {
        for x in [f32::MIN, -1e9, 1e9, f32::MAX] {
            assert!(exp(x).is_finite() && sigmoid(x).is_finite() && tanh(x).is_finite());
        }
    }
}
