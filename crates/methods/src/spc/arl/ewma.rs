//! Run lengths of EWMA charts.

use super::equation::{Process, density, n_nodes};
use super::{finite, lasting, positive};
use crate::refusal::Refusal;
use crate::spc::quadrature::legendre;
use crate::special::normal_cdf;

/// Which limits the chart has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EwmaLimits {
    /// Those of a long run from the first point on.
    Fixed,
    /// Those of [`crate::spc::ewma`], which begin narrow.
    Exact,
}

/// How the statistic is bounded.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Reflection {
    /// Signals on both sides.
    TwoSided,
    /// Signals upwards; below this many (asymptotic) standard errors the statistic is set back to there.
    At(f64),
}

/// Average run length of an EWMA with weight `lambda` and limits of `limit` standard errors of the average,
/// when the mean is `shift` standard errors of a point off. The average begins at `head_start`, in its own
/// asymptotic standard errors, as `limit` and the reflection are.
///
/// Relative error about 1e-10. Refused for `lambda` outside [0.001, 1] (0.01 with exact limits, which are for
/// two sides), and a head start outside the limits.
///
/// ```
/// use zhiheng_methods::spc::arl::{EwmaLimits, Reflection, ewma};
/// let fixed = ewma(0.1, 2.7, 0.0, 0.0, Reflection::TwoSided, EwmaLimits::Fixed).unwrap();
/// let exact = ewma(0.1, 2.7, 0.0, 0.0, Reflection::TwoSided, EwmaLimits::Exact).unwrap();
/// assert_eq!(format!("{fixed:.1} {exact:.1}"), "369.0 356.1");
/// ```
pub fn ewma(
    lambda: f64,
    limit: f64,
    shift: f64,
    head_start: f64,
    reflection: Reflection,
    limits: EwmaLimits,
) -> Result<f64, Refusal> {
    let exact = limits == EwmaLimits::Exact;
    let (least, allowed) = if exact { (0.01, "[0.01, 1]") } else { (0.001, "[0.001, 1]") };
    if !(lambda >= least && lambda <= 1.0) {
        return Err(Refusal::OutOfRange { what: "lambda", value: lambda, allowed });
    }
    positive("limit", limit)?;
    if limit > 20.0 {
        return Err(Refusal::OutOfRange { what: "limit", value: limit, allowed: "(0, 20]" });
    }
    finite("shift", shift)?;
    let low = match reflection {
        Reflection::TwoSided => -limit,
        Reflection::At(low) if exact => {
            let what = format!("exact limits are for two sides, not for a reflection at {low}");
            return Err(Refusal::Contradiction { what });
        }
        Reflection::At(low) => low,
    };
    if !(low >= -50.0 && low < limit) {
        return Err(Refusal::OutOfRange { what: "reflection", value: low, allowed: "[-50, limit)" });
    }
    if !(head_start >= low && head_start <= limit) {
        return Err(Refusal::OutOfRange { what: "head start", value: head_start, allowed: "[low, limit]" });
    }
    let unit = (lambda / (2.0 - lambda)).sqrt();
    let chart = Average { lambda, shift };
    let barrier = matches!(reflection, Reflection::At(_));
    let solved = Process {
        low: low * unit,
        high: limit * unit,
        width: lambda,
        density: |z: f64, x: f64| chart.density(z, x),
        held: |z: f64| if barrier { normal_cdf(chart.innovation(z, low * unit)) } else { 0.0 },
    }
    .solve()?;
    let length = if exact && lambda < 1.0 {
        chart.exact(limit * unit, head_start * unit, |z| solved.from(z))
    } else {
        solved.from(head_start * unit)
    };
    lasting("run length", length)
}

/// The statistic `λX + (1 − λ)z`.
struct Average {
    lambda: f64,
    shift: f64,
}

impl Average {
    /// The standardised point that leads from `z` to `x`.
    fn innovation(&self, z: f64, x: f64) -> f64 {
        (x - (1.0 - self.lambda) * z) / self.lambda - self.shift
    }

    fn density(&self, z: f64, x: f64) -> f64 {
        density(self.innovation(z, x)) / self.lambda
    }

    /// Run length with limits that widen to `high`: the density of the average is carried on point by point
    /// until the limits stand still, then `ahead` says how long it lasts from there.
    fn exact(&self, high: f64, start: f64, ahead: impl Fn(f64) -> f64) -> f64 {
        let keep = 1.0 - self.lambda;
        let n = n_nodes(2.0 * high / self.lambda);
        let unit = legendre(n, -1.0, 1.0);
        let at = |i: f64| high * (1.0 - libm::pow(keep, 2.0 * i)).sqrt();
        let mut nodes: Vec<(f64, f64)> = unit.iter().map(|&(x, w)| (x * at(1.0), w * at(1.0))).collect();
        let mut weight: Vec<f64> = nodes.iter().map(|&(x, w)| w * self.density(start, x)).collect();
        let mut length = 1.0;
        let mut i = 1.0;
        while libm::pow(keep, 2.0 * i) > 1e-13 {
            length += weight.iter().sum::<f64>();
            i += 1.0;
            let next: Vec<(f64, f64)> = unit.iter().map(|&(x, w)| (x * at(i), w * at(i))).collect();
            weight = next
                .iter()
                .map(|&(x, w)| {
                    let arriving: f64 =
                        nodes.iter().zip(&weight).map(|(&(z, _), mass)| mass * self.density(z, x)).sum();
                    w * arriving
                })
                .collect();
            nodes = next;
        }
        length + nodes.iter().zip(&weight).map(|(&(x, _), mass)| mass * ahead(x)).sum::<f64>()
    }
}
