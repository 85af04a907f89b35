//! p, np, c and u charts of counts, with equal or unequal sizes.
//!
//! **What it answers.** Did the share of nonconforming units, or the number of nonconformities, change by
//! more than chance?
//!
//! **Formula.** `p̄ = Σx/Σn` and limits `p̄ ± 3√(p̄(1 − p̄)/n)` within 0–1 (times `n` for np); `c̄` and `c̄ ±
//! 3√c̄`; `ū = Σx/Σn` and `ū ± 3√(ū/n)`, not below 0. With a coverage, c takes Poisson quantiles and the
//! others normal ones.
//!
//! **Source.** GB/T 17989.2-2020 (ISO 7870-2:2013); equals R's `qcc(…, type = "p" | "np" | "c" | "u")`.
//!
//! **When not to use it.** Large subgroups (thousands) or rates that truly vary from day to day: nearly every
//! point is then outside. Use [`super::laney`]. Expected counts below about 5: limits of the normal kind
//! mislead.

use super::chart::{Chart, Limits, Point, Width, base, spread};
use crate::halving::first;
use crate::refusal::{Refusal, same_length};
use crate::special::gamma_upper;
use crate::sum::sum;

/// Greatest centre of a c chart with quantiles: above it not every whole number is one.
const RATE_MAX: f64 = 1e15;

/// Counts with the base from which the rate is estimated, checked.
pub(super) struct Counts {
    pub(super) rate: f64,
    sigmas: f64,
}

/// The p chart: `found` nonconforming of `sizes` units each.
///
/// Refused when lengths differ, a size is 0, more are found than there are, or all (or none) are nonconforming.
///
/// ```
/// use zhiheng_methods::spc::{Width, attributes::share_chart};
/// let chart = share_chart(&[5, 7, 3], &[50, 50, 50], None, Width::Sigmas(3.0), None).unwrap();
/// assert_eq!(format!("{:.2} {:.4}", chart.centre, chart.points[0].high), "0.10 0.2273");
/// ```
pub fn share_chart(
    found: &[u64],
    sizes: &[u64],
    marks: Option<&[bool]>,
    width: Width,
    centre: Option<f64>,
) -> Result<Chart, Refusal> {
    let Counts { rate, sigmas } = shares(found, sizes, marks, width, centre)?;
    let deviation = spread("nonconforming", (rate * (1.0 - rate)).sqrt())?;
    let points = found.iter().zip(sizes).map(|(&x, &n)| {
        let n = n as f64;
        Limits { sigmas, least: 0.0, most: 1.0 }.point(x as f64 / n, n, rate, deviation / n.sqrt())
    });
    Ok(Chart { points: points.collect(), centre: rate, deviation })
}

/// The np chart: the number nonconforming itself, arguments as [`share_chart`] (`centre` is a share).
///
/// The chart's `centre` and `deviation` are those of the first point; with unequal sizes each point has its
/// own.
pub fn number_chart(
    found: &[u64],
    sizes: &[u64],
    marks: Option<&[bool]>,
    width: Width,
    centre: Option<f64>,
) -> Result<Chart, Refusal> {
    let Counts { rate, sigmas } = shares(found, sizes, marks, width, centre)?;
    spread("nonconforming", rate * (1.0 - rate))?;
    let points = found.iter().zip(sizes).map(|(&x, &n)| {
        let n = n as f64;
        Limits { sigmas, least: 0.0, most: n }.point(x as f64, n, n * rate, (n * rate * (1.0 - rate)).sqrt())
    });
    let points: Vec<Point> = points.collect();
    let (centre, deviation) = points.first().map_or((0.0, 0.0), |point| (point.centre, point.error));
    Ok(Chart { points, centre, deviation })
}

/// The c chart: nonconformities in equal areas of opportunity.
///
/// Refused when none was found at all, and with a coverage when the centre is above 1e15.
pub fn count_chart(
    found: &[u64],
    marks: Option<&[bool]>,
    width: Width,
    centre: Option<f64>,
) -> Result<Chart, Refusal> {
    let areas = vec![1.0; found.len()];
    let Counts { rate, sigmas } = rates(found, &areas, marks, width, centre)?;
    let deviation = spread("found", rate.sqrt())?;
    let (low, high) = match width {
        Width::Sigmas(_) => Limits { sigmas, least: 0.0, most: f64::INFINITY }.around(rate, deviation),
        Width::Coverage(_) if rate > RATE_MAX => {
            return Err(Refusal::OutOfRange { what: "centre", value: rate, allowed: "(0, 1e15]" });
        }
        Width::Coverage(_) => {
            let tail = width.upper_tail()?;
            (poisson_quantile(tail, rate), poisson_quantile(1.0 - tail, rate))
        }
    };
    let points = found.iter().map(|&x| Point {
        value: x as f64,
        size: 1.0,
        centre: rate,
        low,
        high,
        error: deviation,
    });
    Ok(Chart { points: points.collect(), centre: rate, deviation })
}

/// The u chart: nonconformities per unit, with `areas` of opportunity above 0 (units, hours, metres).
pub fn rate_chart(
    found: &[u64],
    areas: &[f64],
    marks: Option<&[bool]>,
    width: Width,
    centre: Option<f64>,
) -> Result<Chart, Refusal> {
    let Counts { rate, sigmas } = rates(found, areas, marks, width, centre)?;
    let deviation = spread("found", rate.sqrt())?;
    let limits = Limits { sigmas, least: 0.0, most: f64::INFINITY };
    let points = found.iter().zip(areas);
    let points = points.map(|(&x, &area)| limits.point(x as f64 / area, area, rate, (rate / area).sqrt()));
    Ok(Chart { points: points.collect(), centre: rate, deviation })
}

/// Checks shares and gives their overall rate.
pub(super) fn shares(
    found: &[u64],
    sizes: &[u64],
    marks: Option<&[bool]>,
    width: Width,
    centre: Option<f64>,
) -> Result<Counts, Refusal> {
    same_length("size", sizes.len(), found.len())?;
    if let Some(row) = found.iter().zip(sizes).position(|(x, n)| x > n || *n == 0) {
        let what = format!("point {}: more nonconforming units than units, or no unit at all", row + 1);
        return Err(Refusal::Contradiction { what });
    }
    if let Some(value) = centre.filter(|value| !(*value > 0.0 && *value < 1.0)) {
        return Err(Refusal::OutOfRange { what: "centre", value, allowed: "(0, 1)" });
    }
    let areas: Vec<f64> = sizes.iter().map(|&n| n as f64).collect();
    rates(found, &areas, marks, width, centre)
}

/// Checks counts and gives their overall rate.
pub(super) fn rates(
    found: &[u64],
    areas: &[f64],
    marks: Option<&[bool]>,
    width: Width,
    centre: Option<f64>,
) -> Result<Counts, Refusal> {
    same_length("size", areas.len(), found.len())?;
    if let Some(value) = areas.iter().find(|area| !(1e-100..=1e100).contains(*area)) {
        return Err(Refusal::OutOfRange { what: "size", value: *value, allowed: "[1e-100, 1e100]" });
    }
    if let Some(value) = centre.filter(|value| !(*value > 0.0 && *value <= 1e100)) {
        return Err(Refusal::OutOfRange { what: "centre", value, allowed: "(0, 1e100]" });
    }
    let chosen = base(marks, found.len())?;
    let of = |i: &usize| found.get(*i).map_or(0.0, |&x| x as f64);
    let all = sum(chosen.iter().filter_map(|&i| areas.get(i).copied()));
    let rate = centre.unwrap_or_else(|| sum(chosen.iter().map(of)) / all);
    Ok(Counts { rate, sigmas: width.sigmas()? })
}

/// The least count that a Poisson variable does not exceed with probability `p` or more.
fn poisson_quantile(p: f64, mean: f64) -> f64 {
    let enough = |count: f64| gamma_upper(count + 1.0, mean) >= p * (1.0 - 64.0 * f64::EPSILON);
    let mut high = (2.0 * mean).ceil() + 1.0;
    while !enough(high) && high < 4.0 * RATE_MAX {
        high *= 2.0;
    }
    first(0, high as u64, |count| enough(count as f64)) as f64
}
