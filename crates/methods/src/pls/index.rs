//! The satisfaction index of 0–100.
//!
//! **What it answers.** How satisfied are people on a scale from 0 (all gave the lowest mark) to 100 (all gave the
//! highest)? The same for image, quality, value …
//!
//! **Formula.** `100 (Σ w x̄ − Σ w min) / Σ w (max − min)` with `w` the weights of items in their own unit.
//!
//! **Source.** Fornell, Johnson, Anderson, Cha and Bryant (1996), *Journal of Marketing* 60(4):7–18, appendix;
//! GB/T 19038-2009.
//!
//! **When not to use it.** Weights come from the sample: compare years with the weights of one year, or with an
//! interval. A negative weight means that an item contradicts its construct; then the index can leave 0–100.

use crate::interval::{Interval, level_tail};
use crate::refusal::{Refusal, at_least, finite, same_length};
use crate::special::normal_upper_quantile;

use super::fit::{Fit, Scores};

/// Lowest and highest mark an item can get.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// Lowest mark.
    pub low: f64,
    /// Highest mark, above `low`.
    pub high: f64,
}

/// The index of one construct.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Index {
    /// Mean over all answers, 0–100.
    pub mean: f64,
    /// Standard deviation over the answers.
    pub deviation: f64,
    /// Interval of the mean with the weights taken as known.
    pub interval: Interval,
}

/// The index from items' means and weights in their own unit; `bounds` of every item.
///
/// Errors: no items; different lengths; values that are not finite; a highest mark that is not above the lowest;
/// weights that add up to nothing.
///
/// ```
/// use zhiheng_methods::pls::index::{Bounds, of_means};
/// let ten = [Bounds { low: 1.0, high: 10.0 }; 3];
/// let it = of_means(&[8.2, 7.9, 7.5], &[0.40, 0.32, 0.28], &ten).unwrap();
/// assert_eq!(format!("{it:.2}"), "76.76");
/// ```
pub fn of_means(means: &[f64], weights: &[f64], bounds: &[Bounds]) -> Result<f64, Refusal> {
    at_least("mean", means.len(), 1)?;
    same_length("weight", weights.len(), means.len())?;
    finite("mean", means)?;
    finite("weight", weights)?;
    let (low, span) = ends(weights, bounds)?;
    let at: f64 = weights.iter().zip(means).map(|(weight, mean)| weight * mean).sum();
    Ok(100.0 * (at - low) / span)
}

/// The index of every construct; `bounds` of every item of the model, interval at this `level`.
///
/// Errors: as [`of_means`]; a level outside (0, 1).
pub fn index(it: &Fit, bounds: &[Bounds], level: f64) -> Result<Vec<Index>, Refusal> {
    let tail = level_tail(level)?;
    same_length("bound", bounds.len(), it.weights.len())?;
    let weights = it.raw_weights();
    let mut all = Vec::with_capacity(it.k());
    for block in 0..it.k() {
        let range = it.model.items(block);
        let (weights, bounds) = (&weights[range.clone()], &bounds[range.clone()]);
        let mean = of_means(&it.means[range], weights, bounds)?;
        // The score has variance 1, the index is the score stretched.
        let deviation = 100.0 / ends(weights, bounds)?.1.abs();
        let half = normal_upper_quantile(tail) * deviation / (it.n as f64).sqrt();
        all.push(Index { mean, deviation, interval: Interval::new(mean - half, mean + half) });
    }
    Ok(all)
}

/// The index of every answer and construct: one vector per construct, in the order of `scores.rows`.
///
/// Errors: as [`index`].
pub fn of_answers(it: &Fit, scores: &Scores, bounds: &[Bounds]) -> Result<Vec<Vec<f64>>, Refusal> {
    let means = index(it, bounds, 0.95)?;
    let weights = it.raw_weights();
    let mut all = Vec::with_capacity(it.k());
    for (block, (scores, index)) in scores.of.iter().zip(means).enumerate() {
        let range = it.model.items(block);
        let span = ends(&weights[range.clone()], &bounds[range])?.1;
        all.push(scores.iter().map(|score| index.mean + 100.0 * score / span).collect());
    }
    Ok(all)
}

/// `Σ w min` and `Σ w (max − min)`.
pub(super) fn ends(weights: &[f64], bounds: &[Bounds]) -> Result<(f64, f64), Refusal> {
    same_length("bound", bounds.len(), weights.len())?;
    let (mut low, mut span, mut size) = (0.0, 0.0, 0.0);
    for (weight, bounds) in weights.iter().zip(bounds) {
        if !(bounds.low.is_finite() && bounds.high.is_finite() && bounds.low < bounds.high) {
            let value = bounds.high;
            return Err(Refusal::OutOfRange { what: "highest mark", value, allowed: "above the lowest" });
        }
        low += weight * bounds.low;
        span += weight * (bounds.high - bounds.low);
        size += weight.abs() * (bounds.high - bounds.low);
    }
    if span.abs() <= 1e-12 * size || size == 0.0 {
        return Err(Refusal::Contradiction { what: "the weights add up to nothing".to_owned() });
    }
    Ok((low, span))
}
