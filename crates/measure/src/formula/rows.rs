//! The row evaluator as a scalar function: a part of a formula over the columns that it names.

use std::collections::BTreeSet;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use datafusion::arrow::array::{
    Array, ArrayRef, AsArray, BooleanBuilder, Date32Builder, Decimal128Builder, Int64Builder, StringBuilder,
};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::{DataType, Date32Type, Decimal128Type, Int64Type};
use datafusion::common::Result as DfResult;
use datafusion::error::DataFusionError;
use datafusion::logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDFImpl, Signature, Volatility};
use rust_decimal::{Decimal, RoundingStrategy};
use zhiheng_catalog::formula::{Expr, Row};
use zhiheng_catalog::{Formula, Value, ValueType};

use crate::lake::quarter::{date_of, day_of};
use crate::lake::schema::{Cell, DECIMAL_DIGITS, SEPARATOR, TableSchema};

/// `zh_by_row(columns…)`.
#[derive(Debug)]
pub struct ByRow {
    formula: Formula,
    inputs: Vec<(String, Cell)>,
    places: u8,
    key: String,
    signature: Signature,
}

impl ByRow {
    /// The evaluator of `expr`; decimal results have `places` places.
    pub fn new(expr: Expr, value_type: ValueType, places: u8, schema: &TableSchema) -> ByRow {
        let mut names = BTreeSet::new();
        collect(&expr, &mut names);
        let inputs: Vec<(String, Cell)> = names
            .iter()
            .filter_map(|name| schema.column(name).map(|column| (column.id.clone(), column.cell)))
            .collect();
        let types = inputs.iter().map(|(_, cell)| cell.arrow()).collect();
        let key = format!("{expr:?} {value_type:?} {places} {inputs:?}");
        let formula = Formula { text: String::new(), expr, value_type, names: names.into_iter().collect() };
        let signature = if inputs.is_empty() {
            Signature::nullary(Volatility::Immutable)
        } else {
            Signature::exact(types, Volatility::Immutable)
        };
        ByRow { formula, inputs, places, key, signature }
    }

    /// The columns that it takes, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.inputs.iter().map(|(name, _)| name.as_str())
    }
}

/// Names in an expression.
fn collect(expr: &Expr, names: &mut BTreeSet<String>) {
    match expr {
        Expr::Name(name) => {
            names.insert(name.clone());
        }
        Expr::Constant(_) => {}
        Expr::Unary(_, of) | Expr::IsNull { of, .. } | Expr::Like { of, .. } => collect(of, names),
        Expr::Binary(_, a, b) => {
            collect(a, names);
            collect(b, names);
        }
        Expr::In { of, choices, .. } => {
            collect(of, names);
            choices.iter().for_each(|choice| collect(choice, names));
        }
        Expr::Case { arms, otherwise } => {
            for (when, then) in arms {
                collect(when, names);
                collect(then, names);
            }
            if let Some(otherwise) = otherwise {
                collect(otherwise, names);
            }
        }
        Expr::Call(_, args) => args.iter().for_each(|arg| collect(arg, names)),
    }
}

impl PartialEq for ByRow {
    fn eq(&self, other: &ByRow) -> bool {
        self.key == other.key
    }
}

impl Eq for ByRow {}

impl Hash for ByRow {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key.hash(state);
    }
}

impl ScalarUDFImpl for ByRow {
    fn name(&self) -> &'static str {
        "zh_by_row"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> DfResult<DataType> {
        Ok(match self.formula.value_type {
            ValueType::Bool => DataType::Boolean,
            ValueType::Integer => DataType::Int64,
            ValueType::Decimal => DataType::Decimal128(DECIMAL_DIGITS, self.places as i8),
            ValueType::Date => DataType::Date32,
            ValueType::Text | ValueType::Texts => DataType::Utf8,
        })
    }

    fn schema_name(&self, _: &[datafusion::logical_expr::Expr]) -> DfResult<String> {
        Ok(format!("zh_by_row({})", self.key))
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> DfResult<ColumnarValue> {
        let columns: Vec<ArrayRef> = ColumnarValue::values_to_arrays(&args.args)?
            .into_iter()
            .map(|array| match array.data_type() {
                DataType::Dictionary(..) | DataType::Utf8View | DataType::LargeUtf8 => {
                    cast(&array, &DataType::Utf8).map_err(DataFusionError::from)
                }
                _ => Ok(array),
            })
            .collect::<DfResult<_>>()?;
        // Arguments that are all constants come as arrays of one row.
        let n = columns.first().map_or(1, |column| column.len());
        let rows = (0..n).map(|row| self.formula.eval(&At { inputs: &self.inputs, columns: &columns, row }));
        let array = collect_values(rows, self.formula.value_type, self.places)?;
        Ok(if n == args.number_rows {
            ColumnarValue::Array(array)
        } else {
            ColumnarValue::Scalar(datafusion::common::ScalarValue::try_from_array(&array, 0)?)
        })
    }
}

/// One row of the argument columns.
struct At<'a> {
    inputs: &'a [(String, Cell)],
    columns: &'a [ArrayRef],
    row: usize,
}

impl Row for At<'_> {
    fn value(&self, name: &str) -> Value {
        let Some(at) = self.inputs.iter().position(|(input, _)| input == name) else { return Value::Null };
        value_at(&self.columns[at], self.inputs[at].1, self.row)
    }
}

/// The value of a lake column in one row. Codes must have been cast to plain text.
pub fn value_at(column: &dyn Array, cell: Cell, row: usize) -> Value {
    if column.is_null(row) {
        return Value::Null;
    }
    match cell {
        Cell::Text | Cell::Code => Value::Text(
            column.as_string_opt::<i32>().map(|texts| texts.value(row)).unwrap_or_default().to_owned(),
        ),
        Cell::Many => Value::Texts(
            column
                .as_string_opt::<i32>()
                .map(|texts| texts.value(row))
                .unwrap_or_default()
                .split(SEPARATOR)
                .map(str::to_owned)
                .collect(),
        ),
        Cell::Decimal(scale) => column
            .as_primitive_opt::<Decimal128Type>()
            .and_then(|numbers| decimal_of(numbers.value(row), scale))
            .map_or(Value::Null, Value::Decimal),
        Cell::Date => column
            .as_primitive_opt::<Date32Type>()
            .and_then(|days| date_of(days.value(row)))
            .map_or(Value::Null, Value::Date),
        Cell::Bool => column.as_boolean_opt().map_or(Value::Null, |truths| Value::Bool(truths.value(row))),
        Cell::Integer => column
            .as_primitive_opt::<Int64Type>()
            .map_or(Value::Null, |numbers| Value::Integer(numbers.value(row))),
    }
}

/// Units of 10^-`scale` as a decimal; trailing zeros are dropped where it would not fit otherwise.
pub fn decimal_of(mut units: i128, scale: u8) -> Option<Decimal> {
    let mut scale = u32::from(scale);
    loop {
        if let Ok(number) = Decimal::try_from_i128_with_scale(units, scale) {
            return Some(number);
        }
        if scale == 0 || units % 10 != 0 {
            return None;
        }
        units /= 10;
        scale -= 1;
    }
}

/// A decimal in units of 10^-`places`, rounded half to even if it has more places.
pub fn units_of(number: Decimal, places: u8) -> Option<i128> {
    let number =
        number.round_dp_with_strategy(u32::from(places), RoundingStrategy::MidpointNearestEven).normalize();
    number.mantissa().checked_mul(10_i128.checked_pow(u32::from(places) - number.scale())?)
}

fn collect_values(
    rows: impl Iterator<Item = Value>,
    value_type: ValueType,
    places: u8,
) -> DfResult<ArrayRef> {
    Ok(match value_type {
        ValueType::Bool => {
            let mut to = BooleanBuilder::new();
            rows.for_each(|value| {
                to.append_option(if let Value::Bool(truth) = value { Some(truth) } else { None });
            });
            Arc::new(to.finish())
        }
        ValueType::Integer => {
            let mut to = Int64Builder::new();
            rows.for_each(|value| {
                to.append_option(if let Value::Integer(number) = value { Some(number) } else { None });
            });
            Arc::new(to.finish())
        }
        ValueType::Decimal => {
            let mut to = Decimal128Builder::new();
            rows.for_each(|value| {
                to.append_option(value.to_decimal().and_then(|number| units_of(number, places)));
            });
            Arc::new(to.finish().with_precision_and_scale(DECIMAL_DIGITS, places as i8)?)
        }
        ValueType::Date => {
            let mut to = Date32Builder::new();
            rows.for_each(|value| {
                to.append_option(if let Value::Date(date) = value { Some(day_of(date)) } else { None });
            });
            Arc::new(to.finish())
        }
        ValueType::Text | ValueType::Texts => {
            let mut to = StringBuilder::new();
            rows.for_each(|value| match value {
                Value::Text(text) => to.append_value(text),
                Value::Texts(texts) => to.append_value(texts.join(&SEPARATOR.to_string())),
                _ => to.append_null(),
            });
            Arc::new(to.finish())
        }
    })
}
