//! Limits for an average run length that is wanted.

use super::{EwmaLimits, Reflection, Sides, cusum, ewma, positive, shewhart};
use crate::refusal::Refusal;
use crate::two_samples::brent;

/// The limit with which a Shewhart chart in control has this average run length.
pub fn shewhart_limit(length: f64, sides: Sides) -> Result<f64, Refusal> {
    seek(length, 7.0, |limit| shewhart(limit, 0.0, sides))
}

/// The decision interval with which a CUSUM in control has this average run length.
///
/// ```
/// use zhiheng_methods::spc::arl::{Sides, cusum_interval};
/// assert_eq!(format!("{:.4}", cusum_interval(0.5, 500.0, 0.0, Sides::One).unwrap()), "4.3891");
/// ```
pub fn cusum_interval(reference: f64, length: f64, head_start: f64, sides: Sides) -> Result<f64, Refusal> {
    if !(0.0..60.0).contains(&head_start) {
        return Err(Refusal::OutOfRange { what: "head start", value: head_start, allowed: "[0, 60)" });
    }
    // the interval must hold the head start
    seek(length, 60.0 - head_start, |more| cusum(reference, head_start + more, 0.0, head_start, sides))
        .map(|more| head_start + more)
}

/// The limit (in asymptotic standard errors) with which an EWMA in control has this average run length.
///
/// ```
/// use zhiheng_methods::spc::arl::{EwmaLimits, Reflection, ewma_limit};
/// let limit = ewma_limit(0.1, 500.0, 0.0, Reflection::TwoSided, EwmaLimits::Fixed).unwrap();
/// assert_eq!(format!("{limit:.4}"), "2.8143");
/// ```
pub fn ewma_limit(
    lambda: f64,
    length: f64,
    head_start: f64,
    reflection: Reflection,
    limits: EwmaLimits,
) -> Result<f64, Refusal> {
    let least = match reflection {
        Reflection::TwoSided => head_start.abs(),
        Reflection::At(low) => head_start.max(low),
    };
    if !(least.is_finite() && least < 19.0) {
        return Err(Refusal::OutOfRange { what: "head start", value: head_start, allowed: "(-19, 19)" });
    }
    seek(length, 20.0 - least, |more| ewma(lambda, least + more, 0.0, head_start, reflection, limits))
        .map(|more| least + more)
}

/// The argument in (0, most] at which a run length, rising, is `length`.
fn seek(length: f64, most: f64, run_length: impl Fn(f64) -> Result<f64, Refusal>) -> Result<f64, Refusal> {
    positive("run length", length)?;
    if !(length > 1.0 && length <= 1e9) {
        return Err(Refusal::OutOfRange { what: "run length", value: length, allowed: "(1, 1e9]" });
    }
    // Beyond 1e12 a run length is refused as too long; it is above what is sought all the same.
    let gap = |at: f64| match run_length(at) {
        Ok(found) => Ok(libm::log(found / length)),
        Err(Refusal::OutOfRange { what: "run length", .. }) => Ok(10.0),
        Err(refusal) => Err(refusal),
    };
    let low = 1e-3_f64.min(most / 2.0);
    if gap(low)? > 0.0 {
        return Err(Refusal::Contradiction { what: "even the narrowest limits last longer".to_owned() });
    }
    let mut high = 2.0_f64.min(most);
    while gap(high)? < 0.0 {
        if high >= most {
            return Err(Refusal::NotConverged { what: "limit", steps: 0 });
        }
        high = (1.5 * high).min(most);
    }
    let found = brent(low, high, 1e-11, |at| gap(at).unwrap_or(f64::NAN));
    if found.is_finite() { Ok(found) } else { Err(Refusal::NotConverged { what: "limit", steps: 1000 }) }
}
