//! A record's JSON as a formula reads it.

use rust_decimal::Decimal;
use serde_json::{Map, Value as Json};
use zhiheng_base::{Date, Diagnostic};
use zhiheng_catalog::Catalog;
use zhiheng_catalog::formula::{Row, Value, ValueType};
use zhiheng_catalog::model::RecordType;

/// The fields of one record.
#[derive(Clone, Copy, Debug)]
pub struct Fields<'a> {
    /// Its type.
    pub record: &'a RecordType,
    /// Its values.
    pub data: &'a Map<String, Json>,
}

impl Row for Fields<'_> {
    fn value(&self, name: &str) -> Value {
        let kind = self.record.field(name).map(zhiheng_catalog::model::Field::value_type);
        match (self.data.get(name), kind) {
            (None | Some(Json::Null), _) => Value::Null,
            (Some(Json::Bool(truth)), _) => Value::Bool(*truth),
            (Some(Json::Number(number)), _) => number.as_i64().map_or(Value::Null, Value::Integer),
            (Some(Json::Array(items)), _) => {
                Value::Texts(items.iter().filter_map(Json::as_str).map(str::to_owned).collect())
            }
            (Some(Json::String(text)), Some(ValueType::Decimal)) => {
                text.parse::<Decimal>().map_or(Value::Null, Value::Decimal)
            }
            (Some(Json::String(text)), Some(ValueType::Date)) => {
                text.parse::<Date>().map_or(Value::Null, Value::Date)
            }
            (Some(Json::String(text)), _) => Value::Text(text.clone()),
            (Some(Json::Object(_)), _) => Value::Null,
        }
    }
}

/// The record type with this id.
///
/// Errors: ZH7030 with near ones if there is none.
pub fn record_type<'c>(catalog: &'c Catalog, id: &str) -> Result<&'c RecordType, Diagnostic> {
    catalog.records.get(id).ok_or_else(|| {
        let name = id.rsplit('.').next().unwrap_or(id);
        let near: Vec<&str> =
            catalog.records.keys().map(String::as_str).filter(|known| known.contains(name)).collect();
        let near = if near.is_empty() { catalog.records.keys().map(String::as_str).collect() } else { near };
        Diagnostic::error("ZH7030").arg("id", id).arg("near", near.join(", "))
    })
}
