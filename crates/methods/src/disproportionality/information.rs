//! The information component: the reporting ratio in bits, shrunk towards 0 where there are few reports.
//!
//! **What it answers.** By how many bits is the pair more frequent than expected, and is that more than
//! chance: is the lower end (IC025) above 0?
//!
//! **Formula.** Shrunk: `IC = log₂((a + ½)/(E + ½))`. Its interval is exactly `log₂` of the 2.5 and 97.5 %
//! quantiles of a gamma variable of shape `a + ½` and rate `E + ½` ([`exact`]), nearly `IC − 3.3 (a+½)^(−½)
//! − 2 (a+½)^(−³⸝₂)` and `IC + 2.4 (a+½)^(−½) − ½ (a+½)^(−³⸝₂)` ([`shrunk`]). The older BCPNN takes beta
//! priors for the margins and for the pair, with moments by their exact formula ([`bcpnn`]) or Bate's
//! approximation ([`bcpnn_bate`]), and a normal interval.
//!
//! **Source.** Norén, Hopstadius and Bate (2013), *Statistical Methods in Medical Research* 22:57–69; Bate
//! et al. (1998), *European Journal of Clinical Pharmacology* 54:315–321; Gould (2003),
//! *Pharmacoepidemiology and Drug Safety* 12:559–574. [`bcpnn`] equals R `PhViD::BCPNN` without simulation,
//! in bits (that package's lower bound: 1.95996 deviations).
//!
//! **When not to use it.** As a risk; and `bcpnn` for rare pairs, where the distribution is not normal.

use super::table::Contingency;
use crate::interval::level_tail;
use crate::refusal::Refusal;
use crate::special::{digamma, gamma_lower_quantile, gamma_upper_quantile, trigamma};
use std::f64::consts::LN_2;

/// An information component, in bits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Information {
    /// The component.
    pub ic: f64,
    /// Lower end of the 95 % interval, IC025.
    pub low: f64,
    /// Upper end, IC975.
    pub high: f64,
}

/// The shrunk component of `observed` reports where `expected` are expected, with Norén's nearly exact
/// interval.
///
/// Refuses more than 1e9 reports, an expected count that is negative or not finite.
///
/// ```
/// let it = zhiheng_methods::disproportionality::information::shrunk(3, 0.375).unwrap();
/// assert!((it.ic - 2.0).abs() < 1e-15);
/// ```
pub fn shrunk(observed: u64, expected: f64) -> Result<Information, Refusal> {
    check(observed, expected)?;
    let shape = observed as f64 + 0.5;
    let ic = libm::log2(shape / (expected + 0.5));
    let root = libm::sqrt(shape);
    Ok(Information {
        ic,
        low: ic - 3.3 / root - 2.0 / (root * shape),
        high: ic + 2.4 / root - 0.5 / (root * shape),
    })
}

/// The shrunk component with the exact interval of the posterior gamma distribution, at a confidence `level`.
///
/// Refuses more than 1e9 reports, an expected count that is negative or not finite, and a level outside (0, 1).
pub fn exact(observed: u64, expected: f64, level: f64) -> Result<Information, Refusal> {
    check(observed, expected)?;
    let tail = level_tail(level)?;
    let (shape, rate) = (observed as f64 + 0.5, expected + 0.5);
    let bits = |quantile: f64| libm::log2(quantile / rate);
    Ok(Information {
        ic: bits(shape),
        low: bits(gamma_lower_quantile(tail, shape)),
        high: bits(gamma_upper_quantile(tail, shape)),
    })
}

/// The component of the BCPNN with exact moments, and `z` standard deviations to each side.
///
/// Refuses a table without reports.
pub fn bcpnn(table: &Contingency, z: f64) -> Result<Information, Refusal> {
    let Margins { a, n, product, event, prior } = Margins::of(table)?;
    // the two shapes of the pair's beta distribution add up to this
    let pair = n + prior;
    let mean = digamma(a + 1.0) - digamma(pair) - digamma(product + 1.0) - digamma(event + 1.0)
        + 2.0 * digamma(n + 2.0);
    let variance = trigamma(a + 1.0) - trigamma(pair) + trigamma(product + 1.0) + trigamma(event + 1.0)
        - 2.0 * trigamma(n + 2.0);
    Ok(normal(mean / LN_2, libm::sqrt(variance) / LN_2, z))
}

/// The component of the BCPNN with Bate's approximate moments, and `z` standard deviations to each side.
///
/// Refuses a table without reports.
///
/// ```
/// use zhiheng_methods::disproportionality::{Contingency, information::bcpnn_bate};
/// // pair, product and event as often as the prior has it: no information
/// let it = bcpnn_bate(&Contingency { a: 0, b: 0, c: 0, d: 2 }, 1.96).unwrap();
/// assert!((it.ic - 0.0).abs() < 0.5 && it.low < 0.0 && it.high > 0.0);
/// ```
pub fn bcpnn_bate(table: &Contingency, z: f64) -> Result<Information, Refusal> {
    let Margins { a, n, product, event, prior } = Margins::of(table)?;
    let (whole, pair) = (n + 2.0, n + prior);
    let ratio = (a + 1.0) * whole * whole / (pair * (product + 1.0) * (event + 1.0));
    let part = |count: f64, prior: f64| (n - count + prior - 1.0) / ((count + 1.0) * (1.0 + n + prior));
    let variance = part(a, prior) + part(product, 2.0) + part(event, 2.0);
    Ok(normal(libm::log2(ratio), libm::sqrt(variance) / LN_2, z))
}

struct Margins {
    a: f64,
    n: f64,
    product: f64,
    event: f64,
    /// Weight of the pair's prior, which makes the component 0 without data.
    prior: f64,
}

impl Margins {
    fn of(table: &Contingency) -> Result<Self, Refusal> {
        let n = table.total();
        if n == 0.0 {
            return Err(Refusal::Empty { what: "reports" });
        }
        let (product, event) = (table.with_product(), table.with_event());
        let prior = (n + 2.0) * (n + 2.0) / ((product + 1.0) * (event + 1.0));
        Ok(Self { a: table.a as f64, n, product, event, prior })
    }
}

fn normal(ic: f64, deviation: f64, z: f64) -> Information {
    Information { ic, low: ic - z * deviation, high: ic + z * deviation }
}

fn check(observed: u64, expected: f64) -> Result<(), Refusal> {
    super::few_enough(observed)?;
    if expected >= 0.0 && expected.is_finite() {
        Ok(())
    } else {
        Err(Refusal::OutOfRange { what: "expected", value: expected, allowed: ">= 0" })
    }
}
