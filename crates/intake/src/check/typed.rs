//! A checked value, and its one canonical text.

use std::io::Write as _;
use std::rc::Rc;

use rust_decimal::Decimal;
use zhiheng_base::{Date, RegionCode, canonical};
use zhiheng_catalog::Value;

/// A value that passed its field's rules.
#[derive(Clone, Debug, PartialEq)]
pub enum Typed<'a> {
    /// Yes or no.
    Bool(bool),
    /// Whole number within ±(2⁵³−1).
    Integer(i64),
    /// Exact decimal; its canonical text has no trailing zeros.
    Decimal(Decimal),
    /// Yuan; its canonical text has two decimals.
    Money(Decimal),
    /// Day.
    Date(Date),
    /// Text as it stands in the file.
    Text(&'a str),
    /// Text that many rows share: codes, normalised numbers of standards.
    Shared(Rc<str>),
    /// A region and its shortest official form.
    Region(RegionCode, Rc<str>),
}

impl Typed<'_> {
    /// Writes the canonical text, as it enters the natural key.
    pub fn write_text(&self, out: &mut Vec<u8>) {
        // Writing to a Vec cannot fail.
        let _ = match self {
            Typed::Bool(truth) => write!(out, "{truth}"),
            Typed::Integer(whole) => write!(out, "{whole}"),
            Typed::Decimal(exact) => write!(out, "{}", exact.normalize()),
            Typed::Money(yuan) => {
                let mut yuan = *yuan;
                yuan.rescale(2);
                write!(out, "{yuan}")
            }
            Typed::Date(day) => {
                write_date(out, *day);
                Ok(())
            }
            Typed::Text(text) => out.write_all(text.as_bytes()),
            Typed::Shared(text) | Typed::Region(_, text) => out.write_all(text.as_bytes()),
        };
    }

    /// Writes the value as canonical JSON: decimals, money and dates are texts.
    pub fn write_json(&self, out: &mut Vec<u8>) {
        match self {
            Typed::Bool(_) | Typed::Integer(_) => self.write_text(out),
            Typed::Text(text) => canonical::write_text(out, text),
            Typed::Shared(text) | Typed::Region(_, text) => canonical::write_text(out, text),
            Typed::Decimal(_) | Typed::Money(_) | Typed::Date(_) => {
                // Digits, points, signs and hyphens need no escapes.
                out.push(b'"');
                self.write_text(out);
                out.push(b'"');
            }
        }
    }

    /// The value as formulas see it.
    pub fn to_value(&self) -> Value {
        match self {
            Typed::Bool(truth) => Value::Bool(*truth),
            Typed::Integer(whole) => Value::Integer(*whole),
            Typed::Decimal(exact) | Typed::Money(exact) => Value::Decimal(*exact),
            Typed::Date(day) => Value::Date(*day),
            Typed::Text(text) => Value::Text((*text).to_owned()),
            Typed::Shared(text) | Typed::Region(_, text) => Value::Text(text.to_string()),
        }
    }
}

/// Ten digits and hyphens, quicker than the general formatter.
fn write_date(out: &mut Vec<u8>, day: Date) {
    let digit = |n: i16| b'0' + (n % 10) as u8;
    let (y, m, d) = (day.year(), i16::from(day.month()), i16::from(day.day()));
    out.extend_from_slice(&[
        digit(y / 1000),
        digit(y / 100),
        digit(y / 10),
        digit(y),
        b'-',
        digit(m / 10),
        digit(m),
        b'-',
        digit(d / 10),
        digit(d),
    ]);
}
