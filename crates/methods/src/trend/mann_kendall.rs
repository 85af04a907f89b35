//! Mann–Kendall: does a series rise or fall?
//!
//! **What it answers.** Do the pass rates of the last years rise, or is that chance? No shape of the trend and
//! no normal distribution is assumed.
//!
//! **Formula.** `S` = rises less falls over all pairs of values. Without a trend its mean is 0 and its variance
//! `(n(n − 1)(2n + 5) − Σ t(t − 1)(2t + 5)) / 18` with `t` the sizes of groups of equal values;
//! `z = (S ∓ 1) / √variance`.
//!
//! **Source.** Mann (1945), *Econometrica* 13:245–259; Kendall (1975), *Rank Correlation Methods*, 4th edition,
//! pages 55 and 96. Equals R's `Kendall::MannKendall` and `trend::mk.test` and `original_test` of pyMannKendall.
//!
//! **When not to use it.** Where values follow their predecessors ([`super::autocorrelated`]) or seasons
//! ([`super::several`]). With fewer than 8 values the normal tail is rough. It says nothing of the size of the
//! trend: see [`super::sen`].

use crate::refusal::{Refusal, at_least};
use crate::special::normal_upper;

use super::pairs::{present, score, ties};

/// A test for trend.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MannKendall {
    /// Values used.
    pub n: usize,
    /// Rises less falls.
    pub score: f64,
    /// Variance of the score without a trend.
    pub variance: f64,
    /// Score in standard deviations.
    pub z: f64,
    /// Probability of a score as far from 0 without a trend.
    pub p_value: f64,
    /// Score over the number of pairs, −1 to 1 (tau-a).
    pub tau: f64,
    /// The same, without pairs of equal values (tau-b).
    pub tau_b: f64,
}

/// Tests `values`, in the order of time; NaN is a gap and left out.
///
/// `continuity` brings the score one nearer to 0 before the normal tail is taken, as is usual.
///
/// Errors: an infinite value; fewer than 3 values; all values equal.
///
/// ```
/// use zhiheng_methods::trend::mann_kendall::mann_kendall;
/// // rises: 5 of 6 pairs; S = 5 − 1 = 4; variance 4 · 3 · 13 / 18
/// let it = mann_kendall(&[1.0, 3.0, 2.0, 4.0], true).unwrap();
/// assert_eq!((it.score, it.tau), (4.0, 4.0 / 6.0));
/// assert!((it.z - 3.0 / (156.0_f64 / 18.0).sqrt()).abs() < 1e-15);
/// ```
pub fn mann_kendall(values: &[f64], continuity: bool) -> Result<MannKendall, Refusal> {
    let values: Vec<f64> = present(values)?.into_iter().map(|(_, value)| value).collect();
    at_least("value", values.len(), 3)?;
    let variance = variance(&values);
    if variance <= 0.0 {
        return Err(Refusal::NoVariation { what: "value".to_owned() });
    }
    Ok(tested(&values, score(&values) as f64, variance, continuity))
}

/// The test of a `score` of `values` with this `variance`, which must be positive.
pub(super) fn tested(values: &[f64], score: f64, variance: f64, continuity: bool) -> MannKendall {
    let n = values.len();
    let pairs = pairs(n);
    let equal: f64 = ties(values).iter().map(|&tie| pairs_of(tie)).sum();
    let z = standard(score, variance, continuity);
    MannKendall {
        n,
        score,
        variance,
        z,
        p_value: two_sided(z),
        tau: score / pairs,
        tau_b: score / libm::sqrt((pairs - equal) * pairs),
    }
}

/// Score in standard deviations, one nearer to 0 with `continuity`.
pub(super) fn standard(score: f64, variance: f64, continuity: bool) -> f64 {
    let nearer = if continuity { score.signum() * (score.abs() - 1.0) } else { score };
    if score == 0.0 { 0.0 } else { nearer / libm::sqrt(variance) }
}

/// Probability of a standard normal as far from 0 as `z`.
pub(super) fn two_sided(z: f64) -> f64 {
    (2.0 * normal_upper(z.abs())).min(1.0)
}

/// Variance of the score without trend, equal values accounted for.
pub(super) fn variance(values: &[f64]) -> f64 {
    let of = |n: f64| n * (n - 1.0) * (2.0 * n + 5.0);
    let tied: f64 = ties(values).iter().map(|&tie| of(tie as f64)).sum();
    (of(values.len() as f64) - tied) / 18.0
}

/// Number of pairs among `n`.
pub(super) fn pairs(n: usize) -> f64 {
    pairs_of(n as i64)
}

fn pairs_of(n: i64) -> f64 {
    0.5 * n as f64 * (n as f64 - 1.0)
}
