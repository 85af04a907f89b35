//! Looking at records: a list with a condition, one record with its origin, all its versions.

use futures::StreamExt;
use serde_json::{Map, Value as Json};
use zhiheng_base::{Date, Diagnostic, Period, RegionCode};
use zhiheng_catalog::formula::{Formula, Scope};
use zhiheng_catalog::model::RecordType;
use zhiheng_desk::row::{Fields, record_type};
use zhiheng_record::{Entry, EntryKind};

use crate::args::Format;
use crate::context::Context;
use crate::failure::{Failure, Outcome};
use crate::output::{Listing, json as print_json, line};

/// `record list`: newest versions, in order of entry.
pub(super) fn list(
    context: &Context,
    of: &str,
    condition: Option<&str>,
    region: Option<&str>,
    period: Option<&str>,
    limit: u64,
) -> Outcome {
    let catalog = context.catalog()?;
    let record = record_type(&catalog, of)?;
    let condition = condition.map(|text| parse(text, record, &catalog)).transpose()?;
    let region = region.map(RegionCode::parse).transpose()?;
    let period = period.map(Period::parse).transpose()?;
    let (_, ledger) = context.ledger()?;
    let wanted = |data: &Map<String, Json>| {
        let text = |field: &str| data.get(field).and_then(Json::as_str);
        let here = region.is_none_or(|region| {
            let code = record.region.as_deref().and_then(text).and_then(|code| RegionCode::parse(code).ok());
            code.is_some_and(|code| region.contains(code))
        });
        let then = period.is_none_or(|period| {
            text(record.date_field())
                .and_then(|day| day.parse::<Date>().ok())
                .is_some_and(|day| period.contains(day))
        });
        here && then
            && condition.as_ref().is_none_or(|formula| formula.holds(&Fields { record, data }) == Some(true))
    };
    let mut columns = vec![("entry".to_owned(), context.say("cli-entry", &[]), true)];
    columns.extend(
        record.fields.iter().map(|field| (field.id.clone(), field.name.get(context.lang).to_owned(), false)),
    );
    let mut listing = Listing::new(columns);
    let mut n = 0;
    context.wait(async {
        let size = ledger.size().await?;
        let superseded = ledger.superseded(size).await?;
        let mut leaves = std::pin::pin!(ledger.leaves(0..size));
        while let Some(bundle) = leaves.next().await {
            let (first, bundle) = bundle?;
            for (index, leaf) in (first..).zip(bundle) {
                if n == limit {
                    return Ok::<_, Failure>(());
                }
                let leaf: Json = serde_json::from_slice(&leaf)?;
                let is_record = matches!(leaf["kind"].as_str(), Some("record" | "correct"));
                if !is_record
                    || leaf["of"] != of
                    || superseded.binary_search_by_key(&index, |pair| pair.0).is_ok()
                {
                    continue;
                }
                if let Some(data) = leaf["data"].as_object().filter(|data| wanted(data)) {
                    let mut row = vec![Json::from(index)];
                    row.extend(
                        record.fields.iter().map(|field| data.get(&field.id).cloned().unwrap_or(Json::Null)),
                    );
                    listing.row(row);
                    n += 1;
                }
            }
        }
        Ok(())
    })?;
    if matches!(context.format(), Format::Table) {
        listing.drop_empty_columns();
    }
    listing.print(context.format())?;
    if n == limit {
        context.note(&context.say("cli-more", &[("n", &limit.to_string())]));
    }
    Ok(())
}

fn parse(
    text: &str,
    record: &RecordType,
    catalog: &zhiheng_catalog::Catalog,
) -> Result<Formula, Vec<Diagnostic>> {
    let scope = Scope::of_record(record, &catalog.lists);
    Formula::parse(text, &scope)
        .map_err(|problems| problems.into_iter().map(|problem| problem.placed("--where", text)).collect())
}

/// `record show`.
pub(super) fn show(context: &Context, index: u64) -> Outcome {
    let (project, ledger) = context.ledger()?;
    let (entry, latest) = context
        .wait(async { Ok::<_, Failure>((ledger.entry(index).await?, ledger.latest(index).await?)) })?;
    if matches!(context.format(), Format::Json | Format::Jsonl) {
        return Ok(print_json(&entry)?);
    }
    let catalog = context.catalog()?;
    line(&context.say(
        "cli-entry-title",
        &[
            ("n", &index.to_string()),
            ("kind", &kind(context, entry.kind)),
            ("at", &entry.at.to_string()),
            ("by", &entry.by),
        ],
    ))?;
    if latest != index {
        line(&context.say("cli-entry-superseded", &[("n", &latest.to_string())]))?;
    }
    if let Some(reason) = &entry.reason {
        line(&context.say("cli-entry-reason", &[("why", reason)]))?;
    }
    let record = entry.of.as_ref().and_then(|of| catalog.records.get(of));
    let title = |id| context.say(id, &[]);
    let mut listing = Listing::new([
        ("field", title("cli-field"), false),
        ("name", title("cli-name"), false),
        ("value", title("cli-value"), false),
    ]);
    for (field, value) in entry.data.as_object().into_iter().flatten() {
        let name =
            record.and_then(|record| record.field(field)).map_or("", |field| field.name.get(context.lang));
        listing.row(vec![field.as_str().into(), name.into(), value.clone()]);
    }
    listing.print(context.format())?;
    if let (Some(place), Some(id)) = (&entry.place, &entry.submission) {
        let (receipt, files) =
            context.wait(async { Ok::<_, Failure>((ledger.receipt(id).await?, ledger.files().await?)) })?;
        let file = files.into_iter().find(|file| {
            receipt.as_ref().is_some_and(|receipt| receipt.first == file.entry)
                && file.n == u64::from(place.file)
        });
        let name = file.as_ref().map(|file| file.name.clone()).unwrap_or_default();
        let kept = file
            .and_then(|file| project.file(&file.sha256))
            .map(|path| path.display().to_string())
            .unwrap_or_default();
        line(&context.say(
            "cli-entry-place",
            &[
                ("file", &name),
                ("sheet", place.sheet.as_deref().unwrap_or("")),
                ("row", &place.row.to_string()),
                ("kept", &kept),
            ],
        ))?;
    }
    Ok(())
}

fn kind(context: &Context, kind: EntryKind) -> String {
    context.say(
        match kind {
            EntryKind::Submit => "cli-kind-submit",
            EntryKind::Record => "cli-kind-record",
            EntryKind::Correct => "cli-kind-correct",
            EntryKind::Withdraw => "cli-kind-withdraw",
            EntryKind::Erase => "cli-kind-erase",
            EntryKind::Adopt => "cli-kind-adopt",
            EntryKind::Release => "cli-kind-release",
            EntryKind::Step => "cli-kind-step",
        },
        &[],
    )
}

/// `record history`.
pub(super) fn history(context: &Context, index: u64) -> Outcome {
    let (_, ledger) = context.ledger()?;
    let versions: Vec<Entry> = context.wait(ledger.history(index))?;
    if matches!(context.format(), Format::Json | Format::Jsonl) {
        return Ok(print_json(&versions)?);
    }
    let title = |id| context.say(id, &[]);
    let mut listing = Listing::new([
        ("entry", title("cli-entry"), true),
        ("kind", title("cli-kind"), false),
        ("at", title("cli-at"), false),
        ("by", title("cli-by"), false),
        ("reason", title("cli-reason"), false),
        ("changed", title("cli-changed"), false),
    ]);
    let mut before: Option<&Json> = None;
    for version in &versions {
        let changed = before.map_or_else(String::new, |before| changes(before, &version.data));
        let reason = version.reason.clone().map_or(Json::Null, Json::from);
        listing.row(vec![
            version.index.into(),
            kind(context, version.kind).into(),
            version.at.to_string().into(),
            version.by.clone().into(),
            reason,
            changed.into(),
        ]);
        before = Some(&version.data);
    }
    Ok(listing.print(context.format())?)
}

/// `field: before → after` for the fields that differ.
fn changes(before: &Json, after: &Json) -> String {
    let empty = Map::new();
    let (before, after) = (before.as_object().unwrap_or(&empty), after.as_object().unwrap_or(&empty));
    let names: std::collections::BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let text = |value: Option<&Json>| {
        value
            .map_or("—".to_owned(), |value| value.as_str().map_or_else(|| value.to_string(), str::to_owned))
    };
    let differing = names.into_iter().filter(|name| before.get(*name) != after.get(*name));
    differing
        .map(|name| format!("{name}: {} → {}", text(before.get(name)), text(after.get(name))))
        .collect::<Vec<_>>()
        .join("; ")
}
