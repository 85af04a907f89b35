//! The Fay–Herriot model: direct estimates of areas, drawn to a regression by as much as they are unsure.
//!
//! **What it answers.** Every area has a direct estimate and its variance, and figures from registers. What is
//! the best prediction for each area, also for areas without a sample, and how far off could it be?
//!
//! **Formula.** `y_d = x_d'β + u_d + e_d`, `u_d ~ (0, A)`, `e_d ~ (0, ψ_d)` with `ψ_d` known. Prediction
//! `x_d'β̂ + γ_d (y_d − x_d'β̂)`, `γ_d = Â/(Â + ψ_d)`. Mean squared error `g₁ + g₂ + 2g₃` with
//! `g₁ = γψ`, `g₂ = (1 − γ)² x'(X'V⁻¹X)⁻¹x`, `g₃ = (1 − γ)² var(Â)/(A + ψ)`, less `(1 − γ)²` times the bias of
//! `Â` for ML and moments.
//!
//! **Source.** Fay and Herriot (1979), *JASA* 74:269–277; Prasad and Rao (1990), *JASA* 85:163–171; Datta and
//! Lahiri (2000), *Statistica Sinica* 10:613–627; Datta, Rao and Smith (2005), *Biometrika* 92:183–196. Equals R
//! `sae::mseFH` 1.3 run to full precision.
//!
//! **When not to use it.** With variances `ψ_d` estimated from a handful of rows (smooth them first), with fewer
//! than about ten areas, or for shares near 0 or 1 (transform them).

use std::f64::consts::TAU;

use super::Coefficient;
use super::area_fit::{Areas, Regression};
use crate::refusal::{Refusal, same_length};
use crate::sum::sum;

/// Areas with their direct estimates.
#[derive(Debug, Clone, Copy)]
pub struct AreaModel<'a> {
    /// Direct estimate of each area; NaN for an area without a sample.
    pub y: &'a [f64],
    /// Its variance, 0 for an area known exactly; not read where `y` is NaN.
    pub variance: &'a [f64],
    /// Auxiliary values, each by area. An intercept is a column of ones.
    pub columns: &'a [&'a [f64]],
    /// How the variance between areas is estimated.
    pub method: AreaMethod,
}

/// How the variance between areas is estimated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AreaMethod {
    /// Restricted maximum likelihood.
    #[default]
    Reml,
    /// Maximum likelihood.
    Ml,
    /// Fay's and Herriot's moment equation.
    Moments,
}

/// The fitted model and its predictions.
#[derive(Debug, Clone, PartialEq)]
pub struct FayHerriot {
    /// A prediction for every area, in the order given.
    pub areas: Vec<AreaEstimate>,
    /// Coefficients of the columns.
    pub coefficients: Vec<Coefficient>,
    /// Variance between areas, `Â`.
    pub between: f64,
    /// Log-likelihood at the estimates (not restricted, whatever the method).
    pub log_likelihood: f64,
    /// Akaike's criterion.
    pub aic: f64,
    /// Schwarz's criterion.
    pub bic: f64,
    /// Kullback's criterion.
    pub kic: f64,
    /// Steps to the variance between areas.
    pub steps: usize,
}

/// A predicted area.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AreaEstimate {
    /// The prediction.
    pub estimate: f64,
    /// Its estimated mean squared error. Can be negative for [`AreaMethod::Ml`] and
    /// [`AreaMethod::Moments`] where `Â` is 0, as the formula is.
    pub mse: f64,
    /// Share of the direct estimate in the prediction, `γ`; 0 for areas without a sample.
    pub own_share: f64,
    /// What the regression alone says.
    pub synthetic: f64,
    /// Whether the area has a direct estimate.
    pub sampled: bool,
}

/// Fits the model and predicts every area.
///
/// Areas without a sample get the regression's value, with mean squared error `Â + x'(X'V⁻¹X)⁻¹x`.
///
/// Refused: lengths that differ, infinite values or NaN outside `y` (and outside its `variance` there), negative
/// variances, not more sampled areas than columns, columns that depend on each other, areas known exactly that
/// agree with the regression while nothing else varies.
///
/// ```
/// use zhiheng_methods::small_area::{AreaMethod, AreaModel, fay_herriot};
/// // equal variances: moments give A = s² − ψ = 4 − 1, and the mean is drawn to by 1/4
/// let (y, ones) = ([8.0, 10.0, 12.0, f64::NAN], [1.0; 4]);
/// let model = AreaModel { y: &y, variance: &[1.0; 4], columns: &[&ones], method: AreaMethod::Moments };
/// let it = fay_herriot(&model).unwrap();
/// assert!((it.between - 3.0).abs() < 1e-12);
/// assert!((it.areas[0].estimate - 8.5).abs() < 1e-12 && (it.areas[3].estimate - 10.0).abs() < 1e-12);
/// ```
pub fn fay_herriot(model: &AreaModel) -> Result<FayHerriot, Refusal> {
    let areas = sampled(model)?;
    let (between, steps) = areas.between(model.method)?;
    let it = areas.regress(between)?;
    let (m, p) = (areas.y.len() as f64, areas.columns.len() as f64);
    let log_likelihood = -0.5
        * sum(it
            .residuals
            .iter()
            .zip(&it.weights)
            .map(|(r, weight)| libm::log(TAU / weight) + r * r * weight));
    let (spread, bias) = uncertainty(model.method, &areas, &it);
    let predict = |area: usize| -> AreaEstimate {
        let x: Vec<f64> = model.columns.iter().map(|column| column[area]).collect();
        let synthetic = sum(x.iter().zip(&it.beta).map(|(x, beta)| x * beta));
        let around = sum(x
            .iter()
            .zip(&it.inverse)
            .map(|(a, column)| a * sum(x.iter().zip(column).map(|(b, entry)| b * entry))));
        let y = model.y[area];
        if y.is_nan() {
            return AreaEstimate {
                estimate: synthetic,
                mse: between + around,
                own_share: 0.0,
                synthetic,
                sampled: false,
            };
        }
        let psi = model.variance[area];
        let rest = psi / (between + psi);
        let own_share = between / (between + psi);
        let (g1, g2) = (psi * own_share, rest * rest * around);
        let g3 = rest * rest * spread / (between + psi);
        AreaEstimate {
            estimate: synthetic + own_share * (y - synthetic),
            mse: g1 + g2 + 2.0 * g3 - bias * rest * rest,
            own_share,
            synthetic,
            sampled: true,
        }
    };
    let coefficients = it
        .beta
        .iter()
        .enumerate()
        .map(|(j, &beta)| Coefficient::new(beta, it.inverse[j][j].sqrt()))
        .collect();
    Ok(FayHerriot {
        areas: (0..model.y.len()).map(predict).collect(),
        coefficients,
        between,
        log_likelihood,
        aic: -2.0 * log_likelihood + 2.0 * (p + 1.0),
        bic: -2.0 * log_likelihood + libm::log(m) * (p + 1.0),
        kic: -2.0 * log_likelihood + 3.0 * (p + 1.0),
        steps,
    })
}

/// The sampled areas, checked.
fn sampled(model: &AreaModel) -> Result<Areas, Refusal> {
    let n = model.y.len();
    crate::refusal::at_least("y", n, 1)?;
    same_length("variance", model.variance.len(), n)?;
    if model.columns.is_empty() {
        return Err(Refusal::Empty { what: "columns" });
    }
    for column in model.columns {
        same_length("columns", column.len(), n)?;
        crate::refusal::finite("columns", column)?;
    }
    if let Some(row) = model.y.iter().position(|y| y.is_infinite()) {
        return Err(Refusal::NotFinite { what: "y", row });
    }
    let rows: Vec<usize> = (0..n).filter(|&area| !model.y[area].is_nan()).collect();
    for &row in &rows {
        let value = model.variance[row];
        if !value.is_finite() {
            return Err(Refusal::NotFinite { what: "variance", row });
        }
        if value < 0.0 {
            return Err(Refusal::OutOfRange { what: "variance", value, allowed: ">= 0" });
        }
    }
    crate::refusal::at_least("areas with a sample", rows.len(), model.columns.len() + 1)?;
    let of = |values: &[f64]| rows.iter().map(|&row| values[row]).collect();
    Ok(Areas {
        y: of(model.y),
        variance: of(model.variance),
        columns: model.columns.iter().map(|column| of(column)).collect(),
    })
}

/// The asymptotic variance of the variance between areas, and its bias where the method has one.
fn uncertainty(method: AreaMethod, areas: &Areas, it: &Regression) -> (f64, f64) {
    let m = it.weights.len() as f64;
    let first = sum(it.weights.iter().copied());
    let second = sum(it.weights.iter().map(|weight| weight * weight));
    match method {
        AreaMethod::Reml => (2.0 / second, 0.0),
        AreaMethod::Ml => {
            let product = areas.times_inverse(it, 2);
            (2.0 / second, -sum((0..product.len()).map(|j| product[j][j])) / second)
        }
        AreaMethod::Moments => {
            (2.0 * m / (first * first), 2.0 * (m * second - first * first) / (first * first * first))
        }
    }
}
