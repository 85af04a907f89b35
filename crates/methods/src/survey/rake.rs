//! Raking: weights tied to the margins of a table whose inside is not known.
//!
//! **What it answers.** The register gives schools by type and, apart, by size, but not by both. Which
//! weights agree with both?
//!
//! **Formula.** Post-stratify by each margin in turn until no cell of the table changes by `epsilon`.
//!
//! **Source.** Deming and Stephan (1940), *Annals of Mathematical Statistics* 11:427–444; variance by
//! residuals of the margins, as R `survey::rake` 4.1.1, whose stopping rule this repeats.
//!
//! **When not to use it.** When the table's inside is known: post-stratify by it.

use super::adjust::{Adjustment, Groups, check_groups, tie};
use super::design::Design;
use crate::refusal::Refusal;
use crate::sum::Sum;

/// One margin: group of each row of the data, population of each group.
#[derive(Debug, Clone, Copy)]
pub struct Margin<'a> {
    /// Group of each row, below the length of `population`.
    pub group: &'a [u32],
    /// Population of each group.
    pub population: &'a [f64],
}

/// A margin checked: group by position, population by group.
pub(super) type Tied<'a> = (Vec<u32>, &'a [f64]);

/// When raking ends.
#[derive(Debug, Clone, Copy)]
pub struct RakingControl {
    /// Rounds over all margins at most; raking that needs more is refused.
    pub rounds: usize,
    /// Greatest change of a cell of the table in the last round: in units of the population, or, below 1,
    /// as a share of it.
    pub epsilon: f64,
}

impl Default for RakingControl {
    /// R's: 10 rounds, a change below 1 unit.
    fn default() -> Self {
        Self { rounds: 10, epsilon: 1.0 }
    }
}

impl Design {
    /// Rakes the weights to `margins`.
    ///
    /// Refused: what [`Design::post_stratify`] refuses for a margin, no margin, margins with different
    /// totals, and margins that do not settle.
    ///
    /// ```
    /// use zhiheng_methods::survey::{Design, Margin, Plan, RakingControl};
    /// let design = Design::prepare(&Plan { n_rows: 4, ..Plan::default() }).unwrap();
    /// let rows = Margin { group: &[0, 0, 1, 1], population: &[30.0, 70.0] };
    /// let columns = Margin { group: &[0, 1, 0, 1], population: &[40.0, 60.0] };
    /// let tied = design.rake(&[rows, columns], RakingControl::default()).unwrap();
    /// assert_eq!(tied.weights(), [12.0, 18.0, 28.0, 42.0]);
    /// ```
    pub fn rake(&self, margins: &[Margin], control: RakingControl) -> Result<Self, Refusal> {
        let sorted = self.margins(margins)?;
        let epsilon = absolute(control.epsilon, &self.weights);
        let cells = cells(&sorted, self.n_rows());
        let mut weights = self.weights.clone();
        let mut after: Vec<Vec<f64>> = Vec::new();
        let mut before = table(&weights, &cells);
        for _ in 0..control.rounds {
            after.clear();
            for (group, population) in &sorted {
                tie(&mut weights, group, population, false)?;
                after.push(weights.clone());
            }
            let now = table(&weights, &cells);
            if change(&before, &now) < epsilon {
                let groups = sorted.into_iter().zip(after).map(|((group, population), weights)| Groups {
                    group,
                    count: population.len(),
                    weights,
                });
                return Ok(self.adjusted(weights, Adjustment::Raking(groups.collect())));
            }
            before = now;
        }
        Err(Refusal::NotConverged { what: "raking", steps: control.rounds })
    }

    /// The margins checked, groups by position.
    pub(super) fn margins<'a>(&self, margins: &[Margin<'a>]) -> Result<Vec<Tied<'a>>, Refusal> {
        if margins.is_empty() {
            return Err(Refusal::Empty { what: "margins" });
        }
        let totals = || margins.iter().map(|margin| crate::sum::sum(margin.population.iter().copied()));
        let (least, most) = (totals().fold(f64::INFINITY, f64::min), totals().fold(0.0, f64::max));
        if most - least > 1e-6 * most {
            return Err(Refusal::Contradiction { what: format!("margins sum to {least} and to {most}") });
        }
        let each = margins.iter().map(|margin| {
            check_groups(margin.group, margin.population, self.n_rows())?;
            Ok((self.in_order(margin.group), margin.population))
        });
        each.collect()
    }
}

/// A change below 1 is a share of all weights.
pub(super) fn absolute(epsilon: f64, weights: &[f64]) -> f64 {
    if epsilon < 1.0 { epsilon * crate::sum::sum(weights.iter().copied()) } else { epsilon }
}

/// The cell of the joint table of all margins at each position, numbered from 0.
pub(super) fn cells(margins: &[Tied], n: usize) -> Vec<u32> {
    let mut cells = vec![0_u32; n];
    for (group, _) in margins {
        let mut numbers = std::collections::BTreeMap::new();
        for (cell, &group) in cells.iter_mut().zip(group) {
            let next = numbers.len() as u32;
            *cell = *numbers.entry((*cell, group)).or_insert(next);
        }
    }
    cells
}

/// The weights of each cell.
pub(super) fn table(weights: &[f64], cells: &[u32]) -> Vec<f64> {
    let n = cells.iter().max().map_or(0, |&last| last as usize + 1);
    let mut sums = vec![Sum::default(); n];
    for (&weight, &cell) in weights.iter().zip(cells) {
        sums[cell as usize].add(weight);
    }
    sums.into_iter().map(Sum::value).collect()
}

/// The greatest change of a cell.
pub(super) fn change(before: &[f64], now: &[f64]) -> f64 {
    before.iter().zip(now).map(|(before, now)| (before - now).abs()).fold(0.0, f64::max)
}
