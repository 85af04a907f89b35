//! Plans against hand calculations, brute force and a script that shares no line with them.

mod burden;
mod cycle;
mod decompose;
mod draws;
mod hostile;
mod letters;
mod pairs;
mod repeats;
mod shipped;
mod succeed;
mod tasks;

use serde_json::{Map, Value};
use zhiheng_base::{Date, Decimal, Diagnostic, RegionCode};
use zhiheng_plan::Row;

/// Rows of a JSON array of objects, numbered from 0.
pub(crate) fn rows(data: &[Map<String, Value>]) -> impl Iterator<Item = Row<'_>> {
    (0_u64..).zip(data).map(|(entry, data)| Row { entry, data })
}

/// The objects of a JSON array.
pub(crate) fn objects(value: Value) -> Vec<Map<String, Value>> {
    match value {
        Value::Array(items) => items.into_iter().filter_map(|item| item.as_object().cloned()).collect(),
        _ => Vec::new(),
    }
}

/// Codes of problems, in order.
pub(crate) fn codes(problems: &[Diagnostic]) -> Vec<&str> {
    problems.iter().map(|problem| problem.code.as_ref()).collect()
}

pub(crate) fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

pub(crate) fn dec(text: &str) -> Decimal {
    text.parse().expect("a decimal")
}

pub(crate) fn region(text: &str) -> RegionCode {
    RegionCode::parse(text).expect("a region")
}
