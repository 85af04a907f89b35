//! Weights tied to known totals of the population: what they explain, and post-stratification.
//!
//! **What it answers.** The sample has 200 elementary schools by its weights, the register says 421. Which
//! weights agree with the register, and how much surer do they make the estimates?
//!
//! **Formula.** `w' = w N_g / Σ_g w` within each post-stratum `g`; the variance is that of the values less
//! their mean in the post-stratum.
//!
//! **Source.** Holt and Smith (1979), *Journal of the Royal Statistical Society A* 142:33–46; Deville and
//! Särndal (1992), *JASA* 87:376–382 (variance by residuals).
//!
//! **When not to use it.** With post-strata of fewer than about 20 rows, or totals that are themselves
//! estimates from a sample of like size: their error is not counted.

use std::sync::Arc;

use super::design::Design;
use crate::basis::Basis;
use crate::refusal::{Refusal, finite, same_length};
use crate::sum::Sum;

/// What an adjustment of the weights takes out of weighted values; all vectors by position.
#[derive(Debug)]
pub(super) enum Adjustment {
    /// Means of post-strata; `before` are the weights that came in.
    PostStrata { groups: Groups, before: Vec<f64> },
    /// Means of margins, in turn until nothing is left.
    Raking(Vec<Groups>),
    /// A regression: of values over `scale` on the columns behind `basis`.
    Regression { basis: Basis, scale: Vec<f64> },
}

/// Groups with the weights that hold after tying to them.
#[derive(Debug)]
pub(super) struct Groups {
    pub(super) group: Vec<u32>,
    pub(super) count: usize,
    pub(super) weights: Vec<f64>,
}

/// Rounds over the margins of a raking; as R survey does.
const ROUNDS: usize = 10;

impl Adjustment {
    /// Takes what the known totals explain out of the weighted values `z`.
    pub(super) fn take_out(&self, z: &mut [f64]) {
        match self {
            Adjustment::PostStrata { groups, before } => groups.centre(z, before),
            Adjustment::Raking(margins) => {
                let ones = vec![1.0; z.len()];
                for _ in 0..ROUNDS {
                    for margin in margins {
                        margin.centre(z, &ones);
                    }
                }
            }
            Adjustment::Regression { basis, scale } => {
                for (z, &scale) in z.iter_mut().zip(scale) {
                    *z = if scale == 0.0 { 0.0 } else { *z / scale };
                }
                basis.residual(z);
                for (z, &scale) in z.iter_mut().zip(scale) {
                    *z *= scale;
                }
            }
        }
    }
}

impl Groups {
    /// Takes from each `z / weight` its group's mean, weighted by `by`.
    fn centre(&self, z: &mut [f64], by: &[f64]) {
        let mut sums = vec![(Sum::default(), Sum::default()); self.count];
        for (at, &z) in z.iter().enumerate() {
            let (top, bottom) = &mut sums[self.group[at] as usize];
            if self.weights[at] != 0.0 {
                top.add(z * by[at] / self.weights[at]);
            }
            bottom.add(by[at]);
        }
        let means: Vec<f64> = sums
            .into_iter()
            .map(|(top, bottom)| if bottom.value() == 0.0 { 0.0 } else { top.value() / bottom.value() })
            .collect();
        for (at, z) in z.iter_mut().enumerate() {
            *z -= means[self.group[at] as usize] * self.weights[at];
        }
    }
}

impl Design {
    /// Ties the weights to the size of each post-stratum: `population[g]` for rows with `group == g`.
    ///
    /// Refused: group numbers without a population, a population of 0 or less with rows in the sample, and a
    /// population without a row (unless `partial`, which leaves it out).
    ///
    /// ```
    /// use zhiheng_methods::survey::{Design, Plan};
    /// let design = Design::prepare(&Plan { n_rows: 3, ..Plan::default() }).unwrap();
    /// let tied = design.post_stratify(&[0, 0, 1], &[10.0, 6.0], false).unwrap();
    /// assert_eq!(tied.weights(), [5.0, 5.0, 6.0]);
    /// ```
    pub fn post_stratify(&self, group: &[u32], population: &[f64], partial: bool) -> Result<Self, Refusal> {
        check_groups(group, population, self.n_rows())?;
        let group = self.in_order(group);
        let mut weights = self.weights.clone();
        tie(&mut weights, &group, population, partial)?;
        let groups = Groups { group, count: population.len(), weights: weights.clone() };
        Ok(self.adjusted(weights, Adjustment::PostStrata { groups, before: self.weights.clone() }))
    }

    pub(super) fn adjusted(&self, weights: Vec<f64>, adjustment: Adjustment) -> Self {
        let mut adjustments = self.adjustments.clone();
        adjustments.push(Arc::new(adjustment));
        Self { layout: Arc::clone(&self.layout), weights, adjustments }
    }
}

/// Refuses groups without a population and populations that are none.
pub(super) fn check_groups(group: &[u32], population: &[f64], n_rows: usize) -> Result<(), Refusal> {
    same_length("group", group.len(), n_rows)?;
    finite("population", population)?;
    if let Some(&value) = population.iter().find(|&&value| value < 0.0) {
        return Err(Refusal::OutOfRange { what: "population", value, allowed: ">= 0" });
    }
    match group.iter().find(|&&group| group as usize >= population.len()) {
        Some(group) => Err(Refusal::EmptyGroup { what: format!("the population of group {group}") }),
        None => Ok(()),
    }
}

/// Brings the weights of each group to its population.
pub(super) fn tie(
    weights: &mut [f64],
    group: &[u32],
    population: &[f64],
    partial: bool,
) -> Result<(), Refusal> {
    let mut sums = vec![Sum::default(); population.len()];
    for (&weight, &group) in weights.iter().zip(group) {
        sums[group as usize].add(weight);
    }
    let mut factors = Vec::with_capacity(population.len());
    for (group, (sum, &size)) in sums.into_iter().zip(population).enumerate() {
        let sample = sum.value();
        if sample == 0.0 && size > 0.0 && !partial {
            return Err(Refusal::EmptyGroup { what: format!("group {group} in the sample") });
        }
        if sample != 0.0 && size == 0.0 {
            return Err(Refusal::EmptyGroup { what: format!("the population of group {group}") });
        }
        factors.push(if sample == 0.0 { 1.0 } else { size / sample });
    }
    for (weight, &group) in weights.iter_mut().zip(group) {
        *weight *= factors[group as usize];
    }
    Ok(())
}
