//! Lake, roll-ups, definitions × snapshot → measures.
//!
//! In reading order: [`address`] (what a number is called), [`measure`](mod@measure) (what a number is),
//! [`lake`] (columns derived from the ledger).

// A `Diagnostic` carries its place and arguments; errors are rare here and never in a hot loop.
#![allow(clippy::result_large_err)]

pub mod address;
pub mod formula;
pub mod lake;
pub mod measure;
pub mod places;

pub use address::{Address, Basis};
pub use measure::{Comparison, Coverage, Excluded, Flag, Measure, TargetState};
