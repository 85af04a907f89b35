//! Pettitt's test: did the level of a series shift, and when?
//!
//! **What it answers.** Is there one point in time before which the values lie elsewhere than after it?
//!
//! **Formula.** `U_t = 2 Σ_{i ≤ t} r_i − t(n + 1)` with ranks `r`; `K = max |U_t|`;
//! `p ≈ 2 exp(−6K² / (n³ + n²))`.
//!
//! **Source.** Pettitt (1979), *Applied Statistics* 28:126–135. Equals R's `trend::pettitt.test`.
//!
//! **When not to use it.** A steady trend is called a shift too. Several shifts need another method. The
//! p-value is good to two figures for p ≤ 0.5.

use crate::refusal::{Refusal, at_least, finite};

use super::pairs::ranks;

/// A possible shift.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pettitt {
    /// Number of values before the shift: the last row of the first part is `before − 1`.
    pub before: usize,
    /// The statistic K.
    pub statistic: f64,
    /// Approximate probability without a shift.
    pub p_value: f64,
}

/// Looks for the most likely shift of `values`; the first of several equally likely ones.
///
/// Errors: a value that is not finite; fewer than 3 values; all values equal.
///
/// ```
/// let it = zhiheng_methods::trend::pettitt::pettitt(&[1.0, 2.0, 1.5, 8.0, 9.0, 8.5]).unwrap();
/// // ranks 1, 3, 2 before: |2 · 6 − 3 · 7| = 9
/// assert_eq!((it.before, it.statistic), (3, 9.0));
/// ```
pub fn pettitt(values: &[f64]) -> Result<Pettitt, Refusal> {
    finite("value", values)?;
    at_least("value", values.len(), 3)?;
    let n = values.len() as f64;
    let (mut total, mut statistic, mut before) = (0.0, 0.0, 0);
    for (i, rank) in ranks(values).into_iter().enumerate() {
        total += 2.0 * rank - (n + 1.0);
        if f64::abs(total) > statistic {
            (statistic, before) = (total.abs(), i + 1);
        }
    }
    if before == 0 {
        return Err(Refusal::NoVariation { what: "value".to_owned() });
    }
    let p_value = (2.0 * libm::exp(-6.0 * statistic * statistic / (n * n * n + n * n))).min(1.0);
    Ok(Pettitt { before, statistic, p_value })
}
