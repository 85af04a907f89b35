//! How many false alarms an office can look at, and which thresholds keep to that number over many series.
//!
//! **What it answers.** With thousands of series judged each week: how many alarms come by chance, at which
//! level does a series have to be judged to stay within a budget, and which of this week's alarms will
//! hold?
//!
//! **Formula.** `n` series at level `α` give `n α` false alarms a week, so a budget of `B` a week asks for
//! `α = B/n` ([`level`]). Real series keep to no level exactly; from past weeks, in which nothing is
//! believed to have happened, [`cutoff`] takes the least score that no more than `B · weeks` series-weeks
//! exceeded, with Garwood's interval for what that means per week. [`adjusted`] gives for each p-value the
//! share of false ones among the alarms up to it.
//!
//! **Source.** Marshall, Best, Bottle and Aylin (2004), *JRSS A* 167:541–559; Benjamini and Hochberg
//! (1995), *JRSS B* 57:289–300. [`adjusted`] equals R `p.adjust(method = "BH")`.
//!
//! **When not to use it.** [`cutoff`] over weeks with known outbreaks (leave them out), or over so few
//! series-weeks that the budget rests on a handful: read its interval.

use super::positive;
use crate::interval::Interval;
use crate::poisson;
use crate::refusal::{Refusal, at_least, finite};
use std::cmp::Ordering;

/// The level at which each of `series` series has to be judged for `budget` false alarms per week in all.
///
/// Refuses no series, and a budget that is not above 0 or not below one alarm per series.
///
/// ```
/// // 5 false alarms a week over 150,000 series
/// let alpha = zhiheng_methods::early_warning::budget::level(150_000, 5.0).unwrap();
/// assert!((alpha - 1.0 / 30_000.0).abs() < 1e-18);
/// ```
pub fn level(series: u64, budget: f64) -> Result<f64, Refusal> {
    if series == 0 {
        return Err(Refusal::Empty { what: "series" });
    }
    positive("budget", budget)?;
    let alpha = budget / series as f64;
    if alpha < 1.0 {
        Ok(alpha)
    } else {
        Err(Refusal::OutOfRange { what: "budget", value: budget, allowed: "less than one alarm per series" })
    }
}

/// A score that keeps to a budget.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cutoff {
    /// Alarm on scores above it.
    pub score: f64,
    /// Past series-weeks above it.
    pub alarms: u64,
    /// The same per week.
    pub per_week: f64,
    /// Confidence interval of alarms per week to come, if alarms come one by one.
    pub interval: Interval,
}

/// The least score that past series-weeks exceeded no more than `budget` times a week.
///
/// `scores`: one per series and past week, in any order and unit (the `score` of a Farrington method, a
/// CUSUM's sum, `−ln p`); NaN for a series-week without verdict, which cannot alarm. `level` is that of the
/// interval.
///
/// Refuses no weeks, no scores, infinite scores, a budget that is not above 0 and a level outside (0, 1).
///
/// ```
/// use zhiheng_methods::early_warning::budget::cutoff;
/// // 2 weeks, 5 series: one alarm a week is two in all
/// let scores = [0.1, 1.4, 0.3, 0.2, 0.9, 1.1, 0.0, 0.5, f64::NAN, 0.4];
/// let it = cutoff(&scores, 2, 1.0, 0.95).unwrap();
/// assert_eq!((it.score, it.alarms, it.per_week), (0.9, 2, 1.0));
/// ```
pub fn cutoff(scores: &[f64], weeks: u64, budget: f64, level: f64) -> Result<Cutoff, Refusal> {
    if weeks == 0 {
        return Err(Refusal::Empty { what: "weeks" });
    }
    positive("budget", budget)?;
    super::probability("level", level)?;
    if let Some(row) = scores.iter().position(|score| score.is_infinite()) {
        return Err(Refusal::NotFinite { what: "score", row });
    }
    let mut known: Vec<f64> = scores.iter().copied().filter(|score| !score.is_nan()).collect();
    at_least("score", known.len(), 1)?;
    known.sort_unstable_by(|a, b| b.total_cmp(a));
    let allowed = libm::floor(budget * weeks as f64).min(known.len() as f64) as usize;
    // the greatest score that may no longer alarm; below all scores if every one may
    let score = known.get(allowed).copied().unwrap_or_else(|| below(known[known.len() - 1]));
    let alarms = known.partition_point(|&one| one > score) as u64;
    let per_week = alarms as f64 / weeks as f64;
    let Some(interval) = poisson::exact(alarms, weeks as f64, level) else {
        return Err(Refusal::OutOfRange { what: "level", value: level, allowed: "(0, 1)" });
    };
    Ok(Cutoff { score, alarms, per_week, interval })
}

/// A number just below `value`.
fn below(value: f64) -> f64 {
    value - value.abs().max(1.0) * f64::EPSILON
}

/// Benjamini and Hochberg's adjusted p-values, in the order of `p_values`: alarming on all up to `q` keeps
/// the expected share of false alarms among the alarms at `q` or below.
///
/// Refuses no values, and values outside 0–1 (NaN included: leave series without verdict out first).
///
/// ```
/// use zhiheng_methods::early_warning::budget::adjusted;
/// let it = adjusted(&[0.01, 0.04, 0.03, 0.5]).unwrap();
/// assert!((it[0] - 0.04).abs() < 1e-15 && (it[2] - it[1]).abs() < 1e-15 && it[3] == 0.5);
/// ```
pub fn adjusted(p_values: &[f64]) -> Result<Vec<f64>, Refusal> {
    at_least("p_value", p_values.len(), 1)?;
    finite("p_value", p_values)?;
    if let Some(&value) = p_values.iter().find(|value| !(0.0..=1.0).contains(*value)) {
        return Err(Refusal::OutOfRange { what: "p_value", value, allowed: "[0, 1]" });
    }
    let n = p_values.len();
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|&a, &b| p_values[b].partial_cmp(&p_values[a]).unwrap_or(Ordering::Equal));
    let (mut least, mut adjusted) = (1.0_f64, vec![0.0; n]);
    for (place, &at) in order.iter().enumerate() {
        least = least.min(p_values[at] * (n as f64 / (n - place) as f64));
        adjusted[at] = least;
    }
    Ok(adjusted)
}
