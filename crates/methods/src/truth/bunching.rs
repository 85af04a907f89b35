//! Figures gathered at a target or threshold.
//!
//! **What it answers.** A pass rate must reach 95 %: are there too many districts at 95.0–95.2, too few just
//! short of it?
//!
//! **Formula.** [`window`]: the count in the window against what its `reach` neighbours on either side lead to
//! expect, by the parabola through their counts: `e = Σ cₖ nₖ` with `cₖ = (S₄ − k² S₂)/(2r S₄ − S₂²)`, `S₂`, `S₄`
//! the sums of `k²`, `k⁴` over the `2r` neighbours, so that neither slope nor bend of the density is taken for
//! bunching; `z = (n₀ − e)/√(e + Σ cₖ² nₖ)`, one-sided. [`sides`]: as many values fall just below a threshold as
//! just above it; exact two-sided binomial p-value at 1/2. [`jump`]: McCrary's test, the log ratio of the
//! densities at the threshold seen from above and from below, each a local line through a histogram.
//!
//! **Source.** Saez (2010), *American Economic Journal: Economic Policy* 2(3):180–212, and Chetty, Friedman, Olsen
//! and Pistaferri (2011), *Quarterly Journal of Economics* 126:749–804 (bunching, polynomial around a window); Cattaneo,
//! Jansson and Ma (2020), *Journal of the American Statistical Association* 115:1449–1455 (binomial test);
//! McCrary (2008), *Journal of Econometrics* 142:698–714, sections 3–4.
//!
//! **When not to use it.** Where the threshold itself changes what happens (works that stop once they have
//! passed, prices set at a limit) bunching is honest behaviour. Make the windows narrow, a few units of the last
//! decimal, vary width and reach, and see whether the answer stays; [`sides`] takes a slope for bunching unless
//! its width is small against the spread of the values. Figures recorded so coarsely that a window holds one or two possible values belong to [`super::heaping`].
//! [`jump`] needs a few hundred values.
//!
//! **How often it errs** (`examples/truth_power.rs`, level 0.05; rates about 94 ± 2, target 95, width 0.5, reach 3).
//! Honest rates are flagged by [`window`] in 7.0 % of samples of 200 and 5.8 % of 2,000, by [`jump`] in 5.6 % and
//! 5.4 %. When half of those just short are pushed over, [`window`] finds it in 71 % of samples of 200 and [`jump`] in
//! 65 %; when a quarter are, both in 96 % of 2,000.

mod density;

pub use density::{Jump, jump};

use super::tail::binomial_two_sided;
use crate::interval::{Interval, level_tail, wilson};
use crate::refusal::{Refusal, at_least, finite};
use crate::special::{normal_upper, normal_upper_quantile};
use crate::sum::{Sum, sum};

/// On which side of a target it is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reached {
    /// By values at or above it (pass rates): the window is `[target, target + width)`.
    Above,
    /// By values at or below it (losses, complaints): the window is `(target − width, target]`.
    Below,
}

/// What lies in the window at a target and around it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Window {
    /// Values in the window.
    pub inside: u64,
    /// Values in the window and its neighbours.
    pub nearby: u64,
    /// Values that the neighbours lead to expect in it.
    pub expected: f64,
    /// `inside − expected`: as many values seem to have been pushed into the window.
    pub excess: f64,
    /// Interval of the excess.
    pub interval: Interval,
    /// Excess in standard errors.
    pub z: f64,
    /// Probability of so large an excess or a larger one by chance.
    pub p_value: f64,
}

/// Compares the window of `width` at `target` with `reach` windows on either side of it.
///
/// Refuses NaN, a width that is not positive, a reach below 2, fewer than 20 values nearby and neighbours that
/// lead to expect nothing in the window.
///
/// ```
/// use zhiheng_methods::truth::bunching::{Reached, window};
/// // rates 90.0, 90.1 … 99.9, and 12 more at 95.0
/// let rates: Vec<f64> = (900..1000).map(|k| f64::from(k) / 10.0).chain([95.0; 12]).collect();
/// let it = window(&rates, 95.0, 0.5, 4, Reached::Above, 0.95).unwrap();
/// assert_eq!((it.inside, it.nearby), (17, 57));
/// assert!((it.excess - 12.0).abs() < 1e-12 && it.p_value < 0.001);
/// ```
pub fn window(
    values: &[f64],
    target: f64,
    width: f64,
    reach: u32,
    reached: Reached,
    level: f64,
) -> Result<Window, Refusal> {
    if !(2..=100).contains(&reach) {
        return Err(Refusal::OutOfRange { what: "reach", value: f64::from(reach), allowed: "2 to 100" });
    }
    let quantile = normal_upper_quantile(level_tail(level)?);
    let places = places(values, target, width, reached)?;
    let reach = i64::from(reach);
    let mut counts = vec![0_u64; 2 * reach as usize + 1];
    for place in places.iter().filter(|place| (-reach..=reach).contains(place)) {
        if let Some(count) = counts.get_mut((place + reach) as usize) {
            *count += 1;
        }
    }
    let nearby: u64 = counts.iter().sum();
    at_least("values near the target", nearby as usize, 20)?;
    let powers = |power: i32| sum((1..=reach).map(|k| 2.0 * (k as f64).powi(power)));
    let (s2, s4) = (powers(2), powers(4));
    let (mut inside, mut expected, mut variance) = (0, Sum::default(), Sum::default());
    for (k, &count) in (-reach..=reach).zip(&counts) {
        if k == 0 {
            inside = count;
            continue;
        }
        let share = (s4 - (k * k) as f64 * s2) / (2.0 * reach as f64 * s4 - s2 * s2);
        expected.add(share * count as f64);
        variance.add(share * share * count as f64);
    }
    let expected = expected.value();
    if expected <= 0.0 {
        return Err(Refusal::EmptyGroup { what: "the neighbourhood of the target".to_owned() });
    }
    let excess = inside as f64 - expected;
    let deviation = (expected + variance.value()).sqrt();
    // The interval's own scatter is that of the count as it is, not as it would be without bunching.
    let half = quantile * (inside as f64 + variance.value()).sqrt();
    let z = excess / deviation;
    let interval = Interval::new(excess - half, excess + half);
    Ok(Window { inside, nearby, expected, excess, interval, z, p_value: normal_upper(z) })
}

/// Counts just short of a threshold and just past it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sides {
    /// Values less than `width` short of the threshold.
    pub short: u64,
    /// Values that reach it by less than `width`.
    pub past: u64,
    /// Share of those that reach it.
    pub share: f64,
    /// Interval of the share.
    pub interval: Interval,
    /// Two-sided p-value of a share of one half.
    pub p_value: f64,
}

/// Compares the values within `width` of `threshold` on either side.
///
/// Refuses NaN, a width that is not positive and fewer than 20 values within.
pub fn sides(
    values: &[f64],
    threshold: f64,
    width: f64,
    reached: Reached,
    level: f64,
) -> Result<Sides, Refusal> {
    let places = places(values, threshold, width, reached)?;
    let short = places.iter().filter(|&&place| place == -1).count() as u64;
    let past = places.iter().filter(|&&place| place == 0).count() as u64;
    at_least("values near the threshold", (short + past) as usize, 20)?;
    Ok(Sides {
        short,
        past,
        share: past as f64 / (short + past) as f64,
        interval: wilson(past, short + past, level).ok_or(Refusal::OutOfRange {
            what: "level",
            value: level,
            allowed: "(0, 1)",
        })?,
        p_value: binomial_two_sided(past, short + past, 0.5),
    })
}

/// In which window each value lies: 0 for the one that just reaches the target, −1 for the one just short.
fn places(values: &[f64], target: f64, width: f64, reached: Reached) -> Result<Vec<i64>, Refusal> {
    finite("values", values)?;
    finite("target", &[target])?;
    if !(width > 0.0 && width.is_finite()) {
        return Err(Refusal::OutOfRange { what: "width", value: width, allowed: "> 0" });
    }
    let sign = if reached == Reached::Above { 1.0 } else { -1.0 };
    // 95.3 written in decimals may lie a hair below 95 + 3 · 0.1.
    Ok(values.iter().map(|value| libm::floor(sign * (value - target) / width + 1e-9) as i64).collect())
}
