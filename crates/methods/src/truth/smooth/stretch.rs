//! Stretches of a series that follow a ruler.

use crate::refusal::{Refusal, at_least, finite};

/// A stretch of equal steps.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stretch {
    /// First value of the stretch, from 0.
    pub start: usize,
    /// Values in it; one more than its steps.
    pub length: usize,
    /// The step from value to value; 0 when the value was carried forward.
    pub step: f64,
}

/// Stretches of at least `length_min` values whose steps are equal within `within`, in order; they share at most
/// their end points.
///
/// Every step is compared with the first step of its stretch. Interpolated figures give long stretches, measured
/// ones recorded with enough digits almost never more than 3 values. Refuses NaN, `length_min < 3` and a negative
/// `within`.
///
/// ```
/// use zhiheng_methods::truth::smooth::stretches;
/// let it = stretches(&[3.1, 4.0, 4.5, 5.0, 5.5, 6.0, 2.2, 2.2, 2.2], 3, 1e-9).unwrap();
/// assert_eq!((it[0].start, it[0].length, it[0].step), (1, 5, 0.5));
/// assert_eq!((it[1].start, it[1].length, it[1].step), (6, 3, 0.0));
/// ```
pub fn stretches(values: &[f64], length_min: usize, within: f64) -> Result<Vec<Stretch>, Refusal> {
    finite("values", values)?;
    at_least("values", values.len(), 3)?;
    if length_min < 3 {
        return Err(Refusal::OutOfRange { what: "length_min", value: length_min as f64, allowed: ">= 3" });
    }
    if within.is_nan() || within < 0.0 {
        return Err(Refusal::OutOfRange { what: "within", value: within, allowed: ">= 0" });
    }
    let mut found = Vec::new();
    let mut start = 0;
    while start + 1 < values.len() {
        let step = values[start + 1] - values[start];
        let same = values[start + 1..]
            .windows(2)
            .take_while(|pair| ((pair[1] - pair[0]) - step).abs() <= within)
            .count();
        let length = same + 2;
        if length >= length_min {
            found.push(Stretch { start, length, step });
        }
        start += length - 1;
    }
    Ok(found)
}
