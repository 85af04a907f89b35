//! Newcombe's hybrid score interval for the difference of two independent proportions.
//!
//! **What it answers.** By how many points do two rates differ, plausibly? Stays inside −1 to 1 and keeps a
//! width when nobody or everybody succeeded.
//!
//! **Formula.** With `(lᵢ, uᵢ)` the Wilson interval of each rate,
//! `d − √((p₁ − l₁)² + (u₂ − p₂)²)` to `d + √((u₁ − p₁)² + (p₂ − l₂)²)`, `d = p₁ − p₂`.
//!
//! **Source.** Newcombe (1998), *Statistics in Medicine* 17:873–890, method 10 (p. 876). His example 56/70
//! against 48/80 (p. 877) is the doctest.
//!
//! **When not to use it.** For pairs (the same items tested twice), clusters or weights; and its agreement
//! with the score test's p-value is close, not exact: it may just contain 0 while `p < 0.05`.

use crate::interval::{Interval, wilson, wilson_corrected};

/// Newcombe's interval for `x1/n1 − x2/n2`, as shares (−1 to 1).
///
/// `None` when a sample is empty, has more successes than trials, or `level` is outside `(0, 1)`. Absolute
/// error below 1e-14. Source: Newcombe (1998), Statistics in Medicine 17:873–890, method 10.
///
/// ```
/// let it = zhiheng_methods::two_samples::newcombe(56, 70, 48, 80, 0.95).unwrap();
/// assert_eq!(format!("{:.4} {:.4}", it.low, it.high), "0.0524 0.3339");
/// ```
pub fn newcombe(x1: u64, n1: u64, x2: u64, n2: u64, level: f64) -> Option<Interval> {
    Some(combine((x1, n1), wilson(x1, n1, level)?, (x2, n2), wilson(x2, n2, level)?))
}

/// Newcombe's interval from the Wilson intervals with continuity correction (his method 11).
///
/// Wider than [`newcombe`]; arguments and `None` as there. Each Wilson interval always takes the full
/// correction only when its rate is not exactly one half (see [`wilson_corrected`]).
///
/// ```
/// let it = zhiheng_methods::two_samples::newcombe_corrected(56, 70, 48, 80, 0.95).unwrap();
/// assert_eq!(format!("{:.4} {:.4}", it.low, it.high), "0.0428 0.3422");
/// ```
pub fn newcombe_corrected(x1: u64, n1: u64, x2: u64, n2: u64, level: f64) -> Option<Interval> {
    Some(combine((x1, n1), wilson_corrected(x1, n1, level)?, (x2, n2), wilson_corrected(x2, n2, level)?))
}

fn combine(first: (u64, u64), it1: Interval, second: (u64, u64), it2: Interval) -> Interval {
    let rate = |(x, n): (u64, u64)| x as f64 / n as f64;
    let (p1, p2) = (rate(first), rate(second));
    let difference = p1 - p2;
    let low = difference - libm::hypot(p1 - it1.low, it2.high - p2);
    let high = difference + libm::hypot(it1.high - p1, p2 - it2.low);
    Interval::new(low.max(-1.0), high.min(1.0))
}
