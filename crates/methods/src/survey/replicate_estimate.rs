//! Estimates from replicate weights.

use super::domain::{Domain, Missing};
use super::estimate::{Estimate, design_effects};
use super::quantile::{Quantile, QuantileOptions, at_most, quantile};
use super::quantile_rule::Sorted;
use super::replicates::{Replicates, Versions};
use crate::interval::level_tail;
use crate::refusal::Refusal;
use crate::special::{normal_upper_quantile, student_upper_quantile};
use crate::sum::{Sum, sum};
use std::sync::Arc;

impl Replicates {
    /// The total of `y` (by row of the data) in a domain of [`Replicates::design`].
    ///
    /// Refusals as [`Domain::total`], and a domain of another design.
    pub fn total(&self, domain: &Domain, y: &[f64], missing: Missing) -> Result<Estimate, Refusal> {
        let domain = self.own(domain)?;
        let used = domain.used(&[("y", y)], missing)?.into_owned();
        let sums = self.totals(&domain, &used, &[y]);
        let values: Vec<f64> = sums.iter().map(|sums| sums[1]).collect();
        let mut it = self.estimate(&domain, &used, &values, |at| domain.value(y, at))?;
        it.deff = it.deff.map(|deff| deff / (it.size * it.size));
        it.deff_replace = it.deff_replace.map(|deff| deff / (it.size * it.size));
        Ok(it)
    }

    /// The mean of `y` (by row of the data) in a domain; refusals as [`Replicates::total`], and a replicate
    /// that leaves the domain without weight.
    pub fn mean(&self, domain: &Domain, y: &[f64], missing: Missing) -> Result<Estimate, Refusal> {
        let domain = self.own(domain)?;
        let used = domain.used(&[("y", y)], missing)?.into_owned();
        let sums = self.totals(&domain, &used, &[y]);
        let values = quotients(&sums, 1, 0, "the domain in a replicate")?;
        self.estimate(&domain, &used, &values, |at| domain.value(y, at))
    }

    /// The ratio of the totals of `top` and `bottom` in a domain; refusals as [`Replicates::mean`].
    pub fn ratio(
        &self,
        domain: &Domain,
        top: &[f64],
        bottom: &[f64],
        missing: Missing,
    ) -> Result<Estimate, Refusal> {
        let domain = self.own(domain)?;
        let used = domain.used(&[("top", top), ("bottom", bottom)], missing)?.into_owned();
        let sums = self.totals(&domain, &used, &[top, bottom]);
        let values = quotients(&sums, 1, 2, "bottom in a replicate")?;
        let (ratio, below) = (values[0], sums[0][2]);
        let away = |at| (domain.value(top, at) - ratio * domain.value(bottom, at)) / below;
        let mut it = self.estimate(&domain, &used, &values, away)?;
        it.deff = it.deff.map(|deff| deff / (it.size * it.size));
        it.deff_replace = it.deff_replace.map(|deff| deff / (it.size * it.size));
        Ok(it)
    }

    /// The quantile of `y` at the share `p`, with Woodruff's interval from the replicates' shares;
    /// refusals as [`Domain::quantile`].
    pub fn quantile(
        &self,
        domain: &Domain,
        y: &[f64],
        p: f64,
        options: &QuantileOptions,
    ) -> Result<Quantile, Refusal> {
        let domain = self.own(domain)?;
        let used = domain.used(&[("y", y)], options.missing)?.into_owned();
        let sorted = Sorted::new(used.iter().map(|&at| (domain.value(y, at), domain.weight(at))));
        let below = |value: f64| self.mean(&domain, &at_most(y, value), options.missing);
        quantile(&sorted, p, options, domain.n_rows(), self.freedom(&domain), below)
    }

    /// The quantile with the scatter of the replicates' own quantiles (R's interval type `quantile`): sound
    /// for the bootstrap, not for the jackknife. Refusals as [`Domain::quantile`].
    pub fn quantile_of_replicates(
        &self,
        domain: &Domain,
        y: &[f64],
        p: f64,
        options: &QuantileOptions,
    ) -> Result<Quantile, Refusal> {
        let domain = self.own(domain)?;
        let used = domain.used(&[("y", y)], options.missing)?.into_owned();
        let freedom = options.freedom.unwrap_or_else(|| self.freedom(&domain));
        let sorted =
            |weights: &[f64]| Sorted::new(used.iter().map(|&at| (domain.value(y, at), weights[at as usize])));
        let whole = sorted(&self.design.weights);
        if !(p > 0.0 && p < 1.0) {
            return Err(Refusal::OutOfRange { what: "p", value: p, allowed: "(0, 1)" });
        }
        if whole.is_empty() {
            return Err(Refusal::EmptyGroup { what: "the domain".to_owned() });
        }
        let mut values = vec![whole.quantile(options.rule, p)];
        for replicate in 0..self.n_replicates() {
            let sorted = sorted(&self.weights_of(replicate));
            if sorted.is_empty() || sorted.negative_weight().is_some() {
                return Err(Refusal::EmptyGroup { what: "the domain in a replicate".to_owned() });
            }
            values.push(sorted.quantile(options.rule, p));
        }
        let standard_error = self.variance(&values).sqrt();
        let tail = level_tail(options.level)?;
        let t = if freedom == f64::INFINITY {
            Some(normal_upper_quantile(tail))
        } else {
            (freedom > 0.0).then(|| student_upper_quantile(tail, freedom))
        };
        let value = values[0];
        Ok(Quantile {
            value,
            low: t.map(|t| value - t * standard_error),
            high: t.map(|t| value + t * standard_error),
            standard_error: Some(standard_error),
        })
    }

    /// The domain with the replicates' weights.
    fn own(&self, domain: &Domain) -> Result<Domain<'_>, Refusal> {
        if Arc::ptr_eq(&domain.design.layout, &self.design.layout) {
            Ok(Domain { design: &self.design, rows: domain.rows.clone() })
        } else {
            Err(Refusal::Contradiction { what: "the domain is of another design".to_owned() })
        }
    }

    /// Sums of weights and of weighted values: first by the weights themselves, then by each replicate's.
    fn totals(&self, domain: &Domain, used: &[u32], columns: &[&[f64]]) -> Vec<Vec<f64>> {
        let p = columns.len() + 1;
        let value = |at: u32, j: usize| if j == 0 { 1.0 } else { domain.value(columns[j - 1], at) };
        let by_weights = |weights: &[f64]| -> Vec<f64> {
            (0..p).map(|j| sum(used.iter().map(|&at| weights[at as usize] * value(at, j)))).collect()
        };
        let whole = by_weights(&self.design.weights);
        if let Versions::Rows(rows) = &self.weights {
            return std::iter::once(whole).chain(rows.iter().map(|weights| by_weights(weights))).collect();
        }
        // by first-stage unit, p sums each
        let level = &self.design.layout.levels[0];
        let mut of_unit = vec![Sum::default(); p * level.stratum.len()];
        for &at in used {
            let unit = level.unit[at as usize] as usize;
            for j in 0..p {
                of_unit[unit * p + j].add(domain.weight(at) * value(at, j));
            }
        }
        let of_unit: Vec<f64> = of_unit.into_iter().map(Sum::value).collect();
        let mut of_stratum = vec![Sum::default(); p * level.sampled.len()];
        for (unit, &stratum) in level.stratum.iter().enumerate() {
            for j in 0..p {
                of_stratum[stratum as usize * p + j].add(of_unit[unit * p + j]);
            }
        }
        let replicate = |r: usize| -> Vec<f64> {
            let each = (0..p).map(|j| match &self.weights {
                Versions::DropOne(drops) => {
                    let drop = drops[r];
                    let stratum = of_stratum[drop.stratum as usize * p + j].value();
                    let unit = of_unit[drop.unit as usize * p + j];
                    drop.others * (whole[j] - stratum) + drop.kept * (stratum - unit)
                }
                Versions::Units(factors) => {
                    sum(factors[r].iter().enumerate().map(|(unit, factor)| factor * of_unit[unit * p + j]))
                }
                Versions::Rows(_) => f64::NAN,
            });
            each.collect()
        };
        std::iter::once(whole.clone()).chain((0..self.n_replicates()).map(replicate)).collect()
    }

    /// The variance of replicates; the first of `values` is the estimate.
    fn variance(&self, values: &[f64]) -> f64 {
        let counted = || values[1..].iter().zip(&self.factors).filter(|(_, factor)| **factor > 0.0);
        let centre = if self.about_estimate {
            values[0]
        } else {
            sum(counted().map(|(value, _)| *value)) / counted().count() as f64
        };
        self.scale * sum(counted().map(|(value, factor)| factor * (value - centre) * (value - centre)))
    }

    /// The estimate from its replicates; `value_at` is what simple random sampling would take the mean of.
    fn estimate(
        &self,
        domain: &Domain,
        used: &[u32],
        values: &[f64],
        value_at: impl Fn(u32) -> f64,
    ) -> Result<Estimate, Refusal> {
        let n = used.iter().filter(|&&at| domain.weight(at) != 0.0).count();
        let size = sum(used.iter().map(|&at| domain.weight(at)));
        if n == 0 || size == 0.0 {
            return Err(Refusal::EmptyGroup { what: "the domain".to_owned() });
        }
        let variance = self.variance(values);
        if !variance.is_finite() {
            return Err(Refusal::NotFinite { what: "the variance", row: 0 });
        }
        let centre = sum(used.iter().map(|&at| domain.weight(at) * value_at(at))) / size;
        let squares = sum(used.iter().map(|&at| {
            let away = value_at(at) - centre;
            domain.weight(at) * away * away
        }));
        let scatter = (squares / size).max(0.0) * n as f64 / (n as f64 - 1.0);
        let (deff, deff_replace) = design_effects(variance, scatter, n, size, 1.0);
        Ok(Estimate {
            value: values[0],
            standard_error: variance.sqrt(),
            freedom: self.freedom(domain),
            n,
            size,
            deff,
            deff_replace,
        })
    }
}

/// Quotients of two of the sums, for the estimate and each replicate.
fn quotients(sums: &[Vec<f64>], top: usize, bottom: usize, what: &str) -> Result<Vec<f64>, Refusal> {
    let each = sums.iter().map(|sums| {
        if sums[bottom] == 0.0 {
            Err(Refusal::EmptyGroup { what: what.to_owned() })
        } else {
            Ok(sums[top] / sums[bottom])
        }
    });
    each.collect()
}
