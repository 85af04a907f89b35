//! `zhiheng record`: forms, checking, importing, listing, correcting.

mod change;
mod list;
mod read;

use std::path::PathBuf;

use zhiheng_desk::row::record_type;
use zhiheng_intake::workbook::{TemplateOptions, template};

use crate::args::RecordVerb;
use crate::context::Context;
use crate::failure::Outcome;

/// Runs a verb of `record`.
pub(crate) fn run(context: &Context, verb: RecordVerb) -> Outcome {
    match verb {
        RecordVerb::Template { of, output, unit } => form(context, &of, output, unit),
        RecordVerb::Check { reading } => read::check(context, &reading),
        RecordVerb::Import { reading, accept, dry_run, by, id, provenance, basis, receipt } => {
            let how = read::How { accept, dry_run, by, id, provenance, basis, receipt };
            read::import(context, &reading, &how)
        }
        RecordVerb::List { of, r#where, region, period, limit } => {
            list::list(context, &of, r#where.as_deref(), region.as_deref(), period.as_deref(), limit)
        }
        RecordVerb::Show { index } => list::show(context, index),
        RecordVerb::History { index } => list::history(context, index),
        RecordVerb::Correct { index, set, reason, by, expect } => {
            change::correct(context, index, &set, &reason, &by, expect)
        }
        RecordVerb::Withdraw { index, reason, by } => change::withdraw(context, index, &reason, &by),
    }
}

fn form(context: &Context, of: &str, output: Option<PathBuf>, unit: Option<String>) -> Outcome {
    let catalog = context.catalog()?;
    let record = record_type(&catalog, of)?;
    let options = TemplateOptions { lang: context.lang, unit, today: context.today() };
    let path = output.unwrap_or_else(|| PathBuf::from(format!("{of}.xlsx")));
    std::fs::write(&path, template(&catalog, record, &options)?)?;
    context.note(&context.say("cli-form-written", &[("file", &path.display().to_string())]));
    Ok(())
}
