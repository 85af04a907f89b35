//! Cells → typed values → drafts, or refusals that name cell, rule and remedy.
//!
//! Everything about a field is prepared once ([`field::FieldCheck`]); a row is then one pass over its cells that
//! writes canonical JSON in the order of names. No row allocates a map.

mod code;
mod commit;
mod date;
mod enterprise;
pub mod field;
mod number;
mod region;
mod row;
mod seen;
mod standard;
mod typed;

pub use row::{Kept, RowCheck, Verdict};
pub use seen::Seen;
pub use typed::Typed;
