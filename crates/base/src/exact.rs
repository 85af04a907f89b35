//! Exact numbers: decimals, rates and rounding.
//!
//! A figure is rounded once, when it is printed. Until then a rate stays a pair of parts
//! ([`Rate`]), and whatever is computed from rates is computed from the parts.

use serde::{Deserialize, Serialize};

mod change;
mod limit;
mod rate;
mod read;
mod round;
mod wide;

#[cfg(test)]
mod tests;

pub use change::{PercentagePoints, RelativeChange, points_between, relative_change};
pub use limit::{Bound, Comparison, meets};
pub use rate::Rate;
pub use read::{parse_decimal, parse_decimal_grouped};
pub use round::{exact_add, exact_mul};

/// How a printed figure is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rounding {
    /// GB/T 8170-2008: half to even, in one step, negative numbers by absolute value.
    Gbt8170,
    /// Half away from zero, as most statistical bulletins do.
    HalfUp,
}
