//! The typed expression tree.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Type of a formula's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ValueType {
    /// True, false or unknown.
    Bool,
    /// 64-bit integer.
    Integer,
    /// Exact decimal.
    Decimal,
    /// Text; codes, regions and identifiers are text in formulas.
    Text,
    /// Civil date.
    Date,
    /// Several texts (a field with `many = true`); only `IS NULL`, `contains` and `count` apply.
    Texts,
}

/// A value in a row or a formula's answer. SQL's three-valued logic: `Null` is unknown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// No value.
    Null,
    /// Boolean.
    Bool(bool),
    /// Integer.
    Integer(i64),
    /// Decimal.
    Decimal(Decimal),
    /// Date.
    Date(Date),
    /// Text.
    Text(String),
    /// Several texts.
    Texts(Vec<String>),
}

/// Where a formula finds its names: one record, one set of measures, ….
pub trait Row {
    /// The value of the name with this index in [`Formula::names`].
    fn value(&self, name: &str) -> Value;
}

/// A parsed, type-checked formula.
#[derive(Clone, Debug, PartialEq)]
pub struct Formula {
    /// As written.
    pub text: String,
    /// The checked tree.
    pub expr: Expr,
    /// Type of its value.
    pub value_type: ValueType,
    /// Every field name it reads, sorted, once each.
    pub names: Vec<String>,
}

/// One operand or operation.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// A field or name.
    Name(String),
    /// A constant.
    Constant(Value),
    /// `NOT a`, `-a`.
    Unary(Unary, Box<Expr>),
    /// `a op b`.
    Binary(Binary, Box<Expr>, Box<Expr>),
    /// `a IS NULL` (or `IS NOT NULL` when `negated`).
    IsNull {
        /// Operand.
        of: Box<Expr>,
        /// True for `IS NOT NULL`.
        negated: bool,
    },
    /// `a IN (x, y)` over constants or expressions of one type.
    In {
        /// Operand.
        of: Box<Expr>,
        /// Choices.
        choices: Vec<Expr>,
        /// True for `NOT IN`.
        negated: bool,
    },
    /// `a LIKE 'x%'` with a constant pattern.
    Like {
        /// Operand.
        of: Box<Expr>,
        /// Pattern with `%` and `_`.
        pattern: String,
        /// True for `NOT LIKE`.
        negated: bool,
    },
    /// `CASE WHEN … THEN … ELSE … END`.
    Case {
        /// Condition and result pairs.
        arms: Vec<(Expr, Expr)>,
        /// `ELSE`, else null.
        otherwise: Option<Box<Expr>>,
    },
    /// A named function.
    Call(Function, Vec<Expr>),
}

/// Unary operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unary {
    /// Logical not.
    Not,
    /// Arithmetic negation.
    Minus,
}

/// Binary operations. Division by zero gives null; decimals stay decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binary {
    /// `AND`
    And,
    /// `OR`
    Or,
    /// `=`
    Equal,
    /// `<>`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
}

/// The closed list of functions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// `coalesce(a, b, …)`
    Coalesce,
    /// `abs(x)`
    Abs,
    /// `round(x, digits)` by GB/T 8170.
    Round,
    /// `length(text)` in characters.
    Length,
    /// `lower(text)`
    Lower,
    /// `upper(text)`
    Upper,
    /// `trim(text)`
    Trim,
    /// `starts_with(text, prefix)`
    StartsWith,
    /// `year(date)`
    Year,
    /// `month(date)`
    Month,
    /// `quarter(date)`
    Quarter,
    /// `days_between(from, to)` in days.
    DaysBetween,
    /// `contains(many, 'x')`: whether a list field holds a text.
    Contains,
    /// `count(many)`: how many texts a list field holds.
    Count,
    /// `least(a, b, …)`
    Least,
    /// `greatest(a, b, …)`
    Greatest,
}
