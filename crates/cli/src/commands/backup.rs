//! `zhiheng backup`: make, list, check, restore.

use std::path::Path;
use std::sync::Arc;

use zhiheng_desk::backup::{self, Progress};
use zhiheng_record::Access;

use crate::args::BackupVerb;
use crate::context::Context;
use crate::failure::{Failure, Outcome};
use crate::output::{Listing, line};
use crate::progress;

/// Runs a verb of `backup`.
pub(crate) fn run(context: &Context, verb: BackupVerb) -> Outcome {
    match verb {
        BackupVerb::Make { folder, keep } => make(context, &folder, keep),
        BackupVerb::List { folder } => list(context, &folder),
        BackupVerb::Check { backup } => check(context, &backup),
        BackupVerb::Restore { backup, to } => restore(context, &backup, &to),
    }
}

fn make(context: &Context, folder: &Path, keep: Option<usize>) -> Outcome {
    let (project, ledger) = context.ledger()?;
    // A project on which no server ran has no accounts yet.
    let accounts = project.access_database();
    let access = match Path::new(&accounts).is_file() {
        true => Some(context.wait(Access::open(&accounts))?),
        false => None,
    };
    let (bar, progress) = bar(context, "cli-progress-backup");
    let made = backup::make(&project, &ledger, access.as_ref(), folder, context.now(), progress);
    let made = context.wait(made)?;
    bar.finish();
    for outside in &made.manifest.outside {
        context.note(&context.say("cli-backup-outside", &[("path", outside)]));
    }
    line(&context.say(
        "cli-backup-made",
        &[
            ("dir", &made.dir.display().to_string()),
            ("files", &made.manifest.files.len().to_string()),
            ("bytes", &made.manifest.bytes().to_string()),
            ("entries", &made.manifest.entries.to_string()),
        ],
    ))?;
    for gone in keep.map(|keep| backup::prune(folder, keep)).transpose()?.unwrap_or_default() {
        context.note(&context.say("cli-backup-gone", &[("name", &gone)]));
    }
    Ok(())
}

fn list(context: &Context, folder: &Path) -> Outcome {
    let title = |id| context.say(id, &[]);
    let mut listing = Listing::new([
        ("name", title("cli-backup-name"), false),
        ("made_at", title("cli-backup-made-at"), false),
        ("entries", title("cli-backup-entries"), true),
        ("files", title("cli-backup-files"), true),
        ("bytes", title("cli-backup-bytes"), true),
    ]);
    for backup in backup::backups(folder)? {
        let manifest = &backup.manifest;
        listing.row(vec![
            backup.name().into(),
            manifest.made_at.to_string().into(),
            manifest.entries.into(),
            manifest.files.len().into(),
            manifest.bytes().into(),
        ]);
    }
    Ok(listing.print(context.format())?)
}

fn check(context: &Context, backup: &Path) -> Outcome {
    let (bar, progress) = bar(context, "cli-progress-backup-check");
    let checked = context.wait(backup::check(backup, progress));
    bar.finish();
    let checked = checked?;
    let args = [
        ("files", checked.files.to_string()),
        ("bytes", checked.bytes.to_string()),
        ("entries", checked.entries.to_string()),
        ("root", checked.root),
    ];
    told(context, "cli-backup-sound", &args)
}

fn restore(context: &Context, backup: &Path, to: &Path) -> Outcome {
    let (bar, progress) = bar(context, "cli-progress-restore");
    let restored = context.wait(backup::restore(backup, to, progress));
    bar.finish();
    let restored = restored?;
    for outside in &restored.outside {
        context.note(&context.say("cli-backup-outside", &[("path", outside)]));
    }
    context.note(&context.say("cli-backup-since", &[("time", &restored.made_at.to_string())]));
    let args = [
        ("dir", to.display().to_string()),
        ("entries", restored.entries.to_string()),
        ("root", restored.root),
    ];
    told(context, "cli-backup-restored", &args)
}

fn told(context: &Context, id: &str, args: &[(&str, String)]) -> Outcome {
    let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
    line(&context.say(id, &args)).map_err(Failure::from)
}

/// A bar of bytes, and what moves it.
fn bar(context: &Context, id: &str) -> (Arc<progress::Progress>, Progress) {
    let bar = Arc::new(context.progress(id, 0));
    let moved = Arc::clone(&bar);
    (bar, Arc::new(move |done, total| moved.of(done, total)))
}
