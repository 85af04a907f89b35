//! Plans and cuts as expressions of the query engine.

use datafusion::arrow::datatypes::DataType;
use datafusion::common::ScalarValue;
use datafusion::error::DataFusionError;
use datafusion::functions_aggregate::expr_fn::{count, sum};
use datafusion::logical_expr::{Expr, ExprFunctionExt, lit};
use zhiheng_base::{Diagnostic, Period};
use zhiheng_catalog::formula::{Expr as Formula, Function};
use zhiheng_catalog::{Value, ValueType};

use crate::atoms::{Cond, FALSE, NULL, Plan, TRUE};
use crate::formula::{column, translate};
use crate::lake::quarter::day_of;
use crate::lake::schema::{Cell, PROV, TableSchema};

/// A condition over rows.
pub(crate) fn condition(cond: &Cond, plan: &Plan, schema: &TableSchema, withdrawn: Option<&Expr>) -> Expr {
    let mut tests: Vec<Expr> = match (cond.withdrawn, withdrawn) {
        (true, Some(withdrawn)) => vec![withdrawn.clone()],
        (true, None) => vec![lit(false)],
        (false, Some(withdrawn)) => vec![Expr::Not(Box::new(withdrawn.clone()))],
        (false, None) => Vec::new(),
    };
    for &(at, mask) in &cond.tests {
        let formula = &plan.formulas[at];
        let value = translate(formula, schema);
        let is_truth = formula.value_type == ValueType::Bool;
        let mut any: Vec<Expr> = Vec::new();
        if mask & TRUE != 0 {
            any.push(if is_truth { value.clone().is_true() } else { value.clone().is_not_null() });
        }
        if mask & FALSE != 0 && is_truth {
            any.push(value.clone().is_false());
        }
        if mask & NULL != 0 {
            any.push(value.is_null());
        }
        tests.push(any.into_iter().reduce(Expr::or).unwrap_or_else(|| lit(false)));
    }
    if let Some(prov) = cond.prov {
        tests.push(column(PROV).eq(lit(prov)));
    }
    tests.into_iter().reduce(Expr::and).unwrap_or_else(|| lit(true))
}

/// One aggregate for each count and sum of a plan, named `c0`… and `s0`….
pub(crate) fn states(
    plan: &Plan,
    schema: &TableSchema,
    withdrawn: Option<&Expr>,
) -> Result<Vec<Expr>, DataFusionError> {
    let mut states: Vec<Expr> = Vec::new();
    for (at, cond) in plan.counts.iter().enumerate() {
        let counted = count(lit(1_i64)).filter(condition(cond, plan, schema, withdrawn)).build()?;
        states.push(counted.alias(format!("c{at}")));
    }
    for (at, one) in plan.sums.iter().enumerate() {
        let value = datafusion::logical_expr::cast(
            translate(&plan.formulas[one.formula], schema),
            DataType::Decimal128(38, one.places as i8),
        );
        let added = sum(value).filter(condition(&one.cond, plan, schema, withdrawn)).build()?;
        states.push(added.alias(format!("s{at}")));
    }
    Ok(states)
}

/// Rows whose dimension has this value; an empty value means that the row states none.
pub(crate) fn cut(schema: &TableSchema, name: &str, value: &str) -> Result<Expr, Diagnostic> {
    let found = schema.column(name);
    let cell = found.map_or(Cell::Text, |found| found.cell);
    let misfit =
        |kind: &str| Diagnostic::error("ZH5013").arg("value", value).arg("dimension", name).arg("kind", kind);
    if value.is_empty() {
        return Ok(column(name).is_null());
    }
    Ok(match cell {
        Cell::Text | Cell::Code => column(name).eq(lit(value)),
        Cell::Bool => column(name).eq(lit(value.parse::<bool>().map_err(|_| misfit("true, false"))?)),
        Cell::Integer => column(name).eq(lit(value.parse::<i64>().map_err(|_| misfit("integer"))?)),
        Cell::Date => {
            let day = Period::parse(value).ok().filter(|period| period.n_days() == 1);
            let day = day.ok_or_else(|| misfit("date"))?;
            column(name).eq(Expr::Literal(ScalarValue::Date32(Some(day_of(day.start()))), None))
        }
        Cell::Decimal(scale) => {
            let number = zhiheng_base::exact::parse_decimal(value).map_err(|_| misfit("decimal"))?;
            let units = crate::formula::rows::units_of(number, scale).ok_or_else(|| misfit("decimal"))?;
            column(name).eq(Expr::Literal(ScalarValue::Decimal128(Some(units), 38, scale as i8), None))
        }
        Cell::Many => {
            let args = vec![Formula::Name(name.to_owned()), Formula::Constant(Value::Text(value.to_owned()))];
            let holds = zhiheng_catalog::Formula {
                text: String::new(),
                expr: Formula::Call(Function::Contains, args),
                value_type: ValueType::Bool,
                names: vec![name.to_owned()],
            };
            translate(&holds, schema)
        }
    })
}
