//! Imputation from the relations between indicators: expectation and maximisation for the normal distribution.
//!
//! **What it answers.** What would a missing figure probably be, given the unit's other figures and how the indicators move
//! together?
//!
//! **Formula.** Alternately: every gap takes its conditional mean given the unit's present values,
//! `μ_g + Σ_gp Σ_pp⁻¹ (x_p − μ_p)`; then `μ` and `Σ` (divisor n) are computed from the filled table, the conditional
//! covariances `Σ_gg − Σ_gp Σ_pp⁻¹ Σ_pg` added. Starts from means and variances of the values present; ends when no
//! standardised mean or covariance moves by more than 1e-10.
//!
//! **Source.** Dempster, Laird and Rubin (1977), *Journal of the Royal Statistical Society B* 39:1–38; Little and Rubin
//! (2002), *Statistical Analysis with Missing Data*, 2nd ed., section 11.2.
//!
//! **When not to use it.** With fewer units than indicators and some, the covariances cannot be had (refused as singular):
//! impute group by group. Not for values missing because they are bad.

use std::collections::BTreeMap;

use nalgebra::{Cholesky, DMatrix, DVector};

use super::present;
use crate::refusal::{Refusal, at_least, same_length};
use crate::sum::{mean, sum};

/// A filled table and the distribution behind it.
#[derive(Debug, Clone, PartialEq)]
pub struct Filled {
    /// The indicators without gaps.
    pub columns: Vec<Vec<f64>>,
    /// Means of the indicators.
    pub means: Vec<f64>,
    /// Their covariances, divisor n.
    pub covariances: Vec<Vec<f64>>,
    /// Steps taken.
    pub steps: usize,
}

/// Fills the gaps of all indicators together, in at most `most_steps` steps. Units without any value get the means.
pub fn impute(columns: &[Vec<f64>], most_steps: usize) -> Result<Filled, Refusal> {
    at_least("columns", columns.len(), 1)?;
    let (n_units, width) = (columns.first().map_or(0, Vec::len), columns.len());
    at_least("units", n_units, 2)?;
    // Standardised, so that one tolerance fits all units of measurement.
    let (mut centres, mut spreads) = (Vec::new(), Vec::new());
    for (at, column) in columns.iter().enumerate() {
        same_length("column", column.len(), n_units)?;
        let known = present("column", column)?;
        let centre = mean(&known);
        let spread = (sum(known.iter().map(|x| (x - centre) * (x - centre))) / known.len() as f64).sqrt();
        if !spread.is_finite() || spread <= 1e-14 * centre.abs() {
            return Err(Refusal::NoVariation { what: format!("indicator {at}") });
        }
        centres.push(centre);
        spreads.push(spread);
    }
    let data = DMatrix::from_fn(n_units, width, |i, j| (columns[j][i] - centres[j]) / spreads[j]);
    let patterns = patterns(&data);
    let mut means = DVector::zeros(width);
    let mut covariances = DMatrix::identity(width, width);
    for step in 1..=most_steps {
        let (filled, extra) = expect(&data, &patterns, &means, &covariances)?;
        let (next_means, next_covariances) = maximise(&filled, &extra);
        let moved = (&next_means - &means).amax().max((&next_covariances - &covariances).amax());
        (means, covariances) = (next_means, next_covariances);
        if moved <= 1e-10 {
            let (filled, _) = expect(&data, &patterns, &means, &covariances)?;
            let back = |j: usize| {
                let column = (0..n_units).map(|i| {
                    let value = columns[j][i];
                    if value.is_nan() { filled[(i, j)] * spreads[j] + centres[j] } else { value }
                });
                column.collect()
            };
            let row = |j: usize| (0..width).map(|k| covariances[(j, k)] * spreads[j] * spreads[k]).collect();
            return Ok(Filled {
                columns: (0..width).map(back).collect(),
                means: (0..width).map(|j| means[j] * spreads[j] + centres[j]).collect(),
                covariances: (0..width).map(row).collect(),
                steps: step,
            });
        }
    }
    Err(Refusal::NotConverged { what: "expectation and maximisation", steps: most_steps })
}

/// Units by which of their values are missing.
fn patterns(data: &DMatrix<f64>) -> Vec<(Vec<bool>, Vec<usize>)> {
    let mut patterns = BTreeMap::<Vec<bool>, Vec<usize>>::new();
    for unit in 0..data.nrows() {
        let gaps: Vec<bool> = data.row(unit).iter().map(|value| value.is_nan()).collect();
        patterns.entry(gaps).or_default().push(unit);
    }
    patterns.into_iter().collect()
}

/// The table with conditional means in its gaps, and the sum of the conditional covariances.
fn expect(
    data: &DMatrix<f64>,
    patterns: &[(Vec<bool>, Vec<usize>)],
    means: &DVector<f64>,
    covariances: &DMatrix<f64>,
) -> Result<(DMatrix<f64>, DMatrix<f64>), Refusal> {
    let width = data.ncols();
    let (mut filled, mut extra) = (data.clone(), DMatrix::zeros(width, width));
    for (gaps, units) in patterns {
        let missing: Vec<usize> = (0..width).filter(|&j| gaps[j]).collect();
        let known: Vec<usize> = (0..width).filter(|&j| !gaps[j]).collect();
        if missing.is_empty() {
            continue;
        }
        let among = covariances.select_rows(&known).select_columns(&known);
        let across = covariances.select_rows(&known).select_columns(&missing);
        let slopes = if known.is_empty() {
            DMatrix::zeros(0, missing.len())
        } else {
            // A pivot near rounding means that an indicator follows from the others.
            let root = Cholesky::new(among).filter(|root| root.l_dirty().diagonal().min() > 1e-7);
            root.ok_or(Refusal::Singular { what: "covariances" })?.solve(&across)
        };
        let explained = product(&across, &slopes);
        for (a, &j) in missing.iter().enumerate() {
            for (b, &k) in missing.iter().enumerate() {
                extra[(j, k)] += (covariances[(j, k)] - explained[(a, b)]) * units.len() as f64;
            }
        }
        for &unit in units {
            for (a, &j) in missing.iter().enumerate() {
                let shift =
                    known.iter().enumerate().map(|(b, &k)| slopes[(b, a)] * (data[(unit, k)] - means[k]));
                filled[(unit, j)] = means[j] + sum(shift);
            }
        }
    }
    Ok((filled, extra))
}

/// Means and covariances (divisor n) of the filled table.
fn maximise(filled: &DMatrix<f64>, extra: &DMatrix<f64>) -> (DVector<f64>, DMatrix<f64>) {
    let n = filled.nrows() as f64;
    let means = DVector::from_fn(filled.ncols(), |j, _| sum(filled.column(j).iter().copied()) / n);
    let centred = DMatrix::from_fn(filled.nrows(), filled.ncols(), |i, j| filled[(i, j)] - means[j]);
    (means, (product(&centred, &centred) + extra) / n)
}

/// `aᵀb` with sums in a fixed order: the library's own product depends on the processor.
fn product(a: &DMatrix<f64>, b: &DMatrix<f64>) -> DMatrix<f64> {
    DMatrix::from_fn(a.ncols(), b.ncols(), |i, j| {
        sum(a.column(i).iter().zip(b.column(j).iter()).map(|(x, y)| x * y))
    })
}
