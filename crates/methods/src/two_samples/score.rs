//! The score (Pearson chi-square) test for two independent proportions, with the normal interval of their
//! difference: what R calls `prop.test`.
//!
//! **What it answers.** Did the pass rate differ between two samples, and by how many points?
//!
//! **Formula.** `χ² = Σ (|O − E| − Y)² / E` over the four cells with the pooled rate in `E`, one degree of
//! freedom; `Y` is 0, or Yates' `min(½, |x₁n₂ − x₂n₁| / (n₁ + n₂))`. The interval is
//! `p₁ − p₂ ± (z √(p₁q₁/n₁ + p₂q₂/n₂) + Y (1/n₁ + 1/n₂))`, cut at −1 and 1.
//!
//! **Source.** Pearson (1900), *Philosophical Magazine* 50:157–175; Yates (1934), *Supplement to the JRSS*
//! 1:217–235; interval as in Newcombe (1998), *Statistics in Medicine* 17:873–890, methods 1 and 2 (p. 875).
//!
//! **When not to use it.** With an expected cell below 5 use [`crate::two_samples::fisher`]; the interval is
//! poor near 0 and 1, where [`crate::two_samples::newcombe`] is better. Not for the same items tested twice.

use crate::interval::{Interval, tail};
use crate::special::{normal_upper, normal_upper_quantile};

/// What the comparison of two proportions says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TwoProportions {
    /// `x1/n1 − x2/n2`, as a share (−1 to 1).
    pub difference: f64,
    /// Confidence interval of the difference, cut at −1 and 1.
    pub interval: Interval,
    /// Pearson's χ² with one degree of freedom.
    pub chi_square: f64,
    /// Two-sided p-value of the hypothesis that both rates are equal.
    pub p_value: f64,
    /// Signed root of `chi_square`: positive when the first rate is higher.
    pub z: f64,
}

/// Compares `x1` of `n1` with `x2` of `n2` by the score test, without continuity correction.
///
/// `None` when a sample is empty, has more successes than trials, or `level` is outside `(0, 1)`. When no
/// item (or every item) of both samples is a success the statistic is 0/0; since there is then no sign of a
/// difference at all, `chi_square` is 0 and `p_value` is 1 (R prints NaN). The interval then has no width
/// and says nothing: prefer [`crate::two_samples::newcombe`].
///
/// Relative error below 1e-13 (p-values down to 1e-300). Equals R
/// `prop.test(c(x1, x2), c(n1, n2), correct = FALSE)`.
///
/// ```
/// let it = zhiheng_methods::two_samples::score(259, 1021, 624, 1864, 0.95).unwrap();
/// assert_eq!(format!("{:.4} {:.2} {:.1e}", it.difference, it.chi_square, it.p_value), "-0.0811 20.42 6.2e-6");
/// ```
pub fn score(x1: u64, n1: u64, x2: u64, n2: u64, level: f64) -> Option<TwoProportions> {
    compare(x1, n1, x2, n2, level, 0.0)
}

/// Compares `x1` of `n1` with `x2` of `n2` by the score test with Yates' continuity correction.
///
/// Conservative: true levels lie below the nominal one. Arguments, `None` and errors as for [`score`].
/// Equals R `prop.test(c(x1, x2), c(n1, n2))`.
///
/// ```
/// let it = zhiheng_methods::two_samples::score_corrected(89, 825, 9, 14, 0.95).unwrap();
/// assert!((it.chi_square - 33.182206228846937).abs() < 1e-12);
/// ```
pub fn score_corrected(x1: u64, n1: u64, x2: u64, n2: u64, level: f64) -> Option<TwoProportions> {
    compare(x1, n1, x2, n2, level, 0.5)
}

fn compare(x1: u64, n1: u64, x2: u64, n2: u64, level: f64, correction_max: f64) -> Option<TwoProportions> {
    if n1 == 0 || n2 == 0 || x1 > n1 || x2 > n2 {
        return None;
    }
    let z_level = normal_upper_quantile(tail(level)?);
    let (first, second) = (n1 as f64, n2 as f64);
    // The cross product is taken in integers: no digits are lost when the two rates almost agree.
    let (one, other) = (u128::from(x1) * u128::from(n2), u128::from(x2) * u128::from(n1));
    let gap = one.abs_diff(other) as f64;
    let cross = if one < other { -gap } else { gap };
    let total = first + second;
    let successes = x1 as f64 + x2 as f64;
    let failures = (n1 - x1) as f64 + (n2 - x2) as f64;

    // |O − E| is the same in all four cells.
    let gap = gap / total;
    let correction = gap.min(correction_max);
    let chi_square = if successes == 0.0 || failures == 0.0 {
        0.0
    } else {
        let gap = gap - correction;
        gap * gap * (total / first) * (total / second) * (total / successes) / failures
    };
    let z_size = chi_square.sqrt();

    let difference = cross / (first * second);
    let rate_variance = |x: u64, n: u64| {
        let size = n as f64;
        (x as f64 / size) * ((n - x) as f64 / size) / size
    };
    let half = z_level * (rate_variance(x1, n1) + rate_variance(x2, n2)).sqrt()
        + correction * (1.0 / first + 1.0 / second);
    Some(TwoProportions {
        difference,
        interval: Interval::new((difference - half).max(-1.0), (difference + half).min(1.0)),
        chi_square,
        p_value: (2.0 * normal_upper(z_size)).min(1.0),
        z: if cross < 0.0 { -z_size } else { z_size },
    })
}
