//! From an expected count to the bound above which a week alarms.
//!
//! Two ways. *Power*: the difference between count and expectation, on a scale where it is nearly normal,
//! with the error of the expectation. *Count*: a quantile of the negative binomial distribution with the
//! fitted dispersion, at the expectation itself (`Plugin`) or at its upper limit (`Upper`).
//!
//! Source: Farrington et al. (1996), JRSS A 159:547–563, section 3.5; Noufaily et al. (2013), Statistics in
//! Medicine 32:1206–1222, section 3.3; Salmon, Schumacher and Höhle (2016), Journal of Statistical Software
//! 70(10), 2.2.

use super::count;
use crate::special::{normal_upper, normal_upper_quantile};

/// The scale on which the difference is taken to be normal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Power {
    /// The counts themselves.
    None,
    /// Square roots: for the variance of Poisson counts.
    Half,
    /// Powers of ⅔: against the skewness of Poisson counts.
    TwoThirds,
}

/// A bound, how likely such a count is, and how far the count is towards the bound.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bound {
    pub(super) upper: f64,
    pub(super) p_value: f64,
    /// 0 at the expectation, 1 at the bound.
    pub(super) score: f64,
}

/// The bound on the scale of `power`: `(μ^p + z √Var)^(1/p)`, with `deviation` the error of the
/// expectation. `tail` is the probability above the bound.
pub(super) fn power(
    count: f64,
    mean: f64,
    deviation: f64,
    dispersion: f64,
    tail: f64,
    power: Power,
) -> Bound {
    let spread = dispersion + deviation * deviation / mean;
    let (exponent, variance) = match power {
        Power::None => (1.0, mean * spread),
        Power::Half => (0.5, spread / 4.0),
        Power::TwoThirds => (2.0 / 3.0, 4.0 / 9.0 * libm::cbrt(mean) * spread),
    };
    let raised = |value: f64| match power {
        Power::None => value,
        Power::Half => libm::sqrt(value),
        Power::TwoThirds => libm::pow(value, exponent),
    };
    let (centre, deviation) = (raised(mean), libm::sqrt(variance));
    let end = centre + normal_upper_quantile(tail) * deviation;
    let upper = match power {
        Power::None => end,
        Power::Half => end * end,
        Power::TwoThirds => libm::pow(end, 1.5),
    };
    let p_value = normal_upper((raised(count) - centre) / deviation);
    Bound { upper, p_value, score: (count - mean) / (upper - mean) }
}

/// The negative binomial quantile at the mean `mean`; Poisson where the counts are not overdispersed.
/// `predicted` is the linear predictor, from which the reference measures the score.
pub(super) fn quantile(count: f64, mean: f64, dispersion: f64, alpha: f64, predicted: f64) -> Bound {
    // An extrapolated trend can run away; what it bounds then is nothing.
    if mean.is_nan() || mean > 1e12 {
        return Bound { upper: f64::NAN, p_value: f64::NAN, score: f64::NAN };
    }
    let (upper, p_value) = if dispersion > 1.0 {
        let (size, share) = (mean / (dispersion - 1.0), 1.0 / dispersion);
        (
            count::negative_binomial_quantile(alpha, size, share),
            count::negative_binomial_upper(count, size, share),
        )
    } else {
        (count::poisson_quantile(alpha, mean), count::poisson_upper(count, mean))
    };
    Bound { upper, p_value, score: (count - predicted) / (upper - predicted) }
}
