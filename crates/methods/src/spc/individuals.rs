//! Charts of individual values and their moving ranges (X–MR).
//!
//! **What it answers.** With one value at a time, has the process moved, or has it begun to jump?
//!
//! **Formula.** `x̄ ± 3σ`, with `σ` the mean moving range of `k` neighbouring values over `d₂(k)`, or
//! `s/c₄(n)`. The moving range has the centre `MR̄` and the limits `MR̄ ± 3 d₃(k)σ`, the lower one not below
//! 0.
//!
//! **Source.** GB/T 17989.2-2020 (ISO 7870-2:2013); equals R's `qcc(…, type = "xbar.one")` with
//! [`super::Constants::Qcc`].
//!
//! **When not to use it.** Skewed values: half of the false signals then fall on one side. Autocorrelated
//! values: the moving range sees too little variation.

use super::chart::{Chart, Limits, Settings, base, measured, spread};
use super::constants::c4;
use crate::refusal::{Refusal, at_least};
use crate::sum::{mean, variance};

/// How σ is estimated from individual values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spread {
    /// From moving ranges of so many neighbours, 2 as a rule.
    MovingRange(usize),
    /// From the sample deviation of all values.
    SampleDeviation,
}

/// The chart of the values themselves.
///
/// Moving ranges are taken over the values of the base as they follow each other. Refused for values that are
/// not finite, fewer than the span, and no variation. [`Settings::estimator`] has no say here.
///
/// ```
/// use zhiheng_methods::spc::{Settings, individuals::{Spread, value_chart}};
/// let chart = value_chart(&[10.0, 12.0, 11.0, 9.0], None, Spread::MovingRange(2), &Settings::default()).unwrap();
/// // moving ranges 2, 1, 2
/// assert_eq!(format!("{:.3} {:.3}", chart.centre, chart.deviation), "10.500 1.477");
/// ```
pub fn value_chart(
    values: &[f64],
    marks: Option<&[bool]>,
    spread: Spread,
    settings: &Settings,
) -> Result<Chart, Refusal> {
    let (base, deviation) = prepare(values, marks, spread, settings)?;
    let centre = settings.centre.unwrap_or_else(|| mean(&base));
    let limits = Limits { sigmas: settings.width.sigmas()?, least: f64::NEG_INFINITY, most: f64::INFINITY };
    let points = values.iter().map(|&value| limits.point(value, 1.0, centre, deviation));
    Ok(Chart { points: points.collect(), centre, deviation })
}

/// The chart of moving ranges of `span` values; its first point belongs to value number `span`.
pub fn moving_range_chart(
    values: &[f64],
    marks: Option<&[bool]>,
    span: usize,
    settings: &Settings,
) -> Result<Chart, Refusal> {
    let (base, deviation) = prepare(values, marks, Spread::MovingRange(span), settings)?;
    let centre = match settings.deviation {
        Some(deviation) => deviation * settings.constants.d2(span)?,
        None => mean(&moving_ranges(&base, span)),
    };
    let error = settings.constants.d3(span)? * deviation;
    let limits = Limits { sigmas: settings.width.sigmas()?, least: 0.0, most: f64::INFINITY };
    let points = moving_ranges(values, span).into_iter();
    let points = points.map(|value| limits.point(value, span as f64, centre, error));
    Ok(Chart { points: points.collect(), centre, deviation })
}

/// Ranges of `span` neighbouring values.
pub fn moving_ranges(values: &[f64], span: usize) -> Vec<f64> {
    if span < 2 {
        return Vec::new();
    }
    let range = |window: &[f64]| {
        let low = window.iter().copied().fold(f64::INFINITY, f64::min);
        window.iter().copied().fold(f64::NEG_INFINITY, f64::max) - low
    };
    values.windows(span).map(range).collect()
}

fn prepare(
    values: &[f64],
    marks: Option<&[bool]>,
    how: Spread,
    settings: &Settings,
) -> Result<(Vec<f64>, f64), Refusal> {
    settings.check()?;
    measured(values)?;
    let base: Vec<f64> =
        base(marks, values.len())?.into_iter().filter_map(|i| values.get(i).copied()).collect();
    if let Some(deviation) = settings.deviation {
        return Ok((base, deviation));
    }
    let deviation = match how {
        Spread::MovingRange(span) => {
            let d2 = settings.constants.d2(span)?;
            at_least("value", base.len(), span)?;
            mean(&moving_ranges(&base, span)) / d2
        }
        Spread::SampleDeviation => {
            at_least("value", base.len(), 2)?;
            variance(&base).sqrt() / c4(base.len() as f64)
        }
    };
    Ok((base, spread("value", deviation)?))
}
