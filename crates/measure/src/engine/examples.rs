//! The worked examples of indicators, run through ledger leaves, lake and engine: the same path as real records.
//!
//! Fields that an example leaves out are filled where a number needs them: the day lies in 2013 (in 2012 for rows of
//! the compared period), the region is a county.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::json;
use zhiheng_base::{Decimal, Diagnostic, Period, Place, RegionCode};
use zhiheng_catalog::model::{Every, Example, ExampleCase, Expected, Given, RecordKind, RecordType};
use zhiheng_catalog::{Catalog, Value, run_example};

use super::{Engine, EngineOptions};
use crate::address::Address;
use crate::lake::fault;
use crate::lake::leaves::Memory;

/// Region of rows that name none.
const COUNTY: &str = "621122";

/// Runs the examples of a catalog, or those of one definition; what they say and do not get comes back. Examples of records,
/// and those that give measures instead of rows, are run by the catalog itself.
///
/// # Errors
///
/// ZH5101 if no temporary folder can be made.
pub async fn run_examples(catalog: &Arc<Catalog>, only: Option<&str>) -> Result<Vec<Diagnostic>, Diagnostic> {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    let mut problems = Vec::new();
    for example in zhiheng_catalog::examples(catalog).iter().filter(|one| only.is_none_or(|id| id == one.of))
    {
        problems.extend(run_example(catalog, example));
        let ExampleCase::Indicator { given, on, at, expect } = &example.case else { continue };
        if given.iter().any(|one| matches!(one, Given::Measure { .. })) {
            continue;
        }
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let dir = std::env::temp_dir().join(format!("zhiheng-example-{}-{number}", std::process::id()));
        let found = run(catalog, &dir, example, (given, *on, *at), expect).await;
        // A folder that stays behind is a few kilobytes in the temporary folder.
        let _ = std::fs::remove_dir_all(&dir);
        problems.extend(found?);
    }
    Ok(problems)
}

/// What is given, and what is asked: the last day, or place and period.
type Asked<'a> = (&'a [Given], Option<zhiheng_base::Date>, (Option<RegionCode>, Option<Period>));

async fn run(
    catalog: &Arc<Catalog>,
    dir: &Path,
    example: &Example,
    (given, on, (region, period)): Asked<'_>,
    expect: &Expected,
) -> Result<Vec<Diagnostic>, Diagnostic> {
    std::fs::create_dir_all(dir).map_err(|cause| fault(dir, cause))?;
    let options = EngineOptions { threads: 1, ..EngineOptions::default() };
    let mut engine = Engine::open(dir, Arc::clone(catalog), &options)?;
    let ledger = Memory { leaves: leaves(catalog, &example.of, given, on) };
    engine.refresh(&ledger).await?;
    let period = match (period, on) {
        (Some(period), _) => period,
        (None, Some(on)) => Period::days(on, on)?,
        (None, None) => Period::year(2013)?,
    };
    let address = Address::new(&example.of, region.unwrap_or(RegionCode::NATION), period);
    let measure = engine.measure(&address).await?;
    let none = || "none".to_owned();
    let exact = |value: Option<Decimal>| value.map_or_else(none, |value| value.normalize().to_string());
    let mut pairs = vec![("value", Some(expect.value.clone().unwrap_or_else(none)), measure.value.clone())];
    pairs.push(("low", expect.low.clone(), measure.low.clone()));
    pairs.push(("high", expect.high.clone(), measure.high.clone()));
    pairs.push(("top", expect.top.map(|top| exact(Some(top))), Some(exact(measure.top))));
    pairs.push(("bottom", expect.bottom.map(|bottom| exact(Some(bottom))), Some(exact(measure.bottom))));
    Ok(pairs
        .into_iter()
        .filter_map(|(what, expected, found)| Some((what, expected?, found.unwrap_or_else(none))))
        .filter(|(_, expected, found)| expected != found)
        .map(|(what, expected, found)| {
            let place = Place::Text {
                file: example.origin.file.clone(),
                line: example.origin.line,
                column: 1,
                len: 1,
                excerpt: String::new(),
            };
            Diagnostic::error("ZH2801")
                .arg("id", &example.of)
                .arg("what", what)
                .arg("expected", expected)
                .arg("found", found)
                .at(place)
        })
        .collect())
}

/// The given rows as ledger leaves.
fn leaves(catalog: &Catalog, id: &str, given: &[Given], on: Option<zhiheng_base::Date>) -> Vec<Vec<u8>> {
    let mut leaves = Vec::new();
    for one in given {
        let Given::Rows { record, count, fields, again, before } = one else { continue };
        let Some(record) = record.as_deref().or(catalog.record_behind(id)) else { continue };
        let Some(record) = catalog.records.get(record) else { continue };
        let (every, times) = again.unwrap_or((Every::Day, 1));
        for step in 0..times {
            let mut data = data(record, fields, *before, on);
            if let Some(Value::Date(first)) =
                fields.iter().find(|(id, _)| id == record.date_field()).map(|it| &it.1)
                && let Some(day) = every.after(*first, step)
            {
                data.insert(record.date_field().to_owned(), json!(day.to_string()));
            }
            let leaf = json!({ "at": "2014-01-01T00:00:00Z", "by": "example", "data": data, "kind": "record",
                "of": record.head.id, "v": 1 });
            leaves.extend(std::iter::repeat_n(leaf.to_string().into_bytes(), *count as usize));
        }
    }
    leaves
}

fn data(
    record: &RecordType,
    fields: &[(String, Value)],
    before: bool,
    on: Option<zhiheng_base::Date>,
) -> serde_json::Map<String, serde_json::Value> {
    let mut data: serde_json::Map<String, serde_json::Value> = fields
        .iter()
        .filter_map(|(name, value)| {
            Some((
                name.clone(),
                match value {
                    Value::Null => return None,
                    Value::Bool(truth) => json!(truth),
                    Value::Integer(number) => {
                        let is_decimal = record.field(name).is_some_and(|field| {
                            use zhiheng_catalog::model::FieldType;
                            matches!(field.kind, FieldType::Decimal { .. } | FieldType::Money)
                        });
                        if is_decimal { json!(number.to_string()) } else { json!(number) }
                    }
                    Value::Decimal(number) => json!(number.to_string()),
                    Value::Date(date) => json!(date.to_string()),
                    Value::Text(text) => json!(text),
                    Value::Texts(texts) => json!(texts),
                },
            ))
        })
        .collect();
    let day = match (&record.kind, on, before) {
        (RecordKind::Register { .. }, Some(on), _) => on.to_string(),
        (_, _, true) => "2012-06-15".to_owned(),
        (_, _, false) => "2013-06-15".to_owned(),
    };
    data.entry(record.date_field()).or_insert(json!(day));
    if let Some(region) = &record.region {
        data.entry(region).or_insert(json!(COUNTY));
    }
    data
}
