//! Series that are smoother than chance allows.
//!
//! **What it answers.** Honest counts and rates scatter. Do these scatter too little to be counted, move too
//! evenly from month to month, or follow a ruler over a stretch?
//!
//! **Formula.** [`counts`]: `X² = Σ (xᵢ − eᵢ)²/eᵢ` with `eᵢ` in proportion to the exposures; [`rates`]:
//! `X² = Σ (xᵢ − nᵢ p̄)²/(nᵢ p̄(1 − p̄))`; both on `k − 1` degrees of freedom, and the *lower* tail is the
//! p-value of being too smooth. [`ratio`]: Bartels's rank version of von Neumann's ratio,
//! `Σ (Rᵢ − Rᵢ₊₁)²/Σ (Rᵢ − R̄)²`, near 2 for independent values, small for smooth ones. [`stretches`]: runs of
//! equal steps (interpolated figures) and of equal values (carried forward).
//!
//! **Source.** Fisher (1936), *Annals of Science* 1:115–137 (Mendel's figures too good); Bartels (1982),
//! *Journal of the American Statistical Association* 77:40–46.
//!
//! **When not to use it.** A series with trend or season is smooth for honest reasons: take [`ratio`] of the
//! differences or of the rest after trend and season. Rates held in a band by regulation (stock limits, planned
//! capacity) and samples drawn in proportion scatter less than independent ones. The χ² of [`counts`] and
//! [`rates`] is refused where fewer than 1 event is expected of a period, and `thin` where more than a fifth of
//! them expect fewer than 5.
//!
//! **How often it errs** (`examples/truth_power.rs`, level 0.05). Honest counts are flagged in 5.0 %, independent
//! series in 5.7–5.8 %. Twelve counts about 100 with half of chance's scatter are found in 92 %, a running mean of two
//! in 24 values in 77 %, of three in 93 %. Of 240 independent values with one decimal 7 % hold a stretch of four.

mod ratio;
mod stretch;

pub use ratio::{Ratio, ratio};
pub use stretch::{Stretch, stretches};

use super::tail;
use crate::refusal::{Refusal, at_least, finite, same_length};
use crate::sum::sum;

/// Scatter of counts or rates against chance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scatter {
    /// χ² of homogeneity.
    pub chi_square: f64,
    /// Its degrees of freedom.
    pub freedom: f64,
    /// `chi_square / freedom`: about 1 by chance, less when too smooth.
    pub index: f64,
    /// Probability of scattering so little or less.
    pub smooth_p_value: f64,
    /// Probability of scattering so much or more.
    pub rough_p_value: f64,
    /// More than a fifth of the periods expect fewer than 5 events: read the p-values as rough.
    pub thin: bool,
}

/// Scatter of event counts with their exposures (days, population, output).
///
/// Refuses fewer than 5 periods, exposures that are not positive, no event at all, and an expected count below 1.
///
/// ```
/// use zhiheng_methods::truth::smooth::counts;
/// let it = counts(&[100, 101, 99, 100, 100, 101, 99, 100], &[1.0; 8]).unwrap();
/// assert!(it.index < 0.01 && it.smooth_p_value < 1e-6);
/// ```
pub fn counts(events: &[u64], exposures: &[f64]) -> Result<Scatter, Refusal> {
    same_length("exposures", exposures.len(), events.len())?;
    at_least("events", events.len(), 5)?;
    finite("exposures", exposures)?;
    if let Some(&value) = exposures.iter().find(|&&exposure| exposure <= 0.0) {
        return Err(Refusal::OutOfRange { what: "exposures", value, allowed: "> 0" });
    }
    let rate = total(events) / sum(exposures.iter().copied());
    let terms =
        events.iter().zip(exposures).map(|(&x, exposure)| (x as f64, rate * exposure, rate * exposure));
    scatter(terms)
}

/// Scatter of rates: `events[i]` of `trials[i]`.
///
/// Refuses fewer than 5 periods, a period without trials or with more events than trials, rates that are all 0
/// or all 1, and an expected count (of events or of their absence) below 1.
pub fn rates(events: &[u64], trials: &[u64]) -> Result<Scatter, Refusal> {
    same_length("trials", trials.len(), events.len())?;
    at_least("events", events.len(), 5)?;
    for (row, (&x, &n)) in events.iter().zip(trials).enumerate() {
        if n == 0 || x > n {
            let what = format!("row {row}: {x} events of {n} trials");
            return Err(Refusal::Contradiction { what });
        }
    }
    let rate = total(events) / total(trials);
    let terms = events.iter().zip(trials).map(|(&x, &n)| {
        let n = n as f64;
        (x as f64, n * rate, n * rate * (1.0 - rate))
    });
    scatter(terms)
}

/// The sum, exact before it is rounded once.
fn total(counts: &[u64]) -> f64 {
    counts.iter().map(|&count| u128::from(count)).sum::<u128>() as f64
}

/// From what was found, what was expected and its variance. The variance is never above the rarer outcome's
/// expectation and not below half of it, so that it tells whether the χ² holds.
fn scatter(terms: impl Iterator<Item = (f64, f64, f64)> + Clone) -> Result<Scatter, Refusal> {
    let periods = terms.clone().count();
    let least = terms.clone().map(|(_, _, variance)| variance).fold(f64::INFINITY, f64::min);
    if least <= 0.0 {
        return Err(Refusal::NoVariation { what: "events".to_owned() });
    }
    if least < 1.0 {
        return Err(Refusal::OutOfRange {
            what: "expected events of a period",
            value: least,
            allowed: ">= 1",
        });
    }
    let below_five = terms.clone().filter(|(_, _, variance)| *variance < 5.0).count();
    let chi_square = sum(terms.map(|(x, expected, variance)| (x - expected) * (x - expected) / variance));
    let freedom = periods as f64 - 1.0;
    Ok(Scatter {
        chi_square,
        freedom,
        index: chi_square / freedom,
        smooth_p_value: tail::chi_square_lower(chi_square, freedom),
        rough_p_value: tail::chi_square_upper(chi_square, freedom),
        thin: 5 * below_five > periods,
    })
}
