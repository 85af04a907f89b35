//! How much a brand's value owes to its three least certain inputs.

use super::{cash_flow, value};
use crate::refusal::{Refusal, at_least};

/// A valuation's inputs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Inputs<'a> {
    /// Adjusted net profit of each forecast year.
    pub profits: &'a [f64],
    /// Tangible earnings of each forecast year.
    pub tangible: &'a [f64],
    /// The brand's share `β` of the excess.
    pub share: f64,
    /// Discount rate `R`.
    pub rate: f64,
    /// Growth `g` after the forecast.
    pub growth: f64,
}

/// The value when an input moves by a step down or up; `None` where it would be refused (`R ≤ g`).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Grid {
    /// Step of the discount rate, in −1, 0, 1.
    pub rate: i8,
    /// Step of the growth.
    pub growth: i8,
    /// Step of the brand's share.
    pub share: i8,
    /// The value.
    pub value: Option<f64>,
}

/// The value at all 27 combinations of one step down, none and one up of rate, growth and share, rate slowest.
///
/// `steps` are those of rate, growth and share (0.01, 0.005, 0.05); shares are kept within 0–1. Refuses what
/// [`value`] refuses at the middle, and steps that are negative or not finite.
pub fn sensitivity(inputs: Inputs<'_>, steps: (f64, f64, f64)) -> Result<Vec<Grid>, Refusal> {
    at_least("profits", inputs.profits.len(), 1)?;
    crate::refusal::same_length("tangible", inputs.tangible.len(), inputs.profits.len())?;
    for value in [steps.0, steps.1, steps.2] {
        if !(value >= 0.0 && value.is_finite()) {
            return Err(Refusal::OutOfRange { what: "steps", value, allowed: ">= 0" });
        }
    }
    let at = |rate: i8, growth: i8, share: i8| {
        let share = match share {
            0 => inputs.share,
            step => (inputs.share + f64::from(step) * steps.2).clamp(0.0, 1.0),
        };
        let years = inputs.profits.iter().zip(inputs.tangible);
        let flows: Vec<f64> =
            years.map(|(profit, tangible)| cash_flow(*profit, *tangible, share)).collect::<Result<_, _>>()?;
        let (rate, growth) =
            (inputs.rate + f64::from(rate) * steps.0, inputs.growth + f64::from(growth) * steps.1);
        value(&flows, rate, growth, None).map(|it| it.value)
    };
    at(0, 0, 0)?;
    let mut grid = Vec::with_capacity(27);
    for rate in -1..=1 {
        for growth in -1..=1 {
            for share in -1..=1 {
                grid.push(Grid { rate, growth, share, value: at(rate, growth, share).ok() });
            }
        }
    }
    Ok(grid)
}
