//! Tails and quantiles of Poisson and negative binomial counts, for bounds and p-values.
//!
//! A quantile is the smallest count whose upper tail is at most `alpha`. Tails within 64 rounding errors of
//! `alpha` count as equal, as in R's `qnbinom` and `qpois`.

use crate::halving::first;
use crate::special::{beta_upper, gamma_lower, normal_upper_quantile};

const ROUNDING: f64 = 64.0 * f64::EPSILON;

/// Beyond this size a negative binomial count differs from a Poisson one by less than rounding matters.
const NEARLY_POISSON: f64 = 1e9;

/// `P(Y ≥ count)` for a Poisson count; counts between whole numbers mean the next one.
pub(super) fn poisson_upper(count: f64, mean: f64) -> f64 {
    if count <= 0.0 { 1.0 } else { gamma_lower(libm::ceil(count), mean) }
}

/// `P(Y ≥ count)` for a negative binomial count of real `size` and probability `share`.
pub(super) fn negative_binomial_upper(count: f64, size: f64, share: f64) -> f64 {
    if count <= 0.0 {
        1.0
    } else if size > NEARLY_POISSON {
        poisson_upper(count, size * (1.0 - share) / share)
    } else {
        beta_upper(share, size, libm::ceil(count))
    }
}

/// The `1 − alpha` quantile of a Poisson count.
pub(super) fn poisson_quantile(alpha: f64, mean: f64) -> f64 {
    if mean == 0.0 || 1.0 - libm::exp(-mean) <= alpha + ROUNDING {
        return 0.0;
    }
    search(alpha, mean, mean, |count| poisson_upper(count, mean))
}

/// The `1 − alpha` quantile of a negative binomial count of real `size` and probability `share`.
pub(super) fn negative_binomial_quantile(alpha: f64, size: f64, share: f64) -> f64 {
    if -libm::expm1(size * libm::log(share)) <= alpha + ROUNDING {
        return 0.0;
    }
    let mean = size * (1.0 - share) / share;
    search(alpha, mean, mean / share, |count| negative_binomial_upper(count, size, share))
}

/// The smallest count from 1 whose tail `P(Y ≥ count + 1)` is at most `alpha`, looked for around the normal
/// quantile.
fn search(alpha: f64, mean: f64, variance: f64, upper: impl Fn(f64) -> f64) -> f64 {
    let enough = |count: f64| upper(count + 1.0) <= alpha + ROUNDING;
    let mut guess = libm::round(mean + normal_upper_quantile(alpha) * libm::sqrt(variance)).max(1.0);
    let mut step = libm::floor(0.05 * libm::sqrt(variance)).max(1.0);
    // a bracket: too small at `low`, enough at `high`
    let (mut low, mut high);
    if enough(guess) {
        high = guess;
        loop {
            low = (high - step).max(0.0);
            if low == 0.0 || !enough(low) {
                break;
            }
            high = low;
            step *= 2.0;
        }
    } else {
        loop {
            low = guess;
            guess += step;
            if enough(guess) || guess > 1e15 {
                high = guess;
                break;
            }
            step *= 2.0;
        }
    }
    first(low as u64 + 1, high as u64, |count| enough(count as f64)) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_the_smallest() {
        for mean in [1e-9, 0.01, 0.3, 1.0, 4.5, 60.0, 2500.0] {
            for alpha in [0.5, 0.05, 0.01, 1e-4, 1e-9] {
                let bound = poisson_quantile(alpha, mean);
                assert!(poisson_upper(bound + 1.0, mean) <= alpha + 1e-13);
                assert!(bound == 0.0 || poisson_upper(bound, mean) > alpha, "{mean} {alpha} {bound}");
                for share in [0.01, 0.5, 0.999] {
                    let size = mean * share / (1.0 - share);
                    let bound = negative_binomial_quantile(alpha, size, share);
                    assert!(negative_binomial_upper(bound + 1.0, size, share) <= alpha + 1e-13);
                    let shy = negative_binomial_upper(bound, size, share);
                    assert!(bound == 0.0 || shy > alpha, "{mean} {alpha} {share} {bound}");
                }
            }
        }
    }
}
