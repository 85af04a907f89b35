//! Means that put several indicators of one unit together, and how far a low one can be made up for.
//!
//! **What it answers.** One figure for a group of indicators.
//!
//! **Formula.** With weights `w` that sum to 1 over the values present: arithmetic `Σ w x`; geometric `Π x^w`; harmonic
//! `1/Σ(w/x)`; generalised `(Σ w xᵖ)^{1/p}`; the weighted median; the plain product; the least and the greatest value.
//! Copeland compares the units two by two: a unit beats another if the weights of the indicators on which it is higher,
//! with half of those on which they are equal, exceed ½; its score is wins less losses, or the sum of
//! those weights.
//!
//! **Source.** Hardy, Littlewood and Pólya (1934), *Inequalities*, chapter 2; Munda and Nardo (2009), *Applied Economics*
//! 41:1513–1523; Copeland (1951), *A reasonable social welfare function*. Repeats `a_amean`, `a_gmean`, `a_hmean`,
//! `a_genmean`, `a_copeland` of COINr 1.1.
//!
//! **When not to use it.** Arithmetic where a failure must not be made up for; geometric and harmonic with values of 0 or
//! below (refused); the product where units have gaps: it has no scale. Copeland with few indicators gives many ties.

use super::rank::quantile;
use crate::refusal::Refusal;
use crate::sum::Sum;

/// How values are put together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Mean {
    /// Weighted arithmetic mean: lows are made up for in full.
    Arithmetic,
    /// Weighted geometric mean of positive values: made up for in part.
    Geometric,
    /// Weighted harmonic mean of positive values: hardly made up for.
    Harmonic,
    /// Weighted power mean of positive values; the power is not 0.
    Generalised(f64),
    /// Weighted median: the middle between the values at which half of the weight is reached.
    Median,
    /// Product of the values; weights are ignored.
    Product,
    /// Least value; weights are ignored.
    Least,
    /// Greatest value; weights are ignored.
    Greatest,
    /// The units compared two by two.
    Compared(Comparison),
}

impl Mean {
    /// Wins less losses against the other units.
    pub const COPELAND: Mean = Mean::Compared(Comparison { in_full: false, like_r: false });
}

/// The mean of one unit's `values` with relative `weights`; `None` if all are missing or the present ones weigh nothing.
/// Not for [`Mean::Compared`], which needs all units (see [`outranking`]).
///
/// ```
/// use zhiheng_methods::composite::mean::{Mean, of_unit};
/// assert_eq!(of_unit(&[4.0, 9.0], &[1.0, 1.0], Mean::Geometric).unwrap(), Some(6.0));
/// assert_eq!(of_unit(&[4.0, f64::NAN], &[1.0, 3.0], Mean::Arithmetic).unwrap(), Some(4.0));
/// ```
pub fn of_unit(values: &[f64], weights: &[f64], mean: Mean) -> Result<Option<f64>, Refusal> {
    let known = || values.iter().copied().zip(weights.iter().copied()).filter(|(value, _)| !value.is_nan());
    let total = known().fold(Sum::default(), |mut sum, (_, weight)| {
        sum.add(weight);
        sum
    });
    let total = total.value();
    let weighted = |change: &dyn Fn(f64) -> f64| {
        let mut sum = Sum::default();
        for (value, weight) in known() {
            sum.add(weight * change(value));
        }
        sum.value() / total
    };
    if known().next().is_none() || total <= 0.0 {
        return Ok(None);
    }
    let positive = |what: &'static str| match known().find(|&(value, _)| value <= 0.0) {
        Some((value, _)) => Err(Refusal::OutOfRange { what, value, allowed: "> 0" }),
        None => Ok(()),
    };
    let value = match mean {
        Mean::Arithmetic => weighted(&|x| x),
        Mean::Geometric => {
            positive("value of a geometric mean")?;
            libm::exp(weighted(&libm::log))
        }
        Mean::Harmonic => {
            positive("value of a harmonic mean")?;
            1.0 / weighted(&|x| 1.0 / x)
        }
        Mean::Generalised(power) => {
            if power == 0.0 || !power.is_finite() {
                return Err(Refusal::OutOfRange {
                    what: "power",
                    value: power,
                    allowed: "numbers other than 0",
                });
            }
            positive("value of a generalised mean")?;
            libm::pow(weighted(&|x| libm::pow(x, power)), 1.0 / power)
        }
        Mean::Median => weighted_median(known().collect(), total),
        Mean::Product => known().map(|(value, _)| value).product(),
        Mean::Least => known().map(|(value, _)| value).fold(f64::INFINITY, f64::min),
        Mean::Greatest => known().map(|(value, _)| value).fold(f64::NEG_INFINITY, f64::max),
        Mean::Compared(_) => {
            return Err(Refusal::Contradiction { what: "a comparison of units needs all units".into() });
        }
    };
    if value.is_finite() { Ok(Some(value)) } else { Err(Refusal::NotFinite { what: "mean", row: 0 }) }
}

/// How units are compared two by two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Comparison {
    /// Add up the weights themselves instead of wins less losses.
    pub in_full: bool,
    /// Whether the weight of an indicator that one of two units misses goes to the unit in the later row, as in COINr,
    /// instead of being left out for both.
    pub like_r: bool,
}

/// Copeland scores (or sums of outranking weights) of all units over the indicators `columns`. A unit without any value
/// stays missing; two units without a common indicator draw.
pub fn outranking(columns: &[&[f64]], weights: &[f64], how: Comparison) -> Vec<f64> {
    let n_units = columns.first().map_or(0, |column| column.len());
    let all = crate::sum::sum(weights.iter().copied());
    let has_value: Vec<bool> =
        (0..n_units).map(|unit| columns.iter().any(|column| !column[unit].is_nan())).collect();
    let mut scores = vec![Sum::default(); n_units];
    for a in 0..n_units {
        for b in a + 1..n_units {
            if !(has_value[a] && has_value[b]) {
                continue;
            }
            let (mut ahead, mut common) = (Sum::default(), Sum::default());
            for (column, &weight) in columns.iter().zip(weights) {
                let (here, there) = (column[a], column[b]);
                if !here.is_nan() && !there.is_nan() {
                    common.add(weight);
                    ahead.add(if here > there {
                        weight
                    } else if here < there {
                        0.0
                    } else {
                        weight / 2.0
                    });
                }
            }
            let whole = if how.like_r { all } else { common.value() };
            let ahead = if whole > 0.0 { ahead.value() / whole } else { 0.5 };
            if how.in_full {
                scores[a].add(ahead);
                scores[b].add(1.0 - ahead);
            } else if (ahead - 0.5).abs() > 1e-12 {
                let win = if ahead > 0.5 { 1.0 } else { -1.0 };
                scores[a].add(win);
                scores[b].add(-win);
            }
        }
    }
    scores.iter().zip(has_value).map(|(score, known)| if known { score.value() } else { f64::NAN }).collect()
}

/// The value at which half of the weight is reached, or the middle of two where it is reached exactly.
fn weighted_median(mut known: Vec<(f64, f64)>, total: f64) -> f64 {
    known.retain(|&(_, weight)| weight > 0.0);
    known.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut sum = Sum::default();
    for (at, &(value, weight)) in known.iter().enumerate() {
        sum.add(weight);
        let reached = sum.value() / total - 0.5;
        if reached.abs() <= 1e-12 {
            let next = known.get(at + 1).map_or(value, |next| next.0);
            return quantile(&[value, next], 0.5);
        }
        if reached > 0.0 {
            return value;
        }
    }
    f64::NAN
}
