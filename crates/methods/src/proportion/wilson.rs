//! Wilson score interval, plain and with continuity correction.
//!
//! **What it answers.** Between which rates could the true pass rate plausibly lie, given `x` of `n`?
//!
//! **Formula.** The rates `p` that a two-sided score test does not reject, `|x/n − p| ≤ z √(p(1 − p)/n)`:
//! the roots of `(n + z²) p² − (2x + z²) p + x²/n = 0`. The larger root is
//! `(x + z²/2 + z √(z²/4 + x(n − x)/n)) / (n + z²)`; the smaller one is taken from the product of the
//! roots, which has no cancellation and is exactly 0 at `x = 0`.
//!
//! **Source.** Wilson, E. B. (1927), *Journal of the American Statistical Association* 22:209–212;
//! recommended by Brown, Cai and DasGupta (2001), *Statistical Science* 16:101–133, §3.1. The corrected
//! form: Newcombe (1998), *Statistics in Medicine* 17:857–872, method 4 (p. 859).
//!
//! **When not to use it.** The trials must be independent with one rate: for cluster samples or unequal
//! weights see [`crate::weighted`]. Where the law asks for coverage of *at least* the level, use
//! [`crate::interval::clopper_pearson`]: this one has it only on average.

use crate::interval::{Interval, checked_tail};
use crate::special::normal_upper_quantile;

/// Wilson score interval for `x` successes in `n` trials, without continuity correction.
///
/// Answers "between which rates could the true pass rate plausibly lie?" and, unlike the textbook
/// normal interval, stays inside 0–1 and behaves with few batches. It is the interval to print unless
/// there is a reason for another.
///
/// `None` when `n = 0`, `x > n` or `level` is outside `(0, 1)`. Relative error below 1e-14.
/// Source: Wilson (1927), JASA 22:209–212; equals R `prop.test(x, n, correct = FALSE)$conf.int`.
///
/// ```
/// let it = zhiheng_methods::interval::wilson(93, 100, 0.95).unwrap();
/// assert_eq!(format!("{:.4} {:.4}", it.low, it.high), "0.8625 0.9657");
/// assert!(zhiheng_methods::interval::wilson(0, 0, 0.95).is_none());
/// ```
pub fn wilson(x: u64, n: u64, level: f64) -> Option<Interval> {
    let z = normal_upper_quantile(checked_tail(x, n, level)?);
    let mut it = wilson_real(x as f64, (n - x) as f64, z);
    if x == n {
        it.high = 1.0;
    }
    Some(it)
}

/// The Wilson interval for real "counts" of successes and failures (effective sample sizes).
pub(crate) fn wilson_real(successes: f64, failures: f64, z: f64) -> Interval {
    let n = successes + failures;
    let z2 = z * z;
    let larger = successes + z2 / 2.0 + z * (z2 / 4.0 + successes * (failures / n)).sqrt();
    let low = successes * (successes / n) / larger;
    Interval::new(low, (larger / (n + z2)).min(1.0))
}

/// Wilson score interval with Yates' continuity correction.
///
/// Wider than [`wilson`], with coverage close to or above the level. Not for routine figures: it is
/// conservative, and [`wilson`] or [`crate::interval::mid_p`] is usually the better compromise.
///
/// Follows R `prop.test(x, n)$conf.int` exactly, including its habit of leaving the correction out when
/// `x` is precisely `n/2` (R limits the correction by the distance from its default null rate ½).
///
/// `None` when `n = 0`, `x > n` or `level` is outside `(0, 1)`. Relative error below 1e-13.
/// Source: Newcombe (1998), Statistics in Medicine 17:857–872, method 4.
///
/// ```
/// let it = zhiheng_methods::interval::wilson_corrected(0, 10, 0.90).unwrap();
/// assert_eq!(it.low, 0.0);
/// assert!((it.high - 0.284737387717655).abs() < 1e-14);
/// ```
pub fn wilson_corrected(x: u64, n: u64, level: f64) -> Option<Interval> {
    let z = normal_upper_quantile(checked_tail(x, n, level)?);
    let correction = if x == n - x { 0.0 } else { 0.5 };
    let (x_real, failures) = (x as f64, (n - x) as f64);
    let low = if x == 0 { 0.0 } else { wilson_real(x_real - correction, failures + correction, z).low };
    let high = if x == n { 1.0 } else { wilson_real(x_real + correction, failures - correction, z).high };
    Some(Interval::new(low, high))
}
