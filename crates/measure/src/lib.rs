//! Lake, roll-ups, definitions × snapshot → measures.
//!
//! In reading order: [`address`] (what a number is called), [`measure`](mod@measure) (what a number is),
//! then lake, roll-up and engine.

pub mod address;
pub mod measure;

pub use address::Address;
pub use measure::{Excluded, Flag, Measure, TargetState};
