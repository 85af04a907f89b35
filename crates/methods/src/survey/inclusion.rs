//! Inclusion probabilities proportional to size.
//!
//! **What it answers.** Enterprises are to be drawn with probabilities proportional to their output: which
//! probabilities give a sample of `n`?
//!
//! **Formula.** `π_i = n x_i / Σ x`; a unit that would exceed 1 is taken for certain, and the rest is
//! shared anew among the others.
//!
//! **Source.** Särndal, Swensson and Wretman (1992), *Model Assisted Survey Sampling*, section 3.6; Tillé
//! (2006), *Sampling Algorithms*, section 2.10. Equals R `sampling::inclusionprobabilities`.
//!
//! **When not to use it.** With sizes that say little about what is measured: then strata do better.

use crate::refusal::{Refusal, finite};
use crate::sum::sum;

/// Probabilities, by unit, of being in a sample of `n` units (which need not be whole).
///
/// Units of size 0 have probability 0. Refused: no units, sizes that are negative or not finite, `n` not in
/// 0 to the number of units with a size.
///
/// ```
/// use zhiheng_methods::survey::inclusion_probabilities;
/// let p = inclusion_probabilities(&[100.0, 10.0, 20.0, 30.0], 2.0).unwrap();
/// assert_eq!(p, [1.0, 10.0 / 60.0, 20.0 / 60.0, 30.0 / 60.0]);
/// ```
pub fn inclusion_probabilities(sizes: &[f64], n: f64) -> Result<Vec<f64>, Refusal> {
    if sizes.is_empty() {
        return Err(Refusal::Empty { what: "sizes" });
    }
    finite("sizes", sizes)?;
    if let Some(&value) = sizes.iter().find(|&&size| size < 0.0) {
        return Err(Refusal::OutOfRange { what: "sizes", value, allowed: ">= 0" });
    }
    let most = sizes.iter().filter(|&&size| size > 0.0).count();
    if !(n >= 0.0 && n <= most as f64) {
        return Err(Refusal::OutOfRange { what: "n", value: n, allowed: "0 to the units with a size" });
    }
    if !sum(sizes.iter().copied()).is_finite() {
        return Err(Refusal::NotFinite { what: "the sum of sizes", row: 0 });
    }
    // From the greatest: a unit is certain if its share of what is left exceeds 1.
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    order.sort_by(|&a, &b| sizes[b].total_cmp(&sizes[a]));
    let mut suffix = vec![0.0; order.len() + 1];
    let mut rest = crate::sum::Sum::default();
    for (at, &unit) in order.iter().enumerate().rev() {
        rest.add(sizes[unit]);
        suffix[at] = rest.value();
    }
    let mut certain = 0;
    while certain < most && (n - certain as f64) * sizes[order[certain]] >= suffix[certain] {
        certain += 1;
    }
    let left = n - certain as f64;
    let total = sum(order[certain..].iter().map(|&unit| sizes[unit]));
    let mut p = vec![0.0; sizes.len()];
    for (at, &unit) in order.iter().enumerate() {
        p[unit] = if at < certain {
            1.0
        } else if total > 0.0 {
            left * sizes[unit] / total
        } else {
            0.0
        };
    }
    Ok(p)
}
