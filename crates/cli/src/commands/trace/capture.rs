//! `zhiheng trace capture` and `jobs`.

use std::path::{Path, PathBuf};

use zhiheng_base::{Diagnostic, Place};
use zhiheng_desk::trace::{Capture, Job};
use zhiheng_record::Provenance;
use zhiheng_trace::Limits;
use zhiheng_trace::store::{Behaviour, Media};

use super::{time, tracing};
use crate::args::Format;
use crate::context::Context;
use crate::failure::{Failure, Outcome, show};
use crate::output::{Listing, json as print_json};

/// Captures files one after the other; each is one job.
pub(super) fn run(
    context: &Context,
    files: &[PathBuf],
    behaviour: Behaviour,
    by: &str,
    provenance: Provenance,
) -> Outcome {
    let tracing = tracing(context)?;
    let mut jobs = Vec::with_capacity(files.len());
    for file in files {
        let bytes = read(file)?;
        let capture = Capture {
            media: Media::of_bytes(&bytes),
            bytes,
            behaviour,
            by: by.to_owned(),
            at: context.now(),
            provenance,
            limits: Limits::default(),
        };
        let job = context.wait(tracing.capture(capture))?;
        let name = file.display().to_string();
        let problems: Vec<Diagnostic> = job
            .problems
            .iter()
            .filter(|problem| problem.is_error() || !context.global.quiet)
            .map(|problem| problem.clone().at(Place::File(name.clone())))
            .collect();
        show(&problems, context.lang, context.global.color);
        jobs.push((name, job));
    }
    listing(context, &jobs)?;
    if jobs.iter().all(|(_, job)| job.success && job.refused == 0) {
        Ok(())
    } else {
        Err(Failure::Problems(Vec::new()))
    }
}

/// Bytes of a file, or of what is typed or piped for `-`; never more than a document may have, and one to tell.
fn read(file: &Path) -> Result<Vec<u8>, Failure> {
    use std::io::Read;
    let unread =
        |error: std::io::Error| Diagnostic::error("ZH8228").arg("file", file.display()).arg("why", error);
    let most = Limits::default().bytes as u64 + 1;
    let mut bytes = Vec::new();
    if file == Path::new("-") {
        std::io::stdin().lock().take(most).read_to_end(&mut bytes).map_err(unread)?;
    } else {
        std::fs::File::open(file).map_err(unread)?.take(most).read_to_end(&mut bytes).map_err(unread)?;
    }
    Ok(bytes)
}

/// Jobs that were, or one of them whole.
pub(super) fn jobs(context: &Context, id: Option<&str>) -> Outcome {
    let tracing = tracing(context)?;
    if let Some(id) = id {
        let job = tracing.jobs().find(id)?.ok_or_else(|| Diagnostic::error("ZH9559").arg("id", id))?;
        return Ok(print_json(&job)?);
    }
    let jobs: Vec<(String, Job)> = tracing
        .jobs()
        .list(None, usize::MAX)?
        .into_iter()
        .map(|job| (time(context, job.created.as_microsecond()).unwrap_or_default(), job))
        .collect();
    listing(context, &jobs)
}

fn listing(context: &Context, jobs: &[(String, Job)]) -> Outcome {
    if context.format() == Format::Json {
        let jobs: Vec<&Job> = jobs.iter().map(|(_, job)| job).collect();
        return Ok(print_json(&jobs)?);
    }
    let title = |id| context.say(id, &[]);
    let mut listing = Listing::new([
        ("file", title("trace-of"), false),
        ("job", title("trace-job"), false),
        ("result", title("trace-result"), false),
        ("events", title("trace-events"), true),
        ("new", title("trace-new"), true),
        ("same", title("trace-same"), true),
        ("refused", title("trace-refused"), true),
        ("entry", title("trace-entry"), true),
    ]);
    for (name, job) in jobs {
        let result = match (job.success, job.refused, job.new + job.masters) {
            (false, _, _) => "trace-nothing",
            (true, 0, 0) => "trace-known",
            (true, 0, _) => "trace-done",
            (true, _, _) => "trace-partly",
        };
        listing.row(vec![
            name.clone().into(),
            job.id.clone().into(),
            title(result).into(),
            job.events.into(),
            job.new.into(),
            job.same.into(),
            job.refused.into(),
            job.first.into(),
        ]);
    }
    Ok(listing.print(context.format())?)
}
