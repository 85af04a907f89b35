//! X̄, R and S charts of subgroups, of equal or unequal size.
//!
//! **What it answers.** Has the process moved (X̄), or does it scatter more or less than before (R, S)?
//!
//! **Formula.** Centre lines are averages of the subgroup figures weighted with the sizes. Limits: `x̄ ±
//! 3σ/√n`; `R̄ ± 3 d₃ σ`; `S̄ ± 3 σ√(1 − c₄²)`, lower ones not below 0, with σ from [`super::subgroups`]: by
//! ranges for X̄ (pooled variances where a subgroup exceeds 25) and R, by deviations for S. With a coverage
//! instead of sigmas the limits are quantiles: normal, of the range, and `σ√(χ²/(n − 1))`.
//!
//! **Source.** Shewhart (1931), *Economic Control of Quality of Manufactured Product*; GB/T 17989.2-2020 (ISO
//! 7870-2:2013); equals R's `qcc(…, type = "xbar" | "R" | "S")` with [`super::Constants::Qcc`].
//!
//! **When not to use it.** Where the values of a subgroup come from different streams (machines, cavities):
//! their differences then hide the shifts. Single values: [`super::individuals`].

use super::chart::{Chart, Limits, Point, Settings, Width, base, spread};
use super::constants::{c4, range_quantile};
use super::subgroups::{BySize, Estimator, Subgroups, each_size};
use crate::refusal::Refusal;
use crate::special::{gamma_lower_quantile, gamma_upper_quantile};

/// The X̄ chart. `base` marks the subgroups from which centre and limits are estimated; all without it.
///
/// Refused with a subgroup of one value and with no variation within subgroups.
///
/// ```
/// use zhiheng_methods::spc::{Settings, Subgroups, variables::mean_chart};
/// let groups = Subgroups::new([[9.0, 11.0], [10.0, 12.0], [8.0, 10.0]]).unwrap();
/// let chart = mean_chart(&groups, None, &Settings::default()).unwrap();
/// // R̄ = 2 and A₂ = 1.880
/// assert_eq!(format!("{:.2} {:.2}", chart.centre, chart.points[0].high), "10.00 13.76");
/// ```
pub fn mean_chart(groups: &Subgroups, marks: Option<&[bool]>, settings: &Settings) -> Result<Chart, Refusal> {
    let large = |base: &Subgroups| base.sizes().any(|n| n > 25);
    let own = |base: &Subgroups| if large(base) { Estimator::Rmsdf } else { Estimator::UwaveR };
    let (base, deviation) = prepare(groups, marks, settings, own)?;
    let centre = settings.centre.unwrap_or_else(|| base.weighted_mean(&base.means()));
    let limits = Limits { sigmas: settings.width.sigmas()?, least: f64::NEG_INFINITY, most: f64::INFINITY };
    let points = groups.means().into_iter().zip(groups.sizes()).map(|(value, n)| {
        let n = n as f64;
        limits.point(value, n, centre, deviation / n.sqrt())
    });
    Ok(Chart { points: points.collect(), centre, deviation })
}

/// The R chart, arguments as [`mean_chart`].
pub fn range_chart(
    groups: &Subgroups,
    marks: Option<&[bool]>,
    settings: &Settings,
) -> Result<Chart, Refusal> {
    let (base, deviation) = prepare(groups, marks, settings, |_| Estimator::UwaveR)?;
    if matches!(settings.estimator, Some(Estimator::UwaveSd | Estimator::MvlueSd | Estimator::Rmsdf)) {
        return Err(Refusal::Contradiction { what: "an R chart estimates σ from ranges".to_owned() });
    }
    let centre = settings.centre.unwrap_or_else(|| base.weighted_mean(&base.ranges()));
    let d3 = each_size(groups.sizes(), |n| settings.constants.d3(n))?;
    let quantiles = match settings.width {
        Width::Sigmas(_) => None,
        Width::Coverage(_) => {
            let tail = settings.width.upper_tail()?;
            if tail < 1e-10 {
                let value = 1.0 - 2.0 * tail;
                return Err(Refusal::OutOfRange { what: "coverage", value, allowed: "(0, 0.9999999998]" });
            }
            let low = each_size(groups.sizes(), |n| Ok(range_quantile(tail, n)))?;
            let high = each_size(groups.sizes(), |n| Ok(range_quantile(1.0 - tail, n)))?;
            Some((low, high))
        }
    };
    let unit = Unit { error: d3, quantiles, deviation };
    unit.chart(&groups.ranges(), groups, centre, settings)
}

/// The S chart, arguments as [`mean_chart`].
pub fn deviation_chart(
    groups: &Subgroups,
    marks: Option<&[bool]>,
    settings: &Settings,
) -> Result<Chart, Refusal> {
    if matches!(settings.estimator, Some(Estimator::UwaveR | Estimator::MvlueR)) {
        return Err(Refusal::Contradiction { what: "an S chart estimates σ from deviations".to_owned() });
    }
    let (base, deviation) = prepare(groups, marks, settings, |_| Estimator::UwaveSd)?;
    let centre = settings.centre.unwrap_or_else(|| base.weighted_mean(&base.deviations()));
    let error = each_size(groups.sizes(), |n| Ok((1.0 - c4(n as f64).powi(2)).sqrt()))?;
    let quantiles = match settings.width {
        Width::Sigmas(_) => None,
        Width::Coverage(_) => {
            let tail = settings.width.upper_tail()?;
            // χ² on n − 1 degrees of freedom is twice a gamma variable
            let share = |n: usize| (n as f64 - 1.0) / 2.0;
            let low =
                each_size(groups.sizes(), |n| Ok((gamma_lower_quantile(tail, share(n)) / share(n)).sqrt()))?;
            let high =
                each_size(groups.sizes(), |n| Ok((gamma_upper_quantile(tail, share(n)) / share(n)).sqrt()))?;
            Some((low, high))
        }
    };
    let unit = Unit { error, quantiles, deviation };
    unit.chart(&groups.deviations(), groups, centre, settings)
}

/// How a figure of spread (range, deviation) is distributed when σ is 1, by size, and what σ is.
struct Unit {
    error: BySize,
    quantiles: Option<(BySize, BySize)>,
    deviation: f64,
}

impl Unit {
    fn chart(
        &self,
        values: &[f64],
        groups: &Subgroups,
        centre: f64,
        settings: &Settings,
    ) -> Result<Chart, Refusal> {
        let deviation = self.deviation;
        let limits = Limits { sigmas: settings.width.sigmas()?, least: 0.0, most: f64::INFINITY };
        let points = values.iter().zip(groups.sizes()).map(|(&value, n)| {
            let error = self.error.at(n) * deviation;
            let (low, high) = match &self.quantiles {
                Some((low, high)) => (low.at(n) * deviation, high.at(n) * deviation),
                None => limits.around(centre, error),
            };
            Point { value, size: n as f64, centre, low, high, error }
        });
        Ok(Chart { points: points.collect(), centre, deviation })
    }
}

/// The subgroups of the base and the deviation.
fn prepare(
    groups: &Subgroups,
    marks: Option<&[bool]>,
    settings: &Settings,
    estimator: impl Fn(&Subgroups) -> Estimator,
) -> Result<(Subgroups, f64), Refusal> {
    settings.check()?;
    if let Some(row) = groups.sizes().position(|n| n < 2) {
        let what = format!("subgroup {} has a single value: use a chart of individual values", row + 1);
        return Err(Refusal::Contradiction { what });
    }
    let base = groups.pick(&base(marks, groups.len())?);
    if let Some(deviation) = settings.deviation {
        return Ok((base, deviation));
    }
    let estimator = settings.estimator.unwrap_or_else(|| estimator(&base));
    let deviation = spread("value within subgroups", base.deviation(estimator, settings.constants)?)?;
    Ok((base, deviation))
}
