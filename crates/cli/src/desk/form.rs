//! What was typed → values of a form and files of a case, checked as strictly as a file of records.

use std::collections::BTreeMap;
use std::fs::File;

use zhiheng_act::case::Evidence;
use zhiheng_base::{Date, Diagnostic};
use zhiheng_catalog::example::cell_value;
use zhiheng_catalog::model::Procedure;
use zhiheng_catalog::{Catalog, Value};
use zhiheng_intake::check::field::FieldCheck;
use zhiheng_intake::read::Kind;

use crate::context::Context;
use crate::failure::Failure;

/// `field=value` pairs as a form; unknown fields pass as text, the form's own check names them.
///
/// Errors: ZH7033 for a pair without `=`, and what a field's rules say.
pub(crate) fn read(
    catalog: &Catalog,
    procedure: &Procedure,
    pairs: &[String],
    today: Date,
) -> Result<BTreeMap<String, Value>, Vec<Diagnostic>> {
    let mut form = BTreeMap::new();
    let mut problems = Vec::new();
    for pair in pairs {
        let Some((id, text)) = pair.split_once('=') else {
            problems.push(Diagnostic::error("ZH7033").arg("text", pair));
            continue;
        };
        let value = match procedure.field(id) {
            None => Value::Text(text.to_owned()),
            Some(_) if text.trim().is_empty() => Value::Null,
            Some(field) if field.many => match cell_value(field, text, &catalog.lists) {
                Ok(value) => value,
                Err(()) => {
                    problems.push(Diagnostic::error("ZH8207").arg("field", id));
                    continue;
                }
            },
            Some(field) => {
                let mut check = FieldCheck::new(catalog, field, today, None);
                match check.check(Kind::Text, text.trim(), &mut None) {
                    Ok(typed) => typed.to_value(),
                    Err(problem) => {
                        problems.push(problem.arg("field", id));
                        continue;
                    }
                }
            }
        };
        form.insert(id.to_owned(), value);
    }
    if problems.is_empty() { Ok(form) } else { Err(problems) }
}

/// `kind=path` pairs as files kept by the project.
///
/// Errors: ZH7033 for a pair without `=`; files that cannot be read.
pub(crate) fn attached(context: &Context, pairs: &[String]) -> Result<Vec<Evidence>, Failure> {
    let project = context.project()?;
    let mut files = Vec::new();
    for pair in pairs {
        let Some((kind, path)) = pair.split_once('=') else {
            return Err(Diagnostic::error("ZH7033").arg("text", pair).into());
        };
        let file = File::open(path)
            .map_err(|error| Diagnostic::error("ZH8228").arg("file", path).arg("why", error))?;
        let kept = project.keep_file(path, file)?;
        files.push(Evidence { kind: kind.to_owned(), name: kept.name, sha256: kept.sha256 });
    }
    Ok(files)
}
