//! Normalisation: indicators in per cent, tonnes and counts brought onto one scale.
//!
//! **What it answers.** How far along is each unit on this indicator, in points that can be added to others?
//!
//! **Formula.** `x` is the value, multiplied by −1 first where lower is better; `m` and `M` the least and greatest
//! value present. The variants of [`Scale`] hold their formulas.
//!
//! **Source.** OECD and JRC (2008), *Handbook on Constructing Composite Indicators*, step 5, pp. 83–88; the digits are
//! those of COINr 1.1 (`n_minmax`, `n_zscore`, `n_scaled`, `n_dist2ref`, `n_dist2targ`, `n_dist2max`, `n_fracmax`,
//! `n_rank`, `n_prank`, `n_borda`, `n_goalposts`).
//!
//! **When not to use it.** Ends taken from the data (min-max, z-scores, ranks) move every year: for comparisons over
//! time use fixed ends ([`Scale::Goalposts`], [`Scale::Scaled`]). Ranks throw the distances away. Z-scores and ranks
//! cannot go into a geometric or harmonic mean.

use super::rank::{Ties, ascending};
use super::{Direction, present, range};
use crate::refusal::Refusal;
use crate::sum::{mean, variance};

/// How an indicator is normalised. Targets, ends and goalposts are in the indicator's own unit, whatever its
/// direction.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Scale {
    /// `low + (x − m)/(M − m) · (high − low)`.
    MinMax {
        /// What the worst value becomes.
        low: f64,
        /// What the best value becomes; above `low`.
        high: f64,
    },
    /// Fixed ends, not clipped: 0 at `worst`, 100 at `best`.
    Scaled {
        /// Value that gets 0.
        worst: f64,
        /// Value that gets 100.
        best: f64,
    },
    /// `(x − x̄)/s · deviation + mean`, `s` with divisor n − 1.
    ZScore {
        /// Mean of the scores.
        mean: f64,
        /// Standard deviation of the scores; above 0.
        deviation: f64,
    },
    /// `1 − (M − x)/(M − m)`: the distance to the best.
    ToBest,
    /// `1 − (r − x)/(r − m)` with `r` the value of unit `row`: the distance to the reference unit.
    ToUnit {
        /// Row of the reference unit, from 0.
        row: usize,
        /// Whether more than 1 becomes 1.
        capped: bool,
    },
    /// `1 − (t − x)/(t − m)`: the distance to the target.
    ToTarget {
        /// The target.
        target: f64,
        /// Whether more than 1 becomes 1.
        capped: bool,
    },
    /// `x/M`.
    ShareOfBest,
    /// The place from the worst up.
    Rank(Ties),
    /// `(place − 1)/(n − 1)`.
    PercentileRank(Ties),
    /// `place − 1`.
    Borda(Ties),
    /// `(x − worst)/(best − worst) · points`, clipped to 0 … `points` if `clipped`: the distance to the frontier with
    /// fixed ends.
    Goalposts {
        /// Value that gets 0: the lower post where higher is better, the upper one where lower is better.
        worst: f64,
        /// Value that gets all points.
        best: f64,
        /// The points to be had.
        points: f64,
        /// Whether values beyond the posts count as the posts.
        clipped: bool,
    },
    /// As it is, turned round where lower is better.
    AsIs,
}

impl Scale {
    /// Min-max to 0–100.
    pub const HUNDRED: Scale = Scale::MinMax { low: 0.0, high: 100.0 };
}

/// The indicator on its scale; missing values stay missing.
///
/// Refuses an indicator without a value, one that does not vary where the scale divides by its spread, and ends that
/// are equal or the wrong way round.
///
/// ```
/// use zhiheng_methods::composite::{Direction, scale::{Scale, normalise}};
/// let losses = [2.0, 4.0, f64::NAN, 3.0];
/// let points = normalise(&losses, Direction::LowerIsBetter, &Scale::HUNDRED).unwrap();
/// assert_eq!((points[0], points[1], points[3]), (100.0, 0.0, 50.0));
/// assert!(points[2].is_nan());
/// ```
pub fn normalise(values: &[f64], direction: Direction, scale: &Scale) -> Result<Vec<f64>, Refusal> {
    let sign = direction.sign();
    let turned: Vec<f64> = values.iter().map(|value| sign * value).collect();
    let known = present("values", &turned)?;
    let (low, high) = range(&known);
    let spread =
        || if low == high { Err(Refusal::NoVariation { what: "values".into() }) } else { Ok(high - low) };
    let each = |change: &dyn Fn(f64) -> f64| turned.iter().map(|&x| change(x)).collect::<Vec<f64>>();
    let scaled = match *scale {
        Scale::MinMax { low: least, high: most } => {
            order("low", least, most, 1.0)?;
            let spread = spread()?;
            each(&|x| (x - low) / spread * (most - least) + least)
        }
        Scale::Scaled { worst, best } => {
            order("worst", worst, best, sign)?;
            each(&|x| (x - sign * worst) / (sign * (best - worst)) * 100.0)
        }
        Scale::ZScore { mean: to, deviation } => {
            if !to.is_finite() {
                return Err(Refusal::OutOfRange { what: "mean", value: to, allowed: "finite numbers" });
            }
            order("deviation", 0.0, deviation, 1.0)?;
            spread()?;
            let (centre, of_data) = (mean(&known), variance(&known).sqrt());
            each(&|x| (x - centre) / of_data * deviation + to)
        }
        Scale::ToBest => {
            let spread = spread()?;
            each(&|x| 1.0 - (high - x) / spread)
        }
        Scale::ToUnit { row, capped } => {
            let reference = *turned.get(row).ok_or(Refusal::TooFew {
                what: "reference unit",
                found: turned.len(),
                needed: row.saturating_add(1),
            })?;
            to_point("reference unit", &turned, low, reference, capped)?
        }
        Scale::ToTarget { target, capped } => to_point("target", &turned, low, sign * target, capped)?,
        Scale::ShareOfBest if high == 0.0 => {
            return Err(Refusal::OutOfRange {
                what: "best value",
                value: high,
                allowed: "numbers other than 0",
            });
        }
        Scale::ShareOfBest => each(&|x| x / high),
        Scale::Rank(ties) => ascending(&turned, ties),
        Scale::Borda(ties) => ascending(&turned, ties).iter().map(|place| place - 1.0).collect(),
        Scale::PercentileRank(_) if known.len() < 2 => {
            return Err(Refusal::TooFew { what: "values", found: known.len(), needed: 2 });
        }
        Scale::PercentileRank(ties) => {
            ascending(&turned, ties).iter().map(|place| (place - 1.0) / (known.len() as f64 - 1.0)).collect()
        }
        Scale::Goalposts { worst, best, points, clipped } => {
            order("worst", worst, best, sign)?;
            if !points.is_finite() {
                return Err(Refusal::OutOfRange { what: "points", value: points, allowed: "finite numbers" });
            }
            let share = |x: f64| (x - sign * worst) / (sign * (best - worst));
            // clamp keeps NaN, so missing values stay missing
            if clipped { each(&|x| share(x).clamp(0.0, 1.0) * points) } else { each(&|x| share(x) * points) }
        }
        Scale::AsIs => turned,
    };
    // a missing value stays missing; a number must become one
    match scaled.iter().zip(values).position(|(scaled, value)| !scaled.is_finite() && !value.is_nan()) {
        Some(row) => Err(Refusal::NotFinite { what: "normalised values", row }),
        None => Ok(scaled),
    }
}

/// The distance to a point above the least value: 1 at the point, 0 at the least value.
fn to_point(
    what: &'static str,
    turned: &[f64],
    low: f64,
    point: f64,
    capped: bool,
) -> Result<Vec<f64>, Refusal> {
    if !point.is_finite() {
        return Err(Refusal::NotFinite { what, row: 0 });
    }
    // At the least value there is no distance; below it the scale would run backwards.
    if point <= low {
        return Err(Refusal::OutOfRange {
            what,
            value: point,
            allowed: "values better than the worst present",
        });
    }
    let share = |x: &f64| 1.0 - (point - x) / (point - low);
    // NaN > 1 is false, so missing values stay missing
    Ok(turned.iter().map(share).map(|y| if capped && y > 1.0 { 1.0 } else { y }).collect())
}

/// Refuses ends that are not finite or not in the direction's order.
fn order(what: &'static str, worst: f64, best: f64, sign: f64) -> Result<(), Refusal> {
    if worst.is_finite() && best.is_finite() && sign * worst < sign * best {
        Ok(())
    } else {
        Err(Refusal::OutOfRange { what, value: worst, allowed: "values worse than the other end" })
    }
}
