//! What a consumer finds behind a product's code (GS1 Digital Link): when it was made, whether it is recalled, what was published of it. Never
//! who handled it or where it went.

use std::sync::Arc;

use axum::http::StatusCode;
use zhiheng_base::words::say;
use zhiheng_desk::open::Book;
use zhiheng_desk::open::thing::{Thing, Touched, identifier, thing};
use zhiheng_trace::id::{Detail, Identifier};

use super::{book, keep, lists};
use crate::call::Call;
use crate::pages::sheet::{Cell, Section, Sheet, Table, json};
use crate::route::Answer;
use crate::text::Text;

/// Media type of a linkset (RFC 9264).
const LINKSET: &str = "application/linkset+json";

/// `GET /01/{gtin}`.
pub(crate) async fn product(call: Call) -> Answer {
    answered(&call, Detail::None).await
}

/// `GET /01/{gtin}/10/{lot}`.
pub(crate) async fn lot(call: Call) -> Answer {
    answered(&call, Detail::Lot(call.param("lot").to_owned())).await
}

/// `GET /01/{gtin}/21/{serial}`.
pub(crate) async fn piece(call: Call) -> Answer {
    answered(&call, Detail::Serial(call.param("serial").to_owned())).await
}

async fn answered(call: &Call, detail: Detail) -> Answer {
    let t = Text(call.view.lang);
    let identifier = match identifier(call.param("gtin"), detail) {
        Ok(identifier) => identifier,
        Err(why) => {
            let mut sheet = Sheet::new(call, t.say("open-thing-none"));
            sheet.lead = why.message(t.0);
            sheet.notes.extend(why.hint(t.0));
            sheet.sections.push(Section::Text(vec![Cell::of(t.say("open-thing-none-do"))]));
            return sheet.answer_as(call, StatusCode::NOT_FOUND);
        }
    };
    if call.query.get("linkType") == "all" || call.query.get("linkType") == "linkset" {
        let links = linkset(call, &identifier);
        return keep(call, json(&links), LINKSET).await;
    }
    let office = call.server.office()?;
    let book: Arc<Book> = book(call).await?;
    let catalog = office.catalog().await;
    let repository = office.repository().await?;
    let tracing = repository.tracing();
    tracing.settled().await?;
    // The picture is let go before the page is made.
    let one = {
        let held = tracing.held();
        thing(&book, &held.world, &held.masters, &identifier)
    };
    let shown = identifier_words(call, &one);
    let mut sheet = Sheet::new(call, shown);
    sheet.lead = lead(call, &one);
    sheet.big = t.say(match one.recalls.first() {
        Some((Touched::Named, _)) => "open-thing-recalled",
        Some((Touched::Made, _)) => "open-thing-touched",
        Some((Touched::Possibly, _)) => "open-thing-possibly",
        None => "open-thing-no-recall",
    });
    sheet.beside = t.with("open-thing-today", "day", book.day);
    sheet.notes.extend(one.doubt.iter().map(|doubt| doubt.message(call.view.lang)));
    let facts = [
        (t.say("open-thing-code"), identifier.body().to_owned()),
        (t.say("server-col-open-lot"), one.lot.clone().unwrap_or_default()),
        (t.say("open-thing-made"), one.made.map(|day| day.to_string()).unwrap_or_default()),
        (t.say("server-col-region"), one.made_in.clone().unwrap_or_default()),
    ];
    let facts = facts.into_iter().filter(|(_, text)| !text.is_empty());
    sheet
        .sections
        .push(Section::Facts(String::new(), facts.map(|(name, text)| (name, Cell::of(text))).collect()));
    recalls(call, &mut sheet, &catalog, &one);
    if !one.finished.is_empty() {
        let mut table = lists::notices(call, &catalog, one.finished.iter().copied());
        table.id = "open-finished".to_owned();
        table.title = t.say("server-table-open-finished");
        sheet.sections.push(Section::Table(table));
    }
    let outcomes = lists::outcomes(call, &catalog, one.outcomes.iter().copied());
    if outcomes.rows.is_empty() {
        sheet.sections.push(Section::Text(vec![Cell::of(t.say("open-thing-untested"))]));
    } else {
        sheet.sections.push(Section::Table(outcomes));
    }
    sheet.sections.push(Section::Text(vec![Cell::of(t.say("open-thing-limits"))]));
    sheet.answer(call)
}

fn identifier_words(call: &Call, one: &Thing<'_>) -> String {
    let lang = call.view.lang;
    let gtin = one.identifier.body();
    match one.identifier.detail() {
        Detail::Lot(lot) => say(lang, "open-thing-title-lot", &[("gtin", gtin), ("lot", lot)]),
        Detail::Serial(serial) => say(lang, "open-thing-title-piece", &[("gtin", gtin), ("serial", serial)]),
        _ => say(lang, "open-thing-title", &[("gtin", gtin)]),
    }
}

fn lead(call: &Call, one: &Thing<'_>) -> String {
    let t = Text(call.view.lang);
    match (one.known, one.ended) {
        // Nothing soothing comes before a recall.
        (false, _) if !one.recalls.is_empty() => String::new(),
        (false, _) => t.say("open-thing-unknown"),
        (true, true) => t.say("open-thing-ended"),
        (true, false) => t.say("open-thing-known"),
    }
}

/// What to do, before anything else; then the notices.
fn recalls(call: &Call, sheet: &mut Sheet, catalog: &zhiheng_catalog::Catalog, one: &Thing<'_>) {
    if one.recalls.is_empty() {
        return;
    }
    let t = Text(call.view.lang);
    if let Some((touched, first)) = one.recalls.first() {
        if *touched == Touched::Named {
            let hazard = t.say("server-col-open-hazard");
            sheet.notes.push(say(t.0, "open-fact", &[("label", &hazard), ("value", &first.hazard)]));
            sheet.notes.push(first.remedy.clone());
        } else {
            sheet.notes.push(t.with("open-thing-ask", "product", &first.product));
        }
    }
    let mut table: Table = lists::notices(call, catalog, one.recalls.iter().map(|(_, notice)| *notice));
    table.title = t.say("open-thing-recalls");
    sheet.sections.push(Section::Table(table));
}

/// Where more is said of the same thing.
fn linkset(call: &Call, identifier: &Identifier) -> serde_json::Value {
    let origin = call.server.origin(call.arrival.door);
    let anchor = identifier.link_on(origin);
    let page = |kind: &str| serde_json::json!([{ "href": format!("{anchor}?linkType={kind}"), "type": "text/html", "hreflang": ["zh-CN", "en"] }]);
    serde_json::json!({ "linkset": [{
        "anchor": anchor,
        "https://ref.gs1.org/voc/defaultLink": [{ "href": anchor, "type": "text/html", "hreflang": ["zh-CN", "en"] }],
        "https://ref.gs1.org/voc/recallStatus": page("gs1:recallStatus"),
        "https://ref.gs1.org/voc/certificationInfo": page("gs1:certificationInfo"),
    }] })
}
