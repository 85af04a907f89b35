//! Values far from the rest, by methods that the far values themselves cannot spoil.
//!
//! **What it answers.** Which figures were mistyped, or need a reason?
//!
//! **Formula.** [`mad`]: `0.6745 |x − median|/MAD > limit` (3.5). [`tukey`]: beyond `Q₁ − k IQR` or
//! `Q₃ + k IQR` (1.5; 3 for “far out”). [`adjusted`]: the same with `k e^(−4 MC)` below and `k e^(3 MC)` above
//! for a medcouple `MC ≥ 0` (`k e^(−3 MC)` and `k e^(4 MC)` for `MC < 0`). [`esd`]: up to `k` times the value
//! farthest from the mean, against Rosner's critical values. [`hampel`]: each value of a series against the
//! median and MAD of its neighbours.
//!
//! **Source.** Iglewicz and Hoaglin (1993), *How to Detect and Handle Outliers*, ASQC; Tukey (1977),
//! *Exploratory Data Analysis*; Hubert and Vandervieren (2008), *Computational Statistics & Data Analysis*
//! 52:5186–5201; Brys, Hubert and Struyf (2004), *Journal of Computational and Graphical Statistics* 13:996–1017;
//! Rosner (1983), *Technometrics* 25:165–172; Hampel (1974), *JASA* 69:383–393.
//!
//! **When not to use it.** An outlier is a question, not an error: nothing is deleted for standing apart.
//! [`mad`] and [`tukey`] flag the long tail of skewed figures (amounts, waiting times): use [`adjusted`], or
//! logarithms. [`mad`] is refused where more than half of the values are equal. [`esd`] assumes normal values
//! and at least 25 of them; for a series with trend or season use [`hampel`] or the rest after both.
//!
//! **How often they err** (`examples/truth_power.rs`; samples of 50 and 500 honest normal values in which anything is
//! flagged): MAD 8 and 23 %, Tukey 37 and 95 % (at 3: below 1 %), adjusted 67 and 98 %, ESD 4 and 5 %, Hampel with 5
//! to each side 75 and 100 %. A value at 5 σ among 50 is found by MAD in 98 %, Tukey and ESD in 100 % (Tukey at 3:
//! 62 %), adjusted in 92 %, Hampel in 92 %. Of log-normal values with σ = 1, more than 1 % are flagged by MAD and Tukey
//! always, by adjusted in 88 % of samples.

mod esd;
mod hampel;
mod medcouple;

pub use esd::{Esd, EsdStep, esd};
pub use hampel::{Ends, Hampel, hampel};
pub use medcouple::{Middle, medcouple};

use super::rank;
use crate::refusal::{Refusal, at_least, finite};

/// Fences and what lies beyond them.
#[derive(Debug, Clone, PartialEq)]
pub struct Fences {
    /// The middle of the values, their median.
    pub centre: f64,
    /// Values below this are flagged.
    pub low: f64,
    /// Values above this are flagged.
    pub high: f64,
    /// Rows beyond the fences, in order.
    pub rows: Vec<usize>,
}

/// Values whose modified z, `0.6745 |x − median|/MAD`, exceeds `limit`.
///
/// Refuses NaN, fewer than 3 values, a limit that is not positive, and values of which more than half are equal.
///
/// ```
/// let it = zhiheng_methods::truth::outlier::mad(&[2.0, 3.0, 4.0, 5.0, 30.0], 3.5).unwrap();
/// // median 4, MAD 1: fences at 4 ± 3.5/0.6745
/// assert_eq!(it.rows, [4]);
/// assert!((it.high - 9.189).abs() < 1e-3);
/// ```
pub fn mad(values: &[f64], limit: f64) -> Result<Fences, Refusal> {
    enough(values, 3)?;
    positive("limit", limit)?;
    let centre = rank::median(&rank::sorted(values));
    let mad = rank::median_distance(values, centre);
    if mad <= 0.0 {
        let what = "values (more than half of them are equal)".to_owned();
        return Err(Refusal::NoVariation { what });
    }
    let half = limit * mad / 0.6745;
    Ok(beyond(values, centre, centre - half, centre + half))
}

/// How the quartiles are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quartiles {
    /// Tukey's hinges, as in box plots.
    Hinges,
    /// By interpolation of the order statistics (type 7), as `quantile` in R and `QUARTILE` in spreadsheets.
    Interpolated,
}

/// Values beyond `k` times the interquartile range from the quartiles.
///
/// Refuses NaN, fewer than 4 values, a negative `k`, and an interquartile range of 0.
///
/// ```
/// use zhiheng_methods::truth::outlier::{Quartiles, tukey};
/// let it = tukey(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 20.0], 1.5, Quartiles::Hinges).unwrap();
/// // hinges 2.5 and 5.5
/// assert_eq!((it.low, it.high, it.rows), (-2.0, 10.0, vec![6]));
/// ```
pub fn tukey(values: &[f64], k: f64, quartiles: Quartiles) -> Result<Fences, Refusal> {
    let (low, centre, high) = quarters(values, k, quartiles)?;
    let reach = k * (high - low);
    Ok(beyond(values, centre, low - reach, high + reach))
}

/// Fences that follow the skewness of the values, with the medcouple they used; `k` is 1.5 by custom.
///
/// `middle` says which of two middle kernel values the medcouple takes, see [`Middle`]. Refuses what [`tukey`]
/// refuses. For medcouples beyond ±0.6 the fences are known to flag too little.
pub fn adjusted(
    values: &[f64],
    k: f64,
    quartiles: Quartiles,
    middle: Middle,
) -> Result<(Fences, f64), Refusal> {
    let (low, centre, high) = quarters(values, k, quartiles)?;
    let skew = medcouple(values, middle)?;
    let (below, above) = if skew >= 0.0 { (-4.0, 3.0) } else { (-3.0, 4.0) };
    let reach = k * (high - low);
    let (low, high) = (low - reach * libm::exp(below * skew), high + reach * libm::exp(above * skew));
    Ok((beyond(values, centre, low, high), skew))
}

fn quarters(values: &[f64], k: f64, quartiles: Quartiles) -> Result<(f64, f64, f64), Refusal> {
    enough(values, 4)?;
    if k.is_nan() || k < 0.0 {
        return Err(Refusal::OutOfRange { what: "k", value: k, allowed: ">= 0" });
    }
    let sorted = rank::sorted(values);
    let (low, high) = match quartiles {
        Quartiles::Hinges => rank::hinges(&sorted),
        Quartiles::Interpolated => (rank::quantile(&sorted, 0.25), rank::quantile(&sorted, 0.75)),
    };
    if high <= low {
        let what = "the middle half of the values".to_owned();
        return Err(Refusal::NoVariation { what });
    }
    Ok((low, rank::median(&sorted), high))
}

fn beyond(values: &[f64], centre: f64, low: f64, high: f64) -> Fences {
    let rows = values.iter().enumerate().filter(|(_, value)| **value < low || **value > high);
    Fences { centre, low, high, rows: rows.map(|(row, _)| row).collect() }
}

/// Refuses NaN, too few values, and values so large that their differences are not numbers.
fn enough(values: &[f64], needed: usize) -> Result<(), Refusal> {
    finite("values", values)?;
    at_least("values", values.len(), needed)?;
    match values.iter().find(|value| value.abs() > 1e150) {
        None => Ok(()),
        Some(&value) => Err(Refusal::OutOfRange { what: "values", value, allowed: "±1e150" }),
    }
}

fn positive(what: &'static str, value: f64) -> Result<(), Refusal> {
    if value > 0.0 && value.is_finite() {
        Ok(())
    } else {
        Err(Refusal::OutOfRange { what, value, allowed: "> 0" })
    }
}
