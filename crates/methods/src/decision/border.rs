//! MABAC and MAIRCA: gaps to a border and to a theoretical share.
//!
//! **What it answers.** On which side of the typical alternative does each stand (MABAC); how far is it from what it could
//! have (MAIRCA)?
//!
//! **Formula.** MABAC: `v = w (r + 1)`, border `g = (Π v)^{1/n}` per criterion, score `Σ (v − g)`. MAIRCA: gap
//! `Σ (w/n)(1 − r)`, lowest first.
//!
//! **Source.** Pamučar and Ćirović (2015), *Expert Systems with Applications* 42:3016–3028 (MABAC); Pamučar, Vasin and
//! Lukovac (2014), *Proceedings of the XVI international scientific-expert conference on railways*, 89–92 (MAIRCA).
//!
//! **When not to use it.** With min-max scaling both order as a weighted sum does; the scores add the border or the gap.

use super::scaling::{Scaling, scale_all};
use super::{Order, Problem};
use crate::refusal::Refusal;
use crate::sum::sum;

/// MABAC (usually [`Scaling::MinMax`]). Refuses scaled values of −1 and below, of which there is no border.
pub fn mabac(problem: &Problem, scaling: Scaling) -> Result<Order, Refusal> {
    let n = problem.n_alternatives();
    let mut distances = vec![Vec::with_capacity(problem.criteria().len()); n];
    for (column, &weight) in scale_all(problem, scaling)?.iter().zip(problem.weights()) {
        if let Some(&value) = column.iter().find(|&&value| value <= -1.0) {
            return Err(Refusal::OutOfRange { what: "scaled criterion", value, allowed: "> -1" });
        }
        // the mean of the logarithms, since the product itself underflows for many alternatives
        let log_mean = sum(column.iter().map(|&r| libm::log1p(r))) / n as f64;
        let border = weight * libm::exp(log_mean);
        for (distance, r) in distances.iter_mut().zip(column) {
            distance.push(weight * (r + 1.0) - border);
        }
    }
    Order::highest_first(distances.into_iter().map(sum).collect())
}

/// MAIRCA (usually [`Scaling::MinMax`]); the lowest score is the best.
pub fn mairca(problem: &Problem, scaling: Scaling) -> Result<Order, Refusal> {
    let n = problem.n_alternatives() as f64;
    let gap = |r: f64, weight: f64| weight / n * (1.0 - r);
    Order::lowest_first(problem.sum_of(&scale_all(problem, scaling)?, gap))
}
