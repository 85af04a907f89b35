//! Preference for last digits.
//!
//! **What it answers.** Were these figures read from an instrument and counted, or estimated and invented?
//! People who make up numbers prefer some last digits and avoid others; read figures have all ten equally often.
//!
//! **Formula.** Counts `nd` of the last recorded digit (last two digits) of `n` values against `n/10` (`n/100`):
//! `χ² = Σ (nd − n/10)²/(n/10)` with 9 (99) degrees of freedom; per digit `z` with continuity correction; shares
//! of 0 and 5 with Wilson's interval. For pairs also the share of equal digits (00, 11 … 99), a tenth if chance
//! made them, with a two-sided binomial p-value: people avoid repeating a digit.
//!
//! **Source.** Preece (1981), *The Statistician* 30:31–60; Mosimann, Wiseman and Edelman (1995),
//! *Accountability in Research* 4:31–55 (last digits and fabrication).
//!
//! **When not to use it.** Values must have at least one digit beyond what decides them: the middle nine tenths
//! must span 100 units of the last digit (1,000 for pairs), which is checked. Not for figures that are rounded by
//! rule, priced (…9.9), or computed from small counts (3 of 8 is always 37.5), nor for instruments that show
//! only even digits. The last digit is that of the recorded decimals: say how many, for 12.50 is read as 12.5.
//!
//! **How often it errs** (`examples/truth_power.rs`, level 0.05). Honest readings are flagged in 4.4–5.5 %. When a
//! tenth of 200 readings is estimated to halves, χ² finds it in 44 % and the share of 0 and 5 in 74 %; a fifth in
//! 98 % and 100 %; a tenth of 1,000 in 100 %. Of 1,000 numbers with 30 % invented without repeated digits the pairs
//! find 88 %.

use super::{digits, rank, tail};
use crate::interval::{Interval, wilson};
use crate::refusal::{Refusal, at_least};
use crate::sum::sum;

/// One last digit, or pair of them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Digit {
    /// The digit, 0–9, or pair, 0–99.
    pub digits: u32,
    /// Values that end so.
    pub count: u64,
    /// Their share.
    pub share: f64,
    /// Deviation from an equal share in standard errors, with its sign.
    pub z: f64,
}

/// What the last digits say.
#[derive(Debug, Clone, PartialEq)]
pub struct LastDigit {
    /// Values used.
    pub n: u64,
    /// The digits in order.
    pub cells: Vec<Digit>,
    /// χ² against equal shares.
    pub chi_square: f64,
    /// Its degrees of freedom.
    pub freedom: f64,
    /// Its p-value.
    pub p_value: f64,
    /// What people prefer or avoid: values that end in 0 or 5 (single digits), in a repeated digit (pairs).
    pub marked: Marked,
}

/// A group of endings that people prefer or avoid.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Marked {
    /// Values in it.
    pub count: u64,
    /// Their share.
    pub share: f64,
    /// Confidence interval (95 %) of the share.
    pub interval: Interval,
    /// The share by chance: 0.2 of 0 and 5, 0.1 of repeated digits.
    pub expected: f64,
    /// Two-sided p-value.
    pub p_value: f64,
}

/// Tests the last digit of values recorded with `decimals` decimals.
///
/// Refuses fewer than 50 values, NaN, more decimals than said, and values that span too little.
///
/// ```
/// use zhiheng_methods::truth::last_digit::single;
/// // 200 temperatures, nine in ten of them ending in .0 or .5
/// let made_up: Vec<f64> =
///     (0..200).map(|i| 10.0 + f64::from(i) * if i % 10 == 0 { 0.1 } else { 0.5 }).collect();
/// let it = single(&made_up, 1).unwrap();
/// assert!(it.p_value < 1e-9 && it.marked.share > 0.8);
/// ```
pub fn single(values: &[f64], decimals: u32) -> Result<LastDigit, Refusal> {
    test(values, decimals, 10)
}

/// Tests the last two digits of values recorded with `decimals` decimals.
///
/// Refuses fewer than 500 values, NaN, more decimals than said, and values that span too little.
pub fn pairs(values: &[f64], decimals: u32) -> Result<LastDigit, Refusal> {
    test(values, decimals, 100)
}

/// Tests counts of the ten last digits, or of the hundred pairs, in order.
///
/// Refuses another number of counts, and fewer than 5 values expected of each.
pub fn from_counts(counts: &[u64]) -> Result<LastDigit, Refusal> {
    let cells = if counts.len() > 10 { 100 } else { 10 };
    crate::refusal::same_length("counts", counts.len(), cells)?;
    let n = counts.iter().fold(0, |all: u64, &count| all.saturating_add(count));
    at_least("values", n as usize, 5 * cells)?;
    let (size, expected) = (n as f64, 1.0 / cells as f64);
    let digits: Vec<Digit> = counts
        .iter()
        .zip(0..)
        .map(|(&count, digits)| {
            let share = count as f64 / size;
            Digit { digits, count, share, z: tail::share_z(share, expected, size) }
        })
        .collect();
    let each = size * expected;
    let chi_square = sum(counts.iter().map(|&count| (count as f64 - each) * (count as f64 - each))) / each;
    let freedom = cells as f64 - 1.0;
    // 0 and 5 of ten digits; 00, 11 … 99 of the pairs
    let (step, expected) = if cells == 10 { (5, 0.2) } else { (11, 0.1) };
    let count = counts.iter().step_by(step).sum();
    let interval = wilson(count, n, 0.95).unwrap_or(Interval { low: 0.0, high: 1.0 });
    let p_value = tail::binomial_two_sided(count, n, expected);
    Ok(LastDigit {
        n,
        cells: digits,
        chi_square,
        freedom,
        p_value: tail::chi_square_upper(chi_square, freedom),
        marked: Marked { count, share: count as f64 / size, interval, expected, p_value },
    })
}

fn test(values: &[f64], decimals: u32, cells: u32) -> Result<LastDigit, Refusal> {
    let units = digits::in_units("values", values, decimals)?;
    at_least("values", units.len(), 5 * cells as usize)?;
    spread(&units, 10.0 * f64::from(cells))?;
    let mut counts = vec![0; cells as usize];
    for unit in &units {
        if let Some(count) = counts.get_mut((unit.unsigned_abs() % u64::from(cells)) as usize) {
            *count += 1;
        }
    }
    from_counts(&counts)
}

/// Refuses values whose middle nine tenths span fewer than `needed` units.
pub(super) fn spread(units: &[i64], needed: f64) -> Result<(), Refusal> {
    let sorted = rank::sorted(&units.iter().map(|&unit| unit as f64).collect::<Vec<_>>());
    let span = rank::quantile(&sorted, 0.95) - rank::quantile(&sorted, 0.05);
    if span < needed {
        let what = format!(
            "between the 5th and the 95th percentile lie {span} units of the last digit, {needed} are needed: \
             in a narrower range the digits follow from the values themselves"
        );
        return Err(Refusal::Contradiction { what });
    }
    Ok(())
}
