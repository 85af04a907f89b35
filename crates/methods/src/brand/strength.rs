//! From scores of brand strength to the coefficient `K`.

use crate::refusal::{Refusal, at_least, finite, same_length};
use crate::sum::sum;

/// The weighted score and its coefficient, read from `map`: points of (score, coefficient), joined by straight
/// lines, in ascending order of scores with coefficients that never rise.
///
/// Refuses no score, other lengths, NaN, negative weights or weights that add up to 0, a map of fewer than two
/// points or out of order, coefficients that are not positive, and a score outside the map.
///
/// ```
/// use zhiheng_methods::brand::strength;
/// // scores 80 and 60 with weights 3 and 1; a map from 2.0 at 0 points to 0.6 at 100
/// let (score, coefficient) = strength(&[80.0, 60.0], &[3.0, 1.0], &[(0.0, 2.0), (100.0, 0.6)]).unwrap();
/// assert_eq!(score, 75.0);
/// assert!((coefficient - 0.95).abs() < 1e-12);
/// ```
pub fn strength(scores: &[f64], weights: &[f64], map: &[(f64, f64)]) -> Result<(f64, f64), Refusal> {
    at_least("scores", scores.len(), 1)?;
    same_length("weights", weights.len(), scores.len())?;
    finite("scores", scores)?;
    finite("weights", weights)?;
    if let Some(&value) = weights.iter().find(|&&weight| weight < 0.0) {
        return Err(Refusal::OutOfRange { what: "weights", value, allowed: ">= 0" });
    }
    at_least("map", map.len(), 2)?;
    for (row, &(score, coefficient)) in map.iter().enumerate() {
        if !score.is_finite() {
            return Err(Refusal::NotFinite { what: "map", row });
        }
        if !(coefficient > 0.0 && coefficient.is_finite()) {
            return Err(Refusal::OutOfRange { what: "coefficient", value: coefficient, allowed: "> 0" });
        }
    }
    if map.windows(2).any(|pair| pair[1].0 <= pair[0].0 || pair[1].1 > pair[0].1) {
        let what = "the map's scores must rise and its coefficients must not".to_owned();
        return Err(Refusal::Contradiction { what });
    }
    let all = sum(weights.iter().copied());
    if all <= 0.0 {
        return Err(Refusal::NoVariation { what: "weights (all are 0)".to_owned() });
    }
    let score = sum(scores.iter().zip(weights).map(|(score, weight)| score * weight)) / all;
    let between = map.windows(2).find(|pair| pair[0].0 <= score && score <= pair[1].0);
    let Some([low, high]) = between else {
        return Err(Refusal::OutOfRange { what: "score", value: score, allowed: "the scores of the map" });
    };
    let part = (score - low.0) / (high.0 - low.0);
    Ok((score, low.1 + part * (high.1 - low.1)))
}
