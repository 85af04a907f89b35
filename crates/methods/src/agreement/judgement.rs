//! What the additive model says about each rater and each judgement.

use nalgebra::{DMatrix, DVector};

use super::Ratings;
use super::leniency::Cell;
use crate::decision::weights::correlation;
use crate::interval::Interval;
use crate::special::{student_upper, student_upper_quantile};
use crate::sum::{mean, sum};

/// A rater against the others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rater {
    /// Points above (lenient) or below (severe) the average rater, on the same subjects.
    pub effect: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// Its interval, for this rater alone.
    pub interval: Interval,
    /// Two-sided p-value with Holm's correction over the raters; `None` if the error is 0.
    pub p_value: Option<f64>,
    /// Correlation with the mean of the others over the subjects seen together; `None` where one does not vary.
    pub with_others: Option<f64>,
    /// Mean square of what the model leaves of this rater's ratings by that of all: about 1, above it erratic. `None` if the
    /// error is 0.
    pub erratic: Option<f64>,
    /// Number of ratings.
    pub n_ratings: usize,
}

/// A judgement against what subject and rater explain.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Judgement {
    /// Row of the subject.
    pub subject: usize,
    /// Column of the rater.
    pub rater: usize,
    /// The rating.
    pub rating: f64,
    /// Rating less what the model expects.
    pub residual: f64,
    /// Residual by its standard error without this judgement; infinite if all else fits exactly; `None` where it cannot be had
    /// (one rater only saw the subject, or the error is 0).
    pub studentised: Option<f64>,
    /// Two-sided p-value with Bonferroni's correction over all judgements.
    pub p_value: Option<f64>,
}

/// `spread` is the error's variance, its degrees of freedom and the probability on each side.
pub(super) fn raters(
    ratings: &Ratings,
    effects: &DVector<f64>,
    inverse: &DMatrix<f64>,
    cells: &[Cell],
    (variance, freedom, side): (f64, f64, f64),
) -> Vec<Rater> {
    let square =
        |cells: &[&Cell]| sum(cells.iter().map(|cell| cell.residual * cell.residual)) / cells.len() as f64;
    let of_all = square(&cells.iter().collect::<Vec<&Cell>>());
    let width = student_upper_quantile(side, freedom);
    let one = |rater: usize| {
        let own: Vec<&Cell> = cells.iter().filter(|cell| cell.rater == rater).collect();
        let (effect, standard_error) = (effects[rater], (variance * inverse[(rater, rater)].max(0.0)).sqrt());
        let half = width * standard_error;
        let t = (effect / standard_error).abs();
        Rater {
            effect,
            standard_error,
            interval: Interval::new(effect - half, effect + half),
            p_value: (standard_error > 0.0).then(|| 2.0 * student_upper(t, freedom)),
            with_others: with_others(ratings, rater),
            erratic: (variance > 0.0).then(|| square(&own) / of_all),
            n_ratings: own.len(),
        }
    };
    let mut raters: Vec<Rater> = (0..ratings.n_raters()).map(one).collect();
    holm(&mut raters);
    raters
}

/// All judgements, the greatest studentised residual first; `cells` come with residuals of a fit on `freedom` degrees.
pub(super) fn judgements(cells: Vec<Cell>, variance: f64, freedom: f64) -> Vec<Judgement> {
    let n = cells.len() as f64;
    let one = |cell: Cell| {
        let free = 1.0 - cell.leverage;
        let inner = cell.residual / (variance * free).sqrt();
        // With the judgement left out one degree of freedom less remains; if nothing else is left of the error, the
        // judgement is all of it.
        let left = freedom - inner * inner;
        let can = variance > 0.0 && free > 1e-9 && freedom > 1.0;
        let outer = if left > 1e-9 * freedom {
            inner * ((freedom - 1.0) / left).sqrt()
        } else {
            f64::INFINITY.copysign(inner)
        };
        let studentised = can.then_some(outer);
        let tail = |t: f64| if t.is_finite() { student_upper(t.abs(), freedom - 1.0) } else { 0.0 };
        Judgement {
            subject: cell.subject,
            rater: cell.rater,
            rating: cell.rating,
            residual: cell.residual,
            studentised,
            p_value: studentised.map(|t| (2.0 * n * tail(t)).min(1.0)),
        }
    };
    let mut all: Vec<Judgement> = cells.into_iter().map(one).collect();
    let size = |judgement: &Judgement| judgement.studentised.map_or(-1.0, f64::abs);
    all.sort_by(|a, b| size(b).total_cmp(&size(a)));
    all
}

/// Correlation of a rater with the mean of the others.
fn with_others(ratings: &Ratings, rater: usize) -> Option<f64> {
    let (mut own, mut others) = (Vec::new(), Vec::new());
    for subject in ratings.subjects().filter(|subject| !subject[rater].is_nan()) {
        let rest: Vec<f64> = subject
            .iter()
            .enumerate()
            .filter(|(other, x)| *other != rater && !x.is_nan())
            .map(|(_, x)| *x)
            .collect();
        if !rest.is_empty() {
            own.push(subject[rater]);
            others.push(mean(&rest));
        }
    }
    correlation(&own, &others)
}

/// Holm's correction: the least p-value times their number, the next times one less …, never falling.
fn holm(raters: &mut [Rater]) {
    let mut order: Vec<usize> = (0..raters.len()).collect();
    order.sort_by(|&a, &b| raters[a].p_value.unwrap_or(2.0).total_cmp(&raters[b].p_value.unwrap_or(2.0)));
    let (n, mut least) = (raters.len(), 0.0);
    for (at, &rater) in order.iter().enumerate() {
        if let Some(p) = raters[rater].p_value {
            least = (p * (n - at) as f64).min(1.0).max(least);
            raters[rater].p_value = Some(least);
        }
    }
}
