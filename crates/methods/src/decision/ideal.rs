//! TOPSIS: near the ideal and far from its opposite.
//!
//! **What it answers.** Which alternative comes closest to one that had the best of everything?
//!
//! **Formula.** `v = w r` with `r` the scaled criterion; distances `D⁺`, `D⁻` to the best and the worst `v` of each
//! criterion (Euclidean); score `D⁻/(D⁺ + D⁻)`.
//!
//! **Source.** Hwang and Yoon (1981), *Multiple Attribute Decision Making*, pp. 128–140 (vector scaling).
//!
//! **When not to use it.** The distances let criteria make up for each other; and with vector scaling a changed alternative
//! moves all the others.

use super::scaling::{Scaling, scale_all};
use super::{Order, Problem};
use crate::composite::range;
use crate::refusal::Refusal;
use crate::sum::sum;

/// TOPSIS with the given scaling ([`Scaling::Vector`] in the source).
///
/// Refuses alternatives that are all equal: then best and worst are the same.
///
/// ```
/// use zhiheng_methods::{composite::Direction::HigherIsBetter, decision::{Problem, ideal::topsis, scaling::Scaling}};
/// let problem = Problem::new(vec![vec![3.0, 4.0, 5.0]], vec![HigherIsBetter], &[1.0]).unwrap();
/// assert_eq!(topsis(&problem, Scaling::MinMax).unwrap().scores, [0.0, 0.5, 1.0]);
/// ```
pub fn topsis(problem: &Problem, scaling: Scaling) -> Result<Order, Refusal> {
    let mut columns = scale_all(problem, scaling)?;
    let mut ends = Vec::with_capacity(columns.len());
    for (column, weight) in columns.iter_mut().zip(problem.weights()) {
        for value in column.iter_mut() {
            *value *= weight;
        }
        ends.push(range(column));
    }
    let distance = |alternative: usize, end: &dyn Fn(&(f64, f64)) -> f64| {
        let parts = columns.iter().zip(&ends).map(|(column, ends)| column[alternative] - end(ends));
        sum(parts.map(|part| part * part)).sqrt()
    };
    let mut scores = Vec::with_capacity(problem.n_alternatives());
    for alternative in 0..problem.n_alternatives() {
        let to_worst = distance(alternative, &|ends| ends.0);
        let to_best = distance(alternative, &|ends| ends.1);
        if to_worst + to_best == 0.0 {
            return Err(Refusal::NoVariation { what: "alternatives".into() });
        }
        scores.push(to_worst / (to_worst + to_best));
    }
    Order::highest_first(scores)
}
