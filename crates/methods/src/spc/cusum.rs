//! The cumulative sum chart for small, lasting shifts.
//!
//! **What it answers.** Has the level moved by something like one standard error, although no single point
//! shows it?
//!
//! **Formula.** `C⁺ᵢ = max(0, C⁺ᵢ₋₁ + zᵢ − δ/2)` and `C⁻ᵢ = max(0, C⁻ᵢ₋₁ − zᵢ − δ/2)` with `zᵢ` the distance
//! from the centre in standard errors and `δ` the shift to find; a signal where one exceeds the decision
//! interval `h`.
//!
//! **Source.** Page (1954), *Biometrika* 41:100–115; Lucas and Crosier (1982), *Technometrics* 24:199–205 for
//! the head start; equals R's `cusum` of qcc.
//!
//! **When not to use it.** For large shifts, which a Shewhart chart shows at once; keep one beside it. Choose
//! `h` with [`super::arl`], not by eye.

use super::chart::Chart;
use crate::refusal::Refusal;

/// Settings of the chart, in standard errors.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// Decision interval `h`.
    pub interval: f64,
    /// Shift to be found; the reference value is half of it.
    pub shift: f64,
    /// Where both sums begin; `h/2` for a fast response after a correction.
    pub head_start: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { interval: 5.0, shift: 1.0, head_start: 0.0 }
    }
}

/// A point of the chart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sums {
    /// Sum of what is above the centre, not below 0.
    pub above: f64,
    /// Sum of what is below, with its sign: not above 0.
    pub below: f64,
    /// Whether one of them is beyond the decision interval.
    pub signal: bool,
}

/// The sums over the points of `chart`, one of [`super::variables::mean_chart`] or
/// [`super::individuals::value_chart`].
///
/// Refused for an interval or a shift that is not above 0, and a head start outside `0 ≤ head start < h`.
///
/// ```
/// use zhiheng_methods::spc::{cusum, Settings, individuals::{Spread, value_chart}};
/// let settings = Settings { centre: Some(0.0), deviation: Some(1.0), ..Settings::default() };
/// let chart = value_chart(&[1.5, 2.0, 0.0], None, Spread::MovingRange(2), &settings).unwrap();
/// let sums = cusum::sums(&chart, cusum::Settings::default()).unwrap();
/// assert_eq!(sums.iter().map(|it| it.above).collect::<Vec<_>>(), [1.0, 2.5, 2.0]);
/// ```
pub fn sums(chart: &Chart, settings: Settings) -> Result<Vec<Sums>, Refusal> {
    let Settings { interval, shift, head_start } = settings;
    for (what, value) in [("interval", interval), ("shift", shift)] {
        if !(value > 0.0 && value.is_finite()) {
            return Err(Refusal::OutOfRange { what, value, allowed: "> 0" });
        }
    }
    if !(head_start >= 0.0 && head_start < interval) {
        return Err(Refusal::OutOfRange { what: "head start", value: head_start, allowed: "[0, interval)" });
    }
    let reference = shift / 2.0;
    let (mut above, mut below) = (head_start, head_start);
    let next = chart.points.iter().map(|point| {
        above = (above + (point.z() - reference)).max(0.0);
        below = (below - (point.z() + reference)).max(0.0);
        Sums { above, below: -below, signal: above > interval || below > interval }
    });
    Ok(next.collect())
}
