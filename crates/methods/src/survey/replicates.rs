//! Replicate weights: many versions of a sample's weights whose estimates scatter as the estimate does.
//!
//! **What it answers.** The same as [`Design`], for estimates that are hard to linearise, or from a file
//! that comes with replicate weights instead of strata and clusters.
//!
//! **Formula.** `scale Σ_r c_r (θ_r − θ̄)²` with `θ̄` the mean of the replicates, or the estimate itself
//! (`about_estimate`).
//!
//! **Source.** Wolter (2007), *Introduction to Variance Estimation*, ch. 3–5. Equals R `survey` 4.1.1
//! (`svrepdesign`, `as.svrepdesign`).
//!
//! **When not to use it.** The jackknife for quantiles: it does not settle however many rows there are.

use super::adjust::{check_groups, tie};
use super::calibrate::Calibration;
use super::design::Design;
use super::domain::Domain;
use super::rake::{Margin, RakingControl, absolute, cells, change, table};
use crate::refusal::{Refusal, finite, same_length};

/// A design with replicate weights.
#[derive(Debug, Clone)]
pub struct Replicates {
    pub(super) design: Design,
    pub(super) weights: Versions,
    pub(super) scale: f64,
    /// A factor per replicate; a replicate with factor 0 does not count.
    pub(super) factors: Vec<f64>,
    pub(super) about_estimate: bool,
    /// Degrees of freedom of the whole from before a calibration by steps, which leaves them as they were.
    pub(super) freedom_before: Option<f64>,
}

/// How the replicates' weights differ from the design's.
#[derive(Debug, Clone)]
pub(super) enum Versions {
    /// Each replicate drops one first-stage unit.
    DropOne(Vec<Drop>),
    /// Factors of each replicate, by first-stage unit.
    Units(Vec<Vec<f64>>),
    /// Weights of each replicate, by position.
    Rows(Vec<Vec<f64>>),
}

/// A jackknife replicate.
#[derive(Debug, Clone, Copy)]
pub(super) struct Drop {
    pub(super) unit: u32,
    pub(super) stratum: u32,
    /// Factor of the units left in the stratum.
    pub(super) kept: f64,
    /// Factor of all other strata.
    pub(super) others: f64,
}

impl Replicates {
    /// Replicates whose weights are given: `weights[r][row]`, as factors on the design's weights or, if
    /// `combined`, as the weights themselves.
    ///
    /// Refused: fewer than two replicates, lengths that differ, values not finite, negative factors.
    pub fn given(
        design: &Design,
        weights: &[Vec<f64>],
        combined: bool,
        scale: f64,
        factors: &[f64],
        about_estimate: bool,
    ) -> Result<Self, Refusal> {
        crate::refusal::at_least("replicates", weights.len(), 2)?;
        same_length("factors", factors.len(), weights.len())?;
        finite("factors", factors)?;
        if !(scale >= 0.0 && scale.is_finite()) {
            return Err(Refusal::OutOfRange { what: "scale", value: scale, allowed: ">= 0" });
        }
        if let Some(&value) = factors.iter().find(|&&factor| factor < 0.0) {
            return Err(Refusal::OutOfRange { what: "factors", value, allowed: ">= 0" });
        }
        let mut rows = Vec::with_capacity(weights.len());
        for weights in weights {
            same_length("replicate weights", weights.len(), design.n_rows())?;
            let mut version = design.in_order(finite("replicate weights", weights)?);
            if !combined {
                for (weight, own) in version.iter_mut().zip(&design.weights) {
                    *weight *= own;
                }
            }
            rows.push(version);
        }
        let weights = Versions::Rows(rows);
        let (design, factors) = (design.clone(), factors.to_vec());
        Ok(Self { design, weights, scale, factors, about_estimate, freedom_before: None })
    }

    /// The design behind the replicates; its domains are what estimates are asked for.
    pub fn design(&self) -> &Design {
        &self.design
    }

    /// How many replicates there are.
    pub fn n_replicates(&self) -> usize {
        self.factors.len()
    }

    /// Post-stratifies the weights and every replicate's; as [`Design::post_stratify`].
    pub fn post_stratify(&self, group: &[u32], population: &[f64], partial: bool) -> Result<Self, Refusal> {
        check_groups(group, population, self.design.n_rows())?;
        let group = self.design.in_order(group);
        self.reweighted(|weights| tie(weights, &group, population, partial))
    }

    /// Rakes the weights and every replicate's, as often as the weights need; as [`Design::rake`].
    pub fn rake(&self, margins: &[Margin], control: RakingControl) -> Result<Self, Refusal> {
        let sorted = self.design.margins(margins)?;
        let epsilon = absolute(control.epsilon, &self.design.weights);
        let cells = cells(&sorted, self.design.n_rows());
        let once = |weights: &mut [f64]| {
            sorted.iter().try_for_each(|(group, population)| tie(weights, group, population, false))
        };
        let mut weights = self.design.weights.clone();
        let mut before = table(&weights, &cells);
        for round in 1..=control.rounds {
            once(&mut weights)?;
            let now = table(&weights, &cells);
            if change(&before, &now) < epsilon {
                return self.reweighted(|weights| (0..round).try_for_each(|_| once(weights)));
            }
            before = now;
        }
        Err(Refusal::NotConverged { what: "raking", steps: control.rounds })
    }

    /// Calibrates the weights and every replicate's; as [`Design::calibrate`].
    pub fn calibrate(&self, to: &Calibration) -> Result<Self, Refusal> {
        let model = self.design.model(to)?;
        let mut it = self.reweighted(|weights| {
            let averaged = self.design.averaged(weights, to.same_within)?;
            let (factors, _) = model.factors(&averaged)?;
            for (weight, factor) in weights.iter_mut().zip(factors) {
                *weight *= factor;
            }
            Ok(())
        })?;
        // As R survey, which ranks the weights anew after the linear form only.
        it.freedom_before = (!model.exact).then(|| self.freedom(&self.design.whole()));
        Ok(it)
    }

    /// The same change to the weights and to every replicate's.
    fn reweighted(&self, change: impl Fn(&mut [f64]) -> Result<(), Refusal>) -> Result<Self, Refusal> {
        let mut design = self.design.clone();
        change(&mut design.weights)?;
        let mut rows = Vec::with_capacity(self.n_replicates());
        for replicate in 0..self.n_replicates() {
            let mut weights = self.weights_of(replicate);
            change(&mut weights)?;
            rows.push(weights);
        }
        let (factors, scale) = (self.factors.clone(), self.scale);
        Ok(Self {
            design,
            weights: Versions::Rows(rows),
            scale,
            factors,
            about_estimate: self.about_estimate,
            freedom_before: None,
        })
    }

    /// The weights of a replicate by position.
    pub(super) fn weights_of(&self, replicate: usize) -> Vec<f64> {
        let level = &self.design.layout.levels[0];
        let units = level.unit.iter().zip(&self.design.weights);
        match &self.weights {
            Versions::Rows(rows) => rows[replicate].clone(),
            Versions::Units(factors) => {
                units.map(|(&unit, weight)| weight * factors[replicate][unit as usize]).collect()
            }
            Versions::DropOne(drops) => {
                let drop = drops[replicate];
                let factor = |unit: u32| {
                    if unit == drop.unit {
                        0.0
                    } else if level.stratum[unit as usize] == drop.stratum {
                        drop.kept
                    } else {
                        drop.others
                    }
                };
                units.map(|(&unit, weight)| weight * factor(unit)).collect()
            }
        }
    }

    /// Degrees of freedom of a domain: the rank of its replicate weights less 1.
    pub fn freedom(&self, domain: &Domain) -> f64 {
        if let Some(freedom) = self.freedom_before
            && domain.n_rows() == self.design.n_rows()
        {
            return freedom;
        }
        let level = &self.design.layout.levels[0];
        let n_strata = level.sampled.len();
        if let Versions::DropOne(drops) = &self.weights
            && drops.iter().all(|drop| drop.others == 1.0)
        {
            // A unit's row is 1 plus its distances, which sum to 0 over a stratum that is there in full.
            let mut here = vec![0_u32; n_strata];
            let mut before = None;
            for &at in &domain.rows {
                let unit = level.unit[at as usize];
                if before != Some(unit) {
                    here[level.stratum[unit as usize] as usize] += 1;
                    before = Some(unit);
                }
            }
            let mut dropped = vec![false; n_strata];
            for drop in drops {
                dropped[drop.stratum as usize] = true;
            }
            let (mut rank, mut has_ones) = (0, 0);
            for stratum in (0..n_strata).filter(|&stratum| here[stratum] > 0) {
                let whole = here[stratum] == level.sampled[stratum] || !dropped[stratum];
                if !dropped[stratum] {
                    has_ones = 1;
                } else if whole {
                    has_ones = 1;
                    rank += here[stratum] - 1;
                } else {
                    rank += here[stratum];
                }
            }
            return f64::from(rank + has_ones) - 1.0;
        }
        self.rank(domain) as f64 - 1.0
    }

    /// The rank of the matrix of replicate weights (a column per replicate) of a domain.
    fn rank(&self, domain: &Domain) -> usize {
        // R survey takes a column for dependent when 1e-5 of its length is left.
        const DEPENDENT: f64 = 1e-5;
        let mut basis: Vec<Vec<f64>> = Vec::new();
        let norm = |values: &[f64]| crate::sum::sum(values.iter().map(|value| value * value)).sqrt();
        for replicate in 0..self.n_replicates() {
            let weights = self.weights_of(replicate);
            let mut column: Vec<f64> = domain.rows.iter().map(|&at| weights[at as usize]).collect();
            let length = norm(&column);
            for _ in 0..2 {
                for q in &basis {
                    let along = crate::sum::sum(q.iter().zip(&column).map(|(q, value)| q * value));
                    for (value, q) in column.iter_mut().zip(q) {
                        *value -= along * q;
                    }
                }
            }
            let left = norm(&column);
            if left > DEPENDENT * length && left > 0.0 {
                for value in &mut column {
                    *value /= left;
                }
                basis.push(column);
            }
        }
        basis.len()
    }
}
