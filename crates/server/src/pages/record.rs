//! One record: its fields, the file and cell that it came from, its versions, its place in the ledger.

use serde_json::Value;
use zhiheng_base::RegionCode;
use zhiheng_catalog::model::RecordType;
use zhiheng_desk::Desk;
use zhiheng_record::{Entry, EntryKind, Ledger, ListedFile};

use super::sheet::{Cell, Section, Sheet, Table, json};
use crate::authorize::{Level, Thing};
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Answer;
use crate::text::Text;

/// `GET /records/{entry}`.
pub(crate) async fn show(call: Call) -> Answer {
    let t = Text(call.view.lang);
    let lang = call.view.lang;
    call.signed_in()?;
    let desk = call.server.office()?.desk().await?;
    let (index, entry, record) = found(&call, &desk).await?;
    if call.query.get("as") == "json" {
        return json(&entry);
    }
    let name = record.head.name.get(lang);
    let mut sheet = Sheet::new(&call, format!("{name} {index}"));
    let latest = desk.ledger.latest(index).await?;
    if latest != index {
        sheet.notes.push(t.with("server-record-replaced", "entry", latest));
    }
    let day = entry.data.get(record.date_field()).and_then(Value::as_str).and_then(|day| day.parse().ok());
    let on = day.unwrap_or_else(|| call.server.today());
    let facts = (record.fields.iter()).filter_map(|field| {
        let value = entry.data.get(&field.id).filter(|value| !value.is_null())?;
        let text = match value {
            Value::Object(_) => t.say("server-withheld"),
            value => desk.reads(field, value, on, lang),
        };
        let href = match (&field.kind, value) {
            (zhiheng_catalog::model::FieldType::Enterprise, Value::String(code)) => format!("/e/{code}"),
            (zhiheng_catalog::model::FieldType::Region { .. }, Value::String(code)) => format!("/r/{code}"),
            _ => String::new(),
        };
        Some((field.name.get(lang).to_owned(), Cell { text, href }))
    });
    sheet.sections.push(Section::Facts(String::new(), facts.collect()));
    let file = file_of(&desk.ledger, &entry).await?;
    sheet.sections.push(Section::Facts(t.say("server-origin"), origin(&t, &entry, file)));
    let mut versions = Table::new(&call, "versions", &["#entry", "at", "by", "kind", "reason"]);
    for version in desk.ledger.history(index).await? {
        versions.rows.push(vec![
            Cell::to(version.index.to_string(), format!("/records/{}", version.index)),
            Cell::of(super::account::minute(version.at)),
            Cell::of(version.by.clone()),
            Cell::of(t.say(&format!("server-entry-{}", kind_word(version.kind)))),
            Cell::of(version.reason.clone().unwrap_or_default()),
        ]);
    }
    sheet.sections.push(Section::Table(versions));
    sheet.twin("JSON", format!("/records/{index}?as=json"));
    sheet.answer(&call)
}

/// The record of the address with its type, if the caller may see it.
pub(crate) async fn found<'d>(call: &Call, desk: &'d Desk) -> Result<(u64, Entry, &'d RecordType), Problem> {
    let index: u64 = call.param("entry").parse().map_err(|_| Problem::not_found())?;
    if index >= desk.ledger.size().await? {
        return Err(Problem::not_found());
    }
    let entry = desk.ledger.entry(index).await?;
    let is_record = matches!(entry.kind, EntryKind::Record | EntryKind::Correct);
    let record = entry.of.as_ref().and_then(|of| desk.catalog.records.get(of)).filter(|_| is_record);
    let record = record.ok_or_else(Problem::not_found)?;
    call.permit(&thing(record.region.as_deref(), &entry), &format!("record {index}")).await?;
    Ok((index, entry, record))
}

/// A record belongs to the region that its field of the region names.
pub(crate) fn thing(region: Option<&str>, entry: &Entry) -> Thing {
    let code = region.and_then(|field| entry.data.get(field)).and_then(Value::as_str);
    match code.and_then(|code| RegionCode::parse(code).ok()) {
        Some(region) => Thing::of_region(region, Level::Internal),
        None => Thing::instance(),
    }
}

/// The file in which a record arrived; none for what was typed into a page.
async fn file_of(ledger: &Ledger, entry: &Entry) -> Result<Option<ListedFile>, Problem> {
    let (Some(place), Some(id)) = (&entry.place, &entry.submission) else { return Ok(None) };
    let Some(receipt) = ledger.receipt(id).await? else { return Ok(None) };
    let files = ledger.files().await?;
    Ok(files.into_iter().find(|file| file.entry == receipt.first && file.n == u64::from(place.file)))
}

fn origin(t: &Text, entry: &Entry, file: Option<ListedFile>) -> Vec<(String, Cell)> {
    let provenance = serde_json::to_value(entry.provenance).ok();
    let provenance = provenance.as_ref().and_then(Value::as_str).unwrap_or_default();
    let mut facts = vec![
        (t.say("server-col-at"), Cell::of(super::account::minute(entry.at))),
        (t.say("server-col-by"), Cell::of(entry.by.clone())),
        (t.say("server-fact-provenance"), Cell::of(t.say(&format!("server-provenance-{provenance}")))),
    ];
    if let Some(file) = file {
        facts.push((t.say("server-fact-file"), Cell::of(file.name)));
        facts.push((t.say("server-fact-file-digest"), Cell::of(file.sha256)));
    }
    if let Some(place) = &entry.place {
        let row = match &place.sheet {
            Some(sheet) => format!("{sheet}!{}", place.row),
            None => place.row.to_string(),
        };
        facts.push((t.say("server-fact-row"), Cell::of(row)));
    }
    if let Some(submission) = &entry.submission {
        facts.push((t.say("server-fact-submission"), Cell::of(submission.clone())));
    }
    facts
}

fn kind_word(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Correct => "correct",
        EntryKind::Withdraw => "withdraw",
        _ => "record",
    }
}
