//! Changing the password: the old one, the new one once (shown on wish by the browser), and all other sessions end.

use askama::Template;
use axum::http::StatusCode;
use zhiheng_base::Diagnostic;
use zhiheng_record::access::DeedKind;

use super::fields::{Field, Wrong, summary};
use super::layout::{Frame, answer, go, pages};
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Answer;
use crate::signin::password::weakness;
use crate::signin::{session, throttle};
use crate::text::Text;

#[derive(Template)]
#[template(path = "password.html", blocks = ["main"])]
struct Password {
    frame: Frame,
    login: String,
    due: bool,
    fields: Vec<Field>,
    wrong: Vec<Wrong>,
}

pages!(Password);

/// `GET /account/password`.
pub(crate) async fn show(call: Call) -> Answer {
    page(&call, StatusCode::OK, &[]).await
}

async fn page(call: &Call, status: StatusCode, wrong: &[(&'static str, Diagnostic)]) -> Answer {
    let t = Text(call.view.lang);
    let account = call.server.access.account(call.account()).await?.ok_or_else(Problem::not_found)?;
    let fields = vec![
        Field::new(t, "old-password", "password").autocomplete("current-password").judged(t, wrong),
        Field::new(t, "new-password", "password").autocomplete("new-password").judged(t, wrong),
    ];
    let page = Password {
        frame: Frame::of(call).under("account.show"),
        login: account.login,
        due: account.must_change,
        fields,
        wrong: summary(t, wrong),
    };
    answer(call, status, &page)
}

/// `POST /account/password`.
pub(crate) async fn send(call: Call) -> Answer {
    let server = &call.server;
    let now = server.now();
    let account = server.access.account(call.account()).await?.ok_or_else(Problem::not_found)?;
    if let Some(left) = throttle::wait(&account, server.settings.login.free_failures, now) {
        let wrong = [("old-password", Diagnostic::error("ZH7521").arg("secs", throttle::secs(left)))];
        return page(&call, StatusCode::TOO_MANY_REQUESTS, &wrong).await;
    }
    let (old, new) = (call.form.raw("old-password"), call.form.raw("new-password"));
    let mut wrong = Vec::new();
    if !server.passwords.check(old, account.password.as_deref()).await {
        server.access.note_failure(&account.id, now).await?;
        wrong.push(("old-password", Diagnostic::error("ZH7522")));
    }
    if let Some(weak) = weakness(new, &account.login, server.settings.login.password_min) {
        wrong.push(("new-password", weak));
    } else if old == new {
        wrong.push(("new-password", Diagnostic::error("ZH7529")));
    }
    if !wrong.is_empty() {
        return page(&call, StatusCode::UNPROCESSABLE_ENTITY, &wrong).await;
    }
    let hash = server.passwords.hash(new).await.ok_or_else(|| Problem::ours("argon2"))?;
    server.access.set_password(&account.id, &hash, false, None, now).await?;
    call.note(DeedKind::Password, "own").await?;
    // This session ended with the others; it goes on under a new secret.
    let cookie = session::open(&call, &account.id).await?;
    let mut response = go(&call, "/account")?;
    session::set(&mut response, &cookie);
    Ok(response)
}
