//! Allocation of a sample to strata: Neyman's, by cost, or in proportion.
//!
//! **What it answers.** 600 samples can be paid for. How many go to each stratum?
//!
//! **Formula.** `n_h = n N_h S_h / Σ N S` (Neyman), divided by `√c_h` where a unit costs `c_h` (optimal), or
//! `n N_h / Σ N` (proportional); a stratum that would need more than it has, or less than the least, is fixed
//! there and the rest is shared anew. Whole numbers by the largest remainder.
//!
//! **Source.** Neyman (1934), *Journal of the Royal Statistical Society* 97:558–625; Cochran (1977),
//! *Sampling Techniques*, sections 5.5–5.8.
//!
//! **When not to use it.** With guessed deviations that may be wrong by more than a factor of 2, or when every
//! stratum is to be published: then power or equal allocation serves better.

use crate::refusal::{Refusal, finite};
use crate::sum::sum;

/// A stratum before sampling.
#[derive(Debug, Clone, Copy)]
pub struct Stratum {
    /// Units in the population.
    pub size: f64,
    /// Standard deviation of what is measured, in its unit; for a share `√(p(1−p))`.
    pub deviation: f64,
    /// Cost of one sampled unit.
    pub cost: f64,
}

/// What a sample is shared by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AllocationRule {
    /// `N S`.
    #[default]
    Neyman,
    /// `N S / √cost`.
    Optimal,
    /// `N`.
    Proportional,
}

/// A sample shared out.
#[derive(Debug, Clone, PartialEq)]
pub struct Allocation {
    /// Sample of each stratum before rounding.
    pub exact: Vec<f64>,
    /// Whole numbers of the same sum.
    pub sample: Vec<u64>,
    /// Standard error of the estimated mean with `sample`, from the deviations given (finite population);
    /// `None` when a stratum that varies has no sample.
    pub standard_error: Option<f64>,
}

/// Largest stratum: above it whole numbers are not exact.
const SIZE_MAX: f64 = 1e15;

/// Shares `n` units out to `strata`, at least `least` to each (or all of a smaller stratum).
///
/// Refused: no strata, sizes below 1 or above 1e15, negative or not finite deviations, costs not above 0, products
/// `N S` that are all 0 or beyond the largest number, and `n` above the population or below what `least` asks.
///
/// ```
/// use zhiheng_methods::survey::{AllocationRule, Stratum, allocation};
/// let strata = [(400.0, 10.0), (600.0, 20.0)].map(|(size, deviation)| Stratum { size, deviation, cost: 1.0 });
/// let it = allocation(&strata, 80, AllocationRule::Neyman, 0).unwrap();
/// assert_eq!(it.sample, [20, 60]); // N S = 4000 and 12000
/// ```
pub fn allocation(
    strata: &[Stratum],
    n: u64,
    rule: AllocationRule,
    least: u64,
) -> Result<Allocation, Refusal> {
    if strata.is_empty() {
        return Err(Refusal::Empty { what: "strata" });
    }
    for stratum in strata {
        let finite = stratum.size.is_finite() && stratum.deviation.is_finite() && stratum.cost.is_finite();
        for (what, value, good, allowed) in [
            ("size", stratum.size, (1.0..=SIZE_MAX).contains(&stratum.size), "[1, 1e15]"),
            ("deviation", stratum.deviation, stratum.deviation >= 0.0, ">= 0"),
            ("cost", stratum.cost, stratum.cost > 0.0, "> 0"),
        ] {
            if !finite || !good {
                return Err(Refusal::OutOfRange { what, value, allowed });
            }
        }
    }
    let most: Vec<f64> = strata.iter().map(|stratum| libm::floor(stratum.size)).collect();
    let floor: Vec<f64> = most.iter().map(|most| most.min(least as f64)).collect();
    let total = n as f64;
    if total > sum(most.iter().copied()) || total < sum(floor.iter().copied()) {
        let allowed = "what all strata need to what they have";
        return Err(Refusal::OutOfRange { what: "n", value: total, allowed });
    }
    let weight = |stratum: &Stratum| match rule {
        AllocationRule::Neyman => stratum.size * stratum.deviation,
        AllocationRule::Optimal => stratum.size * stratum.deviation / stratum.cost.sqrt(),
        AllocationRule::Proportional => stratum.size,
    };
    let weights: Vec<f64> = strata.iter().map(weight).collect();
    if weights.iter().all(|&weight| weight == 0.0) {
        return Err(Refusal::NoVariation { what: "deviation".to_owned() });
    }
    finite("size times deviation", &weights)?;
    let exact = share_out(&weights, total, &floor, &most);
    let sample = whole(&exact, n, &most);
    let population = sum(strata.iter().map(|stratum| stratum.size));
    let variance = sum(strata.iter().zip(&sample).map(|(stratum, &n)| {
        let (share, n) = (stratum.size / population, n as f64);
        if stratum.deviation == 0.0 || n >= stratum.size {
            0.0
        } else {
            share * share * stratum.deviation * stratum.deviation * (1.0 / n - 1.0 / stratum.size)
        }
    }));
    let standard_error = variance.is_finite().then(|| variance.sqrt());
    Ok(Allocation { exact, sample, standard_error })
}

/// `clamp(factor · weight, floor, most)` with the factor that gives `total`; what no weight wants goes to
/// the strata without one in proportion to their room.
fn share_out(weights: &[f64], total: f64, floor: &[f64], most: &[f64]) -> Vec<f64> {
    let at = |factor: f64| -> Vec<f64> {
        let each = weights.iter().zip(floor).zip(most);
        each.map(|((weight, &floor), &most)| (factor * weight).max(floor).min(most)).collect()
    };
    let least = weights.iter().copied().filter(|&weight| weight > 0.0).fold(f64::INFINITY, f64::min);
    let (mut low, mut high) = (0.0, (most.iter().copied().fold(1.0, f64::max) / least).min(f64::MAX));
    // Halved until no number lies between: a thousand times where deviations differ by hundreds of powers of ten.
    loop {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            break;
        }
        if sum(at(middle)) < total {
            low = middle;
        } else {
            high = middle;
        }
    }
    // The bisection says which strata are at an end; the others share the rest exactly.
    let mut exact = at(high);
    let free: Vec<usize> = (0..weights.len())
        .filter(|&h| floor[h] < exact[h] && exact[h] < most[h] && weights[h] > 0.0)
        .collect();
    let fixed = sum((0..weights.len()).filter(|h| !free.contains(h)).map(|h| exact[h]));
    let shared = sum(free.iter().map(|&h| weights[h]));
    for &h in &free {
        exact[h] = ((total - fixed) * weights[h] / shared).max(floor[h]).min(most[h]);
    }
    let missing = total - sum(exact.iter().copied());
    let room = sum((0..weights.len()).map(|h| most[h] - exact[h]));
    if missing > 1e-9 * total && room > 0.0 {
        for h in 0..weights.len() {
            exact[h] += missing * (most[h] - exact[h]) / room;
        }
    }
    exact
}

/// Whole numbers with the sum `n`: rounded down, and one more to the largest remainders.
fn whole(exact: &[f64], n: u64, most: &[f64]) -> Vec<u64> {
    // A remainder of 1 − 1e-9 is a rounding error, not a remainder.
    let mut sample: Vec<u64> = exact.iter().map(|value| libm::floor(value + 1e-9) as u64).collect();
    let mut order: Vec<usize> = (0..exact.len()).collect();
    let remainder = |h: usize| exact[h] - libm::floor(exact[h] + 1e-9);
    order.sort_by(|&a, &b| remainder(b).total_cmp(&remainder(a)).then(a.cmp(&b)));
    let mut given: u64 = sample.iter().sum();
    while given < n {
        let before = given;
        for &h in &order {
            if given < n && (sample[h] as f64) < most[h] {
                sample[h] += 1;
                given += 1;
            }
        }
        if given == before {
            break;
        }
    }
    sample
}
