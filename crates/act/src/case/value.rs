//! Values of the sheet and their canonical JSON: the same forms as in records, so that a step's form can become one.

use serde_json::Value as Json;
use zhiheng_base::{Date, Decimal};
use zhiheng_catalog::Value;
use zhiheng_catalog::model::{Field, FieldType};

/// A value as it stands in an event or a record: decimals, money and dates are texts.
pub fn to_json(field: &Field, value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(truth) => Json::Bool(*truth),
        Value::Integer(whole) => match field.kind {
            FieldType::Decimal { .. } | FieldType::Money => decimal(field, Decimal::from(*whole)),
            FieldType::Text { .. } => Json::String(whole.to_string()),
            _ => Json::from(*whole),
        },
        Value::Decimal(exact) => decimal(field, *exact),
        Value::Date(day) => Json::String(day.to_string()),
        Value::Text(text) if field.many => Json::Array(vec![Json::String(text.clone())]),
        Value::Text(text) => Json::String(text.clone()),
        Value::Texts(texts) => Json::Array(texts.iter().cloned().map(Json::String).collect()),
    }
}

fn decimal(field: &Field, exact: Decimal) -> Json {
    let mut exact = exact.normalize();
    if matches!(field.kind, FieldType::Money) {
        exact.rescale(2);
    }
    Json::String(exact.to_string())
}

/// The value that a field holds in an event; null where it does not fit the field.
pub fn from_json(field: &Field, json: &Json) -> Value {
    match (&field.kind, json) {
        (_, Json::Array(items)) => {
            Value::Texts(items.iter().filter_map(|item| item.as_str().map(str::to_owned)).collect())
        }
        (_, Json::Bool(truth)) => Value::Bool(*truth),
        (_, Json::Number(number)) => number.as_i64().map_or(Value::Null, Value::Integer),
        (FieldType::Date { .. }, Json::String(text)) => text.parse::<Date>().map_or(Value::Null, Value::Date),
        (FieldType::Decimal { .. } | FieldType::Money, Json::String(text)) => {
            Decimal::from_str_exact(text).map_or(Value::Null, Value::Decimal)
        }
        (_, Json::String(text)) => Value::Text(text.clone()),
        _ => Value::Null,
    }
}
