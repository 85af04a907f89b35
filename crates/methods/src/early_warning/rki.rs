//! The method of the Robert Koch Institute: the mean of the same weeks, and two deviations or a Poisson
//! interval.
//!
//! **What it answers.** Is this week's count above the range of the same weeks of past years?
//!
//! **Formula.** With the mean `m` of the baseline: above 20 the bound is `m + 2 s`; up to 20 it is the
//! upper 95 % limit for a Poisson count of `⌊m⌋` by Crow and Gardner.
//!
//! **Source.** Altmann (2003), *The surveillance system of the Robert Koch Institute, Germany*; Crow and
//! Gardner (1959), *Biometrika* 46:441–453, table 1. Equals R `surveillance::rki`.
//!
//! **When not to use it.** With a trend or past outbreaks in the baseline. The jump between the two rules
//! at 20 is the method's own.

use super::bayes::Reference;
use super::{Verdict, above, checked};
use crate::refusal::{Refusal, at_least};
use crate::sum::{mean, variance};
use std::ops::Range;

/// Crow and Gardner's upper 95 % limits of a Poisson mean for counts 0 to 20.
const UPPER: [f64; 21] = [
    3.285, 5.323, 6.686, 8.102, 9.598, 11.177, 12.817, 13.765, 14.921, 16.768, 17.633, 19.050, 20.335,
    21.364, 22.945, 23.762, 25.400, 26.306, 27.735, 28.966, 30.017,
];

/// A verdict on each of `weeks`.
///
/// Missing weeks are left out of the baseline; a missing judged week has a bound and no alarm.
///
/// Refuses counts that are negative or infinite, a reference that reaches back before the first week, and a
/// baseline with less than two counts.
///
/// ```
/// use zhiheng_methods::early_warning::{bayes::Reference, rki::detect};
/// let mut counts = vec![2.0; 120];
/// counts[119] = 7.0;
/// let it = detect(&counts, 119..120, Reference::weekly(2, 4, false)).unwrap();
/// assert_eq!((it[0].bound, it[0].alarm), (Some(6.686), Some(true)));
/// ```
pub fn detect(counts: &[f64], weeks: Range<usize>, reference: Reference) -> Result<Vec<Verdict>, Refusal> {
    checked(counts, &weeks)?;
    reference.check(weeks.start)?;
    let mut baseline = Vec::new();
    weeks
        .map(|at| {
            baseline.clear();
            baseline.extend(reference.counts(counts, at));
            at_least("baseline", baseline.len(), 2)?;
            let level = mean(&baseline);
            let bound = if level > 20.0 {
                level + 2.0 * libm::sqrt(variance(&baseline))
            } else {
                UPPER[libm::floor(level) as usize]
            };
            Ok(Verdict { at, bound: Some(bound), alarm: above(counts[at], Some(bound)) })
        })
        .collect()
}
