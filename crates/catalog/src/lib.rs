//! The catalog: every institution of quality work as a folder of definitions, checked like a program.
//!
//! In reading order: [`model`] (what a definition is), [`formula`] (the safe subset of SQL expressions),
//! [`letter`] (the body of a letter in pieces), [`load`](mod@load) (folders → [`Catalog`] with diagnostics),
//! [`digest`](mod@digest) (one hash for all of it), [`diff`](mod@diff) (what changed), [`schema`](mod@schema) (for
//! editors), [`show`](mod@show) (one definition for people), [`entries()`] (all of them), [`example`] (worked examples
//! as tests).

mod behind;
pub mod diff;
pub mod digest;
mod entries;
pub mod example;
pub mod formula;
pub mod letter;
pub mod load;
pub mod model;
pub mod names;
mod pack;
pub mod schema;
pub mod show;
mod suggest;

pub use diff::{Change, diff};
pub use entries::{Entry, entries};
pub use example::{examples, run_example};
pub use formula::{Formula, Value, ValueType};
pub use load::{Catalog, Loaded, load, load_bare, load_only, load_texts, shipped};
pub use pack::{pack, unpack};
pub use schema::schema;
pub use show::show;

/// The code list of products.
pub const PRODUCTS: &str = "base.product";
