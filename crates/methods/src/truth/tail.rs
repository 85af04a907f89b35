//! Tails of the distributions that the tests of this family share.

use crate::special::{beta_lower, beta_upper, gamma_lower, gamma_upper};

/// `P(χ² >= x)`.
pub(crate) fn chi_square_upper(x: f64, freedom: f64) -> f64 {
    gamma_upper(freedom / 2.0, x / 2.0)
}

/// `P(χ² <= x)`.
pub(crate) fn chi_square_lower(x: f64, freedom: f64) -> f64 {
    gamma_lower(freedom / 2.0, x / 2.0)
}

/// `P(X >= x)` of `n` trials at `p`.
pub(crate) fn binomial_upper(x: u64, n: u64, p: f64) -> f64 {
    if x == 0 {
        1.0
    } else if x > n {
        0.0
    } else {
        beta_lower(p, x as f64, (n - x) as f64 + 1.0)
    }
}

/// `P(X <= x)` of `n` trials at `p`.
pub(crate) fn binomial_lower(x: u64, n: u64, p: f64) -> f64 {
    if x >= n { 1.0 } else { beta_upper(p, x as f64 + 1.0, (n - x) as f64) }
}

/// Twice the smaller tail, at most 1.
pub(crate) fn binomial_two_sided(x: u64, n: u64, p: f64) -> f64 {
    (2.0 * binomial_lower(x, n, p).min(binomial_upper(x, n, p))).min(1.0)
}

/// Deviation of a share from what is expected, in standard errors, after Yates's correction: `1/(2n)` is taken
/// off the difference where the difference is larger than that.
pub(crate) fn share_z(share: f64, expected: f64, n: f64) -> f64 {
    let difference = share - expected;
    let correction = 0.5 / n;
    let rest = if difference.abs() > correction { difference.abs() - correction } else { difference.abs() };
    libm::copysign(rest, difference) / (expected * (1.0 - expected) / n).sqrt()
}
