//! Laney's p′ and u′ charts: counts whose rate itself varies a little from point to point.
//!
//! **What it answers.** With large subgroups, where every small change of the day is beyond the limits of a p
//! or u chart: which points are out of what is usual here?
//!
//! **Formula.** `zᵢ = (pᵢ − p̄)/σ_pᵢ` with the ordinary standard error; `σ_z` is the mean moving range of the
//! `zᵢ` over 1.128 (exactly 2/√π); limits `p̄ ± 3 σ_pᵢ σ_z`, for shares within 0–1 and for rates not below 0.
//!
//! **Source.** Laney (2002), *Quality Engineering* 14:531–537.
//!
//! **When not to use it.** With a trend or a season in the rate: the moving range takes them for variation.
//! `σ_z` near 1 says that an ordinary chart does.

use super::attributes::{rates, shares};
use super::chart::{Chart, Limits, Width, base, spread};
use super::constants::Constants;
use super::individuals::moving_ranges;
use crate::refusal::{Refusal, at_least};
use crate::sum::mean;

/// A chart with Laney's factor.
#[derive(Debug, Clone, PartialEq)]
pub struct LaneyChart {
    /// The chart; `error` of its points is widened already.
    pub chart: Chart,
    /// `σ_z`: how many times wider than an ordinary chart; below 1 narrower.
    pub sigma_z: f64,
}

/// The p′ chart; arguments and refusals as [`super::attributes::share_chart`], and at least two points in the
/// base.
pub fn share_chart(
    found: &[u64],
    sizes: &[u64],
    marks: Option<&[bool]>,
    width: Width,
    constants: Constants,
) -> Result<LaneyChart, Refusal> {
    let rate = shares(found, sizes, marks, width, None)?.rate;
    let deviation = spread("nonconforming", (rate * (1.0 - rate)).sqrt())?;
    let areas: Vec<f64> = sizes.iter().map(|&n| n as f64).collect();
    widened(&Rates { found, areas: &areas, rate, deviation, most: 1.0 }, marks, width, constants)
}

/// The u′ chart; arguments and refusals as [`super::attributes::rate_chart`], and at least two points in the
/// base.
pub fn rate_chart(
    found: &[u64],
    areas: &[f64],
    marks: Option<&[bool]>,
    width: Width,
    constants: Constants,
) -> Result<LaneyChart, Refusal> {
    let rate = rates(found, areas, marks, width, None)?.rate;
    let deviation = spread("found", rate.sqrt())?;
    widened(&Rates { found, areas, rate, deviation, most: f64::INFINITY }, marks, width, constants)
}

struct Rates<'a> {
    found: &'a [u64],
    areas: &'a [f64],
    rate: f64,
    deviation: f64,
    most: f64,
}

fn widened(
    data: &Rates<'_>,
    marks: Option<&[bool]>,
    width: Width,
    constants: Constants,
) -> Result<LaneyChart, Refusal> {
    let Rates { rate, deviation, .. } = *data;
    let z: Vec<f64> = data
        .found
        .iter()
        .zip(data.areas)
        .map(|(&x, &area)| (x as f64 / area - rate) / (deviation / area.sqrt()))
        .collect();
    let chosen: Vec<f64> = base(marks, z.len())?.into_iter().filter_map(|i| z.get(i).copied()).collect();
    at_least("points", chosen.len(), 2)?;
    let sigma_z = spread("rate", mean(&moving_ranges(&chosen, 2)) / constants.d2(2)?)?;
    let sigmas = width.sigmas()?;
    let limits = Limits { sigmas, least: 0.0, most: data.most };
    let points = data
        .found
        .iter()
        .zip(data.areas)
        .map(|(&x, &area)| limits.point(x as f64 / area, area, rate, deviation / area.sqrt() * sigma_z));
    Ok(LaneyChart { chart: Chart { points: points.collect(), centre: rate, deviation }, sigma_z })
}
