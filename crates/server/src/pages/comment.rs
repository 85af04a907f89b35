//! What colleagues say to each other beside a case.

use axum::http::StatusCode;
use serde_json::Value as Json;
use zhiheng_base::{Diagnostic, RegionCode};
use zhiheng_desk::{Desk, Trouble};

use super::act::{moment, permitted};
use super::cases;
use super::forms::{Blank, Filled};
use super::layout::go;
use super::sheet::{Cell, Section, Table};
use crate::authorize::{Action, Level, Thing, Verdict, authorize};
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Answer;
use crate::signin::secret;
use crate::text::Text;

/// Record type of comments.
const COMMENT: &str = "base.comment";

/// Newest comments that stand on the page of a case.
const SHOWN: usize = 100;

/// Whether the account may speak in a region: whoever does any of its work.
fn may_speak(call: &Call, region: RegionCode) -> bool {
    let work = [Action::Handle, Action::Decide, Action::Review, Action::Submit, Action::Sample, Action::Test];
    let thing = Thing::of_region(region, Level::Internal);
    work.into_iter()
        .any(|action| matches!(authorize(call.who(), action, &thing), Verdict::Allow | Verdict::StepUp))
}

/// What was said of a case, the newest last, and the form to say more.
pub(super) async fn sections(
    call: &Call,
    desk: &Desk,
    (number, region): (&str, RegionCode),
    wrong: &[Diagnostic],
) -> Result<Vec<Section>, Problem> {
    let t = Text(call.view.lang);
    let mut said =
        desk.engine.records(COMMENT, Some(("subject", number)), None).await.map_err(Problem::from)?;
    said.sort_by_key(|row| row.entry);
    let mut table = Table::new(call, "comments", &["day", "by", "comment"]);
    for row in said.iter().rev().take(SHOWN).rev() {
        let text = |field: &str| row.data.get(field).and_then(Json::as_str).unwrap_or_default();
        let body = desk.ledger.personal(row.entry, "body").await?;
        let by = call.server.access.account(text("said_by")).await?;
        table.rows.push(vec![
            Cell::to(text("said_on"), format!("/records/{}", row.entry)),
            Cell::of(by.map(|account| account.name).unwrap_or_else(|| text("said_by").to_owned())),
            Cell::of(body.unwrap_or_else(|| t.say("comment-erased"))),
        ]);
    }
    let mut sections = Vec::new();
    if !table.rows.is_empty() {
        sections.push(Section::Table(table));
    }
    if may_speak(call, region) {
        let action = format!("/cases/{number}/comments");
        let mut form = Filled::new(t.say("comment-form"), action, t.say("comment-send"));
        form.says = t.say("comment-says");
        form.hidden = vec![("once", secret::random()?)];
        form.blanks = vec![Blank::new(t, "body", "long").value(call.form.get("body")).judged(t.0, wrong)];
        sections.push(Section::Form(form));
    }
    Ok(sections)
}

/// `POST /cases/{case}/comments`.
pub(crate) async fn send(call: Call) -> Answer {
    let (number, region) = permitted(&call, Level::Internal).await?;
    if !may_speak(&call, region) {
        return Err(Problem::of_verdict(Verdict::NotAllowed).unwrap_or_else(Problem::not_found));
    }
    let once = call.form.get("once");
    if !secret::is_plausible(once) {
        return Err(Problem::malformed("once"));
    }
    let desk = call.server.office()?.desk().await?;
    let row = vec![
        ("no", once.to_owned()),
        ("subject", number.clone()),
        ("region", region.to_string()),
        ("body", call.form.get("body").trim().to_owned()),
        ("said_by", call.account().to_owned()),
        ("said_on", call.server.today().to_string()),
    ];
    // Sent twice, it is said once.
    let id = format!("comment/{once}");
    if desk.ledger.receipt(&id).await?.is_none() {
        match desk.put(moment(&call), COMMENT, &[row], call.account(), id).await {
            Err(Trouble::Problems(problems)) => {
                drop(desk);
                return cases::page(&call, StatusCode::UNPROCESSABLE_ENTITY, &problems).await;
            }
            done => done.map(drop)?,
        }
    }
    go(&call, &format!("/cases/{number}"))
}
