//! Drafts: how they stand, what was found in them, mending, sending, throwing away. Somebody's drafts are nobody else's.

use std::time::Duration;

use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;
use zhiheng_base::{Diagnostic, Place};
use zhiheng_catalog::model::Field;
use zhiheng_desk::handin::table::Table;
use zhiheng_desk::handin::{Draft, State};
use zhiheng_record::verify::hash::sha256;
use zhiheng_record::verify::to_hex;

use super::shapes::{CellsGiven, DraftState, Finding, SendGiven, draft as shaped, finding, mark};
use crate::api::once::{Done, body, marked, matches, once};
use crate::api::parameters::{check, limit, number};
use crate::api::{Paged, answer, next, paged};
use crate::call::Call;
use crate::counter::work;
use crate::pages::job::{PATIENCE, own};
use crate::pages::returns::counter;
use crate::problem::Problem;
use crate::route::Answer;

/// How long sending is waited for: a program wants the receipt, not the way to it.
const SENT_WITHIN: Duration = Duration::from_secs(20);

/// That a draft is no more.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Dropped {
    /// Its id.
    pub(crate) id: String,
}

/// How a draft stands, once the work on it is done or patience is over; with its mark.
pub(super) async fn told(call: &Call, id: &str) -> Result<(DraftState, String), Problem> {
    settled(call, id, PATIENCE).await
}

async fn settled(call: &Call, id: &str, patience: Duration) -> Result<(DraftState, String), Problem> {
    let counter = counter(call)?;
    if let Some(job) = counter.job(id) {
        let _ = tokio::time::timeout(patience, job.end()).await;
    }
    let draft = counter.drafts.get(id).ok_or_else(Problem::not_found)?;
    let checked = counter.drafts.checked(id);
    let mark = mark(&draft).map_err(Problem::ours)?;
    Ok((shaped(&draft, checked.as_ref(), call.view.lang), mark))
}

/// `GET /api/v1/drafts`: one's own, the newest first.
pub(crate) async fn list(call: Call) -> Answer {
    check(&call)?;
    let counter = counter(&call)?;
    let own = counter.drafts.all()?.into_iter().filter(|draft| draft.account == call.account());
    let data: Vec<DraftState> =
        own.map(|draft| shaped(&draft, counter.drafts.checked(&draft.id).as_ref(), call.view.lang)).collect();
    let total = data.len() as u64;
    paged(&call, data, Paged { total: Some(total), next: None }).await
}

/// `GET /api/v1/drafts/{draft}`.
pub(crate) async fn show(call: Call) -> Answer {
    let draft = own(&call, call.param("draft")).await?;
    check(&call)?;
    // What an earlier server left is taken up by whoever looks.
    if draft.is_busy() {
        work(&call.server, &draft);
    }
    let (state, mark) = told(&call, &draft.id).await?;
    marked(answer(&call, state).await, &mark)
}

/// `GET /api/v1/drafts/{draft}/findings`: those that are kept, in the order of the rows in which they were found.
pub(crate) async fn findings(call: Call) -> Answer {
    let draft = own(&call, call.param("draft")).await?;
    check(&call)?;
    let checked = counter(&call)?.drafts.checked(&draft.id);
    let all = checked.map(|checked| checked.problems).unwrap_or_default();
    let total = all.len();
    let after = usize::try_from(number(&call, "after").unwrap_or(0)).unwrap_or(usize::MAX);
    let some = all.iter().skip(after).take(limit(&call));
    let data: Vec<Finding> = some.map(|problem| finding(problem, call.view.lang)).collect();
    let end = after.saturating_add(data.len());
    let next = (end < total).then(|| next(&call, "after", &end.to_string()));
    paged(&call, data, Paged { total: Some(total as u64), next }).await
}

/// `POST /api/v1/drafts/{draft}/cells`: cells of rows that were given as JSON are mended, and everything is checked again.
pub(crate) async fn mend(call: Call) -> Answer {
    let draft = own(&call, call.param("draft")).await?;
    check(&call)?;
    let counter = counter(&call)?;
    let (given, bytes) = body::<CellsGiven>(&call).await?;
    let work = async {
        matches(&call, Some(&mark(&draft).map_err(Problem::ours)?))?;
        if draft.is_busy() {
            return Err(Diagnostic::error("ZH7319").into());
        }
        let table = counter.drafts.table(&draft.id).ok_or_else(|| Diagnostic::error("ZH7577"))?;
        let table = mended(table, &given, &call, &draft).await?;
        let bytes = table.to_csv();
        counter.drafts.replace(&draft.id, &bytes)?;
        counter.drafts.save_table(&draft.id, &table)?;
        let sha256 = to_hex(&sha256(&bytes));
        let size = bytes.len() as u64;
        let draft = Draft { sha256, size, state: State::Checking, ..draft.clone() };
        counter.drafts.save(&draft)?;
        work(&call.server, &draft);
        let (state, mark) = told(&call, &draft.id).await?;
        Ok(Done::of(state).marked(mark))
    };
    once(&call, &bytes, work).await
}

/// The table with other cells. A cell that is not there is told, and none is mended.
async fn mended(mut table: Table, given: &CellsGiven, call: &Call, draft: &Draft) -> Result<Table, Problem> {
    let catalog = call.server.office()?.catalog().await;
    let record = catalog.records.get(&draft.of);
    for cell in &given.cells {
        // Titles are the field's id or one of its names, as whoever made the table has them.
        let names = |field: &Field| [field.id.clone(), field.name.zh.clone(), field.name.en.clone()];
        let field =
            record.and_then(|record| record.fields.iter().find(|field| names(field).contains(&cell.column)));
        let names = field.map(names).unwrap_or_default();
        let title = table.titles.iter().find(|title| **title == cell.column || names.contains(title));
        let column = title.cloned().unwrap_or_else(|| cell.column.clone());
        let place = Place::Cell { file: String::new(), sheet: None, row: cell.row, column: Some(column) };
        let at = table.cell_of(&Diagnostic::error("ZH7578").at(place));
        let at =
            at.ok_or_else(|| Diagnostic::error("ZH7578").arg("row", cell.row).arg("column", &cell.column))?;
        table.mend(at, &cell.value);
    }
    Ok(table)
}

/// `POST /api/v1/drafts/{draft}/send`.
pub(crate) async fn send(call: Call) -> Answer {
    let draft = own(&call, call.param("draft")).await?;
    check(&call)?;
    let counter = counter(&call)?;
    let (given, bytes) = body::<SendGiven>(&call).await?;
    let work = async {
        // What was sent already is not sent again, and leads to the same receipt.
        if !matches!(draft.state, State::Sent { .. }) {
            matches(&call, Some(&mark(&draft).map_err(Problem::ours)?))?;
            if draft.is_busy() {
                return Err(Diagnostic::error("ZH7319").into());
            }
            let checked = counter.drafts.checked(&draft.id).ok_or_else(|| refusal(&draft))?;
            if checked.refused() > 0 {
                return Err(Diagnostic::error("ZH7311").arg("n", checked.refused()).into());
            }
            let explanation = given.explanation.trim().to_owned();
            if explanation.is_empty() && (checked.needs_explanation() || given.drop_missing) {
                return Err(Diagnostic::error("ZH7310").into());
            }
            let state = State::Sending { explanation, drop_missing: given.drop_missing };
            let draft = Draft { state, ..draft.clone() };
            counter.drafts.save(&draft)?;
            work(&call.server, &draft);
        }
        let (state, mark) = settled(&call, &draft.id, SENT_WITHIN).await?;
        let after = counter.drafts.get(&draft.id).ok_or_else(Problem::not_found)?;
        // A refusal of the procedure is the answer to this request.
        if let State::Failed { .. } = &after.state {
            return Err(refusal(&after));
        }
        let done = Done::of(state).marked(mark);
        Ok(if after.is_busy() { Done { status: StatusCode::ACCEPTED, ..done } } else { done })
    };
    once(&call, &bytes, work).await
}

/// Why a draft cannot be sent: what it failed of.
fn refusal(draft: &Draft) -> Problem {
    match &draft.state {
        State::Failed { why } => Problem::from(why.clone()),
        _ => Problem::not_found(),
    }
}

/// `DELETE /api/v1/drafts/{draft}`: the work on it is stopped, and it is forgotten.
pub(crate) async fn remove(call: Call) -> Answer {
    let draft = own(&call, call.param("draft")).await?;
    check(&call)?;
    let counter = counter(&call)?;
    matches(&call, Some(&mark(&draft).map_err(Problem::ours)?))?;
    counter.forget(&draft).await?;
    answer(&call, Dropped { id: draft.id }).await
}
