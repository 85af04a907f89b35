//! Compensation for the use of a household car that is replaced or taken back.
//!
//! **What it answers.** The car cost 200,000 yuan, has run 12,000 km and must be taken back: how much may the
//! seller keep for the use?
//!
//! **Formula.** `price (yuan) × kilometres / 1000 × n`, `n` set by the producer and printed in the warranty
//! certificate. Kept exactly as a fraction of a fen and rounded once.
//!
//! **Source.** SAMR Order 43 (2021), in force 2022-01-01: `n ≤ 0.5 %`, only in the cases of the validity period;
//! none within the first 7 days and none in the 60-day / 3,000-km cases. For AQSIQ Order 150 (2012, in force
//! 2013-10-01 to 2021-12-31) the limits 0.5 % to 0.8 % are **to be confirmed**. Repair days: Order 43, hours of
//! one repair in full days, a rest under 24 hours as one day.
//!
//! **When not to use it.** Not before it is settled that the car is replaced or taken back; fees, taxes and
//! insurance are reckoned apart. The rule in force at the sale counts.

use crate::refusal::{Refusal, at_least};

/// Which rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// AQSIQ Order 150; limits of `n` to be confirmed.
    Order150,
    /// SAMR Order 43.
    Order43,
}

/// Why the car is replaced or taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// Within 7 days (Order 43 only).
    SevenDays,
    /// Within 60 days or 3,000 km: steering, brakes, cracked body, fuel leak, burning battery.
    SixtyDays,
    /// Within the validity period, after repairs that did not help.
    Validity,
}

/// Rounding to whole fen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounding {
    /// Half a fen to the even fen (GB/T 8170).
    HalfEven,
    /// Half a fen up.
    HalfUp,
    /// What is less than a fen is dropped.
    Down,
}

/// The compensation in fen.
///
/// `price_fen` is the price on the invoice; `n_millionths` is the coefficient in millionths (0.5 % is 5,000).
/// Refuses a coefficient beyond the rule's limits, [`Case::SevenDays`] under Order 150, and more than the price.
///
/// ```
/// use zhiheng_methods::risk::use_compensation::{Case, Rounding, Rule, fen};
/// let it = fen(20_000_000, 12_000, 5_000, Rule::Order43, Case::Validity, Rounding::HalfEven).unwrap();
/// assert_eq!(it, 1_200_000); // 12,000 yuan
/// assert_eq!(fen(20_000_000, 2_000, 5_000, Rule::Order43, Case::SixtyDays, Rounding::Down).unwrap(), 0);
/// ```
pub fn fen(
    price_fen: u64,
    kilometres: u64,
    n_millionths: u32,
    rule: Rule,
    case: Case,
    rounding: Rounding,
) -> Result<u64, Refusal> {
    let (low, high, allowed) = match rule {
        Rule::Order150 => (5_000, 8_000, "0.005 to 0.008"),
        Rule::Order43 => (0, 5_000, "0 to 0.005"),
    };
    if !(low..=high).contains(&n_millionths) {
        return Err(Refusal::OutOfRange { what: "n", value: f64::from(n_millionths) / 1e6, allowed });
    }
    match case {
        Case::SevenDays if rule == Rule::Order150 => {
            let what = "the rule of 2012 has no case of seven days".to_owned();
            return Err(Refusal::Contradiction { what });
        }
        Case::SevenDays | Case::SixtyDays => return Ok(0),
        Case::Validity => {}
    }
    // 2⁶⁴ fen times 2⁶⁴ km times 8000 may not fit; whatever does not is more than the price anyway.
    let scaled = u128::from(price_fen)
        .checked_mul(u128::from(kilometres))
        .and_then(|product| product.checked_mul(u128::from(n_millionths)));
    let compensation = scaled.map(|scaled| round(scaled, 1_000_000_000, rounding));
    match compensation {
        Some(fen) if fen <= u128::from(price_fen) => Ok(fen as u64),
        _ => Err(Refusal::Contradiction {
            what: format!("after {kilometres} km the compensation would be more than the price"),
        }),
    }
}

fn round(top: u128, bottom: u128, rounding: Rounding) -> u128 {
    let (whole, rest) = (top / bottom, top % bottom);
    let up = match rounding {
        Rounding::Down => false,
        Rounding::HalfUp => 2 * rest >= bottom,
        Rounding::HalfEven => 2 * rest > bottom || (2 * rest == bottom && whole % 2 == 1),
    };
    whole + u128::from(up)
}

/// Days of repair from the hours of each: every repair in full days, a rest under 24 hours as one day.
///
/// Refuses no repair and hours that are negative or not finite.
///
/// ```
/// use zhiheng_methods::risk::use_compensation::repair_days;
/// assert_eq!(repair_days(&[3.0, 48.0, 49.5]).unwrap(), 1 + 2 + 3);
/// ```
pub fn repair_days(hours: &[f64]) -> Result<u64, Refusal> {
    at_least("hours", hours.len(), 1)?;
    let mut days = 0;
    for &value in hours {
        if !(0.0..1e9).contains(&value) {
            return Err(Refusal::OutOfRange { what: "hours", value, allowed: "0 to 1e9" });
        }
        days += libm::ceil(value / 24.0) as u64;
    }
    Ok(days)
}
