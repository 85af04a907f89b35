//! Catalog formulas → DataFusion expressions, with the meaning of [`zhiheng_catalog::Formula::eval`].
//!
//! Comparisons, logic, `IN` and `IS NULL` become native expressions, which run on whole columns. Everything else
//! (arithmetic, `CASE`, `LIKE`, functions) becomes a call of one scalar function that evaluates that part of the
//! tree row by row with the catalog's own evaluator ([`rows`]): exact decimals, null on overflow and on division
//! by zero are then the same by construction, at a few million rows a second instead of some hundred.

pub mod functions;
pub mod rows;

use std::sync::Arc;

use datafusion::common::{Column, ScalarValue};
use datafusion::logical_expr::{Expr as DfExpr, ScalarUDF, lit};
use zhiheng_catalog::formula::{Binary, Expr, Unary};
use zhiheng_catalog::{Formula, Value, ValueType};

use crate::lake::quarter::day_of;
use crate::lake::schema::{Cell, DECIMAL_DIGITS, TableSchema};

/// Places of a quotient inside a record's formula; other results keep all places that their operands imply.
pub const QUOTIENT_PLACES: u8 = 12;

/// The column of this name, whatever its letters: no normalising, no splitting at dots.
pub fn column(name: &str) -> DfExpr {
    DfExpr::Column(Column::new_unqualified(name))
}

/// `formula` over the columns of `schema`.
pub fn translate(formula: &Formula, schema: &TableSchema) -> DfExpr {
    native(&formula.expr, schema).unwrap_or_else(|| by_row(&formula.expr, formula.value_type, schema))
}

/// The expression as a native one, if all of it has the same meaning there.
fn native(expr: &Expr, schema: &TableSchema) -> Option<DfExpr> {
    Some(match expr {
        Expr::Name(name) => {
            schema.column(name).filter(|column| column.cell != Cell::Many)?;
            column(name)
        }
        Expr::Constant(value) => constant(value)?,
        Expr::Unary(Unary::Not, of) => DfExpr::Not(Box::new(truth(of, schema))),
        Expr::Binary(Binary::And, a, b) => truth(a, schema).and(truth(b, schema)),
        Expr::Binary(Binary::Or, a, b) => truth(a, schema).or(truth(b, schema)),
        Expr::Binary(op, a, b) => {
            let (a, b) = operands(a, b, schema)?;
            match op {
                Binary::Equal => a.eq(b),
                Binary::NotEqual => a.not_eq(b),
                Binary::Less => a.lt(b),
                Binary::LessOrEqual => a.lt_eq(b),
                Binary::Greater => a.gt(b),
                Binary::GreaterOrEqual => a.gt_eq(b),
                _ => return None,
            }
        }
        Expr::IsNull { of, negated } => {
            // The joined text of a field with several values is null exactly when the field is.
            let Expr::Name(name) = of.as_ref() else { return None };
            schema.column(name)?;
            if *negated { column(name).is_not_null() } else { column(name).is_null() }
        }
        Expr::In { of, choices, negated } => {
            let list = choices
                .iter()
                .map(|choice| operands(of, choice, schema).map(|(_, choice)| choice))
                .collect::<Option<Vec<_>>>()?;
            if list.is_empty() {
                return None;
            }
            native(of, schema)?.in_list(list, *negated)
        }
        _ => return None,
    })
}

/// Two sides of a comparison, if both are plain and of types that compare alike in both back-ends.
fn operands(a: &Expr, b: &Expr, schema: &TableSchema) -> Option<(DfExpr, DfExpr)> {
    let is_plain = |expr: &Expr| matches!(expr, Expr::Name(_) | Expr::Constant(_));
    let (left, right) = (plain_type(a, schema)?, plain_type(b, schema)?);
    let is_number = |value_type| matches!(value_type, ValueType::Integer | ValueType::Decimal);
    (is_plain(a) && is_plain(b) && (left == right || (is_number(left) && is_number(right))))
        .then(|| Some((native(a, schema)?, native(b, schema)?)))?
}

fn plain_type(expr: &Expr, schema: &TableSchema) -> Option<ValueType> {
    match expr {
        Expr::Name(name) => Some(schema.column(name)?.cell.value_type()),
        Expr::Constant(Value::Bool(_)) => Some(ValueType::Bool),
        Expr::Constant(Value::Integer(_)) => Some(ValueType::Integer),
        Expr::Constant(Value::Decimal(_)) => Some(ValueType::Decimal),
        Expr::Constant(Value::Date(_)) => Some(ValueType::Date),
        Expr::Constant(Value::Text(_)) => Some(ValueType::Text),
        _ => None,
    }
}

/// A boolean part: native where possible, else by rows.
fn truth(expr: &Expr, schema: &TableSchema) -> DfExpr {
    native(expr, schema).unwrap_or_else(|| by_row(expr, ValueType::Bool, schema))
}

fn constant(value: &Value) -> Option<DfExpr> {
    Some(match value {
        Value::Bool(truth) => lit(*truth),
        Value::Integer(number) => lit(*number),
        Value::Text(text) => lit(text.clone()),
        Value::Date(date) => DfExpr::Literal(ScalarValue::Date32(Some(day_of(*date))), None),
        Value::Decimal(number) => {
            let scale = number.scale() as u8;
            let number = ScalarValue::Decimal128(Some(number.mantissa()), DECIMAL_DIGITS, scale as i8);
            // A constant with more places than any column is compared by rows.
            (scale <= 12).then_some(DfExpr::Literal(number, None))?
        }
        Value::Null | Value::Texts(_) => return None,
    })
}

/// A call of the row evaluator over the columns that the expression names.
fn by_row(expr: &Expr, value_type: ValueType, schema: &TableSchema) -> DfExpr {
    let function = rows::ByRow::new(expr.clone(), value_type, places(expr, schema), schema);
    let args = function.names().map(column).collect();
    let function = Arc::new(ScalarUDF::from(function));
    DfExpr::ScalarFunction(datafusion::logical_expr::expr::ScalarFunction::new_udf(function, args))
}

/// Places after the point that a decimal result can have.
pub fn places(expr: &Expr, schema: &TableSchema) -> u8 {
    let widest = |parts: &[&Expr]| parts.iter().map(|part| places(part, schema)).max().unwrap_or(0);
    let most = 24;
    match expr {
        Expr::Name(name) => match schema.column(name).map(|column| column.cell) {
            Some(Cell::Decimal(scale)) => scale,
            _ => 0,
        },
        Expr::Constant(Value::Decimal(number)) => (number.scale() as u8).min(most),
        Expr::Unary(_, of) => places(of, schema),
        Expr::Binary(Binary::Multiply, a, b) => (places(a, schema) + places(b, schema)).min(most),
        Expr::Binary(Binary::Divide, ..) => QUOTIENT_PLACES,
        Expr::Binary(_, a, b) => widest(&[a, b]),
        Expr::Case { arms, otherwise } => {
            let mut parts: Vec<&Expr> = arms.iter().map(|(_, then)| then).collect();
            parts.extend(otherwise.as_deref());
            widest(&parts)
        }
        Expr::Call(_, args) => widest(&args.iter().collect::<Vec<_>>()),
        _ => 0,
    }
}
