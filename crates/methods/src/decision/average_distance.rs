//! EDAS and CODAS: distances from the average and from the worst.
//!
//! **What it answers.** Who is above the average (EDAS), or farthest from the worst of everything (CODAS)?
//!
//! **Formula.** EDAS: `SP = Σ w max(0, (x − x̄)/x̄)`, `SN = Σ w max(0, (x̄ − x)/x̄)` (for costs the other way round), score
//! `½ (SP/max SP + 1 − SN/max SN)`. CODAS: with `v = w r`, `E` and `T` the Euclidean and city-block distances from the
//! least `v` of each criterion: `Σ_k (E_i − E_k) + ψ(E_i − E_k)(T_i − T_k)`, `ψ(x) = 1` if `|x| ≥ τ`, else 0.
//!
//! **Source.** Keshavarz Ghorabaee, Zavadskas, Olfat and Turskis (2015), *Informatica* 26:435–451 (EDAS); Keshavarz
//! Ghorabaee, Zavadskas, Turskis and Antucheviciene (2016), *Economic Computation and Economic Cybernetics Studies and
//! Research* 50(3):25–44 (CODAS, with ψ(x)(T_i − T_k)).
//!
//! **When not to use it.** EDAS divides by the average of each criterion: refused where it is 0 and meaningless on scales
//! without a true zero.

use super::scaling::{Scaling, other_than_zero, scale_all};
use super::{Order, Problem};
use crate::composite::range;
use crate::refusal::Refusal;
use crate::sum::{mean, sum};

/// EDAS. Refuses alternatives that are all equal.
pub fn edas(problem: &Problem) -> Result<Order, Refusal> {
    let n = problem.n_alternatives();
    let (mut above, mut below) = (vec![0.0; n], vec![0.0; n]);
    for (column, direction, weight) in problem.each() {
        let average = mean(column);
        other_than_zero(average)?;
        for (i, value) in column.iter().enumerate() {
            let lead = direction.sign() * (value - average) / average;
            above[i] += weight * lead.max(0.0);
            below[i] += weight * (-lead).max(0.0);
        }
    }
    let (most_above, most_below) = (range(&above).1, range(&below).1);
    // equal values differ from their mean by rounding
    if most_above <= 1e-14 || most_below <= 1e-14 {
        return Err(Refusal::NoVariation { what: "alternatives".into() });
    }
    let score = |(p, n): (&f64, &f64)| 0.5 * (p / most_above + 1.0 - n / most_below);
    Order::highest_first(above.iter().zip(&below).map(score).collect())
}

/// CODAS (usually [`Scaling::Linear`] and `threshold` 0.02).
pub fn codas(problem: &Problem, scaling: Scaling, threshold: f64) -> Result<Order, Refusal> {
    if !(threshold >= 0.0 && threshold.is_finite()) {
        return Err(Refusal::OutOfRange { what: "threshold", value: threshold, allowed: ">= 0" });
    }
    let mut columns = scale_all(problem, scaling)?;
    for (column, weight) in columns.iter_mut().zip(problem.weights()) {
        let worst = range(column).0;
        for value in column.iter_mut() {
            *value = weight * (*value - worst);
        }
    }
    let n = problem.n_alternatives();
    let euclid: Vec<f64> = (0..n).map(|i| sum(columns.iter().map(|c| c[i] * c[i])).sqrt()).collect();
    let block: Vec<f64> = (0..n).map(|i| sum(columns.iter().map(|c| c[i].abs()))).collect();
    let score = |i: usize| {
        sum((0..n).map(|k| {
            let lead = euclid[i] - euclid[k];
            if lead.abs() >= threshold { lead + block[i] - block[k] } else { lead }
        }))
    };
    Order::highest_first((0..n).map(score).collect())
}
