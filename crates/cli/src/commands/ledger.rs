//! `zhiheng ledger`: status, verify, prove, export, rebuild.

use std::path::Path;

use serde_json::json;

use crate::args::{Format, LedgerVerb};
use crate::context::Context;
use crate::failure::{Failure, Outcome};
use crate::output::{Listing, json as print_json, line};

/// Runs a verb of `ledger`.
pub(crate) fn run(context: &Context, verb: LedgerVerb) -> Outcome {
    match verb {
        LedgerVerb::Status => status(context),
        LedgerVerb::Verify => verify(context),
        LedgerVerb::Prove { index } => prove(context, index),
        LedgerVerb::Export { dir } => export(context, &dir),
        LedgerVerb::Rebuild => rebuild(context),
    }
}

fn status(context: &Context) -> Outcome {
    let (_, ledger) = context.ledger()?;
    let (size, checkpoint, types) = context.wait(async {
        Ok::<_, Failure>((ledger.size().await?, ledger.checkpoint().await?, ledger.types().await?))
    })?;
    if matches!(context.format(), Format::Json | Format::Jsonl) {
        let types: Vec<_> =
            types.iter().map(|count| json!({ "of": count.of, "records": count.records })).collect();
        return Ok(print_json(
            &json!({ "origin": ledger.origin(), "size": size, "checkpoint": checkpoint, "types": types }),
        )?);
    }
    line(&context.say("cli-ledger-status", &[("origin", ledger.origin()), ("size", &size.to_string())]))?;
    let title = |id| context.say(id, &[]);
    let mut listing = Listing::new([("of", title("cli-id"), false), ("records", title("cli-records"), true)]);
    for count in types {
        listing.row(vec![count.of.into(), count.records.into()]);
    }
    listing.print(context.format())?;
    line(&format!("\n{}", checkpoint.trim_end()))?;
    Ok(())
}

fn verify(context: &Context) -> Outcome {
    let (_, ledger) = context.ledger()?;
    let size = context.wait(ledger.size())?;
    let progress = context.progress("cli-progress-verify", size);
    let start = std::time::Instant::now();
    let found = context.wait(ledger.verify(|n, _| progress.set(n)))?;
    progress.finish();
    if !found.is_sound() {
        return Err(Failure::Problems(found.problems));
    }
    let seconds = start.elapsed().as_secs_f64();
    if context.is_plain() {
        let args = [
            ("n", found.entries.to_string()),
            ("root", found.root.clone()),
            ("seconds", format!("{seconds:.2}")),
        ];
        let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
        return Ok(line(&context.say("cli-ledger-sound", &args))?);
    }
    Ok(print_json(
        &json!({ "sound": true, "entries": found.entries, "size": found.size, "root": found.root, "seconds": seconds }),
    )?)
}

fn prove(context: &Context, index: u64) -> Outcome {
    let (_, ledger) = context.ledger()?;
    let (size, checkpoint, leaf) = context.wait(async {
        Ok::<_, Failure>((ledger.size().await?, ledger.checkpoint().await?, ledger.leaf(index).await?))
    })?;
    let proof = context.wait(ledger.prove_inclusion(index, size))?;
    let hex = zhiheng_record::verify::to_hex;
    let steps: Vec<String> = proof.proof.iter().map(|hash| hex(hash)).collect();
    Ok(print_json(&json!({
        "index": proof.index,
        "size": proof.size,
        "leaf_hash": hex(&proof.leaf),
        "proof": steps,
        "root": hex(&proof.root),
        "leaf": String::from_utf8_lossy(&leaf),
        "checkpoint": checkpoint,
        "key": ledger.key().to_string(),
    }))?)
}

fn export(context: &Context, dir: &Path) -> Outcome {
    let (_, ledger) = context.ledger()?;
    let size = context.wait(ledger.size())?;
    let progress = context.progress("cli-progress-export", size);
    let exported = context.wait(ledger.export(dir, |n, _| progress.set(n)))?;
    progress.finish();
    let dir = dir.display().to_string();
    context.note(&context.say("cli-ledger-exported", &[("n", &exported.entries.to_string()), ("dir", &dir)]));
    Ok(())
}

fn rebuild(context: &Context) -> Outcome {
    let (project, ledger) = context.ledger()?;
    let size = context.wait(ledger.size())?;
    let progress = context.progress("cli-progress-rebuild", size);
    context.wait(ledger.rebuild(|n, _| progress.set(n)))?;
    progress.finish();
    // The lake is derived too: it is made again when a figure is next asked for.
    let lake = project.lake();
    if lake.exists() {
        std::fs::remove_dir_all(&lake)?;
        std::fs::create_dir_all(&lake)?;
    }
    context.note(&context.say("cli-ledger-rebuilt", &[("n", &size.to_string())]));
    Ok(())
}
