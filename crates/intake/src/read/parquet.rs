//! Parquet, row by row.

use std::fs::File;

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use zhiheng_base::{Date, Diagnostic};
use zhiheng_catalog::model::FileFormat;

use super::footer;
use super::serial::write_number;
use super::{Head, Kind, RowBuf, RowSink, Tail};
use crate::limits::Limits;
use crate::problem::Site;

pub(super) fn read(
    mut file: File,
    site: &Site,
    limits: &Limits,
    sink: &mut dyn RowSink,
) -> Result<Tail, Diagnostic> {
    let broken = |why: &dyn std::fmt::Display| site.file_error("ZH3012").arg("why", why);
    footer::guard(&mut file, limits).map_err(|why| broken(&why))?;
    let reader = SerializedFileReader::new(file).map_err(|error| broken(&error))?;
    let columns: Vec<String> =
        reader.metadata().file_metadata().schema().get_fields().iter().map(|f| f.name().to_owned()).collect();
    if columns.len() > limits.columns {
        return Err(site.file_error("ZH3010").arg("what", "columns").arg("limit", limits.columns));
    }
    sink.head(&Head {
        format: FileFormat::Parquet,
        packed: false,
        encoding: None,
        sheet: None,
        header_row: 0,
        columns,
        template: Vec::new(),
    })?;
    let rows = reader.get_row_iter(None).map_err(|error| broken(&error))?;
    let mut buffer = RowBuf::default();
    let mut scratch = String::new();
    for (at, row) in rows.enumerate() {
        let number = at as u64 + 1;
        let row = row.map_err(|error| broken(&error))?;
        buffer.clear(number);
        let mut long = false;
        for (column, (_, field)) in row.get_column_iter().enumerate() {
            put(&mut buffer, column, field, &mut scratch);
            long |= buffer.bytes() > limits.row_bytes;
        }
        if long {
            sink.bad(number, site.row_error("ZH3105", number).arg("limit", limits.row_bytes))?;
        } else {
            sink.row(&buffer)?;
        }
    }
    Ok(Tail::default())
}

fn put(row: &mut RowBuf, column: usize, field: &Field, scratch: &mut String) {
    match scalar(field, scratch) {
        Some(kind) => row.set(column, kind, scratch),
        None => {
            let Field::ListInternal(list) = field else {
                row.set(column, Kind::Nested, "");
                return;
            };
            let mut texts = Vec::new();
            for element in list.elements() {
                match scalar(element, scratch) {
                    Some(Kind::Empty) => {}
                    Some(_) => texts.push(scratch.clone()),
                    None => {
                        row.set(column, Kind::Nested, "");
                        return;
                    }
                }
            }
            row.set(column, Kind::List, &texts.join("\u{1f}"));
        }
    }
}

/// Writes a scalar; `None` for what has parts.
fn scalar(field: &Field, out: &mut String) -> Option<Kind> {
    use std::fmt::Write as _;
    out.clear();
    // Writing to a String cannot fail.
    let mut number = |value: &dyn std::fmt::Display| {
        let _ = write!(out, "{value}");
        Kind::Number
    };
    Some(match field {
        Field::Null => Kind::Empty,
        Field::Byte(n) => number(n),
        Field::Short(n) => number(n),
        Field::Int(n) => number(n),
        Field::Long(n) => number(n),
        Field::UByte(n) => number(n),
        Field::UShort(n) => number(n),
        Field::UInt(n) => number(n),
        Field::ULong(n) => number(n),
        Field::Float16(n) => float(out, f64::from(f32::from(*n))),
        // The shortest decimal of the single is what was meant, not that of its double.
        Field::Float(n) => {
            if n.is_finite() {
                number(n)
            } else {
                Kind::Fault
            }
        }
        Field::Double(n) => float(out, *n),
        Field::Bool(truth) => {
            out.push_str(if *truth { "true" } else { "false" });
            Kind::Bool
        }
        Field::Str(text) => {
            out.push_str(text);
            Kind::Text
        }
        Field::Bytes(bytes) => match std::str::from_utf8(bytes.data()) {
            Ok(text) => {
                out.push_str(text);
                Kind::Text
            }
            Err(_) => Kind::Fault,
        },
        Field::Decimal(decimal) => match write_decimal(out, decimal.data(), decimal.scale()) {
            Some(()) => Kind::Number,
            None => Kind::Fault,
        },
        Field::Date(days) => moment(out, i64::from(*days) * 86_400),
        Field::TimestampMillis(millis) => moment(out, millis.div_euclid(1_000)),
        Field::TimestampMicros(micros) => moment(out, micros.div_euclid(1_000_000)),
        Field::TimeMillis(n) => number(n),
        Field::TimeMicros(n) => number(n),
        Field::Group(_) | Field::ListInternal(_) | Field::MapInternal(_) => return None,
    })
}

/// A double: all its digits are in the file, so only what is no number is at fault.
fn float(out: &mut String, value: f64) -> Kind {
    write_number(out, value);
    if value.is_finite() { Kind::Number } else { Kind::Fault }
}

/// The day of a count of seconds since 1970 (the time of day is dropped).
fn moment(out: &mut String, seconds: i64) -> Kind {
    let day = Date::constant(1970, 1, 1)
        .checked_add(jiff::Span::new().try_days(seconds.div_euclid(86_400)).unwrap_or_default());
    match day {
        Ok(day) if seconds.unsigned_abs() < 400_000_000_000 => {
            out.push_str(&day.to_string());
            Kind::Date
        }
        _ => {
            out.push_str(&seconds.to_string());
            Kind::Fault
        }
    }
}

/// Two's complement, big-endian, `scale` digits after the point.
fn write_decimal(out: &mut String, bytes: &[u8], scale: i32) -> Option<()> {
    let scale = usize::try_from(scale).ok().filter(|&scale| scale <= 38)?;
    let first = *bytes.first()?;
    if bytes.len() > 16 {
        return None;
    }
    let mut value: i128 = if first >= 0x80 { -1 } else { 0 };
    for &byte in bytes {
        value = (value << 8) | i128::from(byte);
    }
    let digits = format!("{:0>width$}", value.unsigned_abs(), width = scale + 1);
    let (whole, part) = digits.split_at(digits.len() - scale);
    if value < 0 {
        out.push('-');
    }
    out.push_str(whole);
    if scale > 0 {
        out.push('.');
        out.push_str(part);
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_exact() {
        let mut out = String::new();
        for (bytes, scale, text) in [
            (vec![0x04, 0xd2], 2, "12.34"),
            (vec![0xff], 2, "-0.01"),
            (vec![0x00], 0, "0"),
            (vec![0x05], 3, "0.005"),
        ] {
            out.clear();
            write_decimal(&mut out, &bytes, scale).unwrap();
            assert_eq!(out, text);
        }
    }

    #[test]
    fn days_before_and_after_the_epoch() {
        let mut out = String::new();
        assert_eq!(moment(&mut out, -1), Kind::Date);
        assert_eq!(out, "1969-12-31");
        out.clear();
        assert_eq!(moment(&mut out, i64::MAX), Kind::Fault);
    }
}
