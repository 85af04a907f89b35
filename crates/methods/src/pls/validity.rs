//! Do constructs differ from each other, and do items or drivers repeat each other?
//!
//! **What it answers.** Does “image” measure anything that “quality” does not? Which drivers cannot be told apart?
//!
//! **Formula.** HTMT: the mean correlation of items across two constructs over the geometric mean of the mean
//! correlations inside each. Fornell–Larcker: the root of AVE against the correlations. VIF: `1 / (1 − R²)` of an
//! item on its block, or of a driver on the other drivers.
//!
//! **Source.** Henseler, Ringle and Sarstedt (2015), *Journal of the Academy of Marketing Science* 43:115–135;
//! Roemer, Schuberth and Henseler (2021), *Industrial Management & Data Systems* 121:2637–2650 (HTMT2); Fornell
//! and Larcker (1981), *Journal of Marketing Research* 18:39–50.
//!
//! **When not to use it.** HTMT and Fornell–Larcker are for items that reflect one thing (mode A, factors). Usual
//! limits: HTMT 0.85 or 0.90, VIF 5.

use nalgebra::DMatrix;

use crate::refusal::Refusal;

use super::fit::Fit;
use super::linear::{factor, solve};
use super::reliability::reliability;

/// How correlations of items are averaged for HTMT.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Htmt {
    /// Arithmetic means of absolute correlations: the usual one.
    Absolute,
    /// Arithmetic means of correlations with their signs.
    Signed,
    /// Geometric means of absolute correlations (HTMT2).
    Geometric,
}

/// HTMT of every pair of constructs (symmetric, 1 on the diagonal); a single item counts as correlated 1 in itself.
///
/// `None` where the items of a construct do not correlate, or not in one direction.
pub fn htmt(it: &Fit, kind: Htmt) -> DMatrix<Option<f64>> {
    let value = |i: usize, j: usize| {
        let r = it.item_correlation(i, j);
        if kind == Htmt::Signed { r } else { r.abs() }
    };
    let mean = |pairs: &mut dyn Iterator<Item = (usize, usize)>| {
        let (mut total, mut count) = (0.0, 0.0);
        for (i, j) in pairs {
            total += if kind == Htmt::Geometric { libm::log(value(i, j)) } else { value(i, j) };
            count += 1.0;
        }
        if kind == Htmt::Geometric { libm::exp(total / count) } else { total / count }
    };
    let inside: Vec<f64> = (0..it.k())
        .map(|block| {
            let range = it.model.items(block);
            if range.len() == 1 {
                return 1.0;
            }
            mean(&mut range.clone().flat_map(|i| (i + 1..range.end).map(move |j| (i, j))))
        })
        .collect();
    DMatrix::from_fn(it.k(), it.k(), |one, other| {
        if one == other {
            return Some(1.0);
        }
        // The lower number first, so that both halves have the same bits.
        let (a, b) = (it.model.items(one.min(other)), it.model.items(one.max(other)));
        let across = mean(&mut a.flat_map(|i| b.clone().map(move |j| (i, j))));
        let ratio = across / (inside[one] * inside[other]).sqrt();
        ratio.is_finite().then_some(ratio)
    })
}

/// Roots of AVE on the diagonal, correlations among scores beside it (symmetric): each root should exceed its row.
pub fn fornell_larcker(it: &Fit) -> DMatrix<f64> {
    let mut table = it.score_correlations.clone();
    for (block, reliability) in reliability(it).into_iter().enumerate() {
        table[(block, block)] = reliability.ave.sqrt();
    }
    table
}

/// VIF of every item on the other items of its construct; 1 for a single item.
///
/// Errors: an item that the others of its block determine.
pub fn item_vif(it: &Fit) -> Result<Vec<f64>, Refusal> {
    let mut all = Vec::with_capacity(it.weights.len());
    for block in 0..it.k() {
        let items: Vec<usize> = it.model.items(block).collect();
        let vif = inverse_diagonal(&items, |i, j| it.item_correlation(i, j));
        all.extend(vif.ok_or(Refusal::Singular { what: "the items of a construct" })?);
    }
    Ok(all)
}

/// VIF of every driver (row) of every construct (column) among its drivers, from the scores; `None` where there is
/// no path or no other driver.
///
/// Errors: a driver that the others determine.
pub fn driver_vif(it: &Fit) -> Result<DMatrix<Option<f64>>, Refusal> {
    let mut table = DMatrix::from_element(it.k(), it.k(), None);
    for target in 0..it.k() {
        let sources = it.model.sources(target);
        if sources.len() < 2 {
            continue;
        }
        let vif = inverse_diagonal(sources, |i, j| it.score_correlations[(i, j)]);
        let vif = vif.ok_or(Refusal::Singular { what: "the scores that drive a construct" })?;
        for (from, vif) in sources.iter().zip(vif) {
            table[(*from, target)] = Some(vif);
        }
    }
    Ok(table)
}

/// The diagonal of the inverse of a correlation matrix; `None` if it is singular.
fn inverse_diagonal(members: &[usize], correlation: impl Fn(usize, usize) -> f64) -> Option<Vec<f64>> {
    let n = members.len();
    let mut matrix: Vec<f64> =
        members.iter().flat_map(|i| members.iter().map(|j| correlation(*i, *j))).collect();
    if !factor(&mut matrix, n) {
        return None;
    }
    let one = |at: usize| {
        let mut column = vec![0.0; n];
        column[at] = 1.0;
        solve(&matrix, n, &mut column);
        column[at]
    };
    Some((0..n).map(one).collect())
}
