//! Compensation for the use of a household car that is replaced or taken back.
//!
//! **What it answers.** The car cost 200,000 yuan, has run 12,000 km and must be taken back: how much may the
//! seller keep for the use?
//!
//! **Formula.** `price (yuan) × kilometres / 1000 × n`, `n` set by the producer and printed in the warranty
//! certificate. Kept exactly as a fraction of a fen and rounded once.
//!
//! **Source.** The limits of `n` and the cases are data: a table with the columns `rule`, `n_low`, `n_high`, `case`,
//! `charged` and `certainty`; Zhiheng's own is in `tables/use_compensation.csv` (AQSIQ Order 150 of 2012, whose
//! limits are **to be confirmed**, and SAMR Order 43 of 2021). Repair days: Order 43, hours of one repair in full
//! days, a rest under 24 hours as one day.
//!
//! **When not to use it.** Not before it is settled that the car is replaced or taken back; fees, taxes and
//! insurance are reckoned apart. The rule in force at the sale counts.

use crate::certainty::Certainty;
use crate::frame::Frame;
use crate::refusal::{Refusal, at_least};

/// A rule: its limits of the coefficient and the cases in which a car is replaced or taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Least and greatest coefficient, in millionths (0.5 % is 5,000).
    pub n_millionths: (u32, u32),
    /// Every case, and whether the owner pays in it.
    pub cases: Vec<(String, bool)>,
    /// How sure the rule's figures are.
    pub certainty: Certainty,
}

impl Rule {
    /// The rule called `name` in a table; the last one there if it is blank.
    ///
    /// Refuses a table without such a rule, cells that are not what their columns hold, and limits that differ from
    /// row to row or fall.
    pub fn read(table: &Frame, name: &str) -> Result<Self, Refusal> {
        let part = table.part("rule", name)?;
        let low = part.each("n_low", "share with at most six decimals", millionths)?;
        let high = part.each("n_high", "share with at most six decimals", millionths)?;
        let charged = part.each("charged", "yes or no", |text| match text {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        })?;
        let certainty = part.each("certainty", Certainty::NEEDED, Certainty::named)?;
        let (Some(&least), Some(&most)) = (low.first(), high.first()) else {
            return Err(Refusal::Empty { what: "rule" });
        };
        if least > most || low.iter().any(|it| *it != least) || high.iter().any(|it| *it != most) {
            let what = "the limits of n must rise and be the same in all cases of a rule".to_owned();
            return Err(Refusal::Contradiction { what });
        }
        Ok(Self {
            n_millionths: (least, most),
            cases: part.texts("case")?.iter().cloned().zip(charged).collect(),
            certainty: if certainty.contains(&Certainty::ToBeConfirmed) {
                Certainty::ToBeConfirmed
            } else {
                Certainty::Seen
            },
        })
    }

    /// Whether the owner pays in a case; if it is blank, the only case in which the owner pays is meant.
    fn charges(&self, case: &str) -> Result<bool, Refusal> {
        let mut charged = self.cases.iter().filter(|(_, charged)| *charged);
        let found = match (case, charged.next(), charged.next()) {
            ("", Some(only), None) => Some(only),
            _ => self.cases.iter().find(|(name, _)| name == case),
        };
        found.map(|(_, charged)| *charged).ok_or_else(|| Refusal::Unknown {
            kind: "case",
            name: case.to_owned(),
            known: self.cases.iter().map(|(name, _)| name.clone()).collect(),
        })
    }
}

/// A share such as `0.005` or `0.5%` in millionths, if it has no finer part and is not above 1.
///
/// ```
/// use zhiheng_methods::risk::use_compensation::millionths;
/// assert_eq!((millionths("0.005"), millionths("0.5%"), millionths("1e-3")), (Some(5_000), Some(5_000), None));
/// ```
pub fn millionths(text: &str) -> Option<u32> {
    let (number, places) = match text.strip_suffix('%') {
        Some(number) => (number.trim_end(), 4),
        None => (text, 6),
    };
    u32::try_from(shifted(number, places)?).ok().filter(|it| *it <= 1_000_000)
}

/// A plain decimal of at most `places` decimals, times ten to that power.
pub(crate) fn shifted(text: &str, places: usize) -> Option<u64> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let decimals = decimals.trim_end_matches('0');
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || decimals.len() > places || !digits(whole) || !digits(decimals) {
        return None;
    }
    format!("{whole}{decimals:0<places$}").parse().ok()
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
/// `price_fen` is the price on the invoice; `n_millionths` is the coefficient in millionths (0.5 % is 5,000); a
/// blank `case` is the only one in which the owner pays. Refuses a coefficient beyond the rule's limits, a case that
/// the rule does not have, and more than the price.
///
/// ```
/// use zhiheng_methods::certainty::Certainty;
/// use zhiheng_methods::risk::use_compensation::{Rounding, Rule, fen};
/// let cases = vec![("validity".to_owned(), true), ("sixty_days".to_owned(), false)];
/// let rule = Rule { n_millionths: (0, 5_000), cases, certainty: Certainty::Seen };
/// let it = fen(20_000_000, 12_000, 5_000, &rule, "validity", Rounding::HalfEven).unwrap();
/// assert_eq!(it, 1_200_000); // 12,000 yuan
/// assert_eq!(fen(20_000_000, 2_000, 5_000, &rule, "sixty_days", Rounding::Down).unwrap(), 0);
/// ```
pub fn fen(
    price_fen: u64,
    kilometres: u64,
    n_millionths: u32,
    rule: &Rule,
    case: &str,
    rounding: Rounding,
) -> Result<u64, Refusal> {
    let (low, high) = rule.n_millionths;
    if !(low..=high).contains(&n_millionths) {
        let share = |millionths: u32| f64::from(millionths) / 1e6;
        let what = format!(
            "n = {} is not in the rule's limits, {} to {}",
            share(n_millionths),
            share(low),
            share(high)
        );
        return Err(Refusal::Contradiction { what });
    }
    if !rule.charges(case)? {
        return Ok(0);
    }
    // 2⁶⁴ fen times 2⁶⁴ km times a million may not fit; whatever does not is more than the price anyway.
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
