//! Benford's law for leading digits.
//!
//! **What it answers.** Do the leading digits of these amounts fall as they do in figures that grew by nature or
//! by trade (30.1 % ones, 4.6 % nines), or do some digits come too often?
//!
//! **Formula.** First digits: `P(d) = log₁₀(1 + 1/d)`, the same for the first two or three digits read as one
//! number; second digits: `P(d) = Σₖ log₁₀(1 + 1/(10k + d))`, k from 1 to 9. With shares `p̂` of `n` values:
//! `χ² = n Σ (p̂ − P)²/P`; `D = max |Σ (p̂ − P)|` over the digits so far, its p-value from the law of a Brownian
//! bridge at the digits' places; `MAD = Σ |p̂ − P| / cells`; per digit `z = (|p̂ − P| − 1/(2n)) / √(P(1 − P)/n)`.
//!
//! **Source.** Benford (1938), *Proceedings of the American Philosophical Society* 78:551–572; Nigrini (2012),
//! *Benford's Law*, Wiley, chapters 5–7 (z, MAD and its limits, table 7.1). What a MAD of `n` honest values is
//! on the average: `√(2/(πn)) · mean √(P(1 − P))`.
//!
//! **When not to use it.** Numbers that are assigned (codes, telephone numbers), bounded by a rule (percentages,
//! scores, prices under a limit), counted in small numbers, or that span less than about two orders of
//! magnitude (pass rates!) do not follow the law and would be flagged for it; [`test`] refuses a spread of less
//! than [`SPREAD_MIN`] decades between the 1st and the 99th percentile, and a sample so small that fewer
//! than 5 values are expected of a digit (110 values for first digits, 59 for second, 1,146 for first two,
//! 11,508 for first three). With more than some ten thousand values χ² and z flag deviations without meaning:
//! read the MAD, whose limits do not depend on `n`. Below a thousand values the MAD of honest figures is often
//! beyond its limits: compare it with `mad_expected`.
//!
//! **How often it errs** (`examples/truth_power.rs`; first digits of log-normal amounts, level 0.05). Honest
//! amounts over 4 decades are flagged by χ² in 4.8–5.3 % and by the distance in 3.8–6.1 % of samples of 200 to
//! 10,000; the MAD is beyond its limits in 61 % of samples of 200, in 0 % of 1,200 and more (first two digits: 67 %
//! of 1,200). Over 2 decades χ² flags 10 % of honest samples of 1,200 and 66 % of 10,000. When a quarter of 1,200
//! amounts is invented evenly, χ² finds it in 99 %, the distance in 100 %, the MAD in 64 %; when a tenth is, in
//! 29 %, 51 % and 1 %.

use super::{bridge, digits, rank, tail};
use crate::refusal::{Refusal, finite};
use crate::sum::sum;

/// Decades between the 1st and the 99th percentile of the values. A little less than two, so that amounts
/// invented evenly between 0 and some bound are still tested: they span log₁₀ 99 = 1.996.
pub const SPREAD_MIN: f64 = 1.9;

/// Which leading digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Digits {
    /// The first: 1 to 9.
    First,
    /// The second: 0 to 9.
    Second,
    /// The first two: 10 to 99.
    FirstTwo,
    /// The first three: 100 to 999.
    FirstThree,
}

/// How near the MAD is to the law, by Nigrini's limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conformity {
    /// Close.
    Close,
    /// Acceptable.
    Acceptable,
    /// Marginally acceptable.
    Marginal,
    /// Beyond the last limit.
    None,
}

/// One digit or group of digits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Digit {
    /// The digits.
    pub digits: u32,
    /// Values that start so.
    pub count: u64,
    /// Their share.
    pub share: f64,
    /// The law's share.
    pub expected: f64,
    /// Deviation in standard errors, with its sign; its size is Nigrini's z.
    pub z: f64,
}

/// What the digits of a set of values say.
#[derive(Debug, Clone, PartialEq)]
pub struct Benford {
    /// Values used.
    pub n: u64,
    /// Values left out: zeros and those smaller than asked for.
    pub left_out: u64,
    /// The digits in order.
    pub cells: Vec<Digit>,
    /// χ² with `cells − 1` degrees of freedom.
    pub chi_square: f64,
    /// Its degrees of freedom.
    pub freedom: f64,
    /// Its p-value.
    pub p_value: f64,
    /// Greatest distance of the cumulative shares.
    pub distance: f64,
    /// Its p-value for discrete digits (large samples).
    pub distance_p_value: f64,
    /// Mean absolute deviation of the shares.
    pub mad: f64,
    /// The mean of the MAD over samples of this size that follow the law.
    pub mad_expected: f64,
    /// The MAD against Nigrini's limits.
    pub conformity: Conformity,
}

/// Tests the leading digits of `values`; those with `|value| < smallest`, and zeros, are left out and counted.
///
/// Integers below 10 have no second digit: ask for `smallest = 10` (100) when testing second or first two
/// (three) digits of counts. Signs do not matter.
///
/// Refuses NaN, too few values, and values that span too little (module documentation).
///
/// ```
/// use zhiheng_methods::truth::benford::{Conformity, Digits, test};
/// // powers of two follow the law
/// let powers: Vec<f64> = (0..1000).map(|k| 2_f64.powi(k)).collect();
/// let it = test(&powers, Digits::First, 0.0).unwrap();
/// assert_eq!(it.cells[0].count, 301);
/// assert_eq!(it.conformity, Conformity::Close);
/// assert!(it.p_value > 0.99);
/// ```
pub fn test(values: &[f64], which: Digits, smallest: f64) -> Result<Benford, Refusal> {
    finite("values", values)?;
    let sizes = || values.iter().map(|value| value.abs()).filter(|&size| size > 0.0 && size >= smallest);
    let mut counts = vec![0_u64; which.cells()];
    for size in sizes() {
        let cell = digits::leading(size, which.read()).map(|digits| which.cell(digits));
        if let Some(count) = cell.and_then(|cell| counts.get_mut(cell)) {
            *count += 1;
        }
    }
    let n: u64 = counts.iter().sum();
    enough(n, which)?;
    let logs: Vec<f64> = sizes().map(libm::log10).collect();
    let logs = rank::sorted(&logs);
    let spread = rank::quantile(&logs, 0.99) - rank::quantile(&logs, 0.01);
    if spread < SPREAD_MIN {
        return Err(Refusal::OutOfRange {
            what: "orders of magnitude between the 1st and the 99th percentile",
            value: spread,
            allowed: ">= 1.9: narrower figures do not follow Benford's law",
        });
    }
    Ok(Benford { left_out: values.len() as u64 - n, ..from_counts(&counts, which)? })
}

/// Tests counts per digit, in the order of the digits; `left_out` is 0.
///
/// Refuses another number of cells than `which` has, and too few values.
pub fn from_counts(counts: &[u64], which: Digits) -> Result<Benford, Refusal> {
    crate::refusal::same_length("counts", counts.len(), which.cells())?;
    let n = counts.iter().fold(0, |all: u64, &count| all.saturating_add(count));
    enough(n, which)?;
    let size = n as f64;
    let cells: Vec<Digit> = counts
        .iter()
        .zip(which.first()..)
        .map(|(&count, digits)| {
            let (share, expected) = (count as f64 / size, which.expected(digits));
            Digit { digits, count, share, expected, z: tail::share_z(share, expected, size) }
        })
        .collect();
    let chi_square =
        size * sum(cells.iter().map(|it| (it.share - it.expected) * (it.share - it.expected) / it.expected));
    let freedom = cells.len() as f64 - 1.0;
    let (mut so_far, mut law, mut distance, mut times) = (0_u64, 0.0, 0.0_f64, Vec::new());
    for it in &cells {
        so_far += it.count;
        law += it.expected;
        distance = distance.max((so_far as f64 / size - law).abs());
        times.push(law);
    }
    times.pop();
    let mad = sum(cells.iter().map(|it| (it.share - it.expected).abs())) / cells.len() as f64;
    let spread = sum(cells.iter().map(|it| (it.expected * (1.0 - it.expected)).sqrt())) / cells.len() as f64;
    Ok(Benford {
        n,
        left_out: 0,
        chi_square,
        freedom,
        p_value: tail::chi_square_upper(chi_square, freedom),
        distance,
        distance_p_value: bridge::upper(distance * size.sqrt(), &times),
        mad,
        mad_expected: spread * (2.0 / (std::f64::consts::PI * size)).sqrt(),
        conformity: which.conformity(mad),
        cells,
    })
}

/// At least 5 values expected of every digit.
fn enough(n: u64, which: Digits) -> Result<(), Refusal> {
    let last = which.first() + which.cells() as u32 - 1;
    let needed = libm::ceil(5.0 / which.expected(last)) as usize;
    crate::refusal::at_least("values", n as usize, needed)
}

impl Digits {
    /// How many cells there are.
    pub fn cells(self) -> usize {
        match self {
            Digits::First => 9,
            Digits::Second => 10,
            Digits::FirstTwo => 90,
            Digits::FirstThree => 900,
        }
    }

    /// The law's share of `digits`; digits of another kind get what the formula gives, 0 gets 0.
    pub fn expected(self, digits: u32) -> f64 {
        let share = |number: u32| {
            if number == 0 { 0.0 } else { libm::log1p(1.0 / f64::from(number)) / std::f64::consts::LN_10 }
        };
        match self {
            Digits::Second => (1..10).map(|first| share(10 * first + digits)).sum(),
            _ => share(digits),
        }
    }

    fn first(self) -> u32 {
        match self {
            Digits::First => 1,
            Digits::Second => 0,
            Digits::FirstTwo => 10,
            Digits::FirstThree => 100,
        }
    }

    /// How many significant digits are read.
    fn read(self) -> u32 {
        match self {
            Digits::First => 1,
            Digits::Second | Digits::FirstTwo => 2,
            Digits::FirstThree => 3,
        }
    }

    fn cell(self, digits: u32) -> usize {
        let digits = if self == Digits::Second { digits % 10 } else { digits };
        (digits - self.first()) as usize
    }

    fn conformity(self, mad: f64) -> Conformity {
        let [close, acceptable, marginal] = match self {
            Digits::First => [0.006, 0.012, 0.015],
            Digits::Second => [0.008, 0.010, 0.012],
            Digits::FirstTwo => [0.0012, 0.0018, 0.0022],
            Digits::FirstThree => [0.000_36, 0.000_44, 0.000_50],
        };
        if mad <= close {
            Conformity::Close
        } else if mad <= acceptable {
            Conformity::Acceptable
        } else if mad <= marginal {
            Conformity::Marginal
        } else {
            Conformity::None
        }
    }
}
