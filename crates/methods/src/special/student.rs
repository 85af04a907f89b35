//! Student's t distribution, through the incomplete beta function.
//!
//! Source: Student (1908), *Biometrika* 6:1–25; relation to the beta function in Johnson, Kotz and
//! Balakrishnan, *Continuous Univariate Distributions* vol. 2 (1995), ch. 28.

use super::beta::{beta_logit_quantile, beta_terms};

/// `P(T > t)` for `freedom` degrees of freedom (any real number above 0); NaN otherwise.
///
/// Relative error below 1e-12 in the upper tail.
///
/// ```
/// // one degree of freedom is the Cauchy distribution
/// assert!((zhiheng_methods::special::student_upper(1.0, 1.0) - 0.25).abs() < 1e-15);
/// ```
pub fn student_upper(t: f64, freedom: f64) -> f64 {
    if t.is_nan() || !(freedom > 0.0 && freedom.is_finite()) {
        return f64::NAN;
    }
    let square = t * t;
    let (x, y) = if square.is_finite() {
        (freedom / (freedom + square), square / (freedom + square))
    } else {
        (0.0, 1.0)
    };
    let outside = beta_terms(freedom / 2.0, 0.5, x, y).0 / 2.0;
    if t >= 0.0 { outside } else { 1.0 - outside }
}

/// The `t` with `P(T > t) = q`; infinite at 0 and 1, NaN outside or when `freedom` is not above 0.
///
/// Relative error below 1e-12.
///
/// ```
/// let t = zhiheng_methods::special::student_upper_quantile(0.025, 9.0);
/// assert!((t - 2.262157162798205).abs() < 1e-13);
/// ```
pub fn student_upper_quantile(q: f64, freedom: f64) -> f64 {
    if !((0.0..=1.0).contains(&q) && freedom > 0.0 && freedom.is_finite()) {
        return f64::NAN;
    }
    if q > 0.5 {
        return -student_upper_quantile(1.0 - q, freedom);
    }
    if q == 0.0 {
        return f64::INFINITY;
    }
    if q >= 0.5 {
        return 0.0;
    }
    // t² = freedom · (1 − x)/x, and the beta inverse gives the logit of x
    let logit = beta_logit_quantile(2.0 * q, freedom / 2.0, 0.5);
    (freedom * libm::exp(-logit)).sqrt()
}
