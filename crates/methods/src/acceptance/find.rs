//! The smallest single plan that meets a producer's and a consumer's risk.
//!
//! **What it answers.** How many units, and how many nonconforming ones among them at most, so that good lots
//! are accepted and bad lots are not, each with the probability agreed?
//!
//! **Formula.** The least `c` whose least `n` with `P(X ≤ c | p₂, n) ≤ β` also has `P(X ≤ c | p₁, n) ≥ 1 − α`.
//!
//! **Source.** Guenther, *Sampling Inspection in Statistical Quality Control* (1977), ch. 2; equals
//! `find.plan` of R's AcceptanceSampling, types binomial, poisson and hypergeom.
//!
//! **When not to use it.** Where a standard prescribes the plan; and for one lot the hypergeometric only.

use super::oc::single;
use super::plan::{Plan, Population};
use crate::halving::first;
use crate::refusal::Refusal;

/// A point that the curve of a plan must pass on the right side.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RiskPoint {
    /// Quality.
    pub quality: f64,
    /// Probability of acceptance: at least this for the producer, at most this for the consumer.
    pub accept: f64,
}

/// A single plan, by its two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SinglePlan {
    /// Units to inspect.
    pub n: u64,
    /// Acceptance number.
    pub accept: u64,
}

impl SinglePlan {
    /// Rejection number, one more than the acceptance number.
    pub fn reject(self) -> u64 {
        self.accept + 1
    }

    /// As a [`Plan`].
    pub fn plan(self) -> Result<Plan, Refusal> {
        Plan::single(self.n, self.accept)
    }
}

/// Acceptance numbers tried before the two qualities are called too close to each other.
const MOST_ACCEPTED: u64 = 20_000;
/// Units beyond which no plan is sought.
const MOST_UNITS: u64 = 100_000_000;

/// The smallest single plan for a producer's and a consumer's risk point.
///
/// Refused when the producer's quality is not better than the consumer's, when a probability is not in (0,
/// 1), and when no plan (or none of a practical size) meets both, as in a lot that is too small.
///
/// ```
/// use zhiheng_methods::acceptance::{Population, find::{RiskPoint, single_plan}};
/// let producer = RiskPoint { quality: 0.01, accept: 0.95 };
/// let consumer = RiskPoint { quality: 0.05, accept: 0.10 };
/// let plan = single_plan(producer, consumer, Population::Binomial).unwrap();
/// assert_eq!((plan.n, plan.accept), (132, 3));
/// ```
pub fn single_plan(
    producer: RiskPoint,
    consumer: RiskPoint,
    population: Population,
) -> Result<SinglePlan, Refusal> {
    check(producer, consumer)?;
    population.check("producer quality", producer.quality)?;
    population.check("consumer quality", consumer.quality)?;
    population.holds(1)?;
    let most = match population {
        Population::Hypergeometric { lot } => lot,
        _ => MOST_UNITS,
    };
    let mut n = 1;
    for accept in 0..=MOST_ACCEPTED {
        // More units only lower the probability, and a larger acceptance number only raises it.
        let enough = |n: u64| single(population, consumer.quality, n, accept) <= consumer.accept;
        n = least(n, most, enough).ok_or_else(|| Refusal::Contradiction {
            what: "no plan keeps the consumer's risk: the lot is too small or the qualities are too close"
                .to_owned(),
        })?;
        if single(population, producer.quality, n, accept) >= producer.accept {
            return Ok(SinglePlan { n, accept });
        }
    }
    Err(Refusal::NotConverged { what: "plan search", steps: MOST_ACCEPTED as usize })
}

/// Refuses risk points that no plan can separate.
pub(super) fn check(producer: RiskPoint, consumer: RiskPoint) -> Result<(), Refusal> {
    for (what, accept) in [("producer acceptance", producer.accept), ("consumer acceptance", consumer.accept)]
    {
        if !(accept > 0.0 && accept < 1.0) {
            return Err(Refusal::OutOfRange { what, value: accept, allowed: "(0, 1)" });
        }
    }
    if producer.quality < consumer.quality {
        Ok(())
    } else {
        Err(Refusal::Contradiction {
            what: "the consumer's quality must be worse than the producer's".to_owned(),
        })
    }
}

/// The least number from `from` to `most` that is enough, if enough stays enough.
pub(super) fn least(from: u64, most: u64, enough: impl Fn(u64) -> bool) -> Option<u64> {
    let (mut not, mut step) = (from, 1);
    if not > most {
        return None;
    }
    if enough(not) {
        return Some(not);
    }
    let yes = loop {
        let next = not.saturating_add(step).min(most);
        if enough(next) {
            break next;
        }
        if next == most {
            return None;
        }
        not = next;
        step *= 2;
    };
    Some(first(not + 1, yes, enough))
}
