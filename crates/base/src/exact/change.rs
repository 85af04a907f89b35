//! The two ways in which a rate changes, kept apart by type: percentage points and percent.
//!
//! From 80 % to 84 % is +4 percentage points and +5 percent. Sentences and tables must not mix them.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Rate, Rounding};
use crate::words::{Lang, say};

/// A difference of two rates, in percentage points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PercentagePoints(pub Decimal);

/// A change relative to the earlier value, in percent of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RelativeChange(pub Decimal);

/// `later - earlier` in percentage points, rounded once from the exact parts. `None` if one of the two
/// has no data.
///
/// ```
/// use zhiheng_base::exact::{points_between, relative_change, Rate, Rounding};
///
/// let (earlier, later) = (Rate::of_counts(80, 100), Rate::of_counts(84, 100));
/// assert_eq!(points_between(earlier, later, 1, Rounding::HalfUp).unwrap().0.to_string(), "4.0");
/// assert_eq!(relative_change(earlier, later, 1, Rounding::HalfUp).unwrap().0.to_string(), "5.0");
/// ```
pub fn points_between(
    earlier: Rate,
    later: Rate,
    digits: u32,
    rounding: Rounding,
) -> Option<PercentagePoints> {
    let difference = later.fraction()?.minus(earlier.fraction()?)?;
    Some(PercentagePoints(difference.round(2, digits.min(Decimal::MAX_SCALE), rounding)?))
}

/// `later / earlier - 1` in percent, rounded once from the exact parts. `None` if one of the two has no
/// data or the earlier one is zero. For plain amounts use a denominator of one.
pub fn relative_change(
    earlier: Rate,
    later: Rate,
    digits: u32,
    rounding: Rounding,
) -> Option<RelativeChange> {
    let change = later.fraction()?.change_from(earlier.fraction()?)?;
    Some(RelativeChange(change.round(2, digits.min(Decimal::MAX_SCALE), rounding)?))
}

impl PercentagePoints {
    /// "+2.1 percentage points" in `lang`.
    pub fn text(&self, lang: Lang) -> String {
        say(lang, "percentage-points", &[("value", &with_sign(self.0))])
    }
}

impl RelativeChange {
    /// "+2.1%" in `lang`.
    pub fn text(&self, lang: Lang) -> String {
        say(lang, "relative-change", &[("value", &with_sign(self.0))])
    }
}

/// The number with its sign; zero has none.
fn with_sign(value: Decimal) -> String {
    if value > Decimal::ZERO { format!("+{value}") } else { value.to_string() }
}
