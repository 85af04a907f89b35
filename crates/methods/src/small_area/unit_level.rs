//! The unit-level model of Battese, Harter and Fuller: sampled units, and the areas' means of auxiliary values.
//!
//! **What it answers.** Units were measured in some areas; auxiliary values are known for the units and, as means,
//! for every area. What is each area's mean, also where nothing was measured?
//!
//! **Formula.** `y_dj = x_dj'β + u_d + e_dj`. Prediction `f_d ȳ_d + (X̄_d − f_d x̄_d)'β̂ + (1 − f_d) û_d`
//! with `f_d = n_d/N_d`, `û_d = γ_d (ȳ_d − x̄_d'β̂)`, `γ_d = σ_u²/(σ_u² + σ_e²/n_d)`; `X̄_d'β̂` without a
//! sample.
//!
//! **Source.** Battese, Harter and Fuller (1988), *Journal of the American Statistical Association* 83:28–36; Rao
//! and Molina (2015), *Small Area Estimation*, ch. 7. Equals R `sae::eblupBHF` 1.3, whose fit (`lme4`) ends up to
//! about 1e-6 from the peak that this one solves for.
//!
//! **When not to use it.** With weights that carry information about `y` (the model does not know them), with
//! outliers, or with auxiliary values measured otherwise in the sample than in the areas' means.

use super::Coefficient;
use super::nested_error::{Fit, Products};
use crate::refusal::{Refusal, same_length};

/// Sampled units.
#[derive(Debug, Clone, Copy)]
pub struct UnitModel<'a> {
    /// Measured value of each unit.
    pub y: &'a [f64],
    /// Area of each unit, any numbers.
    pub area: &'a [u32],
    /// Auxiliary values, each by unit. An intercept is a column of ones.
    pub columns: &'a [&'a [f64]],
    /// How variances are estimated.
    pub method: UnitMethod,
}

/// How the variances are estimated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum UnitMethod {
    /// Restricted maximum likelihood.
    #[default]
    Reml,
    /// Maximum likelihood.
    Ml,
}

/// An area to predict.
#[derive(Debug, Clone, Copy)]
pub struct Target<'a> {
    /// The area; it need not be sampled.
    pub area: u32,
    /// Units in its population.
    pub size: f64,
    /// Mean of each column in its population.
    pub means: &'a [f64],
}

/// The fitted model and its predictions.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitLevel {
    /// A prediction for every target, in the order given.
    pub areas: Vec<UnitEstimate>,
    /// Coefficients of the columns.
    pub coefficients: Vec<Coefficient>,
    /// Variance between areas.
    pub between: f64,
    /// Variance of units within areas.
    pub error: f64,
    /// Log-likelihood, restricted for [`UnitMethod::Reml`].
    pub log_likelihood: f64,
    /// Units left out because a value was missing.
    pub n_missing: usize,
}

/// A predicted area.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct UnitEstimate {
    /// The predicted mean.
    pub estimate: f64,
    /// Sampled units.
    pub n: usize,
    /// Predicted effect of the area; 0 without a sample.
    pub effect: f64,
    /// Share of the area's own deviation in it, `γ`.
    pub own_share: f64,
    /// Estimated mean squared error, where asked for ([`super::unit_level_mse`]).
    pub mse: Option<f64>,
}

/// Fits the model and predicts the targets. Units with NaN in `y` or a column are left out and counted.
///
/// Refused: lengths that differ, infinite values, fewer than two areas or not more units than columns, no variation
/// within areas beyond the columns, columns that depend on each other, targets smaller than their sample or with
/// means not finite.
///
/// ```
/// use zhiheng_methods::small_area::{Target, UnitMethod, UnitModel, unit_level};
/// let y = [9.0, 11.0, 19.0, 21.0, 29.0, 31.0];
/// let ones = [1.0; 6];
/// let model = UnitModel { y: &y, area: &[1, 1, 2, 2, 3, 3], columns: &[&ones], method: UnitMethod::Reml };
/// let targets = [1, 4].map(|area| Target { area, size: 1e9, means: &[1.0] });
/// let it = unit_level(&model, &targets).unwrap();
/// // analysis of variance: σ_e² = 2, σ_u² = 100 − 2/2, γ = 99/100
/// assert!((it.error - 2.0).abs() < 1e-9 && (it.between - 99.0).abs() < 1e-6);
/// assert!((it.areas[0].estimate - 10.1).abs() < 1e-6 && (it.areas[1].estimate - 20.0).abs() < 1e-12);
/// ```
pub fn unit_level(model: &UnitModel, targets: &[Target]) -> Result<UnitLevel, Refusal> {
    let units = Units::new(model)?;
    let fit = units.products(&units.y).fit(model.method)?;
    let places = units.places(targets)?;
    let areas = units.predict(&units.products(&units.y), &fit, targets, &places);
    let coefficients = fit
        .beta
        .iter()
        .enumerate()
        .map(|(j, &beta)| Coefficient::new(beta, fit.covariance[(j, j)].max(0.0).sqrt()))
        .collect();
    Ok(UnitLevel {
        areas,
        coefficients,
        between: fit.between,
        error: fit.error,
        log_likelihood: fit.log_likelihood,
        n_missing: model.y.len() - units.y.len(),
    })
}

/// Units without missing values, areas numbered from 0.
pub(super) struct Units {
    pub(super) y: Vec<f64>,
    pub(super) columns: Vec<Vec<f64>>,
    /// Number of each unit's area.
    pub(super) area: Vec<u32>,
    /// The areas by number.
    pub(super) areas: Vec<u32>,
}

impl Units {
    pub(super) fn new(model: &UnitModel) -> Result<Self, Refusal> {
        let n = model.y.len();
        same_length("area", model.area.len(), n)?;
        if model.columns.is_empty() {
            return Err(Refusal::Empty { what: "columns" });
        }
        for (what, values) in
            std::iter::once(("y", model.y)).chain(model.columns.iter().map(|column| ("columns", *column)))
        {
            same_length(what, values.len(), n)?;
            if let Some(row) = values.iter().position(|value| value.is_infinite()) {
                return Err(Refusal::NotFinite { what, row });
            }
        }
        let whole = |&unit: &usize| {
            !model.y[unit].is_nan() && model.columns.iter().all(|column| !column[unit].is_nan())
        };
        let rows: Vec<usize> = (0..n).filter(whole).collect();
        crate::refusal::at_least("units", rows.len(), model.columns.len() + 2)?;
        let mut areas: Vec<u32> = rows.iter().map(|&row| model.area[row]).collect();
        areas.sort_unstable();
        areas.dedup();
        crate::refusal::at_least("areas", areas.len(), 2)?;
        let place = |row: &usize| areas.partition_point(|&area| area < model.area[*row]) as u32;
        Ok(Self {
            y: rows.iter().map(|&row| model.y[row]).collect(),
            columns: model
                .columns
                .iter()
                .map(|column| rows.iter().map(|&row| column[row]).collect())
                .collect(),
            area: rows.iter().map(place).collect(),
            areas,
        })
    }

    /// Products with `y` in place of the measured values.
    pub(super) fn products(&self, y: &[f64]) -> Products {
        Products::new(&self.columns, y, &self.area, self.areas.len())
    }

    /// The number of each target's area, if it was sampled; targets checked.
    pub(super) fn places(&self, targets: &[Target]) -> Result<Vec<Option<usize>>, Refusal> {
        let mut sizes = vec![0.0; self.areas.len()];
        for &area in &self.area {
            sizes[area as usize] += 1.0;
        }
        let each = targets.iter().map(|target| {
            same_length("means", target.means.len(), self.columns.len())?;
            crate::refusal::finite("means", target.means)?;
            let place = self.areas.binary_search(&target.area).ok();
            let sampled = place.map_or(1.0, |place| sizes[place]);
            if target.size.is_finite() && target.size >= sampled {
                Ok(place)
            } else {
                Err(Refusal::OutOfRange { what: "size", value: target.size, allowed: "at least the sample" })
            }
        });
        each.collect()
    }

    pub(super) fn predict(
        &self,
        products: &Products,
        fit: &Fit,
        targets: &[Target],
        places: &[Option<usize>],
    ) -> Vec<UnitEstimate> {
        let p = self.columns.len();
        let each = targets.iter().zip(places).map(|(target, place)| {
            let by_model = |means: &mut dyn Iterator<Item = f64>| {
                crate::sum::sum(means.zip(fit.beta.iter()).map(|(mean, beta)| mean * beta))
            };
            let Some(place) = *place else {
                let estimate = by_model(&mut target.means.iter().copied());
                return UnitEstimate { estimate, n: 0, effect: 0.0, own_share: 0.0, mse: None };
            };
            let (n, mean, effect) = (products.sizes[place], &products.means[place], fit.effects[place]);
            let share = n / target.size;
            let rest = by_model(&mut target.means.iter().enumerate().map(|(j, all)| all - share * mean[j]));
            UnitEstimate {
                estimate: share * mean[p] + rest + (1.0 - share) * effect,
                n: n as usize,
                effect,
                own_share: fit.between / (fit.between + fit.error / n),
                mse: None,
            }
        });
        each.collect()
    }
}
