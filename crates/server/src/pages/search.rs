//! One box for everything that has a name or a number: places, definitions, cases, records, enterprises. Only what the
//! visitor may open is found; what is elsewhere is not hinted at.

use zhiheng_base::{RegionCode, Words};
use zhiheng_catalog::model::FieldType;
use zhiheng_desk::Desk;
use zhiheng_desk::cases::region_of;
use zhiheng_desk::credit::STATEMENT;
use zhiheng_desk::search::fit;
use zhiheng_record::CaseFilter;

use super::region::sees;
use super::sheet::{Cell, Section, Sheet, Table, json};
use crate::authorize::{Action, Level, Thing, Verdict, authorize, reach};
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Answer;
use crate::text::Text;

/// Most hits of a kind.
const HITS: usize = 20;
/// Most letters of a question; more are cut.
const LETTERS: usize = 100;
/// Most statements among which names of enterprises are looked for; of more, only codes are.
const STATEMENTS: u64 = 100_000;
/// `GET /search`.
pub(crate) async fn show(call: Call) -> Answer {
    let t = Text(call.view.lang);
    let typed: String = call.query.get("q").trim().chars().take(LETTERS).collect();
    let desk = call.server.office()?.desk().await?;
    let mut sheet = Sheet::new(&call, t.say("server-title-search-show"));
    let mut tables = Vec::new();
    if !typed.is_empty() {
        tables.push(places(&call, &desk, &typed));
        tables.push(definitions(&call, &desk, &typed));
        tables.push(cases(&call, &desk, &typed).await?);
        tables.push(enterprises(&call, &desk, &typed).await?);
        tables.push(records(&call, &desk, &typed).await?);
    }
    tables.retain(|table| !table.rows.is_empty());
    if call.query.get("as") == "json" {
        return json(&serde_json::json!({ "q": typed, "found": tables }));
    }
    let n: usize = tables.iter().map(|table| table.rows.len()).sum();
    sheet.lead = match (typed.is_empty(), n) {
        (true, _) => t.say("server-search-about"),
        (false, 0) => t.with("server-search-nothing", "typed", &typed),
        (false, n) => zhiheng_base::words::say(
            call.view.lang,
            "server-search-found",
            &[("typed", &typed), ("n", &n.to_string())],
        ),
    };
    sheet.frame.typed.clone_from(&typed);
    sheet.sections.extend(tables.into_iter().map(Section::Table));
    sheet.answer(&call)
}

/// Regions within the visitor's reach, by name, code or letters.
fn places(call: &Call, desk: &Desk, typed: &str) -> Table {
    let lang = call.view.lang;
    let mut table = Table::new(call, "found-places", &["name", "code"]);
    let regions = &desk.catalog.regions;
    let own: Vec<RegionCode> = reach(call.who(), Action::See)
        .parts
        .into_iter()
        .filter(|part| part.level >= Level::Internal)
        .filter_map(|part| part.region)
        .collect();
    let within = |code: RegionCode| own.iter().any(|region| region.contains(code));
    let mut found: Vec<_> = regions
        .iter()
        .filter(|version| version.valid_to.is_none() && within(version.code))
        .filter_map(|version| {
            let name =
                Words::new(version.title(zhiheng_base::Lang::Zh), version.title(zhiheng_base::Lang::En));
            let digits = typed.len() >= 2 && typed.bytes().all(|byte| byte.is_ascii_digit());
            let by_code = digits && version.code.to_string().starts_with(typed);
            let rank = if by_code { Some(zhiheng_desk::search::Fit::Begins) } else { fit(&name, typed) };
            Some((rank?, version.code.level(), version.code))
        })
        .collect();
    found.sort_unstable();
    found.dedup_by_key(|found| found.2);
    for (_, _, code) in found.into_iter().take(HITS).filter(|found| sees(call, found.2)) {
        let name = match lang {
            zhiheng_base::Lang::Zh => regions.full_name(code),
            zhiheng_base::Lang::En => regions.title(code, lang).map(str::to_owned),
        };
        table.rows.push(vec![
            Cell::to(name.unwrap_or_else(|| code.to_string()), format!("/r/{code}")),
            Cell::of(code.to_string()),
        ]);
    }
    table
}

/// Indicators, record types, schemes, procedures and the like, by name or id.
fn definitions(call: &Call, desk: &Desk, typed: &str) -> Table {
    let lang = call.view.lang;
    let mut table = Table::new(call, "found-definitions", &["name", "kind", "id"]);
    let mut found: Vec<_> = zhiheng_catalog::entries(&desk.catalog)
        .into_iter()
        .filter_map(|entry| {
            let by_id =
                fit(&Words::new("", entry.id), typed).filter(|fit| *fit <= zhiheng_desk::search::Fit::Holds);
            let rank = fit(entry.name, typed).into_iter().chain(by_id).min()?;
            // What is asked for most stands first.
            Some((rank, entry.kind != "indicator", entry.kind, entry.id, entry.name.get(lang)))
        })
        .collect();
    found.sort_unstable();
    for (_, _, kind, id, name) in found.into_iter().take(HITS) {
        table.rows.push(vec![Cell::to(name, format!("/i/{id}")), Cell::of(kind), Cell::of(id)]);
    }
    table
}

/// Cases by number or the name of their procedure.
async fn cases(call: &Call, desk: &Desk, typed: &str) -> Result<Table, Problem> {
    let lang = call.view.lang;
    let mut table = Table::new(call, "found-cases", &["case", "procedure", "region", "state"]);
    let small = typed.to_lowercase();
    for head in desk.ledger.cases(&CaseFilter::default()).await? {
        let procedure = desk.catalog.procedures.get(&head.of);
        let by_name = procedure.is_some_and(|procedure| fit(&procedure.head.name, typed).is_some());
        if !by_name && !head.case.to_lowercase().contains(&small) {
            continue;
        }
        let Some(region) = region_of(&head).filter(|region| sees(call, *region)) else { continue };
        let state = procedure.and_then(|procedure| procedure.state(&head.state));
        table.rows.push(vec![
            Cell::to(head.case.clone(), format!("/cases/{}", head.case)),
            Cell::of(procedure.map_or(head.of.as_str(), |procedure| procedure.head.name.get(lang))),
            Cell::of(desk.catalog.regions.title(region, lang).unwrap_or_default()),
            Cell::of(state.map_or(head.state.as_str(), |state| state.name.get(lang))),
        ]);
        if table.rows.len() == HITS {
            break;
        }
    }
    Ok(table)
}

/// Enterprises of which something is known, by code or name.
async fn enterprises(call: &Call, desk: &Desk, typed: &str) -> Result<Table, Problem> {
    let mut table = Table::new(call, "found-enterprises", &["name", "code", "region"]);
    if !desk.catalog.records.contains_key(STATEMENT) {
        return Ok(table);
    }
    let code = typed.to_uppercase();
    let many = desk.engine.lake().rows(STATEMENT) > STATEMENTS;
    let only = many.then_some(("holder", code.as_str()));
    let mut seen = std::collections::BTreeMap::new();
    for one in desk.engine.records(STATEMENT, only, None).await? {
        let text = |field: &str| one.data.get(field).and_then(serde_json::Value::as_str).unwrap_or_default();
        let (holder, name) = (text("holder"), text("holder_name"));
        let by_code = code.len() >= 4 && holder.starts_with(&code);
        if !by_code && fit(&Words::new(name, ""), typed).is_none() {
            continue;
        }
        let region = RegionCode::parse(text("located_in")).ok();
        let thing =
            Thing { region, enterprise: Some(holder.to_owned()), level: Level::Internal, ..Thing::default() };
        if authorize(call.who(), Action::See, &thing) == Verdict::Allow {
            seen.insert(holder.to_owned(), (name.to_owned(), region));
        }
    }
    for (holder, (name, region)) in seen.into_iter().take(HITS) {
        let place = region.and_then(|region| desk.catalog.regions.title(region, call.view.lang));
        table.rows.push(vec![
            Cell::to(if name.is_empty() { holder.clone() } else { name }, format!("/e/{holder}")),
            Cell::of(holder),
            Cell::of(place.unwrap_or_default()),
        ]);
    }
    Ok(table)
}

/// Records by entry, or by their natural key: its parts in order, apart by spaces or `/`.
async fn records(call: &Call, desk: &Desk, typed: &str) -> Result<Table, Problem> {
    let lang = call.view.lang;
    let mut table = Table::new(call, "found-records", &["#entry", "kind"]);
    let mut hits: Vec<u64> = Vec::new();
    if let Ok(entry) = typed.parse::<u64>()
        && entry < desk.ledger.size().await?
    {
        hits.push(entry);
    }
    let parts: Vec<&str> =
        typed.split(|c: char| c.is_whitespace() || c == '/').filter(|part| !part.is_empty()).collect();
    for record in desk.catalog.records.values() {
        // Keys of personal data are commitments in the ledger: they cannot be looked up by what they stand for.
        let is_plain = record.key.iter().all(|field| {
            record
                .field(field)
                .is_some_and(|field| !field.personal && !matches!(field.kind, FieldType::Subject { .. }))
        });
        if record.key.len() == parts.len() && is_plain {
            hits.extend(desk.ledger.find(&record.head.id, &parts).await?);
        }
    }
    hits.sort_unstable();
    hits.dedup();
    for index in hits.into_iter().take(HITS) {
        let entry = desk.ledger.entry(index).await?;
        let Some(record) = entry.of.as_ref().and_then(|of| desk.catalog.records.get(of)) else { continue };
        let is_record =
            matches!(entry.kind, zhiheng_record::EntryKind::Record | zhiheng_record::EntryKind::Correct);
        let thing = super::record::thing(record.region.as_deref(), &entry);
        if is_record && authorize(call.who(), Action::See, &thing) == Verdict::Allow {
            table.rows.push(vec![
                Cell::to(index.to_string(), format!("/records/{index}")),
                Cell::of(record.head.name.get(lang)),
            ]);
        }
    }
    Ok(table)
}
