//! The mid-P exact interval.
//!
//! **What it answers.** As [`crate::interval::clopper_pearson`], counting only half of the probability of the
//! observed count, so that coverage is near the level instead of always above it.
//!
//! **Formula.** Low solves `P(X > x; p) + ½ P(X = x; p) = α/2`, high solves
//! `P(X < x; p) + ½ P(X = x; p) = α/2`, `α = 1 − level`. Low is 0 at `x = 0`, high is 1 at `x = n`.
//!
//! **Source.** Lancaster (1961), *JASA* 56:223–234; Berry and Armitage (1995), *The Statistician* 44:417–423.
//!
//! **When not to use it.** Where coverage must never fall below the level: it does for some rates.

use crate::interval::{Interval, checked_tail};
use crate::special::{Climb, beta_logit_quantile, beta_terms, logistic};

/// Mid-P interval for `x` successes in `n` trials.
///
/// `None` when `n = 0`, `x > n` or `level` is outside `(0, 1)`. Relative error below 1e-12 for `n` to 2e7.
/// Source: Lancaster (1961), JASA 56:223–234.
///
/// ```
/// // with no failure in n, high solves ½ (1 − p)^n = α/2
/// let it = zhiheng_methods::interval::mid_p(0, 10, 0.95).unwrap();
/// assert_eq!(it.low, 0.0);
/// assert!((it.high - (1.0 - 0.05_f64.powf(0.1))).abs() < 1e-15);
/// ```
pub fn mid_p(x: u64, n: u64, level: f64) -> Option<Interval> {
    let tail = checked_tail(x, n, level)?;
    let low = if x == 0 { 0.0 } else { logistic(low_logit(x, n, tail)) };
    let high = if x == n { 1.0 } else { logistic(-low_logit(n - x, n, tail)) };
    Some(Interval::new(low, high))
}

/// The logit of the lower end for `x > 0`; the upper end is the same with failures for successes.
fn low_logit(x: u64, n: u64, tail: f64) -> f64 {
    let (successes, failures) = (x as f64, (n - x) as f64);
    // The exact lower end lies below this one: a start from which Newton's steps do not pass the root.
    let start = beta_logit_quantile(tail, successes, failures + 1.0);
    let scale = (1.0 / successes + 1.0 / (failures + 1.0)).sqrt();
    Climb { start, scale, rising: true }.solve(tail, |t| {
        let (p, q) = (logistic(t), logistic(-t));
        let (reached, _, slope) = beta_terms(successes, failures + 1.0, p, q);
        let (exceeded, exceeded_slope) = if x == n {
            (0.0, 0.0)
        } else {
            let terms = beta_terms(successes + 1.0, failures, p, q);
            (terms.0, terms.2)
        };
        (0.5 * (reached + exceeded), 0.5 * (slope + exceeded_slope))
    })
}
