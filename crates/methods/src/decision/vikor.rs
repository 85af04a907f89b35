//! VIKOR: a compromise between the majority of criteria and the worst of them.
//!
//! **What it answers.** Which alternative (or set of them) would the least satisfied accept best?
//!
//! **Formula.** `S = Σ w (f* − f)/(f* − f⁻)`, `R = max w (f* − f)/(f* − f⁻)`,
//! `Q = v (S − S*)/(S⁻ − S*) + (1 − v)(R − R*)/(R⁻ − R*)`; lowest `Q` first. The first is the compromise if it leads the
//! second by at least `1/(n − 1)` and is also first by `S` or by `R`; if only the second condition fails, first and second
//! are; else all that are within `1/(n − 1)` of the first.
//!
//! **Source.** Opricovic and Tzeng (2004), *European Journal of Operational Research* 156:445–455.
//!
//! **When not to use it.** A criterion on which all alternatives are equal is refused. Where all `S` (or all `R`) agree, its
//! part of `Q` is 0.

use super::sums::share;
use super::{Order, Problem};
use crate::composite::{Direction, range};
use crate::refusal::Refusal;
use crate::sum::sum;

/// The compromise order.
#[derive(Debug, Clone, PartialEq)]
pub struct Vikor {
    /// `Q` and its places.
    pub order: Order,
    /// `S`: how much is missing in all.
    pub group: Vec<f64>,
    /// `R`: how much is missing on the worst criterion.
    pub regret: Vec<f64>,
    /// The compromise: alternatives in the order of `Q`.
    pub compromise: Vec<usize>,
}

/// VIKOR with `v` the weight of the majority (usually ½).
pub fn vikor(problem: &Problem, v: f64) -> Result<Vikor, Refusal> {
    share("v", v)?;
    let n = problem.n_alternatives();
    let mut missing = Vec::with_capacity(problem.criteria().len());
    for (at, (column, direction, weight)) in problem.each().enumerate() {
        let (low, high) = range(column);
        if low == high {
            return Err(Refusal::NoVariation { what: format!("criterion {at}") });
        }
        let is_cost = direction == Direction::LowerIsBetter;
        let gap = |x: &f64| weight * (if is_cost { x - low } else { high - x }) / (high - low);
        missing.push(column.iter().map(gap).collect::<Vec<f64>>());
    }
    let group: Vec<f64> = (0..n).map(|i| sum(missing.iter().map(|column| column[i]))).collect();
    let regret: Vec<f64> =
        (0..n).map(|i| missing.iter().map(|column| column[i]).fold(0.0, f64::max)).collect();
    let ((group_best, group_worst), (regret_best, regret_worst)) = (range(&group), range(&regret));
    let part = |x: f64, best: f64, worst: f64| if best == worst { 0.0 } else { (x - best) / (worst - best) };
    let q = group.iter().zip(&regret).map(|(&s, &r)| {
        v * part(s, group_best, group_worst) + (1.0 - v) * part(r, regret_best, regret_worst)
    });
    let order = Order::lowest_first(q.collect())?;
    let compromise = compromise(&order.scores, &group, &regret);
    Ok(Vikor { order, group, regret, compromise })
}

fn compromise(q: &[f64], group: &[f64], regret: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..q.len()).collect();
    order.sort_by(|&a, &b| q[a].total_cmp(&q[b]));
    let (Some(&first), Some(&second)) = (order.first(), order.get(1)) else { return order };
    let enough = 1.0 / (q.len() as f64 - 1.0);
    // a lead that is short by rounding alone is a lead
    let leads = q[second] - q[first] >= enough - 1e-12;
    let least = |values: &[f64]| values[first] <= range(values).0 + 1e-12;
    if leads && (least(group) || least(regret)) {
        order.truncate(1);
    } else if leads {
        order.truncate(2);
    } else {
        order.retain(|&other| q[other] - q[first] < enough - 1e-12);
    }
    order
}
