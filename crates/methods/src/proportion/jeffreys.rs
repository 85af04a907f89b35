//! Jeffreys' interval: the equal-tailed Bayesian interval under the prior beta(½, ½).
//!
//! **What it answers.** Given `x` of `n` and no other knowledge, where does the rate lie with probability
//! `level`?
//!
//! **Formula.** The `α/2` and `1 − α/2` quantiles of beta(x + ½, n − x + ½), `α = 1 − level`. The modified
//! form sets low to 0 at `x = 0` and high to 1 at `x = n`.
//!
//! **Source.** Jeffreys (1961), *Theory of Probability*, 3rd ed.; Brown, Cai and DasGupta (2001),
//! *Statistical Science* 16:101–133, §3.1 and §4.1.2 (the modification).
//!
//! **When not to use it.** The unmodified form never contains 0 or 1, so at `x = 0` or `x = n` a true rate of
//! exactly 0 or 1 is always missed; and neither form guarantees the level for each single rate.

use crate::interval::{Interval, checked_tail};
use crate::special::{beta_lower_quantile, beta_upper_quantile};

/// Equal-tailed Jeffreys interval for `x` successes in `n` trials.
///
/// `None` when `n = 0`, `x > n` or `level` is outside `(0, 1)`. Relative error below 1e-12 for `n` to 2e7.
/// Equals R `qbeta(c(a/2, 1 - a/2), x + 0.5, n - x + 0.5)`. Source: Brown, Cai and DasGupta (2001), §3.1.
///
/// ```
/// let it = zhiheng_methods::interval::jeffreys(1, 10, 0.90).unwrap();
/// assert!((it.low - 0.017891988055748).abs() < 1e-14);
/// assert!((it.high - 0.330562803260134).abs() < 1e-14);
/// ```
pub fn jeffreys(x: u64, n: u64, level: f64) -> Option<Interval> {
    let tail = checked_tail(x, n, level)?;
    let (a, b) = (x as f64 + 0.5, (n - x) as f64 + 0.5);
    Some(Interval::new(beta_lower_quantile(tail, a, b), beta_upper_quantile(tail, a, b)))
}

/// Jeffreys interval that reaches 0 at `x = 0` and 1 at `x = n`, so that those rates can be covered.
///
/// Otherwise as [`jeffreys`]. Source: Brown, Cai and DasGupta (2001), §4.1.2.
///
/// ```
/// let it = zhiheng_methods::interval::jeffreys_modified(0, 10, 0.90).unwrap();
/// assert_eq!(it.low, 0.0);
/// assert!((it.high - 0.170773108244848).abs() < 1e-14);
/// ```
pub fn jeffreys_modified(x: u64, n: u64, level: f64) -> Option<Interval> {
    let it = jeffreys(x, n, level)?;
    Some(Interval::new(if x == 0 { 0.0 } else { it.low }, if x == n { 1.0 } else { it.high }))
}
