//! The names that formulas of a procedure see: the sheet, the case's number, the day, the unit, last days of clocks.

use zhiheng_base::{Date, RegionCode};
use zhiheng_catalog::Value;
use zhiheng_catalog::formula::Row;
use zhiheng_catalog::model::Procedure;

use super::World;
use super::clocks::reckoned;
use super::fold::Case;

/// A case as formulas see it.
pub(crate) struct Names<'a> {
    pub(crate) world: World<'a>,
    pub(crate) case: &'a Case,
    pub(crate) on: Date,
    pub(crate) unit: &'a str,
}

impl Row for Names<'_> {
    fn value(&self, name: &str) -> Value {
        match name {
            "case_no" => Value::Text(self.case.number.clone()),
            "step_on" => Value::Date(self.on),
            "by_unit" => Value::Text(self.unit.to_owned()),
            _ => {
                if let Some(instance) = name.strip_prefix("due_") {
                    let found = reckoned(self.world.catalog, self.world.calendar, self.case, instance);
                    let due = found.ok().flatten().and_then(|found| found.reckoning.due());
                    return due.map_or(Value::Null, Value::Date);
                }
                self.case.sheet.get(name).cloned().unwrap_or(Value::Null)
            }
        }
    }
}

/// The region whose case it is.
pub(crate) fn region_of(procedure: &Procedure, case: &Case) -> Option<RegionCode> {
    match case.sheet.get(&procedure.region) {
        Some(Value::Text(code)) => RegionCode::parse(code).ok(),
        _ => None,
    }
}

/// `{name}` in `text` → values of the sheet, or what `other` gives; braces without a known name stay as they are.
pub(crate) fn filled(text: &str, case: &Case, other: &dyn Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, behind)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            continue;
        };
        match other(name).or_else(|| case.sheet.get(name).map(plain)) {
            Some(value) => out.push_str(&value),
            None => {
                out.push('{');
                out.push_str(name);
                out.push('}');
            }
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// A value as plain text.
pub(crate) fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(truth) => truth.to_string(),
        Value::Integer(whole) => whole.to_string(),
        Value::Decimal(exact) => exact.to_string(),
        Value::Date(day) => day.to_string(),
        Value::Text(text) => text.clone(),
        Value::Texts(texts) => texts.join("、"),
    }
}
