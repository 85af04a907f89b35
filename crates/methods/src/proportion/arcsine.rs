//! The arcsine interval: the normal interval after the transformation that makes the variance constant.
//!
//! **What it answers.** The same question as [`crate::interval::wilson`]; used in older standards and for
//! comparing many rates of different size on one scale.
//!
//! **Formula.** `sin²(arcsin √p̌ ± z/(2√n))` with Anscombe's `p̌ = (x + ⅜)/(n + ¾)`; the angle is cut at 0
//! and π/2, so that the interval does not fold back at the ends.
//!
//! **Source.** Anscombe (1948), *Biometrika* 35:246–254; Brown, Cai and DasGupta (2001), *Statistical
//! Science* 16:101–133, §4.2.1.
//!
//! **When not to use it.** With `x` or `n − x` below about 5: coverage drops near 0 and 1.

use crate::interval::{Interval, checked_tail};
use crate::special::normal_upper_quantile;
use std::f64::consts::FRAC_PI_2;

/// Arcsine interval (Anscombe's form) for `x` successes in `n` trials.
///
/// `None` when `n = 0`, `x > n` or `level` is outside `(0, 1)`. Absolute error below 1e-15.
/// Source: Brown, Cai and DasGupta (2001), Statistical Science 16, §4.2.1.
///
/// ```
/// let it = zhiheng_methods::interval::arcsine(50, 100, 0.95).unwrap();
/// assert!((it.low + it.high - 1.0).abs() < 1e-15);
/// assert_eq!(format!("{:.4}", it.low), "0.4026");
/// ```
pub fn arcsine(x: u64, n: u64, level: f64) -> Option<Interval> {
    let z = normal_upper_quantile(checked_tail(x, n, level)?);
    let size = n as f64;
    let half = z / (2.0 * size.sqrt());
    // The angle by its tangent: as accurate near 1 as near 0.
    let angle = libm::atan2((x as f64 + 0.375).sqrt(), ((n - x) as f64 + 0.375).sqrt());
    let square_of_sine = |angle: f64| {
        let sine = libm::sin(angle);
        sine * sine
    };
    let low = if angle > half { square_of_sine(angle - half) } else { 0.0 };
    let high = if angle + half < FRAC_PI_2 { square_of_sine(angle + half) } else { 1.0 };
    Some(Interval::new(low, high))
}
