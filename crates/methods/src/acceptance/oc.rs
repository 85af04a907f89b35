//! The operating characteristic of any attributes plan: how likely is it to accept, and after how many units?
//!
//! **What it answers.** With this plan, how often is a lot of quality p accepted, and how many units are
//! inspected?
//!
//! **Formula.** Let `P_k(d)` be the probability that `d` have been found after stage `k` without a decision.
//! Then stage `k` accepts with probability `Σ_d P_{k−1}(d) P(X_k ≤ Ac_k − d)`, and `P_k(d) = Σ P_{k−1}(d − x)
//! P(X_k = x)` for `Ac_k < d < Re_k`. `X_k` is binomial, Poisson or, in a lot, hypergeometric in what is
//! left. The average sample number is `Σ n_k P(stage k is reached)`, without curtailment: a stage once begun
//! is finished.
//!
//! **Source.** Schilling and Neubauer, *Acceptance Sampling in Quality Control* (3rd ed., 2017), ch. 5–6;
//! equals `OC2c` of R's AcceptanceSampling.
//!
//! **When not to use it.** The binomial assumes a process or a lot at least ten times the sample; for one
//! small lot use the hypergeometric. For a scheme with switching rules the curve of one plan is not that of
//! the scheme.

use super::plan::{Plan, Population};
use crate::refusal::Refusal;
use crate::special::{beta_upper, binomial_pmf, gamma_upper, hypergeometric_pmf, poisson_pmf};
use crate::sum::{Sum, sum};

/// What a plan does with a lot of one quality.
#[derive(Debug, Clone, PartialEq)]
pub struct Characteristic {
    /// Probability of acceptance.
    pub accept: f64,
    /// Average sample number: the expected number of units inspected.
    pub sample_number: f64,
    /// Stage by stage: the probabilities to reach it and to accept at it.
    pub stages: Vec<Decision>,
}

/// What happens at one stage.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Decision {
    /// Probability that the stage is reached.
    pub reached: f64,
    /// Probability that the lot is accepted at this stage.
    pub accept: f64,
}

/// The [`Characteristic`] of `plan` at `quality`.
///
/// Relative error of the probability about 1e-12. Refused when `quality` is outside the population's range or
/// the lot is smaller than all samples together.
///
/// ```
/// use zhiheng_methods::acceptance::{Plan, Population, oc};
/// // 13 units, none nonconforming: (1 − p)¹³
/// let plan = Plan::single(13, 0).unwrap();
/// let at = oc::characteristic(&plan, Population::Binomial, 0.05).unwrap();
/// assert!((at.accept - 0.95_f64.powi(13)).abs() < 1e-15);
/// ```
pub fn characteristic(plan: &Plan, population: Population, quality: f64) -> Result<Characteristic, Refusal> {
    population.check("quality", quality)?;
    population.holds(plan.size())?;
    // Where the inspection stands: found so far from `first` upwards, with probabilities.
    let (mut first, mut open) = (0_u64, vec![1.0]);
    let mut drawn = 0;
    let mut stages = Vec::with_capacity(plan.stages().len());
    let mut sample_number = Sum::default();
    for stage in plan.stages() {
        let urn = Urn { population, quality, drawn, n: stage.n };
        let reached = sum(open.iter().copied());
        sample_number.add(reached * stage.n as f64);
        let accept = sum(open.iter().enumerate().map(|(i, probability)| {
            let found = first + i as u64;
            let room = stage.accept.and_then(|accept| accept.checked_sub(found));
            room.map_or(0.0, |room| probability * urn.at_most(found, room))
        }));
        stages.push(Decision { reached, accept });
        let least = stage.accept.map_or(0, |accept| accept + 1);
        open = urn.undecided(first, &open, least, stage.reject);
        first = least;
        drawn += stage.n;
    }
    let accept = sum(stages.iter().map(|stage| stage.accept)).min(1.0);
    Ok(Characteristic { accept, sample_number: sample_number.value(), stages })
}

/// `P(X ≤ accept)` in one sample of `n`: the curve of a single plan, without building one.
pub(crate) fn single(population: Population, quality: f64, n: u64, accept: u64) -> f64 {
    Urn { population, quality, drawn: 0, n }.at_most(0, accept)
}

/// A sample of `n` units to be drawn after `drawn` others.
struct Urn {
    population: Population,
    quality: f64,
    drawn: u64,
    n: u64,
}

impl Urn {
    /// Probability that at most `room` are found when `found` have been found before.
    fn at_most(&self, found: u64, room: u64) -> f64 {
        match self.population {
            Population::Binomial if room >= self.n => 1.0,
            Population::Binomial => beta_upper(self.quality, room as f64 + 1.0, (self.n - room) as f64),
            Population::Poisson => gamma_upper(room as f64 + 1.0, self.n as f64 * self.quality),
            Population::Hypergeometric { lot } => {
                let Some((bad, good)) = self.left(lot, found) else { return 0.0 };
                hypergeometric_at_most(room, bad, good, self.n)
            }
        }
    }

    /// Nonconforming and conforming units left when `found` have been found; `None` if the lot cannot have held
    /// so many, or so few.
    fn left(&self, lot: u64, found: u64) -> Option<(u64, u64)> {
        let bad = Population::nonconforming(lot, self.quality);
        let good = lot - bad;
        Some((bad.checked_sub(found)?, good.checked_sub(self.drawn.checked_sub(found)?)?))
    }

    /// Probabilities of having found `least`, `least + 1`, … `reject − 1` in all after this sample.
    fn undecided(&self, first: u64, open: &[f64], least: u64, reject: u64) -> Vec<f64> {
        let width = reject.saturating_sub(least) as usize;
        let mut next = vec![Sum::default(); width];
        if width == 0 {
            return Vec::new();
        }
        // Binomial and Poisson samples do not depend on what came before.
        let apart = !matches!(self.population, Population::Hypergeometric { .. });
        let fresh: Vec<f64> = if apart {
            (0..reject - first.min(reject)).map(|x| self.exactly(0, x)).collect()
        } else {
            Vec::new()
        };
        for (i, &probability) in open.iter().enumerate() {
            let found = first + i as u64;
            for (total, sum) in (least..reject).zip(&mut next) {
                let Some(x) = total.checked_sub(found) else { continue };
                let chance = fresh.get(x as usize).copied().unwrap_or_else(|| self.exactly(found, x));
                sum.add(probability * chance);
            }
        }
        next.into_iter().map(Sum::value).collect()
    }

    fn exactly(&self, found: u64, x: u64) -> f64 {
        match self.population {
            Population::Binomial => binomial_pmf(x, self.n, self.quality),
            Population::Poisson => poisson_pmf(x, self.n as f64 * self.quality),
            Population::Hypergeometric { lot } => match self.left(lot, found) {
                Some((bad, good)) if self.n <= bad + good => hypergeometric_pmf(x, bad, good, self.n),
                _ => 0.0,
            },
        }
    }
}

/// `P(X ≤ x)` for `draws` from `bad + good` units, summed from the likeliest term downwards.
fn hypergeometric_at_most(x: u64, bad: u64, good: u64, draws: u64) -> f64 {
    let least = draws.saturating_sub(good);
    let most = bad.min(draws);
    if x < least {
        return 0.0;
    }
    if x >= most {
        return 1.0;
    }
    // Above the mode the terms left out are the smaller side.
    let mode = ((draws as f64 + 1.0) * (bad as f64 + 1.0) / (bad as f64 + good as f64 + 2.0)) as u64;
    let from = if x > mode { x + 1 } else { x };
    let mut term = hypergeometric_pmf(from, bad, good, draws);
    let mut all = Sum::default();
    let mut at = from;
    loop {
        all.add(term);
        let ratio = if x > mode {
            // P(at + 1) / P(at)
            let (b, d) = ((bad - at) as f64, (draws - at) as f64);
            b * d / ((at as f64 + 1.0) * (good as f64 - draws as f64 + at as f64 + 1.0))
        } else {
            // P(at − 1) / P(at)
            let (b, d) = ((bad - at) as f64 + 1.0, (draws - at) as f64 + 1.0);
            at as f64 * (good as f64 - draws as f64 + at as f64) / (b * d)
        };
        term *= ratio;
        if term <= all.value() * 1e-18 {
            break;
        }
        at = if x > mode { at + 1 } else { at - 1 };
    }
    if x > mode { 1.0 - all.value() } else { all.value() }
}
