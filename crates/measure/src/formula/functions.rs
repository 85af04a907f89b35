//! Functions of place and time that have no twin in DataFusion. They are registered by name and take all they
//! need as arguments (the region table aside, which every worker has), so that plans stay serialisable.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, AsArray, Int32Array, Int64Array};
use datafusion::arrow::datatypes::{DataType, Date32Type, Int64Type};
use datafusion::common::{Result as DfResult, ScalarValue, exec_err};
use datafusion::logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDFImpl, Signature, Volatility};

use crate::places::Places;

/// `zh_region_now(region)`: the present code of a recorded one.
#[derive(Debug)]
pub struct RegionNow {
    places: Arc<Places>,
    signature: Signature,
}

impl RegionNow {
    /// Over this region table.
    pub fn new(places: Arc<Places>) -> RegionNow {
        RegionNow { places, signature: Signature::exact(vec![DataType::Int64], Volatility::Immutable) }
    }
}

impl PartialEq for RegionNow {
    fn eq(&self, other: &RegionNow) -> bool {
        self.places.digest() == other.places.digest()
    }
}

impl Eq for RegionNow {}

impl Hash for RegionNow {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.places.digest().hash(state);
    }
}

impl ScalarUDFImpl for RegionNow {
    fn name(&self) -> &'static str {
        "zh_region_now"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> DfResult<DataType> {
        Ok(DataType::Int64)
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> DfResult<ColumnarValue> {
        let arrays = ColumnarValue::values_to_arrays(&args.args)?;
        let [regions] = &arrays[..] else { return exec_err!("zh_region_now takes one argument") };
        let regions = regions.as_primitive::<Int64Type>();
        let mut memory = (-1_i64, -1_i64);
        let now: Int64Array = regions
            .iter()
            .map(|region| {
                region.map(|region| {
                    // Sorted parts repeat a region many times in a row.
                    if memory.0 != region {
                        memory = (region, self.places.now(region as u64) as i64);
                    }
                    memory.1
                })
            })
            .collect();
        let now: ArrayRef = Arc::new(now);
        Ok(ColumnarValue::Array(now))
    }
}

/// `zh_period(day, 'start,end;start,end;…')`: index of the period that holds the day; null outside all. Periods
/// are in order and do not overlap, days count from 1970-01-01, ends are excluded.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct PeriodOf {
    signature: Signature,
}

impl PeriodOf {
    /// The function.
    pub fn new() -> PeriodOf {
        PeriodOf {
            signature: Signature::exact(vec![DataType::Date32, DataType::Utf8], Volatility::Immutable),
        }
    }
}

/// The second argument of `zh_period`.
pub fn spans_text(spans: &[(i32, i32)]) -> String {
    let texts: Vec<String> = spans.iter().map(|(start, end)| format!("{start},{end}")).collect();
    texts.join(";")
}

fn parse_spans(text: &str) -> Option<Vec<(i32, i32)>> {
    text.split(';')
        .map(|span| {
            let (start, end) = span.split_once(',')?;
            Some((start.parse().ok()?, end.parse().ok()?))
        })
        .collect()
}

impl ScalarUDFImpl for PeriodOf {
    fn name(&self) -> &'static str {
        "zh_period"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> DfResult<DataType> {
        Ok(DataType::Int32)
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> DfResult<ColumnarValue> {
        let [days, ColumnarValue::Scalar(ScalarValue::Utf8(Some(spans)))] = &args.args[..] else {
            return exec_err!("zh_period takes a day and a constant text");
        };
        let Some(spans) = parse_spans(spans) else { return exec_err!("zh_period: no list of spans") };
        let days = days.to_array(args.number_rows)?;
        let found: Int32Array = days
            .as_primitive::<Date32Type>()
            .iter()
            .map(|day| {
                let day = day?;
                let at = spans.partition_point(|span| span.0 <= day).checked_sub(1)?;
                (day < spans[at].1).then_some(at as i32)
            })
            .collect();
        Ok(ColumnarValue::Array(Arc::new(found)))
    }
}

/// True if a list of spans is in order and without overlap.
pub fn are_apart(spans: &[(i32, i32)]) -> bool {
    spans.windows(2).all(|pair| pair[0].1 <= pair[1].0)
}
