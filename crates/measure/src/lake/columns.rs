//! Fields of leaves → arrays. One [`Builder`] per column, one [`Rows`] per quarter that is being filled.

use std::sync::Arc;

use datafusion::arrow::array::{
    ArrayRef, BooleanBuilder, Date32Builder, Decimal128Builder, Int8Builder, Int64Builder, RecordBatch,
    StringBuilder, StringDictionaryBuilder,
};
use datafusion::arrow::datatypes::Int32Type;
use datafusion::arrow::error::ArrowError;
use zhiheng_base::RegionCode;

use super::quarter::day_number;
use super::scan::{Raw, each_item};
use super::schema::{Cell, DECIMAL_DIGITS, SEPARATOR, TableSchema};

/// What a leaf says about itself, besides its fields.
#[derive(Clone, Copy, Debug)]
pub struct Head {
    /// Ledger index.
    pub entry: u64,
    /// 0 reported, 1 published, 2 synthetic.
    pub prov: i8,
    /// Region as recorded.
    pub region: Option<u64>,
    /// Day.
    pub day: Option<i32>,
    /// Last day of validity.
    pub until: Option<i32>,
}

/// Rows of one quarter on their way into a part.
pub struct Rows {
    schema: Arc<TableSchema>,
    entry: Int64Builder,
    prov: Int8Builder,
    region: Int64Builder,
    day: Date32Builder,
    until: Date32Builder,
    fields: Vec<Builder>,
    n: usize,
}

enum Builder {
    Text(StringBuilder),
    Code(StringDictionaryBuilder<Int32Type>),
    Decimal(Decimal128Builder, u8),
    Date(Date32Builder),
    Bool(BooleanBuilder),
    Integer(Int64Builder),
    Many(StringBuilder, String),
}

impl Rows {
    /// No rows yet.
    pub fn new(schema: Arc<TableSchema>) -> Rows {
        let fields = schema.columns.iter().map(|column| Builder::new(column.cell)).collect();
        Rows {
            schema,
            entry: Int64Builder::new(),
            prov: Int8Builder::new(),
            region: Int64Builder::new(),
            day: Date32Builder::new(),
            until: Date32Builder::new(),
            fields,
            n: 0,
        }
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.n
    }

    /// Adds a row; `values` are in the order of the schema's columns. Calls `misfit` with the index of each
    /// column whose value does not fit and became null.
    pub fn push(&mut self, head: Head, values: &[Option<Raw<'_>>], mut misfit: impl FnMut(usize)) {
        self.entry.append_value(head.entry as i64);
        self.prov.append_value(head.prov);
        self.region.append_option(head.region.map(|region| region as i64));
        self.day.append_option(head.day);
        if self.schema.is_register {
            self.until.append_option(head.until);
        }
        for (at, (builder, value)) in self.fields.iter_mut().zip(values).enumerate() {
            let fits = match value {
                None | Some(Raw::Null) => {
                    builder.null();
                    true
                }
                Some(value) => builder.push(*value),
            };
            if !fits {
                builder.null();
                misfit(at);
            }
        }
        self.n += 1;
    }

    /// The rows as a batch; the builder starts anew.
    pub fn finish(&mut self) -> Result<RecordBatch, ArrowError> {
        let mut arrays: Vec<ArrayRef> = vec![
            Arc::new(self.entry.finish()),
            Arc::new(self.prov.finish()),
            Arc::new(self.region.finish()),
            Arc::new(self.day.finish()),
        ];
        if self.schema.is_register {
            arrays.push(Arc::new(self.until.finish()));
        }
        for builder in &mut self.fields {
            arrays.push(builder.finish()?);
        }
        self.n = 0;
        RecordBatch::try_new(Arc::clone(&self.schema.arrow), arrays)
    }
}

impl Builder {
    fn new(cell: Cell) -> Builder {
        match cell {
            Cell::Text => Builder::Text(StringBuilder::new()),
            Cell::Code => Builder::Code(StringDictionaryBuilder::new()),
            Cell::Decimal(scale) => Builder::Decimal(Decimal128Builder::new(), scale),
            Cell::Date => Builder::Date(Date32Builder::new()),
            Cell::Bool => Builder::Bool(BooleanBuilder::new()),
            Cell::Integer => Builder::Integer(Int64Builder::new()),
            Cell::Many => Builder::Many(StringBuilder::new(), String::new()),
        }
    }

    fn null(&mut self) {
        match self {
            Builder::Text(to) | Builder::Many(to, _) => to.append_null(),
            Builder::Code(to) => to.append_null(),
            Builder::Decimal(to, _) => to.append_null(),
            Builder::Date(to) => to.append_null(),
            Builder::Bool(to) => to.append_null(),
            Builder::Integer(to) => to.append_null(),
        }
    }

    /// False if the value does not fit; then nothing was added.
    fn push(&mut self, value: Raw<'_>) -> bool {
        match self {
            Builder::Text(to) => match value.text() {
                Some(text) => to.append_value(text),
                None => return false,
            },
            Builder::Code(to) => match value.text() {
                Some(text) => return to.append(text).is_ok(),
                None => return false,
            },
            Builder::Decimal(to, scale) => match decimal(value, *scale) {
                Some(number) => to.append_value(number),
                None => return false,
            },
            Builder::Date(to) => match day(value) {
                Some(day) => to.append_value(day),
                None => return false,
            },
            Builder::Bool(to) => match value {
                Raw::Bool(truth) => to.append_value(truth),
                _ => return false,
            },
            Builder::Integer(to) => match value {
                Raw::Number(text) => match text.parse() {
                    Ok(number) => to.append_value(number),
                    Err(_) => return false,
                },
                _ => return false,
            },
            Builder::Many(to, joined) => {
                joined.clear();
                let Raw::Array(items) = value else { return false };
                let mut n = 0;
                let read = each_item(items, |item| {
                    if n > 0 {
                        joined.push(SEPARATOR);
                    }
                    n += 1;
                    joined.push_str(&item.text()?);
                    Some(())
                });
                match (read, n) {
                    (None, _) => return false,
                    // A list without items is no value.
                    (Some(()), 0) => to.append_null(),
                    (Some(()), _) => to.append_value(&joined),
                }
            }
        }
        true
    }

    fn finish(&mut self) -> Result<ArrayRef, ArrowError> {
        Ok(match self {
            Builder::Text(to) | Builder::Many(to, _) => Arc::new(to.finish()),
            Builder::Code(to) => Arc::new(to.finish()),
            Builder::Decimal(to, scale) => {
                Arc::new(to.finish().with_precision_and_scale(DECIMAL_DIGITS, *scale as i8)?)
            }
            Builder::Date(to) => Arc::new(to.finish()),
            Builder::Bool(to) => Arc::new(to.finish()),
            Builder::Integer(to) => Arc::new(to.finish()),
        })
    }
}

/// A decimal, written as text or as a whole number, in units of 10^-`scale`; `None` if it needs more places.
pub fn decimal(value: Raw<'_>, scale: u8) -> Option<i128> {
    let text = match value {
        Raw::Text(text, false) | Raw::Number(text) => text,
        _ => return None,
    };
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, places) = digits.split_once('.').unwrap_or((digits, ""));
    let places = if places.len() > usize::from(scale) { places.trim_end_matches('0') } else { places };
    if whole.is_empty() || whole.len() + places.len() > 29 || places.len() > usize::from(scale) {
        return None;
    }
    let mut units: i128 = 0;
    for byte in whole.bytes().chain(places.bytes()) {
        units = units * 10 + i128::from(byte.is_ascii_digit().then(|| byte - b'0')?);
    }
    units = units.checked_mul(10_i128.pow(u32::from(scale) - places.len() as u32))?;
    Some(if negative { -units } else { units })
}

/// A date `2013-01-31` as days from 1970-01-01; `None` for days that no calendar has.
pub fn day(value: Raw<'_>) -> Option<i32> {
    let Raw::Text(text, false) = value else { return None };
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let number = |range: std::ops::Range<usize>| -> Option<i32> {
        bytes[range]
            .iter()
            .try_fold(0, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + i32::from(byte - b'0')))
    };
    let (year, month, day) = (number(0..4)?, number(5..7)?, number(8..10)?);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return None,
    };
    (1..=last).contains(&day).then(|| day_number(year, month, day))
}

/// A region code as twelve digits.
pub fn region(value: Raw<'_>) -> Option<u64> {
    let Raw::Text(text, false) = value else { return None };
    // The common forms without the general parser: 6 and 12 digits.
    if matches!(text.len(), 6 | 12) && text.bytes().all(|b| b.is_ascii_digit()) {
        let digits: u64 = text.parse().ok()?;
        let code = if text.len() == 6 { digits * 1_000_000 } else { digits };
        return RegionCode::from_u64(code).map(RegionCode::as_u64);
    }
    RegionCode::parse(text).ok().map(RegionCode::as_u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_exact_or_refused() {
        for (text, scale, want) in [
            ("12.50", 2, Some(1250)),
            ("12.5", 6, Some(12_500_000)),
            ("-0.01", 2, Some(-1)),
            ("7", 0, Some(7)),
            ("0.125", 2, None),
            ("0.12500", 3, Some(125)),
            ("1e3", 2, None),
            ("", 2, None),
            (".5", 2, None),
            ("99999999999999999999999999999999", 6, None),
        ] {
            assert_eq!(decimal(Raw::Text(text, false), scale), want, "{text}");
        }
    }

    #[test]
    fn days_are_checked() {
        for (text, fits) in [
            ("2013-02-28", true),
            ("2013-02-29", false),
            ("2012-02-29", true),
            ("2013-13-01", false),
            ("2013-1-1", false),
        ] {
            assert_eq!(day(Raw::Text(text, false)).is_some(), fits, "{text}");
        }
    }
}
