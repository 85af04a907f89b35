//! How a criterion is made comparable inside a method.
//!
//! **What it answers.** What share of the best, of the sum or of the range does each alternative have?
//!
//! **Formula.** Benefit, then cost: min-max `(x − m)/(M − m)`, `(M − x)/(M − m)`; max `x/M`, `1 − x/M`; sum `x/Σx`,
//! `(1/x)/Σ(1/x)`; vector `x/√Σx²`, `1 − x/√Σx²`; linear `x/M`, `m/x`; logarithmic `ln x/ln Πx`,
//! `(1 − ln x/ln Πx)/(n − 1)`; nonlinear `(x/M)²`, `(m/x)³`; enhanced accuracy `1 − (M − x)/Σ(M − x)`,
//! `1 − (x − m)/Σ(x − m)`; Zavadskas–Turskis `1 − |M − x|/|M|`, `1 − |m − x|/|m|`.
//!
//! **Source.** Jahan and Edwards (2015), *Materials & Design* 65:335–342; Zavadskas and Turskis (2008), *Technological and
//! Economic Development of Economy* 14:305–314; Zeng, Li and Yang (2013), *Mathematical Problems in Engineering* 2013:
//! 319609 (enhanced accuracy).
//!
//! **When not to use it.** Ratios (max, sum, linear, logarithmic) need positive values on a scale with a true zero; the
//! refusals say so. A criterion that does not vary is 1 everywhere under min-max.

use crate::composite::{Direction, range};
use crate::refusal::Refusal;
use crate::sum::sum;

/// A normalisation of one criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scaling {
    /// Share of the range.
    MinMax,
    /// Share of the greatest.
    Max,
    /// Share of the sum; positive values.
    Sum,
    /// Share of the root of the sum of squares.
    Vector,
    /// Share of the greatest, or the least's share; values other than 0.
    Linear,
    /// Share of the logarithm of the product; positive values.
    Logarithmic,
    /// Square or cube of the linear share.
    Nonlinear,
    /// One less the share of all distances from the best.
    EnhancedAccuracy,
    /// One less the relative distance from the best.
    ZavadskasTurskis,
}

/// The criterion on its scale, higher always better.
///
/// ```
/// use zhiheng_methods::{composite::Direction, decision::scaling::{Scaling, scale}};
/// let prices = scale(&[20.0, 40.0], Direction::LowerIsBetter, Scaling::Linear).unwrap();
/// assert_eq!(prices, [1.0, 0.5]);
/// ```
pub fn scale(values: &[f64], direction: Direction, scaling: Scaling) -> Result<Vec<f64>, Refusal> {
    let is_cost = direction == Direction::LowerIsBetter;
    let (low, high) = range(values);
    let each = |change: &dyn Fn(f64) -> f64| values.iter().map(|&x| change(x)).collect::<Vec<f64>>();
    let best = if is_cost { low } else { high };
    let scaled = match scaling {
        Scaling::MinMax if low == high => vec![1.0; values.len()],
        Scaling::MinMax if is_cost => each(&|x| (high - x) / (high - low)),
        Scaling::MinMax => each(&|x| (x - low) / (high - low)),
        Scaling::Max => {
            other_than_zero(high)?;
            each(&|x| if is_cost { 1.0 - x / high } else { x / high })
        }
        Scaling::Sum => {
            positive(values)?;
            let total = sum(values.iter().map(|x| if is_cost { 1.0 / x } else { *x }));
            each(&|x| if is_cost { 1.0 / x / total } else { x / total })
        }
        Scaling::Vector => {
            let length = sum(values.iter().map(|x| x * x)).sqrt();
            other_than_zero(length)?;
            each(&|x| if is_cost { 1.0 - x / length } else { x / length })
        }
        Scaling::Linear | Scaling::Nonlinear => {
            for &value in values {
                other_than_zero(value)?;
            }
            let squared = scaling == Scaling::Nonlinear;
            let share = |x: f64| if is_cost { low / x } else { x / high };
            each(&|x| match (squared, is_cost) {
                (false, _) => share(x),
                (true, false) => share(x) * share(x),
                (true, true) => share(x) * share(x) * share(x),
            })
        }
        Scaling::Logarithmic => {
            positive(values)?;
            let all = sum(values.iter().map(|&x| libm::log(x)));
            other_than_zero(all)?;
            let others = values.len() as f64 - 1.0;
            each(&|x| if is_cost { (1.0 - libm::log(x) / all) / others } else { libm::log(x) / all })
        }
        Scaling::EnhancedAccuracy => {
            let distance = |x: f64| (best - x).abs();
            let all = sum(values.iter().map(|&x| distance(x)));
            if all == 0.0 {
                return Err(Refusal::NoVariation { what: "criterion".into() });
            }
            each(&|x| 1.0 - distance(x) / all)
        }
        Scaling::ZavadskasTurskis => {
            other_than_zero(best)?;
            each(&|x| 1.0 - ((best - x) / best).abs())
        }
    };
    match scaled.iter().position(|value| !value.is_finite()) {
        Some(row) => Err(Refusal::NotFinite { what: "scaled criterion", row }),
        None => Ok(scaled),
    }
}

/// All criteria of a problem on the same kind of scale.
pub(crate) fn scale_all(problem: &super::Problem, scaling: Scaling) -> Result<Vec<Vec<f64>>, Refusal> {
    problem.each().map(|(column, direction, _)| scale(column, direction, scaling)).collect()
}

pub(crate) fn positive(values: &[f64]) -> Result<(), Refusal> {
    match values.iter().find(|&&value| value <= 0.0) {
        Some(&value) => Err(Refusal::OutOfRange { what: "criterion", value, allowed: "> 0" }),
        None => Ok(()),
    }
}

pub(crate) fn other_than_zero(value: f64) -> Result<(), Refusal> {
    if value == 0.0 {
        Err(Refusal::OutOfRange { what: "criterion", value, allowed: "numbers other than 0" })
    } else {
        Ok(())
    }
}
