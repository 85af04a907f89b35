//! Bartels's rank version of von Neumann's ratio.

use crate::refusal::{Refusal, at_least, finite};
use crate::special::{beta_lower, beta_upper, normal_cdf, normal_upper};
use crate::sum::sum;
use crate::truth::rank::mid_ranks;

/// How evenly a series moves.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ratio {
    /// Values.
    pub n: usize,
    /// The ratio: 2 by chance, near 0 for a smooth series, near 4 for one that goes up and down each time.
    pub ratio: f64,
    /// Its distance from 2 in standard errors.
    pub z: f64,
    /// Probability of so small a ratio or a smaller one.
    pub smooth_p_value: f64,
    /// Probability of so large a ratio or a larger one.
    pub rough_p_value: f64,
}

/// The ratio of `values` in their order in time.
///
/// p-values are exact for fewer than 10 values without ties, by Bartels's beta distribution up to 100 values
/// and by the normal distribution beyond. Ties get mean ranks. Refuses NaN, fewer than 4 values and values that
/// are all equal.
///
/// ```
/// use zhiheng_methods::truth::smooth::ratio;
/// let smooth: Vec<f64> = (0..24).map(|month| (f64::from(month) / 4.0).sin()).collect();
/// assert!(ratio(&smooth).unwrap().smooth_p_value < 1e-6);
/// ```
pub fn ratio(values: &[f64]) -> Result<Ratio, Refusal> {
    finite("values", values)?;
    at_least("values", values.len(), 4)?;
    let ranks = mid_ranks(values);
    let (steps, spread) = (steps(&ranks), spread(&ranks));
    if spread <= 0.0 {
        return Err(Refusal::NoVariation { what: "values".to_owned() });
    }
    let ratio = steps / spread;
    let n = values.len() as f64;
    // Var(RVN) without ties (Bartels 1982, equation 2.5)
    let variance =
        4.0 * (n - 2.0) * (5.0 * n * n - 2.0 * n - 9.0) / (5.0 * n * (n + 1.0) * (n - 1.0) * (n - 1.0));
    let z = (ratio - 2.0) / variance.sqrt();
    let no_ties = ranks.iter().all(|rank| libm::trunc(*rank) == *rank) && distinct(&ranks);
    let (smooth_p_value, rough_p_value) = if values.len() < 10 && no_ties {
        exact(steps, values.len())
    } else if values.len() <= 100 {
        // 4 B with B ~ beta(b, b) of the same variance: 16 / (4 (2b + 1)) = variance
        let shape = (4.0 / variance - 1.0) / 2.0;
        let share = (ratio / 4.0).clamp(0.0, 1.0);
        (beta_lower(share, shape, shape), beta_upper(share, shape, shape))
    } else {
        (normal_cdf(z), normal_upper(z))
    };
    Ok(Ratio { n: values.len(), ratio, z, smooth_p_value, rough_p_value })
}

fn steps(ranks: &[f64]) -> f64 {
    sum(ranks.windows(2).map(|pair| (pair[1] - pair[0]) * (pair[1] - pair[0])))
}

fn spread(ranks: &[f64]) -> f64 {
    let middle = f64::midpoint(ranks.len() as f64, 1.0);
    sum(ranks.iter().map(|rank| (rank - middle) * (rank - middle)))
}

fn distinct(ranks: &[f64]) -> bool {
    let sorted = crate::truth::rank::sorted(ranks);
    sorted.windows(2).all(|pair| pair[0] != pair[1])
}

/// Shares of all orders of `n` ranks whose steps are at most, and at least, as large.
fn exact(found: f64, n: usize) -> (f64, f64) {
    let mut order: Vec<f64> = (1..=n).map(|rank| rank as f64).collect();
    let (mut all, mut at_most, mut at_least) = (0_u64, 0_u64, 0_u64);
    each_order(&mut order, 0, 0.0, &mut |total| {
        all += 1;
        at_most += u64::from(total <= found);
        at_least += u64::from(total >= found);
    });
    (at_most as f64 / all as f64, at_least as f64 / all as f64)
}

/// Calls `say` with the sum of squared steps of every order; whole numbers, so equality is exact.
fn each_order(order: &mut [f64], placed: usize, total: f64, say: &mut impl FnMut(f64)) {
    if placed == order.len() {
        say(total);
        return;
    }
    for i in placed..order.len() {
        order.swap(placed, i);
        let step = if placed == 0 { 0.0 } else { order[placed] - order[placed - 1] };
        each_order(order, placed + 1, total + step * step, say);
        order.swap(placed, i);
    }
}
