//! What was typed → values of a form and files of a case, checked as strictly as a file of records.

use std::collections::BTreeMap;
use std::io::Read;

use zhiheng_act::case::{Evidence, of_form};
use zhiheng_base::{Date, Diagnostic};
use zhiheng_catalog::example::cell_value;
use zhiheng_catalog::model::Procedure;
use zhiheng_catalog::{Catalog, Value};
use zhiheng_intake::check::field::FieldCheck;
use zhiheng_intake::read::Kind;
use zhiheng_record::Project;

use crate::trouble::Trouble;

/// `field=value` pairs, taken apart.
///
/// Errors: ZH7033 for a pair without `=`.
pub fn pairs(texts: &[String]) -> Result<Vec<(String, String)>, Vec<Diagnostic>> {
    let (mut pairs, mut problems) = (Vec::new(), Vec::new());
    for text in texts {
        match text.split_once('=') {
            Some((id, value)) => pairs.push((id.to_owned(), value.to_owned())),
            None => problems.push(Diagnostic::error("ZH7033").arg("text", text)),
        }
    }
    if problems.is_empty() { Ok(pairs) } else { Err(problems) }
}

/// What was typed as a form; unknown fields pass as text, the form's own check names them.
///
/// Errors: what a field's rules say.
pub fn read(
    catalog: &Catalog,
    procedure: &Procedure,
    pairs: &[(String, String)],
    today: Date,
) -> Result<BTreeMap<String, Value>, Vec<Diagnostic>> {
    let mut form = BTreeMap::new();
    let mut problems = Vec::new();
    for (id, text) in pairs {
        let value = match procedure.field(id) {
            None => Value::Text(text.clone()),
            Some(_) if text.trim().is_empty() => Value::Null,
            Some(field) if field.many => match cell_value(field, text, &catalog.lists) {
                Ok(value) => value,
                Err(()) => {
                    problems.push(of_form("ZH8207", procedure, id));
                    continue;
                }
            },
            Some(field) => {
                let mut check = FieldCheck::new(catalog, field, today, None);
                match check.check(Kind::Text, text.trim(), &mut None) {
                    Ok(typed) => typed.to_value(),
                    Err(problem) => {
                        let problem = problem.arg("field", id);
                        let named = problem.arg("field_zh", &field.name.zh).arg("field_en", &field.name.en);
                        problems.push(without_row(named));
                        continue;
                    }
                }
            }
        };
        form.insert(id.clone(), value);
    }
    if problems.is_empty() { Ok(form) } else { Err(problems) }
}

/// A problem of something that has no rows: its message names none.
pub(crate) fn without_row(problem: Diagnostic) -> Diagnostic {
    problem.arg("row", "none")
}

/// A file of a case, kept by the project.
///
/// Errors: those of keeping the file.
pub fn keep(project: &Project, kind: &str, name: &str, from: impl Read) -> Result<Evidence, Trouble> {
    let kept = project.keep_file(name, from)?;
    Ok(Evidence { kind: kind.to_owned(), name: kept.name, sha256: kept.sha256 })
}
