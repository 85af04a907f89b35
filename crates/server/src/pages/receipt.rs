//! The receipt of a hand-in: what was taken when, and the proof that it is in the ledger. Made to be printed.

use zhiheng_base::RegionCode;

use super::returns::place_name;
use super::sheet::{Cell, Section, Sheet, Table, json};
use crate::authorize::{Level, Thing};
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Answer;
use crate::text::Text;

/// `GET /receipts/{submission}`. Its id names record type, region and period, `of:region:period:hash`.
pub(crate) async fn show(call: Call) -> Answer {
    let (t, lang) = (Text(call.view.lang), call.view.lang);
    call.signed_in()?;
    let id = call.param("submission").to_owned();
    let mut parts = id.split(':');
    let (of, region, period) = (parts.next(), parts.next(), parts.next());
    let (Some(of), Some(region), Some(period)) = (of, region, period) else {
        return Err(Problem::not_found());
    };
    let region = RegionCode::parse(region).map_err(|_| Problem::not_found())?;
    call.permit(&Thing::of_region(region, Level::Internal), &format!("receipt {id}")).await?;
    let desk = call.server.office()?.desk().await?;
    let receipt = desk.ledger.receipt(&id).await?.ok_or_else(Problem::not_found)?;
    if call.query.get("as") == "json" {
        return json(&receipt);
    }
    let entry = desk.ledger.entry(receipt.first).await?;
    let record = desk.catalog.records.get(of);
    let name = record.map_or_else(|| of.to_owned(), |record| record.head.name.get(lang).to_owned());
    let period =
        zhiheng_base::Period::parse(period).map_or_else(|_| period.to_owned(), |period| period.title(lang));
    let mut sheet = Sheet::new(&call, t.say("server-title-receipts-show"));
    sheet.frame = sheet.frame.under("submit.list");
    let records = receipt.count - 1;
    sheet.lead = zhiheng_base::words::say(
        lang,
        "server-receipt-lead",
        &[("unit", &place_name(&call, &desk, region)), ("name", &name), ("period", &period)],
    );
    let mut facts = vec![
        (t.say("server-col-receipt"), Cell::of(id.clone())),
        (t.say("server-col-at"), Cell::of(super::account::minute(entry.at))),
        (t.say("server-col-by"), Cell::of(entry.by.clone())),
        (t.say("server-receipt-new"), Cell::of(records.to_string())),
        (t.say("server-receipt-same"), Cell::of(receipt.unchanged.to_string())),
        (
            t.say("server-receipt-entries"),
            Cell::to(
                format!("{}–{}", receipt.first, receipt.first + records),
                if records > 0 { format!("/records/{}", receipt.first + 1) } else { String::new() },
            ),
        ),
    ];
    let files = desk.ledger.files().await?;
    for file in files.into_iter().filter(|file| file.entry == receipt.first) {
        facts.push((t.say("server-col-file"), Cell::of(file.name)));
        facts.push((t.say("server-receipt-hash"), Cell::of(file.sha256)));
    }
    sheet.sections.push(Section::Facts(String::new(), facts));
    sheet.notes.push(t.say("server-receipt-print"));
    let origin = call.server.public_origin(call.arrival.door);
    let address = format!("{origin}/verify/{}", crate::api::escaped(&id));
    sheet.sections.extend(super::qr::square(&address).map(Section::Square));
    let mut proof = Table::new(&call, "proof", &["#n", "hash"]);
    for (n, hash) in receipt.proof.iter().enumerate() {
        proof.rows.push(vec![Cell::of((n + 1).to_string()), Cell::of(hash.clone())]);
    }
    let note: Vec<(String, Cell)> = vec![
        (t.say("server-receipt-leaf"), Cell::of(receipt.leaf.clone())),
        (
            t.say("server-receipt-checkpoint"),
            Cell::of(receipt.checkpoint.lines().collect::<Vec<_>>().join(" ")),
        ),
    ];
    sheet.sections.push(Section::Facts(t.say("server-receipt-proof"), note));
    sheet.sections.push(Section::Table(proof));
    sheet.twin("JSON", format!("/receipts/{id}?as=json"));
    sheet.answer(&call)
}
