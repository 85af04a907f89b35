//! The gamma-Poisson shrinker: ratios of observed to expected, drawn towards what is usual among all pairs.
//!
//! **What it answers.** With what is usual in the whole data set as a prior, where does the pair's true
//! ratio lie? EBGM is its typical value, EB05 the value it exceeds with 95 % probability.
//!
//! **Formula.** The count is Poisson with mean `λE`, the ratio `λ` a mixture `P Γ(α₁, β₁) + (1 − P) Γ(α₂,
//! β₂)`. The posterior is a mixture of `Γ(αᵢ + n, βᵢ + E)` with the share `Q` of the first by Bayes; `EBGM
//! = exp E[ln λ] = exp(Q [ψ(α₁+n) − ln(β₁+E)] + (1 − Q)[ψ(α₂+n) − ln(β₂+E)])`; EB05 and EB95 are its
//! quantiles.
//!
//! **Source.** DuMouchel (1999), *The American Statistician* 53:177–190, equations 3–11. Equals R
//! `openEBGM` 0.9.1 (`Qn`, `ebgm`, `quantBisect` without rounding) and the posterior of `PhViD::GPS`.
//!
//! **When not to use it.** With a prior from other data than the pairs', or from few pairs
//! ([`super::prior`]).

use crate::refusal::Refusal;
use crate::special::{GammaShape, digamma, ln_binomial, normal_quantile, trigamma};
use rayon::prelude::*;

/// The prior of the ratios: a mixture of two gamma distributions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prior {
    /// Shape of the first.
    pub alpha1: f64,
    /// Rate of the first.
    pub beta1: f64,
    /// Shape of the second.
    pub alpha2: f64,
    /// Rate of the second.
    pub beta2: f64,
    /// Share of the first, in (0, 1).
    pub p: f64,
}

impl Prior {
    /// Refuses shapes and rates that are not above 0 and a share outside (0, 1).
    pub(super) fn check(&self) -> Result<(), Refusal> {
        let parts =
            [("alpha1", self.alpha1), ("beta1", self.beta1), ("alpha2", self.alpha2), ("beta2", self.beta2)];
        for (what, value) in parts {
            if !(value > 0.0 && value.is_finite()) {
                return Err(Refusal::OutOfRange { what, value, allowed: "> 0" });
            }
        }
        if self.p > 0.0 && self.p < 1.0 {
            Ok(())
        } else {
            Err(Refusal::OutOfRange { what: "p", value: self.p, allowed: "(0, 1)" })
        }
    }
}

/// What is known of a pair's ratio after its reports.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Posterior {
    /// Share `Q` of the first distribution.
    pub q: f64,
    /// Geometric mean of the ratio.
    pub ebgm: f64,
    first: Gamma,
    second: Gamma,
}

/// A pair with the figures that are published of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Score {
    /// Share `Q` of the first distribution.
    pub q: f64,
    /// Geometric mean of the ratio.
    pub ebgm: f64,
    /// 5 % quantile.
    pub eb05: f64,
    /// 95 % quantile.
    pub eb95: f64,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Gamma {
    shape: f64,
    rate: f64,
}

impl Gamma {
    fn log_mean(&self) -> f64 {
        digamma(self.shape) - libm::log(self.rate)
    }
}

/// The posterior of a pair with `n` reports where `expected` are expected.
///
/// Refuses a prior outside its range, more than 1e9 reports and an expected count that is not above 0.
///
/// ```
/// use zhiheng_methods::disproportionality::gps::{Prior, posterior};
/// // both parts of the prior alike: the posterior is Γ(1 + 2, 1 + 1), EBGM is exp(ψ(3) − ln 2)
/// let prior = Prior { alpha1: 1.0, beta1: 1.0, alpha2: 1.0, beta2: 1.0, p: 0.3 };
/// let it = posterior(&prior, 2, 1.0).unwrap();
/// assert!((it.q - 0.3).abs() < 1e-15);
/// assert!((it.ebgm - (1.5 - 0.577_215_664_901_532_9_f64).exp() / 2.0).abs() < 1e-15);
/// ```
pub fn posterior(prior: &Prior, n: u64, expected: f64) -> Result<Posterior, Refusal> {
    prior.check()?;
    super::few_enough(n)?;
    if !(expected > 0.0 && expected.is_finite()) {
        return Err(Refusal::OutOfRange { what: "expected", value: expected, allowed: "> 0" });
    }
    let n = n as f64;
    let first = Gamma { shape: prior.alpha1 + n, rate: prior.beta1 + expected };
    let second = Gamma { shape: prior.alpha2 + n, rate: prior.beta2 + expected };
    // Q from the logarithm of its odds, so that large counts do not underflow
    let odds = libm::log(prior.p) - libm::log1p(-prior.p)
        + ln_negative_binomial(n, prior.alpha1, prior.beta1, expected)
        - ln_negative_binomial(n, prior.alpha2, prior.beta2, expected);
    let (q, rest) = (crate::special::logistic(odds), crate::special::logistic(-odds));
    Ok(Posterior { q, ebgm: libm::exp(q * first.log_mean() + rest * second.log_mean()), first, second })
}

/// [`posterior`] and the 5 and 95 % quantiles of many pairs `(n, expected)`, on all cores, in their order.
///
/// Refuses what [`posterior`] refuses.
pub fn scores(prior: &Prior, pairs: &[(u64, f64)]) -> Result<Vec<Score>, Refusal> {
    pairs
        .par_iter()
        .map(|&(n, expected)| {
            let it = posterior(prior, n, expected)?;
            Ok(Score { q: it.q, ebgm: it.ebgm, eb05: it.quantile(0.05)?, eb95: it.quantile(0.95)? })
        })
        .collect()
}

/// `ln P(N = n)` for a negative binomial count of shape `alpha` whose mean is `alpha · expected/beta`.
fn ln_negative_binomial(n: f64, alpha: f64, beta: f64, expected: f64) -> f64 {
    if n == 0.0 {
        return -alpha * libm::log1p(expected / beta);
    }
    let whole = beta + expected;
    ln_binomial(alpha, n, beta / whole, expected / whole) + libm::log(alpha / (alpha + n))
}

impl Posterior {
    /// Probability that the ratio is at most `ratio`: with 1, that there is no excess.
    pub fn below(&self, ratio: f64) -> f64 {
        if ratio <= 0.0 { 0.0 } else { self.terms(&self.shapes(), ratio).0 }
    }

    /// The ratio below which the true one lies with probability `p`.
    ///
    /// Refuses a probability outside (0, 1), and a search that does not settle.
    ///
    /// ```
    /// use zhiheng_methods::disproportionality::gps::{Prior, posterior};
    /// let prior = Prior { alpha1: 0.2, beta1: 0.1, alpha2: 2.0, beta2: 4.0, p: 0.33 };
    /// let it = posterior(&prior, 5, 0.7).unwrap();
    /// assert!((it.below(it.quantile(0.05).unwrap()) - 0.05).abs() < 1e-14);
    /// ```
    pub fn quantile(&self, p: f64) -> Result<f64, Refusal> {
        if !(p > 0.0 && p < 1.0) {
            return Err(Refusal::OutOfRange { what: "p", value: p, allowed: "(0, 1)" });
        }
        // Newton steps in ln x on the smaller tail's logarithm, inside a bracket that shrinks with every
        // step.
        let lower = p <= 0.5;
        let target = libm::log(if lower { p } else { 1.0 - p });
        let (one, two) = (self.first.log_mean(), self.second.log_mean());
        let within = self.q * trigamma(self.first.shape) + (1.0 - self.q) * trigamma(self.second.shape);
        // a Newton step leaves about its own square, in units of the narrower part
        let narrow = 1.0 / libm::sqrt(self.first.shape.max(self.second.shape).max(1.0));
        let shapes = self.shapes();
        let spread = libm::sqrt(within + self.q * (1.0 - self.q) * (one - two) * (one - two));
        let mut t = libm::log(self.ebgm) + normal_quantile(p) * spread;
        let (mut low, mut high) = (f64::NEG_INFINITY, f64::INFINITY);
        for _ in 0..200 {
            let (below, above, slope) = self.terms(&shapes, libm::exp(t));
            let tail = if lower { below } else { above };
            let gap = libm::log(tail) - target;
            if (if lower { gap } else { -gap }) < 0.0 {
                low = t;
            } else {
                high = t;
            }
            let step = if lower { -gap } else { gap } * tail / slope;
            let newton = t + step.clamp(-2.0, 2.0);
            if step.abs() <= 1e-8 * narrow {
                return Ok(libm::exp(newton));
            }
            let next = if newton > low && newton < high {
                newton
            } else if low.is_finite() && high.is_finite() {
                0.5 * (low + high)
            } else if low.is_finite() {
                low + 2.0
            } else {
                high - 2.0
            };
            if (next - t).abs() <= 2e-15 * t.abs().max(1.0) || high - low < 1e-15 {
                return Ok(libm::exp(next));
            }
            t = next;
        }
        Err(Refusal::NotConverged { what: "quantile", steps: 200 })
    }

    /// Both shapes, with what does not depend on the ratio.
    fn shapes(&self) -> [GammaShape; 2] {
        [self.first, self.second].map(|part| GammaShape::new(part.shape))
    }

    /// Probability below `x`, above it, and the derivative of the first by `ln x`.
    fn terms(&self, shapes: &[GammaShape; 2], x: f64) -> (f64, f64, f64) {
        // a part without weight is not worth its series
        let (q, rest) = (self.q, 1.0 - self.q);
        let none = (0.0, 0.0, 0.0);
        let one = if q > 1e-18 { shapes[0].terms(self.first.rate * x) } else { none };
        let two = if rest > 0.0 { shapes[1].terms(self.second.rate * x) } else { none };
        (q * one.0 + rest * two.0, q * one.1 + rest * two.1, q * one.2 + rest * two.2)
    }
}
