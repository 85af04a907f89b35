//! Signing in and out.

use axum::http::StatusCode;
use jiff::Timestamp;
use zhiheng_base::Diagnostic;
use zhiheng_record::access::{Account, AccountState, Deed, DeedKind};

use super::forms::{Blank, Filled, at, told};
use super::layout::{go, local};
use super::sheet::{Cell, Section, Sheet};
use crate::call::Call;
use crate::door::rate::of_address;
use crate::problem::Problem;
use crate::route::Answer;
use crate::signin::oidc::{self, form as form_of_query};
use crate::signin::{session, throttle};
use crate::text::Text;

/// `GET /login`.
pub(crate) async fn show(call: Call) -> Answer {
    if call.who().account.is_some() {
        return go(&call, "/");
    }
    let back = local(call.query.get("back")).to_owned();
    page(&call, StatusCode::OK, back, &[])
}

fn page(call: &Call, status: StatusCode, back: String, wrong: &[Diagnostic]) -> Answer {
    let lang = call.view.lang;
    let t = Text(lang);
    let mut form = Filled::new(String::new(), "/login".to_owned(), t.say("server-login"));
    form.hidden.push(("back", back.clone()));
    form.blanks = vec![
        Blank::new(t, "login", "text")
            .autocomplete("username")
            .value(call.form.get("login"))
            .judged(lang, wrong),
        Blank::new(t, "password", "password").autocomplete("current-password").judged(lang, wrong),
    ];
    let mut sheet = Sheet::of(call);
    sheet.wrong = told(lang, wrong, "login");
    sheet.sections = vec![Section::Form(form)];
    let way = form_of_query(&[("back", &back)]);
    let elsewhere = call.server.providers.iter().map(|provider| {
        let says = t.with("server-login-with", "title", oidc::title(call, provider));
        Cell::to(says, format!("/login/with/{}?{way}", provider.settings.id))
    });
    let elsewhere: Vec<Cell> = elsewhere.collect();
    if !elsewhere.is_empty() {
        sheet.sections.push(Section::Actions(t.say("server-login-elsewhere"), elsewhere));
    }
    sheet.sections.push(Section::Text(vec![Cell::of(t.say("server-login-help"))]));
    sheet.answer_as(call, status)
}

/// `POST /login`. Whether the account or the password is wrong is not said, and takes as long.
pub(crate) async fn send(call: Call) -> Answer {
    let server = &call.server;
    let rate = &server.rates(call.arrival.door).login;
    rate.take(&of_address(call.arrival.address), server.uptime()).map_err(Problem::too_often)?;
    let back = local(call.form.get("back")).to_owned();
    let now = server.now();
    let found = server.access.account_by_login(call.form.get("login")).await?;
    let waits =
        found.as_ref().and_then(|account| throttle::wait(account, server.settings.login.free_failures, now));
    if let Some(left) = waits {
        note(&call, DeedKind::LoginFailed, found.as_ref(), now).await?;
        let wrong = [at("login", Diagnostic::error("ZH7521").arg("secs", throttle::secs(left)))];
        return page(&call, StatusCode::TOO_MANY_REQUESTS, back, &wrong);
    }
    let kept = found.as_ref().and_then(|account| account.password.as_deref());
    let right = server.passwords.check(call.form.raw("password"), kept).await;
    let account = match found {
        Some(account) if right && account.state == AccountState::Active => account,
        other => {
            if let Some(account) = &other {
                server.access.note_failure(&account.id, now).await?;
            }
            note(&call, DeedKind::LoginFailed, other.as_ref(), now).await?;
            return page(
                &call,
                StatusCode::UNPROCESSABLE_ENTITY,
                back,
                &[at("login", Diagnostic::error("ZH7520"))],
            );
        }
    };
    server.access.note_success(&account.id).await?;
    note(&call, DeedKind::Login, Some(&account), now).await?;
    let cookie = session::open(&call, &account.id).await?;
    enter(&call, &account, &cookie, &back)
}

/// Lets an account in whose session stands, to where it wanted to go.
pub(crate) fn enter(call: &Call, account: &Account, cookie: &str, back: &str) -> Answer {
    let next = if account.must_change { "/account/password" } else { back };
    let mut response = go(call, next)?;
    session::set(&mut response, cookie);
    session::set(&mut response, &call.server.jar(call.arrival.door).gone(session::BEFORE));
    Ok(response)
}

/// What was typed in as login is not kept: people type their password there by mistake.
async fn note(call: &Call, kind: DeedKind, account: Option<&Account>, at: Timestamp) -> Result<(), Problem> {
    note_way(call, kind, account, ("login", at)).await
}

/// Notes a login in one way or another, or that it failed.
pub(crate) async fn note_way(
    call: &Call,
    kind: DeedKind,
    account: Option<&Account>,
    (way, at): (&str, Timestamp),
) -> Result<(), Problem> {
    let deed = Deed {
        n: 0,
        at,
        kind,
        account: account.map(|account| account.id.clone()),
        subject: way.to_owned(),
        purpose: String::new(),
        request: call.arrival.id.clone(),
    };
    Ok(call.server.access.note(&deed).await?)
}

/// `POST /logout`.
pub(crate) async fn leave(call: Call) -> Answer {
    if let Some(session) = &call.visitor.session {
        call.server.access.close_session(&session.account, &session.hash).await?;
        call.note(DeedKind::Logout, "session").await?;
    }
    let mut response = go(&call, "/login")?;
    session::set(&mut response, &call.server.jar(call.arrival.door).gone(session::COOKIE));
    Ok(response)
}
