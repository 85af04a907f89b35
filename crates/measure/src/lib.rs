//! Lake, roll-ups, definitions × snapshot → measures.
//!
//! In reading order: [`address`] (what a number is called), [`measure`](mod@measure) (what a number is), [`lake`]
//! (columns derived from the ledger), [`formula`] (catalog formulas over these columns), [`atoms`] (what is counted
//! and added for an indicator), [`rollup`] (the same, kept ready), [`engine`] (questions and answers).

// A `Diagnostic` carries its place and arguments; errors are rare here and never in a hot loop.
#![allow(clippy::result_large_err)]

pub mod address;
pub mod atoms;
pub mod engine;
pub mod formula;
pub mod lake;
pub mod ledger;
pub mod measure;
pub mod places;
pub mod rollup;

pub use address::{Address, Basis, Split, TableAddress};
pub use engine::contributors::Behind;
pub use engine::examples::run_examples;
pub use engine::explain::Explanation;
pub use engine::groups::groups;
pub use engine::query::{Area, Query};
pub use engine::rows::{RecordRow, Rows, RowsRequest, Which};
pub use engine::{Engine, EngineOptions, Report};
pub use lake::leaves::{Bundle, Leaves, Memory};
pub use measure::{Comparison, Coverage, Excluded, Flag, Measure, Step, TargetState};
pub use zhiheng_base::Node;
