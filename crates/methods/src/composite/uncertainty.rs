//! How far an index depends on choices that could have been made otherwise.
//!
//! **What it answers.** Which places could a unit take if weights, normalisation, means and the figures themselves were
//! drawn from what is defensible, and which choice matters most?
//!
//! **Formula.** Every draw picks, independently: each weight `w (1 + noise · U)`, `U` uniform on (−1, 1); one of the
//! alternative normalisations and one of the alternative means for all indicators and groups; a normal error with the
//! given standard error for every figure; and, if asked, one indicator to leave out. Scores and places are computed for
//! every draw. Sensitivity: the mean absolute change of places against the plan, taken apart by [`crate::composite::sobol`].
//!
//! **Source.** Saisana, Saltelli and Tarantola (2005), *Journal of the Royal Statistical Society A* 168:307–323; OECD and
//! JRC (2008), *Handbook on Constructing Composite Indicators*, step 7; `get_sensitivity` of COINr 1.1.
//!
//! **When not to use it.** The draws say what follows from the alternatives that were listed, no more. Widths from `noise`
//! are a convention, not a confidence interval; only `errors` come from data.

use rayon::prelude::*;

use super::groups::Groups;
use super::index::{Plan, build, normalise_all};
use super::mean::Mean;
use super::rank::{Ties, quantile, scores};
use super::scale::Scale;
use super::sobol::{Bootstrap, Sobol, design, indices};
use crate::interval::{Interval, level_tail};
use crate::random::{Stream, check_draws, check_draws_of};
use crate::refusal::{Refusal, same_length};

/// What is in doubt; what is left at its default is not.
#[derive(Debug, Clone, Default)]
pub struct Doubt {
    /// Weights vary by this share of themselves to either side; from 0 to 1.
    pub weight_noise: f64,
    /// Normalisations to choose from, for all indicators; the plan's own if empty.
    pub scales: Vec<Scale>,
    /// Means to choose from, for all groups; the plan's own if empty.
    pub means: Vec<Mean>,
    /// Standard errors of the figures, per indicator and unit, in the indicator's unit; NaN and 0 for none.
    pub errors: Option<Vec<Vec<f64>>>,
    /// Whether every draw leaves out one indicator.
    pub leave_out: bool,
}

/// A unit's place over all draws.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Score by the plan.
    pub score: f64,
    /// Place by the plan, 1 being the best.
    pub rank: f64,
    /// Mean place over the draws.
    pub mean: f64,
    /// Median place over the draws.
    pub median: f64,
    /// Places between these quantiles of the draws.
    pub interval: Interval,
    /// Share of the draws in which the unit has the place of the plan.
    pub kept: f64,
    /// Scores between the same quantiles.
    pub scores: Interval,
}

/// Units that are compared at most: all pairs of them, draw by draw.
const UNITS_MAX: usize = 5000;

/// The result for one node of the hierarchy.
#[derive(Debug, Clone, PartialEq)]
pub struct Uncertainty {
    /// One per unit.
    pub places: Vec<Place>,
    /// Units that cannot be told apart.
    pub groups: Groups,
    /// Mean over units and draws of the absolute change of places.
    pub mean_change: f64,
}

/// Draws the index of node `node` `draws` times. Places and scores are given between the quantiles that hold the share
/// `level` of the draws; two units can be told apart if one is ahead in at least the share `level` of them.
///
/// Refuses what [`build`] refuses, for the plan and for any draw (a geometric mean of a score of 0, say), units without a
/// score, fewer than 2 draws or more than 100,000, and draws of more than 20 million scores in all; more than 5000 units.
pub fn uncertainty(
    plan: &Plan,
    doubt: &Doubt,
    node: usize,
    draws: usize,
    seed: u64,
    level: f64,
) -> Result<Uncertainty, Refusal> {
    let side = level_tail(level)?;
    let doubtful = Doubtful::new(plan, doubt, node, seed)?;
    let n_units = doubtful.nominal.len();
    if n_units > UNITS_MAX {
        return Err(Refusal::OutOfRange { what: "units", value: n_units as f64, allowed: "1 to 5000" });
    }
    check_draws_of("draws", draws, n_units)?;
    let one = |draw: usize| {
        let mut stream = Stream::new(seed, draw as u64);
        let at: Vec<f64> = FACTORS.iter().map(|_| stream.uniform()).collect();
        doubtful.scores(&at)
    };
    let drawn = (0..draws).into_par_iter().map(one).collect::<Result<Vec<Vec<f64>>, Refusal>>()?;
    let ranks: Vec<Vec<f64>> = drawn.par_iter().map(|unit| scores(unit, false, Ties::Min)).collect();
    let place = |unit: usize| {
        let of_unit = |table: &[Vec<f64>]| {
            let mut column: Vec<f64> = table.iter().map(|row| row[unit]).collect();
            column.sort_unstable_by(f64::total_cmp);
            column
        };
        let (places, points) = (of_unit(&ranks), of_unit(&drawn));
        let between = |sorted: &[f64]| Interval::new(quantile(sorted, side), quantile(sorted, 1.0 - side));
        let rank = doubtful.ranks[unit];
        Place {
            score: doubtful.nominal[unit],
            rank,
            mean: crate::sum::mean(&places),
            median: quantile(&places, 0.5),
            interval: between(&places),
            kept: places.iter().filter(|&&place| place == rank).count() as f64 / draws as f64,
            scores: between(&points),
        }
    };
    let places: Vec<Place> = (0..doubtful.nominal.len()).into_par_iter().map(place).collect();
    let changes = ranks.iter().map(|row| change(row, &doubtful.ranks));
    let mean_change = crate::sum::sum(changes) / draws as f64;
    let groups = Groups::new(&doubtful.nominal, &drawn, level);
    Ok(Uncertainty { places, groups, mean_change })
}

/// What a sensitivity analysis takes apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Sensitivity {
    /// Names of the choices in doubt: `weights`, `scale`, `mean`, `errors`, `leave_out`.
    pub factors: Vec<&'static str>,
    /// Their shares of the variance of the mean absolute change of places.
    pub sobol: Sobol,
}

/// Which doubt moves the places most, from `base` · (number of doubts + 2) draws; at least two doubts, `base` 2 to 100,000.
pub fn sensitivity(
    plan: &Plan,
    doubt: &Doubt,
    node: usize,
    base: usize,
    seed: u64,
    bootstrap: Option<Bootstrap>,
) -> Result<Sensitivity, Refusal> {
    let doubtful = Doubtful::new(plan, doubt, node, seed)?;
    let in_doubt = [
        doubt.weight_noise > 0.0,
        doubt.scales.len() > 1,
        doubt.means.len() > 1,
        doubt.errors.is_some(),
        doubt.leave_out,
    ];
    let which: Vec<usize> = (0..FACTORS.len()).filter(|&factor| in_doubt[factor]).collect();
    if which.len() < 2 {
        return Err(Refusal::TooFew { what: "doubts", found: which.len(), needed: 2 });
    }
    check_draws("base", base)?;
    let points = design(base, which.len(), seed)?;
    let one = |point: &Vec<f64>| {
        let mut at = [0.5; FACTORS.len()];
        for (&factor, &value) in which.iter().zip(point) {
            at[factor] = value;
        }
        let row = scores(&doubtful.scores(&at)?, false, Ties::Min);
        Ok(change(&row, &doubtful.ranks))
    };
    let answers = points.par_iter().map(one).collect::<Result<Vec<f64>, Refusal>>()?;
    let sobol = indices(&answers, base, which.len(), bootstrap)?;
    Ok(Sensitivity { factors: which.iter().map(|&factor| FACTORS[factor]).collect(), sobol })
}

/// The choices in doubt, in the order of a point's coordinates.
const FACTORS: [&str; 5] = ["weights", "scale", "mean", "errors", "leave_out"];

/// Mean absolute change of places.
fn change(ranks: &[f64], nominal: &[f64]) -> f64 {
    crate::sum::sum(ranks.iter().zip(nominal).map(|(a, b)| (a - b).abs())) / nominal.len() as f64
}

/// A plan and its doubts: scores as a function of a point in the unit cube, one coordinate per choice.
struct Doubtful<'a> {
    plan: &'a Plan,
    doubt: &'a Doubt,
    node: usize,
    seed: u64,
    nominal: Vec<f64>,
    ranks: Vec<f64>,
    /// The normalised indicators by each alternative, where the figures themselves are certain.
    ready: Vec<Vec<Vec<f64>>>,
}

impl<'a> Doubtful<'a> {
    fn new(plan: &'a Plan, doubt: &'a Doubt, node: usize, seed: u64) -> Result<Self, Refusal> {
        if !(0.0..=1.0).contains(&doubt.weight_noise) {
            let value = doubt.weight_noise;
            return Err(Refusal::OutOfRange { what: "weight_noise", value, allowed: "[0, 1]" });
        }
        check_errors(plan, doubt)?;
        let n_left = if doubt.leave_out { 2 } else { 1 };
        if plan.columns.len() < n_left {
            return Err(Refusal::TooFew { what: "indicators", found: plan.columns.len(), needed: n_left });
        }
        let mut index = build(plan)?;
        if node >= index.scores.len() {
            return Err(Refusal::Contradiction { what: format!("there is no node {node}") });
        }
        let (nominal, ranks) = (index.scores.swap_remove(node), index.ranks.swap_remove(node));
        refuse_missing(&nominal)?;
        let mut ready = Vec::new();
        if doubt.errors.is_none() {
            for alternative in 0..doubt.scales.len().max(1) {
                let scale = |at: usize| *doubt.scales.get(alternative).unwrap_or(&plan.scales[at]);
                ready.push(normalise_all(&plan.columns, &plan.directions, scale, plan)?);
            }
        }
        Ok(Self { plan, doubt, node, seed, nominal, ranks, ready })
    }

    fn scores(&self, at: &[f64]) -> Result<Vec<f64>, Refusal> {
        let (plan, doubt) = (self.plan, self.doubt);
        let pick = |coordinate: f64, n: usize| ((coordinate * n as f64) as usize).min(n.saturating_sub(1));
        let alternative = pick(at[1], self.doubt.scales.len().max(1));
        let erred;
        let normalised = match (&doubt.errors, self.ready.get(alternative)) {
            (None, Some(ready)) => ready,
            (errors, _) => {
                let columns = match errors {
                    Some(errors) => with_errors(plan, errors, &mut self.stream(1, at[3])),
                    None => plan.columns.clone(),
                };
                let scale = |at: usize| *doubt.scales.get(alternative).unwrap_or(&plan.scales[at]);
                erred = normalise_all(&columns, &plan.directions, scale, plan)?;
                &erred
            }
        };
        let mut weights: Vec<f64> = plan.tree.nodes().iter().map(|node| node.weight).collect();
        if doubt.weight_noise > 0.0 {
            let mut stream = self.stream(0, at[0]);
            for weight in &mut weights {
                *weight *= 1.0 + doubt.weight_noise * (2.0 * stream.uniform() - 1.0);
            }
        }
        if doubt.leave_out {
            weights[plan.tree.leaves()[pick(at[4], plan.columns.len())]] = 0.0;
        }
        let mean = doubt.means.get(pick(at[2], doubt.means.len())).copied();
        let own = |group: usize| mean.unwrap_or(plan.tree.nodes()[group].mean);
        let mut values = plan.tree.aggregate_with(normalised, |node| weights[node], own)?;
        let drawn = values.swap_remove(self.node);
        refuse_missing(&drawn)?;
        Ok(drawn)
    }

    /// Random numbers that a coordinate stands for: the same coordinate, the same numbers.
    fn stream(&self, purpose: u64, coordinate: f64) -> Stream {
        // streams of draws count from 0; these start far above, one half of the range per purpose
        Stream::new(self.seed, (1 << 63) | (purpose << 62) | (coordinate * (1_u64 << 53) as f64) as u64)
    }
}

/// The figures with one draw of their errors.
fn with_errors(plan: &Plan, errors: &[Vec<f64>], stream: &mut Stream) -> Vec<Vec<f64>> {
    let column = |(values, errors): (&Vec<f64>, &Vec<f64>)| {
        let one = |(value, error): (&f64, &f64)| {
            if *error > 0.0 { value + error * stream.normal() } else { *value }
        };
        values.iter().zip(errors).map(one).collect()
    };
    plan.columns.iter().zip(errors).map(column).collect()
}

fn check_errors(plan: &Plan, doubt: &Doubt) -> Result<(), Refusal> {
    let Some(errors) = &doubt.errors else { return Ok(()) };
    same_length("errors", errors.len(), plan.columns.len())?;
    for (column, values) in errors.iter().zip(&plan.columns) {
        same_length("errors", column.len(), values.len())?;
        if let Some(&value) = column.iter().find(|error| **error < 0.0 || error.is_infinite()) {
            return Err(Refusal::OutOfRange { what: "errors", value, allowed: ">= 0" });
        }
    }
    Ok(())
}

fn refuse_missing(scores: &[f64]) -> Result<(), Refusal> {
    match scores.iter().position(|score| score.is_nan()) {
        Some(row) => Err(Refusal::EmptyGroup { what: format!("unit {row}") }),
        None if scores.is_empty() => Err(Refusal::Empty { what: "units" }),
        None => Ok(()),
    }
}
