//! MARCOS and SPOTIS: measured against fixed points.
//!
//! **What it answers.** Where does each alternative stand between an anti-ideal and an ideal one?
//!
//! **Formula.** MARCOS: ideal and anti-ideal are added to the table; `r = x/x_ideal` (costs `x_ideal/x`), `S = Σ w r`,
//! `K⁺ = S/S_ideal`, `K⁻ = S/S_anti`, `f⁺ = K⁻/(K⁺ + K⁻)`, `f⁻ = K⁺/(K⁺ + K⁻)`, score
//! `(K⁺ + K⁻)/(1 + (1 − f⁺)/f⁺ + (1 − f⁻)/f⁻)`. SPOTIS: `Σ w |x − x*|/(x_max − x_min)` with bounds and ideal fixed
//! beforehand, lowest first.
//!
//! **Source.** Stević, Pamučar, Puška and Chatterjee (2020), *Computers & Industrial Engineering* 140:106231 (MARCOS);
//! Dezert, Tchamova, Han and Tacnet (2020), *IEEE 23rd International Conference on Information Fusion* (SPOTIS).
//!
//! **When not to use it.** MARCOS needs positive values. SPOTIS is the one to take where places must not turn when an
//! alternative is added: its bounds do not come from the alternatives.

use super::scaling::positive;
use super::{Order, Problem};
use crate::composite::{Direction, range};
use crate::refusal::{Refusal, finite, same_length};
use crate::sum::sum;

/// MARCOS.
pub fn marcos(problem: &Problem) -> Result<Order, Refusal> {
    let mut shares = Vec::with_capacity(problem.criteria().len());
    let (mut ideal, mut anti) = (Vec::new(), Vec::new());
    for (column, direction, weight) in problem.each() {
        positive(column)?;
        let (low, high) = range(column);
        let is_cost = direction == Direction::LowerIsBetter;
        let share = |x: f64| if is_cost { low / x } else { x / high };
        shares.push(column.iter().map(|&x| share(x)).collect());
        ideal.push(weight);
        anti.push(weight * share(if is_cost { high } else { low }));
    }
    let (ideal, anti) = (sum(ideal), sum(anti));
    let score = |s: f64| {
        let (above, below) = (s / ideal, s / anti);
        let (to_ideal, to_anti) = (below / (above + below), above / (above + below));
        (above + below) / (1.0 + (1.0 - to_ideal) / to_ideal + (1.0 - to_anti) / to_anti)
    };
    let sums = problem.sum_of(&shares, |r, weight| r * weight);
    Order::highest_first(sums.into_iter().map(score).collect())
}

/// SPOTIS with `bounds` (least, greatest) per criterion and, if not the better bound, the `expected` ideal. The lowest score
/// is the best. Refuses values outside the bounds.
///
/// ```
/// use zhiheng_methods::{composite::Direction::HigherIsBetter, decision::{Problem, reference::spotis}};
/// let problem = Problem::new(vec![vec![70.0, 90.0]], vec![HigherIsBetter], &[1.0]).unwrap();
/// let it = spotis(&problem, &[(50.0, 100.0)], None).unwrap();
/// assert!((it.scores[0] - 0.6).abs() < 1e-15 && it.ranks == [2.0, 1.0]);
/// ```
pub fn spotis(problem: &Problem, bounds: &[(f64, f64)], expected: Option<&[f64]>) -> Result<Order, Refusal> {
    same_length("bounds", bounds.len(), problem.criteria().len())?;
    if let Some(expected) = expected {
        same_length("expected", expected.len(), bounds.len())?;
        finite("expected", expected)?;
    }
    let mut distances = Vec::with_capacity(bounds.len());
    for (at, ((column, direction, _), &(low, high))) in problem.each().zip(bounds).enumerate() {
        if !(low.is_finite() && high.is_finite() && low < high) {
            return Err(Refusal::OutOfRange { what: "bounds", value: low, allowed: "pairs that ascend" });
        }
        let better = if direction == Direction::LowerIsBetter { low } else { high };
        let ideal = expected.map_or(better, |expected| expected[at]);
        if let Some(&value) = column.iter().chain([&ideal]).find(|x| !(low..=high).contains(*x)) {
            return Err(Refusal::OutOfRange { what: "criterion", value, allowed: "the bounds" });
        }
        distances.push(column.iter().map(|x| ((x - ideal) / (high - low)).abs()).collect());
    }
    Order::lowest_first(problem.sum_of(&distances, |d, weight| d * weight))
}
