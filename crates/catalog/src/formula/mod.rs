//! Formulas: a checked subset of SQL expressions (comparisons, boolean and decimal arithmetic, `CASE`,
//! `IN`, `BETWEEN`, `IS NULL`, `LIKE`, dates, and a closed list of functions). No subqueries, no I/O.
//!
//! In reading order: [`ast`] (the tree), [`scope`] (which names there are), [`limits`] (what is refused
//! before parsing), [`check`] (SQL tree → typed tree), [`eval`] (one row), [`print`](mod@print) (back to text), `words` (a phrase for
//! readers).
//!
//! Two back-ends read the same tree: [`Formula::eval`] (one row, in checks and examples) and the
//! translation to DataFusion expressions in the measure crate. A test holds them against each other.

pub mod ast;
mod check;
mod compare;
mod dialect;
mod eval;
mod functions;
mod like;
mod limits;
mod print;
mod problem;
mod scope;
#[cfg(test)]
mod tests;
mod words;

pub use ast::{Binary, Expr, Formula, Function, Row, Unary, Value, ValueType};
pub use functions::FUNCTIONS;
pub use like::like;
pub use limits::{BYTES_MAX, DEPTH_MAX, WORDS_MAX};
pub use problem::FormulaProblem;
pub(crate) use problem::place_in;
pub use scope::{Name, Scope};
pub use words::Called;

impl Formula {
    /// Parses and type-checks `text` against the names of `scope`.
    ///
    /// # Errors
    ///
    /// Every problem found (ZH27xx), each with its place inside the text.
    ///
    /// ```
    /// use zhiheng_catalog::formula::{Formula, Scope, ValueType};
    ///
    /// let scope = Scope::new("example").with("passed", ValueType::Integer).with("tested", ValueType::Integer);
    /// let formula = Formula::parse("passed * 100 / tested", &scope).unwrap();
    /// assert_eq!(formula.value_type, ValueType::Decimal);
    /// assert_eq!(formula.names, ["passed", "tested"]);
    /// assert!(Formula::parse("pased > 0", &scope).is_err());
    /// ```
    pub fn parse(text: &str, scope: &Scope<'_>) -> Result<Formula, Vec<FormulaProblem>> {
        let tokens = limits::tokens(text)?;
        let tree = dialect::parse(text, tokens)?;
        check::check(text, &tree, scope)
    }
}
