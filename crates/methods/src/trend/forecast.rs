//! What a smoothed series expects next, with intervals.
//!
//! **What it answers.** Which figure do the coming months bring if nothing changes, and how wide is the doubt?
//!
//! **Formula.** `level + h · trend`, plus (or times) the season. The variance is that of the residuals times
//! `1 + Σ ψ_j²` over `j = 1 … h − 1` with `ψ_j = α (1 + jβ) + γ (1 − α)` (the last term only a whole number
//! of cycles ahead); multiplicative with each `ψ_j` scaled by the ratio of the seasons.
//!
//! **Source.** Yar and Chatfield (1990), *International Journal of Forecasting* 6:127–137; Chatfield and Yar
//! (1991), the same journal 7:31–37. Points and additive intervals equal R's `predict.HoltWinters` (R 4.2.2).
//!
//! **When not to use it.** The interval holds the noise of the past only: not the doubt about the parameters,
//! nor a break. For multiplicative seasons it is an approximation.

use crate::interval::{Interval, level_tail};
use crate::refusal::{Refusal, at_least};
use crate::special::normal_upper_quantile;

use super::holt_winters::{Kind, Smoothed};

/// A forecast, in the unit of the series.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Forecast {
    /// The expected value.
    pub value: f64,
    /// Where the coming value lies with the level's probability.
    pub interval: Interval,
}

/// Which variance a multiplicative season has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variance {
    /// Yar and Chatfield: the coming error counts once, ratios compare seasons.
    Paper,
    /// R's `predict.HoltWinters`, which gives the coming error the weight `α + γ(1 − α)` and from the last
    /// season of a cycle on divides by the trend instead of a season. Only to repeat R's digits.
    LikeR,
}

/// Most values ahead: with a multiplicative season the work grows as their square.
const AHEAD_MAX: usize = 10_000;

/// The next `ahead` values with intervals of this `level`.
///
/// Errors: a level outside (0, 1); more than 10,000 values ahead; fewer than two residuals; with [`Variance::LikeR`] a multiplicative season
/// without trend (R reads past its coefficients there).
///
/// ```
/// use zhiheng_methods::trend::holt_winters::{HoltWinters, Weight, holt_winters};
/// use zhiheng_methods::trend::forecast::{Variance, forecast};
/// let options = HoltWinters { alpha: Weight::Given(0.5), ..HoltWinters::level_only() };
/// let it = holt_winters(&[10.0, 12.0, 11.0, 12.0], &options).unwrap();
/// let next = forecast(&it, 2, 0.95, Variance::Paper).unwrap();
/// assert_eq!((next[0].value, next[1].value), (11.5, 11.5));
/// assert!(next[1].interval.width() > next[0].interval.width());
/// ```
pub fn forecast(
    from: &Smoothed,
    ahead: usize,
    level: f64,
    variance: Variance,
) -> Result<Vec<Forecast>, Refusal> {
    level_tail(level)?;
    if ahead > AHEAD_MAX {
        return Err(Refusal::OutOfRange { what: "ahead", value: ahead as f64, allowed: "0 to 10000" });
    }
    at_least("value", from.residuals.len(), 2)?;
    let multiplicative = from.kind == Kind::Multiplicative;
    if variance == Variance::LikeR && multiplicative && (from.beta.is_none() || from.gamma.is_none()) {
        let what = "R's interval of a multiplicative season needs a trend and a season".to_owned();
        return Err(Refusal::Contradiction { what });
    }
    let half = normal_upper_quantile((1.0 - level) / 2.0) * crate::sum::variance(&from.residuals).sqrt();
    let mut squares = 1.0;
    let mut all = Vec::with_capacity(ahead);
    for h in 1..=ahead {
        let value = expected(from, h);
        let factor = if multiplicative && from.gamma.is_some() {
            (0..h).map(|j| (psi(from, j, variance) * ratio(from, h, j, variance)).powi(2)).sum()
        } else {
            if h > 1 {
                squares += psi(from, h - 1, Variance::Paper).powi(2);
            }
            squares
        };
        let half = half * libm::sqrt(factor);
        if !(value.is_finite() && half.is_finite()) {
            return Err(Refusal::NotFinite { what: "forecast", row: h - 1 });
        }
        all.push(Forecast { value, interval: Interval::new(value - half, value + half) });
    }
    Ok(all)
}

fn expected(from: &Smoothed, h: usize) -> f64 {
    let flat = from.level + h as f64 * from.trend;
    match (season(from, h), from.kind) {
        (None, _) => flat,
        (Some(season), Kind::Additive) => flat + season,
        (Some(season), Kind::Multiplicative) => flat * season,
    }
}

/// Season of the value `h` ahead.
fn season(from: &Smoothed, h: usize) -> Option<f64> {
    let period = from.season.len().max(1);
    from.season.get((h - 1) % period).copied()
}

/// How much of an error the forecast `j` steps later keeps.
fn psi(from: &Smoothed, j: usize, variance: Variance) -> f64 {
    if j == 0 && variance == Variance::Paper {
        return 1.0;
    }
    let whole = j.is_multiple_of(from.season.len().max(1));
    let of_season = if whole { from.gamma.unwrap_or(0.0) * (1.0 - from.alpha) } else { 0.0 };
    from.alpha * (1.0 + j as f64 * from.beta.unwrap_or(0.0)) + of_season
}

/// The season `h` ahead over the season `j` steps earlier.
fn ratio(from: &Smoothed, h: usize, j: usize, variance: Variance) -> f64 {
    let period = from.season.len().max(1);
    let place = 1 + (h - 1) % period;
    // The season that stands `j` places before, counted 1 … period around the cycle.
    let earlier = (place + period - j % period) % period;
    let below = match (earlier, variance) {
        (0, Variance::LikeR) => from.trend,
        (0, Variance::Paper) => from.season[period - 1],
        (earlier, _) => from.season[earlier - 1],
    };
    from.season[place - 1] / below
}
