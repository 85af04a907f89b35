//! Subgroups of measurements, their means, ranges and deviations, and estimates of σ from them.
//!
//! **What it answers.** How much does the process vary within subgroups, that is, without what changes from
//! one to the next?
//!
//! **Formula.** Per subgroup `Rᵢ/d₂(nᵢ)` and `Sᵢ/c₄(nᵢ)` estimate σ. They are averaged plainly (UWAVE) or
//! with the weights of least variance, `(d₂/d₃)²` and `c₄²/(1 − c₄²)` (MVLUE); or the variances are pooled,
//! `√(Σ(nᵢ − 1)Sᵢ²/Σ(nᵢ − 1))/c₄(Σ(nᵢ − 1) + 1)` (RMSDF).
//!
//! **Source.** Burr (1969), *Journal of Quality Technology* 1:163–167; Wetherill and Brown, *Statistical
//! Process Control* (1991), ch. 3; the names are those of R's qcc 2.7.
//!
//! **When not to use it.** Ranges from more than about ten values waste information: take deviations.

use std::collections::BTreeMap;

use super::constants::{Constants, c4};
use crate::refusal::Refusal;
use crate::sum::{mean, sum, variance};

/// Measurements in subgroups of equal or unequal size.
#[derive(Debug, Clone, PartialEq)]
pub struct Subgroups {
    values: Vec<f64>,
    /// Where each subgroup ends in `values`.
    ends: Vec<usize>,
}

/// How σ is estimated from subgroups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Estimator {
    /// Plain average of `R/d₂`.
    UwaveR,
    /// Plain average of `S/c₄`.
    UwaveSd,
    /// Average of `R/d₂` with the least variance.
    MvlueR,
    /// Average of `S/c₄` with the least variance.
    MvlueSd,
    /// Root of the pooled variance, unbiased.
    Rmsdf,
}

impl Subgroups {
    /// Subgroups from their values; NaN is a missing value and left out.
    ///
    /// Refused when there is none, one is empty, or a value is infinite or beyond 1e100.
    ///
    /// ```
    /// use zhiheng_methods::spc::Subgroups;
    /// let groups = Subgroups::new([vec![1.0, 2.0], vec![3.0, f64::NAN, 5.0]]).unwrap();
    /// assert_eq!(groups.sizes().collect::<Vec<_>>(), [2, 2]);
    /// ```
    pub fn new<G: AsRef<[f64]>>(groups: impl IntoIterator<Item = G>) -> Result<Self, Refusal> {
        let (mut values, mut ends) = (Vec::new(), Vec::new());
        for group in groups {
            let start = values.len();
            for &value in group.as_ref() {
                if !value.is_nan() {
                    values.push(value);
                }
            }
            if values.len() == start {
                return Err(Refusal::EmptyGroup { what: format!("subgroup {}", ends.len() + 1) });
            }
            ends.push(values.len());
        }
        crate::refusal::at_least("subgroups", ends.len(), 1)?;
        super::chart::measured(&values)?;
        Ok(Self { values, ends })
    }

    /// Subgroups from rows in long form: the value and the name of its subgroup, in any order. Subgroups come
    /// in the order in which their names first appear, and the names come back with them.
    pub fn from_long<'a>(values: &[f64], names: &'a [String]) -> Result<(Self, Vec<&'a str>), Refusal> {
        crate::refusal::same_length("sample", names.len(), values.len())?;
        let mut at: BTreeMap<&str, usize> = BTreeMap::new();
        let (mut order, mut groups): (Vec<&str>, Vec<Vec<f64>>) = (Vec::new(), Vec::new());
        for (name, &value) in names.iter().zip(values) {
            let next = groups.len();
            let index = *at.entry(name.as_str()).or_insert(next);
            if index == next {
                order.push(name);
                groups.push(Vec::new());
            }
            if let Some(group) = groups.get_mut(index) {
                group.push(value);
            }
        }
        Ok((Self::new(groups)?, order))
    }

    /// Number of subgroups.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none; never so for what [`Subgroups::new`] made.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The subgroups' values.
    pub fn groups(&self) -> impl Iterator<Item = &[f64]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, &end)| self.values.get(start..end).unwrap_or_default())
    }

    /// Sizes of the subgroups.
    pub fn sizes(&self) -> impl Iterator<Item = usize> {
        self.groups().map(<[f64]>::len)
    }

    /// The subgroups at these positions.
    #[must_use]
    pub(crate) fn pick(&self, at: &[usize]) -> Self {
        let (mut values, mut ends) = (Vec::new(), Vec::new());
        let start = |i: usize| i.checked_sub(1).and_then(|i| self.ends.get(i).copied()).unwrap_or(0);
        for &i in at {
            let end = self.ends.get(i).copied().unwrap_or_default();
            values.extend_from_slice(self.values.get(start(i)..end).unwrap_or_default());
            ends.push(values.len());
        }
        Self { values, ends }
    }

    /// Every value, subgroup after subgroup.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// Means of the subgroups.
    pub fn means(&self) -> Vec<f64> {
        self.groups().map(mean).collect()
    }

    /// Ranges of the subgroups.
    pub fn ranges(&self) -> Vec<f64> {
        let range = |group: &[f64]| {
            let ends = group.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), &value| {
                (low.min(value), high.max(value))
            });
            ends.1 - ends.0
        };
        self.groups().map(range).collect()
    }

    /// Sample deviations of the subgroups (divisor n − 1); NaN for a single value.
    pub fn deviations(&self) -> Vec<f64> {
        self.groups().map(|group| variance(group).sqrt()).collect()
    }

    /// Average of one figure per subgroup, weighted with the sizes.
    pub(crate) fn weighted_mean(&self, figures: &[f64]) -> f64 {
        sum(self.sizes().zip(figures).map(|(n, figure)| n as f64 * figure)) / self.values.len() as f64
    }

    /// σ by `estimator`. Refused with subgroups of one value, which have no variation within.
    pub fn deviation(&self, estimator: Estimator, constants: Constants) -> Result<f64, Refusal> {
        if let Some(row) = self.sizes().position(|n| n < 2) {
            let what = format!("subgroup {} has a single value, so it does not vary", row + 1);
            return Err(Refusal::Contradiction { what });
        }
        let n_groups = self.len() as f64;
        Ok(match estimator {
            Estimator::UwaveR => {
                let d2 = each_size(self.sizes(), |n| constants.d2(n))?;
                sum(self.ranges().iter().zip(self.sizes()).map(|(range, n)| range / d2.at(n))) / n_groups
            }
            Estimator::MvlueR => {
                let d2 = each_size(self.sizes(), |n| constants.d2(n))?;
                let d3 = each_size(self.sizes(), |n| constants.d3(n))?;
                let weight = |n: usize| (d2.at(n) / d3.at(n)).powi(2);
                sum(self.ranges().iter().zip(self.sizes()).map(|(range, n)| range / d2.at(n) * weight(n)))
                    / sum(self.sizes().map(weight))
            }
            Estimator::UwaveSd => {
                let c4 = each_size(self.sizes(), |n| Ok(c4(n as f64)))?;
                sum(self.deviations().iter().zip(self.sizes()).map(|(s, n)| s / c4.at(n))) / n_groups
            }
            Estimator::MvlueSd => {
                let c4 = each_size(self.sizes(), |n| Ok(c4(n as f64)))?;
                let weight = |n: usize| c4.at(n).powi(2) / (1.0 - c4.at(n).powi(2));
                sum(self.deviations().iter().zip(self.sizes()).map(|(s, n)| s / c4.at(n) * weight(n)))
                    / sum(self.sizes().map(weight))
            }
            Estimator::Rmsdf => {
                let freedom = (self.values.len() - self.len()) as f64;
                let squares = sum(self.groups().map(|group| variance(group) * (group.len() - 1) as f64));
                (squares / freedom).sqrt() / c4(freedom + 1.0)
            }
        })
    }
}

/// A factor for every size that occurs.
pub(crate) struct BySize(Vec<Option<f64>>);

impl BySize {
    /// The factor for subgroups of `n`.
    pub(crate) fn at(&self, n: usize) -> f64 {
        self.0.get(n).copied().flatten().unwrap_or(f64::NAN)
    }
}

/// Computes a factor once for every size that occurs.
pub(crate) fn each_size(
    sizes: impl Iterator<Item = usize>,
    factor: impl Fn(usize) -> Result<f64, Refusal>,
) -> Result<BySize, Refusal> {
    let mut known: Vec<Option<f64>> = Vec::new();
    for n in sizes {
        if known.len() <= n {
            known.resize(n + 1, None);
        }
        if let Some(slot @ None) = known.get_mut(n) {
            *slot = Some(factor(n)?);
        }
    }
    Ok(BySize(known))
}
