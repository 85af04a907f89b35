//! Skewness and kurtosis of a sample.
//!
//! **What it answers.** Does an indicator have outliers that would decide the index alone?
//!
//! **Formula.** With `m_r` the mean of `(x − x̄)^r`: skewness `G₁ = m₃/m₂^{3/2} · √(n(n − 1))/(n − 2)`, excess
//! kurtosis `G₂ = (n − 1)/((n − 2)(n − 3)) · ((n + 1)(m₄/m₂² − 3) + 6)`.
//!
//! **Source.** Joanes and Gill (1998), *The Statistician* 47:183–189, type 2 (as in Excel and COINr).
//!
//! **When not to use it.** With fewer than some twenty values both are noise.

use super::present;
use crate::refusal::{Refusal, at_least};
use crate::sum::{mean, sum};

/// Skewness and excess kurtosis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shape {
    /// Skewness; 0 for symmetric values.
    pub skewness: f64,
    /// Kurtosis above that of the normal distribution.
    pub kurtosis: f64,
}

/// The shape of the values that are present: at least 4, not all equal.
///
/// ```
/// let it = zhiheng_methods::composite::moments::shape(&[1.0, 2.0, 3.0, 4.0, 5.0]).unwrap();
/// assert!(it.skewness.abs() < 1e-15 && (it.kurtosis + 1.2).abs() < 1e-12);
/// ```
pub fn shape(values: &[f64]) -> Result<Shape, Refusal> {
    let values = present("values", values)?;
    at_least("values", values.len(), 4)?;
    let n = values.len() as f64;
    let centre = mean(&values);
    let power = |r: i32| sum(values.iter().map(|value| (value - centre).powi(r)));
    let squares = power(2);
    // what rounding alone leaves of equal values is no variation
    let rounding = values.iter().fold(0.0, |most: f64, value| most.max(value.abs())) * 1e-15;
    if squares <= n * rounding * rounding {
        return Err(Refusal::NoVariation { what: "values".into() });
    }
    let third = n.sqrt() * power(3) / (squares * squares.sqrt());
    let fourth = n * power(4) / (squares * squares);
    let shape = Shape {
        skewness: third * (n * (n - 1.0)).sqrt() / (n - 2.0),
        kurtosis: ((n + 1.0) * (fourth - 3.0) + 6.0) * (n - 1.0) / ((n - 2.0) * (n - 3.0)),
    };
    // values near the ends of the floating-point range overflow in the fourth power
    if shape.skewness.is_finite() && shape.kurtosis.is_finite() {
        Ok(shape)
    } else {
        Err(Refusal::Contradiction {
            what: "the values are too large or too small for their fourth power".into(),
        })
    }
}
