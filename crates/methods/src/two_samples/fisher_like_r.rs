//! Fisher's test with the odds ratio as R prints it.
//!
//! **What it answers.** The same as [`super::fisher`], when the figures must repeat those of `fisher.test`.
//!
//! **Formula.** R solves the same equations with Brent's method on the odds ratio or its reciprocal in (0,
//! 1), stopping at a tolerance of about 1.2e-4 (`.Machine$double.eps^0.25`): the digits beyond it are those
//! of the path taken, and this file takes the same path.
//!
//! **Source.** Brent (1973), *Algorithms for Minimization without Derivatives*, ch. 4; R 4.2.2 `zeroin.c` and
//! `fisher.test`.
//!
//! **When not to use it.** For any figure of one's own: [`super::fisher`] has the exact root.

use super::fisher::{Fisher, margins, p_values};
use crate::interval::{Interval, tail};

/// As [`fisher`](super::fisher), with odds ratio and interval rounded on the way just as R's `fisher.test`
/// does.
///
/// The p-values are the same. Arguments and `None` as there. Repeats R's digits to about 1e-12 relative.
///
/// ```
/// use zhiheng_methods::two_samples::{fisher, fisher_like_r};
/// let (exact, r) = (fisher(3, 4, 1, 4, 0.95).unwrap(), fisher_like_r(3, 4, 1, 4, 0.95).unwrap());
/// assert_eq!(exact.p_value, r.p_value);
/// assert!((exact.odds_ratio - r.odds_ratio).abs() < 0.01);
/// ```
pub fn fisher_like_r(x1: u64, n1: u64, x2: u64, n2: u64, level: f64) -> Option<Fisher> {
    let tail = tail(level)?;
    let table = margins(x1, n1, x2, n2)?;
    let (p_value, p_less, p_greater) = p_values(&table, x1, n1, x2, n2);
    let mean_gap =
        |psi: f64| if psi == 0.0 { -((x1 - table.least) as f64) } else { table.sums(x1, psi).shift };
    let at_least = |psi: f64| at_zero(psi, x1 <= table.least).unwrap_or_else(|| table.sums(x1, psi).at_least);
    let at_most = |psi: f64| at_zero(psi, x1 >= table.least).unwrap_or_else(|| table.sums(x1, psi).at_most);
    let odds_ratio = if x1 == table.least {
        0.0
    } else if x1 == table.greatest {
        f64::INFINITY
    } else {
        root(mean_gap)
    };
    let low = if x1 == table.least { 0.0 } else { root(|psi| at_least(psi) - tail) };
    let high = if x1 == table.greatest { f64::INFINITY } else { root(|psi| tail - at_most(psi)) };
    Some(Fisher { p_value, p_less, p_greater, odds_ratio, interval: Interval::new(low, high) })
}

/// At odds ratio 0 all mass is on the least count: the tail is 1 or 0.
fn at_zero(psi: f64, inside: bool) -> Option<f64> {
    (psi == 0.0).then(|| f64::from(u8::from(inside)))
}

/// The root of a function that rises with the odds ratio, sought in (0, 1) or, beyond, by the reciprocal.
fn root(gap: impl Fn(f64) -> f64) -> f64 {
    let at_one = gap(1.0);
    if at_one > 0.0 {
        brent(0.0, 1.0, R_TOLERANCE, gap)
    } else if at_one < 0.0 {
        1.0 / brent(f64::EPSILON, 1.0, R_TOLERANCE, |t| gap(1.0 / t))
    } else {
        1.0
    }
}

/// The tolerance of R's `uniroot`, the fourth root of the machine's precision.
pub(crate) const R_TOLERANCE: f64 = 1.0 / 8192.0;

/// R's `zeroin`: Brent's root finder. Step by step as there, since the digits below the tolerance depend on the
/// path; with tolerance 0 the root has all its digits.
pub(crate) fn brent(from: f64, to: f64, tolerance: f64, f: impl Fn(f64) -> f64) -> f64 {
    let (mut a, mut b) = (from, to);
    let (mut fa, mut fb) = (f(a), f(b));
    let (mut c, mut fc) = (a, fa);
    if fa == 0.0 {
        return a;
    }
    if fb == 0.0 {
        return b;
    }
    for _ in 0..=1000 {
        let previous = b - a;
        if fc.abs() < fb.abs() {
            (a, b, c) = (b, c, b);
            (fa, fb, fc) = (fb, fc, fb);
        }
        let close = 2.0 * f64::EPSILON * b.abs() + tolerance / 2.0;
        let mut step = (c - b) / 2.0;
        if step.abs() <= close || fb == 0.0 {
            return b;
        }
        if previous.abs() >= close && fa.abs() > fb.abs() {
            let across = c - b;
            let (mut p, mut q) = interpolate((a, fa), (b, fb), (c, fc), across);
            if p > 0.0 {
                q = -q;
            } else {
                p = -p;
            }
            if p < 0.75 * across * q - (close * q).abs() / 2.0 && p < (previous * q / 2.0).abs() {
                step = p / q;
            }
        }
        if step.abs() < close {
            step = if step > 0.0 { close } else { -close };
        }
        (a, fa) = (b, fb);
        b += step;
        fb = f(b);
        if (fb > 0.0 && fc > 0.0) || (fb < 0.0 && fc < 0.0) {
            (c, fc) = (a, fa);
        }
    }
    b
}

/// Numerator and denominator of the next step: linear when only two points differ, else inverse quadratic.
fn interpolate((a, fa): (f64, f64), (b, fb): (f64, f64), (c, fc): (f64, f64), across: f64) -> (f64, f64) {
    if a.to_bits() == c.to_bits() {
        let t = fb / fa;
        return (across * t, 1.0 - t);
    }
    let (q, t1, t2) = (fa / fc, fb / fc, fb / fa);
    (t2 * (across * q * (q - t1) - (b - a) * (t1 - 1.0)), (q - 1.0) * (t1 - 1.0) * (t2 - 1.0))
}
