//! An index in one call: normalise every indicator, put them together, rank.
//!
//! **What it answers.** The score and the place of every unit, for the index and for each group in it.
//!
//! **Formula.** [`crate::composite::scale::normalise`] for every indicator, then [`Tree::aggregate`]; places with 1 for the
//! best, ties sharing the lowest place.
//!
//! **Source.** OECD and JRC (2008), *Handbook on Constructing Composite Indicators*. Repeats `Normalise`, `Aggregate` and
//! `get_results` of COINr 1.1.
//!
//! **When not to use it.** Without [`crate::composite::uncertainty`] beside it: a list of places looks more certain than it
//! is.

use super::Direction;
use super::rank::{Ties, scores};
use super::scale::{Scale, normalise};
use super::tree::Tree;
use crate::refusal::{Refusal, same_length};

/// Indicators and how they become an index.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The indicators in the order of the tree's leaves, each as long as there are units; NaN is missing.
    pub columns: Vec<Vec<f64>>,
    /// Whether more is better, per indicator.
    pub directions: Vec<Direction>,
    /// How each is normalised.
    pub scales: Vec<Scale>,
    /// The hierarchy with its weights and means.
    pub tree: Tree,
}

/// An index with all its parts.
#[derive(Debug, Clone, PartialEq)]
pub struct Index {
    /// The normalised indicators, in the order of the plan.
    pub normalised: Vec<Vec<f64>>,
    /// The score of each unit, per node of the tree.
    pub scores: Vec<Vec<f64>>,
    /// The place of each unit, per node; NaN where the score is missing.
    pub ranks: Vec<Vec<f64>>,
}

/// Carries out a plan.
///
/// ```
/// use zhiheng_methods::composite::{Direction, index::{Plan, build}, mean::Mean, scale::Scale, tree::Tree};
/// let plan = Plan {
///     columns: vec![vec![90.0, 95.0, 99.0], vec![2.0, 4.0, 3.0]], // pass rate, loss rate
///     directions: vec![Direction::HigherIsBetter, Direction::LowerIsBetter],
///     scales: vec![Scale::HUNDRED; 2],
///     tree: Tree::flat(&[1.0, 1.0], Mean::Arithmetic).unwrap(),
/// };
/// let index = build(&plan).unwrap();
/// assert_eq!(index.scores[2][2], 75.0);
/// assert_eq!(index.ranks[2], [2.0, 3.0, 1.0]);
/// ```
pub fn build(plan: &Plan) -> Result<Index, Refusal> {
    let normalised =
        normalise_all(&plan.columns, &plan.directions, |indicator| plan.scales[indicator], plan)?;
    let values = plan.tree.aggregate(&normalised)?;
    let ranks = values.iter().map(|column| scores(column, false, Ties::Min)).collect();
    Ok(Index { normalised, scores: values, ranks })
}

/// Normalises `columns`, the plan's or others in their place, each on its scale.
pub(crate) fn normalise_all(
    columns: &[Vec<f64>],
    directions: &[Direction],
    scale: impl Fn(usize) -> Scale,
    plan: &Plan,
) -> Result<Vec<Vec<f64>>, Refusal> {
    let n_indicators = plan.tree.leaves().len();
    same_length("columns", columns.len(), n_indicators)?;
    same_length("directions", directions.len(), n_indicators)?;
    same_length("scales", plan.scales.len(), n_indicators)?;
    let n_units = columns.first().map_or(0, Vec::len);
    let one = |(at, column): (usize, &Vec<f64>)| {
        same_length("column", column.len(), n_units)?;
        normalise(column, directions[at], &scale(at)).map_err(|refusal| name(refusal, at))
    };
    columns.iter().enumerate().map(one).collect()
}

/// Says which indicator does not vary.
fn name(refusal: Refusal, indicator: usize) -> Refusal {
    match refusal {
        Refusal::NoVariation { .. } => Refusal::NoVariation { what: format!("indicator {indicator}") },
        Refusal::Empty { .. } => Refusal::EmptyGroup { what: format!("indicator {indicator}") },
        other => other,
    }
}
