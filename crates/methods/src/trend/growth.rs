//! Growth rates of a series: against the previous period, the same period a year before, and on average.
//!
//! **What it answers.** By how much did a figure grow, and by how much per year on average?
//!
//! **Formula.** `x_t / x_{t−k} − 1`. On average over `n` years: `(x_n / x_0)^{1/n} − 1` (level method), or the
//! `g` for which `Σ (1 + g)^i = Σ x_i / x_0` over years `1 … n` (sum method).
//!
//! **Source.** National Bureau of Statistics of China, *Statistical indicators explained*: the level method and
//! the accumulated-sum method of average growth.
//!
//! **When not to use it.** Rates of a figure that changes sign or is near 0; shares, where the difference in
//! points is meant. The level method sees only the two ends; the sum method suits investment.

use crate::refusal::{Refusal, at_least, finite};

use super::chain::positive;

/// Growth against `lag` periods before, as a share (0.05 is 5 %); `None` for the first `lag` values.
///
/// Errors: a value that is not finite; a lag of 0; a value of 0 or below to compare with.
///
/// ```
/// let it = zhiheng_methods::trend::growth::growth(&[100.0, 110.0, 99.0], 1).unwrap();
/// assert_eq!(it[0], None);
/// assert!((it[1].unwrap() - 0.1).abs() < 1e-12 && (it[2].unwrap() + 0.1).abs() < 1e-12);
/// ```
pub fn growth(values: &[f64], lag: usize) -> Result<Vec<Option<f64>>, Refusal> {
    finite("value", values)?;
    if lag == 0 {
        return Err(Refusal::OutOfRange { what: "lag", value: 0.0, allowed: ">= 1" });
    }
    positive("value", &values[..values.len().saturating_sub(lag)])?;
    Ok((0..values.len()).map(|i| Some((values[i] - values[i.checked_sub(lag)?]) / values[i - lag])).collect())
}

/// Average growth per period by the level method, as a share.
///
/// Errors: fewer than two values; first or last not above 0.
///
/// ```
/// let it = zhiheng_methods::trend::growth::average_by_level(&[100.0, 150.0, 121.0]).unwrap();
/// assert!((it - 0.1).abs() < 1e-12);
/// ```
pub fn average_by_level(values: &[f64]) -> Result<f64, Refusal> {
    at_least("value", values.len(), 2)?;
    finite("value", values)?;
    let (first, last) = (values[0], values[values.len() - 1]);
    positive("value", &[first, last])?;
    Ok(libm::expm1((libm::log(last) - libm::log(first)) / (values.len() - 1) as f64))
}

/// Average growth per period by the sum method, as a share.
///
/// Errors: fewer than two values; a value not above 0; a growth beyond ±1e6 per period.
///
/// ```
/// // 1.1 + 1.21 = 2.31 = (100 + 131) / 100
/// let it = zhiheng_methods::trend::growth::average_by_sum(&[100.0, 100.0, 131.0]).unwrap();
/// assert!((it - 0.1).abs() < 1e-12);
/// ```
pub fn average_by_sum(values: &[f64]) -> Result<f64, Refusal> {
    at_least("value", values.len(), 2)?;
    positive("value", values)?;
    let n = values.len() - 1;
    let wanted = crate::sum::sum(values[1..].iter().map(|value| value / values[0]));
    // The sum of powers rises with the growth factor: halve between the bounds.
    let sum_of_powers = |factor: f64| (0..n).fold(0.0, |sum, _| (sum + 1.0) * factor);
    let (mut low, mut high) = (0.0, 1e6);
    if sum_of_powers(high) < wanted {
        return Err(Refusal::OutOfRange { what: "growth", value: wanted, allowed: "below 1e6 per period" });
    }
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if sum_of_powers(middle) < wanted {
            low = middle;
        } else {
            high = middle;
        }
    }
    Ok(0.5 * (low + high) - 1.0)
}
