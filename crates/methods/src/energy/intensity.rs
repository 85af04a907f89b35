//! Energy per unit of output, and its change.
//!
//! **What it answers.** How much energy does a unit of value take, did it fall against last year at comparable
//! prices, and is the five-year target in reach?
//!
//! **Formula.** Intensity `I = E/Y`, `Y` at constant prices; change `I₁/I₀ − 1`, the same as
//! `(1 + g_E)/(1 + g_Y) − 1` from growth rates. Where the rule asks for intensities with 4 decimals they are
//! rounded (half to even) before the change is taken. A cumulative cut `c` over `n` years is
//! `1 − (1 − c)^(1/n)` a year; progress towards it is `ln(1 + done)/ln(1 + target)`.
//!
//! **Source.** Statistical practice for energy per 10,000 yuan of GDP (four decimals: provincial bulletins);
//! GB/T 8170-2008 for the rounding.
//!
//! **When not to use it.** With output at current prices the change mixes prices with efficiency: deflate first
//! ([`comparable`]). A falling intensity may be structure alone: see [`super::decomposition`]. Energy must be
//! counted by one edition and one value of electricity throughout.

use crate::refusal::{Refusal, finite};
use crate::sum::sum;

/// Intensities of two periods and the change.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    /// Intensity before, rounded if asked.
    pub before: f64,
    /// Intensity after, rounded if asked.
    pub after: f64,
    /// `after/before − 1`: −0.035 for a cut of 3.5 %.
    pub change: f64,
}

/// The change of energy per output; `decimals` rounds both intensities first.
///
/// Refuses NaN, output that is not positive, negative energy, and an intensity before that is 0 (also after
/// rounding).
///
/// ```
/// use zhiheng_methods::energy::intensity::change;
/// // 0.74626 and 0.72014 tce per 10,000 yuan, kept to 4 decimals
/// let it = change((7462.6, 10_000.0), (7201.4, 10_000.0), Some(4)).unwrap();
/// assert_eq!((it.before, it.after), (0.7463, 0.7201));
/// assert_eq!(format!("{:.4}", it.change), "-0.0351");
/// ```
pub fn change(before: (f64, f64), after: (f64, f64), decimals: Option<u32>) -> Result<Change, Refusal> {
    let (before, after) = (intensity(before, decimals)?, intensity(after, decimals)?);
    if before <= 0.0 {
        return Err(Refusal::NoVariation { what: "energy per output before".to_owned() });
    }
    let change = after / before - 1.0;
    finite("change", &[change])?;
    Ok(Change { before, after, change })
}

fn intensity((energy, output): (f64, f64), decimals: Option<u32>) -> Result<f64, Refusal> {
    if !(energy >= 0.0 && energy.is_finite()) {
        return Err(Refusal::OutOfRange { what: "energy", value: energy, allowed: ">= 0" });
    }
    if !(output > 0.0 && output.is_finite()) {
        return Err(Refusal::OutOfRange { what: "output", value: output, allowed: "> 0" });
    }
    let exact = energy / output;
    match decimals {
        None => Ok(exact),
        Some(decimals) if decimals <= 9 => {
            let scale = f64::from(10_u32.pow(decimals));
            Ok(libm::rint(exact * scale) / scale)
        }
        Some(decimals) => {
            Err(Refusal::OutOfRange { what: "decimals", value: f64::from(decimals), allowed: "0 to 9" })
        }
    }
}

/// The change of intensity from the growth rates of energy and of output at constant prices.
///
/// Refuses NaN and a growth of −1 or less.
///
/// ```
/// // energy + 2.17 %, output + 7.9 %
/// let it = zhiheng_methods::energy::intensity::change_from_growth(0.0217, 0.079).unwrap();
/// assert_eq!(format!("{:.4}", it), "-0.0531");
/// ```
pub fn change_from_growth(energy: f64, output: f64) -> Result<f64, Refusal> {
    for (what, value) in [("growth of energy", energy), ("growth of output", output)] {
        if !(value > -1.0 && value.is_finite()) {
            return Err(Refusal::OutOfRange { what, value, allowed: "> -1" });
        }
    }
    Ok((1.0 + energy) / (1.0 + output) - 1.0)
}

/// Output at the prices of the first period: `current[t]` over the product of the price indices up to `t`.
///
/// `indices[t]` is the price index of period `t` against the one before (1.03 for a rise of 3 %); that of the
/// first period does not count. Refuses no period, other lengths, NaN and indices that are not positive.
///
/// ```
/// let it = zhiheng_methods::energy::intensity::comparable(&[100.0, 110.0], &[1.0, 1.1]).unwrap();
/// assert!((it[1] - 100.0).abs() < 1e-12);
/// ```
pub fn comparable(current: &[f64], indices: &[f64]) -> Result<Vec<f64>, Refusal> {
    crate::refusal::at_least("current", current.len(), 1)?;
    crate::refusal::same_length("indices", indices.len(), current.len())?;
    finite("current", current)?;
    finite("indices", indices)?;
    if let Some(&value) = indices.iter().find(|&&index| index <= 0.0) {
        return Err(Refusal::OutOfRange { what: "indices", value, allowed: "> 0" });
    }
    let mut level = 1.0;
    let steps = current.iter().zip(indices).enumerate();
    let values: Vec<f64> = steps
        .map(|(t, (value, index))| {
            level *= if t == 0 { 1.0 } else { *index };
            value / level
        })
        .collect();
    finite("current", &values)?;
    Ok(values)
}

/// How far yearly changes have come towards a cumulative target.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Progress {
    /// Cumulative change so far.
    pub done: f64,
    /// Share of the target that is done, `ln(1 + done)/ln(1 + target)`.
    pub share: f64,
    /// Change needed in each of the years left; `None` when none is left.
    pub yearly_needed: Option<f64>,
}

/// Progress of yearly `changes` towards `target` (−0.16 for a cut of 16 %) over `years`.
///
/// Refuses changes or a target of −1 or less, a target of 0, and more changes than years.
///
/// ```
/// use zhiheng_methods::energy::intensity::progress;
/// let it = progress(&[-0.035, -0.035], -0.16, 5).unwrap();
/// assert_eq!(format!("{:.4} {:.3}", it.done, it.share), "-0.0688 0.409");
/// assert_eq!(format!("{:.4}", it.yearly_needed.unwrap()), "-0.0338");
/// ```
pub fn progress(changes: &[f64], target: f64, years: u32) -> Result<Progress, Refusal> {
    for (what, value) in changes.iter().map(|&it| ("changes", it)).chain([("target", target)]) {
        if !(value > -1.0 && value.is_finite()) {
            return Err(Refusal::OutOfRange { what, value, allowed: "> -1" });
        }
    }
    if target == 0.0 {
        return Err(Refusal::NoVariation { what: "target".to_owned() });
    }
    let left = (years as usize).checked_sub(changes.len()).ok_or(Refusal::Lengths {
        what: "changes",
        found: changes.len(),
        needed: years as usize,
    })?;
    let log = sum(changes.iter().map(|&change| libm::log1p(change)));
    let goal = libm::log1p(target);
    Ok(Progress {
        done: libm::expm1(log),
        share: log / goal,
        yearly_needed: (left > 0).then(|| libm::expm1((goal - log) / left as f64)),
    })
}
