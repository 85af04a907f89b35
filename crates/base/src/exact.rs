//! Exact numbers: decimals, rates and rounding.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// How a printed figure is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rounding {
    /// GB/T 8170-2008: half to even, in one step, negative numbers by absolute value.
    Gbt8170,
    /// Half away from zero, as most statistical bulletins do.
    HalfUp,
}

/// A rate as two exact parts; it becomes one number only when printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rate {
    /// Numerator.
    pub top: Decimal,
    /// Denominator; zero means "no data".
    pub bottom: Decimal,
}
