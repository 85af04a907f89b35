//! STL: seasonal and trend decomposition by local regression.
//!
//! **What it answers.** Which part of a monthly or quarterly figure is trend, which recurs every year, and
//! which is left over? Unlike [`super::decompose`] the season may change slowly, and single wild values
//! need not bend the trend.
//!
//! **Formula.** Two loops. The inner loop smooths each season's values over the years (window `s`), takes the
//! slow part out of the result (moving averages and a window `l`), and smooths the deseasonalised series
//! (window `t`). The outer loop weights each value by `(1 − (r/6M)²)²` with `r` its remainder and `M` the
//! median of all `|r|`. Values are fitted at every `jump`-th position and joined by lines.
//!
//! **Source.** Cleveland, R. B., Cleveland, W. S., McRae and Terpenning (1990), *Journal of Official
//! Statistics* 6:3–73. Options and defaults are those of R's `stl` (R 4.2.2).
//!
//! **When not to use it.** With less than three years of monthly figures, with gaps, or where the season is a
//! factor rather than a sum: take logarithms first. The ends of the trend move when new figures come.

use crate::refusal::{Refusal, at_least, finite};

use super::loess::Loess;
use super::partial_sort::middle_sum;

/// How the season may change over the years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Season {
    /// Not at all: every year the same.
    Periodic,
    /// Smoothed over this many years (at least 2; even numbers count as the next odd one, 2 as 3).
    Window(usize),
}

/// Options of [`stl`]; `None` is R's default.
#[derive(Debug, Clone, Copy)]
pub struct Stl {
    /// Values per cycle, at least 2.
    pub period: usize,
    /// How the season may change.
    pub season: Season,
    /// Local lines instead of constants for the season; without effect if periodic.
    pub season_linear: bool,
    /// Window of the trend; by default the smallest odd number from `1.5 period / (1 − 1.5/s)`.
    pub trend_window: Option<usize>,
    /// Local lines for the trend (the default) or constants.
    pub trend_linear: bool,
    /// Window of the low-pass filter; by default the smallest odd number from `period`.
    pub low_window: Option<usize>,
    /// Local lines in the low-pass filter; by default as the trend.
    pub low_linear: Option<bool>,
    /// Every how many positions the season is fitted; by default a tenth of the window, rounded up.
    pub season_jump: Option<usize>,
    /// The same for the trend.
    pub trend_jump: Option<usize>,
    /// The same for the low-pass filter.
    pub low_jump: Option<usize>,
    /// Whether wild values lose weight.
    pub robust: bool,
    /// Rounds of the inner loop; by default 1 if robust, else 2.
    pub inner: Option<usize>,
    /// Rounds of weighting; by default 15 if robust, else none.
    pub outer: Option<usize>,
}

impl Stl {
    /// R's defaults for a series of this `period`.
    pub fn new(period: usize, season: Season) -> Self {
        Self {
            period,
            season,
            season_linear: false,
            trend_window: None,
            trend_linear: true,
            low_window: None,
            low_linear: None,
            season_jump: None,
            trend_jump: None,
            low_jump: None,
            robust: false,
            inner: None,
            outer: None,
        }
    }
}

/// The parts of a series, each as long as it: `value = seasonal + trend + remainder`.
#[derive(Debug, Clone, PartialEq)]
pub struct Parts {
    /// What recurs.
    pub seasonal: Vec<f64>,
    /// What changes slowly.
    pub trend: Vec<f64>,
    /// What is left.
    pub remainder: Vec<f64>,
    /// Robustness weights, 0–1; all 1 without an outer loop.
    pub weights: Vec<f64>,
}

/// Splits `values`, which stand at equal distances and have no gaps.
///
/// Errors: a value that is not finite; two cycles or fewer; a period below 2; a window below 2; a jump or an inner loop of 0; loops of more than 1000.
///
/// ```
/// use zhiheng_methods::trend::stl::{Season, Stl, stl};
/// let values: Vec<f64> = (0..36).map(|i| f64::from(i) + [5.0, -2.0, -3.0][i as usize % 3]).collect();
/// let parts = stl(&values, &Stl::new(3, Season::Periodic)).unwrap();
/// assert!((parts.seasonal[0] - 5.0).abs() < 0.2 && (parts.trend[20] - 20.0).abs() < 0.2);
/// ```
pub fn stl(values: &[f64], options: &Stl) -> Result<Parts, Refusal> {
    finite("value", values)?;
    let (n, period) = (values.len(), options.period);
    if period < 2 {
        return Err(Refusal::OutOfRange { what: "period", value: period as f64, allowed: ">= 2" });
    }
    at_least("value", n, period.saturating_mul(2).saturating_add(1))?;
    let plan = plan(n, options)?;
    let outer = options.outer.unwrap_or(if options.robust { 15 } else { 0 });
    let inner = options.inner.unwrap_or(if options.robust { 1 } else { 2 });
    if !(1..=1000).contains(&inner) {
        return Err(Refusal::OutOfRange { what: "inner", value: inner as f64, allowed: "1 to 1000" });
    }
    if outer > 1000 {
        return Err(Refusal::OutOfRange { what: "outer", value: outer as f64, allowed: "0 to 1000" });
    }

    let mut work = Work::new(n, period);
    let (mut seasonal, mut trend) = (vec![0.0; n], vec![0.0; n]);
    let mut weights = vec![1.0; n];
    for round in 0..=outer {
        let given = (round > 0).then_some(weights.as_slice());
        for _ in 0..inner {
            work.step(&plan, values, given, &mut seasonal, &mut trend);
        }
        if round < outer {
            weigh(values, &seasonal, &trend, &mut weights);
        }
    }
    if options.season == Season::Periodic {
        level_cycle(&mut seasonal, period);
    }
    let remainder: Vec<f64> = (0..n).map(|i| values[i] - seasonal[i] - trend[i]).collect();
    // Values near the largest a number can hold overflow in the sums.
    finite("remainder", &remainder)?;
    Ok(Parts { seasonal, trend, remainder, weights })
}

/// The three smoothers and the period.
struct Plan {
    period: usize,
    season: Loess,
    trend: Loess,
    low: Loess,
}

fn plan(n: usize, options: &Stl) -> Result<Plan, Refusal> {
    let (season, season_linear) = match options.season {
        Season::Periodic => (10 * n + 1, false),
        Season::Window(window) => (window, options.season_linear),
    };
    let window = |what, given: usize| {
        if given < 2 {
            return Err(Refusal::OutOfRange { what, value: given as f64, allowed: ">= 2" });
        }
        Ok(given.max(3) | 1)
    };
    let jump = |what, given: Option<usize>, window: usize| match given {
        Some(0) => Err(Refusal::OutOfRange { what, value: 0.0, allowed: ">= 1" }),
        Some(given) => Ok(given),
        None => Ok(window.div_ceil(10)),
    };
    let season_window = window("season window", season)?;
    let by_default = libm::ceil(1.5 * options.period as f64 / (1.0 - 1.5 / season as f64)) as usize | 1;
    let trend = options.trend_window.unwrap_or(by_default);
    let low = options.low_window.unwrap_or(options.period | 1);
    Ok(Plan {
        period: options.period,
        season: Loess {
            window: season_window,
            linear: season_linear,
            jump: jump("season jump", options.season_jump, season)?,
        },
        trend: Loess {
            window: window("trend window", trend)?,
            linear: options.trend_linear,
            jump: jump("trend jump", options.trend_jump, trend)?,
        },
        low: Loess {
            window: window("low-pass window", low)?,
            linear: options.low_linear.unwrap_or(options.trend_linear),
            jump: jump("low-pass jump", options.low_jump, low)?,
        },
    })
}

/// Scratch space of the inner loop.
struct Work {
    /// The season, one cycle longer than the series at both ends.
    cycle: Vec<f64>,
    flat: Vec<f64>,
    averages: Vec<f64>,
    low: Vec<f64>,
    room: Vec<f64>,
    one: Vec<f64>,
    one_weights: Vec<f64>,
    one_smooth: Vec<f64>,
}

impl Work {
    fn new(n: usize, period: usize) -> Self {
        let (long, years) = (n + 2 * period, n.div_ceil(period));
        Self {
            cycle: vec![0.0; long],
            flat: vec![0.0; n],
            averages: vec![0.0; long],
            low: vec![0.0; n],
            room: vec![0.0; n],
            one: vec![0.0; years],
            one_weights: vec![0.0; years],
            one_smooth: vec![0.0; years + 2],
        }
    }

    /// One round of the inner loop: `seasonal` and `trend` are replaced.
    fn step(
        &mut self,
        plan: &Plan,
        y: &[f64],
        given: Option<&[f64]>,
        seasonal: &mut [f64],
        trend: &mut [f64],
    ) {
        let (n, period) = (y.len(), plan.period);
        for i in 0..n {
            self.flat[i] = y[i] - trend[i];
        }
        for first in 0..period {
            self.one_season(plan, first, given);
        }
        // Three moving averages leave the slow part of the season, shortened back to the series' length.
        let long = n + 2 * period;
        let cycle = &mut self.averages;
        cycle.copy_from_slice(&self.cycle);
        moving_average(cycle, long, period);
        moving_average(cycle, n + period + 1, period);
        moving_average(cycle, n + 2, 3);
        plan.low.smooth(&cycle[..n], None, &mut self.low, &mut self.room);
        for i in 0..n {
            seasonal[i] = self.cycle[period + i] - self.low[i];
            self.flat[i] = y[i] - seasonal[i];
        }
        plan.trend.smooth(&self.flat, given, trend, &mut self.room);
    }

    /// Smooths the values of one season (`first`, a cycle later, …) and carries them one cycle on at both ends.
    fn one_season(&mut self, plan: &Plan, first: usize, given: Option<&[f64]>) {
        let period = plan.period;
        let years = (self.flat.len() - first).div_ceil(period);
        for year in 0..years {
            self.one[year] = self.flat[first + year * period];
        }
        let weights = given.map(|given| {
            for year in 0..years {
                self.one_weights[year] = given[first + year * period];
            }
            &self.one_weights[..years]
        });
        let y = &self.one[..years];
        let room = &mut self.room[..years];
        let smooth = &mut self.one_smooth[..years + 2];
        plan.season.smooth(y, weights, &mut smooth[1..=years], room);
        let reach = plan.season.window.min(years) - 1;
        smooth[0] = plan.season.fit(y, weights, -1.0, 0, reach, room).unwrap_or(smooth[1]);
        let after = plan.season.fit(y, weights, years as f64, years - 1 - reach, years - 1, room);
        smooth[years + 1] = after.unwrap_or(smooth[years]);
        for (year, value) in smooth.iter().enumerate() {
            self.cycle[first + year * period] = *value;
        }
    }
}

/// Replaces the first `n` values by their `n - width + 1` averages over `width`.
fn moving_average(values: &mut [f64], n: usize, width: usize) {
    let mut total: f64 = values[..width].iter().sum();
    for i in 0..=n - width {
        let leaving = values[i];
        values[i] = total / width as f64;
        if i + width < n {
            total = total - leaving + values[i + width];
        }
    }
}

/// Bisquare weights from the remainders.
fn weigh(values: &[f64], seasonal: &[f64], trend: &[f64], weights: &mut [f64]) {
    let residuals: Vec<f64> = (0..values.len()).map(|i| (values[i] - trend[i] - seasonal[i]).abs()).collect();
    let six = 3.0 * middle_sum(&mut residuals.clone());
    let (near, far) = (0.001 * six, 0.999 * six);
    for (weight, residual) in weights.iter_mut().zip(residuals) {
        *weight = if residual <= near {
            1.0
        } else if residual <= far {
            let share = residual / six;
            (1.0 - share * share) * (1.0 - share * share)
        } else {
            0.0
        };
    }
}

/// Replaces every season by its mean over the years.
fn level_cycle(seasonal: &mut [f64], period: usize) {
    for first in 0..period {
        let count = (seasonal.len() - first).div_ceil(period);
        let mean = crate::sum::sum(seasonal[first..].iter().copied().step_by(period)) / count as f64;
        seasonal[first..].iter_mut().step_by(period).for_each(|value| *value = mean);
    }
}
