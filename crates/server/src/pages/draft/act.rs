//! Acting on a draft: mending, sending, pausing, throwing away, and the file with its mistakes marked.

use axum::http::StatusCode;
use zhiheng_base::{Diagnostic, RegionCode};
use zhiheng_desk::handin::{Draft, State};

use super::page;
use crate::call::Call;
use crate::counter::work;
use crate::pages::download::saved;
use crate::pages::job::{after, own};
use crate::pages::layout::go;
use crate::pages::returns::counter;
use crate::pages::submit::XLSX;
use crate::problem::Problem;
use crate::route::Answer;

/// `GET /drafts/{draft}/annotated.xlsx`.
pub(crate) async fn annotated(call: Call) -> Answer {
    let draft = own(&call, call.param("draft")).await?;
    let counter = counter(&call)?;
    let catalog = call.server.office()?.catalog().await;
    let (today, lang) = (call.server.today(), call.view.lang);
    let what = draft.what(&catalog, today)?;
    let (reading, source) = (counter.reading.clone(), counter.drafts.source(&draft.id)?);
    let name = format!("{}-{}-{}.xlsx", what.of, what.region, what.period);
    let _turn = counter.turn().await?;
    let work = move || reading.annotated(&catalog, (&draft, &what), &source, today, lang);
    saved(tokio::task::spawn_blocking(work).await.map_err(Problem::ours)??, XLSX, &name)
}

/// `POST /drafts/{draft}/cells`: cells of a pasted table are mended and everything is checked again.
pub(crate) async fn mend(call: Call) -> Answer {
    let mut draft = own(&call, call.param("draft")).await?;
    let counter = counter(&call)?;
    if draft.is_busy() {
        return Err(Diagnostic::error("ZH7319").into());
    }
    let mut table = counter.drafts.table(&draft.id).ok_or_else(Problem::not_found)?;
    for (name, value) in call.form.pairs() {
        let cell = name.strip_prefix('c').and_then(|rest| rest.split_once('-'));
        let cell = cell.and_then(|(row, column)| Some((row.parse().ok()?, column.parse().ok()?)));
        if let Some(cell) = cell {
            table.mend(cell, value);
        }
    }
    let bytes = table.to_csv();
    counter.drafts.replace(&draft.id, &bytes)?;
    counter.drafts.save_table(&draft.id, &table)?;
    draft.sha256 = zhiheng_record::verify::to_hex(&zhiheng_record::verify::hash::sha256(&bytes));
    draft.size = bytes.len() as u64;
    draft.state = State::Checking;
    counter.drafts.save(&draft)?;
    work(&call.server, &draft);
    go(&call, &after(&call, &draft.id).await)
}

/// `POST /drafts/{draft}/send`.
pub(crate) async fn send(call: Call) -> Answer {
    let mut draft = own(&call, call.param("draft")).await?;
    let counter = counter(&call)?;
    if draft.is_busy() {
        return go(&call, &format!("/jobs/{}", draft.id));
    }
    if let State::Sent { submission, .. } = &draft.state {
        return go(&call, &format!("/receipts/{submission}"));
    }
    let checked = counter.drafts.checked(&draft.id).ok_or_else(Problem::not_found)?;
    if checked.refused() > 0 {
        return page(&call, &Draft { state: State::Checked, ..draft }, StatusCode::UNPROCESSABLE_ENTITY, &[])
            .await;
    }
    let explanation = call.form.get("explanation").to_owned();
    let drop_missing = call.form.get("drop_missing") == "yes";
    let unsaid = explanation.is_empty() && (checked.needs_explanation() || drop_missing);
    if unsaid {
        let wrong = [Diagnostic::error("ZH7310").arg("field", "explanation")];
        return page(&call, &draft, StatusCode::UNPROCESSABLE_ENTITY, &wrong).await;
    }
    draft.state = State::Sending { explanation, drop_missing };
    counter.drafts.save(&draft)?;
    work(&call.server, &draft);
    go(&call, &after(&call, &draft.id).await)
}

/// `POST /drafts/{draft}/pause`: reading ends for now.
pub(crate) async fn pause(call: Call) -> Answer {
    let draft = own(&call, call.param("draft")).await?;
    if draft.state == State::Checking {
        counter(&call)?.pause(&draft.id).await?;
    }
    go(&call, &format!("/drafts/{}", draft.id))
}

/// `POST /drafts/{draft}/resume`: reading begins anew.
pub(crate) async fn resume(call: Call) -> Answer {
    let mut draft = own(&call, call.param("draft")).await?;
    if draft.state == State::Paused {
        draft.state = State::Checking;
        counter(&call)?.drafts.save(&draft)?;
        work(&call.server, &draft);
    }
    go(&call, &after(&call, &draft.id).await)
}

/// `POST /drafts/{draft}/drop`: stops the work on a draft, and forgets it.
pub(crate) async fn away(call: Call) -> Answer {
    let draft = own(&call, call.param("draft")).await?;
    counter(&call)?.forget(&draft).await?;
    let region = RegionCode::parse(&draft.region).map_err(Problem::from)?;
    go(&call, &format!("/submit/{}/{region}/{}", draft.of, draft.period))
}
