//! Changing the password: the old one, the new one once (shown on wish by the browser), and all other sessions end.

use axum::http::StatusCode;
use zhiheng_base::Diagnostic;
use zhiheng_record::access::DeedKind;

use super::forms::{Blank, Filled, at, told};
use super::layout::go;
use super::sheet::{Cell, Section, Sheet};
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Answer;
use crate::signin::password::weakness;
use crate::signin::{session, throttle};
use crate::text::Text;

/// `GET /account/password`.
pub(crate) async fn show(call: Call) -> Answer {
    page(&call, StatusCode::OK, &[]).await
}

async fn page(call: &Call, status: StatusCode, wrong: &[Diagnostic]) -> Answer {
    let lang = call.view.lang;
    let t = Text(lang);
    let account = call.own_account().await?;
    let mut form = Filled::new(String::new(), "/account/password".to_owned(), t.say("server-password-set"));
    form.login = account.login;
    form.blanks = vec![
        Blank::new(t, "old-password", "password").autocomplete("current-password").judged(lang, wrong),
        Blank::new(t, "new-password", "password").autocomplete("new-password").judged(lang, wrong),
    ];
    let mut sheet = Sheet::of(call);
    sheet.frame = sheet.frame.under("account.show");
    if account.must_change {
        sheet.notes.push(t.say("server-password-due"));
    }
    sheet.wrong = told(lang, wrong, "old-password");
    sheet.sections = vec![Section::Text(vec![Cell::of(t.say("server-password-about"))]), Section::Form(form)];
    sheet.answer_as(call, status)
}

/// `POST /account/password`.
pub(crate) async fn send(call: Call) -> Answer {
    let server = &call.server;
    let now = server.now();
    let account = call.own_account().await?;
    if let Some(left) = throttle::wait(&account, server.settings.login.free_failures, now) {
        let wrong = [at("old-password", Diagnostic::error("ZH7521").arg("secs", throttle::secs(left)))];
        return page(&call, StatusCode::TOO_MANY_REQUESTS, &wrong).await;
    }
    let (old, new) = (call.form.raw("old-password"), call.form.raw("new-password"));
    let mut wrong = Vec::new();
    if !server.passwords.check(old, account.password.as_deref()).await {
        server.access.note_failure(&account.id, now).await?;
        wrong.push(at("old-password", Diagnostic::error("ZH7522")));
    }
    if let Some(weak) = weakness(new, &account.login, server.settings.login.password_min) {
        wrong.push(at("new-password", weak));
    } else if old == new {
        wrong.push(at("new-password", Diagnostic::error("ZH7529")));
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
