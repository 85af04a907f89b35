//! Figures gathered at a target or threshold.
//!
//! **What it answers.** A pass rate must reach 95 %: are there too many districts at 95.0–95.2, too few just
//! short of it?
//!
//! **Formula.** [`window`]: of the values within `reach` windows on either side, the share inside the window is
//! `1/(2 reach + 1)` if the density is straight there (a slope cancels, both sides reach equally far); exact
//! upper-tail binomial p-value. [`sides`]: as many values fall just below a threshold as just above it; exact
//! two-sided binomial p-value at 1/2. [`jump`]: McCrary's test, the log ratio of the densities at the threshold
//! seen from above and from below, each a local line through a histogram.
//!
//! **Source.** Saez (2010), *American Economic Journal: Economic Policy* 2(3):180–212 (bunching); Cattaneo,
//! Jansson and Ma (2020), *Journal of the American Statistical Association* 115:1449–1455 (binomial test);
//! McCrary (2008), *Journal of Econometrics* 142:698–714, sections 3–4.
//!
//! **When not to use it.** Where the threshold itself changes what happens (works that stop once they have
//! passed, prices set at a limit) bunching is honest behaviour. A curved density within the neighbourhood is
//! taken for bunching: make the windows narrow, a few units of the last decimal, and see whether the answer
//! stays. Figures recorded so coarsely that a window holds one or two possible values belong to [`super::heaping`].
//! [`jump`] needs a few hundred values. How often it errs: see the README.

mod density;

pub use density::{Jump, jump};

use super::tail;
use crate::interval::{Interval, wilson};
use crate::refusal::{Refusal, at_least, finite};

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
    /// Values in the window and its neighbourhood.
    pub nearby: u64,
    /// Their ratio.
    pub share: f64,
    /// Interval of the ratio.
    pub interval: Interval,
    /// The ratio of a straight density, `1/(2 reach + 1)`.
    pub expected: f64,
    /// Values in the window beyond what the neighbourhood leads to expect: the count that solves
    /// `inside − excess = (nearby − inside)/(2 reach)`.
    pub excess: f64,
    /// Probability of so many or more in the window.
    pub p_value: f64,
}

/// Compares the window of `width` at `target` with `reach` windows on either side of it.
///
/// Refuses NaN, a width that is not positive, a reach of 0 and fewer than 20 values nearby.
///
/// ```
/// use zhiheng_methods::truth::bunching::{Reached, window};
/// // rates 90.0, 90.1 … 99.9, and 12 more at 95.0
/// let rates: Vec<f64> = (900..1000).map(|k| f64::from(k) / 10.0).chain([95.0; 12]).collect();
/// let it = window(&rates, 95.0, 0.5, 4, Reached::Above, 0.95).unwrap();
/// assert_eq!((it.inside, it.nearby, it.excess), (17, 57, 12.0));
/// assert!(it.p_value < 0.001);
/// ```
pub fn window(
    values: &[f64],
    target: f64,
    width: f64,
    reach: u32,
    reached: Reached,
    level: f64,
) -> Result<Window, Refusal> {
    if reach == 0 || reach > 1000 {
        return Err(Refusal::OutOfRange { what: "reach", value: f64::from(reach), allowed: "1 to 1000" });
    }
    let places = places(values, target, width, reached)?;
    let reach = i64::from(reach);
    let nearby = places.iter().filter(|place| (-reach..=reach).contains(place)).count() as u64;
    let inside = places.iter().filter(|&&place| place == 0).count() as u64;
    at_least("values near the target", nearby as usize, 20)?;
    let expected = 1.0 / (2 * reach + 1) as f64;
    Ok(Window {
        inside,
        nearby,
        share: inside as f64 / nearby as f64,
        interval: wilson(inside, nearby, level).ok_or(Refusal::OutOfRange {
            what: "level",
            value: level,
            allowed: "(0, 1)",
        })?,
        expected,
        excess: inside as f64 - (nearby - inside) as f64 / (2 * reach) as f64,
        p_value: tail::binomial_upper(inside, nearby, expected),
    })
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
        p_value: tail::binomial_two_sided(past, short + past, 0.5),
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
