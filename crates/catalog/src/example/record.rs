//! Examples of record types: a row, and whether it is kept, flagged or refused.

use zhiheng_base::Diagnostic;

use super::{Cells, cell_value};
use crate::load::Catalog;
use crate::model::{RecordType, RowOutcome};

/// What happens to a row: fields at fault, and whether they refuse it or only flag it.
#[derive(Debug, Default)]
struct Verdict {
    refused: Vec<String>,
    flagged: Vec<String>,
}

pub(super) fn run(
    catalog: &Catalog,
    id: &str,
    row: &[(String, String)],
    outcome: &RowOutcome,
) -> Vec<Diagnostic> {
    let Some(record) = catalog.records.get(id) else { return Vec::new() };
    let verdict = judge(catalog, record, row);
    let good = match outcome {
        RowOutcome::Kept => verdict.refused.is_empty() && verdict.flagged.is_empty(),
        RowOutcome::Refused(field) => verdict.refused.contains(field),
        RowOutcome::Flagged(field) => verdict.refused.is_empty() && verdict.flagged.contains(field),
    };
    if good {
        return Vec::new();
    }
    let (wanted, field) = match outcome {
        RowOutcome::Kept => ("kept", ""),
        RowOutcome::Refused(field) => ("refused", field.as_str()),
        RowOutcome::Flagged(field) => ("flagged", field.as_str()),
    };
    let (found, fields) = if !verdict.refused.is_empty() {
        ("refused", verdict.refused)
    } else if verdict.flagged.is_empty() {
        ("kept", Vec::new())
    } else {
        ("flagged", verdict.flagged)
    };
    let diagnostic = Diagnostic::error("ZH2802")
        .arg("wanted", wanted)
        .arg("field", field)
        .arg("found", found)
        .arg("fields", fields.join(", "));
    vec![diagnostic]
}

fn judge(catalog: &Catalog, record: &RecordType, row: &[(String, String)]) -> Verdict {
    let mut verdict = Verdict::default();
    let mut cells = Cells::default();
    for field in &record.fields {
        let text = row.iter().find(|(id, _)| *id == field.id).map_or("", |(_, text)| text.as_str());
        match cell_value(field, text, &catalog.lists) {
            Ok(crate::Value::Null) if !field.optional => verdict.refused.push(field.id.clone()),
            Ok(value) => {
                cells.0.insert(field.id.clone(), value);
            }
            Err(()) => verdict.refused.push(field.id.clone()),
        }
    }
    for check in &record.checks {
        if check.must.holds(&cells) == Some(false) {
            let blamed = if check.warn { &mut verdict.flagged } else { &mut verdict.refused };
            blamed.extend(check.must.names.iter().cloned());
        }
    }
    verdict
}
