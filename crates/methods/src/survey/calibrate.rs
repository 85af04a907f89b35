//! Calibration: weights as near as possible to the design's that give known totals of auxiliary values.
//!
//! **What it answers.** The register knows last year's score and the type of every school. Which weights
//! give these totals exactly, and how sure are this year's estimates with them?
//!
//! **Formula.** `w' = w F(x·λ/v)` with `Σ w' x` equal to the totals; `F(u) = 1 + u` (linear), `e^u`
//! (raking) or the logit function between bounds, each cut at bounds if such are given. Variance by the
//! residuals of the regression on `x`.
//!
//! **Source.** Deville and Särndal (1992), *Journal of the American Statistical Association* 87:376–382.
//! Newton's steps, their start and their end are those of R `survey` 4.1.1 (`calibrate`, `grake`), so that
//! weights agree beyond the tolerance.
//!
//! **When not to use it.** With auxiliary values measured otherwise in the sample than in the register, or
//! with nearly as many of them as rows.

use nalgebra::{DMatrix, DVector};

use super::adjust::Adjustment;
use super::design::Design;
use crate::basis::Basis;
use crate::refusal::{Refusal, finite, same_length};
use crate::sum::{Sum, sum};

/// What to calibrate to, and how.
#[derive(Debug, Clone, Copy)]
pub struct Calibration<'a> {
    /// Auxiliary values, each by row of the data. An intercept is a column of ones.
    pub columns: &'a [&'a [f64]],
    /// Total of each column in the population.
    pub totals: &'a [f64],
    /// Distance kept small.
    pub distance: Distance,
    /// Least and greatest factor on a weight; [`Distance::Logit`] must have them.
    pub bounds: Option<(f64, f64)>,
    /// Whether `bounds` bound the weights instead of the factors.
    pub bounds_of_weights: bool,
    /// Variance of each row in the model, up to a factor; none means equal.
    pub variance: Option<&'a [f64]>,
    /// Stage (from 0) within whose units weights change by the same factor; columns then count by their
    /// mean in the unit.
    pub same_within: Option<usize>,
    /// Factors outside are cut, and what is cut off is spread over the others: totals then hold no more.
    pub trim: Option<(f64, f64)>,
    /// Greatest misfit of a total, over 1 plus the total.
    pub tolerance: f64,
    /// Newton's steps at most.
    pub steps: usize,
}

/// The distance between weights that calibration keeps small.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Distance {
    /// Squares; factors `1 + u`, which can be negative without bounds.
    #[default]
    Linear,
    /// Entropy; factors `e^u`.
    Raking,
    /// Factors on a logistic curve between the bounds, which must lie around 1.
    Logit,
}

impl Default for Calibration<'_> {
    fn default() -> Self {
        Self {
            columns: &[],
            totals: &[],
            distance: Distance::Linear,
            bounds: None,
            bounds_of_weights: false,
            variance: None,
            same_within: None,
            trim: None,
            tolerance: 1e-7,
            steps: 50,
        }
    }
}

impl Design {
    /// Calibrates the weights.
    ///
    /// Refused: no columns, lengths that differ, negative weights, columns that depend on each other (linear
    /// without bounds), a column of zeros whose total is not 0, bounds not around 1, and totals that cannot
    /// be met within the bounds or the steps.
    ///
    /// ```
    /// use zhiheng_methods::survey::{Calibration, Design, Plan};
    /// let design = Design::prepare(&Plan { n_rows: 3, ..Plan::default() }).unwrap();
    /// let (ones, x) = ([1.0; 3], [1.0, 2.0, 3.0]);
    /// let to = Calibration { columns: &[&ones, &x], totals: &[3.0, 8.0], ..Calibration::default() };
    /// let weights = design.calibrate(&to).unwrap().weights();
    /// for (found, expected) in weights.iter().zip([0.0, 1.0, 2.0]) {
    ///     assert!((found - expected).abs() < 1e-14);
    /// }
    /// ```
    pub fn calibrate(&self, to: &Calibration) -> Result<Self, Refusal> {
        let model = self.model(to)?;
        let weights = self.averaged(&self.weights, to.same_within)?;
        let (factors, basis) = model.factors(&weights)?;
        let scale = factors.iter().zip(&weights).zip(&model.variance);
        let scale = scale.map(|((factor, weight), variance)| {
            factor * weight.sqrt() * if model.exact { variance.sqrt() } else { 1.0 }
        });
        let adjustment = Adjustment::Regression { basis, scale: scale.collect() };
        let weights = self.weights.iter().zip(&factors).map(|(weight, factor)| weight * factor).collect();
        Ok(self.adjusted(weights, adjustment))
    }

    /// The calibration with everything in the order of the positions.
    pub(super) fn model(&self, to: &Calibration) -> Result<Model, Refusal> {
        let n = self.n_rows();
        if to.columns.is_empty() {
            return Err(Refusal::Empty { what: "columns" });
        }
        same_length("totals", to.totals.len(), to.columns.len())?;
        finite("totals", to.totals)?;
        let (mut columns, mut totals) = (Vec::new(), Vec::new());
        for (column, &total) in to.columns.iter().zip(to.totals) {
            same_length("columns", column.len(), n)?;
            finite("columns", column)?;
            if column.iter().any(|&value| value != 0.0) {
                columns.push(self.averaged(&self.in_order(column), to.same_within)?);
                totals.push(total);
            } else if total != 0.0 {
                return Err(Refusal::Contradiction {
                    what: format!("a column of zeros cannot have total {total}"),
                });
            }
        }
        let mut variance = vec![1.0; n];
        if let Some(given) = to.variance {
            same_length("variance", given.len(), n)?;
            finite("variance", given)?;
            if let Some(&value) = given.iter().find(|&&value| value <= 0.0) {
                return Err(Refusal::OutOfRange { what: "variance", value, allowed: "> 0" });
            }
            variance = self.in_order(given);
        }
        let (low, high) = to.bounds.unwrap_or((f64::NEG_INFINITY, f64::INFINITY));
        let around_one = low < 1.0 && 1.0 < high;
        if low.is_nan() || high.is_nan() || low >= high || !(around_one || to.bounds_of_weights) {
            return Err(Refusal::OutOfRange { what: "bounds", value: low, allowed: "low < 1 < high" });
        }
        if to.distance == Distance::Logit && !(low.is_finite() && high.is_finite()) {
            return Err(Refusal::Contradiction { what: "logit calibration needs finite bounds".to_owned() });
        }
        let exact = to.distance == Distance::Linear && low == f64::NEG_INFINITY && high == f64::INFINITY;
        if exact {
            variance = self.averaged(&variance, to.same_within)?;
        }
        Ok(Model {
            columns,
            totals,
            variance,
            exact,
            distance: to.distance,
            bounds: (low, high),
            bounds_of_weights: to.bounds_of_weights,
            trim: to.trim,
            tolerance: to.tolerance,
            steps: to.steps,
        })
    }

    /// Values replaced by their mean in the units of a stage.
    pub(super) fn averaged(&self, values: &[f64], within: Option<usize>) -> Result<Vec<f64>, Refusal> {
        let Some(depth) = within else { return Ok(values.to_vec()) };
        let Some(level) = self.layout.levels.get(depth) else {
            return Err(Refusal::OutOfRange {
                what: "same_within",
                value: depth as f64,
                allowed: "the plan's stages",
            });
        };
        let mut sums = vec![(Sum::default(), 0.0); level.stratum.len()];
        for (&value, &unit) in values.iter().zip(&level.unit) {
            sums[unit as usize].0.add(value);
            sums[unit as usize].1 += 1.0;
        }
        Ok(level.unit.iter().map(|&unit| sums[unit as usize].0.value() / sums[unit as usize].1).collect())
    }
}

/// A calibration by position.
pub(super) struct Model {
    columns: Vec<Vec<f64>>,
    totals: Vec<f64>,
    pub(super) variance: Vec<f64>,
    /// Linear without bounds: one step gives the answer.
    pub(super) exact: bool,
    distance: Distance,
    bounds: (f64, f64),
    bounds_of_weights: bool,
    trim: Option<(f64, f64)>,
    tolerance: f64,
    steps: usize,
}

impl Model {
    /// Factors on `weights`, and the basis of the residuals.
    pub(super) fn factors(&self, weights: &[f64]) -> Result<(Vec<f64>, Basis), Refusal> {
        if let Some(&value) = weights.iter().find(|&&weight| weight < 0.0) {
            return Err(Refusal::OutOfRange { what: "weights", value, allowed: ">= 0" });
        }
        let half = |at: usize| {
            if self.exact { (weights[at] / self.variance[at]).sqrt() } else { weights[at].sqrt() }
        };
        let scaled = |column: &Vec<f64>| column.iter().enumerate().map(|(at, x)| x * half(at)).collect();
        let basis = Basis::of(self.columns.iter().map(scaled).collect());
        let sample: Vec<f64> = self.columns.iter().map(|column| product(column, weights)).collect();
        if self.exact {
            let gap: Vec<f64> =
                self.totals.iter().zip(&sample).map(|(total, sample)| total - sample).collect();
            let slope = basis.solve_squares(&gap).ok_or(Refusal::Singular { what: "columns" })?;
            let factors = self.along(&slope).iter().map(|u| 1.0 + u).collect();
            return Ok((factors, basis));
        }
        let mut factors = self.newton(weights, &sample)?;
        if let Some((low, high)) = self.trim {
            trim(&mut factors, weights, low, high);
        }
        Ok((factors, basis))
    }

    /// `x·slope / variance` of each row.
    fn along(&self, slope: &[f64]) -> Vec<f64> {
        let mut u = vec![0.0; self.variance.len()];
        for (column, slope) in self.columns.iter().zip(slope) {
            for (u, x) in u.iter_mut().zip(column) {
                *u += x * slope;
            }
        }
        for (u, variance) in u.iter_mut().zip(&self.variance) {
            *u /= variance;
        }
        u
    }

    /// Newton's steps to the factors.
    fn newton(&self, weights: &[f64], sample: &[f64]) -> Result<Vec<f64>, Refusal> {
        let bounds = |at: usize| match self.bounds {
            (low, high) if self.bounds_of_weights && weights[at] > 0.0 => {
                (low / weights[at], high / weights[at])
            }
            bounds => bounds,
        };
        // Weights far below the population (as when they sum to the sample) are scaled up first.
        let ratios: Vec<f64> = self.totals.iter().zip(sample).map(|(total, sample)| total / sample).collect();
        let least = ratios.iter().copied().fold(f64::INFINITY, f64::min);
        let scale = if least > 20.0 { crate::sum::mean(&ratios) } else { 1.0 };
        let weights: Vec<f64> = weights.iter().map(|weight| weight * scale).collect();
        let p = self.columns.len();
        let curve = |slope: &[f64]| -> Vec<(f64, f64)> {
            let along = self.along(slope);
            along.iter().enumerate().map(|(at, &u)| curve(self.distance, u, bounds(at))).collect()
        };
        let misfit = |now: &[(f64, f64)]| -> Vec<f64> {
            let gap = |(column, total): (&Vec<f64>, &f64)| {
                let terms = column.iter().zip(&weights).zip(now);
                total - sum(terms.map(|((x, weight), (factor, _))| x * weight * factor))
            };
            self.columns.iter().zip(&self.totals).map(gap).collect()
        };
        let mut slope = vec![0.0; p];
        let mut now = curve(&slope);
        let mut step = 1;
        loop {
            let squares = DMatrix::from_fn(p, p, |j, k| {
                let rows = self.columns[j].iter().zip(&self.columns[k]).enumerate();
                sum(rows.map(|(at, (a, b))| a * b * weights[at] * now[at].1 / self.variance[at]))
            });
            let mut change = pseudo_solve(squares, &misfit(&now))?;
            add(&mut slope, &change, 1.0);
            now = curve(&slope);
            while step < self.steps
                && now.iter().any(|(factor, slope)| !(factor.is_finite() && slope.is_finite()))
            {
                step += 1;
                for value in &mut change {
                    *value /= 2.0;
                }
                add(&mut slope, &change, -1.0);
                now = curve(&slope);
            }
            let left = misfit(&now);
            if left
                .iter()
                .zip(&self.totals)
                .all(|(left, total)| left.abs() / (1.0 + total.abs()) < self.tolerance)
            {
                return Ok(now.into_iter().map(|(factor, _)| factor * scale).collect());
            }
            step += 1;
            if step > self.steps {
                return Err(Refusal::NotConverged { what: "calibration", steps: self.steps });
            }
        }
    }
}

fn add(slope: &mut [f64], change: &[f64], sign: f64) {
    for (slope, change) in slope.iter_mut().zip(change) {
        *slope += sign * change;
    }
}

/// The factor at `u`, and the slope that Newton's step takes for it.
fn curve(distance: Distance, u: f64, (low, high): (f64, f64)) -> (f64, f64) {
    // Both distances test `u` itself against the bounds, as the reference does; it only bends the path.
    let inside = u < high - 1.0 && u > low - 1.0;
    match distance {
        Distance::Linear => ((u + 1.0).max(low).min(high), if inside { 1.0 } else { 0.0 }),
        Distance::Raking => {
            let factor = libm::exp(u);
            (factor.max(low).min(high), if inside { factor } else { 0.0 })
        }
        Distance::Logit => {
            let a = (high - low) / ((high - 1.0) * (1.0 - low));
            let e = libm::exp(a * u);
            let bottom = high - 1.0 + (1.0 - low) * e;
            let top = low * (high - 1.0) + high * (1.0 - low) * e;
            let slope = (1.0 - low) * e * a * (high / bottom - top / (bottom * bottom));
            (top / bottom, slope)
        }
    }
}

/// The shortest solution of a symmetric system, directions without weight left out (Moore–Penrose).
fn pseudo_solve(squares: DMatrix<f64>, right: &[f64]) -> Result<Vec<f64>, Refusal> {
    if squares.iter().any(|value| !value.is_finite()) {
        return Err(Refusal::NotConverged { what: "calibration", steps: 0 });
    }
    let eigen = squares.symmetric_eigen();
    let greatest = eigen.eigenvalues.iter().map(|value| value.abs()).fold(0.0, f64::max);
    let mut along = eigen.eigenvectors.tr_mul(&DVector::from_column_slice(right));
    for (value, &strength) in along.iter_mut().zip(eigen.eigenvalues.iter()) {
        let kept = strength.abs() > 256.0 * f64::EPSILON * greatest;
        *value = if kept { *value / strength } else { 0.0 };
    }
    Ok((eigen.eigenvectors * along).iter().copied().collect())
}

/// Cuts factors at `low` and `high` and spreads what was cut off over the others' weights.
fn trim(factors: &mut [f64], weights: &[f64], low: f64, high: f64) {
    let outside: Vec<bool> = factors.iter().map(|&factor| factor < low || factor > high).collect();
    let (mut cut, mut rest) = (Sum::default(), Sum::default());
    for ((factor, &weight), &outside) in factors.iter_mut().zip(weights).zip(&outside) {
        if outside {
            let kept = factor.max(low).min(high);
            cut.add((*factor - kept) * weight);
            *factor = kept;
        } else {
            rest.add(weight);
        }
    }
    let spread = if rest.value() > 0.0 { cut.value() / rest.value() } else { 0.0 };
    for (factor, &outside) in factors.iter_mut().zip(&outside) {
        if !outside {
            *factor += spread;
        }
    }
}

fn product(x: &[f64], weights: &[f64]) -> f64 {
    sum(x.iter().zip(weights).map(|(x, weight)| x * weight))
}
