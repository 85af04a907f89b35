//! Which input moves the output: variance-based sensitivity indices.
//!
//! **What it answers.** What share of the output's variance comes from each input alone (first order), and what share
//! would remain if all inputs but this one were fixed (total, interactions included)?
//!
//! **Formula.** Two independent samples `A`, `B` of `n` points, and for each input `i` the sample `AB_i`: `A` with its
//! `i`-th coordinate from `B`. First order `S_i = (1/n) Σ f(B)(f(AB_i) − f(A)) / V`, total
//! `T_i = (1/2n) Σ (f(A) − f(AB_i))² / V`, `V` the variance of all `f(A)`, `f(B)` (divisor 2n − 1).
//!
//! **Source.** Saltelli, Annoni, Azzini, Campolongo, Ratto and Tarantola (2010), *Computer Physics Communications*
//! 181:259–270, table 2 (b) and (f); Jansen (1999), *Computer Physics Communications* 117:35–43. Repeats `SA_estimate` of
//! COINr 1.1.
//!
//! **When not to use it.** Inputs that depend on each other; and outputs far from 0: subtract a mean first, the first-order
//! estimate suffers from it. Estimates from few points can be negative or exceed 1: that is noise, the interval shows it.

use rayon::prelude::*;

use super::rank::quantile;
use crate::interval::{Interval, level_tail};
use crate::random::{Stream, check_draws_of};
use crate::refusal::{Refusal, finite, same_length};
use crate::sum::{sum, variance};

/// How intervals are found: rows of the design are drawn again with replacement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bootstrap {
    /// Number of resamples; at least 2.
    pub replicates: usize,
    /// Seed of their random numbers.
    pub seed: u64,
    /// Share of the resamples between the ends of the interval.
    pub level: f64,
}

/// Indices of one input.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Influence {
    /// First order.
    pub first: f64,
    /// Total.
    pub total: f64,
    /// Interval of the first order, if resampled.
    pub first_interval: Option<Interval>,
    /// Interval of the total, if resampled.
    pub total_interval: Option<Interval>,
}

/// Indices of all inputs.
#[derive(Debug, Clone, PartialEq)]
pub struct Sobol {
    /// Variance of the output.
    pub variance: f64,
    /// One per input.
    pub influences: Vec<Influence>,
}

/// The `n (inputs + 2)` points at which the function is to be evaluated: `A`, `B`, then `AB_1`, `AB_2` …; coordinates are
/// uniform on (0, 1).
///
/// ```
/// use zhiheng_methods::composite::sobol::{design, indices};
/// let points = design(4000, 2, 7).unwrap();
/// let answers: Vec<f64> = points.iter().map(|x| 3.0 * (x[0] - 0.5) + 1.0 * (x[1] - 0.5)).collect();
/// let it = indices(&answers, 4000, 2, None).unwrap();
/// assert!((it.influences[0].total - 0.9).abs() < 0.03); // 9/(9 + 1)
/// ```
pub fn design(n: usize, inputs: usize, seed: u64) -> Result<Vec<Vec<f64>>, Refusal> {
    for (what, found, needed) in [("points", n, 2), ("inputs", inputs, 1)] {
        if found < needed {
            return Err(Refusal::TooFew { what, found, needed });
        }
    }
    let row = |i: usize| {
        let mut stream = Stream::new(seed, i as u64);
        (0..2 * inputs).map(|_| stream.uniform()).collect::<Vec<f64>>()
    };
    let rows: Vec<Vec<f64>> = (0..n).map(row).collect();
    let mut points: Vec<Vec<f64>> = rows.iter().map(|row| row[..inputs].to_vec()).collect();
    points.extend(rows.iter().map(|row| row[inputs..].to_vec()));
    for input in 0..inputs {
        points.extend(rows.iter().map(|row| {
            let mut point = row[..inputs].to_vec();
            point[input] = row[inputs + input];
            point
        }));
    }
    Ok(points)
}

/// Indices from the `n (inputs + 2)` outputs at the points of [`design`], in their order. Refuses outputs that do not
/// vary, or whose squares no number holds.
pub fn indices(
    answers: &[f64],
    n: usize,
    inputs: usize,
    bootstrap: Option<Bootstrap>,
) -> Result<Sobol, Refusal> {
    for (what, found, needed) in [("points", n, 2), ("inputs", inputs, 1)] {
        if found < needed {
            return Err(Refusal::TooFew { what, found, needed });
        }
    }
    same_length("answers", answers.len(), n.saturating_mul(inputs + 2))?;
    finite("answers", answers)?;
    let rows: Vec<usize> = (0..n).collect();
    let (all, plain) =
        estimate(answers, n, inputs, &rows).ok_or_else(|| Refusal::NoVariation { what: "answers".into() })?;
    let ends = bootstrap.map(|how| resample(answers, n, inputs, how)).transpose()?;
    let influences = plain.iter().enumerate().map(|(input, &(first, total))| Influence {
        first,
        total,
        first_interval: ends.as_ref().map(|ends| ends[input].0),
        total_interval: ends.as_ref().map(|ends| ends[input].1),
    });
    Ok(Sobol { variance: all, influences: influences.collect() })
}

/// First and total index.
type Pair = (f64, f64);

/// Variance, and both indices per input, over the given rows of the design.
fn estimate(answers: &[f64], n: usize, inputs: usize, rows: &[usize]) -> Option<(f64, Vec<Pair>)> {
    let both: Vec<f64> = rows.iter().flat_map(|&row| [answers[row], answers[n + row]]).collect();
    let all = variance(&both);
    if !all.is_finite() || all <= 0.0 {
        return None;
    }
    let one = |input: usize| {
        let mixed = |row: usize| answers[(2 + input) * n + row];
        let first = sum(rows.iter().map(|&row| answers[n + row] * (mixed(row) - answers[row])));
        let total = sum(rows.iter().map(|&row| (answers[row] - mixed(row)) * (answers[row] - mixed(row))));
        (first / (n as f64 * all), total / (2.0 * n as f64 * all))
    };
    let pairs: Vec<Pair> = (0..inputs).map(one).collect();
    // squares of huge outputs leave the range of numbers
    pairs.iter().all(|pair| pair.0.is_finite() && pair.1.is_finite()).then_some((all, pairs))
}

/// Intervals of the first order and the total per input.
fn resample(
    answers: &[f64],
    n: usize,
    inputs: usize,
    how: Bootstrap,
) -> Result<Vec<(Interval, Interval)>, Refusal> {
    let side = level_tail(how.level)?;
    check_draws_of("replicates", how.replicates, n)?;
    let one = |replicate: usize| {
        let mut stream = Stream::new(how.seed, replicate as u64);
        let rows: Vec<usize> = (0..n).map(|_| stream.below(n as u64) as usize).collect();
        // a resample of one and the same row has no variance and says nothing
        estimate(answers, n, inputs, &rows).map(|(_, indices)| indices)
    };
    let drawn: Vec<Vec<Pair>> = (0..how.replicates).into_par_iter().filter_map(one).collect();
    if drawn.is_empty() {
        return Err(Refusal::NoVariation { what: "resamples".into() });
    }
    let between = |part: &dyn Fn(&Vec<Pair>) -> f64| {
        let mut sorted: Vec<f64> = drawn.iter().map(part).collect();
        sorted.sort_unstable_by(f64::total_cmp);
        Interval::new(quantile(&sorted, side), quantile(&sorted, 1.0 - side))
    };
    Ok((0..inputs).map(|input| (between(&|row| row[input].0), between(&|row| row[input].1))).collect())
}
