//! A field's value as a person reads it: dates in words, codes by their names, money with its unit.
//!
//! Letters, pages and the sheet of a case print the same value the same way. What comes out is text and stays text: no
//! output format reads markup in it.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use zhiheng_base::period::date_title;
use zhiheng_base::{Date, Lang, RegionCode};
use zhiheng_catalog::model::{Field, FieldType};
use zhiheng_catalog::{Catalog, PRODUCTS};

use crate::names;
use crate::words::say;
use zhiheng_base::words::between;

/// List of the symbols of units.
const UNITS: &str = "base.unit";

/// What a field is called and what stands in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// The field's name.
    pub name: String,
    /// The value in words; empty if it is not filled in.
    pub text: String,
    /// Filled in and not "no": what `{{if field}}` asks.
    pub holds: bool,
}

/// Names of enterprises by code; the catalog knows none.
pub type Enterprises<'a> = &'a dyn Fn(&str) -> Option<String>;

/// What `value` is shown as under `field`.
///
/// `value` has the form of a ledger's leaf: dates, decimals and money as text, several values as a list, `null` if it is
/// not filled in. What does not fit the field's type is shown as it stands, since a reader must see what was recorded.
/// `on` chooses the names of regions. A personal value of which only the commitment is at hand is said to be withheld.
pub fn shown(
    catalog: &Catalog,
    field: &Field,
    value: &Value,
    enterprises: Enterprises<'_>,
    on: Date,
    lang: Lang,
) -> Shown {
    let one = |value: &Value| text(catalog, field, value, enterprises, on, lang);
    let text = match value {
        Value::Array(values) => {
            let parts: Vec<String> = values.iter().map(one).filter(|part| !part.is_empty()).collect();
            parts.join(&between(lang, "list-separator"))
        }
        value => one(value),
    };
    let holds = !text.is_empty() && *value != Value::Bool(false);
    Shown { name: field.name.get(lang).to_owned(), text, holds }
}

fn text(
    catalog: &Catalog,
    field: &Field,
    value: &Value,
    enterprises: Enterprises<'_>,
    on: Date,
    lang: Lang,
) -> String {
    let plain = match value {
        Value::Null => return String::new(),
        Value::Bool(true) => return say(lang, "shown-yes", &[]),
        Value::Bool(false) => return say(lang, "shown-no", &[]),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.trim().to_owned(),
        Value::Array(_) | Value::Object(_) => value.to_string(),
    };
    if plain.is_empty() {
        return plain;
    }
    if field.personal && plain.starts_with("sha256:") {
        return say(lang, "shown-personal", &[]);
    }
    let named = match &field.kind {
        FieldType::Text { .. } | FieldType::Bool | FieldType::Standard | FieldType::Subject { .. } => None,
        FieldType::Date { .. } => plain.parse().ok().map(|day| date_title(lang, day)),
        FieldType::Integer { .. } => number(&plain).map(|n| names::grouped(&n.to_string(), lang)),
        FieldType::Decimal { unit, .. } => {
            number(&plain).map(|n| with_unit(catalog, &n.normalize().to_string(), unit.as_deref(), lang))
        }
        FieldType::Money => number(&plain).map(|mut yuan| {
            yuan.rescale(2);
            say(lang, "shown-money", &[("yuan", &names::grouped(&yuan.to_string(), lang))])
        }),
        FieldType::Code { list } => code(catalog, list, &plain, lang),
        FieldType::Product => code(catalog, PRODUCTS, &plain, lang),
        FieldType::Region { .. } => RegionCode::parse(&plain).ok().map(|code| place(catalog, code, on, lang)),
        FieldType::Enterprise => enterprises(&plain)
            .map(|name| say(lang, "shown-enterprise", &[("name", &name), ("code", &plain)])),
    };
    named.unwrap_or(plain)
}

fn number(text: &str) -> Option<Decimal> {
    text.parse().ok()
}

fn code(catalog: &Catalog, list: &str, code: &str, lang: Lang) -> Option<String> {
    let list = catalog.lists.get(list)?;
    list.items.iter().find(|item| item.code == code).map(|item| item.name.get(lang).to_owned())
}

fn with_unit(catalog: &Catalog, number: &str, unit: Option<&str>, lang: Lang) -> String {
    let number = names::grouped(number, lang);
    match unit {
        None => number,
        Some("percent") => format!("{number}%"),
        Some(unit) => {
            let unit = code(catalog, UNITS, unit, lang).unwrap_or_else(|| unit.to_owned());
            say(lang, "shown-quantity", &[("number", &number), ("unit", &unit)])
        }
    }
}

/// A region with the regions above it, as an address is written; in English its own name.
fn place(catalog: &Catalog, code: RegionCode, on: Date, lang: Lang) -> String {
    let own = names::region(catalog, code, on, lang);
    if lang == Lang::En || code == RegionCode::NATION {
        return own;
    }
    let above = code.ancestors().filter(|&above| above != RegionCode::NATION);
    let mut parts = vec![own];
    // A heading such as "districts of the city" repeats the name above it or is none: the full name leaves it out.
    let full = catalog.regions.full_name(code).unwrap_or_default();
    parts.extend(
        above
            .map(|above| names::region(catalog, above, on, lang))
            .filter(|name| full.contains(name.as_str())),
    );
    parts.reverse();
    parts.dedup();
    parts.concat()
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use zhiheng_base::Words;
    use zhiheng_catalog::load;

    use super::*;

    fn field(kind: FieldType) -> Field {
        Field {
            id: "it".into(),
            name: Words::new("项目", "Item"),
            also: Vec::new(),
            kind,
            optional: true,
            many: false,
            personal: false,
            says: None,
            example: None,
            line: 1,
        }
    }

    fn both(kind: FieldType, value: &Value) -> [String; 2] {
        let catalog = load(&[]).catalog;
        let named = |code: &str| (code == "91350100M0001TGQXM").then(|| "示例食品有限公司".to_owned());
        [Lang::Zh, Lang::En].map(|lang| {
            shown(&catalog, &field(kind.clone()), value, &named, "2024-08-19".parse().unwrap(), lang).text
        })
    }

    #[test]
    fn each_type_is_printed_as_a_person_reads_it() {
        let list = |id: &str| FieldType::Code { list: id.to_owned() };
        let decimal =
            |unit: &str| FieldType::Decimal { min: None, max: None, scale: 6, unit: Some(unit.to_owned()) };
        let rows: [(FieldType, Value, [&str; 2]); 17] = [
            (FieldType::Date { future: false }, json!("2024-08-09"), ["2024年8月9日", "2024-08-09"]),
            (FieldType::Money, json!("1234567.5"), ["1234567.50元", "CNY 1,234,567.50"]),
            (FieldType::Money, json!("-0.05"), ["-0.05元", "CNY -0.05"]),
            (FieldType::Integer { min: None, max: None }, json!(12000), ["12000", "12,000"]),
            (decimal("10k-yuan"), json!("12.50"), ["12.5万元", "12.5 10,000 yuan"]),
            (decimal("percent"), json!("12.50"), ["12.5%", "12.5%"]),
            (decimal("furlong"), json!("3"), ["3furlong", "3 furlong"]),
            (FieldType::Bool, json!(true), ["是", "yes"]),
            (FieldType::Bool, json!(false), ["否", "no"]),
            (list("base.unit"), json!("t"), ["吨", "Tonnes"]),
            (list("base.unit"), json!("gone"), ["gone", "gone"]),
            (
                FieldType::Region { at_least: zhiheng_base::Level::Province },
                json!("621124"),
                ["甘肃省定西市临洮县", "Lintao County"],
            ),
            (
                FieldType::Enterprise,
                json!("91350100M0001TGQXM"),
                ["示例食品有限公司（91350100M0001TGQXM）", "示例食品有限公司 (91350100M0001TGQXM)"],
            ),
            (
                FieldType::Enterprise,
                json!("91350100MA00000000"),
                ["91350100MA00000000", "91350100MA00000000"],
            ),
            (
                FieldType::Text { max: 40 },
                json!("#read(\"/etc/passwd\") *甲*"),
                ["#read(\"/etc/passwd\") *甲*"; 2],
            ),
            (FieldType::Date { future: false }, json!("last week"), ["last week"; 2]),
            (FieldType::Money, Value::Null, [""; 2]),
        ];
        for (kind, value, expected) in rows {
            let got = both(kind.clone(), &value);
            // Regions of the catalog that have no English name print their Chinese one.
            if let FieldType::Region { .. } = kind {
                assert_eq!(got[0], expected[0]);
                continue;
            }
            assert_eq!(got, expected, "{kind:?} {value}");
        }
    }

    #[test]
    fn several_values_are_listed_and_no_is_not_filled() {
        let catalog = load(&[]).catalog;
        let day: Date = "2024-08-19".parse().unwrap();
        let show = |kind, value: Value| shown(&catalog, &field(kind), &value, &|_| None, day, Lang::Zh);
        let units = show(FieldType::Code { list: "base.unit".into() }, json!(["t", "kg"]));
        assert_eq!((units.name.as_str(), units.text.as_str(), units.holds), ("项目", "吨、千克", true));
        assert!(!show(FieldType::Bool, json!(false)).holds);
        assert!(!show(FieldType::Text { max: 9 }, json!("  ")).holds);
        assert!(!show(FieldType::Text { max: 9 }, json!([])).holds);
        assert!(show(FieldType::Integer { min: None, max: None }, json!(0)).holds);
    }

    #[test]
    fn a_commitment_is_not_printed() {
        let catalog = load(&[]).catalog;
        let day: Date = "2024-08-19".parse().unwrap();
        let personal = Field { personal: true, ..field(FieldType::Text { max: 20 }) };
        let show = |value: &str| shown(&catalog, &personal, &json!(value), &|_| None, day, Lang::Zh).text;
        assert_eq!(show("sha256:ab12"), "〔个人信息，不列出〕");
        assert_eq!(show("示例岗位"), "示例岗位");
    }
}
