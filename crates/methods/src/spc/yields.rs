//! Defects per million opportunities, first-time yield and rolled yield.
//!
//! **What it answers.** How many defects does the process make per million chances to make one, and which
//! share passes every step at once, without rework?
//!
//! **Formula.** `DPMO = 10⁶ D/(U O)` with `D` defects in `U` units of `O` opportunities; `Z = Φ⁻¹(1 −
//! DPMO/10⁶)`, and the “sigma level” `Z + 1.5`. First-time yield of a step: units that pass at once over
//! units that entered; rolled yield: the product over the steps; normalised yield: its `k`-th root.
//!
//! **Source.** ISO 13053-1:2011; Garwood (1936) for the interval of the defects.
//!
//! **When not to use it.** To compare products with differently counted opportunities. The 1.5 is a
//! convention, not a measurement: report DPMO, and the level only with it.

use crate::interval::Interval;
use crate::poisson;
use crate::refusal::{Refusal, at_least};
use crate::special::normal_upper_quantile;

/// Defects per million opportunities.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Defects {
    /// Defects per million opportunities.
    pub dpmo: f64,
    /// Its interval, from the Poisson distribution of the defects.
    pub interval: Interval,
    /// Defects per unit.
    pub per_unit: f64,
    /// Quantile of the normal distribution with this share of defects above it, without the 1.5; `None` at 0
    /// and from a million up.
    pub z: Option<f64>,
    /// The same plus 1.5.
    pub sigma_level: Option<f64>,
}

/// [`Defects`] from the number of defects, of units and of opportunities per unit.
///
/// ```
/// let it = zhiheng_methods::spc::yields::defects(34, 10_000, 1, 0.95).unwrap();
/// assert_eq!((it.dpmo, it.per_unit), (3400.0, 0.0034));
/// ```
pub fn defects(found: u64, units: u64, opportunities: u64, level: f64) -> Result<Defects, Refusal> {
    for (what, value) in [("units", units), ("opportunities", opportunities)] {
        if value == 0 {
            return Err(Refusal::OutOfRange { what, value: 0.0, allowed: ">= 1" });
        }
    }
    let chances = units as f64 * opportunities as f64;
    let rate = found as f64 / chances;
    let millions = poisson::exact(found, chances / 1e6, level).ok_or(Refusal::OutOfRange {
        what: "level",
        value: level,
        allowed: "(0, 1)",
    })?;
    let z = (rate > 0.0 && rate < 1.0).then(|| normal_upper_quantile(rate));
    Ok(Defects {
        dpmo: 1e6 * rate,
        interval: millions,
        per_unit: found as f64 / units as f64,
        z,
        sigma_level: z.map(|z| z + 1.5),
    })
}

/// Yields of steps in a row.
#[derive(Debug, Clone, PartialEq)]
pub struct Yields {
    /// First-time yield of each step.
    pub first_time: Vec<f64>,
    /// Their product.
    pub rolled: f64,
    /// The yield that every step would have if all were alike.
    pub normalised: f64,
}

/// [`Yields`] of steps given as units that entered and units that passed at once.
///
/// ```
/// let it = zhiheng_methods::spc::yields::rolled(&[(100, 90), (90, 81)]).unwrap();
/// assert!((it.rolled - 0.81).abs() < 1e-15 && (it.normalised - 0.9).abs() < 1e-15);
/// ```
pub fn rolled(steps: &[(u64, u64)]) -> Result<Yields, Refusal> {
    at_least("steps", steps.len(), 1)?;
    if let Some(step) = steps.iter().position(|(entered, passed)| passed > entered || *entered == 0) {
        let what = format!("step {}: more units passed than entered, or none entered", step + 1);
        return Err(Refusal::Contradiction { what });
    }
    let first_time: Vec<f64> =
        steps.iter().map(|&(entered, passed)| passed as f64 / entered as f64).collect();
    let rolled: f64 = first_time.iter().product();
    let normalised = libm::pow(rolled, 1.0 / steps.len() as f64);
    Ok(Yields { first_time, rolled, normalised })
}
