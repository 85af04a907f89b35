//! Höhle's Bayes method: the predictive distribution of the next count.
//!
//! **What it answers.** Given the counts of the same weeks of past years and of the last weeks, above which
//! count would this week surprise?
//!
//! **Formula.** Counts are Poisson with one rate; with Jeffreys' prior Gamma(½, 0) the next count is
//! negative binomial with size `Σx + ½` and probability `n/(n + 1)`. The bound is its `1 − alpha` quantile;
//! an alarm is a count above it.
//!
//! **Source.** Höhle (2007), *Computational Statistics* 22:571–582; Riebler (2004), diploma thesis, Munich.
//! Equals R `surveillance::bayes`.
//!
//! **When not to use it.** With a trend, and where the baseline is more spread than a Poisson count: bounds
//! are too low then. Past outbreaks stay in the baseline.

use super::{Verdict, above, checked, count, enough_past, probability};
use crate::refusal::Refusal;
use crate::sum::sum;
use std::ops::Range;

/// Which weeks a simple method compares with: the last ones and the same ones of past years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reference {
    /// Past years; 0 for none.
    pub years: usize,
    /// Weeks to each side of the same week of a past year, and how many of the last weeks.
    pub half_window: usize,
    /// Whether the last `half_window` weeks count.
    pub this_year: bool,
    /// Steps to the year: 52 for weeks.
    pub per_year: usize,
}

impl Reference {
    /// Bayes 1 (`0, 6, true`), 2 (`1, 6, true`) and 3 (`2, 4, false`) of the source, RKI 3 (`2, 4, false`)
    /// with 52 weeks.
    pub fn weekly(years: usize, half_window: usize, this_year: bool) -> Self {
        Self { years, half_window, this_year, per_year: 52 }
    }

    /// Refuses references that are empty or reach back before the first week.
    pub(super) fn check(&self, first: usize) -> Result<(), Refusal> {
        if self.per_year == 0 {
            return Err(Refusal::OutOfRange { what: "steps per year", value: 0.0, allowed: ">= 1" });
        }
        if self.years == 0 && (!self.this_year || self.half_window == 0) {
            return Err(Refusal::Empty { what: "baseline" });
        }
        if self.years > 0 && self.half_window >= self.per_year {
            let value = self.half_window as f64;
            return Err(Refusal::OutOfRange { what: "half_window", value, allowed: "less than a year" });
        }
        enough_past(first, self.years.saturating_mul(self.per_year).saturating_add(self.half_window))
    }

    /// The counts compared with; missing ones are left out.
    pub(super) fn counts<'a>(&self, counts: &'a [f64], at: usize) -> impl Iterator<Item = f64> + 'a {
        let Self { half_window, per_year, .. } = *self;
        let last = if self.this_year { at - half_window..at } else { 0..0 };
        let years = (1..=self.years).flat_map(move |back| {
            let same = at - back * per_year;
            same - half_window..same + half_window + 1
        });
        // half_window is less than a year, so that every reference lies before this week
        last.chain(years).map(|week| counts[week]).filter(|count| !count.is_nan())
    }
}

/// A verdict on each of `weeks`.
///
/// Missing weeks are left out of the baseline; a missing judged week has a bound and no alarm.
///
/// Refuses counts that are negative or infinite, an `alpha` outside (0, 1), an empty baseline, and a
/// reference that reaches back before the first week.
///
/// ```
/// use zhiheng_methods::early_warning::bayes::{Reference, detect};
/// // 6 cases in 6 weeks: the next count is negative binomial(6.5, 6/7); its 95 % quantile is 3
/// let counts = [1.0, 0.0, 2.0, 1.0, 1.0, 1.0, 4.0];
/// let it = detect(&counts, 6..7, Reference::weekly(0, 6, true), 0.05).unwrap();
/// assert_eq!((it[0].bound, it[0].alarm), (Some(3.0), Some(true)));
/// ```
pub fn detect(
    counts: &[f64],
    weeks: Range<usize>,
    reference: Reference,
    alpha: f64,
) -> Result<Vec<Verdict>, Refusal> {
    checked(counts, &weeks)?;
    probability("alpha", alpha)?;
    reference.check(weeks.start)?;
    weeks
        .map(|at| {
            let n = reference.counts(counts, at).count() as f64;
            if n == 0.0 {
                return Err(Refusal::EmptyGroup { what: format!("the baseline of week {at}") });
            }
            let total = sum(reference.counts(counts, at));
            let bound = Some(count::negative_binomial_quantile(alpha, total + 0.5, n / (n + 1.0)));
            Ok(Verdict { at, bound, alarm: above(counts[at], bound) })
        })
        .collect()
}
