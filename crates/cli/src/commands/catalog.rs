//! `zhiheng catalog`: check, list, show, diff, schema, test.

mod procedures;

use std::path::{Path, PathBuf};

use serde_json::Value;
use zhiheng_base::table::Table;
use zhiheng_base::width::Align;
use zhiheng_base::{Diagnostic, Severity};
use zhiheng_catalog::{Catalog, Loaded, entries, load, load_only};
use zhiheng_desk::desk::calendar;

use crate::args::{CatalogVerb, Format};
use crate::context::Context;
use crate::failure::{Failure, Outcome, show};
use crate::output::{Listing, json as print_json, line};

/// Runs a verb of `catalog`.
pub(crate) fn run(context: &Context, verb: CatalogVerb) -> Outcome {
    match verb {
        CatalogVerb::Check { paths } => check(context, &paths),
        CatalogVerb::List { kind } => list(context, kind.as_deref()),
        CatalogVerb::Show { id } => show_one(context, &id),
        CatalogVerb::Diff { old, new } => diff(context, &old, &new),
        CatalogVerb::Schema { kind } => schema(&kind),
        CatalogVerb::Test { id } => test(context, id.as_deref()),
        CatalogVerb::Adopt { by } => adopt(context, &by),
        CatalogVerb::Adopted => adopted(context),
    }
}

fn check(context: &Context, paths: &[PathBuf]) -> Outcome {
    let folders = if paths.is_empty() { context.catalog_folders() } else { paths.to_vec() };
    let folders: Vec<&Path> = folders.iter().map(PathBuf::as_path).collect();
    let Loaded { catalog, mut problems } = load(&folders);
    problems.extend(procedures::paths(&catalog));
    let errors = problems.iter().filter(|problem| problem.is_error()).count();
    if context.is_plain() {
        show(&problems, context.lang, context.global.color);
    } else {
        print_json(&problems)?;
    }
    let n = |count: usize| count.to_string();
    context.note(&context.say(
        "cli-catalog-checked",
        &[
            ("definitions", &n(entries(&catalog).len())),
            ("errors", &n(errors)),
            ("warnings", &n(problems.iter().filter(|problem| problem.severity == Severity::Warning).count())),
            ("digest", &catalog.digest),
        ],
    ));
    if errors > 0 { Err(Failure::Problems(Vec::new())) } else { Ok(()) }
}

/// Keeps the definitions of now in full, so that what is computed by them can be computed again.
fn adopt(context: &Context, by: &str) -> Outcome {
    let (project, ledger) = context.ledger()?;
    let folders = context.catalog_folders();
    let adopted = zhiheng_desk::rules::adopt(&project, &ledger, &folders, by, context.now());
    let (catalog, written) = context.wait(adopted)?;
    let entry = written.entry.to_string();
    let id = if written.repeated { "cli-catalog-adopted-before" } else { "cli-catalog-adopted" };
    Ok(line(&context.say(id, &[("digest", &catalog.digest), ("entry", &entry)]))?)
}

fn adopted(context: &Context) -> Outcome {
    let (project, ledger) = context.ledger()?;
    let title = |id| context.say(id, &[]);
    let mut listing = Listing::new([
        ("entry", title("cli-entry"), true),
        ("time", title("cli-adopted-at"), false),
        ("digest", title("cli-digest"), false),
        ("kept", title("cli-kept"), false),
    ]);
    for act in context.wait(ledger.acts())?.into_iter().filter(|act| act.kind == "adopt") {
        let entry = context.wait(ledger.entry(act.entry))?;
        let is_kept = entry.data["file"].as_str().is_some_and(|file| project.file(file).is_some());
        listing.row(vec![
            act.entry.into(),
            entry.at.to_string().into(),
            act.digest.into(),
            title(if is_kept { "cli-yes" } else { "cli-no-word" }).into(),
        ]);
    }
    Ok(listing.print(context.format())?)
}

fn list(context: &Context, kind: Option<&str>) -> Outcome {
    let catalog = context.catalog()?;
    let title = |id| context.say(id, &[]);
    let mut listing = Listing::new([
        ("kind", title("cli-kind"), false),
        ("id", title("cli-id"), false),
        ("name", title("cli-name"), false),
        ("owner", title("cli-owner"), false),
        ("since", title("cli-since"), false),
        ("confirmed", title("cli-confirmed"), false),
    ]);
    for entry in entries(&catalog) {
        if kind.is_none_or(|kind| kind == entry.kind) {
            let confirmed = title(if entry.confirmed { "cli-yes" } else { "cli-to-be-confirmed" });
            listing.row(vec![
                entry.kind.into(),
                entry.id.into(),
                entry.name.get(context.lang).into(),
                entry.owner.unwrap_or_default().into(),
                entry.since.map(|day| day.to_string()).unwrap_or_default().into(),
                confirmed.into(),
            ]);
        }
    }
    Ok(listing.print(context.format())?)
}

fn show_one(context: &Context, id: &str) -> Outcome {
    let catalog = context.catalog()?;
    let Some(shown) = zhiheng_catalog::show(&catalog, id, context.lang) else {
        return Err(unknown(&catalog, id).into());
    };
    if matches!(context.format(), Format::Json | Format::Jsonl) {
        return Ok(print_json(&shown)?);
    }
    line(&format!("{}  {}", shown.id, shown.name))?;
    let mut facts = Table::new([("", Align::Left), ("", Align::Left)]);
    for (label, text) in &shown.facts {
        facts.row([label.as_str(), text.as_str()]);
    }
    // The facts have no header: its two lines are left out.
    for fact in facts.to_string().lines().skip(2) {
        line(fact)?;
    }
    for table in &shown.tables {
        line(&format!("\n{}", table.title))?;
        let mut text = Table::new(table.columns.iter().map(|column| (column.clone(), Align::Left)));
        for row in &table.rows {
            text.row(row.clone());
        }
        line(text.to_string().trim_end())?;
    }
    Ok(())
}

/// That nothing has this id; with the nearest ones.
fn unknown(catalog: &Catalog, id: &str) -> Diagnostic {
    let name = id.rsplit('.').next().unwrap_or(id);
    let near: Vec<&str> = entries(catalog)
        .iter()
        .map(|entry| entry.id)
        .filter(|known| {
            known.contains(name) || known.rsplit('.').next().is_some_and(|last| id.contains(last))
        })
        .take(5)
        .collect();
    Diagnostic::error("ZH7020").arg("id", id).arg("near", near.join(", "))
}

fn diff(context: &Context, old: &Path, new: &Path) -> Outcome {
    let (old, new) = (load_only(old), load_only(new));
    let changes = zhiheng_catalog::diff(&old.catalog, &new.catalog);
    if matches!(context.format(), Format::Json | Format::Jsonl) {
        return Ok(print_json(&changes)?);
    }
    let title = |id| context.say(id, &[]);
    let mut listing = Listing::new([
        ("id", title("cli-id"), false),
        ("what", title("cli-what"), false),
        ("from", title("cli-from"), false),
        ("to", title("cli-to"), false),
        ("figures", title("cli-figures-change"), false),
    ]);
    for change in &changes {
        let figures = title(if change.figures { "cli-yes" } else { "cli-no" });
        let text = |side: &Option<String>| side.clone().map_or(Value::Null, Value::from);
        listing.row(vec![
            change.id.clone().into(),
            change.what.clone().into(),
            text(&change.from),
            text(&change.to),
            figures.into(),
        ]);
    }
    Ok(listing.print(context.format())?)
}

fn schema(kind: &str) -> Outcome {
    match zhiheng_catalog::schema(kind) {
        Some(schema) => Ok(print_json(&schema)?),
        None => Err(Diagnostic::error("ZH7021").arg("kind", kind).into()),
    }
}

fn test(context: &Context, id: Option<&str>) -> Outcome {
    let catalog = context.catalog()?;
    let n = zhiheng_catalog::examples(&catalog)
        .iter()
        .filter(|example| id.is_none_or(|id| id == example.of))
        .count();
    let mut problems = context.wait(zhiheng_measure::run_examples(&catalog, id))?;
    let subjects =
        || catalog.subject_schemes.values().filter(|scheme| id.is_none_or(|id| id == scheme.head.id));
    problems.extend(subjects().flat_map(zhiheng_judge::subject::run_examples));
    let calendar = calendar(&context.catalog_folders())?;
    let (told, found) = procedures::examples(&catalog, &calendar, id);
    problems.extend(found);
    let n = n + told + subjects().map(|scheme| scheme.examples.len()).sum::<usize>();
    context.note(
        &context.say("cli-examples-run", &[("n", &n.to_string()), ("failed", &problems.len().to_string())]),
    );
    if problems.is_empty() { Ok(()) } else { Err(Failure::Problems(problems)) }
}
