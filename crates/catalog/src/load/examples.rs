//! `[[….example]]` blocks → data. They are run elsewhere; here their names and values are checked.

use zhiheng_base::{Decimal, Diagnostic, Period, RegionCode};

use super::definitions::{Kind, Raw, World};
use super::node::{Node, date, number, scalar_text, whole};
use super::records::no_field;
use crate::Value;
use crate::example::cell_value;
use crate::formula::ValueType;
use crate::model::{Every, Example, ExampleCase, Expected, Field, Given, RecordType, RowOutcome};
use toml::de::DeValue;

/// Reads the examples of all definitions that passed.
pub(super) fn read(world: &mut World<'_>, problems: &mut Vec<Diagnostic>) {
    let mut examples = Vec::new();
    for raw in world.of_kind(Kind::Record) {
        let Some(record) = world.records.get(&raw.id) else { continue };
        for node in raw.node.subs("example") {
            if let Some(case) = record_case(&node, record, problems) {
                examples.push(Example { of: raw.id.clone(), origin: node.origin(), case });
            }
        }
    }
    for raw in world.of_kind(Kind::Indicator).into_iter().filter(|raw| world.indicators.contains_key(&raw.id))
    {
        for node in raw.node.subs("example") {
            if let Some(case) = indicator_case(&node, &raw, world, problems) {
                examples.push(Example { of: raw.id.clone(), origin: node.origin(), case });
            }
        }
    }
    world.examples = examples;
}

fn record_case(node: &Node<'_>, record: &RecordType, problems: &mut Vec<Diagnostic>) -> Option<ExampleCase> {
    let cells = node.sub("row")?;
    let mut row = Vec::new();
    for (id, span, value) in cells.entries() {
        let Some(_) = record.field(id) else {
            problems.push(no_field("row", id, &record.fields).at(node.file.place(span)));
            continue;
        };
        let text = match value.get_ref() {
            DeValue::Array(items) => {
                let texts: Vec<_> = items.iter().filter_map(|item| scalar_text(item.get_ref())).collect();
                texts.join(";")
            }
            other => scalar_text(other)?,
        };
        row.push((id.to_owned(), text));
    }
    let outcome = match (node.truth("ok"), node.text("refused"), node.text("warns")) {
        (Some(true), None, None) => RowOutcome::Kept,
        (None, Some(field), None) => RowOutcome::Refused(field.to_owned()),
        (None, None, Some(field)) => RowOutcome::Flagged(field.to_owned()),
        _ => {
            problems.push(Diagnostic::error("ZH2804").at(node.place()));
            return None;
        }
    };
    if let RowOutcome::Refused(id) | RowOutcome::Flagged(id) = &outcome
        && record.field(id).is_none()
    {
        let key = if node.value("refused").is_some() { "refused" } else { "warns" };
        problems.push(no_field(key, id, &record.fields).at(node.at(key)));
        return None;
    }
    Some(ExampleCase::Record { row, outcome })
}

fn indicator_case(
    node: &Node<'_>,
    raw: &Raw<'_>,
    world: &World<'_>,
    problems: &mut Vec<Diagnostic>,
) -> Option<ExampleCase> {
    let own =
        world.indicators.get(&raw.id).and_then(|indicator| super::links::record_of(&indicator.kind, world));
    let mut given = Vec::new();
    for one in node.subs("given") {
        let before = one.truth("before").unwrap_or(false);
        if let Some(of) = one.text("of") {
            if !world.indicators.contains_key(of) {
                world.refers(Kind::Indicator, of, &raw.id, || one.at("of"), problems);
                return None;
            }
            given.push(Given::Measure { of: of.to_owned(), value: one.number("value")?, before });
            continue;
        }
        let record = one.owned("record");
        if let Some(id) = &record
            && !world.refers(Kind::Record, id, &raw.id, || one.at("record"), problems)
        {
            return None;
        }
        let record_type = record.as_deref().or(own).and_then(|id| world.records.get(id))?;
        let fields = fields(&one, record_type, world, problems)?;
        let count = one.whole("count").and_then(|count| u64::try_from(count).ok()).unwrap_or(1);
        let every = one.text("every").map(|word| match word {
            "day" => Every::Day,
            "week" => Every::Week,
            "month" => Every::Month,
            _ => Every::Year,
        });
        let times = one.whole("times").and_then(|times| u32::try_from(times).ok()).unwrap_or(1);
        let again = every.map(|every| (every, times));
        given.push(Given::Rows { record, count, fields, again, before });
    }
    let expect = node.sub("expect")?;
    let value = expect.owned("value")?;
    let region = match node.text("region").map(RegionCode::parse).transpose() {
        Ok(region) => region,
        Err(problem) => {
            problems.push(problem.at(node.at("region")));
            None
        }
    };
    let period = match node.text("period").map(Period::parse).transpose() {
        Ok(period) => period,
        Err(problem) => {
            problems.push(problem.at(node.at("period")));
            None
        }
    };
    Some(ExampleCase::Indicator {
        given,
        on: node.date("on"),
        at: (region, period),
        expect: Expected {
            value: (value != "none").then_some(value),
            low: expect.owned("low"),
            high: expect.owned("high"),
            top: expect.number("top"),
            bottom: expect.number("bottom"),
        },
    })
}

fn fields(
    node: &Node<'_>,
    record: &RecordType,
    world: &World<'_>,
    problems: &mut Vec<Diagnostic>,
) -> Option<Vec<(String, Value)>> {
    let mut values = Vec::new();
    for (id, span, value) in node.sub("fields").map(|fields| fields.entries()).unwrap_or_default() {
        let Some(field) = record.field(id) else {
            problems.push(no_field("fields", id, &record.fields).at(node.file.place(span)));
            return None;
        };
        let Some(value) = typed(field, value.get_ref(), world) else {
            let place = node.file.place(value.span());
            problems.push(Diagnostic::error("ZH2803").arg("field", id).at(place));
            return None;
        };
        values.push((id.to_owned(), value));
    }
    Some(values)
}

/// A TOML value as a value of the field.
pub(super) fn typed(field: &Field, value: &DeValue<'_>, world: &World<'_>) -> Option<Value> {
    Some(match (field.value_type(), value) {
        (ValueType::Texts, DeValue::Array(items)) => {
            Value::Texts(items.iter().filter_map(|item| scalar_text(item.get_ref())).collect())
        }
        (ValueType::Integer, DeValue::Integer(_)) => Value::Integer(whole(value)?),
        (ValueType::Decimal, _) => Value::Decimal(number(value)? + Decimal::ZERO),
        (ValueType::Bool, DeValue::Boolean(truth)) => Value::Bool(*truth),
        (ValueType::Date, DeValue::Datetime(_)) => Value::Date(date(value)?),
        _ => cell_value(field, &scalar_text(value)?, &world.lists).ok()?,
    })
}
