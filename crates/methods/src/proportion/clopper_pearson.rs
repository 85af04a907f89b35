//! Clopper and Pearson's exact interval.
//!
//! **What it answers.** Which rates are compatible with `x` of `n`, with coverage of *at least* the level
//! whatever the true rate? The interval to use where a rule demands a guarantee (disputes, law).
//!
//! **Formula.** With `α = 1 − level`, low solves `P(X ≥ x; p) = α/2` and high solves `P(X ≤ x; p) = α/2`:
//! the `α/2` quantile of beta(x, n − x + 1) and the upper `α/2` quantile of beta(x + 1, n − x). Low is 0 at
//! `x = 0`, high is 1 at `x = n`.
//!
//! **Source.** Clopper and Pearson (1934), *Biometrika* 26:404–413.
//!
//! **When not to use it.** For routine figures: real coverage is often far above the level, so intervals are
//! longer than they need to be; [`crate::interval::mid_p`] or [`crate::interval::wilson`] is closer to it.

use crate::interval::{Interval, checked_tail};
use crate::special::{beta_lower_quantile, beta_upper_quantile};

/// Exact (Clopper–Pearson) interval for `x` successes in `n` trials.
///
/// `None` when `n = 0`, `x > n` or `level` is outside `(0, 1)`. Relative error below 1e-12 for `n` to 2e7
/// and beyond; the work grows as the square root of `n`. Equals R `binom.test(x, n)$conf.int`.
/// Source: Clopper and Pearson (1934), Biometrika 26:404–413.
///
/// ```
/// let it = zhiheng_methods::interval::clopper_pearson(1, 10, 0.90).unwrap();
/// assert!((it.low - 0.005116196891823).abs() < 1e-15);
/// assert!((it.high - 0.394163302436505).abs() < 1e-14);
/// // no defect among 59: the rate is below 5 % with 95 % confidence, one-sided
/// assert!(zhiheng_methods::interval::clopper_pearson(0, 59, 0.90).unwrap().high < 0.05);
/// ```
pub fn clopper_pearson(x: u64, n: u64, level: f64) -> Option<Interval> {
    let tail = checked_tail(x, n, level)?;
    let (successes, failures) = (x as f64, (n - x) as f64);
    let low = if x == 0 { 0.0 } else { beta_lower_quantile(tail, successes, failures + 1.0) };
    let high = if x == n { 1.0 } else { beta_upper_quantile(tail, successes + 1.0, failures) };
    Some(Interval::new(low, high))
}
