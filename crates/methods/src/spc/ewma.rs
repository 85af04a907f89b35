//! The chart of exponentially weighted moving averages.
//!
//! **What it answers.** Has the level drifted, judged by an average that forgets the past slowly?
//!
//! **Formula.** `yᵢ = λxᵢ + (1 − λ)yᵢ₋₁`, `y₀` the centre; limits `centre ± L e √(λ/(2 − λ) (1 − (1 − λ)²ⁱ))`
//! with `e` the standard error of `xᵢ`.
//!
//! **Source.** Roberts (1959), *Technometrics* 1:239–250; Lucas and Saccucci (1990), *Technometrics* 32:1–12;
//! equals R's `ewma` of qcc.
//!
//! **When not to use it.** With unequal sizes the limits take the error of the last point for all: as qcc
//! does, but only roughly right when sizes differ much.

use super::chart::Chart;
use crate::refusal::Refusal;

/// A point of the chart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Average {
    /// The moving average.
    pub value: f64,
    /// Lower limit.
    pub low: f64,
    /// Upper limit.
    pub high: f64,
}

impl Average {
    /// Whether the point is beyond its limits.
    pub fn signal(&self) -> bool {
        self.value < self.low || self.value > self.high
    }
}

/// Moving averages over the points of `chart`, with weight `lambda` in (0, 1] on the newest and limits of
/// `sigmas` standard errors.
///
/// ```
/// use zhiheng_methods::spc::{ewma, Settings, individuals::{Spread, value_chart}};
/// let settings = Settings { centre: Some(0.0), deviation: Some(1.0), ..Settings::default() };
/// let chart = value_chart(&[1.0, 1.0], None, Spread::MovingRange(2), &settings).unwrap();
/// let points = ewma::averages(&chart, 0.5, 3.0).unwrap();
/// assert_eq!((points[0].value, points[1].value, points[0].high), (0.5, 0.75, 1.5));
/// ```
pub fn averages(chart: &Chart, lambda: f64, sigmas: f64) -> Result<Vec<Average>, Refusal> {
    if !(lambda > 0.0 && lambda <= 1.0) {
        return Err(Refusal::OutOfRange { what: "lambda", value: lambda, allowed: "(0, 1]" });
    }
    if !(sigmas > 0.0 && sigmas.is_finite()) {
        return Err(Refusal::OutOfRange { what: "sigmas", value: sigmas, allowed: "> 0" });
    }
    let centre = chart.centre;
    let (mut value, mut forgotten) = (centre, 1.0);
    let next = chart.points.iter().map(|point| {
        value = lambda * point.value + (1.0 - lambda) * value;
        forgotten *= (1.0 - lambda) * (1.0 - lambda);
        let half = sigmas * point.error * (lambda / (2.0 - lambda) * (1.0 - forgotten)).sqrt();
        Average { value, low: centre - half, high: centre + half }
    });
    Ok(next.collect())
}
