//! Rates as pairs of parts.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::wide::Fraction;
use super::{Rounding, exact_add};

/// A rate as two exact parts; it becomes one number only when printed.
///
/// ```
/// use zhiheng_base::exact::{Rate, Rounding};
///
/// let passed = Rate::of_counts(1417, 1650);
/// assert_eq!(passed.percent(1, Rounding::Gbt8170).unwrap().to_string(), "85.9");
/// assert_eq!(Rate::of_counts(0, 0).percent(1, Rounding::Gbt8170), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rate {
    /// Numerator.
    pub top: Decimal,
    /// Denominator; zero means "no data".
    pub bottom: Decimal,
}

impl Rate {
    /// A rate from its parts.
    pub fn new(top: Decimal, bottom: Decimal) -> Rate {
        Rate { top, bottom }
    }

    /// A rate from two counts.
    pub fn of_counts(top: i64, bottom: i64) -> Rate {
        Rate { top: top.into(), bottom: bottom.into() }
    }

    /// True if there is no data: the denominator is zero.
    pub fn is_empty(&self) -> bool {
        self.bottom.is_zero()
    }

    /// True if `0 ≤ top ≤ bottom`, as for a share of a whole.
    pub fn is_share(&self) -> bool {
        Decimal::ZERO <= self.top && self.top <= self.bottom
    }

    /// Both together: parts are added, never averaged. `None` if a sum cannot be held exactly.
    pub fn plus(self, other: Rate) -> Option<Rate> {
        Some(Rate { top: exact_add(self.top, other.top)?, bottom: exact_add(self.bottom, other.bottom)? })
    }

    /// The quotient with `digits` places, rounded once from the exact parts. `None` without data, or
    /// if no decimal holds the result.
    pub fn value(&self, digits: u32, rounding: Rounding) -> Option<Decimal> {
        self.fraction()?.round(0, digits.min(Decimal::MAX_SCALE), rounding)
    }

    /// The quotient in percent; otherwise like [`Rate::value`].
    pub fn percent(&self, digits: u32, rounding: Rounding) -> Option<Decimal> {
        self.scaled(2, digits, rounding)
    }

    /// The quotient times 10^`power` (3: per mille, 4: per ten thousand); otherwise like [`Rate::value`].
    pub fn scaled(&self, power: u32, digits: u32, rounding: Rounding) -> Option<Decimal> {
        self.fraction()?.round(power.min(Decimal::MAX_SCALE), digits.min(Decimal::MAX_SCALE), rounding)
    }

    pub(super) fn fraction(&self) -> Option<Fraction> {
        Fraction::new(self.top, self.bottom)
    }
}
