//! The risk of a product by injury scenarios.
//!
//! **What it answers.** A chair can pinch a finger in one case of fifty, and one pinch in ten hurts: how serious
//! is that, and would another assumption change the answer?
//!
//! **Formula.** The probability of a scenario is the exact product of the probabilities of its steps; its band
//! and the severity of the injury give the level in the [`Matrix`]. The product has the level of its worst
//! scenario. Sensitivity: the level with the probability one band up or down and the severity one step up or
//! down; an assessment is *stable* when none of the four changes it.
//!
//! **Source.** Decision 2010/15/EU, part IV (risk assessment guidelines), sections 3–5; the same build in
//! GB/T 22760, GB/T 39011 and GB/T 39012.
//!
//! **When not to use it.** Steps must be conditional on the steps before: multiplying probabilities of events
//! that go together makes the risk too small. Foods, drugs and vehicles have rules of their own. Severities are
//! those of the rule: 1 first aid; 2 outpatient, up to about six months; 3 hospital, beyond six months or lasting;
//! 4 death or more than about 10 % disability (2010/15/EU).

use super::fraction::Fraction;
use super::matrix::{Level, Matrix};
use crate::refusal::{Refusal, at_least};

/// How an injury comes about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scenario {
    /// Probability of each step, given the steps before.
    pub steps: Vec<Fraction>,
    /// Severity of the injury, from 1.
    pub severity: u32,
}

/// The risk of a scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Risk {
    /// Product of the steps.
    pub probability: Fraction,
    /// Its band, counted from the most probable.
    pub band: usize,
    /// The level.
    pub level: Level,
    /// Level with the probability one band more likely; the same at the top.
    pub more_likely: Level,
    /// Level with the probability one band less likely; the same at the bottom.
    pub less_likely: Level,
    /// Level one step more severe; the same at the top.
    pub more_severe: Level,
    /// Level one step less severe; the same at the bottom.
    pub less_severe: Level,
}

impl Risk {
    /// Whether none of the four neighbours has another level.
    pub fn stable(&self) -> bool {
        [self.more_likely, self.less_likely, self.more_severe, self.less_severe]
            .iter()
            .all(|&level| level == self.level)
    }
}

/// The risk of one scenario by `matrix`.
///
/// Refuses no step, a step above 1, a product of more than 38 digits and a severity outside the matrix.
///
/// ```
/// use zhiheng_methods::risk::{fraction::Fraction, matrix::{Level, Matrix}, scenario::{Scenario, assess}};
/// use zhiheng_methods::run::Frame;
/// let table = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tables/risk_matrices.csv"));
/// let matrix = Matrix::read(&Frame::from_table(table).unwrap(), "rapex_2010").unwrap();
/// // folding chair, minor pinch: 1 × 1/50 × 1/10 = 1/500, severity 1
/// let steps = ["1", "1/50", "0.1"].map(|text| Fraction::read(text).unwrap()).to_vec();
/// let it = assess(&Scenario { steps, severity: 1 }, &matrix).unwrap();
/// assert_eq!((it.probability.to_string().as_str(), it.level), ("1/500", Level::Low));
/// assert_eq!((it.more_likely, it.more_severe, it.stable()), (Level::Medium, Level::High, false));
/// ```
pub fn assess(scenario: &Scenario, matrix: &Matrix) -> Result<Risk, Refusal> {
    at_least("steps", scenario.steps.len(), 1)?;
    let mut probability = Fraction::ONE;
    for &step in &scenario.steps {
        if step > Fraction::ONE {
            return Err(Refusal::OutOfRange { what: "steps", value: step.to_f64(), allowed: "0 to 1" });
        }
        probability = probability.times(step)?;
    }
    let band = matrix.band(probability);
    let severity = scenario.severity;
    let level = matrix.level(band, severity)?;
    let or_same = |band: Option<usize>, severity: Option<u32>| {
        band.zip(severity).and_then(|(band, severity)| matrix.level(band, severity).ok()).unwrap_or(level)
    };
    Ok(Risk {
        probability,
        band,
        level,
        more_likely: or_same(band.checked_sub(1), Some(severity)),
        less_likely: or_same(band.checked_add(1), Some(severity)),
        more_severe: or_same(Some(band), severity.checked_add(1)),
        less_severe: or_same(Some(band), severity.checked_sub(1)),
    })
}

/// The risks of all scenarios, and which is the worst: the highest level, then the greatest probability, then
/// the first. Its level is the product's.
///
/// Refuses no scenario and what [`assess`] refuses.
pub fn worst(scenarios: &[Scenario], matrix: &Matrix) -> Result<(Vec<Risk>, usize), Refusal> {
    at_least("scenarios", scenarios.len(), 1)?;
    let risks: Vec<Risk> =
        scenarios.iter().map(|scenario| assess(scenario, matrix)).collect::<Result<_, _>>()?;
    let mut worst = 0;
    for (i, risk) in risks.iter().enumerate() {
        let best = &risks[worst];
        if (risk.level, risk.probability) > (best.level, best.probability) {
            worst = i;
        }
    }
    Ok((risks, worst))
}
