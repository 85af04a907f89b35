//! The historical limits of CDC's weekly bulletin: four weeks against the same weeks of past years.
//!
//! **What it answers.** Are the last four weeks together above what the same, the preceding and the following
//! four weeks of past years lead one to expect?
//!
//! **Formula.** The baseline is `(2 m + 1)·b` sums of four weeks, `m` before and after the same four weeks
//! in each of `b` years. With their mean and deviation `s`, the bound is `mean + z₁₋ₐ⸝₂ s √(1 + 1/n)`; an
//! alarm is a sum of the last four weeks above it.
//!
//! **Source.** Stroup, Williamson, Herndon and Karon (1989), *Statistics in Medicine* 8:323–329; Farrington
//! and Andrews (2003) in Brookmeyer and Stroup, *Monitoring the Health of Populations*, p. 206. Equals R
//! `surveillance:::algo.cdc`.
//!
//! **When not to use it.** For events of a single week, which four weeks dilute; with a trend; for days or
//! months.

use super::{checked, enough_past, probability};
use crate::refusal::{Refusal, at_least};
use crate::special::normal_upper_quantile;
use crate::sum::{mean, sum, variance};
use std::ops::Range;

/// What the method says about four weeks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FourWeeks {
    /// Index of the last of the four weeks.
    pub at: usize,
    /// Their sum; `None` if one is missing.
    pub sum: Option<f64>,
    /// The sum up to which the past explains them.
    pub bound: f64,
    /// Whether the sum is above; `None` if it is missing.
    pub alarm: Option<bool>,
}

/// A verdict on the four weeks that end with each of `weeks`.
///
/// `years` is `b`, `windows` is `m` (at most 6, so that years do not overlap); 52 weeks to the year. A
/// baseline sum in which a week is missing is left out.
///
/// Refuses counts that are negative or infinite, an `alpha` outside (0, 1), no years, too little past, and
/// less than two baseline sums.
///
/// ```
/// use zhiheng_methods::early_warning::historical_limits::detect;
/// // four weeks of 1 in two quiet years, then four weeks of 2
/// let mut counts = vec![1.0; 130];
/// counts[126..].fill(2.0);
/// let it = detect(&counts, 129..130, 2, 1, 0.025).unwrap();
/// assert_eq!((it[0].sum, it[0].bound, it[0].alarm), (Some(8.0), 4.0, Some(true)));
/// ```
pub fn detect(
    counts: &[f64],
    weeks: Range<usize>,
    years: usize,
    windows: usize,
    alpha: f64,
) -> Result<Vec<FourWeeks>, Refusal> {
    checked(counts, &weeks)?;
    probability("alpha", alpha)?;
    if years == 0 {
        return Err(Refusal::Empty { what: "years" });
    }
    if windows > 6 {
        return Err(Refusal::OutOfRange { what: "windows", value: windows as f64, allowed: "0 to 6" });
    }
    enough_past(weeks.start, years.saturating_mul(52).saturating_add(4 * windows + 3))?;
    let z = normal_upper_quantile(alpha / 2.0);
    let mut sums = Vec::new();
    weeks
        .map(|at| {
            sums.clear();
            for back in (1..=years).rev() {
                let first = at - back * 52 - 4 * windows - 3;
                let year = (0..=2 * windows).map(|i| four(counts, first + 4 * i + 3));
                sums.extend(year.filter(|total| !total.is_nan()));
            }
            at_least("baseline", sums.len(), 2)?;
            let deviation = libm::sqrt(variance(&sums) * (1.0 + 1.0 / sums.len() as f64));
            let bound = mean(&sums) + z * deviation;
            let total = Some(four(counts, at)).filter(|total| !total.is_nan());
            Ok(FourWeeks { at, sum: total, bound, alarm: total.map(|total| total > bound) })
        })
        .collect()
}

/// The sum of the four weeks that end with `last`.
fn four(counts: &[f64], last: usize) -> f64 {
    sum(counts[last - 3..=last].iter().copied())
}
