//! Corrections and withdrawals: new entries that name the old one and give a reason.

use serde_json::{Map, Value as Json};
use zhiheng_base::Diagnostic;
use zhiheng_base::draft::Draft;
use zhiheng_catalog::model::FileFormat;
use zhiheng_desk::row::record_type;
use zhiheng_intake::worker::Aim;
use zhiheng_intake::{Frame, Request, run_here};

use crate::context::Context;
use crate::failure::{Failure, Outcome};

/// `record correct`: the changed fields pass the same checks as a file would.
pub(super) fn correct(
    context: &Context,
    index: u64,
    set: &[String],
    reason: &str,
    by: &str,
    expect: Option<u64>,
) -> Outcome {
    let catalog = context.catalog()?;
    let (_, ledger) = context.ledger()?;
    let latest = context.wait(ledger.latest(index))?;
    let entry = context.wait(ledger.entry(latest))?;
    let of = entry.of.clone().unwrap_or_default();
    let record = record_type(&catalog, &of)?;
    let mut data = entry.data.as_object().cloned().unwrap_or_default();
    let personal: Vec<_> =
        record.fields.iter().filter(|field| field.personal && data.contains_key(&field.id)).collect();
    for field in personal {
        // The leaf holds a commitment; the value comes from the side table and is committed anew.
        match context.wait(ledger.personal(latest, &field.id))? {
            Some(value) => data.insert(field.id.clone(), value.into()),
            None => data.remove(&field.id),
        };
    }
    for assignment in set {
        let Some((field, value)) = assignment.split_once('=') else {
            return Err(Diagnostic::error("ZH7033").arg("text", assignment).into());
        };
        if record.field(field).is_none() {
            let known: Vec<&str> = record.fields.iter().map(|field| field.id.as_str()).collect();
            return Err(Diagnostic::error("ZH7034")
                .arg("field", field)
                .arg("of", &of)
                .arg("known", known.join(", "))
                .into());
        }
        data.insert(field.to_owned(), Json::from(value));
    }
    let draft = checked(context, &catalog, &of, &data)?;
    let expected = expect.or(Some(latest));
    let written = context.wait(ledger.correct(index, draft, reason, by, context.now(), expected))?;
    context.note(
        &context.say("cli-corrected", &[("old", &latest.to_string()), ("new", &written.entry.to_string())]),
    );
    Ok(())
}

/// The fields as a draft, through the same door as a file.
fn checked(
    context: &Context,
    catalog: &zhiheng_catalog::Catalog,
    of: &str,
    data: &Map<String, Json>,
) -> Result<Draft, Failure> {
    let path = std::env::temp_dir().join(format!("zhiheng-correction-{}.jsonl", std::process::id()));
    std::fs::write(&path, format!("{}\n", Json::Object(data.clone())))?;
    let request = Request {
        format: Some(FileFormat::Jsonl),
        ..Request::new(&path, Aim::Record(of.to_owned()), context.today())
    };
    let mut drafts = Vec::new();
    let mut problems = Vec::new();
    let done = run_here(&request, catalog, &mut |frame| match frame {
        Frame::Rows(rows) => drafts.extend(rows),
        Frame::Problems(some) => problems.extend(some),
        _ => {}
    });
    std::fs::remove_file(&path)?;
    done?;
    match drafts.pop() {
        Some(draft) => Ok(Draft { place: None, ..draft }),
        None => Err(Failure::Problems(problems)),
    }
}

/// `record withdraw`.
pub(super) fn withdraw(context: &Context, index: u64, reason: &str, by: &str) -> Outcome {
    let (_, ledger) = context.ledger()?;
    let written = context.wait(ledger.withdraw(index, reason, by, context.now(), None))?;
    let id = if written.repeated { "cli-withdrawn-already" } else { "cli-withdrawn" };
    context.note(&context.say(id, &[("n", &index.to_string()), ("entry", &written.entry.to_string())]));
    Ok(())
}
