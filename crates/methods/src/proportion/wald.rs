//! The textbook normal (Wald) interval, kept for comparison with figures printed elsewhere.
//!
//! **What it answers.** The same question as [`crate::interval::wilson`], badly; older reports print it.
//!
//! **Formula.** `p ± z √(p(1 − p)/n)`, `p = x/n`.
//!
//! **Source.** Laplace (1812), *Théorie analytique des probabilités*; why not: Brown, Cai and DasGupta
//! (2001), *Statistical Science* 16:101–133, §2 (pp. 102–107).
//!
//! **When not to use it.** For any new figure: coverage falls far below the level for rates near 0 or 1 and
//! erratically elsewhere, it has no width at `x = 0`, and it can leave 0–1.

use crate::interval::{Interval, checked_tail};
use crate::special::normal_upper_quantile;

/// Normal approximation interval `p ± z √(p(1 − p)/n)`, not cut at 0 and 1 (see [`Interval::clipped`]).
///
/// `None` when `n = 0`, `x > n` or `level` is outside `(0, 1)`. Absolute error below 1e-15.
/// Source: see the formula in any textbook; not recommended (Brown, Cai, DasGupta 2001, §2).
///
/// ```
/// let it = zhiheng_methods::interval::wald(1, 10, 0.90).unwrap();
/// assert!((it.low + 0.056044516362667).abs() < 1e-14);
/// assert_eq!(it.clipped().low, 0.0);
/// ```
pub fn wald(x: u64, n: u64, level: f64) -> Option<Interval> {
    let z = normal_upper_quantile(checked_tail(x, n, level)?);
    let size = n as f64;
    let p = x as f64 / size;
    let half = z * (p * ((n - x) as f64 / size) / size).sqrt();
    Some(Interval::new(p - half, p + half))
}
