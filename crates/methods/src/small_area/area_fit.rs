//! The variance between areas in the Fay–Herriot model: restricted or full likelihood, or moments.
//!
//! Fisher's scoring, kept between a value where the score is positive and one where it is negative, so that it
//! cannot run away; where the score is not positive at 0 the variance is 0.

use super::fay_herriot::AreaMethod;
use crate::basis::Basis;
use crate::refusal::Refusal;
use crate::sum::sum;

const STEPS: usize = 1000;

/// Sampled areas: direct estimates, their variances, auxiliary columns.
pub(super) struct Areas {
    pub(super) y: Vec<f64>,
    pub(super) variance: Vec<f64>,
    pub(super) columns: Vec<Vec<f64>>,
}

/// The weighted regression at one variance between areas.
pub(super) struct Regression {
    /// `1 / (A + ψ)` of each area.
    pub(super) weights: Vec<f64>,
    pub(super) beta: Vec<f64>,
    /// `(X'V⁻¹X)⁻¹` by columns.
    pub(super) inverse: Vec<Vec<f64>>,
    pub(super) residuals: Vec<f64>,
}

impl Areas {
    /// The regression with the variance `a` between areas.
    pub(super) fn regress(&self, a: f64) -> Result<Regression, Refusal> {
        let weights: Vec<f64> = self.variance.iter().map(|psi| 1.0 / (a + psi)).collect();
        if weights.iter().any(|weight| !weight.is_finite()) {
            return Err(Refusal::NoVariation {
                what: "y (areas without variance agree with the model)".to_owned(),
            });
        }
        let half = |values: &[f64]| -> Vec<f64> {
            values.iter().zip(&weights).map(|(value, weight)| value * weight.sqrt()).collect()
        };
        let basis = Basis::of(self.columns.iter().map(|column| half(column)).collect());
        let singular = Refusal::Singular { what: "columns" };
        let beta = basis.coefficients(&half(&self.y)).ok_or_else(|| singular.clone())?;
        let inverse = basis.inverse_squares().ok_or(singular)?;
        let residuals = (0..self.y.len()).map(|area| self.y[area] - self.predicted(&beta, area)).collect();
        Ok(Regression { weights, beta, inverse, residuals })
    }

    fn predicted(&self, beta: &[f64], area: usize) -> f64 {
        sum(self.columns.iter().zip(beta).map(|(column, beta)| column[area] * beta))
    }

    /// The score of the variance between areas at `a`, and its expected slope.
    fn score(&self, method: AreaMethod, a: f64) -> Result<(f64, f64), Refusal> {
        let it = self.regress(a)?;
        let (m, p) = (self.y.len() as f64, self.columns.len());
        let powers = |power: u32| sum(it.weights.iter().map(|weight| power_of(*weight, power)));
        let squares = |power: u32| {
            sum(it.residuals.iter().zip(&it.weights).map(|(r, weight)| r * r * power_of(*weight, power)))
        };
        Ok(match method {
            AreaMethod::Moments => (squares(1) - (m - p as f64), powers(1)),
            AreaMethod::Ml => (0.5 * (squares(2) - powers(1)), 0.5 * powers(2)),
            AreaMethod::Reml => {
                let second = self.times_inverse(&it, 2);
                let third = self.times_inverse(&it, 3);
                let trace = |matrix: &[Vec<f64>]| sum((0..p).map(|j| matrix[j][j]));
                let square = sum((0..p).flat_map(|j| {
                    let second = &second;
                    (0..p).map(move |k| second[j][k] * second[k][j])
                }));
                let projected = powers(1) - trace(&second);
                let twice = powers(2) - 2.0 * trace(&third) + square;
                (0.5 * (squares(2) - projected), 0.5 * twice)
            }
        })
    }

    /// `(X'V⁻¹X)⁻¹ X'V⁻ᵖX`.
    pub(super) fn times_inverse(&self, it: &Regression, power: u32) -> Vec<Vec<f64>> {
        let p = self.columns.len();
        let weights: Vec<f64> = it.weights.iter().map(|weight| power_of(*weight, power)).collect();
        let product = |j: usize, k: usize| {
            let rows = self.columns[j].iter().zip(&self.columns[k]).zip(&weights);
            sum(rows.map(|((a, b), weight)| a * b * weight))
        };
        let middle: Vec<Vec<f64>> = (0..p).map(|j| (0..p).map(|k| product(j, k)).collect()).collect();
        let entry = |j: usize, k: usize| sum((0..p).map(|l| it.inverse[l][j] * middle[l][k]));
        (0..p).map(|j| (0..p).map(|k| entry(j, k)).collect()).collect()
    }

    /// The variance between areas, and the steps it took.
    pub(super) fn between(&self, method: AreaMethod) -> Result<(f64, usize), Refusal> {
        let mut sorted = self.variance.clone();
        sorted.sort_by(f64::total_cmp);
        let middle = sorted.len() / 2;
        let median = if sorted.len() % 2 == 1 {
            sorted[middle]
        } else {
            f64::midpoint(sorted[middle - 1], sorted[middle])
        };
        let mut a = if median > 0.0 { median } else { crate::sum::variance(&self.y) };
        if a <= 0.0 {
            return Err(Refusal::NoVariation { what: "y".to_owned() });
        }
        let scale = a;
        // The score is positive at `low` and negative at `high`.
        let (mut low, mut high) = (None, f64::INFINITY);
        for step in 1..=STEPS {
            let (score, slope) = self.score(method, a)?;
            if !(score.is_finite() && slope.is_finite() && slope > 0.0) {
                return Err(Refusal::NotFinite { what: "y", row: 0 });
            }
            if score > 0.0 {
                low = Some(a);
            } else {
                high = a;
            }
            let mut next = a + score / slope;
            let near = |from: f64, to: f64| (to - from).abs() <= 4.0 * f64::EPSILON * from;
            if near(a, next) {
                return Ok((next, step));
            }
            if next <= 0.0 && low.is_none() {
                // Areas known exactly forbid 0, unless the model meets them.
                let at_zero = sorted[0] > 0.0;
                if at_zero && self.score(method, 0.0)?.0 <= 0.0 {
                    return Ok((0.0, step));
                }
                low = Some(0.0);
            }
            let from = low.unwrap_or(0.0);
            if !(next > from && next < high) {
                next = if high.is_finite() { f64::midpoint(from, high) } else { 2.0 * a };
            }
            if near(a, next) {
                return Ok((next, step));
            }
            if next < 1e-14 * scale {
                // Nothing between areas is left, and the areas known exactly do not say otherwise.
                return if sorted[0] > 0.0 {
                    Ok((0.0, step))
                } else {
                    Err(Refusal::NoVariation { what: "y".to_owned() })
                };
            }
            a = next;
        }
        Err(Refusal::NotConverged { what: "the variance between areas", steps: STEPS })
    }
}

/// A small whole power by multiplication, the same on every machine.
fn power_of(value: f64, power: u32) -> f64 {
    (0..power).fold(1.0, |product, _| product * value)
}
