//! CUSUM for counts: small excesses over a known mean add up.
//!
//! **What it answers.** Have counts moved above their mean by a little, but lastingly?
//!
//! **Formula.** `C_t = max(0, C_{t−1} + z_t − k)`, alarm when `C_t ≥ h`, where `z` is the count made nearly
//! normal: `(x − m)/√m` (standard), Rossi's `(x − 3m + 2√(xm))/(2√m)`, Anscombe's `3/2 (x^⅔ − m^⅔)/m^⅙`,
//! the same for negative binomial counts. The bound is the count that would bring the sum to `h`. The sum
//! does not start again after an alarm.
//!
//! **Source.** Rossi, Lampugnani and Marchi (1999), *Statistics in Medicine* 18:2111–2122; Pierce and
//! Schafer (1986), *JASA* 81:977–986. Equals R `surveillance::cusum`, whose defaults `k = 1.04`, `h = 2.26`
//! give an average run length of 500 and 7 under a doubled risk.
//!
//! **When not to use it.** Without a stable past: `m` is the past mean or a fitted season
//! ([`super::season`]). For rare counts (`m < 1`) the transformations fail: use
//! [`super::likelihood_ratio`].

use super::{checked, positive};
use crate::refusal::{Refusal, same_length};
use crate::sum::mean;
use std::ops::Range;

/// How counts are made nearly normal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Transform {
    /// Pearson residuals of Poisson counts.
    Standard,
    /// Rossi's mean of Pearson and square-root residuals.
    Rossi,
    /// Anscombe residuals.
    Anscombe,
    /// Anscombe residuals with corrected mean.
    AnscombeSecond,
    /// Pearson residuals of negative binomial counts with variance `m + α m²`.
    PearsonNegativeBinomial {
        /// The dispersion `α`.
        alpha: f64,
    },
    /// Anscombe residuals of negative binomial counts. R reads the integral behind them off a grid with
    /// steps of 0.001 in `α m`; here it is computed.
    AnscombeNegativeBinomial {
        /// The dispersion `α`.
        alpha: f64,
    },
    /// The counts themselves.
    None,
}

/// The mean when nothing happens.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum InControl<'a> {
    /// The mean of all weeks before the first judged one; missing ones are left out.
    Past,
    /// The same in every week.
    Known(f64),
    /// One per judged week.
    Each(&'a [f64]),
}

/// Options of [`detect`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cusum<'a> {
    /// Excess that does not count, in deviations.
    pub k: f64,
    /// Sum at which the chart alarms.
    pub h: f64,
    /// The mean.
    pub mean: InControl<'a>,
    /// The scale.
    pub transform: Transform,
}

impl Default for Cusum<'_> {
    fn default() -> Self {
        Self { k: 1.04, h: 2.26, mean: InControl::Past, transform: Transform::Standard }
    }
}

/// What the chart says about one week.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// The week's index.
    pub at: usize,
    /// The sum after the week.
    pub sum: f64,
    /// The count that would bring the sum to `h`, rounded up for [`Transform::Standard`]. For
    /// [`Transform::None`] and [`Transform::AnscombeNegativeBinomial`] the room left in the sum, as in the
    /// reference. Never below 0.
    pub bound: f64,
    /// Whether the sum reaches `h`.
    pub alarm: bool,
}

/// The chart over `weeks`.
///
/// A missing week leaves the sum as it was and does not alarm.
///
/// Refuses counts that are negative or infinite, a mean that is not above 0, and `k`, `h`, `α` that are not
/// above 0 (`k` may be 0).
///
/// ```
/// use zhiheng_methods::early_warning::cusum::{Cusum, InControl, detect};
/// // mean 4: z is (8 − 4)/2 = 2 twice, less k = 1 each: the sum is 1, then 2
/// let options = Cusum { k: 1.0, h: 2.0, mean: InControl::Known(4.0), ..Cusum::default() };
/// let it = detect(&[8.0, 8.0], 0..2, &options).unwrap();
/// assert_eq!((it[0].sum, it[0].alarm, it[1].sum, it[1].alarm), (1.0, false, 2.0, true));
/// assert_eq!(it[1].bound, 8.0);
/// ```
pub fn detect(counts: &[f64], weeks: Range<usize>, options: &Cusum) -> Result<Vec<Step>, Refusal> {
    checked(counts, &weeks)?;
    positive("h", options.h)?;
    if !(options.k >= 0.0 && options.k.is_finite()) {
        return Err(Refusal::OutOfRange { what: "k", value: options.k, allowed: ">= 0" });
    }
    if let Transform::PearsonNegativeBinomial { alpha } | Transform::AnscombeNegativeBinomial { alpha } =
        options.transform
    {
        positive("alpha", alpha)?;
    }
    let level = match options.mean {
        InControl::Past => {
            let past: Vec<f64> =
                counts[..weeks.start].iter().copied().filter(|count| !count.is_nan()).collect();
            crate::refusal::at_least("weeks before the first judged one", past.len(), 1)?;
            mean(&past)
        }
        InControl::Known(level) => level,
        InControl::Each(means) => {
            same_length("mean", means.len(), weeks.len())?;
            f64::NAN
        }
    };
    let mut sum: f64 = 0.0;
    let first = weeks.start;
    weeks
        .map(|at| {
            let m = if let InControl::Each(means) = options.mean { means[at - first] } else { level };
            positive("mean", m)?;
            let before = sum;
            if !counts[at].is_nan() {
                sum = (sum + (standardised(counts[at], m, options.transform) - options.k)).max(0.0);
            }
            let room = options.h + options.k - before;
            let bound = match options.transform {
                Transform::None | Transform::AnscombeNegativeBinomial { .. } => options.h - sum,
                transform => needed(room, m, transform),
            };
            let alarm = !counts[at].is_nan() && sum >= options.h;
            Ok(Step { at, sum, bound: bound.max(0.0), alarm })
        })
        .collect()
}

/// The count on a scale where it is nearly standard normal.
fn standardised(x: f64, m: f64, transform: Transform) -> f64 {
    let two_thirds = |value: f64| {
        let root = libm::cbrt(value);
        root * root
    };
    let sixth = libm::sqrt(libm::cbrt(m));
    match transform {
        Transform::Standard => (x - m) / libm::sqrt(m),
        Transform::Rossi => (x - 3.0 * m + 2.0 * libm::sqrt(x * m)) / (2.0 * libm::sqrt(m)),
        Transform::Anscombe => 1.5 * (two_thirds(x) - two_thirds(m)) / sixth,
        Transform::AnscombeSecond => {
            (two_thirds(x) - (two_thirds(m) - 1.0 / (9.0 * libm::cbrt(m)))) / (2.0 / 3.0 * sixth)
        }
        Transform::PearsonNegativeBinomial { alpha } => (x - m) / libm::sqrt(m + alpha * m * m),
        Transform::AnscombeNegativeBinomial { alpha } => {
            let variance = m + alpha * m * m;
            (stabilised(x, alpha) - stabilised(m, alpha)) / libm::sqrt(libm::cbrt(variance))
        }
        Transform::None => x,
    }
}

/// The count whose standardised value fills `room`.
fn needed(room: f64, m: f64, transform: Transform) -> f64 {
    let root = libm::sqrt(m);
    let sixth = libm::sqrt(libm::cbrt(m));
    let cubed_root = |value: f64| if value < 0.0 { 0.0 } else { libm::sqrt(value) * value };
    match transform {
        Transform::Standard => libm::ceil(root * room + m),
        Transform::Rossi => {
            let inner = 4.0 * m * m + 2.0 * m * root * room;
            if inner < 0.0 { 0.0 } else { 2.0 * root * room + 5.0 * m - 2.0 * libm::sqrt(inner) }
        }
        Transform::Anscombe => cubed_root(2.0 / 3.0 * sixth * room + sixth * sixth * sixth * sixth),
        // m^(1/3)/9 where the statistic has m^(−1/3)/9: the reference's own
        Transform::AnscombeSecond => {
            cubed_root(2.0 / 3.0 * sixth * room + sixth * sixth * (sixth * sixth - 1.0 / 9.0))
        }
        Transform::PearsonNegativeBinomial { alpha } => libm::sqrt(m + alpha * m * m) * room + m,
        Transform::AnscombeNegativeBinomial { .. } | Transform::None => room,
    }
}

/// `∫₀ˣ (t + α t²)^(−⅓) dt`, the variance-stabilising scale of negative binomial counts. With `t = x w³`
/// the integrand `3 x^⅔ w (1 + α x w³)^(−⅓)` is smooth; Gauss and Legendre's rule with 5 points on 32 equal
/// pieces.
fn stabilised(x: f64, alpha: f64) -> f64 {
    const POINTS: [(f64, f64); 5] = [
        (-0.906_179_845_938_664, 0.236_926_885_056_189_1),
        (-0.538_469_310_105_683_1, 0.478_628_670_499_366_5),
        (0.0, 0.568_888_888_888_888_9),
        (0.538_469_310_105_683_1, 0.478_628_670_499_366_5),
        (0.906_179_845_938_664, 0.236_926_885_056_189_1),
    ];
    let mut sum = 0.0;
    for piece in 0..32 {
        for (point, weight) in POINTS {
            let w = (f64::from(piece) + 0.5 + 0.5 * point) / 32.0;
            sum += weight / 64.0 * w / libm::cbrt(1.0 + alpha * x * w * w * w);
        }
    }
    let root = libm::cbrt(x);
    3.0 * root * root * sum
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R: `integrate(function(u) 1.5 * (1 + a * u^1.5)^(-1/3), 0, x^(2/3))`.
    #[test]
    fn the_stabilised_scale_equals_r() {
        for (x, alpha, expected) in [
            (1.0, 1.0, 1.354_406_468_982_711_3),
            (40.0, 0.2, 11.893_964_420_813_026),
            (900.0, 3.0, 19.097_061_017_531_434),
        ] {
            let found = stabilised(x, alpha);
            assert!((found / expected - 1.0).abs() < 1e-9, "{x} {alpha}: {found}");
        }
        assert_eq!(stabilised(0.0, 1.0), 0.0);
    }
}
