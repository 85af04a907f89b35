//! Average outgoing quality, total inspection, and the worst average outgoing quality there can be.
//!
//! **What it answers.** If every lot that is not accepted is inspected in full and its nonconforming units
//! are replaced, what quality leaves the inspection on average, how many units are inspected, and how bad can
//! it get?
//!
//! **Formula.** Lots without end: `AOQ = p P_a`. A lot of `N`: `AOQ = p Σ_k A_k (N − m_k)/N` and `ATI = Σ_k
//! A_k m_k + (1 − P_a) N`, with `A_k` the probability to accept at stage `k` after `m_k` units. The limit
//! `AOQL` is the greatest AOQ over all incoming qualities.
//!
//! **Source.** Dodge and Romig, *Sampling Inspection Tables* (2nd ed., 1959), ch. 2; Schilling and Neubauer
//! (2017), ch. 5.
//!
//! **When not to use it.** Without full inspection of rejected lots there is no average outgoing quality; where
//! inspection destroys the unit neither.

use super::oc::characteristic;
use super::plan::{Plan, Population};
use crate::refusal::Refusal;
use crate::sum::sum;

/// What leaves the inspection at one incoming quality.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outgoing {
    /// Average outgoing quality, in the unit of the incoming quality.
    pub quality: f64,
    /// Average total inspection: units per lot, the full inspection of rejected lots included; `None` for lots
    /// without end.
    pub inspection: Option<f64>,
}

/// The greatest average outgoing quality and where it arises.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limit {
    /// The limit (AOQL).
    pub quality: f64,
    /// The incoming quality with which it arises; known to about 1e-8 of itself, as the curve is flat there.
    pub at: f64,
}

/// [`Outgoing`] at `quality`, from lots of `lot` units, or without end.
///
/// ```
/// use zhiheng_methods::acceptance::{Plan, Population, quality};
/// let plan = Plan::single(13, 0).unwrap();
/// let it = quality::outgoing(&plan, Population::Binomial, 0.05, None).unwrap();
/// assert!((it.quality - 0.05 * 0.95_f64.powi(13)).abs() < 1e-15);
/// ```
pub fn outgoing(
    plan: &Plan,
    population: Population,
    quality: f64,
    lot: Option<u64>,
) -> Result<Outgoing, Refusal> {
    let curve = characteristic(plan, population, quality)?;
    // a lot holds whole units only
    let quality = match population {
        Population::Hypergeometric { lot } => Population::nonconforming(lot, quality) as f64 / lot as f64,
        _ => quality,
    };
    let Some(lot) = lot_of(population, lot)? else {
        return Ok(Outgoing { quality: quality * curve.accept, inspection: None });
    };
    if lot < plan.size() {
        return Err(Refusal::TooFew { what: "lot", found: lot as usize, needed: plan.size() as usize });
    }
    let all = lot as f64;
    let mut drawn = 0;
    let accepted: Vec<(f64, f64)> = plan
        .stages()
        .iter()
        .zip(&curve.stages)
        .map(|(stage, decision)| {
            drawn += stage.n;
            (decision.accept, drawn as f64)
        })
        .collect();
    Ok(Outgoing {
        quality: quality * sum(accepted.iter().map(|(accept, drawn)| accept * (all - drawn) / all)),
        inspection: Some(
            sum(accepted.iter().map(|(accept, drawn)| accept * drawn)) + (1.0 - curve.accept) * all,
        ),
    })
}

/// Steps of the search before the limit is narrowed down.
const STEPS: u32 = 400;

/// The average outgoing quality limit.
///
/// ```
/// use zhiheng_methods::acceptance::{Plan, Population, quality};
/// // p (1 − p)¹³ is greatest at p = 1/14
/// let it = quality::limit(&Plan::single(13, 0).unwrap(), Population::Binomial, None).unwrap();
/// assert!((it.at - 1.0 / 14.0).abs() < 1e-8);
/// assert!((it.quality - (1.0 / 14.0) * (13.0_f64 / 14.0).powi(13)).abs() < 1e-16);
/// ```
pub fn limit(plan: &Plan, population: Population, lot: Option<u64>) -> Result<Limit, Refusal> {
    if let Population::Hypergeometric { .. } = population {
        return limit_of_lot(plan, lot_of(population, lot)?.unwrap_or_default());
    }
    let value = |p: f64| outgoing(plan, population, p, lot).map(|it| it.quality);
    // The greatest lies where about as many are found as the plan just accepts: search around that, by steps
    // of a few per cent, then narrow the best one down.
    let greatest = plan.stages().last().map_or(1, |stage| stage.reject) as f64;
    let least_units = plan.stages().first().map_or(1, |stage| stage.n) as f64;
    let most = if population == Population::Binomial { 1.0 } else { f64::INFINITY };
    let (low, high) = (0.01 / plan.size() as f64, (20.0 * (greatest + 5.0) / least_units).min(most));
    let ratio = high / low;
    let grid = |i: u32| low * libm::pow(ratio, f64::from(i) / f64::from(STEPS));
    let (mut best, mut top) = (0, 0.0);
    for i in 0..=STEPS {
        let here = value(grid(i))?;
        if here > top {
            (best, top) = (i, here);
        }
    }
    let (mut a, mut b) = (grid(best.saturating_sub(1)), grid((best + 1).min(STEPS)).min(most));
    // golden section
    let section = (5.0_f64.sqrt() - 1.0) / 2.0;
    let (mut c, mut d) = (b - section * (b - a), a + section * (b - a));
    let (mut at_c, mut at_d) = (value(c)?, value(d)?);
    for _ in 0..60 {
        if at_c > at_d {
            (b, d, at_d) = (d, c, at_c);
            c = b - section * (b - a);
            at_c = value(c)?;
        } else {
            (a, c, at_c) = (c, d, at_d);
            d = a + section * (b - a);
            at_d = value(d)?;
        }
    }
    let at = peak(c, at_c, d, at_d, &value)?;
    Ok(Limit { quality: value(at)?, at })
}

/// The golden section stops at 1e-8, where the curve no longer differs from its greatest value by a digit.
/// The top of the parabola through three wider points is closer.
fn peak(
    c: f64,
    at_c: f64,
    d: f64,
    at_d: f64,
    value: &impl Fn(f64) -> Result<f64, Refusal>,
) -> Result<f64, Refusal> {
    let best = if at_c > at_d { c } else { d };
    let width = 1e-5 * best;
    let (left, middle) = (value(best - width)?, value(best)?);
    // at the end of the range there is nothing to the right
    let Ok(right) = value(best + width) else { return Ok(best) };
    let bend = left - 2.0 * middle + right;
    let shift = 0.5 * width * (left - right) / bend;
    if bend < 0.0 && shift.abs() < width { Ok(best + shift) } else { Ok(best) }
}

/// In one lot the incoming quality is one of `0/N, 1/N, …`.
fn limit_of_lot(plan: &Plan, lot: u64) -> Result<Limit, Refusal> {
    let population = Population::Hypergeometric { lot };
    let value = |bad: u64| outgoing(plan, population, bad as f64 / lot as f64, None).map(|it| it.quality);
    // Coarse steps first: the curve has one broad peak.
    let step = (lot / 2000).max(1);
    let mut best = (0, 0.0);
    let mut bad = 0;
    while bad <= lot {
        let here = value(bad)?;
        if here > best.1 {
            best = (bad, here);
        }
        bad += step;
    }
    let (mut low, mut high) = (best.0.saturating_sub(step), (best.0 + step).min(lot));
    while high - low > 6 {
        let third = (high - low) / 3;
        if value(low + third)? < value(high - third)? {
            low += third;
        } else {
            high -= third;
        }
    }
    for bad in low..=high {
        let here = value(bad)?;
        if here > best.1 {
            best = (bad, here);
        }
    }
    Ok(Limit { quality: best.1, at: best.0 as f64 / lot as f64 })
}

fn lot_of(population: Population, lot: Option<u64>) -> Result<Option<u64>, Refusal> {
    match (population, lot) {
        (Population::Hypergeometric { lot: one }, Some(other)) if one != other => {
            Err(Refusal::Contradiction { what: "two different lot sizes".to_owned() })
        }
        (Population::Hypergeometric { lot }, _) => Ok(Some(lot)),
        (_, lot) => Ok(lot),
    }
}
