//! A rate put together from parts with known shares: `Σ w p` over independent samples.
//!
//! **What it answers.** When each stratum (district, product class, sales channel) was sampled apart and
//! weighs a known share of the whole, what is the rate of the whole, and how certain is it?
//!
//! **Formula.** With shares `w` scaled to sum 1, `p = Σ wᵢ pᵢ` and `var = Σ wᵢ² pᵢ(1 − pᵢ)/nᵢ`; [`delta`] is
//! `p ± z √var`. Kish's effective sample size is `(Σ over items of weight)² / Σ weight²`, an item of part `i`
//! weighing `wᵢ/nᵢ`: `n_eff = 1/Σ (wᵢ²/nᵢ)`. [`wilson_kish`] is Wilson's interval for `p·n_eff` of `n_eff`.
//!
//! **Source.** Cochran (1977), *Sampling Techniques*, 3rd ed., §5.10 (pp. 107–108); Kish (1965), *Survey
//! Sampling*, §11.7 (pp. 427–430), with Wilson's formula as recommended for such use by Korn and Graubard
//! (1998), *Survey Methodology* 24:193–201.
//!
//! **When not to use it.** [`delta`] not when the rate is near 0 or 1, or when some part has all or no
//! successes (it counts that part as certain). [`wilson_kish`] not when the parts' rates differ much: it
//! ignores the gain from stratification and is then too wide. Neither for clusters, nor when the shares are
//! themselves estimates from the same sample, nor when a part was not sampled at all.

use crate::interval::{Interval, tail};
use crate::proportion::wilson::wilson_real;
use crate::special::normal_upper_quantile;

/// One independently sampled part of the whole.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// Successes in the part's sample.
    pub x: u64,
    /// Size of the part's sample.
    pub n: u64,
    /// The part's share of the whole, in any unit (items, output, people): shares are scaled to sum 1.
    pub weight: f64,
}

/// The rate of the whole.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WeightedRate {
    /// `Σ w p`, a share.
    pub rate: f64,
    /// Its variance as a stratified estimate.
    pub variance: f64,
    /// Kish's effective sample size: the simple random sample that such unequal weights are worth.
    pub effective_size: f64,
    /// Confidence interval of the rate.
    pub interval: Interval,
}

/// The weighted rate with its delta (normal) interval, not cut at 0 and 1 (see [`Interval::clipped`]).
///
/// Parts of weight 0 are left out. `None` when a part with weight has no sample or more successes than
/// trials, a weight is negative or not finite, all weights are 0, or `level` is outside `(0, 1)`. Relative
/// error of the variance below 1e-14 times the number of parts.
///
/// ```
/// use zhiheng_methods::weighted::{Part, delta};
/// let parts = [Part { x: 90, n: 100, weight: 3.0 }, Part { x: 30, n: 50, weight: 1.0 }];
/// let it = delta(&parts, 0.95).unwrap();
/// assert!((it.rate - 0.825).abs() < 1e-15);
/// assert!((it.variance - (0.5625 * 0.0009 + 0.0625 * 0.0048)).abs() < 1e-16);
/// ```
pub fn delta(parts: &[Part], level: f64) -> Option<WeightedRate> {
    let z = normal_upper_quantile(tail(level)?);
    let (rate, variance, effective_size) = combine(parts)?;
    let half = z * variance.sqrt();
    Some(WeightedRate { rate, variance, effective_size, interval: Interval::new(rate - half, rate + half) })
}

/// The weighted rate with Wilson's interval on Kish's effective sample size.
///
/// Stays inside 0–1 and keeps a width when every item conforms. Arguments and `None` as for [`delta`].
///
/// ```
/// use zhiheng_methods::{interval::wilson, weighted::{Part, wilson_kish}};
/// // shares equal to the sample's: no loss, Wilson's interval of the pooled sample
/// let parts = [Part { x: 99, n: 100, weight: 100.0 }, Part { x: 50, n: 50, weight: 50.0 }];
/// let it = wilson_kish(&parts, 0.95).unwrap();
/// let pooled = wilson(149, 150, 0.95).unwrap();
/// assert!((it.effective_size - 150.0).abs() < 1e-11);
/// assert!((it.interval.low - pooled.low).abs() < 1e-14);
/// ```
pub fn wilson_kish(parts: &[Part], level: f64) -> Option<WeightedRate> {
    let z = normal_upper_quantile(tail(level)?);
    let (rate, variance, effective_size) = combine(parts)?;
    let interval = wilson_real(rate * effective_size, (1.0 - rate) * effective_size, z);
    Some(WeightedRate { rate, variance, effective_size, interval })
}

/// Rate, variance and effective size, summed in the order given.
fn combine(parts: &[Part]) -> Option<(f64, f64, f64)> {
    let mut total = 0.0;
    for part in parts {
        if !part.weight.is_finite() || part.weight < 0.0 {
            return None;
        }
        total += part.weight;
    }
    if !(total > 0.0 && total.is_finite()) {
        return None;
    }
    let (mut rate, mut variance, mut loss) = (0.0, 0.0, 0.0);
    for part in parts.iter().filter(|part| part.weight > 0.0) {
        if part.n == 0 || part.x > part.n {
            return None;
        }
        let (share, size) = (part.weight / total, part.n as f64);
        let p = part.x as f64 / size;
        let q = (part.n - part.x) as f64 / size;
        rate += share * p;
        variance += share * share * (p * q / size);
        loss += share * share / size;
    }
    Some((rate.min(1.0), variance, 1.0 / loss))
}
