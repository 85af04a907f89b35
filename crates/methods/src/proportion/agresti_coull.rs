//! Agresti and Coull's adjusted interval: Wald's formula after adding `z²/2` successes and failures.
//!
//! **What it answers.** The same question as [`crate::interval::wilson`], by a formula short enough for hand
//! calculation ("add two successes and two failures" at 95 %).
//!
//! **Formula.** `ñ = n + z²`, `p̃ = (x + z²/2)/ñ`, interval `p̃ ± z √(p̃(1 − p̃)/ñ)`.
//!
//! **Source.** Agresti and Coull (1998), *The American Statistician* 52:119–126, p. 122.
//!
//! **When not to use it.** It shares the centre of Wilson's interval and is never shorter, and it can leave
//! 0–1; with a computer at hand print Wilson's.

use crate::interval::{Interval, checked_tail};
use crate::special::normal_upper_quantile;

/// Agresti–Coull interval for `x` successes in `n` trials, not cut at 0 and 1 (see [`Interval::clipped`]).
///
/// `None` when `n = 0`, `x > n` or `level` is outside `(0, 1)`. Absolute error below 1e-15.
/// Source: Agresti and Coull (1998), The American Statistician 52:119–126.
///
/// ```
/// let it = zhiheng_methods::interval::agresti_coull(0, 10, 0.90).unwrap();
/// assert!((it.low + 0.035860375146629).abs() < 1e-14);
/// assert!((it.high - 0.248802345230036).abs() < 1e-14);
/// ```
pub fn agresti_coull(x: u64, n: u64, level: f64) -> Option<Interval> {
    let z = normal_upper_quantile(checked_tail(x, n, level)?);
    let half_square = z * z / 2.0;
    let size = n as f64 + 2.0 * half_square;
    let p = (x as f64 + half_square) / size;
    let q = ((n - x) as f64 + half_square) / size;
    let half = z * (p * q / size).sqrt();
    Some(Interval::new(p - half, p + half))
}
