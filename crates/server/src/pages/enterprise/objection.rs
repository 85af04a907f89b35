//! An enterprise objects to a statement on it: its reasons open a case, which the credit office answers in time.

use axum::http::StatusCode;
use zhiheng_base::{Diagnostic, RegionCode};
use zhiheng_desk::Desk;
use zhiheng_desk::Trouble;
use zhiheng_desk::open::book::STATEMENT;
use zhiheng_judge::subject::report::{Objection, Shown};

use super::own::{firm, of, report};
use crate::authorize::{Level, Thing};
use crate::call::Call;
use crate::pages::act::{acting_as, moment};
use crate::pages::forms::{Blank, Filled, told};
use crate::pages::layout::go;
use crate::pages::sheet::{Cell, Section, Sheet};
use crate::problem::Problem;
use crate::route::Answer;
use crate::text::Text;

/// Family of procedures of objections, and the step that opens one.
const FAMILY: &str = "credit.objection";
const RAISE: &str = "raise";

/// The statement of the address, if the enterprise may read it.
async fn statement(call: &Call, desk: &Desk, code: &str) -> Result<Shown, Problem> {
    let entry: u64 = call.param("entry").parse().map_err(|_| Problem::not_found())?;
    let own = report(desk, code, call.server.today()).await?.ok_or_else(Problem::not_found)?;
    let shown = own.sections.into_iter().flat_map(|section| section.statements);
    let found = shown.into_iter().find(|shown| shown.entry == entry).ok_or_else(Problem::not_found)?;
    let thing = Thing { enterprise: Some(code.to_owned()), level: Level::Internal, ..Thing::default() };
    call.permit(&thing, &format!("statement {entry}")).await?;
    Ok(found)
}

fn page(call: &Call, shown: &Shown, status: StatusCode, wrong: &[Diagnostic]) -> Answer {
    let (t, lang) = (Text(call.view.lang), call.view.lang);
    let mut sheet = Sheet::new(call, t.say("server-title-firm-object"));
    sheet.crumb(t.say("server-title-firm-home"), format!("/enterprise{}", of(call, '?')));
    sheet.wrong = told(lang, wrong, "main");
    let mut facts = vec![
        (t.say("server-col-kind"), Cell::of(shown.name.get(lang))),
        (t.say("server-col-day"), Cell::of(shown.day.to_string())),
    ];
    facts.extend(
        shown.facts.iter().map(|fact| (fact.label.get(lang).to_owned(), Cell::of(fact.value.get(lang)))),
    );
    sheet.sections.push(Section::Facts(String::new(), facts));
    if shown.objection == Objection::Doubted {
        sheet.notes.push(t.say("firm-object-open"));
        return sheet.answer_as(call, status);
    }
    let action = format!("/enterprise/objections/{}{}", shown.entry, of(call, '?'));
    let mut form = Filled::new(t.say("firm-object"), action, t.say("firm-object-send"));
    form.says = t.say("firm-object-says");
    form.back = format!("/enterprise{}", of(call, '?'));
    form.blanks = vec![Blank::new(t, "grounds", "long").value(call.form.get("grounds")).judged(lang, wrong)];
    sheet.sections.push(Section::Form(form));
    sheet.answer_as(call, status)
}

/// `GET /enterprise/objections/{entry}`.
pub(crate) async fn show(call: Call) -> Answer {
    let code = firm(&call)?;
    let desk = call.server.office()?.desk().await?;
    let shown = statement(&call, &desk, &code).await?;
    page(&call, &shown, StatusCode::OK, &[])
}

/// `POST /enterprise/objections/{entry}`.
pub(crate) async fn send(call: Call) -> Answer {
    let code = firm(&call)?;
    let desk = call.server.office()?.desk().await?;
    let shown = statement(&call, &desk, &code).await?;
    if shown.objection == Objection::Doubted {
        return page(&call, &shown, StatusCode::OK, &[]);
    }
    // The fields that tell which statement it is are those of the record, not of the browser.
    let row = desk.ledger.entry(shown.entry).await?;
    let text =
        |field: &str| row.data.get(field).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
    let held = call.who().held.iter().find(|held| held.enterprise.as_deref() == Some(code.as_str()));
    let own = held.map(|held| held.region.to_string()).unwrap_or_default();
    let located = RegionCode::parse(&text("located_in")).map_or(own, |region| region.to_string());
    let mut acting = acting_as(&call, code.clone());
    acting.expect = None;
    let day = desk.catalog.records.get(STATEMENT).map_or("on_day", |record| record.date_field()).to_owned();
    acting.form = [
        ("located_in", located),
        ("holder", text("holder")),
        ("holder_name", text("holder_name")),
        ("statement_kind", text("kind")),
        ("number", text("number")),
        ("statement_day", text(&day)),
        ("grounds", call.form.get("grounds").trim().to_owned()),
    ]
    .into_iter()
    .filter(|(_, text)| !text.is_empty())
    .map(|(id, text)| (id.to_owned(), text))
    .collect();
    // Sent twice, it is one objection.
    acting.id = Some(format!("{FAMILY}/{code}/{}/{}", shown.entry, call.server.today()));
    match desk.open_case(moment(&call), FAMILY, RAISE, &acting).await {
        Ok(done) => go(&call, &format!("/enterprise/cases/{}", done.taken.event.case)),
        Err(Trouble::Problems(problems)) => page(&call, &shown, StatusCode::UNPROCESSABLE_ENTITY, &problems),
        Err(trouble) => Err(trouble.into()),
    }
}
