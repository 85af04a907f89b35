//! Reading files: `record check` and `record import`.

use std::path::{Path, PathBuf};

use serde_json::json;
use zhiheng_base::{Diagnostic, Severity};
use zhiheng_catalog::Catalog;
use zhiheng_catalog::model::Accept;
use zhiheng_desk::row::record_type;
use zhiheng_intake::worker::{Aim, Done, annotate, read};
use zhiheng_intake::{Frame, Request};
use zhiheng_record::import::{Import, Imported};

use crate::args::{AcceptArg, ProvenanceArg, Reading};
use crate::context::Context;
use crate::failure::{Failure, Outcome, show};
use crate::output::json as print_json;

/// Problems shown one by one; the others are in the summary and in the annotated workbook.
const SHOWN_MAX: usize = 20;

/// How an import is to be done.
pub(super) struct How {
    pub(super) accept: Option<AcceptArg>,
    pub(super) dry_run: bool,
    pub(super) by: String,
    pub(super) id: Option<String>,
    pub(super) provenance: ProvenanceArg,
    pub(super) basis: Option<String>,
    pub(super) receipt: Option<PathBuf>,
}

fn requests(context: &Context, catalog: &Catalog, reading: &Reading) -> Vec<Request> {
    let aim = match (&reading.of, &reading.source) {
        (_, Some(source)) => Aim::Source(source.clone()),
        (of, None) => Aim::Record(of.clone().unwrap_or_default()),
    };
    let one = |path: &PathBuf| Request {
        folders: context.catalog_folders(),
        catalog: Some(catalog.digest.clone()),
        ..Request::new(path, aim.clone(), context.today())
    };
    reading.files.iter().map(one).collect()
}

/// The record type that the files become.
fn target(catalog: &Catalog, reading: &Reading) -> Result<String, Diagnostic> {
    match &reading.source {
        None => Ok(record_type(catalog, reading.of.as_deref().unwrap_or_default())?.head.id.clone()),
        Some(id) => catalog.sources.get(id).map(|source| source.into.clone()).ok_or_else(|| {
            let known: Vec<&str> = catalog.sources.keys().map(String::as_str).collect();
            Diagnostic::error("ZH7031").arg("id", id).arg("known", known.join(", "))
        }),
    }
}

/// `record check`: reads, says what is wrong, writes nothing but the annotated workbook.
pub(super) fn check(context: &Context, reading: &Reading) -> Outcome {
    let catalog = context.catalog()?;
    target(&catalog, reading)?;
    let program = std::env::current_exe()?;
    let mut refused = 0;
    let mut marked = reading.annotate.as_deref();
    for request in requests(context, &catalog, reading) {
        let progress = context.progress("cli-progress-check", 0);
        let mut problems = Vec::new();
        let mut hear = |frame| match frame {
            Frame::Problems(some) => problems.extend(some),
            Frame::Progress { seen, .. } => progress.set(seen),
            _ => {}
        };
        let done = match marked.take() {
            Some(output) => {
                let (workbook, done) = annotate(&program, &request, context.lang, hear)?;
                save_annotated(context, output, &workbook)?;
                done
            }
            None => read(&program, &request, |frame| {
                hear(frame);
                true
            })?
            .unwrap_or_default(),
        };
        progress.finish();
        refused += done.refused;
        tell(context, &request.name, &problems, &done)?;
    }
    if refused > 0 { Err(Failure::Problems(Vec::new())) } else { Ok(()) }
}

fn write_annotated(context: &Context, catalog: &Catalog, reading: &Reading, output: &Path) -> Outcome {
    let program = std::env::current_exe()?;
    for request in requests(context, catalog, reading).into_iter().take(1) {
        let (workbook, _) = annotate(&program, &request, context.lang, |_| {})?;
        save_annotated(context, output, &workbook)?;
    }
    Ok(())
}

fn save_annotated(context: &Context, output: &Path, workbook: &[u8]) -> Outcome {
    std::fs::write(output, workbook)?;
    context.note(&context.say("cli-annotated", &[("file", &output.display().to_string())]));
    Ok(())
}

/// `record import`.
pub(super) fn import(context: &Context, reading: &Reading, how: &How) -> Outcome {
    let catalog = context.catalog()?;
    let of = target(&catalog, reading)?;
    let accept = match how.accept {
        Some(AcceptArg::All) => Accept::All,
        Some(AcceptArg::Good) => Accept::Good,
        None => record_type(&catalog, &of)?.accept,
    };
    let what = Import {
        program: std::env::current_exe()?,
        requests: requests(context, &catalog, reading),
        key: record_type(&catalog, &of)?.key.clone(),
        of,
        accept,
        dry_run: how.dry_run,
        id: how.id.clone(),
        by: how.by.clone(),
        at: context.now(),
        provenance: how.provenance.into(),
        basis: how.basis.clone(),
        catalog: catalog.digest.clone(),
    };
    let (project, ledger) = context.ledger()?;
    let progress = context.progress("cli-progress-import", 0);
    let imported =
        context.wait(zhiheng_record::import::import(&project, &ledger, &what, |seen| progress.set(seen)))?;
    progress.finish();
    if let Some(output) = &reading.annotate {
        write_annotated(context, &catalog, reading, output)?;
    }
    if let (Some(path), Some(receipt)) = (&how.receipt, &imported.receipt) {
        std::fs::write(path, serde_json::to_string_pretty(receipt)?)?;
    }
    report(context, &what, &imported)
}

fn report(context: &Context, what: &Import, imported: &Imported) -> Outcome {
    if context.is_plain() {
        let mut of_file = imported.problems.as_slice();
        for (request, done) in what.requests.iter().zip(&imported.files) {
            tell(context, &request.name, of_file, done)?;
            of_file = &[];
        }
    } else {
        print_json(&json!({
            "receipt": imported.receipt,
            "seen": imported.files.iter().map(|done| done.seen).sum::<u64>(),
            "kept": imported.files.iter().map(|done| done.kept).sum::<u64>(),
            "refused": imported.refused_rows(),
            "left_out": imported.files.iter().map(Done::left_out_rows).sum::<u64>(),
            "new": imported.counts.new,
            "unchanged": imported.counts.same,
            "problems": imported.problems,
            "dry_run": what.dry_run,
        }))?;
    }
    let n = |count: u64| count.to_string();
    if imported.refused {
        context.note(&context.say("cli-import-nothing", &[("refused", &n(imported.refused_rows()))]));
        return Err(Failure::Problems(Vec::new()));
    }
    match &imported.receipt {
        Some(receipt) if receipt.repeated => {
            context.note(
                &context
                    .say("cli-import-repeated", &[("id", &receipt.submission), ("n", &n(receipt.count - 1))]),
            );
        }
        Some(receipt) => {
            let args = [
                ("new", n(imported.counts.new)),
                ("same", n(imported.counts.same)),
                ("refused", n(imported.refused_rows())),
                ("id", receipt.submission.clone()),
                ("first", n(receipt.first)),
            ];
            let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
            context.note(&context.say("cli-import-done", &args));
        }
        None => {
            context.note(&context.say(
                "cli-import-dry",
                &[("new", &n(imported.counts.new)), ("same", &n(imported.counts.same))],
            ))
        }
    }
    Ok(())
}

/// What became of one file: the first problems, the summary by rule, the account.
fn tell(context: &Context, name: &str, problems: &[Diagnostic], done: &Done) -> Outcome {
    let worst: Vec<Diagnostic> = problems
        .iter()
        .filter(|problem| problem.severity != Severity::Note)
        .take(SHOWN_MAX)
        .cloned()
        .collect();
    show(&worst, context.lang, context.global.color);
    if problems.len() > worst.len() && !worst.is_empty() {
        for group in &done.groups {
            let field = group.name.as_ref().map_or(group.field.as_str(), |name| name.get(context.lang));
            let args = [
                ("code", group.code.clone()),
                ("field", field.to_owned()),
                ("n", group.count.to_string()),
                ("first", group.first.to_string()),
            ];
            let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
            context.note(&context.say("cli-problem-group", &args));
        }
    }
    for rule in &done.left_out {
        context.note(
            &context
                .say("cli-left-out", &[("n", &rule.count.to_string()), ("why", rule.says.get(context.lang))]),
        );
    }
    let encoding = done.encoding.clone().unwrap_or_default();
    let args = [
        ("file", name.to_owned()),
        ("seen", done.seen.to_string()),
        ("kept", done.kept.to_string()),
        ("refused", done.refused.to_string()),
        ("left", done.left_out_rows().to_string()),
        ("flagged", done.flagged.to_string()),
        ("encoding", encoding),
        ("seconds", format!("{:.2}", done.millis as f64 / 1000.0)),
    ];
    let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
    context.note(&context.say("cli-file-read", &args));
    Ok(())
}
