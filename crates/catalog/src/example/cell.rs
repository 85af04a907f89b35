//! One cell of an example: text → value, by the field's type and limits.

use std::collections::BTreeMap;

use zhiheng_base::exact::parse_decimal;
use zhiheng_base::{Date, Decimal, RegionCode, code};

use crate::formula::Value;
use crate::model::{CodeList, Field, FieldType};

/// Signs that separate the values of a field with `many`: semicolon, full-width semicolon, enumeration comma.
const SEPARATORS: [char; 3] = [';', '\u{ff1b}', '\u{3001}'];

/// The value of a cell, or `Err` if the field does not take it. Empty text is null, whether or not the field
/// is optional. The import of files is stricter and says more; this is for examples.
pub fn cell_value(field: &Field, text: &str, lists: &BTreeMap<String, CodeList>) -> Result<Value, ()> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(Value::Null);
    }
    if !field.many {
        return one(&field.kind, text, lists).ok_or(());
    }
    let mut texts = Vec::new();
    for part in text.split(SEPARATORS).map(str::trim).filter(|part| !part.is_empty()) {
        match one(&field.kind, part, lists) {
            Some(Value::Text(text)) => texts.push(text),
            _ => return Err(()),
        }
    }
    Ok(Value::Texts(texts))
}

fn one(kind: &FieldType, text: &str, lists: &BTreeMap<String, CodeList>) -> Option<Value> {
    let within = |value: Decimal, min: Option<Decimal>, max: Option<Decimal>| {
        min.is_none_or(|min| min <= value) && max.is_none_or(|max| value <= max)
    };
    match kind {
        FieldType::Text { max } => {
            (text.chars().count() <= *max as usize).then(|| Value::Text(text.to_owned()))
        }
        FieldType::Integer { min, max } => {
            let whole: i64 = text.parse().ok()?;
            within(whole.into(), min.map(Decimal::from), max.map(Decimal::from))
                .then_some(Value::Integer(whole))
        }
        FieldType::Decimal { min, max, scale, .. } => {
            let exact = parse_decimal(text).ok()?;
            (exact.normalize().scale() <= *scale && within(exact, *min, *max))
                .then_some(Value::Decimal(exact))
        }
        FieldType::Money => {
            let exact = parse_decimal(text).ok()?;
            (exact.normalize().scale() <= 2).then_some(Value::Decimal(exact))
        }
        FieldType::Date { .. } => text.parse::<Date>().ok().filter(|_| text.len() == 10).map(Value::Date),
        FieldType::Bool => text.parse().ok().map(Value::Bool),
        FieldType::Code { list } => {
            let item = lists.get(list)?.find(text)?;
            Some(Value::Text(item.code.clone()))
        }
        FieldType::Region { at_least } => {
            let region = RegionCode::parse(text).ok()?;
            (region.level() >= *at_least).then(|| Value::Text(region.to_string()))
        }
        FieldType::Enterprise => {
            let good = [code::uscc, code::organisation_code, code::registration_number_15]
                .iter()
                .any(|verdict| verdict(text).is_acceptable());
            good.then(|| Value::Text(text.to_owned()))
        }
        FieldType::Product | FieldType::Standard | FieldType::Subject { .. } => {
            Some(Value::Text(text.to_owned()))
        }
    }
}
