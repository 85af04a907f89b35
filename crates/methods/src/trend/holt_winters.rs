//! Exponential smoothing: level, trend and season (Holt–Winters).
//!
//! **What it answers.** Where does a monthly figure stand now, free of season, and where is it heading?
//!
//! **Formula.** With season: `level = α (x − s) + (1 − α)(level + trend)`, `trend = β Δlevel + (1 − β) trend`,
//! `s = γ (x − level) + (1 − γ) s`; multiplicative with `x / s` and `x / level`. Parameters that are not given
//! make the sum of squared one-step errors least.
//!
//! **Source.** Holt (1957), ONR memorandum 52; Winters, P. R. (1960), *Management Science* 6:324–342. Start
//! values, search and stopping rule are those of R's `HoltWinters` (R 4.2.2), so that the parameters found have
//! R's digits.
//!
//! **When not to use it.** With less than three years of monthly figures the start values weigh too much. The
//! least sum of squares may lie in several places: the search finds the one near its start.

use crate::refusal::{Refusal, at_least, finite};

pub use super::decompose::Kind;

use super::start::{Start, start};
use super::{bounded, parabola};

/// What becomes of a smoothing parameter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Weight {
    /// The part is left out: no trend, no season. Not for the level.
    Off,
    /// This share, 0–1.
    Given(f64),
    /// The share that makes the squared errors least.
    Fitted,
}

/// Options of [`holt_winters`].
#[derive(Debug, Clone, PartialEq)]
pub struct HoltWinters {
    /// Values per cycle; without effect when `gamma` is off.
    pub period: usize,
    /// How season and level combine.
    pub kind: Kind,
    /// Weight of the newest value for the level.
    pub alpha: Weight,
    /// Weight of the newest step for the trend.
    pub beta: Weight,
    /// Weight of the newest deviation for the season.
    pub gamma: Weight,
    /// Cycles from which the start values come, at least 2.
    pub start_cycles: usize,
    /// Level before the first smoothed value, if not from the data.
    pub start_level: Option<f64>,
    /// Trend before it.
    pub start_trend: Option<f64>,
    /// Season of one cycle before it.
    pub start_season: Option<Vec<f64>>,
    /// Where the search for `alpha`, `beta`, `gamma` starts.
    pub search_from: [f64; 3],
}

impl HoltWinters {
    /// R's defaults: all three parameters fitted.
    pub fn new(period: usize, kind: Kind) -> Self {
        Self {
            period,
            kind,
            alpha: Weight::Fitted,
            beta: Weight::Fitted,
            gamma: Weight::Fitted,
            start_cycles: 2,
            start_level: None,
            start_trend: None,
            start_season: None,
            search_from: [0.3, 0.1, 0.1],
        }
    }

    /// Holt's smoothing without season.
    pub fn without_season() -> Self {
        Self { gamma: Weight::Off, ..Self::new(1, Kind::Additive) }
    }

    /// Simple exponential smoothing: a level only.
    pub fn level_only() -> Self {
        Self { beta: Weight::Off, ..Self::without_season() }
    }
}

/// A smoothed series.
#[derive(Debug, Clone, PartialEq)]
pub struct Smoothed {
    /// How season and level combine.
    pub kind: Kind,
    /// Weight of the level.
    pub alpha: f64,
    /// Weight of the trend, if there is one.
    pub beta: Option<f64>,
    /// Weight of the season, if there is one.
    pub gamma: Option<f64>,
    /// Sum of the squared one-step errors.
    pub squared_error: f64,
    /// Row of the first smoothed value: those before it gave the start values.
    pub first: usize,
    /// One-step forecasts from row `first` on.
    pub fitted: Vec<f64>,
    /// Value less forecast, as long as `fitted`.
    pub residuals: Vec<f64>,
    /// Level before each forecast.
    pub levels: Vec<f64>,
    /// Trend before each forecast; zeros without trend.
    pub trends: Vec<f64>,
    /// Season of each forecast; empty without season.
    pub seasons: Vec<f64>,
    /// Level after the last value.
    pub level: f64,
    /// Trend after the last value; 0 without trend.
    pub trend: f64,
    /// Season of the next cycle, beginning with the value to come; empty without season.
    pub season: Vec<f64>,
}

/// Smooths `values`, which stand at equal distances and have no gaps.
///
/// Errors: a value that is not finite; too few values for the start (two cycles with season, 2 without trend,
/// else 3); a parameter outside 0–1, or `alpha` of 0; zeros in a multiplicative season; a start season of
/// another length than the period; a search that does not settle in 100 steps.
///
/// ```
/// use zhiheng_methods::trend::holt_winters::{HoltWinters, Weight, holt_winters};
/// let options = HoltWinters { alpha: Weight::Given(0.5), ..HoltWinters::level_only() };
/// let it = holt_winters(&[10.0, 12.0, 11.0], &options).unwrap();
/// // 10, then 0.5 · 12 + 0.5 · 10 = 11, then 0.5 · 11 + 0.5 · 11 = 11
/// assert_eq!((it.fitted, it.level), (vec![10.0, 11.0], 11.0));
/// ```
pub fn holt_winters(values: &[f64], options: &HoltWinters) -> Result<Smoothed, Refusal> {
    finite("value", values)?;
    check(options)?;
    let seasonal = options.gamma != Weight::Off;
    if seasonal
        && options.kind == Kind::Multiplicative
        && let Some(row) = values.iter().position(|&value| value == 0.0)
    {
        let what = format!("value, row {row}: a multiplicative season has no zeros");
        return Err(Refusal::Contradiction { what });
    }
    let from = start(values, options)?;
    at_least("value", values.len(), from.first + 1)?;
    let run = Run { values, from: &from, kind: options.kind, trended: options.beta != Weight::Off, seasonal };
    let [alpha, beta, gamma] = weights(&run, options)?;
    let it = run.all(alpha, beta, gamma);
    if !it.squared_error.is_finite() {
        return Err(Refusal::NotFinite { what: "smoothed value", row: from.first });
    }
    Ok(it)
}

fn check(options: &HoltWinters) -> Result<(), Refusal> {
    for (what, weight) in [("alpha", options.alpha), ("beta", options.beta), ("gamma", options.gamma)] {
        let Weight::Given(value) = weight else { continue };
        if !(0.0..=1.0).contains(&value) || (what == "alpha" && value == 0.0) {
            let allowed = if what == "alpha" { "(0, 1]" } else { "[0, 1]" };
            return Err(Refusal::OutOfRange { what, value, allowed });
        }
    }
    if options.alpha == Weight::Off {
        return Err(Refusal::Contradiction {
            what: "smoothing needs a level: alpha cannot be off".to_owned(),
        });
    }
    finite("search start", &options.search_from)?;
    Ok(())
}

/// The three weights: given ones as they are, the others where the squared error is least.
fn weights(run: &Run, options: &HoltWinters) -> Result<[f64; 3], Refusal> {
    let asked = [options.alpha, options.beta, options.gamma];
    let free: Vec<usize> = (0..3).filter(|&i| asked[i] == Weight::Fitted).collect();
    let fill = |shares: &[f64]| {
        let mut all = asked.map(|weight| if let Weight::Given(value) = weight { value } else { 0.0 });
        for (&place, &share) in free.iter().zip(shares) {
            all[place] = share.clamp(0.0, 1.0);
        }
        all
    };
    let error = |shares: &[f64]| {
        let [alpha, beta, gamma] = fill(shares);
        run.squared_error(alpha, beta, gamma)
    };
    match free.as_slice() {
        [] => Ok(fill(&[])),
        [_] => Ok(fill(&[parabola::minimum(|share| error(&[share]))])),
        _ => {
            let from: Vec<f64> = free.iter().map(|&i| options.search_from[i]).collect();
            Ok(fill(&bounded::minimum(&from, error)?))
        }
    }
}

/// The recursion over a series.
struct Run<'a> {
    values: &'a [f64],
    from: &'a Start,
    kind: Kind,
    trended: bool,
    seasonal: bool,
}

/// Level, trend and season before a value, and the forecast they make.
struct Before {
    level: f64,
    trend: f64,
    season: f64,
    fitted: f64,
}

impl Run<'_> {
    fn squared_error(&self, alpha: f64, beta: f64, gamma: f64) -> f64 {
        let mut total = 0.0;
        self.go(alpha, beta, gamma, |before, value| {
            total += (value - before.fitted) * (value - before.fitted);
        });
        total
    }

    fn all(&self, alpha: f64, beta: f64, gamma: f64) -> Smoothed {
        let first = self.from.first;
        let mut it = Smoothed {
            kind: self.kind,
            alpha,
            beta: self.trended.then_some(beta),
            gamma: self.seasonal.then_some(gamma),
            squared_error: 0.0,
            first,
            fitted: Vec::new(),
            residuals: Vec::new(),
            levels: Vec::new(),
            trends: Vec::new(),
            seasons: Vec::new(),
            level: 0.0,
            trend: 0.0,
            season: Vec::new(),
        };
        let (level, trend, mut season) = self.go(alpha, beta, gamma, |before, value| {
            let residual = value - before.fitted;
            it.squared_error += residual * residual;
            it.fitted.push(before.fitted);
            it.residuals.push(residual);
            it.levels.push(before.level);
            it.trends.push(before.trend);
            if self.seasonal {
                it.seasons.push(before.season);
            }
        });
        if !season.is_empty() {
            let next = (self.values.len() - first) % season.len();
            season.rotate_left(next);
        }
        Smoothed { level, trend, season, ..it }
    }

    /// Calls `each` before every value; answers level, trend and season after the last one.
    fn go(
        &self,
        alpha: f64,
        beta: f64,
        gamma: f64,
        mut each: impl FnMut(&Before, f64),
    ) -> (f64, f64, Vec<f64>) {
        let mut level = self.from.level;
        let mut trend = if self.trended { self.from.trend } else { 0.0 };
        let mut seasons = if self.seasonal { self.from.season.clone() } else { Vec::new() };
        let additive = self.kind == Kind::Additive;
        let mut at = 0;
        for &value in &self.values[self.from.first..] {
            let season = seasons.get(at).copied().unwrap_or(if additive { 0.0 } else { 1.0 });
            let flat = level + trend;
            let fitted = if additive { flat + season } else { flat * season };
            each(&Before { level, trend, season, fitted }, value);
            let bare = if additive { value - season } else { value / season };
            let before = level;
            level = alpha * bare + (1.0 - alpha) * flat;
            if self.trended {
                trend = beta * (level - before) + (1.0 - beta) * trend;
            }
            if let Some(slot) = seasons.get_mut(at) {
                let newest = if additive { value - level } else { value / level };
                *slot = gamma * newest + (1.0 - gamma) * season;
                at = if at + 1 == seasons.len() { 0 } else { at + 1 };
            }
        }
        (level, trend, seasons)
    }
}
