//! Mann–Kendall where a value follows its predecessor.
//!
//! **What it answers.** Does a series rise, if a high month tends to be followed by a high month? The plain test
//! calls such runs a trend too often.
//!
//! **Formula.** Hamed–Rao: the variance times `1 + 2/(n(n − 1)(n − 2)) Σ (n − i)(n − i − 1)(n − i − 2) r_i` over
//! those lags whose autocorrelation of the detrended ranks leaves `± z/√n`. Yue–Wang: times
//! `1 + 2 Σ (1 − i/n) r_i` of the detrended values. Pre-whitening: the plain test of `x_t − r₁ x_{t−1}`;
//! trend-free, with the Sen slope taken out before and put back after.
//!
//! **Source.** Hamed and Rao (1998), *Journal of Hydrology* 204:182–196; Yue and Wang (2004), *Water Resources
//! Management* 18:201–218; Yue, Pilon, Phinney and Cavadias (2002), *Hydrological Processes* 16:1807–1829.
//! Figures equal those of pyMannKendall 1.4.3.
//!
//! **When not to use it.** With fewer than about 30 values autocorrelation is itself guesswork. Plain
//! pre-whitening takes part of a real trend away. A gap is closed, so that lags shift: fill gaps first.

use crate::refusal::{Refusal, at_least};
use crate::special::normal_upper_quantile;

use super::mann_kendall::{MannKendall, mann_kendall, standard, two_sided};
use super::pairs::{Slopes, present, ranks};

/// Hamed and Rao's test: lags up to `lags` (all if `None`) that are significant at `alpha` (usually 0.05).
///
/// Errors: as [`mann_kendall`]; `alpha` outside (0, 1); no lags, or as many as values; a corrected variance
/// that is not positive; values that lie on a line.
pub fn hamed_rao(values: &[f64], alpha: f64, lags: Option<usize>) -> Result<MannKendall, Refusal> {
    if !(alpha > 0.0 && alpha < 1.0) {
        return Err(Refusal::OutOfRange { what: "alpha", value: alpha, allowed: "(0, 1)" });
    }
    let it = Detrended::new(values)?;
    let plain = mann_kendall(values, true)?;
    let n = it.values.len() as f64;
    let correlations = correlations(&ranks(&it.without_trend), lag_count(lags, it.values.len())?)?;
    let limit = normal_upper_quantile(alpha / 2.0) / n.sqrt();
    let total: f64 = (1_u32..)
        .zip(&correlations)
        .filter(|(_, correlation)| correlation.abs() > limit)
        .map(|(lag, correlation)| {
            let rest = n - f64::from(lag);
            rest * (rest - 1.0) * (rest - 2.0) * correlation
        })
        .sum();
    corrected(plain, 1.0 + 2.0 / (n * (n - 1.0) * (n - 2.0)) * total)
}

/// Yue and Wang's test: lags up to `lags` (all if `None`; the paper's is 1).
///
/// Errors: as [`hamed_rao`].
pub fn yue_wang(values: &[f64], lags: Option<usize>) -> Result<MannKendall, Refusal> {
    let it = Detrended::new(values)?;
    let plain = mann_kendall(values, true)?;
    let n = it.values.len() as f64;
    let correlations = correlations(&it.without_trend, lag_count(lags, it.values.len())?)?;
    let total: f64 =
        (1_u32..).zip(&correlations).map(|(lag, correlation)| (1.0 - f64::from(lag) / n) * correlation).sum();
    corrected(plain, 1.0 + 2.0 * total)
}

/// The plain test after taking the first autocorrelation out.
///
/// Errors: as [`mann_kendall`], with at least 4 values and at most some 14,000 (a hundred million pairs).
pub fn pre_whitened(values: &[f64]) -> Result<MannKendall, Refusal> {
    let values: Vec<f64> = present(values)?.into_iter().map(|(_, value)| value).collect();
    at_least("value", values.len(), 4)?;
    let first = first_correlation(&values)?;
    let white: Vec<f64> = values.windows(2).map(|pair| pair[1] - pair[0] * first).collect();
    mann_kendall(&white, true)
}

/// The plain test after taking out the trend and the first autocorrelation, and putting the trend back.
///
/// Errors: as [`pre_whitened`]; values that lie on a line.
pub fn trend_free_pre_whitened(values: &[f64]) -> Result<MannKendall, Refusal> {
    let it = Detrended::new(values)?;
    at_least("value", it.values.len(), 4)?;
    let first = first_correlation(&it.without_trend)?;
    let white = it.without_trend.windows(2).map(|pair| pair[1] - pair[0] * first);
    let back: Vec<f64> =
        (1_u32..).zip(white).map(|(time, value)| value + f64::from(time) * it.slope).collect();
    mann_kendall(&back, true)
}

/// A series less its Sen slope.
struct Detrended {
    values: Vec<f64>,
    without_trend: Vec<f64>,
    slope: f64,
}

impl Detrended {
    fn new(values: &[f64]) -> Result<Self, Refusal> {
        let points = present(values)?;
        at_least("value", points.len(), 3)?;
        let slope = Slopes::new(vec![&points])?.median();
        let values: Vec<f64> = points.into_iter().map(|(_, value)| value).collect();
        let without_trend =
            (1_u32..).zip(&values).map(|(time, value)| value - f64::from(time) * slope).collect();
        Ok(Self { values, without_trend, slope })
    }
}

fn lag_count(lags: Option<usize>, n: usize) -> Result<usize, Refusal> {
    match lags {
        None => Ok(n - 1),
        Some(lags) if lags >= 1 && lags < n => Ok(lags),
        Some(lags) => Err(Refusal::OutOfRange {
            what: "lags",
            value: lags as f64,
            allowed: "1 to one less than values",
        }),
    }
}

fn first_correlation(values: &[f64]) -> Result<f64, Refusal> {
    Ok(correlations(values, 1)?.first().copied().unwrap_or(0.0))
}

/// Autocorrelations of lag 1, 2, … `lags`, all over the same variance (divisor `n`).
fn correlations(values: &[f64], lags: usize) -> Result<Vec<f64>, Refusal> {
    let mean = crate::sum::mean(values);
    let apart: Vec<f64> = values.iter().map(|value| value - mean).collect();
    let whole: f64 = apart.iter().map(|value| value * value).sum();
    // Rounding leaves some 1e-16 of each value where all are equal.
    let size = values.iter().map(|value| value.abs()).fold(0.0, f64::max);
    if whole <= values.len() as f64 * (1e-13 * size) * (1e-13 * size) {
        return Err(Refusal::NoVariation { what: "value without its trend".to_owned() });
    }
    let one = |lag: usize| apart.iter().zip(&apart[lag..]).map(|(a, b)| a * b).sum::<f64>() / whole;
    Ok((1..=lags).map(one).collect())
}

/// The test with its variance multiplied by `factor`.
fn corrected(plain: MannKendall, factor: f64) -> Result<MannKendall, Refusal> {
    if factor.is_nan() || factor <= 0.0 {
        let what =
            format!("the corrected variance is not positive: its factor is {factor:.3}; use fewer lags");
        return Err(Refusal::Contradiction { what });
    }
    let variance = plain.variance * factor;
    let z = standard(plain.score, variance, true);
    Ok(MannKendall { variance, z, p_value: two_sided(z), ..plain })
}
