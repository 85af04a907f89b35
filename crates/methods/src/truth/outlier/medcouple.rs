//! The medcouple: a measure of skewness that a quarter of bad values cannot spoil.
//!
//! It is the median of `h(a, b) = ((a − m) − (m − b))/(a − b)` over all values `a ≥ m ≥ b`, `m` the median. The
//! kernels form a matrix that falls along rows and columns, so that its median is found in `O(n log n)` without
//! writing it down (Johnson and Mizoguchi 1978, *SIAM Journal on Computing* 7:147–153): the weighted median of
//! the rows' medians cuts off at least a quarter of what is left.

use super::enough;
use crate::refusal::Refusal;
use crate::truth::rank;

/// Which kernel value counts as the middle one when there are two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Middle {
    /// Their mean: turning the signs of the values turns the sign of the medcouple.
    Mean,
    /// The lower one.
    Lower,
    /// As R's `robustbase::mc` by default: the mean up to 100 values, the lower one beyond.
    LikeR,
}

/// The medcouple of `values`, from −1 to 1: 0 for symmetric values, positive for a long upper tail.
///
/// Refuses NaN and fewer than 3 values; equal values give 0.
///
/// ```
/// use zhiheng_methods::truth::outlier::{Middle, medcouple};
/// assert_eq!(medcouple(&[1.0, 2.0, 3.0, 4.0, 5.0], Middle::Mean).unwrap(), 0.0);
/// assert!(medcouple(&[1.0, 2.0, 3.0, 5.0, 9.0, 20.0], Middle::Mean).unwrap() > 0.3);
/// ```
pub fn medcouple(values: &[f64], middle: Middle) -> Result<f64, Refusal> {
    enough(values, 3)?;
    let sorted = rank::sorted(values);
    let median = rank::median(&sorted);
    let high: Vec<f64> = sorted.iter().rev().filter(|&&x| x >= median).map(|x| x - median).collect();
    let low: Vec<f64> = sorted.iter().rev().filter(|&&x| x <= median).map(|x| x - median).collect();
    let ties = high.iter().filter(|&&z| z == 0.0).count();
    let kernels = Kernels { high: &high, low: &low, ties };
    let all = high.len() as u64 * low.len() as u64;
    let lower = kernels.select(all / 2)?;
    let mean = match middle {
        Middle::Mean => true,
        Middle::Lower => false,
        Middle::LikeR => values.len() <= 100,
    };
    if mean && all.is_multiple_of(2) {
        Ok(f64::midpoint(lower, kernels.select(all / 2 - 1)?))
    } else {
        Ok(lower)
    }
}

/// Far more than halving the matrix of any sample takes.
const STEPS: usize = 500;

/// The matrix of kernels: rows for the values at or above the median, columns for those at or below it, both
/// from the greatest down and taken from the median, so that kernels fall along both.
struct Kernels<'a> {
    high: &'a [f64],
    low: &'a [f64],
    /// Values equal to the median: the last rows and the first columns.
    ties: usize,
}

impl Kernels<'_> {
    fn at(&self, i: usize, j: usize) -> f64 {
        let (a, b) = (self.high[i], self.low[j]);
        if a == 0.0 && b == 0.0 {
            // Both equal the median: +1 above the antidiagonal of the ties, 0 on it, −1 below.
            let place = (i + self.ties - self.high.len() + j + 1).cmp(&self.ties);
            return match place {
                std::cmp::Ordering::Less => 1.0,
                std::cmp::Ordering::Equal => 0.0,
                std::cmp::Ordering::Greater => -1.0,
            };
        }
        (a + b) / (a - b)
    }

    /// The kernel that has `k` others before it from the greatest down.
    fn select(&self, k: u64) -> Result<f64, Refusal> {
        let rows = self.high.len();
        // In each row the kernels from `from` until before `to` are still in question.
        let (mut from, mut to) = (vec![0; rows], vec![self.low.len(); rows]);
        for _ in 0..STEPS {
            let left: usize = from.iter().zip(&to).map(|(a, b)| b.saturating_sub(*a)).sum();
            if left <= rows.max(16) {
                let mut rest: Vec<f64> = (0..rows)
                    .flat_map(|i| (from[i]..to[i]).map(move |j| (i, j)))
                    .map(|(i, j)| self.at(i, j))
                    .collect();
                rest.sort_unstable_by(|a, b| b.total_cmp(a));
                let before: u64 = from.iter().map(|&a| a as u64).sum();
                let found = k.checked_sub(before).and_then(|k| rest.get(k as usize)).copied();
                return found.ok_or(Refusal::NotConverged { what: "the medcouple", steps: STEPS });
            }
            let middles = (0..rows)
                .filter(|&i| from[i] < to[i])
                .map(|i| (self.at(i, from[i] + (to[i] - from[i]) / 2), (to[i] - from[i]) as u64));
            let pivot = weighted_median(middles.collect());
            let (greater, not_less) = (self.counts(|h| h > pivot), self.counts(|h| h >= pivot));
            let sum = |counts: &[usize]| counts.iter().map(|&count| count as u64).sum::<u64>();
            if k < sum(&greater) {
                to = greater;
            } else if k >= sum(&not_less) {
                from = not_less;
            } else {
                return Ok(pivot);
            }
        }
        Err(Refusal::NotConverged { what: "the medcouple", steps: STEPS })
    }

    /// How many kernels of each row pass; they are the row's first ones, and never fewer further up.
    fn counts(&self, passes: impl Fn(f64) -> bool) -> Vec<usize> {
        let mut counts = vec![0; self.high.len()];
        let mut j = 0;
        for i in (0..self.high.len()).rev() {
            while j < self.low.len() && passes(self.at(i, j)) {
                j += 1;
            }
            counts[i] = j;
        }
        counts
    }
}

/// The value at which half of the weight is reached, from the greatest down.
fn weighted_median(mut values: Vec<(f64, u64)>) -> f64 {
    values.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
    let all: u64 = values.iter().map(|(_, weight)| weight).sum();
    let mut so_far = 0;
    for (value, weight) in values {
        so_far += weight;
        if 2 * so_far >= all {
            return value;
        }
    }
    0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Against the matrix written down, for all small samples of small whole numbers.
    #[test]
    fn equals_the_median_of_the_matrix() {
        for code in 0..4_usize.pow(7) {
            let values: Vec<f64> = (0..7).map(|k| (code / 4_usize.pow(k) % 4) as f64).collect();
            let sorted = rank::sorted(&values);
            let median = rank::median(&sorted);
            let (mut high, mut low) = (Vec::new(), Vec::new());
            for x in sorted.iter().rev() {
                if *x >= median {
                    high.push(x - median);
                }
                if *x <= median {
                    low.push(x - median);
                }
            }
            let ties = high.iter().filter(|&&z| z == 0.0).count();
            let kernels = Kernels { high: &high, low: &low, ties };
            let mut all: Vec<f64> = (0..high.len())
                .flat_map(|i| (0..low.len()).map(move |j| (i, j)))
                .map(|(i, j)| kernels.at(i, j))
                .collect();
            all.sort_unstable_by(f64::total_cmp);
            assert_eq!(medcouple(&values, Middle::Lower).unwrap(), all[(all.len() - 1) / 2], "{values:?}");
            let mean = medcouple(&values, Middle::Mean).unwrap();
            assert!((mean - rank::median(&all)).abs() < 1e-15, "{values:?}");
        }
    }
}
