//! JSON Schema (2020-12) of the files, so that editors complete keys and say what is wrong while one types.
//!
//! It is made from the table of keys that the checker uses, with the words of both languages.

use serde_json::{Map, Value as Json, json};
use zhiheng_base::Lang;
use zhiheng_base::words::say;

use crate::load::keys::{self, Shape, Table};

/// Files that have a schema.
pub const KINDS: [&str; 9] =
    ["lists", "records", "indicators", "sources", "regions", "reports", "scheme", "procedure", "letters"];

/// The schema of a file (`records` for `records.toml`, `reports` and `letters` for the front matter), or `None` for a kind that
/// is not one of [`KINDS`].
pub fn schema(kind: &str) -> Option<Json> {
    let mut defs = Map::new();
    let named = |word: &str, table: &'static Table, defs: &mut Map<String, Json>| {
        let definitions = json!({
            "type": "object",
            "propertyNames": { "pattern": "^[a-z][a-z0-9_]*$" },
            "additionalProperties": reference(table, defs),
        });
        object(&[(word, definitions)])
    };
    let mut schema = match kind {
        "lists" => named("list", &keys::LIST, &mut defs),
        "records" => named("record", &keys::RECORD, &mut defs),
        "indicators" => named("indicator", &keys::INDICATOR, &mut defs),
        "scheme" => {
            let mut both = named("scheme", &keys::SCHEME, &mut defs);
            let subjects = named("subject_scheme", &keys::SUBJECT_SCHEME, &mut defs);
            both["properties"]["subject_scheme"] = subjects["properties"]["subject_scheme"].clone();
            both
        }
        "procedure" => {
            let mut schema = named("procedure", &keys::PROCEDURE, &mut defs);
            let clocks = json!({ "type": "array", "items": reference(&keys::CLOCK, &mut defs) });
            schema["properties"]["clock"] = clocks;
            schema
        }
        "letters" => {
            let reference = reference(&keys::LETTER, &mut defs);
            json!({ "allOf": [reference] })
        }
        "sources" => named("source", &keys::SOURCE, &mut defs),
        "regions" => {
            let regions = json!({ "type": "array", "items": reference(&keys::REGION, &mut defs) });
            object(&[("region", regions)])
        }
        "reports" => {
            let reference = reference(&keys::REPORT, &mut defs);
            json!({ "allOf": [reference] })
        }
        _ => return None,
    };
    let title = format!("{kind}.toml");
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!(match kind {
        "reports" => "+++",
        "letters" => "---",
        _ => title.as_str(),
    });
    schema["$defs"] = Json::Object(defs);
    Some(schema)
}

fn object(properties: &[(&str, Json)]) -> Json {
    let properties: Map<String, Json> =
        properties.iter().map(|(name, schema)| ((*name).to_owned(), schema.clone())).collect();
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

/// A reference to a table's schema, which is written among the definitions once.
fn reference(table: &'static Table, defs: &mut Map<String, Json>) -> Json {
    if !defs.contains_key(table.name) {
        // A place is held first, so that tables within tables end.
        defs.insert(table.name.to_owned(), Json::Null);
        let schema = self::table(table, defs);
        defs.insert(table.name.to_owned(), schema);
    }
    json!({ "$ref": format!("#/$defs/{}", table.name) })
}

fn table(table: &'static Table, defs: &mut Map<String, Json>) -> Json {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for (owner, key) in table.all() {
        let mut schema = shape(&key.shape, defs);
        let id = format!("key-{owner}-{}", key.name.replace('_', "-"));
        let words = format!("{}\n{}", say(Lang::Zh, &id, &[]), say(Lang::En, &id, &[]));
        schema["description"] = json!(words);
        properties.insert(key.name.to_owned(), schema);
        if key.required {
            required.push(key.name);
        }
    }
    let mut schema = json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    });
    if table.name == "indicator" {
        schema["allOf"] = Json::Array(keys::INDICATOR_KINDS.iter().map(kind_rule).collect());
    }
    if table.name == "field" {
        schema["allOf"] = Json::Array(keys::FIELD_TYPES.iter().map(type_rule).collect());
    }
    schema
}

/// Keys that one kind of indicator needs, and keys of other kinds that it must not have.
fn kind_rule((kind, required, optional): &(&str, &[&str], &[&str])) -> Json {
    let foreign = keys::KIND_KEYS.iter().filter(|key| !required.contains(key) && !optional.contains(key));
    let none: Map<String, Json> = foreign.map(|key| ((*key).to_owned(), json!(false))).collect();
    json!({
        "if": { "properties": { "kind": { "const": kind } } },
        "then": { "required": required, "properties": none },
    })
}

/// Keys of other types that a field of one type must not have.
fn type_rule((word, own): &(&str, &[&str])) -> Json {
    let all = keys::FIELD_TYPES.iter().flat_map(|(_, keys)| keys.iter());
    let none: Map<String, Json> =
        all.filter(|key| !own.contains(key)).map(|key| ((*key).to_owned(), json!(false))).collect();
    json!({ "if": { "properties": { "type": { "const": word } } }, "then": { "properties": none } })
}

fn shape(shape: &Shape, defs: &mut Map<String, Json>) -> Json {
    match shape {
        Shape::Text | Shape::Formula => json!({ "type": "string", "minLength": 1 }),
        Shape::Words => json!({
            "type": "object",
            "properties": { "zh": { "type": "string" }, "en": { "type": "string" } },
            "required": ["zh", "en"],
            "additionalProperties": false,
        }),
        Shape::Texts => {
            json!({ "type": "array", "items": { "type": "string", "minLength": 1 }, "minItems": 1 })
        }
        // TOML tools hand dates to schemas as text of this form.
        Shape::Date => json!({ "type": "string", "format": "date" }),
        Shape::Moment => json!({ "type": "string" }),
        Shape::Bool => json!({ "type": "boolean" }),
        Shape::Whole(i64::MIN, i64::MAX) => json!({ "type": "integer" }),
        Shape::Whole(least, most) => json!({ "type": "integer", "minimum": least, "maximum": most }),
        Shape::Number => json!({ "type": ["number", "string"] }),
        Shape::OneOf(words) => json!({ "enum": words }),
        Shape::Sub(table) => reference(table, defs),
        Shape::SubList(table) => json!({ "type": "array", "items": reference(table, defs) }),
        Shape::MapOf(each) => json!({ "type": "object", "additionalProperties": self::shape(each, defs) }),
        Shape::Scalar => json!({ "type": ["string", "number", "boolean", "array"] }),
        Shape::List(each) => json!({ "type": "array", "items": self::shape(each, defs) }),
        Shape::Either(shapes) => {
            let any: Vec<Json> = shapes.iter().map(|one| self::shape(one, defs)).collect();
            json!({ "anyOf": any })
        }
    }
}
