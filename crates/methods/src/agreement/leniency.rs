//! Severe and lenient raters, and single judgements out of line.
//!
//! **What it answers.** By how many points does each rater mark above or below the others, given which subjects he saw; which
//! judgements does that not explain; and what would the subjects have got from the average rater?
//!
//! **Formula.** `x = subject + rater + error`, least squares, rater effects summing to 0. With `L` the Laplacian of who rated
//! with whom, `L⁺` its pseudo-inverse and `s²` the residual variance: effects `L⁺b`, standard errors `s √L⁺_jj`, t tests on
//! `N − n − k + 1` degrees of freedom with Holm's correction. A judgement's residual is studentised without itself and tested
//! with Bonferroni's correction over all judgements.
//!
//! **Source.** Searle (1971), *Linear Models*, chapter 7 (two-way classification with unequal numbers); Cook and Weisberg
//! (1982), *Residuals and Influence in Regression*, sections 2.2 and 2.2.2; Holm (1979), *Scandinavian Journal of Statistics*
//! 6:65–70.
//!
//! **When not to use it.** Raters who share no subjects, not even by way of others, cannot be compared (refused). One gross
//! outlier hides others: correct it and run again. A deviation is a question to the rater, not a fault found.

use nalgebra::{Cholesky, DMatrix, DVector};

use super::icc::f_upper;
use super::{Judgement, Rater, Ratings, judgement};
use crate::interval::level_tail;
use crate::refusal::{Refusal, at_least};
use crate::sum::{mean, sum};

/// The additive model of a table of ratings.
#[derive(Debug, Clone, PartialEq)]
pub struct Leniency {
    /// One per rater.
    pub raters: Vec<Rater>,
    /// What each subject would get from the average rater; NaN for a subject that nobody rated.
    pub fair: Vec<f64>,
    /// All judgements, the most surprising first.
    pub judgements: Vec<Judgement>,
    /// Standard deviation of the error.
    pub error: f64,
    /// Its degrees of freedom.
    pub freedom: f64,
    /// F statistic of the test that raters do not differ; `None` if the error is 0.
    pub f: Option<f64>,
    /// Its p-value.
    pub p_value: Option<f64>,
}

/// Fits the model to all ratings there are; gaps are allowed. `level` is that of the raters' intervals.
///
/// ```
/// use zhiheng_methods::agreement::{Ratings, leniency::leniency};
/// let ratings = Ratings::from_raters(&[vec![6.0, 8.0, 7.0], vec![7.0, 9.0, 8.0], vec![8.0, 9.0, 10.0]]).unwrap();
/// let it = leniency(&ratings, 0.95).unwrap();
/// assert!((it.raters[0].effect + 1.0).abs() < 1e-12); // one point below the mean of all
/// ```
pub fn leniency(ratings: &Ratings, level: f64) -> Result<Leniency, Refusal> {
    let side = level_tail(level)?;
    let k = ratings.n_raters();
    let (inverse, right) = normal_equations(ratings)?;
    let effects = &inverse * &right;
    let cells = cells(ratings, &effects, &inverse);
    let n_subjects = ratings.subjects().filter(|subject| subject.iter().any(|x| !x.is_nan())).count();
    let freedom = (cells.len() + 1).saturating_sub(n_subjects + k);
    at_least("ratings beyond those that fix the model", freedom, 1)?;
    let freedom = freedom as f64;
    let largest = cells.iter().fold(0.0, |most: f64, cell| most.max(cell.rating.abs()));
    let left = sum(cells.iter().map(|cell| cell.residual * cell.residual));
    // what rounding alone leaves counts as nothing
    let left = if left <= cells.len() as f64 * (largest * 1e-14) * (largest * 1e-14) { 0.0 } else { left };
    let variance = left / freedom;
    if !(variance.is_finite() && effects.iter().all(|effect| effect.is_finite())) {
        return Err(super::too_large());
    }
    let between = right.dot(&effects).max(0.0) / (k as f64 - 1.0);
    let f = (variance > 0.0).then(|| between / variance);
    let fair = fair(ratings, &effects);
    Ok(Leniency {
        raters: judgement::raters(ratings, &effects, &inverse, &cells, (variance, freedom, side)),
        fair,
        judgements: judgement::judgements(cells, variance, freedom),
        error: variance.sqrt(),
        freedom,
        f,
        p_value: f.map(|f| f_upper(f, (k as f64 - 1.0, freedom))),
    })
}

/// One rating with what the model leaves of it.
pub(super) struct Cell {
    pub(super) subject: usize,
    pub(super) rater: usize,
    pub(super) rating: f64,
    pub(super) residual: f64,
    /// The share of its own value in its fitted value.
    pub(super) leverage: f64,
}

/// The pseudo-inverse of the raters' Laplacian and the right-hand side, subjects swept out.
fn normal_equations(ratings: &Ratings) -> Result<(DMatrix<f64>, DVector<f64>), Refusal> {
    let k = ratings.n_raters();
    let (mut laplacian, mut right) = (DMatrix::<f64>::zeros(k, k), DVector::<f64>::zeros(k));
    for subject in ratings.subjects() {
        let (raters, centre) = seen(subject);
        for &j in &raters {
            laplacian[(j, j)] += 1.0;
            right[j] += subject[j] - centre;
            for &other in &raters {
                laplacian[(j, other)] -= 1.0 / raters.len() as f64;
            }
        }
    }
    let even = 1.0 / k as f64;
    // The constant vector is the one direction a connected Laplacian does not see.
    let filled = laplacian.add_scalar(even);
    let root = Cholesky::new(filled).filter(|root| root.l_dirty().diagonal().min() > 1e-7);
    let root = root.ok_or_else(|| Refusal::Contradiction {
        what: "raters fall into groups without a subject in common".into(),
    })?;
    Ok((root.inverse().add_scalar(-even), right))
}

/// The raters who rated a subject, and their mean.
fn seen(subject: &[f64]) -> (Vec<usize>, f64) {
    let raters: Vec<usize> = (0..subject.len()).filter(|&j| !subject[j].is_nan()).collect();
    let centre = mean(&raters.iter().map(|&j| subject[j]).collect::<Vec<f64>>());
    (raters, centre)
}

/// Residual and leverage of every rating.
fn cells(ratings: &Ratings, effects: &DVector<f64>, inverse: &DMatrix<f64>) -> Vec<Cell> {
    let mut cells = Vec::new();
    for (at, subject) in ratings.subjects().enumerate() {
        let (raters, centre) = seen(subject);
        let m = raters.len() as f64;
        let effect = sum(raters.iter().map(|&j| effects[j])) / m;
        // the mean of the inverse over the subject's raters, by row and in all
        let row = |j: usize| sum(raters.iter().map(|&other| inverse[(j, other)])) / m;
        let rows: Vec<f64> = raters.iter().map(|&j| row(j)).collect();
        let all = sum(rows.iter().copied()) / m;
        for (&j, of_row) in raters.iter().zip(rows) {
            cells.push(Cell {
                subject: at,
                rater: j,
                rating: subject[j],
                residual: subject[j] - centre - effects[j] + effect,
                leverage: 1.0 / m + inverse[(j, j)] - 2.0 * of_row + all,
            });
        }
    }
    cells
}

fn fair(ratings: &Ratings, effects: &DVector<f64>) -> Vec<f64> {
    let one = |subject: &[f64]| {
        let known: Vec<f64> =
            subject.iter().enumerate().filter(|(_, x)| !x.is_nan()).map(|(j, x)| x - effects[j]).collect();
        mean(&known)
    };
    ratings.subjects().map(one).collect()
}
