//! Conditions of the steps out of a state: whatever the sheet says, one of them holds.

use std::collections::BTreeMap;

use zhiheng_catalog::formula::Row;
use zhiheng_catalog::model::{FieldType, Procedure, Step};
use zhiheng_catalog::{Catalog, Value};

/// Most combinations that are tried; beyond, nothing is said.
const MOST: usize = 20_000;

/// Values of fields that were filled in before for which no step out of `state` can be taken; `None` if there are none, or if
/// conditions ask for more than codes and yes-or-no fields.
pub(super) fn uncovered(catalog: &Catalog, procedure: &Procedure, state: &str) -> Option<String> {
    let out: Vec<&Step> =
        procedure.steps.iter().filter(|step| step.from.iter().any(|from| from == state)).collect();
    if out.is_empty() || out.iter().any(|step| step.when.is_none()) {
        return None;
    }
    let mut names: Vec<&str> = out
        .iter()
        .filter_map(|step| step.when.as_ref())
        .flat_map(|when| &when.names)
        .map(String::as_str)
        .collect();
    names.sort_unstable();
    names.dedup();
    let choices: Vec<(&str, Vec<Value>)> =
        names.iter().map(|name| Some((*name, values(catalog, procedure, name)?))).collect::<Option<_>>()?;
    let count = choices.iter().try_fold(1_usize, |count, (_, values)| count.checked_mul(values.len()))?;
    if count > MOST {
        return None;
    }
    let rows: Vec<Sheet<'_>> = (0..count).map(|nth| row(&choices, nth)).collect();
    let taken =
        |row: &Sheet<'_>, step: &Step| step.when.as_ref().is_some_and(|when| when.holds(row) == Some(true));
    // The fields of a step's own form are filled in by whoever takes it.
    let free = |step: &Step, name: &str| step.form.iter().chain(&step.may).any(|own| own == name);
    let covered = |row: &Sheet<'_>| {
        out.iter().any(|step| {
            rows.iter().any(|other| {
                let same = names.iter().all(|name| free(step, name) || row.0.get(name) == other.0.get(name));
                same && taken(other, step)
            })
        })
    };
    let lost = rows.iter().find(|row| !covered(row))?;
    let told = lost.0.iter().map(|(name, value)| format!("{name} = {}", crate::case::names::plain(value)));
    Some(told.collect::<Vec<_>>().join(", "))
}

/// The values a field may have, none included where it may be empty.
fn values(catalog: &Catalog, procedure: &Procedure, name: &str) -> Option<Vec<Value>> {
    let field = procedure.field(name).filter(|field| !field.many)?;
    let mut values = match &field.kind {
        FieldType::Bool => vec![Value::Bool(true), Value::Bool(false)],
        FieldType::Code { list } => {
            catalog.lists.get(list)?.items.iter().map(|item| Value::Text(item.code.clone())).collect()
        }
        _ => return None,
    };
    // That a field which must be filled in was, the forms of the steps before see to.
    if field.optional {
        values.push(Value::Null);
    }
    Some(values)
}

/// One combination.
struct Sheet<'a>(BTreeMap<&'a str, &'a Value>);

impl Row for Sheet<'_> {
    fn value(&self, name: &str) -> Value {
        self.0.get(name).map_or(Value::Null, |value| (*value).clone())
    }
}

fn row<'a>(choices: &'a [(&'a str, Vec<Value>)], nth: usize) -> Sheet<'a> {
    let mut rest = nth;
    let mut row = BTreeMap::new();
    for (name, values) in choices {
        if let Some(value) = values.get(rest % values.len().max(1)) {
            row.insert(*name, value);
        }
        rest /= values.len().max(1);
    }
    Sheet(row)
}
