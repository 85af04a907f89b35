//! The noncentral t distribution, by the trapezoidal rule over the logarithm of the sample deviation.
//!
//! `T = (Z + δ)/S` with `νS²` a chi-square on `ν` degrees of freedom, so that `P(T > t)` is the mean of `Φ(δ
//! − tS)`. In `u = ln S` the integrand is analytic and falls off on both sides faster than any power, where
//! the trapezoidal rule converges geometrically; the step follows from the width of both factors.
//!
//! Source: Johnson, Kotz and Balakrishnan, *Continuous Univariate Distributions* vol. 2 (1995), ch. 31; on
//! the rule, Trefethen and Weideman (2014), *SIAM Review* 56:385–458.

use super::normal::{normal_cdf, normal_upper};
use super::saddle::stirling_error;
use std::f64::consts::TAU;

/// `P(T ≤ t)` and `P(T > t)` for `freedom > 0` degrees of freedom and noncentrality `shift`.
///
/// NaN for other arguments. Relative error about 1e-13 in each.
pub(crate) fn noncentral_t(t: f64, freedom: f64, shift: f64) -> (f64, f64) {
    if !(t.is_finite() && shift.is_finite() && freedom > 0.0 && freedom.is_finite()) {
        return (f64::NAN, f64::NAN);
    }
    let (below, above) = tails(t, freedom, shift, 45.0);
    let small = below.min(above);
    if small > 1e-6 {
        return (below, above);
    }
    // A small tail comes from where the deviation is far out too: as far again as the tail is small.
    let out = if small > 0.0 { -1.1 * libm::log(small) } else { 700.0 };
    let wider = tails(t, freedom, shift, 45.0 + out);
    if below < above { (wider.0, above) } else { (below, wider.1) }
}

/// Both tails, with the density of `u` carried down to `e^−depth`.
fn tails(t: f64, freedom: f64, shift: f64, depth: f64) -> (f64, f64) {
    // That density is exp(−ν/2 (e^2u − 1 − 2u)) times a constant.
    let reach = 2.0 * depth / freedom;
    let (low, high) = (end(reach, -1.0), end(reach, 1.0));
    // Φ changes with t e^u only as long as that is near the shift.
    let steep = (t.abs() * libm::exp(high)).min(shift.abs() + 9.0);
    let width = (8.0 * freedom + steep * steep).sqrt();
    let n_steps = ((high - low) * width / 0.5).ceil().clamp(64.0, 1e6);
    let step = (high - low) / n_steps;
    let half = freedom / 2.0;
    let constant = 2.0 * (half / TAU).sqrt() * libm::exp(-stirling_error(half));
    let (mut below, mut above) = (0.0, 0.0);
    for i in 0..=n_steps as u64 {
        let u = low + step * i as f64;
        let density = libm::exp(-half * excess(u));
        let z = t * libm::exp(u) - shift;
        below += density * normal_cdf(z);
        above += density * normal_upper(z);
    }
    ((constant * step * below).min(1.0), (constant * step * above).min(1.0))
}

/// `e^2u − 1 − 2u`.
fn excess(u: f64) -> f64 {
    libm::expm1(2.0 * u) - 2.0 * u
}

/// Where [`excess`] reaches `level`, on the side of `sign`.
fn end(level: f64, sign: f64) -> f64 {
    let (mut near, mut far) = (0.0, 1.0);
    while excess(sign * far) < level {
        far *= 2.0;
    }
    for _ in 0..40 {
        let middle = 0.5 * (near + far);
        if excess(sign * middle) < level {
            near = middle;
        } else {
            far = middle;
        }
    }
    sign * far
}

#[cfg(test)]
mod tests {
    use super::noncentral_t;
    use crate::special::student_upper;

    #[test]
    fn without_shift_it_is_students_t() {
        for (t, freedom) in [(0.3, 1.0), (2.5, 4.0), (-1.7, 12.0), (3.0, 200.0)] {
            let (below, above) = noncentral_t(t, freedom, 0.0);
            let expected = student_upper(t, freedom);
            assert!((above / expected - 1.0).abs() < 1e-12, "{t} {freedom}: {above} {expected}");
            assert!((below + above - 1.0).abs() < 1e-13);
        }
    }

    /// R's `pt`, which itself is good to about 1e-12.
    #[test]
    fn shifted() {
        for (t, freedom, shift, expected) in [
            (8.0, 10.0, 5.0, 0.920_249_761_485_710_8),
            (2.0, 1.0, 3.0, 0.179_562_496_551_772_4),
            (-1.0, 5.0, 2.0, 0.002_316_375_654_163_427_3),
            (20.0, 54.0, 17.0, 0.911_862_294_868_838_9),
            (0.0, 3.0, 1.5, 0.066_807_201_268_858_07),
        ] {
            let (below, _) = noncentral_t(t, freedom, shift);
            assert!((below - expected).abs() < 1e-11, "{t}: {below}");
        }
    }
}
