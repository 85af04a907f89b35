//! Direct, indirect and total effects, and what each path explains.
//!
//! **What it answers.** How much does satisfaction rise with quality, all ways taken together? Which path could
//! be left out?
//!
//! **Formula.** Total effects `B + B² + B³ + …` with `B` the paths. `f² = (R² − R²₋) / (1 − R²)` with `R²₋` after
//! leaving a path out.
//!
//! **Source.** Lohmöller (1989), chapter 2; Cohen (1988), *Statistical Power Analysis for the Behavioral Sciences*,
//! page 410 (f²: 0.02 small, 0.15 medium, 0.35 large).
//!
//! **When not to use it.** Effects are not causes unless the design makes them so.

use nalgebra::DMatrix;

use crate::refusal::Refusal;

use super::fit::{Fit, of_correlations};
use super::linear::solve_any;

/// Effects of rows on columns, in standard deviations.
#[derive(Debug, Clone, PartialEq)]
pub struct Effects {
    /// Along one path.
    pub direct: DMatrix<f64>,
    /// Along two or more paths.
    pub indirect: DMatrix<f64>,
    /// Together.
    pub total: DMatrix<f64>,
}

/// Effects of an estimated model.
pub fn effects(it: &Fit) -> Effects {
    let total = total(&it.paths);
    Effects { direct: it.paths.clone(), indirect: &total - &it.paths, total }
}

/// The sum of all powers of `paths`, which form no loop.
pub(super) fn total(paths: &DMatrix<f64>) -> DMatrix<f64> {
    let mut total = paths.clone();
    let mut power = paths.clone();
    for _ in 1..paths.nrows() {
        power = &power * paths;
        total += &power;
    }
    total
}

/// What happens to the weights when a path is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Without {
    /// They stay, and so do the scores: Cohen's f².
    SameScores,
    /// The whole model is estimated anew, as R's seminr does.
    Anew,
}

/// f² of every path (row to column); `None` where there is no path, or R² is 1.
///
/// Errors: as [`super::fit::fit`] of the model without a path.
pub fn f_squared(it: &Fit, without: Without) -> Result<DMatrix<Option<f64>>, Refusal> {
    let mut table = DMatrix::from_element(it.k(), it.k(), None);
    for &(from, to) in it.model.paths() {
        let Some(with) = it.r_squared[to] else { continue };
        let left = match without {
            Without::SameScores => same_scores(it, from, to)?,
            Without::Anew => anew(it, from, to)?,
        };
        let value = (with - left) / (1.0 - with);
        table[(from, to)] = value.is_finite().then_some(value);
    }
    Ok(table)
}

/// R² of `to` without the path from `from`, among the same scores.
fn same_scores(it: &Fit, from: usize, to: usize) -> Result<f64, Refusal> {
    let sources: Vec<usize> = it.model.sources(to).iter().copied().filter(|other| *other != from).collect();
    let matrix: Vec<f64> =
        sources.iter().flat_map(|i| sources.iter().map(|j| it.correlations[(*i, *j)])).collect();
    let with: Vec<f64> = sources.iter().map(|i| it.correlations[(*i, to)]).collect();
    let mut coefficients = with.clone();
    if !sources.is_empty() && !solve_any(&matrix, sources.len(), &mut coefficients) {
        return Err(Refusal::Singular { what: "the scores that drive a construct" });
    }
    Ok(with.iter().zip(&coefficients).map(|(a, b)| a * b).sum())
}

/// R² of `to` in the model without the path.
fn anew(it: &Fit, from: usize, to: usize) -> Result<f64, Refusal> {
    if it.model.sources(to).len() == 1 {
        return Ok(0.0);
    }
    let Some((model, kept)) = it.model.without(from, to) else { return Ok(0.0) };
    // Items of constructs that stand alone now fall out.
    let items: Vec<usize> = kept.iter().flat_map(|block| it.model.items(*block)).collect();
    let correlations: Vec<f64> =
        items.iter().flat_map(|i| items.iter().map(|j| it.item_correlation(*i, *j))).collect();
    let deviations: Vec<f64> = items.iter().map(|item| it.deviations[*item]).collect();
    let left = of_correlations(&model, &correlations, &deviations, &it.settings)?;
    let place = kept.iter().position(|block| *block == to);
    Ok(place.and_then(|place| left.r_squared[place]).unwrap_or(0.0))
}
