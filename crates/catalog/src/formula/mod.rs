//! Formulas: a checked subset of SQL expressions (comparisons, boolean and decimal arithmetic, `CASE`,
//! `IN`, `BETWEEN`, `IS NULL`, `LIKE`, dates, and a closed list of functions). No subqueries, no I/O.
//!
//! Two back-ends read the same tree: [`Formula::eval`] (one row, in checks and examples) and the
//! translation to DataFusion expressions in the measure crate. A test holds them against each other.

pub mod ast;

pub use ast::{Binary, Expr, Formula, Function, Row, Unary, Value, ValueType};
