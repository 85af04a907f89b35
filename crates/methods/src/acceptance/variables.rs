//! Sampling by variables: one measured characteristic, normally distributed, one specification limit.
//!
//! **What it answers.** How many units must be measured, and how many deviations must the mean stay away from
//! the limit, so that good lots are accepted and bad ones are not? How often is a lot of quality p accepted?
//!
//! **Formula.** Accept when `(U − x̄)/σ ≥ k` (or `(x̄ − L)/σ ≥ k`). With `σ` known `P_a = 1 − Φ((k + z_p)
//! √n)`; with `s` in its place `P_a = P(T > k√n)`, `T` noncentral t on `n − 1` degrees of freedom with `δ =
//! −z_p √n`; `z_p` is the `p` quantile of the normal distribution. The plan found meets the producer's point
//! exactly and the consumer's point with the least `n`.
//!
//! **Source.** Lieberman and Resnikoff (1955), *JASA* 50:457–516; Guenther (1977), ch. 5; equals `find.plan`
//! and `OCvar` of R's AcceptanceSampling.
//!
//! **When not to use it.** Skewed or mixed characteristics: the share beyond the limit then is not what the
//! normal distribution says. Several characteristics each need a plan of their own, and the risks add up.

use super::find::{RiskPoint, check, least};
use crate::refusal::Refusal;
use crate::special::{noncentral_t, normal_cdf, normal_quantile, normal_upper};
use crate::two_samples::{R_TOLERANCE, brent};

/// What is known about the deviation of the characteristic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deviation {
    /// The process deviation is known and stable: the σ method.
    Known,
    /// It is estimated from the sample (divisor n − 1): the s method.
    Unknown,
}

/// A variables plan.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct VariablesPlan {
    /// Units to measure.
    pub n: u64,
    /// Acceptability constant: accept when the mean is at least this many deviations inside the limit.
    pub k: f64,
}

/// Units beyond which no plan is sought.
const MOST_UNITS: u64 = 1_000_000;

/// Probability to accept a lot with the share `quality` beyond the limit.
///
/// Relative error about 1e-12. Refused for a share outside 0–1, `n` below 1 (2 with unknown deviation), or
/// `k` that is not finite.
///
/// ```
/// use zhiheng_methods::acceptance::variables::{Deviation, VariablesPlan, characteristic};
/// // the curve is symmetric about Φ(−k), where half of the lots are accepted
/// let plan = VariablesPlan { n: 10, k: 0.0 };
/// assert!((characteristic(plan, Deviation::Known, 0.5).unwrap() - 0.5).abs() < 1e-15);
/// ```
pub fn characteristic(plan: VariablesPlan, deviation: Deviation, quality: f64) -> Result<f64, Refusal> {
    if !(0.0..=1.0).contains(&quality) {
        return Err(Refusal::OutOfRange { what: "quality", value: quality, allowed: "[0, 1]" });
    }
    if !plan.k.is_finite() {
        return Err(Refusal::OutOfRange { what: "k", value: plan.k, allowed: "finite numbers" });
    }
    let fewest = if deviation == Deviation::Known { 1 } else { 2 };
    if plan.n < fewest {
        return Err(Refusal::TooFew { what: "n", found: plan.n as usize, needed: fewest as usize });
    }
    if quality == 0.0 || quality == 1.0 {
        return Ok(1.0 - quality);
    }
    Ok(accept(plan, deviation, normal_quantile(quality)))
}

/// The smallest variables plan for two risk points (qualities strictly between 0 and 1).
///
/// ```
/// use zhiheng_methods::acceptance::{find::RiskPoint, variables::{Deviation, variables_plan}};
/// let producer = RiskPoint { quality: 0.01, accept: 0.95 };
/// let consumer = RiskPoint { quality: 0.05, accept: 0.10 };
/// let known = variables_plan(producer, consumer, Deviation::Known).unwrap();
/// assert_eq!((known.n, format!("{:.6}", known.k).as_str()), (19, "1.948993"));
/// assert_eq!(variables_plan(producer, consumer, Deviation::Unknown).unwrap().n, 55);
/// ```
pub fn variables_plan(
    producer: RiskPoint,
    consumer: RiskPoint,
    deviation: Deviation,
) -> Result<VariablesPlan, Refusal> {
    let (good, bad) = quantiles(producer, consumer)?;
    match deviation {
        Deviation::Known => known(producer, consumer, good, bad),
        Deviation::Unknown => {
            let kept = |n: u64| {
                let k = constant(n, producer.accept, good);
                accept(VariablesPlan { n, k }, Deviation::Unknown, bad) <= consumer.accept
            };
            let n = least(2, MOST_UNITS, kept).ok_or_else(too_close)?;
            Ok(VariablesPlan { n, k: constant(n, producer.accept, good) })
        }
    }
}

/// [`variables_plan`] with unknown deviation and the digits of R's `find.plan`.
///
/// R seeks `k` in 0–1000 with `uniroot`'s tolerance of 1.2e-4, so that its `k` is off by up to some 1e-6, and
/// takes `pt`, which replaces the noncentral t by a normal approximation when its noncentrality exceeds
/// 37.62. For comparisons only: the true root is in [`variables_plan`].
pub fn variables_plan_like_r(producer: RiskPoint, consumer: RiskPoint) -> Result<VariablesPlan, Refusal> {
    let (good, bad) = quantiles(producer, consumer)?;
    let exact = variables_plan(producer, consumer, Deviation::Unknown)?;
    // R counts up from 2; its approximation moves the answer by a few units at most.
    let mut n = 2.max(exact.n - exact.n / 5);
    while n < 2 * exact.n + 10 {
        let root = (n as f64).sqrt();
        let target = 1.0 - producer.accept;
        let gap = |k: f64| r_lower(k * root, (n - 1) as f64, -good * root) - target;
        if gap(0.0) >= 0.0 {
            return Err(Refusal::Contradiction {
                what: "k would not be positive; R does not seek it".to_owned(),
            });
        }
        let k = brent(0.0, 1000.0, R_TOLERANCE, gap);
        if 1.0 - r_lower(k * root, (n - 1) as f64, -bad * root) <= consumer.accept {
            return Ok(VariablesPlan { n, k });
        }
        n += 1;
    }
    Err(Refusal::NotConverged { what: "plan search", steps: n as usize })
}

fn accept(plan: VariablesPlan, deviation: Deviation, z: f64) -> f64 {
    let root = (plan.n as f64).sqrt();
    match deviation {
        Deviation::Known => normal_upper((plan.k + z) * root),
        Deviation::Unknown => noncentral_t(plan.k * root, (plan.n - 1) as f64, -z * root).1,
    }
}

fn known(producer: RiskPoint, consumer: RiskPoint, good: f64, bad: f64) -> Result<VariablesPlan, Refusal> {
    let missed = normal_quantile(1.0 - producer.accept);
    let n = ((missed + normal_quantile(consumer.accept)) / (bad - good)).powi(2).ceil().max(1.0);
    if n > MOST_UNITS as f64 {
        return Err(too_close());
    }
    Ok(VariablesPlan { n: n as u64, k: missed / n.sqrt() - good })
}

/// The constant with which `n` units accept the producer's quality exactly as often as agreed.
fn constant(n: u64, agreed: f64, good: f64) -> f64 {
    // Falls in k from 1 to 0; the σ method's answer for n without end is −good.
    let gap = |k: f64| accept(VariablesPlan { n, k }, Deviation::Unknown, good) - agreed;
    let (mut low, mut high) = (-good - 1.0, -good + 1.0);
    while gap(low) < 0.0 {
        low -= 1.0 + (high - low);
    }
    while gap(high) > 0.0 {
        high += 1.0 + (high - low);
    }
    brent(low, high, 0.0, gap)
}

/// `pt(t, freedom, shift)` of R for `t >= 0`, its normal approximation included (Abramowitz and Stegun
/// 26.7.10).
fn r_lower(t: f64, freedom: f64, shift: f64) -> f64 {
    if freedom > 4e5 || shift * shift > 2.0 * std::f64::consts::LN_2 * 1021.0 {
        let s = 1.0 / (4.0 * freedom);
        return normal_cdf((t * (1.0 - s) - shift) / (1.0 + t * t * 2.0 * s).sqrt());
    }
    noncentral_t(t, freedom, shift).0
}

fn quantiles(producer: RiskPoint, consumer: RiskPoint) -> Result<(f64, f64), Refusal> {
    check(producer, consumer)?;
    for (what, quality) in [("producer quality", producer.quality), ("consumer quality", consumer.quality)] {
        if !(quality > 0.0 && quality < 1.0) {
            return Err(Refusal::OutOfRange { what, value: quality, allowed: "(0, 1)" });
        }
    }
    if producer.accept <= consumer.accept {
        return Err(Refusal::Contradiction {
            what: "the producer's lots must be accepted more often than the consumer's".to_owned(),
        });
    }
    Ok((normal_quantile(producer.quality), normal_quantile(consumer.quality)))
}

fn too_close() -> Refusal {
    Refusal::Contradiction { what: "the two qualities are too close for a plan of practical size".to_owned() }
}
