//! Columns of a file → fields of a record type: by title, or as a declared source says.

mod plan;

pub use plan::{Binding, Origin, Plan};
