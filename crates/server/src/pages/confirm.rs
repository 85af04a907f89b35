//! Step-up: showing again who one is before an act that counts.

use askama::Template;
use axum::http::StatusCode;
use zhiheng_base::Diagnostic;
use zhiheng_record::access::DeedKind;

use super::fields::{Field, Wrong, summary};
use super::layout::{Frame, answer, go, local, pages};
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Answer;
use crate::signin::{session, throttle};
use crate::text::Text;

#[derive(Template)]
#[template(path = "confirm.html", blocks = ["main"])]
struct Confirm {
    frame: Frame,
    factor: String,
    challenge: String,
    fields: Vec<Field>,
    wrong: Vec<Wrong>,
    back: String,
}

pages!(Confirm);

/// `GET /account/confirm`.
pub(crate) async fn show(call: Call) -> Answer {
    let back = local(call.query.get("back")).to_owned();
    page(&call, StatusCode::OK, back, &[]).await
}

async fn page(call: &Call, status: StatusCode, back: String, wrong: &[(&'static str, Diagnostic)]) -> Answer {
    let t = Text(call.view.lang);
    let account = call.server.access.account(call.account()).await?.ok_or_else(Problem::not_found)?;
    let factor = &call.server.factor;
    let page = Confirm {
        frame: Frame::of(call).under("account.show"),
        factor: t.say(&format!("server-factor-{}", factor.name())),
        challenge: factor.challenge(&account),
        fields: vec![Field::new(t, "password", "password").autocomplete("current-password").judged(t, wrong)],
        wrong: summary(t, wrong),
        back,
    };
    answer(call, status, &page)
}

/// `POST /account/confirm`. The session goes on under a new secret: what was stolen before is worth nothing after.
pub(crate) async fn send(call: Call) -> Answer {
    let server = &call.server;
    let now = server.now();
    let back = local(call.form.get("back")).to_owned();
    let account = server.access.account(call.account()).await?.ok_or_else(Problem::not_found)?;
    if let Some(left) = throttle::wait(&account, server.settings.login.free_failures, now) {
        let wrong = [("password", Diagnostic::error("ZH7521").arg("secs", throttle::secs(left)))];
        return page(&call, StatusCode::TOO_MANY_REQUESTS, back, &wrong).await;
    }
    if !server.factor.shown(&account, &server.passwords, call.form.raw("password")).await {
        server.access.note_failure(&account.id, now).await?;
        let wrong = [("password", Diagnostic::error("ZH7522"))];
        return page(&call, StatusCode::UNPROCESSABLE_ENTITY, back, &wrong).await;
    }
    server.access.note_success(&account.id).await?;
    let (value, cookie) = session::renew(&call, &account.id).await?;
    server.access.strengthen_session(&session::hash(&value), now).await?;
    call.note(DeedKind::StepUp, server.factor.name()).await?;
    let mut response = go(&call, &back)?;
    session::set(&mut response, &cookie);
    Ok(response)
}
