//! Where exponential smoothing starts: level, trend and season before the first smoothed value.
//!
//! With season: the first cycles are decomposed, a line through their trend gives level and slope. Without: the
//! first two values. As R's `HoltWinters` (R 4.2.2).

use crate::refusal::{Refusal, at_least, finite};

use super::decompose::decompose;
use super::holt_winters::{HoltWinters, Weight};

/// Start values of a series.
#[derive(Debug)]
pub(super) struct Start {
    /// First row to smooth.
    pub(super) first: usize,
    pub(super) level: f64,
    pub(super) trend: f64,
    /// Season of one cycle, beginning with row `first`; empty without season.
    pub(super) season: Vec<f64>,
}

/// Start values of `values`, as far as `options` does not give them.
pub(super) fn start(values: &[f64], options: &HoltWinters) -> Result<Start, Refusal> {
    let given: Vec<f64> = [options.start_level, options.start_trend].into_iter().flatten().collect();
    finite("start value", &given)?;
    if options.gamma == Weight::Off {
        let only_level = options.beta == Weight::Off;
        at_least("value", values.len(), if only_level { 2 } else { 3 })?;
        let (level, first) = if only_level { (values[0], 1) } else { (values[1], 2) };
        return Ok(Start {
            first,
            level: options.start_level.unwrap_or(level),
            trend: options.start_trend.unwrap_or(values[1] - values[0]),
            season: Vec::new(),
        });
    }
    if options.start_cycles < 2 {
        let value = options.start_cycles as f64;
        return Err(Refusal::OutOfRange { what: "start cycles", value, allowed: ">= 2" });
    }
    if options.period < 2 {
        let value = options.period as f64;
        return Err(Refusal::OutOfRange { what: "period", value, allowed: ">= 2" });
    }
    let used = options.start_cycles.saturating_mul(options.period);
    at_least("value", values.len(), used)?;
    let parts = decompose(&values[..used], options.period, options.kind, None)?;
    let trend: Vec<f64> = parts.trend.into_iter().flatten().collect();
    let (level, slope) = line(&trend);
    let season = match &options.start_season {
        None => parts.figure,
        Some(season) => {
            crate::refusal::same_length("start season", season.len(), options.period)?;
            finite("start season", season)?.to_vec()
        }
    };
    Ok(Start {
        first: options.period,
        level: options.start_level.unwrap_or(level),
        trend: options.start_trend.unwrap_or(slope),
        season,
    })
}

/// Height at 0 and slope of the least-squares line through `y` at 1, 2, 3, …
fn line(y: &[f64]) -> (f64, f64) {
    let middle = 0.5 * (y.len() as f64 + 1.0);
    let mean = crate::sum::mean(y);
    let place = |i: usize| i as f64 + 1.0 - middle;
    let spread = crate::sum::sum((0..y.len()).map(|i| place(i) * place(i)));
    let slope = crate::sum::sum(y.iter().enumerate().map(|(i, y)| place(i) * (y - mean))) / spread;
    (mean - slope * middle, slope)
}
