//! Comparing a figure with a limit: GB/T 8170-2008, chapter 4.

use std::cmp::Ordering;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Rate, Rounding};

/// Which side of a limit is meant. Legal texts include the limit in "at least", "at most" and "within"
/// and exclude it in "more than", "less than" and "outside" (Civil Code, article 1259).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bound {
    /// The limit or more.
    AtLeast,
    /// More than the limit.
    MoreThan,
    /// The limit or less.
    AtMost,
    /// Less than the limit.
    LessThan,
}

/// How a figure is compared with a limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Comparison {
    /// Unrounded: the rule of the standard unless another is agreed.
    #[default]
    FullValue,
    /// Rounded by GB/T 8170 to as many places as the limit has.
    RoundedValue,
}

impl Bound {
    fn accepts(self, ordering: Ordering) -> bool {
        match self {
            Bound::AtLeast => ordering != Ordering::Less,
            Bound::MoreThan => ordering == Ordering::Greater,
            Bound::AtMost => ordering != Ordering::Greater,
            Bound::LessThan => ordering == Ordering::Less,
        }
    }
}

/// True if `value` keeps to the limit. With [`Comparison::RoundedValue`] the places of `limit` count as
/// written: `0.50` has two.
///
/// ```
/// use zhiheng_base::exact::{meets, parse_decimal, Bound, Comparison};
///
/// let (value, limit) = (parse_decimal("96.96")?, parse_decimal("97.0")?);
/// assert!(!meets(value, Bound::AtLeast, limit, Comparison::FullValue));
/// assert!(meets(value, Bound::AtLeast, limit, Comparison::RoundedValue));
/// # Ok::<(), zhiheng_base::Diagnostic>(())
/// ```
pub fn meets(value: Decimal, bound: Bound, limit: Decimal, comparison: Comparison) -> bool {
    let value = match comparison {
        Comparison::FullValue => value,
        Comparison::RoundedValue => Rounding::Gbt8170.round(value, limit.scale()),
    };
    bound.accepts(value.cmp(&limit))
}

impl Rate {
    /// True if the rate keeps to a limit given in percent, compared from the exact parts. `None` without data.
    pub fn meets_percent(&self, bound: Bound, limit: Decimal, comparison: Comparison) -> Option<bool> {
        let ordering = match comparison {
            Comparison::FullValue => self.fraction()?.times_hundred()?.compare(limit)?,
            Comparison::RoundedValue => self.percent(limit.scale(), Rounding::Gbt8170)?.cmp(&limit),
        };
        Some(bound.accepts(ordering))
    }
}
