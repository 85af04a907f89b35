//! The factors of a calibration: one step for the linear form, Newton's steps for the others.

use nalgebra::{DMatrix, DVector};

use super::calibrate::Distance;
use crate::basis::Basis;
use crate::refusal::Refusal;
use crate::sum::{Sum, sum};

/// A calibration by position.
pub(super) struct Model {
    pub(super) columns: Vec<Vec<f64>>,
    pub(super) totals: Vec<f64>,
    pub(super) variance: Vec<f64>,
    /// Linear without bounds: one step gives the answer.
    pub(super) exact: bool,
    pub(super) distance: Distance,
    pub(super) bounds: (f64, f64),
    pub(super) bounds_of_weights: bool,
    pub(super) trim: Option<(f64, f64)>,
    pub(super) tolerance: f64,
    pub(super) steps: usize,
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
