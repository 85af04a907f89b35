//! Student's interval for a mean, from sums.
//!
//! **What it answers.** Between which values could the true mean of a measured quantity plausibly lie?
//!
//! **Formula.** `x̄ ± t √(s²/n)` with `t` the upper `(1 − level)/2` quantile of Student's distribution on
//! `n − 1` degrees of freedom, `s² = (Σx² − (Σx)²/n)/(n − 1)`.
//!
//! **Source.** Student (1908), *Biometrika* 6:1–25; Fisher (1925), *Metron* 5:90–104. Equals R
//! `t.test(x)$conf.int`.
//!
//! **When not to use it.** With few values from a skewed distribution (waiting times, losses) coverage falls
//! below the level; and the values must be independent: for clusters or weights use a design-based method.

use crate::interval::{Interval, tail};
use crate::special::student_upper_quantile;

/// A mean with its standard error and interval, in the unit of the values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mean {
    /// Arithmetic mean.
    pub mean: f64,
    /// Variance of the values (divisor `n − 1`), in the square of the unit.
    pub variance: f64,
    /// Standard error of the mean.
    pub standard_error: f64,
    /// Confidence interval of the mean.
    pub interval: Interval,
}

/// Student's interval from `n`, the sum of the values and the sum of their squares.
///
/// `None` when `n < 2`, when a sum is not finite, when `level` is outside `(0, 1)`, or when the sum of
/// squares is smaller than `sum²/n` by more than rounding explains (then the sums do not belong together).
/// The difference `Σx² − (Σx)²/n` is formed without further rounding, but digits lost in the two sums
/// themselves stay lost: when the mean is more than 1e5 times the deviation, take the sums about a nearby
/// constant and add it afterwards, or use [`from_variance`].
///
/// ```
/// // 1, 2, 3, 4: t on 3 degrees of freedom is 3.1824
/// let it = zhiheng_methods::mean::from_sums(4, 10.0, 30.0, 0.95).unwrap();
/// assert_eq!(format!("{:.1} {:.4} {:.4}", it.mean, it.interval.low, it.interval.high), "2.5 0.4457 4.5543");
/// ```
pub fn from_sums(n: u64, sum: f64, sum_of_squares: f64, level: f64) -> Option<Mean> {
    if n < 2 || !sum.is_finite() || !sum_of_squares.is_finite() {
        return None;
    }
    let size = n as f64;
    let mean = sum / size;
    // Σx² − sum · mean, with the rounding errors of the quotient and of the product kept.
    let mean_rest = libm::fma(-mean, size, sum) / size;
    let product = sum * mean;
    let product_rest = libm::fma(sum, mean, -product) + sum * mean_rest;
    let squares = (sum_of_squares - product) - product_rest;
    if !squares.is_finite() || squares < -1e-12 * size.sqrt() * sum_of_squares.abs() {
        return None;
    }
    from_variance(n, mean, squares.max(0.0) / (size - 1.0), level)
}

/// Student's interval from `n`, the mean and the variance with divisor `n − 1`.
///
/// `None` when `n < 2`, when `mean` or `variance` is not finite, when `variance` is negative, or when `level`
/// is outside `(0, 1)`. A variance of 0 gives an interval without width. Relative error of the width below
/// 1e-12.
///
/// ```
/// let it = zhiheng_methods::mean::from_variance(10, 5.0, 0.0, 0.95).unwrap();
/// assert_eq!((it.interval.low, it.interval.high), (5.0, 5.0));
/// ```
pub fn from_variance(n: u64, mean: f64, variance: f64, level: f64) -> Option<Mean> {
    if n < 2 || !mean.is_finite() || !variance.is_finite() || variance < 0.0 {
        return None;
    }
    let standard_error = (variance / n as f64).sqrt();
    let half = student_upper_quantile(tail(level)?, (n - 1) as f64) * standard_error;
    Some(Mean { mean, variance, standard_error, interval: Interval::new(mean - half, mean + half) })
}
