//! Tails of gamma and beta variables with shapes so large that series and fractions would take seconds.
//!
//! With `z` the signed root of twice the deviance and `w` the distance from the mean in standard deviations, the
//! lower tail is `Φ(z) + φ(z) (1/z − 1/w)`: the normal tail and the first term of Temme's expansion. What is left
//! out is a few hundredths of `shape^(−3/2)`, which is below the last digit where this is used.
//!
//! Source: NIST Digital Library of Mathematical Functions, 8.12.3–8.12.8 (gamma) and 8.18.9–8.18.11 (beta).

use std::f64::consts::TAU;

use super::normal::{normal_cdf, normal_upper};
use super::saddle::deviance;

/// From which shape on (for beta variables the smaller one) the expansion is taken.
pub(super) const LARGE: f64 = 1e8;

/// `P(a, x)` and `Q(a, x)` for `a` above [`LARGE`] and finite `x > 0`.
pub(super) fn gamma_tails(a: f64, x: f64) -> (f64, f64) {
    let gap = x - a;
    tails(deviance(a, x, -gap), gap / a.sqrt(), 1.0 / (3.0 * a.sqrt()))
}

/// `I_x(a, b)` and its complement for shapes above [`LARGE`]; `y = 1 − x`, neither 0.
pub(super) fn beta_tails(a: f64, b: f64, x: f64, y: f64) -> (f64, f64) {
    let n = a + b;
    // n x − a, from the smaller share and without rounding the product
    let gap = if x <= y { libm::fma(n, x, -a) } else { -libm::fma(n, y, -b) };
    let deviance = deviance(a, n * x, -gap) + deviance(b, n * y, gap);
    let root = (a * (b / n)).sqrt();
    tails(deviance, gap / root, (b - a) / n / (3.0 * root))
}

/// Both tails; `middle` is what `1/z − 1/w` tends to at the mean, with the sign of the skewness.
fn tails(deviance: f64, w: f64, middle: f64) -> (f64, f64) {
    let z = (2.0 * deviance.max(0.0)).sqrt().copysign(w);
    let skew = if w.abs() < 1e-3 { middle } else { 1.0 / z - 1.0 / w };
    let more = if skew.is_finite() { skew * libm::exp(-deviance) / TAU.sqrt() } else { 0.0 };
    ((normal_cdf(z) + more).clamp(0.0, 1.0), (normal_upper(z) - more).clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::special::beta::{beta_lower_quantile, beta_terms};
    use crate::special::gamma::{gamma_lower_quantile, gamma_terms};
    use crate::special::normal::normal_quantile;

    /// Below the border the series and fractions say the same.
    #[test]
    fn agrees_where_both_serve() {
        let near = |found: f64, expected: f64| {
            assert!((found / expected - 1.0).abs() < 1e-11, "{found:e} {expected:e}");
        };
        for sigmas in [-12.0, -3.0, -0.1, -1e-5, 0.0, 1e-5, 0.1, 3.0, 12.0] {
            let a = 0.9 * LARGE;
            let x = a + sigmas * a.sqrt();
            let ((lower, upper), (below, above, _)) = (gamma_tails(a, x), gamma_terms(a, x));
            if sigmas < 6.0 {
                near(lower, below);
            }
            if sigmas > -6.0 {
                near(upper, above);
            }
            for b in [0.5 * LARGE, 0.9 * LARGE, 60.0 * LARGE] {
                let n = a + b;
                let x = a / n + sigmas * (a / n * (b / n) / n).sqrt();
                let (lower, upper) = beta_tails(a, b, x, 1.0 - x);
                let (below, above, _) = beta_terms(a, b, x, 1.0 - x);
                if sigmas < 6.0 {
                    near(lower, below);
                }
                if sigmas > -6.0 {
                    near(upper, above);
                }
            }
        }
    }

    #[test]
    fn the_largest_counts_have_tails() {
        for a in [1e9, 1e15, 1e19, 1e100, 1e300] {
            let (lower, upper) = gamma_tails(a, a);
            assert!((lower - 0.5).abs() < 1e-4 && (upper - 0.5).abs() < 1e-4, "{a} {lower} {upper}");
            assert_eq!(gamma_tails(a, 2.0 * a), (1.0, 0.0));
            assert_eq!(beta_tails(a, a, 0.25, 0.75), (0.0, 1.0));
        }
    }

    /// Cornish and Fisher's expansion of the gamma quantile, whose next term is far below the last digit here.
    #[test]
    fn quantiles_of_the_largest_counts() {
        let z = normal_quantile(0.025);
        for a in [1e9_f64, 1e12, 1e15] {
            let expected = a + z * a.sqrt() + (z * z - 1.0) / 3.0 + (z * z * z - 7.0 * z) / (36.0 * a.sqrt());
            let found = gamma_lower_quantile(0.025, a);
            assert!((found / expected - 1.0).abs() < 2e-14, "{a} {found} {expected}");
            assert!((beta_lower_quantile(0.5, a, a) - 0.5).abs() < 1e-15);
            // a share of one in a hundred thousand: as a normal variable, with the first term of its skewness
            let b = 1e5 * a;
            let (share, deviation) = (a / (a + b), (a / (a + b) * (b / (a + b)) / (a + b)).sqrt());
            let expected = share + z * deviation + (z * z - 1.0) / 3.0 * (b - a) / (a + b) / (a + b);
            let found = beta_lower_quantile(0.025, a, b);
            assert!((found / expected - 1.0).abs() < 1e-13, "{a} {found} {expected}");
        }
    }
}
