//! Audits of a declared quality level: GB/T 2828.4 for large populations, GB/T 2828.11 for small ones.
//!
//! **What it answers.** Does the sample contradict what was declared? How large must it be, and how bad must
//! the population be to be found out?
//!
//! **Formula.** The limit `L` and the sample go together so that a population that keeps its declaration is
//! contradicted with probability at most 5 %: `P(X > L | DQL) ≤ α`. The limiting quality is where the sample
//! still does not contradict with probability 10 %: `P(X ≤ L | LQ) = β`; the ratio `LQR = LQ/DQL` says how
//! sharp the audit is. In a small population of `N` with `D` declared nonconforming units the probabilities
//! are hypergeometric.
//!
//! **Source.** GB/T 2828.4-2008 (ISO 2859-4:2002); GB/T 2828.11-2008. The risks are the standards'; the
//! sample sizes are computed from them. The printed sample sizes, which round, are to be confirmed.
//!
//! **When not to use it.** For the acceptance of lots. And a sample that does not contradict proves nothing:
//! say “the sample does not contradict the declaration”, never “passed”.

use super::oc::single;
use super::plan::Population;
use crate::refusal::Refusal;
use crate::special::{beta_lower_quantile, gamma_lower_quantile};

/// Risks of an audit. The standards' values are [`Risks::STANDARD`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Risks {
    /// Greatest probability to contradict a true declaration.
    pub declared: f64,
    /// Probability not to contradict at the limiting quality.
    pub limiting: f64,
}

impl Risks {
    /// 5 % and 10 %.
    pub const STANDARD: Self = Self { declared: 0.05, limiting: 0.10 };
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Nonconforming units: binomial.
    Units,
    /// Nonconformities, per unit: Poisson.
    Nonconformities,
}

/// An audit of a large population.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Audit {
    /// Units to inspect: the most that keep the risk.
    pub n: u64,
    /// The declaration is contradicted when more than this are found.
    pub limit: u64,
    /// Probability to contradict a population exactly at the declared level.
    pub risk: f64,
    /// Limiting quality.
    pub limiting_quality: f64,
    /// Limiting quality ratio.
    pub ratio: f64,
}

/// An audit of a small population.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SmallAudit {
    /// The declaration is contradicted when more than this are found.
    pub limit: u64,
    /// Probability to contradict with as many nonconforming units as declared.
    pub risk: f64,
    /// Least number of nonconforming units in the population that is contradicted with probability 90 % or
    /// more; `None` if the sample never does.
    pub limiting_number: Option<u64>,
}

/// The sample for a declared quality level `declared` (a share, or nonconformities per unit) and a limit.
///
/// Refused when the level or a risk is out of range, or when even one unit contradicts too often.
///
/// ```
/// use zhiheng_methods::acceptance::declared::{Measure, Risks, audit};
/// // declared 1 % nonconforming, limit 1: 35 units, and a population of 10.6 % is found out nine times in ten
/// let it = audit(0.01, 1, Measure::Units, Risks::STANDARD).unwrap();
/// assert_eq!((it.n, (1000.0 * it.limiting_quality).round()), (35, 107.0));
/// ```
pub fn audit(declared: f64, limit: u64, measure: Measure, risks: Risks) -> Result<Audit, Refusal> {
    check(risks)?;
    let (population, allowed) = match measure {
        Measure::Units => (Population::Binomial, "(0, 1)"),
        Measure::Nonconformities => (Population::Poisson, "> 0"),
    };
    let good =
        declared > 0.0 && declared.is_finite() && (measure == Measure::Nonconformities || declared < 1.0);
    if !good {
        return Err(Refusal::OutOfRange { what: "declared", value: declared, allowed });
    }
    if limit > 100_000 {
        return Err(Refusal::OutOfRange { what: "limit", value: limit as f64, allowed: "[0, 100000]" });
    }
    let risk = |n: u64| 1.0 - single(population, declared, n, limit);
    let too_many = |n: u64| risk(n) > risks.declared;
    let first = super::find::least(1, 1_000_000_000, too_many).ok_or(Refusal::OutOfRange {
        what: "declared",
        value: declared,
        allowed,
    })?;
    let n = first - 1;
    if n == 0 {
        return Err(Refusal::Contradiction {
            what: "a single unit would contradict the declaration too often: choose a larger limit"
                .to_owned(),
        });
    }
    let at = limit as f64 + 1.0;
    let limiting_quality = match measure {
        Measure::Units if limit >= n => 1.0,
        Measure::Units => beta_lower_quantile(1.0 - risks.limiting, at, (n - limit) as f64),
        Measure::Nonconformities => gamma_lower_quantile(1.0 - risks.limiting, at) / n as f64,
    };
    Ok(Audit { n, limit, risk: risk(n), limiting_quality, ratio: limiting_quality / declared })
}

/// The limit for `n` units out of a population of `size` of which `declared` may be nonconforming.
///
/// Refused when the sample or the declared number exceeds the population, or a risk is out of range.
///
/// ```
/// use zhiheng_methods::acceptance::declared::{Risks, small_audit};
/// // 40 units, none declared nonconforming: a single one found contradicts
/// let it = small_audit(40, 0, 10, Risks::STANDARD).unwrap();
/// assert_eq!((it.limit, it.risk), (0, 0.0));
/// ```
pub fn small_audit(size: u64, declared: u64, n: u64, risks: Risks) -> Result<SmallAudit, Refusal> {
    check(risks)?;
    if size == 0 || size > 10_000_000 {
        return Err(Refusal::OutOfRange { what: "population", value: size as f64, allowed: "[1, 1e7]" });
    }
    if n == 0 || n > size {
        return Err(Refusal::OutOfRange { what: "n", value: n as f64, allowed: "[1, population]" });
    }
    if declared > size {
        return Err(Refusal::OutOfRange {
            what: "declared",
            value: declared as f64,
            allowed: "[0, population]",
        });
    }
    let population = Population::Hypergeometric { lot: size };
    let keeps = |bad: u64, limit: u64| single(population, bad as f64 / size as f64, n, limit);
    let limit = super::find::least(0, n, |limit| 1.0 - keeps(declared, limit) <= risks.declared)
        .ok_or(Refusal::OutOfRange { what: "n", value: n as f64, allowed: "[1, population]" })?;
    let limiting_number = super::find::least(declared, size, |bad| keeps(bad, limit) <= risks.limiting);
    Ok(SmallAudit { limit, risk: (1.0 - keeps(declared, limit)).max(0.0), limiting_number })
}

fn check(risks: Risks) -> Result<(), Refusal> {
    for (what, value) in [("declared risk", risks.declared), ("limiting risk", risks.limiting)] {
        if !(value > 0.0 && value < 1.0) {
            return Err(Refusal::OutOfRange { what, value, allowed: "(0, 1)" });
        }
    }
    Ok(())
}
