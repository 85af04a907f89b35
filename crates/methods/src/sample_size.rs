//! Sample sizes for one proportion (by margin) and two proportions (by power).
//!
//! **What it answers.** How many batches must be sampled to know a pass rate within so many points? How many
//! in each of two years to notice that it moved from one rate to another?
//!
//! **Formula.** By margin `d`: `n₀ = z² p(1 − p)/d²`, in a finite population of `N`
//! `n = n₀ / (1 + (n₀ − 1)/N)`. By power: `n = (z_{α/2} √(2 p̄q̄) + z_β √(p₁q₁ + p₂q₂))² / (p₁ − p₂)²` in
//! each sample, `p̄ = (p₁ + p₂)/2`.
//!
//! **Source.** Cochran (1977), *Sampling Techniques*, 3rd ed., §4.4 (pp. 75–76); Fleiss, Levin and Paik
//! (2003), *Statistical Methods for Rates and Proportions*, 3rd ed., §4.2. The second is the equation of R
//! `power.prop.test`.
//!
//! **When not to use it.** For clusters multiply by the design effect first; for rates within about `5/n` of
//! 0 or 1 the normal approximation behind both is too coarse; and never to justify a sample after seeing its
//! result.

use crate::interval::tail;
use crate::special::normal_upper_quantile;

/// A sample size as the formula gives it and as a number of items.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SampleSize {
    /// The real number that the formula gives.
    pub exact: f64,
    /// The items to draw: `exact` rounded up, at least 1.
    pub items: u64,
}

impl SampleSize {
    /// Rounds up, forgiving an excess that can only come from rounding in the last digits.
    fn from_exact(exact: f64) -> Option<Self> {
        // 2^53: above it a count is no longer an exact f64
        (exact.is_finite() && exact < 9.007_199_254_740_992e15)
            .then(|| Self { exact, items: ((exact * (1.0 - 1e-12)).ceil() as u64).max(1) })
    }
}

/// Items needed so that the normal interval of a proportion is `± margin` wide, if the rate is `p`.
///
/// `p` is the rate expected (½ is the safe choice), `margin` half the width as a share, and `population` the
/// number of items in all, when it is finite and known. `None` when `p` or `level` is outside `(0, 1)`,
/// `margin` is not in `(0, 1)`, the population is empty, or the result exceeds 2⁵³. Relative error of `exact`
/// below 1e-14.
///
/// ```
/// use zhiheng_methods::sample_size::one_proportion;
/// assert_eq!(one_proportion(0.5, 0.05, 0.95, None).unwrap().items, 385);
/// assert_eq!(one_proportion(0.5, 0.05, 0.95, Some(1000)).unwrap().items, 278);
/// ```
pub fn one_proportion(p: f64, margin: f64, level: f64, population: Option<u64>) -> Option<SampleSize> {
    if !(p > 0.0 && p < 1.0 && margin > 0.0 && margin < 1.0) {
        return None;
    }
    let z = normal_upper_quantile(tail(level)?);
    let spread = z / margin;
    let unlimited = spread * spread * p * (1.0 - p);
    let exact = match population {
        None => unlimited,
        Some(0) => return None,
        Some(all) => unlimited / (1.0 + (unlimited - 1.0) / all as f64),
    };
    SampleSize::from_exact(exact)
}

/// Items needed in *each* of two samples so that the score test finds the difference of `p1` and `p2`.
///
/// The test is two-sided at `1 − level` (0.95 for the usual 5 %) and finds the difference with probability
/// `power`. `None` when the rates are equal or outside 0–1, when `level` or `power` is outside `(0, 1)`, or
/// when the result exceeds 2⁵³. Relative error of `exact` below 1e-13; R's `power.prop.test` solves the same
/// equation less exactly.
///
/// ```
/// // R: power.prop.test(p1 = .50, p2 = .75, power = .90) gives n = 76.7
/// let it = zhiheng_methods::sample_size::two_proportions(0.50, 0.75, 0.95, 0.90).unwrap();
/// assert_eq!(format!("{:.1} {}", it.exact, it.items), "76.7 77");
/// ```
pub fn two_proportions(p1: f64, p2: f64, level: f64, power: f64) -> Option<SampleSize> {
    let share = |p: f64| (0.0..=1.0).contains(&p);
    if !(share(p1) && share(p2) && power > 0.0 && power < 1.0) {
        return None;
    }
    let z_level = normal_upper_quantile(tail(level)?);
    let z_power = normal_upper_quantile(1.0 - power);
    let mean = f64::midpoint(p1, p2);
    let root =
        z_level * (2.0 * mean * (1.0 - mean)).sqrt() + z_power * (p1 * (1.0 - p1) + p2 * (1.0 - p2)).sqrt();
    if root <= 0.0 {
        // a power below that of chance is reached by any sample
        return SampleSize::from_exact(0.0).filter(|_| p1.to_bits() != p2.to_bits());
    }
    let exact = root / (p1 - p2);
    SampleSize::from_exact(exact * exact)
}
