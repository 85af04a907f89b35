//! Denomination: totals made comparable between large and small units.
//!
//! **What it answers.** How many complaints per 10,000 people, how much energy per output?
//!
//! **Formula.** `x / d · factor`.
//!
//! **Source.** OECD and JRC (2008), *Handbook on Constructing Composite Indicators*, step 2; `Denominate` of COINr 1.1
//! (whose `ScaleFactor` is `factor`).
//!
//! **When not to use it.** For rates, shares and scores, which are comparable already; and with denominators near 0.

use crate::refusal::{Refusal, same_length};

/// `values / denominators · factor`; missing where either is missing.
///
/// Refuses a denominator that is 0 or infinite, and a factor that is 0 or not finite.
///
/// ```
/// let rate = zhiheng_methods::composite::denominate::denominate(&[50.0, 9.0], &[200.0, 30.0], 100.0).unwrap();
/// assert_eq!(rate, [25.0, 30.0]);
/// ```
pub fn denominate(values: &[f64], denominators: &[f64], factor: f64) -> Result<Vec<f64>, Refusal> {
    same_length("denominators", denominators.len(), values.len())?;
    if factor == 0.0 || !factor.is_finite() {
        return Err(Refusal::OutOfRange { what: "factor", value: factor, allowed: "numbers other than 0" });
    }
    if let Some(row) = values.iter().position(|value| value.is_infinite()) {
        return Err(Refusal::NotFinite { what: "values", row });
    }
    if let Some(row) = denominators.iter().position(|value| value.is_infinite()) {
        return Err(Refusal::NotFinite { what: "denominators", row });
    }
    if let Some(&value) = denominators.iter().find(|&&value| value == 0.0) {
        return Err(Refusal::OutOfRange { what: "denominators", value, allowed: "numbers other than 0" });
    }
    // Dividing the denominator first is what the reference does; the order decides the last digit.
    let rates: Vec<f64> = values.iter().zip(denominators).map(|(x, d)| x / (d / factor)).collect();
    let is_lost = |(rate, (x, d)): (&f64, (&f64, &f64))| !(rate.is_finite() || x.is_nan() || d.is_nan());
    match rates.iter().zip(values.iter().zip(denominators)).position(is_lost) {
        Some(row) => Err(Refusal::NotFinite { what: "rates", row }),
        None => Ok(rates),
    }
}
