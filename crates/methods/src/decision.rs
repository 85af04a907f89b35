//! Decisions with several criteria: weights, and methods that order alternatives.
//!
//! **What it answers.** Which of a closed set of alternatives (enterprises for an award, items for an inspection plan) come
//! first, when the criteria pull in different directions?
//!
//! The steps: a [`Problem`] (criteria, directions, weights); [`weights`] from the data or [`ahp`] from judgements; one of
//! the methods. Every method answers with scores and places ([`Order`]).
//!
//! **Source.** Each method has its own; the digits are those of the Python package pymcdm 1.4.
//!
//! **When not to use it.** As an oracle: the methods disagree, and adding or removing an alternative can turn the order of
//! the others. Where they disagree, say so.

pub mod ahp;
pub mod average_distance;
pub mod border;
pub mod eigen;
pub mod ideal;
pub mod like_pymcdm;
pub mod outranking;
pub mod ratio;
pub mod reference;
pub mod scaling;
pub mod sums;
pub mod vikor;
pub mod weights;

use crate::composite::Direction;
use crate::composite::rank::{Ties, scores};
use crate::refusal::{Refusal, at_least, same_length};
use crate::sum::sum;

/// Alternatives under several criteria, checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    criteria: Vec<Vec<f64>>,
    directions: Vec<Direction>,
    weights: Vec<f64>,
}

/// Alternatives in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    /// The method's score of each alternative.
    pub scores: Vec<f64>,
    /// Its place, 1 being the best; equal scores share the mean of their places.
    pub ranks: Vec<f64>,
}

impl Problem {
    /// `criteria[j][i]` is alternative `i` under criterion `j`; weights are relative and not negative.
    ///
    /// Refuses values that are missing or not finite (impute them first), fewer than 2 alternatives, and weights that are
    /// negative or all 0.
    ///
    /// ```
    /// use zhiheng_methods::{composite::Direction::{HigherIsBetter, LowerIsBetter}, decision::Problem};
    /// let price_and_range = vec![vec![20.0, 30.0], vec![300.0, 500.0]];
    /// let it = Problem::new(price_and_range, vec![LowerIsBetter, HigherIsBetter], &[2.0, 2.0]).unwrap();
    /// assert_eq!(it.weights(), [0.5, 0.5]);
    /// ```
    pub fn new(
        criteria: Vec<Vec<f64>>,
        directions: Vec<Direction>,
        weights: &[f64],
    ) -> Result<Self, Refusal> {
        check_criteria(&criteria)?;
        same_length("directions", directions.len(), criteria.len())?;
        same_length("weights", weights.len(), criteria.len())?;
        if let Some(&value) = weights.iter().find(|weight| !(**weight >= 0.0 && weight.is_finite())) {
            return Err(Refusal::OutOfRange { what: "weights", value, allowed: ">= 0" });
        }
        let total = sum(weights.iter().copied());
        if !(total > 0.0 && total.is_finite()) {
            return Err(Refusal::OutOfRange { what: "sum of weights", value: total, allowed: "> 0" });
        }
        let weights = weights.iter().map(|weight| weight / total).collect();
        Ok(Self { criteria, directions, weights })
    }

    /// The criteria, each as long as there are alternatives.
    pub fn criteria(&self) -> &[Vec<f64>] {
        &self.criteria
    }

    /// Whether more is better, per criterion.
    pub fn directions(&self) -> &[Direction] {
        &self.directions
    }

    /// Weights that sum to 1.
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// Number of alternatives, at least 2.
    pub fn n_alternatives(&self) -> usize {
        self.criteria.first().map_or(0, Vec::len)
    }

    /// Criterion, direction and weight.
    pub(crate) fn each(&self) -> impl Iterator<Item = (&[f64], Direction, f64)> {
        let both = self.directions.iter().zip(&self.weights);
        self.criteria
            .iter()
            .zip(both)
            .map(|(column, (&direction, &weight))| (column.as_slice(), direction, weight))
    }

    /// Per alternative the sum over the criteria of what `part` makes of them.
    pub(crate) fn sum_of(&self, columns: &[Vec<f64>], part: impl Fn(f64, f64) -> f64) -> Vec<f64> {
        let one = |alternative: usize| {
            sum(columns.iter().zip(&self.weights).map(|(column, &weight)| part(column[alternative], weight)))
        };
        (0..self.n_alternatives()).map(one).collect()
    }
}

impl Order {
    /// Places by the highest score.
    pub(crate) fn highest_first(scores: Vec<f64>) -> Result<Self, Refusal> {
        Self::new(scores, false)
    }

    /// Places by the lowest score.
    pub(crate) fn lowest_first(scores: Vec<f64>) -> Result<Self, Refusal> {
        Self::new(scores, true)
    }

    fn new(points: Vec<f64>, lowest_is_best: bool) -> Result<Self, Refusal> {
        match points.iter().position(|score| !score.is_finite()) {
            Some(row) => Err(Refusal::NotFinite { what: "scores", row }),
            None => Ok(Self { ranks: scores(&points, lowest_is_best, Ties::Average), scores: points }),
        }
    }
}

/// Refuses ragged columns, missing values and fewer than 2 alternatives.
pub(crate) fn check_criteria(criteria: &[Vec<f64>]) -> Result<(), Refusal> {
    at_least("criteria", criteria.len(), 1)?;
    let n = criteria.first().map_or(0, Vec::len);
    at_least("alternatives", n, 2)?;
    for column in criteria {
        same_length("criterion", column.len(), n)?;
        crate::refusal::finite("criterion", column)?;
    }
    Ok(())
}
