//! The catalog: every institution of quality work as a folder of definitions, checked like a program.
//!
//! In reading order: [`model`] (what a definition is), [`formula`] (the safe subset of SQL expressions),
//! [`load`] (folders → [`Catalog`] with diagnostics).

pub mod formula;
pub mod load;
pub mod model;

pub use formula::{Formula, Value, ValueType};
pub use load::{Catalog, Loaded, load};
