//! Sen's slope: by how much does a series rise per step?
//!
//! **What it answers.** By how many points per year does a rate rise, without a few wild values bending the
//! answer?
//!
//! **Formula.** The median of the slopes of all pairs of values. The interval takes the slopes of ranks
//! `(N − z√V)/2` and `(N + z√V)/2 + 1` of all `N`, with `V` the variance of the Mann–Kendall score. The
//! intercept is the median value less slope times median time.
//!
//! **Source.** Theil (1950), *Proceedings of the Royal Netherlands Academy of Sciences* 53:386–392; Sen (1968),
//! *Journal of the American Statistical Association* 63:1379–1389; Gilbert (1987), *Statistical Methods for
//! Environmental Pollution Monitoring*, page 217; intercept: Conover (1980). Ranks are rounded as in R's
//! `trend::sens.slope`.
//!
//! **When not to use it.** Where the trend bends, or the series has seasons (use [`seasonal_sen`]). With
//! autocorrelation the slope stands but the interval is too narrow.

use crate::interval::{Interval, level_tail};
use crate::refusal::{Refusal, at_least};
use crate::special::normal_upper_quantile;

use super::mann_kendall::variance;
use super::pairs::{Slopes, median, present};
use super::several::seasons;

/// A robust line through a series.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sen {
    /// Rise per step of time.
    pub slope: f64,
    /// Interval of the slope.
    pub interval: Interval,
    /// Height of the line at the first value (time 0).
    pub intercept: f64,
    /// Height one step before the first value (time 0 if the first is time 1), as R and the field's tables use.
    pub intercept_before: f64,
}

/// Sen's slope of `values` at equal distances; NaN is a gap, whose place in time counts.
///
/// Errors: an infinite value; fewer than 3 values or more than some 14,000 (a hundred million pairs); a level outside (0, 1).
///
/// ```
/// use zhiheng_methods::trend::sen::sen;
/// // slopes 2, 1/2, 1, −1, 1/2, 2: the middle ones are 1/2 and 1
/// let it = sen(&[1.0, 3.0, 2.0, 4.0], 0.95).unwrap();
/// assert_eq!((it.slope, it.intercept), (0.75, 2.5 - 0.75 * 1.5));
/// ```
pub fn sen(values: &[f64], level: f64) -> Result<Sen, Refusal> {
    let points = present(values)?;
    at_least("value", points.len(), 3)?;
    line(&[points], 1.0, level)
}

/// Sen's slope with `period` values per cycle, each season against itself; the slope is per cycle.
///
/// The interval takes the sum of the seasons' variances. Errors: as [`sen`]; a period of 0; fewer than two
/// years of every season.
pub fn seasonal_sen(values: &[f64], period: usize, level: f64) -> Result<Sen, Refusal> {
    let mut series = Vec::with_capacity(period.min(values.len()));
    for (first, season) in seasons(values, period)?.iter().enumerate() {
        let share = first as f64 / period as f64;
        series.push(present(season)?.into_iter().map(|(year, value)| (year + share, value)).collect());
    }
    line(&series, period as f64, level)
}

/// The line through several series of points; `steps` values make one unit of time.
fn line(series: &[Vec<(f64, f64)>], steps: f64, level: f64) -> Result<Sen, Refusal> {
    let tail = level_tail(level)?;
    let slopes = Slopes::new(series.iter().map(Vec::as_slice).collect())?;
    let count = slopes.count();
    at_least("pair of values", count, 1)?;
    let spread: f64 = series.iter().map(|points| variance(&heights(points))).sum();
    let half = normal_upper_quantile(tail) * libm::sqrt(spread);
    let last = count as f64;
    let rank = |rank: f64| slopes.ranked(libm::rint(rank).clamp(1.0, last) as usize - 1);
    let interval = Interval::new(rank(0.5 * (last - half)), rank(0.5 * (last + half) + 1.0));
    let slope = slopes.median();
    let all = || series.iter().flatten();
    let intercept = median(all().map(|(_, value)| *value).collect())
        - slope * median(all().map(|(time, _)| *time).collect());
    if !(slope.is_finite() && intercept.is_finite() && interval.width().is_finite()) {
        return Err(Refusal::NotFinite { what: "slope", row: 0 });
    }
    Ok(Sen { slope, interval, intercept, intercept_before: intercept - slope / steps })
}

fn heights(points: &[(f64, f64)]) -> Vec<f64> {
    points.iter().map(|(_, value)| *value).collect()
}
