//! Binomial, Poisson and hypergeometric probabilities by Loader's saddle-point expansion.
//!
//! The textbook form multiplies huge factorials by tiny powers and loses six digits at n = 2e7. Loader
//! writes the probability as `exp(−deviance)` times a square root, with every part small.
//!
//! Source: C. Loader (2000), *Fast and Accurate Computation of Binomial Probabilities* (the
//! algorithm of R's `dbinom`, `dpois`, `dhyper`). Small arguments use the recurrence of the Stirling error
//! instead of his table, so that real (half-integer) arguments are as accurate as integers.

use std::f64::consts::TAU;

/// `P(X = x)` for `n` trials with success probability `p`; NaN when `p` is outside 0–1.
///
/// Relative error below 1e-13 while the result exceeds 1e-100.
///
/// ```
/// let p = zhiheng_methods::special::binomial_pmf(3, 10, 0.3);
/// assert!((p - 0.266827932).abs() < 1e-15);
/// ```
pub fn binomial_pmf(x: u64, n: u64, p: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    if x > n { 0.0 } else { libm::exp(ln_binomial(x as f64, (n - x) as f64, p, 1.0 - p)) }
}

/// `P(X = x)` for a Poisson count with mean `mean`; NaN when `mean` is negative or not finite.
///
/// Relative error below 1e-13 while the result exceeds 1e-100.
///
/// ```
/// let p = zhiheng_methods::special::poisson_pmf(2, 1.0);
/// assert!((p - 0.5 * (-1.0_f64).exp()).abs() < 1e-16);
/// ```
pub fn poisson_pmf(x: u64, mean: f64) -> f64 {
    if !(mean >= 0.0 && mean.is_finite()) {
        return f64::NAN;
    }
    libm::exp(ln_poisson(x as f64, mean))
}

/// `P(X = x)` when `draws` items are drawn without replacement from `successes + failures`.
///
/// 0 outside the support, NaN when there are fewer items than draws. Relative error below 1e-13 while the
/// result exceeds 1e-100.
///
/// ```
/// let p = zhiheng_methods::special::hypergeometric_pmf(1, 3, 7, 2);
/// assert!((p - 21.0 / 45.0).abs() < 1e-15);
/// ```
pub fn hypergeometric_pmf(x: u64, successes: u64, failures: u64, draws: u64) -> f64 {
    if u128::from(draws) > u128::from(successes) + u128::from(failures) {
        return f64::NAN;
    }
    if x > draws || x > successes || draws - x > failures {
        return 0.0;
    }
    libm::exp(ln_hypergeometric(x, successes, failures, draws))
}

/// Logarithm of [`hypergeometric_pmf`] for `x` in the support.
pub(crate) fn ln_hypergeometric(x: u64, successes: u64, failures: u64, draws: u64) -> f64 {
    let (all, drawn) = (successes as f64 + failures as f64, draws as f64);
    if draws == 0 || drawn >= all {
        return 0.0;
    }
    let left = (successes - x) as f64 + failures as f64 - (draws - x) as f64;
    let (p, q) = (drawn / all, left / all);
    ln_binomial(x as f64, (successes - x) as f64, p, q)
        + ln_binomial((draws - x) as f64, (failures - (draws - x)) as f64, p, q)
        - ln_binomial(drawn, left, p, q)
}

/// Logarithm of the binomial probability of `a` successes and `b` failures, real and not negative, with
/// `p + q = 1` given apart so that neither is rounded.
pub(crate) fn ln_binomial(a: f64, b: f64, p: f64, q: f64) -> f64 {
    BinomialCounts::new(a, b).ln(p, q)
}

/// Successes and failures, with what of their probability does not depend on the rate: whoever looks for a rate
/// asks again and again.
#[derive(Debug, Clone, Copy)]
pub(crate) struct BinomialCounts {
    a: f64,
    b: f64,
    errors: f64,
    scale: f64,
}

impl BinomialCounts {
    pub(crate) fn new(a: f64, b: f64) -> Self {
        let n = a + b;
        if a == 0.0 || b == 0.0 {
            return Self { a, b, errors: 0.0, scale: 0.0 };
        }
        let errors = stirling_error(n) - stirling_error(a) - stirling_error(b);
        Self { a, b, errors, scale: 0.5 * libm::log(TAU * a * (b / n)) }
    }

    /// As [`ln_binomial`].
    pub(crate) fn ln(&self, p: f64, q: f64) -> f64 {
        let &Self { a, b, errors, scale } = self;
        if a == 0.0 {
            return if b == 0.0 { 0.0 } else { b * ln_share(q, p) };
        }
        if b == 0.0 {
            return a * ln_share(p, q);
        }
        let n = a + b;
        if p == 0.0 || q == 0.0 {
            return f64::NEG_INFINITY;
        }
        // a − np = −(b − nq), taken from the smaller share and without rounding the product
        let gap = if p <= q { libm::fma(-n, p, a) } else { libm::fma(n, q, -b) };
        errors - deviance(a, n * p, gap) - deviance(b, n * q, -gap) - scale
    }
}

/// Logarithm of the Poisson probability at a real count `a >= 0`.
pub(crate) fn ln_poisson(a: f64, mean: f64) -> f64 {
    PoissonCount::new(a).ln(mean)
}

/// A count, with what of its probability does not depend on the mean.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PoissonCount {
    a: f64,
    error: f64,
    scale: f64,
}

impl PoissonCount {
    pub(crate) fn new(a: f64) -> Self {
        if a == 0.0 {
            return Self { a, error: 0.0, scale: 0.0 };
        }
        Self { a, error: stirling_error(a), scale: 0.5 * libm::log(TAU * a) }
    }

    /// As [`ln_poisson`].
    pub(crate) fn ln(&self, mean: f64) -> f64 {
        let &Self { a, error, scale } = self;
        if a == 0.0 {
            return -mean;
        }
        if mean == 0.0 {
            return f64::NEG_INFINITY;
        }
        -error - deviance(a, mean, a - mean) - scale
    }
}

/// `ln p`, from the complement `q` where that has more digits.
fn ln_share(p: f64, q: f64) -> f64 {
    if q < 0.5 { libm::log1p(-q) } else { libm::log(p) }
}

/// `ln Γ(n + 1) − [n ln n − n + ½ ln(2πn)]`, the error of Stirling's formula, for real `n > 0`.
/// Absolute error below 2e-15 (about 1e-16 from n = 15 up).
pub(crate) fn stirling_error(n: f64) -> f64 {
    let mut sum = 0.0;
    let mut n = n;
    // error(n) − error(n + 1) = (n + ½) ln(1 + 1/n) − 1
    while n < 15.0 {
        sum += (n + 0.5) * libm::log1p(1.0 / n) - 1.0;
        n += 1.0;
    }
    let r = 1.0 / (n * n);
    sum + (1.0 / 12.0 - (1.0 / 360.0 - (1.0 / 1260.0 - (1.0 / 1680.0 - r / 1188.0) * r) * r) * r) / n
}

/// `x ln(x / mean) + mean − x`, half the deviance, without cancellation when `x` is near `mean`; `gap` is
/// `x − mean`, by the most exact way there is.
pub(super) fn deviance(x: f64, mean: f64, gap: f64) -> f64 {
    if gap.abs() >= 0.1 * (x + mean) {
        return x * libm::log(x / mean) - gap;
    }
    let v = gap / (x + mean);
    let mut sum = gap * v;
    let mut term = 2.0 * x * v;
    let mut odd = 3.0;
    loop {
        term *= v * v;
        let next = sum + term / odd;
        if next.to_bits() == sum.to_bits() {
            return sum;
        }
        sum = next;
        odd += 2.0;
    }
}
