//! The canonical form of a definition, and one hash over all of them.
//!
//! The form is JSON without places in files: comments, order and layout leave it as it is, any word or rule
//! changes it. [`crate::diff()`] compares the same form.

use std::fmt::Write as _;

use serde_json::{Map, Value as Json, json};
use sha2::{Digest, Sha256};
use zhiheng_base::{Date, Decimal, Regions, canonical};

use crate::formula::Formula;
use crate::load::Catalog;
use crate::model::{
    Aggregate, ByMethod, CodeList, Column, Field, Head, Indicator, IndicatorKind, MethodRows, RecordKind,
    RecordType, ReportFile, Scheme, Source, Unit,
};

mod clock;
mod procedure;
mod subject_scheme;

/// SHA-256 over all definitions and regions in order of kind and id, as lower-case hex.
pub fn digest(catalog: &Catalog) -> String {
    let mut hash = Sha256::new();
    for (id, form) in forms(catalog) {
        add(&mut hash, id.as_bytes());
        // The forms hold texts and small integers only, so they are canonical.
        add(&mut hash, &canonical::to_vec(&form).unwrap_or_default());
    }
    add_regions(&mut hash, &catalog.regions);
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Adds the region table, a line for each version and each step of history.
fn add_regions(hash: &mut Sha256, regions: &Regions) {
    let date = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
    // One buffer for all: there are some 44,700 lines. Writing to a String cannot fail.
    let mut line = String::new();
    for version in regions.iter() {
        line.clear();
        let en = version.en.as_deref().unwrap_or_default();
        let _ = write!(line, "{}\t{}\t{en}\t{:?}\t", version.code.as_u64(), version.name, version.mark);
        let _ = write!(line, "{}\t{}", date(version.valid_from), date(version.valid_to));
        add(hash, line.as_bytes());
    }
    for step in regions.successions() {
        line.clear();
        let share = step.share.map(|share| share.normalize().to_string()).unwrap_or_default();
        let (from, to) = (step.from.as_u64(), step.to.as_u64());
        let _ = write!(line, "{from} {to} {:?} {} {share}", step.kind, step.date);
        add(hash, line.as_bytes());
    }
}

/// Adds bytes with their length, so that no two sequences run together.
fn add(hash: &mut Sha256, bytes: &[u8]) {
    hash.update((bytes.len() as u64).to_be_bytes());
    hash.update(bytes);
}

/// The canonical forms of all definitions as `kind id` → JSON, in order.
pub(crate) fn forms(catalog: &Catalog) -> Vec<(String, Json)> {
    let mut forms = Vec::new();
    forms.extend(catalog.clocks.iter().map(|(id, one)| (format!("clock {id}"), clock::clock(one))));
    forms.extend(catalog.indicators.iter().map(|(id, one)| (format!("indicator {id}"), indicator(one))));
    forms.extend(catalog.letters.iter().map(|(id, one)| (format!("letter {id}"), procedure::letter(one))));
    forms.extend(catalog.lists.iter().map(|(id, one)| (format!("list {id}"), list(one))));
    let procedures = catalog.procedures.iter();
    forms.extend(procedures.map(|(id, one)| (format!("procedure {id}"), procedure::procedure(one))));
    forms.extend(catalog.records.iter().map(|(id, one)| (format!("record {id}"), record(one))));
    forms.extend(catalog.reports.iter().map(|(id, one)| (format!("report {id}"), report(one))));
    forms.extend(catalog.schemes.iter().map(|(id, one)| (format!("scheme {id}"), scheme(one))));
    let subjects = catalog.subject_schemes.iter();
    forms.extend(subjects.map(|(id, one)| (format!("subject_scheme {id}"), subject_scheme::form(one))));
    forms.extend(catalog.sources.iter().map(|(id, one)| (format!("source {id}"), source(one))));
    forms
}

/// A definition's head with its own keys beside it.
fn with_head(head: &Head, own: Json) -> Json {
    let mut map = Map::new();
    map.insert("name".into(), json!(head.name));
    map.insert("basis".into(), json!(head.basis));
    map.insert("owner".into(), json!(head.owner));
    map.insert("since".into(), json!(head.since.to_string()));
    map.insert("until".into(), json!(head.until.map(|date| date.to_string())));
    map.insert("confirmed".into(), json!(head.confirmed));
    map.insert("says".into(), json!(head.says));
    if let Json::Object(own) = own {
        map.extend(own);
    }
    Json::Object(map)
}

/// Items by their own key, so that a change names the item and not its number.
fn by_key<'a, T: 'a>(items: impl IntoIterator<Item = &'a T>, form: impl Fn(&T) -> (String, Json)) -> Json {
    Json::Object(items.into_iter().map(form).collect())
}

fn list(list: &CodeList) -> Json {
    let items = by_key(&list.items, |item| {
        (item.code.clone(), json!({ "name": item.name, "also": item.also, "parent": item.parent }))
    });
    let order: Vec<&str> = list.items.iter().map(|item| item.code.as_str()).collect();
    with_head(&list.head, json!({ "items": items, "order": order }))
}

fn record(record: &RecordType) -> Json {
    let kind = match &record.kind {
        RecordKind::Observation { date } => json!({ "date": date }),
        RecordKind::Register { from, until } => json!({ "valid": { "from": from, "until": until } }),
    };
    let order: Vec<&str> = record.fields.iter().map(|field| field.id.as_str()).collect();
    let checks = by_key(&record.checks, |check| {
        (formula(&check.must), json!({ "says": check.says, "warn": check.warn }))
    });
    let mut own = json!({
        "time": kind,
        "key": record.key,
        "region": record.region,
        "accept": record.accept,
        "fields": by_key(&record.fields, field),
        "order": order,
        "check": checks,
    });
    // A type that nobody has to hand in keeps the digest it had before there were such duties.
    if let Some(duty) = &record.hand_in {
        own["hand_in"] = json!(duty);
    }
    with_head(&record.head, own)
}

fn field(field: &Field) -> (String, Json) {
    // Decimals go to text by serde, so the form stays free of floats.
    let kind = serde_json::to_value(&field.kind).unwrap_or(Json::Null);
    let form = json!({
        "name": field.name,
        "also": field.also,
        "type": kind,
        "optional": field.optional,
        "many": field.many,
        "personal": field.personal,
        "says": field.says,
        "example": field.example,
    });
    (field.id.clone(), form)
}

/// A formula as it is understood: layout and redundant parentheses do not count.
fn formula(formula: &Formula) -> String {
    formula.to_string()
}

fn aggregate(kind: &str, over: &Aggregate, own: Json) -> Json {
    let mut map = Map::new();
    map.insert("kind".into(), json!(kind));
    map.insert("of".into(), json!(over.record));
    map.insert("where".into(), json!(over.filter.as_ref().map(formula)));
    map.insert("distinct".into(), json!(over.distinct));
    if let Json::Object(own) = own {
        map.extend(own);
    }
    Json::Object(map)
}

fn indicator(indicator: &Indicator) -> Json {
    let from = |year_before: bool| if year_before { "year-before" } else { "previous" };
    let kind = match &indicator.kind {
        IndicatorKind::Count(over) => aggregate("count", over, json!({})),
        IndicatorKind::Register(over) => aggregate("register", over, json!({})),
        IndicatorKind::Sum { over, value } => aggregate("sum", over, json!({ "value": formula(value) })),
        IndicatorKind::Reported { over, value } => {
            aggregate("reported", over, json!({ "value": formula(value) }))
        }
        IndicatorKind::Mean { over, value, weight } => aggregate(
            "mean",
            over,
            json!({ "value": formula(value), "weight": weight.as_ref().map(formula) }),
        ),
        IndicatorKind::Ratio { over, top, bottom } => {
            aggregate("ratio", over, json!({ "top": formula(top), "bottom": formula(bottom) }))
        }
        IndicatorKind::Proportion { over, top, bottom, weight, weights, design } => {
            let weights = weights.as_ref().map(|weights| {
                json!({
                    "record": weights.record,
                    "value": weights.value,
                    "cell": weights.cell,
                    "coverage_below": weights.coverage_below.normalize().to_string(),
                })
            });
            let own = json!({
                "top": formula(top),
                "bottom": formula(bottom),
                "weight": weight.as_ref().map(formula),
                "weights": weights,
            });
            let mut kind = aggregate("proportion", over, own);
            // Only where there is one, so that the digests of the others stay.
            if let (Some(design), Json::Object(kind)) = (design, &mut kind) {
                let population = design.population.as_ref().map(formula);
                let design = json!({ "strata": design.strata, "cluster": design.cluster,
                    "population": population, "lonely": design.lonely });
                kind.insert("design".into(), design);
            }
            kind
        }
        IndicatorKind::Comparable(comparable) => json!({
            "kind": "comparable",
            "follows": comparable.follows,
            "cell": comparable.cell,
            "from": from(comparable.year_before),
        }),
        IndicatorKind::Change { of, year_before, relative } => json!({
            "kind": "change",
            "of": of,
            "from": from(*year_before),
            "as": if *relative { "percent" } else { "points" },
        }),
        IndicatorKind::Derived { formula: text, .. } => {
            json!({ "kind": "derived", "formula": formula(text) })
        }
        IndicatorKind::Method(by) => by_method(by),
    };
    let unit = match &indicator.unit {
        Unit::Percent => json!("percent"),
        Unit::Points => json!("points"),
        Unit::Of(words) => json!(words),
    };
    let targets = by_key(&indicator.targets, |target| {
        let side = if target.at_least { "at_least" } else { "at_most" };
        let value = target.value.normalize().to_string();
        (format!("{} {}", target.region, target.period), json!({ side: value, "basis": target.basis }))
    });
    let mut own = json!({
        "by": indicator.by,
        "unit": unit,
        "better": indicator.better,
        "interval": indicator.interval.map(|rule| json!({ "method": rule.method, "level": rule.level.to_string() })),
        "small": indicator.small,
        "round": indicator.round,
        "break": by_key(&indicator.breaks, |one| (one.on.to_string(), json!({ "says": one.says }))),
        "target": targets,
    });
    if let (Json::Object(own), Json::Object(kind)) = (&mut own, kind) {
        own.extend(kind);
    }
    with_head(&indicator.head, own)
}

fn by_method(by: &ByMethod) -> Json {
    let columns: Vec<Json> = (by.columns.iter())
        .map(|(name, taken)| json!({ "column": name, "of": taken.of, "take": formula(&taken.take) }))
        .collect();
    let mut own = json!({
        "kind": by.word,
        "method": by.method,
        "columns": columns,
        "options": by.options,
        "answer": by.answer,
    });
    let rows = match &by.rows {
        MethodRows::Records(over) => aggregate(by.word.word(), over, json!({})),
        MethodRows::Places(among) => json!({ "among": among }),
        MethodRows::Steps { of, before } => json!({ "steps": { "of": of, "before": before } }),
    };
    if let (Json::Object(own), Json::Object(rows)) = (&mut own, rows) {
        own.extend(rows);
    }
    own
}

fn scheme(scheme: &Scheme) -> Json {
    let number = |value: Decimal| value.normalize().to_string();
    // By id; the order in which they are printed is a list of its own.
    let items = by_key(&scheme.items, |item| {
        let form = json!({
            "name": item.name,
            "group": item.group,
            "points": number(item.points),
            "measure": item.measure,
            // Decimals go to text by serde, so the form stays free of floats.
            "score": serde_json::to_value(&item.score).unwrap_or(Json::Null),
            "missing": item.missing,
            "evidence": item.evidence,
            "unproven": item.unproven,
            "within": item.points_within.map(number),
        });
        (item.id.clone(), form)
    });
    let order: Vec<&str> = scheme.items.iter().map(|item| item.id.as_str()).collect();
    let bands = by_key(&scheme.bands, |band| {
        (band.grade.clone(), json!({ "name": band.name, "from": number(band.from) }))
    });
    let groups = by_key(&scheme.groups, |group| {
        (group.id.clone(), json!({ "name": group.name, "points": number(group.points) }))
    });
    let vetoes = by_key(&scheme.vetoes, |veto| {
        (veto.measure.clone(), json!({ "grade": veto.grade, "says": veto.says }))
    });
    let mut own = json!({
        "assesses": scheme.assesses.word(),
        "full": number(scheme.full),
        "round": scheme.round,
        "missing": scheme.missing,
        "bands": bands,
        "groups": groups,
        "items": items,
        "order": order,
        "vetoes": vetoes,
        "within": scheme.points_within.map(number),
        "duties": scheme.duties,
    });
    // A scheme without a panel keeps the digest it had before there were any.
    if let Some(panel) = &scheme.panel {
        own["panel"] = json!({
            "stage": panel.stage,
            "reviewers": panel.reviewers,
            "settle": panel.settle,
            "apart": number(panel.apart),
        });
    }
    with_head(&scheme.head, own)
}

fn source(source: &Source) -> Json {
    let columns = by_key(&source.columns, |column| (column.to.clone(), self::column(column)));
    let leave_out: Vec<Json> = source
        .leave_out
        .iter()
        .map(|one| json!({ "column": one.column, "is": one.is, "says": one.says }))
        .collect();
    let own =
        json!({ "into": source.into, "format": source.format, "columns": columns, "leave_out": leave_out });
    with_head(&source.head, own)
}

fn column(column: &Column) -> Json {
    let map: Map<String, Json> = column.map.iter().map(|(from, to)| (from.clone(), json!(to))).collect();
    json!({
        "from": column.from,
        "date": column.date,
        "map": map,
        "otherwise": column.otherwise,
        "empty": column.empty,
        "nulls": column.nulls,
        "split": column.split,
    })
}

fn report(report: &ReportFile) -> Json {
    let own = json!({
        "kind": report.front.kind,
        "for": report.front.levels,
        "layout": report.front.layout,
        "body": report.body.replace("\r\n", "\n"),
    });
    with_head(&report.head, own)
}
