//! The form of a step: all that must be filled in, nothing that does not belong.

use serde_json::Map;
use zhiheng_base::Diagnostic;
use zhiheng_catalog::Value;
use zhiheng_catalog::model::{Field, FieldType, Procedure, Step};

use super::ask::Ask;
use super::figures::{Filled, filled_in};
use super::value::to_json;

/// The form as it enters the event, with the figures that were fetched for it.
///
/// Errors, all of them: ZH8205 a field is missing, ZH8206 a field does not belong to the step, ZH8207 a value does not fit its
/// field, ZH8211 a day lies after the step, ZH8243–ZH8245 about fields that nobody types.
pub(crate) fn checked(procedure: &Procedure, step: &Step, ask: &Ask) -> Result<Filled, Vec<Diagnostic>> {
    let (form, on) = (&ask.form, ask.on);
    let mut problems = Vec::new();
    let mut written = Map::new();
    for (id, value) in form {
        let known = step.form.iter().chain(&step.may).any(|known| known == id);
        let Some(field) = procedure.field(id).filter(|_| known) else {
            let all: Vec<&str> = step.form.iter().chain(&step.may).map(String::as_str).collect();
            problems.push(of_field("ZH8206", procedure, step, id).arg("all", all.join(", ")));
            continue;
        };
        match value {
            Value::Null => {}
            Value::Date(day) if *day > on && !matches!(field.kind, FieldType::Date { future: true }) => {
                problems.push(Diagnostic::error("ZH8211").arg("on", day).arg("today", on));
            }
            value if fits(field, value) => {
                written.insert(id.clone(), to_json(field, value));
            }
            _ => problems.push(of_form("ZH8207", procedure, id)),
        }
    }
    for id in step.form.iter().filter(|id| procedure.figure(id).is_none()) {
        let optional = procedure.field(id).is_some_and(|field| field.optional);
        if !optional && form.get(id).is_none_or(|value| *value == Value::Null) {
            problems.push(of_field("ZH8205", procedure, step, id));
        }
    }
    match filled_in(procedure, step, ask, written) {
        Ok(filled) if problems.is_empty() => Ok(filled),
        Ok(_) => Err(problems),
        Err(found) => {
            problems.extend(found);
            Err(problems)
        }
    }
}

/// A problem of a field in the form of a step, with the names of both: people know no ids.
pub(crate) fn of_field(code: &'static str, procedure: &Procedure, step: &Step, field: &str) -> Diagnostic {
    let problem = of_form(code, procedure, field).arg("step", &step.id);
    problem.arg("step_zh", &step.name.zh).arg("step_en", &step.name.en)
}

/// A problem of a field, with its name.
pub fn of_form(code: &'static str, procedure: &Procedure, field: &str) -> Diagnostic {
    let name = procedure.field(field).map(|field| &field.name);
    let [zh, en] = [name.map_or(field, |name| &name.zh), name.map_or(field, |name| &name.en)];
    Diagnostic::error(code).arg("field", field).arg("field_zh", zh).arg("field_en", en)
}

/// Whether a value is of the field's type; its limits are the reader's business.
pub(crate) fn fits(field: &Field, value: &Value) -> bool {
    if field.many {
        return matches!(value, Value::Texts(_) | Value::Text(_) | Value::Null);
    }
    match (&field.kind, value) {
        (_, Value::Null) => true,
        (FieldType::Bool, Value::Bool(_)) | (FieldType::Date { .. }, Value::Date(_)) => true,
        (FieldType::Integer { min, max }, Value::Integer(whole)) => {
            min.is_none_or(|min| min <= *whole) && max.is_none_or(|max| *whole <= max)
        }
        (FieldType::Decimal { min, max, .. }, Value::Integer(_) | Value::Decimal(_)) => value
            .to_decimal()
            .is_some_and(|exact| min.is_none_or(|min| min <= exact) && max.is_none_or(|max| exact <= max)),
        (FieldType::Money, Value::Integer(_) | Value::Decimal(_)) => true,
        (FieldType::Text { max }, Value::Text(text)) => text.chars().count() <= *max as usize,
        (
            FieldType::Code { .. }
            | FieldType::Region { .. }
            | FieldType::Enterprise
            | FieldType::Product
            | FieldType::Standard
            | FieldType::Subject { .. },
            Value::Text(_),
        ) => true,
        _ => false,
    }
}
