//! Heaping at round numbers.
//!
//! **What it answers.** What share of the figures was rounded to tens, fifties, halves by whoever wrote them
//! down?
//!
//! **Formula.** A smooth quantity recorded in units `u` is a multiple of `base = k u` in one case of `k`. With
//! `x` such values of `n`: share `x/n` with Wilson's interval; upper-tail binomial p-value at `1/k`; estimated
//! share of rounded figures `(x/n − 1/k)/(1 − 1/k)`. Whipple's index is `100 k x/n`. Myers's blended index
//! weights the last digits of whole numbers so that a falling distribution does not favour small digits, and is
//! half the sum of the deviations from 10 %: 0 for no preference, 90 when all end in one digit.
//!
//! **Source.** Whipple's index: United Nations, *Demographic Yearbook* (technical notes on ages); Myers (1940),
//! *Transactions of the Actuarial Society of America* 41:395–415; Roberts and Brewer (2001), *Journal of Applied
//! Statistics* 28:887–896 (heaping as mixture).
//!
//! **When not to use it.** Quantities that are round by nature (packing sizes, doses, legal limits), figures
//! rounded by rule, and a range so narrow that a few multiples decide it: the middle nine tenths must span 5
//! bases, which is checked.
//!
//! **How often it errs** (`examples/truth_power.rs`, level 0.05). Honest readings are flagged in 3.8–4.7 %; a tenth
//! of 200 readings estimated to halves is found in 83 %, a twentieth of 1,000 in 92 %.

use super::{digits, last_digit, tail};
use crate::interval::{Interval, wilson};
use crate::refusal::{Refusal, at_least};

/// How many values are round, and what chance would give.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Heaping {
    /// Values used.
    pub n: u64,
    /// Multiples of the base.
    pub round: u64,
    /// Their share.
    pub share: f64,
    /// Interval of the share.
    pub interval: Interval,
    /// Share by chance, `1/k`.
    pub expected: f64,
    /// Whipple's index: 100 without preference, `100 k` when all are round.
    pub index: f64,
    /// Estimated share of values that were rounded; negative when round numbers are avoided.
    pub rounded: f64,
    /// Probability of so many or more by chance.
    pub p_value: f64,
}

/// Multiples of `base` among values recorded with `decimals` decimals; `level` is that of the interval.
///
/// Refuses fewer than 30 values, a base that is not at least two units of the last decimal, NaN, more decimals
/// than said, and values that span too little.
///
/// ```
/// use zhiheng_methods::truth::heaping::at_round;
/// // 100 counts 1..=100, and 25 more that were all reported as 50
/// let values: Vec<f64> = (1..=100).map(f64::from).chain([50.0; 25]).collect();
/// let it = at_round(&values, 0, 5.0, 0.95).unwrap();
/// assert_eq!((it.n, it.round), (125, 45));
/// assert!((it.rounded - 0.2).abs() < 1e-12 && it.p_value < 1e-4);
/// ```
pub fn at_round(values: &[f64], decimals: u32, base: f64, level: f64) -> Result<Heaping, Refusal> {
    let units = digits::in_units("values", values, decimals)?;
    let base_units = digits::in_units("base", &[base], decimals)?.into_iter().next().unwrap_or(0);
    if base_units < 2 {
        return Err(Refusal::OutOfRange {
            what: "base",
            value: base,
            allowed: ">= 2 units of the last decimal",
        });
    }
    at_least("values", units.len(), 30)?;
    last_digit::spread(&units, 5.0 * base_units as f64)?;
    let (n, size) = (units.len() as u64, units.len() as f64);
    let round = units.iter().filter(|&unit| unit % base_units == 0).count() as u64;
    let share = round as f64 / size;
    let expected = 1.0 / base_units as f64;
    let interval = wilson(round, n, level).ok_or(Refusal::OutOfRange {
        what: "level",
        value: level,
        allowed: "(0, 1)",
    })?;
    Ok(Heaping {
        n,
        round,
        share,
        interval,
        expected,
        index: 100.0 * share / expected,
        rounded: (share - expected) / (1.0 - expected),
        p_value: tail::binomial_upper(round, n, expected),
    })
}

/// Myers's blended index of whole numbers from `lowest` on, and the blended share of each last digit in per
/// cent, from the digit 0.
///
/// Numbers below `lowest` are left out; it is customarily 10 for ages. Refuses NaN, fractions, negative numbers
/// and fewer than 50 numbers from `lowest` on.
///
/// ```
/// use zhiheng_methods::truth::heaping::myers;
/// let (index, shares) = myers(&vec![40.0; 60], 10).unwrap();
/// assert_eq!((index, shares[0]), (90.0, 100.0));
/// ```
pub fn myers(values: &[f64], lowest: u32) -> Result<(f64, [f64; 10]), Refusal> {
    let units = digits::in_units("values", values, 0)?;
    let lowest = i64::from(lowest);
    let mut weights = [0_u64; 10];
    let mut found = 0;
    for (row, &unit) in units.iter().enumerate() {
        if unit < 0 {
            return Err(Refusal::OutOfRange { what: "values", value: values[row], allowed: ">= 0" });
        }
        if unit < lowest {
            continue;
        }
        found += 1;
        // The digit's place in the cycle that starts at `lowest`: the first cycle counts place + 1 times, the
        // later ones 10 times in all, which is what adding the ten sums with shifted starts comes to.
        let place = (unit - lowest) % 10;
        let weight = if unit - lowest < 10 { place + 1 } else { 10 };
        if let Some(total) = weights.get_mut((unit % 10) as usize) {
            *total += weight as u64;
        }
    }
    at_least("values", found, 50)?;
    let total: u64 = weights.iter().sum();
    let shares = weights.map(|weight| 100.0 * weight as f64 / total as f64);
    Ok((shares.iter().map(|share| (share - 10.0).abs()).sum::<f64>() / 2.0, shares))
}
