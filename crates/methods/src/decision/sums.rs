//! Weighted sums and products of scaled criteria: WSM, WPM, WASPAS, and ARAS, COCOSO built on them.
//!
//! **What it answers.** The plainest order: points times weight, added or multiplied.
//!
//! **Formula.** With `r` the scaled criterion: WSM `Σ w r`; WPM `Π r^w`; WASPAS `λ Σ w r + (1 − λ) Π r^w`; ARAS
//! `Σ w r` of the alternative over that of an optimal one added to the table; COCOSO with `S = Σ w r`, `P = Σ r^w`:
//! `(kₐ k_b k_c)^{1/3} + (kₐ + k_b + k_c)/3`, `kₐ = (P + S)/Σ(P + S)`, `k_b = S/min S + P/min P`,
//! `k_c = (λS + (1 − λ)P)/(λ max S + (1 − λ) max P)`.
//!
//! **Source.** Fishburn (1967), *Operations Research* 15:537–542; Zavadskas, Turskis, Antucheviciene and Zakarevicius
//! (2012), *Elektronika ir Elektrotechnika* 122:3–6 (WASPAS); Zavadskas and Turskis (2010), *Technological and Economic
//! Development of Economy* 16:159–172 (ARAS); Yazdani, Zarate, Zavadskas and Turskis (2019), *Management Decision*
//! 57:2501–2519 (COCOSO).
//!
//! **When not to use it.** Sums where a failure on one criterion must not be made up for.

use super::scaling::{Scaling, scale, scale_all};
use super::{Order, Problem};
use crate::composite::{Direction, range};
use crate::refusal::{Refusal, finite, same_length};
use crate::sum::sum;

/// Weighted sum (WSM).
///
/// ```
/// use zhiheng_methods::{composite::Direction::HigherIsBetter, decision::{Problem, scaling::Scaling, sums::weighted_sum}};
/// let problem = Problem::new(vec![vec![1.0, 3.0], vec![9.0, 5.0]], vec![HigherIsBetter; 2], &[3.0, 1.0]).unwrap();
/// assert_eq!(weighted_sum(&problem, Scaling::MinMax).unwrap().scores, [0.25, 0.75]);
/// ```
pub fn weighted_sum(problem: &Problem, scaling: Scaling) -> Result<Order, Refusal> {
    Order::highest_first(problem.sum_of(&scale_all(problem, scaling)?, |r, weight| r * weight))
}

/// Weighted product (WPM).
pub fn weighted_product(problem: &Problem, scaling: Scaling) -> Result<Order, Refusal> {
    Order::highest_first(products(problem, &scale_all(problem, scaling)?))
}

/// Weighted sum and product, mixed by `lambda` from 0 (product) to 1 (sum) (WASPAS; usually ½ and [`Scaling::Linear`]).
pub fn waspas(problem: &Problem, scaling: Scaling, lambda: f64) -> Result<Order, Refusal> {
    share("lambda", lambda)?;
    let scaled = scale_all(problem, scaling)?;
    let sums = problem.sum_of(&scaled, |r, weight| r * weight);
    let mixed = sums.iter().zip(products(problem, &scaled)).map(|(s, p)| lambda * s + (1.0 - lambda) * p);
    Order::highest_first(mixed.collect())
}

/// Share of the optimum's weighted sum (ARAS; usually [`Scaling::Sum`]). `optimum` has one value per criterion; without it,
/// the best value of each criterion.
pub fn aras(problem: &Problem, scaling: Scaling, optimum: Option<&[f64]>) -> Result<Order, Refusal> {
    if let Some(optimum) = optimum {
        same_length("optimum", optimum.len(), problem.criteria().len())?;
        finite("optimum", optimum)?;
    }
    let mut extended = Vec::with_capacity(problem.criteria().len());
    for (at, (column, direction, _)) in problem.each().enumerate() {
        let (low, high) = range(column);
        let best = if direction == Direction::LowerIsBetter { low } else { high };
        let mut with_best = vec![optimum.map_or(best, |optimum| optimum[at])];
        with_best.extend_from_slice(column);
        extended.push(scale(&with_best, direction, scaling)?);
    }
    let one =
        |row: usize| sum(extended.iter().zip(problem.weights()).map(|(column, weight)| column[row] * weight));
    let best = one(0);
    super::scaling::other_than_zero(best)?;
    Order::highest_first((1..=problem.n_alternatives()).map(|row| one(row) / best).collect())
}

/// Combined compromise (COCOSO; usually [`Scaling::MinMax`] and `lambda` ½).
pub fn cocoso(problem: &Problem, scaling: Scaling, lambda: f64) -> Result<Order, Refusal> {
    share("lambda", lambda)?;
    let scaled = scale_all(problem, scaling)?;
    let sums = problem.sum_of(&scaled, |r, weight| r * weight);
    let powers = problem.sum_of(&scaled, libm::pow);
    let all = sum(sums.iter().chain(&powers).copied());
    let ((least_sum, most_sum), (least_power, most_power)) = (range(&sums), range(&powers));
    // an alternative that is worst on every criterion has S = 0, which the method divides by
    for value in [all, least_sum, least_power] {
        super::scaling::other_than_zero(value)?;
    }
    let score = |(s, p): (&f64, &f64)| {
        let a = (s + p) / all;
        let b = s / least_sum + p / least_power;
        let c = (lambda * s + (1.0 - lambda) * p) / (lambda * most_sum + (1.0 - lambda) * most_power);
        libm::pow(a * b * c, 1.0 / 3.0) + (a + b + c) / 3.0
    };
    Order::highest_first(sums.iter().zip(&powers).map(score).collect())
}

/// `Π r^w` per alternative.
fn products(problem: &Problem, scaled: &[Vec<f64>]) -> Vec<f64> {
    let one = |alternative: usize| {
        let each = scaled.iter().zip(problem.weights());
        each.map(|(column, &weight)| libm::pow(column[alternative], weight)).product()
    };
    (0..problem.n_alternatives()).map(one).collect()
}

/// Refuses what is not a share.
pub(crate) fn share(what: &'static str, value: f64) -> Result<(), Refusal> {
    if (0.0..=1.0).contains(&value) {
        Ok(())
    } else {
        Err(Refusal::OutOfRange { what, value, allowed: "[0, 1]" })
    }
}
