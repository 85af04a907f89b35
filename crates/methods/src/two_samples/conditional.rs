//! The count in the first cell of a 2×2 table whose margins are fixed: Fisher's noncentral hypergeometric
//! distribution, by its odds ratio. The machinery behind [`crate::two_samples::fisher`].
//!
//! Weights are walked outward from the mode by their ratios, so that nothing overflows and the work is a few
//! standard deviations: about 20,000 terms when both samples have 2e7.

use crate::halving::first;

/// A 2×2 table seen through its margins.
#[derive(Clone, Copy)]
pub(super) struct Conditional {
    /// Size of the first sample.
    first: u64,
    /// Size of the second sample.
    second: u64,
    /// Successes in both.
    successes: u64,
    /// Least and greatest possible count of successes in the first sample.
    pub(super) least: u64,
    pub(super) greatest: u64,
}

/// Sums over the distribution, all relative to a count `x`.
pub(super) struct Sums {
    /// `E[X] − x` and the variance of `X`.
    pub(super) shift: f64,
    pub(super) variance: f64,
    /// `P(X ≤ x)` and `P(X ≥ x)`; accurate in relative terms down to about 1e-22.
    pub(super) at_most: f64,
    pub(super) at_least: f64,
    /// `E[X − x | X ≤ x]` and `E[X − x | X ≥ x]`; 0 when the tail is 0.
    pub(super) below: f64,
    pub(super) above: f64,
}

/// Weights below this share of the mode's are left out.
const NEGLIGIBLE: f64 = 1e-40;

impl Conditional {
    /// The distribution of the first count for samples of these sizes and so many successes in all, which
    /// must not exceed `first + second`.
    pub(super) fn new(first: u64, second: u64, successes: u64) -> Self {
        Self {
            first,
            second,
            successes,
            least: successes.saturating_sub(second),
            greatest: successes.min(first),
        }
    }

    /// Weight of `k + 1` over weight of `k`, at odds ratio 1.
    pub(super) fn ratio(&self, k: u64) -> f64 {
        let up = (self.first - k) as f64 * (self.successes - k) as f64;
        // second + k + 1 − successes, in an order that cannot go below zero
        let down = (k + 1) as f64 * (self.second - (self.successes - k) + 1) as f64;
        up / down
    }

    /// The most probable count at this odds ratio (the least of two equals).
    pub(super) fn mode(&self, odds_ratio: f64) -> u64 {
        first(self.least, self.greatest, |k| self.ratio(k) * odds_ratio <= 1.0)
    }

    /// Moments and tails around `x` at an odds ratio above 0.
    pub(super) fn sums(&self, x: u64, odds_ratio: f64) -> Sums {
        let mode = self.mode(odds_ratio);
        let mut total = [0.0; 3];
        let mut tails = [[0.0; 2]; 2];
        let mut add = |k: u64, weight: f64| {
            let gap = if k >= x { (k - x) as f64 } else { -((x - k) as f64) };
            total[0] += weight;
            total[1] += weight * gap;
            total[2] += weight * gap * gap;
            if k <= x {
                tails[0][0] += weight;
                tails[0][1] += weight * gap;
            }
            if k >= x {
                tails[1][0] += weight;
                tails[1][1] += weight * gap;
            }
        };
        add(mode, 1.0);
        let mut weight = 1.0;
        for k in mode..self.greatest {
            weight *= self.ratio(k) * odds_ratio;
            if weight < NEGLIGIBLE {
                break;
            }
            add(k + 1, weight);
        }
        weight = 1.0;
        for k in (self.least..mode).rev() {
            weight /= self.ratio(k) * odds_ratio;
            if weight < NEGLIGIBLE {
                break;
            }
            add(k, weight);
        }
        let shift = total[1] / total[0];
        let mean_of = |tail: [f64; 2]| if tail[0] > 0.0 { tail[1] / tail[0] } else { 0.0 };
        Sums {
            shift,
            variance: total[2] / total[0] - shift * shift,
            at_most: tails[0][0] / total[0],
            at_least: tails[1][0] / total[0],
            below: mean_of(tails[0]),
            above: mean_of(tails[1]),
        }
    }

    /// `Σ weight(k) / weight(from)` over `k ≥ from`, at odds ratio 1.
    pub(super) fn run_up(&self, from: u64) -> f64 {
        let (mut sum, mut weight) = (1.0, 1.0);
        for k in from..self.greatest {
            weight *= self.ratio(k);
            sum += weight;
            if weight < sum * 1e-18 {
                break;
            }
        }
        sum
    }

    /// `Σ weight(k) / weight(from)` over `k ≤ from`, at odds ratio 1.
    pub(super) fn run_down(&self, from: u64) -> f64 {
        let (mut sum, mut weight) = (1.0, 1.0);
        for k in (self.least..from).rev() {
            weight /= self.ratio(k);
            sum += weight;
            if weight < sum * 1e-18 {
                break;
            }
        }
        sum
    }
}
