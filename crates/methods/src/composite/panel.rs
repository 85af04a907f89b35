//! Imputation along time: what a unit said in other years.
//!
//! **What it answers.** A figure is missing this year; what stands in for it from the same unit's other years?
//!
//! **Formula.** The last known value, at most so many periods old; or the straight line between the neighbours in time,
//! with the nearest value beyond the ends.
//!
//! **Source.** OECD and JRC (2008), *Handbook on Constructing Composite Indicators*, step 3; `impute_panel` of COINr 1.1
//! (`latest`, `linear`).
//!
//! **When not to use it.** Where the measure changed between the years (a break of the series), and over long gaps.

use crate::refusal::{Refusal, at_least, finite, same_length};

/// Carries the last known value forward over at most `longest` of the listed periods (`None`: over any gap).
/// `values` are one unit's, in order of time; leading gaps stay missing.
///
/// ```
/// use zhiheng_methods::composite::panel::last_known;
/// let it = last_known(&[f64::NAN, 2.0, f64::NAN, f64::NAN], Some(1)).unwrap();
/// assert!(it[0].is_nan() && it[2] == 2.0 && it[3].is_nan());
/// ```
pub fn last_known(values: &[f64], longest: Option<usize>) -> Result<Vec<f64>, Refusal> {
    refuse_infinite(values)?;
    let mut known: Option<(usize, f64)> = None;
    let mut filled = Vec::with_capacity(values.len());
    for (at, &value) in values.iter().enumerate() {
        if !value.is_nan() {
            known = Some((at, value));
        }
        filled.push(match known {
            Some((since, last)) if longest.is_none_or(|longest| at - since <= longest) => last,
            _ => f64::NAN,
        });
    }
    Ok(filled)
}

/// The straight line between the known neighbours in time, the nearest value beyond them. `times` strictly increase.
///
/// ```
/// use zhiheng_methods::composite::panel::linear;
/// let it = linear(&[2010.0, 2011.0, 2014.0], &[1.0, f64::NAN, 5.0]).unwrap();
/// assert_eq!(it, [1.0, 2.0, 5.0]);
/// ```
pub fn linear(times: &[f64], values: &[f64]) -> Result<Vec<f64>, Refusal> {
    same_length("times", times.len(), values.len())?;
    at_least("times", times.len(), 1)?;
    finite("times", times)?;
    refuse_infinite(values)?;
    if times.windows(2).any(|pair| pair[0] >= pair[1]) {
        return Err(Refusal::Contradiction { what: "times do not increase".into() });
    }
    let known: Vec<(f64, f64)> =
        times.iter().copied().zip(values.iter().copied()).filter(|(_, value)| !value.is_nan()).collect();
    if known.is_empty() {
        return Err(Refusal::Empty { what: "values" });
    }
    let at = |time: f64, value: f64| {
        if !value.is_nan() {
            return value;
        }
        let after = known.partition_point(|&(t, _)| t < time);
        match (after.checked_sub(1).and_then(|before| known.get(before)), known.get(after)) {
            (Some(&(t0, y0)), Some(&(t1, y1))) => y0 + (time - t0) / (t1 - t0) * (y1 - y0),
            (Some(&(_, nearest)), None) | (None, Some(&(_, nearest))) => nearest,
            (None, None) => f64::NAN,
        }
    };
    let filled: Vec<f64> = times.iter().zip(values).map(|(&time, &value)| at(time, value)).collect();
    finite("filled values", &filled)?;
    Ok(filled)
}

fn refuse_infinite(values: &[f64]) -> Result<(), Refusal> {
    match values.iter().position(|value| value.is_infinite()) {
        Some(row) => Err(Refusal::NotFinite { what: "values", row }),
        None => Ok(()),
    }
}
