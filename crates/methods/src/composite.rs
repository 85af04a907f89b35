//! Composite indices: from raw indicators to one figure per region, enterprise or industry, and how far it can
//! be trusted.
//!
//! **What it answers.** Who stands where, when many indicators are put together; and does the order survive other
//! reasonable choices?
//!
//! The steps in their order, each its own module: [`denominate`], [`impute`] (or [`em`], [`panel`]), [`treat`],
//! [`scale`], weights (see [`crate::decision::weights`]), [`tree`] and [`index`]; then [`uncertainty`] and
//! [`sobol`]. [`competitiveness`] is one such index with fixed ends.
//!
//! **Source.** OECD and JRC (2008), *Handbook on Constructing Composite Indicators*, steps 3–7. The calls of the R
//! package COINr 1.1 are the reference for the digits.
//!
//! **When not to use it.** Where one indicator answers the question, or where the parts must not make up for each
//! other (safety against price): then show the parts, or use a method of [`crate::decision`] with a veto.
//!
//! Missing values are `NaN` in every column of this module, and stay missing until a step says what it does with
//! them. Infinite values are refused.

pub mod competitiveness;
pub mod denominate;
pub mod em;
pub mod groups;
pub mod impute;
pub mod index;
pub mod mean;
pub mod moments;
pub mod panel;
pub mod rank;
pub mod scale;
pub mod sobol;
pub mod transform;
pub mod treat;
pub mod tree;
pub mod uncertainty;

use crate::refusal::Refusal;

/// Whether more of an indicator is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// As a pass rate: the higher the better.
    HigherIsBetter,
    /// As a loss rate: the lower the better.
    LowerIsBetter,
}

impl Direction {
    /// 1 or −1.
    pub fn sign(self) -> f64 {
        match self {
            Direction::HigherIsBetter => 1.0,
            Direction::LowerIsBetter => -1.0,
        }
    }
}

/// The values that are present; infinite ones are refused, none at all too.
pub(crate) fn present(what: &'static str, values: &[f64]) -> Result<Vec<f64>, Refusal> {
    if let Some(row) = values.iter().position(|value| value.is_infinite()) {
        return Err(Refusal::NotFinite { what, row });
    }
    let present: Vec<f64> = values.iter().copied().filter(|value| !value.is_nan()).collect();
    if present.is_empty() { Err(Refusal::Empty { what }) } else { Ok(present) }
}

/// The least and the greatest of `values`, which must not be empty.
pub(crate) fn range(values: &[f64]) -> (f64, f64) {
    values
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), &value| (low.min(value), high.max(value)))
}
