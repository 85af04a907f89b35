//! COPRAS, MOORA and OCRA: benefits and costs added up apart.
//!
//! **What it answers.** What does each alternative bring, what does it take, and what remains?
//!
//! **Formula.** `S⁺`, `S⁻` the weighted sums of the scaled benefits and costs. COPRAS (`x/Σx`):
//! `Q = S⁺ + Σ S⁻/(S⁻ Σ 1/S⁻)`, score `Q/max Q`; MOORA (`x/√Σx²`): `S⁺ − S⁻`; OCRA: `I = Σ w (M − x)/m` over costs,
//! `O = Σ w (x − m)/m` over benefits, both less their least value, and the sum less its least value.
//!
//! **Source.** Zavadskas, Kaklauskas and Sarka (1994), *Technological and Economic Development of Economy* 1:131–139
//! (COPRAS); Brauers and Zavadskas (2006), *Control and Cybernetics* 35:445–469 (MOORA); Parkan (1994), *Omega* 22:235–249
//! and Madić, Petković and Radovanović (2015), *Decision Making: Applications in Management* (OCRA).
//!
//! **When not to use it.** COPRAS and OCRA need positive values; COPRAS needs at least one cost.
//! pymcdm 1.4 departs from COPRAS: see [`super::like_pymcdm`].

use super::scaling::{other_than_zero, positive};
use super::{Order, Problem};
use crate::composite::{Direction, range};
use crate::refusal::Refusal;
use crate::sum::sum;

/// COPRAS; scores relative to the best.
///
/// ```
/// use zhiheng_methods::{composite::Direction::{HigherIsBetter, LowerIsBetter}, decision::{Problem, ratio::copras}};
/// let gain_and_cost = vec![vec![5.0, 5.0], vec![10.0, 30.0]];
/// let problem = Problem::new(gain_and_cost, vec![HigherIsBetter, LowerIsBetter], &[1.0, 1.0]).unwrap();
/// let it = copras(&problem).unwrap();
/// assert_eq!(it.ranks, [1.0, 2.0]);
/// assert!((it.scores[1] - 0.6).abs() < 1e-12); // (0.25 + 0.125)/(0.25 + 0.375)
/// ```
pub fn copras(problem: &Problem) -> Result<Order, Refusal> {
    let (gains, costs) = shares(problem)?;
    // lowest costs first: with Σ S⁻ and Σ 1/S⁻ over all alternatives
    positive(&costs)?;
    let (all, inverse) = (sum(costs.iter().copied()), sum(costs.iter().map(|cost| 1.0 / cost)));
    let scores: Vec<f64> =
        gains.iter().zip(&costs).map(|(gain, cost)| gain + all / (cost * inverse)).collect();
    relative(&scores)
}

/// MOORA (ratio system).
pub fn moora(problem: &Problem) -> Result<Order, Refusal> {
    let mut columns = Vec::with_capacity(problem.criteria().len());
    for (column, direction, _) in problem.each() {
        let length = sum(column.iter().map(|x| x * x)).sqrt();
        other_than_zero(length)?;
        columns.push(column.iter().map(|x| direction.sign() * x / length).collect());
    }
    Order::highest_first(problem.sum_of(&columns, |r, weight| r * weight))
}

/// OCRA.
pub fn ocra(problem: &Problem) -> Result<Order, Refusal> {
    let n = problem.n_alternatives();
    let (mut inputs, mut outputs) = (vec![0.0; n], vec![0.0; n]);
    for (column, direction, weight) in problem.each() {
        positive(column)?;
        let (low, high) = range(column);
        for (i, x) in column.iter().enumerate() {
            match direction {
                Direction::LowerIsBetter => inputs[i] += weight * (high - x) / low,
                Direction::HigherIsBetter => outputs[i] += weight * (x - low) / low,
            }
        }
    }
    let (least_in, least_out) = (range(&inputs).0, range(&outputs).0);
    let both: Vec<f64> = inputs.iter().zip(&outputs).map(|(i, o)| i - least_in + (o - least_out)).collect();
    let least = range(&both).0;
    Order::highest_first(both.iter().map(|value| value - least).collect())
}

/// `S⁺` and `S⁻` of shares of the sum; refuses problems without a cost.
pub(super) fn shares(problem: &Problem) -> Result<(Vec<f64>, Vec<f64>), Refusal> {
    if !problem.directions().contains(&Direction::LowerIsBetter) {
        return Err(Refusal::Contradiction { what: "no criterion is a cost".into() });
    }
    let n = problem.n_alternatives();
    let (mut gains, mut costs) = (vec![0.0; n], vec![0.0; n]);
    for (column, direction, weight) in problem.each() {
        positive(column)?;
        let all = sum(column.iter().copied());
        let side = if direction == Direction::LowerIsBetter { &mut costs } else { &mut gains };
        for (total, x) in side.iter_mut().zip(column) {
            *total += weight * x / all;
        }
    }
    Ok((gains, costs))
}

pub(super) fn relative(scores: &[f64]) -> Result<Order, Refusal> {
    let best = range(scores).1;
    other_than_zero(best)?;
    Order::highest_first(scores.iter().map(|score| score / best).collect())
}
