//! The first two derivatives of log-gamma, for likelihoods and moments of gamma and beta variables.
//!
//! Source: NIST Digital Library of Mathematical Functions, 5.5.2 (recurrence), 5.11.2 and 5.15.8 (large
//! arguments).

/// From here on the asymptotic series has all digits.
const LARGE: f64 = 12.0;

/// `ψ(x) = d/dx ln Γ(x)` for `x > 0`; NaN otherwise. Absolute error about 1e-15 times `1 + |ψ|`.
///
/// ```
/// // ψ(1) is less Euler's constant
/// assert!((zhiheng_methods::special::digamma(1.0) + 0.577_215_664_901_532_9).abs() < 1e-15);
/// ```
pub fn digamma(x: f64) -> f64 {
    if x.is_nan() || x <= 0.0 {
        return f64::NAN;
    }
    let (mut x, mut below) = (x, 0.0);
    while x < LARGE {
        below += 1.0 / x;
        x += 1.0;
    }
    let r = 1.0 / (x * x);
    let series =
        [1.0 / 12.0, -1.0 / 120.0, 1.0 / 252.0, -1.0 / 240.0, 1.0 / 132.0, -691.0 / 32_760.0, 1.0 / 12.0];
    libm::log(x) - 0.5 / x - horner(&series, r) * r - below
}

/// `ψ′(x) = d²/dx² ln Γ(x)` for `x > 0`; NaN otherwise. Relative error about 1e-15.
///
/// ```
/// let pi = std::f64::consts::PI;
/// assert!((zhiheng_methods::special::trigamma(1.0) - pi * pi / 6.0).abs() < 1e-15);
/// ```
pub fn trigamma(x: f64) -> f64 {
    if x.is_nan() || x <= 0.0 {
        return f64::NAN;
    }
    let (mut x, mut below) = (x, 0.0);
    while x < LARGE {
        below += 1.0 / (x * x);
        x += 1.0;
    }
    let r = 1.0 / (x * x);
    let series = [1.0 / 6.0, -1.0 / 30.0, 1.0 / 42.0, -1.0 / 30.0, 5.0 / 66.0, -691.0 / 2730.0, 7.0 / 6.0];
    1.0 / x + 0.5 * r + horner(&series, r) * r / x + below
}

/// The polynomial in `r` with these coefficients, from the constant term up.
fn horner(coefficients: &[f64], r: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, &c| sum * r + c)
}
