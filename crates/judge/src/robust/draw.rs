//! One draw: figures and weights anew, then the sums of all places.

use std::sync::OnceLock;

use zhiheng_catalog::model::Score;
use zhiheng_methods::random::Stream;
use zhiheng_methods::special::normal_quantile;

use super::setup::{Column, Line, Setup, float};

/// Sums are whole numbers of these.
const BILLION: f64 = 1e9;
/// What rounding can put between a figure and a full step.
const STEP_SLACK: f64 = 1e-9;
/// Bits of a normal error.
const BITS: u32 = 16;

/// Memory that draws use again and again.
pub(super) struct Scratch {
    figures: Vec<Vec<f64>>,
    counted: Vec<f64>,
    other: Vec<f64>,
    ranked: Vec<f64>,
}

impl Setup<'_> {
    pub(super) fn scratch(&self) -> Scratch {
        let zeros = vec![0.0; self.n];
        let figures = self.columns.iter().map(|column| column.value.clone()).collect();
        Scratch { figures, counted: zeros.clone(), other: zeros, ranked: Vec::new() }
    }

    /// Sums of all places in billionths of a point; 0 while open.
    pub(super) fn draw(&self, seed: u64, at: u64, scratch: &mut Scratch) -> Vec<f64> {
        let mut stream = Stream::new(seed, at);
        let weights = self.weights(&mut stream);
        for (column, figures) in self.columns.iter().zip(&mut scratch.figures) {
            column.draw(&mut stream, figures);
        }
        // What shared-out points multiply the others by.
        let mut factors = vec![1.0; self.n];
        for (place, items) in &self.shared {
            let point = |at: &usize| Some(self.weights.get(*at)?.0 * weights.get(*at)?);
            let lost: f64 = items.iter().filter_map(point).sum();
            if let Some(factor) = factors.get_mut(*place) {
                *factor = self.full / (self.full - lost);
            }
        }
        let mut sums = vec![0.0; self.n];
        for part in &self.parts {
            scratch.counted.fill(0.0);
            scratch.other.fill(0.0);
            for line in part {
                let weight = line.weight.and_then(|at| weights.get(at)).copied();
                let into = if weight.is_some() { &mut scratch.counted } else { &mut scratch.other };
                let weight = weight.unwrap_or(1.0);
                for (sum, fixed) in into.iter_mut().zip(&line.fixed) {
                    *sum += weight * fixed;
                }
                if let Some((column, places)) = &line.drawn
                    && let (Some(figures), Some(known)) =
                        (scratch.figures.get(*column), self.columns.get(*column))
                {
                    let each = Each { places, figures, weight, into };
                    line.add(each, &known.known, &mut scratch.ranked);
                }
            }
            let own = scratch.counted.iter().zip(&scratch.other).zip(&factors);
            for (sum, ((counted, other), factor)) in sums.iter_mut().zip(own) {
                *sum += (counted * factor + other).max(0.0);
            }
        }
        for (sum, open) in sums.iter_mut().zip(&self.open) {
            *sum = if *open { 0.0 } else { (*sum * BILLION).round() };
        }
        sums
    }

    /// What the points of each item are multiplied by: drawn, then brought back to the full sum.
    fn weights(&self, stream: &mut Stream) -> Vec<f64> {
        let drawn: Vec<f64> = (self.weights.iter())
            .map(
                |(_, within)| {
                    if *within > 0.0 { 1.0 + within * (2.0 * stream.uniform() - 1.0) } else { 1.0 }
                },
            )
            .collect();
        let sum: f64 = self.weights.iter().zip(&drawn).map(|((points, _), factor)| points * factor).sum();
        let back = if self.weights.iter().all(|(_, within)| *within == 0.0) { 1.0 } else { self.full / sum };
        drawn.into_iter().map(|factor| factor * back).collect()
    }
}

impl Column {
    /// Draws the figures that can be off; four errors from each 64 bits.
    fn draw(&self, stream: &mut Stream, figures: &mut [f64]) {
        let errors = errors();
        for four in self.doubtful.chunks(4) {
            let mut bits = stream.bits();
            for &(at, below, above, least, most) in four {
                let error = errors.get((bits & 0xFFFF) as usize).copied().unwrap_or_default();
                bits >>= BITS;
                let deviation = if error < 0.0 { below } else { above };
                if let (Some(figure), Some(value)) = (figures.get_mut(at), self.value.get(at)) {
                    *figure = (value + error * deviation).clamp(least, most);
                }
            }
        }
    }
}

/// Normal quantiles in the middle of 65,536 equal shares.
fn errors() -> &'static [f64] {
    static ERRORS: OnceLock<Vec<f64>> = OnceLock::new();
    ERRORS.get_or_init(|| {
        let n = 1_u32 << BITS;
        (0..n).map(|at| normal_quantile((f64::from(at) + 0.5) / f64::from(n))).collect()
    })
}

impl Line<'_> {
    /// Points of each place that is drawn, as [`crate::score::points`] gives them, in floating point. Numbers of the scheme are
    /// turned once per draw and item.
    fn add(&self, mut each: Each<'_>, known: &[bool], ranked: &mut Vec<f64>) {
        let most = self.most;
        match self.score {
            Score::Binary { at_least: true, .. } => {
                each.add(|x, target| if x >= target { most } else { 0.0 })
            }
            Score::Binary { .. } => each.add(|x, target| if x <= target { most } else { 0.0 }),
            Score::Checklist { each: one } => {
                let one = float(*one);
                each.add(|x, _| (one * x).clamp(0.0, most));
            }
            Score::Levels { levels } => {
                let levels = floats(levels);
                each.add(|x, _| levels.iter().find(|(from, _)| x >= *from).map_or(0.0, |level| level.1));
            }
            Score::TargetRatio { .. } => {
                let falls = self.falls;
                each.add(|x, target| {
                    let (part, whole) = if falls { (target, x) } else { (x, target) };
                    if whole <= 0.0 { most } else { most * (part / whole).clamp(0.0, 1.0) }
                });
            }
            Score::Stepped { step, each: one, floor, begun, .. } => {
                let (step, one, floor) = (float(*step), float(*one), float(*floor));
                let sign = if self.falls { -1.0 } else { 1.0 };
                each.add(|x, target| {
                    let steps = (sign * (target - x)).max(0.0) / step;
                    let steps =
                        if *begun { (steps - STEP_SLACK).ceil() } else { (steps + STEP_SLACK).floor() };
                    (most - one * steps).max(floor)
                });
            }
            Score::Between { best, worst } => {
                let (best, worst) = (float(*best), float(*worst));
                each.add(|x, _| most * ((x - worst) / (best - worst)).clamp(0.0, 1.0));
            }
            Score::Change { better, same, worse, within } => {
                let (better, same) = (float(*better), float(*same));
                let (worse, within) = (float(*worse), float(*within));
                let sign = if self.falls { -1.0 } else { 1.0 };
                each.add(|x, _| match sign * x {
                    up if up > within => better,
                    up if up < -within => worse,
                    _ => same,
                });
            }
            Score::Rank { levels } => {
                let levels = floats(levels);
                let sign = if self.falls { -1.0 } else { 1.0 };
                ranked.clear();
                let all = each.figures.iter().zip(known).filter(|(_, known)| **known);
                ranked.extend(all.map(|(value, _)| sign * value));
                ranked.sort_unstable_by(|a, b| b.total_cmp(a));
                let of = ranked.len() as f64;
                each.add(|x, _| {
                    let rank = ranked.partition_point(|other| *other > sign * x) + 1;
                    let inside = |share: f64| rank as f64 <= share * of + STEP_SLACK;
                    levels.iter().find(|(share, _)| inside(*share)).map_or(0.0, |level| level.1)
                });
            }
            Score::Deduct { each: one } => {
                let one = float(*one);
                each.add(|x, _| -one * x.max(0.0));
            }
            Score::Bonus { each: one } => {
                let one = float(*one);
                each.add(|x, _| (one * x.max(0.0)).min(most));
            }
            Score::Judged { .. } => {}
        }
    }
}

/// The places that one item is drawn for, and where their points go.
struct Each<'a> {
    places: &'a [(usize, f64)],
    figures: &'a [f64],
    weight: f64,
    into: &'a mut [f64],
}

impl Each<'_> {
    /// Adds the points of every place; one loop for each way to score, so that nothing is decided within.
    fn add(&mut self, points: impl Fn(f64, f64) -> f64) {
        for &(place, target) in self.places {
            if let (Some(&value), Some(sum)) = (self.figures.get(place), self.into.get_mut(place)) {
                *sum += self.weight * points(value, target);
            }
        }
    }
}

fn floats(levels: &[(zhiheng_base::Decimal, zhiheng_base::Decimal)]) -> Vec<(f64, f64)> {
    levels.iter().map(|(at, points)| (float(*at), float(*points))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table is symmetrical and as wide as it says.
    #[test]
    fn errors_are_standard_normal() {
        let errors = errors();
        let n = errors.len() as f64;
        let mean: f64 = errors.iter().sum::<f64>() / n;
        let sd = (errors.iter().map(|error| error * error).sum::<f64>() / n).sqrt();
        assert!(mean.abs() < 1e-12 && (sd - 0.99999).abs() < 1e-6, "{mean} {sd}");
    }
}
