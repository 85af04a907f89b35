//! Fisher's exact test for two independent proportions, with the conditional odds ratio.
//!
//! **What it answers.** Did the rate differ between two samples, when counts are too small for χ²? And by
//! which odds ratio?
//!
//! **Formula.** Given the margins, the first count is hypergeometric. The two-sided p-value adds all tables
//! no more probable than the one seen (within 1 + 1e-7, so that ties survive rounding). The odds ratio is the
//! one whose noncentral hypergeometric mean is the count seen (conditional maximum likelihood); its interval
//! ends where the tail at or beyond that count has probability `α/2`, `α = 1 − level`.
//!
//! **Source.** Fisher (1935), *JRSS* 98:39–82, pp. 48–51; Cornfield (1956), *Proc. 3rd Berkeley Symposium*
//! 4:135–148 (interval). The two-sided rule is R's `fisher.test`.
//!
//! **When not to use it.** It is conservative, since both margins are held fixed: with expected cells above 5
//! the score test has more power. P-value and interval can disagree, since one orders tables by probability
//! and the other cuts equal tails.

use super::conditional::Conditional;
use crate::halving::first;
use crate::interval::{Interval, tail};
use crate::special::{Climb, ln_hypergeometric, normal_upper_quantile};

/// What Fisher's exact test says of a 2×2 table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fisher {
    /// Two-sided p-value of the hypothesis that both rates are equal.
    pub p_value: f64,
    /// One-sided p-value against the first rate being lower.
    pub p_less: f64,
    /// One-sided p-value against the first rate being higher.
    pub p_greater: f64,
    /// Conditional maximum-likelihood odds ratio, first sample over second; from 0 to infinity.
    pub odds_ratio: f64,
    /// Confidence interval of the odds ratio; `high` can be infinite.
    pub interval: Interval,
}

/// Compares `x1` of `n1` with `x2` of `n2` by Fisher's exact test.
///
/// `None` when a sample is empty, has more successes than trials, or `level` is outside `(0, 1)`. When the
/// margins leave only one table (no success at all, or no failure) nothing can be learnt: p-values are 1, the
/// interval is 0 to infinity and `odds_ratio` is 0 (as R prints it).
///
/// Relative error below 1e-11 with samples to 2e7; the work grows as the square root of the counts (some
/// milliseconds there). R stops at a tolerance of 1.2e-4 on the odds ratio or its reciprocal; to repeat its
/// digits use [`fisher_like_r`](super::fisher_like_r). A one-sided interval of level `L` is one end of that
/// of `2L − 1`.
///
/// ```
/// // Fisher's tea: of four cups with milk first the lady called 3 so, of the other four 1
/// let it = zhiheng_methods::two_samples::fisher(3, 4, 1, 4, 0.95).unwrap();
/// assert!((it.p_value - 34.0 / 70.0).abs() < 1e-15);
/// assert!((it.p_greater - 17.0 / 70.0).abs() < 1e-15);
/// assert_eq!(format!("{:.4}", it.odds_ratio), "6.4083");
/// ```
pub fn fisher(x1: u64, n1: u64, x2: u64, n2: u64, level: f64) -> Option<Fisher> {
    let tail = tail(level)?;
    let table = margins(x1, n1, x2, n2)?;
    let (p_value, p_less, p_greater) = p_values(&table, x1, n1, x2, n2);

    // The usual estimate of the log odds ratio, with half a count added to each cell, and its deviation.
    let [a, b] = [x1 as f64 + 0.5, (n1 - x1) as f64 + 0.5];
    let [c, d] = [x2 as f64 + 0.5, (n2 - x2) as f64 + 0.5];
    let start = libm::log(a / b) - libm::log(c / d);
    let scale = (1.0 / a + 1.0 / b + 1.0 / c + 1.0 / d).sqrt();
    let reach = scale * normal_upper_quantile(tail);
    let end = |start: f64, rising: bool| {
        libm::exp(Climb { start, scale, rising }.solve(tail, |t| {
            let sums = table.sums(x1, libm::exp(t));
            if rising {
                (sums.at_least, sums.at_least * (sums.above - sums.shift))
            } else {
                (sums.at_most, sums.at_most * (sums.shift - sums.below))
            }
        }))
    };
    let low = if x1 == table.least { 0.0 } else { end(start - reach, true) };
    let high = if x1 == table.greatest { f64::INFINITY } else { end(start + reach, false) };
    let odds_ratio = if x1 == table.least {
        0.0
    } else if x1 == table.greatest {
        f64::INFINITY
    } else {
        libm::exp(ln_odds_ratio(&table, x1, start, scale))
    };
    Some(Fisher { p_value, p_less, p_greater, odds_ratio, interval: Interval::new(low, high) })
}

/// The table's margins, if the counts make a table.
pub(super) fn margins(x1: u64, n1: u64, x2: u64, n2: u64) -> Option<Conditional> {
    let possible = n1 > 0 && n2 > 0 && x1 <= n1 && x2 <= n2 && n1.checked_add(n2).is_some();
    possible.then(|| Conditional::new(n1, n2, x1 + x2))
}

/// Two-sided, lower and upper p-value.
pub(super) fn p_values(table: &Conditional, x1: u64, n1: u64, x2: u64, n2: u64) -> (f64, f64, f64) {
    let (successes, failures) = (x1 + x2, (n1 - x1) + (n2 - x2));
    let ln_p = |k: u64| ln_hypergeometric(k, successes, failures, n1);
    let seen = ln_p(x1);
    let lower = libm::exp(seen) * table.run_down(x1);
    let upper = libm::exp(seen) * table.run_up(x1);

    // Tables no more probable than the one seen are those up to `left` and those from `right`.
    let limit = seen + libm::log1p(1e-7);
    let mode = table.mode(1.0);
    let two_sided = if ln_p(mode) <= limit {
        1.0
    } else {
        let left = first(table.least, mode, |k| ln_p(k) > limit).checked_sub(1);
        let left = left.filter(|left| *left >= table.least);
        let right = (mode < table.greatest && ln_p(table.greatest) <= limit)
            .then(|| first(mode + 1, table.greatest, |k| ln_p(k) <= limit));
        let down = left.map_or(0.0, |k| libm::exp(ln_p(k)) * table.run_down(k));
        let up = right.map_or(0.0, |k| libm::exp(ln_p(k)) * table.run_up(k));
        down + up
    };
    (two_sided.min(1.0), lower.min(1.0), upper.min(1.0))
}

/// The log odds ratio whose mean count is `x`: Newton's method inside a bracket that only shrinks.
fn ln_odds_ratio(table: &Conditional, x: u64, start: f64, scale: f64) -> f64 {
    let (mut low, mut high) = (f64::NEG_INFINITY, f64::INFINITY);
    let mut t = start;
    for _ in 0..200 {
        let sums = table.sums(x, libm::exp(t));
        if sums.shift > 0.0 {
            high = t;
        } else {
            low = t;
        }
        let step_max = 4.0 * scale;
        let step = if sums.variance > 0.0 {
            (-sums.shift / sums.variance).clamp(-step_max, step_max)
        } else {
            -step_max.copysign(sums.shift)
        };
        let next = t + step;
        t = if next > low && next < high || step.abs() <= 1e-8 * scale.min(1.0) {
            next
        } else {
            f64::midpoint(low, high)
        };
        if step.abs() <= 1e-8 * scale.min(1.0) {
            break;
        }
    }
    t
}
