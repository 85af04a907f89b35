//! The heart of PLS: outer weights that no longer change.
//!
//! Everything is a product with the items' correlations (or covariances) `R`: the score of a construct is never
//! formed. With `W` the weights, `R W` are the items' covariances with the scores, `Wᵀ R W` those among scores.

use crate::refusal::Refusal;

use super::fit::{Scheme, Settings};
use super::linear;
use super::model::{Mode, Model};

/// Settled weights, for scores of variance 1.
#[derive(Debug, Clone)]
pub(super) struct Settled {
    pub(super) weights: Vec<f64>,
    /// Rounds after the first.
    pub(super) iterations: usize,
}

/// Iterates over the `moments` of the model's items, `p × p`, row by row.
pub(super) fn settle(model: &Model, moments: &[f64], settings: &Settings) -> Result<Settled, Refusal> {
    let mut work = Work::new(model, moments)?;
    let mut weights = vec![1.0; model.columns().len()];
    for iterations in 0..=settings.steps {
        let next = work.round(&weights, settings.scheme)?;
        let change: f64 = next.iter().zip(&weights).map(|(a, b)| (a - b).abs()).sum();
        weights = next;
        if change < settings.tolerance {
            return Ok(Settled { weights, iterations });
        }
    }
    Err(Refusal::NotConverged { what: "the outer weights", steps: settings.steps })
}

/// What stays the same over the rounds, and scratch space.
struct Work<'a> {
    model: &'a Model,
    moments: &'a [f64],
    /// Cholesky factors of the blocks in mode B.
    factors: Vec<Option<Vec<f64>>>,
    /// Covariances of items with scores, items by constructs.
    with_scores: Vec<f64>,
    /// Correlations among scores.
    among: Vec<f64>,
    /// Inner weights: column `j` makes the proxy of construct `j`.
    inner: Vec<f64>,
}

impl<'a> Work<'a> {
    fn new(model: &'a Model, moments: &'a [f64]) -> Result<Self, Refusal> {
        let (p, k) = (model.columns().len(), model.blocks().len());
        let mut factors = Vec::with_capacity(k);
        for (block, it) in model.blocks().iter().enumerate() {
            if it.mode != Mode::B {
                factors.push(None);
                continue;
            }
            let range = model.items(block);
            let mut own: Vec<f64> = range
                .clone()
                .flat_map(|i| moments[i * p..(i + 1) * p][range.clone()].iter().copied())
                .collect();
            if !linear::factor(&mut own, range.len()) {
                return Err(Refusal::Singular { what: "the items of a construct in mode B" });
            }
            factors.push(Some(own));
        }
        let grid = vec![0.0; k * k];
        Ok(Self { model, moments, factors, with_scores: vec![0.0; p * k], among: grid.clone(), inner: grid })
    }

    /// The weights after one round.
    fn round(&mut self, weights: &[f64], scheme: Scheme) -> Result<Vec<f64>, Refusal> {
        let (p, k) = (self.model.columns().len(), self.model.blocks().len());
        self.correlate(weights)?;
        match scheme {
            Scheme::Path => self.inner_by_path()?,
            Scheme::Centroid => self.inner_by(|it| if it == 0.0 { 0.0 } else { it.signum() }),
            Scheme::Factorial => self.inner_by(|correlation| correlation),
        }
        let mut next = vec![0.0; p];
        for block in 0..k {
            let range = self.model.items(block);
            let column: Vec<f64> = (0..k).map(|other| self.inner[other * k + block]).collect();
            // Variance of the proxy: nothing is known of a construct whose neighbours do not correlate with it.
            let proxy: f64 = (0..k)
                .map(|i| column[i] * (0..k).map(|j| self.among[i * k + j] * column[j]).sum::<f64>())
                .sum();
            if proxy.is_nan() || proxy <= 1e-24 {
                let what = format!("the neighbours of {}", self.model.blocks()[block].name);
                return Err(Refusal::NoVariation { what });
            }
            let scale = proxy.sqrt();
            let own = &mut next[range.clone()];
            match self.model.blocks()[block].mode {
                Mode::Sum => own.fill(1.0),
                Mode::A | Mode::Factor | Mode::B => {
                    for (slot, item) in own.iter_mut().zip(range.clone()) {
                        let with = &self.with_scores[item * k..(item + 1) * k];
                        *slot = with.iter().zip(&column).map(|(a, b)| a * b).sum::<f64>() / scale;
                    }
                }
            }
            if let Some(factor) = &self.factors[block] {
                linear::solve(factor, range.len(), own);
            }
            let variance = quadratic(self.moments, p, &range, own);
            if variance.is_nan() || variance <= 0.0 {
                let what = format!("the score of {}", self.model.blocks()[block].name);
                return Err(Refusal::NoVariation { what });
            }
            let scale = variance.sqrt();
            for weight in own {
                *weight /= scale;
            }
        }
        Ok(next)
    }

    /// Correlations of scores among each other, covariances of items with scores of variance 1.
    fn correlate(&mut self, weights: &[f64]) -> Result<(), Refusal> {
        let (p, k) = (self.model.columns().len(), self.model.blocks().len());
        for item in 0..p {
            let row = &self.moments[item * p..(item + 1) * p];
            for block in 0..k {
                let range = self.model.items(block);
                self.with_scores[item * k + block] =
                    row[range.clone()].iter().zip(&weights[range]).map(|(a, b)| a * b).sum();
            }
        }
        let mut deviations = Vec::with_capacity(k);
        for block in 0..k {
            let variance: f64 =
                self.model.items(block).map(|item| weights[item] * self.with_scores[item * k + block]).sum();
            if variance.is_nan() || variance <= 0.0 {
                let what = format!("the score of {}", self.model.blocks()[block].name);
                return Err(Refusal::NoVariation { what });
            }
            deviations.push(variance.sqrt());
        }
        for row in self.with_scores.chunks_exact_mut(k) {
            row.iter_mut().zip(&deviations).for_each(|(value, deviation)| *value /= deviation);
        }
        for (one, deviation) in deviations.iter().enumerate() {
            for other in 0..k {
                let range = self.model.items(one);
                let sum: f64 = range.map(|item| weights[item] * self.with_scores[item * k + other]).sum();
                self.among[one * k + other] = if one == other { 1.0 } else { sum / deviation };
            }
        }
        Ok(())
    }

    /// Centroid and factorial schemes: all neighbours alike.
    fn inner_by(&mut self, weight: impl Fn(f64) -> f64) {
        let k = self.model.blocks().len();
        self.inner.fill(0.0);
        for &(from, to) in self.model.paths() {
            self.inner[to * k + from] = weight(self.among[to * k + from]);
            self.inner[from * k + to] = weight(self.among[from * k + to]);
        }
    }

    /// Path scheme: what drives a construct by regression, what it drives by correlation.
    fn inner_by_path(&mut self) -> Result<(), Refusal> {
        let k = self.model.blocks().len();
        self.inner.fill(0.0);
        for &(from, to) in self.model.paths() {
            self.inner[to * k + from] = self.among[to * k + from];
        }
        for block in 0..k {
            let sources = self.model.sources(block);
            let Some(coefficients) = regression(&self.among, k, sources, block) else {
                return Err(Refusal::Singular { what: "the scores that drive a construct" });
            };
            for (&from, coefficient) in sources.iter().zip(coefficients) {
                self.inner[from * k + block] = coefficient;
            }
        }
        Ok(())
    }
}

/// Coefficients of the regression of `target` on `sources`, from correlations `k × k`.
pub(super) fn regression(among: &[f64], k: usize, sources: &[usize], target: usize) -> Option<Vec<f64>> {
    let n = sources.len();
    let mut matrix: Vec<f64> =
        sources.iter().flat_map(|i| sources.iter().map(|j| among[*i * k + *j])).collect();
    let mut coefficients: Vec<f64> = sources.iter().map(|i| among[*i * k + target]).collect();
    if !linear::factor(&mut matrix, n) {
        return None;
    }
    linear::solve(&matrix, n, &mut coefficients);
    Some(coefficients)
}

/// `wᵀ R w` over the items of one construct.
fn quadratic(moments: &[f64], p: usize, range: &std::ops::Range<usize>, weights: &[f64]) -> f64 {
    let line = |item: usize| {
        moments[item * p..(item + 1) * p][range.clone()].iter().zip(weights).map(|(a, b)| a * b).sum::<f64>()
    };
    range.clone().zip(weights).map(|(item, weight)| weight * line(item)).sum()
}
