//! Run lengths of CUSUM charts.

use super::equation::{Process, density};
use super::{Sides, finite, lasting, positive};
use crate::refusal::Refusal;
use crate::special::normal_cdf;

/// Average run length of a CUSUM with reference value `reference` (half of the shift to find) and decision
/// interval `interval`, when the mean is `shift` off and the sums begin at `head_start`; all in standard
/// errors.
///
/// Relative error about 1e-10. Refused for an interval outside (0, 60], a negative reference value and a head
/// start outside `[0, interval)`.
///
/// ```
/// use zhiheng_methods::spc::arl::{Sides, cusum};
/// assert_eq!(format!("{:.2}", cusum(0.5, 4.0, 0.0, 0.0, Sides::One).unwrap()), "335.37");
/// assert_eq!(format!("{:.2}", cusum(0.5, 4.0, 1.0, 2.0, Sides::One).unwrap()), "5.29");
/// ```
pub fn cusum(
    reference: f64,
    interval: f64,
    shift: f64,
    head_start: f64,
    sides: Sides,
) -> Result<f64, Refusal> {
    positive("interval", interval)?;
    if interval > 60.0 {
        return Err(Refusal::OutOfRange { what: "interval", value: interval, allowed: "(0, 60]" });
    }
    if !(0.0..=20.0).contains(&reference) {
        return Err(Refusal::OutOfRange { what: "reference", value: reference, allowed: "[0, 20]" });
    }
    finite("shift", shift)?;
    if !(head_start >= 0.0 && head_start < interval) {
        return Err(Refusal::OutOfRange { what: "head start", value: head_start, allowed: "[0, interval)" });
    }
    let (up_ahead, up) = one_sided(reference, interval, shift, head_start)?;
    if sides == Sides::One {
        return lasting("run length", up_ahead);
    }
    let (down_ahead, down) = one_sided(reference, interval, -shift, head_start)?;
    // Lucas and Crosier (1982), equation 4, divided by the longer run, which may be endless
    let (short_ahead, short, long_ahead, long) =
        if up <= down { (up_ahead, up, down_ahead, down) } else { (down_ahead, down, up_ahead, up) };
    let lost = if long.is_finite() { 1.0 - long_ahead / long } else { 0.0 };
    lasting("run length", (short_ahead - short * lost) / (1.0 + short / long))
}

/// From the head start, and from 0; infinite where the run is too long to tell.
fn one_sided(k: f64, h: f64, shift: f64, head_start: f64) -> Result<(f64, f64), Refusal> {
    let solved = Process {
        low: 0.0,
        high: h,
        width: 1.0,
        density: |z: f64, x: f64| density(x - z + k - shift),
        held: |z: f64| normal_cdf(k - z - shift),
    }
    .solve();
    let endless = (f64::INFINITY, f64::INFINITY);
    match solved {
        Ok(solved) => {
            let (ahead, zero) = (solved.from(head_start), solved.from(0.0));
            // beyond 1e15 the equation is singular to rounding, and its solution anything
            Ok(if (0.5..1e15).contains(&zero) && (0.5..1e15).contains(&ahead) {
                (ahead, zero)
            } else {
                endless
            })
        }
        Err(Refusal::Singular { .. }) => Ok(endless),
        Err(refusal) => Err(refusal),
    }
}
