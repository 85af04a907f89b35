//! Ranks, medians and quantiles.
//!
//! **What it answers.** Which place does each value take, and which value stands in the middle of the draws?
//!
//! **Formula.** Places count from 1; equal values share the lowest, the highest or the mean of their places.
//! Quantiles interpolate between the order statistics at `(n − 1) p`.
//!
//! **Source.** Kendall (1948), *Rank Correlation Methods*, chapter 3; Hyndman and Fan (1996), *The American
//! Statistician* 50:361–365, type 7 (R's default).
//!
//! **When not to use it.** A rank hides how close the values are: read it beside the score and beside
//! [`crate::composite::uncertainty`].

/// Which place equal values share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ties {
    /// The lowest, as in sport: 1, 2, 2, 4.
    #[default]
    Min,
    /// The highest: 1, 3, 3, 4.
    Max,
    /// The mean: 1, 2.5, 2.5, 4.
    Average,
}

/// Places from the smallest value up. Missing values (NaN) have none and stay NaN.
///
/// ```
/// use zhiheng_methods::composite::rank::{Ties, ascending};
/// assert_eq!(ascending(&[10.0, 30.0, 20.0, 20.0], Ties::Average), [1.0, 4.0, 2.5, 2.5]);
/// ```
pub fn ascending(values: &[f64], ties: Ties) -> Vec<f64> {
    places(values, ties, 0.0)
}

/// Places of scores, 1 being the best: the highest, or the lowest if `lowest_is_best`.
///
/// Scores are results of arithmetic, so two that differ by no more than 1e-12 of the largest count as equal:
/// otherwise the order of a sum would break a tie.
///
/// ```
/// use zhiheng_methods::composite::rank::{Ties, scores};
/// assert_eq!(scores(&[0.1 + 0.2, 0.3, 0.9], false, Ties::Min), [2.0, 2.0, 1.0]);
/// ```
pub fn scores(scores: &[f64], lowest_is_best: bool, ties: Ties) -> Vec<f64> {
    let largest =
        scores.iter().filter(|score| !score.is_nan()).fold(0.0, |most: f64, score| most.max(score.abs()));
    let sign = if lowest_is_best { 1.0 } else { -1.0 };
    let turned: Vec<f64> = scores.iter().map(|score| sign * score).collect();
    places(&turned, ties, 1e-12 * largest)
}

/// The middle of `values`, which must hold no NaN; NaN for none.
pub fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    quantile(&sorted, 0.5)
}

/// The quantile of values in ascending order; NaN for none.
pub fn quantile(sorted: &[f64], share: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return f64::NAN };
    let at = share.clamp(0.0, 1.0) * last as f64;
    let below = libm::floor(at) as usize;
    match (sorted.get(below), sorted.get(below + 1)) {
        (Some(&low), Some(&high)) => low + (at - below as f64) * (high - low),
        (Some(&low), None) => low,
        _ => f64::NAN,
    }
}

/// Places from the smallest up, neighbours within `same` being equal.
fn places(values: &[f64], ties: Ties, same: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).filter(|&i| !values[i].is_nan()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    let mut places = vec![f64::NAN; values.len()];
    let mut start = 0;
    while start < order.len() {
        let mut end = start + 1;
        // -0 and 0 differ in total order but not as values, hence the comparison of differences
        while end < order.len() && values[order[end]] - values[order[end - 1]] <= same {
            end += 1;
        }
        let place = match ties {
            Ties::Min => (start + 1) as f64,
            Ties::Max => end as f64,
            Ties::Average => (start + 1 + end) as f64 / 2.0,
        };
        for &i in &order[start..end] {
            places[i] = place;
        }
        start = end;
    }
    places
}
