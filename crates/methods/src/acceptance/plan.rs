//! An attributes sampling plan: one or more samples with their acceptance and rejection numbers.
//!
//! **What it answers.** How many units are inspected, and when is the lot accepted or not?
//!
//! **Source.** GB/T 2828.1-2012, clause 3; Schilling and Neubauer, *Acceptance Sampling in Quality Control*
//! (3rd ed., 2017), ch. 5 and 6.
//!
//! **When not to use it.** For a measured quality [`super::variables`] needs far fewer units.

use crate::refusal::Refusal;

/// A stage of a plan. The numbers of units add up over the stages; `accept` and `reject` count the
/// nonconforming units (or nonconformities) found in all samples so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stage {
    /// Units drawn at this stage alone.
    pub n: u64,
    /// Accept when no more than this have been found; `None` where the plan does not yet accept (printed `#`).
    pub accept: Option<u64>,
    /// Reject when this many have been found.
    pub reject: u64,
}

/// A single, double or multiple sampling plan that always comes to a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    stages: Vec<Stage>,
}

/// What the units are drawn from, and so the distribution of the number found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Population {
    /// A running process, quality as a share of nonconforming units: binomial.
    Binomial,
    /// Quality as nonconformities per unit: Poisson.
    Poisson,
    /// One lot of so many units: hypergeometric. The share times the lot is rounded to a whole number (half to
    /// even), as no lot holds half a nonconforming unit.
    Hypergeometric {
        /// Units in the lot.
        lot: u64,
    },
}

/// No plan of practice has more units; it keeps sums of sizes far from the end of the type.
const MOST_UNITS: u64 = 1_000_000_000;
/// Numbers found that leave a stage undecided; more would take seconds to compute with.
const MOST_UNDECIDED: u64 = 20_000;

impl Plan {
    /// Draw `n` units, accept with at most `accept` found.
    ///
    /// ```
    /// let plan = zhiheng_methods::acceptance::Plan::single(80, 2).unwrap();
    /// assert_eq!((plan.size(), plan.stages()[0].reject), (80, 3));
    /// ```
    pub fn single(n: u64, accept: u64) -> Result<Self, Refusal> {
        Self::new(vec![Stage { n, accept: Some(accept), reject: accept.saturating_add(1) }])
    }

    /// A plan from its stages.
    ///
    /// Refused unless there is a stage, every stage has units, each acceptance number is below its rejection
    /// number, neither series falls, and the last rejection number is the last acceptance number plus one.
    pub fn new(stages: Vec<Stage>) -> Result<Self, Refusal> {
        let Some(last) = stages.last() else { return Err(Refusal::Empty { what: "stages" }) };
        let (mut total, mut accept, mut reject) = (0_u64, None, 0);
        for (i, stage) in stages.iter().enumerate() {
            total = total.saturating_add(stage.n);
            if stage.n == 0 || total > MOST_UNITS {
                return Err(Refusal::OutOfRange { what: "n", value: stage.n as f64, allowed: "[1, 1e9]" });
            }
            if stage.accept.is_some_and(|accept| accept >= stage.reject) {
                return contradiction("an acceptance number is not below its rejection number");
            }
            if stage.reject == 0 || stage.reject > MOST_UNITS {
                return Err(Refusal::OutOfRange {
                    what: "reject",
                    value: stage.reject as f64,
                    allowed: "[1, 1e9]",
                });
            }
            if stage.accept < accept || stage.reject < reject {
                return contradiction("acceptance or rejection numbers fall from one stage to the next");
            }
            let least = stage.accept.map_or(0, |accept| accept + 1);
            if i + 1 < stages.len() && stage.reject - least > MOST_UNDECIDED {
                return contradiction("a stage leaves more than 20000 numbers undecided");
            }
            (accept, reject) = (stage.accept, stage.reject);
        }
        if last.accept.map(|accept| accept + 1) != Some(last.reject) {
            return contradiction("the last stage does not decide: Re is not Ac + 1");
        }
        Ok(Self { stages })
    }

    /// A plan from columns: units of each stage, acceptance numbers and rejection numbers.
    pub fn from_numbers(n: &[u64], accept: &[Option<u64>], reject: &[u64]) -> Result<Self, Refusal> {
        crate::refusal::same_length("accept", accept.len(), n.len())?;
        crate::refusal::same_length("reject", reject.len(), n.len())?;
        let numbers = n.iter().zip(accept).zip(reject);
        Self::new(numbers.map(|((&n, &accept), &reject)| Stage { n, accept, reject }).collect())
    }

    /// The stages.
    pub fn stages(&self) -> &[Stage] {
        &self.stages
    }

    /// Units in all stages.
    pub fn size(&self) -> u64 {
        self.stages.iter().map(|stage| stage.n).sum()
    }
}

impl Population {
    /// Refuses a quality that this population cannot have.
    pub(crate) fn check(self, what: &'static str, quality: f64) -> Result<(), Refusal> {
        let allowed = match self {
            Population::Poisson if quality >= 0.0 && quality.is_finite() => return Ok(()),
            Population::Binomial | Population::Hypergeometric { .. } if (0.0..=1.0).contains(&quality) => {
                return Ok(());
            }
            Population::Poisson => ">= 0",
            _ => "[0, 1]",
        };
        Err(Refusal::OutOfRange { what, value: quality, allowed })
    }

    /// Refuses a plan that needs more units than the lot has.
    pub(crate) fn holds(self, n: u64) -> Result<(), Refusal> {
        match self {
            Population::Hypergeometric { lot } if lot < n.max(1) => {
                Err(Refusal::TooFew { what: "lot", found: lot as usize, needed: n.max(1) as usize })
            }
            // whole numbers beyond this are not whole in double precision
            Population::Hypergeometric { lot } if lot > 1_000_000_000_000_000 => {
                Err(Refusal::OutOfRange { what: "lot", value: lot as f64, allowed: "[1, 1e15]" })
            }
            _ => Ok(()),
        }
    }

    /// Nonconforming units in a lot of this quality; only meaningful for a lot.
    pub(crate) fn nonconforming(lot: u64, quality: f64) -> u64 {
        (libm::rint(lot as f64 * quality) as u64).min(lot)
    }
}

fn contradiction<T>(what: &str) -> Result<T, Refusal> {
    Err(Refusal::Contradiction { what: what.to_owned() })
}
